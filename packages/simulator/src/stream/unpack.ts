/** Receiving what comes on stdin: one stream, or a package of several. */
import { destroyTree } from '../commands/destroy.ts';
import { removeSnapshot } from '../commands/destroy-versions.ts';
import { createParents } from '../commands/create.ts';
import { findSnapshotByGuid } from '../content/space.ts';
import { nameProblem, parentOf, poolOf, splitName } from '../names.ts';
import { niceBytes } from '../properties/format.ts';
import { checkProperty } from '../properties/validate.ts';
import { findProperty } from '../properties/table.ts';
import type { Store } from '../store/store.ts';
import { StreamInput, InputError } from './input.ts';
import type { PackageDataset, PackageHeader } from './package.ts';
import { resumeToken } from './partial.ts';
import type { BeginPayload } from './plan.ts';
import type { ReceivedProps, Refusal, Task } from './receive.ts';
import { ReceiveRefused, receiveStream } from './receive.ts';
import type { BeginRecord } from './record.ts';
import { decodeBegin, FEATURE, FLAG_CLONE, HEADER_TYPE, OBJECT_SET, RECORD } from './record.ts';

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
}

export interface Outcome {
  /** New datasets, which are to be mounted. */
  readonly created: readonly string[];
  readonly failed: boolean;
}

interface Package {
  readonly header: PackageHeader | undefined;
  /** The dataset at the top of what was sent. */
  readonly sent: string;
  /** More than one stream may follow. */
  readonly several: boolean;
}

export function receiveAll(session: Session): Outcome {
  const { store } = session;
  const { context } = store;
  const input = new StreamInput(context);
  const created: string[] = [];
  if ((session.dropPool || session.tailOnly) && !store.find(session.target)) {
    context.fail(`cannot receive: specified fs (${session.target}) does not exist`);
  }
  const first = readBegin(store, input);
  if (first === 'end') return { created, failed: true };
  if (first.header !== HEADER_TYPE.compound) {
    const alone: Package = { header: undefined, sent: splitName(first.toName).dataset, several: false };
    receiveOne(session, alone, first, input, created);
    return { created, failed: false };
  }
  const header = readPackageHeader(store, first, input);
  const several: Package = { header, sent: splitName(first.toName).dataset, several: header?.not_recursive !== true };
  if (session.target.includes('@') && header && header.not_recursive !== true) {
    context.fail('cannot receive: cannot specify snapshot name for multi-snapshot stream');
  }
  const tops = new Set<string>();
  for (;;) {
    const begin = readBegin(store, input);
    if (begin === 'end') break;
    tops.add(receiveOne(session, several, begin, input, created));
  }
  if (header && header.not_recursive !== true && !session.dryRun) settlePackage(session, header, [...tops]);
  return { created, failed: false };
}

/** `end`: the last record of a package. */
function readBegin(store: Store, input: StreamInput): BeginRecord | 'end' {
  const { context } = store;
  const record = input.first();
  if (!record) return context.fail('cannot receive: failed to read from stream');
  if (record.readUInt32LE(0) === RECORD.end) return 'end';
  const begin = decodeBegin(record);
  if (!begin) return context.fail('cannot receive: invalid stream (bad magic number)');
  if (!begin.toName.includes('@') && begin.header === HEADER_TYPE.substream) {
    return context.fail('cannot receive: invalid stream (bad snapshot name)');
  }
  return begin;
}

function readPackageHeader(store: Store, begin: BeginRecord, input: StreamInput): PackageHeader | undefined {
  try {
    const payload = input.payload(begin.payloadBytes);
    input.next();
    return payload.length === 0 ? undefined : (JSON.parse(payload.toString('utf8')) as PackageHeader);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const text = error.problem === 'checksum' ? 'invalid stream (checksum mismatch)' : 'failed to read from stream';
    return store.context.fail(`cannot receive: ${text}`);
  }
}

/** Where it goes: the target and what its options take from the name in the stream. */
function destination(session: Session, pack: Package, toName: string): string {
  const { target, store } = session;
  if (session.tailOnly || session.dropPool) {
    const letter = session.tailOnly ? 'e' : 'd';
    if (target.includes('@')) {
      store.context.fail(`cannot receive: invalid argument - snapshot not allowed with -${letter}`);
    }
    if (session.tailOnly) {
      const slash = pack.sent.lastIndexOf('/');
      return `${target}/${slash < 0 ? toName : toName.slice(slash + 1)}`;
    }
    const cut = toName.search(/[/@]/);
    return target + toName.slice(cut);
  }
  if (target.includes('@')) return target;
  return target + toName.slice(pack.sent.length);
}

