import type { Store } from '../store/store.ts';

const DEFAULT_VERSION = '2.1.11-1';

/** `zfs version`, `zpool version`: of the OpenZFS that is simulated. */
export function run(store: Store): number {
  const version = store.context.env['ZFSYNC_SIM_VERSION'] ?? DEFAULT_VERSION;
  store.context.out(`zfs-${version}\nzfs-kmod-${version}\n`);
  return 0;
}
