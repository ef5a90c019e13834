import { Readable, Writable } from 'node:stream';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Connection, limits, type Message, memoryTransportPair, PeerError } from '@zfsync/protocol';
import { encodeControlFrame, encodeMessage } from '@zfsync/protocol/internal';
import { ReplicationError } from '@zfsync/zfs';
import t from 'tap';
import { failure, messageFor } from './messages.ts';
import {
  begun,
  Blocked,
  Collector,
  errorOf,
  greeted,
  memory,
  over,
  type Pair,
  sendWhole,
  tcpTransports,
  until,
} from './pair.ts';

// A connection's timers keep no process alive, and a transport in memory has nothing else that would.
const alive = setInterval(() => undefined, 1_000);
t.teardown(() => {
  clearInterval(alive);
});

t.test('receiving', async (t) => {
  const pair = await memory();
  const { sender, receiver } = pair;
  await sender.send(messageFor('offer'));
  await sender.send({ ...messageFor('offer, last'), page: 1 } as Message);
  t.match(await receiver.receive(), { type: 'offer', page: 0 });
  t.match(await receiver.receive(), { type: 'offer', page: 1 }, 'in order');

  const waiting = [sender.receive(), sender.receive()];
  await receiver.send(messageFor('decisions'));
  await receiver.send({ ...messageFor('decisions, last'), page: 1 } as Message);
  t.match(await Promise.all(waiting), [{ page: 0 }, { page: 1 }], 'first come, first served');

  const controller = new AbortController();
  const abandoned = errorOf(receiver.receive({ signal: controller.signal }));
  const timedOut = errorOf(receiver.expect(['clean-buffer', 'goodbye'], { timeoutMs: 5 }));
  t.match(await timedOut, { name: 'PeerSilentError', message: /no clean-buffer or goodbye came within 0.005 s/ });
  controller.abort('why not');
  t.match(await abandoned, { name: 'AbortedError' });
  t.match(await errorOf(receiver.receive({ signal: controller.signal })), { name: 'AbortedError' });
  await sender.send(messageFor('clean-buffer'));
  await turn();
  t.match(await errorOf(receiver.receive({ signal: controller.signal })), { name: 'AbortedError' });
  t.match(await receiver.receive(), { type: 'clean-buffer' }, 'those who gave up have taken nothing with them');
  await over(pair);
});

t.test('what nobody receives is not read', async (t) => {
  const pair = await memory({ capacityBytes: 64 });
  const { sender, receiver } = pair;
  let sent = 0;
  const sending = (async () => {
    for (let page = 0; page < 100; page += 1) {
      await sender.send({ ...messageFor('offer'), page } as Message);
      sent += 1;
    }
  })();
  await sleep(30);
  t.ok(sent < 30, `${String(sent)} of 100 were taken`);
  for (let page = 0; page < 100; page += 1) t.match(await receiver.receive(), { type: 'offer', page });
  await sending;
  t.equal(sent, 100);
  await over(pair);
});

t.test('the wrong message', async (t) => {
  const { sender, receiver } = await memory();
  await sender.send(messageFor('clean-buffer'));
  t.match(await errorOf(receiver.expect(['offer', 'begin-stream'])), {
    name: 'ProtocolError',
    code: 'MESSAGE_UNEXPECTED',
    message: /sent clean-buffer in the place of offer or begin-stream/,
  });
  const error = await errorOf(sender.receive());
  t.ok(error instanceof PeerError);
  t.match(error, { code: 'MESSAGE_UNEXPECTED', origin: 'peer' }, 'the peer learns it');
  await Promise.all([sender.closed, receiver.closed]);
  t.match(await errorOf(receiver.send(messageFor('heartbeat'))), { code: 'MESSAGE_UNEXPECTED' });

  const pair = await memory();
  t.match(await errorOf(pair.sender.send(messageFor('stream-end'))), { name: 'IllegalSendError' });
  await pair.sender.send(messageFor('clean-buffer'));
  t.match(await pair.receiver.receive(), { type: 'clean-buffer' }, 'an illegal send changes nothing');
  await over(pair);
});

