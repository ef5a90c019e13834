/**
 * Runs the operator's own commands: hooks. The only place beside the driver of zfs that starts processes. A command runs in
 * a process group of its own, so that a Ctrl-C at the terminal does not reach it, and so that all of it can be ended.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ShellCommandOptions {
  /** A line for `/bin/sh -c`. */
  readonly command: string;
  /** The whole environment. */
  readonly env: Readonly<Partial<Record<string, string>>>;
  /** Milliseconds until it gets SIGTERM. */
  readonly timeoutMs: number;
  /** Ends it early, as the timeout does; absent = nothing does. */
  readonly signal?: AbortSignal | undefined;
  /** A line that it has written, without its end; what is longer than {@link LINE_MAX} comes in pieces. */
  readonly onLine: (line: string) => void;
  /** Milliseconds between SIGTERM and SIGKILL, and between that and giving up. */
  readonly killGraceMs?: number;
}

/** What became of it. It went well if `exitCode` is 0 and it was not ended by us. */
export interface ShellResult {
  /** Null when a signal ended it, or when it could not be started or ended. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** The signal of the options has ended it. */
  readonly aborted: boolean;
  /** The last lines that it has written, of both outputs. */
  readonly tail: string;
  /** Why it could not be started. */
  readonly startError?: string;
  readonly milliseconds: number;
}

/** Characters. */
export const LINE_MAX = 4096;
const TAIL_LINES = 20;
const TAIL_CHARACTERS = 4000;
const KILL_GRACE_MS = 10_000;
const GROUP_POLL_MS = 20;
/** What is in the pipes when the shell ends is read; what it leaves running in the background is not waited for. */
const DRAIN_MS = 250;

interface Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly startError?: string;
}

/** Never rejects, and never takes longer than the timeout and twice the grace. */
export async function runShellCommand(options: ShellCommandOptions): Promise<ShellResult> {
  const begun = performance.now();
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    if (lines.length > TAIL_LINES) lines.shift();
    options.onLine(line);
  };
  const { exit, timedOut, aborted } = await runToEnd(options, onLine);
  const tail = lines.join('\n').slice(-TAIL_CHARACTERS);
  return { ...exit, timedOut, aborted, tail, milliseconds: Math.round(performance.now() - begun) };
}

async function runToEnd(
  { command, env, timeoutMs, signal, killGraceMs = KILL_GRACE_MS }: ShellCommandOptions,
  onLine: (line: string) => void,
): Promise<{ exit: Exit; timedOut: boolean; aborted: boolean }> {
  let child: ChildProcess;
  try {
    // Not the caller's directory: it may lie on a dataset, which would then be busy.
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    child = spawn('/bin/sh', ['-c', command], { cwd: '/', env: { ...env }, stdio, detached: true });
  } catch (error) {
    // E2BIG and a NUL in the command throw at once; the others come as an event.
    return { exit: neverStarted(error), timedOut: false, aborted: false };
  }
  const outputs = [child.stdout, child.stderr].flatMap((stream) =>
    stream === null ? [] : [readLines(stream, onLine)],
  );
  const ended = endOf(child);
  let timedOut = false;
  let aborted = false;
  let giveUp: (exit: Exit) => void = () => undefined;
  const abandoned = new Promise<Exit>((resolve) => (giveUp = resolve));
  let killing: Promise<void> | undefined;
  const kill = () => {
    killing ??= endGroup(child, ended.gone, killGraceMs).then((gone) => {
      if (gone) return;
      child.unref();
      giveUp({ exitCode: null, signal: null });
    });
  };
  const timer = setTimeout(() => {
    timedOut = !aborted;
    kill();
  }, timeoutMs);
  const onAbort = () => {
    aborted = !timedOut;
    kill();
  };
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  const exit = await Promise.race([ended.exit, abandoned]);
  clearTimeout(timer);
  signal?.removeEventListener('abort', onAbort);
  // What was to be ended is ended with all that it has started.
  await killing;
  await Promise.race([Promise.all(outputs.map((output) => output.done)), sleep(DRAIN_MS)]);
  for (const output of outputs) output.stop();
  return { exit, timedOut, aborted };
}

function neverStarted(error: unknown): Exit {
  return { exitCode: null, signal: null, startError: error instanceof Error ? error.message : String(error) };
}

function endOf(child: ChildProcess): { readonly exit: Promise<Exit>; readonly gone: () => boolean } {
  let gone = false;
  const exit = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      gone = true;
      resolve(neverStarted(error));
    });
    child.once('exit', (exitCode, signal) => {
      gone = true;
      resolve({ exitCode, signal });
    });
  });
  return { exit, gone: () => gone };
}

/** @returns whether the shell is gone; its group may have left something behind that even SIGKILL does not reach. */
async function endGroup({ pid }: ChildProcess, gone: () => boolean, graceMs: number): Promise<boolean> {
  if (pid === undefined) return true;
  for (const name of ['SIGTERM', 'SIGKILL'] as const) {
    signalGroup(pid, name);
    const deadline = performance.now() + graceMs;
    while (performance.now() < deadline) {
      // What SIGKILL has reached needs no more waiting: where nobody reaps orphans it stays as a zombie.
      if (gone() && (name === 'SIGKILL' || !signalGroup(pid, 0))) return true;
      await sleep(GROUP_POLL_MS);
    }
  }
  return gone();
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    // ESRCH: it is gone. EPERM: it belongs to another user, such as behind sudo.
    return false;
  }
}

function readLines(stream: Readable, onLine: (line: string) => void): { readonly done: Promise<void>; stop(): void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let stopped = false;
  const push = (text: string) => {
    rest += text;
    for (;;) {
      const end = rest.indexOf('\n');
      const cut = end >= 0 && end <= LINE_MAX ? end : rest.length > LINE_MAX ? LINE_MAX : -1;
      if (cut < 0) return;
      onLine(rest.slice(0, cut));
      rest = rest.slice(cut === end ? cut + 1 : cut);
    }
  };
  const flush = () => {
    if (stopped) return;
    stopped = true;
    push(decoder.end());
    if (rest !== '') onLine(rest);
  };
  const done = new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      if (!stopped) push(decoder.write(chunk));
    });
    stream.once('close', resolve);
    // What it means is said by the end of the process.
    stream.once('error', () => {
      resolve();
    });
  });
  void done.then(flush);
  return {
    done,
    stop: () => {
      flush();
      stream.destroy();
    },
  };
}
