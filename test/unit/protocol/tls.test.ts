import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectPlain, createServer as createPlainServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectRaw, type ConnectionOptions, createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import {
  Connection,
  ConnectionError,
  connectTcp,
  connectTls,
  type ConnectTlsOptions,
  type Listener,
  listenTls,
  type ListenTlsOptions,
  type SecureTransport,
} from '@zfsync/protocol';
import { testTransport } from '@zfsync/protocol/testing';
import { parseDatasetName, parseRelativePath } from '@zfsync/zfs';
import t from 'tap';
import { type AlternativeName, dns, makeIdentity, type TestIdentity } from '../../kit/certificates.ts';

const host = '127.0.0.1';
const receiver = await makeIdentity('receiver');
const sender = await makeIdentity('sender');
const authority = await makeIdentity('authority', { isCa: true });
const ca = authority.certificate;
const pinned = { fingerprint: receiver.fingerprint };

/** A listener, whom it let in, and what it said of the others. */
class Bed {
  readonly accepted: SecureTransport[] = [];
  readonly errors: ConnectionError[] = [];
  listener: Listener | undefined;

  static async open(options: Partial<ListenTlsOptions> = {}): Promise<Bed> {
    const bed = new Bed();
    const onError = (error: ConnectionError) => bed.errors.push(error);
    bed.listener = await listenTls(
      { host, port: 0, identity: receiver, handshakeTimeoutMs: 5_000, onError, ...options },
      (transport) => bed.accepted.push(transport),
    );
    return bed;
  }

  get port(): number {
    assert.ok(this.listener !== undefined);
    return this.listener.address.port;
  }

  connect(options: Partial<ConnectTlsOptions> = {}): Promise<SecureTransport> {
    return connectTls({ host, port: this.port, identity: sender, trust: pinned, timeoutMs: 5_000, ...options });
  }

  /** Both ends of a new connection. */
  async pair(options: Partial<ConnectTlsOptions> = {}): Promise<[SecureTransport, SecureTransport]> {
    const before = this.accepted.length;
    const client = await this.connect(options);
    await until(() => this.accepted.length > before);
    const server = this.accepted[before];
    assert.ok(server !== undefined);
    return [client, server];
  }

  async close(): Promise<void> {
    for (const transport of this.accepted) transport.destroy();
    await this.listener?.close();
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let waitedMs = 0; !condition(); waitedMs += 5) {
    assert.ok(waitedMs < 5_000, `it did not happen: ${condition.toString()}`);
    await sleep(5);
  }
}

const ignore = { onData: () => undefined, onDrain: () => undefined, onEnd: () => undefined };

/** How the transport ends. */
function ending(transport: SecureTransport): Promise<Error | undefined> {
  return new Promise((resolve) => {
    transport.start({ ...ignore, onClose: resolve });
  });
}

function rejection(promise: Promise<unknown>): Promise<ConnectionError> {
  return promise.then(
    () => assert.fail('it should have been refused'),
    (error: unknown) => {
      assert.ok(error instanceof ConnectionError, String(error));
      return error;
    },
  );
}

t.test('the suite of transports: tls', async (t) => {
  const bed = await Bed.open();
  t.teardown(() => bed.close());
  await new Promise<void>((resolve, reject) => {
    const tests: PromiseLike<unknown>[] = [];
    testTransport(
      (title, run) =>
        tests.push(
          t.test(title, async (t) => {
            await run();
            t.pass('it holds');
          }),
        ),
      () => bed.pair(),
    );
    Promise.all(tests).then(() => {
      resolve();
    }, reject);
  });
});

