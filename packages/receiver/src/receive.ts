import { type Logger, ProgressDeadline, stalledError } from '@zfsync/program';
import { type BeginStream, type Connection, type Failure, ProtocolError, toFailure } from '@zfsync/protocol';
import type { ReceiveProcess, StreamHead, Zfs } from '@zfsync/zfs';
import type { Destination } from './destination.ts';
import { guardedReceive } from './guarded-receive.ts';
import { judgeKey, keyProperty } from './key-change.ts';
import { type Announced, StreamGuard } from './stream-guard.ts';
import type { Place } from './stream-places.ts';

export interface ReceiveOutcome {
  readonly bytes: bigint;
  /** Absent = the target has it. */
  readonly failure: Failure | undefined;
}

export interface ReceiveContext {
  readonly zfs: Zfs;
  readonly connection: Connection;
  readonly log: Logger;
  /** The stream is given up when no byte has moved for so long, and when zfs receive takes so long to finish. */
  readonly stallMs: number;
  /** Ends the receive. */
  readonly signal: AbortSignal;
  /** The one that the stream takes. It is left as soon as the receive is over, though the sender may go on. */
  readonly place: Place;
}

/** What is known of a stream and its target before its first byte. */
export interface Expected extends Omit<Announced, 'begin' | 'clone'> {
  /** Names the key of the target's last raw stream (`zfsync:key`). */
  readonly key: string | undefined;
  /** The target has its key with other datasets there. */
  readonly keyShared: boolean;
}

/** How long a sender whose stream was given up may take to end it in good order. */
const LAST_WORDS_MS = 30_000;

/** What may still come of a stream that was given up: more than is on its way in the buffers of any line. */
const DISCARDED_BYTES_MAX = 64 * 1024 * 1024;

/**
 * One stream from the connection into one `zfs receive`, which is started once the head of the stream has been found to
 * be what was announced, and its `StreamResult`. Whatever happens, `zfs receive` is
 * gone when this returns or throws, and it has seen the end of its input only if the stream was whole.
 *
 * @throws when the connection broke.
 */
export async function receiveStream(
  context: ReceiveContext,
  begin: BeginStream,
  destination: Destination,
  expected: Expected,
): Promise<ReceiveOutcome> {
  const { connection, log, signal, place } = context;
  const { target, parked } = destination;
  const receive = receiveAsAnnounced(context, begin, destination, expected);
  const progress = { streaming: true, exited: false, bytes: 0n, reported: false, discarded: 0 };
  const watch = watchReceive(context, target, receive, progress);
  const exited = receive.done
    .then(
      () => undefined,
      (error: unknown) => watch.reason() ?? toFailure(error),
    )
    .finally(() => {
      progress.exited = true;
    });
  // A receive that fails while the stream goes on is reported at once: the sender need not send the rest.
  const early = exited.then(async (failure) => {
    if (failure === undefined || !progress.streaming) return;
    progress.reported = true;
    place.leave();
    log.warn({ event: 'receive-failed-early', failure }, `the receive has failed: ${failure.message}`);
    await connection.send({ type: 'stream-result', bytes: progress.bytes, failure });
  });
  // When that cannot be sent the connection is broken, which receiveStream reports.
  early.catch(() => undefined);
  try {
    signal.throwIfAborted();
    place.pace.waiting();
    await connection.send({ type: 'stream-ready', mode: begin.mode, target, parked });
    const trailer = await connection.receiveStream(receive.stream, {
      onBytes: (count) => {
        progress.bytes += BigInt(count);
        if (!progress.exited) {
          watch.progress();
          return;
        }
        // No progress any more: the sender has to come to an end.
        progress.discarded += count;
        if (progress.discarded > DISCARDED_BYTES_MAX) void connection.fail(notEnding(target));
      },
    });
    progress.streaming = false;
    watch.progress();
    if (trailer.kind === 'end') receive.stream.end();
    else await receive.kill();
    const exit = await exited;
    const failure = trailer.kind === 'failed' && !progress.reported ? trailer.failure : exit;
    if (exit === undefined) logWarnings(receive, destination, log);
    if (!progress.reported) await connection.send({ type: 'stream-result', bytes: trailer.bytes, failure });
    await early;
    return { bytes: trailer.bytes, failure };
  } finally {
    watch.stop();
    // What ends it now is no failure of its own.
    progress.streaming = false;
    await receive.kill();
  }
}

