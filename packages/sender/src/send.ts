import { setTimeout as sleep } from 'node:timers/promises';
import { type Endpoint, endpointName, exitCodeOf, type Logger } from '@zfsync/program';
import { type Failure, toFailure } from '@zfsync/protocol';
import { AbortedError, type DatasetName, ReplicationError, type VersionName, type Zfs } from '@zfsync/zfs';
import { type AttemptsOptions, runAttempts } from './attempts.ts';
import type { HookFacts, Hooks } from './hooks.ts';
import type { SenderConfig } from './send-options.ts';
import { exitCodeOfOutcome, exitCodeOfReport, formatReport, type RunReport } from './report.ts';
import { type RunOptions, runSession } from './run.ts';
import type { AroundDataset } from './send-datasets.ts';
import { dialTo } from './secure-dial.ts';
import { acquireSendLock, runLockName } from './send-lock.ts';
import { VERSION } from './version.ts';

/** What became of the run to one receiver, ready to be said. */
export interface Result {
  readonly exitCode: number;
  /** For `--json`. */
  readonly document: RunReport | FailedRun;
  /** For people, on standard output or, of a failure, on standard error. */
  readonly text: string;
}

/** A run that had no session. */
export interface FailedRun {
  readonly source: DatasetName;
  readonly receiver: string;
  readonly dryRun: boolean;
  readonly failure: Failure;
}

export interface SendToContext {
  readonly config: SenderConfig;
  /** See {@link RunReport}. */
  readonly runId: string;
  readonly hooks: Hooks;
  readonly facts: HookFacts;
  /** See {@link RunOptions}. */
  readonly wouldTake?: VersionName | undefined;
  readonly zfs: Zfs;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** A person waits at a terminal: say it when a wait begins. */
  say(text: string): void;
}

/** One run to one receiver, with all its attempts, under its lock. */
export async function sendTo(receiver: Endpoint, context: SendToContext): Promise<Result> {
  const { config, log, signal } = context;
  const name = endpointName(receiver);
  const { source, dryRun } = config;
  try {
    const report = await locked(config, name, () => attempts(receiver, name, context));
    return { exitCode: exitCodeOfReport(report), document: report, text: formatReport(report) };
  } catch (error) {
    if (!(error instanceof ReplicationError)) throw error;
    log.error({ event: 'run-failed', peer: name, err: error }, error.message);
    const document = { source, receiver: name, dryRun, failure: toFailure(error) };
    // What it was waiting for when the signal came is for the log.
    const interrupted = error instanceof AbortedError && signal.aborted;
    const said = interrupted ? `interrupted by ${String(signal.reason)}` : `FAILED: ${error.message}`;
    return { exitCode: exitCodeOf(error), document, text: `${source} to ${name}: ${said}\n` };
  }
}

/** A dry run changes nothing, and locks nothing. */
async function locked<T>(config: SenderConfig, receiver: string, work: () => Promise<T>): Promise<T> {
  if (config.dryRun) return work();
  const name = runLockName(config.source, receiver, config.asPath);
  const lock = await acquireSendLock(config.runDirectory, name, `zfsync-send of ${config.source} to ${receiver}`);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function attempts(endpoint: Endpoint, receiver: string, context: SendToContext): Promise<RunReport> {
  const { config, zfs, log, signal, runId } = context;
  const { connectTimeoutMs, retry } = config;
  const dial = await dialTo(endpoint, config);
  const agent = `zfsync-send/${VERSION}`;
  const ifUnanswered = config.tls === undefined ? 'does it run with --plaintext, too?' : undefined;
  const session = {
    ...config,
    helloTimeoutMs: connectTimeoutMs,
    ifUnanswered,
    zfs,
    receiver,
    dial,
    agent,
    runId,
    wouldTake: context.wouldTake,
    aroundDataset: aroundDataset(receiver, context),
    log,
    signal,
  };
  const pausing = {
    ...retry,
    log,
    signal,
    random: Math.random,
    now: () => performance.now(),
    sleep: async (ms: number) => {
      // Interrupted: the next attempt says so.
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
    onRetry: (why: string, inMs: number) => {
      context.say(`${config.source} to ${receiver}: ${why}; trying again in ${Math.round(inMs / 1000)} s\n`);
    },
  };
  return runSessions(pausing, session);
}

/**
 * All attempts of one run. What vanished is the business of the first of them that comes to it: what this run has marked
 * goes in a later one, so that `after=0` too takes two runs, not two attempts.
 */
export function runSessions(pausing: AttemptsOptions, session: RunOptions): Promise<RunReport> {
  let { mirror } = session;
  const onTidy = () => {
    mirror = { ...mirror, datasetsAfter: undefined };
  };
  return runAttempts(pausing, () => runSession({ ...session, mirror, onTidy }));
}

function aroundDataset(receiver: string, { hooks, facts }: SendToContext): AroundDataset | undefined {
  if (!hooks.has('dataset')) return undefined;
  return (dataset, work) => {
    const about = () => ({ ...facts, ZFSYNC_DATASET: dataset, ZFSYNC_RECEIVER: receiver });
    return hooks.around('dataset', about, work, ({ outcome }) => exitCodeOfOutcome(outcome));
  };
}
