import { ZfsError } from './errors.ts';
import type { DatasetName, Hold, VersionName } from './model/index.ts';
import type { Zfs } from './zfs.ts';

/** Snapshots of a dataset that were held before. */
export interface HeldBefore {
  /** They are known to be held under the tag; else somebody holds them, and zfs is asked who. */
  readonly known: boolean;
  readonly names: Iterable<VersionName>;
}

/**
 * Moves a hold forward: holds `keep` under `tag`, then releases the other snapshots that `tag` is on. First the new,
 * then the old, so that a crash in between leaves too many holds and never too few. Holds of other tags are left alone.
 */
export async function moveHold(
  zfs: Zfs,
  dataset: DatasetName,
  tag: string,
  keep: readonly VersionName[],
  before: HeldBefore,
): Promise<void> {
  const names = [...before.names];
  const holds = before.known ? [] : await holdsOn(zfs, dataset, names);
  const ours = new Set(before.known ? names : holds.filter((hold) => hold.tag === tag).map(({ snapshot }) => snapshot));
  const missing = keep.filter((name) => !ours.has(name));
  await addHolds(zfs, dataset, tag, missing);
  const stale = [...ours].filter((name) => !keep.includes(name));
  await zfs.release(dataset, stale, tag);
}

/** Of what is still there. */
async function holdsOn(zfs: Zfs, dataset: DatasetName, names: readonly VersionName[]): Promise<readonly Hold[]> {
  try {
    return await zfs.holds(dataset, names);
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'snapshot-missing')) throw error;
    if (names.length < 2) return [];
    const found: Hold[] = [];
    for (const name of names) found.push(...(await holdsOn(zfs, dataset, [name])));
    return found;
  }
}

/** What another run of ours holds already is as good. */
export async function addHolds(
  zfs: Zfs,
  dataset: DatasetName,
  tag: string,
  names: readonly VersionName[],
): Promise<void> {
  try {
    await zfs.hold(dataset, names, tag);
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'snapshot-held')) throw error;
  }
}
