import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DatasetName, parseDatasetName } from '@zfsync/zfs';
import { FINGERPRINT } from './peer-store.ts';
import { failed, readPrivateFile, writePrivateFile } from './private-files.ts';
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

const WHAT = 'the note of the receiver that runs';

/** @throws {ReplicationError} STATE_UNWRITABLE. */
export function writeListening(stateDirectory: string, listening: Listening): void {
  writePrivateFile(noteIn(stateDirectory), WHAT, `${JSON.stringify(listening)}\n`);
}

/** Undefined when no receiver with this state runs. A damaged note is none: it is about to be written anew. */
export function readListening(stateDirectory: string): Listening | undefined {
  const text = readPrivateFile(noteIn(stateDirectory), WHAT);
  const listening = text === undefined ? undefined : parse(text);
  return listening !== undefined && isAlive(listening.pid) ? listening : undefined;
}

/** Unless another receiver has written its own meanwhile. */
export function removeListening(stateDirectory: string, pid: number): void {
  if (readListening(stateDirectory)?.pid !== pid) return;
  try {
    rmSync(noteIn(stateDirectory), { force: true });
  } catch (error) {
    throw failed('STATE_UNWRITABLE', `${WHAT} ${noteIn(stateDirectory)} cannot be removed`, error);
  }
}

function noteIn(stateDirectory: string): string {
  return join(stateDirectory, 'listening.json');
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
