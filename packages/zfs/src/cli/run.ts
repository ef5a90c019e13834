/**
 * The only place where zfsync starts a process. A command is an argv, never a shell's line; it runs in a process group
 * of its own, so that a wrapper such as sudo ends together with the zfs behind it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ZfsError } from '../errors.ts';
import { loggableCommand, loggableText } from '../loggable.ts';
import { type FailedCommand, spawnErrorOf, zfsErrorOf } from './stderr-reasons.ts';
import { drained, Tail } from './stderr-tail.ts';

/** What became of one command; for logs. */
export interface CommandInfo {
  /** Without values that are nobody's business, see `loggableCommand`. */
  readonly argv: readonly string[];
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  /** With `signal` null too: it could not be ended, and is no longer waited for. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly milliseconds: number;
}

export interface RunnerOptions {
  /** A name that is looked up in PATH, or a path. Without arguments: a wrapper script may add them. */
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onCommand?: (info: CommandInfo) => void;
  /** Between SIGTERM and SIGKILL, and between SIGKILL and giving up. */
  readonly killGraceMs: number;
  /** How long a command may print nothing while it is waited for; see {@link RunningCommand.chunks}. */
  readonly stallMs: number;
  /** Sends a signal to a process group, 0 to ask for it. @throws {Error} when it is gone, or another user's */
  readonly signalGroup: (pid: number, signal: NodeJS.Signals | 0) => void;
}

const GROUP_POLL_MS = 20;
/** Where zfs lies when the PATH of cron has no sbin. */
const SBIN = '/usr/local/sbin:/usr/sbin:/sbin';

/** One running zfs(8). */
export class RunningCommand {
  readonly argv: readonly string[];
  /** Ended at once when the command takes nothing on stdin. */
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves at exit code 0, else rejects with {@link ZfsError}; never an unhandled rejection. */
  readonly done: Promise<void>;
  readonly #pid: number | undefined;
  readonly #child: ChildProcess | undefined;
  readonly #options: RunnerOptions;
  #hasExited = false;
  #ended: FailedCommand['ended'];
  #abandoned = false;
  #giveUp: (exit: Exit) => void = () => undefined;
  #kill: Promise<void> | undefined;
  readonly #tail = new Tail();

  constructor(start: ChildProcess | ZfsError, argv: readonly string[], subject: string, options: RunnerOptions) {
    const started = performance.now();
    const child = start instanceof Error ? undefined : start;
    const pid = child?.pid;
    this.argv = argv;
    this.#pid = pid;
    this.#child = child;
    this.#options = options;
    this.stdin = child?.stdin ?? closedWritable();
    this.stdout = child?.stdout ?? Readable.from([]);
    // EPIPE and the like: what they mean is said by the exit of the process.
    this.stdin.on('error', () => undefined);
    this.stdout.on('error', () => undefined);
    child?.stderr?.on('error', () => undefined);
    child?.stderr?.on('data', (chunk: Buffer) => {
      this.#tail.push(chunk);
    });
    const report = (exitCode: number | null, signal: string | null): void => {
      const milliseconds = performance.now() - started;
      options.onCommand?.({ argv: loggableCommand(argv), pid, exitCode, signal, milliseconds });
    };
    const ended = start instanceof Error ? Promise.resolve(start) : this.#endOf(start);
    this.done = ended.then(async (end) => {
      this.#hasExited = true;
      if (end instanceof Error) {
        report(null, null);
        throw end;
      }
      await drained(child?.stderr);
      report(end.exitCode, end.signal);
      if (end.exitCode === 0 && this.#ended === undefined) return;
      const { stderrTail } = this;
      throw zfsErrorOf({ argv, subject, ...end, stderrTail, ended: this.#ended, abandoned: this.#abandoned });
    });
    this.done.catch(() => undefined);
  }

  #endOf(child: ChildProcess): Promise<Exit | ZfsError> {
    return new Promise((fulfil) => {
      this.#giveUp = fulfil;
      child.on('error', (error: NodeJS.ErrnoException) => {
        fulfil(spawnErrorOf(this.argv, error));
      });
      child.once('exit', (exitCode, signal) => {
        fulfil({ exitCode, signal });
      });
    });
  }

  /** The last 32 KiB that it has written on stderr, as a log may have it. */
  get stderrTail(): string {
    return loggableText(this.#tail.toString());
  }

  /**
   * What it prints, as it comes, and then its end as in {@link done}. A command that is waited for and prints nothing
   * for the stall timeout is ended, and `done` rejects with `stalled`; the time that the consumer takes does not count.
   */
  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    const iterator = (this.stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.#watched(iterator.next());
        if (next.done === true) break;
        yield next.value;
      }
      await this.#watched(this.done);
    } finally {
      await iterator.return?.();
    }
  }

  async #watched<T>(work: Promise<T>): Promise<T> {
    const { stallMs } = this.#options;
    const timer = setTimeout(() => {
      void this.#endOnce({ stalledMs: stallMs });
    }, stallMs);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Ends the process group and waits until it is gone: SIGTERM, then SIGKILL after the grace. A process that sleeps in
   * the kernel (a suspended pool) survives even that: after another grace it is left to itself and does not keep our
   * own process alive. From now on it counts as killed, even if it still exits with 0. Idempotent; nothing after the
   * exit.
   */
  kill(): Promise<void> {
    return this.#endOnce('called-off');
  }

  #endOnce(why: NonNullable<FailedCommand['ended']>): Promise<void> {
    this.#kill ??= this.#end(why);
    return this.#kill;
  }

  async #end(why: NonNullable<FailedCommand['ended']>): Promise<void> {
    // Once it has exited its number may be another process's.
    if (this.#hasExited) return;
    this.#ended = why;
    // The signal first: to `zfs receive` an end of its input between two snapshots is a proper end.
    this.#signal('SIGTERM');
    // Closed pipes end even what we may not signal, such as zfs behind sudo.
    this.stdin.destroy();
    this.stdout.destroy();
    if (await this.#isGone()) return;
    this.#signal('SIGKILL');
    // What a wrapper leaves behind is waited for, but not for ever: where nobody reaps orphans they stay as zombies.
    if (!(await this.#isGone()) && !this.#exited()) this.#abandon();
  }

  #abandon(): void {
    this.#abandoned = true;
    this.#child?.stderr?.destroy();
    this.#child?.unref();
    this.#giveUp({ exitCode: null, signal: null });
  }

  /** As a call: it changes while one waits. */
  #exited(): boolean {
    return this.#hasExited;
  }

  /** Waits for the exit and the end of the whole group; false when the grace has passed before. */
  async #isGone(): Promise<boolean> {
    const deadline = performance.now() + this.#options.killGraceMs;
    while (!this.#exited() || this.#signal(0)) {
      if (performance.now() >= deadline) return false;
      await sleep(GROUP_POLL_MS);
    }
    return true;
  }

  #signal(signal: NodeJS.Signals | 0): boolean {
    if (this.#pid === undefined) return false;
    try {
      this.#options.signalGroup(this.#pid, signal);
      return true;
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

function closedWritable(): Writable {
  return new Writable().end();
}

/** Starts commands. */
export class Runner {
  readonly #options: RunnerOptions;

  constructor(options: RunnerOptions) {
    // The working directory of the child is `/`, hence an absolute path.
    const command = options.command.includes('/') ? resolve(options.command) : options.command;
    this.#options = { ...options, command };
  }

  get stallMs(): number {
    return this.#options.stallMs;
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
