/** Send streams: whoever reads their records says what is in them or that it cannot, and keeps little of them. */
import assert from 'node:assert/strict';
import { StreamHeadError, StreamHeadReader, type StreamEvent } from '@zfsync/zfs';
import { HeadContents, SendRecordReader } from '@zfsync/zfs/internal';
import { join } from '../../unit/protocol/messages.ts';
import type { Target } from '../engine.ts';
import { mutateBytes } from '../mutate.ts';
import { Random } from '../random.ts';

const MAGIC = 0x2f5bacbacn;
const RECORD_BYTES = 312;
const NVLIST_TYPE = { uint64: 8, string: 9, uint64Array: 16, nvlist: 19, boolean: 1, uint8Array: 26 } as const;

function record(type: number, payload: Uint8Array, fill: (head: Buffer) => void): Uint8Array {
  const head = Buffer.alloc(RECORD_BYTES);
  head.writeUInt32LE(type, 0);
  fill(head);
  return join(head, payload);
}

/** @param kind 1 a stream, 2 a package */
function begin(random: Random, kind: 1 | 2, list: Uint8Array): Uint8Array {
  return record(0, list, (head) => {
    head.writeUInt32LE(list.length, 4);
    head.writeBigUInt64LE(MAGIC, 8);
    const features = random.chance(0.5) ? 0n : BigInt(random.u32());
    head.writeBigUInt64LE((features << 2n) | BigInt(kind), 16);
    head.writeUInt32LE(random.pick([2, 3, 0, 99]), 32);
    head.writeUInt32LE(random.pick([0, 1, 2, 4]), 36);
    head.writeBigUInt64LE(BigInt(random.u32()), 40);
    head.writeBigUInt64LE(random.chance(0.5) ? 0n : 5n, 48);
    head.write(random.pick(['tank/d@s', 'tank@s', '../x@y', '', 'x'.repeat(256)]), 56, 'latin1');
  });
}

/** A native little-endian nvlist as libnvpair packs it. */
function nvlist(random: Random, depth: number): Buffer {
  return Buffer.concat([Buffer.from([0, 1, 0, 0]), Buffer.alloc(8), pairs(random, depth)]);
}

function pairs(random: Random, depth: number): Buffer {
  const names = [
    'fss',
    'crypt_keydata',
    'DSL_CRYPTO_GUID',
    'keyformat',
    'snaps',
    'props',
    'snapprops',
    'resume_object',
  ];
  const parts: Buffer[] = [];
  for (let count = random.int(4); count > 0; count -= 1) {
    const [name, type] = [random.pick(names), random.pick(Object.values(NVLIST_TYPE))];
    if (type === NVLIST_TYPE.nvlist && depth <= 0) continue;
    const values: Partial<Record<number, Buffer>> = {
      [NVLIST_TYPE.uint64]: Buffer.alloc(8, 7),
      [NVLIST_TYPE.string]: Buffer.from('passphrase\0'),
      [NVLIST_TYPE.uint64Array]: Buffer.alloc(24, 1),
      [NVLIST_TYPE.uint8Array]: Buffer.alloc(32, 2),
      [NVLIST_TYPE.nvlist]: Buffer.alloc(24),
    };
    parts.push(pair(name, type, values[type] ?? Buffer.alloc(0)));
    if (type === NVLIST_TYPE.nvlist) parts.push(Buffer.alloc(8), pairs(random, depth - 1));
  }
  return Buffer.concat([...parts, Buffer.alloc(4)]);
}

function pair(name: string, type: number, value: Buffer): Buffer {
  const nameBytes = name.length + 1;
  const head = Buffer.alloc(Math.ceil((16 + nameBytes) / 8) * 8);
  const size = head.length + Math.ceil(value.length / 8) * 8;
  head.writeInt32LE(size, 0);
  head.writeInt16LE(nameBytes, 4);
  head.writeInt32LE(type === NVLIST_TYPE.uint64Array ? 3 : type === NVLIST_TYPE.uint8Array ? value.length : 1, 8);
  head.writeInt32LE(type, 12);
  head.write(name, 16);
  return Buffer.concat([head, value], size);
}

function body(random: Random): Uint8Array {
  const data = random.bytes(random.pick([0, 8, 512, 4096]));
  return random.pick([
    () =>
      record(1, new Uint8Array(176), (head) => {
        head.writeBigUInt64LE(34n, 8);
        head.writeUInt32LE(random.pick([19, 20, 21, 23, 44]), 16);
        head.writeUInt32LE(176, 28);
      }),
    () =>
      record(3, data, (head) => {
        head.writeBigUInt64LE(34n, 8);
        head.writeUInt32LE(random.pick([19, 20, 21, 23]), 16);
        head.writeBigUInt64LE(BigInt(data.length), 32);
      }),
    () => record(random.pick([2, 4, 9]), new Uint8Array(0), () => undefined),
    () => record(8, data, (head) => head.writeUInt32LE(data.length, 52)),
  ])();
}

const END = record(5, new Uint8Array(0), () => undefined);

function stream(random: Random): Uint8Array {
  const list = random.chance(0.6) ? nvlist(random, 3) : new Uint8Array(0);
  const bodies = Array.from({ length: random.int(4) }, () => body(random));
  return join(begin(random, 1, list), ...bodies, END);
}

function sendStream(random: Random): Uint8Array {
  if (random.chance(0.5)) return stream(random);
  const streams = Array.from({ length: random.int(4) }, () => stream(random));
  return join(begin(random, 2, random.chance(0.5) ? nvlist(random, 4) : new Uint8Array(0)), END, ...streams, END);
}

function* divided(random: Random, bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const length = random.pick([1, 7, 311, 312, 313, 5_000]);
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

interface Heads {
  readonly events: readonly StreamEvent[];
  readonly error: string | undefined;
}

function heads(chunks: Iterable<Uint8Array>): Heads {
  const reader = new StreamHeadReader();
  const events: StreamEvent[] = [];
  try {
    for (const chunk of chunks) events.push(...reader.push(chunk));
  } catch (error) {
    assert.ok(error instanceof StreamHeadError, `${String(error)} is no StreamHeadError`);
    assert.ok(error.message.length < 500, 'the message is short');
    return { events: [], error: error.message };
  }
  return { events, error: undefined };
}

/** Whether a dataset's head is empty; undefined when the stream cannot be looked into. */
function empty(chunks: Iterable<Uint8Array>): boolean | undefined {
  const reader = new SendRecordReader();
  const contents = new HeadContents(new Set(['a', 'a/b']));
  try {
    for (const chunk of chunks) {
      for (const each of reader.push(Buffer.from(chunk))) if (!contents.accept(each)) return false;
    }
    return contents.isEmpty();
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'SendStreamError', `${String(error)} is no SendStreamError`);
    return undefined;
  }
}

const SEED_BYTES = 4;

export const sendStreams: Target = {
  name: 'send-stream',
  promise: 'the heads of a stream are the same however it is divided, or it is refused with a typed error',
  cases: 1_000,
  msMax: 1_000,
  generate(random) {
    const whole = sendStream(random);
    return join(random.bytes(SEED_BYTES), random.chance(0.3) ? whole : mutateBytes(random, whole, stream(random)));
  },
  run(input) {
    const seed = Buffer.concat([input.subarray(0, SEED_BYTES), Buffer.alloc(SEED_BYTES)]).readUInt32LE();
    const bytes = input.subarray(SEED_BYTES);
    assert.deepEqual(heads(divided(new Random(seed), bytes)), heads([bytes]));
    assert.equal(empty(divided(new Random(seed), bytes)), empty([bytes]));
  },
};
