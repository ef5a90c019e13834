/** Whether, and where to, the policy keep-both can rename what is in the way of a dataset. */
import { InvalidNameError, joinDatasetName, parentDataset, parseDatasetName, type RelativePath } from '@zfsync/zfs';
import type { OfferedDataset } from '@zfsync/protocol';
import { targetName } from './buffer-dataset.ts';
import type { Inventory, TargetLocation } from './inventory.ts';
import type { Aside } from './policy.ts';

export interface AsideContext {
  readonly location: TargetLocation;
  readonly offered: ReadonlyMap<RelativePath, OfferedDataset>;
  readonly inventory: Inventory;
  /** When the session began: part of the name. */
  readonly since: Date;
}

/** Where keep-both renames the target of a path to: beside it, with everything below it that is not parked before. */
export function asideOf({ location, offered, inventory, since }: AsideContext, path: RelativePath): Aside {
  const target = joinDatasetName(location.target, path);
  if (parentDataset(target) === undefined) return { hindrance: `${target} is a pool's root, which cannot be renamed` };
  if (!inventory.inPlace.has(path)) return { hindrance: 'it is still parked; its parent has to arrive first' };
  const stamp = since
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  let longest = 0;
  for (const [below, { entry, versions }] of inventory.inPlace) {
    if (below !== path && !below.startsWith(`${path}/`)) continue;
    if (below !== path && !offered.has(below) && !entry.placeholder && !isFormerCopy(below, offered)) {
      return { hindrance: `${entry.name} lies below it and does not belong to the tree` };
    }
    const bytes = versions.reduce((most, { name }) => Math.max(most, Buffer.byteLength(name)), 0);
    longest = Math.max(longest, Buffer.byteLength(below) - Buffer.byteLength(path) + bytes);
  }
  try {
    return { name: targetName(parseDatasetName(`${target}.diverged-${stamp}`), '' as RelativePath, longest) };
  } catch (error) {
    if (error instanceof InvalidNameError) return { hindrance: error.message };
    throw error;
  }
}

/** It, or what it lies below, was set aside before: it belongs to the tree as much as its successor. */
function isFormerCopy(path: RelativePath, offered: ReadonlyMap<RelativePath, OfferedDataset>): boolean {
  const base = /^(.*?)\.diverged-\d{8}T\d{6}Z(\/|$)/.exec(path)?.[1];
  return base !== undefined && offered.has(base as RelativePath);
}
