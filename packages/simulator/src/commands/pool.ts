import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { getopt, UsageError } from '../getopt.ts';
import { createKey } from '../keys.ts';
import { mountedBelow, mountIfWanted, unmount } from '../mounts.ts';
import { poolNameProblem } from '../names.ts';
import { createPool } from '../pools.ts';
import { parseSize } from '../properties/format.ts';
import type { Store } from '../store/store.ts';
import { writeAtomic } from '../store/store.ts';
import { checkAll, parseAssignments } from './create.ts';

const SIZE_DEFAULT = 1024 ** 4;
/** What a pool has of a file of 1 GiB. */
const USABLE_SHARE = 960 / 1024;

/** `zpool create`, `destroy`, `export`, `import` and `set`. */
export function run(store: Store, args: readonly string[], verb: string): number {
  switch (verb) {
    case 'create':
      return create(store, args);
    case 'import':
      return importPool(store, args);
    case 'set':
      return set(store, args);
    default:
      return takeAway(store, args, verb === 'destroy');
  }
}

function create(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'fndO:o:m:R:t:');
  const { context } = store;
  const [name, ...vdevs] = options.operands;
  if (name === undefined) throw new UsageError('missing pool name argument');
  if (vdevs.length === 0) throw new UsageError('missing vdev specification');
  const problem = poolNameProblem(name);
  if (problem !== undefined) {
    const hint = name.includes('/') ? "\nuse 'zfs create' to create a dataset" : '';
    context.fail(`cannot create '${name}': ${problem}${hint}`);
  }
  if (store.hasPool(name)) context.fail(`cannot create '${name}': pool already exists`);
  const poolProps = parseAssignments(store, options.all('o'));
  const given = parseAssignments(store, options.all('O'));
  const mountpoint = options.last('m');
  if (mountpoint !== undefined) given.set('mountpoint', mountpoint);
  const props = checkAll(store, given, 'filesystem', `cannot create '${name}'`);
  const size = poolSize(store, poolProps.get('size'), vdevs);
  if (options.has('n')) return 0;
  poolProps.delete('size');
  const refuse = (reason: string): never => context.fail(`cannot create '${name}': ${reason}`);
  const key = createKey(store, '', props, refuse);
  createPool(store, name, { size, poolProps: Object.fromEntries(poolProps), props, key });
  return mountIfWanted(store, name) ? 0 : 1;
}

/** `-o size=…`, which only the simulator has, or ZFSYNC_SIM_POOL_SIZE, or what files as vdevs give, or 1 TiB. */
function poolSize(store: Store, text: string | undefined, vdevs: readonly string[]): number {
  const wanted = text ?? store.context.env['ZFSYNC_SIM_POOL_SIZE'];
  if (wanted !== undefined && wanted !== '') {
    return parseSize(wanted) ?? store.context.fail(`bad numeric value '${wanted}'`);
  }
  let bytes = 0;
  for (const vdev of vdevs) {
    const stat = statSync(vdev, { throwIfNoEntry: false });
    if (stat?.isFile() === true) bytes += stat.size;
  }
  return bytes === 0 ? SIZE_DEFAULT : Math.floor(bytes * USABLE_SHARE);
}

function openPool(store: Store, name: string): void {
  if (!store.hasPool(name)) store.context.fail(`cannot open '${name}': no such pool`);
}

function takeAway(store: Store, args: readonly string[], forGood: boolean): number {
  const { operands } = getopt(args, 'fa');
  const [name] = operands;
  if (name === undefined) throw new UsageError('missing pool argument');
  for (const each of forGood ? [name] : operands) {
    openPool(store, each);
    const mounted = mountedBelow(store, each);
    for (const dataset of mounted.reverse()) unmount(store, dataset, false);
    if (forGood) rmSync(store.poolDirectory(each), { recursive: true });
    else moveAside(store, each);
    store.forgetAll();
  }
  return 0;
}

function exported(store: Store, name: string): string {
  return `${store.context.root}/exported/${name}`;
}

function moveAside(store: Store, name: string): void {
  mkdirSync(`${store.context.root}/exported`, { recursive: true });
  rmSync(exported(store, name), { recursive: true, force: true });
  renameSync(store.poolDirectory(name), exported(store, name));
}

function importPool(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'aCc:d:DEfFlmnNo:R:tT:VX');
  const { context } = store;
  const [name, newName] = options.operands;
  if (name === undefined) return 0;
  const to = newName ?? name;
  if (store.hasPool(to)) {
    context.fail(
      `cannot import '${to}': a pool with that name already exists\nuse the form 'zpool import <pool | id> <newpool>' to give it a new name`,
    );
  }
  if (!existsSync(`${exported(store, name)}/pool.json`))
    context.fail(`cannot import '${name}': no such pool available`);
  renameSync(exported(store, name), store.poolDirectory(to));
  store.forgetAll();
  for (const each of store.descendants(to)) {
    const dataset = store.find(each);
    if (dataset?.meta.key) {
      dataset.meta.key.loaded = false;
      store.save(dataset);
    }
  }
  if (!options.has('N'))
    for (const each of store.descendants(to)) if (!keyMissing(store, each)) mountIfWanted(store, each);
  return 0;
}

function keyMissing(store: Store, name: string): boolean {
  return store.find(name)?.meta.cipher !== undefined;
}

function set(store: Store, args: readonly string[]): number {
  const [assignment = '', name] = getopt(args, '').operands;
  const equals = assignment.indexOf('=');
  if (equals < 0) throw new UsageError('missing property=value argument');
  if (name === undefined) throw new UsageError('missing pool name');
  openPool(store, name);
  store.lock(name, () => {
    const meta = store.poolMeta(name);
    const [property, value] = [assignment.slice(0, equals), assignment.slice(equals + 1)];
    if (property === 'size') meta.size = poolSize(store, value, []);
    else meta.props[property] = value;
    writeAtomic(`${store.poolDirectory(name)}/pool.json`, JSON.stringify(meta));
  });
  return 0;
}
