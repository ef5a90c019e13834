/** What a program has left behind, by /proc: for tests on Linux. */
import { readdir, readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

/** A mark in the environment of a program, which every process that it starts inherits. */
export function newMark(): { readonly mark: string; readonly env: NodeJS.ProcessEnv } {
  const mark = randomUUID();
  return { mark, env: { ZFSYNC_TEST_MARK: mark } };
}

/** Every process that carries the mark and runs; a zombie carries nothing any more. */
export async function markedProcesses(mark: string): Promise<FoundProcess[]> {
  const found: FoundProcess[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // It may be gone in the meantime, or another user's.
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (!environment.includes(`ZFSYNC_TEST_MARK=${mark}`)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    found.push({ pid: Number(name), command: command.replaceAll('\0', ' ').trim() });
  }
  return found;
}

/** Waits until no process carries the mark but `except`. @throws {Error} naming what is left after `ms`. */
export async function untilGone(mark: string, except: number | undefined, ms: number): Promise<void> {
  const deadline = performance.now() + ms;
  for (;;) {
    const left = (await markedProcesses(mark)).filter(({ pid }) => pid !== except);
    if (left.length === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`still running: ${left.map(({ pid, command }) => `${pid} ${command}`).join('; ')}`);
    }
    await sleep(50);
  }
}

/** Open files and sockets of a process. */
export async function descriptors(pid: number): Promise<string[]> {
  return readdir(`/proc/${pid}/fd`);
}

/** What of its memory is in use, in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kib === undefined) throw new Error(`process ${pid} has no memory`);
  return Number(kib) * 1024;
}

/** Rejects when the promise takes longer. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what}: not done within ${ms / 1000} s`));
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
