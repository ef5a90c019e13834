/**
 * The live directory of a dataset: real files. What has changed since its manifest is told by inode, length and
 * modification time, so that only changed files are read.
 */
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import type { Dataset, Store } from '../store/store.ts';
import { readIfThere, writeAtomic } from '../store/store.ts';
import type { Block, Entry } from './manifest.ts';
import { BLOCK_BYTES, EMPTY_BYTES, entryBytes, readManifest } from './manifest.ts';
import type { PackReader, PackWriter } from './pack.ts';

/** An entry whose blocks are not known: the file has to be read. */
export type DirtyEntry = Entry & { readonly dirty: true };
export type LiveEntry = Entry & { readonly dirty?: boolean };

export function isDirty(entry: LiveEntry): entry is DirtyEntry {
  return entry.dirty === true;
}

export interface LiveState {
  readonly entries: readonly LiveEntry[];
  /** Something differs from the manifest. */
  readonly changed: boolean;
  /** Bytes that the dataset refers to, unread files by their length. */
  readonly referenced: number;
}

const FIRST_OBJECT = 2;
/** Objects 32 to 36 are the filesystem's own in streams of OpenZFS 2.1. */
const OWN_OBJECTS = { first: 32, last: 36 };
export const VOLUME_OBJECT = 1;

export function livePath(dataset: Dataset): string {
  return `${dataset.directory}/live`;
}

/** The state of the content now: the live directory if there is one, else the manifest. */
export function currentState(store: Store, dataset: Dataset): LiveState {
  const { meta } = dataset;
  if (!meta.live) {
    return { entries: readManifest(store, dataset.name, meta.head), changed: false, referenced: meta.referenced };
  }
  const base = readLiveIndex(dataset) ?? readManifest(store, dataset.name, meta.head);
  return meta.type === 'volume' ? scanVolume(dataset, base) : scanFilesystem(store, dataset, base);
}

interface LiveIndex {
  readonly manifest: string | null;
  readonly entries: readonly Entry[];
}

/** The entries with the inodes that they got when `live` was made from the manifest. */
function readLiveIndex(dataset: Dataset): readonly Entry[] | undefined {
  const text = readIfThere(`${dataset.directory}/live.json`);
  if (text === undefined) return undefined;
  const index = JSON.parse(text) as LiveIndex;
  return index.manifest === dataset.meta.head ? index.entries : undefined;
}

function writeLiveIndex(dataset: Dataset, entries: readonly Entry[]): void {
  const index: LiveIndex = { manifest: dataset.meta.head, entries };
  writeAtomic(`${dataset.directory}/live.json`, JSON.stringify(index));
}

function scanVolume(dataset: Dataset, base: readonly Entry[]): LiveState {
  const stat = lstatSync(`${livePath(dataset)}/volume`, { bigint: true });
  const old = base[0];
  const seen = { i: String(stat.ino), u: String(stat.mtimeNs), t: String(stat.mtimeNs), s: Number(stat.size) };
  if (old && old.i === seen.i && old.u === seen.u && old.s === seen.s) {
    return { entries: base, changed: false, referenced: dataset.meta.referenced };
  }
  if (!old && stat.blocks === 0n) return { entries: [], changed: false, referenced: EMPTY_BYTES.volume };
  const entry: DirtyEntry = {
    o: VOLUME_OBJECT,
    p: 'volume',
    k: 'v',
    m: 0,
    ...seen,
    z: BLOCK_BYTES,
    b: old?.b ?? [],
    dirty: true,
  };
  return { entries: [entry], changed: true, referenced: EMPTY_BYTES.volume + Number(stat.blocks) * 512 };
}

class ObjectNumbers {
  #next = FIRST_OBJECT;

  constructor(base: readonly Entry[]) {
    for (const entry of base) this.#next = Math.max(this.#next, entry.o + 1);
  }

