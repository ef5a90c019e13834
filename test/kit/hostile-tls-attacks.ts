/** What comes of attacks on a receiver with TLS: strangers, peers that reach for what is another's, certificates. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { Hello } from '@zfsync/protocol';
import { PAIRING_EXPORTER_BYTES, PAIRING_EXPORTER_LABEL, pairingProof } from '@zfsync/trust';
import { parseRelativePath } from '@zfsync/zfs';
import { makeIdentity, type MakeOptions, type TestIdentity } from './certificates.ts';
import type { Attack, Hostile, TlsChoice } from './hostile-bench.ts';
import type { Line } from './hostile-line.ts';
import type { TlsSite } from './hostile-site.ts';
import { beginPayload, clientHello, datasetFields, helloPayload, offerPayload, versionFields } from './hostile-wire.ts';

type Run = Attack['run'];
type AttackGroup = readonly [string, readonly Attack[]];

const p = parseRelativePath;
const FAILURE = { code: 'X', retry: 'never', message: 'x', detail: '' } as const;
const failed = (code: string) => ({ told: code, logged: `connection-failed ${code}` });
const INVALID = failed('MESSAGE_INVALID');
const DAY_MS = 86_400_000;

/** Not told why, as it does not speak TLS to the end. */
const unheard = (words: RegExp) => ({ told: 'cut off', logged: 'accept-failed TLS_HANDSHAKE', words });

const as = ({ certificate, key }: TestIdentity): TlsChoice => ({ cert: certificate, key });

/** The receiver's log has one line a minute for handshakes of one address; so each attack has its own. */
let addresses = 0;
function elsewhere(): string {
  addresses += 1;
  return `127.0.${1 + Math.floor(addresses / 200)}.${1 + (addresses % 200)}`;
}

/** How it ended for one that said nothing: `cut off`, or the alert. */
async function cutOff(line: Line): Promise<string> {
  const told = await line.told();
  return told === 'closed' || told === 'reset' ? 'cut off' : told;
}

