/**
 * Pools and datasets as directories:
 *
 *     <root>/pools/<pool>/{pool.json, txg, lock, packs/, manifests/, active/, root/}
 *     a dataset's directory: meta.json, live/, recv/, children/<name>/…
 *
 * A subtree moves by one rename(2), a change touches one file, and readers take no lock: they see each dataset as it was
 * before or after a change.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Context } from '../context.ts';
import { errorCode } from '../context.ts';
import { parentOf, poolOf } from '../names.ts';
import { isAlive, isLocked, withLock } from './lock.ts';
import type { DatasetMeta } from './meta.ts';

export interface PoolMeta {
  guid: string;
  /** Bytes. */
  size: number;
  created: number;
  props: Record<string, string>;
}

export interface Dataset {
  readonly name: string;
  readonly directory: string;
  readonly meta: DatasetMeta;
}

const COUNTER_DIGITS = 20;

export class Store {
  readonly context: Context;
  readonly #cache = new Map<string, Dataset | undefined>();
  readonly #held = new Set<string>();
  readonly #seen = new Set<string>();

  constructor(context: Context) {
    this.context = context;
  }

  poolDirectory(pool: string): string {
    return `${this.context.root}/pools/${pool}`;
  }

  hasPool(pool: string): boolean {
    return existsSync(`${this.poolDirectory(pool)}/pool.json`);
  }

  pools(): string[] {
    return names(`${this.context.root}/pools`).filter((name) => !name.startsWith('.'));
  }

  poolMeta(pool: string): PoolMeta {
    return JSON.parse(readFileSync(`${this.poolDirectory(pool)}/pool.json`, 'utf8')) as PoolMeta;
  }

  directoryOf(name: string): string {
    const [pool = '', ...rest] = name.split('/');
    return `${this.poolDirectory(pool)}/root${rest.map((part) => `/children/${part}`).join('')}`;
  }

