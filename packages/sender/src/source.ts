import { limits, type OfferedDataset } from '@zfsync/protocol';
import {
  ConfigError,
  type DatasetName,
  type DatasetState,
  listTree,
  parseRelativePath,
  type RelativePath,
  relativePath,
  type VersionName,
  type Zfs,
} from '@zfsync/zfs';

/** The tree that is to be sent, as ZFS has it now. */
export interface Source {
  readonly root: DatasetName;
  /** Parents before children. */
  readonly datasets: readonly OfferedDataset[];
  /** Bytes that the whole tree takes, with all its snapshots. */
  readonly used: bigint;
  /** The snapshots that somebody holds; paths without any are left out. */
  readonly held: ReadonlyMap<RelativePath, ReadonlySet<VersionName>>;
  /** Buffer datasets of a receiver on this host: what is parked there has not arrived, so it is not sent on. */
  readonly skipped: readonly DatasetName[];
}

const BUFFER_DATASET = /\.zfsyncbuffer(\/|$)/;

/**
 * Lists the tree with a constant number of processes, whatever its size.
 *
 * @throws {ConfigError} for a buffer dataset and for a tree over the protocol's limits.
 */
export async function loadSource(zfs: Zfs, root: DatasetName, signal: AbortSignal): Promise<Source> {
  if (BUFFER_DATASET.test(root)) throw new ConfigError(`${root} is the buffer dataset of a receiver: it is not sent`);
  const tree = await listTree(zfs, root, signal);
  const held = new Map<RelativePath, ReadonlySet<VersionName>>();
  for (const state of tree) {
    if (state.held.size > 0) held.set(parseRelativePath(relativePath(root, state.entry.name) ?? ''), state.held);
  }
  const skipped = tree.filter(({ entry }) => BUFFER_DATASET.test(entry.name)).map(({ entry }) => entry.name);
  const datasets = tree.filter(({ entry }) => !BUFFER_DATASET.test(entry.name)).map((state) => offer(root, state));
  const total = datasets.reduce((sum, dataset) => sum + dataset.versions.length, 0);
  if (datasets.length > limits.offeredDatasetsMax || total > limits.offeredVersionsMax) {
    throw new ConfigError(
      `${root} has ${datasets.length} datasets with ${total} snapshots and bookmarks; one run takes ${limits.offeredDatasetsMax} and ${limits.offeredVersionsMax}: send its parts in runs of their own`,
    );
  }
  const used = tree[0]?.entry.used ?? 0n;
  return { root, used, datasets, held, skipped };
}

function offer(root: DatasetName, { entry, versions }: DatasetState): OfferedDataset {
  const encrypted = entry.encryptionRoot !== undefined;
  return {
    path: parseRelativePath(relativePath(root, entry.name) ?? ''),
    datasetType: entry.type,
    guid: entry.guid,
    encrypted,
    // As it lies on disk, so that plaintext of an encrypted dataset never leaves the host and no key is needed.
    raw: encrypted,
    largeBlocks: false,
    compressed: false,
    embedded: false,
    properties: [],
    versions,
    continued: false,
  };
}

/** The source dataset at a path. */
export function sourceDataset(root: DatasetName, path: RelativePath): DatasetName {
  return `${root}${path}` as DatasetName;
}
