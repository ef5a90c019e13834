/** Numbers and dates as zfs(8) prints them. */

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** At most five characters: `24K`, `12.7M`, `1.00G`. */
export function niceNumber(value: number): string {
  let unit = 0;
  let whole = value;
  while (whole >= 1024 && unit < UNITS.length - 1) {
    whole = Math.floor(whole / 1024);
    unit += 1;
  }
  const suffix = UNITS[unit] ?? '';
  const scale = 1024 ** unit;
  if (unit === 0 || value % scale === 0) return `${String(whole)}${suffix}`;
  for (const digits of [2, 1]) {
    const text = (value / scale).toFixed(digits) + suffix;
    if (text.length <= 5) return text;
  }
  return (value / scale).toFixed(0) + suffix;
}

/** Like {@link niceNumber}, with `B` for what is below 1 KiB. */
export function niceBytes(value: number): string {
  return value < 1024 ? `${String(value)}B` : niceNumber(value);
}

function two(value: number, fill: string): string {
  return String(value).padStart(2, fill);
}

/** strftime `%a %b %e %k:%M %Y` in local time. */
export function niceDate(seconds: number, hourFill: ' ' | '0' = ' '): string {
  const date = new Date(seconds * 1000);
  const day = DAYS[date.getDay()] ?? '';
  const month = MONTHS[date.getMonth()] ?? '';
  const time = `${two(date.getHours(), hourFill)}:${two(date.getMinutes(), '0')}`;
  return `${day} ${month} ${two(date.getDate(), ' ')} ${time} ${String(date.getFullYear())}`;
}

/** Bytes of `10`, `10K`, `1.5G`, `10KiB`; undefined when it is no size. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([BKMGTPEZbkmgtpez]?)(?:i?[Bb])?$/.exec(text);
  if (!match) return undefined;
  const letter = (match[2] ?? '').toUpperCase();
  const power = letter === 'B' ? 0 : UNITS.indexOf(letter);
  if (power < 0) return undefined;
  return Math.floor(Number(match[1]) * 1024 ** power);
}
