/** The commands that only the simulator has: `sim-put`, `sim-mkdir`, `sim-rm`, `sim-digest`. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { livePath } from '../content/live.ts';
import type { Entry } from '../content/manifest.ts';
import { readManifest } from '../content/manifest.ts';
import { PackReader } from '../content/pack.ts';
import { readFully } from '../context.ts';
import { getopt, UsageError } from '../getopt.ts';
import { createHash } from '../hash.ts';
import { ensureLive } from '../mounts.ts';
import { settingOf } from '../properties/lookup.ts';
import type { Dataset, Store } from '../store/store.ts';
import { open, openDataset, SNAPSHOTS } from '../target.ts';

const CHUNK_BYTES = 1_048_576;

export function run(store: Store, args: readonly string[], verb: string): number {
  const { operands } = getopt(args, '');
  const [name, place] = operands;
  if (name === undefined) throw new UsageError('missing dataset argument');
  if (verb === 'sim-digest') return digest(store, name);
  if (place === undefined) throw new UsageError('missing path argument');
  const dataset = openDataset(store, name);
  if (settingOf(store, dataset, 'readonly') === 'on') store.context.fail(`${place}: Read-only file system`);
  ensureLive(store, name);
  if (verb === 'sim-mkdir') mkdirSync(inside(store, dataset, place), { recursive: true });
  else if (verb === 'sim-rm') rmSync(inside(store, dataset, place), { recursive: true });
  else if (dataset.meta.type === 'volume') putVolume(store, dataset, place);
  else putFile(store, dataset, place);
  return 0;
}

function inside(store: Store, dataset: Dataset, place: string): string {
  const path = normalize(place);
  if (path.startsWith('/') || path.startsWith('..')) store.context.fail(`${place}: not a path within the filesystem`);
  return `${livePath(dataset)}/${path}`;
}

function readInput(store: Store): Buffer {
  const parts: Buffer[] = [];
  for (;;) {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const count = readFully(store.context.stdin, buffer);
    parts.push(buffer.subarray(0, count));
    if (count < CHUNK_BYTES) return Buffer.concat(parts);
  }
}

function putFile(store: Store, dataset: Dataset, place: string): void {
  const path = inside(store, dataset, place);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, readInput(store));
}

function putVolume(store: Store, dataset: Dataset, place: string): void {
  const offset = Number(place);
  const bytes = readInput(store);
  if (!Number.isInteger(offset) || offset < 0) throw new UsageError(`invalid offset '${place}'`);
  if (offset + bytes.length > (dataset.meta.volsize ?? 0))
    store.context.fail(`${dataset.name}: No space left on device`);
  const fd = openSync(`${livePath(dataset)}/volume`, 'r+');
  writeSync(fd, bytes, 0, bytes.length, offset);
  closeSync(fd);
}

function digest(store: Store, name: string): number {
  const { dataset, snapshot } = open(store, name, SNAPSHOTS);
  if (!snapshot) throw new UsageError(`'${name}' is not a snapshot`);
  const entries = readManifest(store, dataset.name, snapshot.manifest);
  const reader = new PackReader(store, dataset.name);
  const lines = entries.map((entry) => `${entryDigest(entry, reader)}  ${entry.p}${entry.k === 'd' ? '/' : ''}\n`);
  if (dataset.meta.type === 'volume') store.context.out(volumeDigest(entries[0], snapshot.volsize ?? 0, reader));
  else store.context.out(lines.sort(byPath).join(''));
  reader.close();
  return 0;
}

function byPath(a: string, b: string): number {
  return a.slice(66) < b.slice(66) ? -1 : 1;
}

function entryDigest(entry: Entry, reader: PackReader): string {
  const hash = createHash('sha256');
  if (entry.k === 'l') hash.update(entry.l ?? '');
  else if (entry.k !== 'd') hashBlocks(hash, entry, entry.s, reader);
  return hash.digest('hex');
}

function volumeDigest(entry: Entry | undefined, volsize: number, reader: PackReader): string {
  const hash = createHash('sha256');
  hashBlocks(hash, entry, volsize, reader);
  return `${hash.digest('hex')}  volume\n`;
}

function hashBlocks(
  hash: { update(bytes: Uint8Array): unknown },
  entry: Entry | undefined,
  size: number,
  reader: PackReader,
): void {
  const blockBytes = entry?.z === undefined || entry.z === 0 ? CHUNK_BYTES : entry.z;
  for (let i = 0; i * blockBytes < size; i += 1) {
    const length = Math.min(blockBytes, size - i * blockBytes);
    const bytes = reader.read(entry?.b[i] ?? 0, length);
    hash.update(bytes.subarray(0, length));
    if (bytes.length < length) hash.update(Buffer.alloc(length - bytes.length));
  }
}
