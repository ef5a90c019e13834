/** One job: what is done once on the source, around and before the runs to all of its receivers. */
import { randomUUID } from 'node:crypto';
import {
  endpointName,
  type ErrorFlags,
  EXIT,
  exitCodeOf,
  type Logger,
  runShellCommand,
  shielded,
} from '@zfsync/program';
import { type Failure, toFailure } from '@zfsync/protocol';
import { AbortedError, ReplicationError, type Zfs } from '@zfsync/zfs';
import { exitCodeOfFailure, type HookFacts, Hooks } from './hooks.ts';
import { noteFlags } from './note-flags.ts';
import { type FailedRun, type Result, sendTo } from './send.ts';
import { acquireSendLock, jobLockName } from './send-lock.ts';
import type { SenderConfig } from './send-options.ts';
import { exitCodeOfPrune, formatPrune, type PruneReport, pruneSource } from './prune.ts';
import { pruneReceiver, type SourceKeep } from './prune-plan.ts';
import type { RunReport } from './report.ts';
import { formatSnapshot, type SnapshotPolicy, type SnapshotReport, takeSnapshot } from './snapshot.ts';

export interface JobContext {
  readonly zfs: Zfs;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Of the config file; undefined = of the command line. */
  readonly name?: string | undefined;
  readonly flags?: ErrorFlags | undefined;
  /** The environment that hooks inherit. */
  readonly env: Readonly<Partial<Record<string, string>>>;
  /** Absent = the system's clock. */
  readonly now?: () => Date;
  /** A person waits at a terminal: say it when a wait begins. */
  readonly say: (text: string) => void;
  /** What a person is to read when something is done, in one piece; not called with `--json`. */
  readonly tell: (text: string, fine: boolean) => void;
}

/** For `--json`. */
export interface JobDocument {
  /** Of the config file. */
  readonly job?: string;
  /** One for each receiver. */
  readonly runs: readonly (RunReport | FailedRun)[];
  readonly snapshot?: SnapshotReport;
  readonly pruned?: PruneReport;
  /** What went wrong beside the runs: hooks, the snapshot. */
  readonly failures?: readonly Failure[];
  /** Of a dry run: the hooks. */
  readonly planned?: readonly string[];
}

export interface JobResult {
  readonly exitCode: number;
  readonly document: JobDocument;
  /** Nothing was done for any receiver: it may help to wait. */
  readonly inVain: boolean;
}

/** The worst of several exit codes is the run's: the first of these that occurs. */
const WORST_FIRST = [
  EXIT.internal,
  EXIT.interrupted,
  EXIT.usage,
  EXIT.failure,
  EXIT.conflict,
  EXIT.datasetsFailed,
  EXIT.busy,
];

export function worstOf(codes: readonly number[]): number {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.ok;
}

/**
 * In order: the hook before the run, the snapshot with its hooks, all receivers at the same time, the pruning of the source,
 * the hook after the run. What fails is in the result.
 *
 * @throws what is a bug of ours, after all else that was begun has come to its end.
 */
export async function runJob(config: SenderConfig, context: JobContext): Promise<JobResult> {
  const job = new Job(config, context);
  const done = await locked(config, job);
  const { exitCode, results, failures, planned, snapshot, pruned } = done;
  const { name, flags } = context;
  if (!config.dryRun && flags !== undefined)
    noteFlags(flags, config.source, { ...done, receivers: receiversOf(config).length });
  return {
    exitCode,
    document: {
      ...(name !== undefined && { job: name }),
      runs: results.map(({ document }) => document),
      ...(snapshot !== undefined && { snapshot }),
      ...(pruned !== undefined && { pruned }),
      ...(failures.length > 0 && { failures }),
      ...(planned.length > 0 && { planned }),
    },
    inVain: exitCode !== EXIT.ok && results.every((result) => VAIN.has(result.exitCode)),
  };
}

/** What is sent nowhere has no receivers, whoever is named. */
function receiversOf({ snapshotOnly, receivers }: SenderConfig): SenderConfig['receivers'] {
  return snapshotOnly ? [] : receivers;
}

const VAIN: ReadonlySet<number> = new Set([EXIT.failure, EXIT.busy, EXIT.internal, EXIT.usage]);

