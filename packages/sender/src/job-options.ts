/** What goes on around a run: hooks, repetition, flags for monitoring. */
import { parseDuration, parseTime } from '@zfsync/program';
import { ConfigError } from '@zfsync/zfs';
import type { Command } from 'commander';

/** Around what the operator's commands run. */
export type HookedWork = 'run' | 'snapshot' | 'dataset';
export type HookName = `${'before' | 'after'}-${HookedWork}`;

export interface HookConfig {
  /** Lines for `/bin/sh -c`. */
  readonly commands: Readonly<Partial<Record<HookName, string>>>;
  /** Of each. */
  readonly timeoutMs: number;
}

export interface JobConfig {
  readonly hooks: HookConfig;
  /** Run again and again, so many milliseconds from one beginning to the next; undefined = once. */
  readonly everyMs: number | undefined;
  /** Whatever says how often. */
  readonly once: boolean;
  /** Where there is a file for each dataset that fails. */
  readonly errorFlags: string | undefined;
}

export interface JobFlags {
  readonly beforeRun?: string;
  readonly afterRun?: string;
  readonly beforeSnapshot?: string;
  readonly afterSnapshot?: string;
  readonly beforeDataset?: string;
  readonly afterDataset?: string;
  readonly hookTimeout: string;
  readonly every?: string;
  readonly once?: boolean;
  readonly errorFlags?: string;
  readonly config?: string;
  readonly job?: readonly string[];
}

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

export function jobOptions(command: Command): Command {
  return command
    .option('--before-run <command>', 'run this (sh -c) before all else; if it fails nothing is done')
    .option('--after-run <command>', 'run this at the end, whatever became of the run')
    .option('--before-snapshot <command>', 'run this before the snapshot; if it fails none is taken')
    .option('--after-snapshot <command>', 'run this after the snapshot, whatever became of it')
    .option('--before-dataset <command>', 'run this before a dataset is sent; if it fails the dataset is not')
    .option('--after-dataset <command>', 'run this after a dataset was sent, whatever became of it')
    .option('--hook-timeout <seconds>', 'how long each of these commands may take', '300')
    .option('--every <time>', 'stay and run again and again, such as every 10s, 5m, 1h')
    .option('--once', 'run once, whatever --every or a config file says')
    .option('-d, --error-flags <directory>', 'keep a file there for each dataset that fails')
    .option(
      '--config <file>',
      'run the jobs of this YAML file, with the names of these flags; DATASET is then not given',
    )
    .option('--job <name>', 'of --config only this job; may be repeated', collect);
}

function collect(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

/** @throws {ConfigError} naming the flag and what it takes. */
export function jobConfig(flags: JobFlags): JobConfig {
  const commands = {
    ...command('before-run', flags.beforeRun),
    ...command('after-run', flags.afterRun),
    ...command('before-snapshot', flags.beforeSnapshot),
    ...command('after-snapshot', flags.afterSnapshot),
    ...command('before-dataset', flags.beforeDataset),
    ...command('after-dataset', flags.afterDataset),
  };
  const timeoutMs = parseTime('--hook-timeout', flags.hookTimeout, SECOND_MS, DAY_MS);
  return {
    hooks: { commands, timeoutMs },
    everyMs: flags.every === undefined ? undefined : everyMs(flags.every),
    once: flags.once ?? false,
    errorFlags: flags.errorFlags,
  };
}

/** @throws {ConfigError} when it is no time between runs. */
export function everyMs(text: string): number {
  return parseDuration('--every', text, SECOND_MS, 31 * DAY_MS);
}

function command(name: HookName, line: string | undefined): Partial<Record<HookName, string>> {
  if (line === undefined) return {};
  if (line.trim() === '') throw new ConfigError(`--${name} takes a command for sh -c, not an empty one`);
  return { [name]: line };
}
