import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { acquireLock, createLogger, EXIT, type Endpoint } from '@zfsync/program';
import { Connection, ConnectionError, limits, memoryTransportPair, PeerError, type Transport } from '@zfsync/protocol';
import { faultyTransport } from '@zfsync/protocol/testing';
import { allowPeer, answerPair, changeState, checkStateLock, createPairing, listPeers, unpair } from '@zfsync/receiver';
import { type DialReceiver, listReceivers, pairWith, unpairReceiver } from '@zfsync/sender';
import { loadIdentity, parseToken, ReceiverStore, writeListening } from '@zfsync/trust';
import { type DatasetName, parseDatasetName } from '@zfsync/zfs';
import t, { type Test } from 'tap';
import { freshDirectory, path, type Policy, refused, refusedLater, stores, type Stores, storesIn } from './kit.ts';
import type { Order } from './state-changer.ts';

const TARGET = parseDatasetName('tank/backup');
const FINGERPRINT = 'ab'.repeat(32);
const CHANGER = fileURLToPath(new URL('state-changer.js', import.meta.url));

function listens(
  { directory }: Stores,
  more: { host?: string; port?: number; target?: DatasetName; fingerprint?: string | undefined; pid?: number } = {},
) {
  writeListening(directory, {
    host: '::',
    port: 9000,
    target: TARGET,
    fingerprint: FINGERPRINT,
    pid: process.pid,
    ...more,
  });
}

interface PairMore {
  readonly name?: string;
  readonly path?: string;
  readonly policy?: Policy;
  readonly endpoint?: Endpoint;
  readonly validMs?: number;
  readonly terminal?: boolean;
}

function pair({ directory, pairings }: Stores, more: PairMore = {}) {
  const { name = 'web1', policy = {}, endpoint, validMs = 30 * 60_000, terminal = false } = more;
  return createPairing({
    stateDirectory: directory,
    pairings,
    name,
    path: more.path === undefined ? undefined : path(more.path),
    policy,
    endpoint,
    validMs,
    terminal,
    hostName: () => Promise.resolve('backup.example.org'),
  });
}

