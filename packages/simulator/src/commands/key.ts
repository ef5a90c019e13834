import { getopt, UsageError } from '../getopt.ts';
import { newKey, readKey } from '../keys.ts';
import { parentOf, poolOf } from '../names.ts';
import { encryptionRootOf } from '../properties/lookup.ts';
import type { KeyMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { DATASETS, findTarget } from '../target.ts';
import { parseAssignments } from './create.ts';

const EXIT_FAILURE = 255;
const CHANGEABLE = ['keyformat', 'keylocation', 'pbkdf2iters'];

/** `zfs load-key`, `unload-key` and `change-key`. */
export function run(store: Store, args: readonly string[], verb: string): number {
  if (verb === 'change-key') return change(store, args);
  const load = verb === 'load-key';
  const options = getopt(args, load ? 'anrL:' : 'ar');
  const [name, extra] = options.operands;
  if (name === undefined && !options.has('a')) throw new UsageError('Missing dataset argument or -a option');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const several = options.has('a') || options.has('r');
  if (!several && name !== undefined) {
    const target = findTarget(store, name, DATASETS);
    if (typeof target === 'string') return store.context.fail(`cannot open '${name}': ${target}`);
    const code = load ? loadOne(store, name, options.last('L'), options.has('n')) : unloadOne(store, name);
    if (code === 0 && options.has('n')) store.context.out('1 / 1 key(s) successfully verified\n');
    return code;
  }
  return many(store, load, name, options.last('L'), options.has('n'));
}

function many(
  store: Store,
  load: boolean,
  name: string | undefined,
  location: string | undefined,
  dry: boolean,
): number {
  const starts = name === undefined ? store.pools() : [name];
  const roots = starts
    .flatMap((start) => store.descendants(start))
    .filter((each) => {
      const key = store.find(each)?.meta.key;
      return key !== undefined && (dry || key.loaded !== load);
    });
  let done = 0;
  for (const root of roots) {
    if ((load ? loadOne(store, root, location, dry) : unloadOne(store, root)) === 0) done += 1;
  }
  if (roots.length > 0) {
    const word = load ? (dry ? 'verified' : 'loaded') : 'unloaded';
    store.context.out(`${String(done)} / ${String(roots.length)} key(s) successfully ${word}\n`);
  }
  return done === roots.length ? 0 : 1;
}

function say(store: Store, what: string, problem: string): number {
  store.context.err(`Key ${what} error: ${problem}\n`);
  return EXIT_FAILURE;
}

/** The dataset if it is the root of an encryption, else the words for why its key cannot be touched. */
function rootOrProblem(store: Store, name: string, word: string): Dataset | string {
  const dataset = store.find(name);
  if (dataset?.meta.cipher === undefined) return `'${name}' is not encrypted.`;
  const root = encryptionRootOf(store, dataset)?.dataset;
  if (root && root.name !== name) return `Keys must be ${word} for encryption root of '${name}' (${root.name}).`;
  return dataset;
}

function loadOne(store: Store, name: string, location: string | undefined, dry: boolean): number {
  const root = rootOrProblem(store, name, 'loaded');
  if (typeof root === 'string') return say(store, 'load', root);
  const { key } = root.meta;
  if (!key) return say(store, 'load', `Failed to get encryption root for '${name}'.`);
  if (key.loaded && !dry) return say(store, 'load', `Key already loaded for '${name}'.`);
  const refuse = (problem: string): never => store.context.fail(`Key load error: ${problem}`, EXIT_FAILURE);
  const check = readKey(store, location ?? key.location, key.format, refuse);
  if (check !== key.check) return say(store, 'load', `Incorrect key provided for '${name}'.`);
  if (!dry) setLoaded(store, name, true);
  return 0;
}

function unloadOne(store: Store, name: string): number {
  const root = rootOrProblem(store, name, 'unloaded');
  if (typeof root === 'string') return say(store, 'unload', root);
  if (root.meta.key?.loaded !== true) return say(store, 'unload', `Key already unloaded for '${name}'.`);
  const users = store.descendants(name).filter((each) => {
    const dataset = store.find(each);
    return dataset?.meta.mounted !== undefined && encryptionRootOf(store, dataset)?.dataset.name === name;
  });
  if (users.length > 0) return say(store, 'unload', `'${name}' is busy.`);
  setLoaded(store, name, false);
  return 0;
}

function setLoaded(store: Store, name: string, loaded: boolean): void {
  store.lock(poolOf(name), () => {
    const dataset = store.find(name);
    if (!dataset?.meta.key) return;
    dataset.meta.key.loaded = loaded;
    store.save(dataset);
  });
}

function change(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'ilo:');
  const [name, extra] = options.operands;
  const given = parseAssignments(store, options.all('o'));
  if (name === undefined) throw new UsageError('Missing dataset argument');
  if (extra !== undefined) throw new UsageError('Too many arguments');
  const target = findTarget(store, name, DATASETS);
  if (typeof target === 'string') return store.context.fail(`cannot open '${name}': ${target}`);
  const bad = [...given.keys()].find((key) => !CHANGEABLE.includes(key));
  if (bad !== undefined) {
    return say(store, 'change', 'Only keyformat, keylocation and pbkdf2iters may be set with this command.');
  }
  const root = encryptionRootOf(store, target.dataset);
  if (!root) return say(store, 'change', 'Dataset not encrypted.');
  if (options.has('l') && !root.key.loaded) {
    const code = loadOne(store, root.dataset.name, undefined, false);
    if (code !== 0) return code;
  }
  if (options.has('i')) return inheritKey(store, name);
  return newWrapping(store, name, given);
}

function inheritKey(store: Store, name: string): number {
  const dataset = store.find(name);
  const parent = parentOf(name);
  if (!dataset?.meta.key) return say(store, 'change', 'Key inheritting can only be performed on encryption roots.');
  if (parent === undefined) return say(store, 'change', 'Root dataset cannot inherit key.');
  const above = store.find(parent);
  const root = above && encryptionRootOf(store, above);
  if (!root) return say(store, 'change', 'Parent must be encrypted.');
  if (!dataset.meta.key.loaded) return say(store, 'change', 'Key must be loaded.');
  if (!root.key.loaded) return say(store, 'change', 'Parent key must be loaded.');
  store.lock(poolOf(name), () => {
    const now = store.find(name);
    if (!now) return;
    delete now.meta.key;
    store.save(now);
  });
  return 0;
}

function newWrapping(store: Store, name: string, given: ReadonlyMap<string, string>): number {
  const dataset = store.find(name);
  const root = dataset && encryptionRootOf(store, dataset);
  if (!root?.key.loaded) return say(store, 'change', 'Key must be loaded.');
  const own: KeyMeta | undefined = dataset?.meta.key;
  const format = given.get('keyformat') ?? own?.format;
  if (format === undefined) return say(store, 'change', 'Keyformat required for new encryption root.');
  const location = given.get('keylocation') ?? own?.location ?? 'prompt';
  const refuse = (problem: string): never => store.context.fail(`Key change error: ${problem}`, EXIT_FAILURE);
  const check = readKey(store, location, format, refuse);
  store.lock(poolOf(name), () => {
    const now = store.find(name);
    if (!now) return;
    // The master key stays: only what wraps it is new.
    now.meta.key = { ...newKey(format, location, check, given.get('pbkdf2iters')), id: root.key.id };
    store.save(now);
  });
  return 0;
}
