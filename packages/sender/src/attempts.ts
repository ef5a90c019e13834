import { backOffMs, BUSY_CODE, type Logger, type RetryLimits } from '@zfsync/program';
import { type Failure, toFailure } from '@zfsync/protocol';
import { type RelativePath, ReplicationError, type Retry } from '@zfsync/zfs';
import { mergeReports } from './merge-reports.ts';
import type { RunReport, Standing } from './report.ts';

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
 * Both limits count from the first failure, and anew after an attempt that has brought something for good. So a stream
 * that takes days is gone on with whenever its line breaks, and one that always fails at the same place is not.
 *
 * @returns what all attempts together came to.
 * @throws {ReplicationError} when no attempt had a session.
 */
export async function runAttempts(options: AttemptsOptions, attempt: () => Promise<RunReport>): Promise<RunReport> {
  const begun = options.now();
  const gains = new Gains();
  let merged: RunReport | undefined;
  let failures = 0;
  let failingSince = begun;
  for (let attempts = 1; ; attempts += 1) {
    const { report, error } = await settle(attempt);
    const gained = report !== undefined && gains.add(report);
    if (failures === 0 || gained) [failures, failingSince] = [0, options.now()];
    failures += 1;
    const lasted = options.now() - failingSince;
    const over = options.signal.aborted || failures > options.retries || lasted >= options.milliseconds;
    let failure: Failure | undefined;
    if (report !== undefined) {
      merged = merged === undefined ? report : mergeReports(merged, report);
      failure = curable(report);
    } else {
      if (merged === undefined && (!curableError(error, attempts) || over)) throw error;
      if (merged !== undefined) merged = { ...merged, failure: toFailure(error) };
      if (curableError(error, attempts)) failure = toFailure(error);
    }
    if (merged !== undefined && (failure === undefined || over)) {
      return { ...merged, attempts, milliseconds: Math.round(options.now() - begun) };
    }
    await wait(options, attempts, failures, failure?.message ?? '');
  }
}

type Settled =
  | { readonly report: RunReport; readonly error?: undefined }
  | { readonly report?: undefined; readonly error: ReplicationError };

async function settle(attempt: () => Promise<RunReport>): Promise<Settled> {
  try {
    return { report: await attempt() };
  } catch (error) {
    if (!(error instanceof ReplicationError)) throw error;
    return { error };
  }
}

/**
 * What the attempts of one run have brought for good: a dataset, or a target that has come further than ever before in
 * this run. Bytes alone are nothing: they may have been sent in vain. A dataset counts once, lest a source that gets
 * snapshots all the time keep a run going for ever because of another dataset, that fails.
 */
class Gains {
  readonly #best = new Map<RelativePath, Standing>();
  readonly #sent = new Set<RelativePath>();

  /** Whether the report shows that its attempt, or the one before, has brought something. */
  add({ datasets }: RunReport): boolean {
    let gained = false;
    for (const { path, outcome, begunAt } of datasets) {
      if (outcome.kind === 'sent' && !this.#sent.has(path)) {
        this.#sent.add(path);
        gained = true;
      }
      const best = this.#best.get(path);
      if (begunAt === undefined || (best !== undefined && !isFurther(begunAt, best))) continue;
      this.#best.set(path, begunAt);
      gained ||= best !== undefined;
    }
    return gained;
  }
}

function isFurther(one: Standing, other: Standing): boolean {
  if (one.createtxg !== other.createtxg) return one.createtxg > other.createtxg;
  return one.partialBytes > other.partialBytes;
}

async function wait(options: AttemptsOptions, attempt: number, failures: number, why: string): Promise<void> {
  const inMs = backOffMs(failures, options.random());
  options.log.warn({ event: 'retrying', attempt, inMs, why }, `trying again in ${inMs / 1000} s: ${why}`);
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
