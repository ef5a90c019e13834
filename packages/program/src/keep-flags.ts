/** `--keep-CLASS`, which both programs have: each prunes its own side. */
import { CLASSES, KEEP_COUNT_MAX, type SnapshotClass } from '@zfsync/retention';
import { parseInteger } from './arguments.ts';

/** As commander gives them. */
export interface KeepClassFlags {
  readonly keepSecondly?: string;
  readonly keepMinutely?: string;
  readonly keepHourly?: string;
  readonly keepDaily?: string;
  readonly keepWeekly?: string;
  readonly keepMonthly?: string;
  readonly keepYearly?: string;
}

/** For `onlyOnce`. */
export const KEEP_ONCE: Readonly<Record<string, string>> = {
  keep: 'give one list with commas, such as 24h,7d',
  ...Object.fromEntries(CLASSES.map((kind) => [`keep-${kind}`, 'give it once'])),
};

/** How many newest of each class that a flag speaks of. @throws {ConfigError} naming the flag. */
export function keepClasses(flags: KeepClassFlags): ReadonlyMap<SnapshotClass, number> {
  const given: Readonly<Record<SnapshotClass, string | undefined>> = {
    yearly: flags.keepYearly,
    monthly: flags.keepMonthly,
    weekly: flags.keepWeekly,
    daily: flags.keepDaily,
    hourly: flags.keepHourly,
    minutely: flags.keepMinutely,
    secondly: flags.keepSecondly,
  };
  const counts = new Map<SnapshotClass, number>();
  for (const kind of CLASSES) {
    const text = given[kind];
    if (text !== undefined) counts.set(kind, parseInteger(`--keep-${kind}`, text, 0, KEEP_COUNT_MAX));
  }
  return counts;
}
