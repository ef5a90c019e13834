/** Tidying as part of a session: what it has learnt of the source, a fresh listing of the target, and who may do what. */
import type { Tidy, TidyEntry } from '@zfsync/protocol';
import { type DatasetDestroyer, pathDepth, type RelativePath, type Zfs } from '@zfsync/zfs';
import { tidyPolicyOf } from './append-only.ts';
import { loadInventory, type TargetLocation } from './inventory.ts';
import type { SessionPolicy } from './policy.ts';
import type { TargetView } from './target-view.ts';
import { isTidyNeeded, markRoot, refusedWishes, tidyTarget } from './tidy.ts';
import { retentionOf } from './tidy-policy.ts';
import { originsOf } from './tidy-situation.ts';

export interface TidySession {
  readonly zfs: Zfs;
  readonly destroyer: DatasetDestroyer | undefined;
  readonly location: TargetLocation;
  readonly policy: SessionPolicy;
  readonly view: TargetView;
  /** Datasets with a stream that has arrived in this session, and with one that has not. */
  readonly arrived: ReadonlySet<RelativePath>;
  readonly failed: ReadonlySet<RelativePath>;
  /** By this host's clock. */
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** What was done, as it is done. */
export async function* tidySession(
  session: TidySession,
  wish: Omit<Tidy, 'type'>,
): AsyncGenerator<TidyEntry, void, undefined> {
  const { zfs, destroyer, location, view, arrived, failed, now, signal } = session;
  const { keep, mirror } = tidyPolicyOf(session.policy);
  yield* refusedWishes(mirror, wish);
  const retention = keep && retentionOf(keep);
  const { offered, leftOut, decisions } = view;
  const before = (await view.inventory()).inPlace;
  const root = before.get('' as RelativePath)?.entry;
  const isRoot = root?.zfsyncStream !== undefined || root?.placeholder === true || arrived.has('' as RelativePath);
  if (!wish.dryRun && root?.isSessionRoot === false && isRoot) yield* markRoot(zfs, location.target);
  if (!isTidyNeeded({ retention, mirror }, wish, { inPlace: before, offered, leftOut })) return;
  const { inPlace, parked } = await loadInventory(zfs, location, signal);
  const context = {
    zfs,
    destroyer: mirror.datasets === 'destroy' ? destroyer : undefined,
    target: location.target,
    retention,
    mirror,
    situation: {
      now,
      inPlace: new Map([...inPlace].sort(([a], [b]) => pathDepth(a) - pathDepth(b))),
      origins: originsOf([...inPlace.values(), ...parked.values()]),
      offered,
      leftOut,
      decisions,
      arrived,
      failed,
      awaitingRename: view.awaitingRename,
      isKnownSource: view.isKnownSource,
    },
    limits: view.limits,
    onGone: (path: RelativePath) => {
      view.holdings.movedAway(path);
    },
    signal,
  };
  yield* tidyTarget(context, wish);
}
