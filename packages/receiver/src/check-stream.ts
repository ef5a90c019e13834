import type { BeginStream, Decision, OfferedDataset } from '@zfsync/protocol';
import { type Guid, isSnapshot } from '@zfsync/zfs';
import { RefusedError } from './destination.ts';

/**
 * Holds a stream against the decision on its dataset and against what is there by now.
 *
 * @param newest the newest snapshot of the target, also of what has arrived in this session
 * @throws {RefusedError} NOT_AS_DECIDED
 */
export function checkAsDecided(
  stream: BeginStream,
  offered: OfferedDataset,
  decision: Decision,
  newest: Guid | undefined,
): void {
  const flaw = flawOf(stream, offered, decision, newest);
  if (flaw === undefined) return;
  throw new RefusedError(`${stream.path || '/'}: ${flaw}`, { code: 'NOT_AS_DECIDED', retry: 'replan' });
}

function flawOf(
  { from, to, raw, resume }: BeginStream,
  offered: OfferedDataset,
  decision: Decision,
  newest: Guid | undefined,
): string | undefined {
  const { kind } = decision;
  if (kind !== 'full' && kind !== 'incremental' && kind !== 'resume') return `it was decided to be ${kind}`;
  if (raw !== offered.raw) return 'raw is not as offered';
  if (!offered.versions.some((version) => isSnapshot(version) && version.guid === to)) {
    return 'the snapshot to send was not offered';
  }
  if (resume !== undefined && (kind !== 'resume' || decision.token !== resume)) {
    return 'the partial receive to go on with is not the decided one';
  }
  // The rest after a resumed stream goes on from what that has brought.
  if (kind === 'resume' && resume === undefined && from === undefined) return 'it was decided to be resumed';
  const setAside = kind === 'full' && decision.aside !== undefined && from === undefined;
  if (!setAside && newest !== from) return 'the incremental source is not the newest snapshot of the target';
  return undefined;
}
