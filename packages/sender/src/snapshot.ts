/** `--snapshot`: one atomic snapshot of all that is selected, before it is sent. */
import type { Logger } from '@zfsync/program';
import { CLASSES, classOf, type SnapshotClass, type SnapshotTemplate } from '@zfsync/retention';
import {
  AbortedError,
  type DatasetEntry,
  type DatasetName,
  isSnapshot,
  listTree,
  parseRelativePath,
  type RelativePath,
  relativePath,
  type Version,
  type VersionName,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import { count } from './format.ts';
import { idlePatterns, type LeftOut, type Selection, whyLeftOut } from './select.ts';
import { isBufferDataset, unfit } from './source.ts';

export interface SnapshotPolicy {
  readonly template: SnapshotTemplate;
  /** One of these is in the name; empty = all of them. */
  readonly classes: ReadonlySet<SnapshotClass>;
  /** None while the newest own snapshot is younger, by its name. */
  readonly minIntervalMs: number | undefined;
  /** None when nothing was written since the newest own snapshot. */
  readonly skipUnchanged: boolean;
}

export interface SnapshotTask {
  readonly zfs: Zfs;
  readonly source: DatasetName;
  readonly selection: Selection;
  readonly policy: SnapshotPolicy;
  readonly now: Date;
  readonly dryRun: boolean;
  /** Nothing is sent afterwards that would warn of patterns without a match. */
  readonly alone?: boolean;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What became of it: for people and for `--json`. */
export type SnapshotReport =
  | {
      /** With `--dry-run`: would be. */
      readonly kind: 'taken';
      readonly source: DatasetName;
      readonly dryRun: boolean;
      readonly name: VersionName;
      readonly class: SnapshotClass;
      /** How many datasets have it. */
      readonly datasets: number;
      /** By one `zfs snapshot -r` of the root, else by one call with all names. */
      readonly recursive: boolean;
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: 'skipped';
      readonly source: DatasetName;
      readonly dryRun: boolean;
      readonly why: 'min-interval' | 'unchanged' | 'exists' | 'nothing-selected';
      /** For people. */
      readonly message: string;
      readonly warnings: readonly string[];
    };

/** Names of one call beside those that it has anyway: far below what FreeBSD takes, which has 256 KiB for all. */
const NAMES_BYTES_MAX = 192 * 1024;
/** The newest name may be so far ahead of the clock; what is further was made by a clock that was wrong. */
const AHEAD_MS = 60_000;

/** @throws {ReplicationError} when nothing was taken though it should have been. */
export async function takeSnapshot(task: SnapshotTask): Promise<SnapshotReport> {
  const { source, policy, now, dryRun, log, signal } = task;
  const tree = await look(task);
  const warnings: string[] = [];
  const skipped = (why: Extract<SnapshotReport, { kind: 'skipped' }>['why'], message: string): SnapshotReport => {
    log.info({ event: 'snapshot-skipped', source, why }, message);
    return { kind: 'skipped', source, dryRun, why, message, warnings };
  };
  if (task.alone === true) warnings.push(...idlePatterns(task.selection, source, tree.paths));
  for (const warning of warnings) log.warn({ event: 'source-warning' }, warning);
  if (tree.selected.length === 0) return skipped('nothing-selected', `${source}: no snapshot, as nothing is selected`);
  const { newest, ahead } = tree;
  if (ahead !== undefined) {
    warnings.push(`${source}@${ahead.name} is from the future: is the clock right? It is ${now.toISOString()} here`);
  }
  if (newest !== undefined) {
    const age = now.getTime() - newest.time.getTime();
    if (policy.minIntervalMs !== undefined && age < policy.minIntervalMs) {
      const seconds = Math.round(age / 1000);
      return skipped('min-interval', `${source}: no snapshot, as @${newest.name} is ${seconds} s old (--min-interval)`);
    }
    if (policy.skipUnchanged && (await isUnchanged(task, tree, newest.name))) {
      return skipped('unchanged', `${source}: no snapshot, as nothing was written since @${newest.name}`);
    }
  }
  const among = policy.classes.size > 0 ? policy.classes : new Set(CLASSES);
  const kind = classOf(now, tree.previous?.time, among);
  const name = policy.template.format(now, kind);
  const recursive = tree.leftOut.length === 0;
  const datasets = tree.selected.length;
  if (!recursive) checkLength(tree, source, name);
  signal.throwIfAborted();
  if (!dryRun && (await take(task, tree, name, recursive)) === 'exists') {
    return skipped('exists', `${source}@${name} is there already: it was taken within the same second`);
  }
  if (!dryRun) log.info({ event: 'snapshot-taken', source, name, datasets, recursive }, `${source}@${name} taken`);
  return { kind: 'taken', source, dryRun, name, class: kind, datasets, recursive, warnings };
}

interface Tree {
  /** Of all datasets that are there. */
  readonly paths: readonly RelativePath[];
  readonly selected: readonly DatasetEntry[];
  /** Buffer datasets too: a snapshot of what is parked there would keep it from being received any further. */
  readonly leftOut: readonly LeftOut[];
  /** Of own snapshots of the first dataset that is selected, by their names, the newest of those that the clock may have made. */
  readonly newest: Named | undefined;
  /** The newest that is not ahead of the clock at all: one that is would begin every period, again and again. */
  readonly previous: Named | undefined;
  /** The newest that was made by a clock that was wrong; it counts for nothing. */
  readonly ahead: Named | undefined;
}

interface Named {
  readonly name: VersionName;
  readonly time: Date;
}

async function look({ zfs, source, selection, policy, now, signal }: SnapshotTask): Promise<Tree> {
  const selected: DatasetEntry[] = [];
  const leftOut: LeftOut[] = [];
  const paths: RelativePath[] = [];
  for await (const entry of zfs.listDatasets(source, { signal })) {
    const path = parseRelativePath(relativePath(source, entry.name) ?? '');
    paths.push(path);
    const why = isBufferDataset(entry.name) ? 'a buffer dataset' : whyLeftOut(selection, path, entry);
    if (why === undefined) selected.push(entry);
    else leftOut.push({ path, dataset: entry.name, why });
  }
  const [first] = selected;
  const own: Named[] = [];
  if (first !== undefined) {
    for await (const { version } of zfs.listVersions(first.name, { depth: 0, signal })) {
      const parsed = isSnapshot(version) ? policy.template.parse(version.name) : undefined;
      if (parsed !== undefined) own.push({ name: version.name, time: parsed.time });
    }
  }
  own.sort((one, other) => one.time.getTime() - other.time.getTime());
  const until = (ms: number) => own.findLast(({ time }) => time.getTime() <= now.getTime() + ms);
  const [newest, last] = [until(AHEAD_MS), own.at(-1)];
  return { paths, selected, leftOut, newest, previous: until(0), ahead: last === newest ? undefined : last };
}

/**
 * `written` counts from the newest snapshot, whosever it is; where that is another one, ZFS is asked about ours. It counts
 * what has reached the disk: what was written within the last seconds is seen by the next run.
 */
async function isUnchanged({ zfs, source, signal }: SnapshotTask, tree: Tree, own: VersionName): Promise<boolean> {
  if (tree.selected.some(({ written }) => written > 0n)) return false;
  const newest = new Map<DatasetName, Version>();
  for (const { entry, versions } of await listTree(zfs, source, signal)) {
    const last = versions.findLast(isSnapshot);
    if (last !== undefined) newest.set(entry.name, last);
  }
  const property = `written@${own}`;
  for (const { name } of tree.selected) {
    signal.throwIfAborted();
    if (newest.get(name)?.name === own) continue;
    // It is absent where there is no such snapshot: a new dataset.
    if ((await zfs.getProperties(name, [property])).get(property) !== '0') return false;
  }
  return true;
}

function checkLength({ selected }: Tree, source: DatasetName, name: VersionName): void {
  const bytes = selected.reduce((sum, entry) => sum + entry.name.length + name.length + 2, 0);
  if (bytes <= NAMES_BYTES_MAX) return;
  throw unfit(
    `${source}: the names of the ${count(selected.length, 'dataset')} that are selected do not fit into one call of zfs snapshot, and two would not be atomic: snapshot the whole tree (without --include, --exclude, --depth, zfsync:send and buffer datasets in it), or its parts in runs of their own`,
  );
}

async function take(
  { zfs, source, signal }: SnapshotTask,
  { selected }: Tree,
  name: VersionName,
  recursive: boolean,
): Promise<'taken' | 'exists'> {
  const names = recursive ? [source] : selected.map((entry) => entry.name);
  try {
    await zfs.snapshot(names, name, { recursive });
    return 'taken';
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'dataset-exists')) throw error;
    if (signal.aborted) throw new AbortedError(`interrupted by ${String(signal.reason)}`, { cause: error });
    // ZFS has taken none if one was there. That all are there, another run has done.
    const having = new Set<DatasetName>();
    for await (const { dataset, version } of zfs.listVersions(source, { signal })) {
      if (isSnapshot(version) && version.name === name) having.add(dataset);
    }
    if (selected.every((entry) => having.has(entry.name))) return 'exists';
    throw error;
  }
}

/** Lines for people. */
export function formatSnapshot(report: SnapshotReport): string {
  const warnings = report.warnings.map((warning) => `WARNING: ${warning}\n`).join('');
  if (report.kind === 'skipped') return `${warnings}${report.message}\n`;
  const { source, name, datasets, dryRun } = report;
  return `${warnings}${source}@${name}: ${dryRun ? 'would snapshot' : 'snapshot of'} ${count(datasets, 'dataset')}\n`;
}
