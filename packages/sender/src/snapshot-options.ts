/** The flags about snapshots: taking them, which datasets and which snapshots are meant, how many are kept. */
import {
  AGE_MAX_MS,
  KEEP_ONCE,
  keepClasses,
  type KeepClassFlags,
  onlyOnce,
  parseDuration,
  parseInteger,
} from '@zfsync/program';
import {
  checkKeeps,
  DEFAULT_TEMPLATE,
  globMatcher,
  type GlobMatcher,
  parsePeriods,
  type SnapshotClass,
  SnapshotTemplate,
} from '@zfsync/retention';
import { ConfigError } from '@zfsync/zfs';
import type { Command } from 'commander';
import type { SourceKeep } from './prune-plan.ts';
import type { Selection, SnapshotFilter } from './select.ts';
import type { SnapshotPolicy } from './snapshot.ts';

export interface SnapshotConfig {
  /** Undefined = none is taken. */
  readonly snapshot: SnapshotPolicy | undefined;
  /** Nothing is sent. */
  readonly snapshotOnly: boolean;
  readonly selection: Selection;
  readonly filter: SnapshotFilter;
  /** Undefined = nothing is pruned. */
  readonly keep: SourceKeep | undefined;
}

export interface SnapshotFlags extends KeepClassFlags {
  /** False by `--no-snapshot`. */
  readonly snapshot?: boolean;
  readonly snapshotOnly?: boolean;
  readonly snapshotName?: string;
  readonly minInterval?: string;
  readonly skipUnchanged?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly depth?: string;
  readonly includeSnapshots?: readonly string[];
  readonly excludeSnapshots?: readonly string[];
  readonly snapshotsNewerThan?: string;
  readonly snapshotsOlderThan?: string;
  readonly keep?: string;
  readonly keepNames?: readonly string[];
}

const DEPTH_MAX = 50;
const MIN_INTERVAL_MAX_MS = 366 * 86_400_000;

export function snapshotOptions(command: Command): Command {
  onlyOnce(command, KEEP_ONCE);
  return command
    .option('--snapshot', 'take a snapshot of all that is selected first, atomically')
    .option('--no-snapshot', 'take none, whatever a configuration file says: send what is there')
    .option('--snapshot-only', 'take a snapshot, prune, and send nothing')
    .option('--snapshot-name <template>', `how snapshots are called, in UTC; default ${DEFAULT_TEMPLATE}`)
    .option('--min-interval <time>', 'no snapshot while the newest own one is younger, such as 15m')
    .option('--skip-unchanged', 'no snapshot when nothing was written since the newest own one')
    .option(
      '--include <glob>',
      'only datasets that match, by their path below DATASET, and what is below; repeatable',
      add,
    )
    .option('--exclude <glob>', 'no datasets that match, nor what is below; repeatable', add)
    .option('--depth <levels>', 'only datasets so many levels below DATASET; 0 = it alone')
    .option('--include-snapshots <glob>', 'only snapshots of such names; repeatable', add)
    .option('--exclude-snapshots <glob>', 'no snapshots of such names; repeatable', add)
    .option('--snapshots-newer-than <age>', 'only snapshots younger than this, such as 30d')
    .option('--snapshots-older-than <age>', 'only snapshots at least as old as this')
    .option('--keep <list>', 'prune own snapshots on the source but for these, such as 24h,7d,4w,12m')
    .option('--keep-secondly <count>', 'keep so many snapshots of this class')
    .option('--keep-minutely <count>', 'the same')
    .option('--keep-hourly <count>', 'the same')
    .option('--keep-daily <count>', 'the same')
    .option('--keep-weekly <count>', 'the same')
    .option('--keep-monthly <count>', 'the same')
    .option('--keep-yearly <count>', 'the same')
    .option('--keep-names <glob>', 'let --keep prune snapshots of such names too; repeatable', add);
}

function add(glob: string, before: readonly string[] = []): readonly string[] {
  return [...before, glob];
}

/** @throws {ConfigError} naming the flag and what it takes. */
export function snapshotConfig(flags: SnapshotFlags): SnapshotConfig {
  const template = new SnapshotTemplate(flags.snapshotName ?? DEFAULT_TEMPLATE);
  const classes = keepClasses(flags);
  if (classes.size > 0 && !template.hasClass) {
    throw new ConfigError(
      `--keep-${[...classes.keys()][0]} goes by the class in the name: --snapshot-name has no <class>`,
    );
  }
  return {
    snapshot: snapshotPolicy(flags, template, new Set(classes.keys())),
    snapshotOnly: flags.snapshotOnly ?? false,
    selection: {
      include: pathMatcher('--include', flags.include),
      exclude: pathMatcher('--exclude', flags.exclude),
      depth: flags.depth === undefined ? undefined : parseInteger('--depth', flags.depth, 0, DEPTH_MAX),
    },
    filter: {
      include: nameMatcher('--include-snapshots', flags.includeSnapshots),
      exclude: nameMatcher('--exclude-snapshots', flags.excludeSnapshots),
      newerThanMs: age('--snapshots-newer-than', flags.snapshotsNewerThan),
      olderThanMs: age('--snapshots-older-than', flags.snapshotsOlderThan),
    },
    keep: sourceKeep(flags, template, classes),
  };
}

function snapshotPolicy(
  flags: SnapshotFlags,
  template: SnapshotTemplate,
  classes: ReadonlySet<SnapshotClass>,
): SnapshotPolicy | undefined {
  const { snapshot, snapshotOnly = false, minInterval, skipUnchanged = false } = flags;
  if (snapshotOnly && snapshot === false)
    throw new ConfigError('--snapshot-only and --no-snapshot leave nothing to do');
  const minIntervalMs =
    minInterval === undefined ? undefined : parseDuration('--min-interval', minInterval, 0, MIN_INTERVAL_MAX_MS);
  if (snapshotOnly || snapshot === true) return { template, classes, minIntervalMs, skipUnchanged };
  const idle = minInterval !== undefined ? '--min-interval' : skipUnchanged ? '--skip-unchanged' : undefined;
  if (snapshot === undefined && idle !== undefined) throw new ConfigError(`${idle} goes with --snapshot`);
  return undefined;
}

function sourceKeep(
  { keep, keepNames = [] }: SnapshotFlags,
  template: SnapshotTemplate,
  classes: ReadonlyMap<SnapshotClass, number>,
): SourceKeep | undefined {
  if (keepNames.length > 0 && keep === undefined) {
    throw new ConfigError('--keep-names goes with --keep: what has other names than ours has no class');
  }
  if (keep === undefined && classes.size === 0) return undefined;
  const periods = keep === undefined ? new Map<never, never>() : parsePeriods('--keep', keep);
  checkKeeps({ periods, classes });
  return { policy: { periods, classes }, template, names: nameMatcher('--keep-names', keepNames) };
}

function pathMatcher(flag: string, globs: readonly string[] = []): GlobMatcher | undefined {
  return globs.length === 0 ? undefined : globMatcher(flag, globs);
}

function nameMatcher(flag: string, globs: readonly string[] = []): GlobMatcher | undefined {
  const wrong = globs.find((glob) => /[/@#]/.test(glob));
  if (wrong !== undefined)
    throw new ConfigError(`${flag} is about the names behind the @, which have no /: "${wrong}"`);
  return pathMatcher(flag, globs);
}

function age(flag: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(flag, text, 0, AGE_MAX_MS);
}