/** Two jobs that overlap would both take a snapshot, and both suspend what one of them resumes too early. */
async function locked(config: SenderConfig, job: Job): Promise<JobOutcome> {
  const { source, runDirectory, dryRun } = config;
  if (dryRun || !job.isExclusive) return job.run();
  let lock: Awaited<ReturnType<typeof acquireSendLock>>;
  try {
    lock = await acquireSendLock(runDirectory, jobLockName(source), `zfsync-send of ${source}`);
  } catch (error) {
    return job.failed(error);
  }
  try {
    return await job.run();
  } finally {
    lock.release();
  }
}

export interface JobOutcome {
  readonly exitCode: number;
  readonly results: readonly Result[];
  readonly failures: readonly Failure[];
  readonly planned: readonly string[];
  readonly snapshot: SnapshotReport | undefined;
  readonly pruned: PruneReport | undefined;
}

class Job {
  readonly #config: SenderConfig;
  readonly #context: JobContext;
  readonly #hooks: Hooks;
  readonly #runId = randomUUID();
  readonly #results: Result[] = [];
  readonly #failures: Failure[] = [];
  readonly #codes: number[] = [];
  #snapshot: SnapshotReport | undefined;
  #pruned: PruneReport | undefined;

  constructor(config: SenderConfig, context: JobContext) {
    this.#config = config;
    this.#context = context;
    const { log, signal, env } = context;
    this.#hooks = new Hooks({ ...config.hooks, log, signal, env, run: runShellCommand, shield: shielded });
  }

  /** It does what two of its kind must not do at the same time. */
  get isExclusive(): boolean {
    const { snapshot, keep } = this.#config;
    return snapshot !== undefined || keep !== undefined || this.#hooks.has('run');
  }

  async run(): Promise<JobOutcome> {
    if (this.#config.dryRun) return this.#dryRun();
    const around = await this.#hooks.around(
      'run',
      () => this.#facts(),
      () => this.#work(),
      () => worstOf(this.#codes),
    );
    if (!around.done) this.#fail(around.before);
    if (around.after !== undefined) this.#fail(around.after);
    return this.#outcome([]);
  }

  /** What kept it from being begun. */
  failed(error: unknown): JobOutcome {
    if (!(error instanceof ReplicationError)) throw error;
    this.#fail(toFailure(error), exitCodeOf(error));
    return this.#outcome([]);
  }

  async #dryRun(): Promise<JobOutcome> {
    const planned = this.#hooks.planned();
    if (planned.length > 0) this.#tell(`${planned.join('\n')}\n`, true);
    await this.#work();
    return this.#outcome(planned);
  }

  async #work(): Promise<void> {
    const { snapshot, keep } = this.#config;
    const { signal } = this.#context;
    const taken = snapshot === undefined || (await this.#settled(() => this.#takeSnapshot(snapshot)));
    if (!taken && !signal.aborted) {
      const unpruned = keep === undefined ? '' : ', nothing pruned';
      this.#tell(`${this.#config.source}: no snapshot taken${unpruned}\n`, false);
    }
    // What is there is sent all the same; but where no new snapshots come, old ones stay.
    await this.#sendToAll();
    if (keep === undefined || !taken || signal.aborted) return;
    await this.#settled(() => this.#prune(keep));
  }

