import { EXIT, type ErrorFlags, type FlagReason } from '@zfsync/program';
import type { DatasetName } from '@zfsync/zfs';
import type { Failure } from '@zfsync/protocol';
import type { DatasetReport } from './report.ts';
import type { Result } from './send.ts';

/** What a job came to, as far as the flags are concerned. */
export interface FlaggedOutcome {
  readonly exitCode: number;
  readonly results: readonly Result[];
  /** Of the job itself. */
  readonly failures: readonly Failure[];
  /** How many it was to reach. */
  readonly receivers: number;
}

/**
 * Raises the flag of each dataset that has failed for any receiver, and lowers that of each that has arrived at all of
 * them; the flag of the root stands for a run as a whole, too. A run that is busy or interrupted has nothing new to say
 * of what it did not do.
 */
export function noteFlags(flags: ErrorFlags, root: DatasetName, outcome: FlaggedOutcome): void {
  const { exitCode, results, failures, receivers } = outcome;
  if (exitCode === EXIT.busy && results.length === 0) return;
  const interrupted = exitCode === EXIT.interrupted;
  const reasons = new Map<DatasetName, FlagReason[]>();
  const arrived = new Map<DatasetName, number>();
  const because = (dataset: DatasetName, peer: string, message: string) => {
    reasons.set(dataset, [...(reasons.get(dataset) ?? []), { peer, message }]);
  };
  for (const { message } of failures) because(root, 'this host', message);
  for (const result of results) {
    const { document } = result;
    const whole = result.exitCode === EXIT.busy ? undefined : document.failure;
    if (whole !== undefined) because(root, document.receiver, whole.message);
    if (!('datasets' in document)) continue;
    for (const report of document.datasets) {
      const why = whyFlagged(report);
      if (why !== undefined) because(report.dataset, document.receiver, why);
      else if (report.dataset !== root || document.failure === undefined) {
        arrived.set(report.dataset, (arrived.get(report.dataset) ?? 0) + 1);
      }
    }
  }
  if (!interrupted) for (const [dataset, why] of reasons) flags.raise(dataset, why);
  for (const [dataset, times] of arrived) {
    if (times === receivers && !reasons.has(dataset)) flags.lower(dataset);
  }
  if (receivers === 0 && exitCode === EXIT.ok) flags.lower(root);
}

function whyFlagged({ outcome, hookFailure }: DatasetReport): string | undefined {
  if (outcome.kind === 'failed') return outcome.failure.message;
  if (outcome.kind === 'conflict') return `conflict (${outcome.conflict}): ${outcome.message}`;
  return hookFailure?.message;
}
