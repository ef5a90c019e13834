import { limits, type OfferedDataset, type OfferedProperty, propertiesBytes, type StreamFlags } from '@zfsync/protocol';
import {
  ConfigError,
  type DatasetName,
  type DatasetState,
  isSnapshot,
  listTree,
  parseRelativePath,
  type RelativePath,
  relativePath,
  ReplicationError,
  type Snapshot,
  type SnapshotReference,
  USER_PROPERTY_PREFIX,
  type Version,
  type VersionName,
  type Zfs,
} from '@zfsync/zfs';
import {
  ALL_SNAPSHOTS,
  idlePatterns,
  isMeantSnapshot,
  type LeftOut,
  oddSendProperty,
  SELECT_ALL,
  type Selection,
  type SnapshotFilter,
  whyLeftOut,
} from './select.ts';

/** What is offered of each dataset beside its versions. */
export interface OfferOptions {
  /** How a stream to a new target is made; an encrypted dataset that is sent raw goes as it lies on disk anyway. */
  readonly flags: Omit<StreamFlags, 'raw'>;
  /** Encrypted datasets are not sent raw: their plaintext leaves this host. */
  readonly decrypt: boolean;
  /** Which properties; empty = none. */
  readonly properties: readonly string[] | 'all';
  /** Default: all. */
  readonly selection?: Selection | undefined;
  /** Default: all. */
  readonly filter?: SnapshotFilter | undefined;
}

/** A dataset as it is offered, and what only the sender knows of it. */
export type SourceOffer = OfferedDataset & {
  /**
   * Snapshots that the filter leaves out: they are offered as bookmarks, so that one of them that the target has is the
   * incremental source all the same.
   */
  readonly filtered?: readonly Snapshot[];
  /** The snapshot of `origin`, as it is named here. */
  readonly originSnapshot?: SnapshotReference;
};

/** The tree that is to be sent, as ZFS has it now. */
export interface Source {
  readonly root: DatasetName;
  /** Parents before children. */
  readonly datasets: readonly SourceOffer[];
  /** Bytes that the whole tree takes, with all its snapshots. */
  readonly used: bigint;
  /** The snapshots that somebody holds; paths without any are left out. */
  readonly held: ReadonlyMap<RelativePath, ReadonlySet<VersionName>>;
  /** Buffer datasets of a receiver on this host: what is parked there has not arrived, so it is not sent on. */
  readonly skipped: readonly DatasetName[];
  /** What the selection leaves out, parents before children, each dataset for itself. */
  readonly leftOut: readonly LeftOut[];
  /** Those whose key is not loaded: they can be sent raw alone. */
  readonly locked: ReadonlySet<RelativePath>;
  /** What is not offered though it was asked for, and what may have been meant otherwise. */
  readonly warnings: readonly string[];
}

const BUFFER_DATASET = /\.zfsyncbuffer(\/|$)/;

/**
 * The source is, for now, such that it cannot be worked with as it was asked for. No {@link ConfigError}: the same command
 * line has done before and may do again, so a service goes on trying, and other jobs are not concerned.
 */
export function unfit(message: string): ReplicationError {
  return new ReplicationError(message, { code: 'SOURCE_UNFIT', retry: 'operator' });
}

/** What is parked in it has not arrived. */
export function isBufferDataset(name: DatasetName): boolean {
  return BUFFER_DATASET.test(name);
}

/**
 * Lists the tree with a constant number of processes, whatever its size.
 *
 * @throws {ConfigError} for a buffer dataset, {@link unfit} for a tree over the protocol's limits or with nothing selected.
 */
export async function loadSource(
  zfs: Zfs,
  root: DatasetName,
  options: OfferOptions,
  signal: AbortSignal,
): Promise<Source> {
  if (isBufferDataset(root)) throw new ConfigError(`${root} is the buffer dataset of a receiver: it is not sent`);
  const { properties, selection = SELECT_ALL } = options;
  const now = Date.now();
  const tree = await listTree(zfs, root, signal);
  const known =
    properties.length === 0 ? new Map<DatasetName, never>() : await zfs.listProperties(root, properties, { signal });
  const held = new Map<RelativePath, ReadonlySet<VersionName>>();
  for (const state of tree) {
    if (state.held.size > 0) held.set(parseRelativePath(relativePath(root, state.entry.name) ?? ''), state.held);
  }
  const skipped: DatasetName[] = [];
  const leftOut: LeftOut[] = [];
  const warnings: string[] = [];
  const locked = new Set<RelativePath>();
  const datasets: SourceOffer[] = [];
  for (const state of tree) {
    const { name, encryptionRoot, keyAvailable } = state.entry;
    if (isBufferDataset(name)) {
      skipped.push(name);
      continue;
    }
    const path = parseRelativePath(relativePath(root, name) ?? '');
    const why = whyLeftOut(selection, path, state.entry);
    if (why !== undefined) {
      leftOut.push({ path, dataset: name, why });
      continue;
    }
    const dataset = offer(path, state, options, now, propertiesOf(name, known.get(name), properties, warnings));
    datasets.push(dataset);
    const odd = oddSendProperty(state.entry);
    if (odd !== undefined) warnings.push(odd);
    if (encryptionRoot !== undefined && !keyAvailable) locked.add(dataset.path);
  }
  const total = datasets.reduce((sum, dataset) => sum + dataset.versions.length, 0);
  if (datasets.length === 0) throw unfit(`${root}: of the ${tree.length} datasets of the tree none is selected`);
  if (datasets.length > limits.offeredDatasetsMax || total > limits.offeredVersionsMax) {
    throw unfit(
      `${root} has ${datasets.length} datasets with ${total} snapshots and bookmarks; one run takes ${limits.offeredDatasetsMax} and ${limits.offeredVersionsMax}: send its parts in runs of their own`,
    );
  }
  warnings.push(
    ...idlePatterns(
      selection,
      root,
      [...datasets, ...leftOut].map(({ path }) => path),
    ),
  );
  const bytes = datasets.reduce((sum, { properties: own }) => sum + propertiesBytes(own), 0);
  if (bytes > limits.offerPropertiesBytesMax) {
    throw unfit(`${root}: its properties come to ${bytes} bytes; name those that matter with --properties`);
  }
  const used = tree[0]?.entry.used ?? 0n;
  return { root, used, datasets: withOrigins(root, tree, datasets), held, skipped, leftOut, locked, warnings };
}

