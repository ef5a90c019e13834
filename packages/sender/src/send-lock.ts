/**
 * What a sender locks. Two runs of the same source to the same place would undo each other's cursors; who removes cursors
 * would take away what a run of that tree has just made, wherever it sends to.
 */
import { acquireLock, type Lock, runDirectory } from '@zfsync/program';
import type { DatasetName, RelativePath } from '@zfsync/zfs';

/** No name of a dataset has it. */
const SEPARATOR = ' > ';
const CURSORS = 'cursors';
const JOB = 'job';

/** What a run from a source to a place locks. @param receiver with its port */
export function runLockName(source: DatasetName, receiver: string, asPath: RelativePath): string {
  return `${source}${SEPARATOR}${receiver}${asPath}`;
}

/** What a job locks that does more on the source than to send. */
export function jobLockName(source: DatasetName): string {
  return `${source}${SEPARATOR}${JOB}`;
}

/** What the removal of cursors from a tree locks. */
export function cursorsLockName(source: DatasetName): string {
  return `${source}${SEPARATOR}${CURSORS}`;
}

/** Whether two locks may not be held at the same time; symmetric. */
export function sendLocksConflict(one: string, other: string): boolean {
  if (one === other) return true;
  const [[source, what], [otherSource, otherWhat]] = [partsOf(one), partsOf(other)];
  return (what === CURSORS || otherWhat === CURSORS) && isNested(source, otherSource);
}

function partsOf(name: string): [string, string] {
  const at = name.indexOf(SEPARATOR);
  return [name.slice(0, at), name.slice(at + SEPARATOR.length)];
}

function isNested(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

/**
 * @param directory undefined = the usual place
 * @throws as `acquireLock` does: BUSY while another process has what conflicts with it.
 */
export function acquireSendLock(directory: string | undefined, name: string, what: string): Promise<Lock> {
  return acquireLock({
    directory: runDirectory(directory),
    kind: 'send',
    name,
    what,
    conflicts: (other) => sendLocksConflict(name, other),
  });
}