t.test('a pinned receiver', async (t) => {
  const bed = await Bed.open();
  t.teardown(() => bed.close());
  const [client, server] = await bed.pair();
  t.same(client.certificate, { fingerprint: receiver.fingerprint, names: ['receiver'], trusted: false });
  t.same(server.certificate, { fingerprint: sender.fingerprint, names: ['sender'], trusted: false });
  t.match(client.peer, /^127\.0\.0\.1:\d+$/);
  client.destroy();

  const other = 'ab'.repeat(32);
  const refused = await rejection(bed.connect({ trust: { fingerprint: other } }));
  t.match(refused, { code: 'TLS_UNTRUSTED', retry: 'operator' });
  t.match(refused.message, receiver.fingerprint);
  t.match(refused.message, other);
  t.match(refused.message, /pair again/);

  const expired = await makeIdentity('expired', { notBefore: new Date(2020, 1), notAfter: new Date(2021, 1) });
  const old = await Bed.open({ identity: expired });
  t.teardown(() => old.close());
  const [still] = await old.pair({ trust: { fingerprint: expired.fingerprint }, identity: expired });
  t.pass('dates do not matter for what is pinned, on either side');
  still.destroy();
});

t.test('certificate authorities', async (t) => {
  const make = (name: string, options: Parameters<typeof makeIdentity>[1] = {}) =>
    makeIdentity(name, { ca: authority, alternativeNames: [dns('localhost'), { type: 7, ip: host }], ...options });
  const byCa = { ca, trust: { ca: true } as const };
  /** What connecting to a receiver with this certificate comes to. */
  const outcome = async (identity: TestIdentity, options: Partial<ConnectTlsOptions> = {}): Promise<string> => {
    const bed = await Bed.open({ identity, ca });
    try {
      const [client, server] = await bed.pair({ ...byCa, ...options });
      return `${client.certificate.trusted ? 'trusted' : 'untrusted'} ${server.certificate.trusted ? 'trusted' : 'untrusted'}`;
    } catch (error) {
      assert.ok(error instanceof ConnectionError);
      t.match(error, { code: 'TLS_UNTRUSTED', retry: 'operator' });
      return error.message;
    } finally {
      await bed.close();
    }
  };
  const good = await make('good');
  t.equal(await outcome(good), 'trusted untrusted');
  t.equal(await outcome(good, { host: 'localhost', identity: good }), 'trusted trusted');
  t.equal(await outcome(good, { trust: { fingerprint: good.fingerprint } }), 'trusted untrusted');
  t.match(await outcome(await make('elsewhere', { alternativeNames: [dns('elsewhere.example')] })), /IP/);
  t.match(
    await outcome(await make('x', { alternativeNames: [dns('elsewhere.example')] }), { host: 'localhost' }),
    /localhost.*elsewhere\.example/,
  );
  t.match(await outcome(receiver), /not signed by a certificate authority of --ca/);
  const dates = { notBefore: new Date(2020, 1), notAfter: new Date(2021, 1) };
  t.match(await outcome(await make('old', dates)), /it has expired/);
  t.match(await outcome(await make('client', { use: 'client' })), /not made for this use/);
  const impostor = await makeIdentity('authority', { isCa: true });
  t.match(await outcome(await make('false', { ca: impostor })), /cannot be trusted/);
  t.match(await outcome(good, { ca: impostor.certificate }), /not signed by a certificate authority of --ca/);
  const noCa = await Bed.open({ identity: good });
  t.teardown(() => noCa.close());
  await t.rejects(noCa.connect({ trust: { ca: true } }), { code: 'TLS_UNTRUSTED' }, 'no authority was given');

  // What the receiver takes a sender's certificate for.
  const bed = await Bed.open({ ca });
  t.teardown(() => bed.close());
  const trusted = async (identity: TestIdentity) => (await bed.pair({ identity }))[1].certificate.trusted;
  t.equal(await trusted(await make('a')), true);
  t.equal(await trusted(await make('b', { use: 'client' })), true);
  t.equal(await trusted(await make('c', { use: 'server' })), false);
  t.equal(await trusted(await make('d', dates)), false);
  t.equal(await trusted(await make('e', { ca: impostor })), false);
});

