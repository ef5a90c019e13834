/**
 * What happens to the datasets below one that is set aside, as a pure function of the plan: a good copy is parked and
 * comes back; what cannot be parked goes along with the rename and has to be received anew.
 */
import type { DatasetDecision } from '@zfsync/protocol';
import { parentPath, type RelativePath } from '@zfsync/zfs';
import type { Inventory } from './inventory.ts';
import type { RoomLimits } from './limits.ts';
import { isParkable, type Surroundings } from './placement.ts';

type Decisions = ReadonlyMap<RelativePath, DatasetDecision>;

/** The policy keep-both will rename it. */
export function isSetAside(path: RelativePath, decisions: Decisions): boolean {
  const decision = decisions.get(path)?.decision;
  return decision?.kind === 'full' && decision.aside !== undefined;
}

export function isBelowAside(path: RelativePath, decisions: Decisions): boolean {
  for (let above = parentPath(path); above !== undefined; above = parentPath(above)) {
    if (isSetAside(above, decisions)) return true;
  }
  return false;
}

/**
 * The datasets below such that are parked. One whose rename would take along something that is not parked is not parked
 * either, placeholders aside: they can be made again.
 */
export function parkedWhenAside(
  inventory: Inventory,
  decisions: Decisions,
  around: Surroundings,
  limits: RoomLimits,
): Set<RelativePath> {
  const parked = new Set<RelativePath>();
  const left = new Set<RelativePath>();
  const below = [...inventory.inPlace].filter(([path]) => isBelowAside(path, decisions));
  // Deepest first: children come before their parents.
  for (const [path, { entry }] of below.sort(([a], [b]) => b.split('/').length - a.split('/').length)) {
    if (entry.placeholder) continue;
    const good = decisions.has(path) && !isSetAside(path, decisions) && !inventory.parked.has(path);
    const takesAlong = [...left].some((at) => at.startsWith(`${path}/`));
    if (good && !takesAlong && isParkable(path, around) && limits.above(path) === undefined) parked.add(path);
    else left.add(path);
  }
  return parked;
}
