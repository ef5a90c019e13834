import { parentPath, type RelativePath } from '@zfsync/zfs';
import type { DatasetReport } from './report.ts';

/**
 * Another attempt does for what was refused as PARENT_MISSING no more than for its parent: it takes over the parent's
 * `retry`. Where the parent has arrived all the same, after the child was refused, another attempt brings the child. Pure.
 *
 * @param datasets parents first, with what became of their promotion: only then has a parent that was sent arrived
 */
export function withParents(datasets: readonly DatasetReport[]): readonly DatasetReport[] {
  const settled = new Map<RelativePath, DatasetReport>();
  for (const report of datasets) settled.set(report.path, withParent(report, settled));
  return [...settled.values()];
}

function withParent(report: DatasetReport, settled: ReadonlyMap<RelativePath, DatasetReport>): DatasetReport {
  const { outcome } = report;
  if (outcome.kind !== 'failed' || outcome.failure.code !== 'PARENT_MISSING') return report;
  let at = parentPath(report.path);
  while (at !== undefined && !settled.has(at)) at = parentPath(at);
  const parent = at === undefined ? undefined : settled.get(at);
  if (parent?.outcome.kind !== 'failed' && parent?.outcome.kind !== 'conflict') return report;
  const retry = parent.outcome.kind === 'failed' ? parent.outcome.failure.retry : 'operator';
  const message = `${outcome.failure.message}: see ${parent.dataset}`;
  return { ...report, outcome: { kind: 'failed', failure: { ...outcome.failure, retry, message } } };
}
