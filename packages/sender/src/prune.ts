/** `--keep`: what of the source's own snapshots is pruned, and what never is. */
import { EXIT, type Logger } from '@zfsync/program';
import { type Failure, toFailure } from '@zfsync/protocol';
import {
  type DatedSnapshot,
  type GlobMatcher,
  type KeepPolicy,
  retain,
  type SnapshotTemplate,
} from '@zfsync/retention';
import {
  AbortedError,
  type DatasetName,
  type DatasetState,
  isBookmark,
  isSnapshot,
  listTree,
  parseRelativePath,
  relativePath,
  type Snapshot,
  type VersionName,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import PQueue from 'p-queue';
import { targetOfCursor } from './cursors.ts';
import { count, formatBytes } from './format.ts';
import { type Selection, whyLeftOut } from './select.ts';
import { isBufferDataset } from './source.ts';

/** Which snapshots of the source are meant, and how many of them stay. */
export interface SourceKeep {
  readonly policy: KeepPolicy;
  /** Own snapshots are called so; their time is that of their name. */
  readonly template: SnapshotTemplate;
  /** Others that may be pruned too; their time is that of their creation. */
  readonly names: GlobMatcher | undefined;
}

/** A receiver that this run was for. */
export interface PruneReceiver {
  /** As the user named it. */
  readonly receiver: string;
  /** Undefined = there was no session with it: nobody knows what its target has. */
  readonly targetId: string | undefined;
}

export interface PruneOptions {
  readonly source: DatasetName;
  readonly selection: Selection;
  readonly keep: SourceKeep;
  readonly receivers: readonly PruneReceiver[];
}

export interface PruneTask extends PruneOptions {
  readonly zfs: Zfs;
  readonly dryRun: boolean;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What the policy lets go of one dataset. */
export interface PlannedPrune {
  readonly dataset: DatasetName;
  /** Oldest first. */
  readonly names: readonly VersionName[];
}

export interface PrunePlan {
  /** Those that have something to prune. */
  readonly datasets: readonly PlannedPrune[];
  /** What stays though the policy does not keep it, and why. */
  readonly warnings: readonly string[];
}

/** So many names are said of the datasets that a warning is about. */
const NAMED_MAX = 3;

/**
 * What may go: what the policy does not keep, but for the last snapshot, those that are held or cloned, those that a
 * target has in common with the source, and those that it does not have yet. What a target has its cursors say; one
 * that a run has left in the middle has two, and the oldest counts. Pure.
 */
export function planPrune(tree: readonly DatasetState[], options: PruneOptions): PrunePlan {
  const { source, selection, keep, receivers } = options;
  const away = receivers.filter(({ targetId }) => targetId === undefined).map(({ receiver }) => receiver);
  if (away.length > 0) {
    const why = `there was no session with ${away.join(', ')}, so nobody knows what is in common`;
    return { datasets: [], warnings: [`${source}: nothing is pruned: ${why}`] };
  }
  const cloned = new Set(tree.flatMap(({ entry }) => entry.origin ?? []));
  const hindrances = new Hindrances(receivers);
  const datasets: PlannedPrune[] = [];
  for (const state of tree) {
    const { name } = state.entry;
    const path = parseRelativePath(relativePath(source, name) ?? '');
    if (isBufferDataset(name) || whyLeftOut(selection, path, state.entry) !== undefined) continue;
    const unwanted = retain(dated(state, keep), keep.policy).prune;
    if (unwanted.length === 0) continue;
    const guard = guardOf(state, cloned);
    if (!hindrances.knowsAll(name, guard)) continue;
    const names = unwanted.filter(({ snapshot }) => !hindrances.keeps(guard, snapshot));
    if (names.length > 0) datasets.push({ dataset: name, names: names.map((each) => each.name) });
  }
  return { datasets, warnings: hindrances.warnings(source) };
}

interface Candidate extends DatedSnapshot {
  readonly snapshot: Snapshot;
}

function dated({ versions }: DatasetState, { template, names }: SourceKeep): Candidate[] {
  return versions.filter(isSnapshot).flatMap((snapshot) => {
    const { name, createtxg, creation } = snapshot;
    const parsed = template.parse(name);
    if (parsed !== undefined) return [{ name, createtxg, ...parsed, snapshot }];
    if (names?.(name) === undefined) return [];
    return [{ name, createtxg, time: new Date(Number(creation) * 1000), class: undefined, snapshot }];
  });
}

/** What of a dataset's snapshots must stay. */
interface Guard {
  /** By target: the createtxg of its oldest cursor. */
  readonly reached: ReadonlyMap<string, bigint>;
  /** Guids of cursors. */
  readonly common: ReadonlySet<bigint>;
  /** Held, cloned, or the last one. */
  readonly fixed: ReadonlySet<VersionName>;
}

function guardOf({ entry, versions, held }: DatasetState, cloned: ReadonlySet<string>): Guard {
  const reached = new Map<string, bigint>();
  const common = new Set<bigint>();
  for (const { name, guid, createtxg } of versions.filter(isBookmark)) {
    const targetId = targetOfCursor(name);
    if (targetId === undefined) continue;
    common.add(guid);
    const before = reached.get(targetId);
    if (before === undefined || createtxg < before) reached.set(targetId, createtxg);
  }
  const snapshots = versions.filter(isSnapshot);
  const origins = snapshots.filter(({ name }) => cloned.has(`${entry.name}@${name}`));
  const last = snapshots.slice(-1);
  return { reached, common, fixed: new Set([...held, ...[...origins, ...last].map(({ name }) => name)]) };
}

/** Why something stays that the policy would let go; counted, as it is mostly the same for the whole tree. */
class Hindrances {
  readonly #receivers: readonly PruneReceiver[];
  /** Datasets by receiver. */
  readonly #unknown = new Map<string, DatasetName[]>();
  /** Snapshots by target. */
  readonly #pending = new Map<string, number>();

  constructor(receivers: readonly PruneReceiver[]) {
    this.#receivers = receivers;
  }

  /** Whether each receiver of this run has told what it has of the dataset. */
  knowsAll(dataset: DatasetName, { reached }: Guard): boolean {
    const without = this.#receivers.filter(({ targetId }) => targetId === undefined || !reached.has(targetId));
    for (const { receiver } of without) {
      this.#unknown.set(receiver, [...(this.#unknown.get(receiver) ?? []), dataset]);
    }
    return without.length === 0;
  }

  keeps({ reached, common, fixed }: Guard, { name, guid, createtxg }: Snapshot): boolean {
    if (fixed.has(name) || common.has(guid)) return true;
    const behind = [...reached].filter(([, at]) => createtxg > at);
    for (const [targetId] of behind) this.#pending.set(targetId, (this.#pending.get(targetId) ?? 0) + 1);
    return behind.length > 0;
  }

  warnings(source: DatasetName): string[] {
    const unknown = [...this.#unknown].map(([receiver, datasets]) => {
      const named = datasets.slice(0, NAMED_MAX).join(', ') + (datasets.length > NAMED_MAX ? ', …' : '');
      return `nothing is pruned of ${count(datasets.length, 'dataset')} (${named}): no cursor says what ${receiver} has of them; the next stream makes one`;
    });
    const pending = [...this.#pending].map(([targetId, snapshots]) => {
      const receiver = this.#receivers.find((each) => each.targetId === targetId)?.receiver;
      const stay = `${source}: ${count(snapshots, 'snapshot')} not pruned:`;
      if (receiver !== undefined) return `${stay} ${receiver} does not have them yet`;
      return `${stay} target ${targetId}, which is none of this run's, does not have them yet; if it is gone for good: zfsync-send --remove-cursors ${targetId} ${source}`;
    });
    return [...unknown, ...pending];
  }
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
