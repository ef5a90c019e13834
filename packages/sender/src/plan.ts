import type { Logger } from '@zfsync/program';
import {
  type Answer,
  type Connection,
  type DatasetDecision,
  type Decision,
  DecisionAssembler,
  type Failure,
  type OfferedDataset,
  offerPages,
  ProtocolError,
  type RenameMode,
  type StreamFlags,
  toFailure,
} from '@zfsync/protocol';
import { type Zfs, ZfsError } from '@zfsync/zfs';
import { patiently } from './patience.ts';
import { flagsOfToken, judgeToken } from './resume.ts';
import { type Source, sourceDataset, type SourceOffer } from './source.ts';
import { planSteps, resumeSteps, type Step } from './steps.ts';

/** What is to be done for one dataset. */
export interface PlannedDataset {
  readonly offered: OfferedDataset;
  readonly planned: DatasetDecision;
  /** How its streams are made. */
  readonly flags: StreamFlags;
  readonly steps: readonly Step[];
  /** Bytes of a partial receive that is thrown away for it; 0 when it is not known how many. */
  readonly discarded: bigint | undefined;
}

export interface Plan {
  /** Names the target in the names of cursors. */
  readonly targetId: string;
  readonly datasets: readonly PlannedDataset[];
}

export interface PlanContext {
  readonly zfs: Zfs;
  readonly tree: Source;
  /** Plan and report; have nothing discarded. */
  readonly dryRun: boolean;
  readonly renames: RenameMode;
  /** How long the receiver may take between two pages of its answer. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** Offers the whole tree and turns each decision into steps: a handful of round trips, whatever the size. */
export async function plan(context: PlanContext, connection: Connection): Promise<Plan> {
  const { tree } = context;
  const leftOut = tree.leftOut.map(({ path }) => path);
  for (const page of offerPages({ datasets: tree.datasets, leftOut, renames: context.renames })) {
    await connection.send(page);
  }
  const { targetId, decisions } = await decisionsOf(context, connection, tree.root);
  if (decisions.length !== tree.datasets.length) {
    const message = `${tree.datasets.length} datasets offered, ${decisions.length} decided`;
    throw new ProtocolError(message, 'MESSAGE_INVALID');
  }
  const datasets: PlannedDataset[] = [];
  for (const [index, offered] of tree.datasets.entries()) {
    const planned = decisions[index];
    if (planned?.path !== offered.path) {
      const message = `${offered.path || '/'} was offered, ${String(planned?.path)} decided`;
      throw new ProtocolError(message, 'MESSAGE_INVALID');
    }
    datasets.push(await withSteps(context, connection, offered, planned));
  }
  return { targetId, datasets };
}

/** Has the receiver look again at one dataset, as the stream of its decision could not be received. */
export async function replan(
  context: PlanContext,
  connection: Connection,
  offered: OfferedDataset,
  discard?: { readonly token: string; readonly bytes: bigint },
): Promise<PlannedDataset> {
  const planned = await askAgain(context, connection, offered, discard?.token);
  return withSteps(context, connection, offered, planned, discard?.bytes);
}

async function askAgain(
  context: PlanContext,
  connection: Connection,
  { path }: OfferedDataset,
  discard: string | undefined,
): Promise<DatasetDecision> {
  await connection.send({ type: 'replan', path, discard });
  const { decisions } = await decisionsOf(context, connection, sourceDataset(context.tree.root, path));
  const [planned] = decisions;
  if (planned?.path !== path) throw new ProtocolError(`no decision on ${path || '/'}`, 'MESSAGE_INVALID');
  return planned;
}

function decisionsOf({ stallMs, signal }: PlanContext, connection: Connection, subject: string): Promise<Answer> {
  const waiting = { connection, phase: 'planning', subject, stallMs } as const;
  return patiently(waiting, async (progress) => {
    const assembler = new DecisionAssembler();
    for (;;) {
      const answer = assembler.push(await connection.expect(['decisions'], { signal }));
      if (answer !== undefined) return answer;
      progress();
    }
  });
}

/**
 * A decision that makes no sense fails its dataset alone, and so does a token that zfs could not be asked about. What
 * breaks the connection fails the plan.
 */
async function withSteps(
  context: PlanContext,
  connection: Connection,
  offered: OfferedDataset,
  planned: DatasetDecision,
  discarded?: bigint,
): Promise<PlannedDataset> {
  const { decision } = planned;
  const hindrance = keyMissing(context.tree, offered, decision) ?? filteredOut(offered, decision);
  if (hindrance !== undefined) return unsendable(offered, planned, hindrance, discarded);
  try {
    const flags = flagsOf(offered, planned);
    if (decision.kind === 'resume') {
      if (discarded === undefined) return await withToken(context, connection, offered, planned, decision);
      throw new ProtocolError(
        `${offered.path || '/'}: the receiver has not discarded its partial receive`,
        'MESSAGE_INVALID',
      );
    }
    return { offered, planned, flags, steps: planSteps(offered, decision), discarded };
  } catch (error) {
    const isOfDataset = error instanceof ZfsError || (error instanceof ProtocolError && error.origin === 'peer');
    if (!isOfDataset) throw error;
    return unsendable(offered, planned, toFailure(error), discarded);
  }
}

function unsendable(
  offered: OfferedDataset,
  planned: DatasetDecision,
  failure: Failure,
  discarded?: bigint,
): PlannedDataset {
  const decision = { kind: 'refused', failure } as const;
  return { offered, planned: { ...planned, decision }, flags: offered, steps: [], discarded };
}

/** The receiver knows nothing of the filter: it says that there is no snapshot. */
function filteredOut({ filtered = [] }: SourceOffer, decision: Decision): Failure | undefined {
  if (filtered.length === 0 || decision.kind !== 'refused' || decision.failure.code !== 'NO_SNAPSHOTS')
    return undefined;
  const message = `the filter leaves none of its snapshots, of which there are ${filtered.length} (--include-snapshots, --exclude-snapshots, --snapshots-newer-than, --snapshots-older-than)`;
  return { ...decision.failure, message };
}

/** Plaintext of what is encrypted takes its key. Nothing is sent then, and nothing discarded for it. */
function keyMissing({ root, locked }: Source, offered: OfferedDataset, { kind }: Decision): Failure | undefined {
  const sends = kind === 'full' || kind === 'incremental' || kind === 'clone' || kind === 'resume';
  if (!sends || offered.raw || !locked.has(offered.path)) return undefined;
  const dataset = sourceDataset(root, offered.path);
  const message = `${dataset}: its key is not loaded, and --decrypt cannot send it without; say zfs load-key, or leave --decrypt out to send it raw`;
  return { code: 'KEY_NOT_LOADED', retry: 'operator', message, detail: '' };
}

/**
 * The flags that the target remembers, or those that were offered.
 *
 * @throws {ProtocolError} when the receiver asks for plaintext of what is sent raw, or the reverse: that is for the
 * sender's operator to say.
 */
function flagsOf(offered: OfferedDataset, { flags }: DatasetDecision): StreamFlags {
  if (flags === undefined) return offered;
  const path = offered.path || '/';
  if (flags.raw !== offered.raw || (flags.embedded && offered.encrypted)) {
    const message = `${path}: the receiver asks for a stream with other flags (-w, -e) than this dataset may be sent with`;
    throw new ProtocolError(message, 'MESSAGE_INVALID');
  }
  return flags;
}

/** Only a token that asks for what was offered becomes a step; one that is stale is discarded, where that may be. */
async function withToken(
  context: PlanContext,
  connection: Connection,
  offered: OfferedDataset,
  planned: DatasetDecision,
  decision: Extract<Decision, { kind: 'resume' }>,
): Promise<PlannedDataset> {
  const { zfs, tree, dryRun, log } = context;
  const dataset = sourceDataset(tree.root, offered.path);
  const verdict = await judgeToken(zfs, tree.root, offered, decision, planned.flags);
  switch (verdict.kind) {
    case 'usable': {
      const { token } = verdict;
      const flags = planned.flags ?? flagsOfToken(token);
      return { offered, planned, flags, steps: resumeSteps(offered, token), discarded: undefined };
    }
    case 'refused': {
      const { failure } = verdict;
      log.error({ event: 'token-refused', dataset, failure }, failure.message);
      return unsendable(offered, planned, failure);
    }
    case 'stale': {
      const bytes = verdict.bytes ?? 0n;
      if (dryRun) return { offered, planned, flags: offered, steps: [], discarded: bytes };
      log.warn(
        { event: 'partial-discarded', dataset, bytes: String(bytes) },
        `the partial receive is thrown away: ${verdict.why}`,
      );
      return withSteps(
        context,
        connection,
        offered,
        await askAgain(context, connection, offered, decision.token),
        bytes,
      );
    }
  }
}

export function logPlan({ targetId, datasets }: Plan, log: Logger): void {
  const counts: Record<string, number> = {};
  for (const dataset of datasets) {
    const { kind } = dataset.planned.decision;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  log.info({ event: 'planned', targetId, datasets: datasets.length, ...counts }, `planned ${datasets.length} datasets`);
}

/** How many snapshots the target gains by the plan. */
export function snapshotsIn({ offered, steps }: PlannedDataset): number {
  const last = steps.at(-1);
  const first = steps[0];
  if (first === undefined || last === undefined) return 0;
  const after = first.from?.createtxg ?? -1n;
  const floor = first.from === undefined ? first.to.createtxg - 1n : after;
  return offered.versions.filter(
    ({ kind, createtxg }) => kind === 'snapshot' && createtxg > floor && createtxg <= last.to.createtxg,
  ).length;
}
