/** The last exchange of a session: the receiver prunes by its own policy, and does what it allows about what vanished. */
import type { Connection, TidyAction, TidyEntry } from '@zfsync/protocol';
import type { DatasetName } from '@zfsync/zfs';
import { count, formatBytes } from './format.ts';
import type { MirrorWishes } from './mirror-options.ts';
import { requestReport } from './request-report.ts';

export interface TidyContext {
  readonly connection: Connection;
  /** For the message, should it stall. */
  readonly root: DatasetName;
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

/** @returns what was done, or with `dryRun` what would be, in the receiver's order. */
export function tidy(
  { connection, root, stallMs, signal }: TidyContext,
  wishes: MirrorWishes,
  dryRun: boolean,
): Promise<readonly TidyEntry[]> {
  const { snapshots: mirrorSnapshots, datasetsAfter: mirrorDatasetsAfter } = wishes;
  return requestReport(
    { connection, phase: 'tidy', subject: root, stallMs },
    () => connection.send({ type: 'tidy', dryRun, mirrorSnapshots, mirrorDatasetsAfter }),
    () => connection.expect(['tidy-report'], { signal }),
  );
}

/** By what was done and what would be. */
const VERBS: Readonly<Record<TidyAction, readonly [done: string, planned: string]>> = {
  prune: ['pruned', 'would prune'],
  'mirror-snapshots': ['destroyed, as the source has them no more:', 'would destroy, as the source has them no more:'],
  mark: ['has vanished on the source; it stays until', 'has vanished on the source; it would stay until'],
  wait: ['has vanished on the source; it stays until', 'has vanished on the source; it would stay until'],
  unmark: ['is there again on the source', 'is there again on the source'],
  aside: ['had vanished on the source; it was renamed to', 'had vanished on the source; it would be renamed to'],
  destroy: ['had vanished on the source; it was destroyed', 'had vanished on the source; it would be destroyed'],
};

/**
 * Lines for people. What is routine, the pruning of snapshots and what only waits, is counted in a run and listed in a dry run.
 *
 * @param target what the paths are below
 */
export function formatTidied(target: DatasetName, entries: readonly TidyEntry[], dryRun: boolean): string[] {
  const lines: string[] = [];
  for (const entry of entries) {
    const { path, action, names, failure } = entry;
    if (failure !== undefined) lines.push(`${target}${path}: FAILED: ${failure.message}`);
    else if (dryRun || !(isRoutine(action) || action === 'wait'))
      lines.push(`${target}${path} ${described(entry, dryRun)}`);
    if (dryRun && failure === undefined && names.length > 0) lines.push(...names.map((name) => `  @${name}`));
  }
  const waiting = entries.filter(({ action, failure }) => action === 'wait' && failure === undefined).length;
  if (!dryRun && waiting > 0) {
    lines.push(`${target}: waiting for its time still: ${count(waiting, 'dataset')} that had vanished on the source`);
  }
  for (const action of dryRun ? [] : (['prune', 'mirror-snapshots'] as const)) {
    const done = entries.filter((entry) => entry.action === action && entry.failure === undefined);
    const snapshots = done.reduce((sum, { names }) => sum + names.length, 0);
    const bytes = done.reduce((sum, entry) => sum + entry.bytes, 0n);
    const [verb] = VERBS[action];
    if (snapshots > 0) lines.push(`${target}: ${verb} ${count(snapshots, 'snapshot')}, ${formatBytes(bytes)} freed`);
  }
  return lines;
}

function isRoutine(action: TidyAction): boolean {
  return action === 'prune' || action === 'mirror-snapshots';
}

function described({ action, names, bytes, due, aside }: TidyEntry, dryRun: boolean): string {
  const verb = VERBS[action][dryRun ? 1 : 0];
  const freed = bytes === 0n ? '' : `, ${formatBytes(bytes)} freed`;
  switch (action) {
    case 'prune':
    case 'mirror-snapshots':
      return `${verb} ${count(names.length, 'snapshot')}${freed}`;
    case 'mark':
    case 'wait':
      return `${verb} ${timeOf(due)}`;
    case 'aside':
      return `${verb} ${String(aside)}`;
    case 'unmark':
      return verb;
    case 'destroy':
      return `${verb}${freed}`;
  }
}

/** As far as there is such a day: the number is the receiver's. */
const LAST_SECOND = 8_640_000_000_000n;

function timeOf(seconds: bigint): string {
  return seconds > LAST_SECOND ? 'for ever' : new Date(Number(seconds) * 1000).toISOString();
}
