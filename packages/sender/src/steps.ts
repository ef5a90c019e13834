/**
 * From a decision to the sends that carry it out: a pure function, which also checks that the receiver asks for nothing
 * but what it was offered.
 */
import { type Decision, type OfferedDataset, ProtocolError } from '@zfsync/protocol';
import {
  type Guid,
  isSnapshot,
  type ResumeToken,
  type Snapshot,
  type SnapshotReference,
  type Version,
} from '@zfsync/zfs';
import type { SourceOffer } from './source.ts';

/** One stream: one `zfs send` on this side, one `zfs receive` on the other. */
export interface Step {
  /** Absent = full send, or the first stream of a clone. */
  readonly from: Version | undefined;
  /** The first stream of a clone: the snapshot that it starts from. */
  readonly origin?: { readonly guid: Guid; readonly snapshot: SnapshotReference };
  readonly to: Snapshot;
  /** `-I`: with the snapshots between. */
  readonly intermediates: boolean;
  /** Goes on with the partial receive of this token, which was checked (`resume.ts`). */
  readonly resume?: ResumeToken;
}

/** All snapshots that a step brings, oldest first. */
export function snapshotsOfStep(offered: OfferedDataset, { from, to }: Step): Snapshot[] {
  const after = from?.createtxg ?? -1n;
  if (from === undefined) return [to];
  return offered.versions.filter(isSnapshot).filter(({ createtxg }) => createtxg > after && createtxg <= to.createtxg);
}

/**
 * The rest of an interrupted stream, then what came after its snapshot.
 *
 * @throws {ProtocolError} when the token names a version that was not offered.
 */
export function resumeSteps(offered: SourceOffer, token: ResumeToken): Step[] {
  const to = offeredSnapshot(offered, token.toGuid);
  const origin = isOriginOf(offered, token.fromGuid) ? originOf(offered) : undefined;
  const from = token.fromGuid === undefined || origin !== undefined ? undefined : sourceOf(offered, token.fromGuid);
  const newest = offered.versions.findLast(isSnapshot) ?? to;
  const rest = { from, to, intermediates: false, resume: token, ...(origin && { origin }) };
  return [rest, ...stepsFrom(offered, to, newest)];
}

/** It is what the dataset is a clone of, which is none of its own versions. */
export function isOriginOf({ origin }: Pick<OfferedDataset, 'origin'>, guid: Guid | undefined): boolean {
  return origin !== undefined && origin.guid === guid;
}

/** @throws {ProtocolError} when it is no clone */
function originOf(offered: SourceOffer): NonNullable<Step['origin']> {
  const { origin, originSnapshot: snapshot } = offered;
  if (origin !== undefined && snapshot !== undefined) return { guid: origin.guid, snapshot };
  throw new ProtocolError(`${label(offered)}: the receiver takes it for a clone, which it is not`, 'MESSAGE_INVALID');
}

/** @throws {ProtocolError} when the decision names a version that was not offered, or an impossible order. */
export function planSteps(offered: SourceOffer, decision: Decision): Step[] {
  switch (decision.kind) {
    case 'up-to-date':
      offeredVersion(offered, decision.newest);
      return [];
    case 'conflict':
    case 'refused':
      return [];
    case 'clone': {
      const origin = originOf(offered);
      if (origin.guid !== decision.from) {
        const message = `${label(offered)}: the receiver names guid ${decision.from} as its origin, which is ${origin.guid}`;
        throw new ProtocolError(message, 'MESSAGE_INVALID');
      }
      const oldest = offered.versions.find(isSnapshot) ?? offeredSnapshot(offered, decision.to);
      const newest = offeredSnapshot(offered, decision.to);
      // One alone from the origin: what -I makes of it, its receive would make a clone of any snapshot with that guid.
      return [{ from: undefined, origin, to: oldest, intermediates: false }, ...stepsFrom(offered, oldest, newest)];
    }
    case 'full': {
      const oldest = offeredSnapshot(offered, decision.oldest);
      const newest = offeredSnapshot(offered, decision.newest);
      // The oldest, then all the rest, so that the history arrives and not only its end.
      return [{ from: undefined, to: oldest, intermediates: false }, ...stepsFrom(offered, oldest, newest)];
    }
    case 'incremental':
      return stepsFrom(offered, sourceOf(offered, decision.from), offeredSnapshot(offered, decision.to));
    case 'resume':
      throw new TypeError('the steps of a resume depend on what its token holds: resumeSteps');
  }
}

function stepsFrom(offered: SourceOffer, from: Version, to: Snapshot): Step[] {
  if (from.guid === to.guid) return [];
  const snapshots = offered.versions.filter(isSnapshot);
  const after = snapshots.filter(({ createtxg }) => createtxg > from.createtxg && createtxg <= to.createtxg);
  const next = after[0];
  if (next === undefined) {
    throw new ProtocolError(
      `${label(offered)}: the receiver asks for @${to.name} after ${from.name}`,
      'MESSAGE_INVALID',
    );
  }
  const steps: Step[] = [];
  for (const snapshot of after) {
    const last = steps.at(-1);
    const longer = last === undefined ? undefined : lengthened(offered, last, snapshot);
    if (longer === undefined) steps.push({ from: last?.to ?? from, to: snapshot, intermediates: false });
    else steps.splice(-1, 1, longer);
  }
  return steps;
}

/**
 * The step with one more snapshot. Undefined when it cannot have it: `-I` does not take a bookmark (openzfs#12415), and
 * would bring what the filter has left out.
 */
function lengthened({ filtered = [] }: SourceOffer, step: Step, to: Snapshot): Step | undefined {
  const { from } = step;
  if (from === undefined || !isSnapshot(from)) return undefined;
  const isCut = filtered.some(({ createtxg }) => createtxg > from.createtxg && createtxg < to.createtxg);
  return isCut ? undefined : { from, to, intermediates: true };
}

/** What an incremental starts from: of what the filter leaves out the snapshot itself. */
function sourceOf(offered: SourceOffer, guid: Guid): Version {
  return offered.filtered?.find((snapshot) => snapshot.guid === guid) ?? offeredVersion(offered, guid);
}

function offeredVersion(offered: OfferedDataset, guid: Guid): Version {
  // Of a snapshot and its bookmark the snapshot, which comes last: it takes `-I`.
  const version = offered.versions.findLast((candidate) => candidate.guid === guid);
  if (version === undefined) {
    throw new ProtocolError(
      `${label(offered)}: the receiver names guid ${guid}, which was not offered`,
      'MESSAGE_INVALID',
    );
  }
  return version;
}

function offeredSnapshot(offered: OfferedDataset, guid: Guid): Snapshot {
  const version = offeredVersion(offered, guid);
  if (!isSnapshot(version)) {
    throw new ProtocolError(
      `${label(offered)}: the receiver asks for the bookmark #${version.name}`,
      'MESSAGE_INVALID',
    );
  }
  return version;
}

function label(offered: OfferedDataset): string {
  return offered.path || '/';
}
