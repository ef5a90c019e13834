/** Making a pool: its directory appears as a whole. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { newMeta } from './commands/create.ts';
import type { DatasetMeta } from './store/meta.ts';
import type { PoolMeta, Store } from './store/store.ts';
import { newGuid } from './store/store.ts';

export interface NewPool {
  /** Bytes. */
  readonly size: number;
  readonly poolProps: Readonly<Record<string, string>>;
  /** Of its root dataset. */
  readonly props: Readonly<Record<string, string>>;
  /** Of its root dataset, when it is encrypted. */
  readonly key?: Pick<DatasetMeta, 'cipher' | 'key'>;
}

const COUNTERS = `${'1'.padStart(20, '0')}${'0'.padStart(20, '0')}`;

export function createPool(store: Store, name: string, pool: NewPool): void {
  const staging = `${store.context.root}/pools/.${name}.${String(process.pid)}`;
  rmSync(staging, { recursive: true, force: true });
  for (const directory of ['packs', 'manifests', 'active', 'root'])
    mkdirSync(`${staging}/${directory}`, { recursive: true });
  const created = Math.floor(Date.now() / 1000);
  const meta: PoolMeta = { guid: newGuid(), size: pool.size, created, props: { ...pool.poolProps } };
  const root = { ...newMeta({ type: 'filesystem', props: pool.props }, 1), ...pool.key };
  writeFileSync(`${staging}/txg`, COUNTERS);
  writeFileSync(`${staging}/root/meta.json`, JSON.stringify(root));
  writeFileSync(`${staging}/pool.json`, JSON.stringify(meta));
  renameSync(staging, store.poolDirectory(name));
  store.forgetAll();
}
