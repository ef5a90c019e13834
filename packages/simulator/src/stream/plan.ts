/** Sending one snapshot (or head) of a dataset: what the stream says of itself, and its records. */
import { announce } from '../activity.ts';
import { commitLive } from '../content/commit.ts';
import type { Entry } from '../content/manifest.ts';
import { readManifest } from '../content/manifest.ts';
import { PackReader } from '../content/pack.ts';
import { encryptionRootOf, settingOf } from '../properties/lookup.ts';
import type { SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { type BeginPayload, encodePayload } from './begin-payload.ts';
import { encodeBegin, FEATURE, FLAG_CLONE, FLAGS_ALWAYS, HEADER_TYPE, OBJECT_SET } from './record.ts';
import type { Change } from './substream.ts';
import { estimate, itemsOf } from './substream.ts';
import type { StreamWriter } from './writer.ts';

export interface SendFlags {
  readonly raw: boolean;
  readonly largeBlocks: boolean;
  readonly compressed: boolean;
  readonly embedded: boolean;
}

/** The incremental source: a snapshot with its content, or a bookmark, which has none. */
export interface Source {
  readonly name: string;
  readonly guid: string;
  readonly txg: number;
  readonly ivset: string | undefined;
  readonly entries: readonly Entry[];
}

export interface Step {
  readonly dataset: Dataset;
  /** undefined: the head. */
  readonly snapshot: SnapshotMeta | undefined;
  readonly source: Source | undefined;
  /** The source is a snapshot of the dataset's origin. */
  readonly clone?: boolean;
  readonly flags: SendFlags;
  readonly resume?: { readonly object: number; readonly offset: number };
}

const RECORD_BYTES_PLAIN = 131_072;

export function toName(step: Step): string {
  return `${step.dataset.name}@${step.snapshot?.name ?? '--head--'}`;
}

function changeOf(store: Store, step: Step): Change {
  const { dataset, snapshot, source } = step;
  const now = snapshot ? dataset : (commitLive(store, dataset.name) ?? dataset);
  const to = readManifest(store, dataset.name, snapshot ? snapshot.manifest : now.meta.head);
  const from = source?.entries ?? [];
  const same = source !== undefined && JSON.stringify(to) === JSON.stringify(from);
  return {
    type: dataset.meta.type,
    toGuid: BigInt(snapshot?.guid ?? dataset.meta.guid),
    to: same ? from : to,
    from,
    full: source === undefined,
    volsize: snapshot ? snapshot.volsize : dataset.meta.volsize,
    largeBlocks: step.flags.largeBlocks,
    ...(step.resume && { resume: step.resume }),
  };
}

export function estimateStep(store: Store, step: Step): number {
  const reader = new PackReader(store, step.dataset.name);
  return estimate(changeOf(store, step), reader);
}

function featuresOf(store: Store, step: Step): number {
  const { flags, dataset } = step;
  const large =
    dataset.meta.largeBlocks === true || Number(settingOf(store, dataset, 'recordsize')) > RECORD_BYTES_PLAIN;
  let features = dataset.meta.type === 'filesystem' ? FEATURE.saSpill : 0;
  if (flags.compressed) features |= FEATURE.compressed | FEATURE.lz4;
  if (flags.embedded && dataset.meta.cipher === undefined) features |= FEATURE.embedData;
  if (flags.largeBlocks && large) features |= FEATURE.largeBlocks;
  if (flags.raw && dataset.meta.cipher !== undefined) features |= FEATURE.raw;
  if (step.resume) features |= FEATURE.resuming;
  return features;
}

function payloadOf(store: Store, step: Step): Buffer {
  const { dataset, snapshot, source, resume } = step;
  const root = encryptionRootOf(store, dataset);
  const payload: BeginPayload = {
    ...(resume && { resume_object: resume.object, resume_offset: resume.offset }),
    ...(step.flags.raw &&
      root && {
        crypt: {
          cipher: dataset.meta.cipher ?? '',
          key: root.key,
          to_ivset: snapshot?.ivset ?? '0',
          ...(source?.ivset !== undefined && { from_ivset: source.ivset }),
        },
      }),
  };
  return encodePayload(payload);
}

/** @returns false when the snapshot was destroyed before it could be sent */
export function sendStep(store: Store, step: Step, writer: StreamWriter): boolean {
  const { dataset, snapshot, source } = step;
  const done = announce(store, dataset.name, [snapshot?.guid ?? dataset.meta.guid, source?.guid ?? '']);
  const reader = new PackReader(store, dataset.name);
  try {
    const now = store.read(dataset.name);
    const there = now?.meta.snaps.some((each) => each.guid === snapshot?.guid);
    // A rename in between changes nothing: what is sent is found by its manifest.
    if (snapshot && now && there === false) return false;
    const change = changeOf(store, step);
    const payload = payloadOf(store, step);
    const begin = encodeBegin({
      header: HEADER_TYPE.substream,
      features: featuresOf(store, step),
      creation: BigInt(snapshot?.time ?? Math.floor(Date.now() / 1000)),
      type: OBJECT_SET[dataset.meta.type],
      flags: FLAGS_ALWAYS | (step.clone === true ? FLAG_CLONE : 0),
      toGuid: change.toGuid,
      fromGuid: BigInt(source?.guid ?? 0),
      toName: toName(step),
      payloadBytes: payload.length,
    });
    writer.begin(begin, payload);
    for (const item of itemsOf(change, reader)) writer.record(item.record, item.payload?.());
    writer.end(change.toGuid);
    writer.flush();
    return true;
  } finally {
    reader.close();
    done();
  }
}
