import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ConnectionError,
  connectTcp,
  formatAddress,
  type Listener,
  listenTcp,
  memoryTransportPair,
  type Transport,
} from '@zfsync/protocol';
import { faultyTransport, testTransport, type TransportPair } from '@zfsync/protocol/testing';
import t from 'tap';

async function tcpPair(host = '127.0.0.1'): Promise<TransportPair & { listener: Listener }> {
  let accepted: (transport: Transport) => void;
  const acceptedOne = new Promise<Transport>((resolve) => {
    accepted = resolve;
  });
  const listener = await listenTcp({ host, port: 0 }, (transport) => {
    accepted(transport);
  });
  const client = await connectTcp({ host, port: listener.address.port, timeoutMs: 5_000 });
  const server = await acceptedOne;
  await listener.close();
  return Object.assign([client, server] as const, { listener });
}

const makers: Readonly<Record<string, () => Promise<TransportPair>>> = {
  memory: () => Promise.resolve(memoryTransportPair()),
  tcp: () => tcpPair(),
  'memory, split at every byte': () => {
    const [left, right] = memoryTransportPair();
    // One direction only: 256 MiB byte by byte would take its time.
    return Promise.resolve([left, faultyTransport(right, { outbound: { splitBytes: 1 } })]);
  },
  'tcp, with a decorator that does nothing': async () => {
    const [left, right] = await tcpPair();
    return [faultyTransport(left, {}), faultyTransport(right, { inbound: { delayMs: 0 } })];
  },
};

for (const [name, makePair] of Object.entries(makers)) {
  t.test(`the suite of transports: ${name}`, async (t) => {
    testTransport(
      (title, run) =>
        t.test(title, async (t) => {
          await run();
          t.pass('it holds');
        }),
      makePair,
    );
    await Promise.resolve();
  });
}

t.test('tcp: addresses', async (t) => {
  const [client, server] = await tcpPair();
  t.match(client.peer, /^127\.0\.0\.1:\d+$/);
  t.match(server.peer, /^127\.0\.0\.1:\d+$/);
  client.destroy();
  server.destroy();
  t.equal(formatAddress('2001:db8::7', 8730), '[2001:db8::7]:8730');
  t.equal(formatAddress('backup.example', 8730), 'backup.example:8730');
});

t.test('tcp: IPv6', async (t) => {
  const pair = await tcpPair('::1').catch((error: unknown) => error as ConnectionError);
  if (pair instanceof Error) {
    t.pass(`this host has no IPv6: ${pair.message}`);
    return;
  }
  t.match(pair[0].peer, /^\[::1\]:\d+$/);
  pair[0].destroy();
  pair[1].destroy();
});

t.test('tcp: connect from a given address', async (t) => {
  const peers: string[] = [];
  const listener = await listenTcp({ host: '127.0.0.1', port: 0, backlog: 4, connectionsMax: 4 }, (transport) => {
    peers.push(transport.peer);
    transport.end();
  });
  const { port } = listener.address;
  const client = await connectTcp({ host: 'localhost', port, bindAddress: '127.0.0.1', timeoutMs: 5_000 });
  client.destroy();
  await t.rejects(connectTcp({ host: '127.0.0.1', port, bindAddress: '192.0.2.1' }), {
    code: 'CONNECT_UNREACHABLE',
    retry: 'operator',
    message: /192\.0\.2\.1 is not an address to connect from here/,
  });
  while (peers.length === 0) await sleep(5);
  t.match(peers[0], /^127\.0\.0\.1:/);
  await listener.close();
});

t.test('tcp: what can go wrong with connecting', async (t) => {
  const listener = await listenTcp({ host: '127.0.0.1', port: 0 }, () => undefined);
  const { port } = listener.address;
  await listener.close();
  await t.rejects(connectTcp({ host: '127.0.0.1', port, timeoutMs: 5_000 }), {
    name: 'ConnectionError',
    code: 'CONNECT_REFUSED',
    retry: 'reconnect',
    message: `cannot connect to 127.0.0.1:${String(port)}: connection refused; is zfsync-recv running there and listening on this address?`,
  });
  await t.rejects(connectTcp({ host: 'no-such-host.invalid', port, timeoutMs: 20_000 }), {
    code: 'CONNECT_UNRESOLVED',
    message: /cannot connect to no-such-host\.invalid:/,
  });
  await t.rejects(connectTcp({ host: '127.0.0.1', port, signal: AbortSignal.abort('stop') }), { name: 'AbortedError' });
});

