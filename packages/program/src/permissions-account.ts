import { readFileSync } from 'node:fs';
import { ConfigError } from '@zfsync/zfs';

/** A user of this host, as permissions are given to it. */
export interface Account {
  /** As it was named; a number where it has no name. */
  readonly name: string;
  /** Undefined when the files of the host do not know it, as with a directory service. */
  readonly uid: number | undefined;
  /** The names of its groups, as far as those files know them. */
  readonly groups: readonly string[];
  /** Their numbers. */
  readonly gids: readonly number[];
}

/** The text of `/etc/passwd` and `/etc/group`. */
export interface UserFiles {
  readonly passwd: string;
  readonly group: string;
}

function ownFiles(): UserFiles {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  };
  return { passwd: read('/etc/passwd'), group: read('/etc/group') };
}

/**
 * @param user a name or a user id
 * @throws {ConfigError} when `zfs allow` would take it for something else.
 */
export function readAccount(user: string, files: UserFiles = ownFiles()): Account {
  if (user === '' || user.startsWith('-') || /[,\s:/]/.test(user)) {
    throw new ConfigError(`--user takes the name or the number of one user, not "${user}"`);
  }
  const users = rows(files.passwd);
  const byName = users.find(([name]) => name === user);
  const found = byName ?? (/^\d+$/.test(user) ? users.find(([, , uid]) => uid === user) : undefined);
  const [name = user, , uid, gid] = found ?? [];
  if (found === undefined) {
    return { name, uid: /^\d+$/.test(user) ? Number(user) : undefined, groups: [], gids: [] };
  }
  const groups = rows(files.group).filter(([, , id, members = '']) => id === gid || members.split(',').includes(name));
  return {
    name,
    uid: Number(uid),
    groups: groups.map(([group = '']) => group),
    gids: groups.map(([, , id]) => Number(id)),
  };
}

function rows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'));
}
