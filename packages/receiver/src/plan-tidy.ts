/**
 * Which snapshots may go of a target, as pure functions of what is there, what the sender offers and what the operator has
 * settled. Whatever the policies say, these stay: the newest snapshot, the newest that the source has too, what somebody
 * holds, what something else is a clone of, what a further target has in common with this one or has not got yet; and all of
 * a dataset that is in conflict, or whose stream failed.
 */
import type { OfferedDataset } from '@zfsync/protocol';
import { type DatedSnapshot, inOrder, retain, targetOfCursor } from '@zfsync/retention';
import {
  type DatasetState,
  isBookmark,
  isSnapshot,
  type RelativePath,
  type Snapshot,
  type VersionName,
} from '@zfsync/zfs';
import { isReservedPath } from './buffer-dataset.ts';
import { ancestorsOf, isOfOtherSession } from './session-root.ts';
import type { TargetRetention } from './tidy-policy.ts';
import { guidsOf, isFormerDataset, isReceived, type TidySituation } from './tidy-situation.ts';

/** The snapshots of one dataset that retention has an end of, oldest first. */
export function prunable(
  situation: TidySituation,
  path: RelativePath,
  retention: TargetRetention,
): readonly VersionName[] {
  const state = situation.inPlace.get(path);
  if (state === undefined || !isTidied(situation, path, state)) return [];
  const stays = protectedIn(situation, path, state);
  return retained(state, retention, situation.now)
    .prune.filter((snapshot) => !stays(snapshot))
    .map(({ name }) => name);
}

/**
 * The snapshots of one offered dataset that the source has no more, oldest first. Not those that are subject to retention:
 * that alone decides on them.
 *
 * @param known what the source has, of whichever dataset: `zfs promote` hands snapshots on to another one
 */
export function vanishedSnapshots(
  situation: TidySituation,
  path: RelativePath,
  retention: TargetRetention | undefined,
  known = guidsOf(situation.offered.values()),
): readonly VersionName[] {
  const state = situation.inPlace.get(path);
  const offered = situation.offered.get(path);
  if (state === undefined || offered === undefined || !isTidied(situation, path, state)) return [];
  const kind = situation.decisions.get(path)?.decision.kind;
  if (kind !== 'up-to-date' && !situation.arrived.has(path)) return [];
  const common = newestCommon(state, offered);
  if (common === undefined) return [];
  const stays = protectedIn(situation, path, state);
  const kept = retention === undefined ? new Set<Snapshot>() : retained(state, retention, situation.now).subject;
  return state.versions
    .filter(isSnapshot)
    .filter((one) => one.createtxg < common.createtxg && !known.has(one.guid) && !stays(one) && !kept.has(one))
    .map(({ name }) => name);
}

function isTidied(
  { inPlace, decisions, failed, awaitingRename }: TidySituation,
  path: RelativePath,
  state: DatasetState,
): boolean {
  const kind = decisions.get(path)?.decision.kind;
  if (!isReceived(state) || isFormerDataset(path) || isReservedPath(path)) return false;
  if (isOfOtherSession(path, inPlace)) return false;
  if ([path, ...ancestorsOf(path)].some((at) => awaitingRename.has(at))) return false;
  return kind !== 'conflict' && kind !== 'refused' && !failed.has(path);
}

function newestCommon({ versions }: DatasetState, offered: OfferedDataset): Snapshot | undefined {
  const known = new Set(offered.versions.map(({ guid }) => guid));
  return versions.filter(isSnapshot).findLast(({ guid }) => known.has(guid));
}

/** What stays whatever a policy says; of an offered dataset without a common snapshot everything. */
function protectedIn(
  { offered, origins }: TidySituation,
  path: RelativePath,
  state: DatasetState,
): (snapshot: Snapshot) => boolean {
  const newest = state.versions.findLast(isSnapshot);
  const source = offered.get(path);
  const common = source === undefined ? newest : newestCommon(state, source);
  // Replicated further: a target has the snapshot of its cursor, and needs it and what came after it.
  const cursor = state.versions.find((version) => isBookmark(version) && targetOfCursor(version.name) !== undefined);
  return (snapshot) =>
    common === undefined ||
    snapshot === newest ||
    snapshot === common ||
    state.held.has(snapshot.name) ||
    origins.has(`${state.entry.name}@${snapshot.name}`) ||
    (cursor !== undefined && snapshot.createtxg >= cursor.createtxg);
}

interface Dated extends DatedSnapshot {
  readonly snapshot: Snapshot;
}

/**
 * What the operator's retention says of a dataset's snapshots. Their names come from the sender, so their times count
 * only in the order in which the snapshots came; and of a class at most one for each of its periods counts, or whoever
 * takes snapshots could push out old ones by taking many.
 */
function retained(
  { versions }: DatasetState,
  { policy, template, names }: TargetRetention,
  now: Date,
): { readonly prune: readonly Snapshot[]; readonly subject: ReadonlySet<Snapshot> } {
  const called: Dated[] = [];
  const named: Dated[] = [];
  for (const snapshot of versions.filter(isSnapshot)) {
    const { name, createtxg, creation } = snapshot;
    const parsed = template.parse(name);
    if (parsed !== undefined) called.push({ name, createtxg, ...parsed, snapshot });
    else if (names(name) !== undefined) {
      named.push({ name, createtxg, time: new Date(Number(creation) * 1000), class: undefined, snapshot });
    }
  }
  const spokenOf: Dated[] = [];
  const stays = new Set<Dated>();
  // Each for itself: were the periods shared, what is called after the template could push out what is not, as the order in
  // which snapshots came is that of one clock alone.
  for (const { ordered } of [inOrder(called, now), inOrder(named, now)]) {
    spokenOf.push(
      ...ordered.filter((one) => policy.periods.size > 0 || (one.class !== undefined && policy.classes.has(one.class))),
    );
    if (policy.periods.size > 0) addKept(stays, ordered, policy.periods);
    for (const [kind, count] of policy.classes) {
      const ofClass = ordered.filter((one) => one.class === kind);
      if (count > 0) addKept(stays, ofClass, new Map([[kind, count]]));
    }
  }
  const prune = spokenOf.filter((one) => !stays.has(one)).sort((a, b) => (a.createtxg < b.createtxg ? -1 : 1));
  return {
    prune: prune.map(({ snapshot }) => snapshot),
    subject: new Set([...called, ...named].map(({ snapshot }) => snapshot)),
  };
}

function addKept(stays: Set<Dated>, snapshots: readonly Dated[], periods: TargetRetention['policy']['periods']): void {
  for (const one of retain(snapshots, { periods, classes: new Map() }).keep.keys()) stays.add(one);
}
