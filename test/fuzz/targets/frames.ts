/** FrameDecoder: whatever comes in whatever division is what a decoder says that has all of it before it begins. */
import assert from 'node:assert/strict';
import { limits, ProtocolError } from '@zfsync/protocol';
import { encodeControlFrame, encodeHeader, FrameDecoder } from '@zfsync/protocol/internal';
import { cut, join, vectors } from '../../unit/protocol/messages.ts';
import type { Target } from '../engine.ts';
import { mutateBytes } from '../mutate.ts';
import { Random } from '../random.ts';
import { checkProtocolError } from './codec.ts';

/** Inputs begin with these: the seed of the divisions, whose lowest bit says whether the hello is done already. */
const SEED_BYTES = 4;
/** Up to this length every division into two is tried. */
const ALL_SPLITS_BYTES_MAX = 160;

interface Decoded {
  /** A CONTROL payload, or the bytes of DATA frames that follow each other. */
  readonly parts: readonly string[];
  readonly error: string | undefined;
}

/** By the words of docs/PROTOCOL.md, of a stream that is there as a whole. */
function reference(stream: Uint8Array, helloFrames: number): Decoded {
  const parts: string[] = [];
  let data = '';
  const result = (error?: string): Decoded => ({ parts: data === '' ? parts : [...parts, `data ${data}`], error });
  const view = Buffer.from(stream);
  let offset = 0;
  for (let frame = 0; offset < view.length; frame += 1) {
    if (frame === 0 && view[offset] !== 0) return result('FRAME_HEADER_INVALID');
    if (view.length - offset < 8) break;
    const length = view.readUInt32BE(offset);
    const [type, flawed] = [view[offset + 4], view[offset + 5] !== 0 || view.readUInt16BE(offset + 6) !== 0];
    if (frame === 0 && (type !== 1 || flawed)) return result('FRAME_HEADER_INVALID');
    if (type !== 1 && type !== 2) return result('FRAME_TYPE_UNKNOWN');
    if (flawed || length === 0) return result('FRAME_HEADER_INVALID');
    if (length > (frame < helloFrames ? 64 * 1024 : 1024 * 1024)) return result('FRAME_TOO_LARGE');
    const payload = view.subarray(offset + 8, offset + 8 + length);
    offset += 8 + length;
    if (type === 2) data += payload.toString('hex');
    else if (payload.length === length) {
      if (data !== '') parts.push(`data ${data}`);
      data = '';
      parts.push(`control ${payload.toString('hex')}`);
    }
  }
  return result();
}

function decoded(chunks: Iterable<Uint8Array>, helloFrames: number): Decoded {
  const decoder = new FrameDecoder();
  const parts: string[] = [];
  let data = '';
  const settle = (): void => {
    if (data !== '') parts.push(`data ${data}`);
    data = '';
  };
  let error: string | undefined;
  try {
    decoder.helloDone = helloFrames === 0;
    for (const chunk of chunks) {
      for (const part of decoder.push(chunk)) {
        if (part.kind === 'data') data += Buffer.from(part.chunk).toString('hex');
        else {
          settle();
          parts.push(`control ${Buffer.from(part.payload).toString('hex')}`);
        }
        // Frame 0 is a CONTROL frame, or there is no other.
        decoder.helloDone = true;
      }
    }
  } catch (thrown) {
    checkProtocolError(thrown);
    error = thrown instanceof ProtocolError ? thrown.code : undefined;
  }
  settle();
  return { parts, error };
}

function* divided(random: Random, stream: Uint8Array): Generator<Uint8Array> {
  for (let offset = 0; offset < stream.length; ) {
    const length = random.pick([1, 1, 2, 7, 8, 9, 64, random.between(1, 4096)]);
    yield stream.subarray(offset, offset + length);
    offset += length;
  }
}

function frame(random: Random): Uint8Array {
  const { payload } = random.pick(vectors);
  if (random.chance(0.6)) return encodeControlFrame(payload);
  const data = random.bytes(random.pick([1, 2, 8, 100, random.between(1, 3000)]));
  return join(encodeHeader('data', data.length), data);
}

function header(random: Random): Uint8Array {
  const max = limits.controlPayloadBytesMax;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(random.pick([0, 1, 5, 0xffff, 0x10000, 0x10001, max, max + 1, 0xffffff, 0xffffffff]));
  head[4] = random.pick([0, 1, 1, 2, 2, 3, 22, 255]);
  head[5] = random.chance(0.2) ? random.int(256) : 0;
  head[7] = random.chance(0.1) ? random.int(256) : 0;
  return head;
}

export const frames: Target = {
  name: 'frames',
  promise: 'the division of the bytes makes no difference, and what is illegal is a ProtocolError',
  cases: 400,
  msMax: 2_000,
  generate(random) {
    const parts: Uint8Array[] = [];
    for (let count = random.between(1, 6); count > 0; count -= 1) {
      parts.push(random.chance(0.15) ? header(random) : frame(random));
    }
    const stream = join(...parts);
    return join(random.bytes(SEED_BYTES), random.chance(0.5) ? stream : mutateBytes(random, stream, frame(random)));
  },
  run(input) {
    const seed = Buffer.concat([input.subarray(0, SEED_BYTES), Buffer.alloc(SEED_BYTES)]).readUInt32LE();
    const stream = input.subarray(SEED_BYTES);
    const random = new Random(seed);
    const helloFrames = seed % 2;
    const expected = reference(stream, helloFrames);
    const same = (how: string, chunks: Iterable<Uint8Array>): void => {
      assert.deepEqual(decoded(chunks, helloFrames), expected, how);
    };
    same('at once', [stream]);
    same('byte by byte', cut(stream, 1));
    same('at random', divided(random, stream));
    if (stream.length > ALL_SPLITS_BYTES_MAX) return;
    for (let at = 1; at < stream.length; at += 1)
      same(`in two at ${at}`, [stream.subarray(0, at), stream.subarray(at)]);
  },
};