/** With these options there may be no connection at all. */
const knocking =
  (tls: TlsChoice): Run =>
  async (hostile) => {
    let line: Line;
    try {
      line = await hostile.line({ localAddress: elsewhere(), ...tls });
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
    return cutOff(line);
  };

async function open(hostile: Hostile, who: TestIdentity, change: Partial<Hello> = {}): Promise<Line> {
  const line = await hostile.line(as(who));
  await line.say(hostile.hello(change)).expect('hello-reply');
  return line;
}

const HANDSHAKES: readonly Attack[] = [
  { what: 'no certificate', ...unheard(/it has no certificate/), run: knocking({ cert: '', key: '' }) },
  {
    what: 'TLS 1.2 and no later',
    ...unheard(/does not speak TLS 1\.3/),
    told: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    run: knocking({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
  },
  { what: 'no ALPN', ...unheard(/not zfsync-send/), run: knocking({ ALPNProtocols: [] }) },
  {
    what: 'another ALPN',
    ...unheard(/not zfsync-send/),
    told: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    run: knocking({ ALPNProtocols: ['h2', 'zfsync/2'] }),
  },
  ...(
    [
      ['a hello without TLS', helloPayload({})],
      ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
      ['noise', Buffer.from(randomBytes(4096)).fill(0xfe, 0, 1)],
    ] as const
  ).map(([what, bytes]) => ({
    ...{ what, ...unheard(/does not speak TLS; if it is zfsync-send, leave out its --plaintext/) },
    run: async (hostile: Hostile) => {
      const line = await hostile.plain(elsewhere());
      line.socket.removeAllListeners('data').resume();
      if (what === 'a hello without TLS') line.payload(bytes);
      else line.raw(bytes);
      return cutOff(line);
    },
  })),
  {
    what: 'a handshake that breaks off',
    ...unheard(/closed the connection before the TLS handshake was done/),
    run: async (hostile) => {
      const line = await hostile.plain(elsewhere());
      line.socket.removeAllListeners('data').resume();
      line.raw(await clientHello()).socket.end();
      return cutOff(line);
    },
  },
  ...(['garbage for a record', 'another ClientHello'] as const).map((what) => ({
    what: `after the handshake: ${what}`,
    told: 'gone',
    logged: 'connection-failed CONNECTION_RESET',
    words: /what arrived is not what was sent \([a-z ]+\)$/,
    run: async (hostile: Hostile) => {
      const raw = await hostile.plain();
      raw.socket.removeAllListeners('data');
      const line = await hostile.line({ socket: raw.socket });
      await line.say(hostile.hello()).expect('hello-reply');
      const garbage = Buffer.concat([Buffer.from('1703030040', 'hex'), randomBytes(64)]);
      raw.raw(what === 'another ClientHello' ? await clientHello() : garbage);
      await line.told();
      return 'gone';
    },
  })),
];

/** `pair` as a sender says it that knows the secret. */
function proofFor(line: Line, secret: Uint8Array, { fingerprint }: TestIdentity): Uint8Array {
  assert.ok(line.socket instanceof TLSSocket);
  const exportedKey = line.socket.exportKeyingMaterial(PAIRING_EXPORTER_BYTES, PAIRING_EXPORTER_LABEL, Buffer.alloc(0));
  return pairingProof({ secret, exportedKey, senderFingerprint: fingerprint });
}

function sayPair(line: Line, pairingId: string, proof: Uint8Array): Line {
  return line.say({ type: 'pair', protocolMin: 1, protocolMax: 1, agent: 'mallory', pairingId, proof });
}

function pairingAttacks(
  { directory, pairings, peers, mallory, carol }: TlsSite,
  stranger: TestIdentity,
): readonly Attack[] {
  const policy = {};
  const token = (name: string, now = new Date()) => pairings.create({ name, path: p(`/${name}`), policy: policy, now });
  const pending = (name: string) => pairings.pending().some((pairing) => pairing.name === name);
  const pairAs = async (hostile: Hostile, who: TestIdentity, { pairingId, secret }: ReturnType<typeof token>) => {
    const line = await hostile.line(as(who));
    return sayPair(line, pairingId, proofFor(line, secret, who)).told();
  };
  return [
    {
      what: 'a stranger says hello',
      ...failed('PEER_UNKNOWN'),
      words: new RegExp(stranger.fingerprint),
      run: async (hostile) => (await hostile.line(as(stranger))).say(hostile.hello()).told(),
    },
    {
      what: 'a stranger comes while the record of a peer is damaged; who is known gets in',
      ...{ told: 'cut off', logged: 'peer-unreadable STATE_DAMAGED', words: /nobody is let in by it/ },
      run: async (hostile) => {
        const file = join(directory, 'receiver/peers/damaged.json');
        await writeFile(file, '{', { mode: 0o600 });
        try {
          const told = await cutOff(await hostile.line(as(stranger)));
          await open(hostile, mallory);
          return told;
        } finally {
          await rm(file);
        }
      },
    },
    {
      what: 'a stranger begins with an offer',
      ...failed('MESSAGE_UNEXPECTED'),
      run: async (hostile) =>
        (await hostile.line(as(stranger))).payload(offerPayload(0, true, datasetFields('/a'))).told(),
    },
    {
      what: 'an unknown token',
      ...failed('PAIRING_UNKNOWN'),
      run: async (hostile) => sayPair(await hostile.line(as(stranger)), 'ab'.repeat(8), new Uint8Array(32)).told(),
    },
    {
      what: 'a wrong proof five times, then the right one',
      told: 'PAIRING_UNKNOWN',
      logged: [...Array<string>(5).fill('connection-failed PAIRING_PROOF'), 'connection-failed PAIRING_UNKNOWN'],
      run: async (hostile) => {
        const made = token('guessed');
        for (let i = 0; i < 5; i += 1) {
          const line = sayPair(await hostile.line(as(stranger)), made.pairingId, new Uint8Array(randomBytes(32)));
          assert.equal(await line.told(), 'PAIRING_PROOF');
        }
        return pairAs(hostile, stranger, made);
      },
    },
    ...(['another connection', 'another certificate'] as const).map((what) => ({
      what: `the proof of ${what}`,
      ...failed('PAIRING_PROOF'),
      run: async (hostile: Hostile) => {
        const { pairingId, secret } = token('replayed');
        const own = await hostile.line(as(stranger));
        const line = what === 'another certificate' ? own : await hostile.line(as(stranger));
        const told = await sayPair(
          line,
          pairingId,
          proofFor(own, secret, what === 'another certificate' ? carol : stranger),
        ).told();
        assert.ok(pending('replayed'), 'one wrong proof does not void it');
        assert.equal(pairings.cancel('replayed'), 1);
        own.destroy();
        return told;
      },
      ...(what === 'another connection' && { logged: /^connection-failed (PAIRING_PROOF|CONNECTION_(CLOSED|RESET))$/ }),
    })),
    {
      what: 'a token for the second time, by others and by its peer',
      told: 'PAIRING_UNKNOWN',
      logged: ['connection-failed PAIRING_UNKNOWN', 'connection-failed PAIRING_UNKNOWN'],
      run: async (hostile) => {
        const [made, newcomer] = [token('newcomer'), await makeIdentity('newcomer')];
        const line = await hostile.line(as(newcomer));
        const reply = await sayPair(line, made.pairingId, proofFor(line, made.secret, newcomer)).expect('pair-reply');
        assert.equal(reply.name, 'newcomer');
        assert.equal(peers.find(newcomer.fingerprint)?.path, '/newcomer');
        assert.equal(await pairAs(hostile, stranger, made), 'PAIRING_UNKNOWN');
        const told = await pairAs(hostile, newcomer, made);
        peers.revoke('newcomer');
        return told;
      },
    },
    {
      what: 'a token that has expired',
      ...failed('PAIRING_EXPIRED'),
      run: (hostile) => pairAs(hostile, stranger, token('late', new Date(Date.now() - 3_600_000))),
    },
    {
      what: 'a peer uses the token of another for its own certificate',
      ...failed('CERTIFICATE_TAKEN'),
      run: async (hostile) => {
        const told = await pairAs(hostile, mallory, token('second'));
        assert.equal(pairings.cancel('second'), 1, 'the token is good for the one whom it was made for');
        assert.equal(peers.named('second'), undefined);
        return told;
      },
    },
    {
      what: 'hello on the connection that was paired',
      ...{ told: 'closed', logged: '' },
      run: async (hostile) => {
        const [made, newcomer] = [token('hasty'), await makeIdentity('hasty')];
        const line = await hostile.line(as(newcomer));
        sayPair(line, made.pairingId, proofFor(line, made.secret, newcomer));
        // Not before: while the receiver keeps the certificate a hello would be out of turn, and it says so.
        await line.expect('pair-reply');
        line.say(hostile.hello());
        const told = await line.told();
        peers.revoke('hasty');
        return told;
      },
    },
  ];
}

/** What begins with a slash is the peer's own, whatever it is called; all else is no path. */
const REACHING = [
  '/../honest',
  '/../honest/a',
  '/mallory/../../honest',
  'honest',
  '../honest',
  '//honest',
  '/honest/..',
];

/** One peer reaches for what is another's. */
function subtreeAttacks({ carol, root }: TlsSite): readonly Attack[] {
  return [
    ...REACHING.map((path) => ({
      ...{ what: `--as ${path}`, ...INVALID },
      run: async (hostile: Hostile) => (await hostile.line()).payload(helloPayload({ asPath: path })).told(),
    })),
    ...REACHING.map((path) => ({
      ...{ what: `offers ${path}`, ...INVALID },
      run: async (hostile: Hostile) =>
        (await hostile.greeted()).payload(offerPayload(0, true, datasetFields(path, versionFields('s', 1n)))).told(),
    })),
    ...REACHING.slice(0, 2).map((path) => ({
      ...{ what: `begins a stream into ${path}`, ...INVALID },
      run: async (hostile: Hostile) => (await hostile.planned()).line.payload(beginPayload(path)).told(),
    })),
    {
      what: 'begins a stream into /honest',
      ...{ told: 'NOT_OFFERED', logged: 'stream-refused NOT_OFFERED' },
      run: async (hostile) => hostile.begin((await hostile.planned()).line, 1n, { path: p('/honest') }).told(),
    },
    ...['', '/honest', '/carol/a'].map((path) => ({
      ...{ what: `--as ${path === '' ? 'nothing' : path} leads below its own subtree`, told: 'own', logged: '' },
      run: async (hostile: Hostile) => {
        const line = (await hostile.line()).say(hostile.hello({ asPath: p(path) }));
        assert.equal((await line.expect('hello-reply')).target, `${root}/mallory${path}`);
        return 'own';
      },
    })),
    ...['/x.zfsyncbuffer', '/honest.zfsyncbuffer/2F61'].map((path) => ({
      ...{ what: `--as ${path}`, ...INVALID },
      run: async (hostile: Hostile) => (await hostile.line()).payload(helloPayload({ asPath: path })).told(),
    })),
    {
      what: 'offers a buffer dataset',
      ...{ told: 'NAME_RESERVED', logged: '' },
      run: async (hostile) => {
        const { decision } = await hostile.planned({ path: p('/honest.zfsyncbuffer/2F61') });
        return decision.kind === 'refused' ? decision.failure.code : decision.kind;
      },
    },
    {
      what: 'says the id of the session of another, which is not disturbed',
      ...INVALID,
      run: async (hostile) => {
        const sessionId = randomBytes(16).toString('hex');
        const line = await streamingAs(hostile, carol, { sessionId });
        const told = await (await hostile.line()).say(hostile.hello({ sessionId })).told();
        await open(hostile, carol, { sessionId });
        await abandon(line);
        return told;
      },
      logged: ['connection-failed MESSAGE_INVALID', 'stream-failed X'],
    },
    {
      what: 'discards the partial receive of another by its token',
      ...{ told: 'full', logged: /^connection-failed CONNECTION_(CLOSED|RESET)$/ },
      run: async (hostile) => {
        const line = await streamingAs(hostile, carol);
        await line.data((await hostile.sent('POOL/loot@one')).subarray(0, -400)).flushed();
        await partialToken(hostile, root, 'carol');
        line.socket.end();
        await line.told();
        const token = await partialToken(hostile, root, 'carol');
        const { line: own } = await hostile.planned();
        const path = p(hostile.path);
        const { decisions } = await own.say({ type: 'replan', path, discard: token }).expect('decisions');
        assert.equal(await partialToken(hostile, root, 'carol'), token, 'the other can go on');
        return decisions[0]?.decision.kind ?? '';
      },
    },
  ];
}

/** A session of any peer in which the receiver waits for the stream of the oldest snapshot. */
async function streamingAs(hostile: Hostile, who: TestIdentity, change: Partial<Hello> = {}) {
  const line = await open(hostile, who, change);
  line.say({ type: 'offer', page: 0, last: true, leftOut: [], renames: 'ask', datasets: [await hostile.offering()] });
  await line.expect('decisions');
  const to = (await hostile.loot())[0]?.guid ?? 0n;
  await hostile.begin(line, to).expect('stream-ready');
  return line;
}

async function abandon(line: Line): Promise<void> {
  await line.say({ type: 'stream-failed', side: 'source', failure: FAILURE }).expect('stream-result');
}

/** Of what this peer has half received, in place or parked. Waits for it: zfs receive takes its time. */
async function partialToken(hostile: Hostile, root: string, peer: string): Promise<string> {
  const pool = root.split('/', 1)[0] ?? '';
  const path = `/${peer}${hostile.path}`;
  const places = [root + path, `${root}.zfsyncbuffer/${Buffer.from(path).toString('hex').toUpperCase()}`];
  for (let tries = 0; tries < 50; tries += 1) {
    const all = await hostile.bed.run('get', '-H', '-r', '-o', 'name,value', 'receive_resume_token', pool);
    for (const row of all.split('\n')) {
      const [name = '', value = ''] = row.split('\t');
      if (places.includes(name) && value.startsWith('1-')) return value;
    }
    await sleep(100);
  }
  throw new Error(`nothing of ${path} is half received`);
}

function revocations({ peers, mallory, allow }: TlsSite): readonly Attack[] {
  const revoking = async (work: () => Promise<string>): Promise<string> => {
    peers.revoke('mallory');
    try {
      return await work();
    } finally {
      allow('mallory', mallory);
    }
  };
  const words = /not (known to|paired with) the receiver/;
  return [
    {
      what: 'who was unpaired comes back',
      ...failed('PEER_UNKNOWN'),
      run: (hostile) => revoking(async () => (await hostile.line()).say(hostile.hello()).told()),
    },
    {
      what: 'who is unpaired in the middle of a session',
      ...failed('PEER_REVOKED'),
      words,
      run: async (hostile) => {
        const { line } = await hostile.planned();
        return revoking(() => line.told());
      },
    },
    {
      what: 'who is unpaired before it says hello',
      ...{ told: 'PEER_REVOKED', logged: 'connection-failed PEER_REVOKED', words },
      run: async (hostile) => {
        const line = await hostile.line();
        // The handshake is done on both sides when the receiver knows who it is.
        await sleep(100);
        return revoking(() => line.told());
      },
    },
    {
      what: 'who is unpaired in the middle of a stream',
      ...failed('PEER_REVOKED'),
      words,
      run: async (hostile) => {
        const { line } = await hostile.streaming();
        await line.data((await hostile.sent('POOL/loot@one')).subarray(0, 2_000)).flushed();
        return revoking(() => line.told());
      },
    },
  ];
}

/** With `--ca` in force: who is signed by it has the name that it was given, and no other. */
async function certificateAttacks({ authority }: TlsSite): Promise<readonly Attack[]> {
  const other = await makeIdentity('our authority', { isCa: true });
  const ours = { ca: authority };
  const rows: readonly (readonly [string, string, MakeOptions, RegExp])[] = [
    ['by another authority of the same name', 'fresh', { ca: other }, /fingerprint/],
    ['by nobody but itself', 'fresh', {}, /fingerprint/],
    [
      'expired',
      'fresh',
      { ...ours, notBefore: new Date(Date.now() - 9 * DAY_MS), notAfter: new Date(Date.now() - DAY_MS) },
      /fingerprint/,
    ],
    [
      'not valid yet',
      'fresh',
      { ...ours, notBefore: new Date(Date.now() + DAY_MS), notAfter: new Date(Date.now() + 9 * DAY_MS) },
      /fingerprint/,
    ],
    ['for servers alone', 'fresh', { ...ours, use: 'server' }, /fingerprint/],
    ['for honest, who was paired', 'honest', ours, /honest is paired with another certificate/],
    ['for who was unpaired', 'gone', ours, /gone was unpaired/],
    ['for ../x', '../x', ours, /one component/],
    ['for ..', '..', ours, /cannot be a name/],
    ['for a/b', 'a/b', ours, /one component/],
    ['for /', '/', ours, /one component/],
    ['for nobody: an empty name', '', ours, /one component|neither an alternative name nor a common name/],
    ['for a snapshot', 'a@b', ours, /cannot be a name/],
    ['for a buffer dataset', 'x.zfsyncbuffer', ours, /buffer dataset/],
    ['for a name with a NUL', 'a\0b', ours, /cannot be a name/],
    ['for a name with a line feed', 'a\nb', ours, /cannot be a name|one component/],
    ['for a second name on a line of its own', 'x\nCN=fresh', ours, /cannot be a name|one component/],
    ['for a name with a terminal sequence', 'a\u001b[2J', ours, /cannot be a name/],
    ['for a name of 65 bytes', 'x'.repeat(65), ours, /longer than 64 bytes/],
    ['for * ', '*', ours, /cannot be a name/],
  ];
  return Promise.all(
    rows.map(async ([what, name, options, words]) => {
      const identity = await makeIdentity(name, options);
      return {
        ...{ what, ...failed('PEER_UNKNOWN'), words },
        run: async (hostile: Hostile) => (await hostile.line(as(identity))).say(hostile.hello()).told(),
      };
    }),
  );
}

/** All places of one kind. These are last: the log sums up handshakes of one address after a minute. */
function floods({ mallory }: TlsSite, stranger: TestIdentity): readonly Attack[] {
  return [
    {
      what: 'all places for streams, and no byte',
      told: 'one is left',
      logged: Array<string>(3).fill('stream-failed X'),
      run: async (hostile) => {
        const { streamsMax } = await placesOf(hostile);
        const lines: Line[] = [];
        for (let i = 0; i < streamsMax; i += 1)
          lines.push(await streamingAs(hostile, mallory, { asPath: p(`/p${i}`) }));
        const late = await open(hostile, mallory, { asPath: p('/late') });
        late.say({
          type: 'offer',
          page: 0,
          last: true,
          leftOut: [],
          renames: 'ask',
          datasets: [await hostile.offering()],
        });
        await late.expect('decisions');
        const ready = hostile.begin(late, (await hostile.loot())[0]?.guid ?? 0n).expect('stream-ready');
        let waits = true;
        void ready.then(() => (waits = false));
        await hostile.honestRun();
        assert.ok(waits, 'nobody has more places than the receiver says');
        for (const line of lines) await abandon(line);
        await ready;
        await abandon(late);
        return 'one is left';
      },
    },
    {
      what: '1100 connections from two addresses that do not shake hands: a third address gets in at once',
      ...{ told: 'gets in', logged: /^accept-failed TLS_HANDSHAKE$/ },
      run: async (hostile) => {
        for (const address of [elsewhere(), elsewhere()]) {
          for (let i = 0; i < 550; i += 1) await hostile.plain(address);
        }
        const begun = performance.now();
        await open(hostile, mallory);
        const tookMs = performance.now() - begun;
        assert.ok(tookMs < 2_000, `it took ${Math.round(tookMs)} ms`);
        await hostile.honestRun();
        return 'gets in';
      },
    },
    {
      what: '257 connections of one peer',
      told: 'cut off',
      logged: 'refused mallory has 256 connections already',
      run: async (hostile) => {
        const sessionId = randomBytes(16).toString('hex');
        for (let i = 0; i < 256; i += 1) await open(hostile, mallory, { sessionId });
        return cutOff(await hostile.line());
      },
    },
    {
      what: '300 strangers who say nothing: the oldest give way, peers get in',
      told: 'peers get in',
      logged: /^connection-failed (CONNECTION_(RESET|CLOSED)|HEARTBEAT_TIMEOUT)$/,
      run: async (hostile) => {
        const strangers: Line[] = [];
        for (let i = 0; i < 300; i += 1) strangers.push(await hostile.line(as(stranger)));
        await open(hostile, mallory);
        const [oldest] = strangers;
        assert.ok(oldest !== undefined);
        assert.equal(await cutOff(oldest), 'cut off');
        await hostile.honestRun();
        return 'peers get in';
      },
    },
    {
      what: 'a hundred handshakes that stop after the ClientHello, some of them a byte a second, and a hello that does',
      told: 'all cut off',
      logged: /^accept-failed TLS_HANDSHAKE$|^connection-failed HEARTBEAT_TIMEOUT$/,
      run: async (hostile) => {
        const lines: Line[] = [];
        const slow: Line[] = [];
        const hello = await clientHello();
        for (let i = 0; i < 12; i += 1) {
          const address = elsewhere();
          for (let k = 0; k < 8; k += 1) {
            const line = await hostile.plain(address);
            line.socket.removeAllListeners('data').resume();
            lines.push(line);
            if (i === 0) slow.push(line);
            else line.raw(hello);
          }
        }
        const first = (await hostile.line()).raw(Buffer.from('0000003c01000000', 'hex'));
        const timer = setInterval(() => {
          for (const line of slow) line.raw(hello.subarray(0, 1));
          first.raw(Buffer.from([0x0a]));
        }, 1_000);
        try {
          await open(hostile, mallory);
          await hostile.honestRun();
          for (const line of lines) assert.equal(await cutOff(line), 'cut off');
          assert.equal(await first.told(), 'HEARTBEAT_TIMEOUT');
        } finally {
          clearInterval(timer);
        }
        return 'all cut off';
      },
    },
  ];
}

async function placesOf(hostile: Hostile): Promise<{ readonly streamsMax: number }> {
  const line = (await hostile.line()).say(hostile.hello({ asPath: p('/asks') }));
  return line.expect('hello-reply');
}

export async function tlsAttackGroups(site: TlsSite): Promise<readonly AttackGroup[]> {
  const stranger = await makeIdentity('stranger');
  site.allow('gone', await makeIdentity('gone'));
  site.peers.revoke('gone');
  return [
    ['handshakes', HANDSHAKES],
    ['pairing', pairingAttacks(site, stranger)],
    ['subtrees', subtreeAttacks(site)],
    ['revocation', revocations(site)],
    ['certificates', await certificateAttacks(site)],
    ['floods', floods(site, stranger)],
  ];
}
