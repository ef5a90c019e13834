/** Two connections over a line that cuts up, stalls, breaks and lies: each of them ends, and holds little meanwhile. */
import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { Connection, limits, memoryTransportPair, type Transport } from '@zfsync/protocol';
import { encodeControlFrame } from '@zfsync/protocol/internal';
import { faultyTransport, type FaultPlan } from '@zfsync/protocol/testing';
import { ReplicationError } from '@zfsync/zfs';
import { failure, messageFor, vectors } from '../../unit/protocol/messages.ts';
import { Clock, turns } from '../clock.ts';
import type { Target } from '../engine.ts';
import { Choices, Random } from '../random.ts';

const CHUNK_BYTES = 16 * 1024;
const CAPACITY_BYTES = 64 * 1024;
/** The sink's own buffer, the chunk that filled it, one more that was under way, and control frames between. */
const HELD_BYTES_MAX = CAPACITY_BYTES + 4 * CHUNK_BYTES;
/** What the line holds for a writer that was told to stop: a chunk, its header, and control messages that may follow. */
const QUEUED_BYTES_MAX = CAPACITY_BYTES + 2 * CHUNK_BYTES + limits.helloPayloadBytesMax;
const PEER_TIMEOUT_MS = 2_000;
const FRAME_MS = 8_000;
const TURNS = 16;
/** A conversation of either kind is over long before so many rounds of {@link TICK_MS}. */
const ROUNDS_MAX = 600;
const TICK_MS = 250;

interface Meter {
  readonly transport: Transport;
  writtenBytes: number;
  deliveredBytes: number;
}

/** The same transport, with its bytes counted. */
function metered(transport: Transport, onDelivered: () => void): Meter {
  const meter: Meter = {
    writtenBytes: 0,
    deliveredBytes: 0,
    transport: {
      peer: transport.peer,
      start: (handlers) => {
        transport.start({
          onDrain: handlers.onDrain.bind(handlers),
          onEnd: handlers.onEnd.bind(handlers),
          onClose: handlers.onClose.bind(handlers),
          onData: (chunk) => {
            meter.deliveredBytes += chunk.length;
            handlers.onData(chunk);
            onDelivered();
          },
        });
      },
      write: (chunks) => {
        meter.writtenBytes += chunks.reduce((sum, { length }) => sum + length, 0);
        return transport.write(chunks);
      },
      pause: transport.pause.bind(transport),
      resume: transport.resume.bind(transport),
      end: transport.end.bind(transport),
      destroy: transport.destroy.bind(transport),
    },
  };
  return meter;
}

/** Takes at its own pace: at once, a turn later, or little now and then. */
class Sink extends Writable {
  takenBytes = 0;
  readonly #pace: 'at once' | 'later' | 'blocked';
  #release: (() => void) | undefined;
  #allowedBytes = 0;

