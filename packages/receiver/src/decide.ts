/**
 * What to do for one dataset: a pure function of what the sender offers and what the target has. Snapshots are matched
 * by guid, never by name. A conflict is a value; nothing here or behind it destroys to resolve one.
 */
import {
  type ConflictKind,
  limits,
  type DatasetDecision,
  type Decision,
  type Failure,
  type OfferedDataset,
} from '@zfsync/protocol';
import {
  type DatasetEntry,
  type DatasetName,
  type DatasetState,
  isSnapshot,
  type RelativePath,
  type Snapshot,
  type Version,
} from '@zfsync/zfs';
import { mixedUp } from './stream-flags.ts';

/** What ZFS has said of a stream in this session that cannot be seen in a listing. */
export type Verdict = 'target-modified' | 'encryption-mismatch' | 'large-blocks-required' | 'key-changed';

/** What is there for one path before the session. */
export interface TargetState {
  readonly inPlace: DatasetState | undefined;
  readonly parked: DatasetState | undefined;
  /** Of `inPlace`, when it has no snapshot: it holds nothing that anyone put there. */
  readonly empty: boolean;
  /** Datasets below `inPlace` that `receive -F` onto it would harm: foreign ones, and whatever is mounted. */
  readonly endangered: readonly DatasetName[];
  readonly verdict: Verdict | undefined;
  /** Nothing may be replaced, not even what is empty. */
  readonly appendOnly?: boolean;
  /** The policy rollback: what was written after the newest snapshot may be given up. */
  readonly giveUpChanges: boolean;
}

const SHOWN_IN_MESSAGE = 3;

export function refusal(code: string, retry: Failure['retry'], message: string): Decision {
  return { kind: 'refused', failure: { code, retry, message, detail: '' } };
}

/** What is said of a dataset for which nothing else can be decided. */
export function refusedDataset(
  path: RelativePath,
  code: string,
  retry: Failure['retry'],
  message: string,
): DatasetDecision {
  const decision = refusal(code, retry, message);
  return {
    path,
    decision,
    parked: false,
    afterParent: false,
    after: undefined,
    renameFrom: undefined,
    available: 0n,
    flags: undefined,
  };
}

/** The whole history: the oldest snapshot, then the rest. */
export function fullOf(offered: OfferedDataset, how: { adopt: boolean; aside: DatasetName | undefined }): Decision {
  const snapshots = offered.versions.filter(isSnapshot);
  const [oldest, newest] = [snapshots[0], snapshots.at(-1)];
  if (oldest === undefined || newest === undefined) {
    return refusal(
      'NO_SNAPSHOTS',
      'operator',
      'the source has no snapshot of it; take one with zfsync-send --snapshot or zfs snapshot',
    );
  }
  return { kind: 'full', oldest: oldest.guid, newest: newest.guid, ...how };
}

export function decide(offered: OfferedDataset, target: TargetState): Decision {
  const newest = offered.versions.findLast(isSnapshot);
  const existing = target.inPlace ?? target.parked;
  if (newest === undefined || existing === undefined) return fullOf(offered, { adopt: false, aside: undefined });
  if (target.inPlace && target.parked) return bothPlaces(offered, target.inPlace, target.parked);

  const { entry } = existing;
  if (entry.type !== offered.datasetType) {
    const how = `it is a ${entry.type}, the source is a ${offered.datasetType}`;
    return conflict('type-mismatch', existing, offered, how);
  }
  if (entry.resumeToken !== undefined) return resumption(offered, existing, entry.resumeToken, target);
  if (!existing.versions.some(isSnapshot)) return adoption(offered, existing, target);
  return continueChain(offered, existing, newest, target);
}

