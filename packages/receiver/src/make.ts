import {
  type DatasetName,
  joinDatasetName,
  parentDataset,
  parentPath,
  type RelativePath,
  relativePath,
  USER_PROPERTY,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import type { Holdings } from './holdings.ts';
import type { Inventory, TargetLocation } from './inventory.ts';
import { expectedRoot, mustNotInherit, OWN_ROOT, type Surroundings } from './placement.ts';
import { ROOT_MARK } from './session-root.ts';

/** Of what is only there to hold others. */
export const PLACEHOLDER = { canmount: 'off', [USER_PROPERTY.placeholder]: 'on' };
/** So that nothing of a half-arrived tree can be seen or written. */
export const BUFFER_PROPERTIES = { canmount: 'off', mountpoint: 'none', readonly: 'on' };

/**
 * Creates filesystems once, however many connections and sessions of this receiver ask for the same one at the same
 * time. One that exists already is as good: another session made it.
 */
export class FilesystemCreator {
  readonly #zfs: Zfs;
  readonly #making = new Map<DatasetName, Promise<void>>();

  constructor(zfs: Zfs) {
    this.#zfs = zfs;
  }

  create(name: DatasetName, properties: Readonly<Record<string, string>>): Promise<void> {
    let making = this.#making.get(name);
    if (making === undefined) {
      making = this.#create(name, properties).finally(() => this.#making.delete(name));
      this.#making.set(name, making);
    }
    return making;
  }

  async #create(name: DatasetName, properties: Readonly<Record<string, string>>): Promise<void> {
    try {
      await this.#zfs.create(name, { type: 'filesystem', properties });
    } catch (error) {
      if (!(error instanceof ZfsError && error.reason === 'dataset-exists')) throw error;
    }
  }
}

/** Makes the datasets that only exist to hold others: the buffer dataset and placeholders for missing parents. */
export class DatasetMaker {
  readonly #creator: FilesystemCreator;
  readonly #location: TargetLocation;
  readonly #holdings: Holdings;
  /** Made in this session: not asked for again. */
  readonly #made = new Set<DatasetName>();

  constructor(creator: FilesystemCreator, location: TargetLocation, holdings: Holdings) {
    this.#creator = creator;
    this.#location = location;
    this.#holdings = holdings;
  }

  async buffer({ buffer, bufferEntry }: Inventory): Promise<DatasetName> {
    if (bufferEntry === undefined) await this.#make(buffer, BUFFER_PROPERTIES);
    return buffer;
  }

  /** The datasets between the session's target and the nearest one above it that exists. */
  async aboveTarget(ancestor: DatasetName): Promise<void> {
    const missing: DatasetName[] = [];
    let at = parentDataset(this.#location.target);
    while (at !== undefined && at !== ancestor && relativePath(ancestor, at) !== undefined) {
      missing.unshift(at);
      at = parentDataset(at);
    }
    for (const name of missing) await this.#make(name, PLACEHOLDER);
  }

  /** @param paths outermost first, each with its parent in place or before it. */
  async placeholders(paths: readonly RelativePath[], around: Surroundings): Promise<void> {
    if (paths.length > 0) await this.aboveTarget(around.ancestor);
    for (const path of paths) {
      const name = joinDatasetName(this.#location.target, path);
      const unencrypted = mustNotInherit(path, parentRootOf(path, this.#holdings, around), around);
      await this.#make(name, {
        ...PLACEHOLDER,
        ...(path === '' && { readonly: 'on', ...ROOT_MARK }),
        ...(unencrypted && { encryption: 'off' }),
      });
      const expected = expectedRoot(path, around);
      const encryptionRoot = expected === OWN_ROOT ? undefined : expected;
      this.#holdings.inPlace.set(path, { name, newest: undefined, encryptionRoot });
    }
  }

  async #make(name: DatasetName, properties: Readonly<Record<string, string>>): Promise<void> {
    if (this.#made.has(name)) return;
    await this.#creator.create(name, properties);
    this.#made.add(name);
  }
}

/** The encryption root of the dataset in place above `path`. */
export function parentRootOf(path: RelativePath, holdings: Holdings, around: Surroundings): DatasetName | undefined {
  const parent = parentPath(path);
  return parent === undefined ? around.targetParentRoot : holdings.inPlace.get(parent)?.encryptionRoot;
}