t.test('zfsync-recv pair', async (t) => {
  t.test('prints the token alone, or on a terminal the command', async (t) => {
    const all = stores(t);
    listens(all);
    const piped = await pair(all);
    const token = parseToken(piped.text);
    assert.match(piped.text, /^zfsync1_\w+\n$/);
    assert.equal(piped.notes, '');
    const { host, port, fingerprint } = token;
    assert.deepEqual({ host, port, fingerprint }, { host: 'backup.example.org', port: 9000, fingerprint: FINGERPRINT });
    assert.deepEqual(piped.document, {
      pairing: {
        name: 'web1',
        target: 'tank/backup/web1',
        path: '/web1',
        host,
        port,
        fingerprint,
        expires: token.expires,
        token: piped.text.trim(),
        warnings: [],
      },
    });
    const { text } = await pair(all, { terminal: true, validMs: 2 * 3600_000 });
    assert.match(text, /^web1 will send to tank\/backup\/web1\.\nOn the sender, within 2 hours, /);
    assert.match(text, /\n\n {4}zfsync-send pair zfsync1_\w+\n\n/);
    for (const [validMs, words] of [
      [60_000, '1 minute,'],
      [30 * 60_000, '30 minutes,'],
      [3600_000, '1 hour,'],
    ] as const) {
      assert.ok((await pair(all, { terminal: true, validMs })).text.includes(`within ${words}`));
    }
  });

  t.test('says where the receiver is reached, and when it is not', async (t) => {
    const all = stores(t);
    const { fingerprint } = await loadIdentity(all.directory, 'x');
    const token = async (more: PairMore = {}) => {
      const { text, notes } = await pair(all, more);
      const { host, port, fingerprint: pinned } = parseToken(text);
      return [host, port, pinned === fingerprint, notes];
    };
    const notRunning = /^zfsync-recv: no receiver with this state runs: start one/;
    const [, port, ownKey, notes] = await token();
    assert.deepEqual([port, ownKey], [8730, true]);
    assert.match(String(notes), notRunning);
    listens(all, { pid: 2 ** 31 - 1 });
    assert.match(String((await token())[3]), notRunning);
    listens(all);
    assert.deepEqual(await token({ endpoint: { host: '2001:db8::7', port: 0 } }), ['2001:db8::7', 9000, false, '']);
    assert.deepEqual(await token({ endpoint: { host: 'nat', port: 77 } }), ['nat', 77, false, '']);
    const ends = () => {
      rmSync(join(all.directory, 'listening'), { recursive: true });
    };
    for (const loopback of ['127.0.0.1', '::1']) {
      ends();
      listens(all, { host: loopback });
      const [host, , , words] = await token();
      assert.equal(host, loopback);
      assert.match(String(words), /listens on .* alone: only a sender on this host/);
      assert.equal((await token({ endpoint: { host: 'tunnel', port: 0 } }))[3], '');
    }
    ends();
    listens(all, { fingerprint: undefined });
    assert.match(String((await token())[3]), /was given --plaintext: nobody can pair/);
    await refusedLater('CONFIG_INVALID', /"a b" is not the name/, pair(all, { endpoint: { host: 'a b', port: 0 } }));
  });

  t.test('of several receivers takes the one that is said', async (t) => {
    const all = stores(t);
    listens(all);
    listens(all, { port: 9001, target: parseDatasetName('tank/other') });
    listens(all, { port: 9002, pid: 2 ** 31 - 1 });
    const told =
      /2 receivers with this state run: say by --host HOST:PORT .*:: port 9000 for tank\/backup, :: port 9001 for tank\/other$/;
    await refusedLater('CONFIG_INVALID', told, pair(all));
    await refusedLater('CONFIG_INVALID', told, pair(all, { endpoint: { host: 'h', port: 0 } }));
    const { text, document } = await pair(all, { endpoint: { host: 'h', port: 9001 } });
    assert.equal(parseToken(text).port, 9001);
    assert.match(JSON.stringify(document), /"target":"tank\/other\/web1"/);
    const routed = await pair(all, { endpoint: { host: 'nat', port: 77 } });
    assert.deepEqual([parseToken(routed.text).host, parseToken(routed.text).port], ['nat', 77]);
    assert.match(routed.notes, /no receiver with this state listens on port 77 itself, but :: port 9000/);
    assert.match(listPeers(all.directory, all.pairings, () => '').text, /TARGET\/web1/);
  });

  t.test('for a name that is known keeps what is settled', async (t) => {
    const all = stores(t);
    listens(all);
    await pair(all, { path: '/servers/web1', policy: { hold: true, onConflict: 'fail' } });
    const [first] = all.pairings.pending();
    assert.ok(first !== undefined);
    all.peers.save({ ...first, fingerprint: FINGERPRINT, revoked: false, added: new Date() });
    await pair(all, { policy: { onConflict: 'keep-both' } });
    const [again] = all.pairings.pending();
    assert.equal(again?.path, '/servers/web1');
    assert.deepEqual(again.policy, { hold: true, onConflict: 'keep-both' });
    await refusedLater(
      'PEER_PATH_TAKEN',
      /web1 sends to TARGET\/servers\/web1/,
      pair(all, { name: 'x', path: '/servers' }),
    );
  });

  t.test('refuses names and places that cannot be', async (t) => {
    const all = stores(t);
    for (const name of ['', 'a/b', '..', 'a@b', 'a#b', 'a%b', 'x'.repeat(65), 'host.zfsyncbuffer', 'ü']) {
      await refusedLater('CONFIG_INVALID', /name/, pair(all, { name }));
    }
    await refusedLater('CONFIG_INVALID', /names a buffer dataset/, pair(all, { path: '/a.zfsyncbuffer/b' }));
    listens(all);
    const deep = `/${'x'.repeat(200)}/${'y'.repeat(50)}`;
    await refusedLater('CONFIG_INVALID', /longer than 255 bytes/, pair(all, { path: deep }));
    assert.deepEqual(all.pairings.pending(), []);
  });
});

/** Everything that a log was told. */
function logTo(t: Test) {
  const file = join(freshDirectory(t), 'log');
  return { file, log: createLogger({ name: 'test', file, verbose: true }) };
}

interface Line {
  readonly t: Test;
  readonly all: Stores;
  /** What the receiver's end of the line exports; undefined = the same as the sender's. */
  readonly otherKey?: Uint8Array;
  /** Of the certificate that the handshake has shown; undefined = the sender's. */
  readonly otherFingerprint?: string;
  readonly faults?: Parameters<typeof faultyTransport>[1];
  readonly root?: typeof TARGET;
}

