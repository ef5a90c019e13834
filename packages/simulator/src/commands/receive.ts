import { isatty } from 'node:tty';
import { forgetClone } from '../content/clones.ts';
import type { Options } from '../getopt.ts';
import { getopt, UsageError } from '../getopt.ts';
import { mountReceived } from '../mounts.ts';
import { poolOf } from '../names.ts';
import { findProperty, isUserProperty } from '../properties/table.ts';
import type { Store } from '../store/store.ts';
import type { Session } from '../stream/checks.ts';
import { discardPartial, isReceiving, readState } from '../stream/partial.ts';
import { receiveAll } from '../stream/unpack.ts';
import { DATASETS, EVERYTHING, findTarget } from '../target.ts';

const KEY_PARAMETERS = ['encryption', 'keyformat', 'keylocation', 'pbkdf2iters'];

/** `zfs receive`. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'o:x:dehMnuvFsA');
  const { context } = store;
  const [name, extra] = options.operands;
  const { set, exclude } = overrides(options);
  const origin = set.get('origin');
  set.delete('origin');
  if (options.has('d') && options.has('e')) {
    throw new UsageError('invalid option combination: -d and -e are mutually exclusive');
  }
  if (name === undefined) throw new UsageError('missing snapshot argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  if (options.has('A')) return abort(store, name, options);
  if (isatty(context.stdin)) {
    context.fail('Error: Backup stream can not be read from a terminal.\nYou must redirect standard input.');
  }
  for (const property of [...set.keys(), ...exclude]) checkReceivable(store, property);
  if (origin !== undefined && typeof findTarget(store, origin, EVERYTHING) === 'string') {
    context.fail(`cannot receive: specified origin fs (${origin}) does not exist`);
  }
  const session: Session = {
    store,
    target: name,
    dropPool: options.has('d'),
    tailOnly: options.has('e'),
    verbose: options.has('v'),
    dryRun: options.has('n'),
    force: options.has('F'),
    resumable: options.has('s'),
    set,
    exclude,
    ...(origin !== undefined && { origin }),
  };
  const { created, failed } = receiveAll(session);
  let mounted = true;
  if (!options.has('u')) for (const each of created) mounted = mountReceived(store, each) && mounted;
  return failed || !mounted ? 1 : 0;
}

function overrides(options: Options): { set: Map<string, string>; exclude: string[] } {
  const set = new Map<string, string>();
  const exclude: string[] = [];
  for (const text of options.all('o')) {
    const equals = text.indexOf('=');
    if (equals < 0) throw new UsageError(`missing '=' for property=value argument`);
    const name = text.slice(0, equals);
    if (set.has(name)) throw new UsageError(`property '${name}' specified multiple times`);
    set.set(name, text.slice(equals + 1));
  }
  for (const name of options.all('x')) {
    if (set.has(name) || exclude.includes(name)) throw new UsageError(`property '${name}' specified multiple times`);
    exclude.push(name);
  }
  return { set, exclude };
}

function checkReceivable(store: Store, name: string): void {
  if (KEY_PARAMETERS.includes(name)) return;
  const property = findProperty(name);
  const good = property
    ? property.group !== 'readonly' && property.group !== 'once' && name !== 'volsize' && name !== 'version'
    : isUserProperty(name);
  if (!good) store.context.fail(`cannot receive: invalid property '${name}'`);
}

/** `-A`. */
function abort(store: Store, name: string, options: Options): number {
  const others = [...options.values.keys()].filter((letter) => letter !== 'A' && letter !== 'v');
  if (others.length > 0) throw new UsageError('invalid option');
  const target = findTarget(store, name, DATASETS);
  if (typeof target === 'string') throw new UsageError(`cannot open '${name}': ${target}`);
  const { context } = store;
  return store.lock(poolOf(name), () => {
    const dataset = store.find(name);
    const state = dataset && readState(dataset);
    if (!dataset || !state || (state.fresh && !state.resumable)) {
      return context.fail(`'${name}' does not have any resumable receive state to abort`);
    }
    if (isReceiving(state)) {
      return context.fail(`cannot destroy '${name}${state.fresh ? '' : '/%recv'}': dataset is busy`);
    }
    if (state.fresh && store.children(name).length > 0) {
      return context.fail(`cannot destroy '${name}': dataset already exists`);
    }
    discardPartial(store, dataset);
    if (!state.fresh) return 0;
    forgetClone(store, name, dataset.meta);
    store.remove(name);
    return 0;
  });
}
