import { getopt, UsageError } from '../getopt.ts';
import { mountIfWanted, unmount } from '../mounts.ts';
import { poolOf, splitName } from '../names.ts';
import type { Target } from '../properties/lookup.ts';
import { encryptionRootOf, mountpointOf } from '../properties/lookup.ts';
import { findProperty, isUserProperty } from '../properties/table.ts';
import { checkProperty } from '../properties/validate.ts';
import { Values } from '../properties/values.ts';
import type { Dataset, Store } from '../store/store.ts';
import { findTarget, tryOpen, WITH_SNAPSHOTS } from '../target.ts';

/** `zfs set` and `zfs inherit`. */
export function run(store: Store, args: readonly string[], verb: string): number {
  return verb === 'set' ? set(store, args) : inherit(store, args);
}

function set(store: Store, args: readonly string[]): number {
  const { operands } = getopt(args, '');
  if (operands.length === 0) throw new UsageError('missing arguments');
  const split = operands.findIndex((operand) => !operand.includes('='));
  if (operands.length === 1) {
    throw new UsageError(split < 0 ? 'missing dataset name(s)' : 'missing property=value argument(s)');
  }
  const assignments = split < 0 ? operands : operands.slice(0, split);
  const targets = split < 0 ? [] : operands.slice(split);
  if (targets.length === 0) throw new UsageError('missing dataset name(s)');
  const given = new Map<string, string>();
  for (const text of assignments) {
    const equals = text.indexOf('=');
    const name = text.slice(0, equals);
    if (given.has(name)) store.context.fail(`property '${name}' specified multiple times`);
    given.set(name, text.slice(equals + 1));
  }
  let failed = false;
  for (const name of targets) {
    const target = tryOpen(store, name, WITH_SNAPSHOTS);
    if (!target || !setOn(store, target, given)) failed = true;
  }
  return failed ? 1 : 0;
}

function setOn(store: Store, target: Target, given: ReadonlyMap<string, string>): boolean {
  const refuse = (problem: string): false => {
    store.context.err(`cannot set property for '${target.name}': ${problem}\n`);
    return false;
  };
  const checked: { name: string; value: string }[] = [];
  for (const [name, value] of given) {
    const result = checkProperty(name, value, target.kind, false);
    if ('problem' in result) return refuse(result.problem);
    const problem = checkOnDataset(store, target, result.name, result.value);
    if (problem !== undefined) return refuse(problem);
    checked.push(result);
  }
  store.lock(poolOf(target.name), () => {
    const now = findTarget(store, target.name, WITH_SNAPSHOTS);
    if (typeof now === 'string') return store.context.fail(`cannot set property for '${target.name}': ${now}`);
    for (const { name, value } of checked) apply(now, name, value);
    store.save(now.dataset);
  });
  if (target.kind === 'filesystem') for (const { name } of checked) afterChange(store, target.name, name);
  return true;
}

function apply(target: Target, name: string, value: string): void {
  const { meta } = target.dataset;
  if (target.snapshot) {
    target.snapshot.props = { ...target.snapshot.props, [name]: value };
  } else if (name === 'volsize') {
    meta.volsize = Number(value);
  } else if (name === 'keylocation' && meta.key) {
    meta.key.location = value;
  } else {
    meta.props[name] = value;
  }
}

function checkOnDataset(store: Store, target: Target, name: string, value: string): string | undefined {
  const { dataset } = target;
  if (name === 'keylocation') {
    const root = encryptionRootOf(store, dataset);
    if (root?.dataset.name !== dataset.name) {
      return root
        ? 'keylocation may only be set on encryption roots'
        : "keylocation must be 'none' for unencrypted datasets";
    }
  }
  const bytes = Number(value);
  if ((name === 'quota' || name === 'refquota') && bytes > 0) {
    const values = new Values(store, true);
    const used = name === 'quota' ? values.used(dataset.name) : values.space(dataset).referenced;
    if (used > bytes) return 'size is less than current used or reserved space';
  }
  if (name === 'reservation' || name === 'refreservation') {
    if (bytes > new Values(store, true).available(dataset)) return 'size is greater than available space';
  }
  return undefined;
}

/** A change of `mountpoint` or `canmount` takes effect on what is mounted. */
function afterChange(store: Store, name: string, property: string): void {
  if (property !== 'mountpoint' && property !== 'canmount') return;
  const dataset = store.find(name);
  if (!dataset) return;
  if (property === 'canmount') {
    if (dataset.meta.props['canmount'] === 'off') unmount(store, name, true);
    else if (dataset.meta.mounted === undefined && dataset.meta.props['canmount'] === 'on') mountIfWanted(store, name);
    return;
  }
  const affected = store.descendants(name).filter((each) => each === name || inherits(store, each, name));
  const mounted = affected.filter((each) => store.find(each)?.meta.mounted !== undefined);
  for (const each of [...mounted].reverse()) unmount(store, each, false);
  const wasOff = mounted.length === 0 ? [] : mounted;
  for (const each of wasOff) mountIfWanted(store, each);
}

function inherits(store: Store, name: string, from: string): boolean {
  const dataset: Dataset | undefined = store.find(name);
  if (!dataset) return false;
  const { source } = mountpointOf(store, dataset);
  return source === `inherited from ${from}` || source === 'default';
}

function inherit(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'rS');
  const [name, ...targets] = options.operands;
  const { context } = store;
  if (name === undefined) throw new UsageError('missing property argument');
  if (targets.length === 0) throw new UsageError('missing dataset argument');
  const property = findProperty(name);
  if (property) {
    if (property.group === 'readonly' || property.group === 'once')
      context.fail(`${property.name} property is read-only`);
    if (property.name === 'keylocation' || property.name === 'canmount')
      context.fail(`'${property.name}' property cannot be inherited`);
    if (property.group === 'local' && !options.has('S')) {
      const clear = property.values.kind === 'size' ? `use 'zfs set ${name}=none' to clear\n` : '';
      context.fail(
        `'${name}' property cannot be inherited\n${clear}use 'zfs inherit -S ${name}' to revert to received value`,
      );
    }
  } else if (!isUserProperty(name)) {
    throw new UsageError(`invalid property '${name}'`);
  }
  let failed = false;
  for (const operand of targets) {
    const target = tryOpen(store, operand, WITH_SNAPSHOTS);
    if (!target) {
      failed = true;
      continue;
    }
    const all = options.has('r') && !target.snapshot ? store.descendants(operand) : [operand];
    for (const each of all) inheritOn(store, each, property?.name ?? name, options.has('S'));
  }
  return failed ? 1 : 0;
}

function inheritOn(store: Store, name: string, property: string, received: boolean): void {
  store.lock(poolOf(name), () => {
    const { dataset: base, version } = splitName(name);
    const dataset = store.find(base);
    if (!dataset) return;
    const { meta } = dataset;
    if (version !== '') {
      const snapshot = meta.snaps.find((candidate) => candidate.name === version);
      if (snapshot?.props) snapshot.props = without(snapshot.props, property);
    } else {
      const hidden = !received && meta.received?.[property] !== undefined;
      meta.props = without(meta.props, property);
      if (hidden) meta.props[property] = null;
    }
    store.save(dataset);
  });
  if (!name.includes('@')) afterChange(store, name, property);
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
