import { getopt, UsageError } from '../getopt.ts';
import type { Store } from '../store/store.ts';
import { openDataset } from '../target.ts';

/** `zfs allow <dataset>`: nothing was delegated. The simulator has one user, who may do everything, so none may get more. */
export function run(store: Store, args: readonly string[]): number {
  const { operands } = getopt(args, 'ldugecs');
  const [name, ...more] = operands;
  if (name === undefined) throw new UsageError('missing');
  if (more.length > 0) store.context.fail('the simulator has no users: nothing can be delegated');
  openDataset(store, name);
  return 0;
}
