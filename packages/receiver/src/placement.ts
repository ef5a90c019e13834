/**
 * Where a full stream goes, as pure functions over what is in place, what is parked and what the sender offers: in
 * place when the parent is there, else into the buffer dataset, unless that would change the dataset's encryption.
 */
import type { OfferedDataset } from '@zfsync/protocol';
import { type DatasetName, parentPath, type RelativePath } from '@zfsync/zfs';
import type { Roots } from './inventory.ts';

export interface Surroundings extends Roots {
  /** The encryption root of the dataset in place at this path; undefined = not encrypted; `absent` = none is there. */
  inPlaceRoot(path: RelativePath): DatasetName | undefined | 'absent';
  /** What is in place at this path is its own encryption root: it inherits from nothing, wherever it is renamed to. */
  ownsRoot(path: RelativePath): boolean;
  offered(path: RelativePath): OfferedDataset | undefined;
}

/** A raw stream brings its own encryption root; it inherits from nothing. */
export const OWN_ROOT = Symbol('own encryption root');

/**
 * The encryption root that the dataset of `path` has, or will have once everything has arrived. A non-raw stream inherits it from
 * the target's parent; but one that the source keeps unencrypted below an encrypted parent stays unencrypted.
 */
export function expectedRoot(path: RelativePath, around: Surroundings): DatasetName | undefined | typeof OWN_ROOT {
  const inPlace = around.inPlaceRoot(path);
  if (inPlace !== 'absent') return inPlace;
  if (around.offered(path)?.raw === true) return OWN_ROOT;
  const parent = parentPath(path);
  if (parent === undefined) return around.targetParentRoot;
  if (around.offered(parent)?.raw === true) return undefined;
  return expectedRoot(parent, around);
}

/**
 * Whether a dataset may be received into the buffer dataset, or renamed there, and renamed into place later. Not when it would take
 * the buffer's encryption there: unencrypted data would come to lie below an encrypted target, or the rename fail with
 * "cannot move encrypted child outside of its encryption root" (both seen on 2.1.11).
 */
export function isParkable(path: RelativePath, around: Surroundings): boolean {
  if (around.ownsRoot(path)) return true;
  const expected = expectedRoot(path, around);
  return expected === OWN_ROOT || expected === undefined || expected === around.bufferRoot;
}

/** Whether `-o encryption=off` is needed so that a stream received below `parentRoot` does not inherit encryption. */
export function mustNotInherit(path: RelativePath, parentRoot: DatasetName | undefined, around: Surroundings): boolean {
  return parentRoot !== undefined && expectedRoot(path, around) === undefined;
}
