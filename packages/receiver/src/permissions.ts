/**
 * What `zfs allow` has to give to the user of a receiver. Found out on OpenZFS 2.1.11, each left out on its own:
 * docs/SECURITY.md says what for.
 */
import {
  isZfsSince,
  nearestDataset,
  type PermissionNeed,
  permissionOfProperty,
  type PermissionsOutput,
  printPermissions,
  readAccount,
} from '@zfsync/program';
import { ConfigError, type DatasetName, parentDataset, type Zfs, ZfsError } from '@zfsync/zfs';
import { bufferDatasetOf } from './buffer-dataset.ts';
import { BUFFER_PROPERTIES } from './make.ts';
import type { ConflictPolicy } from './policy.ts';

/** What is to be done with the target. */
export interface ReceiverFeatures {
  readonly onConflict: ConflictPolicy;
  readonly hold: boolean;
  readonly appendOnly: boolean;
  /** Names of properties that the operator has passed on from the sender, or set. */
  readonly properties: readonly string[];
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
    const note = `${target} does not exist: these are for its parent ${existing}, with all that is below it; where that is too much, create ${target} first`;
    const making = Object.keys(BUFFER_PROPERTIES).map(permissionOfProperty);
    return { needs: [{ dataset: existing, permissions: union(inPlace, parked, making) }], notes: [note, ...notes] };
  }
  const made = (await nearestDataset(zfs, buffer)) === buffer;
  const make = made ? {} : { make: { properties: BUFFER_PROPERTIES } };
  return {
    needs: [
      { dataset: target, permissions: inPlace },
      { dataset: buffer, permissions: parked, ...make },
    ],
    notes,
  };
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
  const { onConflict, appendOnly } = features;
  return union(always(receive, features), [
    // Whether a target without snapshots is empty is seen by its send stream.
    ...(appendOnly ? [] : ['send']),
    ...(onConflict === 'rollback' ? ['rollback'] : []),
    ...(onConflict === 'keep-both' ? ['rename'] : []),
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
  { onConflict, appendOnly }: ReceiverFeatures,
  receive: string,
): string[] {
  const notes: string[] = [];
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