/** A receiver at the other end of the line, as serve.ts has it, without TLS. */
function dialing({ t, all, otherKey, otherFingerprint, faults, root = TARGET }: Line) {
  const { file: logFile, log } = logTo(t);
  const answers: Promise<unknown>[] = [];
  const dialed: DialReceiver[] = [];
  const dial = (options: DialReceiver) => {
    dialed.push(options);
    const [left, right] = memoryTransportPair();
    const key = new Uint8Array(randomBytes(32));
    const exportKey = (ours: Uint8Array) => (label: string, bytes: number) => {
      assert.deepEqual([label, bytes], ['EXPERIMENTAL zfsync pairing', 32]);
      return ours;
    };
    const fingerprint = otherFingerprint ?? options.identity.fingerprint;
    const certificate = { fingerprint, names: [], trusted: false };
    answers.push(answer(right, { certificate, exportKey: exportKey(otherKey ?? key) }));
    const near = faults === undefined ? left : faultyTransport(left, faults);
    return Promise.resolve(Object.assign(near, { exportKey: exportKey(key) }));
  };
  const answer = async (right: Transport, transport: Parameters<typeof answerPair>[2]['transport']) => {
    const connection = new Connection(right, { role: 'receiver', lingerMsMax: 500 });
    try {
      const request = await connection.expect(['pair'], { timeoutMs: limits.helloTimeoutMs });
      await answerPair(connection, request, { transport, pairings: all.pairings, root, agent: 'recv/1', log });
      await connection.close();
    } catch (error) {
      await connection.fail(error);
    }
  };
  return { dial, dialed, answers, logFile };
}

function use(
  stateDirectory: string,
  token: string,
  { dial }: Pick<ReturnType<typeof dialing>, 'dial'>,
  endpoint?: Endpoint,
) {
  const { signal } = new AbortController();
  const options = {
    stateDirectory,
    endpoint,
    bindAddress: '192.0.2.1',
    timeoutMs: 2000,
    agent: 'send/1',
    signal,
    dial,
  };
  return pairWith(token, options);
}

