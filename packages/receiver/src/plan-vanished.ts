/** Which datasets of a target the source has no more, and what is to become of them, as pure functions. */
import { type DatasetName, type DatasetState, isSnapshot, type RelativePath } from '@zfsync/zfs';
import { isReservedPath } from './buffer-dataset.ts';
import { ancestorsOf, isOfOtherSession, isOtherRoot } from './session-root.ts';
import { guidsOf, isFormerDataset, isReceived, type TidySituation } from './tidy-situation.ts';

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
  return marked.flatMap(([path]) => (there.has(path) && !isOfOtherSession(path, situation.inPlace) ? [path] : []));
}

/** What has something below it at the source is there, whatever the sender says. */
function atSource({ offered, leftOut }: Pick<TidySituation, 'offered' | 'leftOut'>): ReadonlySet<RelativePath> {
  return new Set([...offered.keys(), ...leftOut].flatMap((path) => [path, ...ancestorsOf(path)]));
}

/**
 * Which datasets the source has no more, and what is due. Nothing is, where the source is not what it was: when nothing shows
 * that it is the same, or something above is in conflict, or refused though the target has snapshots of it.
 *
 * @param afterMs how long ago one must have been found vanished
 * @param destroys what is due is destroyed: nothing that was set aside may be below it then
 */
export function vanishings(situation: TidySituation, afterMs: number, destroys: boolean): Vanishing[] {
  const { now, inPlace } = situation;
  if (!situation.isKnownSource) return [];
  const staying = new Set([...atSource(situation), ...aboveOtherSessions(inPlace)]);
  const wanted = new Set([...situation.awaitingRename, ...elsewhere(situation)]);
  const gone = new Set(
    [...inPlace.keys()].filter((path) => !staying.has(path) && hasVanished(situation, path, wanted)),
  );
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

/** Placeholders that are there for another session's root. */
function aboveOtherSessions(inPlace: TidySituation['inPlace']): RelativePath[] {
  const roots = [...inPlace.keys()].filter((path) => isOtherRoot(path, inPlace));
  return roots.flatMap((root) => [...ancestorsOf(root)].filter((at) => inPlace.get(at)?.entry.placeholder));
}

/**
 * What the source has some snapshot of under another path, whose own target is not up to date: renamed to where something else
 * is in the way, or one of several that it may be. As long as that is so it may be the only copy.
 */
function elsewhere({ inPlace, offered, decisions, arrived, failed }: TidySituation): RelativePath[] {
  const incomplete = [...offered.values()].filter(({ path }) => {
    const isCopied = decisions.get(path)?.decision.kind === 'up-to-date' || arrived.has(path);
    return !isCopied || failed.has(path);
  });
  const guids = guidsOf(incomplete);
  if (guids.size === 0) return [];
  const isOne = (path: RelativePath, { versions }: DatasetState) =>
    !offered.has(path) && versions.some((version) => isSnapshot(version) && guids.has(version.guid));
  return [...inPlace].flatMap(([path, state]) => (isOne(path, state) ? [path] : []));
}

/** What is written down of a dataset that is found vanished: {@link USER_PROPERTY}.vanished. */
export function vanishedMark(state: DatasetState | undefined, now: Date): string {
  return `${now.toISOString()} ${newestGuid(state)}`;
}

function newestGuid(state: DatasetState | undefined): string {
  return String(state?.versions.findLast(isSnapshot)?.guid ?? '-');
}

/**
 * When it was found vanished. A time that is to come is as none: the clock was put back, or somebody has written it. So is a
 * mark from before its newest snapshot came: it was there at the source in the meantime.
 */
function markOf(state: DatasetState | undefined, now: Date): Date | undefined {
  const [time = '', newest] = (state?.entry.zfsyncVanished ?? '').split(' ');
  if (newest !== newestGuid(state)) return undefined;
  const since = new Date(time);
  return Number.isNaN(since.getTime()) || since.getTime() > now.getTime() ? undefined : since;
}

/** As far as the dataset itself says; that the source has it no more is found out before. */
function hasVanished(situation: TidySituation, path: RelativePath, wanted: ReadonlySet<RelativePath>): boolean {
  const { inPlace, decisions, failed } = situation;
  const state = inPlace.get(path);
  if (path === '' || state === undefined || isFormerDataset(path) || isReservedPath(path)) return false;
  if (!isReceived(state) && !state.entry.placeholder) return false;
  if (isOfOtherSession(path, inPlace)) return false;
  return ![path, ...ancestorsOf(path)].some((above) => {
    if (wanted.has(above) || failed.has(above)) return true;
    const kind = decisions.get(above)?.decision.kind;
    // Where the target has no snapshot of what is refused there is none to be missed: a placeholder.
    return kind === 'conflict' || (kind === 'refused' && inPlace.get(above)?.versions.some(isSnapshot) === true);
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
  if (foreign !== undefined && isOtherRoot(foreign, inPlace)) {
    return `${nameOf(foreign)} lies below it and is the target of another sender or --as (zfsync:root)`;
  }
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
