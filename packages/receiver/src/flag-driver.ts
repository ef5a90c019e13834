/** Error flags go by names: what is renamed or destroyed here takes those of its old name, and of all below it, along. */
import type { ErrorFlags } from '@zfsync/program';
import type { DatasetDestroyer, Zfs } from '@zfsync/zfs';

/** A driver that lowers the flags of the name that is gone. */
export function flagLoweringZfs(zfs: Zfs, flags: Pick<ErrorFlags, 'lowerTree'> | undefined): Zfs {
  if (flags === undefined) return zfs;
  return {
    ...zfs,
    rename: async (from, to) => {
      await zfs.rename(from, to);
      flags.lowerTree(from);
    },
  };
}

/** See {@link flagLoweringZfs}. */
export function flagLoweringDestroyer(
  destroyer: DatasetDestroyer | undefined,
  flags: Pick<ErrorFlags, 'lowerTree'> | undefined,
): DatasetDestroyer | undefined {
  if (destroyer === undefined || flags === undefined) return destroyer;
  return {
    destroyDataset: async (dataset) => {
      await destroyer.destroyDataset(dataset);
      flags.lowerTree(dataset);
    },
  };
}