t.test('the authorities of the system are not asked', async (t) => {
  const identity = await makeIdentity('receiver', { ca: authority, alternativeNames: [{ type: 7, ip: host }] });
  const bed = await Bed.open({ identity });
  t.teardown(() => bed.close());
  const file = join(t.testdir({ 'system.pem': ca }), 'system.pem');
  const connecting = JSON.stringify({ host, port: bed.port, identity: sender, trust: { ca: true }, timeoutMs: 5_000 });
  const script = `
    import { connectTls } from '@zfsync/protocol';
    import { connect } from 'node:tls';
    const plain = connect({ host: '${host}', port: ${bed.port}, ALPNProtocols: ['zfsync/1'] });
    plain.on('error', () => undefined);
    const system = await new Promise((resolve) => {
      plain.on('secureConnect', () => resolve('trusted')).on('close', () => resolve('not trusted'));
    });
    plain.destroy();
    const ours = await connectTls(${connecting}).then(() => 'trusted', (error) => error.code);
    process.stdout.write(system + ' by the system, ' + ours + ' by us');
    process.exit();
  `;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, NODE_EXTRA_CA_CERTS: file },
  });
  t.equal((await run).stdout, 'trusted by the system, TLS_UNTRUSTED by us');
});

t.test('names', async (t) => {
  const bed = await Bed.open({ ca });
  t.teardown(() => bed.close());
  const alternativeNames: AlternativeName[] = [
    { type: 6, value: 'spiffe://example/web01' },
    { type: 1, value: 'root@web01.example' },
    dns('web01.example'),
    { type: 7, ip: '192.0.2.7' },
    dns('evil, DNS:root.example'),
    { type: 6, value: 'urn:x:"y", DNS:z' },
    dns('www.example'),
  ];
  const [, server] = await bed.pair({ identity: await makeIdentity('web01', { ca: authority, alternativeNames }) });
  t.same(server.certificate.names, [
    'web01.example',
    'evil, DNS:root.example',
    'www.example',
    'root@web01.example',
    'spiffe://example/web01',
    'urn:x:"y", DNS:z',
  ]);
});

t.test('exported keys', async (t) => {
  const bed = await Bed.open();
  t.teardown(() => bed.close());
  const [client, server] = await bed.pair();
  const [otherClient] = await bed.pair();
  const key = client.exportKey('EXPORTER-zfsync', 32);
  t.equal(key.length, 32);
  t.same(server.exportKey('EXPORTER-zfsync', 32), key);
  t.notSame(client.exportKey('EXPORTER-other', 32), key);
  t.notSame(otherClient.exportKey('EXPORTER-zfsync', 32), key);
  client.destroy();
  t.throws(() => client.exportKey('EXPORTER-zfsync', 32), { code: 'CONNECTION_CLOSED' });
});

/** A client that does as told, and how it ended: `closed`, or the error's code. */
async function foreignClient(port: number, options: ConnectionOptions): Promise<string> {
  const socket = connectRaw({
    host,
    port,
    rejectUnauthorized: false,
    cert: sender.certificate,
    key: sender.key,
    ...options,
  });
  const ended = new Promise<string>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    socket.on('close', () => {
      resolve('closed');
    });
  });
  socket.resume();
  const outcome = await ended;
  socket.destroy();
  return outcome;
}

const ALPNProtocols = ['zfsync/1'];

t.test('who the receiver does not let in', async (t) => {
  const cases: readonly [string, RegExp, (port: number) => Promise<unknown>][] = [
    [
      'no certificate',
      /it has no certificate/,
      (port) => foreignClient(port, { ALPNProtocols, cert: undefined, key: undefined }),
    ],
    ['TLS 1.2', /too old/, (port) => foreignClient(port, { ALPNProtocols, maxVersion: 'TLSv1.2' })],
    ['no ALPN', /not zfsync-send/, (port) => foreignClient(port, {})],
    ['another ALPN', /not zfsync-send/, (port) => foreignClient(port, { ALPNProtocols: ['h2', 'http/1.1'] })],
    [
      'plaintext',
      /does not speak TLS; .*--plaintext/,
      async (port) => {
        const connection = new Connection(await connectTcp({ host, port }), { role: 'sender' });
        await connection.send({
          type: 'hello',
          protocolMin: 1,
          protocolMax: 1,
          features: [],
          sessionId: 'ab'.repeat(16),
          runId: 'run',
          agent: 'test',
          sourceRoot: parseDatasetName('tank'),
          asPath: parseRelativePath(''),
        });
        await t.rejects(connection.receive(), { message: /speaks TLS/ }, 'the plaintext sender is told as well');
      },
    ],
    [
      'a port scan',
      /closed the connection before/,
      async (port) => {
        const socket = connectPlain({ host, port });
        await once(socket, 'connect');
        socket.destroy();
      },
    ],
  ];
  for (const [name, words, knock] of cases) {
    const bed = await Bed.open();
    await knock(bed.port);
    await until(() => bed.errors.length > 0);
    t.match(bed.errors, [{ code: 'TLS_HANDSHAKE', message: words }], name);
    t.match(bed.errors[0]?.message, /^a connection from 127\.0\.0\.1:\d+ was refused: /);
    t.equal(bed.accepted.length, 0, name);
    const [client] = await bed.pair();
    client.destroy();
    await bed.close();
  }
});

