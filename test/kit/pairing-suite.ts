/** Who may send what where: pairing, pins, authorities, subtrees, revocation, with both programs as processes. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DatasetName, parseDatasetName, parseVersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { generate } from 'selfsigned';
import { guids, type TestFunction } from './pair-suite.ts';
import {
  type Finished,
  type ReceiverProgram,
  type Running,
  runReceiver,
  runSender,
  SENDER,
  start,
  startReceiver,
  startSecureReceiver,
} from './programs.ts';

const d = parseDatasetName;

/** One receiver with TLS, and as many senders as a test likes, each with a state directory of its own. */
class Hosts {
  readonly #bed: TestBed;
  readonly directory: string;
  readonly target: DatasetName;
  #receiver: ReceiverProgram | undefined;

  constructor(bed: TestBed, directory: string, target: DatasetName) {
    this.#bed = bed;
    this.directory = directory;
    this.target = target;
  }

  get receiver(): ReceiverProgram {
    assert.ok(this.#receiver !== undefined, 'the receiver runs');
    return this.#receiver;
  }

  get host(): string {
    return `127.0.0.1:${this.receiver.port}`;
  }

  state(name: string): string {
    return join(this.directory, name);
  }

  async start(...args: string[]): Promise<void> {
    const all = ['--state', this.state('receiver'), '--zfs-command', this.#bed.command, ...args, this.target];
    this.#receiver = await startSecureReceiver(all, this.#bed.env);
  }

  async stop(): Promise<void> {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    if (receiver !== undefined) assert.equal((await receiver.stop()).code, 0);
  }

  recv(...args: string[]): Promise<Finished> {
    const [command = '', ...rest] = args;
    return runReceiver([command, '--state', this.state('receiver'), ...rest], this.#bed.env);
  }

  send(sender: string, ...args: string[]): Promise<Finished> {
    return runSender(this.sendArgs(sender, args), this.#bed.env);
  }

  sendArgs(sender: string, args: readonly string[]): string[] {
    return ['--state', this.state(sender), '--retries', '0', '--zfs-command', this.#bed.command, ...args];
  }

  /** `zfsync-recv pair`. @returns the token */
  async token(name: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.recv('pair', '--host', this.host, ...args, name);
    assert.equal(code, 0, stderr);
    return stdout.trim();
  }

  use(sender: string, token: string, ...args: string[]): Promise<Finished> {
    return runSender(['pair', '--state', this.state(sender), ...args, token], this.#bed.env);
  }

  async pair(sender: string, ...args: string[]): Promise<void> {
    const { code, stderr } = await this.use(sender, await this.token(sender, ...args));
    assert.equal(code, 0, stderr);
  }
}

function refused({ code, stdout, stderr }: Finished, expected: number, message: RegExp): void {
  assert.match(stdout + stderr, message);
  assert.equal(code, expected, stdout + stderr);
}

export async function pairingSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const [src, dst] = [await bed.createPool('src'), await bed.createPool('dst')];
  const source = `${src}/data`;
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-pairing-'));
  const hosts = new Hosts(bed, directory, d(`${dst}/hosts`));
  for (const path of ['', '/a', '/a/b']) {
    await bed.zfs.create(d(source + path), { type: 'filesystem' });
    await bed.write(d(source + path), 'f', `content of ${path}`);
  }
  await bed.zfs.snapshot([d(source)], parseVersionName('one'), { recursive: true });
  await hosts.start();
  try {
    await cases(test, bed, hosts, source);
  } finally {
    await hosts.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function cases(test: TestFunction, bed: TestBed, hosts: Hosts, source: string): Promise<void> {
  await test('one command on the receiver, one paste on the sender, and data goes to the sender’s own subtree', async () => {
    await hosts.pair('alpha');
    const first = await hosts.send('alpha', source, hosts.host);
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, new RegExp(`${hosts.target}/alpha`));
    assert.deepEqual(await guids(bed.zfs, `${hosts.target}/alpha`), await guids(bed.zfs, source));
    await bed.zfs.snapshot([d(`${source}/a`)], parseVersionName('two'));
    assert.match((await hosts.send('alpha', source, hosts.host)).stdout, /1 datasets? sent/);
    const [there, here] = [await hosts.recv('peers'), await runSender(['peers', '--state', hosts.state('alpha')])];
    assert.match(there.stdout, /alpha/);
    assert.match(here.stdout, new RegExp(`127\\.0\\.0\\.1.*${hosts.receiver.port}`, 's'));
  });

  await test('who is not paired gets in nowhere', async () => {
    const nobody = await hosts.send('nobody', source, hosts.host);
    refused(nobody, 2, /no pairing with 127\.0\.0\.1 port \d+.*zfsync-recv pair NAME/s);
    // It knows the receiver, which does not know it.
    await mkdir(hosts.state('thief'), { mode: 0o700 });
    await cp(hosts.state('alpha'), hosts.state('thief'), { recursive: true });
    await rm(join(hosts.state('thief'), 'sender/identity'), { recursive: true });
    await chmod(hosts.state('thief'), 0o700);
    await chmod(join(hosts.state('thief'), 'sender'), 0o700);
    const thief = await hosts.send('thief', source, hosts.host);
    refused(thief, 1, /not known to the receiver.*zfsync-recv pair NAME/s);
  });

  await test('a token is good once, and whole', async () => {
    const token = await hosts.token('gamma');
    const middle = token.length >> 1;
    const mistyped = token.slice(0, middle) + (token[middle] === 'x' ? 'y' : 'x') + token.slice(middle + 1);
    refused(await hosts.use('gamma', mistyped), 2, /damaged: copy it again/);
    refused(await hosts.use('gamma', 'secret'), 2, /no pairing token/);
    refused(await hosts.use('gamma', '-'), 2, /standard input has no token/);
    const used = await hosts.use('gamma', `  ${token.slice(0, middle)}\n ${token.slice(middle)} `);
    assert.equal(used.code, 0, used.stderr);
    refused(await hosts.use('delta', token), 1, /unknown or used already/);
    assert.ok(!hosts.receiver.running.stderr().includes(token), 'no token is logged');
  });

  await test('nothing that a sender says reaches another’s subtree', async () => {
    refused(await hosts.send('gamma', '--as', '../alpha', source, hosts.host), 2, /component "\.\."/);
    refused(await hosts.send('gamma', '--as', 'x.zfsyncbuffer', source, hosts.host), 1, /buffer dataset/);
    const deep = await hosts.send('gamma', '--as', 'alpha', source, hosts.host);
    assert.equal(deep.code, 0, deep.stderr);
    assert.match(deep.stdout, new RegExp(`${hosts.target}/gamma/alpha`));
    refused(await hosts.recv('pair', '--host', hosts.host, '--target', 'alpha/x', 'spy'), 1, /alpha sends to/);
    refused(await hosts.recv('pair', '--host', hosts.host, '--target', '/', 'spy'), 1, /no peer may reach/);
    await hosts.pair('web', '--target', 'customers/web');
    const web = await hosts.send('web', source, hosts.host);
    assert.equal(web.code, 0, web.stderr);
    assert.match(web.stdout, new RegExp(`${hosts.target}/customers/web`));
  });

  /** Alpha, which has begun to send this snapshot. */
  const midStream = async (snapshot: string, mebibytes: number, ...more: string[]): Promise<Running> => {
    const big = `${source}/a`;
    await bed.write(d(big), snapshot, randomBytes(mebibytes << 20));
    await bed.zfs.snapshot([d(big)], parseVersionName(snapshot));
    const env = { ...bed.env, ZFSYNC_SIM_RATE: String(2 << 20) };
    const args = hosts.sendArgs('alpha', ['-v', ...more, source, hosts.host]);
    const saidBefore = hosts.receiver.running.stderr().length;
    const running = start(SENDER, args, bed.name === 'simulator' ? env : bed.env);
    const into = `receiving incremental stream into ${hosts.target}/alpha/a`;
    const begun = () => hosts.receiver.running.stderr().slice(saidBefore).includes(into);
    for (let tries = 0; !begun() && tries < 600; tries += 1) await sleep(50);
    assert.ok(begun(), running.stderr());
    return running;
  };

  await test('what is settled for a peer holds at once: its session ends, and its next attempt goes on by that', async () => {
    const running = await midStream('settled', 8, '--retries', '3');
    const allowed = await hosts.recv('allow', '--hold', 'alpha');
    assert.equal(allowed.code, 0, allowed.stderr);
    const since = performance.now();
    const isTold = () => running.stderr().includes('settled for alpha has changed');
    if (bed.name === 'simulator') {
      while (!isTold() && performance.now() - since < 3000) await sleep(20);
      assert.ok(isTold(), running.stderr());
    }
    const { code, stdout, stderr } = await running.finished;
    assert.equal(code, 0, stdout + stderr);
    if (bed.name === 'simulator')
      assert.match(stderr, /"PEER_CHANGED".*"event":"retrying"|"event":"retrying".*"PEER_CHANGED"/s);
    assert.deepEqual(await guids(bed.zfs, `${hosts.target}/alpha`), await guids(bed.zfs, source));
    const holds = await bed.zfs.holds(d(`${hosts.target}/alpha/a`), [parseVersionName('settled')]);
    if (bed.name === 'simulator') assert.equal(holds.length, 1, 'by the new policy');
  });

  await test('who is unpaired is cut off at once, in the middle of a stream', async () => {
    const running = await midStream('big', 24);
    const unpaired = await hosts.recv('unpair', 'alpha');
    assert.equal(unpaired.code, 0, unpaired.stderr);
    const since = performance.now();
    const cut = await running.finished;
    // On real OpenZFS the whole stream may have come through before the word was.
    if (bed.name === 'simulator') {
      assert.ok(performance.now() - since < 5000, 'at once');
      assert.notEqual(cut.code, 0);
      assert.match(cut.stdout + cut.stderr, /not paired with the receiver any more/);
    }
    refused(await hosts.send('alpha', source, hosts.host), 1, /not known to the receiver/);
    refused(await hosts.recv('unpair', 'nobody'), 1, /no peer nobody/);
    await hosts.pair('alpha');
    const again = await hosts.send('alpha', source, hosts.host);
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(await guids(bed.zfs, `${hosts.target}/alpha`), await guids(bed.zfs, source));
  });

  await test('who is connected while its record is damaged is cut off, and the receiver goes on', async () => {
    const record = join(hosts.state('receiver'), 'receiver/peers/alpha.json');
    const whole = await readFile(record, 'utf8');
    const running = await midStream('damaged', 8);
    await writeFile(record, '{', { mode: 0o600 });
    const { stdout, stderr } = await running.finished;
    if (bed.name === 'simulator') assert.match(stdout + stderr, /cannot look its peers up now; its log says why/);
    await writeFile(record, whole, { mode: 0o600 });
    const again = await hosts.send('alpha', source, hosts.host);
    assert.equal(again.code, 0, again.stderr);
  });

  await test('TLS and plaintext do not mix, and say so', async () => {
    refused(await hosts.send('alpha', '--plaintext', source, hosts.host), 1, /--plaintext/);
    const plain = await startReceiver(['--zfs-command', bed.command, `${hosts.target}.plain`], bed.env);
    try {
      refused(await hosts.use('alpha', await hosts.token('eta', '--host', `127.0.0.1:${plain.port}`)), 1, /plaintext/);
    } finally {
      await plain.stop();
    }
  });

  await test('a receiver whose key is another one is not trusted', async () => {
    const { port } = hosts.receiver;
    await hosts.stop();
    await rm(join(hosts.state('receiver'), 'receiver/identity'), { recursive: true });
    await hosts.start('-p', String(port));
    refused(await hosts.send('web', source, hosts.host), 1, /not the receiver that this host was paired with/);
    await hosts.pair('web');
    const again = await hosts.send('web', source, hosts.host);
    assert.equal(again.code, 0, again.stderr);
  });

  await test('a sender learns nothing of the others from what is refused', async () => {
    const token = await hosts.token('other');
    const second = await hosts.use('alpha', token);
    refused(second, 1, /that of another peer of the receiver already, whose log says which/);
    assert.doesNotMatch(second.stdout + second.stderr, /peer alpha/);
    assert.match(hosts.receiver.running.stderr(), /that of the peer alpha already: it cannot be other too/);
    assert.equal((await hosts.recv('unpair', 'other')).code, 0);
  });

  await test('certificates of one’s own authority', async () => {
    const pki = await ownAuthority(hosts.directory);
    const { port } = hosts.receiver;
    await hosts.pair('pinned', '--host', `localhost:${port}`);
    await hosts.stop();
    const secured = ['--ca', pki.ca, '--cert', pki.receiver.certificate, '--key', pki.receiver.key];
    await hosts.start('-p', String(port), ...secured);
    const as = (who: keyof typeof pki.senders) => {
      const { certificate, key } = pki.senders[who];
      return ['--ca', pki.ca, '--cert', certificate, '--key', key];
    };
    const local = `localhost:${hosts.receiver.port}`;
    const sent = await hosts.send('iota', ...as('iota'), source, local);
    assert.equal(sent.code, 0, sent.stderr);
    assert.match(sent.stdout, new RegExp(`${hosts.target}/iota`));
    refused(await hosts.send('iota', ...as('iota'), source, hosts.host), 1, /127\.0\.0\.1/);
    refused(await hosts.send('mallory', ...as('mallory'), source, local), 1, /not known to the receiver/);
    // Whom the authority alone would have let pass: iota has just seen it.
    refused(await hosts.send('pinned', '--ca', pki.ca, source, local), 1, /not the receiver that this host was paired/);
    const byName = await hosts.send('lambda', ...as('lambda'), source, local);
    assert.equal(byName.code, 0, byName.stderr);
    assert.match(byName.stdout, new RegExp(`${hosts.target}/lambda`), 'its first alternative name, not its common one');
    refused(await hosts.send('alpha', ...as('alpha'), source, local), 1, /alpha is paired with another certificate/);
    const allowed = await hosts.recv('allow', '--new', '--target', 'pki/kappa', 'kappa');
    assert.equal(allowed.code, 0, allowed.stderr);
    assert.match(
      (await hosts.send('kappa', ...as('kappa'), source, local)).stdout,
      new RegExp(`${hosts.target}/pki/kappa`),
    );
    const { stdout: known } = await hosts.recv('peers');
    assert.match(known, /^iota .*\/iota +by a certificate authority/m);
    assert.doesNotMatch(known, /common|mallory/);
    const said = hosts.receiver.running.stderr().split('\n');
    const first = said.filter((line) => line.includes('"event":"peer-known"'));
    assert.deepEqual(first.map((line) => (JSON.parse(line) as { name: string }).name).sort(), ['iota', 'lambda']);
    refused(await hosts.recv('pair', '--host', hosts.host, '--target', 'iota/x', 'spy'), 1, /iota sends to/);
    const customers = await hosts.send('customers', ...as('customers'), source, local);
    refused(customers, 1, /taken by another peer of the receiver, whose log says which/);
    assert.doesNotMatch(customers.stdout + customers.stderr, /web/);
    assert.match(hosts.receiver.running.stderr(), /web sends to TARGET\/customers\/web/);

    const damaged = join(hosts.state('receiver'), 'receiver/peers/damaged.json');
    await writeFile(damaged, '{', { mode: 0o600 });
    assert.equal((await hosts.send('iota', ...as('iota'), source, local)).code, 0, 'it has a record of its own');
    assert.equal((await hosts.send('nu', ...as('nu'), source, local)).code, 1, 'whose record is damaged?');
    await rm(damaged);
    assert.equal((await hosts.send('nu', ...as('nu'), source, local)).code, 0);
    assert.equal((await hosts.recv('unpair', 'iota')).code, 0);
    refused(await hosts.send('iota', ...as('iota'), source, local), 1, /iota was unpaired/);
  });
}

interface Pem {
  readonly certificate: string;
  readonly key: string;
}

interface Authority {
  readonly ca: string;
  readonly receiver: Pem;
  readonly senders: Record<'iota' | 'kappa' | 'lambda' | 'customers' | 'nu' | 'alpha' | 'mallory', Pem>;
}

/** An authority, a receiver's certificate for `localhost`, senders' by common name; mallory says that it is iota. */
async function ownAuthority(directory: string): Promise<Authority> {
  const authority = (name: string) =>
    generate([{ name: 'commonName', value: name }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, critical: true },
      ],
    });
  const [ours, others] = [await authority('our authority'), await authority('another one')];
  const issue = async (file: string, name: string, by: typeof ours, ...dns: string[]): Promise<Pem> => {
    const made = await generate([{ name: 'commonName', value: name }], {
      keyType: 'ec',
      algorithm: 'sha256',
      ca: { key: by.private, cert: by.cert },
      extensions: [
        { name: 'basicConstraints', cA: false },
        ...(dns.length === 0
          ? []
          : [{ name: 'subjectAltName' as const, altNames: dns.map((value) => ({ type: 2 as const, value })) }]),
      ],
    });
    const [certificate, key] = [join(directory, `${file}.crt`), join(directory, `${file}.key`)];
    await writeFile(certificate, made.cert);
    await writeFile(key, made.private, { mode: 0o600 });
    return { certificate, key };
  };
  const ca = join(directory, 'ca.crt');
  await writeFile(ca, ours.cert);
  return {
    ca,
    receiver: await issue('backup', 'backup', ours, 'localhost'),
    senders: {
      iota: await issue('iota', 'iota', ours),
      kappa: await issue('kappa', 'kappa', ours),
      lambda: await issue('lambda', 'common', ours, 'lambda', 'second'),
      customers: await issue('customers', 'customers', ours),
      nu: await issue('nu', 'nu', ours),
      alpha: await issue('alpha', 'alpha', ours),
      mallory: await issue('mallory', 'iota', others),
    },
  };
}
