/** Which objects a `list` or `get` is about, in the order of their names. */
import { UsageError } from '../getopt.ts';
import { isBelow } from '../names.ts';
import type { Target } from '../properties/lookup.ts';
import { bookmarkTarget, datasetTarget, snapshotTarget } from '../properties/lookup.ts';
import type { ObjectKind } from '../properties/table.ts';
import type { Dataset, Store } from '../store/store.ts';
import { compareBytes } from '../store/store.ts';
import type { Kinds } from '../target.ts';
import { tryOpen } from '../target.ts';

export interface Selection {
  readonly operands: readonly string[];
  readonly kinds: Kinds;
  readonly recursive: boolean;
  /** Levels below each operand; undefined: all. */
  readonly depth: number | undefined;
  /** The pool's `listsnapshots` decides about snapshots below an operand. */
  readonly snapshotsByPool: boolean;
}

export interface Selected {
  readonly targets: Iterable<Target>;
  /** Some operand could not be opened; that has been said. */
  readonly failed: boolean;
}

const TYPE_WORDS: Readonly<Record<string, readonly ObjectKind[]>> = {
  filesystem: ['filesystem'],
  volume: ['volume'],
  snapshot: ['snapshot'],
  snap: ['snapshot'],
  bookmark: ['bookmark'],
  all: ['filesystem', 'volume', 'snapshot', 'bookmark'],
};

export function parseTypes(text: string): Kinds {
  const kinds = new Set<ObjectKind>();
  for (const word of text.split(',')) {
    const found = TYPE_WORDS[word];
    if (!found) throw new UsageError(`invalid type '${word}'`);
    for (const kind of found) kinds.add(kind);
  }
  return kinds;
}

export function parseDepth(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`${text} is not an integer`);
  return Number(text);
}

/** Datasets by name, each with how it is asked for. */
interface Wanted {
  itself: boolean;
  versions: boolean;
  readonly single: Target[];
}

export function select(store: Store, selection: Selection): Selected {
  const wanted = new Map<string, Wanted>();
  const want = (name: string): Wanted => {
    let entry = wanted.get(name);
    if (!entry) {
      entry = { itself: false, versions: false, single: [] };
      wanted.set(name, entry);
    }
    return entry;
  };
  let failed = false;
  const addTree = (name: string, recursive: boolean): void => {
    const depth = recursive ? (selection.depth ?? Number.POSITIVE_INFINITY) : 0;
    for (const each of depth === 0 ? [name] : store.descendants(name, depth)) {
      const entry = want(each);
      entry.itself = true;
      const level = each.split('/').length - name.split('/').length;
      if (recursive && level < depth) entry.versions = true;
    }
  };
  if (selection.operands.length === 0) for (const pool of store.pools()) addTree(pool, true);
  for (const operand of selection.operands) {
    const target = tryOpen(store, operand, argumentKinds(selection));
    if (!target) failed = true;
    else if (target.kind === 'snapshot' || target.kind === 'bookmark') want(target.dataset.name).single.push(target);
    else addTree(operand, selection.recursive);
  }
  return { targets: emit(store, selection, wanted), failed };
}

function argumentKinds({ kinds, recursive }: Selection): Kinds {
  if (!recursive) return kinds;
  const wide = new Set(kinds).add('filesystem');
  if (kinds.has('snapshot') || kinds.has('bookmark')) wide.add('volume');
  return wide;
}

function* emit(store: Store, selection: Selection, wanted: ReadonlyMap<string, Wanted>): Iterable<Target> {
  const open: string[] = [];
  for (const name of [...wanted.keys()].sort(compareBytes)) {
    const entry = wanted.get(name);
    const dataset = store.find(name);
    if (!dataset || !entry) continue;
    yield* versionsOf(store, selection, dataset, entry);
    // What is no ancestor of what follows is not needed again.
    while (open.length > 0 && !isBelow(name, open.at(-1) ?? '')) store.forget(open.pop() ?? '');
    open.push(name);
  }
}

function* versionsOf(store: Store, selection: Selection, dataset: Dataset, wanted: Wanted): Iterable<Target> {
  const { kinds, snapshotsByPool } = selection;
  if (wanted.itself && kinds.has(dataset.meta.type)) yield datasetTarget(dataset);
  const pool = dataset.name.split('/', 1)[0] ?? '';
  const snapshots = snapshotsByPool ? store.poolMeta(pool).props['listsnapshots'] === 'on' : kinds.has('snapshot');
  if (wanted.versions && snapshots) {
    for (const snapshot of dataset.meta.snaps) yield snapshotTarget(dataset, snapshot);
  } else {
    const single = wanted.single.filter((target) => target.snapshot);
    yield* single.sort((a, b) => (a.snapshot?.txg ?? 0) - (b.snapshot?.txg ?? 0));
  }
  if (wanted.versions && kinds.has('bookmark')) {
    const marks = [...dataset.meta.marks].sort((a, b) => compareBytes(a.name, b.name));
    for (const bookmark of marks) yield bookmarkTarget(dataset, bookmark);
  } else {
    yield* wanted.single.filter((target) => target.bookmark);
  }
}
