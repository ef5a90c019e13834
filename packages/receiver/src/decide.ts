/**
 * What to do for one dataset: a pure function of what the sender offers and what the target has. Snapshots are matched
 * by guid, never by name. A conflict is a value; nothing here or behind it destroys to resolve one.
 */
import { type ConflictKind, limits, type Decision, type Failure, type OfferedDataset } from '@zfsync/protocol';
import { type DatasetState, isSnapshot, type Snapshot, type Version } from '@zfsync/zfs';

/** What is there for one path before the session. */
export interface TargetState {
  readonly inPlace: DatasetState | undefined;
  readonly parked: DatasetState | undefined;
  /** Of `inPlace`, when it has no snapshot: it holds nothing that anyone put there. */
  readonly empty: boolean;
}

const SHOWN_IN_MESSAGE = 3;

export function refusal(code: string, retry: Failure['retry'], message: string): Decision {
  return { kind: 'refused', failure: { code, retry, message, detail: '' } };
}

export function decide(offered: OfferedDataset, target: TargetState): Decision {
  const source = offered.versions.filter(isSnapshot);
  const newest = source.at(-1);
  const oldest = source[0];
  if (newest === undefined || oldest === undefined) {
    return refusal('NO_SNAPSHOTS', 'operator', 'the source has no snapshot of it; take one with zfs snapshot');
  }
  const existing = target.inPlace ?? target.parked;
  if (existing === undefined) return { kind: 'full', oldest: oldest.guid, newest: newest.guid, adopt: false };
  if (target.inPlace && target.parked) return bothPlaces(target.inPlace, target.parked);

  const { entry } = existing;
  const snapshots = existing.versions.filter(isSnapshot);
  if (entry.resumeToken !== undefined) {
    const how = `it has a partial receive; look at it, then discard it with: zfs receive -A '${entry.name}'`;
    return conflict('partial-receive', entry.name, how, snapshots);
  }
  if (entry.type !== offered.datasetType) {
    const how = `it is a ${entry.type}, the source is a ${offered.datasetType}; rename the target away`;
    return conflict('type-mismatch', entry.name, how, snapshots);
  }
  const newestOnTarget = snapshots.at(-1);
  if (newestOnTarget === undefined) return adoption(offered, entry, target.empty, oldest, newest);
  return continueChain(offered.versions, snapshots, newest, newestOnTarget, entry.name);
}

/** The target has snapshots: go on from the newest common one, if nothing of the target's own came after it. */
function continueChain(
  sourceVersions: readonly Version[],
  targetSnapshots: readonly Snapshot[],
  newest: Snapshot,
  newestOnTarget: Snapshot,
  name: string,
): Decision {
  const offeredGuids = new Set(sourceVersions.map((version) => version.guid));
  const common = targetSnapshots.findLast((snapshot) => offeredGuids.has(snapshot.guid));
  if (common === undefined) {
    const how = `no snapshot in common; the source has ${names(sourceVersions.filter(isSnapshot))}, the target ${names(targetSnapshots)}; rename the target away to receive anew`;
    return conflict('no-common-version', name, how, targetSnapshots);
  }
  if (common.guid !== newestOnTarget.guid) {
    const own = targetSnapshots.slice(targetSnapshots.indexOf(common) + 1);
    const how = `it has snapshots of its own after the common @${common.name}: ${names(own)}; the source's newest is @${newest.name}; rename the target away, or destroy those snapshots yourself`;
    return conflict('target-diverged', name, how, own);
  }
  if (common.guid === newest.guid) return { kind: 'up-to-date', newest: newest.guid };
  return { kind: 'incremental', from: common.guid, to: newest.guid };
}

/** The target exists without a snapshot: a full stream needs `receive -F`, which may destroy nothing. */
function adoption(
  offered: OfferedDataset,
  entry: DatasetState['entry'],
  empty: boolean,
  oldest: Snapshot,
  newest: Snapshot,
): Decision {
  if (!empty) {
    const how =
      'it exists, has no snapshot and is not known to be empty; rename it away or choose another target (--as)';
    return conflict('target-has-data', entry.name, how, []);
  }
  // "zfs receive -F cannot be used to destroy an encrypted filesystem or overwrite an unencrypted one with an encrypted
  // one" (lib/libzfs/libzfs_sendrecv.c, seen on 2.1.11).
  if (offered.raw || entry.encryptionRoot !== undefined) {
    const why = offered.raw
      ? 'ZFS cannot receive an encrypted stream onto it'
      : 'ZFS cannot receive onto an encrypted one';
    return conflict(
      'target-not-replaceable',
      entry.name,
      `it exists, is empty, but ${why}; use --as NAME, or remove it`,
      [],
    );
  }
  return { kind: 'full', oldest: oldest.guid, newest: newest.guid, adopt: true };
}

function bothPlaces(inPlace: DatasetState, parked: DatasetState): Decision {
  const how = `it is there, and parked as ${parked.entry.name} as well; both stay until you have renamed or destroyed one`;
  return conflict('parked-and-in-place', inPlace.entry.name, how, inPlace.versions.filter(isSnapshot));
}

function conflict(kind: ConflictKind, target: string, how: string, versions: readonly Snapshot[]): Decision {
  const targetVersions = versions.slice(-limits.conflictVersionsMax);
  return { kind: 'conflict', conflict: kind, message: `target ${target}: ${how}`, targetVersions };
}

function names(versions: readonly Version[]): string {
  const shown = versions.slice(-SHOWN_IN_MESSAGE).map((version) => `@${version.name}`);
  const more = versions.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` (and ${more} older)` : '');
}