for (const [name, make] of [
  ['memory', () => Promise.resolve(memoryTransportPair())],
  ['tcp', tcpTransports],
] as const) {
  t.test(`streams over ${name}`, async (t) => {
    const pair = await greeted(await make());
    const { sender, receiver } = pair;
    const sizes = [0, 1, 8, 65_535, 65_536, limits.dataPayloadBytesMax, limits.dataPayloadBytesMax + 1, 5_000_000];
    for (const size of sizes) {
      await begun(pair);
      const content = Buffer.alloc(size, `of ${String(size)} bytes, `);
      const sink = new Collector();
      let sentBytes = 0;
      let takenBytes = 0;
      const received = receiver.receiveStream(sink, { onBytes: (bytes) => (takenBytes += bytes) });
      const source = Readable.from(size === 0 ? [] : [content], { objectMode: false });
      const sent = await sender.sendStream(source, { onBytes: (bytes) => (sentBytes += bytes) });
      await sender.send({ type: 'stream-end', ...sent });
      t.strictSame(await received, { kind: 'end', bytes: BigInt(size) });
      t.strictSame([sentBytes, takenBytes, sink.receivedBytes], [size, size, size]);
      t.equal(sink.writableEnded, false, 'the sink is the caller’s to end');
      t.equal(Buffer.from(sent.digest).toString('hex'), sink.hash.digest('hex'));
      await receiver.send(messageFor('stream-result'));
      await sender.expect(['stream-result']);
    }
    await sender.send(messageFor('goodbye'));
    t.match(await receiver.receive(), { type: 'goodbye' });
    await Promise.all([sender.close(), receiver.close()]);
  });

  t.test(`a slow sink stops the source, over ${name}`, async (t) => {
    const { sender, receiver, ...pair } = await begun(await greeted(await make()));
    const chunk = Buffer.alloc(64 * 1024, 1);
    let producedBytes = 0;
    let left = 2_000;
    const source = new Readable({
      read() {
        left -= 1;
        producedBytes += chunk.length;
        this.push(left < 0 ? null : chunk);
      },
    });
    const sink = new Blocked();
    const received = receiver.receiveStream(sink);
    const sent = sendWhole(sender, source);
    await until(() => source.isPaused());
    await sleep(50);
    const standing = producedBytes;
    await sleep(50);
    t.ok(source.isPaused());
    t.equal(producedBytes, standing, 'the source stands still');
    t.ok(producedBytes < 16 * 1024 * 1024, `${String(producedBytes)} of 131072000 bytes are under way`);
    t.ok(sink.writtenBytes <= chunk.length, 'the sink was given one chunk');
    sink._write = (_chunk, _encoding, callback) => {
      callback();
    };
    sink.release();
    await sent;
    t.match(await received, { kind: 'end', bytes: 2_000n * 65_536n });
    await over({ sender, receiver, ...pair });
  });
}

t.test('data without a sink is not read, and then taken whole', async (t) => {
  const pair = await begun(await memory());
  const { sender, receiver } = pair;
  const source = Readable.from([Buffer.alloc(1_000_000)], { objectMode: false });
  const sent = sendWhole(sender, source);
  await sleep(20);
  t.match(await errorOf(receiver.receive()), { name: 'TypeError' }, 'receive does not jump over the stream');
  t.match(await receiver.receiveStream(new Collector()), { kind: 'end', bytes: 1_000_000n });
  await sent;
  await over(pair);
});

t.test('zfs receive fails early', async (t) => {
  for (const end of ['destroyed', 'errs', 'was destroyed before', 'was ended before'] as const) {
    const pair = await begun(await memory());
    const { sender, receiver } = pair;
    const sink = new Writable({
      write(_chunk, _encoding, callback) {
        if (end === 'errs') callback(new Error('EPIPE'));
        else this.destroy();
      },
    });
    sink.on('error', () => undefined);
    if (end === 'was destroyed before') sink.destroy();
    if (end === 'was ended before') sink.end();
    const received = receiver.receiveStream(sink);
    const closed = new Promise((resolve) => sink.on('close', resolve));
    const controller = new AbortController();
    // Endless: only the early result ends it.
    const source = new Readable({
      read() {
        this.push(Buffer.alloc(10_000));
      },
    });
    const sending = errorOf(sender.sendStream(source, { signal: controller.signal }));
    const early = sender.expect(['stream-result']).then((result) => {
      controller.abort('the receiver has failed');
      return result;
    });
    await closed;
    await receiver.send(messageFor('stream-result, failed'));
    t.match(await early, { failure: { code: 'ZFS_BUSY' } }, `the sink ${end}`);
    t.match(await sending, { name: 'AbortedError' });
    t.equal(source.destroyed, false, 'the source is the caller’s to end');
    source.destroy();
    await sender.send({ type: 'stream-failed', side: 'sink', failure });
    t.match(await received, { kind: 'failed', side: 'sink', failure });
    await begun(pair);
    const next = receiver.receiveStream(new Collector());
    await sendWhole(sender, Readable.from([Buffer.from('next')], { objectMode: false }));
    t.match(await next, { kind: 'end', bytes: 4n }, 'the connection goes on');
    await over(pair);
  }
});

