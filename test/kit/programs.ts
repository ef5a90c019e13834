/** The two programs as processes of their own, as an administrator runs them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, from `test/dist/kit`. */
const ROOT = new URL('../../../', import.meta.url);

export const SENDER = fileURLToPath(new URL('packages/sender/dist/main.js', ROOT));
export const RECEIVER = fileURLToPath(new URL('packages/receiver/dist/main.js', ROOT));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** What it has written on standard error so far. */
  stderr(): string;
}

/** Who runs a program; only root can start it as somebody else. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

const children = new Set<ChildProcess>();

/** What a test that failed has left running would keep its file from ending. */
export function endPrograms(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** Starts a program of the project by Node. */
export function start(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  identity?: Identity,
): Running {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    ...identity,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return { child, finished, stderr: () => stderr };
}

export function runSender(args: readonly string[], env?: NodeJS.ProcessEnv, identity?: Identity): Promise<Finished> {
  return start(SENDER, args, env, identity).finished;
}

export interface ReceiverProgram {
  readonly port: number;
  readonly running: Running;
  /** Ends it with SIGTERM and waits. */
  stop(): Promise<Finished>;
}

/** Starts a receiver without TLS on a free port of loopback and waits until it listens. */
export function startReceiver(
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
  identity?: Identity,
): Promise<ReceiverProgram> {
  return startListening(['--plaintext', ...args], env, identity);
}

/** Starts a receiver with TLS on a free port of loopback and waits until it listens. */
export function startSecureReceiver(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<ReceiverProgram> {
  return startListening(['-i', '127.0.0.1', ...args], env);
}

export function runReceiver(args: readonly string[], env?: NodeJS.ProcessEnv, identity?: Identity): Promise<Finished> {
  return start(RECEIVER, args, env, identity).finished;
}

async function startListening(
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
  identity?: Identity,
): Promise<ReceiverProgram> {
  const running = start(RECEIVER, ['-p', '0', ...args], env, identity);
  const port = await new Promise<number>((resolve, reject) => {
    const look = () => {
      for (const line of running.stderr().split('\n')) {
        const found = /"event":"listening".*"port":(\d+)/.exec(line);
        if (found !== null) resolve(Number(found[1]));
      }
    };
    running.child.stderr?.on('data', look);
    void running.finished.then(({ code, stderr }) => {
      reject(new Error(`zfsync-recv ended with ${String(code)}: ${stderr}`));
    });
  });
  const stop = async () => {
    running.child.kill('SIGTERM');
    return running.finished;
  };
  return { port, running, stop };
}
