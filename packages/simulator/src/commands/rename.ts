import { getopt, UsageError } from '../getopt.ts';
import { mountedBelow, remounting, unmount } from '../mounts.ts';
import { isBelow, isTooDeep, nameProblem, parentOf, poolOf, splitName } from '../names.ts';
import { encryptionRootOf, lookUp } from '../properties/lookup.ts';
import { Values } from '../properties/values.ts';
import type { Dataset, Store } from '../store/store.ts';
import { DATASETS, FILESYSTEM, open, openDataset, WITH_SNAPSHOTS } from '../target.ts';
import { createParents } from './create.ts';

const NAME_BYTES_MAX = 255;

/** `zfs rename`. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'prfu');
  const [from, to, extra] = options.operands;
  if (from === undefined) throw new UsageError('missing source dataset argument');
  if (to === undefined) throw new UsageError('missing target dataset argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  if (options.has('p') && options.has('r')) throw new UsageError('-p and -r options are mutually exclusive');
  if (options.has('u') && options.has('r')) throw new UsageError('-u and -r options are mutually exclusive');
  if (options.has('r') && !from.includes('@')) {
    throw new UsageError('source dataset for recursive rename must be a snapshot');
  }
  if (from.includes('@')) return renameSnapshot(store, from, to, options.has('r'));
  const source = openDataset(store, from, options.has('u') ? FILESYSTEM : DATASETS);
  if (options.has('p')) createParents(store, to);
  return renameDataset(store, source, to, options.has('u'));
}

function renameSnapshot(store: Store, from: string, to: string, recursive: boolean): number {
  const target = open(store, from, WITH_SNAPSHOTS);
  const { dataset: base, version: old } = splitName(from);
  const refuse = (problem: string): never => store.context.fail(`cannot rename '${from}': ${problem}`);
  const full = to.startsWith('@') ? base + to : to.includes('@') ? to : `${base}@${to}`;
  const { dataset: toBase, version } = splitName(full);
  if (toBase !== base) store.context.fail(`cannot rename to '${full}': snapshots must be part of same dataset`);
  const problem = nameProblem(full, { snapshot: true, modifying: true });
  if (problem !== undefined) refuse(problem);
  if (recursive && target.dataset.meta.snaps.length === 0) return 0;
  store.lock(poolOf(base), () => {
    const all = (recursive ? store.descendants(base) : [base]).flatMap((name) => store.find(name) ?? []);
    const having = all.filter((dataset) => dataset.meta.snaps.some((snapshot) => snapshot.name === old));
    for (const dataset of having) {
      if (dataset.meta.snaps.some((snapshot) => snapshot.name === version)) refuse('dataset already exists');
    }
    for (const dataset of having) {
      const snapshot = dataset.meta.snaps.find((candidate) => candidate.name === old);
      if (snapshot) snapshot.name = version;
    }
    store.saveAll(poolOf(base), having);
  });
  return 0;
}

function renameDataset(store: Store, source: Dataset, to: string, keepMounted: boolean): number {
  const from = source.name;
  if (from === to) return 0;
  const parent = checkNames(store, from, to);
  const renamed = (name: string): string => to + name.slice(from.length);
  checkTarget(store, source, to, parent);
  const mountpoint = lookUp(store, source, 'mountpoint');
  const move = (): void => {
    store.lock(poolOf(from), () => {
      const now = store.find(from);
      if (!now) return store.context.fail(`cannot rename '${from}': dataset does not exist`);
      checkTarget(store, now, to, parent);
      store.move(from, to);
    });
  };
  if (keepMounted) {
    // `-u`: what is mounted stays mounted where it was; the link has to follow the directory all the same.
    const places = mountedBelow(store, from).map((name) => [name, store.find(name)?.meta.mounted ?? ''] as const);
    for (const [name] of [...places].reverse()) unmount(store, name, false);
    move();
    for (const [name, place] of places) linkAt(store, renamed(name), place);
    return 0;
  }
  remounting(store, from, renamed, mountpoint?.source === 'local' || mountpoint?.source === 'received', move);
  return 0;
}

/** @returns the parent of the new name */
function checkNames(store: Store, from: string, to: string): string {
  const { context } = store;
  const refuse = (problem: string): never => context.fail(`cannot rename to '${to}': ${problem}`);
  const problem = nameProblem(to, { modifying: true });
  if (problem !== undefined) refuse(problem);
  const parent = parentOf(to);
  if (parent === undefined) return context.fail(`cannot create '${to}': missing dataset name`);
  if (poolOf(from) !== poolOf(to)) refuse('datasets must be within same pool');
  const above = store.find(parent);
  if (!above) return context.fail(`cannot create '${to}': parent does not exist`);
  if (above.meta.type !== 'filesystem') context.fail(`cannot create '${to}': parent is not a filesystem`);
  if (isBelow(to, from)) refuse('New dataset name cannot be a descendant of current dataset name');
  if (!from.includes('/')) refuse('cannot rename a pool root');
  if (isTooDeep(to)) refuse('maximum name nesting depth exceeded');
  return parent;
}

function linkAt(store: Store, name: string, place: string): void {
  store.lock(poolOf(name), () => {
    const dataset = store.find(name);
    if (!dataset) return;
    process.getBuiltinModule('node:fs').symlinkSync(`${dataset.directory}/live`, place);
    dataset.meta.mounted = place;
    store.save(dataset);
  });
}

function checkTarget(store: Store, source: Dataset, to: string, parent: string): void {
  const from = source.name;
  const refuse = (problem: string): never => store.context.fail(`cannot rename '${from}': ${problem}`);
  const longest = Math.max(...store.descendants(from).map((name) => longestVersion(store, name) - from.length));
  if (to.length + longest > NAME_BYTES_MAX) refuse('name is too long');
  const above = store.find(parent);
  if (!above) return store.context.fail(`cannot create '${to}': parent does not exist`);
  if (store.find(to)) refuse('dataset already exists');
  checkEncryption(store, source, above, refuse);
  checkQuotas(store, from, parent, refuse);
}

/** Of what is above the new place and not above the old one, as `dsl_dir_transfer_possible` has it. */
function checkQuotas(store: Store, from: string, parent: string, refuse: (problem: string) => never): void {
  const values = new Values(store, true);
  for (let at: string | undefined = parent; at !== undefined && !isBelow(from, at); at = parentOf(at)) {
    const quota = Number(store.find(at)?.meta.props['quota'] ?? 0);
    if (quota > 0 && values.used(at) + values.used(from) > quota) refuse('out of space');
  }
}

function longestVersion(store: Store, name: string): number {
  const snaps = store.read(name)?.meta.snaps ?? [];
  return Math.max(name.length, ...snaps.map((snapshot) => name.length + 1 + snapshot.name.length));
}

/** A dataset that uses the key of one above it cannot leave it. */
function checkEncryption(store: Store, source: Dataset, above: Dataset, refuse: (problem: string) => never): void {
  const root = encryptionRootOf(store, source);
  if (!root || root.dataset.name === source.name) return;
  if (encryptionRootOf(store, above)?.dataset.name !== root.dataset.name) {
    refuse('cannot move encrypted child outside of its encryption root');
  }
}
