/** The key that a dataset has now, as the head of its own raw send stream shows it: for that no key need be loaded. */
import {
  type DatasetName,
  isSnapshot,
  type StreamHead,
  StreamHeadError,
  StreamHeadReader,
  type Version,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';

const READ_WITHIN_MS = 30_000;

/**
 * Reads a stream of the newest snapshot no further than its head.
 *
 * @param withinMs for the head to come: `zfs send` writes it at once
 * @returns undefined when it has no snapshot or cannot be sent, as for want of the permission `send`, or in time
 * @throws {AbortedError} when the signal fires
 */
export async function currentHead(
  zfs: Zfs,
  dataset: DatasetName,
  signal: AbortSignal,
  withinMs: number = READ_WITHIN_MS,
): Promise<StreamHead | undefined> {
  try {
    const versions: Version[] = [];
    for await (const { version } of zfs.listVersions(dataset, { depth: 0, signal })) versions.push(version);
    const newest = versions.filter(isSnapshot).reduce<Version | undefined>((last, each) => {
      return last !== undefined && last.createtxg > each.createtxg ? last : each;
    }, undefined);
    return newest && (await headOf(zfs, dataset, newest, signal, withinMs));
  } catch (error) {
    if (error instanceof ZfsError || error instanceof StreamHeadError) return undefined;
    throw error;
  }
}

async function headOf(
  zfs: Zfs,
  dataset: DatasetName,
  { name }: Version,
  signal: AbortSignal,
  withinMs: number,
): Promise<StreamHead | undefined> {
  signal.throwIfAborted();
  const sending = zfs.send({ dataset, to: name, raw: true });
  const stopped = new AbortController();
  const stop = () => {
    stopped.abort();
    void sending.kill();
  };
  const timer = setTimeout(stop, withinMs);
  signal.addEventListener('abort', stop, { once: true });
  const reader = new StreamHeadReader();
  try {
    for await (const chunk of sending.stream as AsyncIterable<Buffer>) {
      const [event] = reader.push(chunk);
      if (event?.kind === 'stream') return event.head;
    }
    await sending.done;
    return undefined;
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    signal.throwIfAborted();
    return undefined;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await sending.kill();
    await Promise.allSettled([sending.done]);
  }
}
