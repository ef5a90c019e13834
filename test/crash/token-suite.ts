/** A receiver whose resume tokens are not what they should be. A token is hostile input. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  type DatasetName,
  parseDatasetName,
  parseVersionName,
  type SendOptions,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { type Account, accountOf, savedReceives, SourceTree, tell } from '../kit/convergence.ts';
import { type Pair, startPair } from '../kit/pair.ts';
import type { TestFunction } from '../kit/pair-suite.ts';

const d = parseDatasetName;
const snap = parseVersionName;
const BIG_BYTES = 512 * 1024;

/** Tells of other tokens than the target has, until those are discarded; and what the sender went on with. */
class Forger {
  readonly tokens = new Map<DatasetName, string>();
  readonly resumed: string[] = [];
  readonly zfs: Zfs;

  constructor(zfs: Zfs) {
    const { tokens, resumed } = this;
    const forged: Partial<Zfs> = {
      async *listDatasets(root, options) {
        for await (const entry of zfs.listDatasets(root, options)) {
          const resumeToken = tokens.get(entry.name) ?? entry.resumeToken;
          yield { ...entry, resumeToken };
        }
      },
      async abortReceive(target) {
        tokens.delete(target);
        await zfs.abortReceive(target);
      },
      resumeSend(token) {
        resumed.push(token);
        return zfs.resumeSend(token);
      },
    };
    this.zfs = new Proxy(zfs, { get: (on, key) => (Reflect.get(forged, key) ?? Reflect.get(on, key)) as unknown });
  }
}

/** Sends, and lets only half of it arrive. */
async function leavePartial(bed: TestBed, send: SendOptions, target: string): Promise<void> {
  const sending = bed.zfs.send(send);
  const chunks: Buffer[] = [];
  for await (const chunk of sending.stream) chunks.push(chunk as Buffer);
  await sending.done;
  const stream = Buffer.concat(chunks);
  const receiving = bed.zfs.receive({ target: d(target), resumable: true });
  receiving.stream.end(stream.subarray(0, stream.length / 2));
  await assert.rejects(receiving.done, (error) => error instanceof ZfsError && error.reason === 'stream-incomplete');
}

/** The trees of these cases and the pair between them. */
class TokenBench {
  readonly bed: TestBed;
  readonly src: string;
  readonly target: string;
  readonly scratch: string;
  readonly tree: SourceTree;
  readonly forger: Forger;
  readonly pair: Pair;
  #count = 0;

  private constructor(bed: TestBed, src: string, dst: string, forger: Forger, pair: Pair) {
    this.bed = bed;
    this.src = src;
    this.scratch = `${dst}/scratch`;
    this.target = `${dst}/copy`;
    this.tree = new SourceTree(bed, `${src}/tree`);
    this.forger = forger;
    this.pair = pair;
  }

  static async make(bed: TestBed): Promise<TokenBench> {
    const src = await bed.createPool('src');
    const dst = await bed.createPool('dst');
    const forger = new Forger(bed.zfs);
    const pair = await startPair({ target: `${dst}/copy`, receiverZfs: forger.zfs, senderZfs: forger.zfs });
    const bench = new TokenBench(bed, src, dst, forger, pair);
    const encryption = { encryption: 'aes-256-gcm', keyformat: 'raw', keylocation: bed.keyLocation };
    await bed.zfs.create(d(bench.scratch), { type: 'filesystem' });
    for (const path of ['', '/a', '/c']) await bed.zfs.create(d(bench.tree.root + path), { type: 'filesystem' });
    await bed.zfs.create(d(`${bench.tree.root}/secret`), { type: 'filesystem', properties: encryption });
    await bed.zfs.create(d(`${src}/other`), { type: 'filesystem' });
    await bed.write(d(`${src}/other`), 'file', randomBytes(BIG_BYTES));
    await bed.zfs.snapshot([d(`${src}/other`)], snap('other'));
    await bench.grow();
    await bench.run();
    // What arrived raw can be compared only with its key.
    await bed.run('load-key', '-L', bed.keyLocation, `${bench.target}/secret`);
    await bench.converge();
    return bench;
  }

  get newest(): string {
    return `s${this.#count}`;
  }

  get before(): string {
    return `s${this.#count - 1}`;
  }

  async grow(): Promise<void> {
    this.#count += 1;
    for (const path of ['/a', '/c', '/secret']) {
      await this.bed.write(d(this.tree.root + path), 'file', randomBytes(BIG_BYTES));
    }
    await this.bed.zfs.snapshot([d(this.tree.root)], snap(this.newest), { recursive: true });
    this.tree.forget();
  }

  /** A real token of half of this stream. */
  async tokenOf(send: SendOptions): Promise<string> {
    const name = `${this.scratch}/t${Math.random().toString(16).slice(2)}`;
    await leavePartial(this.bed, send, name);
    const [saved] = (await savedReceives(this.bed, name)).values();
    assert.ok(saved);
    return saved.token;
  }

  async run(): Promise<Account> {
    this.forger.resumed.length = 0;
    return accountOf(await this.pair.send(this.tree.root));
  }

  /** The truth comes out, and all arrives. */
  async converge(): Promise<Account> {
    this.forger.tokens.clear();
    const account = await this.run();
    assert.ok(
      account.datasets.every(({ kind }) => kind === 'sent' || kind === 'up-to-date'),
      tell(account),
    );
    await this.tree.assertConverged(this.target);
    return account;
  }

