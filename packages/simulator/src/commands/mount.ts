import { getopt, UsageError } from '../getopt.ts';
import { mount, mountedBelow, unmount } from '../mounts.ts';
import { mountpointOf, settingOf } from '../properties/lookup.ts';
import type { Store } from '../store/store.ts';
import { FILESYSTEM, openDataset } from '../target.ts';

const NAME_WIDTH = 30;

/** `zfs mount` and `zfs unmount`. */
export function run(store: Store, args: readonly string[], verb: string): number {
  const options = getopt(args, verb === 'mount' ? 'aflvO:o:' : 'afu');
  const [name] = options.operands;
  if (verb !== 'mount') {
    if (options.has('a')) return unmountAll(store);
    if (name === undefined) throw new UsageError('missing filesystem argument');
    return unmountOne(store, name);
  }
  if (options.has('a')) return mountAll(store);
  return name === undefined ? listMounted(store) : mountOne(store, name);
}

function listMounted(store: Store): number {
  for (const pool of store.pools()) {
    for (const name of mountedBelow(store, pool)) {
      const dataset = store.find(name);
      if (dataset) store.context.out(`${name.padEnd(NAME_WIDTH)}  ${mountpointOf(store, dataset).text}\n`);
    }
  }
  return 0;
}

function mountAll(store: Store): number {
  let failed = false;
  const wanted: [string, string][] = [];
  for (const pool of store.pools()) {
    for (const name of store.descendants(pool)) {
      const dataset = store.find(name);
      if (dataset?.meta.type !== 'filesystem' || settingOf(store, dataset, 'canmount') !== 'on') continue;
      wanted.push([mountpointOf(store, dataset).text, name]);
    }
  }
  for (const [, name] of wanted.sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const problem = mount(store, name);
    if (problem === undefined) continue;
    failed = true;
    store.context.err(`${problem}\n`);
  }
  return failed ? 1 : 0;
}

function mountOne(store: Store, name: string): number {
  const { context } = store;
  const dataset = openDataset(store, name, FILESYSTEM);
  const { text } = mountpointOf(store, dataset);
  if (text === 'legacy') {
    context.fail(`cannot mount '${name}': legacy mountpoint\nuse mount(8) to mount this filesystem`);
  }
  if (text === 'none') context.fail(`cannot mount '${name}': no mountpoint set`);
  if (settingOf(store, dataset, 'canmount') === 'off')
    context.fail(`cannot mount '${name}': 'canmount' property is set to 'off'`);
  if (dataset.meta.mounted !== undefined) context.fail(`cannot mount '${name}': filesystem already mounted`);
  const problem = mount(store, name);
  return problem === undefined ? 0 : context.fail(problem);
}

function unmountAll(store: Store): number {
  for (const pool of store.pools()) for (const name of mountedBelow(store, pool).reverse()) unmount(store, name);
  return 0;
}

function unmountOne(store: Store, name: string): number {
  const dataset = openDataset(store, name, FILESYSTEM);
  if (dataset.meta.mounted === undefined) store.context.fail(`cannot unmount '${name}': not currently mounted`);
  for (const each of mountedBelow(store, name).reverse()) unmount(store, each);
  return 0;
}
