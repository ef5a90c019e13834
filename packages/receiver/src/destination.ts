/** Finds the place of one stream: the dataset it is received into, and how `zfs receive` is called for that. */
import type { BeginStream, OfferedDataset } from '@zfsync/protocol';
import {
  type DatasetName,
  joinDatasetName,
  type RelativePath,
  ReplicationError,
  USER_PROPERTY,
  type Zfs,
} from '@zfsync/zfs';
import { isDigestName, parkedName } from './buffer-dataset.ts';
import type { Holding, Holdings } from './holdings.ts';
import type { Inventory, TargetLocation } from './inventory.ts';
import { type DatasetMaker, parentRootOf } from './make.ts';
import { expectedRoot, isParkable, mustNotInherit, OWN_ROOT, type Surroundings } from './placement.ts';
import { versionNameBytes } from './plan-tree.ts';

/** Where one stream goes, and how `zfs receive` is called for it. */
export interface Destination {
  readonly target: DatasetName;
  readonly parked: boolean;
  /** The target exists, empty and without a snapshot: `-F`. */
  readonly adopt: boolean;
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
  readonly location: TargetLocation;
  readonly inventory: Inventory;
  readonly holdings: Holdings;
  readonly maker: DatasetMaker;
  readonly around: Surroundings;
  readonly signal: AbortSignal;
  /** The dataset is parked, or still to come in this session or a later one. */
  mayArrive(path: RelativePath): boolean;
}

/** An incremental goes to where the dataset is: in place or parked. */
export function continueAt(stream: BeginStream, offered: OfferedDataset, at: Holding, parked: boolean): Destination {
  const exclude = offered.datasetType === 'filesystem' ? ['mountpoint'] : [];
  return { target: at.name, parked, adopt: false, set: {}, exclude, after: { ...at, newest: stream.to } };
}

/**
 * A resumed stream goes to where its partial receive is. ZFS sets the properties of a full one only when it is whole, so
 * they are given again; encryption was settled when it was begun.
 */
export function resumeAt(
  location: TargetLocation,
  stream: BeginStream,
  offered: OfferedDataset,
  at: Holding,
  parked: boolean,
): Destination {
  if (stream.from !== undefined) return continueAt(stream, offered, at, parked);
  return {
    target: at.name,
    parked,
    adopt: false,
    ...receiveProperties(location, stream.path, offered, at.name, false),
    after: { ...at, newest: stream.to },
  };
}

/**
 * A full stream goes in place when its parent is there, else into the buffer dataset. Makes what has to be there
 * before: placeholders, the buffer dataset.
 *
 * @throws {RefusedError} when it has no place now.
 */
export async function placeFull(
  context: PlacingContext,
  stream: BeginStream,
  offered: OfferedDataset,
): Promise<Destination> {
  const { location, holdings, maker, around } = context;
  const { path } = stream;
  const existing = holdings.inPlace.get(path);
  const missing = holdings.missingAncestors(path);
  const parked = existing === undefined && missing.some((ancestor) => context.mayArrive(ancestor));
  if (parked && !isParkable(path, around)) {
    const message = `${location.target}${path} cannot be parked (its encryption would change) and its parent has not arrived`;
    throw new RefusedError(message, { code: 'PARENT_MISSING', retry: 'replan' });
  }
  const target = parked ? await parkingPlace(context, path, offered) : joinDatasetName(location.target, path);
  if (!parked) await maker.aboveTarget(around.ancestor);
  if (!parked) await maker.placeholders(missing, around);
  if (existing !== undefined) await makeSureIsEmpty(context, existing.name);
  const parentRoot = parked ? around.bufferRoot : parentRootOf(path, holdings, around);
  const expected = expectedRoot(path, around);
  const unencrypted = mustNotInherit(path, parentRoot, around);
  return {
    target,
    parked,
    adopt: existing !== undefined,
    ...receiveProperties(location, path, offered, target, unencrypted),
    after: { name: target, newest: stream.to, encryptionRoot: expected === OWN_ROOT ? target : expected },
  };
}

async function parkingPlace(
  { maker, inventory, location }: PlacingContext,
  path: RelativePath,
  offered: OfferedDataset,
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
  if (mounted) await zfs.unmount(target);
  if (await zfs.isEmpty(target)) return;
  if (mounted) await zfs.mount(target);
  const message = `target ${target}: something was written to it since it was planned to be replaced`;
  throw new RefusedError(message, { code: 'TARGET_HAS_DATA', retry: 'operator' });
}

function receiveProperties(
  location: TargetLocation,
  path: RelativePath,
  offered: OfferedDataset,
  target: DatasetName,
  unencrypted: boolean,
): Pick<Destination, 'set' | 'exclude'> {
  const set: Record<string, string> = {};
  const isFilesystem = offered.datasetType === 'filesystem';
  if (isFilesystem) set['canmount'] = 'noauto';
  if (path === '') set['readonly'] = 'on';
  if (unencrypted) set['encryption'] = 'off';
  if (isDigestName(target)) set[USER_PROPERTY.path] = `${location.asPath}${path}`;
  return { set, exclude: isFilesystem ? ['mountpoint'] : [] };
}
