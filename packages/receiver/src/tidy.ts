/**
 * `Tidy`: after everything has arrived, retention on the target by its operator's word, and what a sender wishes about what
 * has vanished at the source, as far as that word allows it. Each thing that is done is reported as it is done; what fails
 * is reported, too, and keeps nothing else from being done.
 */
import { type Failure, limits, type Tidy, type TidyAction, type TidyEntry, toFailure } from '@zfsync/protocol';
import {
  type DatasetDestroyer,
  type DatasetName,
  type DatasetState,
  InvalidNameError,
  isSnapshot,
  joinDatasetName,
  parseDatasetName,
  type RelativePath,
  ReplicationError,
  USER_PROPERTY,
  type VersionName,
  type Zfs,
} from '@zfsync/zfs';
import { targetName } from './buffer-dataset.ts';
import { limitHindrance, type RoomLimits } from './limits.ts';
import { OWN_HOLD_TAG } from './newest-holds.ts';
import { prunable, vanishedSnapshots } from './plan-tidy.ts';
import { destroyOrder, returned, type Vanishing, vanishedMark, vanishings } from './plan-vanished.ts';
import { ROOT_MARK } from './session-root.ts';
import type { MirrorPolicy, TargetRetention } from './tidy-policy.ts';
import { guidsOf, type TidySituation } from './tidy-situation.ts';

export interface TidyContext {
  readonly zfs: Zfs;
  /** Absent where nothing allows datasets to be destroyed. */
  readonly destroyer: DatasetDestroyer | undefined;
  readonly target: DatasetName;
  readonly retention: TargetRetention | undefined;
  readonly mirror: MirrorPolicy;
  readonly situation: TidySituation;
  /** Reads them when they are asked for: only when something is to be set aside. */
  limits(): Promise<RoomLimits>;
  /** What was at or below the path is there no more. */
  onGone(path: RelativePath): void;
  readonly signal: AbortSignal;
}

type Wish = Omit<Tidy, 'type'>;
type Entries = AsyncGenerator<TidyEntry, void, undefined>;

/** Whether there is anything to look for: a listing costs processes. */
export function isTidyNeeded(
  { retention, mirror }: Pick<TidyContext, 'retention' | 'mirror'>,
  wish: Wish,
  known: Pick<TidySituation, 'inPlace' | 'offered' | 'leftOut'>,
): boolean {
  if (retention !== undefined || (wish.mirrorSnapshots && mirror.snapshots)) return true;
  if (wish.mirrorDatasetsAfter !== undefined && mirror.datasets !== 'keep') return true;
  return returned(known).length > 0;
}

/** What the sender wishes and may not have. */
export function refusedWishes(mirror: MirrorPolicy, wish: Wish): TidyEntry[] {
  const entries: TidyEntry[] = [];
  if (wish.mirrorSnapshots && !mirror.snapshots) {
    const message = notAllowed('snapshots that vanished at the source are not destroyed', '--mirror snapshots');
    entries.push(
      entryOf('' as RelativePath, 'mirror-snapshots', { failure: failureOf('MIRROR_NOT_ALLOWED', message) }),
    );
  }
  if (wish.mirrorDatasetsAfter !== undefined && mirror.datasets === 'keep') {
    const flags = '--mirror datasets=aside or datasets=destroy';
    const message = notAllowed('datasets that vanished at the source are left as they are', flags);
    entries.push(entryOf('' as RelativePath, 'mark', { failure: failureOf('MIRROR_NOT_ALLOWED', message) }));
  }
  return entries;
}

function notAllowed(what: string, flags: string): string {
  return `${what}: the receiver’s operator has not allowed it for this sender (zfsync-recv ${flags}, without --append-only; of a peer: zfsync-recv allow NAME)`;
}

/** Writes down whose the target is, where the root was there before zfsync, or its mark was. */
export async function* markRoot(zfs: Zfs, target: DatasetName): Entries {
  const entry = await attempt(entryOf('' as RelativePath, 'mark'), async () => {
    await zfs.setProperties(target, ROOT_MARK);
    return undefined;
  });
  if (entry.failure !== undefined) yield entry;
}

/** In the order in which it is done: retention, snapshots, datasets. */
export async function* tidyTarget(context: TidyContext, wish: Wish): Entries {
  const { retention, mirror, situation } = context;
  const { dryRun } = wish;
  if (retention !== undefined) {
    for (const path of situation.inPlace.keys()) {
      yield* destroyNames(context, path, 'prune', prunable(situation, path, retention), dryRun);
    }
  }
  if (wish.mirrorSnapshots && mirror.snapshots) {
    const known = guidsOf(situation.offered.values());
    for (const path of situation.offered.keys()) {
      const names = vanishedSnapshots(situation, path, retention, known);
      yield* destroyNames(context, path, 'mirror-snapshots', names, dryRun);
    }
  }
  for (const path of returned(situation)) {
    yield await attempt(entryOf(path, 'unmark'), async () => {
      if (!dryRun) await context.zfs.inheritProperty(nameOf(context, path), USER_PROPERTY.vanished);
      return undefined;
    });
  }
  if (wish.mirrorDatasetsAfter === undefined || mirror.datasets === 'keep') return;
  const seconds = Math.min(Math.max(Number(wish.mirrorDatasetsAfter), mirror.after), AFTER_MAX_S);
  for (const vanishing of vanishings(situation, seconds * 1000, mirror.datasets === 'destroy')) {
    context.signal.throwIfAborted();
    yield* vanish(context, vanishing, dryRun);
  }
}

