import type { ConflictKind, DatasetDecision, Decision, OfferedDataset, StreamFlags } from '@zfsync/protocol';
import {
  type DatasetName,
  InvalidNameError,
  isSnapshot,
  parentPath,
  type RelativePath,
  ReplicationError,
  type Zfs,
} from '@zfsync/zfs';
import { asideOf } from './aside.ts';
import { isReservedPath, targetName } from './buffer-dataset.ts';
import { decide, fullOf, refusal, type Verdict } from './decide.ts';
import { type Inventory, isArriving, type TargetLocation } from './inventory.ts';
import { limitHindrance, NO_LIMITS, type RoomLimits } from './limits.ts';
import { planClones } from './plan-clones.ts';
import { isBelowAside, isSetAside, parkedWhenAside } from './parking.ts';
import { expectedRoot, isParkable, type Surroundings } from './placement.ts';
import { applyPolicy, type ConflictPolicy } from './policy.ts';
import { flagsOfTarget, parseStreamFlags } from './stream-flags.ts';

/** All that a plan depends on. */
export interface PlanContext {
  readonly zfs: Zfs;
  readonly location: TargetLocation;
  readonly offered: ReadonlyMap<RelativePath, OfferedDataset>;
  readonly inventory: Inventory;
  readonly policy: ConflictPolicy;
  /** Nothing is replaced, not even what is empty. */
  readonly appendOnly: boolean;
  /** What ZFS has said of streams of this session. */
  readonly verdicts: ReadonlyMap<RelativePath, Verdict>;
  /** When the session began: part of the names of datasets that are set aside. */
  readonly since: Date;
  /** What is asked only when something is to be received. */
  surroundings(): Promise<Surroundings>;
  /** What is asked only when something is to be parked or set aside. */
  limits(): Promise<RoomLimits>;
  /** Told of what is a clone at the source and is received in full. */
  onNoClone(path: RelativePath, why: string): void;
}

type Decisions = Map<RelativePath, DatasetDecision>;

/**
 * Decides for every dataset of the sender's tree. Changes nothing. A dataset for which that is impossible is refused
 * alone.
 *
 * @throws {ReplicationError} TARGET_IN_SOURCE when the tree holds its own target.
 */
export async function planTree(context: PlanContext): Promise<Decisions> {
  const { offered, inventory } = context;
  refuseOwnTarget(context, inventory.inPlace.get('' as RelativePath)?.entry.guid);
  const decisions: Decisions = new Map();
  for (const dataset of offered.values()) decisions.set(dataset.path, await planned(context, dataset));
  await keepWithinLimits(context, decisions, [...decisions.keys()]);
  refuseBelowForeign(context, decisions, decisions.keys());
  await planClones(context, decisions, [...decisions.keys()]);
  await order(context, decisions, decisions.keys());
  return decisions;
}

/** Decides once more on one dataset, whose state in `context` was refreshed, and puts that into `decisions`. */
export async function replanOne(
  context: PlanContext,
  dataset: OfferedDataset,
  decisions: Decisions,
): Promise<DatasetDecision> {
  const { path } = dataset;
  const decision = await planned(context, dataset);
  decisions.set(path, decision);
  await keepWithinLimits(context, decisions, [path]);
  refuseBelowForeign(context, decisions, [path]);
  await planClones(context, decisions, [path]);
  await order(context, decisions, [path]);
  if (isSetAside(path, decisions)) await refuseAsideAlone(context, decision, decisions);
  return decisions.get(path) ?? decision;
}

/**
 * The others have their decisions already: what would have to be received anew, as it goes along, must not go along
 * unseen. The next run plans it with the whole tree.
 */
async function refuseAsideAlone(context: PlanContext, one: DatasetDecision, decisions: Decisions): Promise<void> {
  const { inventory, offered, location } = context;
  const parks = parkedWhenAside(inventory, decisions, await context.surroundings(), await context.limits());
  const lost = [...inventory.inPlace.keys()].find(
    (at) => at.startsWith(`${one.path}/`) && offered.has(at) && !parks.has(at) && !isSetAside(at, decisions),
  );
  if (lost === undefined || inventory.inPlace.get(lost)?.entry.placeholder === true) return;
  const message = `${location.target}${one.path} cannot be set aside now: ${location.target}${lost} below it would go along`;
  decisions.set(one.path, { ...one, decision: refusal('ASIDE_HINDERED', 'operator', message) });
}

