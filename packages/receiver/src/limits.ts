/**
 * Limits on the room of a target. What lies in the buffer dataset, or is renamed aside, counts for nobody's quota. So
 * where the operator has set one, nothing leaves it: what is new comes after its parent, and nothing is set aside.
 */
import {
  type DatasetName,
  joinDatasetName,
  parentDataset,
  type RelativePath,
  relativePath,
  type Zfs,
} from '@zfsync/zfs';
import type { Inventory, TargetLocation } from './inventory.ts';

/** What a limit is set on, and which. */
export interface RoomLimit {
  readonly dataset: DatasetName;
  readonly property: string;
}

export interface RoomLimits {
  /** The limit of the dataset itself. */
  on(path: RelativePath): RoomLimit | undefined;
  /** The nearest limit above the dataset: what leaves its place would not count for it any more. */
  above(path: RelativePath): RoomLimit | undefined;
}

export const NO_LIMITS: RoomLimits = { on: () => undefined, above: () => undefined };

/** `refquota` is none: it counts nothing that lies below its dataset. */
const LIMITS = ['quota', 'filesystem_limit', 'snapshot_limit'] as const;

/** With `zfs get -p`: `UINT64_MAX` up to 2.1, `none` later; a quota of 0 is none, a limit of 0 is one. */
const NO_LIMIT: ReadonlySet<string> = new Set(['', '-', 'none', '18446744073709551615']);

function limitIn(values: ReadonlyMap<string, string>): string | undefined {
  return LIMITS.find((name) => {
    const value = values.get(name) ?? '';
    return !NO_LIMIT.has(value) && !(name === 'quota' && value === '0');
  });
}

/**
 * Reads them: one process for the target and all below it, one for each dataset above it up to TARGET. What is above TARGET
 * comprises the buffer dataset; for a pool's root, within which that lies, TARGET does.
 *
 * @param ancestor the nearest dataset above the target that exists
 */
export async function loadLimits(
  zfs: Zfs,
  { root, target }: TargetLocation,
  { inPlace }: Pick<Inventory, 'inPlace'>,
  ancestor: DatasetName,
  signal: AbortSignal,
): Promise<RoomLimits> {
  const bufferIsInside = parentDataset(root) === undefined;
  const limits = new Map<DatasetName, RoomLimit>();
  const add = (dataset: DatasetName, values: ReadonlyMap<string, string>) => {
    const property = bufferIsInside && dataset === root ? undefined : limitIn(values);
    if (property !== undefined) limits.set(dataset, { dataset, property });
  };
  let at: DatasetName | undefined = target === root ? undefined : ancestor;
  for (; at !== undefined && relativePath(root, at) !== undefined; at = parentDataset(at)) {
    if (!(bufferIsInside && at === root)) add(at, await zfs.getProperties(at, LIMITS));
  }
  if (inPlace.size > 0) {
    for (const [dataset, values] of await zfs.listProperties(target, LIMITS, { signal })) add(dataset, values);
  }
  const on = (dataset: DatasetName | undefined): RoomLimit | undefined => dataset && limits.get(dataset);
  const atOrAbove = (dataset: DatasetName | undefined): RoomLimit | undefined =>
    dataset === undefined || relativePath(root, dataset) === undefined
      ? undefined
      : (on(dataset) ?? atOrAbove(parentDataset(dataset)));
  return limits.size === 0
    ? NO_LIMITS
    : {
        on: (path) => on(joinDatasetName(target, path)),
        above: (path) => atOrAbove(parentDataset(joinDatasetName(target, path))),
      };
}

/** Why what is there for `path` cannot be set aside. @param parks what would be parked before that */
export function limitHindrance(
  path: RelativePath,
  limits: RoomLimits,
  parks: ReadonlySet<RelativePath>,
): string | undefined {
  const own = limits.on(path);
  if (own !== undefined) {
    return `${own.dataset} has a ${own.property}, which what is set aside would not count for; rename it away yourself, or set ${own.property}=none meanwhile`;
  }
  for (const below of parks) {
    const limit = below.startsWith(`${path}/`) ? limits.above(below) : undefined;
    if (limit === undefined) continue;
    return `${limit.dataset} has a ${limit.property}, and ${below} below it would be parked, where it would not count for that; rename it away yourself, or set ${limit.property}=none meanwhile`;
  }
  return undefined;
}
