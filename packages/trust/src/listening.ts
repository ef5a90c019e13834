import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DatasetName, parseDatasetName } from '@zfsync/zfs';
import { FINGERPRINT } from './peer-store.ts';
import { ensurePrivateDirectory, failed, readPrivateFile, UNFINISHED, writePrivateFile } from './private-files.ts';
import { Fields } from './records.ts';

/** What a receiver that runs tells the other commands of zfsync-recv, so that they need not be told again. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly target: DatasetName;
  /** Of its certificate; undefined when it has none, as it listens with --plaintext. */
  readonly fingerprint: string | undefined;
  readonly pid: number;
}

const WHAT = 'the note of a receiver that runs';
const DIRECTORY_WHAT = 'the directory of notes of receivers that run';

/**
 * Beside the notes of others with this state. No two listen on the same address and port, so what is there of those is of
 * one that has died; so is what else is of no process: it is removed.
 *
 * @throws {ReplicationError} STATE_UNWRITABLE.
 */
export function writeListening(stateDirectory: string, listening: Listening): void {
  ensurePrivateDirectory(notesIn(stateDirectory), DIRECTORY_WHAT);
  for (const name of namesIn(stateDirectory)) {
    if (noteOf(stateDirectory, name) === undefined) remove(stateDirectory, name);
  }
  writePrivateFile(join(notesIn(stateDirectory), nameOf(listening)), WHAT, `${JSON.stringify(listening)}\n`);
}

/** All receivers with this state that run, by port. A damaged note is none: it is of no use to anybody. */
export function readListening(stateDirectory: string): readonly Listening[] {
  return namesIn(stateDirectory)
    .flatMap((name) => noteOf(stateDirectory, name) ?? [])
    .sort((one, other) => one.port - other.port);
}

/** Unless another receiver has written its own in its place meanwhile. */
export function removeListening(stateDirectory: string, listening: Pick<Listening, 'host' | 'port' | 'pid'>): void {
  const name = nameOf(listening);
  if (noteOf(stateDirectory, name)?.pid === listening.pid) remove(stateDirectory, name);
}

function notesIn(stateDirectory: string): string {
  return join(stateDirectory, 'listening');
}

function nameOf({ host, port }: Pick<Listening, 'host' | 'port'>): string {
  return `${encodeURIComponent(host)}_${port}.json`;
}

function namesIn(stateDirectory: string): readonly string[] {
  try {
    return readdirSync(notesIn(stateDirectory)).filter((name) => !name.endsWith(UNFINISHED));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw failed('STATE_UNREADABLE', `${DIRECTORY_WHAT} ${notesIn(stateDirectory)} cannot be read`, error);
  }
}

function noteOf(stateDirectory: string, name: string): Listening | undefined {
  const text = readPrivateFile(join(notesIn(stateDirectory), name), WHAT);
  const listening = text === undefined ? undefined : parse(text);
  return listening !== undefined && isAlive(listening.pid) ? listening : undefined;
}

function remove(stateDirectory: string, name: string): void {
  const path = join(notesIn(stateDirectory), name);
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw failed('STATE_UNWRITABLE', `${WHAT} ${path} cannot be removed`, error);
  }
}

function parse(text: string): Listening | undefined {
  try {
    const fields = new Fields(JSON.parse(text));
    return {
      host: fields.text('host', /^[0-9A-Za-z.:%]+$/),
      port: fields.integer('port', 1, 65_535),
      target: parseDatasetName(fields.text('target', /./)),
      fingerprint: fields.value('fingerprint') === undefined ? undefined : fields.text('fingerprint', FINGERPRINT),
      pid: fields.integer('pid', 1, 2 ** 31 - 1),
    };
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The note is this user's, and so is its process; one that may not be asked is another's, which has the number by now. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH' || code === 'EPERM') return false;
    throw error;
  }
}