t.test('a handshake that fails is said once a minute', async (t) => {
  const bed = await Bed.open();
  for (let n = 0; n < 5; n += 1) await foreignClient(bed.port, {});
  t.equal(bed.errors.length, 1);
  await bed.close();
  t.match(bed.errors[1]?.message, /\(4 times within the last minute\)/, 'the rest at the end');
});

t.test('what the sender finds in the place of a receiver', async (t) => {
  const { certificate: cert, key } = receiver;
  const servers = {
    plaintext: createPlainServer((socket) => socket.end('220 mail.example ESMTP\r\n')),
    silent: createPlainServer(),
    closing: createPlainServer((socket) => socket.destroy()),
    ending: createPlainServer({ allowHalfOpen: true }, (socket) => {
      socket.end();
      socket.resume();
    }),
    old: createTlsServer({ cert, key, maxVersion: 'TLSv1.2', ALPNProtocols }),
    web: createTlsServer({ cert, key }),
    'other web': createTlsServer({ cert, key, ALPNProtocols: ['h2'] }),
  };
  const outcome = async (name: keyof typeof servers, options: Partial<ConnectTlsOptions> = {}) => {
    const server = servers[name];
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      return await connectTls({ host, port, identity: sender, trust: pinned, timeoutMs: 5_000, ...options });
    } catch (error) {
      return error;
    } finally {
      server.close();
      for (const socket of sockets) socket.destroy();
    }
  };
  const handshake = { code: 'TLS_HANDSHAKE', retry: 'operator' };
  t.match(await outcome('plaintext'), { ...handshake, message: /does not speak TLS; was it started with --plaintext/ });
  t.match(await outcome('old'), { ...handshake, message: /too old/ });
  t.match(await outcome('web'), { ...handshake, message: /not zfsync-recv/ });
  t.match(await outcome('other web'), { ...handshake, message: /not zfsync-recv/ });
  const closed = { code: 'CONNECT_REFUSED', retry: 'reconnect', message: /closed the connection/ };
  t.match(await outcome('closing'), closed);
  t.match(await outcome('ending'), closed);
  t.match(await outcome('silent', { timeoutMs: 100 }), { code: 'CONNECT_TIMEOUT' });
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort();
  }, 50);
  t.match(await outcome('silent', { signal: controller.signal }), { name: 'AbortedError' });
});

t.test('identities that cannot be used', async (t) => {
  const wrong = { certificate: receiver.certificate, key: sender.key };
  const config = { name: 'ConfigError', message: /cannot be used/ };
  await t.rejects(Bed.open({ identity: wrong }), config);
  await t.rejects(Bed.open({ ca: 'nonsense' }), config);
  await t.rejects(connectTls({ host, port: 1, identity: wrong, trust: pinned }), config);
});

