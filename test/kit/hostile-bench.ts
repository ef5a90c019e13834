/**
 * A receiver as a program of its own, an honest sender that sends to it all the time, and an attacker beside it. After
 * each attack is looked at what it has left behind.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import {
  connectTls as connectTlsHonestly,
  type Hello,
  type OfferedDataset,
  type DatasetDecision,
} from '@zfsync/protocol';
import {
  type DatasetName,
  isSnapshot,
  parseDatasetName,
  parseRelativePath,
  parseVersionName,
  type Version,
} from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import type { TestIdentity } from './certificates.ts';
import { Line } from './hostile-line.ts';
import { outcomes, senderTo } from './pair.ts';
import { guids } from './pair-suite.ts';
import { descriptors, residentBytes, untilGone, within } from './processes.ts';
import type { ReceiverProgram } from './programs.ts';

const d = parseDatasetName;
const NOTICED_MS = 15_000;
const SETTLE_MS = 60;

export type LogLine = Readonly<Record<string, unknown>> & { readonly event?: string; readonly level?: string };

export interface Attack {
  /** What is sent. */
  readonly what: string;
  /** The code that the attacker is told; `closed` or `reset` when it is cut off without a word. */
  readonly told: string;
  /**
   * The one line of the log at warn or higher, as `event CODE`; several where a stream fails early; a pattern of what each of
   * many connections may get; `''` = it is legal, and nothing is said of it.
   */
  readonly logged: string | readonly string[] | RegExp;
  /** Each of these lines says this to people. */
  readonly words?: RegExp;
  /** @returns what was told */
  run(hostile: Hostile): Promise<string>;
}

/** How one connects; `localAddress` as of `net.connect`. */
export type TlsChoice = ConnectionOptions & { readonly localAddress?: string };

/** How the receiver is reached. */
export interface Way {
  readonly kind: 'plaintext' | 'tls';
  readonly program: ReceiverProgram;
  /** See `newMark`. */
  readonly mark: string;
  /** Over TLS. */
  readonly receiverFingerprint?: string;
  readonly honest?: TestIdentity;
  readonly mallory?: TestIdentity;
}

export interface BenchOptions {
  readonly bed: TestBed;
  readonly way: Way;
  /** The receiver's TARGET. */
  readonly root: DatasetName;
  /** With `tree`, which the honest sender sends, and `loot`, which is the attacker's. */
  readonly pool: DatasetName;
}

/** What an attacker needs of it. */
export type HostileOptions = Pick<BenchOptions, 'bed' | 'pool'> & {
  readonly way: Pick<Way, 'kind' | 'mallory'> & { readonly program: Pick<ReceiverProgram, 'port'> };
};

