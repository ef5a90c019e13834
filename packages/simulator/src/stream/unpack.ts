/** Receiving what comes on stdin: one stream, or a package of several. */
import { nameProblem, splitName } from '../names.ts';
import { niceBytes } from '../properties/format.ts';
import type { Store } from '../store/store.ts';
import { ReceiveRefused } from './begin.ts';
import { decodePayload } from './begin-payload.ts';
import type { Package, Session } from './checks.ts';
import { checkTarget, explain, propsOf } from './checks.ts';
import { InputError, StreamInput } from './input.ts';
import type { PackageHeader } from './package.ts';
import { receiveStream } from './receive.ts';
import type { BeginRecord } from './record.ts';
import { decodeBegin, FEATURE, FLAG_CLONE, HEADER_TYPE, RECORD } from './record.ts';
import { settlePackage } from './settle.ts';

export interface Outcome {
  /** New datasets, which are to be mounted. */
  readonly created: readonly string[];
  readonly failed: boolean;
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
  const origin = pack.header === undefined && !pack.several ? session.origin : undefined;
  const isNew = begin.fromGuid === 0n || (begin.flags & FLAG_CLONE) !== 0 || origin !== undefined;
  const wantsNew = isNew && !resuming;
  const word = wantsNew ? 'new filesystem' : resuming ? 'resume' : 'incremental';
  const prefix = `cannot receive ${word} stream`;
  const started = Date.now();
  const fresh = !store.find(name) || store.find(name)?.meta.inconsistent === true;
  checkTarget(session, pack, begin, { name, prefix, wantsNew, version, origin });
  if (session.verbose) {
    const kind = begin.fromGuid === 0n ? 'full' : 'incremental';
    context.out(`${session.dryRun ? 'would receive' : 'receiving'} ${kind} stream of ${begin.toName} into ${full}\n`);
  }
  const task = { name, snapshot: version, begin, prefix, flags: session, origin } as const;
  const props = propsOf(session, pack, task);
  const from = input.bytes;
  try {
    const payload = decodePayload(input.payload(begin.payloadBytes));
    if (payload === undefined) throw new ReceiveRefused('EINVAL');
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

function isThere(store: Store, name: string, guid: string): boolean {
  store.forget(name);
  return store.find(name)?.meta.snaps.some((snapshot) => snapshot.guid === guid) === true;
}

/** Reads a stream to its end and forgets it. */
function skip(input: StreamInput): void {
  while (input.next().type !== RECORD.end);
}
