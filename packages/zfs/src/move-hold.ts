import type { DatasetName, VersionName } from './model/index.ts';
import { ZfsError } from './errors.ts';
import type { Zfs } from './zfs.ts';

/**
 * Moves a hold forward: holds `keep` under `tag`, then releases the other snapshots that `tag` is on. First the new,
 * then the old, so that a crash in between leaves too many holds and never too few.
 *
 * @param held snapshots of the dataset that somebody holds, by a listing; those of other tags are left alone
 */
export async function moveHold(
  zfs: Zfs,
  dataset: DatasetName,
  tag: string,
  keep: readonly VersionName[],
  held: Iterable<VersionName>,
): Promise<void> {
  const known = [...new Set(held)];
  const holds = await zfs.holds(dataset, known);
  const ours = new Set(holds.filter((hold) => hold.tag === tag).map(({ snapshot }) => snapshot));
  const missing = keep.filter((name) => !ours.has(name));
  await holdAll(zfs, dataset, missing, tag);
  const stale = [...ours].filter((name) => !keep.includes(name));
  await zfs.release(dataset, stale, tag);
}

/** One that another run of ours holds already is as good. */
async function holdAll(zfs: Zfs, dataset: DatasetName, names: readonly VersionName[], tag: string): Promise<void> {
  try {
    await zfs.hold(dataset, names, tag);
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'snapshot-held')) throw error;
  }
}
