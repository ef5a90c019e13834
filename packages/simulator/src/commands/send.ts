import { isatty } from 'node:tty';
import { readManifest } from '../content/manifest.ts';
import { originOf } from '../content/clones.ts';
import { findSnapshotByGuid } from '../content/space.ts';
import type { Options } from '../getopt.ts';
import { getopt, UsageError } from '../getopt.ts';
import { poolOf, splitName } from '../names.ts';
import type { Target } from '../properties/lookup.ts';
import { encryptionRootOf } from '../properties/lookup.ts';
import type { Dataset, Store } from '../store/store.ts';
import { sendPackage } from '../stream/package.ts';
import type { SendFlags, Source, Step } from '../stream/plan.ts';
import { estimateStep, sendStep, toName } from '../stream/plan.ts';
import { reporter } from '../stream/report.ts';
import { contentOf, decodeToken, describeToken } from '../stream/token.ts';
import { StreamWriter } from '../stream/writer.ts';
import { EVERYTHING, open, WITH_SNAPSHOTS } from '../target.ts';

const EXIT_FAILURE = 255;
const AMBIGUOUS =
  "Warning: incremental source didn't specify type, assuming snapshot. Use '@' or '#' prefix to avoid ambiguity.\n";
const LONG: Readonly<Record<string, string>> = {
  replicate: 'R',
  skip: 's',
  props: 'p',
  parsable: 'P',
  dedup: 'D',
  proctitle: 'V',
  verbose: 'v',
  dryrun: 'n',
  'large-block': 'L',
  embed: 'e',
  resume: 't',
  compressed: 'c',
  raw: 'w',
  backup: 'b',
  holds: 'h',
  saved: 'S',
};

