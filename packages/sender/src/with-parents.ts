import { parentPath, type RelativePath } from '@zfsync/zfs';
import type { DatasetReport } from './report.ts';

/**
 * Another attempt does for what was refused as PARENT_MISSING no more than for its parent: it takes over the parent's
 * `retry`. Where the parent has arrived all the same, after the child was refused, another attempt brings the child. Pure.
 *
 * So it is with a clone that was refused as ORIGIN_MISSING, and its origin.
 *
 * @param datasets parents first, with what became of their promotion: only then has a parent that was sent arrived
 * @param origins of clones, the path of their origin
 */
export function withParents(
  datasets: readonly DatasetReport[],
  origins: ReadonlyMap<RelativePath, RelativePath> = new Map(),
): readonly DatasetReport[] {
  const settled = new Map<RelativePath, DatasetReport>();
  for (const report of datasets) settled.set(report.path, withParent(report, settled));
  const isRefused = ({ outcome }: DatasetReport) =>
    outcome.kind === 'failed' && outcome.failure.code === 'ORIGIN_MISSING';
  return [...settled.values()].map((report) => {
    const origin = isRefused(report) ? settled.get(origins.get(report.path) ?? report.path) : undefined;
    return origin === undefined || isRefused(origin) ? report : asLittleAs(origin, report);
  });
}

function withParent(report: DatasetReport, settled: ReadonlyMap<RelativePath, DatasetReport>): DatasetReport {
  const { outcome } = report;
  if (outcome.kind !== 'failed' || outcome.failure.code !== 'PARENT_MISSING') return report;
  let at = parentPath(report.path);
  while (at !== undefined && !settled.has(at)) at = parentPath(at);
  const parent = at === undefined ? undefined : settled.get(at);
  return parent === undefined ? report : asLittleAs(parent, report);
}

/** With the `retry` of what it depends on, if that has failed. */
function asLittleAs(other: DatasetReport, report: DatasetReport): DatasetReport {
  const { outcome } = report;
  if (outcome.kind !== 'failed') return report;
  if (other.outcome.kind !== 'failed' && other.outcome.kind !== 'conflict') return report;
  const retry = other.outcome.kind === 'failed' ? other.outcome.failure.retry : 'operator';
  const message = `${outcome.failure.message}: see ${other.dataset}`;
  return { ...report, outcome: { kind: 'failed', failure: { ...outcome.failure, retry, message } } };
}
