/** What targets a source has cursors of, and the removal of those whose target is gone for good. */
import { type Failure, toFailure } from '@zfsync/protocol';
import {
  AbortedError,
  type Bookmark,
  type DatasetName,
  isBookmark,
  listTree,
  type VersionName,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import { holdTag, targetOfCursor } from './cursors.ts';
import { count } from './format.ts';

/** The cursors of one target. */
export interface TargetCursors {
  readonly targetId: string;
  readonly datasets: readonly DatasetCursors[];
  /** When the newest snapshot that it is known to have was taken; seconds since the epoch. */
  readonly newestCreation: bigint;
}

export interface DatasetCursors {
  readonly dataset: DatasetName;
  readonly bookmarks: readonly VersionName[];
  /** Snapshots that are held for the target. */
  readonly held: readonly VersionName[];
}

/** Of the whole tree, the target that was replicated to last first. */
export async function listCursors(zfs: Zfs, root: DatasetName, signal: AbortSignal): Promise<TargetCursors[]> {
  const targets = new Map<string, { datasets: DatasetCursors[]; newestCreation: bigint }>();
  for (const state of await listTree(zfs, root, signal)) {
    const ours = new Map<string, Bookmark[]>();
    for (const bookmark of state.versions.filter(isBookmark)) {
      const targetId = targetOfCursor(bookmark.name);
      if (targetId !== undefined) ours.set(targetId, [...(ours.get(targetId) ?? []), bookmark]);
    }
    const holds = await zfs.holds(state.entry.name, [...state.held]);
    for (const targetId of new Set([...ours.keys(), ...holds.flatMap(({ tag }) => targetOfTag(tag) ?? [])])) {
      const bookmarks = ours.get(targetId) ?? [];
      const held = holds.filter(({ tag }) => tag === holdTag(targetId)).map(({ snapshot }) => snapshot);
      const target = targets.get(targetId) ?? { datasets: [], newestCreation: 0n };
      target.datasets.push({ dataset: state.entry.name, bookmarks: bookmarks.map(({ name }) => name), held });
      const creations = bookmarks.map(({ creation }) => creation);
      const newestCreation = creations.reduce((a, b) => (a > b ? a : b), target.newestCreation);
      targets.set(targetId, { ...target, newestCreation });
    }
  }
  return [...targets]
    .map(([targetId, target]) => ({ targetId, ...target }))
    .sort((a, b) => (a.newestCreation === b.newestCreation ? 0 : a.newestCreation < b.newestCreation ? 1 : -1));
}

function targetOfTag(tag: string): string | undefined {
  return /^zfsync_([0-9a-f]{16})$/.exec(tag)?.[1];
}

/** What could not be removed. */
export interface CursorFailure {
  readonly dataset: DatasetName;
  readonly what: string;
  readonly failure: Failure;
}

/**
 * Destroys the bookmarks and releases the holds of one target: its next incremental needs a snapshot in common. One that
 * fails ends nothing.
 *
 * @returns what is still there.
 * @throws {AbortedError} when the signal fires.
 */
export async function removeCursors(
  zfs: Zfs,
  { targetId, datasets }: TargetCursors,
  signal?: AbortSignal,
): Promise<readonly CursorFailure[]> {
  const failures: CursorFailure[] = [];
  const attempt = async (dataset: DatasetName, what: string, work: () => Promise<void>) => {
    if (signal?.aborted === true) throw new AbortedError(`interrupted by ${String(signal.reason)}`);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ZfsError)) throw error;
      if (error.reason !== 'snapshot-missing') failures.push({ dataset, what, failure: toFailure(error) });
    }
  };
  for (const { dataset, bookmarks, held } of datasets) {
    await attempt(dataset, 'holds', () => zfs.release(dataset, held, holdTag(targetId)));
    for (const name of bookmarks) {
      await attempt(dataset, `#${name}`, () => zfs.destroyVersion(dataset, { kind: 'bookmark', name }));
    }
  }
  return failures;
}

/** Lines for people. */
export function formatCursors(root: DatasetName, targets: readonly TargetCursors[]): string {
  if (targets.length === 0) return `${root}: no cursors\n`;
  const lines = targets.map(({ targetId, datasets, newestCreation }) => {
    const held = datasets.reduce((sum, dataset) => sum + dataset.held.length, 0);
    const when = newestCreation === 0n ? 'never' : new Date(Number(newestCreation) * 1000).toISOString();
    const holds = held === 0 ? '' : `, ${count(held, 'snapshot')} held`;
    return `${targetId}: ${count(datasets.length, 'dataset')}, newest snapshot of ${when}${holds}`;
  });
  return `${lines.join('\n')}\n`;
}
