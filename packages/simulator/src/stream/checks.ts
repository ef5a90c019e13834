/** What the user-level part of `zfs receive` refuses, in the order of `zfs_receive_one`, and its words. */
import { createParents } from '../commands/create.ts';
import { findSnapshotByGuid } from '../content/space.ts';
import { parentOf, poolOf, splitName } from '../names.ts';
import { findProperty } from '../properties/table.ts';
import { checkProperty } from '../properties/validate.ts';
import type { Store } from '../store/store.ts';
import type { ReceivedProps, Refusal, Task } from './begin.ts';
import type { PackageDataset, PackageHeader } from './package.ts';
import { resumeToken } from './partial.ts';
import type { BeginRecord } from './record.ts';
import { FEATURE, FLAG_CLONE, OBJECT_SET } from './record.ts';

export interface Session {
  readonly store: Store;
  /** As given: a dataset, or with `@snapshot`. */
  readonly target: string;
  /** `-d`. */
  readonly dropPool: boolean;
  /** `-e`. */
  readonly tailOnly: boolean;
  readonly verbose: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly resumable: boolean;
  readonly set: ReadonlyMap<string, string>;
  readonly exclude: readonly string[];
  /** `-o origin`. What a package brings does not look at it. */
  readonly origin?: string;
}

export interface Package {
  readonly header: PackageHeader | undefined;
  /** The dataset at the top of what was sent. */
  readonly sent: string;
  /** More than one stream may follow. */
  readonly several: boolean;
}

interface TargetFacts {
  readonly name: string;
  readonly version: string;
  readonly prefix: string;
  readonly wantsNew: boolean;
  /** That was named. */
  readonly origin: string | undefined;
}

/** The checks of `zfs_receive_one`, in its order. */
export function checkTarget(session: Session, pack: Package, begin: BeginRecord, facts: TargetFacts): void {
  const { store } = session;
  const { context } = store;
  const { name, prefix, wantsNew } = facts;
  const refuse = (text: string): never => context.fail(`${prefix}: ${text}`);
  if ((begin.flags & FLAG_CLONE) !== 0 && facts.origin === undefined) {
    const origin = store.hasPool(poolOf(name))
      ? findSnapshotByGuid(store, poolOf(name), String(begin.fromGuid))
      : undefined;
    if (!origin) context.fail(`cannot receive: local origin for clone ${name}@${facts.version} does not exist`);
  }
  const dataset = store.find(name);
  if (!dataset) {
    checkNew(session, pack, name, wantsNew, refuse);
    return;
  }
  const raw = (begin.features & FEATURE.raw) !== 0;
  const encrypted = dataset.meta.cipher !== undefined;
  const volume = begin.type === OBJECT_SET.volume;
  if (wantsNew) {
    if (!session.force) refuse(`destination '${name}' exists\nmust specify -F to overwrite it`);
    const [snapshot] = dataset.meta.snaps;
    if (snapshot) {
      refuse(`destination has snapshots (eg. ${name}@${snapshot.name})\nmust destroy them to overwrite it`);
    }
    if (volume && !name.includes('/')) refuse(`destination ${name} is the root dataset\ncannot overwrite with a ZVOL`);
    const [child] = store.children(name);
    if (volume && child !== undefined) refuse(`destination has children (eg. ${child})\ncannot overwrite with a ZVOL`);
    if (dataset.meta.origin !== undefined) refuse(`destination '${name}' is a clone\nmust destroy it to overwrite it`);
  }
  if (!wantsNew && !encrypted && raw) refuse('cannot perform raw receive on top of existing unencrypted dataset');
  if (wantsNew && (raw || encrypted)) {
    refuse(
      'zfs receive -F cannot be used to destroy an encrypted filesystem or overwrite an unencrypted one with an encrypted one',
    );
  }
}

function checkNew(
  session: Session,
  pack: Package,
  name: string,
  wantsNew: boolean,
  refuse: (text: string) => never,
): void {
  const { store } = session;
  const { context } = store;
  const parent = parentOf(name);
  if (!wantsNew || parent === undefined) return refuse(`destination '${name}' does not exist`);
  if (session.dropPool && !session.dryRun) createParents(store, name);
  const above = store.find(parent);
  if (!above) {
    context.err(`cannot open '${parent}': dataset does not exist\n`);
    return refuse('unable to restore to destination');
  }
  if (above.meta.type !== 'filesystem') refuse(`parent '${parent}' is not a filesystem`);
  if (pack.sent === '') refuse('invalid backup stream');
}

