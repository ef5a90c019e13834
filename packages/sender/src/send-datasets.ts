import type { Logger } from '@zfsync/program';
import { type Failure, StreamFailedError, toFailure } from '@zfsync/protocol';
import { type DatasetName, parentPath, type RelativePath, type Zfs } from '@zfsync/zfs';
import PQueue from 'p-queue';
import { type PlannedDataset, snapshotsIn } from './plan.ts';
import type { ConnectionPool } from './pool.ts';
import type { DatasetOutcome, DatasetReport } from './report.ts';
import { sendStep, StreamRefusedError } from './send-step.ts';
import { sourceDataset } from './source.ts';

export interface SendContext {
  readonly zfs: Zfs;
  readonly root: DatasetName;
  readonly pool: ConnectionPool;
  /** Streams at the same time. */
  readonly connections: number;
  readonly stallMs: number;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Codes by which a receive says that only the operator can decide. */
const CONFLICT_CODES: ReadonlySet<string> = new Set([
  'ZFS_TARGET_MODIFIED',
  'ZFS_TARGET_HAS_SNAPSHOTS',
  'TARGET_HAS_DATA',
]);

const MODIFIED_ADVICE =
  'to give up what was changed there: zfs rollback it to its newest snapshot; to keep it: rename it away';

/**
 * Sends every dataset that has steps: one queue, each dataset with a connection of its own, parents and children at the
 * same time; only what cannot be parked waits for its parent. One dataset's failure skips no other, but when the
 * receiver cannot be reached any more the rest is not tried.
 */
export async function sendDatasets(
  context: SendContext,
  planned: readonly PlannedDataset[],
): Promise<readonly DatasetReport[]> {
  const queue = new PQueue({ concurrency: context.connections });
  const running = new Map<RelativePath, Promise<DatasetReport>>();
  let lost: Failure | undefined;

  const attempt = async (dataset: PlannedDataset): Promise<DatasetReport> => {
    const { path } = dataset.offered;
    const name = sourceDataset(context.root, path);
    const log = context.log.child({ dataset: name });
    const report = (outcome: DatasetOutcome): DatasetReport => ({ dataset: name, path, outcome });
    if (context.signal.aborted) return report({ kind: 'failed', failure: notTried('the run was interrupted') });
    if (lost !== undefined) {
      return report({ kind: 'failed', failure: { ...lost, message: `not tried: ${lost.message}` } });
    }
    try {
      return report(await sendDataset(context, dataset, name, log));
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code.startsWith('CONNECT_')) lost = failure;
      log.error({ event: 'dataset-failed', err: error }, `${name}: ${failure.message}`);
      return report(outcomeOf(failure));
    }
  };

  for (const dataset of planned) {
    if (dataset.steps.length === 0) continue;
    const { path } = dataset.offered;
    // Outside the queue, so that one that waits takes no place from its parent. Parents come first in the plan.
    const before = dataset.planned.afterParent ? nearestAncestor(path, running) : undefined;
    const work = async () => {
      const parentReport = await before;
      if (parentReport !== undefined && parentReport.outcome.kind !== 'sent') {
        const name = sourceDataset(context.root, path);
        const failure = notTried(`its parent ${parentReport.dataset} has not arrived, and it cannot be parked`);
        return { dataset: name, path, outcome: { kind: 'failed', failure } } as const;
      }
      return queue.add(() => attempt(dataset));
    };
    running.set(path, work());
  }
  return Promise.all(running.values());
}

/** The datasets between may have nothing to send. */
function nearestAncestor<T>(path: RelativePath, running: ReadonlyMap<RelativePath, T>): T | undefined {
  for (let at = parentPath(path); at !== undefined; at = parentPath(at)) {
    const found = running.get(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function notTried(why: string): Failure {
  return { code: 'NOT_TRIED', retry: 'replan', message: `not tried: ${why}`, detail: '' };
}

function outcomeOf(failure: Failure): DatasetOutcome {
  return CONFLICT_CODES.has(failure.code)
    ? { kind: 'conflict', conflict: 'target-modified', message: `${failure.message}; ${MODIFIED_ADVICE}` }
    : { kind: 'failed', failure };
}

/** The connection goes on after it. */
function isOfStream(error: unknown): error is Error {
  return error instanceof StreamFailedError || error instanceof StreamRefusedError;
}

async function sendDataset(
  context: SendContext,
  dataset: PlannedDataset,
  name: DatasetName,
  log: Logger,
): Promise<DatasetOutcome> {
  const { offered, steps, planned } = dataset;
  const what = planned.decision.kind === 'full' ? 'full' : 'incremental';
  // A stream's failure leaves the connection usable: it is kept in `failed`, so that the pool does not close it.
  const { bytes, parked, failed } = await context.pool.use(async (connection) => {
    const { zfs, stallMs, signal } = context;
    let sum = 0n;
    let last = false;
    for (const step of steps) {
      const from = step.from?.name;
      log.info({ event: 'stream-begun', what, from, to: step.to.name }, `sending @${step.to.name}`);
      try {
        const sent = await sendStep({ zfs, connection, stallMs, signal }, name, offered, step);
        sum += sent.bytes;
        last = sent.parked;
      } catch (error) {
        if (isOfStream(error)) return { bytes: sum, parked: last, failed: error };
        throw error;
      }
      log.info({ event: 'stream-sent', to: step.to.name, bytes: String(sum) }, `sent @${step.to.name}`);
    }
    return { bytes: sum, parked: last, failed: undefined };
  });
  if (failed !== undefined) throw failed;
  return { kind: 'sent', what, snapshots: snapshotsIn(dataset), bytes, parked };
}
