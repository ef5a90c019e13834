import {
  compareVersions,
  type DatasetEntry,
  type DatasetName,
  type DatasetState,
  type Version,
} from './model/index.ts';
import type { Zfs } from './zfs.ts';

/**
 * Every dataset at or below `root` with its versions, oldest first: the datasets and the versions are listed side by
 * side, by a constant number of processes.
 *
 * @throws {ZfsError} only when both listings have ended: no process outlives its caller.
 */
export async function listTree(zfs: Zfs, root: DatasetName, signal: AbortSignal): Promise<DatasetState[]> {
  const entries: DatasetEntry[] = [];
  const versions = new Map<DatasetName, Version[]>();
  const listDatasets = async () => {
    for await (const entry of zfs.listDatasets(root, { signal })) entries.push(entry);
  };
  const listVersions = async () => {
    for await (const { dataset, version } of zfs.listVersions(root, { signal })) {
      const known = versions.get(dataset);
      if (known === undefined) versions.set(dataset, [version]);
      else known.push(version);
    }
  };
  for (const result of await Promise.allSettled([listDatasets(), listVersions()])) {
    if (result.status === 'rejected') throw result.reason;
  }
  return entries.map((entry) => ({ entry, versions: (versions.get(entry.name) ?? []).sort(compareVersions) }));
}