t.test('nothing is resumed', async (t) => {
  const bed = await Bed.open();
  t.teardown(() => bed.close());
  const session = async (resumed?: Buffer): Promise<{ session: Buffer | undefined; reused: boolean }> => {
    let offered: Buffer | undefined;
    const before = bed.accepted.length;
    const socket = connectRaw({
      host,
      port: bed.port,
      rejectUnauthorized: false,
      ALPNProtocols,
      // Of a resumed session the certificate would not be asked for.
      cert: sender.certificate,
      key: sender.key,
      ...(resumed !== undefined && { session: resumed }),
    });
    socket.on('session', (one) => {
      offered = one;
    });
    await once(socket, 'secureConnect');
    await until(() => bed.accepted.length > before);
    await sleep(20);
    const reused = socket.isSessionReused();
    socket.destroy();
    return { session: offered, reused };
  };
  const first = await session();
  t.equal(first.reused, false);
  t.ok(first.session !== undefined, 'OpenSSL offers one all the same');
  t.equal((await session(first.session)).reused, false);
  t.equal(bed.accepted.at(-1)?.certificate.fingerprint, sender.fingerprint);
});

t.test('slow lorises', async (t) => {
  const stall = async (port: number): Promise<Socket> => {
    const socket = connectPlain({ host, port });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    // The beginning of a ClientHello.
    socket.write(Buffer.from('16030100', 'hex'));
    return socket;
  };
  const bed = await Bed.open({ handshakeTimeoutMs: 300 });
  const gone = await stall(bed.port);
  await until(() => gone.closed);
  await until(() => bed.errors.length === 1);
  t.match(bed.errors, [{ code: 'TLS_HANDSHAKE', message: /did not finish the TLS handshake in time/ }]);
  await bed.close();

  // Who is in line is not read from: that it has reset its connection shows when it comes again from the same port.
  const again = await Bed.open({ strangersPerAddressMax: 1 });
  const first = await stall(again.port);
  const second = await stall(again.port);
  const { localPort } = second;
  assert.ok(localPort !== undefined);
  second.resetAndDestroy();
  const third = connectPlain({ host, port: again.port, localPort });
  await once(third, 'connect');
  const waits = again.pair();
  first.destroy();
  third.destroy();
  (await waits)[0].destroy();
  await again.close();

  // All places for its address are taken: whoever comes now waits, and is served once one of them is gone.
  const full = await Bed.open({ strangersPerAddressMax: 2 });
  const lorises = [await stall(full.port), await stall(full.port)];
  const waiting = full.pair();
  await sleep(50);
  t.equal(full.accepted.length, 0);
  lorises[0]?.destroy();
  const [client] = await waiting;
  client.destroy();
  const many = await Promise.all(Array.from({ length: 20 }, () => full.connect()));
  await until(() => full.accepted.length === 21);
  t.pass('an honest sender opens more connections at once than there are places');
  for (const one of many) one.destroy();
  const held = lorises[1];
  assert.ok(held !== undefined);
  await full.close();
  await until(() => held.closed);
  t.pass('closing the listener sends strangers away');
});

t.test('a line that damages what it carries', async (t) => {
  const bed = await Bed.open();
  let damaging = false;
  const line = createPlainServer((near) => {
    const far = connectPlain({ host, port: bed.port });
    for (const end of [near, far]) end.on('error', () => undefined);
    far.pipe(near);
    near.on('data', (chunk: Buffer) => {
      const last = chunk.length - 1;
      if (damaging) chunk[last] = (chunk[last] ?? 0) ^ 1;
      far.write(chunk);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  line.listen(0, host);
  await once(line, 'listening');
  const [client, server] = await bed.pair({ port: (line.address() as AddressInfo).port });
  const [clientEnd, serverEnd] = [ending(client), ending(server)];
  damaging = true;
  client.write([Buffer.from('send me')]);
  t.match(await serverEnd, { code: 'CONNECTION_RESET', retry: 'reconnect', message: /not what was sent/ });
  t.match(await clientEnd, { code: 'CONNECTION_RESET', retry: 'reconnect' });
  line.close();
  await bed.close();
});

t.test('a stream that was cut off', async (t) => {
  // Node does not tell an end without close_notify from one with it: the protocol takes neither for success.
  const bed = await Bed.open();
  t.teardown(() => bed.close());
  const [client, server] = await bed.pair();
  const closed = ending(server);
  const clientClosed = ending(client);
  while (client.write([new Uint8Array(1 << 20)])) await sleep(0);
  client.destroy();
  t.match(await closed, { code: 'CONNECTION_RESET' }, 'with bytes that wait to be sent, too');
  t.equal(await clientClosed, undefined);
});