t.test('the conversation', async (t) => {
  t.test('makes the two know each other', async (t) => {
    const all = stores(t);
    listens(all);
    const state = freshDirectory(t);
    const line = dialing({ t, all });
    const { text } = await pair(all, { policy: { hold: true } });
    const done = await use(state, text, line);
    assert.equal(
      done.text,
      'paired with backup.example.org port 9000, which knows this sender as web1 and receives into tank/backup/web1\n' +
        'From now on: zfsync-send DATASET backup.example.org:9000\n',
    );
    const [dialed] = line.dialed;
    assert.deepEqual(dialed?.endpoint, { host: 'backup.example.org', port: 9000 });
    assert.deepEqual([dialed.fingerprint, dialed.bindAddress, dialed.timeoutMs], [FINGERPRINT, '192.0.2.1', 2000]);
    const { fingerprint } = await loadIdentity(state, 'x');
    assert.deepEqual(
      all.peers.list().map(({ name, fingerprint: pinned, policy }) => [name, pinned, policy]),
      [['web1', fingerprint, { hold: true }]],
    );
    const { added, ...known } = new ReceiverStore(state).get('backup.example.org', 9000);
    const place = { host: 'backup.example.org', port: 9000, fingerprint: FINGERPRINT };
    assert.deepEqual(known, { ...place, name: 'web1', target: 'tank/backup/web1' });
    assert.ok(Date.now() - added.getTime() < 60_000);
    await assert.rejects(use(state, text, line), (error) => {
      assert.ok(error instanceof PeerError);
      assert.match(error.message, /unknown or used already: run "zfsync-recv pair NAME" on the receiver again/);
      return error.code === 'PAIRING_UNKNOWN';
    });
    await Promise.all(line.answers);
    const logged = readFileSync(line.logFile, 'utf8');
    assert.match(logged, new RegExp(`"event":"paired","name":"web1","fingerprint":"${fingerprint}"`));
    const { secret, pairingId } = parseToken(text);
    for (const secrecy of [text.trim(), Buffer.from(secret).toString('hex'), pairingId]) {
      assert.ok(!logged.includes(secrecy), 'no secret is in the log');
    }
  });

  t.test('under another address, again, and with another key', async (t) => {
    const all = stores(t);
    listens(all);
    const state = freshDirectory(t);
    const line = dialing({ t, all });
    const { text: said } = await use(state, (await pair(all)).text, line, { host: 'fe80::1', port: 0 });
    assert.match(said, /From now on: zfsync-send DATASET \[fe80::1\]:9000\n$/);
    const { text } = await pair(all);
    const other = freshDirectory(t);
    assert.match((await use(other, text, line, { host: 'nat', port: 8730 })).text, /DATASET nat\n$/);
    const { fingerprint } = await loadIdentity(other, 'x');
    assert.deepEqual(
      all.peers.list().map((peer) => peer.fingerprint),
      [fingerprint],
      'the new one alone is let in',
    );
  });

  t.test('over a line with somebody in between', async (t) => {
    const all = stores(t);
    listens(all);
    const { text } = await pair(all);
    const state = freshDirectory(t);
    const otherKey = new Uint8Array(32);
    const otherFingerprint = 'cd'.repeat(32);
    await refusedLater(
      'PAIRING_PROOF',
      /proof of the pairing is wrong/,
      use(state, text, dialing({ t, all, otherKey })),
    );
    await refusedLater('PAIRING_PROOF', /wrong/, use(state, text, dialing({ t, all, otherFingerprint })));
    assert.deepEqual(all.peers.list(), []);
    assert.deepEqual(new ReceiverStore(state).list(), []);
    await use(state, text, dialing({ t, all }));
  });

  t.test('with a target that ZFS would not take', async (t) => {
    const all = stores(t);
    const { text } = await pair(all, { path: `/${'x'.repeat(200)}` });
    const root = parseDatasetName(`tank/${'y'.repeat(60)}`);
    await refusedLater('NAME_INVALID', /longer than 255/, use(freshDirectory(t), text, dialing({ t, all, root })));
    assert.equal(all.pairings.pending().length, 1);
  });

  t.test('that breaks off', async (t) => {
    const all = stores(t);
    listens(all);
    const { text } = await pair(all);
    const state = freshDirectory(t);
    const cut = dialing({ t, all, faults: { inbound: { cutAfterBytes: 4 } } });
    await refusedLater(
      'PAIRING_UNANSWERED',
      /did not answer: .*It may have paired all the same/,
      use(state, text, cut),
    );
    assert.deepEqual(new ReceiverStore(state).list(), []);
    await Promise.all(cut.answers);
  });

  t.test('that is not begun', async (t) => {
    const all = stores(t);
    listens(all);
    const state = freshDirectory(t);
    const dial = () => Promise.reject(new ConnectionError('nobody is there', { code: 'CONNECT_REFUSED' }));
    await refusedLater('CONNECT_REFUSED', /nobody is there/, use(state, (await pair(all)).text, { dial }));
    const { text } = await pair(all, { validMs: 0 });
    const unreached = () => assert.fail('it was dialed');
    await refusedLater('CONFIG_INVALID', /token has expired at/, use(state, text, { dial: unreached }));
    await refusedLater('CONFIG_INVALID', /damaged/, use(state, text.slice(0, 50), { dial: unreached }));
    assert.equal(all.pairings.pending().length, 0);
  });
});

