import { EMPTY_BYTES } from '../content/manifest.ts';
import { getopt, UsageError } from '../getopt.ts';
import { createKey } from '../keys.ts';
import { mountIfWanted } from '../mounts.ts';
import { isTooDeep, nameProblem, parentOf, poolOf } from '../names.ts';
import { parseSize } from '../properties/format.ts';
import { checkProperty } from '../properties/validate.ts';
import type { DatasetMeta } from '../store/meta.ts';
import type { Store } from '../store/store.ts';
import { newGuid } from '../store/store.ts';

const KEY_PROPERTIES = ['encryption', 'keyformat', 'keylocation', 'pbkdf2iters'];
const VOLUME_BLOCK_BYTES = 8192;

interface NewDataset {
  readonly type: 'filesystem' | 'volume';
  readonly props: Readonly<Record<string, string>>;
  readonly volsize?: number;
  readonly sparse?: boolean;
}

/** `zfs create`. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'b:o:puV:snPv');
  const { context } = store;
  const [name, extra] = options.operands;
  const given = parseAssignments(store, options.all('o'));
  if (name === undefined)
    throw new UsageError(options.has('V') ? 'missing volume argument' : 'missing filesystem argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const type = options.has('V') ? 'volume' : 'filesystem';
  let volsize: number | undefined;
  if (type === 'volume') {
    const text = options.last('V') ?? '';
    const bytes = parseSize(text);
    if (bytes === undefined) return context.fail(`bad volume size '${text}': bad numeric value '${text}'`, 2);
    volsize = Math.ceil(bytes / VOLUME_BLOCK_BYTES) * VOLUME_BLOCK_BYTES;
  }
  if (options.has('p')) {
    if (store.find(name)) return 0;
    createParents(store, name);
  }
  const props = checkAll(store, given, type, `cannot create '${name}'`);
  if (options.has('n')) return 0;
  create(store, name, { type, props, ...(volsize !== undefined && { volsize }), sparse: options.has('s') });
  if (!options.has('u') && !mountIfWanted(store, name)) {
    context.err('filesystem successfully created, but not mounted\n');
    return 1;
  }
  return 0;
}

/** `-o name=value`, each name once. */
export function parseAssignments(store: Store, texts: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (const text of texts) {
    const equals = text.indexOf('=');
    if (equals < 0) store.context.fail(`missing '=' for property=value argument`);
    const name = text.slice(0, equals);
    if (map.has(name)) store.context.fail(`property '${name}' specified multiple times`);
    map.set(name, text.slice(equals + 1));
  }
  return map;
}

export function checkAll(
  store: Store,
  given: ReadonlyMap<string, string>,
  type: 'filesystem' | 'volume',
  prefix: string,
): Record<string, string> {
  const props: Record<string, string> = {};
  for (const [name, value] of given) {
    const checked = checkProperty(name, value, type, true);
    if ('problem' in checked) return store.context.fail(`${prefix}: ${checked.problem}`);
    props[checked.name] = checked.value;
  }
  return props;
}

/** The parents that are missing, as `-p` makes them. */
export function createParents(store: Store, name: string): void {
  const missing: string[] = [];
  for (let at = parentOf(name); at !== undefined && at.includes('/') && !store.find(at); at = parentOf(at)) {
    missing.unshift(at);
  }
  if (isTooDeep(name)) store.context.fail(`cannot create '${name}': maximum name nesting depth exceeded`);
  for (const parent of missing) {
    create(store, parent, { type: 'filesystem', props: {} });
    mountIfWanted(store, parent);
  }
}

/** Why a dataset of this name cannot be made; undefined when it can. */
export function creationProblem(store: Store, name: string): string | undefined {
  const problem = nameProblem(name, { modifying: true });
  if (problem !== undefined) return problem;
  if (isTooDeep(name)) return 'maximum name nesting depth exceeded';
  const parent = parentOf(name);
  if (parent === undefined) return 'missing dataset name';
  if (!store.hasPool(poolOf(name))) return `no such pool '${poolOf(name)}'`;
  if (store.find(name)) return 'dataset already exists';
  const above = store.find(parent);
  if (!above) return 'parent does not exist';
  if (above.meta.type !== 'filesystem') return 'parent is not a filesystem';
  return undefined;
}

function create(store: Store, name: string, wanted: NewDataset): void {
  const { context } = store;
  const refuse = (problem: string): never => context.fail(`cannot create '${name}': ${problem}`);
  const problem = creationProblem(store, name);
  if (problem !== undefined) refuse(problem);
  if (wanted.type === 'volume' && wanted.volsize === 0) refuse('volume size cannot be zero');
  const key = createKey(store, parentOf(name) ?? '', wanted.props, refuse);
  const pool = poolOf(name);
  store.lock(pool, () => {
    const late = creationProblem(store, name);
    if (late !== undefined) refuse(late);
    if (wanted.volsize !== undefined && wanted.sparse !== true) {
      const { size } = store.poolMeta(pool);
      if (volumeReservation(wanted.volsize) > size - store.allocated(pool)) refuse('out of space');
    }
    const txg = store.nextTxg(pool);
    store.add(name, { ...newMeta(wanted, txg), ...key });
  });
}

/** `zvol_volsize_to_reservation` for blocks of 8 KiB: with what its metadata may take. */
export function volumeReservation(volsize: number): number {
  const perLevel = 1024;
  let blocks = Math.ceil(volsize / VOLUME_BLOCK_BYTES);
  let indirect = 7;
  while (blocks > 1) {
    blocks = Math.floor((blocks + perLevel - 1) / perLevel);
    indirect += blocks;
  }
  return volsize + indirect * 2 * 131_072;
}

export function newMeta(wanted: NewDataset, txg: number): DatasetMeta {
  const props: Record<string, string> = {};
  for (const [name, value] of Object.entries(wanted.props)) {
    if (!KEY_PROPERTIES.includes(name) && name !== 'volsize' && name !== 'volblocksize') props[name] = value;
  }
  const volume = wanted.type === 'volume';
  if (volume && wanted.sparse !== true && wanted.volsize !== undefined && props['refreservation'] === undefined) {
    props['refreservation'] = String(volumeReservation(wanted.volsize));
  }
  return {
    type: wanted.type,
    guid: newGuid(),
    txg,
    time: Math.floor(Date.now() / 1000),
    objset: txg + 50,
    props,
    snaps: [],
    marks: [],
    head: null,
    referenced: EMPTY_BYTES[wanted.type],
    live: false,
    ...(volume && { volsize: wanted.volsize ?? 0, volblocksize: VOLUME_BLOCK_BYTES }),
  };
}
