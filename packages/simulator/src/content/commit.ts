/** Puts what has changed in a live directory into packs and a manifest. */
import { poolOf } from '../names.ts';
import { settingOf } from '../properties/lookup.ts';
import type { Dataset, Store } from '../store/store.ts';
import { currentState, readDirty } from './live.ts';
import { EMPTY_BYTES, sizeOf, writeManifest } from './manifest.ts';
import { PackWriter } from './pack.ts';
import { release } from './space.ts';

/**
 * Brings the head manifest of a dataset up to date with its live directory. Reading the files happens outside the lock
 * unless the caller holds it.
 *
 * @returns the dataset as it is now; undefined when it has gone
 */
export function commitLive(store: Store, name: string): Dataset | undefined {
  const dataset = store.find(name);
  if (!dataset?.meta.live) return dataset;
  const state = currentState(store, dataset);
  if (!state.changed) return dataset;
  const pack = new PackWriter(store, name);
  const entries = readDirty(dataset, state.entries, pack, Number(settingOf(store, dataset, 'recordsize')));
  pack.close();
  const manifest = writeManifest(store, name, entries);
  return store.lock(poolOf(name), () => {
    const now = store.find(name);
    if (!now) return undefined;
    if (pack.bytes > 0) store.allocate(poolOf(name), pack.bytes);
    const before = now.meta.head;
    now.meta.head = manifest;
    now.meta.referenced = EMPTY_BYTES[now.meta.type] + sizeOf(entries);
    store.save(now);
    release(store, name, now.meta, [before]);
    return now;
  });
}
