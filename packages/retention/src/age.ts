import { ConfigError } from '@zfsync/zfs';

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** A year has 365 days: an age is a length of time and not a place in a calendar. */
const UNIT_MS: Readonly<Partial<Record<string, number>>> = {
  s: SECOND_MS,
  min: 60 * SECOND_MS,
  h: 3600 * SECOND_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
};
const COUNT = /^(\d{1,9})([a-z]+)$/;
const MAX_MS = 200 * 365 * DAY_MS;

/**
 * `90s`, `15min`, `12h`, `30d`, `2w`, `1y`. Not `m`: it would be months in a list of periods and minutes elsewhere.
 *
 * @returns milliseconds.
 * @throws {ConfigError}
 */
export function parseAge(flag: string, text: string): number {
  const [, digits = '', unit = ''] = COUNT.exec(text) ?? [];
  const ms = (UNIT_MS[unit] ?? Number.NaN) * Number(digits);
  if (digits !== '' && ms <= MAX_MS) return ms;
  const why = unit === 'm' ? ': m could be minutes or months; say min, or d' : '';
  throw new ConfigError(
    `${flag} takes a number with s, min, h, d, w or y (365 days), such as 15min or 30d; not "${text}"${why}`,
  );
}
