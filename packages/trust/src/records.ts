/** A directory of small JSON files, one a record, that several processes read and change. */
import { randomBytes } from 'node:crypto';
import { type BigIntStats, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ReplicationError } from '@zfsync/zfs';
import {
  ensurePrivateDirectory,
  failed,
  readPrivateFile,
  reasonOf,
  UNFINISHED,
  writePrivateFile,
} from './private-files.ts';

const SUFFIX = '.json';
/** Of a record that one process has taken out, see {@link Records.claim}. */
const CLAIMED = '.claimed';
/** What a process that died has left behind is removed after this. */
const LEFTOVER_MS = 86_400_000;

export interface Survey<T> {
  /** By key, in the order of their names. */
  readonly records: ReadonlyMap<string, T>;
  readonly damaged: readonly ReplicationError[];
}

export interface Claim<T> {
  readonly record: T;
  /** The record is gone for good. */
  discard(): void;
  /** Puts it back, changed or not. */
  release(record: object): void;
}

interface Cached<T> {
  /** Changes with every change of the file: a record is never written in place. */
  readonly stamp: string;
  readonly record: T | undefined;
  readonly error: Error | undefined;
}

/**
 * What was read is kept until its file changes, so that a look costs a `stat`; what another process has written is seen
 * by the next call.
 */
export class Records<T> {
  readonly #directory: string;
  readonly #what: string;
  readonly #parse: (fields: Fields, key: string) => T;
  readonly #cache = new Map<string, Cached<T>>();

  /** @param what one of them, in an error's words; `parse` throws any error when the record is damaged */
  constructor(directory: string, what: string, parse: (fields: Fields, key: string) => T) {
    this.#directory = ensurePrivateDirectory(directory, 'the state directory');
    this.#what = what;
    this.#parse = parse;
  }

  /** @throws {ReplicationError} STATE_DAMAGED, STATE_UNREADABLE. @throws {ConfigError} when others can get at it. */
  get(key: string): T | undefined {
    return this.#read(`${encodeURIComponent(key)}${SUFFIX}`);
  }

  /** All of them. @throws {ReplicationError} STATE_UNREADABLE when the directory cannot be read. */
  survey(): Survey<T> {
    const records = new Map<string, T>();
    const damaged: ReplicationError[] = [];
    const files = this.#files().filter((file) => file.endsWith(SUFFIX));
    for (const file of files.sort()) {
      try {
        const record = this.#read(file);
        if (record !== undefined) records.set(keyOf(file), record);
      } catch (error) {
        if (!(error instanceof ReplicationError)) throw error;
        damaged.push(error);
      }
    }
    return { records, damaged };
  }

