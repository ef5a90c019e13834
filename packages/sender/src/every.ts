/** `--every`: runs at the points of a grid, without overlap and without drift. */
import { EXIT, type Logger } from '@zfsync/program';

/** The longest that failures make it wait, beside the interval itself. */
export const BACK_OFF_MAX_MS = 600_000;

/** The longest that one timer takes, in milliseconds: one of more than 24.8 days fires at once. */
const SLEEP_MAX_MS = 2 ** 31 - 1;

/**
 * When to begin the next run: at a point of the grid `start + n * interval`, the first that has not passed; after
 * failures in a row twice as many points later each time, up to {@link BACK_OFF_MAX_MS}. Points that have passed while a
 * run went on are left out, and a run that began late does not move the grid. All in milliseconds.
 *
 * @param failures in a row, 0 after a run that has brought something
 */
export function nextBeginning(start: number, interval: number, now: number, failures: number): number {
  const next = Math.floor((now - start) / interval) + 1;
  const longest = Math.max(1, Math.floor(BACK_OFF_MAX_MS / interval));
  const skipped = Math.min(longest, 2 ** Math.min(failures, 30)) - 1;
  return start + (next + skipped) * interval;
}

export interface Clock {
  /** Milliseconds, never going back. */
  now(): number;
  /** Ends early when the signal fires, and does not throw then. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface EveryOptions {
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What a run came to. */
export interface Ran {
  readonly exitCode: number;
  /** It brought nothing to anybody: wait longer before the next. */
  readonly inVain: boolean;
}

/**
 * Runs until the signal fires; the first time at once.
 *
 * @returns 0 when it was told to stop, also amid a run: that is what a service is told; 2 when the first run shows that the
 * configuration is wrong. One that a run has gone well with is not: what a later one finds is a failure that may pass.
 * @throws what the run throws.
 */
export async function runEvery(
  { intervalMs, clock, log, signal }: EveryOptions,
  run: () => Promise<Ran>,
): Promise<number> {
  const start = clock.now();
  let failures = 0;
  let runs = 0;
  // As a call: it fires while one waits.
  const stopped = () => signal.aborted;
  while (!stopped()) {
    const { exitCode, inVain } = await run();
    runs += 1;
    if (exitCode === EXIT.usage && runs === 1) return exitCode;
    if (stopped()) {
      log.info({ event: 'stopped', signal: String(signal.reason), exitCode }, 'stopped amid a run or at its end');
      return EXIT.ok;
    }
    failures = inVain ? failures + 1 : 0;
    const now = clock.now();
    const next = nextBeginning(start, intervalMs, now, failures);
    const waitMs = next - now;
    log.info({ event: 'waiting', waitMs, failures }, `the next run begins in ${Math.round(waitMs / 100) / 10} s`);
    for (let left = waitMs; left > 0 && !stopped(); left = next - clock.now()) {
      await clock.sleep(Math.min(left, SLEEP_MAX_MS), signal);
    }
  }
  log.info({ event: 'stopped', signal: String(signal.reason) }, 'stopped between two runs');
  return EXIT.ok;
}
