import {
  ConfigError,
  type DatasetName,
  InvalidNameError,
  parseDatasetName,
  parseRelativePath,
  type RelativePath,
} from '@zfsync/zfs';

/** Milliseconds: the longest time that makes sense as an age. */
export const AGE_MAX_MS = 200 * 365 * 86_400_000;

/** The port of zfsync where none is given. */
export const DEFAULT_PORT = 8730;

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** @throws {ConfigError} when it is no whole number from `min` to `max`. */
export function parseInteger(what: string, text: string, min: number, max: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new ConfigError(`${what} takes a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;
/** Months are not among them: an `m` is a minute here, whatever it is in a list of periods to keep. */
const UNIT_MS: Readonly<Partial<Record<string, number>>> = {
  s: SECOND_MS,
  m: 60 * SECOND_MS,
  min: 60 * SECOND_MS,
  h: 3600 * SECOND_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
};
const TOLD_UNITS = [
  ['d', DAY_MS],
  ['h', 3600 * SECOND_MS],
  ['m', 60 * SECOND_MS],
] as const;
const PART = /(\d{1,9})(s|min|m|h|d|w|y)/g;

/**
 * A time such as `10s`, `5m`, `1h`, `30d`, `2w`, or `1h30m`.
 *
 * @param min in milliseconds, as the result and `max` are
 * @throws {ConfigError} when it is none, or not from `min` to `max`.
 */
export function parseDuration(what: string, text: string, min: number, max: number): number {
  const parts = text.replaceAll(PART, '') === '' ? [...text.matchAll(PART)] : [];
  const value = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0), 0);
  if (parts.length > 0 && value >= min && value <= max) return value;
  const range = `from ${shownTime(min)} to ${shownTime(max)}`;
  if (/^\d+$/.test(text)) {
    const number = text.length > 9 ? '5' : text;
    throw new ConfigError(
      `${what} takes a time with its unit, such as ${number}s, ${number}m (minutes) or ${number}h, ${range}, not "${text}"`,
    );
  }
  throw new ConfigError(`${what} takes a time such as 10s, 5m (minutes), 1h, 30d or 2w, ${range}, not "${text}"`);
}

/**
 * {@link parseDuration}, of a flag that takes a bare number too.
 *
 * @param unit of a bare number
 * @throws {ConfigError} as {@link parseDuration}.
 */
export function parseTime(what: string, text: string, min: number, max: number, unit: 's' | 'm' = 's'): number {
  return parseDuration(what, /^\d{1,9}$/.test(text) ? `${text}${unit}` : text, min, max);
}

/** In the largest unit that it is whole in. */
function shownTime(milliseconds: number): string {
  const [unit, size] = TOLD_UNITS.find(([, one]) => milliseconds >= one && milliseconds % one === 0) ?? [
    's',
    SECOND_MS,
  ];
  return `${milliseconds / size}${unit}`;
}

/** @throws {ConfigError} when it is none of `choices`. */
export function parseChoice<T extends string>(what: string, text: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === text);
  if (chosen === undefined) throw new ConfigError(`${what} takes ${choices.join(', ')}, not "${text}"`);
  return chosen;
}

/** @param min 0 where the kernel may choose. @throws {ConfigError} when it is no port. */
export function parsePort(what: string, text: string, min = 1): number {
  return parseInteger(what, text, min, 65_535);
}

/** @throws {ConfigError} when it is no IPv4 or IPv6 address. */
export function parseAddress(what: string, text: string): string {
  const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
  const ipv6 = /^(?=.*:.*:)[0-9A-Fa-f:.]+(%\w+)?$/;
  if (ipv4.test(text) || ipv6.test(text)) return text;
  throw new ConfigError(`${what} takes an IP address of this host, not an interface's name or a host's: "${text}"`);
}

/** `HOST`, `HOST:PORT`, `[IPV6]`, `[IPV6]:PORT` or a bare IPv6 address. @throws {ConfigError} otherwise. */
export function parseEndpoint(text: string, defaultPort: number): Endpoint {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = /^([^:[\]\s]+)(?::(\d+))?$/.exec(text);
  const match = bracketed ?? plain;
  if (match?.[1] !== undefined) {
    return { host: match[1], port: match[2] === undefined ? defaultPort : parsePort(`the port of ${text}`, match[2]) };
  }
  if (/^[0-9A-Fa-f:.]+(%\w+)?$/.test(text) && (text.includes('::') || text.split(':').length === 8)) {
    return { host: text, port: defaultPort };
  }
  throw new ConfigError(`"${text}" is not a host: give NAME, NAME:PORT, ADDRESS:PORT or [IPV6]:PORT`);
}

/** Always with the port, as it is told and logged. */
export function endpointName({ host, port }: Endpoint): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function named<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof InvalidNameError) throw new ConfigError(`${what}: ${error.message}`);
    throw error;
  }
}

/** @throws {ConfigError} when ZFS would not take the name. */
export function parseDatasetArgument(what: string, text: string): DatasetName {
  if (/[@#]/.test(text)) throw new ConfigError(`${what} is a dataset, not a snapshot or bookmark: "${text}"`);
  return named(what, () => parseDatasetName(text));
}

/** `PATH`, with or without a leading `/`. @throws {ConfigError} when it could not be the path of a dataset. */
export function parsePathArgument(what: string, text: string): RelativePath {
  if (text === '' || text === '/') throw new ConfigError(`${what} takes the path of a dataset below the target root`);
  return named(what, () => parseRelativePath(text.startsWith('/') ? text : `/${text}`));
}

/**
 * Has flags of one value refused when they are given twice: the last of them would win without a word.
 *
 * @param command tells of each option that it meets, as commander does
 * @param names of the long flags without `--`, each with what to say instead
 */
export function onlyOnce(
  command: { on(event: string, listener: () => void): unknown },
  names: Readonly<Record<string, string>>,
): void {
  for (const [name, instead] of Object.entries(names)) {
    let met = false;
    command.on(`option:${name}`, () => {
      if (met) throw new ConfigError(`--${name} is given twice; ${instead}`);
      met = true;
    });
  }
}
