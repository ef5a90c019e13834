/** The end of snapshots. */

import { guidsInUse } from '../activity.ts';
import { release } from '../content/space.ts';
import { poolOf } from '../names.ts';
import type { SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';

/** Why a snapshot cannot be destroyed; undefined when it can. */
export function isBusy(store: Store, dataset: Dataset, snapshot: SnapshotMeta): boolean {
  if ((snapshot.holds?.length ?? 0) > 0) return true;
  return guidsInUse(store, poolOf(dataset.name)).has(snapshot.guid);
}

/** Takes the snapshot out of the meta and lets its blocks go. Only under the lock of the pool. */
export function removeSnapshot(store: Store, dataset: Dataset, snapshot: SnapshotMeta): void {
  const { meta } = dataset;
  meta.snaps = meta.snaps.filter((candidate) => candidate !== snapshot);
  store.save(dataset);
  release(store, dataset.name, meta, [snapshot.manifest]);
}

/** The snapshots that `a,b`, `a%c`, `%c`, `a%` and `%` name, oldest first; names that are not there are left out. */
export function matchSnapshots(dataset: Dataset, spec: string): SnapshotMeta[] {
  const { snaps } = dataset.meta;
  const found = new Set<SnapshotMeta>();
  for (const part of spec.split(',')) {
    const percent = part.indexOf('%');
    const index = (name: string): number => snaps.findIndex((snapshot) => snapshot.name === name);
    if (percent < 0) {
      const snapshot = snaps[index(part)];
      if (snapshot) found.add(snapshot);
      continue;
    }
    const [first, last] = [part.slice(0, percent), part.slice(percent + 1)];
    const from = first === '' ? 0 : index(first);
    const to = last === '' ? snaps.length - 1 : index(last);
    if (from < 0 || to < 0) continue;
    for (const snapshot of snaps.slice(from, to + 1)) found.add(snapshot);
  }
  return snaps.filter((snapshot) => found.has(snapshot));
}
