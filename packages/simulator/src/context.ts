/**
 * What a run of the simulator sees of the world: its root directory, its environment and three file descriptors. All
 * I/O is synchronous: a run is one short process, and loading Node's streams would double its start time.
 */
import { readSync, writeSync } from 'node:fs';

const OUT_BYTES_MAX = 65_536;
const RETRY_MS = 1;
/** As a shell shows the end by SIGPIPE. */
export const EXIT_SIGPIPE = 141;

/** Ends the run with this exit code; what is to be said has been said. */
export class Exit extends Error {
  readonly code: number;

  static {
    this.prototype.name = 'Exit';
  }

  constructor(code: number) {
    super(`exit ${String(code)}`);
    this.code = code;
  }
}

export interface ContextOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin?: number;
  readonly stdout?: number;
  readonly stderr?: number;
}

export class Context {
  /** Absolute path of the directory that holds all state. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: number;
  readonly stdout: number;
  readonly stderr: number;
  /** What was said on stderr so far decides nothing; whether anything failed does. */
  failed = false;
  #out = '';

  constructor(root: string, options: ContextOptions) {
    this.root = root;
    this.env = options.env;
    this.stdin = options.stdin ?? 0;
    this.stdout = options.stdout ?? 1;
    this.stderr = options.stderr ?? 2;
  }

  /** Buffered; lines of stdout. */
  out(text: string): void {
    this.#out += text;
    if (this.#out.length >= OUT_BYTES_MAX) this.flush();
  }

  flush(): void {
    const text = this.#out;
    this.#out = '';
    if (text !== '') writeAll(this.stdout, Buffer.from(text));
  }

  err(text: string): void {
    writeAll(this.stderr, Buffer.from(text));
  }

  /** Says `text` on stderr and ends the run with exit code 1. */
  fail(text: string, code = 1): never {
    this.err(`${text}\n`);
    throw new Exit(code);
  }
}

export function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Writes all of it. A reader that has gone ends the run as SIGPIPE would: quietly, with 141. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset, bytes.length - offset);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EPIPE' || code === 'ECONNRESET') throw new Exit(EXIT_SIGPIPE);
      // The parent may have left the descriptor in non-blocking mode.
      if (code !== 'EAGAIN') throw error;
      sleep(RETRY_MS);
    }
  }
}

/** Fills `buffer` as far as the input goes; returns the number of bytes read. A broken input counts as its end. */
export function readFully(fd: number, buffer: Uint8Array): number {
  let offset = 0;
  while (offset < buffer.length) {
    try {
      const count = readSync(fd, buffer, offset, buffer.length - offset, null);
      if (count === 0) break;
      offset += count;
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EOF' || code === 'ECONNRESET') break;
      if (code !== 'EAGAIN') throw error;
      sleep(RETRY_MS);
    }
  }
  return offset;
}
