/**
 * Names of datasets and versions, validated once and then carried in the type.
 *
 * The rules are those of OpenZFS `zfs_namecheck.c` (`entity_namecheck`, `dataset_namecheck`): components of letters,
 * digits and `-_.: ` (a space is legal, also at the ends of a component), no empty component, no component `.` or `..`,
 * at most 255 bytes in all, at most 50 levels.
 */

import { quoted } from './quoted.ts';

declare const brand: unique symbol;

/** A valid dataset name such as `tank/data/a b`. Made only by {@link parseDatasetName} and {@link joinDatasetName}. */
export type DatasetName = string & { readonly [brand]: 'DatasetName' };

/**
 * The path of a dataset relative to a root: `''` for the root itself, else `/child/grandchild` with its leading `/`.
 * Made only by {@link parseRelativePath} and {@link relativePath}; appended to a root it cannot leave it.
 */
export type RelativePath = string & { readonly [brand]: 'RelativePath' };

/** The part of a snapshot's or bookmark's name behind the `@` or `#`. */
export type VersionName = string & { readonly [brand]: 'VersionName' };

/** `ZFS_MAX_DATASET_NAME_LEN` is 256 with its NUL: the longest `dataset@snapshot` in bytes. */
export const NAME_BYTES_MAX = 255;

/** `zfs_max_dataset_nesting`: the most `/` a name may have. */
export const NAME_DEPTH_MAX = 50;

/** A name or path that ZFS would not take. `message` says which and why. */
export class InvalidNameError extends Error {
  static {
    this.prototype.name = 'InvalidNameError';
  }
}

const COMPONENT = /^[A-Za-z0-9\-_.: ]+$/;
const POOL_START = /^[A-Za-z]/;
const POOL_RESERVED = /^(mirror|raidz|draid|spare)/;

function checkComponent(component: string, whole: string): void {
  if (component === '') throw new InvalidNameError(`the name ${quoted(whole)} has an empty component`);
  if (component === '.' || component === '..') {
    throw new InvalidNameError(`the name ${quoted(whole)} has the component "${component}"`);
  }
  if (!COMPONENT.test(component)) {
    const bad = Array.from(component).find((c) => !COMPONENT.test(c));
    throw new InvalidNameError(`the name ${quoted(whole)} contains ${quoted(bad ?? '')}, which ZFS forbids`);
  }
}

function checkLength(name: string): void {
  if (Buffer.byteLength(name) > NAME_BYTES_MAX) {
    throw new InvalidNameError(`the name ${quoted(name)} is longer than ${String(NAME_BYTES_MAX)} bytes`);
  }
}

/** @throws {InvalidNameError} when ZFS would refuse the name of a filesystem or volume. */
export function parseDatasetName(text: string): DatasetName {
  checkLength(text);
  const components = text.split('/');
  for (const component of components) checkComponent(component, text);
  const pool = components[0] ?? '';
  if (!POOL_START.test(pool) || POOL_RESERVED.test(pool)) {
    throw new InvalidNameError(`${quoted(pool)} cannot be the name of a pool`);
  }
  if (components.length - 1 > NAME_DEPTH_MAX) {
    throw new InvalidNameError(`the name ${quoted(text)} is more than ${String(NAME_DEPTH_MAX)} levels deep`);
  }
  return text as DatasetName;
}

/** @throws {InvalidNameError} when it is neither `''` nor a sequence of `/component`. */
export function parseRelativePath(text: string): RelativePath {
  if (text === '') return text as RelativePath;
  checkLength(text);
  if (!text.startsWith('/')) throw new InvalidNameError(`the path ${quoted(text)} does not begin with "/"`);
  const components = text.slice(1).split('/');
  for (const component of components) checkComponent(component, text);
  if (components.length > NAME_DEPTH_MAX) {
    throw new InvalidNameError(`the path ${quoted(text)} is more than ${String(NAME_DEPTH_MAX)} levels deep`);
  }
  return text as RelativePath;
}

/** @throws {InvalidNameError} when ZFS would refuse it behind an `@` or `#`. */
export function parseVersionName(text: string): VersionName {
  checkLength(text);
  if (!COMPONENT.test(text) || text === '.' || text === '..') {
    throw new InvalidNameError(`${quoted(text)} cannot be the name of a snapshot`);
  }
  return text as VersionName;
}

/** The dataset at `path` below `root`. @throws {InvalidNameError} when the whole passes ZFS's limits. */
export function joinDatasetName(root: DatasetName, path: RelativePath): DatasetName {
  return parseDatasetName(root + path);
}

/** The path of `dataset` below `root`, or undefined when it is not below it. */
export function relativePath(root: DatasetName, dataset: DatasetName): RelativePath | undefined {
  if (dataset === (root as string)) return '' as RelativePath;
  return dataset.startsWith(`${root}/`) ? (dataset.slice(root.length) as RelativePath) : undefined;
}

/** The parent dataset, or undefined for a pool's root. */
export function parentDataset(dataset: DatasetName): DatasetName | undefined {
  const slash = dataset.lastIndexOf('/');
  return slash < 0 ? undefined : (dataset.slice(0, slash) as DatasetName);
}

/** The parent of a relative path: `/a/b` → `/a` → `''` → undefined. */
export function parentPath(path: RelativePath): RelativePath | undefined {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? undefined : (path.slice(0, slash) as RelativePath);
}

/** How many levels a relative path lies below its root; 0 for the root. */
export function pathDepth(path: RelativePath): number {
  return path === '' ? 0 : path.split('/').length - 1;
}