  constructor(pace: 'at once' | 'later' | 'blocked') {
    super({ highWaterMark: CHUNK_BYTES });
    this.#pace = pace;
  }

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    const take = (): void => {
      this.takenBytes += chunk.length;
      this.#allowedBytes -= chunk.length;
      callback();
    };
    if (this.#pace === 'at once' || this.#allowedBytes > 0) take();
    else if (this.#pace === 'later') setImmediate(take);
    else this.#release = take;
  }

  /** One that is blocked takes this much. */
  release(): void {
    this.#allowedBytes = CHUNK_BYTES;
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }
}

interface Story {
  readonly streamBytes: number;
  readonly sink: Sink;
  /** The receiver gives the stream up early. */
  readonly failsEarly: boolean;
  readonly source: Readable;
}

async function send(connection: Connection, { source, streamBytes }: Story): Promise<'done'> {
  await connection.send(messageFor('hello'));
  await connection.expect(['hello-reply']);
  await connection.send(messageFor('offer, last'));
  await connection.expect(['decisions']);
  await connection.send(messageFor('begin-stream'));
  await connection.expect(['stream-ready']);
  const answered = connection.expect(['stream-result']);
  answered.catch(() => undefined);
  const { bytes, digest } = await connection.sendStream(source);
  assert.equal(bytes, BigInt(streamBytes));
  await connection.send({ type: 'stream-end', bytes, digest });
  await answered;
  await connection.send(messageFor('clean-buffer'));
  await connection.expect(['clean-buffer-report']);
  await connection.send(messageFor('goodbye'));
  await connection.close();
  return 'done';
}

async function receive(connection: Connection, story: Story): Promise<'done'> {
  await connection.expect(['hello']);
  await connection.send(messageFor('hello-reply'));
  await connection.expect(['offer']);
  await connection.send(messageFor('decisions, last'));
  await connection.expect(['begin-stream']);
  await connection.send(messageFor('stream-ready'));
  const early = story.failsEarly ? connection.send({ type: 'stream-result', bytes: 0n, failure }) : Promise.resolve();
  early.catch(() => undefined);
  const received = await connection.receiveStream(story.sink);
  await early;
  if (received.kind === 'end') assert.equal(received.bytes, BigInt(story.streamBytes));
  const result = { type: 'stream-result', bytes: received.bytes, failure: undefined } as const;
  if (!story.failsEarly)
    await connection.send(received.kind === 'end' ? result : { ...result, failure: received.failure });
  await connection.expect(['clean-buffer']);
  await connection.send(messageFor('clean-buffer-report, last'));
  await connection.expect(['goodbye']);
  await connection.close();
  return 'done';
}

type Fault = 'none' | 'cut' | 'stall' | 'corrupt' | 'inject';

function planOf(choices: Choices, fault: Fault, spanBytes: number): FaultPlan {
  const at = choices.int(4) === 0 ? choices.int(600) : choices.int(spanBytes);
  return {
    // Byte by byte a long stream would take for ever.
    ...(choices.int(2) === 0 && {
      splitBytes: choices.pick([1, 7, 100, 4_000].filter((one) => spanBytes / one < 2_000)),
    }),
    ...(fault === 'cut' && { cutAfterBytes: at }),
    ...(fault === 'stall' && { stallAfterBytes: at }),
    ...(fault === 'corrupt' && { corruptByteAt: at }),
  };
}

/** A side's end, typed: whatever happened, it is an error of ours or a conversation that came to its end. */
async function endOf(connection: Connection, work: Promise<'done'>): Promise<'done' | ReplicationError> {
  try {
    return await work;
  } catch (error) {
    assert.ok(error instanceof ReplicationError, `${String(error)} is no ReplicationError`);
    await connection.fail(error);
    return error;
  }
}

async function converse(choices: Choices, clock: Clock): Promise<void> {
  const fault = choices.pick<Fault>(['none', 'none', 'cut', 'stall', 'corrupt', 'inject']);
  const streamBytes = choices.pick([1, 100, 5_000, 40_000, 300_000]);
  const pace = choices.pick(['at once', 'later', 'blocked'] as const);
  const sink = new Sink(pace);
  const chunkBytes = choices.pick([100, 1_000, CHUNK_BYTES]);
  const chunks = Math.ceil(streamBytes / chunkBytes);
  const source = Readable.from(
    Array.from({ length: chunks }, (_, i) => Buffer.alloc(Math.min(chunkBytes, streamBytes - i * chunkBytes), i)),
  );
  const story = { streamBytes, sink, source, failsEarly: choices.int(4) === 0 };
  const [left, right] = memoryTransportPair({ capacityBytes: CAPACITY_BYTES });
  const options = { inbound: planOf(choices, fault, 600), outbound: planOf(choices, fault, streamBytes + 600) };
  const senderMeter = metered(faultyTransport(left, options), () => undefined);
  const receiverMeter = metered(right, () => {
    const heldBytes = receiverMeter.deliveredBytes - sink.takenBytes;
    // Once it has failed it reads and throws away.
    if (!sink.destroyed && receiverFailed === undefined) {
      assert.ok(heldBytes <= HELD_BYTES_MAX, `the receiving side holds ${heldBytes} bytes`);
    }
    const queuedBytes = senderMeter.writtenBytes - receiverMeter.deliveredBytes;
    assert.ok(queuedBytes <= QUEUED_BYTES_MAX, `the sending side has queued ${queuedBytes} bytes`);
  });
  let receiverFailed: unknown;
  const intervals = { peerTimeoutMs: PEER_TIMEOUT_MS, frameMsMax: FRAME_MS };
  const sender = new Connection(senderMeter.transport, { role: 'sender', ...intervals });
  const receiver = new Connection(receiverMeter.transport, { role: 'receiver', ...intervals });
  const receiving = receive(receiver, story);
  receiving.catch((error: unknown) => {
    receiverFailed = error;
  });
  const progress = { over: false };
  const ends = Promise.all([endOf(sender, send(sender, story)), endOf(receiver, receiving)]).finally(() => {
    progress.over = true;
  });
  ends.catch(() => undefined);
  const random = new Random(choices.int(2 ** 32));
  let round = 0;
  for (; !progress.over && round < ROUNDS_MAX; round += 1) {
    await turns(TURNS);
    // A stranger's frame in the middle of what the sender says.
    if (fault === 'inject' && round < 4) left.write([injected(random)]);
    sink.release();
    clock.advance(TICK_MS);
  }
  const said = `${fault}, ${streamBytes} bytes in ${chunks} chunks, sink ${pace}, ${JSON.stringify(options)}`;
  assert.ok(round < ROUNDS_MAX, `it is not over after ${(ROUNDS_MAX * TICK_MS) / 1000} s: ${said}`);
  const both = await ends;
  if (fault === 'none') assert.deepEqual(both, ['done', 'done'], `nothing was in its way: ${said}`);
  await Promise.all([sender.closed, receiver.closed]);
  source.destroy();
  assert.equal(clock.pending, 0, 'no timer is left');
}

function injected(random: Random): Uint8Array {
  return random.chance(0.5) ? encodeControlFrame(random.pick(vectors).payload) : random.bytes(random.between(1, 40));
}

export const connection: Target = {
  name: 'connection',
  promise: 'both sides end within the deadlines with a typed error or in good order, and hold no more than they say',
  cases: 150,
  msMax: 20_000,
  generate: (random) => random.bytes(random.between(8, 40)),
  async run(input) {
    const clock = new Clock();
    clock.install();
    try {
      await converse(new Choices(input), clock);
    } finally {
      clock.restore();
    }
  },
};
