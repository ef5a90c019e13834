import { EXIT } from '@zfsync/program';
import type { ConflictKind, Failure, Promotion } from '@zfsync/protocol';
import type { DatasetName, RelativePath } from '@zfsync/zfs';

/** What became of one dataset in one run. */
export type DatasetOutcome =
  | { readonly kind: 'up-to-date' }
  /** With `--dry-run`: what would be sent. */
  | { readonly kind: 'planned'; readonly what: 'full' | 'incremental'; readonly snapshots: number }
  | {
      readonly kind: 'sent';
      readonly what: 'full' | 'incremental';
      readonly snapshots: number;
      readonly bytes: bigint;
      readonly parked: boolean;
    }
  | {
      readonly kind: 'conflict';
      readonly conflict: ConflictKind | 'promotion' | 'target-modified';
      readonly message: string;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface DatasetReport {
  readonly dataset: DatasetName;
  readonly path: RelativePath;
  readonly outcome: DatasetOutcome;
}

/** What became of one run to one receiver; data for people, for `--json` and for the exit code. */
export interface RunReport {
  readonly source: DatasetName;
  readonly receiver: string;
  readonly target: DatasetName;
  readonly runId: string;
  readonly dryRun: boolean;
  readonly milliseconds: number;
  /** Buffer datasets within the source tree: not sent. */
  readonly skipped: readonly DatasetName[];
  readonly datasets: readonly DatasetReport[];
  /** What the receiver renamed into place, in its order. */
  readonly promotions: readonly Promotion[];
  /** What ended the session before its end. */
  readonly failure?: Failure;
}

export function exitCodeOfReport(report: RunReport): number {
  if (report.failure !== undefined) return report.failure.code === 'ABORTED' ? EXIT.interrupted : EXIT.failure;
  const kinds = new Set(report.datasets.map(({ outcome }) => outcome.kind));
  const leftovers = leftOver(report);
  if (kinds.has('conflict') || leftovers.some(({ outcome }) => outcome === 'conflict')) return EXIT.conflict;
  return kinds.has('failed') || leftovers.length > 0 ? EXIT.datasetsFailed : EXIT.ok;
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
    case 'planned':
      return `would send ${outcome.what}, ${count(outcome.snapshots, 'snapshot')}`;
    case 'sent':
      return `sent ${outcome.what}, ${count(outcome.snapshots, 'snapshot')}, ${formatBytes(outcome.bytes)}`;
    case 'conflict':
      return `CONFLICT (${outcome.conflict}): ${outcome.message}`;
    case 'failed':
      return `FAILED: ${outcome.failure.message}`;
  }
}

/** Lines for people. Datasets that are up to date are counted, not listed. */
export function formatReport(report: RunReport): string {
  const told = report.datasets.filter(({ outcome }) => outcome.kind !== 'up-to-date');
  const of = (kind: DatasetOutcome['kind']) => report.datasets.filter(({ outcome }) => outcome.kind === kind).length;
  const bytes = report.datasets.reduce((sum, { outcome }) => sum + (outcome.kind === 'sent' ? outcome.bytes : 0n), 0n);
  const lines = told.map(({ dataset, outcome }) => `${dataset}: ${describe(outcome)}`);
  for (const { path, failure } of leftOver(report))
    lines.push(`${report.target}${path}: FAILED: ${failure?.message ?? ''}`);
  for (const name of report.skipped) lines.push(`${name}: not sent, it is a buffer dataset`);
  const where = `${report.source} to ${report.target} on ${report.receiver}`;
  const placed = report.promotions.filter(({ outcome }) => outcome === 'promoted').length;
  const counts = [
    report.dryRun
      ? `${count(of('planned'), 'dataset')} would be sent`
      : `${count(of('sent'), 'dataset')} sent (${formatBytes(bytes)})`,
    ...(placed > 0 ? [`${placed} renamed into place`] : []),
    `${of('up-to-date')} up to date`,
    ...(of('conflict') > 0 ? [`${of('conflict')} in conflict`] : []),
    ...(of('failed') > 0 ? [`${of('failed')} failed`] : []),
  ];
  const nothing = lines.length === 0 && placed === 0 ? 'nothing to do: ' : '';
  if (report.failure !== undefined) lines.push(`${where}: FAILED: ${report.failure.message}`);
  lines.push(`${where}: ${nothing}${counts.join(', ')}, ${(report.milliseconds / 1000).toFixed(1)} s`);
  return `${lines.join('\n')}\n`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function formatBytes(bytes: bigint): string {
  const power = bytes === 0n ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(Number(bytes)) / 10));
  const value = Number(bytes) / 1024 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${UNITS[power] ?? 'B'}`;
}

/** The one document of `--json`: 64-bit values are strings. */
export function reportToJson(reports: readonly unknown[]): string {
  const replacer = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return `${JSON.stringify({ runs: reports }, replacer, 2)}\n`;
}
