import type { DatedSnapshot } from './keep.ts';

/** Clocks of two hosts need not agree to the minute. */
const AHEAD_MS = 10 * 60_000;

export interface InOrder<S extends DatedSnapshot> {
  /** Oldest first. */
  readonly ordered: readonly S[];
  /** Those that neither count nor are pruned. */
  readonly doubtful: readonly S[];
}

/**
 * For who must not believe names: a name may say any time, but createtxg is the order in which the snapshots came. So
 * one that is from the future, or older than one that came before it, counts for nothing: else whoever takes snapshots
 * could push out old ones by dates of years to come.
 */
export function inOrder<S extends DatedSnapshot>(snapshots: Iterable<S>, now: Date): InOrder<S> {
  const latest = now.getTime() + AHEAD_MS;
  const ordered: S[] = [];
  const doubtful: S[] = [];
  let reached = Number.NEGATIVE_INFINITY;
  const byArrival = [...snapshots].sort((a, b) =>
    a.createtxg === b.createtxg ? a.time.getTime() - b.time.getTime() : a.createtxg < b.createtxg ? -1 : 1,
  );
  for (const snapshot of byArrival) {
    const time = snapshot.time.getTime();
    if (time > latest || time < reached) {
      doubtful.push(snapshot);
    } else {
      reached = time;
      ordered.push(snapshot);
    }
  }
  return { ordered, doubtful };
}
