import type { BeginStream, DatasetDecision, Decision, OfferedDataset } from '@zfsync/protocol';
import { isSnapshot } from '@zfsync/zfs';
import { RefusedError } from './destination.ts';
import type { Holding } from './holdings.ts';
import { formatStreamFlags, sameFlags } from './stream-flags.ts';

type Planned = Pick<DatasetDecision, 'decision' | 'flags'>;
/** What the target has by now, as far as it matters here. */
type Existing = Pick<Holding, 'newest' | 'flags'> | undefined;

/**
 * Holds a stream against the decision on its dataset and against what is there by now.
 *
 * @param existing the target, also with what has arrived in this session
 * @throws {RefusedError} NOT_AS_DECIDED
 */
export function checkAsDecided(
  stream: BeginStream,
  offered: OfferedDataset,
  planned: Planned,
  existing: Existing,
): void {
  const flaw = flawOf(stream, offered, planned, existing?.newest) ?? flawOfFlags(stream, offered, planned, existing);
  if (flaw === undefined) return;
  throw new RefusedError(`${stream.path || '/'}: ${flaw}`, { code: 'NOT_AS_DECIDED', retry: 'replan' });
}

function flawOf(
  { from, to, resume, intermediates }: BeginStream,
  offered: OfferedDataset,
  { decision }: Planned,
  newest: Holding['newest'],
): string | undefined {
  const { kind } = decision;
  if (kind !== 'full' && kind !== 'clone' && kind !== 'incremental' && kind !== 'resume') {
    return `it was decided to be ${kind}`;
  }
  if (!offered.versions.some((version) => isSnapshot(version) && version.guid === to)) {
    return 'the snapshot to send was not offered';
  }
  if (resume !== undefined && (kind !== 'resume' || decision.token !== resume)) {
    return 'the partial receive to go on with is not the decided one';
  }
  // The rest after a resumed stream goes on from what that has brought.
  if (kind === 'resume' && resume === undefined && from === undefined) return 'it was decided to be resumed';
  if (newest === undefined && isOfOrigin({ from, resume }, offered, decision)) {
    return intermediates ? 'the first stream of a clone brings one snapshot alone' : undefined;
  }
  const setAside = kind === 'full' && decision.aside !== undefined && from === undefined;
  if (!setAside && newest !== from) return 'the incremental source is not the newest snapshot of the target';
  return undefined;
}

/** The first stream of a clone, or the rest of it. */
export function isOfOrigin(
  { from, resume }: Pick<BeginStream, 'from' | 'resume'>,
  { origin }: OfferedDataset,
  { kind }: Decision,
): boolean {
  const isFirst = kind === 'clone' || (kind === 'resume' && resume !== undefined);
  return isFirst && from !== undefined && from === origin?.guid;
}

/** A partial receive goes on with the flags that it was begun with, where nothing is remembered but them. */
function flawOfFlags(
  stream: BeginStream,
  offered: OfferedDataset,
  { flags }: Planned,
  existing: Existing,
): string | undefined {
  if (stream.raw !== offered.raw) return 'raw is not as offered';
  const settled = existing?.flags ?? flags ?? (stream.resume === undefined ? offered : undefined);
  if (settled === undefined || sameFlags(stream, settled)) return undefined;
  const [is, should] = [formatStreamFlags(stream), formatStreamFlags(settled)];
  return `its streams are made with the flags ${should}, this one with ${is}`;
}
