/**
 * What every test of a broken session asks in the end: has the next ordinary run brought everything, and has it sent
 * nothing a second time that the target had saved?
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { RunReport } from '@zfsync/sender';
import { type DatasetName, parseDatasetName, parseVersionName, relativePath } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';

const d = parseDatasetName;
const snap = parseVersionName;

/** Content of the streams that can be broken in their middle. */
const BIG_BYTES = 1536 * 1024;
const MEDIUM_BYTES = 768 * 1024;
/** A stream's part beyond the content; also what ZFS sends once more of a record that was under way. */
const SLACK_BYTES = 384n * 1024n;

const TREE_PATHS = ['', '/a', '/a/b', '/c'] as const;

/**
 * Four datasets on three levels; `/a` is big in its first snapshot and in its last one, the root in its only one: with
 * several connections what is below the root is parked.
 */
async function makeTree(bed: TestBed, source: string): Promise<void> {
  for (const path of TREE_PATHS) {
    await bed.zfs.create(d(source + path), { type: 'filesystem' });
    await bed.write(d(source + path), 'file', `content of ${path || 'the root'}`);
  }
  await bed.write(d(source), 'medium', randomBytes(MEDIUM_BYTES));
  await bed.write(d(`${source}/a`), 'big', randomBytes(BIG_BYTES));
  await bed.zfs.snapshot([d(source)], snap('one'), { recursive: true });
  await bed.write(d(`${source}/a`), 'file', 'changed');
  await bed.zfs.snapshot([d(`${source}/a`)], snap('two'));
  await bed.write(d(`${source}/a`), 'medium', randomBytes(MEDIUM_BYTES));
  await bed.zfs.snapshot([d(`${source}/a`)], snap('three'));
}

/** The next day: every dataset has a new snapshot, `/a` two, with a big change in the first. */
async function growTree(bed: TestBed, source: string, generation: number): Promise<void> {
  await bed.write(d(`${source}/a`), 'big', randomBytes(MEDIUM_BYTES));
  await bed.zfs.snapshot([d(source)], snap(`day-${generation}`), { recursive: true });
  await bed.zfs.snapshot([d(`${source}/a`)], snap(`day-${generation}-late`));
}

interface Found {
  /** `path@snapshot` to guid. */
  readonly snapshots: Map<string, string>;
  /** Partial receives. */
  readonly tokens: Map<DatasetName, string>;
}

/** All that this module asks of a tree, by one process. A tree that is not there is empty. */
async function inspect(bed: TestBed, root: string): Promise<Found> {
  const found: Found = { snapshots: new Map(), tokens: new Map() };
  const columns = ['-t', 'filesystem,volume,snapshot', '-o', 'name,guid,receive_resume_token'];
  const rows = await bed.run('list', '-Hp', '-r', ...columns, root).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes('does not exist')) return '';
    throw error;
  });
  for (const row of rows.split('\n')) {
    const [name = '', guid = '', token = '-'] = row.split('\t');
    if (name.includes('@')) found.snapshots.set(name.slice(root.length), guid);
    else if (token !== '-' && token !== '') found.tokens.set(d(name), token);
  }
  return found;
}

/** A source tree and what is known of its snapshots, so that no content is read twice. */
export class SourceTree {
  readonly root: string;
  readonly #bed: TestBed;
  #generation = 0;
  /** Until the tree grows. */
  #snapshots: Promise<Found> | undefined;
  readonly #contents = new Map<string, Promise<ReadonlyMap<string, string>>>();
  /** Guids of the copies that were compared, by target. */
  readonly #compared = new Map<string, Set<string>>();

  constructor(bed: TestBed, root: string) {
    this.#bed = bed;
    this.root = root;
  }

  /** It was changed by other means. */
  forget(): void {
    this.#snapshots = undefined;
  }

