import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Logger } from '@zfsync/program';
import {
  type Connection,
  type HelloReply,
  type Promotion,
  type RenameMode,
  type TidyEntry,
  toFailure,
} from '@zfsync/protocol';
import { AbortedError, type DatasetName, type RelativePath, type VersionName, type Zfs } from '@zfsync/zfs';
import { type Dial, type HelloFields, openConnection } from './connect.ts';
import { Cursors } from './cursors.ts';
import { count } from './format.ts';
import type { MirrorConfig } from './mirror-options.ts';
import { requestReport } from './request-report.ts';
import { logPlan, type Plan, type PlanContext, plan } from './plan.ts';
import { ConnectionPool } from './pool.ts';
import { type DatasetReport, reportOfFailure, reportOfPlan, type RunReport, withPromotions } from './report.ts';
import { type AroundDataset, sendDatasets } from './send-datasets.ts';
import { isMeantSnapshot } from './select.ts';
import { loadSource, type OfferOptions, type Source, sourceDataset } from './source.ts';
import { type Estimates, estimate, fitsAnyway, withoutRoom } from './space.ts';
import { tidy } from './tidy.ts';
import { withParents } from './with-parents.ts';

export interface RunOptions extends MirrorConfig {
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
  /** Names the run, with all its attempts, in both sides' logs. */
  readonly runId: string;
  /** How long a phase may be without progress, in milliseconds. */
  readonly stallMs: number;
  /** How long the receiver may be silent, in milliseconds. */
  readonly peerTimeoutMs: number;
  /** How long the receiver may take to answer the hello, in milliseconds. */
  readonly helloTimeoutMs: number;
  /** What the reason may be if a connection breaks before the receiver has answered. */
  readonly ifUnanswered?: string | undefined;
  /** Hold the estimates against the room on the target before anything is sent. */
  readonly checkSpace: boolean;
  /** Keep the newest replicated snapshot of each dataset held on the source. */
  readonly hold: boolean;
  readonly offer: OfferOptions;
  /** Of a dry run: how the snapshot is called that a run would take before. */
  readonly wouldTake?: VersionName | undefined;
  /** Told before the receiver is asked to tidy its target. */
  readonly onTidy?: (() => void) | undefined;
  readonly aroundDataset?: AroundDataset | undefined;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * One attempt of a run against one receiver: list and greet, plan for the whole tree, send, have the buffer cleaned.
 *
 * @returns what became of every dataset; a dataset's failure is a value in it.
 * @throws {ReplicationError} when there is no session: no source, no connection, refused, busy.
 */
export async function runSession(options: RunOptions): Promise<RunReport> {
  const { source, runId, agent, asPath, signal, receiver, dryRun, stallMs, zfs } = options;
  const begun = performance.now();
  const sessionId = randomBytes(16).toString('hex');
  const hello: HelloFields = { sessionId, runId, agent, sourceRoot: source, asPath };
  const log = options.log.child({ run: runId, session: sessionId.slice(0, 8), source, peer: receiver });

  const greet = (either: AbortSignal) => openConnection(options.dial, hello, options, either);
  const { connection, reply, tree } = await listAndGreet(options, greet);
  const pool = new ConnectionPool(connection, async () => (await greet(signal)).connection, log);
  try {
    log.info({ event: 'session-opened', agent: reply.agent, target: reply.target }, `sending to ${reply.target}`);
    for (const warning of tree.warnings) log.warn({ event: 'source-warning' }, warning);
    for (const name of tree.skipped) log.info({ event: 'skipped', dataset: name }, `${name} is a buffer dataset`);
    for (const { dataset, why } of tree.leftOut) log.debug({ event: 'left-out', dataset }, `${dataset}: ${why}`);
    const renames = renameMode(options);
    const context = { zfs, tree, dryRun, renames, stallMs, signal, log };
    const planned = await pool.use((planning) => plan(context, planning));
    logPlan(planned, log);
    const connections = Math.min(options.connections, reply.streamsMax);
    const outcome = await act(options, context, pool, connections, planned);
    if (!signal.aborted) await pool.close();
    const milliseconds = Math.round(performance.now() - begun);
    log.info({ event: 'session-closed', milliseconds }, 'session closed');
    const { skipped, leftOut } = tree;
    const { targetId } = planned;
    const { target } = reply;
    const warnings = [...decryptedWarning(planned), ...tree.warnings, ...outcome.warnings];
    const session = { source, receiver, target, targetId, runId, dryRun, attempts: 1, milliseconds, skipped, leftOut };
    return { ...session, ...outcome, warnings };
  } finally {
    pool.destroy();
  }
}

/** A dry run has nothing renamed. */
function renameMode({ renames, dryRun }: RunOptions): RenameMode {
  return renames === 'follow' && dryRun ? 'plan' : renames;
}

/** Side by side, as neither needs the other. When one fails the other is ended before the error is thrown. */
async function listAndGreet(
  { zfs, source, offer, signal }: RunOptions,
  greet: (signal: AbortSignal) => Promise<{ connection: Connection; reply: HelloReply }>,
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
  const [greeted, tree] = await Promise.all([guard(greet(either)), guard(loadSource(zfs, source, offer, either))]);
  if (greeted === undefined || tree === undefined) {
    greeted?.connection.destroy();
    throw first?.error;
  }
  return { ...greeted, tree };
}

/** What leaves the host in plaintext, before all else. */
function decryptedWarning({ datasets }: Plan): string[] {
  const plain = datasets.filter(({ offered, steps }) => steps.length > 0 && offered.encrypted && !offered.raw).length;
  if (plain === 0) return [];
  return [
    `--decrypt: the plaintext of ${count(plain, 'encrypted dataset')} leaves this host, and the receiver can read it`,
  ];
}

type Outcome = Pick<RunReport, 'datasets' | 'promotions' | 'tidied' | 'warnings' | 'failure'>;

/** Nothing but a report with `--dry-run`; else what has room is sent. */
async function act(
  options: RunOptions,
  context: PlanContext,
  pool: ConnectionPool,
  connections: number,
  planned: Plan,
): Promise<Outcome> {
  const { zfs, signal, tree, log } = context;
  const { datasets } = planned;
  const estimating = { zfs, root: tree.root, concurrency: connections, signal };
  const wanted = options.dryRun || (options.checkSpace && !fitsAnyway(tree.used, datasets));
  const estimates: Estimates = wanted ? await estimate(estimating, datasets) : new Map<RelativePath, bigint>();
  const failures = options.checkSpace ? withoutRoom(tree.root, datasets, estimates) : new Map<RelativePath, never>();
  const settled = new Map<RelativePath, DatasetReport>();
  for (const dataset of datasets) {
    const { path } = dataset.offered;
    const name = sourceDataset(tree.root, path);
    const failure = failures.get(path);
    if (failure !== undefined) {
      log.error({ event: 'dataset-failed', dataset: name, failure }, failure.message);
      settled.set(path, reportOfFailure(name, dataset, failure));
    } else if (options.dryRun || dataset.steps.length === 0) {
      settled.set(path, reportOfPlan(name, dataset, estimates.get(path)));
    }
  }
  if (options.dryRun) {
    const tidied = await tidyTarget(options, context, pool);
    const reports = [...settled.values()].map((report) => withSnapshotToBe(options, report));
    return { datasets: reports, promotions: [], tidied, warnings: [] };
  }
  const fitting = { ...planned, datasets: datasets.filter(({ offered }) => !failures.has(offered.path)) };
  const outcome = await carryOut(options, context, pool, connections, fitting, settled);
  const origins = context.tree.datasets.flatMap(({ path, origin }) => (origin ? [[path, origin.path] as const] : []));
  return { ...outcome, datasets: withParents(outcome.datasets, new Map(origins)) };
}

/** A dataset that has no snapshot yet is no failure if the run itself would take its first one. */
function withSnapshotToBe({ wouldTake, offer }: RunOptions, report: DatasetReport): DatasetReport {
  const { outcome } = report;
  if (wouldTake === undefined || outcome.kind !== 'failed' || outcome.failure.code !== 'NO_SNAPSHOTS') return report;
  const now = Date.now();
  const taken = { name: wouldTake, creation: BigInt(Math.floor(now / 1000)) };
  if (offer.filter !== undefined && !isMeantSnapshot(offer.filter, taken, now)) return report;
  return { ...report, outcome: { kind: 'planned', what: 'full', snapshots: 1, toBeTaken: true } };
}

async function carryOut(
  options: RunOptions,
  context: PlanContext,
  pool: ConnectionPool,
  connections: number,
  { targetId, datasets }: Plan,
  settled: Map<RelativePath, DatasetReport>,
): Promise<Outcome> {
  const { zfs, tree, signal, log } = context;
  const { aroundDataset } = options;
  const cursors = new Cursors({ zfs, tree, targetId, hold: options.hold, log });
  for (const report of await sendDatasets({ ...context, pool, connections, cursors, aroundDataset }, datasets)) {
    settled.set(report.path, report);
  }
  const inOrder = tree.datasets.flatMap(({ path }) => settled.get(path) ?? []);
  if (signal.aborted) {
    const failure = toFailure(new AbortedError(`interrupted by ${String(signal.reason)}; run it again to go on`));
    return { datasets: withPromotions(inOrder, []), promotions: [], tidied: [], warnings: cursors.warnings, failure };
  }
  await settleCursors(cursors, tree, datasets);
  const { warnings } = cursors;
  let promotions: readonly Promotion[] = [];
  try {
    promotions = await pool.use((connection) => cleanBuffer(context, connection));
    const tidied = await tidyTarget(options, context, pool);
    return { datasets: withPromotions(inOrder, promotions), promotions, tidied, warnings };
  } catch (error) {
    log.error(
      { event: 'session-end-failed', err: error },
      'the receiver could not clean its buffer, or tidy its target',
    );
    const failure = toFailure(error);
    return { datasets: withPromotions(inOrder, promotions), promotions, tidied: [], warnings, failure };
  }
}

/** The receiver prunes in every session, by its own policy; what of the target it destroys is in its report. */
async function tidyTarget(
  { mirror, dryRun, onTidy }: RunOptions,
  { tree, stallMs, signal, log }: PlanContext,
  pool: ConnectionPool,
): Promise<readonly TidyEntry[]> {
  onTidy?.();
  const entries = await pool.use((connection) =>
    tidy({ connection, root: tree.root, stallMs, signal }, mirror, dryRun),
  );
  for (const { path, action, names, failure } of entries) {
    const level = failure === undefined ? 'info' : 'error';
    log[level](
      { event: 'tidied', path, action, names, dryRun, failure },
      `${path || '/'}: ${failure?.message ?? action}`,
    );
  }
  return entries;
}

async function settleCursors(cursors: Cursors, tree: Source, datasets: Plan['datasets']): Promise<void> {
  for (const { offered, planned } of datasets) {
    const { decision } = planned;
    if (decision.kind === 'up-to-date') {
      await cursors.settle(sourceDataset(tree.root, offered.path), offered, decision.newest);
    }
  }
}

function cleanBuffer({ tree, stallMs, signal }: PlanContext, connection: Connection): Promise<readonly Promotion[]> {
  return requestReport(
    { connection, phase: 'rename', subject: tree.root, stallMs },
    () => connection.send({ type: 'clean-buffer' }),
    async () => {
      const { last, promotions } = await connection.expect(['clean-buffer-report'], { signal });
      return { last, entries: promotions };
    },
  );
}