t.test('a sink that breaks after the last byte does not crash us', async (t) => {
  const pair = await begun(await memory());
  const sink = new Writable({ write: () => undefined, highWaterMark: 1_000_000 });
  const received = pair.receiver.receiveStream(sink);
  await sendWhole(pair.sender, Readable.from([Buffer.from('abc')], { objectMode: false }));
  t.match(await received, { kind: 'end', bytes: 3n });
  sink.destroy(new Error('EPIPE'));
  await sleep(5);
  t.equal(sink.destroyed, true);
  await over(pair);
});

t.test('zfs send fails', async (t) => {
  const sources: Readonly<Record<string, readonly [() => Readable, RegExp]>> = {
    'that errs': [
      () =>
        Readable.from(
          (function* () {
            yield Buffer.from('a');
            throw new Error('I/O error');
          })(),
          { objectMode: false },
        ),
      /I\/O error/,
    ],
    'that is destroyed': [
      () => {
        const source = new Readable({ read: () => undefined });
        source.push('abc');
        setTimeout(() => source.destroy(), 5);
        return source;
      },
      /Premature close/,
    ],
    'that was destroyed before': [() => new Readable({ read: () => undefined }).destroy(), /Premature close/],
    'that had an error before': [
      () => {
        const source = new Readable({ read: () => undefined });
        source.on('error', () => undefined);
        return source.destroy(new Error('earlier'));
      },
      /earlier/,
    ],
  };
  for (const [name, [make, message]] of Object.entries(sources)) {
    const pair = await begun(await memory());
    const received = pair.receiver.receiveStream(new Collector());
    t.match(await errorOf(pair.sender.sendStream(make())), { message }, `a source ${name}`);
    await pair.sender.send({ type: 'stream-failed', side: 'source', failure });
    t.match(await received, { kind: 'failed', side: 'source', failure: { code: 'ZFS_BUSY' } });
    await over(pair);
  }
  const pair = await begun(await memory());
  const idle = new Readable({ read: () => undefined });
  t.match(await errorOf(pair.sender.sendStream(idle, { signal: AbortSignal.abort() })), { name: 'AbortedError' });
  const second = pair.sender.sendStream(idle);
  t.match(await errorOf(pair.sender.sendStream(idle)), { name: 'TypeError' }, 'one stream at a time');
  pair.sender.destroy();
  t.match(await errorOf(second), { code: 'CONNECTION_CLOSED' });
  await over(pair);
});

t.test('a stream that was changed on the wire', async (t) => {
  const offset = Buffer.concat([
    ...(['hello', 'begin-stream'] as const).map((said) => encodeControlFrame(encodeMessage(messageFor(said)))),
  ]).length;
  const pair = await begun(await memory({ faults: { outbound: { corruptByteAt: offset + 8 + 2 } } }));
  const received = pair.receiver.receiveStream(new Collector());
  await sendWhole(pair.sender, Readable.from([Buffer.from('content')], { objectMode: false }));
  t.match(await received, {
    kind: 'failed',
    side: 'wire',
    bytes: 7n,
    failure: { code: 'STREAM_DIGEST_MISMATCH', message: /another digest/ },
  });
  await pair.receiver.send(messageFor('stream-result, failed'));
  await pair.sender.expect(['stream-result']);

  await begun(pair);
  const short = pair.receiver.receiveStream(new Collector());
  const { digest } = await pair.sender.sendStream(Readable.from([Buffer.from('content')], { objectMode: false }));
  await pair.sender.send({ type: 'stream-end', bytes: 8n, digest });
  t.match(await short, { kind: 'failed', side: 'wire', failure: { message: /are 8 by count of the sender/ } });
  await over(pair);
});

