/**
 * What may go of a target, as pure functions of what is there, what the sender offers and what the operator has settled.
 * Whatever the policies say, these stay: the newest snapshot, the newest that the source has too, what somebody holds,
 * what something else is a clone of, what a further target has in common with this one or has not got yet; and all of a dataset that is in conflict, or whose stream failed.
 */
import type { DatasetDecision, OfferedDataset } from '@zfsync/protocol';
import { type DatedSnapshot, inOrder, retain, targetOfCursor } from '@zfsync/retention';
import {
  type DatasetName,
  type DatasetState,
  isBookmark,
  isSnapshot,
  parentPath,
  type RelativePath,
  type Snapshot,
  type VersionName,
} from '@zfsync/zfs';
import { isReservedPath } from './buffer-dataset.ts';
import type { TargetRetention } from './tidy-policy.ts';

/** All that is known of the target and its source when it is tidied. */
export interface TidySituation {
  readonly now: Date;
  readonly inPlace: ReadonlyMap<RelativePath, DatasetState>;
  /** `dataset@snapshot` of which there are clones, wherever in the target or the buffer dataset. */
  readonly origins: ReadonlySet<string>;
  readonly offered: ReadonlyMap<RelativePath, OfferedDataset>;
  /** What is there at the source and was not offered. */
  readonly leftOut: ReadonlySet<RelativePath>;
  readonly decisions: ReadonlyMap<RelativePath, DatasetDecision>;
  /** Datasets with a stream that has arrived in this session, and with none that failed after it. */
  readonly arrived: ReadonlySet<RelativePath>;
  readonly failed: ReadonlySet<RelativePath>;
  /** What the source has under another path by now, and is not renamed yet. */
  readonly awaitingRename: ReadonlySet<RelativePath>;
}

/** `NAME.diverged-TIME`, `NAME.vanished-TIME`, and what lies below such. */
const SET_ASIDE = /\.(?:diverged|vanished)-\d{8}T\d{6}Z(?=\/|$)/;

export function isFormerDataset(path: RelativePath): boolean {
  return SET_ASIDE.test(path);
}

export function originsOf(states: Iterable<DatasetState>): Set<string> {
  return new Set([...states].flatMap(({ entry }) => entry.origin ?? []));
}

/** Received by zfsync: not made by somebody else, nor only there to hold others. */
function isReceived({ entry }: DatasetState): boolean {
  return entry.zfsyncStream !== undefined;
}

function* ancestorsOf(path: RelativePath): Generator<RelativePath, void, undefined> {
  for (let at = parentPath(path); at !== undefined; at = parentPath(at)) yield at;
}

/** All that is below each of the paths, by what it is below. */
function descendants(paths: Iterable<RelativePath>): ReadonlyMap<RelativePath, readonly RelativePath[]> {
  const below = new Map<RelativePath, RelativePath[]>();
  for (const path of paths) {
    for (const above of ancestorsOf(path)) {
      const known = below.get(above);
      if (known === undefined) below.set(above, [path]);
      else known.push(path);
    }
  }
  return below;
}

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
 */
export function vanishedSnapshots(
  situation: TidySituation,
  path: RelativePath,
  retention: TargetRetention | undefined,
): readonly VersionName[] {
  const state = situation.inPlace.get(path);
  const offered = situation.offered.get(path);
  if (state === undefined || offered === undefined || !isTidied(situation, path, state)) return [];
  const kind = situation.decisions.get(path)?.decision.kind;
  if (kind !== 'up-to-date' && !situation.arrived.has(path)) return [];
  const common = newestCommon(state, offered);
  if (common === undefined) return [];
  const known = new Set(offered.versions.map(({ guid }) => guid));
  const stays = protectedIn(situation, path, state);
  const kept = retention === undefined ? new Set<Snapshot>() : retained(state, retention, situation.now).subject;
  return state.versions
    .filter(isSnapshot)
    .filter((one) => one.createtxg < common.createtxg && !known.has(one.guid) && !stays(one) && !kept.has(one))
    .map(({ name }) => name);
}

function isTidied(
  { decisions, failed, awaitingRename }: TidySituation,
  path: RelativePath,
  state: DatasetState,
): boolean {
  const kind = decisions.get(path)?.decision.kind;
  if (!isReceived(state) || isFormerDataset(path) || isReservedPath(path)) return false;
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
  return (snapshot) =>
    common === undefined ||
    snapshot === newest ||
    snapshot === common ||
    state.held.has(snapshot.name) ||
    origins.has(`${state.entry.name}@${snapshot.name}`) ||
    (cursor !== undefined && snapshot.createtxg >= cursor.createtxg);
}

  // Replicated further: a target has the snapshot of its cursor, and needs it and what came after it.
  const cursor = state.versions.find((version) => isBookmark(version) && targetOfCursor(version.name) !== undefined);
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

/** What is to be done with one dataset that is not at the source, or is there again. */
export type Vanishing =
  | { readonly path: RelativePath; readonly action: 'mark'; readonly due: Date }
  | { readonly path: RelativePath; readonly action: 'wait'; readonly due: Date }
  /** It and all that is below it are due. */
  | { readonly path: RelativePath; readonly action: 'remove' }
  /** It is due, and cannot go. */
  | { readonly path: RelativePath; readonly action: 'hindered'; readonly why: string };

/** What was marked, and is there again at the source, or holds what is. */
export function returned(situation: Pick<TidySituation, 'inPlace' | 'offered' | 'leftOut'>): RelativePath[] {
  const marked = [...situation.inPlace].filter(([, { entry }]) => entry.zfsyncVanished !== undefined);
  if (marked.length === 0) return [];
  const there = atSource(situation);
  return marked.flatMap(([path]) => (there.has(path) ? [path] : []));
}

