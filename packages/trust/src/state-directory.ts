import { statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { effectiveUser, ensurePrivateDirectory } from './private-files.ts';

/** The two programs may run as one user on one host; each has a state of its own. */
export type Side = 'sender' | 'receiver';

/** The process that asks; tests give another one. */
export interface StateSurroundings {
  /** Effective user id. */
  readonly uid: number;
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly systemDirectory: string;
  readonly homeDirectory: () => string;
}

function ownSurroundings(): StateSurroundings {
  return { uid: effectiveUser(), env: process.env, systemDirectory: '/var/lib/zfsync', homeDirectory };
}

/** Of `$HOME`, which not every service has, or of the user database. */
function homeDirectory(): string {
  const home = homedir();
  return home === '' ? userInfo().homedir : home;
}

/**
 * The directory for what outlives a process: keys, peers. Of root, and of a user to whom that directory was given,
 * `/var/lib/zfsync`; of another user `$XDG_STATE_HOME/zfsync`, else `~/.local/state/zfsync`. It is made when it is not
 * there, for this user alone.
 *
 * @param override `--state`
 * @returns the side's own directory in it
 * @throws {ConfigError} when it cannot be made, belongs to somebody else, or others may read or write it.
 */
export function stateDirectory(
  side: Side,
  override?: string,
  surroundings: StateSurroundings = ownSurroundings(),
): string {
  const directory = override === undefined ? usualPlace(surroundings) : resolve(override);
  const { uid } = surroundings;
  ensurePrivateDirectory(directory, 'the state directory', uid);
  return ensurePrivateDirectory(join(directory, side), 'the state directory', uid);
}

function usualPlace({ uid, env, systemDirectory, homeDirectory: home }: StateSurroundings): string {
  if (uid === 0 || statSync(systemDirectory, { throwIfNoEntry: false })?.uid === uid) return systemDirectory;
  const state = env['XDG_STATE_HOME'];
  // The XDG specification has a relative path ignored.
  return state?.startsWith('/') === true ? join(state, 'zfsync') : join(home(), '.local', 'state', 'zfsync');
}
