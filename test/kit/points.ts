/** Sweeps: many points, side by side, each of which is reported by itself. */
import type { TestFunction } from './pair-suite.ts';

/** Repeats single points: a regular expression of their names, such as `cut outbound after 4711`. */
const CHOSEN = new RegExp(process.env['ZFSYNC_CRASH_POINTS'] ?? '');

/** Runs every point, also after others have failed. */
export class Points {
  readonly #outcomes: { readonly name: string; readonly outcome: Promise<void> }[] = [];

  /** Never rejects. @returns whether it has failed */
  async run(name: string, point: () => Promise<void>): Promise<boolean> {
    if (!CHOSEN.test(name)) return false;
    const outcome = point();
    this.#outcomes.push({ name, outcome });
    const [result] = await Promise.allSettled([outcome]);
    return result.status === 'rejected';
  }

  /** A test for each point. */
  async report(test: TestFunction): Promise<void> {
    for (const { name, outcome } of this.#outcomes) await test(name, () => outcome);
  }

  /** All of them were asked for: what is said of the whole sweep can be said. */
  get complete(): boolean {
    return CHOSEN.source === '(?:)';
  }
}

/** Runs the work of the items with so many at a time. */
export async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/**
 * Where to break a line that carries `total` bytes: evenly over it, and close to its ends, as that is where the talking
 * is.
 *
 * @param edges also at the very ends, and one byte from them
 */
export function sweep(total: number, count: number, edges: boolean): number[] {
  const steps = Math.ceil(count / 3) + 1;
  const inner = Array.from({ length: count }, (_, index) => {
    const step = Math.floor(index / 3) + 1;
    const near = Math.round(total ** (step / steps));
    if (index % 3 === 0) return Math.round((total * step) / steps);
    return index % 3 === 1 ? near : total - near;
  });
  const ends = edges ? [0, 1, total - 1, total] : [];
  return [...new Set([...ends, ...inner])].sort((a, b) => a - b);
}
