import { ProgressDeadline, stalledError } from '@zfsync/program';
import {
  type Connection,
  type Failure,
  type StreamEnd,
  type StreamFailed,
  StreamFailedError,
  type StreamFlags,
  toFailure,
} from '@zfsync/protocol';
import {
  type DatasetName,
  type RelativePath,
  ReplicationError,
  type SendOptions,
  type SendProcess,
  type Zfs,
} from '@zfsync/zfs';
import { patiently } from './patience.ts';
import type { Step } from './steps.ts';

/** The receiver did not begin the stream; the connection goes on. */
export class StreamRefusedError extends ReplicationError {
  static {
    this.prototype.name = 'StreamRefusedError';
  }

  constructor(failure: Failure) {
    super(failure.message, { code: failure.code, retry: failure.retry, origin: 'peer' });
  }
}

export interface StepContext {
  readonly zfs: Zfs;
  readonly connection: Connection;
  /** The stream is given up when no byte has moved for so long. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
  /** The receiver is ready for the stream, and has carried out what the policy of the target asks for. */
  onReady(): void;
}

export interface SentStep {
  readonly bytes: bigint;
  /** It was received into the buffer dataset: it has arrived only once it is promoted. */
  readonly parked: boolean;
}

/** How long a receiver may take to take the end of a stream that was given up. */
const LAST_WORDS_MS = 30_000;
/** The receiver ends a receive that does not finish by itself, and knows better why: it gets this much longer. */
const FINISH_GRACE_MS = 15_000;

/**
 * One stream: from `zfs send` to the receiver's result. The connection can be used again after any return, and after a
 * {@link StreamRefusedError} or {@link StreamFailedError}: those are of the stream alone.
 *
 * @throws {StreamRefusedError} when the receiver refused, {@link StreamFailedError} when either zfs failed, anything
 * else when the connection broke or `signal` fired.
 */
export async function sendStep(
  context: StepContext,
  dataset: DatasetName,
  path: RelativePath,
  { raw, largeBlocks, compressed, embedded }: StreamFlags,
  step: Step,
): Promise<SentStep> {
  const { connection, signal, stallMs } = context;
  const stream = { intermediates: step.intermediates, raw, largeBlocks, compressed, embedded };
  const [from, to] = [step.from?.guid ?? step.origin?.guid, step.to.guid];
  const resume = step.resume?.text;
  await connection.send({ type: 'begin-stream', path, from, to, resume, mode: 'framed', ...stream });
  // Without a deadline: all places of the receiver may be taken by other sessions, for hours. A receiver that is dead is
  // noticed by its silence, and each zfs command that it runs before it is ready has a deadline there.
  const answer = await connection.expect(['stream-ready', 'stream-refused'], { signal });
  if (answer.type === 'stream-refused') throw new StreamRefusedError(answer.failure);
  context.onReady();

  const send =
    resume === undefined
      ? context.zfs.send({ dataset, ...sourceOf(step), to: step.to.name, ...stream })
      : context.zfs.resumeSend(resume);
  const stop = new AbortController();
  const result = connection.expect(['stream-result'], { signal });
  // A result that comes while the stream goes on says that it failed at the receiver: the rest need not be sent.
  const onResult = () => {
    stop.abort();
  };
  result.then(onResult, onResult);
  let lastWords: NodeJS.Timeout | undefined;
  const onStall = (error: ReplicationError) => {
    stop.abort();
    // Were it the receiver that takes nothing, the trailer would wait for it as well.
    lastWords = setTimeout(() => {
      connection.destroy(error);
    }, LAST_WORDS_MS).unref();
  };
  try {
    const trailer = await pump(context, dataset, send, stop.signal, onStall);
    await connection.send(trailer);
    const finishing = { connection, phase: 'finish', subject: dataset, stallMs: stallMs + FINISH_GRACE_MS } as const;
    const { bytes, failure } = await patiently(finishing, () => result);
    if (failure === undefined) return { bytes, parked: answer.parked };
    const side = trailer.type === 'stream-failed' ? trailer.side : 'sink';
    throw new StreamFailedError(side, failure, side === 'source' ? 'local' : 'peer');
  } finally {
    clearTimeout(lastWords);
    await send.kill();
  }
}

/** What `zfs send` is told to start from. */
export function sourceOf({ from, origin }: Step): Pick<SendOptions, 'from' | 'fromOrigin'> {
  if (origin !== undefined) return { fromOrigin: origin.snapshot };
  return from === undefined ? {} : { from };
}

/** Sends the stream's bytes. @returns the trailer that tells the receiver how it ended. */
async function pump(
  { connection, stallMs }: StepContext,
  dataset: DatasetName,
  send: SendProcess,
  stop: AbortSignal,
  onStall: (error: ReplicationError) => void,
): Promise<StreamEnd | StreamFailed> {
  const exited = send.done.then(
    () => undefined,
    (error: unknown) => toFailure(error),
  );
  let stalled: Failure | undefined;
  let sum = 0;
  const deadline = new ProgressDeadline(stallMs, () => {
    const error = stalledError('stream', dataset, stallMs, `after ${sum} bytes`);
    stalled = toFailure(error);
    onStall(error);
  });
  const stopped = new Promise<void>((resolve) => {
    stop.addEventListener('abort', () => {
      resolve();
    });
  });
  try {
    const onBytes = (count: number) => {
      sum += count;
      deadline.progress();
    };
    const { bytes, digest } = await connection.sendStream(send.stream, { signal: stop, onBytes });
    await Promise.race([exited, stopped]);
    if (stop.aborted) await send.kill();
    const failure = stalled ?? (await exited);
    return failure === undefined
      ? { type: 'stream-end', bytes, digest }
      : { type: 'stream-failed', side: 'source', failure };
  } catch (error) {
    if (stop.aborted) {
      const failure = { code: 'STREAM_STOPPED', retry: 'replan', message: 'the sender stopped', detail: '' } as const;
      const side = stalled === undefined ? 'sink' : 'wire';
      return { type: 'stream-failed', side, failure: stalled ?? failure };
    }
    if (error instanceof ReplicationError) throw error;
    // The pipe from zfs broke; why, its exit says.
    await send.kill();
    return { type: 'stream-failed', side: 'source', failure: (await exited) ?? toFailure(error) };
  } finally {
    deadline.stop();
  }
}