/** A clone is offered with its origin where that is of a dataset that is offered too. */
function withOrigins(
  root: DatasetName,
  tree: readonly DatasetState[],
  datasets: readonly SourceOffer[],
): SourceOffer[] {
  const states = new Map(tree.map((state) => [state.entry.name as string, state]));
  const offered = new Set(datasets.map(({ path }) => path));
  return datasets.map((dataset) => {
    const [name = '', snapshot = ''] = states.get(root + dataset.path)?.entry.origin?.split('@', 2) ?? [];
    const state = states.get(name);
    const path = state && relativePath(root, state.entry.name);
    const version = state?.versions.find((one) => isSnapshot(one) && one.name === snapshot);
    if (state === undefined || path === undefined || version === undefined || !offered.has(path)) return dataset;
    const originSnapshot = { dataset: state.entry.name, name: version.name };
    return { ...dataset, origin: { path, guid: version.guid }, originSnapshot };
  });
}

/** What a stream comes with itself, and where keys are, which is nobody's business unless it is asked for by name. */
const NOT_OF_ALL: ReadonlySet<string> = new Set([
  ...['encryption', 'keyformat', 'keylocation', 'pbkdf2iters', 'version', 'volblocksize', 'volsize'],
]);

/** Within the limits of an offer. @param warnings gets what does not fit */
function propertiesOf(
  dataset: DatasetName,
  known: ReadonlyMap<string, string> | undefined,
  wanted: OfferOptions['properties'],
  warnings: string[],
): OfferedProperty[] {
  const offered: OfferedProperty[] = [];
  let bytes = 0;
  for (const [name, value] of known ?? []) {
    if (name.startsWith(USER_PROPERTY_PREFIX) || (wanted === 'all' && NOT_OF_ALL.has(name))) continue;
    bytes += propertiesBytes([{ name, value }]);
    const why = /\p{Cc}/u.test(value)
      ? 'its value has control characters'
      : offered.length >= limits.offeredPropertiesMax || bytes > limits.datasetPropertiesBytesMax
        ? 'there are too many'
        : undefined;
    if (why === undefined) offered.push({ name, value });
    else warnings.push(`${dataset}: its property ${name} is not offered to the receiver: ${why}`);
  }
  return offered;
}

function offer(
  path: RelativePath,
  { entry, versions }: DatasetState,
  { flags, decrypt, filter = ALL_SNAPSHOTS }: OfferOptions,
  now: number,
  properties: readonly OfferedProperty[],
): SourceOffer {
  const filtered = versions.filter(isSnapshot).filter((snapshot) => !isMeantSnapshot(filter, snapshot, now));
  const encrypted = entry.encryptionRoot !== undefined;
  // As it lies on disk, so that plaintext of an encrypted dataset never leaves the host and no key is needed. That brings
  // -L, -c and -e along.
  const raw = encrypted && !decrypt;
  return {
    path,
    datasetType: entry.type,
    guid: entry.guid,
    encrypted,
    raw,
    largeBlocks: flags.largeBlocks && !raw,
    compressed: flags.compressed && !raw,
    embedded: flags.embedded && !encrypted,
    properties,
    versions: filtered.length === 0 ? versions : withoutFiltered(versions, new Set<Version>(filtered)),
    ...(filtered.length > 0 && { filtered }),
    origin: undefined,
    continued: false,
  };
}

/** A bookmark of the same guid can be an incremental source and nothing else. */
function withoutFiltered(versions: readonly Version[], filtered: ReadonlySet<Version>): Version[] {
  return versions.map((version) => (filtered.has(version) ? { ...version, kind: 'bookmark' } : version));
}

/** The source dataset at a path. */
export function sourceDataset(root: DatasetName, path: RelativePath): DatasetName {
  return `${root}${path}` as DatasetName;
}
