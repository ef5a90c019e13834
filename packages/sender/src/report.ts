import { EXIT } from '@zfsync/program';
import type { ConflictKind, Decision, Failure, Promotion, TidyEntry } from '@zfsync/protocol';
import type { DatasetName, Guid, RelativePath } from '@zfsync/zfs';
import { count, formatBytes } from './format.ts';
import { type PlannedDataset, snapshotsIn } from './plan.ts';
import type { LeftOut } from './select.ts';
import { formatTidied } from './tidy.ts';

/** `resumed`: the rest of an interrupted stream, and what came after it. */
export type SentAs = 'full' | 'incremental' | 'clone' | 'resumed';

/** What became of one dataset in one run. */
export type DatasetOutcome =
  | { readonly kind: 'up-to-date' }
  /** With `--dry-run`: what would be sent. `anew`: once a stale partial receive is discarded, which only a run does. */
  | {
      readonly kind: 'planned';
      readonly what: SentAs | 'anew';
      readonly snapshots: number;
      /** About so many; undefined where ZFS gives no estimate. */
      readonly bytes?: bigint | undefined;
      /** Its snapshot is one that is not there yet: the run would take it. */
      readonly toBeTaken?: true;
      /** Bytes that the target has gained since its newest snapshot: it was most likely modified. */
      readonly targetWritten?: bigint;
    }
  | {
      readonly kind: 'sent';
      readonly what: SentAs;
      readonly snapshots: number;
      readonly bytes: bigint;
      readonly parked: boolean;
    }
  | {
      readonly kind: 'conflict';
      readonly conflict: ConflictKind | 'promotion';
      readonly message: string;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface DatasetReport {
  readonly dataset: DatasetName;
  readonly path: RelativePath;
  readonly outcome: DatasetOutcome;
  /**
   * The newest version that the source and the target have in common, as the session has found it or, of what has
   * arrived, left it. Absent when there is none, and when nobody knows: a conflict, a failure.
   */
  readonly common?: Common;
  /** Of what failed: what the target had when it was begun. The next attempt's tells whether this one brought something. */
  readonly begunAt?: Standing;
  /** Bytes of a partial receive that nobody could go on with, thrown away; 0 when it is not known how many. */
  readonly discardedBytes?: bigint;
  /** The policy keep-both: what was on the target is kept under this name (with `--dry-run`: would be). */
  readonly aside?: DatasetName;
  /** The policy rollback: what was written to the target after its newest snapshot was given up (or would be). */
  readonly rolledBack?: true;
  /** Renamed on the source: the target had it under this path until this run (with `--dry-run`: has). */
  readonly renamedFrom?: RelativePath;
  /** The command of `--after-dataset` failed, whatever became of the dataset itself. */
  readonly hookFailure?: Failure;
}

/** What a source and a target have in common. */
export interface Common {
  readonly guid: Guid;
  /** Of the source's version. */
  readonly createtxg: bigint;
}

/** How far a target has come. */
export interface Standing {
  /** Of the source's version that is the target's newest; 0 = the target has nothing. */
  readonly createtxg: bigint;
  /** Bytes of a partial receive of what comes next. */
  readonly partialBytes: bigint;
}

/** What a policy does to a target before a stream begins. */
export type PolicyReport = Pick<DatasetReport, 'aside' | 'rolledBack'>;

/** What the policy does if the dataset's decision is carried out: it was, once the receiver is ready for the stream. */
export function policyOf({ planned: { decision } }: PlannedDataset): PolicyReport {
  if (decision.kind === 'full') return decision.aside === undefined ? {} : { aside: decision.aside };
  const rollback = (decision.kind === 'incremental' || decision.kind === 'resume') && decision.rollback;
  return rollback ? { rolledBack: true } : {};
}

function standingOf({ offered, steps: [first] }: PlannedDataset): Standing | undefined {
  if (first === undefined) return undefined;
  const { from, resume } = first;
  const at = offered.versions.find(({ guid }) => guid === from?.guid);
  return { createtxg: at?.createtxg ?? 0n, partialBytes: resume?.bytesReceived ?? 0n };
}

function commonOf({ offered, steps, planned }: PlannedDataset, { kind }: DatasetOutcome): Common | undefined {
  if (kind === 'failed' || kind === 'conflict') return undefined;
  const guid = kind === 'sent' ? steps.at(-1)?.to.guid : newestOf(planned.decision);
  const version = offered.versions.find((one) => one.guid === guid);
  return version && { guid: version.guid, createtxg: version.createtxg };
}

/** What the receiver says that the target has. */
function newestOf(decision: Decision): Guid | undefined {
  if (decision.kind === 'incremental') return decision.from;
  return decision.kind === 'up-to-date' || decision.kind === 'resume' ? decision.newest : undefined;
}

/** By which codes ZFS or the receiver says that only the operator can decide. */
const CONFLICT_OF_CODE: Partial<Record<string, ConflictKind>> = {
  ZFS_TARGET_MODIFIED: 'target-modified',
  ZFS_TARGET_HAS_SNAPSHOTS: 'target-diverged',
  ZFS_IVSET_MISMATCH: 'encryption-mismatch',
  ZFS_ENCRYPTION_BOUNDARY: 'encryption-mismatch',
  TARGET_HAS_DATA: 'target-has-data',
};

function reportOf(dataset: DatasetName, planned: PlannedDataset, outcome: DatasetOutcome): DatasetReport {
  const { discarded } = planned;
  const { renameFrom } = planned.planned;
  const begunAt = outcome.kind === 'failed' ? standingOf(planned) : undefined;
  const common = commonOf(planned, outcome);
  return {
    dataset,
    path: planned.offered.path,
    outcome,
    ...(common !== undefined && { common }),
    ...(begunAt !== undefined && { begunAt }),
    ...(discarded !== undefined && { discardedBytes: discarded }),
    ...(renameFrom !== undefined && outcome.kind !== 'conflict' && { renamedFrom: renameFrom }),
    ...(outcome.kind === 'planned' && policyOf(planned)),
  };
}

function sentAs({ kind }: Decision): SentAs {
  return kind === 'full' || kind === 'clone' ? kind : kind === 'resume' ? 'resumed' : 'incremental';
}

export function reportOfSent(
  dataset: DatasetName,
  planned: PlannedDataset,
  { bytes, parked }: { readonly bytes: bigint; readonly parked: boolean },
): DatasetReport {
  const [what, snapshots] = [sentAs(planned.planned.decision), snapshotsIn(planned)];
  return reportOf(dataset, planned, { kind: 'sent', what, snapshots, bytes, parked });
}

export function reportOfFailure(dataset: DatasetName, planned: PlannedDataset, failure: Failure): DatasetReport {
  const conflict = CONFLICT_OF_CODE[failure.code];
  const { message } = failure;
  return reportOf(
    dataset,
    planned,
    conflict === undefined ? { kind: 'failed', failure } : { kind: 'conflict', conflict, message },
  );
}

/** What the plan alone says of a dataset. @param bytes estimated */
export function reportOfPlan(dataset: DatasetName, planned: PlannedDataset, bytes?: bigint): DatasetReport {
  const { decision } = planned.planned;
  switch (decision.kind) {
    case 'up-to-date':
      return reportOf(dataset, planned, { kind: 'up-to-date' });
    case 'conflict': {
      const { conflict, message } = decision;
      return reportOf(dataset, planned, { kind: 'conflict', conflict, message });
    }
    case 'refused':
      return reportOf(dataset, planned, { kind: 'failed', failure: decision.failure });
    case 'full':
    case 'incremental':
    case 'clone':
    case 'resume': {
      const what = planned.steps.length === 0 ? 'anew' : sentAs(decision);
      const written = decision.kind === 'incremental' ? decision.targetWritten : 0n;
      const modified = written > 0n ? { targetWritten: written } : {};
      return reportOf(dataset, planned, { kind: 'planned', what, snapshots: snapshotsIn(planned), bytes, ...modified });
    }
  }
}

/** What became of one run to one receiver; data for people, for `--json` and for the exit code. */
export interface RunReport {
  readonly source: DatasetName;
  readonly receiver: string;
  readonly target: DatasetName;
  readonly runId: string;
  readonly dryRun: boolean;
  readonly milliseconds: number;
  /** How often it was tried. */
  readonly attempts: number;
  /** Names the target in the names of its cursors, the bookmarks on the source. */
  readonly targetId: string;
  /** What went wrong that costs no data now, such as a bookmark that could not be made. */
  readonly warnings: readonly string[];
  /** Buffer datasets within the source tree: not sent. */
  readonly skipped: readonly DatasetName[];
  /** What the selection leaves out of the source tree. */
  readonly leftOut: readonly LeftOut[];
  readonly datasets: readonly DatasetReport[];
  /** What the receiver renamed into place, in its order. */
  readonly promotions: readonly Promotion[];
  /** What the receiver pruned or did about what vanished on the source (with `--dry-run`: would do), in its order. */
  readonly tidied: readonly TidyEntry[];
  /** What ended the session before its end. */
  readonly failure?: Failure;
}

export function exitCodeOfReport(report: RunReport): number {
  if (report.failure !== undefined) return report.failure.code === 'ABORTED' ? EXIT.interrupted : EXIT.failure;
  const kinds = new Set(report.datasets.map(({ outcome }) => outcome.kind));
  const leftovers = leftOver(report);
  if (kinds.has('conflict') || leftovers.some(({ outcome }) => outcome === 'conflict')) return EXIT.conflict;
  const untidied = report.tidied.some(({ failure }) => failure !== undefined);
  const hooks = report.datasets.some(({ hookFailure }) => hookFailure !== undefined);
  return kinds.has('failed') || hooks || leftovers.length > 0 || untidied ? EXIT.datasetsFailed : EXIT.ok;
}

/** Of one dataset. */
export function exitCodeOfOutcome(outcome: DatasetOutcome): number {
  if (outcome.kind === 'conflict') return EXIT.conflict;
  if (outcome.kind !== 'failed') return EXIT.ok;
  return outcome.failure.code === 'ABORTED' ? EXIT.interrupted : EXIT.datasetsFailed;
}

/** What was parked by an earlier session, is not in the tree any more, and could not be promoted. */
function leftOver({ datasets, promotions }: RunReport): Promotion[] {
  const paths = new Set(datasets.map(({ path }) => path));
  return promotions.filter(({ path, failure }) => failure !== undefined && !paths.has(path));
}

/** A dataset that was parked and not promoted has not arrived, whatever its stream did. */
export function withPromotions(
  datasets: readonly DatasetReport[],
  promotions: readonly Promotion[],
): readonly DatasetReport[] {
  const byPath = new Map(promotions.map((promotion) => [promotion.path, promotion]));
  return datasets.map((report) => {
    const { outcome } = report;
    if (outcome.kind !== 'sent' && outcome.kind !== 'up-to-date') return report;
    const promotion = byPath.get(report.path);
    const failure = promotion?.failure;
    if (failure !== undefined) {
      const conflict = { kind: 'conflict', conflict: 'promotion', message: failure.message } as const;
      return { ...report, outcome: promotion?.outcome === 'conflict' ? conflict : { kind: 'failed', failure } };
    }
    if (outcome.kind === 'sent' && outcome.parked && promotion?.outcome !== 'promoted') {
      const message = 'it has arrived, but the receiver has not renamed it into place; the next run will';
      return {
        ...report,
        outcome: { kind: 'failed', failure: { code: 'NOT_PROMOTED', retry: 'replan', message, detail: '' } },
      };
    }
    return report;
  });
}

function describe(outcome: DatasetOutcome): string {
  switch (outcome.kind) {
    case 'up-to-date':
      return 'up to date';
    case 'planned': {
      if (outcome.what === 'anew') return 'would be sent anew, once its stale partial receive is discarded';
      const about = outcome.bytes === undefined ? '' : `, about ${formatBytes(outcome.bytes)}`;
      const toBeTaken = outcome.toBeTaken === true ? ' (the one that would be taken)' : '';
      return `would send ${outcome.what}, ${count(outcome.snapshots, 'snapshot')}${toBeTaken}${about}`;
    }
    case 'sent':
      return `sent ${outcome.what}, ${count(outcome.snapshots, 'snapshot')}, ${formatBytes(outcome.bytes)}`;
    case 'conflict':
      return `CONFLICT (${outcome.conflict}): ${outcome.message}`;
    case 'failed':
      return `FAILED: ${outcome.failure.message}`;
  }
}

/** What else was done for it, or would be: after a comma. */
function also({ outcome, discardedBytes, aside, rolledBack, renamedFrom, hookFailure }: DatasetReport): string {
  const dry = outcome.kind === 'planned';
  const written = dry ? outcome.targetWritten : undefined;
  const known = discardedBytes === 0n ? 'size unknown' : formatBytes(discardedBytes ?? 0n);
  return [
    ...(discardedBytes === undefined
      ? []
      : [`; a stale partial receive (${known}) ${dry ? 'is to be' : 'was'} discarded`]),
    ...(renamedFrom === undefined
      ? []
      : [`; ${dry ? 'would be' : 'was'} renamed on the target, from ${renamedFrom || '/'}`]),
    ...(aside === undefined ? [] : [`; what was there ${dry ? 'would be' : 'is'} kept as ${aside}`]),
    ...(rolledBack === undefined
      ? []
      : [`; the target ${dry ? 'would be' : 'was'} rolled back to its newest snapshot`]),
    ...(written === undefined || rolledBack === true
      ? []
      : [`; ${formatBytes(written)} were written to the target since its newest snapshot: it may be refused`]),
    ...(hookFailure === undefined ? [] : [`; FAILED: ${hookFailure.message}`]),
  ].join('');
}

/** It failed of the interruption alone, which is said of the run. */
function isInterrupted({ outcome, hookFailure }: DatasetReport): boolean {
  return outcome.kind === 'failed' && OF_INTERRUPTION.has(outcome.failure.code) && hookFailure === undefined;
}

const OF_INTERRUPTION: ReadonlySet<string> = new Set(['ABORTED', 'NOT_TRIED']);

function saidOf({ code, message }: Failure, unfinished: number): string {
  if (code !== 'ABORTED') return `FAILED: ${message}`;
  return unfinished === 0 ? message : `${message} (${count(unfinished, 'dataset')} not finished)`;
}

/** Lines for people. Datasets that are up to date are counted, not listed. */
export function formatReport(report: RunReport): string {
  const unfinished = new Set(report.failure?.code === 'ABORTED' ? report.datasets.filter(isInterrupted) : []);
  const told = report.datasets.filter(
    (one) =>
      !unfinished.has(one) &&
      (one.outcome.kind !== 'up-to-date' || one.hookFailure !== undefined || one.renamedFrom !== undefined),
  );
  const of = (kind: DatasetOutcome['kind']) => report.datasets.filter(({ outcome }) => outcome.kind === kind).length;
  const failed = of('failed') - unfinished.size;
  const bytes = report.datasets.reduce((sum, { outcome }) => sum + (outcome.kind === 'sent' ? outcome.bytes : 0n), 0n);
  const lines = told.map((one) => `${one.dataset}: ${describe(one.outcome)}${also(one)}`);
  for (const { path, failure } of leftOver(report))
    lines.push(`${report.target}${path}: FAILED: ${failure?.message ?? ''}`);
  lines.push(...formatTidied(report.target, report.tidied, report.dryRun));
  for (const warning of report.warnings) lines.push(`WARNING: ${warning}`);
  for (const name of report.skipped) lines.push(`${name}: not sent, it is a buffer dataset`);
  if (report.dryRun) for (const { dataset, why } of report.leftOut) lines.push(`${dataset}: left out: ${why}`);
  if (report.attempts > 1) lines.push(`${report.source}: took ${report.attempts} attempts`);
  const where = `${report.source} to ${report.target} on ${report.receiver}`;
  const placed = report.promotions.filter(({ outcome }) => outcome === 'promoted').length;
  const counts = [
    report.dryRun
      ? `${count(of('planned'), 'dataset')} would be sent`
      : `${count(of('sent'), 'dataset')} sent (${formatBytes(bytes)})`,
    ...(placed > 0 ? [`${placed} renamed into place`] : []),
    `${of('up-to-date')} up to date`,
    ...(report.leftOut.length > 0 ? [`${report.leftOut.length} left out`] : []),
    ...(of('conflict') > 0 ? [`${of('conflict')} in conflict`] : []),
    ...(unfinished.size > 0 ? [`${unfinished.size} not finished`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const nothing = lines.length === 0 && placed === 0 ? 'nothing to do: ' : '';
  if (report.failure !== undefined) lines.push(`${where}: ${saidOf(report.failure, unfinished.size)}`);
  lines.push(`${where}: ${nothing}${counts.join(', ')}, ${(report.milliseconds / 1000).toFixed(1)} s`);
  return `${lines.join('\n')}\n`;
}
