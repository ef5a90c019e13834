/**
 * Which of the keys can have their turn if each comes after those that it waits for: all but those that wait for each
 * other, and for such.
 *
 * @param befores of each key what it waits for; what is no key itself is waited for by nobody
 */
export function inOrder<K>(befores: ReadonlyMap<K, readonly K[]>): ReadonlySet<K> {
  const waiting = new Map<K, number>();
  const waiters = new Map<K, K[]>();
  for (const [key, all] of befores) {
    const known = all.filter((before) => befores.has(before));
    waiting.set(key, known.length);
    for (const before of known) {
      const list = waiters.get(before);
      if (list === undefined) waiters.set(before, [key]);
      else list.push(key);
    }
  }
  const free = [...befores.keys()].filter((key) => waiting.get(key) === 0);
  // It grows while it is gone through.
  for (const key of free) {
    for (const waiter of waiters.get(key) ?? []) {
      const left = (waiting.get(waiter) ?? 1) - 1;
      waiting.set(waiter, left);
      if (left === 0) free.push(waiter);
    }
  }
  return new Set(free);
}
