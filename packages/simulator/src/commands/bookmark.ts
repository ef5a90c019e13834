import { getopt, UsageError } from '../getopt.ts';
import { nameProblem, poolOf, splitName } from '../names.ts';
import type { Store } from '../store/store.ts';

/** `zfs bookmark`. */
export function run(store: Store, args: readonly string[]): number {
  const { operands } = getopt(args, '');
  const [from, to, extra] = operands;
  if (from === undefined) throw new UsageError('missing source argument');
  if (to === undefined) throw new UsageError('missing bookmark argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const base = splitName(from.startsWith('@') || from.startsWith('#') ? splitName(to).dataset + from : from);
  const target = splitName(to.startsWith('#') ? base.dataset + to : to);
  const { context } = store;
  if (base.delimiter === '') {
    throw new UsageError(`invalid source name '${from}': must contain a '@' or '#'`);
  }
  if (target.delimiter !== '#') {
    throw new UsageError(`invalid bookmark name '${to}': must contain a '#'`);
  }
  const full = `${target.dataset}#${target.version}`;
  const refuse = (problem: string): never => context.fail(`cannot create bookmark '${full}': ${problem}`);
  const problem = nameProblem(full, { bookmark: true, modifying: true });
  if (problem !== undefined) refuse(problem);
  store.lock(poolOf(target.dataset), () => {
    const dataset = store.find(target.dataset);
    const origin = store.find(base.dataset);
    const versions = base.delimiter === '@' ? origin?.meta.snaps : origin?.meta.marks;
    const source = versions?.find((each) => each.name === base.version);
    if (!source) throw new UsageError(`cannot open '${from}': dataset does not exist`);
    if (!dataset) return refuse('dataset does not exist');
    if (base.dataset !== target.dataset) refuse("source is not an ancestor of the new bookmark's dataset");
    const { meta } = dataset;
    if (meta.marks.some((mark) => mark.name === target.version)) refuse('bookmark exists');
    const { guid, txg, time, referenced, ivset, manifest = null } = source;
    meta.marks.push({
      name: target.version,
      guid,
      txg,
      time,
      referenced,
      manifest,
      ...(ivset !== undefined && { ivset }),
    });
    store.save(dataset);
  });
  return 0;
}
