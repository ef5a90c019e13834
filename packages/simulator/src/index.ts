/**
 * A zfs(8) and zpool(8) look-alike over a directory. The commands are programs; this library says where they are and
 * makes many datasets at once without starting any.
 */
import { fileURLToPath } from 'node:url';

export type { PopulateOptions } from './populate.ts';
export { populate } from './populate.ts';

/** Absolute paths of the programs, for `--zfs-command` and the like. They need ZFSYNC_SIM_ROOT. */
export function simulatorCommands(): { readonly zfs: string; readonly zpool: string } {
  const path = (name: string): string => fileURLToPath(new URL(`../bin/${name}`, import.meta.url));
  return { zfs: path('zfs'), zpool: path('zpool') };
}