  /** @throws {ReplicationError} STATE_UNWRITABLE. */
  set(key: string, record: object): void {
    writePrivateFile(this.#path(key), this.#what, `${JSON.stringify({ version: 1, ...record }, undefined, 2)}\n`);
  }

  /** @returns whether there was one. @throws {ReplicationError} STATE_UNWRITABLE. */
  remove(key: string): boolean {
    const there = statSync(this.#path(key), { throwIfNoEntry: false }) !== undefined;
    this.#remove(this.#path(key));
    return there;
  }

  /**
   * Takes the record out of the directory: of several processes that do so one gets it. A process that dies with it has
   * used it up.
   *
   * @throws as {@link get}.
   */
  claim(key: string): Claim<T> | undefined {
    const record = this.get(key);
    if (record === undefined) return undefined;
    const claimed = `${this.#path(key)}.${randomBytes(6).toString('hex')}${CLAIMED}`;
    try {
      renameSync(this.#path(key), claimed);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw failed('STATE_UNWRITABLE', `${this.#what} ${this.#path(key)} cannot be taken`, error);
    }
    return {
      record,
      discard: () => {
        this.#remove(claimed);
      },
      release: (changed) => {
        this.set(key, changed);
        this.#remove(claimed);
      },
    };
  }

  /** Removes what processes that died have left behind. */
  tidy(now: Date): void {
    for (const file of this.#files()) {
      if (!file.endsWith(CLAIMED) && !file.endsWith(UNFINISHED)) continue;
      const path = join(this.#directory, file);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats !== undefined && now.getTime() - stats.ctimeMs > LEFTOVER_MS) this.#remove(path);
    }
  }

  #path(key: string): string {
    return join(this.#directory, `${encodeURIComponent(key)}${SUFFIX}`);
  }

  #files(): string[] {
    try {
      return readdirSync(this.#directory);
    } catch (error) {
      throw failed('STATE_UNREADABLE', `${this.#directory} cannot be read`, error);
    }
  }

  #remove(path: string): void {
    try {
      rmSync(path, { force: true });
    } catch (error) {
      throw failed('STATE_UNWRITABLE', `${path} cannot be removed`, error);
    }
  }

  #read(file: string): T | undefined {
    const path = join(this.#directory, file);
    const stats = this.#stat(path);
    if (stats === undefined) {
      this.#cache.delete(file);
      return undefined;
    }
    const stamp = `${stats.ino} ${stats.ctimeNs} ${stats.size}`;
    let cached = this.#cache.get(file);
    if (cached?.stamp !== stamp) {
      cached = { stamp, ...this.#load(path, file) };
      this.#cache.set(file, cached);
    }
    if (cached.error !== undefined) throw cached.error;
    return cached.record;
  }

  #stat(path: string): BigIntStats | undefined {
    try {
      return statSync(path, { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      throw failed('STATE_UNREADABLE', `${this.#what} ${path} cannot be read`, error);
    }
  }

  #load(path: string, file: string): Pick<Cached<T>, 'record' | 'error'> {
    // What fails for a reason outside the file, such as too many open files, is thrown from here and not kept.
    const text = readPrivateFile(path, this.#what);
    if (text === undefined) return { record: undefined, error: undefined };
    try {
      const fields = new Fields(parseJson(text));
      if (fields.value('version') !== 1) throw new TypeError('it was written by another version of zfsync');
      return { record: this.#parse(fields, keyOf(file)), error: undefined };
    } catch (error) {
      const message = `${this.#what} in ${path} is damaged, and nobody is let in by it: ${reasonOf(error)}`;
      const context = { file: path };
      return {
        record: undefined,
        error: new ReplicationError(message, { code: 'STATE_DAMAGED', retry: 'operator', context, cause: error }),
      };
    }
  }
}

function keyOf(file: string): string {
  const encoded = file.slice(0, -SUFFIX.length);
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    // Not one of our names: the record itself will not agree with it.
    if (error instanceof URIError) return encoded;
    throw error;
  }
}

/** The fields of a JSON object, each of the type that is asked for. @throws {TypeError} otherwise. */
export class Fields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(json: unknown) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new TypeError('it is no JSON object');
    this.#fields = { ...json };
  }

  value(name: string): unknown {
    return this.#fields[name];
  }

  text(name: string, pattern: RegExp): string {
    const value = this.#fields[name];
    if (typeof value !== 'string' || !pattern.test(value)) throw wrong(name, value);
    return value;
  }

  integer(name: string, min: number, max: number): number {
    const value = this.#fields[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) throw wrong(name, value);
    return value;
  }

  boolean(name: string): boolean {
    const value = this.#fields[name];
    if (typeof value !== 'boolean') throw wrong(name, value);
    return value;
  }

  date(name: string): Date {
    const value = this.#fields[name];
    const date = new Date(typeof value === 'string' ? value : Number.NaN);
    if (Number.isNaN(date.getTime())) throw wrong(name, value);
    return date;
  }
}

/** Without the value: what is damaged may be a secret all the same. */
function wrong(name: string, value: unknown): TypeError {
  return new TypeError(value === undefined ? `${name} is missing` : `its ${name} is not a valid one`);
}

/** V8 quotes the text in its error. @throws {TypeError} */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new TypeError('it is no JSON');
    throw error;
  }
}
