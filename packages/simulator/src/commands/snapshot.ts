import { commitLive } from '../content/commit.ts';
import { getopt, UsageError } from '../getopt.ts';
import { nameProblem, poolOf, splitName } from '../names.ts';
import { checkProperty } from '../properties/validate.ts';
import type { DatasetMeta, SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { newGuid } from '../store/store.ts';
import { parseAssignments } from './create.ts';

const NAME_BYTES_MAX = 255;

/** `zfs snapshot`: all of them or none, in one transaction group. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'ro:');
  const given = parseAssignments(store, options.all('o'));
  if (options.operands.length === 0) throw new UsageError('missing snapshot argument');
  const names: string[] = [];
  for (const operand of options.operands) {
    const { dataset, delimiter } = splitName(operand);
    if (delimiter === '') throw new UsageError('');
    const found = store.find(dataset);
    if (!found || nameProblem(dataset, {}) !== undefined) {
      const problem = nameProblem(dataset, {}) ?? 'dataset does not exist';
      throw new UsageError(`cannot open '${dataset}': ${problem}`);
    }
    names.push(...withDescendants(store, operand, options.has('r')));
  }
  const props = checkSnapshotProps(store, given);
  takeSnapshots(store, [...new Set(names)], props);
  return 0;
}

function withDescendants(store: Store, operand: string, recursive: boolean): string[] {
  if (!recursive) return [operand];
  const at = operand.indexOf('@');
  const suffix = operand.slice(at);
  const below = store.descendants(operand.slice(0, at));
  return below.filter((name) => store.read(name)?.meta.inconsistent !== true).map((name) => name + suffix);
}

function checkSnapshotProps(store: Store, given: ReadonlyMap<string, string>): Record<string, string> {
  const props: Record<string, string> = {};
  for (const [name, value] of given) {
    const checked = checkProperty(name, value, 'snapshot', true);
    if ('problem' in checked) return store.context.fail(`cannot create snapshots : ${checked.problem}`);
    props[checked.name] = checked.value;
  }
  return props;
}

function takeSnapshots(store: Store, names: readonly string[], props: Record<string, string>): void {
  const { context } = store;
  const refuse = (text: string): never => context.fail(names.length > 1 ? `${text}\nno snapshots were created` : text);
  for (const name of names) {
    const problem = nameProblem(name, { snapshot: true, modifying: true });
    if (problem !== undefined) refuse(`cannot create snapshot '${name}': ${problem}`);
    if (Buffer.byteLength(name) > NAME_BYTES_MAX) refuse(`cannot create snapshot '${name}': name is too long`);
  }
  const datasets = names.map((name) => splitName(name).dataset);
  if (new Set(datasets).size !== datasets.length) {
    refuse('cannot create snapshots : multiple snapshots of same fs not allowed');
  }
  for (const dataset of datasets) commitLive(store, dataset);
  const [pool = ''] = datasets.map(poolOf);
  store.lock(pool, () => {
    const found = names.map((name) => {
      const { dataset, version } = splitName(name);
      const at = store.find(dataset);
      if (!at || at.meta.inconsistent === true) {
        return refuse(`cannot create snapshot '${name}': ${at ? 'dataset is busy' : 'dataset does not exist'}`);
      }
      if (at.meta.snaps.some((snapshot) => snapshot.name === version)) {
        refuse(`cannot create snapshot '${name}': dataset already exists`);
      }
      return { at, version };
    });
    const txg = store.nextTxg(pool);
    const time = Math.floor(Date.now() / 1000);
    const changed = found.map(({ at, version }) => withSnapshot(store, at, version, { txg, time, props }));
    store.saveAll(pool, changed);
  });
}

export interface SnapshotFacts {
  readonly txg: number;
  readonly time: number;
  readonly guid?: string;
  readonly ivset?: string;
  readonly props?: Record<string, string>;
  readonly received?: Record<string, string>;
}

/** With a snapshot of the head as it is, to be saved by the caller; only under the lock of the pool. */
export function withSnapshot(store: Store, dataset: Dataset, name: string, facts: SnapshotFacts): Dataset {
  const now = commitLive(store, dataset.name) ?? dataset;
  now.meta.snaps.push(snapshotOf(now.meta, name, facts));
  return now;
}

export function snapshotOf(meta: DatasetMeta, name: string, facts: SnapshotFacts): SnapshotMeta {
  const { props, received } = facts;
  return {
    name,
    guid: facts.guid ?? newGuid(),
    txg: facts.txg,
    time: facts.time,
    objset: facts.txg + 50,
    manifest: meta.head,
    referenced: meta.referenced,
    ...(meta.volsize !== undefined && { volsize: meta.volsize }),
    ...(meta.cipher !== undefined && { ivset: facts.ivset ?? newGuid() }),
    ...(props && Object.keys(props).length > 0 && { props }),
    ...(received && Object.keys(received).length > 0 && { received }),
  };
}
