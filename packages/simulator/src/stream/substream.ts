/** The records between two states of a dataset. */

import { VOLUME_OBJECT } from '../content/live.ts';
import type { Block, Entry } from '../content/manifest.ts';
import { BLOCK_BYTES, blockKey, sameAttributes, sameBlocks } from '../content/manifest.ts';
import type { PackReader } from '../content/pack.ts';
import { directoryBlocks, encodeMicrozap } from './microzap.ts';
import {
  encodeFree,
  encodeFreeObjects,
  encodeObject,
  encodeWrite,
  OBJECT_TYPE,
  padded,
  RECORD_BYTES,
} from './record.ts';

export interface Change {
  readonly type: 'filesystem' | 'volume';
  readonly toGuid: bigint;
  readonly to: readonly Entry[];
  readonly from: readonly Entry[];
  /** No incremental source: everything is new. */
  readonly full: boolean;
  readonly volsize: number | undefined;
  readonly largeBlocks: boolean;
  /** Records before this place are left out. */
  readonly resume?: { readonly object: number; readonly offset: number };
}

/** A record, and where its payload comes from. */
export interface Item {
  readonly record: Buffer;
  readonly payloadBytes: number;
  readonly payload: (() => Buffer) | undefined;
}

/** The records of one object. */
interface Step {
  readonly object: number;
  items(): Iterable<Item>;
}

const SECTOR_BYTES = 512;
const NO_DIRECTORIES: ReadonlyMap<string, Buffer> = new Map();
const MASTER_OBJECT = 1;
const NO_BLOCKS: readonly Block[] = [];
const ROOT_DIRECTORY = 34;
/** The filesystem's own objects as OpenZFS 2.1 numbers them. */
const OWN_OBJECTS: readonly (readonly [object: number, type: number, bytes: number])[] = [
  [MASTER_OBJECT, OBJECT_TYPE.masterNode, SECTOR_BYTES],
  [32, OBJECT_TYPE.attributeMaster, SECTOR_BYTES],
  [33, OBJECT_TYPE.deleteQueue, SECTOR_BYTES],
  [ROOT_DIRECTORY, OBJECT_TYPE.directory, SECTOR_BYTES],
  [35, OBJECT_TYPE.attributeRegistration, 1536],
  [36, OBJECT_TYPE.attributeLayouts, 16_384],
];
const VOLUME_PROPERTIES_OBJECT = 2;

export function isOwnObject(type: 'filesystem' | 'volume', object: number): boolean {
  if (type === 'volume') return object === VOLUME_PROPERTIES_OBJECT;
  return OWN_OBJECTS.some(([own]) => own === object);
}

/** In the order of object numbers, as a resumed stream needs it. */
export function* itemsOf(change: Change, reader: PackReader): Iterable<Item> {
  const resume = change.resume ?? { object: 0, offset: 0 };
  const old = new Map(change.from.map((entry) => [entry.o, entry]));
  const steps: Step[] = [];
  const modified = change.full || change.to !== change.from;
  const blocks = change.type === 'volume' || !modified ? NO_DIRECTORIES : directoryBlocks(change.to);
  const oldBlocks = change.full || blocks.size === 0 ? NO_DIRECTORIES : directoryBlocks(change.from);
  for (const entry of change.to) {
    const before = old.get(entry.o);
    old.delete(entry.o);
    const block = entry.k === 'd' ? blocks.get(entry.p) : undefined;
    const sameBlock = block === undefined || oldBlocks.get(before?.p ?? '')?.equals(block) === true;
    if (before && !change.full && sameBlock && sameAttributes(entry, before) && sameBlocks(entry, before)) continue;
    const write = block && !sameBlock ? [ownWrite(entry.o, OBJECT_TYPE.directory, block, change.toGuid)] : [];
    steps.push({
      object: entry.o,
      *items() {
        yield* entryItems(change, entry, before, reader, resume);
        yield* write;
      },
    });
  }
  for (const object of old.keys()) {
    if (change.type === 'volume') continue;
    steps.push({ object, items: () => [plain(encodeFreeObjects(object, 1, change.toGuid))] });
  }
  if (modified) steps.push(...ownSteps(change, blocks.get('')));
  steps.sort((a, b) => a.object - b.object);
  for (const step of steps) if (step.object >= resume.object) yield* step.items();
  if (change.full) {
    const last = Math.max(37, ...change.to.map((entry) => entry.o + 1));
    yield plain(encodeFreeObjects(last, 64 - (last % 32), change.toGuid));
  }
}

function plain(record: Buffer): Item {
  return { record, payloadBytes: 0, payload: undefined };
}

function ownSteps(change: Change, root: Buffer | undefined): Step[] {
  const { toGuid } = change;
  if (change.type === 'volume') {
    const content = Buffer.alloc(SECTOR_BYTES);
    content.write(JSON.stringify({ volsize: change.volsize }));
    return [ownStep(VOLUME_PROPERTIES_OBJECT, OBJECT_TYPE.volumeProperties, content, toGuid)];
  }
  const own = change.full ? OWN_OBJECTS : OWN_OBJECTS.filter(([object]) => object === ROOT_DIRECTORY);
  return own.map(([object, type, bytes]) => ownStep(object, type, ownContent(object, bytes, root), toGuid));
}

