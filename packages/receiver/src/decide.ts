/**
 * What to do for one dataset: a pure function of what the sender offers and what the target has. Snapshots are matched
 * by guid, never by name. A conflict is a value; nothing here or behind it destroys to resolve one.
 */
import { type ConflictKind, limits, type Decision, type Failure, type OfferedDataset } from '@zfsync/protocol';
import { type DatasetName, type DatasetState, isSnapshot, type Snapshot, type Version } from '@zfsync/zfs';

/** What is there for one path before the session. */
export interface TargetState {
  readonly inPlace: DatasetState | undefined;
  readonly parked: DatasetState | undefined;
  /** Of `inPlace`, when it has no snapshot: it holds nothing that anyone put there. */
  readonly empty: boolean;
  /** Datasets below `inPlace` that `receive -F` onto it would harm: foreign ones, and whatever is mounted. */
  readonly endangered: readonly DatasetName[];
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
  if (newestOnTarget === undefined) return adoption(offered, entry, target, oldest, newest);
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
    const how = `it has snapshots of its own after the common @${common.name}: ${names(own)}; the source's newest is @${newest.name}; to go on, destroy those snapshots yourself (zfs destroy '${name}@${own.at(-1)?.name ?? ''}'), or rename the target away to receive anew`;
    return conflict('target-diverged', name, how, own);
  }
  // The common version may be known to the source as a bookmark alone, and be newer than every snapshot left there.
  const at = sourceVersions.findLast(({ guid }) => guid === common.guid);
  if (at === undefined || at.createtxg >= newest.createtxg) return { kind: 'up-to-date', newest: common.guid };
  const taken = nameTaken(sourceVersions, targetSnapshots, at);
  if (taken !== undefined) return conflict('snapshot-name-taken', name, taken, targetSnapshots);
  return { kind: 'incremental', from: common.guid, to: newest.guid };
}

/** A snapshot that is to be sent has the name of another one on the target, as after a rotation by renaming. */
function nameTaken(source: readonly Version[], target: readonly Snapshot[], from: Version): string | undefined {
  const names = new Map(target.map((snapshot) => [snapshot.name, snapshot]));
  for (const snapshot of source.filter(isSnapshot)) {
    const other = names.get(snapshot.name);
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
  entry: DatasetState['entry'],
  { empty, endangered }: TargetState,
  oldest: Snapshot,
  newest: Snapshot,
): Decision {
  if (!empty) {
    const how =
      'it exists, has no snapshot and is not known to be empty; rename it away or choose another target (--as)';
    return conflict('target-has-data', entry.name, how, []);
  }
  if (endangered.length > 0) {
    const below = endangered.slice(0, SHOWN_IN_MESSAGE).join(', ');
    const how = `it exists and is empty, but replacing it would unmount or make read-only what is below it (${below}); use --as NAME`;
    return conflict('target-not-replaceable', entry.name, how, []);
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
    const how = `${what}, but ${why}; use --as NAME, or rename it aside (what is below it goes along)`;
    return conflict('target-not-replaceable', entry.name, how, []);
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