  take(): number {
    if (this.#next >= OWN_OBJECTS.first && this.#next <= OWN_OBJECTS.last) this.#next = OWN_OBJECTS.last + 1;
    return this.#next++;
  }
}

function scanFilesystem(store: Store, dataset: Dataset, base: readonly Entry[]): LiveState {
  const byInode = new Map<string, Entry>();
  const byPath = new Map<string, Entry>();
  for (const entry of base) {
    if (entry.i !== undefined) byInode.set(entry.i, entry);
    byPath.set(entry.p, entry);
  }
  const numbers = new ObjectNumbers(base);
  const used = new Set<number>();
  const entries: LiveEntry[] = [];
  let changed = false;
  let referenced: number = EMPTY_BYTES.filesystem;
  const top = livePath(dataset);
  const walk = (relative: string): void => {
    for (const name of readdirSync(relative === '' ? top : `${top}/${relative}`).sort()) {
      const path = relative === '' ? name : `${relative}/${name}`;
      const seen = look(store, `${top}/${path}`);
      if (!seen) continue;
      let old = byInode.get(seen.i);
      if (old && (used.has(old.o) || old.k !== seen.k)) old = undefined;
      if (!old) {
        const atPath = byPath.get(path);
        if (atPath?.k === seen.k && !used.has(atPath.o)) old = atPath;
      }
      const same = old !== undefined && isUnchanged(old, seen, path);
      if (!same) changed = true;
      const object = old?.o ?? numbers.take();
      used.add(object);
      const entry: LiveEntry = same && old ? old : freshEntry(seen, path, object, old);
      entries.push(entry);
      referenced += isDirty(entry) ? Math.max(512, Math.ceil(entry.s / 512) * 512) : entryBytes(entry);
      if (seen.k === 'd' && !isMount(seen)) walk(path);
    }
  };
  walk('');
  if (entries.length !== base.length) changed = true;
  return { entries: changed ? entries : base, changed, referenced };
}

function freshEntry(seen: Seen, path: string, object: number, old: Entry | undefined): LiveEntry {
  const entry: Entry = { ...seen, o: object, p: path, z: old?.z ?? 0, b: old?.b ?? [] };
  return seen.k === 'f' ? { ...entry, dirty: true } : entry;
}

type Seen = Pick<Entry, 'k' | 'm' | 't' | 's' | 'i' | 'u' | 'l'> & { readonly i: string };

const MOUNT_INODE = 'mount ';

function isMount(seen: Seen): boolean {
  return seen.i.startsWith(MOUNT_INODE);
}

function look(store: Store, path: string): Seen | undefined {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stat) return undefined;
  const common = { m: Number(stat.mode & 0o7777n), i: String(stat.ino), u: String(stat.mtimeNs) };
  if (stat.isFile()) return { ...common, k: 'f', t: String(stat.mtimeNs), s: Number(stat.size) };
  if (stat.isDirectory()) return { ...common, k: 'd', t: '0', s: 0 };
  if (!stat.isSymbolicLink()) return undefined;
  const target = readlinkSync(path);
  // Another dataset is mounted here: in the parent it is an empty directory.
  if (isMountLink(store, target))
    return { ...common, m: 0o755, k: 'd', t: '0', s: 0, i: `${MOUNT_INODE}${String(stat.ino)}` };
  return { ...common, m: 0o777, k: 'l', t: '0', s: target.length, l: target };
}

export function isMountLink(store: Store, target: string): boolean {
  return target.startsWith(`${store.context.root}/pools/`);
}

function isUnchanged(old: Entry, seen: Seen, path: string): boolean {
  if (old.p !== path || old.k !== seen.k || old.m !== seen.m || old.l !== seen.l) return false;
  // A directory is known by its path: mounting over it replaces it.
  return old.k === 'd' || (old.i === seen.i && old.u === seen.u && old.s === seen.s);
}