function receiveOne(
  session: Session,
  pack: Package,
  begin: BeginRecord,
  input: StreamInput,
  created: string[],
): string {
  const { store } = session;
  const { context } = store;
  const full = destination(session, pack, begin.toName);
  const problem = nameProblem(full, { snapshot: true });
  if (problem !== undefined) context.fail(`cannot receive: invalid name`);
  const { dataset: name, version } = splitName(full);
  const resuming = (begin.features & FEATURE.resuming) !== 0;
  const wantsNew = (begin.fromGuid === 0n || (begin.flags & FLAG_CLONE) !== 0) && !resuming;
  const word = wantsNew ? 'new filesystem' : resuming ? 'resume' : 'incremental';
  const prefix = `cannot receive ${word} stream`;
  const started = Date.now();
  const fresh = !store.find(name) || store.find(name)?.meta.inconsistent === true;
  checkTarget(session, pack, begin, { name, prefix, wantsNew, version });
  if (session.verbose) {
    const kind = begin.fromGuid === 0n ? 'full' : 'incremental';
    context.out(`${session.dryRun ? 'would receive' : 'receiving'} ${kind} stream of ${begin.toName} into ${full}\n`);
  }
  const task = { name, snapshot: version, begin, prefix, flags: session } as const;
  const props = propsOf(session, pack, task);
  const from = input.bytes;
  try {
    const payload = parsePayload(input.payload(begin.payloadBytes));
    if (session.dryRun) {
      skip(input);
      return name;
    }
    receiveStream(store, { ...task, payload, props }, input);
  } catch (error) {
    const refusal = error instanceof ReceiveRefused ? error.refusal : undefined;
    if (error instanceof InputError) explain(session, task, error.problem === 'checksum' ? 'ECKSUM' : 'TRUNCATED');
    if (refusal === undefined) throw error;
    if (refusal === 'EEXIST' && isThere(store, name, String(begin.toGuid))) {
      if (session.verbose) context.out(`snap ${full} already exists; ignoring\n`);
      skip(input);
      if (session.verbose) context.out('received 0B stream in 1 seconds (0B/sec)\n');
      return name;
    }
    explain(session, task, refusal);
  }
  if (fresh) created.push(name);
  if (session.verbose) {
    const seconds = Math.max(1, Math.round((Date.now() - started) / 1000));
    const bytes = input.bytes - from;
    const rate = niceBytes(Math.floor(bytes / seconds));
    context.out(`received ${niceBytes(bytes)} stream in ${String(seconds)} seconds (${rate}/sec)\n`);
  }
  return name;
}

function parsePayload(bytes: Buffer): BeginPayload {
  return bytes.length === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as BeginPayload);
}

function isThere(store: Store, name: string, guid: string): boolean {
  store.forget(name);
  return store.find(name)?.meta.snaps.some((snapshot) => snapshot.guid === guid) === true;
}

/** Reads a stream to its end and forgets it. */
function skip(input: StreamInput): void {
  while (input.next().type !== RECORD.end);
}

interface TargetFacts {
  readonly name: string;
  readonly version: string;
  readonly prefix: string;
  readonly wantsNew: boolean;
}

/** The checks of `zfs_receive_one`, in its order. */
function checkTarget(session: Session, pack: Package, begin: BeginRecord, facts: TargetFacts): void {
  const { store } = session;
  const { context } = store;
  const { name, prefix, wantsNew } = facts;
  const refuse = (text: string): never => context.fail(`${prefix}: ${text}`);
  if ((begin.flags & FLAG_CLONE) !== 0) {
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

function propsOf(
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
    if (key && raw) refuseKey(session, prefix, name);
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
function explain(session: Session, task: Pick<Task, 'name' | 'snapshot' | 'prefix'>, refusal: Refusal): never {
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

/**
 * After a replication stream: with `-F`, what the source no longer has goes; children that shared a key at the source
 * share it again.
 */
function settlePackage(session: Session, header: PackageHeader, received: readonly string[]): void {
  const { store } = session;
  const [top] = received;
  if (top === undefined) return;
  store.forgetAll();
  const sent = Object.values(header.fss);
  const guids = new Map(sent.map((each) => [each.name, new Set(Object.values(each.snaps))]));
  if (session.force && header.fromsnap !== undefined) {
    for (const name of store.descendants(top).reverse()) prune(store, name, [...guids.values()]);
  }
  const [root] = sent;
  for (const each of sent) {
    if (each.is_encroot === true || each === root) continue;
    joinKey(store, top + each.name.slice(root?.name.length ?? 0));
  }
}

function prune(store: Store, name: string, sent: readonly ReadonlySet<string>[]): void {
  const dataset = store.find(name);
  if (!dataset) return;
  const match = sent.find((guids) => dataset.meta.snaps.some((snapshot) => guids.has(snapshot.guid)));
  if (!match) {
    destroyTree(store, name, false);
    return;
  }
  store.lock(poolOf(name), () => {
    const now = store.find(name);
    for (const snapshot of now?.meta.snaps ?? []) {
      if (now && !match.has(snapshot.guid)) removeSnapshot(store, now, snapshot);
    }
  });
}

/** A child without a key of its own at the source uses its parent's here too. */
function joinKey(store: Store, name: string): void {
  store.lock(poolOf(name), () => {
    const dataset = store.find(name);
    const above = store.find(parentOf(name) ?? '');
    if (!dataset?.meta.key || above?.meta.cipher === undefined) return;
    delete dataset.meta.key;
    store.save(dataset);
  });
}
