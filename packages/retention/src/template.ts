/** Names of the snapshots that zfsync takes: what they are called, and when one was taken, by its name. */
import { ConfigError, InvalidNameError, parseVersionName, type VersionName } from '@zfsync/zfs';
import { CLASSES, type SnapshotClass } from './periods.ts';

export const DEFAULT_TEMPLATE = 'zfsync_%Y%m%d-%H%M%SZ_<class>';

const FIELDS: Readonly<Record<string, string>> = {
  '%Y': String.raw`(?<year>\d{4})`,
  '%m': String.raw`(?<month>\d\d)`,
  '%d': String.raw`(?<day>\d\d)`,
  '%H': String.raw`(?<hour>\d\d)`,
  '%M': String.raw`(?<minute>\d\d)`,
  '%S': String.raw`(?<second>\d\d)`,
  '<class>': `(?<class>${CLASSES.join('|')})`,
};
const FIELD = /%.|<[^>]*>/g;
/** Without these nobody could tell when a snapshot was taken. */
const NEEDED = ['%Y', '%m', '%d', '%H', '%M', '%S'];

export interface ParsedName {
  readonly time: Date;
  readonly class: SnapshotClass | undefined;
}

/** `%Y %m %d %H %M %S` in UTC, `<class>`, and text. */
export class SnapshotTemplate {
  readonly text: string;
  readonly hasClass: boolean;
  readonly #pattern: RegExp;

  /** @throws {ConfigError} when a snapshot could not be called so, or its time not be read back. */
  constructor(text: string) {
    const fields: readonly string[] = text.match(FIELD) ?? [];
    const unknown = fields.find((field) => !(field in FIELDS));
    if (unknown !== undefined) {
      throw new ConfigError(`the template of snapshot names has ${unknown}; it takes ${Object.keys(FIELDS).join(' ')}`);
    }
    const missing = NEEDED.filter((field) => fields.filter((each) => each === field).length !== 1);
    if (missing.length > 0)
      throw new ConfigError(`the template of snapshot names "${text}" must have each of ${missing.join(' ')} once`);
    if (fields.filter((each) => each === '<class>').length > 1)
      throw new ConfigError(`the template "${text}" has <class> twice`);
    if (text.startsWith('%') || text.startsWith('<')) {
      throw new ConfigError(
        `the template "${text}" must begin with a word: by that own snapshots are told from those of others`,
      );
    }
    this.text = text;
    this.hasClass = fields.includes('<class>');
    let pattern = '';
    let at = 0;
    for (const match of text.matchAll(FIELD)) {
      pattern += escaped(text.slice(at, match.index)) + (FIELDS[match[0]] ?? '');
      at = match.index + match[0].length;
    }
    this.#pattern = new RegExp(`^${pattern}${escaped(text.slice(at))}$`);
    try {
      this.format(new Date(0), 'minutely');
    } catch (error) {
      if (error instanceof InvalidNameError)
        throw new ConfigError(`no snapshot can be called after the template "${text}": ${error.message}`);
      throw error;
    }
  }

  /** To the second. */
  format(time: Date, kind: SnapshotClass): VersionName {
    const iso = time.toISOString();
    const values: Readonly<Record<string, string>> = {
      '%Y': iso.slice(0, 4),
      '%m': iso.slice(5, 7),
      '%d': iso.slice(8, 10),
      '%H': iso.slice(11, 13),
      '%M': iso.slice(14, 16),
      '%S': iso.slice(17, 19),
      '<class>': kind,
    };
    return parseVersionName(this.text.replace(FIELD, (field) => values[field] ?? ''));
  }

  /** Undefined for what is not called so: it is of somebody else. */
  parse(name: string): ParsedName | undefined {
    const { year, month, day, hour, minute, second, class: kind } = this.#pattern.exec(name)?.groups ?? {};
    if (year === undefined) return undefined;
    const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
    const time = new Date(text);
    // 31 February is no day, and JavaScript says 3 March.
    if (Number.isNaN(time.getTime()) || time.toISOString() !== text) return undefined;
    return { time, class: CLASSES.find((each) => each === kind) };
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
