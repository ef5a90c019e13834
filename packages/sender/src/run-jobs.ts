/** Several jobs one after the other, once or again and again, and what they print. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, ErrorFlags, EXIT, hasLogFiles, type Logger, reopenOnSignals, toJson } from '@zfsync/program';
import { createZfs, type Zfs } from '@zfsync/zfs';
import { type Ran, runEvery } from './every.ts';
import { type JobDocument, type JobResult, runJob, worstOf } from './job.ts';
import type { SenderConfig } from './send-options.ts';

/** A job and its name in the config file. */
export interface NamedJob {
  readonly name: string | undefined;
  readonly config: SenderConfig;
}

/** Where the program's words go, and what it was started with. */
export interface Surroundings {
  readonly signal: AbortSignal;
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Somebody sits at a terminal. */
  readonly attended: boolean;
}

export interface JobsOptions {
  readonly jobs: readonly NamedJob[];
  /** Milliseconds; undefined = once. */
  readonly everyMs: number | undefined;
  /** Whatever `everyMs` is; so is a dry run, which would say the same again and again. */
  readonly once: boolean;
  readonly json: boolean;
  /** The jobs are of a config file: the document names each. */
  readonly named: boolean;
}

interface OpenJob extends NamedJob {
  readonly log: Logger;
  readonly zfs: Zfs;
  readonly flags: ErrorFlags | undefined;
}

/** The log and the driver of zfs that a configuration asks for. @throws {ConfigError} when the log cannot be opened */
export function openSender({ logFile, verbose, zfsCommand, stallMs }: SenderConfig): { log: Logger; zfs: Zfs } {
  const log = createLogger({ name: 'zfsync-send', file: logFile, verbose, quiet: logFile === undefined && !verbose });
  const zfs = createZfs({
    command: zfsCommand,
    stallMs,
    onCommand: (command) => {
      log.debug({ event: 'zfs', ...command }, command.argv.join(' '));
    },
  });
  return { log, zfs };
}

/** @returns the exit code. @throws {ConfigError} before anything is done, when a job could not be begun. */
export async function runJobs(options: JobsOptions, surroundings: Surroundings): Promise<number> {
  const everyMs = options.once || options.jobs.every(({ config }) => config.dryRun) ? undefined : options.everyMs;
  const jobs = options.jobs.map(({ name, config }): OpenJob => {
    const { log, zfs } = openSender(config);
    const flags = config.errorFlags === undefined ? undefined : new ErrorFlags(config.errorFlags, log);
    return { name, config, log, zfs, flags };
  });
  const [first] = jobs;
  if (first === undefined) return EXIT.ok;
  // A service must not die with the terminal that it was started from.
  if (hasLogFiles() || everyMs !== undefined) reopenOnSignals();
  const once = () => runOnce(jobs, { ...options, everyMs }, surroundings);
  if (everyMs === undefined) return (await once()).exitCode;
  const { signal } = surroundings;
  const clock = {
    now: () => performance.now(),
    sleep: async (ms: number) => {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
  };
  return runEvery({ intervalMs: everyMs, clock, log: first.log, signal }, once);
}

async function runOnce(jobs: readonly OpenJob[], options: JobsOptions, surroundings: Surroundings): Promise<Ran> {
  const { json, everyMs, named } = options;
  const { signal, env, out, err, attended } = surroundings;
  const results: JobResult[] = [];
  for (const { name, config, log, zfs, flags } of jobs) {
    const told = new Told(name, surroundings);
    const result = await told.whole(
      runJob(config, {
        zfs,
        log,
        signal,
        name,
        flags,
        env,
        // Cron sends a mail for whatever is on standard error, so that only a person at a terminal is told of a wait.
        say: (text) => {
          if (attended) err(text);
        },
        tell: (text, fine) => {
          told.add(text, fine);
        },
      }),
    );
    results.push(result);
    if (signal.aborted) break;
  }
  const documents = results.map(({ document }) => document);
  if (json) out(printed(named ? { jobs: documents } : documents[0], everyMs !== undefined));
  return {
    exitCode: worstOf(results.map(({ exitCode }) => exitCode)),
    inVain: results.every(({ inVain }) => inVain),
  };
}

/**
 * What a job has to say. Where nobody sits at a terminal it is said at the job's end, all of it in one place: a mail of cron
 * about a receiver that is down also says what became of the others, and what was not pruned therefore.
 */
class Told {
  readonly #name: string | undefined;
  readonly #to: Surroundings;
  #waiting = '';

  constructor(name: string | undefined, to: Surroundings) {
    this.#name = name;
    this.#to = to;
  }

  add(text: string, fine: boolean): void {
    const named = this.#name === undefined ? text : text.replaceAll(/^(?=.)/gm, `${this.#name}: `);
    if (!this.#to.attended) this.#waiting += named;
    else if (fine) this.#to.out(named);
    else this.#to.err(named);
  }

  /** Says the rest when the job has come to its end. */
  async whole(job: Promise<JobResult>): Promise<JobResult> {
    let fine = false;
    try {
      const result = await job;
      fine = result.exitCode === EXIT.ok;
      return result;
    } finally {
      if (this.#waiting !== '') (fine ? this.#to.out : this.#to.err)(this.#waiting);
    }
  }
}

/** Of a service each run's is a line of its own. */
function printed(
  document: JobDocument | { readonly jobs: readonly JobDocument[] } | undefined,
  asLine: boolean,
): string {
  const text = toJson(document);
  return asLine ? `${JSON.stringify(JSON.parse(text))}\n` : text;
}