t.test('tcp: no answer, and a connect that is called off', async (t) => {
  // A backlog that is full does not answer.
  const silent = createServer();
  await new Promise<void>((resolve) => {
    silent.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, resolve);
  });
  const address = silent.address();
  assert.ok(address !== null && typeof address === 'object');
  const held: Socket[] = [];
  silent.on('connection', (socket) => held.push(socket));
  const { signal } = new AbortController();
  const hanging = { host: '192.0.2.1', port: 9 };
  const outcome = await connectTcp({ ...hanging, timeoutMs: 50, signal }).catch((error: unknown) => error);
  t.ok(outcome instanceof Error && 'code' in outcome, 'an address that nobody has');
  t.match(outcome, { code: /CONNECT_(TIMEOUT|UNREACHABLE|REFUSED)/ });
  const controller = new AbortController();
  const pending = connectTcp({ ...hanging, signal: controller.signal });
  controller.abort(new Error('stop'));
  await t.rejects(pending, { name: 'AbortedError', message: 'connecting to 192.0.2.1:9 was called off' });
  for (const socket of held) socket.destroy();
  silent.close();
});

t.test('tcp: what can go wrong with listening', async (t) => {
  const first = await listenTcp({ host: '127.0.0.1', port: 0 }, () => undefined);
  const { port } = first.address;
  await t.rejects(
    listenTcp({ host: '127.0.0.1', port }, () => undefined),
    {
      code: 'LISTEN_FAILED',
      retry: 'operator',
      message: `cannot listen on 127.0.0.1:${String(port)}: the port is in use; is another zfsync-recv running?`,
    },
  );
  await t.rejects(
    listenTcp({ host: '192.0.2.1', port: 0 }, () => undefined),
    { code: 'LISTEN_FAILED', message: /not an address of this host/ },
  );
  await first.close();
  const again = await listenTcp({ host: '127.0.0.1', port }, () => undefined);
  t.equal(again.address.port, port, 'the port is free at once');
  await again.close();
});

t.test('tcp: a connection that is accepted lives on after the listener', async (t) => {
  const [client, server] = await tcpPair();
  const got = new Promise<string>((resolve) => {
    server.start({
      onData: (chunk) => {
        resolve(Buffer.from(chunk).toString());
      },
      onDrain: () => undefined,
      onEnd: () => undefined,
      onClose: () => undefined,
    });
  });
  client.start({ onData: () => undefined, onDrain: () => undefined, onEnd: () => undefined, onClose: () => undefined });
  client.write([Buffer.from('still here')]);
  t.equal(await got, 'still here');
  client.destroy();
});

t.test('a bad line', async (t) => {
  const run = async (options: Parameters<typeof faultyTransport>[1], writes: readonly string[]) => {
    const [left, right] = memoryTransportPair();
    const events: string[] = [];
    const bad = faultyTransport(right, options);
    bad.start({
      onData: (chunk) => events.push(Buffer.from(chunk).toString('latin1')),
      onDrain: () => events.push('drain'),
      onEnd: () => events.push('end'),
      onClose: (error) => events.push(`close ${(error as ConnectionError | undefined)?.code ?? ''}`),
    });
    left.start({
      onData: (chunk) => events.push(`< ${Buffer.from(chunk).toString('latin1')}`),
      onDrain: () => undefined,
      onEnd: () => events.push('< end'),
      onClose: () => events.push('< close'),
    });
    for (const word of writes) {
      left.write([Buffer.from(word)]);
      bad.write([Buffer.from(word)]);
    }
    left.end();
    await sleep(30);
    left.destroy();
    return events.join('|');
  };
  t.match(await run({ inbound: { splitBytes: 2 } }, ['abc', 'd']), /ab\|c\|d\|end/);
  t.match(await run({ outbound: { splitBytes: 2 } }, ['abc', 'd']), /< ab\|< c\|< d/);
  t.match(await run({ inbound: { cutAfterBytes: 2 } }, ['abc']), /ab\|.*close CONNECTION_RESET/);
  t.match(
    await run({ outbound: { cutAfterBytes: 2 } }, ['abc', 'd']),
    /^(?!.*< (c\||abc|d)).*< ab\|close CONNECTION_RESET/,
  );
  const stalled = await run({ inbound: { stallAfterBytes: 2 } }, ['abc', 'd']);
  t.ok(stalled.includes('ab') && !stalled.includes('end|'), stalled);
  t.match(await run({ outbound: { stallAfterBytes: 1 } }, ['abc', 'd']), /< a(\||$)(?!.*< d)/);
  t.match(await run({ inbound: { corruptByteAt: 1 } }, ['ab', 'c']), /a\u009d\|c/);
  t.match(await run({ inbound: { delayMs: 5 } }, ['ab']), /ab\|end/);
});
