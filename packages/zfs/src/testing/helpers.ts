/** What the cases of the conformance suite share. */
import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZfsError, type ZfsReason } from '../errors.ts';
import {
  type DatasetEntry,
  type DatasetName,
  parseDatasetName,
  parseVersionName,
  type VersionEntry,
  type VersionName,
} from '../model/index.ts';
import type { ReceiveOptions, ReceiveProcess, SendOptions } from '../zfs.ts';
import type { TestBed } from './test-bed.ts';

/** Runs one named case; of a test framework. */
export type RunCase = (name: string, run: () => Promise<void>) => Promise<void>;

/** Two pools, and names that no other case has used. */
export interface Fixture {
  readonly bed: TestBed;
  readonly source: DatasetName;
  readonly target: DatasetName;
  /** A name in the source pool. */
  readonly sourceName: () => DatasetName;
  /** A name in the target pool. */
  readonly targetName: () => DatasetName;
  /** What a case has begun and may leave behind when it fails; ended after each case. */
  readonly running: Set<Pick<ReceiveProcess, 'kill'>>;
}

export async function makeFixture(bed: TestBed): Promise<Fixture> {
  const source = await bed.createPool('source');
  const target = await bed.createPool('target');
  let count = 0;
  const next = (pool: DatasetName): DatasetName => parseDatasetName(`${pool}/d${String(++count)}`);
  return {
    bed,
    source,
    target,
    sourceName: () => next(source),
    targetName: () => next(target),
    running: new Set(),
  };
}

export const S1 = parseVersionName('s1');
export const S2 = parseVersionName('s2');
export const S3 = parseVersionName('s3');

export function child(dataset: DatasetName, path: string): DatasetName {
  return parseDatasetName(`${dataset}/${path}`);
}

/** `length` bytes that no compression makes smaller, the same for the same seed. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0 || 1;
  for (let i = 0; i + 4 <= length; i += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state | 0, i);
  }
  return bytes;
}

/** A filesystem with a file of its own in each of the snapshots. */
export async function makeFilesystem(
  { bed }: Fixture,
  dataset: DatasetName,
  ...snapshots: readonly VersionName[]
): Promise<void> {
  await bed.zfs.create(dataset, { type: 'filesystem' });
  for (const snapshot of snapshots) {
    await bed.write(dataset, `at-${snapshot}`, `written before ${snapshot}\n`);
    await bed.zfs.snapshot([dataset], snapshot);
  }
}

/** A filesystem with one snapshot of some MiB of noise. */
export async function makeLarge({ bed }: Fixture, dataset: DatasetName, snapshot: VersionName): Promise<void> {
  await bed.zfs.create(dataset, { type: 'filesystem' });
  await bed.write(dataset, 'noise', noise(4 * 1024 * 1024));
  await bed.zfs.snapshot([dataset], snapshot);
}

export const ENCRYPTION = { encryption: 'aes-256-gcm', keyformat: 'raw' } as const;

export async function createEncrypted({ bed }: Fixture, dataset: DatasetName): Promise<void> {
  await bed.zfs.create(dataset, {
    type: 'filesystem',
    properties: { ...ENCRYPTION, keylocation: bed.keyLocation },
  });
}

/** The whole of a send: sends to its end, receives, and waits for both. The receive's error comes before the send's. */
export async function replicate({ bed }: Fixture, send: SendOptions, receive: ReceiveOptions): Promise<void> {
  const source = bed.zfs.send(send);
  const sink = bed.zfs.receive(receive);
  const piped = pipeline(source.stream, sink.stream).catch(() => undefined);
  try {
    await sink.done;
    await piped;
    await source.done;
  } finally {
    await Promise.all([source.kill(), sink.kill()]);
  }
}

/** Receives given bytes. */
export async function receiveBytes({ bed }: Fixture, bytes: Uint8Array, options: ReceiveOptions): Promise<void> {
  const sink = bed.zfs.receive(options);
  sink.stream.end(bytes);
  await sink.done;
}

/** The whole stream of a send, in memory. */
export async function streamOf({ bed }: Fixture, options: SendOptions): Promise<Buffer> {
  const source = bed.zfs.send(options);
  const bytes = await readAll(source.stream);
  await source.done;
  return bytes;
}

