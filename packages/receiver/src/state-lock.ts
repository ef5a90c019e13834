import { realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock, BUSY_CODE, type Lock } from '@zfsync/program';
import { ReplicationError } from '@zfsync/zfs';

/** Each change takes milliseconds. */
const WAIT_MS = 5000;
const RETRY_MS_MAX = 40;

const STATE_BUSY = 'STATE_BUSY';

export interface StateChange {
  /** The receiver's, see `stateDirectory`. */
  readonly stateDirectory: string;
  /** Who changes it, for the one who waits in vain. */
  readonly what: string;
}

/**
 * Runs `work`, which reads records of the receiver's state and changes them by what it has read, while no other process
 * does so. A process that died in it holds nobody up.
 *
 * @param waitMs how long to wait for another
 * @throws {ReplicationError} STATE_BUSY when another does not come to an end; STATE_UNWRITABLE; and what `work` throws.
 */
export async function changeState<T>(change: StateChange, work: () => T, waitMs: number = WAIT_MS): Promise<T> {
  const lock = await waitForLock(change, waitMs);
  try {
    return work();
  } finally {
    lock.release();
  }
}

/**
 * Whether records could be changed: said when a daemon starts, and not when it has to turn away somebody.
 *
 * @throws as {@link changeState}, except that another has the lock: then it can be had.
 */
export async function checkStateLock(stateDirectory: string): Promise<void> {
  try {
    await changeState({ stateDirectory, what: 'zfsync-recv, which starts' }, () => undefined, 0);
  } catch (error) {
    if (!(error instanceof ReplicationError) || error.code !== STATE_BUSY) throw error;
  }
}

async function waitForLock({ stateDirectory, what }: StateChange, waitMs: number): Promise<Lock> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      return await acquireLock({
        directory: realpathOf(stateDirectory),
        kind: 'state',
        name: stateDirectory,
        what,
        conflicts: () => true,
      });
    } catch (error) {
      if (!(error instanceof ReplicationError)) throw error;
      if (error.code === 'LOCK_FAILED') throw stateError('STATE_UNWRITABLE', 'operator', error.message, error);
      if (error.code !== BUSY_CODE) throw error;
      if (performance.now() > deadline) throw stateBusy(error);
    }
    await sleep(1 + Math.random() * RETRY_MS_MAX);
  }
}

/** A lock wants the directory itself; the state directory may be a link to one that is as private as it must be. */
function realpathOf(stateDirectory: string): string {
  try {
    return realpathSync(stateDirectory);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw stateError(
      'STATE_UNWRITABLE',
      'operator',
      `cannot lock the state directory ${stateDirectory}: ${why}`,
      error,
    );
  }
}

function stateBusy(cause: ReplicationError): ReplicationError {
  const message = `${cause.message}; a change takes no time, so that process hangs or is stopped: end it, or try again`;
  return stateError(STATE_BUSY, 'backoff', message, cause);
}

function stateError(code: string, retry: 'operator' | 'backoff', message: string, cause: unknown) {
  const context = cause instanceof ReplicationError ? cause.context : {};
  return new ReplicationError(message, { code, retry, context, cause });
}