export class Bench {
  readonly #options: BenchOptions;
  readonly #runsMs: number[] = [];
  readonly #stop = new AbortController();
  #honest: Promise<void> | undefined;
  #logAt = 0;
  #untouched: readonly string[] | undefined;
  #before = { descriptors: 0, residentBytes: 0 };

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#options.way.program.port;
  }

  get pid(): number {
    return this.#options.way.program.running.child.pid ?? 0;
  }

  /** Honest runs one after the other, until {@link close}. The first two of them say how long one takes. */
  async start(): Promise<void> {
    for (let i = 0; i < 3; i += 1) await this.#honestRun();
    this.#runsMs.shift();
    this.#before = { descriptors: (await descriptors(this.pid)).length, residentBytes: await residentBytes(this.pid) };
    const slowestMs = Math.max(...this.#runsMs);
    this.#honest = (async () => {
      while (!this.#stop.signal.aborted) {
        await within(20_000 + 20 * slowestMs, 'an honest run beside the attacks', this.#honestRun());
      }
    })();
    this.#honest.catch(() => undefined);
  }

  /** Until the honest sender has done all of a run that begins now. */
  async #honestRunFromNow(): Promise<void> {
    const enough = this.#runsMs.length + 2;
    while (this.#runsMs.length < enough) await Promise.race([this.#honest, sleep(20)]);
  }

  async #honestRun(): Promise<void> {
    const { bed, way, pool } = this.#options;
    const began = performance.now();
    const source = `${pool}/tree`;
    await bed.write(d(`${source}/a`), 'file', randomBytes(50_000));
    await bed.zfs.snapshot([d(source)], parseVersionName(`s${began.toFixed(3)}`), { recursive: true });
    const { port } = this;
    const { honest: identity, receiverFingerprint: fingerprint } = way;
    const dial = (signal: AbortSignal) => {
      assert.ok(identity !== undefined && fingerprint !== undefined);
      return connectTlsHonestly({
        host: '127.0.0.1',
        port,
        identity,
        trust: { fingerprint },
        timeoutMs: 15_000,
        signal,
      });
    };
    const sender = senderTo(port, { senderZfs: bed.zfs });
    const report = await sender.send(source, way.kind === 'tls' ? { dial: () => dial } : { asPath: '/honest' });
    const ended = outcomes(report).filter((line) => !/ (sent|up-to-date)$/.test(line));
    assert.deepEqual(ended, [], 'the honest session is not disturbed');
    this.#runsMs.push(performance.now() - began);
  }

  /** Carries out one attack and looks at what is left. */
  async attack(attack: Attack): Promise<void> {
    const { what } = attack;
    this.#lines();
    // What the attack before has left is what this one begins with.
    const before = (this.#untouched ??= await this.#rest());
    const hostile = new Hostile(this.#options, () => this.#honestRunFromNow());
    const told = await hostile.during(() => attack.run(hostile));
    assert.equal(told, attack.told, `${what}: told`);
    const { logged } = attack;
    const expected = logged instanceof RegExp ? [] : [logged].flat().filter((line) => line !== '');
    const { said, words } = await this.#complaints(what, expected.length, hostile);
    for (const line of words) assert.match(line, attack.words ?? /./, `${what}: in words`);
    if (logged instanceof RegExp) {
      assert.deepEqual(
        said.filter((line) => !logged.test(line)),
        [],
        `${what}: logged`,
      );
      assert.ok(said.length <= 2 * hostile.peers.length, `${what}: no flood of lines`);
    } else assert.deepEqual(said.sort(), [...expected].sort(), `${what}: logged`);
    assert.deepEqual(await this.#rest(), before, `${what}: nothing else has changed`);
    await this.#checkFree(what);
  }

  /** Lines of the log since the last call. */
  #lines(): LogLine[] {
    const stderr = this.#options.way.program.running.stderr();
    const end = stderr.lastIndexOf('\n') + 1;
    const lines = stderr
      .slice(this.#logAt, end)
      .split('\n')
      .filter((line) => line !== '');
    this.#logAt = end;
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  /** What was logged at warn or higher once each of the attacker's connections is over. */
  async #complaints(
    what: string,
    expected: number,
    hostile: Hostile,
  ): Promise<{ readonly said: string[]; readonly words: string[] }> {
    const open = new Set<unknown>();
    const said: string[] = [];
    const words: string[] = [];
    const deadline = performance.now() + NOTICED_MS;
    const peers = new Set(hostile.peers);
    for (let settled = 0; settled < 2; ) {
      for (const line of this.#lines()) {
        if (peers.has(String(line['peer'])) && line.event === 'connection-opened') open.add(line['connection']);
        if (/^connection-(closed|failed)$/.test(line.event ?? '')) open.delete(line['connection']);
        if (line.level === 'info' || line.level === 'debug') continue;
        said.push(`${line.event ?? ''} ${codeOf(line)}`.trim());
        words.push(String(line['msg']));
      }
      const noticed = open.size === 0 && said.length >= expected;
      settled = noticed ? settled + 1 : 0;
      if (performance.now() > deadline) {
        if (open.size > 0) assert.fail(`${what}: ${open.size} connections are left behind`);
        break;
      }
      await sleep(SETTLE_MS);
    }
    return { said, words };
  }

  /** All of the receiver's pool that belongs to none of the senders. */
  async #rest(): Promise<string[]> {
    const { bed, root } = this.#options;
    const pool = root.split('/', 1)[0] ?? '';
    const all = await bed.run('list', '-H', '-r', '-t', 'all', '-o', 'name,guid,type', pool);
    const own = new RegExp(`^${root}/(honest|mallory|carol)[/@#\t]|^${root}.zfsyncbuffer[/@#\t]`);
    return all.split('\n').filter((line) => !own.test(line));
  }

  /** Whoever comes next to the attacker's target finds nobody there. */
  async #checkFree(what: string): Promise<void> {
    const hostile = new Hostile(this.#options, () => this.#honestRunFromNow());
    await hostile.during(async () => {
      const line = (await hostile.line()).say(hostile.hello());
      assert.equal((await line.hear())?.type, 'hello-reply', `${what}: no session is left`);
      return '';
    });
  }

  /** The honest sender was never disturbed, and the receiver holds no more than at the beginning. */
  async close(): Promise<void> {
    const { bed, way, pool, root } = this.#options;
    this.#stop.abort();
    await this.#honest;
    assert.deepEqual(await guids(bed.zfs, `${root}/honest`), await guids(bed.zfs, `${pool}/tree`), 'all has arrived');
    await untilGone(way.mark, this.pid, 20_000);
    const left = (await descriptors(this.pid)).length - this.#before.descriptors;
    assert.ok(left <= 8, `${left} more descriptors are open than before`);
    const grownMib = ((await residentBytes(this.pid)) - this.#before.residentBytes) / 1024 / 1024;
    // An offer of the largest size was among the attacks; what V8 has had of it, it does not give back at once.
    assert.ok(grownMib < 1_200, `the receiver has grown by ${Math.round(grownMib)} MiB`);
    const { code, stderr } = await way.program.stop();
    assert.equal(code, 0, 'the receiver drains as ever');
    assert.doesNotMatch(stderr, /"level":"fatal"|unhandled|\n {4}at /i, 'no bug shows in the log');
  }

  get honestRuns(): readonly number[] {
    return this.#runsMs;
  }
}

function codeOf(line: LogLine): string {
  const { err, failure, why } = line as { err?: { code?: string }; failure?: { code?: string }; why?: string };
  return err?.code ?? failure?.code ?? why ?? '';
}

const NO_FLAGS = { raw: false, largeBlocks: false, compressed: false, embedded: false } as const;

/** What an attacker can do. Each has lines of its own, all of which are gone at the end. */
export class Hostile {
  static #count = 0;
  readonly #options: HostileOptions;
  readonly #lines: Line[] = [];
  /** A path of its own below the attacker's target, for what is offered. */
  readonly path: string;
  /** Until the honest sender has done all of a run that begins now. */
  readonly honestRun: () => Promise<void>;

  constructor(options: HostileOptions, honestRun: () => Promise<void>) {
    this.#options = options;
    this.honestRun = honestRun;
    Hostile.#count += 1;
    this.path = `/x${Hostile.#count}`;
  }

  get port(): number {
    return this.#options.way.program.port;
  }

  get bed(): TestBed {
    return this.#options.bed;
  }

  get way(): HostileOptions['way'] {
    return this.#options.way;
  }

  get peers(): readonly string[] {
    return this.#lines.map(({ peer }) => peer);
  }

  /** `--as` that leads to the attacker's own target. */
  get home(): string {
    return this.#options.way.kind === 'tls' ? '' : '/mallory';
  }

  async during(work: () => Promise<string>): Promise<string> {
    try {
      const told = await within(120_000, 'the attack', work());
      // What was legal ends in good order.
      await Promise.all(this.#lines.map((line) => line.leave()));
      return told;
    } finally {
      for (const line of this.#lines) line.destroy();
    }
  }

  /** A connection over which nothing was said; over TLS, with the attacker's own certificate or any other. */
  async line(tls: TlsChoice = {}): Promise<Line> {
    const { kind, mallory } = this.#options.way;
    if (kind === 'plaintext') return this.plain();
    const own = { cert: mallory?.certificate, key: mallory?.key };
    const socket = connectTls({
      ...{ host: '127.0.0.1', port: this.port, rejectUnauthorized: false, allowHalfOpen: true },
      ...{ ALPNProtocols: ['zfsync/1'], minVersion: 'TLSv1.3', ...own, ...tls },
    });
    return this.#connected(socket, 'secureConnect');
  }

  /** Plain TCP, whatever the receiver speaks. */
  plain(localAddress?: string): Promise<Line> {
    const from = localAddress === undefined ? {} : { localAddress };
    const to = { host: '127.0.0.1', port: this.port, allowHalfOpen: true };
    return this.#connected(connectTcp({ ...to, ...from }), 'connect');
  }

  async #connected(socket: ReturnType<typeof connectTcp>, event: string): Promise<Line> {
    await once(socket, event);
    const line = new Line(socket);
    this.#lines.push(line);
    return line;
  }

  hello(change: Partial<Hello> = {}): Hello {
    return {
      type: 'hello',
      protocolMin: 1,
      protocolMax: 1,
      features: [],
      sessionId: randomBytes(16).toString('hex'),
      runId: 'attack',
      agent: 'mallory',
      sourceRoot: d('src'),
      asPath: parseRelativePath(this.home),
      ...change,
    };
  }

  async greeted(change: Partial<Hello> = {}): Promise<Line> {
    const line = await this.line();
    await line.say(this.hello(change)).expect('hello-reply');
    return line;
  }

  /** What the attacker has and may send: `loot`, with the snapshots one, two and three. */
  async loot(dataset = 'loot'): Promise<readonly Version[]> {
    const versions: Version[] = [];
    for await (const entry of this.bed.zfs.listVersions(d(`${this.#options.pool}/${dataset}`), { depth: 0 })) {
      if (isSnapshot(entry.version)) versions.push(entry.version);
    }
    return versions.sort((a, b) => (a.createtxg < b.createtxg ? -1 : 1));
  }

  async offering(change: Partial<OfferedDataset> = {}): Promise<OfferedDataset> {
    return {
      path: parseRelativePath(this.path),
      datasetType: 'filesystem',
      guid: 77n,
      encrypted: false,
      ...NO_FLAGS,
      properties: [],
      versions: await this.loot(),
      origin: undefined,
      continued: false,
      ...change,
    };
  }

  /** A session whose offer has been decided on. */
  async planned(
    change: Partial<OfferedDataset> = {},
    hello: Partial<Hello> = {},
  ): Promise<{ line: Line; decision: DatasetDecision['decision'] }> {
    const line = await this.greeted(hello);
    line.say({
      type: 'offer',
      page: 0,
      last: true,
      leftOut: [],
      renames: 'ask',
      datasets: [await this.offering(change)],
    });
    const [first] = (await line.expect('decisions')).decisions;
    assert.ok(first !== undefined);
    return { line, decision: first.decision };
  }

  /** `begin-stream` for what was offered, unless changed. */
  begin(line: Line, to: bigint, change: object = {}): Line {
    const path = parseRelativePath(this.path);
    const what = { path, from: undefined, to, intermediates: false, ...NO_FLAGS, resume: undefined, mode: 'framed' };
    return line.say({ type: 'begin-stream', ...what, ...change } as never);
  }

  /** A session in which the receiver waits for the stream of the oldest snapshot. */
  async streaming(): Promise<{ line: Line; to: bigint }> {
    const { line } = await this.planned();
    const [oldest] = await this.loot();
    const to = oldest?.guid ?? 0n;
    await this.begin(line, to).expect('stream-ready');
    return { line, to };
  }

  /** What `zfs send` writes, to the last byte. */
  async sent(...args: readonly string[]): Promise<Buffer> {
    const { command, env } = this.bed;
    const child = spawn(command, ['send', ...args.map((arg) => arg.replace('POOL', this.#options.pool))], { env });
    const chunks: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0, Buffer.concat(complaints).toString());
    return Buffer.concat(chunks);
  }
}