t.test('zfsync-recv peers, unpair and allow', async (t) => {
  const all = stores(t);
  const { directory, pairings, peers } = all;
  const told = ({ hold = false }: Policy) => (hold ? 'hold' : '');
  assert.deepEqual(listPeers(directory, pairings, told).text, 'no sender is known: zfsync-recv pair NAME\n');
  const base = { revoked: false, added: new Date(0), policy: {} };
  peers.save({ ...base, name: 'web1', fingerprint: FINGERPRINT, path: path('/web1'), policy: { hold: true } });
  assert.match(
    (await allowPeer(pairings, { name: 'ca1', path: path('/x/ca1'), policy: {}, isNew: true })).text,
    /ca1 may send to TARGET\/x\/ca1, by a certificate that --ca/,
  );
  await pair(all, { name: 'soon' });
  listens(all);
  const listed = listPeers(directory, pairings, told);
  assert.equal(listed.exitCode, EXIT.ok);
  const [head, ...rows] = listed.text.trimEnd().split('\n');
  assert.equal(head, 'NAME  SENDS TO');
  assert.match(rows[0] ?? '', /^ca1 +tank\/backup\/x\/ca1 +by a certificate authority, since \d{4}-/);
  assert.match(
    rows[1] ?? '',
    /^web1 +tank\/backup\/web1 +certificate abababababababab…, since 1970-01-01T00:00:00.000Z +hold$/,
  );
  assert.match(rows[2] ?? '', /^soon +tank\/backup\/soon +waits to be paired until /);
  assert.equal(rows.length, 3);

  await refusedLater(
    'PEER_PATH_TAKEN',
    /ca1 sends to TARGET\/x\/ca1/,
    allowPeer(pairings, { name: 'y', path: path('/x'), policy: {}, isNew: true }),
  );
  await refusedLater(
    'CONFIG_INVALID',
    /buffer dataset/,
    allowPeer(pairings, { name: 'y.zfsyncbuffer', path: undefined, policy: {}, isNew: true }),
  );
  assert.match(
    (await allowPeer(pairings, { name: 'web1', path: undefined, policy: { onConflict: 'fail' } })).text,
    /by its certificate, as before/,
  );
  assert.deepEqual(peers.named('web1')?.policy, { hold: true, onConflict: 'fail' });
  assert.equal(peers.find(FINGERPRINT)?.name, 'web1');
  await allowPeer(pairings, { name: 'web1', path: undefined, policy: { hold: false }, reset: true });
  assert.deepEqual(peers.named('web1')?.policy, { hold: false }, 'as the receiver does it');
  for (const name of ['wbe1', 'soon']) {
    await refusedLater(
      'PEER_UNKNOWN',
      /there is no peer .*: known are ca1, web1\..* --new/,
      allowPeer(pairings, { name, path: undefined, policy: {} }),
    );
  }
  assert.equal(peers.named('wbe1'), undefined);
  assert.equal(pairings.pending().length, 1, 'the token of one who is not known yet goes on to be good');

  await pair(all, { name: 'web1' });
  assert.match((await allowPeer(pairings, { name: 'web1', path: undefined, policy: {} })).text, /its token is void/);
  assert.deepEqual(
    pairings.pending().map(({ name }) => name),
    ['soon'],
    'none that would bring back what was settled before',
  );
  assert.match((await unpair(pairings, 'soon')).text, /the token for soon is void/);
  assert.deepEqual(pairings.pending(), []);
  await pair(all, { name: 'web1' });
  assert.match(
    (await unpair(pairings, 'web1')).text,
    /^web1 is unpaired: refused from now on\. What it has sent to TARGET\/web1 stays\.\n/,
  );
  assert.deepEqual(pairings.pending(), [], 'its tokens are void too');
  assert.equal(peers.find(FINGERPRINT), undefined);
  assert.match((await unpair(pairings, 'web1')).text, /unpaired already/);
  assert.match(listPeers(directory, pairings, told).text, /^web1 .* unpaired/m);
  await refusedLater('PEER_UNKNOWN', /known are ca1, web1/, unpair(pairings, 'wbe1'));

  writeFileSync(join(directory, 'peers', 'web1.json'), '{');
  const damaged = listPeers(directory, pairings, told);
  assert.equal(damaged.exitCode, EXIT.failure);
  assert.match(damaged.notes, /^zfsync-recv: the record of a peer in .*web1\.json is damaged/);
  assert.match(damaged.text, /^ca1 /m);
  assert.ok(!damaged.text.includes('web1'));
});

t.test('a state directory that is a link, or has a long name', async (t) => {
  const directory = freshDirectory(t);
  const real = join(directory, 'real');
  const [link, long] = [join(directory, 'link'), join(directory, 'x'.repeat(process.platform === 'linux' ? 120 : 9))];
  for (const made of [real, long]) mkdirSync(made, { mode: 0o700 });
  symlinkSync(real, link);
  for (const [state, place] of [
    [link, real],
    [long, long],
  ] as const) {
    const { pairings, peers } = storesIn(state);
    const fingerprint = FINGERPRINT;
    peers.save({ name: 'web', fingerprint, path: path('/web'), revoked: false, added: new Date(), policy: {} });
    await checkStateLock(state);
    const lock = { directory: place, kind: 'state', name: place, what: 'holds it', conflicts: () => true } as const;
    const held = await acquireLock(lock);
    const change = { stateDirectory: state, what: 'test' };
    const late = changeState(change, () => undefined, 0);
    await refusedLater('STATE_BUSY', /taken by process \d+ since .*: holds it/, late);
    await checkStateLock(state);
    held.release();
    assert.match((await unpair(pairings, 'web')).text, /^web is unpaired/);
  }
  chmodSync(real, 0o720);
  await refusedLater('CONFIG_INVALID', /^the state directory .*real cannot be used: others/, checkStateLock(link));
  rmSync(real, { recursive: true });
  await refusedLater('STATE_UNWRITABLE', /^cannot lock the state directory .*link: ENOENT/, checkStateLock(link));
});