/** Two hundred years: a time that no clock can name is not to come about. */
const AFTER_MAX_S = 200 * 365 * 86_400;

async function* vanish(context: TidyContext, vanishing: Vanishing, dryRun: boolean): Entries {
  const { zfs, mirror, situation } = context;
  const { path } = vanishing;
  const removal: TidyAction = mirror.datasets === 'destroy' ? 'destroy' : 'aside';
  switch (vanishing.action) {
    case 'mark':
      yield await attempt(entryOf(path, 'mark', { due: secondsOf(vanishing.due) }), async () => {
        const mark = vanishedMark(situation.inPlace.get(path), situation.now);
        if (!dryRun) await zfs.setProperties(nameOf(context, path), { [USER_PROPERTY.vanished]: mark });
        return undefined;
      });
      return;
    case 'wait':
      yield entryOf(path, 'wait', { due: secondsOf(vanishing.due) });
      return;
    case 'hindered': {
      const message = `target ${nameOf(context, path)} vanished at the source and stays: ${vanishing.why}`;
      yield entryOf(path, removal, { failure: failureOf('MIRROR_HINDERED', message) });
      return;
    }
    case 'remove':
      if (removal === 'destroy') yield* destroyTree(context, path, dryRun);
      else yield await setAside(context, path, dryRun);
  }
}

/** Snapshots of one dataset: what is freed is asked for before, as ZFS does not say it afterwards. */
async function* destroyNames(
  { zfs, target, signal }: TidyContext,
  path: RelativePath,
  action: 'prune' | 'mirror-snapshots',
  names: readonly VersionName[],
  dryRun: boolean,
): Entries {
  for (let at = 0; at < names.length; at += limits.tidyNamesMax) {
    signal.throwIfAborted();
    const some = names.slice(at, at + limits.tidyNamesMax);
    try {
      const dataset = joinDatasetName(target, path);
      const bytes = await zfs.reclaimable(dataset, some);
      const failures = dryRun ? [] : await zfs.destroySnapshots(dataset, some);
      const failed = new Set(failures.map(({ name }) => name));
      const done = some.filter((name) => !failed.has(name));
      if (done.length > 0) yield entryOf(path, action, { names: done, bytes });
      // Somebody has made a clone of it, elsewhere in the pool: it stays for that, as those in the target do.
      const others = failures.filter(({ error }) => error.reason !== 'has-clones');
      for (const reason of new Set(others.map(({ error }) => error.reason))) {
        const alike = others.filter(({ error }) => error.reason === reason);
        const failure = alike[0] && toFailure(alike[0].error);
        yield entryOf(path, action, { names: alike.map(({ name }) => name), failure });
      }
    } catch (error) {
      if (!(error instanceof ReplicationError)) throw error;
      yield entryOf(path, action, { names: some, failure: toFailure(error) });
    }
  }
}

/** Beside itself, with all that is below it. */
async function setAside(context: TidyContext, path: RelativePath, dryRun: boolean): Promise<TidyEntry> {
  const { zfs, situation } = context;
  const subtree = subtreeOf(context, path);
  const stamp = situation.now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  let longest = 0;
  for (const [below, { versions }] of subtree) {
    const bytes = versions.reduce((most, { name }) => Math.max(most, name.length), 0);
    longest = Math.max(longest, below.length - path.length + bytes);
  }
  const name = nameOf(context, path);
  return attempt(entryOf(path, 'aside'), async () => {
    const limits = await context.limits();
    for (const below of subtree.keys()) {
      const hindrance = limitHindrance(below, limits, new Set());
      if (hindrance === undefined) continue;
      const message = `target ${name} vanished at the source and stays: ${hindrance}`;
      throw new ReplicationError(message, { code: 'MIRROR_HINDERED', retry: 'operator' });
    }
    const aside = targetName(parseDatasetName(`${name}.vanished-${stamp}`), '' as RelativePath, longest);
    if (dryRun) return aside;
    await zfs.rename(name, aside);
    context.onGone(path);
    return aside;
  });
}

