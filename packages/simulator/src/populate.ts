/** Many datasets at once, in this process. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { newMeta } from './commands/create.ts';
import { snapshotOf } from './commands/snapshot.ts';
import { Context } from './context.ts';
import { nameProblem, poolOf } from './names.ts';
import { createPool } from './pools.ts';
import { Store } from './store/store.ts';

export interface PopulateOptions {
  /** Names of filesystems, parents before children; a name without `/` is a pool. What is there already is kept. */
  readonly datasets: readonly string[];
  /** Names of the snapshots that each of them gets, oldest first. A name is one transaction group over all datasets. */
  readonly snapshots?: readonly string[];
  /** Local properties of every dataset. Nothing is mounted, whatever they say. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Bytes of a pool that is made. */
  readonly poolSize?: number;
}

const POOL_BYTES = 1024 ** 4;

/**
 * @param root what ZFSYNC_SIM_ROOT will be
 * @throws {Error} for a name that ZFS would refuse, or whose parent is not there
 */
export function populate(root: string, options: PopulateOptions): void {
  const { datasets, snapshots = [], properties = {} } = options;
  const store = new Store(new Context(root, { env: {} }));
  mkdirSync(`${root}/pools`, { recursive: true });
  for (const pool of new Set(datasets.map(poolOf))) {
    if (!store.hasPool(pool)) {
      const props = { canmount: 'noauto' };
      createPool(store, pool, { size: options.poolSize ?? POOL_BYTES, poolProps: {}, props });
    }
    const own = datasets.filter((name) => poolOf(name) === pool);
    store.lock(pool, () => {
      fill(store, pool, own, snapshots, properties);
    });
  }
}

function fill(
  store: Store,
  pool: string,
  datasets: readonly string[],
  snapshots: readonly string[],
  properties: Readonly<Record<string, string>>,
): void {
  const time = Math.floor(Date.now() / 1000);
  const created = store.nextTxg(pool);
  const txgs = snapshots.map(() => store.nextTxg(pool));
  for (const name of datasets) {
    const problem = nameProblem(name, { modifying: true });
    if (problem !== undefined) throw new Error(`cannot create '${name}': ${problem}`);
    const directory = store.directoryOf(name);
    const old = store.read(name);
    const meta = old?.meta ?? newMeta({ type: 'filesystem', props: { canmount: 'noauto', ...properties } }, created);
    for (const [i, snapshot] of snapshots.entries()) {
      meta.snaps.push(snapshotOf(meta, snapshot, { txg: txgs[i] ?? created, time }));
    }
    if (!old) {
      const parent = directory.slice(0, directory.lastIndexOf('/children/'));
      if (!existsSync(`${parent}/meta.json`)) throw new Error(`cannot create '${name}': parent does not exist`);
      mkdirSync(directory, { recursive: true });
    }
    writeFileSync(`${directory}/meta.json`, JSON.stringify(meta));
  }
}
