/**
 * What `zfs allow` has to give to the user of a receiver. Found out on OpenZFS 2.1.11, each left out on its own:
 * docs/SECURITY.md says what for.
 */
import {
  type Account,
  isZfsSince,
  type Logger,
  missingPermissions,
  nearestDataset,
  type PermissionNeed,
  permissionOfProperty,
  type PermissionsOutput,
  printPermissions,
  readAccount,
  shellWord,
} from '@zfsync/program';
import { ConfigError, type DatasetName, parentDataset, type Zfs, ZfsError } from '@zfsync/zfs';
import { bufferDatasetOf } from './buffer-dataset.ts';
import { BUFFER_PROPERTIES, PLACEHOLDER } from './make.ts';
import { tidyPolicyOf } from './append-only.ts';
import type { ConflictPolicy, SessionPolicy } from './policy.ts';
import { namesPassed } from './receive-properties.ts';
import type { MirrorDatasets } from './tidy-policy.ts';

/** What is to be done with the target. */
export interface ReceiverFeatures {
  readonly onConflict: ConflictPolicy;
  readonly hold: boolean;
  readonly appendOnly: boolean;
  /** Names of properties that the operator has passed on from the sender, or set. */
  readonly properties: readonly string[];
  readonly mirrorDatasets: MirrorDatasets;
}

/** What the command line of a receiver comes to. */
export function featuresOf(policy: SessionPolicy): ReceiverFeatures {
  const { onConflict, hold, appendOnly, properties } = policy;
  const names = [...namesPassed(properties), ...Object.keys(properties.set)];
  const { mirror } = tidyPolicyOf(policy);
  return { onConflict, hold, appendOnly, properties: names, mirrorDatasets: mirror.datasets };
}

/** The permissions of a receiver's user, and what the operator should know about them. */
export interface ReceiverPermissions {
  readonly needs: readonly PermissionNeed[];
  readonly notes: readonly string[];
}

/** The first version that has `receive:append`. */
const APPEND_SINCE = '2.3.2';

/**
 * Set by receives and on placeholders. One that may not be set is left at its default, and `zfs receive` ends with 0 all
 * the same (seen on 2.1.11). What is left out (`-x`) takes no permission: without one ZFS does not obey the stream.
 */
const SET_PROPERTIES: readonly string[] = ['canmount', 'readonly', 'volmode', 'zfsync:path'];

/** `zfsync-recv permissions`. @returns the exit code. @throws {ConfigError} when the target cannot be made. */
export async function printReceiverPermissions(
  zfs: Zfs,
  target: DatasetName,
  user: string,
  features: ReceiverFeatures,
  output: PermissionsOutput,
): Promise<number> {
  const account = readAccount(user);
  const permissions = await receiverPermissions(zfs, target, features);
  return printPermissions({ zfs, program: 'zfsync-recv', account, ...permissions, ...output });
}

/** @throws {ConfigError} when the target cannot be made. */
export async function receiverPermissions(
  zfs: Zfs,
  target: DatasetName,
  wanted: ReceiverFeatures,
): Promise<ReceiverPermissions> {
  const existing = await nearestDataset(zfs, target);
  if (existing === undefined) throw new ConfigError(`the pool of ${target} does not exist or is not imported here`);
  const features = { ...wanted, properties: await knownProperties(zfs, existing, wanted.properties) };
  const receive = features.appendOnly && (await isZfsSince(zfs, APPEND_SINCE)) ? 'receive:append' : 'receive';
  const inPlace = ofTarget(receive, features);
  const parked = ofBuffer(receive, features);
  const buffer = bufferDatasetOf(target);
  const parent = parentDataset(target);
  const notes = notesOf(target, parent, features, receive);
  if (existing !== target) {
    if (existing !== parent) {
      throw new ConfigError(
        `neither ${target} nor its parent ${String(parent)} exists; create the one with: zfs create -p '${String(parent)}'`,
      );
    }
    notes.unshift(
      `${target} does not exist, and is made, to hold what is sent below it. A dataset that is to become ${target} itself (--target /, or --plaintext without --as) cannot replace it if it is encrypted, or with --append-only`,
    );
  }
  const made = (await nearestDataset(zfs, buffer)) === buffer;
  const making = (properties: Readonly<Record<string, string>>) => ({ make: { properties } });
  return {
    needs: [
      { dataset: target, permissions: inPlace, ...(existing !== target && making(PLACEHOLDER)) },
      { dataset: buffer, permissions: parked, ...(!made && making(BUFFER_PROPERTIES)) },
    ],
    notes,
  };
}

