/** Files and directories that nobody but this user may read or write: keys, and what says who may come in. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, ReplicationError } from '@zfsync/zfs';

/** Larger than any record, key or chain of certificates. */
const FILE_BYTES_MAX = 1024 * 1024;

/** What a write that was cut short leaves behind ends with this. */
export const UNFINISHED = '.unfinished';

export function effectiveUser(): number {
  if (process.geteuid === undefined) throw new ConfigError('zfsync runs on systems with user ids alone');
  return process.geteuid();
}

/** Makes the directory, and those above it, unless it is there. @throws {ConfigError} as {@link checkPrivate} does. */
export function ensurePrivateDirectory(path: string, what: string, uid: number = effectiveUser()): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    checkPrivate(statSync(path), path, what, uid);
  } catch (error) {
    throw error instanceof ConfigError ? error : unusable(path, what, reasonOf(error));
  }
  if (!statSync(path).isDirectory()) throw unusable(path, what, 'it is no directory');
  return path;
}

/** @throws {ConfigError} when it belongs to somebody else, or others may read or write it. */
function checkPrivate(stats: Stats, path: string, what: string, uid: number): void {
  if (stats.uid !== uid) {
    const hint = uid === 0 ? `; run this as that user: sudo -u '#${stats.uid}' …` : '';
    throw unusable(path, what, `it belongs to user ${stats.uid}, not to user ${uid}${hint}`);
  }
  if ((stats.mode & 0o077) !== 0) {
    throw unusable(path, what, `others may read or write it (mode ${octal(stats)}): chmod go-rwx ${path}`);
  }
}

/**
 * The text of a file of ours, undefined when there is none.
 *
 * @throws {ConfigError} when it is not ours alone. @throws {ReplicationError} STATE_UNREADABLE.
 */
export function readPrivateFile(path: string, what: string): string | undefined {
  return readChecked(path, what, (stats) => {
    checkPrivate(stats, path, what, effectiveUser());
  });
}

/**
 * The text of a key that the user names: it belongs to this user, and then to nobody else, or to root, and then a group
 * may read it too. That is what PostgreSQL asks of `ssl_key_file`.
 *
 * @throws {ConfigError} when others can have it. @throws {ReplicationError} STATE_UNREADABLE.
 */
export function readKeyFile(path: string, what: string): string | undefined {
  return readChecked(path, what, (stats) => {
    if (stats.uid !== 0) checkPrivate(stats, path, what, effectiveUser());
    else if ((stats.mode & 0o037) !== 0) {
      throw unusable(path, what, `others may read or write it (mode ${octal(stats)}): chmod g-wx,o-rwx ${path}`);
    }
  });
}

/** The text of a file that is no secret. @throws {ReplicationError} STATE_UNREADABLE. */
export function readPublicFile(path: string, what: string): string | undefined {
  return readChecked(path, what, () => undefined);
}

function readChecked(path: string, what: string, check: (stats: Stats) => void): string | undefined {
  let file: number;
  try {
    // A pipe in the place of the file would hold us up for ever.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw failed('STATE_UNREADABLE', `${what} ${path} cannot be read`, error);
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw unusable(path, what, 'it is no file');
    check(stats);
    if (stats.size > FILE_BYTES_MAX) throw unusable(path, what, `it has ${stats.size} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw error instanceof ConfigError ? error : failed('STATE_UNREADABLE', `${what} ${path} cannot be read`, error);
  } finally {
    closeSync(file);
  }
}

/**
 * Writes the file anew, for this user alone. Whatever happens, the name leads to the old text or to the new one, whole.
 *
 * @throws {ReplicationError} STATE_UNWRITABLE.
 */
export function writePrivateFile(path: string, what: string, text: string): void {
  const unfinished = unfinishedName(path);
  try {
    writeSynced(unfinished, text);
    renameSync(unfinished, path);
    syncDirectory(dirname(path));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw failed('STATE_UNWRITABLE', `${what} ${path} cannot be written`, error);
  }
}

/**
 * Makes a directory with all of these files at once, for this user alone. Of two processes that do so one has its way.
 *
 * @returns whether it was this one.
 * @throws {ReplicationError} STATE_UNWRITABLE.
 */
export function makePrivateDirectory(path: string, what: string, files: Readonly<Record<string, string>>): boolean {
  const unfinished = unfinishedName(path);
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    for (const [name, text] of Object.entries(files)) writeSynced(join(unfinished, name), text);
    syncDirectory(unfinished);
    renameSync(unfinished, path);
    syncDirectory(dirname(path));
    return true;
  } catch (error) {
    rmSync(unfinished, { force: true, recursive: true });
    // rename(2) puts a directory in the place of an empty one only.
    if (['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw failed('STATE_UNWRITABLE', `${what} ${path} cannot be made`, error);
  }
}

/** Whether something of that name is there, of whatever kind. */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** For an error of the file system: what, then why. */
export function failed(code: string, what: string, cause: unknown): ReplicationError {
  return new ReplicationError(`${what}: ${reasonOf(cause)}`, { code, retry: 'operator', cause });
}

export function unusable(path: string, what: string, why: string): ConfigError {
  return new ConfigError(`${what} ${path} cannot be used: ${why}`, { path });
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unfinishedName(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
}

function writeSynced(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function octal({ mode }: Stats): string {
  return (mode & 0o7777).toString(8);
}