  /** The dataset, or undefined when it is not there or only the remains of a receive whose process is gone. */
  find(name: string): Dataset | undefined {
    if (this.#cache.has(name)) return this.#cache.get(name);
    const found = this.read(name);
    this.#cache.set(name, found);
    return found;
  }

  /** Like {@link find}, and keeps nothing in memory. */
  read(name: string): Dataset | undefined {
    this.#look(poolOf(name));
    const directory = this.directoryOf(name);
    const text = readIfThere(`${directory}/meta.json`);
    if (text === undefined) return undefined;
    const meta = JSON.parse(text) as DatasetMeta;
    if (meta.inconsistent === true && isAbandoned(directory)) return undefined;
    return { name, directory, meta };
  }

  /** Once for each pool: nobody may have changed it since a process was killed in the middle. */
  #look(pool: string): void {
    if (this.#seen.has(pool)) return;
    this.#seen.add(pool);
    if (!existsSync(this.#intentPath(pool)) || isLocked(`${this.poolDirectory(pool)}/lock`)) return;
    this.lock(pool, () => undefined);
  }

  forget(name: string): void {
    this.#cache.delete(name);
  }

  forgetAll(): void {
    this.#cache.clear();
  }

  /** Names of the children, sorted bytewise; some may turn out to be gone or {@link find} to deny them. */
  children(name: string): string[] {
    return names(`${this.directoryOf(name)}/children`).map((child) => `${name}/${child}`);
  }

  /** Every dataset at or below `name` down to `depth` levels, in the order of `zfs list`. */
  descendants(name: string, depth = Number.POSITIVE_INFINITY): string[] {
    const all: string[] = [];
    const walk = (at: string, levels: number): void => {
      all.push(at);
      if (levels <= 0) return;
      for (const child of this.children(at)) walk(child, levels - 1);
    };
    walk(name, depth);
    return all.sort(compareBytes);
  }

  /**
   * Changes several datasets of a pool as one: what is to become of them is written down first, and whoever finds it
   * written down by a process that is gone does it. Only under the lock of the pool.
   */
  saveAll(pool: string, datasets: readonly Dataset[]): void {
    const [first] = datasets;
    if (datasets.length > 1) {
      writeAtomic(this.#intentPath(pool), JSON.stringify(datasets.map(({ name, meta }) => ({ name, meta }))));
    }
    if (first) for (const dataset of datasets) this.save(dataset);
    if (datasets.length > 1) rmSync(this.#intentPath(pool));
  }

  #intentPath(pool: string): string {
    return `${this.poolDirectory(pool)}/intent`;
  }

  /** Finishes what a process that is gone had begun. Only under the lock of the pool. */
  #recover(pool: string): void {
    const text = readIfThere(this.#intentPath(pool));
    if (text === undefined) return;
    for (const { name, meta } of JSON.parse(text) as { name: string; meta: DatasetMeta }[]) {
      this.save({ name, directory: this.directoryOf(name), meta });
    }
    rmSync(this.#intentPath(pool), { force: true });
    this.forgetAll();
  }

  save(dataset: Dataset): void {
    writeAtomic(`${dataset.directory}/meta.json`, JSON.stringify(dataset.meta));
    this.#cache.set(dataset.name, dataset);
  }

  /** Makes the directory of a new dataset appear as a whole. */
  add(name: string, meta: DatasetMeta): Dataset {
    const directory = this.directoryOf(name);
    const parent = parentOf(name);
    rmSync(directory, { recursive: true, force: true });
    const staging = `${this.poolDirectory(poolOf(name))}/staging.${String(process.pid)}`;
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { recursive: true });
    writeFileSync(`${staging}/meta.json`, JSON.stringify(meta));
    if (parent !== undefined) mkdirSync(`${this.directoryOf(parent)}/children`, { recursive: true });
    renameSync(staging, directory);
    const dataset = { name, directory, meta };
    this.#cache.set(name, dataset);
    return dataset;
  }

  /** Takes the directory away as a whole, children included. */
  remove(name: string): void {
    const trash = `${this.poolDirectory(poolOf(name))}/trash.${String(process.pid)}`;
    rmSync(trash, { recursive: true, force: true });
    renameSync(this.directoryOf(name), trash);
    this.forgetAll();
    rmSync(trash, { recursive: true, force: true });
  }

  move(from: string, to: string): void {
    const parent = parentOf(to);
    if (parent !== undefined) mkdirSync(`${this.directoryOf(parent)}/children`, { recursive: true });
    const target = this.directoryOf(to);
    rmSync(target, { recursive: true, force: true });
    renameSync(this.directoryOf(from), target);
    this.forgetAll();
  }

  /** Runs `action` while no other process changes the pool. What was read before is read anew. */
  lock<T>(pool: string, action: () => T): T {
    // What is not there cannot be locked: the action will find nothing.
    if (this.#held.has(pool) || !this.hasPool(pool)) return action();
    this.forgetAll();
    return withLock(`${this.poolDirectory(pool)}/lock`, () => {
      this.#held.add(pool);
      try {
        this.#recover(pool);
        return action();
      } finally {
        this.#held.delete(pool);
      }
    });
  }

  /** The next transaction group of the pool; only under its lock. */
  nextTxg(pool: string): number {
    const counters = this.#counters(pool);
    counters.txg += 1;
    this.#writeCounters(pool, counters);
    return counters.txg;
  }

  /** Bytes of blocks in the pool. */
  allocated(pool: string): number {
    return this.#counters(pool).allocated;
  }

  /** Only under the lock of the pool. */
  allocate(pool: string, bytes: number): void {
    const counters = this.#counters(pool);
    counters.allocated = Math.max(0, counters.allocated + bytes);
    this.#writeCounters(pool, counters);
  }

  #counters(pool: string): { txg: number; allocated: number } {
    const fd = openSync(`${this.poolDirectory(pool)}/txg`, 'r');
    try {
      const buffer = Buffer.alloc(2 * COUNTER_DIGITS);
      readSync(fd, buffer, 0, buffer.length, 0);
      const text = buffer.toString('latin1');
      return { txg: Number(text.slice(0, COUNTER_DIGITS)), allocated: Number(text.slice(COUNTER_DIGITS)) };
    } finally {
      closeSync(fd);
    }
  }

  /** One write of fixed length: a kill leaves the old or the new. */
  #writeCounters(pool: string, counters: { txg: number; allocated: number }): void {
    const text = [counters.txg, counters.allocated].map((n) => String(n).padStart(COUNTER_DIGITS, '0')).join('');
    const fd = openSync(`${this.poolDirectory(pool)}/txg`, 'r+');
    try {
      writeSync(fd, text, 0, 'latin1');
    } finally {
      closeSync(fd);
    }
  }
}

/** Bytewise, as strcmp(3): the order of names in every listing. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function writeAtomic(path: string, text: string): void {
  const temporary = `${path}.${String(process.pid)}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

export function names(directory: string): string[] {
  // Most datasets have no children, and an exception costs more than a look.
  if (!existsSync(directory)) return [];
  try {
    return readdirSync(directory).sort(compareBytes);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** A new dataset whose receive cannot be resumed is nothing once the receiving process is gone. */
function isAbandoned(directory: string): boolean {
  const text = readIfThere(`${directory}/recv/state.json`);
  // What was received below it meanwhile stays, and it too.
  if (names(`${directory}/children`).length > 0) return false;
  if (text === undefined) return true;
  const state = JSON.parse(text) as { owner: string; resumable: boolean };
  return !state.resumable && !isAlive(state.owner);
}

/** Random and never 0; ZFS uses 64 bits too. */
export function newGuid(): string {
  const part = (): bigint => BigInt(Math.floor(Math.random() * 0x1_0000_0000));
  return String((part() << 32n) | part() | 1n);
}
