import { addClone, originOf } from '../content/clones.ts';
import { getopt, UsageError } from '../getopt.ts';
import { mountIfWanted } from '../mounts.ts';
import { nameProblem, poolOf } from '../names.ts';
import type { Store } from '../store/store.ts';
import { open, openDataset, SNAPSHOTS } from '../target.ts';
import { checkAll, createParents, creationProblem, newMeta, parseAssignments } from './create.ts';

/** `zfs clone` and `zfs promote`. */
export function run(store: Store, args: readonly string[], verb: string): number {
  return verb === 'clone' ? clone(store, args) : promote(store, args);
}

function clone(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'o:p');
  const given = parseAssignments(store, options.all('o'));
  const [from, to, extra] = options.operands;
  const { context } = store;
  if (from === undefined) throw new UsageError('missing source dataset argument');
  if (to === undefined) throw new UsageError('missing target dataset argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const problem = nameProblem(from, { snapshot: true, modifying: true });
  if (problem !== undefined) context.fail(`cannot open '${from}': ${problem}`);
  const source = open(store, from, SNAPSHOTS);
  if (options.has('p')) createParents(store, to);
  const { type, cipher } = source.dataset.meta;
  const refuse = (text: string): never => context.fail(`cannot create '${to}': ${text}`);
  const props = checkAll(store, given, type, `cannot create '${to}'`);
  store.lock(poolOf(from), () => {
    const late = creationProblem(store, to);
    if (poolOf(from) !== poolOf(to) && store.hasPool(poolOf(to))) refuse('source and target pools differ');
    if (late !== undefined) refuse(late);
    const now = open(store, from, SNAPSHOTS);
    const { snapshot, dataset } = now;
    if (!snapshot) return;
    const meta = newMeta({ type, props, sparse: true }, store.nextTxg(poolOf(to)));
    meta.head = snapshot.manifest;
    meta.referenced = snapshot.referenced;
    meta.origin = snapshot.guid;
    if (snapshot.volsize !== undefined) meta.volsize = snapshot.volsize;
    if (cipher !== undefined) {
      meta.cipher = cipher;
      // The key stays that of the origin, wherever the clone lies.
      if (dataset.meta.key) meta.key = { ...dataset.meta.key };
    }
    addClone(store, { dataset, snapshot }, meta.guid);
    store.add(to, meta);
  });
  mountIfWanted(store, to);
  return 0;
}

function promote(store: Store, args: readonly string[]): number {
  const { operands } = getopt(args, '');
  const [name, extra] = operands;
  if (name === undefined) throw new UsageError('missing clone filesystem argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const target = openDataset(store, name);
  const refuse = (text: string): never => store.context.fail(`cannot promote '${name}': ${text}`);
  if (target.meta.origin === undefined) refuse('not a cloned filesystem');
  store.lock(poolOf(name), () => {
    const now = openDataset(store, name);
    const origin = originOf(store, name, now.meta);
    if (!origin) return refuse('dataset does not exist');
    const parent = origin.dataset;
    const moving = parent.meta.snaps.filter((snapshot) => snapshot.txg <= origin.snapshot.txg);
    const conflict = moving.find((snapshot) => now.meta.snaps.some((own) => own.name === snapshot.name));
    if (conflict) {
      refuse(`conflicting snapshot '${conflict.name}' from parent '${parent.name}@${origin.snapshot.name}'`);
    }
    const shared = moving.find((snapshot) => snapshot.guid === origin.snapshot.guid);
    if (shared) shared.clones = [...(shared.clones ?? []).filter((guid) => guid !== now.meta.guid), parent.meta.guid];
    const before = parent.meta.origin;
    parent.meta.snaps = parent.meta.snaps.filter((snapshot) => !moving.includes(snapshot));
    parent.meta.origin = origin.snapshot.guid;
    now.meta.snaps = [...moving, ...now.meta.snaps];
    // Bookmarks of what moves go along.
    const isOlder = ({ txg }: { readonly txg: number }): boolean => txg <= origin.snapshot.txg;
    now.meta.marks = [...parent.meta.marks.filter(isOlder), ...now.meta.marks];
    parent.meta.marks = parent.meta.marks.filter((mark) => !isOlder(mark));
    if (before === undefined) delete now.meta.origin;
    else now.meta.origin = before;
    store.saveAll(poolOf(name), [now, parent]);
  });
  return 0;
}
