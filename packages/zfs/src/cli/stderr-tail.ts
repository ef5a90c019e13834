/** What is kept of a command's stderr. */
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export const STDERR_TAIL_BYTES_MAX = 32 * 1024;
const STDERR_DRAIN_MS = 1000;

/** The last bytes of an endless text. */
export class Tail {
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

/** Waits for the end of stderr after the exit; not for ever, as a grandchild may hold it open. */
export async function drained(stderr: Readable | null | undefined): Promise<void> {
  if (stderr === null || stderr === undefined || stderr.readableEnded || stderr.destroyed) return;
  const stop = new AbortController();
  await Promise.race([
    new Promise<void>((fulfil) => stderr.once('close', fulfil)),
    sleep(STDERR_DRAIN_MS, undefined, { signal: stop.signal }).catch(() => undefined),
  ]);
  stop.abort();
  stderr.destroy();
}
