/**
 * Names in the buffer dataset. A stream whose parent is not in place yet is received into
 * `<target root>.zfsyncbuffer/<HEX>`: HEX is the upper-case hexadecimal of its path below the target root, with the
 * leading `/`. What is there is *parked* until it is *promoted*, renamed into place.
 */
import { createHash } from 'node:crypto';
import {
  type DatasetEntry,
  type DatasetName,
  InvalidNameError,
  joinDatasetName,
  NAME_BYTES_MAX,
  parentDataset,
  parseDatasetName,
  parseRelativePath,
  type RelativePath,
} from '@zfsync/zfs';

const SUFFIX = '.zfsyncbuffer';
/** Begins the name of a parked dataset whose HEX would be too long; not a hexadecimal digit, so it cannot be a HEX. */
const DIGEST_PREFIX = 'sha256-';

/** `<target root>.zfsyncbuffer`; for a pool's root, which has no sibling, `<pool>/.zfsyncbuffer`. */
export function bufferDatasetOf(targetRoot: DatasetName): DatasetName {
  return parseDatasetName(parentDataset(targetRoot) === undefined ? `${targetRoot}/${SUFFIX}` : targetRoot + SUFFIX);
}

/** A path that would collide with a buffer dataset. */
export function isReservedPath(path: RelativePath): boolean {
  return path.split('/').some((component) => component.endsWith(SUFFIX));
}

/**
 * Where the dataset of `path` is parked.
 *
 * @param path below the target root.
 * @param versionNameBytes length of its longest snapshot name: `parked@snapshot` must stay within ZFS's limit.
 */
export function parkedName(buffer: DatasetName, path: RelativePath, versionNameBytes: number): DatasetName {
  const hex = `${buffer}/${Buffer.from(path).toString('hex').toUpperCase()}`;
  if (hex.length + 1 + versionNameBytes <= NAME_BYTES_MAX) return parseDatasetName(hex);
  return parseDatasetName(`${buffer}/${DIGEST_PREFIX}${createHash('sha256').update(path).digest('hex')}`);
}

/** Whether the name is a digest, so that the path must be kept in the user property `zfsync:path`. */
export function isDigestName(parked: DatasetName): boolean {
  return parked.slice(parked.lastIndexOf('/') + 1).startsWith(DIGEST_PREFIX);
}

/** The path that a child of the buffer dataset is to be promoted to, or undefined when it is none of ours. */
export function pathOfParked(entry: Pick<DatasetEntry, 'name' | 'zfsyncPath'>): RelativePath | undefined {
  const name = entry.name.slice(entry.name.lastIndexOf('/') + 1);
  const text = isDigestName(entry.name) ? entry.zfsyncPath : decodeHex(name);
  if (text === undefined || text === '') return undefined;
  try {
    return parseRelativePath(text);
  } catch (error) {
    if (error instanceof InvalidNameError) return undefined;
    throw error;
  }
}

function decodeHex(name: string): string | undefined {
  return /^([0-9A-F]{2})+$/.test(name) ? Buffer.from(name, 'hex').toString('utf8') : undefined;
}

/** @throws {InvalidNameError} when the target's name, with its longest snapshot name, passes ZFS's limit. */
export function targetName(root: DatasetName, path: RelativePath, versionNameBytes: number): DatasetName {
  const target = joinDatasetName(root, path);
  if (Buffer.byteLength(target) + 1 + versionNameBytes > NAME_BYTES_MAX) {
    throw new InvalidNameError(`${target} with its snapshot names would be longer than ${NAME_BYTES_MAX} bytes`);
  }
  return target;
}
