/** Space: who refers to which block, and the end of blocks that nobody refers to. */
import { rmSync } from 'node:fs';
import { poolOf } from '../names.ts';
import type { DatasetMeta, SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { originOf } from './clones.ts';
import { currentState } from './live.ts';
import type { Entry } from './manifest.ts';
import { allocatedBytes, manifestPath, readManifest, readManifestPacks, writtenBytes } from './manifest.ts';
import { packBytes, packPath } from './pack.ts';

export interface Space {
  /** Bytes that the dataset refers to. */
  readonly referenced: number;
  readonly usedBySnapshots: number;
  readonly usedByDataset: number;
  readonly written: number;
  /** The content differs from that of the newest snapshot. */
  readonly modified: boolean;
}

export function spaceOf(store: Store, dataset: Dataset): Space {
  const { meta } = dataset;
  const state = currentState(store, dataset);
  const newest = meta.snaps.at(-1);
  const written = writtenSince(store, dataset, state.entries, state.changed, state.referenced, newest);
  const usedBySnapshots = snapshotsOnly(store, dataset, state.entries, state.changed);
  const shared = originOf(store, dataset.name, meta)?.snapshot.referenced ?? 0;
  return {
    referenced: state.referenced,
    usedBySnapshots,
    usedByDataset: Math.max(0, state.referenced - shared),
    written,
    modified: written > 0,
  };
}

function writtenSince(
  store: Store,
  dataset: Dataset,
  entries: readonly Entry[],
  changed: boolean,
  referenced: number,
  snapshot: SnapshotMeta | undefined,
): number {
  if (snapshot === undefined) {
    if (dataset.meta.origin === undefined) return referenced;
    const origin = originOf(store, dataset.name, dataset.meta);
    return origin ? writtenBytes(entries, readManifest(store, dataset.name, origin.snapshot.manifest)) : referenced;
  }
  if (!changed && snapshot.manifest === dataset.meta.head) return 0;
  return writtenBytes(entries, readManifest(store, dataset.name, snapshot.manifest));
}

/** Bytes written between two snapshots, or up to the first. */
export function snapshotWritten(store: Store, dataset: Dataset, index: number): number {
  const snapshot = dataset.meta.snaps[index];
  const before = dataset.meta.snaps[index - 1];
  if (!snapshot) return 0;
  if (!before) return snapshot.referenced;
  if (before.manifest === snapshot.manifest) return 0;
  const entries = readManifest(store, dataset.name, snapshot.manifest);
  return writtenBytes(entries, readManifest(store, dataset.name, before.manifest));
}

/** Bytes written since a snapshot, of the head or of a later snapshot. */
export function writtenSinceSnapshot(store: Store, dataset: Dataset, from: SnapshotMeta): number {
  const state = currentState(store, dataset);
  if (!state.changed && from.manifest === dataset.meta.head) return 0;
  return writtenBytes(state.entries, readManifest(store, dataset.name, from.manifest));
}

function blockIds(entries: readonly Entry[], into: Map<string, number>): void {
  for (const entry of entries) {
    for (const block of entry.b) {
      if (block !== 0) into.set(`${block[0]} ${String(block[1])}`, allocatedBytes(block[2]));
    }
  }
}

function bytesOutside(of: ReadonlyMap<string, number>, others: readonly ReadonlyMap<string, number>[]): number {
  let bytes = 0;
  for (const [id, length] of of) if (!others.some((other) => other.has(id))) bytes += length;
  return bytes;
}

function blocksOf(store: Store, dataset: Dataset, manifest: string | null): Map<string, number> {
  const blocks = new Map<string, number>();
  blockIds(readManifest(store, dataset.name, manifest), blocks);
  return blocks;
}

function snapshotsOnly(store: Store, dataset: Dataset, head: readonly Entry[], changed: boolean): number {
  const manifests = new Set(dataset.meta.snaps.map((snapshot) => snapshot.manifest));
  manifests.delete(null);
  if (!changed) manifests.delete(dataset.meta.head);
  if (manifests.size === 0) return 0;
  const all = new Map<string, number>();
  for (const manifest of manifests) blockIds(readManifest(store, dataset.name, manifest), all);
  const current = new Map<string, number>();
  blockIds(head, current);
  return bytesOutside(all, [current]);
}

/** Bytes that would come free with this snapshot alone. */
export function uniqueBytes(store: Store, dataset: Dataset, index: number): number {
  const { snaps, head } = dataset.meta;
  const snapshot = snaps[index];
  if (snapshot?.manifest == null) return 0;
  const before = snaps[index - 1]?.manifest ?? null;
  const after = index + 1 < snaps.length ? (snaps[index + 1]?.manifest ?? null) : head;
  if (snapshot.manifest === before || snapshot.manifest === after) return 0;
  const others = [before, after].map((manifest) => blocksOf(store, dataset, manifest));
  return bytesOutside(blocksOf(store, dataset, snapshot.manifest), others);
}

/** Looks through the whole pool: for clones, which are few. */
export function findSnapshotByGuid(
  store: Store,
  pool: string,
  guid: string,
): { readonly dataset: Dataset; readonly snapshot: SnapshotMeta } | undefined {
  for (const name of store.descendants(pool)) {
    const dataset = store.read(name);
    const snapshot = dataset?.meta.snaps.find((candidate) => candidate.guid === guid);
    if (dataset && snapshot) return { dataset, snapshot };
  }
  return undefined;
}

export function findDatasetByGuid(store: Store, pool: string, guid: string): Dataset | undefined {
  for (const name of store.descendants(pool)) {
    const dataset = store.read(name);
    if (dataset?.meta.guid === guid) return dataset;
  }
  return undefined;
}

function sharesBlocks(meta: DatasetMeta): boolean {
  return meta.origin !== undefined || meta.snaps.some((snapshot) => (snapshot.clones?.length ?? 0) > 0);
}

/**
 * Removes those of the manifests, and their packs, that nothing in the dataset refers to any more. What clones share is
 * left where it is: to know better would need a look at every dataset. Only under the lock of the pool.
 *
 * @param meta the dataset as it is now; undefined when it is gone
 */
export function release(
  store: Store,
  dataset: string,
  meta: DatasetMeta | undefined,
  manifests: readonly (string | null)[],
): void {
  if (meta && sharesBlocks(meta)) return;
  const kept = new Set(meta ? allManifests(meta) : []);
  const dead = [...new Set(manifests)].filter((id): id is string => id !== null && !kept.has(id));
  if (dead.length === 0) return;
  const packs = new Set(dead.flatMap((id) => readManifestPacks(store, dataset, id)));
  for (const id of kept) {
    if (packs.size === 0) break;
    if (id !== null) for (const pack of readManifestPacks(store, dataset, id)) packs.delete(pack);
  }
  let bytes = 0;
  for (const pack of packs) {
    bytes += packBytes(store, dataset, pack);
    rmSync(packPath(store, dataset, pack), { force: true });
  }
  for (const id of dead) rmSync(manifestPath(store, dataset, id), { force: true });
  if (bytes > 0) store.allocate(poolOf(dataset), -bytes);
}

/** All manifests that a dataset refers to, for {@link release} after it is gone; none when clones share them. */
export function manifestsOf(meta: DatasetMeta): (string | null)[] {
  return sharesBlocks(meta) ? [] : allManifests(meta);
}

function allManifests(meta: DatasetMeta): (string | null)[] {
  const versions = [...meta.snaps, ...meta.marks];
  return [meta.head, ...versions.map((version) => version.manifest ?? null)];
}