  /** With this token for `/c` (or another one) the sender MUST send nothing for it, and everything else. */
  async refused(token: string, code: string, path = '/c'): Promise<void> {
    this.forger.tokens.set(d(this.target + path), token);
    const before = await this.bed.run('list', '-H', '-t', 'snapshot', '-o', 'name', this.target + path);
    const account = await this.run();
    for (const { path: other, kind } of account.datasets) {
      if (other !== path) assert.equal(kind, 'sent', `${other}: the others go on: ${tell(account)}`);
    }
    const refused = account.datasets.find((arrival) => arrival.path === path);
    assert.deepEqual([refused?.kind, refused?.code], ['failed', code], tell(account));
    assert.deepEqual(this.forger.resumed, [], 'nothing was sent by the token');
    const after = await this.bed.run('list', '-H', '-t', 'snapshot', '-o', 'name', this.target + path);
    assert.equal(after, before, 'the target has not changed');
    const logged = this.pair.senderLog().filter((line) => JSON.stringify(line).includes(code));
    assert.ok(logged.length > 0, 'the sender has logged it');
  }
}

export async function tokenSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const bench = await TokenBench.make(bed);
  const { tree, target, src } = bench;
  const incremental = (path: string): SendOptions => ({
    dataset: d(tree.root + path),
    from: { kind: 'snapshot', name: snap(bench.before) },
    to: snap(bench.newest),
  });

  await test('a token of another dataset in the tree is refused', async () => {
    await bench.grow();
    await bench.refused(
      await bench.tokenOf({ dataset: d(`${tree.root}/a`), to: snap(bench.newest) }),
      'RESUME_TOKEN_FOREIGN',
    );
    await bench.converge();
  });

  await test('a token of a dataset outside the tree is refused', async () => {
    await bench.grow();
    await bench.refused(await bench.tokenOf({ dataset: d(`${src}/other`), to: snap('other') }), 'RESUME_TOKEN_OUTSIDE');
    await bench.converge();
  });

  await test('a token for plaintext of what is sent raw is refused, and the other way round', async () => {
    await bench.grow();
    const plaintext = await bench.tokenOf({ dataset: d(`${tree.root}/secret`), to: snap(bench.newest) });
    await bench.refused(plaintext, 'RESUME_TOKEN_POLICY', '/secret');
    await bench.converge();
    await bench.grow();
    const raw = await bench.tokenOf({ dataset: d(`${tree.root}/c`), to: snap(bench.newest), raw: true });
    await bench.refused(raw, 'RESUME_TOKEN_POLICY');
    await bench.converge();
  });

  await test('a token of an old snapshot of the dataset itself does no harm', async () => {
    // It is the sender's own, so nothing forbids it; but it does not fit the target, so it is discarded.
    await bench.grow();
    bench.forger.tokens.set(
      d(`${target}/c`),
      await bench.tokenOf({ dataset: d(`${tree.root}/c`), to: snap(bench.before) }),
    );
    const account = await bench.run();
    const found = account.datasets.find(({ path }) => path === '/c');
    assert.deepEqual([found?.kind, found?.what], ['sent', 'incremental'], tell(account));
    assert.notEqual(found?.discardedBytes, undefined, 'it was not gone on with');
    await bench.converge();
  });

  for (const [name, garble] of [
    ['of the right form', () => `1-${'0'.repeat(9)}-${'0'.repeat(2)}-${'789c'.padEnd(200, 'deadbeef')}`],
    ['of no form', () => '-dead-beef-'],
    ['a real one, damaged in the middle', (real: string) => damaged(real)],
  ] as const) {
    await test(`garbage is discarded and the dataset planned anew: ${name}`, async () => {
      await bench.grow();
      await leavePartial(bed, incremental('/a'), `${target}/a`);
      const real = (await savedReceives(bed, target)).get('/a')?.token ?? '';
      bench.forger.tokens.set(d(`${target}/a`), garble(real));
      const account = await bench.run();
      const found = account.datasets.find(({ path }) => path === '/a');
      assert.deepEqual([found?.kind, found?.what], ['sent', 'incremental'], tell(account));
      assert.notEqual(found?.discardedBytes, undefined, 'that it was discarded is reported');
      await tree.assertConverged(target);
    });
  }

  await test('a stale token is discarded, and its bytes are reported', async () => {
    await bench.grow();
    await leavePartial(bed, incremental('/a'), `${target}/a`);
    const [saved] = (await savedReceives(bed, target)).values();
    await bed.run('destroy', `${tree.root}/a@${bench.newest}`);
    await bed.write(d(`${tree.root}/a`), 'file', 'later');
    await bed.zfs.snapshot([d(`${tree.root}/a`)], snap(`${bench.newest}-late`));
    tree.forget();
    const account = await bench.run();
    const found = account.datasets.find(({ path }) => path === '/a');
    assert.deepEqual([found?.kind, found?.what], ['sent', 'incremental'], tell(account));
    assert.ok((found?.discardedBytes ?? 0n) > 0n && found?.discardedBytes === saved?.bytesReceived, 'discarded bytes');
    await tree.assertConverged(target);
  });

  await bench.pair.close();
}

function damaged(token: string): string {
  const middle = Math.floor(token.length / 2);
  const other = token[middle] === '0' ? '1' : '0';
  return token.slice(0, middle) + other + token.slice(middle + 1);
}
