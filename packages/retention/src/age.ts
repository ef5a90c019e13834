import { ConfigError } from '@zfsync/zfs';

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** A month has 30 days and a year 365: an age is a length of time and not a place in a calendar. */
const UNIT_MS: Readonly<Partial<Record<string, number>>> = {
  s: SECOND_MS,
  min: 60 * SECOND_MS,
  h: 3600 * SECOND_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  m: 30 * DAY_MS,
  y: 365 * DAY_MS,
};
const COUNT = /^(\d{1,9})([a-z]+)$/;
const MAX_MS = 200 * 365 * DAY_MS;

/** `90s`, `15min`, `12h`, `30d`, `2w`, `6m` (months), `1y`. @returns milliseconds. @throws {ConfigError} */
export function parseAge(flag: string, text: string): number {
  const [, digits = '', unit = ''] = COUNT.exec(text) ?? [];
  const ms = (UNIT_MS[unit] ?? Number.NaN) * Number(digits);
  if (digits !== '' && ms <= MAX_MS) return ms;
  throw new ConfigError(
    `${flag} takes a number with s, min, h, d, w, m (months of 30 days) or y, such as 15min or 30d; not "${text}"`,
  );
}
