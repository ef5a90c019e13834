/** Nobody within a thread can say that the thread hangs: another one does, and ends the process. */
import { Worker } from 'node:worker_threads';

interface Watched {
  readonly target: string;
  readonly seed: number | undefined;
  readonly input: Uint8Array;
}

export interface Watchdog {
  /** @returns to be called at the end */
  watch(watched: Watched): () => void;
}

const HANG_MS = 60_000;
const POLL_MS = 1_000;
const INPUT_BYTES_MAX = 64 * 1024;

/** Shared with the worker: ordinal of the case (0 between two), seed (-1 for none), index of the target's name. */
const ORDINAL = 0;
const SEED = 1;
const INPUT_BYTES = 2;
const NAME_BYTES = 3;
const HEAD_BYTES = 16;
const NAME_BYTES_MAX = 64;

const WORKER = `
  const { workerData: { shared, hangMs, pollMs } } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const head = new Int32Array(shared, 0, 4);
  let ordinal = 0, since = Date.now();
  setInterval(() => {
    const now = Atomics.load(head, 0);
    if (now !== ordinal || now === 0) { ordinal = now; since = Date.now(); return; }
    if (Date.now() - since < hangMs) return;
    const name = Buffer.from(shared, 16, head[3]).toString();
    const input = Buffer.from(shared, 16 + 64, head[2]).toString('hex');
    const again = head[1] === -1 ? '--input ' + input : '--seed ' + (head[1] >>> 0) + ' --cases 1';
    writeSync(2, name + ': it hangs\\ninput: ' + input + '\\nagain: pnpm fuzz --target ' + name + ' ' + again + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, pollMs);
`;

let started: Watchdog | undefined;

/** One for the whole process; it keeps nothing alive. */
export function startWatchdog(): Watchdog {
  if (started !== undefined) return started;
  const shared = new SharedArrayBuffer(HEAD_BYTES + NAME_BYTES_MAX + INPUT_BYTES_MAX);
  const head = new Int32Array(shared, 0, HEAD_BYTES / 4);
  const name = new Uint8Array(shared, HEAD_BYTES, NAME_BYTES_MAX);
  const bytes = new Uint8Array(shared, HEAD_BYTES + NAME_BYTES_MAX);
  new Worker(WORKER, { eval: true, workerData: { shared, hangMs: HANG_MS, pollMs: POLL_MS } }).unref();
  let ordinal = 0;
  started = {
    watch: ({ target, seed, input }) => {
      const kept = input.subarray(0, INPUT_BYTES_MAX);
      head[NAME_BYTES] = new TextEncoder().encodeInto(target, name).written;
      head[INPUT_BYTES] = kept.length;
      head[SEED] = seed ?? -1;
      bytes.set(kept);
      ordinal = (ordinal % (2 ** 31 - 1)) + 1;
      Atomics.store(head, ORDINAL, ordinal);
      return () => {
        Atomics.store(head, ORDINAL, 0);
      };
    },
  };
  return started;
}
