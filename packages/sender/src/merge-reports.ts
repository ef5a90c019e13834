import type { TidyAction, TidyEntry } from '@zfsync/protocol';
import type { DatasetOutcome, DatasetReport, RunReport } from './report.ts';

/** What two attempts of one run came to together: the later one knows how it stands, the earlier one what it has done. */
export function mergeReports(earlier: RunReport, later: RunReport): RunReport {
  const before = new Map(earlier.datasets.map((report) => [report.path, report]));
  return {
    ...later,
    datasets: later.datasets.map((report) => mergeDataset(before.get(report.path), report)),
    promotions: [...earlier.promotions.filter(({ outcome }) => outcome === 'promoted'), ...later.promotions],
    tidied: mergeTidied(earlier.tidied, later.tidied),
    warnings: [...new Set([...earlier.warnings, ...later.warnings])],
  };
}

/** What has failed of this the later attempt has tried again. */
const OF_EACH_ATTEMPT: ReadonlySet<TidyAction> = new Set(['prune', 'mirror-snapshots']);

/** About what vanished only one attempt asks: what it did, what it marked and what has failed of it stand. */
function mergeTidied(earlier: readonly TidyEntry[], later: readonly TidyEntry[]): readonly TidyEntry[] {
  const said = new Set(later.map(({ path, action }) => `${action} ${path}`));
  const stands = ({ path, action, failure }: TidyEntry) =>
    OF_EACH_ATTEMPT.has(action) ? failure === undefined : !said.has(`${action} ${path}`);
  return [...earlier.filter(stands), ...later];
}

function mergeDataset(earlier: DatasetReport | undefined, later: DatasetReport): DatasetReport {
  if (earlier === undefined) return later;
  const { discardedBytes, aside, rolledBack, renamedFrom, hookFailure } = earlier;
  const discarded = [discardedBytes, later.discardedBytes].filter((bytes) => bytes !== undefined);
  return {
    // What was done to the target by the way stays done, whichever attempt did it.
    ...(aside !== undefined && { aside }),
    ...(rolledBack !== undefined && { rolledBack }),
    ...(renamedFrom !== undefined && { renamedFrom }),
    ...(hookFailure !== undefined && { hookFailure }),
    ...later,
    ...(discarded.length > 0 && { discardedBytes: discarded.reduce((sum, bytes) => sum + bytes, 0n) }),
    outcome: mergeOutcome(earlier.outcome, later.outcome),
  };
}

function mergeOutcome(earlier: DatasetOutcome, later: DatasetOutcome): DatasetOutcome {
  if (earlier.kind !== 'sent') return later;
  if (later.kind === 'up-to-date') return earlier;
  if (later.kind !== 'sent') return later;
  const { snapshots, bytes } = earlier;
  return { ...later, what: earlier.what, snapshots: snapshots + later.snapshots, bytes: bytes + later.bytes };
}
