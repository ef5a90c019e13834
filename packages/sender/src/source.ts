import { limits, type OfferedDataset, type OfferedProperty, propertiesBytes, type StreamFlags } from '@zfsync/protocol';
import {
  ConfigError,
  type DatasetName,
  type DatasetState,
  listTree,
  parseRelativePath,
  type RelativePath,
  relativePath,
  USER_PROPERTY_PREFIX,
  type VersionName,
  type Zfs,
} from '@zfsync/zfs';

/** What is offered of each dataset beside its versions. */
export interface OfferOptions {
  /** How a stream to a new target is made; an encrypted dataset that is sent raw goes as it lies on disk anyway. */
  readonly flags: Omit<StreamFlags, 'raw'>;
  /** Encrypted datasets are not sent raw: their plaintext leaves this host. */
  readonly decrypt: boolean;
  /** Which properties; empty = none. */
  readonly properties: readonly string[] | 'all';
}

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
  /** Those whose key is not loaded: they can be sent raw alone. */
  readonly locked: ReadonlySet<RelativePath>;
  /** What of the properties is not offered though it was asked for. */
  readonly warnings: readonly string[];
}

const BUFFER_DATASET = /\.zfsyncbuffer(\/|$)/;

/**
 * Lists the tree with a constant number of processes, whatever its size.
 *
 * @throws {ConfigError} for a buffer dataset and for a tree over the protocol's limits.
 */
export async function loadSource(
  zfs: Zfs,
  root: DatasetName,
  options: OfferOptions,
  signal: AbortSignal,
): Promise<Source> {
  if (BUFFER_DATASET.test(root)) throw new ConfigError(`${root} is the buffer dataset of a receiver: it is not sent`);
  const { properties } = options;
  const tree = await listTree(zfs, root, signal);
  const known =
    properties.length === 0 ? new Map<DatasetName, never>() : await zfs.listProperties(root, properties, { signal });
  const held = new Map<RelativePath, ReadonlySet<VersionName>>();
  for (const state of tree) {
    if (state.held.size > 0) held.set(parseRelativePath(relativePath(root, state.entry.name) ?? ''), state.held);
  }
  const skipped = tree.filter(({ entry }) => BUFFER_DATASET.test(entry.name)).map(({ entry }) => entry.name);
  const warnings: string[] = [];
  const locked = new Set<RelativePath>();
  const datasets: OfferedDataset[] = [];
  for (const state of tree.filter(({ entry }) => !BUFFER_DATASET.test(entry.name))) {
    const { name, encryptionRoot, keyAvailable } = state.entry;
    const dataset = offer(root, state, options, propertiesOf(name, known.get(name), properties, warnings));
    datasets.push(dataset);
    if (encryptionRoot !== undefined && !keyAvailable) locked.add(dataset.path);
  }
  const total = datasets.reduce((sum, dataset) => sum + dataset.versions.length, 0);
  if (datasets.length > limits.offeredDatasetsMax || total > limits.offeredVersionsMax) {
    throw new ConfigError(
      `${root} has ${datasets.length} datasets with ${total} snapshots and bookmarks; one run takes ${limits.offeredDatasetsMax} and ${limits.offeredVersionsMax}: send its parts in runs of their own`,
    );
  }
  const bytes = datasets.reduce((sum, { properties: own }) => sum + propertiesBytes(own), 0);
  if (bytes > limits.offerPropertiesBytesMax) {
    throw new ConfigError(`${root}: its properties come to ${bytes} bytes; name those that matter with --properties`);
  }
  const used = tree[0]?.entry.used ?? 0n;
  return { root, used, datasets, held, skipped, locked, warnings };
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
  root: DatasetName,
  { entry, versions }: DatasetState,
  { flags, decrypt }: OfferOptions,
  properties: readonly OfferedProperty[],
): OfferedDataset {
  const encrypted = entry.encryptionRoot !== undefined;
  // As it lies on disk, so that plaintext of an encrypted dataset never leaves the host and no key is needed. That brings
  // -L, -c and -e along.
  const raw = encrypted && !decrypt;
  return {
    path: parseRelativePath(relativePath(root, entry.name) ?? ''),
    datasetType: entry.type,
    guid: entry.guid,
    encrypted,
    raw,
    largeBlocks: flags.largeBlocks && !raw,
    compressed: flags.compressed && !raw,
    embedded: flags.embedded && !encrypted,
    properties,
    versions,
    origin: undefined,
    continued: false,
  };
}

/** The source dataset at a path. */
export function sourceDataset(root: DatasetName, path: RelativePath): DatasetName {
  return `${root}${path}` as DatasetName;
}
