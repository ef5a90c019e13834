/** Sweeps: many points, side by side, each of which is reported by itself. */
import assert from 'node:assert/strict';
import type { TestFunction } from './pair-suite.ts';

/** Repeats single points: a regular expression of their names, such as `cut outbound after 4711`. */
const CHOSEN = new RegExp(process.env['ZFSYNC_CRASH_POINTS'] ?? '');

/** Runs every point, also after others have failed. */
export class Points {
  readonly #outcomes: { readonly name: string; readonly outcome: Promise<void> }[] = [];

  /** Never rejects. */
  async run(name: string, point: () => Promise<void>): Promise<void> {
    if (!CHOSEN.test(name)) return;
    const outcome = point();
    this.#outcomes.push({ name, outcome });
    await Promise.allSettled([outcome]);
  }

  /** A test for each point. */
  async report(test: TestFunction): Promise<void> {
    assert.ok(this.#outcomes.length > 0, `a point is called ${CHOSEN.source}`);
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
 * Where to break a line that carries `total` bytes: at both ends, close to them (that is where the talking is), and
 * evenly between.
 */
export function sweep(total: number, between: number): number[] {
  const edges = [0, 1, total - 1, total];
  const inner = Array.from({ length: between }, (_, index) => {
    const step = Math.floor(index / 3) + 1;
    const near = Math.round(total ** (step / (between / 3 + 1)));
    if (index % 3 === 0) return Math.round((total * step) / (between / 3 + 1));
    return index % 3 === 1 ? near : total - near;
  });
  return [...new Set([...edges, ...inner])].filter((at) => at >= 0 && at <= total).sort((a, b) => a - b);
}