t.test('the connection breaks in the middle of a stream', async (t) => {
  const breaks: Readonly<Record<string, readonly [(pair: Pair) => unknown, string, string]>> = {
    'the sender is gone': [
      ({ sender }) => {
        sender.destroy();
      },
      'CONNECTION_CLOSED',
      'CONNECTION_RESET',
    ],
    'the receiver is gone': [
      ({ receiver }) => {
        receiver.destroy();
      },
      'CONNECTION_RESET',
      'CONNECTION_CLOSED',
    ],
    'the sender closes': [({ sender }) => sender.close(), 'CONNECTION_CLOSED', 'CONNECTION_CLOSED'],
    'the receiver says why': [
      ({ receiver }) => receiver.fail(new ReplicationError('full', { code: 'ZFS_NO_SPACE', retry: 'operator' })),
      'ZFS_NO_SPACE',
      'ZFS_NO_SPACE',
    ],
    'the sender has a bug': [({ sender }) => sender.fail(new TypeError('a bug')), '', 'INTERNAL'],
  };
  for (const [name, [act, senderCode, receiverCode]] of Object.entries(breaks)) {
    const pair = await begun(await memory());
    const source = new Readable({ read: () => undefined });
    source.push(Buffer.alloc(1000));
    const outcomes = Promise.all([
      errorOf(pair.sender.sendStream(source)),
      errorOf(pair.receiver.receiveStream(new Collector())),
    ]);
    await sleep(5);
    void act(pair);
    const codes = (await outcomes).map((error) => (error instanceof ReplicationError ? error.code : ''));
    t.strictSame(codes, [senderCode, receiverCode], name);
    await Promise.all([pair.sender.closed, pair.receiver.closed]);
    t.equal(source.destroyed, false);
    t.ok((await errorOf(pair.receiver.receiveStream(new Collector()))) instanceof ReplicationError);
    await t.rejects(pair.sender.sendStream(source));
  }
});

t.test('a peer that ends where it must not', async (t) => {
  const raw = (said: 'hello' | 'begin-stream', cutBytes = 0): Uint8Array => {
    const frame = encodeControlFrame(encodeMessage(messageFor(said)));
    return frame.subarray(0, frame.length - cutBytes);
  };
  for (const [bytes, message] of [
    [new Uint8Array(0), /closed the connection before the hello/],
    [raw('hello', 3), /closed the connection in the middle of a frame, before the hello/],
    [raw('hello'), /closed the connection waiting for the answer to the hello/],
  ] as const) {
    const [left, right] = memoryTransportPair();
    const receiver = new Connection(right, { role: 'receiver' });
    left.start({
      onData: () => undefined,
      onDrain: () => undefined,
      onEnd: () => {
        left.end();
      },
      onClose: () => undefined,
    });
    left.write([bytes]);
    left.end();
    if (bytes.length === raw('hello').length)
      t.match(await receiver.receive(), { type: 'hello' }, 'what came is received');
    t.match(await errorOf(receiver.receive()), {
      name: 'ConnectionError',
      code: 'CONNECTION_CLOSED',
      retry: 'reconnect',
      message,
    });
    await receiver.closed;
  }
});

t.test('strangers', async (t) => {
  for (const [said, message] of [
    ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', /not zfsync: its first bytes are "GET \/ HT"/],
    ['\u0016\u0003\u0001', /not zfsync: it speaks TLS/],
    ['SSH-2.0-OpenSSH_9.2p1', /not zfsync: its first bytes are "SSH-2.0-"/],
  ] as const) {
    const [client, server] = await tcpTransports();
    const receiver = new Connection(server, { role: 'receiver' });
    let answer = '';
    const ended = new Promise<void>((resolve) => {
      client.start({
        onData: (chunk) => {
          answer += Buffer.from(chunk).toString('latin1');
        },
        onDrain: () => undefined,
        onEnd: () => {
          client.end();
        },
        onClose: () => {
          resolve();
        },
      });
    });
    client.write([Buffer.from(said, 'latin1')]);
    t.match(await errorOf(receiver.receive()), { name: 'ProtocolError', code: 'FRAME_HEADER_INVALID', message });
    await Promise.all([receiver.closed, ended]);
    t.match(answer, /FRAME_HEADER_INVALID.*the peer is not zfsync/s, 'is told why');
  }
});

