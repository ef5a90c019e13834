/** Finds the place of one stream: the dataset it is received into, and how `zfs receive` is called for that. */
import type { BeginStream, OfferedDataset } from '@zfsync/protocol';
import {
  type DatasetName,
  joinDatasetName,
  type RelativePath,
  ReplicationError,
  type SnapshotReference,
  USER_PROPERTY,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import { isDigestName, parkedName } from './buffer-dataset.ts';
import type { Holding, Holdings } from './holdings.ts';
import type { Inventory, TargetLocation } from './inventory.ts';
import type { RoomLimits } from './limits.ts';
import { type DatasetMaker, parentRootOf } from './make.ts';
import { expectedRoot, isParkable, mustNotInherit, OWN_ROOT, type Surroundings } from './placement.ts';
import { versionNameBytes } from './plan-tree.ts';
import { type PropertyPolicy, receiveProperties } from './receive-properties.ts';
import { ROOT_MARK } from './session-root.ts';
import { formatStreamFlags } from './stream-flags.ts';

/** Where one stream goes, and how `zfs receive` is called for it. */
export interface Destination {
  readonly target: DatasetName;
  readonly parked: boolean;
  /** The target exists, empty and without a snapshot: `-F`. */
  readonly adopt: boolean;
  /** The target becomes a clone of it: `-o origin=`. */
  readonly origin?: SnapshotReference | undefined;
  readonly set: Readonly<Record<string, string>>;
  readonly exclude: readonly string[];
  /** What the target has once the stream has arrived. */
  readonly after: Holding;
}

/** A stream that cannot be begun; the session goes on. */
export class RefusedError extends ReplicationError {
  static {
    this.prototype.name = 'RefusedError';
  }
}

export interface PlacingContext {
  readonly zfs: Zfs;
  readonly inventory: Inventory;
  readonly holdings: Holdings;
  readonly maker: DatasetMaker;
  readonly around: Surroundings;
  readonly signal: AbortSignal;
  /** See `limits.ts`: asked only for what would be parked. */
  limits(): Promise<RoomLimits>;
  /** The dataset is parked, or still to come in this session or a later one. */
  mayArrive(path: RelativePath): boolean;
}

/** What goes for all streams of a dataset. */
export interface Receiving {
  readonly location: TargetLocation;
  readonly properties: PropertyPolicy;
  readonly offered: OfferedDataset;
  /** What the target has in `zfsync:stream`, as far as is known. */
  readonly remembered: string | undefined;
}

/** An incremental goes to where the dataset is: in place or parked. */
export function continueAt(receiving: Receiving, stream: BeginStream, at: Holding, parked: boolean): Destination {
  const { remembered } = receiving;
  const flags = formatStreamFlags(stream);
  const known = at.flags === undefined ? remembered : formatStreamFlags(at.flags);
  const needed = known === flags ? {} : { [USER_PROPERTY.stream]: flags };
  const properties = propertiesOf(receiving, stream, false, needed);
  return { target: at.name, parked, adopt: false, ...properties, after: arrived(at, stream) };
}

/**
 * A resumed stream goes to where its partial receive is. ZFS sets the properties of a full one only when it is whole, so
 * they are given again; encryption was settled when it was begun.
 */
export function resumeAt(
  receiving: Receiving,
  stream: BeginStream,
  at: Holding,
  parked: boolean,
  origin: SnapshotReference | undefined,
): Destination {
  if (stream.from !== undefined && origin === undefined) return continueAt(receiving, stream, at, parked);
  const properties = propertiesOf(receiving, stream, true, ownProperties(receiving, stream, at.name));
  return { target: at.name, parked, adopt: false, origin, ...properties, after: arrived(at, stream) };
}

function arrived(at: Omit<Holding, 'newest' | 'flags'>, stream: BeginStream): Holding {
  const { raw, largeBlocks, compressed, embedded } = stream;
  return { ...at, newest: stream.to, flags: { raw, largeBlocks, compressed, embedded } };
}

/**
 * A full stream, and the first one of a clone, goes in place when its parent is there, else into the buffer dataset. Makes what has to be there
 * before: placeholders, the buffer dataset.
 *
 * @throws {RefusedError} when it has no place now.
 */
export async function placeFull(
  context: PlacingContext,
  receiving: Receiving,
  stream: BeginStream,
  origin?: SnapshotReference,
): Promise<Destination> {
  const { holdings, maker, around } = context;
  const { location } = receiving;
  const { path } = stream;
  const existing = holdings.inPlace.get(path);
  const missing = holdings.missingAncestors(path);
  const parked = existing === undefined && missing.some((ancestor) => context.mayArrive(ancestor));
  if (parked && !isParkable(path, around)) throw notParked(location, path, 'its encryption would change');
  if (parked) refuseBeyondLimit(location, path, await context.limits());
  const target = parked ? await parkingPlace(context, receiving, path) : joinDatasetName(location.target, path);
  if (!parked) await maker.aboveTarget(around.ancestor);
  if (!parked) await maker.placeholders(missing, around);
  if (existing !== undefined) await makeSureIsEmpty(context, existing.name);
  const parentRoot = parked ? around.bufferRoot : parentRootOf(path, holdings, around);
  const expected = expectedRoot(path, around);
  const needed = {
    ...ownProperties(receiving, stream, target),
    // A clone has what its origin has.
    ...(origin === undefined && mustNotInherit(path, parentRoot, around) && { encryption: 'off' }),
  };
  const encryptionRoot = expected === OWN_ROOT ? target : expected;
  return {
    target,
    parked,
    adopt: existing !== undefined,
    origin,
    ...propertiesOf(receiving, stream, true, needed),
    after: arrived({ name: target, encryptionRoot }, stream),
  };
}

/** @throws {RefusedError} when what is parked would not count for a limit. */
export function refuseBeyondLimit(location: TargetLocation, path: RelativePath, limits: RoomLimits): void {
  const limit = limits.above(path);
  if (limit === undefined) return;
  throw notParked(location, path, `${limit.dataset} has a ${limit.property}, which that would not count for`);
}

function notParked({ target }: TargetLocation, path: RelativePath, why: string): RefusedError {
  const message = `${target}${path} cannot be parked (${why}) and its parent has not arrived`;
  return new RefusedError(message, { code: 'PARENT_MISSING', retry: 'replan' });
}

async function parkingPlace(
  { maker, inventory }: PlacingContext,
  { location, offered }: Receiving,
  path: RelativePath,
): Promise<DatasetName> {
  const buffer = await maker.buffer(inventory);
  return parkedName(buffer, `${location.asPath}${path}` as RelativePath, versionNameBytes(offered));
}

/**
 * A target that is to be replaced holds nothing and cannot get anything in the meantime: it is unmounted before it is
 * looked at. (A volume stays open to whoever has its device.)
 */
async function makeSureIsEmpty({ zfs, signal }: PlacingContext, target: DatasetName): Promise<void> {
  let mounted = false;
  for await (const entry of zfs.listDatasets(target, { depth: 0, signal })) ({ mounted } = entry);
  if (mounted) await unmount(zfs, target);
  if (await zfs.isEmpty(target)) return;
  if (mounted) await zfs.mount(target);
  const message = `target ${target}: something was written to it since it was planned to be replaced`;
  throw new RefusedError(message, { code: 'TARGET_HAS_DATA', retry: 'operator' });
}

/** On Linux nobody but root mounts and unmounts, whatever `zfs allow` says. */
async function unmount(zfs: Zfs, target: DatasetName): Promise<void> {
  try {
    await zfs.unmount(target);
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'permission')) throw error;
    const message = `target ${target}: it is empty and would be replaced, but it is mounted, and only root can unmount it: zfs unmount '${target}'`;
    throw new RefusedError(message, { code: 'TARGET_MOUNTED', retry: 'operator', cause: error });
  }
}

/** What zfsync keeps on a new dataset. */
function ownProperties(
  { location }: Receiving,
  stream: BeginStream,
  target: DatasetName,
): Readonly<Record<string, string>> {
  return {
    [USER_PROPERTY.stream]: formatStreamFlags(stream),
    ...(stream.path === '' && ROOT_MARK),
    ...(isDigestName(target) && { [USER_PROPERTY.path]: `${location.asPath}${stream.path}` }),
  };
}

function propertiesOf(
  { properties, offered }: Receiving,
  { path, raw }: BeginStream,
  full: boolean,
  needed: Readonly<Record<string, string>>,
): Pick<Destination, 'set' | 'exclude'> {
  const { datasetType: type, properties: given } = offered;
  return receiveProperties(properties, { type, offered: given, ownsKey: raw, full, isRoot: path === '', needed });
}
