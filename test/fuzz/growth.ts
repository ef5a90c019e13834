/** Whether a target leaves something behind: the memory in use after a collection, before and after its slices of time. */

const MIB = 1024 * 1024;
/** The first ones warm up: compiled code, caches of the runtime. */
const WARM_UP_SLICES = 3;
const SLICES_MIN = 6;
/** What every slice may add; less than that is the runtime's own doing. */
const SLICE_BYTES_MAX = 256 * 1024;
const TOTAL_BYTES_MAX = 64 * MIB;

export class Growth {
  readonly #name: string;
  readonly #deltas: number[] = [];
  #before = 0;

  constructor(name: string) {
    this.#name = name;
  }

  begin(): void {
    this.#before = inUseBytes();
  }

  end(): void {
    this.#deltas.push(inUseBytes() - this.#before);
  }

  /** Steady growth, if it is one: every slice adds something, or all of them together add much. */
  problem(): Error | undefined {
    const deltas = this.#deltas.slice(WARM_UP_SLICES);
    if (deltas.length < SLICES_MIN) return undefined;
    const total = deltas.reduce((sum, delta) => sum + delta, 0);
    const [median = 0] = [...deltas].sort((a, b) => a - b).slice(Math.floor(deltas.length / 4));
    // Three quarters of the slices have added more than that.
    if (median <= SLICE_BYTES_MAX && total <= TOTAL_BYTES_MAX) return undefined;
    const slices = deltas.map((delta) => (delta / MIB).toFixed(2)).join(' ');
    return new Error(`${this.#name} holds ever more memory: MiB a slice ${slices}`);
  }
}

/** After what can be collected is gone; 0 where the collector cannot be called. */
function inUseBytes(): number {
  const collect = global.gc;
  if (collect === undefined) return 0;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
