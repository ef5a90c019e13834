import {
  ConfigError,
  type DatasetName,
  InvalidNameError,
  parseDatasetName,
  parseRelativePath,
  type RelativePath,
} from '@zfsync/zfs';

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
