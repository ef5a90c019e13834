import { setTimeout as sleep } from 'node:timers/promises';
import { AbortedError } from '@zfsync/zfs';

/** @throws {AbortedError} when the signal fires, for the reason that it gives. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    throw signal.reason instanceof AbortedError ? signal.reason : new AbortedError('called off', { cause: error });
  });
}
