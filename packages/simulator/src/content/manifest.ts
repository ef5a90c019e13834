/**
 * The content of a snapshot: its files with their blocks. A manifest is written once and never changed; snapshots with
 * equal content share one. Blocks lie in packs (`pack.ts`).
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { poolOf } from '../names.ts';
import type { Store } from '../store/store.ts';
import { newGuid, writeAtomic } from '../store/store.ts';

/** 0: a hole; else pack, offset in it, length, and a digest of the content. */
export type Block = 0 | readonly [pack: string, offset: number, length: number, digest: string];

/** A file, directory, symbolic link or volume. Short keys: there may be many. */
export interface Entry {
  /** Object number: identity within the dataset, kept when the file is renamed. */
  readonly o: number;
  /** Path relative to the root of the filesystem. */
  readonly p: string;
  readonly k: 'f' | 'd' | 'l' | 'v';
  /** Permission bits. */
  readonly m: number;
  /** Modification time in nanoseconds, decimal. */
  readonly t: string;
  /** Length in bytes. */
  readonly s: number;
  /** Target of a symbolic link. */
  readonly l?: string;
  /** Inode and modification time of the live file, by which it is known again. */
  readonly i?: string;
  readonly u?: string;
  /** Block size in bytes. */
  readonly z: number;
  readonly b: readonly Block[];
}

interface Header {
  packs: string[];
  referenced: number;
}

export const BLOCK_BYTES = 131_072;
/** What OpenZFS 2.1 shows for an empty filesystem and volume. */
export const EMPTY_BYTES = { filesystem: 24_576, volume: 12_288 } as const;
const SECTOR_BYTES = 512;
const HEADER_BYTES_READ = 4096;

const NO_ENTRIES: readonly Entry[] = [];

function path(store: Store, dataset: string, id: string): string {
  return `${store.poolDirectory(poolOf(dataset))}/manifests/${id}`;
}

export function readManifest(store: Store, dataset: string, id: string | null): readonly Entry[] {
  if (id === null) return NO_ENTRIES;
  const text = readFileSync(path(store, dataset, id), 'utf8');
  return JSON.parse(text.slice(text.indexOf('\n') + 1)) as Entry[];
}

/** The packs that a manifest refers to, without reading the whole of it. */
export function readManifestPacks(store: Store, dataset: string, id: string): string[] {
  const file = path(store, dataset, id);
  const fd = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(HEADER_BYTES_READ);
    const text = buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.length, 0));
    const end = text.indexOf('\n');
    const line = end >= 0 ? text.slice(0, end) : (readFileSync(file, 'utf8').split('\n', 1)[0] ?? '{}');
    return (JSON.parse(line) as Header).packs;
  } finally {
    closeSync(fd);
  }
}

/** @returns its id, null for no entries at all */
export function writeManifest(store: Store, dataset: string, entries: readonly Entry[]): string | null {
  if (entries.length === 0) return null;
  const packs = new Set<string>();
  for (const entry of entries) for (const block of entry.b) if (block !== 0) packs.add(block[0]);
  const header: Header = { packs: [...packs], referenced: sizeOf(entries) };
  const id = BigInt(newGuid()).toString(36);
  writeAtomic(path(store, dataset, id), `${JSON.stringify(header)}\n${JSON.stringify(entries)}`);
  return id;
}

export function manifestPath(store: Store, dataset: string, id: string): string {
  return path(store, dataset, id);
}

/** Bytes on disk of a block of this length. */
export function allocatedBytes(length: number): number {
  return Math.ceil(length / SECTOR_BYTES) * SECTOR_BYTES;
}

export function entryBytes(entry: Entry): number {
  let bytes = 0;
  for (const block of entry.b) if (block !== 0) bytes += allocatedBytes(block[2]);
  return Math.max(bytes, entry.k === 'v' ? 0 : SECTOR_BYTES);
}

/** Bytes of the entries alone: add {@link EMPTY_BYTES}. */
export function sizeOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
}

/** Identity of a block's content. */
export function blockKey(block: Block): string {
  return block === 0 ? '' : block[3];
}

export function sameAttributes(a: Entry, b: Entry): boolean {
  return a.p === b.p && a.k === b.k && a.m === b.m && a.t === b.t && a.s === b.s && a.l === b.l;
}

export function sameBlocks(a: Entry, b: Entry): boolean {
  return a.b.length === b.b.length && a.b.every((block, i) => blockKey(block) === blockKey(b.b[i] ?? 0));
}

/** Bytes of `entries` that `base` does not have. */
export function writtenBytes(entries: readonly Entry[], base: readonly Entry[]): number {
  if (entries === base) return 0;
  const old = new Map(base.map((entry) => [entry.o, entry]));
  let bytes = 0;
  for (const entry of entries) {
    const before = old.get(entry.o);
    old.delete(entry.o);
    if (before && sameAttributes(entry, before) && sameBlocks(entry, before)) continue;
    const fresh = entry.b.filter((block, i) => block !== 0 && blockKey(block) !== blockKey(before?.b[i] ?? 0));
    bytes += SECTOR_BYTES;
    for (const block of fresh) if (block !== 0) bytes += allocatedBytes(block[2]);
  }
  return bytes + old.size * SECTOR_BYTES;
}
