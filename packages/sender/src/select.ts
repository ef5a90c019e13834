/** Which datasets of the tree, and which of their snapshots, are meant: pure. */
import type { GlobMatcher } from '@zfsync/retention';
import type { DatasetEntry, DatasetName, RelativePath, Snapshot } from '@zfsync/zfs';
import { pathDepth, USER_PROPERTY } from '@zfsync/zfs';

/** Of the datasets. A pattern is matched against the path below DATASET, without a leading slash; DATASET itself is ".". */
export interface Selection {
  /** Undefined = all. A dataset counts with all that is below it. */
  readonly include: GlobMatcher | undefined;
  /** With all that is below it; it wins over `include`. */
  readonly exclude: GlobMatcher | undefined;
  /** Levels below DATASET; 0 = it alone, undefined = all. */
  readonly depth: number | undefined;
}

/** A dataset that is there and is not meant. */
export interface LeftOut {
  readonly path: RelativePath;
  readonly dataset: DatasetName;
  /** For people, such as `--exclude "tmp/**"`. */
  readonly why: string;
}

/** Of the snapshots of each dataset. */
export interface SnapshotFilter {
  /** By name; undefined = all. */
  readonly include: GlobMatcher | undefined;
  readonly exclude: GlobMatcher | undefined;
  /** Milliseconds since they were taken. */
  readonly newerThanMs: number | undefined;
  readonly olderThanMs: number | undefined;
}

export const SELECT_ALL: Selection = { include: undefined, exclude: undefined, depth: undefined };
export const ALL_SNAPSHOTS: SnapshotFilter = {
  include: undefined,
  exclude: undefined,
  newerThanMs: undefined,
  olderThanMs: undefined,
};

/** Undefined when the dataset is meant; else why it is not. */
export function whyLeftOut(
  { include, exclude, depth }: Selection,
  path: RelativePath,
  { zfsyncSend }: Pick<DatasetEntry, 'zfsyncSend'>,
): string | undefined {
  if (depth !== undefined && pathDepth(path) > depth) return `below --depth ${depth}`;
  const excluded = exclude && nearest(exclude, path);
  if (excluded !== undefined) return `--exclude "${excluded}"`;
  if (include !== undefined && nearest(include, path) === undefined) return 'no --include matches it';
  return zfsyncSend === 'false' ? `${USER_PROPERTY.send}=false` : undefined;
}

/** Neither true nor false: somebody meant something by it. */
export function oddSendProperty({ name, zfsyncSend }: Pick<DatasetEntry, 'name' | 'zfsyncSend'>): string | undefined {
  if (zfsyncSend === undefined || zfsyncSend === 'true' || zfsyncSend === 'false') return undefined;
  return `${name}: ${USER_PROPERTY.send} is ${JSON.stringify(zfsyncSend)}, which is neither true nor false: it is sent`;
}

/** @returns what to warn of: a pattern that matches nothing was most likely meant otherwise. */
export function idlePatterns(
  { include, exclude }: Selection,
  root: DatasetName,
  paths: readonly RelativePath[],
): readonly string[] {
  const texts = paths.map((path) => (path === '' ? '.' : path.slice(1)));
  const of = (flag: string, matcher: GlobMatcher | undefined) =>
    (matcher?.idle(texts) ?? []).map(
      (pattern) => `${flag} "${pattern}" matches no dataset; patterns are matched against the path below ${root}`,
    );
  return [...of('--include', include), ...of('--exclude', exclude)];
}

/** The pattern that matches the dataset or one above it. */
function nearest(matcher: GlobMatcher, path: RelativePath): string | undefined {
  const components = path.split('/').slice(1);
  const ofAll = matcher('.');
  for (let length = 1; length <= components.length; length += 1) {
    const found = matcher(components.slice(0, length).join('/'));
    if (found !== undefined) return found;
  }
  return ofAll;
}

/** @param now milliseconds since the epoch */
export function isMeantSnapshot(
  filter: SnapshotFilter,
  { name, creation }: Pick<Snapshot, 'name' | 'creation'>,
  now: number,
): boolean {
  const age = now - Number(creation) * 1000;
  if (filter.newerThanMs !== undefined && age >= filter.newerThanMs) return false;
  if (filter.olderThanMs !== undefined && age < filter.olderThanMs) return false;
  if (filter.exclude?.(name) !== undefined) return false;
  return filter.include === undefined || filter.include(name) !== undefined;
}
