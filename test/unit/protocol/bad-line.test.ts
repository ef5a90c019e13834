import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Connection, memoryTransportPair, PeerError, type ReceivedStream, type Transport } from '@zfsync/protocol';
import type { FaultyTransportOptions } from '@zfsync/protocol/testing';
import { ReplicationError } from '@zfsync/zfs';
import t from 'tap';
import { messageFor } from './messages.ts';
import { Collector, connect, type PairOptions, sendWhole, tcpTransports } from './pair.ts';

// A connection's timers keep no process alive, and a transport in memory has nothing else that would.
const alive = setInterval(() => undefined, 1_000);
t.teardown(() => {
  clearInterval(alive);
});

async function wholeSession(transports: readonly [Transport, Transport], options: PairOptions): Promise<string[]> {
  const { sender, receiver } = connect(transports, options);
  const content = Buffer.from('the content of the stream');
  const send = async (): Promise<void> => {
    await sender.send(messageFor('hello'));
    await sender.expect(['hello-reply']);
    await sender.send(messageFor('offer, last'));
    await sender.expect(['decisions']);
    await sender.send(messageFor('begin-stream'));
    await sender.expect(['stream-ready']);
    await sendWhole(sender, Readable.from([content], { objectMode: false }));
    const { failure: failed } = await sender.expect(['stream-result']);
    if (failed !== undefined) throw new PeerError(failed);
    await sender.send(messageFor('clean-buffer'));
    await sender.expect(['clean-buffer-report']);
    await sender.send(messageFor('goodbye'));
    await sender.close();
  };
  const receive = async (): Promise<void> => {
    await receiver.expect(['hello']);
    await receiver.send(messageFor('hello-reply'));
    await receiver.expect(['offer']);
    await receiver.send(messageFor('decisions, last'));
    await receiver.expect(['begin-stream']);
    await receiver.send(messageFor('stream-ready'));
    const sink = new Collector();
    const received: ReceivedStream = await receiver.receiveStream(sink);
    if (received.kind === 'failed') {
      await receiver.send({ type: 'stream-result', bytes: received.bytes, failure: received.failure });
      throw new PeerError(received.failure);
    }
    assert.equal(sink.hash.digest('hex'), createHash('sha256').update(content).digest('hex'));
    await receiver.send(messageFor('stream-result'));
    await receiver.expect(['clean-buffer']);
    await receiver.send(messageFor('clean-buffer-report, last'));
    await receiver.expect(['goodbye']);
    await receiver.close();
  };
  const end = async (side: Promise<void>, connection: Connection): Promise<string> => {
    try {
      await side;
      return 'ok';
    } catch (error) {
      connection.destroy();
      if (error instanceof ReplicationError) return error.code;
      throw error;
    } finally {
      await connection.closed;
    }
  };
  return Promise.all([end(send(), sender), end(receive(), receiver)]);
}

const QUICK = { peerTimeoutMs: 60, frameMsMax: 60 };

/** Runs one session for each option, some at a time. */
async function sessions(options: readonly FaultyTransportOptions[]): Promise<string[][]> {
  const outcomes: string[][] = [];
  for (let start = 0; start < options.length; start += 100) {
    const batch = options.slice(start, start + 100);
    outcomes.push(
      ...(await Promise.all(batch.map((faults) => wholeSession(memoryTransportPair(), { ...QUICK, faults })))),
    );
  }
  return outcomes;
}

/** More than either side sends in {@link wholeSession}. */
const offsets = Array.from({ length: 330 }, (_, offset) => offset + 1);

t.test('a whole session, cut at every byte', async (t) => {
  for (const direction of ['inbound', 'outbound'] as const) {
    const outcomes = await sessions(offsets.map((cutAfterBytes) => ({ [direction]: { cutAfterBytes } })));
    const codes = new Set(outcomes.flat());
    t.ok(codes.has('CONNECTION_RESET'));
    codes.delete('ok');
    codes.delete('CONNECTION_RESET');
    codes.delete('CONNECTION_CLOSED');
    t.strictSame([...codes], [], `${direction}: both sides learn that the connection is gone`);
  }
});

t.test('a whole session, stalled at every fifth byte', async (t) => {
  for (const [direction, bytes] of [
    ['inbound', 75],
    ['outbound', 150],
  ] as const) {
    const some = offsets.filter((offset) => offset % 5 === 0 && offset < bytes);
    const outcomes = await sessions(some.map((stallAfterBytes) => ({ [direction]: { stallAfterBytes } })));
    t.ok(outcomes.flat().includes('HEARTBEAT_TIMEOUT'));
    t.notOk(
      outcomes.some(([sender, receiver]) => sender === 'ok' && receiver === 'ok'),
      direction,
    );
  }
});

t.test('a whole session with any one byte damaged', async (t) => {
  for (const direction of ['inbound', 'outbound'] as const) {
    const outcomes = await sessions(offsets.map((corruptByteAt) => ({ [direction]: { corruptByteAt } })));
    const failed = outcomes.filter((outcome) => outcome.some((code) => code !== 'ok'));
    t.ok(failed.length >= 75, `${direction}: ${String(failed.length)} of ${String(outcomes.length)} failed`);
  }
});

t.test('a whole session in pieces of any size', async (t) => {
  for (const splitBytes of [1, 2, 3, 7, 8, 9, 64]) {
    const plan = { splitBytes };
    const outcome = await wholeSession(memoryTransportPair(), { faults: { inbound: plan, outbound: plan } });
    t.strictSame(outcome, ['ok', 'ok'], `of ${String(splitBytes)} bytes`);
  }
  const delayed = await wholeSession(await tcpTransports(), { faults: { inbound: { delayMs: 2, splitBytes: 5 } } });
  t.strictSame(delayed, ['ok', 'ok'], 'delayed, over tcp');
});