function notEnding(target: string): ProtocolError {
  const message = `target ${target}: the sender goes on with a stream that was given up`;
  return new ProtocolError(message, 'LIMIT_EXCEEDED');
}

function receiveAsAnnounced(
  { zfs, log, place }: ReceiveContext,
  begin: BeginStream,
  { target, adopt, origin, set, exclude }: Destination,
  { offered, existing, key, keyShared }: Expected,
): ReceiveProcess {
  const keyContext = { zfs, log, target, known: key, shared: keyShared };
  return guardedReceive({
    target,
    pace: place.pace,
    guard: new StreamGuard({ begin, offered, existing, clone: origin !== undefined }),
    judge: (head, signal) => judgeKey({ ...keyContext, signal }, head),
    // An interrupted `receive -F -s` goes on only with `-F` again, which is for what is empty alone: so it keeps nothing.
    start: (head: StreamHead) =>
      zfs.receive({
        target,
        overwriteEmpty: adopt,
        ...(origin && { origin }),
        resumable: !adopt,
        set: { ...set, ...keyProperty(keyContext, head) },
        exclude,
      }),
  });
}

/**
 * What zfs receive has complained of in spite of success. A property that no stream should bring and that it was not
 * allowed to clear is nothing to worry about: without that permission a stream could not have set it either.
 */
function logWarnings(receive: ReceiveProcess, { exclude }: Destination, log: Logger): void {
  for (const line of receive.warnings()) {
    const property = /^cannot receive (\S+) property/.exec(line)?.[1] ?? '';
    const level = exclude.includes(property) ? 'debug' : 'warn';
    log[level]({ event: 'receive-warning' }, `zfs receive: ${line}`);
  }
}

interface Watch {
  progress(): void;
  /** Why the receive was ended, if it was for a stall or because its place was wanted. */
  reason(): Failure | undefined;
  stop(): void;
}

/**
 * Ends a receive that stalls, whose place is wanted, or that is no longer wanted itself; and the connection if the sender
 * does not react to a stall.
 */
function watchReceive(
  { connection, log, stallMs, signal, place }: ReceiveContext,
  target: string,
  receive: ReceiveProcess,
  progress: { readonly streaming: boolean; readonly bytes: bigint },
): Watch {
  let failure: Failure | undefined;
  let lastWords: NodeJS.Timeout | undefined;
  const deadline = new ProgressDeadline(stallMs, () => {
    const phase = progress.streaming ? 'stream' : 'finish';
    const error = stalledError(phase, `target ${target}`, stallMs, `after ${progress.bytes} bytes`);
    log.error({ event: 'stalled', err: error }, error.message);
    failure = toFailure(error);
    void receive.kill();
    lastWords = setTimeout(() => {
      connection.destroy(error);
    }, LAST_WORDS_MS).unref();
  });
  const onWanted = () => {
    if (!progress.streaming) return;
    const error: unknown = place.wanted.reason;
    log.warn({ event: 'place-wanted', bytes: String(progress.bytes), err: error }, `target ${target} has to wait`);
    failure ??= toFailure(error);
    // One that has ended already, and whose sender does not come to an end, leaves its place all the same.
    void receive.kill().finally(() => {
      place.leave();
    });
  };
  place.wanted.addEventListener('abort', onWanted, { once: true });
  const onAbort = () => void receive.kill();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    progress: () => {
      deadline.progress();
    },
    reason: () => failure,
    stop: () => {
      deadline.stop();
      clearTimeout(lastWords);
      signal.removeEventListener('abort', onAbort);
      place.wanted.removeEventListener('abort', onWanted);
    },
  };
}
