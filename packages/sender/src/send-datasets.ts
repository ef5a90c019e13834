import { inOrder, type Logger } from '@zfsync/program';
import { type Connection, type Failure, StreamFailedError, toFailure } from '@zfsync/protocol';
import { type DatasetName, parentPath, type RelativePath, type ReplicationError } from '@zfsync/zfs';
import PQueue from 'p-queue';
import type { Cursors } from './cursors.ts';
import { type PlanContext, type PlannedDataset, replan } from './plan.ts';
import type { Hooked } from './hooks.ts';
import type { ConnectionPool } from './pool.ts';
import { recoveryOf } from './recover.ts';
import {
  type DatasetReport,
  policyOf,
  type PolicyReport,
  reportOfFailure,
  reportOfPlan,
  reportOfSent,
} from './report.ts';
import { sendStep, StreamRefusedError } from './send-step.ts';
import { sourceDataset } from './source.ts';
import type { Step } from './steps.ts';

export interface SendContext extends PlanContext {
  readonly pool: ConnectionPool;
  /** Streams at the same time. */
  readonly connections: number;
  readonly cursors: Cursors;
  readonly aroundDataset?: AroundDataset | undefined;
}

/** Runs the operator's commands before and after a dataset is sent. */
export type AroundDataset = (
  dataset: DatasetName,
  work: () => Promise<DatasetReport>,
) => Promise<Hooked<DatasetReport>>;

/** The receiver has ended the session; no other connection of it will do better. */
const SESSION_LOST: ReadonlySet<string> = new Set(['SESSION_UNKNOWN', 'SHUTTING_DOWN']);

/**
 * Sends every dataset that has steps: one queue, each dataset with a connection of its own, parents and children at the
 * same time; only what cannot be parked waits for its parent. One dataset's failure skips no other, but when no
 * connection to the receiver can be opened any more the rest is not tried: each would wait for the same.
 */
export async function sendDatasets(
  context: SendContext,
  planned: readonly PlannedDataset[],
): Promise<readonly DatasetReport[]> {
  const queue = new PQueue({ concurrency: context.connections });
  const running = new Map<RelativePath, Promise<DatasetReport>>();
  let lost: Failure | undefined;

  const sent = async (dataset: PlannedDataset, name: DatasetName, done: (what: PolicyReport) => void) => {
    const log = context.log.child({ dataset: name });
    try {
      const report = await sendDataset(context, dataset, name, log, done);
      if (report.outcome.kind === 'failed' && SESSION_LOST.has(report.outcome.failure.code)) {
        lost = report.outcome.failure;
      }
      return report;
    } catch (error) {
      const failure = toFailure(error);
      if (context.pool.lost !== undefined) lost = toFailure(context.pool.lost);
      else if (SESSION_LOST.has(failure.code)) lost = failure;
      log.error({ event: 'dataset-failed', err: error }, `${name}: ${failure.message}`);
      return reportOfFailure(name, dataset, failure);
    }
  };
  const attempt = async (dataset: PlannedDataset): Promise<DatasetReport> => {
    const name = sourceDataset(context.tree.root, dataset.offered.path);
    if (context.signal.aborted) return reportOfFailure(name, dataset, notTried('the run was interrupted'));
    if (lost !== undefined) {
      return reportOfFailure(name, dataset, { ...lost, message: `not tried: ${lost.message}` });
    }
    let policy: PolicyReport = {};
    const work = () =>
      sent(dataset, name, (what) => {
        policy = { ...policy, ...what };
      });
    const report = await withHooks(context, dataset, name, work);
    return { ...report, ...policy };
  };

  const inTurn = orderable(planned);
  for (const dataset of planned) {
    if (dataset.steps.length === 0) continue;
    const { path } = dataset.offered;
    // Outside the queue, so that one that waits takes no place from its parent. Parents come first in the plan.
    const { afterParent, after } = dataset.planned;
    const parent = afterParent ? nearestAncestor(path, running) : undefined;
    const work = async () => {
      await parent;
      // Of a clone: the dataset of its origin. That may come later in the plan; by now it is there.
      if (after !== undefined && inTurn.has(path)) await running.get(after);
      return queue.add(() => attempt(dataset));
    };
    running.set(path, work());
  }
  return Promise.all(running.values());
}

