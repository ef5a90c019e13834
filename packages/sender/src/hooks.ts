import { EXIT, exitCodeOf, type Logger, type ShellCommandOptions, type ShellResult } from '@zfsync/program';
import type { Failure } from '@zfsync/protocol';
import type { HookConfig, HookedWork, HookName } from './job-options.ts';

/** Runs a command; never rejects. */
export type RunShell = (options: ShellCommandOptions) => Promise<ShellResult>;

export interface HooksOptions extends HookConfig {
  readonly log: Logger;
  /** Ends a before-hook; an after-hook goes on. */
  readonly signal: AbortSignal;
  /** What hooks get beside what says what is going on. */
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly run: RunShell;
  /** Keeps off what would end the process, while an after-hook is owed. */
  shield<T>(work: () => Promise<T>): Promise<T>;
}

/** Names and values of the environment of hooks; those that are undefined are not there. */
export interface HookFacts {
  readonly ZFSYNC_RUN_ID: string;
  /** Root of the tree. */
  readonly ZFSYNC_ROOT: string;
  /** What the hook is about: the root, or the one dataset. */
  readonly ZFSYNC_DATASET: string;
  /** Blanks between. */
  readonly ZFSYNC_RECEIVERS: string;
  /** Of a hook that is about one. */
  readonly ZFSYNC_RECEIVER?: string | undefined;
  /** Its name, without the dataset's. */
  readonly ZFSYNC_SNAPSHOT?: string | undefined;
  /** Of the config file. */
  readonly ZFSYNC_JOB?: string | undefined;
}

/** What became of work with hooks around it. */
export type Hooked<T> =
  | { readonly done: true; readonly value: T; readonly after: Failure | undefined }
  /** The before-hook failed: the work was not begun. */
  | { readonly done: false; readonly before: Failure; readonly after: Failure | undefined };

/** The codes of a hook's failure. */
export const HOOK_FAILED = 'HOOK_FAILED';
export const HOOK_TIMED_OUT = 'HOOK_TIMED_OUT';

/** The operator's commands around the parts of a run. */
export class Hooks {
  readonly #options: HooksOptions;

  constructor(options: HooksOptions) {
    this.#options = options;
  }

  has(work: HookedWork): boolean {
    const { commands } = this.#options;
    return (commands[`before-${work}`] ?? commands[`after-${work}`]) !== undefined;
  }

  /** For a dry run, which runs none. */
  planned(): string[] {
    return Object.entries(this.#options.commands).map(([name, command]) => `would run --${name}: ${command}`);
  }

  /**
   * Runs the before-hook, the work if that went well, and the after-hook: this one always, once the first has begun.
   *
   * @param facts also asked for the after-hook, as more may be known by then
   * @param judge what the work's result comes to, as an exit code
   * @throws what the work throws, after the after-hook.
   */
  async around<T>(
    about: HookedWork,
    facts: () => HookFacts,
    work: () => Promise<T>,
    judge: (value: T) => number,
  ): Promise<Hooked<T>> {
    if (!this.has(about)) return { done: true, value: await work(), after: undefined };
    return this.#options.shield(async () => {
      let code: number = EXIT.internal;
      let after: Failure | undefined;
      let result: { readonly before: Failure } | { readonly value: T };
      try {
        const before = await this.#run(`before-${about}`, facts());
        result = before === undefined ? { value: await work() } : { before };
        code = 'before' in result ? exitCodeOfFailure(result.before) : judge(result.value);
      } catch (error) {
        code = exitCodeOf(error);
        throw error;
      } finally {
        after = await this.#run(`after-${about}`, facts(), code);
      }
      return 'before' in result ? { done: false, ...result, after } : { done: true, ...result, after };
    });
  }

  /** @param code what became of the work; undefined = it is still to be done */
  async #run(name: HookName, facts: HookFacts, code?: number): Promise<Failure | undefined> {
    const { commands, timeoutMs, signal, env, run } = this.#options;
    const command = commands[name];
    if (command === undefined) return undefined;
    const log = this.#options.log.child({ hook: name, dataset: facts.ZFSYNC_DATASET });
    log.info({ event: 'hook-begun', command }, `running --${name}`);
    const result = await run({
      command,
      timeoutMs,
      signal: code === undefined ? signal : undefined,
      env: { ...env, ...environment(name, facts, code) },
      onLine: (line) => {
        log.info({ event: 'hook-output' }, line);
      },
    });
    const failure = failureOf(name, timeoutMs, result);
    const { exitCode, milliseconds } = result;
    const how = { event: 'hook-ended', exitCode, signal: result.signal, timedOut: result.timedOut, milliseconds };
    if (failure === undefined) log.info(how, `--${name} is done`);
    else log.error(how, failure.message);
    return failure;
  }
}

/** What a hook's failure comes to where nothing else has failed. */
export function exitCodeOfFailure({ code }: Failure): number {
  return code === 'ABORTED' ? EXIT.interrupted : EXIT.failure;
}

function environment(name: HookName, facts: HookFacts, code: number | undefined): Record<string, string> {
  const given = Object.entries(facts).flatMap(([key, value]: [string, string | undefined]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return {
    ...Object.fromEntries(given),
    ZFSYNC_HOOK: name,
    ...(code !== undefined && { ZFSYNC_RESULT: resultOf(code), ZFSYNC_EXIT_CODE: String(code) }),
  };
}

function resultOf(code: number): string {
  if (code === EXIT.ok) return 'ok';
  return code === EXIT.interrupted ? 'interrupted' : 'failed';
}

function failureOf(name: HookName, timeoutMs: number, result: ShellResult): Failure | undefined {
  const { exitCode, signal, timedOut, aborted, tail, startError } = result;
  if (exitCode === 0 && !timedOut && !aborted) return undefined;
  const last = tail.split('\n').at(-1) ?? '';
  const said = last === '' ? '' : `: ${last}`;
  const failed = (code: string, how: string): Failure => ({
    code,
    retry: 'operator',
    message: `the hook --${name} ${how}`,
    detail: tail,
  });
  if (aborted) return failed('ABORTED', 'was interrupted');
  if (startError !== undefined) return failed(HOOK_FAILED, `could not be started: ${startError}`);
  if (timedOut) return failed(HOOK_TIMED_OUT, `was ended after ${timeoutMs / 1000} s (--hook-timeout)${said}`);
  const how = exitCode === null ? `was ended by ${signal ?? 'nobody'}` : `failed with exit code ${exitCode}`;
  return failed(HOOK_FAILED, `${how}${said}`);
}
