/** The start of a receive: the checks of `dmu_recv_begin`, in its order, and the state that they leave. */

import { guidsInUse } from '../activity.ts';
import { newMeta } from '../commands/create.ts';
import { currentState } from '../content/live.ts';
import type { Entry } from '../content/manifest.ts';
import { readManifest, writtenBytes } from '../content/manifest.ts';
import { addClone, type Origin, originOf } from '../content/clones.ts';
import { findSnapshotByGuid } from '../content/space.ts';
import { createKey } from '../keys.ts';
import { parentOf, poolOf } from '../names.ts';
import { encryptionRootOf } from '../properties/lookup.ts';
import { EVERYTHING, open } from '../target.ts';
import { ownIdentity } from '../store/lock.ts';
import type { DatasetMeta, SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import type { PartialState } from './partial.ts';
import { discardPartial, isReceiving, JournalWriter, readJournal, readState, writeState } from './partial.ts';
import type { BeginPayload } from './begin-payload.ts';
import type { BeginRecord } from './record.ts';
import { FEATURE, FLAG_CLONE, OBJECT_SET } from './record.ts';

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
  /** The snapshot that `-o origin` names, of which the target becomes a clone. */
  readonly origin: string | undefined;
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

export interface Opened {
  readonly guid: string;
  readonly state: PartialState;
  readonly base: readonly Entry[];
  readonly source: SnapshotMeta | undefined;
}

function isRaw(task: Task): boolean {
  return (task.begin.features & FEATURE.raw) !== 0;
}

function isResuming(task: Task): boolean {
  return (task.begin.features & FEATURE.resuming) !== 0;
}

/** Only under the lock of the pool. @throws {ReceiveRefused} */
export function begin(store: Store, task: Task): Opened {
  const dataset = store.find(task.name);
  if (isResuming(task)) return resumeBegin(store, task, dataset);
  if (!dataset) return beginNew(store, task);
  return beginExisting(store, task, dataset);
}

function newState(task: Task, existing: Dataset | undefined): PartialState {
  const { begin: header, snapshot, flags } = task;
  return {
    owner: ownIdentity(),
    resumable: flags.resumable,
    toGuid: String(header.toGuid),
    toName: header.toName,
    snapshot,
    ...(header.fromGuid !== 0n && { fromGuid: String(header.fromGuid) }),
    newest: existing?.meta.snaps.at(-1)?.guid ?? '',
    fresh: existing === undefined,
    pack: BigInt(Math.floor(Math.random() * 2 ** 52)).toString(36) + Date.now().toString(36),
    features: header.features,
    creation: Number(header.creation),
    type: header.type === OBJECT_SET.volume ? 'volume' : 'filesystem',
    raw: isRaw(task),
    bytesBefore: 0,
  };
}

function beginNew(store: Store, task: Task): Opened {
  const origin = namedOrigin(store, task);
  const state = newState(task, undefined);
  const txg = store.nextTxg(poolOf(task.name));
  const { set } = task.props;
  const meta: DatasetMeta = {
    ...newMeta({ type: state.type, props: set, sparse: true, ...(state.type === 'volume' && { volsize: 0 }) }, txg),
    ...newKeyOf(store, task),
    inconsistent: true,
    ...(origin && { origin: origin.snapshot.guid }),
  };
  applyProps(meta, task, true);
  const dataset = store.add(task.name, meta);
  if (origin) addClone(store, origin, meta.guid);
  writeState(dataset, state);
  const base = origin ? readManifest(store, task.name, origin.snapshot.manifest) : [];
  return { guid: meta.guid, state, base, source: origin?.snapshot };
}

function namedOrigin(store: Store, { name, begin: { flags, fromGuid }, origin }: Task): Origin | undefined {
  if (origin !== undefined) {
    const { dataset, snapshot } = open(store, origin, EVERYTHING);
    if (!snapshot) throw new ReceiveRefused('EINVAL');
    if (fromGuid !== 0n && snapshot.guid !== String(fromGuid)) throw new ReceiveRefused('ENODEV');
    return { dataset, snapshot };
  }
  return (flags & FLAG_CLONE) === 0 ? undefined : findSnapshotByGuid(store, poolOf(name), String(fromGuid));
}

function newKeyOf(store: Store, task: Task): Pick<DatasetMeta, 'cipher' | 'key'> {
  const { crypt } = task.payload;
  if (isRaw(task) && crypt) {
    // A raw stream brings its wrapped key: whoever receives it becomes the root of an encryption, without the key.
    const location = task.props.set['keylocation'] ?? 'prompt';
    return { cipher: crypt.cipher, key: { ...crypt.key, location, loaded: false } };
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
  const key = createKey(store, parentOf(task.name) ?? '', task.props.set, refuse);
  if (key.cipher !== undefined) refuseEmbedded(store, task);
  return key;
}

function refuseEmbedded(store: Store, { begin, prefix }: Task): void {
  if ((begin.features & FEATURE.embedData) === 0) return;
  store.context.fail(`${prefix}: incompatible embedded data stream feature with encrypted receive.`);
}

function beginExisting(store: Store, task: Task, dataset: Dataset): Opened {
  const { begin: header, flags } = task;
  if (task.origin !== undefined || (header.flags & FLAG_CLONE) !== 0) throw new ReceiveRefused('EINVAL');
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
  const state = newState(task, dataset);
  writeState(dataset, state);
  const base = readManifest(store, task.name, source?.manifest ?? null);
  return { guid: meta.guid, state, base, source };
}

function checkIncremental(store: Store, task: Task, dataset: Dataset, source: SnapshotMeta): void {
  const { meta } = dataset;
  const raw = isRaw(task);
  if (meta.cipher !== undefined && !raw && encryptionRootOf(store, dataset)?.key.loaded !== true) {
    throw new ReceiveRefused('EACCES');
  }
  if (meta.cipher !== undefined && !raw) refuseEmbedded(store, task);
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
  const { resumable } = task.flags;
  const next: PartialState = { ...state, resumable, owner: ownIdentity(), bytesBefore: state.bytesBefore + bytes };
  // The journal's positions count from the start of one stream: those of the last stream go into `bytesBefore`.
  const lines = readJournal(dataset).filter((line) => line[0] !== 'p');
  writeState(dataset, next);
  const journal = new JournalWriter(dataset, lines);
  journal.add(['p', object, offset, 0]);
  journal.close();
  const base = readManifest(store, task.name, source?.manifest ?? originManifest(store, dataset, state));
  return { guid: dataset.meta.guid, state: next, base, source };
}

function originManifest(store: Store, dataset: Dataset, state: PartialState): string | null {
  if (state.fromGuid === undefined) return null;
  return originOf(store, dataset.name, dataset.meta)?.snapshot.manifest ?? null;
}

export function applyProps(meta: DatasetMeta, task: Task, fresh: boolean): void {
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
