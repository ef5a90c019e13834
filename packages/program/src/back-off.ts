/** How often and how long a run is tried again. */
export interface RetryLimits {
  /** So many failures in a row are tried again after; 0 = none. */
  readonly retries: number;
  /** No attempt is begun later than so many milliseconds after the first failure in that row. */
  readonly milliseconds: number;
}

const FIRST_MS = 2000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before the next attempt, in milliseconds: twice as long each time, and no two senders alike, so that
 * a receiver that comes back is not asked by all of its senders at the same moment.
 *
 * @param failures in a row, from 1
 * @param random from 0 to 1, such as of `Math.random`
 */
export function backOffMs(failures: number, random: number): number {
  const base = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.round(base * (0.5 + random));
}