  /** @returns whether it went well; what it throws is a failure of the job. */
  async #settled(work: () => Promise<boolean>): Promise<boolean> {
    try {
      this.#context.signal.throwIfAborted();
      return await work();
    } catch (error) {
      const { signal } = this.#context;
      const why = signal.aborted
        ? new AbortedError(`interrupted by ${String(signal.reason)}`, { cause: error })
        : error;
      if (!(why instanceof ReplicationError)) throw error;
      this.#fail(toFailure(why), exitCodeOf(why));
      return false;
    }
  }

  async #takeSnapshot(policy: SnapshotPolicy): Promise<boolean> {
    const { source, selection, dryRun } = this.#config;
    const { zfs, log, signal, now = () => new Date() } = this.#context;
    const alone = receiversOf(this.#config).length === 0;
    const task = { zfs, source, selection, policy, dryRun, alone, log, signal };
    if (dryRun || !this.#hooks.has('snapshot')) {
      return this.#told(await takeSnapshot({ ...task, now: now() }));
    }
    // Nothing is suspended for a snapshot that is not due. Whether anything was written is seen after the hook: it may
    // write something itself.
    const due = await takeSnapshot({ ...task, policy: { ...policy, skipUnchanged: false }, dryRun: true, now: now() });
    if (due.kind === 'skipped') return this.#told({ ...due, dryRun: false });
    const around = await this.#hooks.around(
      'snapshot',
      () => this.#facts(),
      async () => {
        this.#snapshot = await takeSnapshot({ ...task, now: now() });
        return this.#snapshot;
      },
      () => EXIT.ok,
    );
    if (around.done) this.#told(around.value);
    else this.#fail(around.before);
    if (around.after !== undefined) this.#fail(around.after);
    return around.done;
  }

  #told(report: SnapshotReport): true {
    this.#snapshot = report;
    this.#tell(formatSnapshot(report), true);
    return true;
  }

  async #prune(keep: SourceKeep): Promise<boolean> {
    const { source, selection, dryRun } = this.#config;
    const { zfs, log, signal } = this.#context;
    const receivers = this.#results.map(({ document }) => pruneReceiver(document));
    this.#pruned = await pruneSource({ source, selection, keep, receivers, zfs, dryRun, log, signal });
    const code = exitCodeOfPrune(this.#pruned);
    this.#codes.push(code);
    this.#tell(formatPrune(this.#pruned), code === EXIT.ok);
    return code === EXIT.ok;
  }

  /** Each on its own: one that is down, or is tried again for an hour, stops no other. */
  async #sendToAll(): Promise<void> {
    const { log, zfs, signal, say } = this.#context;
    const wouldTake = this.#config.dryRun && this.#snapshot?.kind === 'taken' ? this.#snapshot.name : undefined;
    const run = { runId: this.#runId, hooks: this.#hooks, wouldTake };
    const context = { config: this.#config, zfs, log, signal, say, ...run };
    const runs = receiversOf(this.#config).map(async (receiver) => {
      const result = await sendTo(receiver, { ...context, facts: this.#facts() });
      this.#tell(result.text, result.exitCode === EXIT.ok);
      return result;
    });
    const bugs: unknown[] = [];
    for (const settled of await Promise.allSettled(runs)) {
      if (settled.status === 'rejected') bugs.push(settled.reason);
      else this.#results.push(settled.value);
    }
    this.#codes.push(...this.#results.map(({ exitCode }) => exitCode));
    if (bugs.length > 0) throw bugs[0];
  }

  #facts(): HookFacts {
    const { source } = this.#config;
    return {
      ZFSYNC_RUN_ID: this.#runId,
      ZFSYNC_ROOT: source,
      ZFSYNC_DATASET: source,
      ZFSYNC_RECEIVERS: receiversOf(this.#config).map(endpointName).join(' '),
      ZFSYNC_SNAPSHOT: this.#snapshot?.kind === 'taken' ? this.#snapshot.name : undefined,
      ZFSYNC_JOB: this.#context.name,
    };
  }

  #fail(failure: Failure, code: number = exitCodeOfFailure(failure)): void {
    const { source } = this.#config;
    this.#failures.push(failure);
    this.#codes.push(code);
    this.#context.log.error({ event: 'job-failed', dataset: source, failure }, failure.message);
    const tail = failure.detail.includes('\n') ? `${failure.detail.replaceAll(/^/gm, '  ')}\n` : '';
    this.#tell(`${source}: FAILED: ${failure.message}\n${tail}`, false);
  }

  #tell(text: string, fine: boolean): void {
    if (!this.#config.json) this.#context.tell(text, fine);
  }

  #outcome(planned: readonly string[]): JobOutcome {
    // Such as one that waited for its next attempt, and ends with what its last one had failed of.
    if (this.#context.signal.aborted && worstOf(this.#codes) !== EXIT.ok) this.#codes.push(EXIT.interrupted);
    return {
      exitCode: worstOf(this.#codes),
      results: this.#results,
      failures: this.#failures,
      planned,
      snapshot: this.#snapshot,
      pruned: this.#pruned,
    };
  }
}
