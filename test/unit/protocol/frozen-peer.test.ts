/**
 * A peer whose process is stopped, or whose host hangs: its kernel takes what we send until its buffers are full, and
 * nothing comes from it any more. Played by a connection that takes nothing and whose first heartbeat is far away.
 */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type DatasetDecision, type Message, PeerSilentError, type Role } from '@zfsync/protocol';
import { parseRelativePath } from '@zfsync/zfs';
import t from 'tap';
import { failure, messageFor, targetId } from './messages.ts';
import { begun, Blocked, Collector, greeted, over, type Pair, sendWhole, tcpTransports, until } from './pair.ts';

const TIMEOUT_MS = 200;
const NEVER_MS = 3_600_000;

async function withFrozen(role: Role): Promise<Pair> {
  const [client, server] = await tcpTransports();
  return {
    sender: new Connection(client, { role: 'sender', peerTimeoutMs: role === 'sender' ? NEVER_MS : TIMEOUT_MS }),
    receiver: new Connection(server, { role: 'receiver', peerTimeoutMs: role === 'receiver' ? NEVER_MS : TIMEOUT_MS }),
  };
}

async function hello({ sender, receiver }: Pair): Promise<void> {
  await sender.send(messageFor('hello'));
  await receiver.expect(['hello']);
  await receiver.send(messageFor('hello-reply'));
  await sender.expect(['hello-reply']);
}

async function begin(pair: Pair): Promise<void> {
  await hello(pair);
  await begun(pair);
}

const idle = (): Readable => new Readable({ read: () => undefined });

const endless = (): Readable =>
  new Readable({
    read() {
      this.push(Buffer.alloc(256 * 1024));
    },
  });

/** Works on something of its own and looks at the connection afterwards. */
async function workThenSend(connection: Connection, said: 'decisions, last' | 'stream-refused'): Promise<void> {
  await connection.closed;
  await connection.send(messageFor(said));
}

async function sendPages(connection: Connection, page: (number: number) => Message): Promise<void> {
  for (let number = 0; ; number += 1) await connection.send(page(number));
}

type Play = (pair: Pair) => Promise<unknown>;

const RECEIVER_IS_FROZEN: Readonly<Record<string, Play>> = {
  'before the answer to hello': async ({ sender }) => {
    await sender.send(messageFor('hello'));
    await sender.receive();
  },
  'between two exchanges': async (pair) => {
    await hello(pair);
    await pair.sender.receive();
  },
  'while we offer, with its buffers full': async (pair) => {
    await hello(pair);
    const offer = messageFor('offer');
    assert.equal(offer.type, 'offer');
    const datasets = Array.from({ length: 400 }, (_, index) => ({
      path: parseRelativePath(`/${'x'.repeat(200)}${String(index)}`),
      datasetType: 'filesystem' as const,
      guid: 1n,
      encrypted: false,
      raw: false,
      largeBlocks: false,
      compressed: false,
      embedded: false,
      properties: [],
      versions: [],
      origin: undefined,
      continued: true,
    }));
    await sendPages(pair.sender, (page) => ({ ...offer, page, datasets }));
  },
  'before its decisions': async (pair) => {
    await hello(pair);
    await pair.sender.send(messageFor('offer, last'));
    await pair.sender.receive();
  },
  'before it begins a stream': async (pair) => {
    await hello(pair);
    await pair.sender.send(messageFor('begin-stream'));
    await pair.sender.receive();
  },
  'while zfs send has nothing to send': async (pair) => {
    await begin(pair);
    await pair.sender.sendStream(idle());
  },
  'while we send, with its buffers full': async (pair) => {
    await begin(pair);
    const source = endless();
    const sending = pair.sender.sendStream(source);
    await until(() => source.isPaused());
    await sending;
  },
  'after it has given up a stream': async (pair) => {
    await begin(pair);
    await pair.receiver.send(messageFor('stream-result, failed'));
    await pair.sender.receive();
    await pair.sender.sendStream(idle());
  },
  'before the result of a stream': async (pair) => {
    await begin(pair);
    await pair.sender.send(messageFor('stream-end'));
    await pair.sender.receive();
  },
  'before its report': async (pair) => {
    await hello(pair);
    await pair.sender.send(messageFor('clean-buffer'));
    await pair.sender.receive();
  },
};

