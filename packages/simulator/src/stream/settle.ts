/** The end of a replication stream. */
import { destroyTree } from '../commands/destroy.ts';
import { removeSnapshot } from '../commands/destroy-versions.ts';
import { parentOf, poolOf } from '../names.ts';
import type { Store } from '../store/store.ts';
import type { Session } from './checks.ts';
import type { PackageHeader } from './package.ts';

/**
 * After a replication stream: with `-F`, what the source no longer has goes; children that shared a key at the source
 * share it again.
 */
export function settlePackage(session: Session, header: PackageHeader, received: readonly string[]): void {
  const { store } = session;
  const [top] = received;
  if (top === undefined) return;
  store.forgetAll();
  const sent = Object.values(header.fss);
  const guids = new Map(sent.map((each) => [each.name, new Set(Object.values(each.snaps))]));
  if (session.force && header.fromsnap !== undefined) {
    for (const name of store.descendants(top).reverse()) prune(store, name, [...guids.values()]);
  }
  const [root] = sent;
  for (const each of sent) {
    if (each.is_encroot === true || each === root) continue;
    joinKey(store, top + each.name.slice(root?.name.length ?? 0));
  }
}

function prune(store: Store, name: string, sent: readonly ReadonlySet<string>[]): void {
  const dataset = store.find(name);
  if (!dataset) return;
  const match = sent.find((guids) => dataset.meta.snaps.some((snapshot) => guids.has(snapshot.guid)));
  if (!match) {
    destroyTree(store, name, false);
    return;
  }
  store.lock(poolOf(name), () => {
    const now = store.find(name);
    for (const snapshot of now?.meta.snaps ?? []) {
      if (now && !match.has(snapshot.guid)) removeSnapshot(store, now, snapshot);
    }
  });
}

/** A child without a key of its own at the source uses its parent's here too. */
function joinKey(store: Store, name: string): void {
  store.lock(poolOf(name), () => {
    const dataset = store.find(name);
    const above = store.find(parentOf(name) ?? '');
    if (!dataset?.meta.key || above?.meta.cipher === undefined) return;
    delete dataset.meta.key;
    store.save(dataset);
  });
}