/** The target has snapshots: go on from the newest common one, if nothing of the target's own came after it. */
function continueChain(
  offered: OfferedDataset,
  existing: DatasetState,
  newest: Snapshot,
  { verdict, giveUpChanges }: TargetState,
): Decision {
  const { entry } = existing;
  const snapshots = existing.versions.filter(isSnapshot);
  const broken = brokenChain(offered, existing, snapshots);
  const common = snapshots.at(-1);
  if (broken !== undefined || common === undefined)
    return broken ?? fullOf(offered, { adopt: false, aside: undefined });
  // The common version may be known to the source as a bookmark alone, and be newer than every snapshot left there.
  const at = offered.versions.findLast(({ guid }) => guid === common.guid);
  if (at === undefined || at.createtxg >= newest.createtxg) return { kind: 'up-to-date', newest: common.guid };
  const taken = nameTaken(offered.versions, snapshots, at);
  if (taken !== undefined) return conflict('snapshot-name-taken', existing, offered, taken);
  const mixed =
    mixedUp(offered, entry) ?? (verdict === 'encryption-mismatch' ? refusedAsMixed(offered, entry) : undefined);
  if (mixed !== undefined) return conflict('encryption-mismatch', existing, offered, mixed);
  if (verdict === 'key-changed') return conflict('key-changed', existing, offered, KEY_SHARED);
  if (verdict === 'target-modified' && !giveUpChanges) return modified(offered, existing, common);
  const rollback = giveUpChanges && (verdict === 'target-modified' || entry.written > 0n);
  return { kind: 'incremental', from: common.guid, to: newest.guid, rollback, targetWritten: entry.written };
}

/** What ZFS alone can tell: the IV sets of raw streams. */
function refusedAsMixed({ raw }: OfferedDataset, { encryption }: DatasetEntry): string {
  const source = raw ? 'the source is encrypted and sent raw' : 'the source is not sent raw';
  return `${source}, the target was not received so (its encryption is ${encryption}); raw and non-raw streams do not mix`;
}

/** The conflict of a target whose newest snapshot is not one of the source's. */
function brokenChain(
  offered: OfferedDataset,
  existing: DatasetState,
  snapshots: readonly Snapshot[],
): Decision | undefined {
  const offeredGuids = new Set(offered.versions.map((version) => version.guid));
  const common = snapshots.findLast((snapshot) => offeredGuids.has(snapshot.guid));
  if (common === undefined) {
    return conflict('no-common-version', existing, offered, 'it has no snapshot in common with the source');
  }
  const own = snapshots.slice(snapshots.indexOf(common) + 1);
  if (own.length === 0) return undefined;
  const how = `it has snapshots of its own after the common @${common.name}: ${names(own)}`;
  return conflict('target-diverged', existing, offered, how);
}

/**
 * Goes on with a partial receive. ZFS looks whether the target was changed in the meantime only when all of the rest has
 * come (seen on 2.1.11), so it is looked at here, although `written` says a little too much: it counts what a replayed
 * intent log has written, too.
 */
function resumption(
  offered: OfferedDataset,
  existing: DatasetState,
  token: string,
  { verdict, giveUpChanges }: TargetState,
): Decision {
  const snapshots = existing.versions.filter(isSnapshot);
  const newest = snapshots.at(-1);
  const chained = snapshots.length === 0 ? undefined : brokenChain(offered, existing, snapshots);
  if (chained !== undefined) return chained;
  const mixed = newest === undefined ? undefined : mixedUp(offered, existing.entry);
  if (mixed !== undefined) return conflict('encryption-mismatch', existing, offered, mixed);
  if (verdict === 'key-changed') return conflict('key-changed', existing, offered, KEY_SHARED);
  const isModified = newest !== undefined && (verdict === 'target-modified' || existing.entry.written > 0n);
  if (isModified && !giveUpChanges) return modified(offered, existing, newest);
  return { kind: 'resume', token, newest: newest?.guid, rollback: isModified };
}

function modified(offered: OfferedDataset, existing: DatasetState, newest: Snapshot): Decision {
  const how = `it was changed after @${newest.name}, its newest snapshot (${existing.entry.written} bytes written)`;
  return conflict('target-modified', existing, offered, how);
}

/** A snapshot that is to be sent has the name of another one on the target, as after a rotation by renaming. */
function nameTaken(source: readonly Version[], target: readonly Snapshot[], from: Version): string | undefined {
  const known = new Map(target.map((snapshot) => [snapshot.name, snapshot]));
  for (const snapshot of source.filter(isSnapshot)) {
    const other = known.get(snapshot.name);
    if (snapshot.createtxg <= from.createtxg || other === undefined || other.guid === snapshot.guid) continue;
    const renamed = source.find(({ kind, guid }) => kind === 'snapshot' && guid === other.guid);
    const how = renamed === undefined ? 'rename' : `as at the source, to @${renamed.name}, rename`;
    return `its @${other.name} is another snapshot than the source's @${snapshot.name}; ${how} it with zfs rename`;
  }
  return undefined;
}

