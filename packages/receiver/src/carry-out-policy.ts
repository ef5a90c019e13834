/**
 * A conflict's policy, carried out when the stream for its dataset begins. rollback gives up what was written after the
 * newest snapshot, and no snapshot.
 *
 * keep-both: the target's dataset is renamed aside and keeps all that it has. What lies below it
 * and is a good copy must not go along, or it would have to be sent anew: it is parked first, and promoted again when
 * its parent has arrived. Each rename is done or not done, so a crash in between is repaired by the next session, which
 * finds datasets parked and a target that is still in conflict, or gone.
 */
import type { BeginStream, Decision, OfferedDataset } from '@zfsync/protocol';
import {
  type DatasetName,
  type DatasetState,
  isSnapshot,
  pathDepth,
  type RelativePath,
  USER_PROPERTY,
  type Zfs,
} from '@zfsync/zfs';
import { isDigestName, parkedName } from './buffer-dataset.ts';
import { RefusedError } from './destination.ts';
import type { Holdings } from './holdings.ts';
import type { TargetLocation } from './inventory.ts';
import { versionNameBytes } from './plan-tree.ts';

export interface PolicyContext {
  readonly zfs: Zfs;
  readonly location: TargetLocation;
  readonly holdings: Holdings;
  /** Of the dataset, by the last listing. */
  readonly state: DatasetState | undefined;
  /** The datasets whose streams are under way. */
  readonly busy: ReadonlySet<RelativePath>;
  /** The dataset of the sender whose copy is parked before what is above it is set aside; see `parking.ts`. */
  parkedWhenAside(path: RelativePath): OfferedDataset | undefined;
  /** Makes the buffer dataset, if it is not there. */
  makeBuffer(): Promise<DatasetName>;
}

/** @throws {RefusedError} STREAM_BUSY when something below what is to be set aside is being received. */
export async function carryOutPolicy(context: PolicyContext, stream: BeginStream, decision: Decision): Promise<void> {
  const { zfs, location, holdings, state, busy } = context;
  const { path, from } = stream;
  if (decision.kind === 'full' && decision.aside !== undefined && from === undefined) {
    const under = [...busy].find((other) => other.startsWith(`${path}/`));
    if (under !== undefined) {
      const message = `${location.target}${path} cannot be set aside while ${under} below it is being received`;
      throw new RefusedError(message, { code: 'STREAM_BUSY', retry: 'backoff' });
    }
    await setAside(context, path, decision.aside);
  }
  if (isRolledBackFor(stream, decision)) {
    const existing = holdings.get(path);
    const snapshot = state?.versions.findLast(isSnapshot);
    if (existing !== undefined && snapshot !== undefined) await zfs.rollback(existing.name, snapshot.name);
  }
}

/** The first stream of the decision: what comes after it starts from what it has brought. */
function isRolledBackFor({ from, resume }: BeginStream, decision: Decision): boolean {
  if (decision.kind === 'resume') return decision.rollback && resume === decision.token;
  return decision.kind === 'incremental' && decision.rollback && from === decision.from;
}

/** @param aside the name that what is there for `path` gets */
async function setAside(context: PolicyContext, path: RelativePath, aside: DatasetName): Promise<void> {
  const { zfs, holdings } = context;
  const existing = holdings.inPlace.get(path) ?? holdings.arriving.get(path);
  // It went along with its parent, which was set aside before.
  if (existing === undefined) return;
  // Deepest first, as a rename takes along what is below.
  const below = [...holdings.inPlace.keys(), ...holdings.arriving.keys()].filter((at) => at.startsWith(`${path}/`));
  for (const at of below.sort((a, b) => pathDepth(b) - pathDepth(a))) {
    const offered = context.parkedWhenAside(at);
    const holding = holdings.inPlace.get(at) ?? holdings.arriving.get(at);
    if (offered !== undefined && holding !== undefined) await park(context, at, offered, holding.name);
  }
  await zfs.rename(existing.name, aside);
  holdings.movedAway(path);
}

async function park(
  context: PolicyContext,
  path: RelativePath,
  offered: OfferedDataset,
  name: DatasetName,
): Promise<void> {
  const { zfs, location, holdings } = context;
  const whole = `${location.asPath}${path}` as RelativePath;
  const parked = parkedName(await context.makeBuffer(), whole, versionNameBytes(offered));
  if (isDigestName(parked)) await zfs.setProperties(name, { [USER_PROPERTY.path]: whole });
  await zfs.rename(name, parked);
  holdings.parkedAgain(path, parked);
}
