import { randomBytes, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Logger } from '@zfsync/program';
import { type Connection, type HelloReply, type Promotion, PromotionAssembler, toFailure } from '@zfsync/protocol';
import { AbortedError, type DatasetName, type RelativePath, type Zfs } from '@zfsync/zfs';
import { type Dial, type HelloFields, openConnection } from './connect.ts';
import { dryReport, logPlan, type PlannedDataset, plan } from './plan.ts';
import { ConnectionPool } from './pool.ts';
import { type DatasetReport, type RunReport, withPromotions } from './report.ts';
import { sendDatasets } from './send-datasets.ts';
import { loadSource, type Source } from './source.ts';

export interface RunOptions {
  readonly zfs: Zfs;
  readonly source: DatasetName;
  /** The receiver as the user named it. */
  readonly receiver: string;
  readonly dial: Dial;
  /** At most so many connections. */
  readonly connections: number;
  readonly asPath: RelativePath;
  /** Plan and report; change nothing. */
  readonly dryRun: boolean;
  readonly agent: string;
  /** How long a phase may be without progress, in milliseconds. */
  readonly stallMs: number;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * One run against one receiver: list and greet, plan for the whole tree, send, have the buffer cleaned.
 *
 * @returns what became of every dataset; a dataset's failure is a value in it.
 * @throws {ReplicationError} when there is no session: no source, no connection, refused, busy.
 */
export async function runSession(options: RunOptions): Promise<RunReport> {
  const { zfs, source, dial, asPath, agent, signal } = options;
  const begun = performance.now();
  const runId = randomUUID();
  const sessionId = randomBytes(16).toString('hex');
  const hello: HelloFields = { sessionId, runId, agent, sourceRoot: source, asPath };
  const log = options.log.child({ run: runId, session: sessionId.slice(0, 8), source, peer: options.receiver });

  const { connection, reply, tree } = await listAndGreet(zfs, source, dial, hello, signal);
  const open = async () => (await openConnection(dial, hello, signal)).connection;
  const pool = new ConnectionPool(connection, open, log);
  try {
    log.info({ event: 'session-opened', agent: reply.agent, target: reply.target }, `sending to ${reply.target}`);
    for (const name of tree.skipped) log.info({ event: 'skipped', dataset: name }, `${name} is a buffer dataset`);
    const planned = await pool.use((planning) => plan(planning, tree, options.stallMs, signal));
    logPlan(planned, log);
    const outcome = options.dryRun
      ? { datasets: planned.map((dataset) => dryReport(tree, dataset)), promotions: [] }
      : await carryOut(options, pool, tree, planned, reply, log);
    if (!signal.aborted) await pool.close();
    const { receiver, dryRun } = options;
    const milliseconds = Math.round(performance.now() - begun);
    log.info({ event: 'session-closed', milliseconds }, 'session closed');
    const { skipped } = tree;
    return { source, receiver, target: reply.target, runId, dryRun, milliseconds, skipped, ...outcome };
  } finally {
    pool.destroy();
  }
}

/** Side by side, as neither needs the other. When one fails the other is ended before the error is thrown. */
async function listAndGreet(
  zfs: Zfs,
  root: DatasetName,
  dial: Dial,
  hello: HelloFields,
  signal: AbortSignal,
): Promise<{ connection: Connection; reply: HelloReply; tree: Source }> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  setMaxListeners(0, either);
  let first: { readonly error: unknown } | undefined;
  const guard = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      first ??= { error };
      failed.abort();
      return undefined;
    });
  const [greeted, tree] = await Promise.all([
    guard(openConnection(dial, hello, either)),
    guard(loadSource(zfs, root, either)),
  ]);
  if (greeted === undefined || tree === undefined) {
    greeted?.connection.destroy();
    throw first?.error;
  }
  return { ...greeted, tree };
}

async function carryOut(
  options: RunOptions,
  pool: ConnectionPool,
  tree: Source,
  planned: readonly PlannedDataset[],
  reply: HelloReply,
  log: Logger,
): Promise<Pick<RunReport, 'datasets' | 'promotions' | 'failure'>> {
  const settled = new Map<RelativePath, DatasetReport>();
  for (const dataset of planned) {
    if (dataset.steps.length === 0) settled.set(dataset.offered.path, dryReport(tree, dataset));
  }
  const connections = Math.min(options.connections, reply.streamsMax);
  const { zfs, stallMs, signal } = options;
  const work = { zfs, root: tree.root, pool, connections, stallMs, log, signal };
  for (const report of await sendDatasets(work, planned)) settled.set(report.path, report);
  const datasets = planned.flatMap(({ offered }) => settled.get(offered.path) ?? []);
  if (options.signal.aborted) {
    const failure = toFailure(
      new AbortedError(`interrupted by ${String(options.signal.reason)}; run it again to go on`),
    );
    return { datasets: withPromotions(datasets, []), promotions: [], failure };
  }
  try {
    const promotions = await pool.use((connection) => cleanBuffer(connection, options.signal));
    return { datasets: withPromotions(datasets, promotions), promotions };
  } catch (error) {
    log.error({ event: 'clean-buffer-failed', err: error }, 'the receiver could not clean its buffer');
    return { datasets: withPromotions(datasets, []), promotions: [], failure: toFailure(error) };
  }
}

async function cleanBuffer(connection: Connection, signal: AbortSignal): Promise<readonly Promotion[]> {
  await connection.send({ type: 'clean-buffer' });
  const assembler = new PromotionAssembler();
  let promotions: readonly Promotion[] | undefined;
  while (promotions === undefined) {
    promotions = assembler.push(await connection.expect(['clean-buffer-report'], { signal }));
  }
  return promotions;
}
