import { getopt, UsageError } from '../getopt.ts';
import { poolOf, splitName } from '../names.ts';
import { niceDate } from '../properties/format.ts';
import type { SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { findTarget, WITH_SNAPSHOTS } from '../target.ts';
import { removeSnapshot } from './destroy-versions.ts';

/** `zfs hold`, `zfs release` and `zfs holds`. */
export function run(store: Store, args: readonly string[], verb: string): number {
  if (verb === 'holds') return holds(store, args);
  const options = getopt(args, 'rt');
  const [tag, ...snapshots] = options.operands;
  if (tag === undefined || snapshots.length === 0) throw new UsageError('');
  let failed = false;
  for (const name of snapshots) {
    if (!change(store, verb === 'hold', tag, name, options.has('r'))) failed = true;
  }
  return failed ? 1 : 0;
}

function change(store: Store, hold: boolean, tag: string, name: string, recursive: boolean): boolean {
  const { dataset: base, delimiter, version } = splitName(name);
  const words = hold ? 'hold snapshot' : 'release hold from snapshot';
  const refuse = (problem: string): false => {
    store.context.err(`cannot ${words} '${name}': ${problem}\n`);
    return false;
  };
  if (delimiter !== '@') {
    store.context.err(`'${name}' is not a snapshot\n`);
    return false;
  }
  if (hold && tag.startsWith('.')) {
    store.context.err("tag may not start with '.'\n");
    return false;
  }
  if (!store.find(base)) {
    store.context.err(`cannot open '${base}': dataset does not exist\n`);
    return false;
  }
  return store.lock(poolOf(base), () => {
    const found: [Dataset, SnapshotMeta][] = [];
    for (const each of recursive ? store.descendants(base) : [base]) {
      const dataset = store.find(each);
      const snapshot = dataset?.meta.snaps.find((candidate) => candidate.name === version);
      if (dataset && snapshot) found.push([dataset, snapshot]);
    }
    if (found.length === 0) return refuse('dataset does not exist');
    const having = found.filter(([, snapshot]) => snapshot.holds?.some(([each]) => each === tag) === true);
    if (hold && having.length > 0) return refuse('tag already exists on this dataset');
    if (!hold && having.length === 0) return refuse('no such tag on this dataset');
    const chosen = hold ? found : having;
    for (const [, snapshot] of chosen) {
      if (hold) snapshot.holds = [...(snapshot.holds ?? []), [tag, Math.floor(Date.now() / 1000)]];
      else releaseHold(snapshot, tag);
    }
    const datasets = chosen.map(([dataset]) => dataset);
    store.saveAll(poolOf(base), datasets);
    for (const [dataset, snapshot] of chosen) {
      // The last hold takes a snapshot with it that `destroy -d` was asked for.
      if (snapshot.deferred === true && snapshot.holds === undefined) removeSnapshot(store, dataset, snapshot);
    }
    return true;
  });
}

function releaseHold(snapshot: SnapshotMeta, tag: string): void {
  const left = (snapshot.holds ?? []).filter(([each]) => each !== tag);
  if (left.length > 0) snapshot.holds = left;
  else delete snapshot.holds;
}

function holds(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'rH');
  const { context } = store;
  if (options.operands.length === 0) throw new UsageError('');
  const rows: string[][] = [];
  let failed = false;
  for (const name of options.operands) {
    const { dataset: base, delimiter, version } = splitName(name);
    if (delimiter !== '@') {
      context.err(`'${name}' is not a snapshot\n`);
      return 1;
    }
    const found = findTarget(store, options.has('r') ? base : name, WITH_SNAPSHOTS);
    if (typeof found === 'string') {
      context.err(`cannot open '${name}': ${found}\n`);
      failed = true;
      continue;
    }
    for (const each of options.has('r') ? store.descendants(base) : [base]) {
      const snapshot = store.find(each)?.meta.snaps.find((candidate) => candidate.name === version);
      for (const [tag, time] of snapshot?.holds ?? []) rows.push([`${each}@${version}`, tag, niceDate(time, '0')]);
    }
  }
  if (options.has('H')) {
    for (const row of rows) context.out(`${row.join('\t')}\n`);
    return failed ? 1 : 0;
  }
  const width = (i: number, least: number): number => Math.max(least, ...rows.map((row) => row[i]?.length ?? 0));
  const [name, tag] = [width(0, 'NAME'.length), width(1, 'TAG'.length)];
  for (const row of [['NAME', 'TAG', 'TIMESTAMP'], ...rows]) {
    context.out(`${(row[0] ?? '').padEnd(name)}  ${(row[1] ?? '').padEnd(tag)}  ${row[2] ?? ''}\n`);
  }
  if (failed) context.err('no datasets available\n');
  return failed ? 1 : 0;
}
