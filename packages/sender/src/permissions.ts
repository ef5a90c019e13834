/**
 * What `zfs allow` has to give to the user of a sender. Found out on OpenZFS 2.1.11, each left out on its own:
 * docs/SECURITY.md says what for.
 */
import {
  isZfsSince,
  type PermissionNeed,
  type PermissionsOutput,
  printPermissions,
  readAccount,
} from '@zfsync/program';
import type { DatasetName, Zfs } from '@zfsync/zfs';

export interface SenderFeatures {
  /** Plaintext of encrypted datasets is sent. */
  readonly decrypt: boolean;
  /** Snapshots are taken. */
  readonly snapshot: boolean;
  /** Snapshots are pruned. */
  readonly keep: boolean;
}

/** The first version that has `send:raw`: for streams as they lie on disk alone. */
const RAW_SINCE = '2.4.0';

/**
 * Holds and bookmarks are made by every run. `destroy` without `mount` is good for bookmarks alone: to destroy a
 * snapshot or a dataset takes both (seen on 2.1.11).
 */
const ALWAYS: readonly string[] = ['bookmark', 'destroy', 'hold', 'release'];

/** `zfsync-send permissions`. @returns the exit code. @throws {ZfsError} when there is no such dataset. */
export async function printSenderPermissions(
  zfs: Zfs,
  dataset: DatasetName,
  user: string,
  features: SenderFeatures,
  output: PermissionsOutput,
): Promise<number> {
  const account = readAccount(user);
  const needs = await senderPermissions(zfs, dataset, features);
  return printPermissions({ zfs, program: 'zfsync-send', account, needs, notes: [], ...output });
}

/** @throws {ZfsError} when there is no such dataset. */
export async function senderPermissions(
  zfs: Zfs,
  dataset: DatasetName,
  { decrypt, snapshot, keep }: SenderFeatures,
): Promise<PermissionNeed[]> {
  let encrypted = true;
  for await (const entry of zfs.listDatasets(dataset)) encrypted &&= entry.encryptionRoot !== undefined;
  const raw = encrypted && !decrypt && (await isZfsSince(zfs, RAW_SINCE));
  return [
    {
      dataset,
      permissions: [
        raw ? 'send:raw' : 'send',
        ...ALWAYS,
        ...(snapshot ? ['snapshot'] : []),
        ...(keep ? ['mount'] : []),
      ],
    },
  ];
}