t.test('commands at the same time do not undo each other', async (t) => {
  const all = stores(t);
  const { directory, pairings, peers } = all;
  await pair(all, { name: 'first' });
  const changer = (...args: Order) => spawn(process.execPath, [CHANGER, directory, ...args]);
  const said = async (...args: Order) => {
    const child = changer(...args);
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
    child.stderr.pipe(process.stderr);
    await once(child, 'close');
    return text;
  };
  const keys = ['a', 'b', 'c', 'd'];
  const rivals = ['p1', 'p2', 'p3'];
  const results = await Promise.all([
    ...keys.map((key) => said('allow', key, '10')),
    ...rivals.map((name) => said('pair', name, '/one/place')),
  ]);
  assert.deepEqual(results.slice(0, keys.length), ['done', 'done', 'done', 'done']);
  assert.deepEqual(results.slice(keys.length).sort(), ['PEER_PATH_TAKEN', 'PEER_PATH_TAKEN', 'done'], 'one has it');
  const settled = Object.keys(peers.named('web')?.policy ?? {}).sort();
  assert.deepEqual(settled, keys.flatMap((key) => Array.from({ length: 10 }, (_, n) => `${key}${n}`)).sort());

  assert.equal(await said('die'), '', 'killed with the lock in its hand');
  assert.match((await unpair(pairings, 'first')).text, /is void/);

  const stopped = changer('stop');
  t.teardown(() => stopped.kill('SIGKILL'));
  const change = { stateDirectory: directory, what: 'test' };
  const isHeld = () => changeState(change, () => false, 0).catch(() => true);
  for (let tries = 0; !(await isHeld()) && tries < 200; tries += 1) await sleep(20);
  const busy = new RegExp(
    `taken by process ${stopped.pid ?? ''} since .*: test that is to stop; .*end it, or try again`,
  );
  await refusedLater(
    'STATE_BUSY',
    busy,
    changeState(change, () => 'done', 100),
  );
  stopped.kill('SIGCONT');
  assert.equal(await changeState(change, () => 'done'), 'done');
  assert.deepEqual(
    readdirSync(directory).filter((file) => file.startsWith('state.') && !file.includes('.info')),
    [],
    'nothing is left behind',
  );
});

t.test('zfsync-send peers and unpair', async (t) => {
  const state = freshDirectory(t);
  assert.equal(listReceivers(state).text, 'no receiver is known: zfsync-send pair TOKEN\n');
  const known = { fingerprint: FINGERPRINT, name: 'web1', target: 'tank/backup/web1', added: new Date(0) };
  new ReceiverStore(state).save({ ...known, host: 'backup', port: 8730 });
  new ReceiverStore(state).save({ ...known, host: '::1', port: 1 });
  assert.equal(
    listReceivers(state).text,
    '[::1]:1: known there as web1, receives into tank/backup/web1, since 1970-01-01T00:00:00.000Z\n' +
      'backup: known there as web1, receives into tank/backup/web1, since 1970-01-01T00:00:00.000Z\n',
  );
  assert.match(
    unpairReceiver(state, { host: '::1', port: 1 }).text,
    /^\[::1\]:1 is forgotten\. There, "zfsync-recv unpair web1"/,
  );
  refused('CONFIG_INVALID', /no pairing with ::1 port 1: paired are backup port 8730/, () =>
    unpairReceiver(state, { host: '::1', port: 1 }),
  );
  writeFileSync(join(state, 'receivers', 'backup_8730.json'), '');
  const { notes, exitCode } = listReceivers(state);
  assert.match(notes, /backup_8730\.json is damaged/);
  assert.equal(exitCode, EXIT.failure);
});