t.test('the end in good order, over tcp', async (t) => {
  const { sender, receiver } = await greeted(await tcpTransports());
  await sender.send(messageFor('goodbye'));
  const [message] = await Promise.all([receiver.receive(), sender.close()]);
  t.match(message, { type: 'goodbye' });
  await receiver.closed;
  t.match(await errorOf(receiver.receive()), { code: 'CONNECTION_CLOSED', message: /closed the connection$/ });
  t.match(await errorOf(sender.receive()), { code: 'CONNECTION_CLOSED', message: /closed by this side/ });
  t.match(await errorOf(sender.send(messageFor('goodbye'))), { code: 'CONNECTION_CLOSED' });
  await Promise.all([
    sender.close(),
    receiver.close(),
    sender.fail(new Error('late')),
    receiver.fail(new Error('late')),
  ]);
  sender.destroy();
});

t.test('last words arrive although much is under way', async (t) => {
  const { sender, receiver } = await begun(await greeted(await tcpTransports()));
  const source = new Readable({
    read() {
      this.push(Buffer.alloc(64 * 1024));
    },
  });
  const sending = errorOf(sender.sendStream(source));
  const receiving = errorOf(receiver.receiveStream(new Collector()));
  await sleep(20);
  await receiver.fail(new ReplicationError('shutting down', { code: 'SHUTTING_DOWN', retry: 'reconnect' }));
  t.match(await sending, { name: 'PeerError', code: 'SHUTTING_DOWN', retry: 'reconnect', origin: 'peer' });
  t.match(await receiving, { code: 'SHUTTING_DOWN', origin: 'local' });
  await sender.closed;
  source.destroy();
});

t.test('heartbeats', async (t) => {
  const intervals = { peerTimeoutMs: 60 };
  const pair = await memory(intervals);
  await sleep(200);
  await begun(pair);
  await sleep(200);
  const sink = new Blocked();
  const received = pair.receiver.receiveStream(sink);
  const sent = sendWhole(pair.sender, Readable.from([Buffer.alloc(500_000)], { objectMode: false }));
  await sleep(200);
  sink._write = (_chunk, _encoding, callback) => {
    callback();
  };
  sink.release();
  await sent;
  t.match(await received, { kind: 'end' }, 'idle, in a stream and blocked by a slow sink: nobody is silent');
  await sleep(100);
  await pair.receiver.send(messageFor('stream-result'));
  t.match(await pair.sender.receive(), { type: 'stream-result' }, 'and heartbeats are never received');
  await over(pair);

  for (const direction of ['inbound', 'outbound'] as const) {
    const hello = encodeControlFrame(encodeMessage(messageFor('hello'))).length;
    const reply = encodeControlFrame(encodeMessage(messageFor('hello-reply'))).length;
    const stallAfterBytes = 1 + (direction === 'outbound' ? hello : reply);
    const { sender, receiver } = await memory({ ...intervals, faults: { [direction]: { stallAfterBytes } } });
    const [deaf, fine] = direction === 'inbound' ? [sender, receiver] : [receiver, sender];
    t.match(await errorOf(deaf.receive()), { name: 'PeerSilentError', code: 'HEARTBEAT_TIMEOUT', message: /silent/ });
    t.match(await errorOf(fine.receive()), { code: 'CONNECTION_RESET' });
    await Promise.all([sender.closed, receiver.closed]);
  }
  const [left] = memoryTransportPair();
  const lonely = new Connection(left, { role: 'sender', ...intervals });
  t.match(await errorOf(lonely.receive()), { name: 'PeerSilentError' }, 'a peer that never says anything');
});

t.test('close does not wait for ever', async (t) => {
  const [left] = memoryTransportPair();
  await t.resolves(new Connection(left, { role: 'sender', lingerMsMax: 20 }).close());
});
