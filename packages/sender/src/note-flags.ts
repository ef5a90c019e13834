import { EXIT, type ErrorFlags, type FlagReason } from '@zfsync/program';
import type { DatasetName } from '@zfsync/zfs';
import type { Failure } from '@zfsync/protocol';
import type { PruneReport } from './prune.ts';
import type { DatasetReport, RunReport } from './report.ts';
import type { Result } from './send.ts';

/** What a job came to, as far as the flags are concerned. */
export interface FlaggedOutcome {
  readonly exitCode: number;
  readonly results: readonly Result[];
  /** Of the job itself. */
  readonly failures: readonly Failure[];
  /** Undefined = nothing was pruned on the source. */
  readonly pruned?: PruneReport | undefined;
  /** How many it was to reach. */
  readonly receivers: number;
}

/**
 * Raises the flag of each dataset that has failed for any receiver, or could not be pruned on either side, and lowers that
 * of each that has arrived at all of them; the flag of the root stands for a run as a whole, too, and for what is none of
 * the source's datasets. A run that is busy or interrupted has nothing new to say of what it did not do.
 */
export function noteFlags(flags: ErrorFlags, root: DatasetName, outcome: FlaggedOutcome): void {
  const { exitCode, results, failures, receivers, pruned } = outcome;
  if (exitCode === EXIT.busy && results.length === 0) return;
  const reasons = new Map<DatasetName, FlagReason[]>();
  const arrived = new Map<DatasetName, number>();
  const because: Because = (dataset, peer, message) => {
    reasons.set(dataset, [...(reasons.get(dataset) ?? []), { peer, message }]);
  };
  for (const { message } of failures) because(root, 'this host', message);
  for (const result of results) {
    const { document } = result;
    const whole = result.exitCode === EXIT.busy ? undefined : document.failure;
    if (whole !== undefined) because(root, document.receiver, whole.message);
    if (!('datasets' in document)) continue;
    noteUntidied(document, because);
    for (const dataset of arrivedBy(document, because)) arrived.set(dataset, (arrived.get(dataset) ?? 0) + 1);
  }
  // Without receivers nothing arrives that could lower any flag but that of the root.
  if (pruned !== undefined) noteUnpruned(pruned, (dataset) => (receivers === 0 ? root : dataset), because);
  if (exitCode !== EXIT.interrupted) for (const [dataset, why] of reasons) flags.raise(dataset, why);
  for (const [dataset, times] of arrived) {
    if (times === receivers && !reasons.has(dataset)) flags.lower(dataset);
  }
  if (receivers === 0 && exitCode === EXIT.ok) flags.lower(root);
}

type Because = (dataset: DatasetName, peer: string, message: string) => void;

/** What is at its receiver now. The root is when the run has come to its end, also where the root itself is left out. */
function arrivedBy({ source, receiver, datasets, failure }: RunReport, because: Because): Set<DatasetName> {
  const arrived = new Set(failure === undefined ? [source] : []);
  for (const report of datasets) {
    const { dataset } = report;
    const why = whyFlagged(report);
    if (why !== undefined) because(dataset, receiver, why);
    else if (dataset !== source) arrived.add(dataset);
  }
  return arrived;
}

/** What the receiver could not prune, mirror or rename into place: of a dataset that the source has not, of the root. */
function noteUntidied({ source, receiver, datasets, tidied, promotions }: RunReport, because: Because): void {
  const offered = new Map(datasets.map(({ path, dataset }) => [path, dataset]));
  for (const { path, failure } of tidied) {
    if (failure !== undefined) because(offered.get(path) ?? source, receiver, failure.message);
  }
  for (const { path, failure } of promotions) {
    if (failure !== undefined && !offered.has(path)) because(source, receiver, failure.message);
  }
}

function noteUnpruned(
  { source, datasets, failure: whole }: PruneReport,
  flagged: (dataset: DatasetName) => DatasetName,
  because: Because,
): void {
  if (whole !== undefined) because(source, 'this host', whole.message);
  for (const { dataset, failures } of datasets) {
    for (const { name, failure } of failures) {
      because(flagged(dataset), 'this host', `${dataset}@${name} was not pruned: ${failure.message}`);
    }
  }
}

function whyFlagged({ outcome, hookFailure }: DatasetReport): string | undefined {
  if (outcome.kind === 'failed') return outcome.failure.message;
  if (outcome.kind === 'conflict') return `conflict (${outcome.conflict}): ${outcome.message}`;
  return hookFailure?.message;
}
