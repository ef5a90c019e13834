import { backOffMs, BUSY_CODE, type Logger, type RetryLimits } from '@zfsync/program';
import { type Failure, toFailure } from '@zfsync/protocol';
import { ReplicationError, type Retry } from '@zfsync/zfs';
import { mergeReports } from './merge-reports.ts';
import type { RunReport } from './report.ts';

export interface AttemptsOptions extends RetryLimits {
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  random(): number;
  /** Milliseconds, never going back. */
  now(): number;
  /** Ends early when the signal fires; the next attempt then says that it was interrupted. */
  sleep(milliseconds: number): Promise<void>;
  /** Told before each wait, for a person who waits too. */
  onRetry?(why: string, inMs: number): void;
}

const WORTH_IT: ReadonlySet<Retry> = new Set<Retry>(['reconnect', 'backoff', 'replan']);

/**
 * Runs until all has converged, nothing is left that another attempt could mend, or the limits are reached. Every
 * attempt is a whole session with a plan of its own: what has arrived is not sent again, what broke off is resumed.
 *
 * @returns what all attempts together came to.
 * @throws {ReplicationError} when no attempt had a session.
 */
export async function runAttempts(options: AttemptsOptions, attempt: () => Promise<RunReport>): Promise<RunReport> {
  const begun = options.now();
  let merged: RunReport | undefined;
  for (let attempts = 1; ; attempts += 1) {
    const over = () =>
      options.signal.aborted || attempts > options.retries || options.now() - begun >= options.milliseconds;
    let failure: Failure | undefined;
    try {
      const report = await attempt();
      merged = merged === undefined ? report : mergeReports(merged, report);
      failure = curable(report);
    } catch (error) {
      if (!(error instanceof ReplicationError)) throw error;
      if (merged === undefined && (!curableError(error, attempts) || over())) throw error;
      failure = toFailure(error);
      if (merged !== undefined) merged = { ...merged, failure };
      if (!curableError(error, attempts)) failure = undefined;
    }
    if (merged !== undefined && (failure === undefined || over())) {
      return { ...merged, attempts, milliseconds: Math.round(options.now() - begun) };
    }
    await wait(options, attempts, failure?.message ?? '');
  }
}

async function wait(options: AttemptsOptions, attempts: number, why: string): Promise<void> {
  const inMs = backOffMs(attempts, options.random());
  options.log.warn({ event: 'retrying', attempt: attempts, inMs, why }, `trying again in ${inMs / 1000} s: ${why}`);
  options.onRetry?.(why, inMs);
  await options.sleep(inMs);
}

/** The first failure of a report that another attempt may mend. */
function curable({ failure, datasets }: RunReport): Failure | undefined {
  if (failure !== undefined) return WORTH_IT.has(failure.retry) ? failure : undefined;
  for (const { outcome } of datasets) {
    if (outcome.kind === 'failed' && WORTH_IT.has(outcome.failure.retry)) return outcome.failure;
  }
  return undefined;
}

/**
 * Without a session only the line is to blame or the receiver's host; what `replan` means has not begun. A target that
 * is busy at first is another sender's; later it may be our own session, which the receiver has not missed yet.
 */
function curableError({ retry, code }: ReplicationError, attempts: number): boolean {
  if (code === BUSY_CODE) return attempts > 1;
  return retry === 'reconnect' || retry === 'backoff';
}