async function withHooks(
  { aroundDataset }: SendContext,
  dataset: PlannedDataset,
  name: DatasetName,
  work: () => Promise<DatasetReport>,
): Promise<DatasetReport> {
  if (aroundDataset === undefined) return work();
  const hooked = await aroundDataset(name, work);
  const report = hooked.done ? hooked.value : reportOfFailure(name, dataset, hooked.before);
  return hooked.after === undefined ? report : { ...report, hookFailure: hooked.after };
}

/** An honest receiver leaves none out; one that has them wait for each other must not have us wait for ever. */
function orderable(planned: readonly PlannedDataset[]): ReadonlySet<RelativePath> {
  return inOrder(
    new Map(
      planned.map(({ offered: { path }, planned: { after } }) => [
        path,
        [...ancestors(path), ...(after === undefined ? [] : [after])],
      ]),
    ),
  );
}

function ancestors(path: RelativePath): RelativePath[] {
  const parent = parentPath(path);
  return parent === undefined ? [] : [parent, ...ancestors(parent)];
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

/** What the steps of one plan came to. */
interface Progress {
  readonly bytes: bigint;
  readonly parked: boolean;
  /** What ended them, and at which step; the connection goes on. */
  readonly failed: { readonly error: ReplicationError; readonly step: Step } | undefined;
}

/** A stream's failure leaves the connection usable, so it is not thrown through the pool, which would close it. */
async function sendDataset(
  context: SendContext,
  dataset: PlannedDataset,
  name: DatasetName,
  log: Logger,
  done: (what: PolicyReport) => void,
): Promise<DatasetReport> {
  return context.pool.use(async (connection) => {
    const first = await sendSteps(context, connection, dataset, name, log, done);
    if (first.failed === undefined) return reportOfSent(name, dataset, first);
    const { error, step } = first.failed;
    log.warn({ event: 'stream-failed', err: error }, `${name}: ${error.message}`);
    const recovery = recoveryOf(error.code, step);
    if (recovery === undefined) return reportOfFailure(name, dataset, toFailure(error));

    const discard = recovery.kind === 'discard' ? recovery : undefined;
    const again = await replan(context, connection, dataset.offered, discard);
    log.info(
      { event: 'replanned', kind: again.planned.decision.kind },
      `${name}: planned anew after: ${error.message}`,
    );
    if (again.steps.length === 0) return reportOfPlan(name, again);
    const second = await sendSteps(context, connection, again, name, log, done);
    if (second.failed === undefined) return reportOfSent(name, again, { ...second, bytes: first.bytes + second.bytes });
    const failure = toFailure(second.failed.error);
    log.error({ event: 'dataset-failed', err: second.failed.error }, `${name}: ${failure.message}`);
    return reportOfFailure(name, again, failure);
  });
}

async function sendSteps(
  context: SendContext,
  connection: Connection,
  dataset: PlannedDataset,
  name: DatasetName,
  log: Logger,
  done: (what: PolicyReport) => void,
): Promise<Progress> {
  const { zfs, cursors, stallMs, signal } = context;
  const { offered, flags, steps } = dataset;
  const onReady = () => {
    done(policyOf(dataset));
  };
  let bytes = 0n;
  let parked = false;
  await cursors.protect(name, offered, steps);
  for (const step of steps) {
    const [from, to] = [step.from?.name, step.to.name];
    log.info({ event: 'stream-begun', from, to, resumed: step.resume !== undefined }, `sending @${to}`);
    try {
      const sent = await sendStep({ zfs, connection, stallMs, signal, onReady }, name, offered.path, flags, step);
      bytes += sent.bytes;
      parked = sent.parked;
    } catch (error) {
      if (isOfStream(error)) return { bytes, parked, failed: { error, step } };
      throw error;
    }
    log.info({ event: 'stream-sent', to, bytes: String(bytes) }, `sent @${to}`);
  }
  const last = steps.at(-1);
  if (last !== undefined) await cursors.advance(name, offered, last.to.guid);
  return { bytes, parked, failed: undefined };
}

/** The connection goes on after it. */
function isOfStream(error: unknown): error is StreamFailedError | StreamRefusedError {
  return error instanceof StreamFailedError || error instanceof StreamRefusedError;
}