/** The target exists without a snapshot: a full stream needs `receive -F`, which may destroy nothing. */
function adoption(
  offered: OfferedDataset,
  existing: DatasetState,
  { empty, endangered, appendOnly }: TargetState,
): Decision {
  const { entry } = existing;
  if (appendOnly === true) {
    const how =
      'it exists without a snapshot, and this receiver only appends: it replaces nothing, even if it is empty';
    return conflict('target-not-replaceable', existing, offered, how);
  }
  if (!empty) {
    const how = 'it exists, has no snapshot and is not known to be empty';
    return conflict('target-has-data', existing, offered, how);
  }
  if (endangered.length > 0) {
    const below = endangered.slice(0, SHOWN_IN_MESSAGE).join(', ');
    const how = `it exists and is empty, but replacing it would unmount or make read-only what is below it (${below})`;
    return conflict('target-not-replaceable', existing, offered, how);
  }
  // "zfs receive -F cannot be used to destroy an encrypted filesystem or overwrite an unencrypted one with an encrypted
  // one" (lib/libzfs/libzfs_sendrecv.c, seen on 2.1.11).
  if (offered.raw || entry.encryptionRoot !== undefined) {
    const why = offered.raw
      ? 'ZFS cannot receive an encrypted stream onto it'
      : 'ZFS cannot receive onto an encrypted one';
    const what = entry.placeholder
      ? 'it is a placeholder from when the source had no snapshot of it'
      : 'it exists and is empty';
    return conflict('target-not-replaceable', existing, offered, `${what}, but ${why}`);
  }
  return fullOf(offered, { adopt: true, aside: undefined });
}

function bothPlaces(offered: OfferedDataset, inPlace: DatasetState, parked: DatasetState): Decision {
  const how = `it is there, and parked as ${parked.entry.name} as well; both stay until you have renamed or destroyed one`;
  return conflict('parked-and-in-place', inPlace, offered, how);
}

const KEY_SHARED =
  'the key that its source sends is not the one that it has, or that cannot be seen, and it shares its key with other datasets (zfs get -r encryptionroot): what still has the other one could not be opened any more';

/** What the operator can do about a conflict, beside the policies. */
const ADVICE: Readonly<Record<ConflictKind, string>> = {
  'no-common-version':
    'if it is the copy of another dataset give this one a place of its own (zfsync-send --as NAME), else rename the target away to receive anew',
  'target-diverged': 'destroy those snapshots yourself to go on from the common one, or rename the target away',
  'target-modified': 'zfs rollback the target to that snapshot to give up the changes, or rename it away to keep them',
  'target-has-data': 'rename it away, or choose another target (--as)',
  'type-mismatch': 'rename the target away',
  'encryption-mismatch': 'rename the target away to receive anew',
  'target-not-replaceable': 'use --as NAME, or rename it aside (what is below it goes along)',
  'snapshot-name-taken': '',
  'parked-and-in-place': '',
  'key-changed':
    'load the keys there and give each dataset a key of its own (zfs change-key -o keyformat=…), or rename the target away to receive anew',
  renamed: 'say --follow-renames to have it renamed on the target, too, or --no-follow-renames to send it anew',
};

function conflict(kind: ConflictKind, existing: DatasetState, offered: OfferedDataset, how: string): Decision {
  const snapshots = existing.versions.filter(isSnapshot);
  const advice = ADVICE[kind] === '' ? '' : `; ${ADVICE[kind]}`;
  const sides = `source: ${names(offered.versions.filter(isSnapshot))}, target: ${names(snapshots)}`;
  return {
    kind: 'conflict',
    conflict: kind,
    message: `target ${existing.entry.name}: ${how}${advice} [${sides}]`,
    targetVersions: snapshots.slice(-limits.conflictVersionsMax),
  };
}

function names(versions: readonly Version[]): string {
  if (versions.length === 0) return 'no snapshot';
  const shown = versions.slice(-SHOWN_IN_MESSAGE).map((version) => `@${version.name}`);
  const more = versions.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` (and ${more} older)` : '');
}