export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Begins a receive, gives it `bytes`, and leaves it waiting for more until it has taken them. */
export async function beginReceive(
  { bed, running }: Fixture,
  bytes: Uint8Array,
  options: ReceiveOptions,
): Promise<ReceiveProcess> {
  const sink = bed.zfs.receive(options);
  running.add(sink);
  await new Promise<void>((fulfil, reject) => {
    sink.stream.write(bytes, (error) => {
      if (error) reject(error);
      else fulfil();
    });
  });
  return sink;
}

export async function refused(work: Promise<unknown>, reason: ZfsReason): Promise<ZfsError> {
  try {
    await work;
  } catch (error) {
    assert(error instanceof ZfsError, `not a ZfsError: ${String(error)}`);
    assert.equal(error.reason, reason, `reason of: ${error.message}\nstderr: ${error.stderrTail}`);
    assert.ok(!error.message.includes('\n'), 'the message is one line');
    return error;
  }
  throw new assert.AssertionError({ message: `expected to be refused as ${reason}, but it succeeded` });
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

export async function entryOf({ bed }: Fixture, dataset: DatasetName): Promise<DatasetEntry> {
  const [entry] = await collect(bed.zfs.listDatasets(dataset, { depth: 0 }));
  assert(entry, `${dataset} is listed`);
  return entry;
}

/** The versions of one dataset by name. */
export async function versionsOf({ bed }: Fixture, dataset: DatasetName): Promise<Map<string, VersionEntry>> {
  const entries = await collect(bed.zfs.listVersions(dataset, { depth: 0 }));
  return new Map(entries.map((entry) => [(entry.version.kind === 'snapshot' ? '@' : '#') + entry.version.name, entry]));
}

export async function guidOf(fixture: Fixture, dataset: DatasetName, snapshot: VersionName): Promise<bigint> {
  const entry = (await versionsOf(fixture, dataset)).get(`@${snapshot}`);
  assert(entry, `${dataset}@${snapshot} is listed`);
  return entry.version.guid;
}

export async function exists(fixture: Fixture, dataset: DatasetName): Promise<boolean> {
  try {
    await entryOf(fixture, dataset);
    return true;
  } catch (error) {
    if (error instanceof ZfsError && error.reason === 'dataset-missing') return false;
    throw error;
  }
}

/** Snapshots and contents of the target are those of the source. */
export async function assertReplicated(
  fixture: Fixture,
  source: DatasetName,
  target: DatasetName,
  snapshots: readonly VersionName[],
): Promise<void> {
  const listed = [...(await versionsOf(fixture, target)).keys()].filter((name) => name.startsWith('@')).sort();
  assert.deepEqual(listed, snapshots.map((name) => `@${name}`).sort());
  for (const snapshot of snapshots) {
    assert.equal(await guidOf(fixture, target, snapshot), await guidOf(fixture, source, snapshot), 'the guid is kept');
    assert.deepEqual(await fixture.bed.contents(target, snapshot), await fixture.bed.contents(source, snapshot));
  }
}

export async function tokenOf(fixture: Fixture, target: DatasetName): Promise<string> {
  const { resumeToken } = await entryOf(fixture, target);
  assert(resumeToken, `${target} has a token`);
  return resumeToken;
}

/** Receives a part of a send, with `-s`, and gives the token. */
export async function interrupt(
  fixture: Fixture,
  send: SendOptions,
  target: DatasetName,
  options: Partial<ReceiveOptions> = {},
): Promise<string> {
  const bytes = await streamOf(fixture, send);
  const part = bytes.subarray(0, bytes.length / 2);
  await refused(receiveBytes(fixture, part, { target, resumable: true, ...options }), 'stream-incomplete');
  return tokenOf(fixture, target);
}

export async function restOf({ bed }: Fixture, token: string): Promise<Buffer> {
  const source = bed.zfs.resumeSend(token);
  const bytes = await readAll(source.stream);
  await source.done;
  return bytes;
}

export async function resume(
  fixture: Fixture,
  target: DatasetName,
  options: Partial<ReceiveOptions> = {},
): Promise<void> {
  const rest = await restOf(fixture, await tokenOf(fixture, target));
  await receiveBytes(fixture, rest, { target, resumable: true, ...options });
}

/** A filesystem with noise in both of its snapshots. */
export async function makeTwice(fixture: Fixture, dataset: DatasetName): Promise<void> {
  await makeLarge(fixture, dataset, S1);
  await fixture.bed.write(dataset, 'more', noise(4 * 1024 * 1024, 2));
  await fixture.bed.zfs.snapshot([dataset], S2);
}
