/** `--keep`: what of the source's own snapshots may go, and what never does. Pure. */
import {
  type DatedSnapshot,
  type GlobMatcher,
  type KeepPolicy,
  retain,
  type SnapshotTemplate,
} from '@zfsync/retention';
import {
  type DatasetName,
  type DatasetState,
  isBookmark,
  isSnapshot,
  parseRelativePath,
  relativePath,
  type Snapshot,
  type VersionName,
} from '@zfsync/zfs';
import { targetOfCursor } from './cursors.ts';
import { count } from './format.ts';
import type { Common, RunReport } from './report.ts';
import { type Selection, whyLeftOut } from './select.ts';
import type { FailedRun } from './send.ts';
import { isBufferDataset } from './source.ts';

/** Which snapshots of the source are meant, and how many of them stay. */
export interface SourceKeep {
  readonly policy: KeepPolicy;
  /** Own snapshots are called so; their time is that of their name. */
  readonly template: SnapshotTemplate;
  /** Others that may be pruned too; their time is that of their creation. */
  readonly names: GlobMatcher | undefined;
}

/** A receiver that this run was for. */
export interface PruneReceiver {
  /** As the user named it. */
  readonly receiver: string;
  /** Undefined = there was no session with it: nobody knows what its target has. */
  readonly targetId: string | undefined;
  /**
   * What its target was found to have, or has got in this run. A dataset that is not in it was in conflict, has failed, or
   * has nothing: nothing of it is pruned. Cursors alone do not tell that a target was rolled back, or destroyed by hand.
   */
  readonly common: ReadonlyMap<DatasetName, Common>;
}

/** What pruning has to know of the run to one receiver. */
export function pruneReceiver(run: RunReport | FailedRun): PruneReceiver {
  const { receiver } = run;
  if (!('targetId' in run)) return { receiver, targetId: undefined, common: new Map() };
  const fine = run.datasets.filter(({ outcome }) => outcome.kind !== 'failed' && outcome.kind !== 'conflict');
  const common = new Map(fine.flatMap(({ dataset, common: at }) => (at === undefined ? [] : [[dataset, at] as const])));
  return { receiver, targetId: run.targetId, common };
}

export interface PruneOptions {
  readonly source: DatasetName;
  readonly selection: Selection;
  readonly keep: SourceKeep;
  readonly receivers: readonly PruneReceiver[];
}

/** What the policy lets go of one dataset. */
export interface PlannedPrune {
  readonly dataset: DatasetName;
  /** Oldest first. */
  readonly names: readonly VersionName[];
}

export interface PrunePlan {
  /** Those that have something to prune. */
  readonly datasets: readonly PlannedPrune[];
  /** What stays though the policy does not keep it, and why. */
  readonly warnings: readonly string[];
}

/** So many names are said of the datasets that a warning is about. */
const NAMED_MAX = 3;

/**
 * What may go: what the policy does not keep, but for the last snapshot, those that are held or cloned, those that a
 * target has in common with the source, and those that it does not have yet. What a target has its cursors say (one
 * that a run has left in the middle has two) and the session of this run: the oldest counts.
 */
export function planPrune(tree: readonly DatasetState[], options: PruneOptions): PrunePlan {
  const { source, selection, keep, receivers } = options;
  const away = receivers.filter(({ targetId }) => targetId === undefined).map(({ receiver }) => receiver);
  if (away.length > 0) {
    const why = `there was no session with ${away.join(', ')}, so nobody knows what is in common`;
    return { datasets: [], warnings: [`${source}: nothing is pruned: ${why}`] };
  }
  const cloned = new Set(tree.flatMap(({ entry }) => entry.origin ?? []));
  const hindrances = new Hindrances(receivers);
  const datasets: PlannedPrune[] = [];
  for (const state of tree) {
    const { name } = state.entry;
    const path = parseRelativePath(relativePath(source, name) ?? '');
    if (isBufferDataset(name) || whyLeftOut(selection, path, state.entry) !== undefined) continue;
    const unwanted = retain(dated(state, keep), keep.policy).prune;
    if (unwanted.length === 0) continue;
    const guard = guardOf(state, cloned, receivers);
    if (!hindrances.knowsAll(name, guard)) continue;
    const names = unwanted.filter(({ snapshot }) => !hindrances.keeps(guard, snapshot));
    if (names.length > 0) datasets.push({ dataset: name, names: names.map((each) => each.name) });
  }
  return { datasets, warnings: hindrances.warnings(source) };
}

interface Candidate extends DatedSnapshot {
  readonly snapshot: Snapshot;
}

