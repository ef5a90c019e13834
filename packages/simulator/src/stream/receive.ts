/** Receiving one stream, from its first record to the snapshot. */

import { announce } from '../activity.ts';
import { isBusy, removeSnapshot } from '../commands/destroy-versions.ts';
import { resetHead } from '../commands/rollback.ts';
import { withSnapshot } from '../commands/snapshot.ts';
import { forgetClone } from '../content/clones.ts';
import type { Entry } from '../content/manifest.ts';
import { EMPTY_BYTES, sizeOf, writeManifest } from '../content/manifest.ts';
import { PackReader, PackWriter } from '../content/pack.ts';
import { findDatasetByGuid, release } from '../content/space.ts';
import { parentOf, poolOf } from '../names.ts';
import { Values } from '../properties/values.ts';
import type { SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { Applier } from './apply.ts';
import type { Opened, Task } from './begin.ts';
import { applyProps, begin, isModifiedSince, ReceiveRefused } from './begin.ts';
import type { StreamInput } from './input.ts';
import { InputError } from './input.ts';
import { discardPartial, type JournalLine, JournalWriter, readJournal, writeState } from './partial.ts';
import { FEATURE, RECORD } from './record.ts';

const SLOP_SHARE = 0.135;

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
    readRecords(applier, journal, pack, input, { start, reached: positionOf(keep), limit });
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

interface Position {
  readonly object: number;
  readonly offset: number;
}

function positionOf(lines: readonly JournalLine[]): Position {
  const last = lines.at(-1);
  return last?.[0] === 'p' ? { object: last[1], offset: last[2] } : { object: 0, offset: 0 };
}

/** A resumed stream begins with the object that it goes on in: that takes nothing back. */
function later(a: Position, b: Position): Position {
  return a.object < b.object || (a.object === b.object && a.offset < b.offset) ? b : a;
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
  { start, reached, limit }: { readonly start: number; readonly reached: Position; readonly limit: SpaceLimit },
): void {
  const before = pack.bytes;
  let position = reached;
  let record = input.next();
  let end = input.bytes;
  while (record.type !== RECORD.end) {
    // The checksum in the next record covers this one's payload: nothing counts before it has been seen.
    const next = input.next();
    const line = applier.record(record);
    if (line) {
      applier.apply(line);
      journal.add(line);
      position = later(position, applier.position);
      journal.add(['p', position.object, position.offset, end - start]);
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
    if (!opened.source && !opened.state.fresh && !task.flags.force) throw new ReceiveRefused('ETXTBSY');
    if (opened.source && !opened.state.fresh) clearNewer(store, task, dataset, opened.source, opened.state.newest);
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
    meta.settled = opened.state.pack;
    applyProps(meta, task, false);
    const { crypt } = task.payload;
    // The wrapped key comes anew with each raw stream, and counts once that is whole.
    if (crypt && meta.key) meta.key = { ...meta.key, ...crypt.key };
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
    if (!state.fresh || store.children(dataset.name).length > 0) return;
    forgetClone(store, dataset.name, dataset.meta);
    store.remove(dataset.name);
  });
}
