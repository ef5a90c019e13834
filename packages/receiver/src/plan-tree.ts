import type { ConflictKind, DatasetDecision, Decision, OfferedDataset } from '@zfsync/protocol';
import {
  type DatasetName,
  InvalidNameError,
  isSnapshot,
  parentPath,
  type RelativePath,
  ReplicationError,
  type Zfs,
} from '@zfsync/zfs';
import { isReservedPath, targetName } from './buffer-dataset.ts';
import { decide, refusal } from './decide.ts';
import type { Inventory, TargetLocation } from './inventory.ts';
import { isParkable, type Surroundings } from './placement.ts';

/**
 * Decides for every dataset of the sender's tree. Changes nothing. A dataset for which that is impossible is refused
 * alone.
 *
 * @param surroundings asked for only when something is to be received anew
 * @throws {ReplicationError} TARGET_IN_SOURCE when the tree holds its own target.
 */
export async function planTree(
  zfs: Zfs,
  location: TargetLocation,
  offered: ReadonlyMap<RelativePath, OfferedDataset>,
  inventory: Inventory,
  surroundings: () => Promise<Surroundings>,
): Promise<Map<RelativePath, DatasetDecision>> {
  refuseOwnTarget(location, offered, inventory.inPlace.get('' as RelativePath)?.entry.guid);
  const decisions = new Map<RelativePath, DatasetDecision>();
  for (const [path, dataset] of offered) {
    const decision = await decideOne(zfs, location, dataset, offered, inventory);
    const parked = !inventory.inPlace.has(path) && inventory.parked.has(path);
    decisions.set(path, { path, decision, parked, afterParent: false });
  }
  refuseBelowForeign(location, inventory, decisions);
  if ([...decisions.values()].some(({ decision }) => decision.kind === 'full')) {
    const around = await surroundings();
    refuseOwnTarget(location, offered, around.ancestorGuid);
    for (const [path, planned] of decisions) {
      // These can neither be received in place now nor be parked.
      if (planned.decision.kind === 'full' && isParentMissing(path, inventory) && !isParkable(path, around)) {
        decisions.set(path, { ...planned, afterParent: true });
      }
    }
  }
  return decisions;
}

/** Conflicts that say: what is there is not the copy of this dataset. */
const FOREIGN: ReadonlySet<ConflictKind> = new Set<ConflictKind>([
  'no-common-version',
  'target-has-data',
  'target-not-replaceable',
  'type-mismatch',
]);

/** Nothing new is put below a dataset that belongs to somebody else: two trees would grow into each other. */
function refuseBelowForeign(
  location: TargetLocation,
  inventory: Inventory,
  decisions: Map<RelativePath, DatasetDecision>,
): void {
  for (const [path, planned] of decisions) {
    if (planned.decision.kind !== 'full') continue;
    for (let above = parentPath(path); above !== undefined; above = parentPath(above)) {
      const decision = decisions.get(above)?.decision;
      // A placeholder is of this tree, even where ZFS cannot receive onto it.
      if (inventory.inPlace.get(above)?.entry.placeholder === true) continue;
      if (decision?.kind !== 'conflict' || !FOREIGN.has(decision.conflict)) continue;
      const message = `not put below ${location.target}${above}, which is in conflict: it is not the copy of its parent`;
      decisions.set(path, { ...planned, decision: refusal('PARENT_IN_CONFLICT', 'operator', message) });
      break;
    }
  }
}

function isParentMissing(path: RelativePath, inventory: Inventory): boolean {
  const parent = parentPath(path);
  return parent !== undefined && !inventory.inPlace.has(parent);
}

/** A dataset's own guid is not replicated: where it is equal on both sides, it is the same dataset. */
function refuseOwnTarget(
  { target }: TargetLocation,
  offered: ReadonlyMap<RelativePath, OfferedDataset>,
  guid: bigint | undefined,
): void {
  for (const dataset of offered.values()) {
    if (dataset.guid !== guid) continue;
    throw new ReplicationError(
      `target ${target} lies within the tree that is sent (at ${dataset.path || 'its root'}): it would be sent into itself`,
      { code: 'TARGET_IN_SOURCE', retry: 'operator', context: { target } },
    );
  }
}

async function decideOne(
  zfs: Zfs,
  location: TargetLocation,
  dataset: OfferedDataset,
  offered: ReadonlyMap<RelativePath, OfferedDataset>,
  inventory: Inventory,
): Promise<Decision> {
  const { path } = dataset;
  if (isReservedPath(path)) {
    return refusal('NAME_RESERVED', 'operator', `${location.target}${path} is the name of a buffer dataset`);
  }
  try {
    targetName(location.target, path, versionNameBytes(dataset));
    const inPlace = inventory.inPlace.get(path);
    const adoptable = inPlace !== undefined && !inPlace.versions.some(isSnapshot) && dataset.versions.some(isSnapshot);
    const empty = adoptable && inPlace.entry.resumeToken === undefined && (await zfs.isEmpty(inPlace.entry.name));
    const endangered = adoptable ? endangeredBelow(path, offered, inventory) : [];
    return decide(dataset, { inPlace, parked: inventory.parked.get(path), empty, endangered });
  } catch (error) {
    if (error instanceof InvalidNameError) return refusal('NAME_TOO_LONG', 'operator', error.message);
    if (error instanceof ReplicationError) return refusal(error.code, error.retry, error.message);
    throw error;
  }
}

/**
 * `zfs receive -F` unmounts every mounted dataset below its target and leaves it unmounted, and all inherit the
 * `readonly` of the new one (seen on 2.1.11). So only what belongs to the tree may be there, unmounted.
 */
function endangeredBelow(
  path: RelativePath,
  offered: ReadonlyMap<RelativePath, OfferedDataset>,
  inventory: Inventory,
): DatasetName[] {
  const endangered: DatasetName[] = [];
  for (const [below, { entry }] of inventory.inPlace) {
    if (!below.startsWith(`${path}/`)) continue;
    const foreign = !offered.has(below) && !entry.placeholder;
    if (foreign || entry.mounted) endangered.push(entry.name);
  }
  return endangered;
}

/** Of the longest snapshot name: `target@snapshot` must stay within ZFS's limit. */
export function versionNameBytes(dataset: OfferedDataset): number {
  return dataset.versions.reduce((longest, { name }) => Math.max(longest, Buffer.byteLength(name)), 0);
}