/** What has something below it at the source is there, whatever the sender says. */
function atSource({ offered, leftOut }: Pick<TidySituation, 'offered' | 'leftOut'>): ReadonlySet<RelativePath> {
  return new Set([...offered.keys(), ...leftOut].flatMap((path) => [path, ...ancestorsOf(path)]));
}

/**
 * Which datasets the source has no more, and what is due. Nothing is, where the source is not what it was: when the root is in
 * conflict, or something above.
 *
 * @param afterMs how long ago one must have been found vanished
 * @param destroys what is due is destroyed: nothing that was set aside may be below it then
 */
export function vanishings(situation: TidySituation, afterMs: number, destroys: boolean): Vanishing[] {
  const { now, inPlace } = situation;
  const there = atSource(situation);
  const gone = new Set([...inPlace.keys()].filter((path) => !there.has(path) && hasVanished(situation, path)));
  const belowOf = descendants(inPlace.keys());
  const result: Vanishing[] = [];
  const dueOf = new Map<RelativePath, Date>();
  for (const path of gone) {
    const since = markOf(inPlace.get(path), now);
    dueOf.set(path, new Date((since ?? now).getTime() + afterMs));
    if (since === undefined) result.push({ path, action: 'mark', due: dueOf.get(path) ?? now });
  }
  const isDue = (path: RelativePath) =>
    markOf(inPlace.get(path), now) !== undefined && (dueOf.get(path) ?? now).getTime() <= now.getTime();
  const done = new Set<RelativePath>();
  for (const path of [...gone].sort()) {
    if (markOf(inPlace.get(path), now) === undefined || [...ancestorsOf(path)].some((at) => done.has(at))) continue;
    const below = belowOf.get(path) ?? [];
    const late = [path, ...below.filter((at) => gone.has(at))].filter((at) => !isDue(at));
    if (late.length > 0) {
      const due = new Date(Math.max(...late.map((at) => (dueOf.get(at) ?? now).getTime())));
      result.push({ path, action: 'wait', due });
      continue;
    }
    const why = hindranceOf(situation, path, below, gone, destroys);
    if (why === undefined) done.add(path);
    result.push(why === undefined ? { path, action: 'remove' } : { path, action: 'hindered', why });
  }
  return result;
}

/** When it was found vanished. A time that is to come is as none: the clock was put back, or somebody has written it. */
function markOf(state: DatasetState | undefined, now: Date): Date | undefined {
  const since = new Date(state?.entry.zfsyncVanished ?? '');
  return Number.isNaN(since.getTime()) || since.getTime() > now.getTime() ? undefined : since;
}

/** As far as the dataset itself says; that the source has it no more is found out before. */
function hasVanished(situation: TidySituation, path: RelativePath): boolean {
  const { inPlace, decisions, failed, awaitingRename } = situation;
  const state = inPlace.get(path);
  if (path === '' || state === undefined || isFormerDataset(path) || isReservedPath(path)) return false;
  if (!isReceived(state) && !state.entry.placeholder) return false;
  return ![path, ...ancestorsOf(path)].some((above) => {
    if (awaitingRename.has(above)) return true;
    const decision = decisions.get(above)?.decision;
    return decision?.kind === 'conflict' || failed.has(above);
  });
}

function hindranceOf(
  { inPlace, origins }: TidySituation,
  path: RelativePath,
  below: readonly RelativePath[],
  gone: ReadonlySet<RelativePath>,
  destroys: boolean,
): string | undefined {
  const foreign = below.find((at) => !gone.has(at) && (destroys || !isFormerDataset(at)));
  const nameOf = (at: RelativePath) => inPlace.get(at)?.entry.name ?? at;
  if (foreign !== undefined) {
    return `${nameOf(foreign)} lies below it and is not one of the datasets that vanished: rename or destroy one of them yourself`;
  }
  if (!destroys) return undefined;
  const subtree = new Set<DatasetName>([path, ...below].flatMap((at) => inPlace.get(at)?.entry.name ?? []));
  const outside = [...inPlace.values()].find(
    ({ entry: { name, origin } }) =>
      origin !== undefined && !subtree.has(name) && subtree.has(origin.split('@', 1)[0] as DatasetName),
  );
  const origin = outside?.entry.origin ?? [...origins].find((one) => isOfOthers(one, subtree, inPlace));
  return origin === undefined ? undefined : `there is a clone of ${origin}: zfs promote that one, or destroy it`;
}

/** A clone of something in the subtree that is not in place: parked. */
function isOfOthers(
  origin: string,
  subtree: ReadonlySet<DatasetName>,
  inPlace: ReadonlyMap<RelativePath, DatasetState>,
): boolean {
  if (!subtree.has(origin.split('@', 1)[0] as DatasetName)) return false;
  return ![...inPlace.values()].some(({ entry }) => entry.origin === origin);
}

/** The order in which a subtree can be destroyed: children before parents, clones before what they are clones of. */
export function destroyOrder(states: readonly DatasetState[]): readonly DatasetState[] {
  const left = new Set(states);
  const order: DatasetState[] = [];
  while (left.size > 0) {
    const free = [...left].filter(({ entry: { name } }) =>
      [...left].every(
        ({ entry: other }) => !other.name.startsWith(`${name}/`) && other.origin?.startsWith(`${name}@`) !== true,
      ),
    );
    // A ring cannot be; were there one, ZFS would say what is in the way.
    const next = free.length > 0 ? free : [...left];
    for (const state of next) left.delete(state);
    order.push(...next);
  }
  return order;
}
