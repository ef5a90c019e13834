/** Compound streams: `send -R`, `-I`, `-p`: a header that says what is in the package, and several streams. */
import { readManifest } from '../content/manifest.ts';
import { originOf } from '../content/clones.ts';
import { type Options, UsageError } from '../getopt.ts';
import { parentOf, splitName } from '../names.ts';
import type { Target } from '../properties/lookup.ts';
import { encryptionRootOf } from '../properties/lookup.ts';
import { findProperty } from '../properties/table.ts';
import type { SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import type { SendFlags, Source, Step } from './plan.ts';
import { estimateStep, sendStep, toName } from './plan.ts';
import { encodeBegin, HEADER_TYPE, padded } from './record.ts';
import { reporter } from './report.ts';
import { StreamWriter } from './writer.ts';

/** A dataset of the package, by its guid in {@link PackageHeader}. */
export interface PackageDataset {
  readonly name: string;
  readonly parentfromsnap?: string;
  readonly props: Readonly<Record<string, string>>;
  readonly snaps: Readonly<Record<string, string>>;
  readonly snapprops: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly is_encroot?: boolean;
}

export interface PackageHeader {
  readonly tosnap: string;
  readonly fromsnap?: string;
  readonly not_recursive?: boolean;
  readonly fss: Readonly<Record<string, PackageDataset>>;
}

interface Range {
  readonly to: string;
  readonly from: string | undefined;
  /** With what lies between. */
  readonly all: boolean;
  readonly replicate: boolean;
}

/** `zfs send -R`, `-I`, `-p`. */
export function sendPackage(
  store: Store,
  target: Target,
  from: string | undefined,
  flags: SendFlags,
  options: Options,
): number {
  const { context } = store;
  const { dataset, snapshot } = target;
  if (!snapshot) return context.fail('Error: Unsupported flag with filesystem or bookmark.');
  const range: Range = {
    to: snapshot.name,
    from: fromOf(store, dataset, from),
    all: options.has('I') || options.has('R'),
    replicate: options.has('R'),
  };
  checkRange(store, dataset, snapshot, range);
  const header = options.has('R') || options.has('p') || options.has('b') || options.has('h');
  if (header) refuseUnraw(store, target, flags, range.replicate);
  const steps = (range.replicate ? store.descendants(dataset.name) : [dataset.name]).flatMap((name) =>
    stepsOf(store, name, range, flags),
  );
  const report = reporter(context, options);
  if (report.wanted || options.has('n')) {
    let total = 0;
    for (const step of steps) {
      const bytes = estimateStep(store, step);
      total += bytes;
      report.step(toName(step), step.source?.name.replace(/^.*@/, ''), bytes);
    }
    report.total(total);
  }
  if (options.has('n')) return 0;
  const writer = new StreamWriter(context, report.progress(target.name));
  writePackageHeader(store, target.name, header ? headerOf(store, steps, range) : undefined, writer);
  for (const step of steps) {
    const key = encryptionRootOf(store, step.dataset)?.key;
    if (key && !key.loaded && !flags.raw)
      context.fail(`warning: cannot send '${toName(step)}': dataset key must be loaded`);
    sendStep(store, step, writer);
  }
  writer.endPackage();
  return 0;
}

/** The snapshot that is gone on from; undefined also for a clone that is sent from its origin. */
function fromOf(store: Store, dataset: Dataset, from: string | undefined): string | undefined {
  if (from === undefined) return undefined;
  const { dataset: base, version } = splitName(from.includes('@') ? from : `@${from}`);
  if (base === '' || base === dataset.name) return version;
  const origin = originOf(store, dataset.name, dataset.meta);
  if (origin?.dataset.name === base && origin.snapshot.name === version) return undefined;
  throw new UsageError('incremental source must be in same filesystem');
}

function checkRange(store: Store, dataset: Dataset, snapshot: SnapshotMeta, range: Range): void {
  const { context } = store;
  if (range.from === undefined) return;
  const source = dataset.meta.snaps.find((each) => each.name === range.from);
  const full = `${dataset.name}@${range.from}`;
  if (!source) {
    if (range.replicate) return;
    context.fail(`cannot open '${full}': dataset does not exist`);
  }
  if (source === snapshot) {
    context.fail(
      `WARNING: could not send ${dataset.name}@${snapshot.name}:\nincremental source (${full}) is not earlier than it`,
    );
  }
  if (source && source.txg > snapshot.txg) {
    context.fail(
      `WARNING: could not send ${dataset.name}@${snapshot.name}:\nincremental source (${full}) does not exist`,
    );
  }
}

function refuseUnraw(store: Store, target: Target, flags: SendFlags, replicate: boolean): void {
  if (flags.raw) return;
  const names = replicate ? store.descendants(target.dataset.name) : [target.dataset.name];
  const encrypted = names.find((name) => store.find(name)?.meta.cipher !== undefined);
  if (encrypted === undefined) return;
  store.context.err(
    `cannot send ${target.name}: encrypted dataset ${encrypted} may not be sent with properties without the raw flag\n`,
  );
  store.context.fail(`warning: cannot send '${target.name}': backup failed`);
}

function sourceOf(store: Store, dataset: Dataset, snapshot: SnapshotMeta): Source {
  return {
    name: `${dataset.name}@${snapshot.name}`,
    guid: snapshot.guid,
    txg: snapshot.txg,
    ivset: snapshot.ivset,
    entries: readManifest(store, dataset.name, snapshot.manifest),
  };
}

function stepsOf(store: Store, name: string, range: Range, flags: SendFlags): Step[] {
  const dataset = store.find(name);
  if (!dataset || dataset.meta.inconsistent === true) return [];
  const { snaps } = dataset.meta;
  const last = snaps.findIndex((snapshot) => snapshot.name === range.to);
  if (last < 0) {
    store.context.err(`skipping dataset ${name}: snapshot ${range.to} does not exist\n`);
    return [];
  }
  const first = range.from === undefined ? -1 : snaps.findIndex((snapshot) => snapshot.name === range.from);
  const chosen = range.all ? snaps.slice(first + 1, last + 1) : snaps.slice(last, last + 1);
  let before = first >= 0 ? snaps[first] : undefined;
  const origin = before === undefined ? originOf(store, name, dataset.meta) : undefined;
  return chosen.map((snapshot) => {
    const source = before
      ? sourceOf(store, dataset, before)
      : origin && sourceOf(store, origin.dataset, origin.snapshot);
    const clone = before === undefined && origin !== undefined;
    before = snapshot;
    return { dataset, snapshot, source, flags, ...(clone && { clone }) };
  });
}

function headerOf(store: Store, steps: readonly Step[], range: Range): PackageHeader {
  const fss: Record<string, PackageDataset> = {};
  for (const { dataset } of steps) {
    const { meta, name } = dataset;
    const parent = store.find(parentOf(name) ?? '');
    const from = parent?.meta.snaps.find((snapshot) => snapshot.name === range.to);
    fss[meta.guid] = {
      name,
      ...(from && { parentfromsnap: from.guid }),
      props: settable(meta.received, meta.props),
      snaps: Object.fromEntries(meta.snaps.map((snapshot) => [snapshot.name, snapshot.guid])),
      snapprops: Object.fromEntries(meta.snaps.map((s) => [s.name, settable(s.received, s.props)])),
      ...(meta.key && { is_encroot: true }),
    };
  }
  return {
    tosnap: range.to,
    ...(range.from !== undefined && { fromsnap: range.from }),
    ...(!range.replicate && { not_recursive: true }),
    fss,
  };
}

function settable(
  received: Readonly<Record<string, string>> | undefined,
  local: Readonly<Record<string, string | null>> | undefined,
): Record<string, string> {
  const props: Record<string, string> = { ...received };
  for (const [name, value] of Object.entries(local ?? {})) {
    const group = findProperty(name)?.group;
    if (value !== null && group !== 'once' && group !== 'readonly') props[name] = value;
  }
  return props;
}

function writePackageHeader(store: Store, name: string, header: PackageHeader | undefined, writer: StreamWriter): void {
  const text = header === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(header));
  const payload = Buffer.alloc(padded(text.length), ' ');
  text.copy(payload);
  const begin = encodeBegin({
    header: HEADER_TYPE.compound,
    features: 0,
    creation: 0n,
    type: 0,
    flags: 0,
    toGuid: 0n,
    fromGuid: 0n,
    toName: name,
    payloadBytes: payload.length,
  });
  writer.begin(begin, payload);
  writer.end(0n);
  writer.flush();
}
