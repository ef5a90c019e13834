import type { Logger } from '@zfsync/program';
import { type BeginStream, type Connection, type Failure, toFailure } from '@zfsync/protocol';
import type { Zfs } from '@zfsync/zfs';
import type { Destination } from './session.ts';

export interface ReceiveOutcome {
  readonly bytes: bigint;
  /** Absent = the target has it. */
  readonly failure: Failure | undefined;
}

/**
 * One stream from the connection into one `zfs receive`, and its `StreamResult`. Whatever happens, `zfs receive` is
 * gone when this returns or throws, and it has seen the end of its input only if the stream was whole.
 *
 * @throws when the connection broke.
 */
export async function receiveStream(
  zfs: Zfs,
  connection: Connection,
  begin: BeginStream,
  destination: Destination,
  log: Logger,
): Promise<ReceiveOutcome> {
  const { target, parked, adopt, set, exclude } = destination;
  const receive = zfs.receive({ target, overwriteEmpty: adopt, set, exclude });
  const exited = receive.done.then(
    () => undefined,
    (error: unknown) => toFailure(error),
  );
  const progress = { streaming: true, bytes: 0n, reported: false };
  // A receive that fails while the stream goes on is reported at once: the sender need not send the rest.
  const early = exited.then(async (failure) => {
    if (failure === undefined || !progress.streaming) return;
    progress.reported = true;
    log.warn({ event: 'receive-failed-early', failure }, `zfs receive failed: ${failure.message}`);
    await connection.send({ type: 'stream-result', bytes: progress.bytes, failure });
  });
  // When that cannot be sent the connection is broken, which receiveStream reports.
  early.catch(() => undefined);
  try {
    await connection.send({ type: 'stream-ready', mode: begin.mode, target, parked });
    const trailer = await connection.receiveStream(receive.stream, {
      onBytes: (count) => {
        progress.bytes += BigInt(count);
      },
    });
    progress.streaming = false;
    if (trailer.kind === 'end') receive.stream.end();
    else await receive.kill();
    const exit = await exited;
    const failure = trailer.kind === 'failed' && !progress.reported ? trailer.failure : exit;
    if (!progress.reported) await connection.send({ type: 'stream-result', bytes: trailer.bytes, failure });
    await early;
    return { bytes: trailer.bytes, failure };
  } finally {
    await receive.kill();
  }
}
