/**
 * Which datasets a running `send` or `receive` uses, so that they are not destroyed under it: one file per process,
 * which counts only while the process lives.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { poolOf } from './names.ts';
import { isAlive, ownIdentity } from './store/lock.ts';
import type { Store } from './store/store.ts';
import { names } from './store/store.ts';

function directory(store: Store, pool: string): string {
  return `${store.poolDirectory(pool)}/active`;
}

/** Says that this process uses the objects with these guids; returns how to say that it no longer does. */
export function announce(store: Store, dataset: string, guids: readonly string[]): () => void {
  const place = directory(store, poolOf(dataset));
  mkdirSync(place, { recursive: true });
  const file = `${place}/${String(process.pid)}-${String(Math.floor(Math.random() * 1e9))}`;
  writeFileSync(file, `${ownIdentity()}\n${guids.join('\n')}\n`);
  return () => {
    rmSync(file, { force: true });
  };
}

/** The guids in use in a pool. */
export function guidsInUse(store: Store, pool: string): ReadonlySet<string> {
  const place = directory(store, pool);
  const used = new Set<string>();
  for (const name of names(place)) {
    const [owner = '', ...guids] = readUse(`${place}/${name}`);
    if (isAlive(owner)) for (const guid of guids) used.add(guid);
    else rmSync(`${place}/${name}`, { force: true });
  }
  return used;
}

function readUse(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').split('\n');
  } catch {
    // It ended in between.
    return [];
  }
}
