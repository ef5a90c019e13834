/** Opening what a command names, with the refusals of `zfs_open`. */
import { nameProblem, splitName } from './names.ts';
import type { Target } from './properties/lookup.ts';
import { bookmarkTarget, datasetTarget, snapshotTarget } from './properties/lookup.ts';
import type { ObjectKind } from './properties/table.ts';
import type { Dataset, Store } from './store/store.ts';

export type Kinds = ReadonlySet<ObjectKind>;

export const FILESYSTEM: Kinds = new Set<ObjectKind>(['filesystem']);
export const DATASETS: Kinds = new Set<ObjectKind>(['filesystem', 'volume']);
export const SNAPSHOTS: Kinds = new Set<ObjectKind>(['snapshot']);
export const WITH_SNAPSHOTS: Kinds = new Set<ObjectKind>(['filesystem', 'volume', 'snapshot']);
export const EVERYTHING: Kinds = new Set<ObjectKind>(['filesystem', 'volume', 'snapshot', 'bookmark']);

const MISSING = 'dataset does not exist';
const WRONG_TYPE = 'operation not applicable to datasets of this type';

/** The target, or in the words of zfs(8) why not. */
export function findTarget(store: Store, name: string, kinds: Kinds): Target | string {
  const problem = nameProblem(name, { snapshot: kinds.has('snapshot'), bookmark: kinds.has('bookmark') });
  if (problem !== undefined) return problem;
  const { dataset: datasetName, delimiter, version } = splitName(name);
  const dataset = store.find(datasetName);
  if (!dataset) return MISSING;
  if (delimiter === '@') {
    const snapshot = dataset.meta.snaps.find((candidate) => candidate.name === version);
    return snapshot ? snapshotTarget(dataset, snapshot) : MISSING;
  }
  if (delimiter === '#') {
    const bookmark = dataset.meta.marks.find((candidate) => candidate.name === version);
    return bookmark ? bookmarkTarget(dataset, bookmark) : MISSING;
  }
  return kinds.has(dataset.meta.type) ? datasetTarget(dataset) : WRONG_TYPE;
}

/** Says why it cannot be opened and returns undefined. */
export function tryOpen(store: Store, name: string, kinds: Kinds): Target | undefined {
  const found = findTarget(store, name, kinds);
  if (typeof found !== 'string') return found;
  store.context.err(`cannot open '${name}': ${found}\n`);
  return undefined;
}

/** Ends the run with exit code 1 when it cannot be opened. */
export function open(store: Store, name: string, kinds: Kinds): Target {
  const found = findTarget(store, name, kinds);
  if (typeof found === 'string') return store.context.fail(`cannot open '${name}': ${found}`);
  return found;
}

export function openDataset(store: Store, name: string, kinds: Kinds = DATASETS): Dataset {
  return open(store, name, kinds).dataset;
}
