/** Which snapshots are kept, as a pure function of their times: the same whatever their order, and whenever it is asked. */
import { ConfigError, type VersionName } from '@zfsync/zfs';
import { CLASSES, periodOf, type SnapshotClass } from './periods.ts';

export interface DatedSnapshot {
  readonly name: VersionName;
  /** By its name. */
  readonly time: Date;
  /** By its name; undefined where the template has none. */
  readonly class: SnapshotClass | undefined;
  readonly createtxg: bigint;
}

export interface KeepPolicy {
  /** Of each of the last so many periods that have snapshots, the newest. */
  readonly periods: ReadonlyMap<SnapshotClass, number>;
  /** So many newest of a class. */
  readonly classes: ReadonlyMap<SnapshotClass, number>;
}

export interface Retention<S extends DatedSnapshot> {
  /** Why each of them stays. */
  readonly keep: ReadonlyMap<S, readonly string[]>;
  /** Oldest first. */
  readonly prune: readonly S[];
}

/** The newest stays whatever the policy says: without it there is nothing to go on from. */
const NEWEST = 'newest';

/** The policy does not speak of it. */
const NOT_SUBJECT = 'no rule for its class';

/**
 * The newest of each of the last so many periods that have one (restic's rule), and the newest of each class. With
 * counts of classes alone, what is of another class or of none stays, as with `zfsyncron`, which prunes what it knows.
 * A policy without any rule keeps everything.
 */
export function retain<S extends DatedSnapshot>(snapshots: Iterable<S>, policy: KeepPolicy): Retention<S> {
  const newestFirst = [...snapshots].sort(compareNewestFirst);
  const keep = new Map<S, string[]>();
  const because = (snapshot: S, why: string) => {
    const reasons = keep.get(snapshot);
    if (reasons === undefined) keep.set(snapshot, [why]);
    else reasons.push(why);
  };
  const [newest] = newestFirst;
  if (newest !== undefined) because(newest, NEWEST);
  for (const snapshot of newestFirst) if (!isSubject(snapshot, policy)) because(snapshot, NOT_SUBJECT);
  for (const [kind, count] of policy.periods) {
    const seen = new Set<number>();
    for (const snapshot of newestFirst) {
      const period = periodOf(kind, snapshot.time);
      if (seen.has(period)) continue;
      if (seen.size === count) break;
      seen.add(period);
      because(snapshot, `${kind} ${seen.size} of ${count}`);
    }
  }
  for (const [kind, count] of policy.classes) {
    const ours = newestFirst.filter((snapshot) => snapshot.class === kind);
    for (const [index, snapshot] of ours.slice(0, count).entries()) {
      because(snapshot, `class ${kind} ${index + 1} of ${count}`);
    }
  }
  return { keep, prune: newestFirst.filter((snapshot) => !keep.has(snapshot)).reverse() };
}

function isSubject(snapshot: DatedSnapshot, { periods, classes }: KeepPolicy): boolean {
  return periods.size > 0 || (snapshot.class !== undefined && classes.has(snapshot.class));
}

/** @throws {ConfigError} for a policy of zeros alone: it would leave the newest snapshot and nothing else. */
export function checkKeeps({ periods, classes }: KeepPolicy): void {
  const counts = [...periods.values(), ...classes.values()];
  if (counts.length === 0 || counts.some((count) => count > 0)) return;
  throw new ConfigError(
    'every count of --keep and --keep-CLASS is 0: only the newest snapshot would stay; to prune nothing, leave them out',
  );
}

/** Clocks go back; transaction groups do not. */
function compareNewestFirst(a: DatedSnapshot, b: DatedSnapshot): number {
  const byTime = b.time.getTime() - a.time.getTime();
  if (byTime !== 0) return byTime;
  if (a.createtxg !== b.createtxg) return a.createtxg > b.createtxg ? -1 : 1;
  return a.name < b.name ? 1 : a.name > b.name ? -1 : 0;
}

const UNITS: Readonly<Partial<Record<string, SnapshotClass>>> = {
  s: 'secondly',
  min: 'minutely',
  h: 'hourly',
  d: 'daily',
  w: 'weekly',
  m: 'monthly',
  y: 'yearly',
};

/** Of a class, or of periods of a kind. */
export const KEEP_COUNT_MAX = 100_000;

/** `24h,7d,4w,12m`; `min` are minutes, `m` months. @throws {ConfigError} */
export function parsePeriods(flag: string, text: string): ReadonlyMap<SnapshotClass, number> {
  const periods = new Map<SnapshotClass, number>();
  for (const part of text.split(',')) {
    const [, digits = '', unit = ''] = /^(\d{1,6})([a-z]+)$/.exec(part.trim()) ?? [];
    const kind = UNITS[unit];
    const count = Number(digits);
    if (kind === undefined || digits === '' || count > KEEP_COUNT_MAX) {
      throw new ConfigError(
        `${flag} takes counts with s, min, h, d, w, m (months) or y, such as 24h,7d,4w,12m; not "${part}"`,
      );
    }
    if (periods.has(kind)) throw new ConfigError(`${flag}: ${unit} is given twice`);
    periods.set(kind, count);
  }
  return new Map(CLASSES.flatMap((kind) => (periods.has(kind) ? [[kind, periods.get(kind) ?? 0]] : [])));
}