/** `zfs send`. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'i:I:RsDpVvnPLeht:cwbS', LONG);
  const { context } = store;
  const [name, extra] = options.operands;
  if (options.has('i') && options.has('I')) throw new UsageError('');
  const token = options.last('t');
  if (token !== undefined) {
    if (options.has('i') || options.has('I') || ['R', 'p', 'b', 'h'].some((letter) => options.has(letter))) {
      throw new UsageError('invalid flags combined with -t');
    }
    if (name !== undefined) throw new UsageError('too many arguments');
  } else {
    if (name === undefined) throw new UsageError('missing snapshot argument');
    if (extra !== undefined) throw new UsageError('too many arguments');
  }
  if (!options.has('n') && isatty(context.stdout)) {
    context.fail('Error: Stream can not be written to a terminal.\nYou must redirect standard output.');
  }
  if (token !== undefined) return resume(store, token, options);
  const from = options.last('i') ?? options.last('I');
  if (options.has('I') && from?.includes('#') === true) {
    context.fail('Error: multiple snapshots cannot be sent from a bookmark.');
  }
  const simple = !['R', 'p', 'b', 'h', 'I'].some((letter) => options.has(letter));
  if (!simple && name !== undefined && (!name.includes('@') || from?.includes('#') === true)) {
    context.fail('Error: Unsupported flag with filesystem or bookmark.');
  }
  const target = open(store, name ?? '', WITH_SNAPSHOTS);
  return simple ? sendOne(store, target, from, options) : sendPackage(store, target, from, flagsOf(options), options);
}

export function flagsOf(options: Options): SendFlags {
  const raw = options.has('w');
  return {
    raw,
    largeBlocks: raw || options.has('L'),
    compressed: raw || options.has('c'),
    embedded: raw || options.has('e'),
  };
}

function warn(store: Store, name: string, problem: string): never {
  return store.context.fail(`warning: cannot send '${name}': ${problem}`);
}

function sendOne(store: Store, target: Target, from: string | undefined, options: Options): number {
  const { dataset, snapshot } = target;
  if (!snapshot && dataset.meta.mounted !== undefined) {
    warn(store, target.name, 'target is busy; if a filesystem, it must not be mounted');
  }
  const source = from === undefined ? undefined : findSource(store, target, from);
  const step: Step = {
    dataset,
    snapshot,
    source: source?.source,
    flags: flagsOf(options),
    ...(source?.clone === true && { clone: true }),
  };
  return sendSteps(store, step, options);
}

function sendSteps(store: Store, step: Step, options: Options): number {
  const dry = options.has('n');
  const report = reporter(store.context, options);
  if (report.wanted || dry) {
    const bytes = estimateStep(store, step);
    report.step(toName(step), step.source?.name, bytes);
    report.total(bytes);
  }
  if (dry) return 0;
  refuseLocked(store, step);
  const writer = new StreamWriter(store.context, report.progress(toName(step)));
  if (!sendStep(store, step, writer)) {
    return store.context.fail(`cannot open '${toName(step)}': dataset does not exist`);
  }
  return 0;
}

function refuseLocked(store: Store, step: Step): void {
  const key = encryptionRootOf(store, step.dataset)?.key;
  if (key && !key.loaded && !step.flags.raw) warn(store, toName(step), 'dataset key must be loaded');
}

/** The incremental source that `-i` names, of the dataset itself or of the one that it is a clone of. */
function findSource(store: Store, target: Target, from: string): { source: Source; clone: boolean } {
  const { dataset } = target;
  const full =
    from.startsWith('@') || from.startsWith('#')
      ? dataset.name + from
      : from.includes('@') || from.includes('#')
        ? from
        : `${dataset.name}@${from}`;
  if (!/[@#]/.test(from)) store.context.err(AMBIGUOUS);
  const { dataset: base, delimiter, version } = splitName(full);
  const earlier = (txg: number): boolean => target.snapshot === undefined || txg < target.snapshot.txg;
  if (delimiter === '#') {
    const mark = store.find(base)?.meta.marks.find((each) => each.name === version);
    if (!mark) return warn(store, target.name, `incremental source (${full}) does not exist`);
    if (base !== dataset.name || !earlier(mark.txg)) {
      return warn(store, target.name, 'not an earlier snapshot from the same fs');
    }
    const entries = readManifest(store, dataset.name, mark.manifest ?? null);
    return { source: { name: full, guid: mark.guid, txg: mark.txg, ivset: mark.ivset, entries }, clone: false };
  }
  const origin = open(store, full, EVERYTHING);
  const { snapshot } = origin;
  const isOrigin = snapshot !== undefined && isOfOrigin(store, dataset, origin.dataset, snapshot.txg);
  if (!snapshot || (!isOrigin && (base !== dataset.name || !earlier(snapshot.txg)))) {
    return warn(store, target.name, 'not an earlier snapshot from the same fs');
  }
  const entries = readManifest(store, dataset.name, snapshot.manifest);
  return {
    source: { name: full, guid: snapshot.guid, txg: snapshot.txg, ivset: snapshot.ivset, entries },
    clone: isOrigin,
  };
}

/** It is the origin of the dataset, or an older snapshot of what that is of. */
function isOfOrigin(store: Store, dataset: Dataset, base: Dataset, txg: number): boolean {
  const origin = originOf(store, dataset.name, dataset.meta);
  return origin?.dataset.name === base.name && txg <= origin.snapshot.txg;
}

function resume(store: Store, token: string, options: Options): number {
  const { context } = store;
  const refuse = (problem: string): never => context.fail(`cannot resume send: ${problem}`, EXIT_FAILURE);
  const values = decodeToken(token);
  if (typeof values === 'string') return refuse(values);
  if (options.has('v') || options.has('P')) {
    const text = describeToken(values);
    if (options.has('n')) context.out(text);
    else context.err(text);
  }
  const content = contentOf(values);
  if (!content) return refuse('resume token is corrupt');
  const { dataset: base, version } = splitName(content.toName);
  const found = findNamed(store, base, version, content.toGuid, refuse, content.toName);
  const source = content.fromGuid === undefined ? undefined : sourceByGuid(store, found.dataset, content.fromGuid);
  if (content.fromGuid !== undefined && !source) {
    return refuse(`incremental source 0x${BigInt(content.fromGuid).toString(16)} no longer exists`);
  }
  const step: Step = {
    dataset: found.dataset,
    snapshot: found.snapshot,
    source,
    flags: {
      raw: content.raw === true,
      largeBlocks: content.largeBlocks === true,
      compressed: content.compressed === true,
      embedded: content.embedded === true || options.has('e'),
    },
    resume: { object: content.object, offset: content.offset },
    ...(source !== undefined &&
      !source.name.startsWith(`${found.dataset.name}@`) &&
      !source.name.startsWith(`${found.dataset.name}#`) && { clone: true }),
  };
  return sendSteps(store, step, options);
}

function findNamed(
  store: Store,
  base: string,
  version: string,
  guid: string,
  refuse: (problem: string) => never,
  name: string,
): { dataset: Dataset; snapshot: NonNullable<Step['snapshot']> } {
  const dataset = store.find(base);
  const snapshot = dataset?.meta.snaps.find((each) => each.name === version);
  if (dataset && snapshot?.guid === guid) return { dataset, snapshot };
  const renamed = store.hasPool(poolOf(base)) ? findSnapshotByGuid(store, poolOf(base), guid) : undefined;
  if (renamed) return renamed;
  if (snapshot) return refuse(`'${name}' is no longer the same snapshot used in the initial send`);
  return refuse(`'${name}' used in the initial send no longer exists`);
}

function sourceByGuid(store: Store, dataset: Dataset, guid: string): Source | undefined {
  const { snaps, marks } = dataset.meta;
  const own = snaps.find((each) => each.guid === guid);
  const origin = originOf(store, dataset.name, dataset.meta);
  const older = origin?.dataset.meta.snaps.find((each) => each.guid === guid && each.txg <= origin.snapshot.txg);
  const snapshot = own ?? older;
  if (snapshot) {
    const entries = readManifest(store, dataset.name, snapshot.manifest);
    const base = own ? dataset.name : (origin?.dataset.name ?? dataset.name);
    return { name: `${base}@${snapshot.name}`, guid, txg: snapshot.txg, ivset: snapshot.ivset, entries };
  }
  const mark = marks.find((each) => each.guid === guid);
  if (!mark) return undefined;
  const entries = readManifest(store, dataset.name, mark.manifest ?? null);
  return { name: `${dataset.name}#${mark.name}`, guid, txg: mark.txg, ivset: mark.ivset, entries };
}
