import { rmSync } from 'node:fs';
import { livePath } from '../content/live.ts';
import { release } from '../content/space.ts';
import { getopt, UsageError } from '../getopt.ts';
import { remounting } from '../mounts.ts';
import { nameProblem, poolOf, splitName } from '../names.ts';
import type { SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { open, SNAPSHOTS } from '../target.ts';
import { destroyTree } from './destroy.ts';
import { isBusy, removeSnapshot } from './destroy-versions.ts';

/** `zfs rollback`. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'rRf');
  const [name, extra] = options.operands;
  const { context } = store;
  if (name === undefined) throw new UsageError('missing dataset argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const problem = nameProblem(name, { snapshot: true, modifying: true });
  if (problem !== undefined) context.fail(`cannot open '${name}': ${problem}`);
  const target = open(store, name, SNAPSHOTS);
  const { dataset: base } = splitName(name);
  const recent = newer(target.dataset, target.snapshot);
  if (recent.names.length > 0 && !options.has('r') && !options.has('R')) {
    context.err(`cannot rollback to '${name}': more recent snapshots or bookmarks exist\n`);
    const list = recent.names.map((each) => base + each).join('\n');
    context.fail(`use '-r' to force deletion of the following snapshots and bookmarks:\n${list}`);
  }
  const clones = recent.snaps.flatMap((snapshot) => cloneNames(store, base, snapshot));
  if (clones.length > 0 && !options.has('R')) {
    context.err(`cannot rollback to '${name}': clones of previous snapshots exist\n`);
    context.fail(`use '-R' to force deletion of the following clones and dependents:\n${clones.join('\n')}`);
  }
  for (const clone of clones) destroyTree(store, clone, true);
  rollBack(store, base, target.snapshot?.guid ?? '', (text) => context.fail(text));
  return 0;
}

function newer(dataset: Dataset, snapshot: SnapshotMeta | undefined): { names: string[]; snaps: SnapshotMeta[] } {
  const txg = snapshot?.txg ?? 0;
  const snaps = dataset.meta.snaps.filter((each) => each.txg > txg);
  const marks = dataset.meta.marks.filter((each) => each.txg > txg);
  return { snaps, names: [...snaps.map((each) => `@${each.name}`), ...marks.map((each) => `#${each.name}`)] };
}

function cloneNames(store: Store, base: string, snapshot: SnapshotMeta): string[] {
  const guids = new Set(snapshot.clones ?? []);
  if (guids.size === 0) return [];
  return store.descendants(poolOf(base)).filter((name) => guids.has(store.read(name)?.meta.guid ?? ''));
}

/** The head becomes the snapshot again; what is newer is destroyed. */
export function rollBack(store: Store, name: string, guid: string, refuse: (text: string) => never): void {
  resetHead(store, name, () => {
    const dataset = store.find(name);
    const snapshot = dataset?.meta.snaps.find((each) => each.guid === guid);
    if (!dataset || !snapshot) return refuse(`cannot open '${name}': dataset does not exist`);
    for (const each of newer(dataset, snapshot).snaps) {
      if (isBusy(store, dataset, each)) refuse(`cannot destroy '${name}@${each.name}': dataset is busy`);
    }
    for (const each of newer(dataset, snapshot).snaps) removeSnapshot(store, dataset, each);
    const { meta } = dataset;
    meta.marks = meta.marks.filter((mark) => mark.txg <= snapshot.txg);
    const before = meta.head;
    meta.head = snapshot.manifest;
    meta.referenced = snapshot.referenced;
    if (snapshot.volsize !== undefined) meta.volsize = snapshot.volsize;
    meta.live = false;
    store.save(dataset);
    release(store, name, meta, [before]);
  });
}

/** Changes the content of a dataset under its mount: `change` runs under the lock of the pool. */
export function resetHead(store: Store, name: string, change: () => void): void {
  const place = store.find(name)?.meta.mounted;
  const locked = (): void => {
    store.lock(poolOf(name), () => {
      change();
      const dataset = store.find(name);
      if (dataset && !dataset.meta.live) rmSync(livePath(dataset), { recursive: true, force: true });
    });
  };
  if (place === undefined) locked();
  else remounting(store, name, (each) => each, true, locked);
}
