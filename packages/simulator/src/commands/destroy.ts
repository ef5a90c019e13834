import { rmSync } from 'node:fs';
import { forgetClone } from '../content/clones.ts';
import { manifestsOf, release, uniqueBytes } from '../content/space.ts';
import type { Options } from '../getopt.ts';
import { getopt, UsageError } from '../getopt.ts';
import { unmount } from '../mounts.ts';
import { poolOf } from '../names.ts';
import { niceBytes } from '../properties/format.ts';
import type { SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { discardPartial, isReceiving, readState } from '../stream/partial.ts';
import { openDataset } from '../target.ts';
import { isBusy, matchSnapshots } from './destroy-versions.ts';

/** `zfs destroy`. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'vpndfrR');
  const [name, extra] = options.operands;
  if (name === undefined) throw new UsageError('missing dataset argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  if (name.includes('@')) return destroySnapshots(store, name, options);
  if (name.includes('#')) return destroyBookmark(store, name);
  return destroyDataset(store, name, options);
}

interface Doomed {
  readonly dataset: Dataset;
  readonly snapshot: SnapshotMeta;
}

function destroySnapshots(store: Store, name: string, options: Options): number {
  const { context } = store;
  const at = name.indexOf('@');
  const base = openDataset(store, name.slice(0, at));
  const recursive = options.has('r') || options.has('R');
  const all = recursive ? store.descendants(base.name) : [base.name];
  const find = (): Doomed[] =>
    all.flatMap((each) => {
      const dataset = store.find(each);
      return dataset ? matchSnapshots(dataset, name.slice(at + 1)).map((snapshot) => ({ dataset, snapshot })) : [];
    });
  const doomed = find();
  for (const { dataset, snapshot } of doomed) {
    const full = `${dataset.name}@${snapshot.name}`;
    const clones = [...withSnapshots(store, clonesOf(store, dataset, snapshot)), ...hiddenClone(dataset, snapshot)];
    if (options.has('v') || options.has('p')) announceOne(store, full, options);
    if (clones.length > 0 && !options.has('R') && !options.has('d')) {
      context.err(`cannot destroy '${full}': snapshot has dependent clones\n`);
      context.fail(`use '-R' to destroy the following datasets:\n${clones.join('\n')}`);
    }
  }
  if (doomed.length === 0) context.fail('could not find any snapshots to destroy; check snapshot names.');
  if (options.has('v')) {
    const bytes = doomed.reduce((sum, { dataset, snapshot }) => sum + unique(store, dataset, snapshot), 0);
    if (options.has('p')) context.out(`reclaim\t${String(bytes)}\n`);
    else context.out(`${options.has('n') ? 'would' : 'will'} reclaim ${niceBytes(bytes)}\n`);
  }
  if (options.has('n')) return 0;
  if (options.has('R')) for (const each of doomed) destroyClones(store, each);
  return store.lock(poolOf(name), () => destroyAll(store, find(), options.has('d')));
}

/** All of them or none, as ZFS has it. */
function destroyAll(store: Store, doomed: readonly Doomed[], deferred: boolean): number {
  const { context } = store;
  let failed = false;
  for (const { dataset, snapshot } of doomed) {
    if (deferred || !isBusy(store, dataset, snapshot)) continue;
    context.err(`cannot destroy snapshot ${dataset.name}@${snapshot.name}: dataset is busy\n`);
    failed = true;
  }
  if (failed) return 1;
  const gone: Doomed[] = [];
  for (const each of doomed) {
    const { dataset, snapshot } = each;
    const kept = isBusy(store, dataset, snapshot) || (snapshot.clones?.length ?? 0) > 0;
    if (kept) snapshot.deferred = true;
    else {
      dataset.meta.snaps = dataset.meta.snaps.filter((candidate) => candidate !== snapshot);
      gone.push(each);
    }
  }
  const datasets = [...new Set(doomed.map(({ dataset }) => dataset))];
  store.saveAll(poolOf(datasets[0]?.name ?? ''), datasets);
  for (const { dataset, snapshot } of gone) release(store, dataset.name, dataset.meta, [snapshot.manifest]);
  return 0;
}

function unique(store: Store, dataset: Dataset, snapshot: SnapshotMeta): number {
  return uniqueBytes(store, dataset, dataset.meta.snaps.indexOf(snapshot));
}

function announceOne(store: Store, name: string, options: Options): void {
  if (options.has('p')) store.context.out(`destroy\t${name}\n`);
  else store.context.out(`${options.has('n') ? 'would' : 'will'} destroy ${name}\n`);
}

/** A partial incremental receive is a hidden clone of its source. */
function hiddenClone(dataset: Dataset, snapshot: SnapshotMeta): string[] {
  const state = readState(dataset);
  return state && !state.fresh && state.fromGuid === snapshot.guid ? [`${dataset.name}/%recv`] : [];
}

function clonesOf(store: Store, dataset: Dataset, snapshot: SnapshotMeta): string[] {
  if ((snapshot.clones?.length ?? 0) === 0) return [];
  const guids = new Set(snapshot.clones);
  return store.descendants(poolOf(dataset.name)).filter((name) => guids.has(store.read(name)?.meta.guid ?? ''));
}

/** As they are listed: the snapshots of each before it, newest first. */
function withSnapshots(store: Store, clones: readonly string[]): string[] {
  return clones.flatMap((clone) => [
    ...(store.find(clone)?.meta.snaps ?? []).map((snapshot) => `${clone}@${snapshot.name}`).reverse(),
    clone,
  ]);
}

function destroyClones(store: Store, { dataset, snapshot }: Doomed): void {
  for (const clone of clonesOf(store, dataset, snapshot)) destroyTree(store, clone, true);
}

function destroyBookmark(store: Store, name: string): number {
  const { context } = store;
  const at = name.indexOf('#');
  const mark = name.slice(at + 1);
  return store.lock(poolOf(name), () => {
    const dataset = store.find(name.slice(0, at));
    if (!dataset?.meta.marks.some((each) => each.name === mark)) {
      return context.fail(`bookmark '${name}' does not exist.`);
    }
    dataset.meta.marks = dataset.meta.marks.filter((each) => each.name !== mark);
    store.save(dataset);
    return 0;
  });
}

function destroyDataset(store: Store, name: string, options: Options): number {
  const { context } = store;
  const dataset = openDataset(store, name);
  const recursive = options.has('r') || options.has('R');
  if (!recursive && !name.includes('/')) {
    context.err(`cannot destroy '${name}': operation does not apply to pools\n`);
    context.err(`use 'zfs destroy -r ${name}' to destroy all datasets in the pool\n`);
    context.fail(`use 'zpool destroy ${name}' to destroy the pool itself`);
  }
  const word = 'filesystem';
  const below = dependents(store, dataset);
  if (!recursive && below.length > 0) {
    context.err(`cannot destroy '${name}': ${dataset.meta.type === 'volume' ? 'volume' : word} has children\n`);
    context.fail(`use '-r' to destroy the following datasets:\n${below.join('\n')}`);
  }
  const clones = outsideClones(store, dataset);
  if (clones.length > 0 && !options.has('R')) {
    context.err(`cannot destroy '${name}': ${dataset.meta.type === 'volume' ? 'volume' : word} has dependent clones\n`);
    context.fail(`use '-R' to destroy the following datasets:\n${clones.join('\n')}`);
  }
  if (options.has('v') || options.has('p')) {
    for (const each of [...clones, ...below, name]) announceOne(store, each, options);
  }
  if (options.has('n')) return 0;
  return destroyTree(store, name, options.has('R')) ? 0 : 1;
}

/** What goes with a dataset: children before parents, snapshots before their dataset. */
function dependents(store: Store, dataset: Dataset): string[] {
  const all: string[] = [];
  for (const each of store.descendants(dataset.name).reverse()) {
    const meta = store.find(each)?.meta;
    if (!meta) continue;
    for (const snapshot of meta.snaps) all.push(`${each}@${snapshot.name}`);
    if (each !== dataset.name) all.push(each);
  }
  return all;
}

function outsideClones(store: Store, dataset: Dataset): string[] {
  const inside = new Set(store.descendants(dataset.name));
  const clones: string[] = [];
  for (const each of inside) {
    const found = store.find(each);
    for (const snapshot of found?.meta.snaps ?? []) if (found) clones.push(...clonesOf(store, found, snapshot));
  }
  return clones.filter((clone) => !inside.has(clone));
}

/** @returns whether all of it is gone; why not has been said */
export function destroyTree(store: Store, name: string, withClones: boolean): boolean {
  const root = store.find(name);
  if (!root) return true;
  if (withClones) for (const clone of outsideClones(store, root)) destroyTree(store, clone, true);
  let gone = true;
  // As ZFS does it: what can go goes, deepest first, and what is left keeps its parents.
  for (const each of store.descendants(name).reverse()) {
    const used = isInUse(store, each);
    if (used) gone = false;
    if (used || store.children(each).length > 0) continue;
    unmountForGood(store, each);
    store.lock(poolOf(name), () => {
      if (isInUse(store, each)) gone = false;
      else removeDataset(store, each);
    });
  }
  return gone;
}

/** Whether it is; by what has been said. */
function isInUse(store: Store, name: string): boolean {
  const { context } = store;
  let used = false;
  const say = (text: string): void => {
    used = true;
    context.err(`cannot destroy ${text}\n`);
  };
  const dataset = store.find(name);
  const state = dataset && readState(dataset);
  if (!dataset) return false;
  const receiving = state !== undefined && isReceiving(state);
  if (receiving && !state.fresh) say(`'${name}/%recv': dataset is busy`);
  for (const snapshot of dataset.meta.snaps) {
    const cloned = receiving && !state.fresh && state.fromGuid === snapshot.guid;
    if (cloned) say(`snapshot ${name}@${snapshot.name}: snapshot is cloned`);
    else if (isBusy(store, dataset, snapshot)) say(`snapshot ${name}@${snapshot.name}: dataset is busy`);
  }
  if (receiving && state.fresh) say(`'${name}': dataset is busy`);
  return used;
}

function unmountForGood(store: Store, name: string): void {
  const place = store.find(name)?.meta.mounted;
  if (place !== undefined) unmount(store, name, false);
}

/** Only under the lock of the pool. A pool's own dataset stays, emptied. */
function removeDataset(store: Store, name: string): void {
  const dataset = store.find(name);
  if (!dataset) return;
  const { meta } = dataset;
  if (meta.origin !== undefined) forgetClone(store, name, meta);
  discardPartial(store, dataset);
  const manifests = manifestsOf(meta);
  if (name.includes('/')) {
    store.remove(name);
    release(store, name, undefined, manifests);
    return;
  }
  meta.snaps = [];
  meta.marks = [];
  store.save(dataset);
  release(store, name, meta, manifests);
  rmSync(`${dataset.directory}/recv`, { recursive: true, force: true });
}