  async make(): Promise<void> {
    await makeTree(this.#bed, this.root);
  }

  async grow(): Promise<void> {
    this.#snapshots = undefined;
    this.#generation += 1;
    await growTree(this.#bed, this.root, this.#generation);
  }

  /** Of this target there is one cursor for each dataset, of what arrived last, and nothing is held any more. */
  async assertTidy(targetId: string): Promise<void> {
    const columns = ['-t', 'snapshot,bookmark', '-o', 'name,guid,createtxg,userrefs'];
    const rows = (await this.#bed.run('list', '-Hp', '-r', ...columns, this.root)).trim().split('\n');
    const held: string[] = [];
    const newest = new Map<string, { guid: string; createtxg: bigint }>();
    const cursors: string[] = [];
    for (const row of rows) {
      const [name = '', guid = '', createtxg = '0', holds = '0'] = row.split('\t');
      const dataset = name.replace(/[@#].*/, '');
      if (name.includes(`#zfsync_${targetId}_`)) cursors.push(`${dataset} ${guid}`);
      if (!name.includes('@')) continue;
      if (holds !== '0') held.push(name);
      if (BigInt(createtxg) > (newest.get(dataset)?.createtxg ?? 0n)) {
        newest.set(dataset, { guid, createtxg: BigInt(createtxg) });
      }
    }
    const holds = held.length === 0 ? '' : await this.#bed.run('holds', '-H', ...held);
    // `zfs send -I` of a frozen sender holds what it sends as long as it lives.
    const tags = holds.split('\n').filter((line) => line.includes('\tzfsync'));
    assert.deepEqual(tags, [], `nothing is held any more; the target is ${targetId}`);
    const expected = [...newest].map(([dataset, { guid }]) => `${dataset} ${guid}`);
    assert.deepEqual(cursors.sort(), expected.sort(), 'one cursor for each dataset, of its newest snapshot');
  }

  /** Every snapshot is on the target, with equal guid and content, and no other one; nothing is half-received. */
  async assertConverged(target: string): Promise<void> {
    this.#snapshots ??= inspect(this.#bed, this.root);
    const [source, copy] = await Promise.all([this.#snapshots, inspect(this.#bed, target)]);
    assert.deepEqual([...copy.snapshots].sort(), [...source.snapshots].sort(), 'the same snapshots by guid');
    assert.deepEqual([...copy.tokens.keys()], [], 'nothing is left half-received');
    const compared = this.#compared.get(target) ?? new Set();
    this.#compared.set(target, compared);
    for (const [name, guid] of source.snapshots) {
      if (compared.has(guid)) continue;
      let original = this.#contents.get(guid);
      if (original === undefined) {
        original = this.#contentsOf(this.root + name);
        this.#contents.set(guid, original);
      }
      const found = await this.#contentsOf(target + name);
      assert.deepEqual([...found].sort(), [...(await original)].sort(), `content of ${name}`);
      compared.add(guid);
    }
  }

  #contentsOf(name: string): Promise<ReadonlyMap<string, string>> {
    const [dataset = '', snapshot = ''] = name.split('@');
    return this.#bed.contents(d(dataset), snap(snapshot));
  }
}

/** What a partial receive on the target stands for. */
export interface SavedReceive {
  readonly dataset: DatasetName;
  readonly token: string;
  readonly bytesReceived: bigint;
}

/** The partial receives in a target and in its buffer dataset, by the path of the dataset that they are of. */
export async function savedReceives(bed: TestBed, target: string): Promise<Map<string, SavedReceive>> {
  const buffer = d(`${target}.zfsyncbuffer`);
  const [inPlace, parked] = await Promise.all([inspect(bed, target), inspect(bed, buffer)]);
  const saved = new Map<string, SavedReceive>();
  for (const [dataset, token] of [...inPlace.tokens, ...parked.tokens]) {
    const hex = relativePath(buffer, dataset);
    const path =
      hex === undefined ? (relativePath(d(target), dataset) ?? dataset) : Buffer.from(hex.slice(1), 'hex').toString();
    const { bytesReceived } = await bed.zfs.decodeResumeToken(token);
    saved.set(path, { dataset, token, bytesReceived });
  }
  return saved;
}

/** What became of one dataset, by the report of a run in this process or by `--json`. */
export interface Arrival {
  readonly path: string;
  readonly kind: string;
  readonly what: string | undefined;
  readonly bytes: bigint;
  readonly resumed: boolean;
  /** Of a partial receive that was thrown away. */
  readonly discardedBytes: bigint | undefined;
  /** Of a failure. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

interface OutcomeLike {
  readonly kind: string;
  readonly what?: string;
  readonly bytes?: bigint | string | undefined;
  readonly message?: string;
  readonly failure?: { readonly code: string; readonly message: string };
}

function arrivalOf({ path, outcome, discardedBytes }: ReportLike['datasets'][number]): Arrival {
  return {
    path,
    kind: outcome.kind,
    what: outcome.what,
    bytes: BigInt(outcome.bytes ?? 0),
    resumed: outcome.what === 'resumed',
    discardedBytes: discardedBytes === undefined ? undefined : BigInt(discardedBytes),
    code: outcome.failure?.code,
    message: outcome.failure?.message ?? outcome.message,
  };
}

/** What a run says of itself. */
export interface Account {
  readonly datasets: readonly Arrival[];
  readonly targetId: string;
  readonly attempts: number;
}

interface ReportLike {
  readonly datasets: readonly {
    readonly path: string;
    readonly outcome: OutcomeLike;
    readonly discardedBytes?: bigint | string | undefined;
  }[];
  readonly targetId: string;
  readonly attempts: number;
}

export function accountOf({ datasets, targetId, attempts }: ReportLike | RunReport): Account {
  return { datasets: datasets.map(arrivalOf), targetId, attempts };
}

/** Of the one run in the document that `--json` prints. @throws {Error} when there was no session. */
export function accountOfJson(text: string): Account {
  const [run] = (JSON.parse(text) as { runs: (Partial<ReportLike> | undefined)[] }).runs;
  if (run?.datasets === undefined) throw new Error(`there was no session: ${text}`);
  return accountOf({ datasets: run.datasets, targetId: run.targetId ?? '', attempts: run.attempts ?? 0 });
}

/** Bytes by path that an undisturbed session takes. */
export type Undisturbed = ReadonlyMap<string, bigint>;

export function bytesByPath({ datasets }: Account): Undisturbed {
  return new Map(datasets.map(({ path, bytes }) => [path, bytes]));
}

/** Each dataset that had a partial receive was resumed, and what the target had saved was not sent again. */
export function assertResumed(
  { datasets }: Account,
  saved: ReadonlyMap<string, SavedReceive>,
  undisturbed: Undisturbed,
): void {
  for (const [path, { bytesReceived }] of saved) {
    const arrival = datasets.find((candidate) => candidate.path === path);
    const label = path || 'the root';
    assert.ok(arrival, `${label} had a partial receive and is in the report`);
    assert.equal(arrival.resumed, true, `${label} had a partial receive and was ${arrival.what ?? arrival.kind}`);
    const most = (undisturbed.get(path) ?? 0n) - bytesReceived + SLACK_BYTES;
    assert.ok(
      arrival.bytes <= most,
      `${label}: ${arrival.bytes} bytes were sent, but of ${undisturbed.get(path)} the target had ${bytesReceived}`,
    );
  }
}

/** In one line, for messages. */
export function tell({ datasets }: Account): string {
  return datasets
    .map(({ path, kind, what, message }) => `${path || '/'} ${kind} ${what ?? ''} ${message ?? ''}`.trim())
    .join(', ');
}
