/**
 * The lock of a pool: a file that names its owner. It appears by link(2), so it never exists without its content, and
 * the lock of a process that is gone is broken by whoever holds the second lock made for that.
 */
import { linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { errorCode, sleep } from '../context.ts';

const WAIT_MS = 2;
const BREAKER_AGE_MS = 5000;

/** A process as `pid start-time`: the number alone may have been given to another process since. */
export function processIdentity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${String(pid)} ${fields[19] ?? ''}`;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return processExists(pid) ? `${String(pid)} ` : undefined;
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether the process that {@link processIdentity} named is still there. */
export function isAlive(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return Number.isInteger(pid) && pid > 0 && processIdentity(pid) === identity;
}

let self: string | undefined;

export function ownIdentity(): string {
  self ??= processIdentity(process.pid) ?? `${String(process.pid)} `;
  return self;
}

export function withLock<T>(path: string, action: () => T): T {
  const ticket = `${path}.${String(process.pid)}`;
  writeFileSync(ticket, ownIdentity());
  try {
    while (!tryLink(ticket, path)) {
      breakIfDead(path);
      sleep(WAIT_MS);
    }
  } finally {
    unlinkSync(ticket);
  }
  try {
    return action();
  } finally {
    unlinkSync(path);
  }
}

/** Whether a process that lives holds it. */
export function isLocked(path: string): boolean {
  const owner = readIfThere(path);
  return owner !== undefined && isAlive(owner);
}

function tryLink(ticket: string, path: string): boolean {
  try {
    linkSync(ticket, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function breakIfDead(path: string): void {
  const owner = readIfThere(path);
  if (owner === undefined || isAlive(owner)) return;
  const breaker = `${path}.breaker`;
  try {
    writeFileSync(breaker, ownIdentity(), { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    removeOldBreaker(breaker);
    return;
  }
  try {
    // Only now is it sure that nobody else breaks it at the same time.
    if (readIfThere(path) === owner) unlinkSync(path);
  } finally {
    unlinkSync(breaker);
  }
}

function removeOldBreaker(breaker: string): void {
  try {
    if (Date.now() - statSync(breaker).mtimeMs > BREAKER_AGE_MS) unlinkSync(breaker);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