/** @param hindrance why what is there is not set aside */
async function planned(context: PlanContext, dataset: OfferedDataset, hindrance?: string): Promise<DatasetDecision> {
  const { path } = dataset;
  const { inPlace, parked } = context.inventory;
  const decision = applyPolicy(context.policy, dataset, await decideOne(context, dataset), () =>
    hindrance === undefined ? asideOf(context, path) : { hindrance },
  );
  const available = nearest(context, path)?.entry.available ?? 0n;
  return {
    path,
    decision,
    parked: !inPlace.has(path) && parked.has(path),
    afterParent: false,
    after: undefined,
    renameFrom: undefined,
    available,
    flags: flagsOf(context, dataset, decision),
  };
}

/** Absent where the stream itself decides: for what is new, and for a partial receive that remembers nothing. */
function flagsOf(
  { inventory, verdicts }: PlanContext,
  dataset: OfferedDataset,
  { kind }: Decision,
): StreamFlags | undefined {
  const state = inventory.inPlace.get(dataset.path) ?? inventory.parked.get(dataset.path);
  if (state === undefined || (kind !== 'incremental' && kind !== 'resume')) return undefined;
  if (kind === 'resume' && parseStreamFlags(state.entry.zfsyncStream) === undefined) return undefined;
  return flagsOfTarget(dataset, state.entry, verdicts.get(dataset.path) === 'large-blocks-required');
}

/** What there is of the path, or of the nearest one above it. */
function nearest({ inventory }: PlanContext, path: RelativePath) {
  for (let at: RelativePath | undefined = path; at !== undefined; at = parentPath(at)) {
    const state = inventory.inPlace.get(at) ?? inventory.parked.get(at);
    if (state !== undefined) return state;
  }
  return undefined;
}

/**
 * Where a limit would not count any more for what keep-both renames, the conflict stays. Which children are parked depends on
 * what else is set aside: so again, until nothing changes.
 */
async function keepWithinLimits(
  context: PlanContext,
  decisions: Decisions,
  paths: readonly RelativePath[],
): Promise<void> {
  let aside = paths.filter((path) => isSetAside(path, decisions));
  if (aside.length === 0) return;
  const [around, limits] = [await context.surroundings(), await context.limits()];
  for (let before = aside.length + 1; aside.length < before; ) {
    before = aside.length;
    const parks = parkedWhenAside(context.inventory, decisions, around, NO_LIMITS);
    for (const path of aside) {
      const hindrance = limitHindrance(path, limits, parks);
      const dataset = context.offered.get(path);
      if (hindrance === undefined || dataset === undefined) continue;
      decisions.set(path, await planned(context, dataset, hindrance));
    }
    aside = aside.filter((path) => isSetAside(path, decisions));
  }
}

/** Which of `paths` have to wait for their parent, and the room for what is new; once all decisions are known. */
async function order(context: PlanContext, decisions: Decisions, paths: Iterable<RelativePath>): Promise<void> {
  const { inventory } = context;
  const anyNew = [...decisions.values()].some(({ decision }) => isNewDataset(decision));
  const anyOrphan = [...decisions].some(([path, one]) => receives(one) && isOrphan(path, one, inventory));
  if (!anyNew && !anyOrphan) return;
  const around = await context.surroundings();
  refuseOwnTarget(context, around.ancestorGuid);
  const anyAside = [...decisions.keys()].some((path) => isSetAside(path, decisions));
  const limits = anyAside || anyOrphan ? await context.limits() : NO_LIMITS;
  const parks = anyAside ? parkedWhenAside(inventory, decisions, around, limits) : new Set<RelativePath>();
  for (const path of paths) {
    const one = decisions.get(path);
    const dataset = context.offered.get(path);
    if (one === undefined || dataset === undefined) continue;
    if (one.decision.kind === 'conflict' || one.decision.kind === 'refused') continue;
    const belowAside = anyAside && isBelowAside(path, decisions);
    const lost = belowAside && inventory.inPlace.has(path) && !parks.has(path) && !isSetAside(path, decisions);
    const decision = lost ? fullOf(dataset, { adopt: false, aside: undefined }) : one.decision;
    const isNew = isNewDataset(decision);
    const beyond = limits.above(path) !== undefined || (isNew && !isParkable(path, around));
    const mustWait = beyond && isOrphan(path, { ...one, decision }, inventory);
    // What is set aside leaves its quota behind.
    const place = isNew && inventory.inPlace.has(path) ? parentPath(path) : path;
    const room = place === undefined ? undefined : nearest(context, place)?.entry.available;
    const available = room ?? around.ancestorAvailable;
    const flags = decision.kind === 'full' ? flagsOfNew(dataset, around) : one.flags;
    decisions.set(path, { ...one, decision, flags, afterParent: mustWait || belowAside, available });
  }
}

