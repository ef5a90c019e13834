/** `-d DIR`: a file for each dataset that fails, for monitoring that looks at files. */
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ConfigError, type DatasetName } from '@zfsync/zfs';
import type { Logger } from './log.ts';
import { makeDirectory } from './make-directory.ts';

/** What a flag says. */
export interface FlagReason {
  /** The other side. */
  readonly peer: string;
  readonly message: string;
}

/** No name of a dataset has an `@`: that of a flag is none of a directory that a dataset below has made. */
const SUFFIX = '@error';
/** Of directories: monitoring is another user. */
const MODE = 0o755;
const MESSAGE_MAX = 2000;
/** As many as one process raises: a peer that has ever new datasets fail does not fill the disk. */
const FLAGS_MAX = 100_000;

/**
 * Of `tank/a` the file is `DIR/tank/a@error`. It is there as long as the last that was tried of the dataset has failed.
 * Whatever goes wrong with the files is a line in the log and no more: the backup is worth more than its flags.
 */
export class ErrorFlags {
  readonly #directory: string;
  readonly #log: Logger;
  readonly #now: () => Date;
  #raised = 0;
  #complained = false;

  /** @throws {ConfigError} when the directory cannot be made or written to. */
  constructor(directory: string, log: Logger, now: () => Date = () => new Date()) {
    this.#directory = resolve(directory);
    this.#log = log;
    this.#now = now;
    try {
      makeDirectory(this.#directory, MODE);
      if (!statSync(this.#directory).isDirectory()) throw new Error('it is no directory');
      accessSync(this.#directory, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new ConfigError(`the directory of --error-flags, ${directory}, cannot be used: ${textOf(error)}`);
    }
  }

  raise(dataset: DatasetName, reasons: readonly FlagReason[]): void {
    const file = this.#fileOf(dataset);
    try {
      if (!existsSync(file)) {
        if (this.#raised >= FLAGS_MAX) throw new Error(`${FLAGS_MAX} flags were raised already`);
        this.#raised += 1;
      }
      const time = this.#now().toISOString();
      const lines = reasons.map(({ peer, message }) => `${time} ${peer}: ${printable(message)}\n`);
      this.#write(file, lines.join(''));
    } catch (error) {
      this.#complain('raised', dataset, error);
    }
  }

  /** Nothing when there is none. */
  lower(dataset: DatasetName): void {
    const file = this.#fileOf(dataset);
    try {
      if (!existsSync(file)) return;
      rmSync(file, { force: true });
      for (let above = dirname(file); above !== this.#directory; above = dirname(above)) {
        if (!removeEmpty(above)) break;
      }
    } catch (error) {
      this.#complain('lowered', dataset, error);
    }
  }

  /** Of it and of all below it: there is no dataset of these names any more. */
  lowerTree(dataset: DatasetName): void {
    this.lower(dataset);
    const below = join(this.#directory, dataset);
    try {
      for (const entry of readdirSync(below, { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && entry.name.endsWith(SUFFIX)) {
          const file = join(entry.parentPath, entry.name);
          this.lower(relative(this.#directory, file).slice(0, -SUFFIX.length) as DatasetName);
        }
      }
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error))) this.#complain('lowered', dataset, error);
    }
  }

  #fileOf(dataset: DatasetName): string {
    return join(this.#directory, `${dataset}${SUFFIX}`);
  }

  /** Whoever reads it finds all of it or nothing. */
  #write(file: string, content: string): void {
    const fresh = `${file}.${process.pid}`;
    try {
      makeDirectory(dirname(file), MODE);
      writeFileSync(fresh, content, { mode: 0o644 });
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      // Another process has just removed the directory as empty.
      makeDirectory(dirname(file), MODE);
      writeFileSync(fresh, content, { mode: 0o644 });
    }
    renameSync(fresh, file);
  }

  #complain(what: string, dataset: DatasetName, error: unknown): void {
    const level = this.#complained ? 'debug' : 'error';
    this.#complained = true;
    this.#log[level](
      { event: 'error-flag-failed', dataset, err: error },
      `the error flag of ${dataset} could not be ${what}: ${textOf(error)}`,
    );
  }
}

/** @returns false when there is something in it; one that is gone is as good as removed. */
function removeEmpty(directory: string): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    if (['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) return false;
    throw error;
  }
}

function printable(message: string): string {
  return message.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, MESSAGE_MAX);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
