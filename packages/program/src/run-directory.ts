import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from '@zfsync/zfs';
import { makeDirectory } from './make-directory.ts';

/** How an error calls it. */
export const RUN_DIRECTORY = 'the run directory';

/** The process that asks; tests give another one. */
export interface Surroundings {
  /** Effective user id. */
  readonly uid: number;
  readonly env: Readonly<Partial<Record<string, string>>>;
  /** Where run directories are, the first that exists: root's in it, another user's in `user/UID` of it. */
  readonly systemDirectories: readonly string[];
  readonly temporaryDirectory: string;
}

function ownSurroundings(): Surroundings {
  return {
    uid: effectiveUser(),
    env: process.env,
    systemDirectories: ['/run', '/var/run'],
    temporaryDirectory: tmpdir(),
  };
}

function effectiveUser(): number {
  if (process.geteuid === undefined) throw new ConfigError('zfsync runs on systems with user ids alone');
  return process.geteuid();
}

/**
 * The directory of `--run-dir`, made for this user alone when it is not there; without one {@link defaultRunDirectory}.
 *
 * @throws {ConfigError} when it cannot be made, or as {@link checkRunDirectory} does.
 */
export function runDirectory(given: string | undefined): string {
  if (given === undefined) return defaultRunDirectory();
  const directory = resolve(given);
  try {
    makeDirectory(directory, 0o700);
  } catch (error) {
    throw refused(RUN_DIRECTORY, directory, reasonOf(error));
  }
  checkRunDirectory(directory, RUN_DIRECTORY);
  return directory;
}

/**
 * The directory for what lives as long as a process: of root, and of a user to whom it was given (as systemd does),
 * `/run/zfsync` (`/var/run/zfsync` on FreeBSD); of another user `/run/user/<uid>/zfsync`, which cron finds as well as a
 * shell does, whatever their environment; else `$XDG_RUNTIME_DIR/zfsync`, else `zfsync-<uid>` in the directory for
 * temporary files. It is made when it is not there.
 *
 * @throws {ConfigError} when it cannot be made, or as {@link checkRunDirectory} does.
 */
export function defaultRunDirectory(surroundings: Surroundings = ownSurroundings()): string {
  const directory = pathOf(surroundings);
  const { uid } = surroundings;
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw refused(RUN_DIRECTORY, directory, reasonOf(error));
  }
  checkRunDirectory(directory, RUN_DIRECTORY, uid);
  return directory;
}

function pathOf({ uid, env, systemDirectories, temporaryDirectory }: Surroundings): string {
  const system = systemDirectories.find(isDirectory);
  const runtime = env['XDG_RUNTIME_DIR'];
  const common = system === undefined ? undefined : join(system, 'zfsync');
  if (common !== undefined && (uid === 0 || statSync(common, { throwIfNoEntry: false })?.uid === uid)) return common;
  if (uid !== 0) {
    const own = system === undefined ? undefined : join(system, 'user', String(uid));
    if (own !== undefined && statSync(own, { throwIfNoEntry: false })?.uid === uid) return join(own, 'zfsync');
    if (runtime?.startsWith('/') === true) return join(runtime, 'zfsync');
  }
  return join(temporaryDirectory, `zfsync-${uid}`);
}

/**
 * Whoever may write to the directory could take the locks away or hold them for ever.
 *
 * @param what how an error calls the directory
 * @throws {ConfigError} unless it is a directory, no symbolic link, of this user, and writable for nobody else.
 */
export function checkRunDirectory(directory: string, what: string, uid: number = effectiveUser()): void {
  let stats: ReturnType<typeof lstatSync>;
  try {
    stats = lstatSync(directory);
  } catch (error) {
    throw refused(what, directory, reasonOf(error));
  }
  if (stats.isSymbolicLink()) throw refused(what, directory, 'it is a symbolic link');
  if (!stats.isDirectory()) throw refused(what, directory, 'it is no directory');
  if (stats.uid !== uid) throw refused(what, directory, `it belongs to user ${stats.uid}, not to user ${uid}`);
  if ((stats.mode & 0o022) !== 0) {
    throw refused(what, directory, `others may write to it (mode ${(stats.mode & 0o7777).toString(8)}): chmod go-w`);
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refused(what: string, directory: string, why: string): ConfigError {
  return new ConfigError(`${what} ${directory} cannot be used: ${why}`, { directory });
}
