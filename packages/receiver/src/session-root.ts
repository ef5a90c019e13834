/**
 * Whose a dataset of the target is. The root of each session is marked by {@link USER_PROPERTY}.root: where a session's
 * target holds the target of another one (`--as`, a receiver for several senders), what lies there is none of its business.
 */
import { type DatasetState, isSnapshot, parentPath, type RelativePath, USER_PROPERTY } from '@zfsync/zfs';
import type { OfferedDataset } from '@zfsync/protocol';

/** For the root of a session. */
export const ROOT_MARK = { [USER_PROPERTY.root]: 'on' };

export function* ancestorsOf(path: RelativePath): Generator<RelativePath, void, undefined> {
  for (let at = parentPath(path); at !== undefined; at = parentPath(at)) yield at;
}

/** It is, or lies below, the root of another session than the one that has `inPlace`. */
export function isOfOtherSession(path: RelativePath, inPlace: ReadonlyMap<RelativePath, DatasetState>): boolean {
  return [path, ...ancestorsOf(path)].some((at) => isOtherRoot(at, inPlace));
}

export function isOtherRoot(path: RelativePath, inPlace: ReadonlyMap<RelativePath, DatasetState>): boolean {
  return path !== '' && inPlace.get(path)?.entry.isSessionRoot === true;
}

/**
 * Whether the source is the one that the target was received from, as far as snapshots show it: something that is offered
 * has one in common with the target, and so has the root, if that is offered and the target's has snapshots at all.
 */
export function isKnownSource(
  offered: ReadonlyMap<RelativePath, Pick<OfferedDataset, 'versions'>>,
  targets: readonly ReadonlyMap<RelativePath, DatasetState>[],
): boolean {
  const snapshotsOf = (path: RelativePath) =>
    targets.flatMap((states) => (states.get(path)?.versions ?? []).filter(isSnapshot));
  const hasCommon = ([path, { versions }]: readonly [RelativePath, Pick<OfferedDataset, 'versions'>]) => {
    const snapshots = snapshotsOf(path);
    if (snapshots.length === 0) return false;
    const known = new Set(versions.map(({ guid }) => guid));
    return snapshots.some(({ guid }) => known.has(guid));
  };
  const path = '' as RelativePath;
  const root = offered.get(path);
  if (root !== undefined && snapshotsOf(path).length > 0) return hasCommon([path, root]);
  return [...offered].some(hasCommon);
}
