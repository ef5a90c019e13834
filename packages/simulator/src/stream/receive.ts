/** Receiving one stream: the checks in the order of `zfs_receive_one` and `dmu_recv_begin`, and their words. */
import { poolOf, parentOf } from '../names.ts';
import { announce, guidsInUse } from '../activity.ts';
import { currentState } from '../content/live.ts';
import type { Entry } from '../content/manifest.ts';
import { EMPTY_BYTES, readManifest, sizeOf, writeManifest, writtenBytes } from '../content/manifest.ts';
import { PackReader, PackWriter } from '../content/pack.ts';
import { findDatasetByGuid, findSnapshotByGuid, release } from '../content/space.ts';
import { withSnapshot } from '../commands/snapshot.ts';
import { newMeta } from '../commands/create.ts';
import { resetHead } from '../commands/rollback.ts';
import { isBusy, removeSnapshot } from '../commands/destroy-versions.ts';
import { createKey } from '../keys.ts';
import { encryptionRootOf, Values } from '../properties/values.ts';
import { ownIdentity } from '../store/lock.ts';
import type { DatasetMeta, SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { Applier } from './apply.ts';
import type { StreamInput } from './input.ts';
import { InputError } from './input.ts';
import type { PartialState } from './partial.ts';
import { discardPartial, isReceiving, JournalWriter, readJournal, readState, writeState } from './partial.ts';
import type { BeginPayload } from './plan.ts';
import type { BeginRecord } from './record.ts';
import { FEATURE, FLAG_CLONE, OBJECT_SET, RECORD } from './record.ts';

export interface ReceiveFlags {
  readonly force: boolean;
  readonly resumable: boolean;
}

/** What becomes of the properties of the target. */
export interface ReceivedProps {
  /** From the stream. */
  readonly received: Readonly<Record<string, string>> | undefined;
  /** `-o`. */
  readonly set: Readonly<Record<string, string>>;
  /** `-x`. */
  readonly exclude: readonly string[];
  readonly snapshot: Readonly<Record<string, string>> | undefined;
}

export interface Task {
  /** The dataset to receive into. */
  readonly name: string;
  /** The snapshot that will be made. */
  readonly snapshot: string;
  readonly begin: BeginRecord;
  readonly payload: BeginPayload;
  readonly flags: ReceiveFlags;
  readonly props: ReceivedProps;
  /** `cannot receive … stream` */
  readonly prefix: string;
}

/** Why the kernel refuses, by the errno it would give. */
export type Refusal =
  | 'ENOENT'
  | 'ENODEV'
  | 'ETXTBSY'
  | 'EEXIST'
  | 'EACCES'
  | 'EINVAL'
  | 'EBUSY'
  | 'ENOSPC'
  | 'EDQUOT'
  | 'LARGE_BLOCK_MISMATCH'
  | 'FROM_IVSET_MISMATCH'
  | 'ECKSUM'
  | 'TRUNCATED';

export class ReceiveRefused extends Error {
  readonly refusal: Refusal;

  static {
    this.prototype.name = 'ReceiveRefused';
  }

  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

const SLOP_SHARE = 0.135;

interface Opened {
  readonly guid: string;
  readonly state: PartialState;
  readonly base: readonly Entry[];
  readonly source: SnapshotMeta | undefined;
  /** guid of the newest snapshot when the receive began: none may come in between. */
  readonly newest: string;
}

/** Receives it all, or throws with the partial receive kept or discarded as the flags say. */
export function receiveStream(store: Store, task: Task, input: StreamInput): void {
  const opened = store.lock(poolOf(task.name), () => begin(store, task));
  const done = announce(store, task.name, [opened.guid, ...(opened.source ? [opened.source.guid] : [])]);
  try {
    stream(store, task, input, opened);
  } finally {
    done();
  }
}

function isRaw(task: Task): boolean {
  return (task.begin.features & FEATURE.raw) !== 0;
}

function isResuming(task: Task): boolean {
  return (task.begin.features & FEATURE.resuming) !== 0;
}

function begin(store: Store, task: Task): Opened {
  const dataset = store.find(task.name);
  if (isResuming(task)) return resumeBegin(store, task, dataset);
  if (!dataset) return beginNew(store, task);
  return beginExisting(store, task, dataset);
}

function newState(task: Task, fresh: boolean): PartialState {
  const { begin: header, snapshot, flags } = task;
  return {
    owner: ownIdentity(),
    resumable: flags.resumable,
    toGuid: String(header.toGuid),
    toName: header.toName,
    snapshot,
    ...(header.fromGuid !== 0n && { fromGuid: String(header.fromGuid) }),
    fresh,
    pack: BigInt(Math.floor(Math.random() * 2 ** 52)).toString(36) + Date.now().toString(36),
    features: header.features,
    creation: Number(header.creation),
    type: header.type === OBJECT_SET.volume ? 'volume' : 'filesystem',
    raw: isRaw(task),
    bytesBefore: 0,
  };
}

function beginNew(store: Store, task: Task): Opened {
  const state = newState(task, true);
  const txg = store.nextTxg(poolOf(task.name));
  const origin =
    (task.begin.flags & FLAG_CLONE) === 0
      ? undefined
      : findSnapshotByGuid(store, poolOf(task.name), String(task.begin.fromGuid));
  const { set } = task.props;
  const meta: DatasetMeta = {
    ...newMeta({ type: state.type, props: set, sparse: true, ...(state.type === 'volume' && { volsize: 0 }) }, txg),
    ...newKeyOf(store, task),
    inconsistent: true,
    ...(origin && { origin: origin.snapshot.guid }),
  };
  applyProps(meta, task, true);
  const dataset = store.add(task.name, meta);
  writeState(dataset, state);
  const base = origin ? readManifest(store, task.name, origin.snapshot.manifest) : [];
  return { guid: meta.guid, state, base, source: origin?.snapshot, newest: '' };
}

function newKeyOf(store: Store, task: Task): Pick<DatasetMeta, 'cipher' | 'key'> {
  const { crypt } = task.payload;
  if (isRaw(task) && crypt) {
    // A raw stream brings its wrapped key: whoever receives it becomes the root of an encryption, without the key.
    return { cipher: crypt.cipher, key: { ...crypt.key, location: 'prompt', loaded: false } };
  }
  if (task.props.exclude.includes('encryption')) return {};
  // A stream with properties that is not raw was not encrypted: nor will it be.
  if (task.props.received && task.props.set['encryption'] === undefined) return {};
  const above = store.find(parentOf(task.name) ?? '');
  const own = ['encryption', 'keyformat', 'keylocation'].some((name) => task.props.set[name] !== undefined);
  if (!own && above?.meta.cipher !== undefined && encryptionRootOf(store, above)?.key.loaded !== true) {
    throw new ReceiveRefused('EACCES');
  }
  const refuse = (problem: string): never => store.context.fail(`${task.prefix}: ${problem}`);
  return createKey(store, parentOf(task.name) ?? '', task.props.set, refuse);
}

function beginExisting(store: Store, task: Task, dataset: Dataset): Opened {
  const { begin: header, flags } = task;
  const old = readState(dataset);
  if (old) throw new ReceiveRefused('EBUSY');
  discardPartial(store, dataset);
  if (guidsInUse(store, poolOf(task.name)).has(dataset.meta.guid)) throw new ReceiveRefused('EBUSY');
  const { meta } = dataset;
  if (meta.snaps.some((snapshot) => snapshot.name === task.snapshot)) throw new ReceiveRefused('EEXIST');
  const source = header.fromGuid === 0n ? undefined : meta.snaps.find((each) => each.guid === String(header.fromGuid));
  if (header.fromGuid !== 0n) {
    if (!source) throw new ReceiveRefused('ENODEV');
    if (!flags.force && isModifiedSince(store, dataset, source)) throw new ReceiveRefused('ETXTBSY');
    checkIncremental(store, task, dataset, source);
  }
  const state = newState(task, false);
  writeState(dataset, state);
  const base = readManifest(store, task.name, source?.manifest ?? null);
  return { guid: meta.guid, state, base, source, newest: meta.snaps.at(-1)?.guid ?? '' };
}

function checkIncremental(store: Store, task: Task, dataset: Dataset, source: SnapshotMeta): void {
  const { meta } = dataset;
  const raw = isRaw(task);
  if (meta.cipher !== undefined && !raw && encryptionRootOf(store, dataset)?.key.loaded !== true) {
    throw new ReceiveRefused('EACCES');
  }
  const { crypt } = task.payload;
  if (raw && crypt?.from_ivset !== source.ivset) throw new ReceiveRefused('FROM_IVSET_MISMATCH');
  if (raw && crypt && encryptionRootOf(store, dataset)?.key.id !== crypt.key.id) throw new ReceiveRefused('EACCES');
  if (meta.largeBlocks === true && (task.begin.features & FEATURE.largeBlocks) === 0) {
    throw new ReceiveRefused('LARGE_BLOCK_MISMATCH');
  }
}

/** Snapshots in between do not matter as long as the content is the same. */
export function isModifiedSince(store: Store, dataset: Dataset, source: SnapshotMeta): boolean {
  const state = currentState(store, dataset);
  if (state.changed) return true;
  if (source.manifest === dataset.meta.head) return false;
  return writtenBytes(state.entries, readManifest(store, dataset.name, source.manifest)) > 0;
}

function resumeBegin(store: Store, task: Task, dataset: Dataset | undefined): Opened {
  const state = dataset && readState(dataset);
  if (!dataset || !state) throw new ReceiveRefused('EINVAL');
  if (isReceiving(state)) throw new ReceiveRefused('EBUSY');
  const { begin: header, payload } = task;
  if (state.toGuid !== String(header.toGuid)) throw new ReceiveRefused('EINVAL');
  if ((state.fromGuid ?? '0') !== String(header.fromGuid)) throw new ReceiveRefused('EINVAL');
  const position = readJournal(dataset).at(-1);
  const [object, offset] = position?.[0] === 'p' ? [position[1], position[2]] : [1, 0];
  if (payload.resume_object !== object || payload.resume_offset !== offset) throw new ReceiveRefused('EINVAL');
  const source = dataset.meta.snaps.find((each) => each.guid === state.fromGuid);
  if (state.fromGuid !== undefined && !source && dataset.meta.origin !== state.fromGuid) {
    throw new ReceiveRefused('EINVAL');
  }
  if (source) checkIncremental(store, task, dataset, source);
  const bytes = position?.[0] === 'p' ? position[3] : 0;
  const next: PartialState = { ...state, owner: ownIdentity(), bytesBefore: state.bytesBefore + bytes };
  // The journal's positions count from the start of one stream: those of the last stream go into `bytesBefore`.
  const lines = readJournal(dataset).filter((line) => line[0] !== 'p');
  writeState(dataset, next);
  const journal = new JournalWriter(dataset, lines);
  journal.add(['p', object, offset, 0]);
  journal.close();
  const base = readManifest(store, task.name, source?.manifest ?? originManifest(store, dataset, state));
  return { guid: dataset.meta.guid, state: next, base, source, newest: dataset.meta.snaps.at(-1)?.guid ?? '' };
}

function originManifest(store: Store, dataset: Dataset, state: PartialState): string | null {
  if (state.fromGuid === undefined) return null;
  return findSnapshotByGuid(store, poolOf(dataset.name), state.fromGuid)?.snapshot.manifest ?? null;
}

/** The dataset may have been renamed since. */
function locate(store: Store, task: Task, guid: string): Dataset | undefined {
  const dataset = store.read(task.name);
  return dataset?.meta.guid === guid ? dataset : findDatasetByGuid(store, poolOf(task.name), guid);
}

function stream(store: Store, task: Task, input: StreamInput, opened: Opened): void {
  const dataset = locate(store, task, opened.guid);
  if (!dataset) throw new ReceiveRefused('EBUSY');
  const { state } = opened;
  const keep = readJournal(dataset);
  const limit = spaceLimit(store, dataset);
  const pack = new PackWriter(store, dataset.name, { id: state.pack, bytes: packEnd(keep, state.pack) });
  let counted = pack.bytes;
  const reader = new PackReader(store, dataset.name);
  const applier = new Applier(state.type, opened.base, pack, reader);
  for (const line of keep) applier.apply(line);
  const journal = new JournalWriter(dataset, keep);
  const start = input.bytes;
  try {
    readRecords(applier, journal, pack, input, start, limit);
    journal.close();
    pack.close();
    const volsize = applier.volsize;
    store.lock(poolOf(task.name), () => {
      store.allocate(poolOf(task.name), pack.bytes - counted);
    });
    counted = pack.bytes;
    finish(store, task, opened, { entries: applier.entries(), ...(volsize !== undefined && { volsize }) });
  } catch (error) {
    journal.close();
    pack.close();
    fail(store, task, opened, pack.bytes - counted);
    if (error instanceof InputError) throw new ReceiveRefused(error.problem === 'checksum' ? 'ECKSUM' : 'TRUNCATED');
    throw error;
  } finally {
    reader.close();
  }
}

function packEnd(lines: readonly (readonly unknown[])[], pack: string): number {
  let end = 0;
  for (const line of lines) {
    const block = line[0] === 'w' ? (line[3] as 0 | readonly [string, number, number]) : 0;
    if (block !== 0 && block[0] === pack) end = Math.max(end, block[1] + block[2]);
  }
  return end;
}

interface SpaceLimit {
  readonly pool: number;
  readonly quota: number;
}

function spaceLimit(store: Store, dataset: Dataset): SpaceLimit {
  const pool = poolOf(dataset.name);
  const { size } = store.poolMeta(pool);
  const values = new Values(store, true);
  let quota = Number.POSITIVE_INFINITY;
  for (let at: string | undefined = dataset.name; at !== undefined; at = parentOf(at)) {
    const bytes = Number(store.find(at)?.meta.props['quota'] ?? 0);
    if (bytes > 0) quota = Math.min(quota, bytes - values.used(at));
  }
  return { pool: size - Math.floor(size * SLOP_SHARE) - store.allocated(pool), quota };
}

function readRecords(
  applier: Applier,
  journal: JournalWriter,
  pack: PackWriter,
  input: StreamInput,
  start: number,
  limit: SpaceLimit,
): void {
  const before = pack.bytes;
  let record = input.next();
  let end = input.bytes;
  while (record.type !== RECORD.end) {
    // The checksum in the next record covers this one's payload: nothing counts before it has been seen.
    const next = input.next();
    const line = applier.record(record);
    if (line) {
      applier.apply(line);
      journal.add(line);
      journal.add(['p', applier.position.object, applier.position.offset, end - start]);
      journal.flush();
    }
    if (pack.bytes - before > limit.quota) throw new ReceiveRefused('EDQUOT');
    if (pack.bytes - before > limit.pool) throw new ReceiveRefused('ENOSPC');
    record = next;
    end = input.bytes;
  }
}

interface Result {
  readonly entries: readonly Entry[];
  readonly volsize?: number;
}

function finish(store: Store, task: Task, opened: Opened, result: Result): void {
  const name = locate(store, task, opened.guid)?.name ?? task.name;
  // At the end ZFS looks for an existing target by its name, for a new one by what it holds open.
  if (name !== task.name && !opened.state.fresh) throw new ReceiveRefused('ENOENT');
  const manifest = writeManifest(store, name, result.entries);
  resetHead(store, name, () => {
    const dataset = store.find(name);
    if (dataset?.meta.guid !== opened.guid) throw new ReceiveRefused('EBUSY');
    const { meta } = dataset;
    if (opened.source && !opened.state.fresh) clearNewer(store, task, dataset, opened.source, opened.newest);
    const before = meta.head;
    meta.type = opened.state.type;
    meta.head = manifest;
    meta.referenced = EMPTY_BYTES[meta.type] + sizeOf(result.entries);
    meta.live = false;
    const volsize = result.volsize ?? meta.volsize;
    if (meta.type === 'volume' && volsize !== undefined) meta.volsize = volsize;
    if (meta.type === 'filesystem') delete meta.volsize;
    if ((opened.state.features & FEATURE.largeBlocks) !== 0) meta.largeBlocks = true;
    delete meta.inconsistent;
    applyProps(meta, task, false);
    const { crypt } = task.payload;
    const complete = withSnapshot(store, dataset, task.snapshot, {
      txg: store.nextTxg(poolOf(name)),
      time: opened.state.creation,
      guid: opened.state.toGuid,
      ...(crypt && { ivset: crypt.to_ivset }),
      ...(task.props.snapshot && { received: { ...task.props.snapshot } }),
    });
    store.save(complete);
    process.getBuiltinModule('node:fs').rmSync(`${dataset.directory}/recv`, { recursive: true, force: true });
    release(store, name, meta, [before]);
  });
}

/** `-F` goes back to the incremental source; without it, nothing may have come in between. */
function clearNewer(store: Store, task: Task, dataset: Dataset, source: SnapshotMeta, newest: string): void {
  const newer = dataset.meta.snaps.filter((snapshot) => snapshot.txg > source.txg);
  if (!task.flags.force) {
    if (dataset.meta.snaps.at(-1)?.guid !== newest) throw new ReceiveRefused('EINVAL');
    if (isModifiedSince(store, dataset, source)) throw new ReceiveRefused('ETXTBSY');
    return;
  }
  if (newer.some((snapshot) => isBusy(store, dataset, snapshot) || (snapshot.clones?.length ?? 0) > 0)) {
    throw new ReceiveRefused('EBUSY');
  }
  for (const snapshot of newer) removeSnapshot(store, dataset, snapshot);
}

function applyProps(meta: DatasetMeta, task: Task, fresh: boolean): void {
  const { received, set, exclude } = task.props;
  if (received) meta.received = { ...(task.flags.force || fresh ? {} : meta.received), ...received };
  for (const [name, value] of Object.entries(set)) {
    if (!['encryption', 'keyformat', 'keylocation', 'pbkdf2iters'].includes(name)) meta.props[name] = value;
  }
  for (const name of exclude) {
    if (name !== 'encryption' && meta.props[name] === undefined && meta.received?.[name] !== undefined) {
      meta.props[name] = null;
    }
  }
}

/** What is left of a receive that failed. */
function fail(store: Store, task: Task, opened: Opened, bytes: number): void {
  store.lock(poolOf(task.name), () => {
    const dataset = locate(store, task, opened.guid);
    if (!dataset) return;
    if (bytes > 0) store.allocate(poolOf(task.name), bytes);
    const { state } = opened;
    if (state.resumable) {
      writeState(dataset, { ...state, owner: '' });
      return;
    }
    discardPartial(store, dataset);
    if (state.fresh && store.children(dataset.name).length === 0) store.remove(dataset.name);
  });
}