const SENDER_IS_FROZEN: Readonly<Record<string, Play>> = {
  'before its hello': ({ receiver }) => receiver.receive(),
  'between two exchanges': async (pair) => {
    await hello(pair);
    await pair.receiver.receive();
  },
  'in the middle of its offer': async (pair) => {
    await hello(pair);
    await pair.sender.send(messageFor('offer'));
    await pair.receiver.receive();
    await pair.receiver.receive();
  },
  'while we decide': async (pair) => {
    await hello(pair);
    await pair.sender.send(messageFor('offer, last'));
    await pair.receiver.receive();
    await workThenSend(pair.receiver, 'decisions, last');
  },
  'while we report, with its buffers full': async (pair) => {
    await hello(pair);
    await pair.sender.send(messageFor('clean-buffer'));
    await pair.receiver.receive();
    const detail = 'x'.repeat(30_000);
    const promotions = Array.from({ length: 8 }, () => ({
      path: parseRelativePath('/a'),
      parkedAs: '2F61',
      outcome: 'failed' as const,
      failure: { ...failure, detail },
    }));
    await sendPages(pair.receiver, (page) => ({ type: 'clean-buffer-report', page, last: false, promotions }));
  },
  'while we begin a stream': async (pair) => {
    await hello(pair);
    await pair.sender.send(messageFor('begin-stream'));
    await pair.receiver.receive();
    await workThenSend(pair.receiver, 'stream-refused');
  },
  'in the middle of a stream': async (pair) => {
    await begin(pair);
    const source = idle();
    void pair.sender.sendStream(source).catch(() => undefined);
    source.push(Buffer.alloc(100_000));
    await pair.receiver.receiveStream(new Collector());
  },
  'while zfs receive finishes': async (pair) => {
    await begin(pair);
    await sendWhole(pair.sender, Readable.from([Buffer.from('abc')], { objectMode: false }));
    await pair.receiver.receiveStream(new Collector());
    await pair.receiver.closed;
    await pair.receiver.send(messageFor('stream-result'));
  },
};

for (const [frozen, plays] of [
  ['receiver', RECEIVER_IS_FROZEN],
  ['sender', SENDER_IS_FROZEN],
] as const) {
  t.test(`the ${frozen} is frozen`, async (t) => {
    const attempts = Object.entries(plays).map(async ([name, play]) => {
      const pair = await withFrozen(frozen);
      const started = performance.now();
      const error: unknown = await play(pair).then(
        () => new Error('it did not fail'),
        (reason: unknown) => reason,
      );
      const ms = performance.now() - started;
      await pair[frozen === 'sender' ? 'receiver' : 'sender'].closed;
      await over(pair);
      return { name, error, ms };
    });
    for (const { name, error, ms } of await Promise.all(attempts)) {
      t.ok(error instanceof PeerSilentError, `${name}: ${String(error)}`);
      t.ok(ms >= TIMEOUT_MS * 0.9 && ms < TIMEOUT_MS * 25, `${name}: after ${ms.toFixed()} ms`);
    }
  });
}

t.test('a peer that is merely slow is not dead', async (t) => {
  const LONG_MS = 3 * TIMEOUT_MS;
  const pair = await greeted(await tcpTransports(), { peerTimeoutMs: TIMEOUT_MS });
  const slowReceive = async (): Promise<void> => {
    await begun(pair);
    const sink = new Blocked();
    const received = pair.receiver.receiveStream(sink);
    const source = Readable.from(Array.from({ length: 200 }, () => Buffer.alloc(256 * 1024)));
    const sent = sendWhole(pair.sender, source);
    await until(() => source.isPaused());
    await sleep(LONG_MS);
    t.ok(source.isPaused(), 'zfs receive takes nothing, and all buffers are full');
    sink._write = (_chunk, _encoding, callback) => {
      callback();
    };
    sink.release();
    await sent;
    t.match(await received, { kind: 'end', bytes: 200n * 262_144n });
    await sleep(LONG_MS);
    await pair.receiver.send(messageFor('stream-result'));
    t.match(await pair.sender.receive(), { type: 'stream-result' }, 'zfs receive finishes late');
  };
  const slowSend = async (): Promise<void> => {
    await begun(pair);
    const source = idle();
    const sent = sendWhole(pair.sender, source);
    const received = pair.receiver.receiveStream(new Collector());
    source.push('a');
    await sleep(LONG_MS);
    source.push('b');
    source.push(null);
    await sent;
    t.match(await received, { kind: 'end', bytes: 2n }, 'zfs send has nothing for a while');
    await pair.receiver.send(messageFor('stream-result'));
    await pair.sender.receive();
  };
  const slowPlan = async (): Promise<void> => {
    await pair.sender.send(messageFor('offer, last'));
    await pair.receiver.receive();
    await sleep(LONG_MS);
    const decisions: readonly DatasetDecision[] = [];
    await pair.receiver.send({ type: 'decisions', page: 0, last: true, targetId, decisions });
    t.match(await pair.sender.receive(), { type: 'decisions' }, 'planning takes long');
  };
  await slowReceive();
  await slowSend();
  await slowPlan();
  await over(pair);
});