/** Reads what is dirty into `pack` and returns the complete entries. */
export function readDirty(
  dataset: Dataset,
  entries: readonly LiveEntry[],
  pack: PackWriter,
  recordBytes: number,
): Entry[] {
  return entries.map((entry) => {
    if (!isDirty(entry)) return entry;
    const blockBytes = entry.b.length > 1 ? entry.z : entry.k === 'v' ? entry.z : recordBytes;
    const { o, p, k, m, t, i, u } = entry;
    const known = { o, p, k, m, t, ...(i !== undefined && { i }), ...(u !== undefined && { u }) };
    return { ...known, ...readFile(`${livePath(dataset)}/${entry.p}`, entry, pack, blockBytes) };
  });
}

function readFile(path: string, old: Entry, pack: PackWriter, blockBytes: number): Pick<Entry, 's' | 'z' | 'b'> {
  const fd = openSync(path, 'r');
  const blocks: Block[] = [];
  let size = 0;
  try {
    const buffer = Buffer.allocUnsafe(blockBytes);
    const keep = blockBytes === old.z;
    for (;;) {
      let filled = 0;
      for (;;) {
        const count = readSync(fd, buffer, filled, blockBytes - filled, size + filled);
        filled += count;
        if (count === 0 || filled === blockBytes) break;
      }
      if (filled === 0) break;
      const content = buffer.subarray(0, filled);
      blocks.push(pack.appendUnless(content, keep ? (old.b[blocks.length] ?? 0) : 0));
      size += filled;
      if (filled < blockBytes) break;
    }
  } finally {
    closeSync(fd);
  }
  return { s: size, z: blockBytes, b: blocks };
}

/**
 * Makes `live` anew from a manifest, beside what is there, and puts it in place by rename(2). The caller says in the
 * meta whether `live` counts.
 */
export function materialise(
  dataset: Dataset,
  entries: readonly Entry[],
  reader: PackReader,
  volumeBytes: number | undefined,
): void {
  const fresh = `${dataset.directory}/live.${String(process.pid)}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const sorted = [...entries].sort((a, b) => (a.p < b.p ? -1 : 1));
  for (const entry of sorted) writeEntry(`${fresh}/${entry.p}`, entry, reader);
  for (const entry of sorted.reverse()) if (entry.k === 'd') chmodSync(`${fresh}/${entry.p}`, entry.m);
  if (volumeBytes !== undefined) {
    const fd = openSync(`${fresh}/volume`, entries.length === 0 ? 'w' : 'r+');
    ftruncateSync(fd, volumeBytes);
    closeSync(fd);
  }
  const index = entries.map((entry) => {
    const stat = lstatSync(`${fresh}/${entry.p}`, { bigint: true });
    return { ...entry, i: String(stat.ino), u: String(stat.mtimeNs) };
  });
  const old = `${dataset.directory}/live.old.${String(process.pid)}`;
  rmSync(old, { recursive: true, force: true });
  if (lstatSync(livePath(dataset), { throwIfNoEntry: false })) renameSync(livePath(dataset), old);
  renameSync(fresh, livePath(dataset));
  if (index.length > 0) writeLiveIndex(dataset, index);
  rmSync(old, { recursive: true, force: true });
}

function writeEntry(path: string, entry: Entry, reader: PackReader): void {
  if (entry.k === 'd') {
    mkdirSync(path, { recursive: true });
    return;
  }
  if (entry.k === 'l') {
    symlinkSync(entry.l ?? '', path);
    return;
  }
  const fd = openSync(path, 'w');
  try {
    entry.b.forEach((block, i) => {
      if (block !== 0) writeSync(fd, reader.read(block, 0), 0, block[2], i * entry.z);
    });
    ftruncateSync(fd, entry.s);
  } finally {
    closeSync(fd);
  }
  if (entry.k === 'v') return;
  chmodSync(path, entry.m);
  const seconds = Number(BigInt(entry.t) / 1000n) / 1_000_000;
  utimesSync(path, seconds, seconds);
}
