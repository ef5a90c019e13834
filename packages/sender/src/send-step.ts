import {
  type Connection,
  type OfferedDataset,
  type Failure,
  type StreamEnd,
  type StreamFailed,
  StreamFailedError,
  toFailure,
} from '@zfsync/protocol';
import { type DatasetName, ReplicationError, type SendProcess, type Zfs } from '@zfsync/zfs';
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

/**
 * One stream: from `zfs send` to the receiver's result. The connection can be used again after any return, and after a
 * {@link StreamRefusedError} or {@link StreamFailedError}: those are of the stream alone.
 *
 * @returns the bytes of the stream.
 * @throws {StreamRefusedError} when the receiver refused, {@link StreamFailedError} when either zfs failed, anything else when
 * the connection broke or `signal` fired.
 */
export async function sendStep(
  zfs: Zfs,
  connection: Connection,
  dataset: DatasetName,
  offered: OfferedDataset,
  step: Step,
  signal: AbortSignal,
): Promise<bigint> {
  const { raw } = offered;
  const stream = { intermediates: step.intermediates, raw, largeBlocks: false, compressed: false, embedded: false };
  await connection.send({
    type: 'begin-stream',
    path: offered.path,
    from: step.from?.guid,
    to: step.to.guid,
    mode: 'framed',
    ...stream,
  });
  const answer = await connection.expect(['stream-ready', 'stream-refused'], { signal });
  if (answer.type === 'stream-refused') throw new StreamRefusedError(answer.failure);

  const send = zfs.send({ dataset, ...(step.from && { from: step.from }), to: step.to.name, ...stream });
  const stop = new AbortController();
  const result = connection.expect(['stream-result'], { signal });
  // A result that comes while the stream goes on says that it failed at the receiver: the rest need not be sent.
  result.then(
    () => {
      stop.abort();
    },
    () => {
      stop.abort();
    },
  );
  try {
    const sent = await pump(connection, send, stop.signal);
    await connection.send(sent);
    const { bytes, failure } = await result;
    if (failure === undefined) return bytes;
    const side = sent.type === 'stream-failed' && !stop.signal.aborted ? sent.side : 'sink';
    throw new StreamFailedError(side, failure, side === 'source' ? 'local' : 'peer');
  } finally {
    await send.kill();
  }
}

/** Sends the stream's bytes. @returns the trailer that tells the receiver how it ended. */
async function pump(connection: Connection, send: SendProcess, stop: AbortSignal): Promise<StreamEnd | StreamFailed> {
  const exited = send.done.then(
    () => undefined,
    (error: unknown) => toFailure(error),
  );
  try {
    const { bytes, digest } = await connection.sendStream(send.stream, { signal: stop });
    const failure = await exited;
    return failure === undefined
      ? { type: 'stream-end', bytes, digest }
      : { type: 'stream-failed', side: 'source', failure };
  } catch (error) {
    if (stop.aborted) {
      const failure = { code: 'STREAM_STOPPED', retry: 'replan', message: 'the sender stopped', detail: '' } as const;
      return { type: 'stream-failed', side: 'sink', failure };
    }
    if (error instanceof ReplicationError) throw error;
    // The pipe from zfs broke; why, its exit says.
    await send.kill();
    return { type: 'stream-failed', side: 'source', failure: (await exited) ?? toFailure(error) };
  }
}