/** Children first. What others hold, and what has clones elsewhere, is found before anything is destroyed. */
async function* destroyTree(context: TidyContext, path: RelativePath, dryRun: boolean): Entries {
  const { destroyer, signal } = context;
  const subtree = [...subtreeOf(context, path)];
  const order = destroyOrder(subtree.map(([, state]) => state));
  const pathOf = new Map(subtree.map(([at, state]) => [state, at]));
  if (destroyer === undefined) throw new Error('nothing destroys datasets here');
  const free = await attempt(entryOf(path, 'destroy'), async () => {
    for (const state of order) await refuseHolds(context, state);
    await refuseClones(context, nameOf(context, path));
    return undefined;
  });
  if (free.failure !== undefined) {
    yield free;
    return;
  }
  for (const state of order) {
    signal.throwIfAborted();
    const at = pathOf.get(state) ?? path;
    const entry = await attempt(entryOf(at, 'destroy', { bytes: ownBytes(state, order) }), async () => {
      if (!dryRun) await destroyOne(context, destroyer, state);
      return undefined;
    });
    yield entry;
    // What is above it cannot go either.
    if (entry.failure !== undefined) return;
    if (!dryRun) context.onGone(at);
  }
}

async function destroyOne(context: TidyContext, destroyer: DatasetDestroyer, state: DatasetState): Promise<void> {
  const { zfs } = context;
  const { name, resumeToken } = state.entry;
  const held = state.versions.filter((version) => isSnapshot(version) && state.held.has(version.name));
  await zfs.release(
    name,
    held.map((version) => version.name),
    OWN_HOLD_TAG,
  );
  // A partial receive keeps ZFS from destroying what it starts from.
  if (resumeToken !== undefined) await zfs.abortReceive(name);
  const snapshots = state.versions.filter(isSnapshot).map((version) => version.name);
  const [failed] = await zfs.destroySnapshots(name, snapshots);
  if (failed !== undefined) throw failed.error;
  await destroyer.destroyDataset(name);
}

async function refuseHolds({ zfs }: TidyContext, { entry: { name }, versions, held }: DatasetState): Promise<void> {
  const names = versions.filter((version) => isSnapshot(version) && held.has(version.name)).map((one) => one.name);
  if (names.length === 0) return;
  const other = (await zfs.holds(name, names)).find(({ tag }) => tag !== OWN_HOLD_TAG);
  if (other === undefined) return;
  throw new ReplicationError(
    `target ${name} vanished at the source and stays: ${name}@${other.snapshot} is held (${other.tag}); release it with: zfs release '${other.tag}' '${name}@${other.snapshot}'`,
    { code: 'MIRROR_HINDERED', retry: 'operator', context: { dataset: name } },
  );
}

/** A clone may be anywhere in the pool, where no listing of the target shows it. */
async function refuseClones({ zfs, signal }: TidyContext, root: DatasetName): Promise<void> {
  for (const { snapshot, clones } of await zfs.listClones(root, { signal })) {
    const outside = clones.find((clone) => clone !== root && !clone.startsWith(`${root}/`));
    if (outside === undefined) continue;
    throw new ReplicationError(
      `target ${root} vanished at the source and stays: there is a clone of ${snapshot}: zfs promote '${outside}', or destroy it`,
      { code: 'MIRROR_HINDERED', retry: 'operator', context: { dataset: root } },
    );
  }
}

/** Without what lies below it. */
function ownBytes({ entry }: DatasetState, subtree: readonly DatasetState[]): bigint {
  const depth = entry.name.split('/').length + 1;
  return subtree.reduce((bytes, { entry: other }) => {
    const isChild = other.name.startsWith(`${entry.name}/`) && other.name.split('/').length === depth;
    return isChild ? bytes - other.used : bytes;
  }, entry.used);
}

function subtreeOf({ situation }: TidyContext, path: RelativePath): Map<RelativePath, DatasetState> {
  return new Map([...situation.inPlace].filter(([at]) => at === path || at.startsWith(`${path}/`)));
}

function nameOf({ target }: TidyContext, path: RelativePath): DatasetName {
  return joinDatasetName(target, path);
}

/** What goes wrong becomes the failure of the entry. */
async function attempt(entry: TidyEntry, work: () => Promise<DatasetName | undefined>): Promise<TidyEntry> {
  try {
    return { ...entry, aside: await work() };
  } catch (error) {
    if (error instanceof InvalidNameError) {
      return { ...entry, bytes: 0n, failure: failureOf('NAME_TOO_LONG', error.message) };
    }
    if (!(error instanceof ReplicationError)) throw error;
    return { ...entry, bytes: 0n, failure: toFailure(error) };
  }
}

function entryOf(path: RelativePath, action: TidyAction, change: Partial<TidyEntry> = {}): TidyEntry {
  return { path, action, names: [], bytes: 0n, due: 0n, aside: undefined, failure: undefined, ...change };
}

function failureOf(code: string, message: string): Failure {
  return { code, retry: 'operator', message, detail: '' };
}

function secondsOf(date: Date): bigint {
  return BigInt(Math.ceil(date.getTime() / 1000));
}