function dated({ versions }: DatasetState, { template, names }: SourceKeep): Candidate[] {
  return versions.filter(isSnapshot).flatMap((snapshot) => {
    const { name, createtxg, creation } = snapshot;
    const parsed = template.parse(name);
    if (parsed !== undefined) return [{ name, createtxg, ...parsed, snapshot }];
    if (names?.(name) === undefined) return [];
    return [{ name, createtxg, time: new Date(Number(creation) * 1000), class: undefined, snapshot }];
  });
}

/** What of a dataset's snapshots must stay. */
interface Guard {
  /** Targets that have a cursor. */
  readonly known: ReadonlySet<string>;
  /** By target: the createtxg of its oldest cursor, or of what the session says that it has, if that is older. */
  readonly reached: ReadonlyMap<string, bigint>;
  /** Guids of cursors, and of what sessions say that targets have. */
  readonly common: ReadonlySet<bigint>;
  /** Held, cloned, or the last one. */
  readonly fixed: ReadonlySet<VersionName>;
}

function guardOf(
  { entry, versions, held }: DatasetState,
  cloned: ReadonlySet<string>,
  receivers: readonly PruneReceiver[],
): Guard {
  const known = new Set<string>();
  const reached = new Map<string, bigint>();
  const common = new Set<bigint>();
  const has = (targetId: string, { guid, createtxg }: Common) => {
    common.add(guid);
    const before = reached.get(targetId);
    if (before === undefined || createtxg < before) reached.set(targetId, createtxg);
  };
  for (const bookmark of versions.filter(isBookmark)) {
    const targetId = targetOfCursor(bookmark.name);
    if (targetId === undefined) continue;
    known.add(targetId);
    has(targetId, bookmark);
  }
  for (const { targetId, common: found } of receivers) {
    const at = found.get(entry.name);
    if (targetId !== undefined && at !== undefined) has(targetId, at);
  }
  const snapshots = versions.filter(isSnapshot);
  const origins = snapshots.filter(({ name }) => cloned.has(`${entry.name}@${name}`));
  const last = snapshots.slice(-1);
  return { known, reached, common, fixed: new Set([...held, ...[...origins, ...last].map(({ name }) => name)]) };
}

/** Why something stays that the policy would let go; counted, as it is mostly the same for the whole tree. */
class Hindrances {
  readonly #receivers: readonly PruneReceiver[];
  /** Datasets by the reason why nobody knows. */
  readonly #unknown = new Map<string, DatasetName[]>();
  /** Snapshots by target. */
  readonly #pending = new Map<string, number>();

  constructor(receivers: readonly PruneReceiver[]) {
    this.#receivers = receivers;
  }

  /** Whether it is known what each receiver of this run has of the dataset: by a cursor and by its session. */
  knowsAll(dataset: DatasetName, { known }: Guard): boolean {
    const why = ({ receiver, targetId, common }: PruneReceiver) => {
      if (targetId === undefined || !known.has(targetId)) {
        return `no cursor says what ${receiver} has of them; the next stream makes one`;
      }
      return common.has(dataset) ? undefined : `they failed, are in conflict, or have nothing in common at ${receiver}`;
    };
    const reasons = this.#receivers.flatMap((receiver) => why(receiver) ?? []);
    for (const reason of reasons) this.#unknown.set(reason, [...(this.#unknown.get(reason) ?? []), dataset]);
    return reasons.length === 0;
  }

  keeps({ reached, common, fixed }: Guard, { name, guid, createtxg }: Snapshot): boolean {
    if (fixed.has(name) || common.has(guid)) return true;
    const behind = [...reached].filter(([, at]) => createtxg > at);
    for (const [targetId] of behind) this.#pending.set(targetId, (this.#pending.get(targetId) ?? 0) + 1);
    return behind.length > 0;
  }

  warnings(source: DatasetName): string[] {
    const unknown = [...this.#unknown].map(([reason, datasets]) => {
      const named = datasets.slice(0, NAMED_MAX).join(', ') + (datasets.length > NAMED_MAX ? ', …' : '');
      return `nothing is pruned of ${count(datasets.length, 'dataset')} (${named}): ${reason}`;
    });
    const pending = [...this.#pending].map(([targetId, snapshots]) => {
      const receiver = this.#receivers.find((each) => each.targetId === targetId)?.receiver;
      const stay = `${source}: ${count(snapshots, 'snapshot')} not pruned:`;
      if (receiver !== undefined) return `${stay} ${receiver} does not have them yet`;
      return `${stay} target ${targetId}, which is none of this run's, does not have them yet; if its host was only left out of this run, name it too, or run it; only if it is gone for good: zfsync-send --remove-cursors ${targetId} ${source}`;
    });
    return [...unknown, ...pending];
  }
}
