import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import {
  ConfigError,
  type DatasetEntry,
  type DatasetName,
  type DatasetState,
  InvalidNameError,
  isSnapshot,
  joinDatasetName,
  listTree,
  parentDataset,
  type RelativePath,
  relativePath,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import { bufferDatasetOf, pathOfParked } from './buffer-dataset.ts';

/** A receiver's target root and where a session's source root goes below it. */
export interface TargetLocation {
  /** The receiver's TARGET. */
  readonly root: DatasetName;
  /** `--as`; `''` = the root itself. */
  readonly asPath: RelativePath;
  /** `root` + `asPath`. */
  readonly target: DatasetName;
}

/** What ZFS has of one session's target, by path below that target. */
export interface Inventory {
  /** Names the target among all others. */
  readonly targetId: string;
  readonly inPlace: Map<RelativePath, DatasetState>;
  readonly parked: Map<RelativePath, DatasetState>;
  /** In the buffer dataset, but not made by zfsync or of a path that cannot be read: left alone. */
  readonly strangers: readonly DatasetName[];
  readonly buffer: DatasetName;
  /** Undefined when there is no buffer dataset yet. */
  readonly bufferEntry: DatasetEntry | undefined;
}

/** What new datasets inherit, and where the nearest dataset above the target is. */
export interface Roots {
  /** The nearest dataset above the target that exists. */
  readonly ancestor: DatasetName;
  readonly ancestorGuid: bigint;
  /** Bytes that can be written below it. */
  readonly ancestorAvailable: bigint;
  /** The encryption root that a dataset at the target inherits; undefined = not encrypted. */
  readonly targetParentRoot: DatasetName | undefined;
  /** The encryption root that a dataset in the buffer dataset inherits. */
  readonly bufferRoot: DatasetName | undefined;
}

/** The dataset of a partial full receive: it is there, but has not arrived. Nothing is put below it. */
export function isArriving({ entry, versions }: DatasetState): boolean {
  return entry.resumeToken !== undefined && !versions.some(isSnapshot);
}

/** A subtree that is not there is empty. */
async function listTreeIfThere(
  zfs: Zfs,
  root: DatasetName,
  signal: AbortSignal,
  depth?: number,
): Promise<DatasetState[]> {
  try {
    return await listTree(zfs, root, signal, depth);
  } catch (error) {
    if (error instanceof ZfsError && error.reason === 'dataset-missing') return [];
    throw error;
  }
}

/** The nearest dataset at or above `dataset` that exists. @throws {ConfigError} when not even the pool does. */
async function nearestExisting(zfs: Zfs, dataset: DatasetName, signal: AbortSignal): Promise<DatasetEntry> {
  for (let at: DatasetName | undefined = dataset; at !== undefined; at = parentDataset(at)) {
    try {
      for await (const entry of zfs.listDatasets(at, { depth: 0, signal })) return entry;
    } catch (error) {
      if (!(error instanceof ZfsError && error.reason === 'dataset-missing')) throw error;
    }
  }
  throw poolMissing(dataset);
}

function poolMissing(dataset: DatasetName): ConfigError {
  return new ConfigError(`the pool of ${dataset} does not exist or is not imported on the receiver`);
}

/**
 * Checks that the target root is there or can be made by a receive: its parent must exist.
 *
 * @throws {ConfigError} naming what is missing and what to do.
 */
export async function checkTargetRoot(zfs: Zfs, root: DatasetName, signal: AbortSignal): Promise<void> {
  try {
    bufferDatasetOf(root);
  } catch (error) {
    if (error instanceof InvalidNameError) throw new ConfigError(`the target ${root} leaves no room: ${error.message}`);
    throw error;
  }
  const existing = await nearestExisting(zfs, root, signal);
  const parent = parentDataset(root);
  if (existing.name !== root && existing.name !== parent) {
    throw new ConfigError(
      `the target ${root} cannot be made: its parent ${String(parent)} does not exist; create it with: zfs create -p '${String(parent)}'`,
    );
  }
}

/** Reads what is there: a constant number of zfs processes, whatever the number of datasets. */
export async function loadInventory(zfs: Zfs, location: TargetLocation, signal: AbortSignal): Promise<Inventory> {
  const { root, asPath, target } = location;
  const buffer = bufferDatasetOf(root);
  const bufferIsInside = relativePath(target, buffer) !== undefined;
  const [tree, beside, targetId] = await Promise.all([
    listTreeIfThere(zfs, target, signal),
    bufferIsInside ? [] : listTreeIfThere(zfs, buffer, signal),
    targetIdOf(zfs, target),
  ]);
  if (tree.length === 0) await checkTargetRoot(zfs, root, signal);

  const inPlace = new Map<RelativePath, DatasetState>();
  const parked = new Map<RelativePath, DatasetState>();
  const strangers: DatasetName[] = [];
  let bufferEntry: DatasetEntry | undefined;
  for (const state of [...tree, ...beside]) {
    const { name } = state.entry;
    const path = relativePath(target, name);
    if (name === buffer) {
      bufferEntry = state.entry;
    } else if (parentDataset(name) === buffer) {
      const parkedPath = pathOfParked(state.entry);
      if (parkedPath === undefined) strangers.push(name);
      else if (isBelow(parkedPath, asPath)) parked.set(parkedPath.slice(asPath.length) as RelativePath, state);
    } else if (path !== undefined && relativePath(buffer, name) === undefined) {
      inPlace.set(path, state);
    }
  }
  return { targetId, inPlace, parked, strangers, buffer, bufferEntry };
}

const TARGET_ID_DIGITS = 16;

/**
 * Of the host, the guid of the pool's root dataset and the target's name. Neither alone would do: pools that were split
 * or copied have the same guids, and names come again. Where one of them changes, the target gets another id, and cursors
 * of that; those of the old id still serve as incremental sources.
 */
async function targetIdOf(zfs: Zfs, target: DatasetName): Promise<string> {
  const pool = target.split('/', 1)[0] as DatasetName;
  try {
    const guid = (await zfs.getProperties(pool, ['guid'])).get('guid') ?? '';
    return createHash('sha256').update([hostname(), guid, target].join('\n')).digest('hex').slice(0, TARGET_ID_DIGITS);
  } catch (error) {
    if (error instanceof ZfsError && error.reason === 'dataset-missing') throw poolMissing(target);
    throw error;
  }
}

/**
 * Looks again at one path, in place and parked, and brings `inventory` up to date.
 *
 * @param parkedAs undefined where it cannot be parked
 */
export async function refreshPath(
  zfs: Zfs,
  location: TargetLocation,
  inventory: Inventory,
  path: RelativePath,
  parkedAs: DatasetName | undefined,
  signal: AbortSignal,
): Promise<void> {
  const places = [
    [inventory.inPlace, joinDatasetName(location.target, path)],
    [inventory.parked, inventory.parked.get(path)?.entry.name ?? parkedAs],
  ] as const;
  for (const [states, name] of places) {
    const [state] = name === undefined ? [] : await listTreeIfThere(zfs, name, signal, 0);
    if (state === undefined) states.delete(path);
    else states.set(path, state);
  }
}

function isBelow(path: RelativePath, above: RelativePath): boolean {
  return path === above || path.startsWith(`${above}/`);
}

/** What is asked only when there is something to receive. */
export async function loadRoots(
  zfs: Zfs,
  location: TargetLocation,
  inventory: Inventory,
  signal: AbortSignal,
): Promise<Roots> {
  const { buffer, bufferEntry } = inventory;
  const above = await nearestExisting(zfs, parentDataset(location.target) ?? location.target, signal);
  const bufferParent = bufferEntry ?? (await nearestExisting(zfs, parentDataset(buffer) ?? buffer, signal));
  return {
    ancestor: above.name,
    ancestorGuid: above.guid,
    ancestorAvailable: above.available,
    targetParentRoot: above.encryptionRoot,
    bufferRoot: bufferParent.encryptionRoot,
  };
}
