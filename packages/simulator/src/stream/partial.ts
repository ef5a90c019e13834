/**
 * A receive on disk, in `recv/` of the dataset: `state.json` says what stream it is, `journal` what has been received,
 * a line for each record, its blocks being in a pack already. A process killed at any moment leaves a journal that is
 * true up to its last whole line.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { packBytes, packPath } from '../content/pack.ts';
import { poolOf } from '../names.ts';
import { isAlive } from '../store/lock.ts';
import type { Dataset, Store } from '../store/store.ts';
import { readIfThere, writeAtomic } from '../store/store.ts';
import type { TokenContent } from './token.ts';
import { encodeToken } from './token.ts';

const JOURNAL_BYTES_MAX = 65_536;

export interface PartialState {
  /** The process that receives. */
  owner: string;
  readonly resumable: boolean;
  readonly toGuid: string;
  /** Name in the stream. */
  readonly toName: string;
  /** Snapshot that will be made. */
  readonly snapshot: string;
  readonly fromGuid?: string;
  /** guid of the newest snapshot when the first stream began: it must be the newest at the end. '' when there is none. */
  readonly newest: string;
  /** Full receive into a dataset that was not there. */
  readonly fresh: boolean;
  readonly pack: string;
  readonly features: number;
  readonly creation: number;
  readonly type: 'filesystem' | 'volume';
  readonly raw: boolean;
  /** Bytes of the stream received by earlier processes. */
  bytesBefore: number;
}

/** Kind, then: object records `[o, object, type, blockBytes, bonus]`, writes, frees. */
export type JournalLine =
  | readonly ['o', object: number, type: number, blockBytes: number, bonus: string]
  | readonly ['w', object: number, offset: number, block: readonly [string, number, number, string] | 0, length: number]
  | readonly ['f', object: number, offset: number, length: number]
  | readonly ['x', first: number, count: number]
  /** Where a resumed stream has to go on, and how many bytes of this stream have come. */
  | readonly ['p', object: number, offset: number, bytes: number];

function place(dataset: Dataset, name: string): string {
  return `${dataset.directory}/recv/${name}`;
}

export function readState(dataset: Dataset): PartialState | undefined {
  const text = readIfThere(place(dataset, 'state.json'));
  if (text === undefined) return undefined;
  const state = JSON.parse(text) as PartialState;
  if (state.pack === dataset.meta.settled) return undefined;
  return state.resumable || isAlive(state.owner) ? state : undefined;
}

export function isReceiving(state: PartialState): boolean {
  return isAlive(state.owner);
}

export function writeState(dataset: Dataset, state: PartialState): void {
  mkdirSync(`${dataset.directory}/recv`, { recursive: true });
  writeAtomic(place(dataset, 'state.json'), JSON.stringify(state));
}

/** What has been received, up to the last whole line; what follows it is cut off. */
export function readJournal(dataset: Dataset): JournalLine[] {
  const file = place(dataset, 'journal');
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  // Only what a position line has confirmed counts: a stream goes on from there.
  const end = text.lastIndexOf('\n["p"');
  const start = end < 0 && text.startsWith('["p"') ? 0 : end + 1;
  const stop = text.indexOf('\n', start);
  if ((end < 0 && !text.startsWith('["p"')) || stop < 0) return [];
  return text
    .slice(0, stop)
    .split('\n')
    .map((line) => JSON.parse(line) as JournalLine);
}

export class JournalWriter {
  #fd: number | undefined;
  #text = '';

  constructor(dataset: Dataset, keep: readonly JournalLine[]) {
    const file = place(dataset, 'journal');
    if (existsSync(file)) truncateSync(file, 0);
    this.#fd = openSync(file, 'a');
    for (const line of keep) this.add(line);
  }

  add(line: JournalLine): void {
    this.#text += `${JSON.stringify(line)}\n`;
    if (this.#text.length >= JOURNAL_BYTES_MAX) this.flush();
  }

  flush(): void {
    if (this.#text !== '' && this.#fd !== undefined) writeSync(this.#fd, this.#text);
    this.#text = '';
  }

  close(): void {
    this.flush();
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

/** undefined when there is nothing that could be resumed. */
export function resumeToken(dataset: Dataset): string | undefined {
  const state = readState(dataset);
  if (state?.resumable !== true) return undefined;
  const position = readJournal(dataset).at(-1);
  const [object, offset, bytes] = position?.[0] === 'p' ? [position[1], position[2], position[3]] : [1, 0, 0];
  const content: TokenContent = {
    ...(state.fromGuid !== undefined && { fromGuid: state.fromGuid }),
    object,
    offset,
    bytes: state.bytesBefore + bytes,
    toGuid: state.toGuid,
    toName: state.toName,
    ...((state.features & (1 << 19)) !== 0 && { largeBlocks: true }),
    ...((state.features & (1 << 16)) !== 0 && { embedded: true }),
    ...((state.features & (1 << 22)) !== 0 && { compressed: true }),
    ...(state.raw && { raw: true }),
  };
  return encodeToken(content);
}

/** What a partial receive takes of the pool. */
export function partialBytes(store: Store, dataset: Dataset): number {
  const state = readState(dataset);
  return state ? packBytes(store, dataset.name, state.pack) : 0;
}

/** Throws away what was received; only under the lock of the pool. */
export function discardPartial(store: Store, dataset: Dataset): void {
  const text = readIfThere(place(dataset, 'state.json'));
  if (text !== undefined) {
    const { pack } = JSON.parse(text) as PartialState;
    if (pack !== dataset.meta.settled) discardPack(store, dataset, pack);
  }
  rmSync(`${dataset.directory}/recv`, { recursive: true, force: true });
}

function discardPack(store: Store, dataset: Dataset, pack: string): void {
  const bytes = packBytes(store, dataset.name, pack);
  rmSync(packPath(store, dataset.name, pack), { force: true });
  if (bytes > 0) store.allocate(poolOf(dataset.name), -bytes);
}
