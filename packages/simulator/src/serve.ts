#!/usr/bin/env node
/**
 * Runs commands of zfs for `bin/zfs-served`, one after the other in one process: the start of Node, which is nine tenths
 * of what a short command costs, is paid once. The argument is the directory that it shares with its clients.
 *
 * A client makes a directory of its own in there with the file `args` (each argument with a NUL behind it) and the FIFO
 * `done`, and writes the directory's name as a line into the FIFO `requests`. It finds the files `stdout` and `stderr`
 * once it has read the exit code from `done`. The server ends when its standard input does.
 */
import { closeSync, constants, createReadStream, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { errorCode } from './context.ts';
import { main } from './main.ts';
import { ZFS_VERBS } from './zfs-verbs.ts';

const EXIT_INTERNAL = 70;

async function run(place: string): Promise<number> {
  const args = readFileSync(join(place, 'args'), 'utf8').split('\0').slice(0, -1);
  const [stdout, stderr] = [openSync(join(place, 'stdout'), 'w'), openSync(join(place, 'stderr'), 'w')];
  try {
    return await main('zfs', ZFS_VERBS, args, { env: process.env, stdout, stderr });
  } catch (error) {
    writeSync(stderr, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT_INTERNAL;
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}

/** A client that was killed in the meantime reads nothing any more. */
function answer(place: string, code: number): void {
  try {
    const done = openSync(join(place, 'done'), constants.O_WRONLY | constants.O_NONBLOCK);
    writeSync(done, `${String(code)}\n`);
    closeSync(done);
  } catch (error) {
    if (errorCode(error) !== 'ENXIO' && errorCode(error) !== 'EPIPE') throw error;
    rmSync(place, { recursive: true, force: true });
  }
}

const directory = process.argv[2] ?? '';
// Not by process.exit(), which would wait for the thread that waits for the next request.
process.stdin.resume().on('end', () => process.kill(process.pid, 'SIGTERM'));
// For reading and writing, so that it does not end between two clients.
const requests = createReadStream(join(directory, 'requests'), { flags: 'r+' });
for await (const name of createInterface({ input: requests })) {
  const place = join(directory, name);
  answer(place, await run(place));
}
