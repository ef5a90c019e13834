import type { Logger } from '@zfsync/program';
import {
  type Connection,
  type DatasetDecision,
  DecisionAssembler,
  type OfferedDataset,
  offerPages,
  ProtocolError,
  toFailure,
} from '@zfsync/protocol';
import type { DatasetReport } from './report.ts';
import { type Source, sourceDataset } from './source.ts';
import { planSteps, type Step } from './steps.ts';

/** What is to be done for one dataset. */
export interface PlannedDataset {
  readonly offered: OfferedDataset;
  readonly planned: DatasetDecision;
  readonly steps: readonly Step[];
}

/**
 * Offers the whole tree and turns each decision into steps: a handful of round trips, whatever the size.
 *
 * @param stallMs how long the receiver may take between two pages of its answer
 */
export async function plan(
  connection: Connection,
  tree: Source,
  stallMs: number,
  signal: AbortSignal,
): Promise<PlannedDataset[]> {
  for (const page of offerPages(tree.datasets)) await connection.send(page);
  const assembler = new DecisionAssembler();
  let decisions: readonly DatasetDecision[] | undefined;
  while (decisions === undefined) {
    decisions = assembler.push(await connection.expect(['decisions'], { signal, timeoutMs: stallMs }));
  }
  const all = decisions;
  if (all.length !== tree.datasets.length) {
    throw new ProtocolError(`${tree.datasets.length} datasets offered, ${all.length} decided`, 'MESSAGE_INVALID');
  }
  return tree.datasets.map((offered, index) => {
    const planned = all[index];
    if (planned?.path !== offered.path) {
      const message = `${offered.path || '/'} was offered, ${String(planned?.path)} decided`;
      throw new ProtocolError(message, 'MESSAGE_INVALID');
    }
    return withSteps(offered, planned);
  });
}

/** A decision that makes no sense fails its dataset alone. */
function withSteps(offered: OfferedDataset, planned: DatasetDecision): PlannedDataset {
  try {
    return { offered, planned, steps: planSteps(offered, planned.decision) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { offered, planned: { ...planned, decision: { kind: 'refused', failure: toFailure(error) } }, steps: [] };
  }
}

export function logPlan(planned: readonly PlannedDataset[], log: Logger): void {
  const counts: Record<string, number> = {};
  for (const dataset of planned) {
    const { kind } = dataset.planned.decision;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  log.info({ event: 'planned', datasets: planned.length, ...counts }, `planned ${planned.length} datasets`);
}

/** What the plan alone says of a dataset. */
export function dryReport(tree: Source, dataset: PlannedDataset): DatasetReport {
  const { offered, planned } = dataset;
  const { decision } = planned;
  const report = { dataset: sourceDataset(tree.root, offered.path), path: offered.path };
  switch (decision.kind) {
    case 'up-to-date':
      return { ...report, outcome: { kind: 'up-to-date' } };
    case 'conflict':
      return { ...report, outcome: { kind: 'conflict', conflict: decision.conflict, message: decision.message } };
    case 'refused':
      return { ...report, outcome: { kind: 'failed', failure: decision.failure } };
    default: {
      const what = decision.kind === 'full' ? 'full' : 'incremental';
      return { ...report, outcome: { kind: 'planned', what, snapshots: snapshotsIn(dataset) } };
    }
  }
}

/** How many snapshots the target gains by the plan. */
export function snapshotsIn({ offered, steps }: PlannedDataset): number {
  const last = steps.at(-1);
  const first = steps[0];
  if (first === undefined || last === undefined) return 0;
  const after = first.from?.createtxg ?? -1n;
  return offered.versions.filter(
    ({ kind, createtxg }) => kind === 'snapshot' && createtxg > after && createtxg <= last.to.createtxg,
  ).length;
}