function ownContent(object: number, bytes: number, root: Buffer | undefined): Buffer {
  if (object === ROOT_DIRECTORY && root) return root;
  if (object === MASTER_OBJECT) {
    return encodeMicrozap([
      ['VERSION', 5n],
      ['SA_ATTRS', 32n],
      ['DELETE_QUEUE', 33n],
      ['ROOT', BigInt(ROOT_DIRECTORY)],
    ]);
  }
  const content = Buffer.alloc(bytes);
  content.writeBigUInt64LE(0x8000000000000003n, 0);
  return content;
}

function ownStep(object: number, type: number, content: Buffer, toGuid: bigint): Step {
  const bytes = content.length;
  const items = (): Item[] => [
    plain(encodeObject({ object, type, blockBytes: bytes, bonusBytes: 0 }, toGuid)),
    plain(encodeFree({ object, offset: bytes, length: -1 }, toGuid)),
    ownWrite(object, type, content, toGuid),
  ];
  return { object, items };
}

function ownWrite(object: number, type: number, content: Buffer, toGuid: bigint): Item {
  return {
    record: encodeWrite({ object, offset: 0, length: content.length }, type, toGuid),
    payloadBytes: content.length,
    payload: () => content,
  };
}

/** What the bonus buffer holds here; ZFS's is binary. */
export interface Bonus {
  readonly p: string;
  readonly k: Entry['k'];
  readonly m: number;
  readonly t: string;
  readonly s: number;
  readonly l?: string;
}

function objectType(entry: Entry): number {
  if (entry.k === 'v') return OBJECT_TYPE.volume;
  return entry.k === 'd' ? OBJECT_TYPE.directory : OBJECT_TYPE.plainFile;
}

function* entryItems(
  change: Change,
  entry: Entry,
  before: Entry | undefined,
  reader: PackReader,
  resume: { readonly object: number; readonly offset: number },
): Iterable<Item> {
  const { toGuid, largeBlocks } = change;
  const object = entry.k === 'v' ? VOLUME_OBJECT : entry.o;
  const type = objectType(entry);
  const whole = entry.z === 0 ? SECTOR_BYTES : entry.z;
  const blockBytes = largeBlocks ? whole : Math.min(whole, BLOCK_BYTES);
  const bonus: Bonus = {
    ...{ p: entry.p, k: entry.k, m: entry.m, t: entry.t, s: entry.s },
    ...(entry.l !== undefined && { l: entry.l }),
  };
  const text = Buffer.from(JSON.stringify(bonus));
  const content = Buffer.alloc(padded(text.length));
  text.copy(content);
  yield {
    record: encodeObject({ object, type, blockBytes, bonusBytes: text.length }, toGuid),
    payloadBytes: content.length,
    payload: () => content,
  };
  yield plain(encodeFree({ object, offset: entry.b.length * whole, length: -1 }, toGuid));
  const from = object === resume.object ? resume.offset : 0;
  const oldBlocks = before && !change.full && before.z === entry.z ? before.b : NO_BLOCKS;
  for (const [i, block] of entry.b.entries()) {
    const old = oldBlocks[i];
    if (old !== undefined ? blockKey(old) === blockKey(block) : block === 0 && change.full) continue;
    const offset = i * whole;
    if (block === 0) {
      if (offset + whole > from) yield plain(encodeFree({ object, offset, length: whole }, toGuid));
      continue;
    }
    yield* writes(block, { object, offset, type, blockBytes, from, toGuid }, reader);
  }
}

interface WriteFacts {
  readonly object: number;
  readonly offset: number;
  readonly type: number;
  readonly blockBytes: number;
  readonly from: number;
  readonly toGuid: bigint;
}

/** One record for a block, or several when blocks above 128 KiB may not be sent. */
function* writes(block: Exclude<Block, 0>, facts: WriteFacts, reader: PackReader): Iterable<Item> {
  let content: Buffer | undefined;
  for (let at = 0; at < block[2]; at += facts.blockBytes) {
    const offset = facts.offset + at;
    const length = Math.min(facts.blockBytes, block[2] - at);
    if (offset < facts.from) continue;
    yield {
      record: encodeWrite({ object: facts.object, offset, length }, facts.type, facts.toGuid),
      payloadBytes: length,
      payload: () => {
        content ??= reader.read(block, 0);
        return content.subarray(at, at + length);
      },
    };
  }
}

/** Bytes of the records, without reading their content. */
export function estimate(change: Change, reader: PackReader): number {
  let bytes = 0;
  for (const item of itemsOf(change, reader)) bytes += RECORD_BYTES + item.payloadBytes;
  return bytes;
}
