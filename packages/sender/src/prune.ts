/** `--keep`: has what may go destroyed, and says what became of it. */
import { EXIT, type Logger } from '@zfsync/program';
import { type Failure, toFailure } from '@zfsync/protocol';
import { AbortedError, type DatasetName, listTree, type VersionName, type Zfs, ZfsError } from '@zfsync/zfs';
import PQueue from 'p-queue';
import { count, formatBytes } from './format.ts';
import { planPrune, type PlannedPrune, type PruneOptions } from './prune-plan.ts';

export interface PruneTask extends PruneOptions {
  readonly zfs: Zfs;
  readonly dryRun: boolean;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What was pruned of one dataset, or with `--dry-run` would be. */
export interface PrunedDataset {
  readonly dataset: DatasetName;
  readonly names: readonly VersionName[];
  /** With `--dry-run`: bytes that this would free. */
  readonly bytes?: bigint;
  /** What is still there. */
  readonly failures: readonly { readonly name: VersionName; readonly failure: Failure }[];
}

/** For people and for `--json`. */
export interface PruneReport {
  readonly source: DatasetName;
  readonly dryRun: boolean;
  readonly datasets: readonly PrunedDataset[];
  readonly warnings: readonly string[];
  /** What ended it before its end. */
  readonly failure?: Failure;
}

/** ZFS answers each destroy when its transaction group is on disk: several at once share one. */
const AT_ONCE = 4;

/**
 * Lists the tree once, and destroys what {@link planPrune} lets go.
 *
 * @throws {ReplicationError} when the tree cannot be listed; from then on each failure is a value.
 */
export async function pruneSource(task: PruneTask): Promise<PruneReport> {
  const { zfs, source, dryRun, log, signal } = task;
  const { datasets: planned, warnings } = planPrune(await listTree(zfs, source, signal), task);
  for (const warning of warnings) log.warn({ event: 'prune-hindered', source }, warning);
  const queue = new PQueue({ concurrency: AT_ONCE });
  const work = planned.map((one) =>
    queue.add(async () => (signal.aborted ? undefined : dryRun ? wouldPrune(zfs, one) : pruneOne(task, one))),
  );
  const datasets = (await Promise.all(work)).filter((one) => one !== undefined);
  const aborted = signal.aborted
    ? { failure: toFailure(new AbortedError(`interrupted by ${String(signal.reason)}`)) }
    : {};
  return { source, dryRun, datasets, warnings, ...aborted };
}

async function wouldPrune(zfs: Zfs, { dataset, names }: PlannedPrune): Promise<PrunedDataset> {
  try {
    return { dataset, names, bytes: await zfs.reclaimable(dataset, names), failures: [] };
  } catch (error) {
    if (!(error instanceof ZfsError)) throw error;
    return { dataset, names, failures: names.slice(0, 1).map((name) => ({ name, failure: toFailure(error) })) };
  }
}

async function pruneOne({ zfs, log }: PruneTask, { dataset, names }: PlannedPrune): Promise<PrunedDataset> {
  try {
    const failed = await zfs.destroySnapshots(dataset, names);
    // A clone elsewhere in the pool: it stays, as those do whose clones the listing has shown.
    const failures = failed.filter(({ error }) => error.reason !== 'has-clones');
    const left = new Set(failed.map(({ name }) => name));
    const gone = names.filter((name) => !left.has(name));
    log.info(
      { event: 'pruned', dataset, snapshots: gone.length },
      `${dataset}: ${count(gone.length, 'snapshot')} pruned`,
    );
    for (const { name, error } of failures) {
      log.error({ event: 'prune-failed', dataset, snapshot: name, err: error }, error.message);
    }
    return { dataset, names: gone, failures: failures.map(({ name, error }) => ({ name, failure: toFailure(error) })) };
  } catch (error) {
    if (!(error instanceof ZfsError)) throw error;
    log.error({ event: 'prune-failed', dataset, err: error }, error.message);
    return { dataset, names: [], failures: names.map((name) => ({ name, failure: toFailure(error) })) };
  }
}

export function exitCodeOfPrune({ datasets, failure }: PruneReport): number {
  if (failure !== undefined) return failure.code === 'ABORTED' ? EXIT.interrupted : EXIT.failure;
  return datasets.some(({ failures }) => failures.length > 0) ? EXIT.datasetsFailed : EXIT.ok;
}

/** Lines for people: dataset by dataset, and with `--dry-run` name by name. */
export function formatPrune(report: PruneReport): string {
  const { source, dryRun, datasets, warnings, failure } = report;
  const lines = datasets.flatMap((one) => linesOf(one, dryRun));
  for (const warning of warnings) lines.push(`WARNING: ${warning}`);
  if (failure !== undefined) lines.push(`${source}: pruning FAILED: ${failure.message}`);
  const snapshots = datasets.reduce((sum, { names }) => sum + names.length, 0);
  const bytes = datasets.reduce((sum, one) => sum + (one.bytes ?? 0n), 0n);
  const failed = datasets.reduce((sum, { failures }) => sum + failures.length, 0);
  const freed = dryRun ? `, which would free ${formatBytes(bytes)}` : '';
  const said = failed > 0 ? `, ${failed} FAILED` : '';
  lines.push(`${source}: ${count(snapshots, 'snapshot')} ${dryRun ? 'would be pruned' : 'pruned'}${freed}${said}`);
  return `${lines.join('\n')}\n`;
}

function linesOf({ dataset, names, bytes, failures }: PrunedDataset, dryRun: boolean): string[] {
  const lines = failures.map(({ name, failure }) => `${dataset}@${name}: not pruned: FAILED: ${failure.message}`);
  if (!dryRun) return lines;
  const freed = bytes === undefined ? '' : `, ${formatBytes(bytes)}`;
  return [`${dataset}: would prune ${count(names.length, 'snapshot')}${freed}: ${names.join(' ')}`, ...lines];
}
