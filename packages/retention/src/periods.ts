/** Classes of snapshots, and the calendar that they go by: UTC, so that no day has 23 hours. */

/** Longest first. */
export const CLASSES = ['yearly', 'monthly', 'weekly', 'daily', 'hourly', 'minutely', 'secondly'] as const;

/** What a snapshot is the first of, as in `zfsyncron`. */
export type SnapshotClass = (typeof CLASSES)[number];

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 1 January 1970 was a Thursday; weeks begin on Monday (ISO 8601). */
const DAYS_INTO_FIRST_WEEK = 3;

/** Numbers the periods of a class: two times of the same number lie in the same one. */
export function periodOf(kind: SnapshotClass, time: Date): number {
  const ms = time.getTime();
  switch (kind) {
    case 'yearly':
      return time.getUTCFullYear();
    case 'monthly':
      return time.getUTCFullYear() * 12 + time.getUTCMonth();
    case 'weekly':
      return Math.floor((Math.floor(ms / DAY_MS) + DAYS_INTO_FIRST_WEEK) / 7);
    case 'daily':
      return Math.floor(ms / DAY_MS);
    case 'hourly':
      return Math.floor(ms / HOUR_MS);
    case 'minutely':
      return Math.floor(ms / MINUTE_MS);
    case 'secondly':
      return Math.floor(ms / SECOND_MS);
  }
}

/**
 * The class of a snapshot that is taken now: the longest period that has begun since the one before.
 *
 * @param among the classes that are wanted, at least one
 * @param previous when the newest of our own was taken; undefined = there is none
 */
export function classOf(now: Date, previous: Date | undefined, among: ReadonlySet<SnapshotClass>): SnapshotClass {
  const wanted = CLASSES.filter((kind) => among.has(kind));
  const begun = wanted.find((kind) => previous === undefined || periodOf(kind, now) !== periodOf(kind, previous));
  const shortest = wanted.at(-1);
  if (shortest === undefined) throw new RangeError('no class is wanted');
  return begun ?? shortest;
}
