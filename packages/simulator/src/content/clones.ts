/** Which datasets are clones of which snapshots: known to the snapshot by the dataset's guid, and the other way round. */
import { poolOf } from '../names.ts';
import type { DatasetMeta, SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';

export interface Origin {
  readonly dataset: Dataset;
  readonly snapshot: SnapshotMeta;
}

/** The snapshot that a dataset is a clone of. Others of the pool may have the same guid, when they were received. */
export function originOf(store: Store, name: string, { guid, origin }: DatasetMeta): Origin | undefined {
  if (origin === undefined) return undefined;
  for (const each of store.descendants(poolOf(name))) {
    const dataset = store.read(each);
    const snapshot = dataset?.meta.snaps.find((one) => one.guid === origin && one.clones?.includes(guid) === true);
    if (dataset && snapshot) return { dataset, snapshot };
  }
  return undefined;
}

/** Only under the lock of the pool. */
export function addClone(store: Store, { dataset, snapshot }: Origin, clone: string): void {
  snapshot.clones = [...(snapshot.clones ?? []), clone];
  store.save(dataset);
}

/** The dataset goes. Only under the lock of the pool. */
export function forgetClone(store: Store, name: string, meta: DatasetMeta): void {
  const origin = originOf(store, name, meta);
  if (!origin) return;
  const { dataset, snapshot } = origin;
  snapshot.clones = (snapshot.clones ?? []).filter((clone) => clone !== meta.guid);
  if (snapshot.clones.length === 0) delete snapshot.clones;
  store.save(dataset);
}
