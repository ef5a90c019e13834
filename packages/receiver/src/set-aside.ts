/**
 * The policy keep-both, carried out: the target's dataset is renamed aside and keeps all that it has. What lies below it
 * and is a good copy must not go along, or it would have to be sent anew: it is parked first, and promoted again when
 * its parent has arrived. Each rename is done or not done, so a crash in between is repaired by the next session, which
 * finds datasets parked and a target that is still in conflict, or gone.
 */
import type { OfferedDataset } from '@zfsync/protocol';
import { type DatasetName, pathDepth, type RelativePath, USER_PROPERTY, type Zfs } from '@zfsync/zfs';
import { isDigestName, parkedName } from './buffer-dataset.ts';
import type { Holdings } from './holdings.ts';
import type { TargetLocation } from './inventory.ts';
import { isParkable, type Surroundings } from './placement.ts';
import { versionNameBytes } from './plan-tree.ts';

export interface AsideContext {
  readonly zfs: Zfs;
  readonly location: TargetLocation;
  readonly holdings: Holdings;
  readonly around: Surroundings;
  /** The dataset of the sender, unless its own copy on the target is to be set aside too. */
  goodCopyOf(path: RelativePath): OfferedDataset | undefined;
  /** Makes the buffer dataset, if it is not there. */
  makeBuffer(): Promise<DatasetName>;
}

/** @param aside the name that what is there for `path` gets */
export async function setAside(context: AsideContext, path: RelativePath, aside: DatasetName): Promise<void> {
  const { zfs, holdings } = context;
  const existing = holdings.get(path);
  // It went along with its parent, which was set aside before.
  if (existing === undefined) return;
  await parkBelow(context, path);
  await zfs.rename(existing.name, aside);
  for (const below of [...holdings.inPlace.keys(), ...holdings.arriving.keys()]) {
    if (below !== path && !below.startsWith(`${path}/`)) continue;
    holdings.inPlace.delete(below);
    if (holdings.arriving.get(below)?.parked === false) holdings.arriving.delete(below);
  }
  holdings.parked.delete(path);
}

/** Deepest first, as a rename takes along what is below. */
async function parkBelow(context: AsideContext, path: RelativePath): Promise<void> {
  const { holdings } = context;
  const below = [...holdings.inPlace.keys()].filter((at) => at.startsWith(`${path}/`));
  for (const at of below.sort((a, b) => pathDepth(b) - pathDepth(a))) {
    const offered = context.goodCopyOf(at);
    const holding = holdings.inPlace.get(at);
    if (offered === undefined || holding === undefined || holdings.parked.has(at)) continue;
    // What cannot be parked goes along, and is planned to be received anew.
    if (holding.newest === undefined || !isParkable(at, context.around)) continue;
    await park(context, at, offered, holding.name);
  }
}

async function park(
  { zfs, location, holdings, makeBuffer }: AsideContext,
  path: RelativePath,
  offered: OfferedDataset,
  name: DatasetName,
): Promise<void> {
  const whole = `${location.asPath}${path}` as RelativePath;
  const parked = parkedName(await makeBuffer(), whole, versionNameBytes(offered));
  if (isDigestName(parked)) await zfs.setProperties(name, { [USER_PROPERTY.path]: whole });
  await zfs.rename(name, parked);
  holdings.parkedAgain(path, parked);
}
