import {
  compareVersions,
  type DatasetEntry,
  type DatasetName,
  type DatasetState,
  type Version,
  type VersionName,
} from './model/index.ts';
import type { Zfs } from './zfs.ts';

interface Known {
  readonly versions: Version[];
  readonly held: Set<VersionName>;
}

/**
 * Every dataset at or below `root` with its versions, oldest first: the datasets and the versions are listed side by
 * side, by a constant number of processes.
 *
 * @param depth levels below `root`; absent = all
 * @throws {ZfsError} only when both listings have ended: no process outlives its caller.
 */
export async function listTree(
  zfs: Zfs,
  root: DatasetName,
  signal: AbortSignal,
  depth?: number,
): Promise<DatasetState[]> {
  const options = { signal, ...(depth !== undefined && { depth }) };
  const entries: DatasetEntry[] = [];
  const known = new Map<DatasetName, Known>();
  const listDatasets = async () => {
    for await (const entry of zfs.listDatasets(root, options)) entries.push(entry);
  };
  const listVersions = async () => {
    for await (const { dataset, version, held } of zfs.listVersions(root, options)) {
      let state = known.get(dataset);
      if (state === undefined) known.set(dataset, (state = { versions: [], held: new Set() }));
      state.versions.push(version);
      if (held) state.held.add(version.name);
    }
  };
  for (const result of await Promise.allSettled([listDatasets(), listVersions()])) {
    if (result.status === 'rejected') throw result.reason;
  }
  return entries.map((entry) => {
    const { versions, held } = known.get(entry.name) ?? { versions: [], held: new Set<VersionName>() };
    return { entry, versions: versions.sort(compareVersions), held };
  });
}