/** As offered, but for `-e`, which nothing that is encrypted takes. */
function flagsOfNew(dataset: OfferedDataset, around: Surroundings): StreamFlags | undefined {
  if (!dataset.embedded || expectedRoot(dataset.path, around) === undefined) return undefined;
  const { raw, largeBlocks, compressed } = dataset;
  return { raw, largeBlocks, compressed, embedded: false };
}

/** Conflicts that say: what is there is not the copy of this dataset. */
const FOREIGN: ReadonlySet<ConflictKind> = new Set<ConflictKind>([
  'no-common-version',
  'target-has-data',
  'target-not-replaceable',
  'type-mismatch',
]);

/** Nothing new is put below a dataset that belongs to somebody else: two trees would grow into each other. */
function refuseBelowForeign(context: PlanContext, decisions: Decisions, paths: Iterable<RelativePath>): void {
  const { location, inventory } = context;
  for (const path of paths) {
    const one = decisions.get(path);
    if (one?.decision.kind !== 'full') continue;
    for (let above = parentPath(path); above !== undefined; above = parentPath(above)) {
      const decision = decisions.get(above)?.decision;
      // A placeholder is of this tree, even where ZFS cannot receive onto it.
      if (inventory.inPlace.get(above)?.entry.placeholder === true) continue;
      if (decision?.kind !== 'conflict' || !FOREIGN.has(decision.conflict)) continue;
      const message = `not put below ${location.target}${above}, which is in conflict: it is not the copy of its parent`;
      decisions.set(path, { ...one, decision: refusal('PARENT_IN_CONFLICT', 'operator', message) });
      break;
    }
  }
}

function receives({ decision: { kind } }: DatasetDecision): boolean {
  return kind === 'full' || kind === 'clone' || kind === 'incremental' || kind === 'resume';
}

function isNewDataset({ kind }: Decision): boolean {
  return kind === 'full' || kind === 'clone';
}

/** It would be received into the buffer dataset if it came now. */
function isOrphan(path: RelativePath, { decision, parked }: DatasetDecision, inventory: Inventory): boolean {
  return (isNewDataset(decision) || parked) && isParentMissing(path, inventory);
}

function isParentMissing(path: RelativePath, inventory: Inventory): boolean {
  const parent = parentPath(path);
  if (parent === undefined) return false;
  const state = inventory.inPlace.get(parent);
  return state === undefined || isArriving(state);
}

/** A dataset's own guid is not replicated: where it is equal on both sides, it is the same dataset. */
function refuseOwnTarget({ location: { target }, offered }: PlanContext, guid: bigint | undefined): void {
  for (const dataset of offered.values()) {
    if (dataset.guid !== guid) continue;
    throw new ReplicationError(
      `target ${target} lies within the tree that is sent (at ${dataset.path || 'its root'}): it would be sent into itself`,
      { code: 'TARGET_IN_SOURCE', retry: 'operator', context: { target } },
    );
  }
}

async function decideOne(context: PlanContext, dataset: OfferedDataset): Promise<Decision> {
  const { zfs, location, inventory, verdicts, policy, appendOnly } = context;
  const { path } = dataset;
  if (isReservedPath(path)) {
    return refusal('NAME_RESERVED', 'operator', `${location.target}${path} is the name of a buffer dataset`);
  }
  try {
    targetName(location.target, path, versionNameBytes(dataset));
    const inPlace = inventory.inPlace.get(path);
    const adoptable = inPlace !== undefined && !inPlace.versions.some(isSnapshot) && dataset.versions.some(isSnapshot);
    const replaceable = adoptable && !appendOnly && inPlace.entry.resumeToken === undefined;
    const empty = replaceable && (await zfs.isEmpty(inPlace.entry.name));
    const endangered = adoptable ? endangeredBelow(path, context) : [];
    const parked = inventory.parked.get(path);
    const giveUpChanges = policy === 'rollback';
    const verdict = verdicts.get(path);
    return decide(dataset, { inPlace, parked, empty, endangered, verdict, appendOnly, giveUpChanges });
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
function endangeredBelow(path: RelativePath, { offered, inventory }: PlanContext): DatasetName[] {
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