export interface PermissionsWarning {
  readonly zfs: Zfs;
  readonly target: DatasetName;
  readonly features: ReceiverFeatures;
  /** Who runs the receiver. May throw. */
  readonly account: () => Account;
  readonly log: Logger;
}

/** Says once in the log what the receiver's user lacks, so that nobody finds out stream by stream. Never throws. */
export async function warnOfMissingPermissions(options: PermissionsWarning): Promise<void> {
  const { zfs, target, features, log } = options;
  try {
    const account = options.account();
    const user = account.name;
    const { needs } = await receiverPermissions(zfs, target, features);
    const lacks = (await missingPermissions({ zfs, account, needs })).map(({ need, permissions }) => ({
      dataset: need.dataset,
      permissions,
      exists: need.make === undefined,
    }));
    if (lacks.length === 0) return;
    const each = lacks.map(
      ({ dataset, permissions, exists }) =>
        `${permissions.join(', ')} on ${dataset}${exists ? '' : ', which is not there'}`,
    );
    const command = `zfsync-recv permissions ${shellWord(target)} --user ${shellWord(user)}`;
    log.warn(
      { event: 'permissions-missing', user, lacks, command },
      `user ${user} lacks ${each.join('; ')}. What gives them is printed by: ${command} (with the options that the receiver has)`,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.info({ event: 'permissions-unknown', err: error }, `what this user may do cannot be told: ${why}`);
  }
}

/** One of a newer ZFS has no permission here, and `zfs allow` refuses a line with its name. */
async function knownProperties(zfs: Zfs, dataset: DatasetName, names: readonly string[]): Promise<string[]> {
  const known: string[] = [];
  for (const name of names) {
    try {
      if (!name.includes(':')) await zfs.getProperties(dataset, [name]);
      known.push(name);
    } catch (error) {
      if (!(error instanceof ZfsError && error.reason === 'property-invalid')) throw error;
    }
  }
  return known;
}

function always(receive: string, { properties, hold, appendOnly }: ReceiverFeatures): string[] {
  const set = [...SET_PROPERTIES, ...properties].map(permissionOfProperty);
  const holds = hold ? ['hold', ...(appendOnly ? [] : ['release'])] : [];
  // What cannot be resumed is discarded (receive -A): `destroy`, which wants `mount` beside it.
  return [receive, 'create', 'mount', ...set, ...holds, ...(appendOnly ? [] : ['destroy'])];
}

function ofTarget(receive: string, features: ReceiverFeatures): string[] {
  const { onConflict, appendOnly, mirrorDatasets } = features;
  return union(always(receive, features), [
    // For what was renamed at the source, too. With append-only only where the operator wants something renamed.
    ...(!appendOnly || onConflict === 'keep-both' || mirrorDatasets === 'aside' ? ['rename'] : []),
    ...(mirrorDatasets === 'destroy' ? ['release'] : []),
    // Whether a target without snapshots is empty is seen by its send stream.
    ...(appendOnly ? [] : ['send']),
    ...(onConflict === 'rollback' ? ['rollback'] : []),
  ]);
}

/** What is parked is renamed into place; the new parent wants no `rename`. */
function ofBuffer(receive: string, features: ReceiverFeatures): string[] {
  return union(always(receive, features), ['rename']);
}

function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

function notesOf(
  target: DatasetName,
  parent: DatasetName | undefined,
  { onConflict, appendOnly, mirrorDatasets }: ReceiverFeatures,
  receive: string,
): string[] {
  const notes: string[] = [];
  if (appendOnly && onConflict !== 'keep-both' && mirrorDatasets !== 'aside') {
    notes.push(
      `datasets that are renamed at the source (zfsync-send --follow-renames) are renamed here only with the permission rename on ${target}, which is left out here`,
    );
  }
  if (onConflict === 'keep-both' && parent !== undefined) {
    notes.push(
      `${target} itself cannot be set aside with these (that would take permissions on ${parent}): have senders use paths below it`,
    );
  }
  if (appendOnly && receive === 'receive') {
    notes.push(
      `this ZFS has no receive:append (since ${APPEND_SINCE}): receive lets its user destroy snapshots that are not held, by zfs receive -F; the receiver itself never does. With --hold the newest stay held`,
    );
  }
  return notes;
}