export function propsOf(
  session: Session,
  pack: Package,
  task: { readonly name: string; readonly snapshot: string; readonly begin: BeginRecord; readonly prefix: string },
): ReceivedProps {
  const { store } = session;
  const { context } = store;
  const { begin, prefix } = task;
  const kind = begin.type === OBJECT_SET.volume ? 'volume' : 'filesystem';
  const raw = (begin.features & FEATURE.raw) !== 0;
  const set: Record<string, string> = {};
  for (const [name, value] of session.set) {
    const property = findProperty(name);
    const key = ['encryption', 'keyformat', 'keylocation', 'pbkdf2iters'].includes(name);
    // The place of a key is no part of it: it may be changed at will.
    if (key && raw && name !== 'keylocation') refuseKey(session, prefix, name);
    if (key && begin.fromGuid !== 0n) {
      context.fail(`${prefix}: encryption property '${name}' cannot be set for incremental streams.`);
    }
    if (property && !property.on.includes(kind.charAt(0))) {
      context.fail(`${prefix}: property '${name}' does not apply to datasets of this type`);
    }
    const checked = checkProperty(name, value, kind, true);
    if ('problem' in checked) return context.fail(`${prefix}: ${checked.problem}\n${prefix}: invalid property value`);
    set[checked.name] = checked.value;
  }
  for (const name of session.exclude) {
    if (raw && name === 'encryption') refuseKey(session, prefix, name);
    const property = findProperty(name);
    if (!property || property.on.includes(kind.charAt(0))) continue;
    context.err(`Warning: ${task.name}: property '${name}' does not apply to datasets of this type\n`);
  }
  const sent = streamDataset(pack.header, begin);
  return {
    received: sent?.props,
    set,
    exclude: session.exclude.map((name) => findProperty(name)?.name ?? name),
    snapshot: sent?.snapprops[splitName(begin.toName).version],
  };
}

function refuseKey(session: Session, prefix: string, name: string): never {
  return session.store.context.fail(
    `${prefix}: encryption property '${name}' cannot be set or excluded for raw streams.`,
  );
}

function streamDataset(header: PackageHeader | undefined, begin: BeginRecord): PackageDataset | undefined {
  const name = splitName(begin.toName).dataset;
  return Object.values(header?.fss ?? {}).find((each) => each.name === name);
}

/** Says what the kernel's errno means and ends the run. */
export function explain(session: Session, task: Pick<Task, 'name' | 'snapshot' | 'prefix'>, refusal: Refusal): never {
  const { store } = session;
  const { name, prefix } = task;
  store.forgetAll();
  const dataset = store.find(name);
  const token = dataset && resumeToken(dataset);
  const say = (text: string): never => store.context.fail(`${prefix}: ${text}`);
  switch (refusal) {
    case 'ENOENT':
      return say('dataset does not exist');
    case 'ENODEV':
      return say(`most recent snapshot of ${name} does not\nmatch incremental source`);
    case 'ETXTBSY':
      return say(`destination ${name} has been modified\nsince most recent snapshot`);
    case 'EACCES':
      return say('inherited key must be loaded');
    case 'EEXIST':
      return store.context.fail(`cannot restore to ${name}@${task.snapshot}: destination already exists`);
    case 'EINVAL':
      return say(
        session.resumable ? 'kernel modules must be upgraded to receive this stream.' : 'invalid backup stream',
      );
    case 'LARGE_BLOCK_MISMATCH':
      return say('incremental send stream requires -L (--large-block), to match previous receive.');
    case 'FROM_IVSET_MISMATCH':
      return say(
        "IV set guid mismatch. See the 'zfs receive' man page section\n discussing the limitations of raw encrypted send streams.",
      );
    case 'ENOSPC':
      return say('out of space');
    case 'EDQUOT':
      return say(`destination ${name} space quota exceeded.`);
    case 'EBUSY':
      if (token === undefined) return say('dataset is busy');
      return say(`destination ${name} contains partially-complete state from "zfs receive -s".`);
    case 'ECKSUM':
    case 'TRUNCATED':
      if (session.resumable && token !== undefined) return say(savedText(token));
      return say(refusal === 'ECKSUM' ? 'checksum mismatch' : 'incomplete stream');
  }
}

function savedText(token: string): string {
  return [
    'checksum mismatch or incomplete stream.',
    'Partially received snapshot is saved.',
    'A resuming stream can be generated on the sending system by running:',
    `    zfs send -t ${token}`,
  ].join('\n');
}
