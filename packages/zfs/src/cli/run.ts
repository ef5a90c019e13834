/**
 * The only place where zfsync starts a process. A command is an argv, never a shell's line; it runs in a process group
 * of its own, so that a wrapper such as sudo ends together with the zfs behind it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ZfsError } from '../errors.ts';
import { spawnErrorOf, zfsErrorOf } from './stderr-reasons.ts';

/** What became of one command; for logs. */
export interface CommandInfo {
  readonly argv: readonly string[];
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly milliseconds: number;
}

export interface RunnerOptions {
  /** A name that is looked up in PATH, or a path. Without arguments: a wrapper script may add them. */
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onCommand?: (info: CommandInfo) => void;
  /** Between SIGTERM and SIGKILL. */
  readonly killGraceMs: number;
}

export const STDERR_TAIL_BYTES_MAX = 32 * 1024;
const STDERR_DRAIN_MS = 1000;
const GROUP_POLL_MS = 20;
/** Where zfs lies when the PATH of cron has no sbin. */
const SBIN = '/usr/local/sbin:/usr/sbin:/sbin';

/** The last bytes of an endless text. */
class Tail {
  #chunks: Buffer[] = [];
  #bytes = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes > 2 * STDERR_TAIL_BYTES_MAX) this.#trim();
  }

  #trim(): void {
    const kept = Buffer.concat(this.#chunks).subarray(-STDERR_TAIL_BYTES_MAX);
    this.#chunks = [kept];
    this.#bytes = kept.length;
  }

  toString(): string {
    this.#trim();
    return (this.#chunks[0] ?? Buffer.alloc(0)).toString('utf8');
  }
}

/** One running zfs(8). */
export class RunningCommand {
  readonly argv: readonly string[];
  /** Ended at once when the command takes nothing on stdin. */
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves at exit code 0, else rejects with {@link ZfsError}; never an unhandled rejection. */
  readonly done: Promise<void>;
  readonly #pid: number | undefined;
  readonly #exited: Promise<void>;
  readonly #killGraceMs: number;
  #hasExited = false;
  #killed = false;
  #kill: Promise<void> | undefined;

  constructor(start: ChildProcess | ZfsError, argv: readonly string[], subject: string, options: RunnerOptions) {
    const started = performance.now();
    const child = start instanceof Error ? undefined : start;
    const pid = child?.pid;
    this.argv = argv;
    this.#pid = pid;
    this.#killGraceMs = options.killGraceMs;
    this.stdin = child?.stdin ?? closedWritable();
    this.stdout = child?.stdout ?? Readable.from([]);
    // EPIPE and the like: what they mean is said by the exit of the process.
    this.stdin.on('error', () => undefined);
    this.stdout.on('error', () => undefined);
    const tail = new Tail();
    child?.stderr?.on('error', () => undefined);
    child?.stderr?.on('data', (chunk: Buffer) => {
      tail.push(chunk);
    });
    const report = (exitCode: number | null, signal: string | null): void => {
      options.onCommand?.({ argv, pid, exitCode, signal, milliseconds: performance.now() - started });
    };
    const ended = start instanceof Error ? Promise.resolve(start) : endOf(start, argv);
    this.#exited = ended.then(() => {
      this.#hasExited = true;
    });
    this.done = ended.then(async (end) => {
      if (end instanceof Error) {
        report(null, null);
        throw end;
      }
      await drained(child?.stderr);
      report(end.exitCode, end.signal);
      if (end.exitCode === 0 && !this.#killed) return;
      throw zfsErrorOf({ argv, subject, ...end, stderrTail: tail.toString(), killed: this.#killed });
    });
    this.done.catch(() => undefined);
  }

  /**
   * Ends the process group and waits until it is gone: SIGTERM, then SIGKILL after the grace. A process that sleeps in
   * the kernel (a suspended pool) is waited for. From now on it counts as killed, even if it still exits with 0.
   * Idempotent; nothing after the exit.
   */
  kill(): Promise<void> {
    this.#kill ??= this.#end();
    return this.#kill;
  }

  async #end(): Promise<void> {
    // Once it has exited its number may be another process's.
    if (this.#hasExited) return;
    this.#killed = true;
    // The signal first: to `zfs receive` an end of its input between two snapshots is a proper end.
    this.#signal('SIGTERM');
    // Closed pipes end even what we may not signal, such as zfs behind sudo.
    this.stdin.destroy();
    this.stdout.destroy();
    if (!(await this.#groupGone())) this.#signal('SIGKILL');
    await this.#exited;
    // What a wrapper leaves behind is waited for, but not for ever: where nobody reaps orphans they stay as zombies.
    await this.#groupGone();
  }

  /** Waits for the end of the whole group; false when the grace has passed before. */
  async #groupGone(): Promise<boolean> {
    const deadline = performance.now() + this.#killGraceMs;
    while (this.#signal(0)) {
      if (performance.now() >= deadline) return false;
      await sleep(GROUP_POLL_MS);
    }
    return true;
  }

  #signal(signal: NodeJS.Signals | 0): boolean {
    if (this.#pid === undefined) return false;
    try {
      return process.kill(-this.#pid, signal);
    } catch {
      // ESRCH: it is gone. EPERM: it belongs to another user and only its pipes reach it.
      return false;
    }
  }
}

interface Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

function endOf(child: ChildProcess, argv: readonly string[]): Promise<Exit | ZfsError> {
  return new Promise((fulfil) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      fulfil(spawnErrorOf(argv, error));
    });
    child.once('exit', (exitCode, signal) => {
      fulfil({ exitCode, signal });
    });
  });
}

function closedWritable(): Writable {
  return new Writable().end();
}

/** Waits for the end of stderr after the exit; not for ever, as a grandchild may hold it open. */
async function drained(stderr: Readable | null | undefined): Promise<void> {
  if (stderr === null || stderr === undefined || stderr.readableEnded || stderr.destroyed) return;
  const stop = new AbortController();
  await Promise.race([
    new Promise<void>((fulfil) => stderr.once('close', fulfil)),
    sleep(STDERR_DRAIN_MS, undefined, { signal: stop.signal }).catch(() => undefined),
  ]);
  stop.abort();
  stderr.destroy();
}

/** Starts commands. */
export class Runner {
  readonly #options: RunnerOptions;

  constructor(options: RunnerOptions) {
    // The working directory of the child is `/`, hence an absolute path.
    const command = options.command.includes('/') ? resolve(options.command) : options.command;
    this.#options = { ...options, command };
  }

  /**
   * @param subject what the command is about, for messages: a dataset or `dataset@snapshot`
   * @param stdin whether it reads a stream
   */
  start(args: readonly string[], subject: string, stdin: 'pipe' | 'ignore' = 'ignore'): RunningCommand {
    const { command, env } = this.#options;
    const argv = [command, ...args];
    let start: ChildProcess | ZfsError;
    try {
      start = spawn(command, args, {
        // Not the caller's directory: it may lie on a dataset, which would then be busy.
        cwd: '/',
        env: { ...env, LC_ALL: 'C', PATH: `${env['PATH'] ?? '/usr/bin:/bin'}:${SBIN}` },
        stdio: [stdin, 'pipe', 'pipe'],
        detached: true,
      });
    } catch (error) {
      // E2BIG and a NUL in an argument throw at once; the others come as an event.
      start = spawnErrorOf(argv, error as NodeJS.ErrnoException);
    }
    return new RunningCommand(start, argv, subject, this.#options);
  }
}
