/** Resume tokens as somebody might forge them: nothing in a token is signed (openzfs#14153). */
import assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';

/** Of a packed nvlist: encoding, endian, version, flags. */
const HEAD_BYTES = 12;
const PAIR_HEAD_BYTES = 16;
/** `data_type_t` of libnvpair. */
const [UINT64, STRING] = [8, 9];

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function pairOf(name: string, value: bigint | string): Buffer {
  const nameBytes = Buffer.byteLength(name) + 1;
  const valueAt = aligned(PAIR_HEAD_BYTES + nameBytes);
  const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`) : Buffer.alloc(8);
  if (typeof value === 'bigint') bytes.writeBigUInt64LE(value);
  const pair = Buffer.alloc(valueAt + aligned(bytes.length));
  pair.writeInt32LE(pair.length, 0);
  pair.writeInt16LE(nameBytes, 4);
  pair.writeInt32LE(1, 8);
  pair.writeInt32LE(typeof value === 'string' ? STRING : UINT64, 12);
  pair.write(name, PAIR_HEAD_BYTES);
  bytes.copy(pair, valueAt);
  return pair;
}

/** The token with other values, and a good checksum: what is new goes to the end. */
export function forged(token: string, change: Readonly<Record<string, bigint | string>>): string {
  const plain = inflateSync(Buffer.from(token.split('-')[3] ?? '', 'hex'));
  assert.equal(plain.readUInt16BE(0), 1, 'native and little-endian');
  const pairs = new Map<string, Buffer>();
  for (let at = HEAD_BYTES; plain.readInt32LE(at) > 0; at += plain.readInt32LE(at)) {
    const pair = plain.subarray(at, at + plain.readInt32LE(at));
    pairs.set(pair.toString('utf8', PAIR_HEAD_BYTES, PAIR_HEAD_BYTES + pair.readInt16LE(4) - 1), pair);
  }
  for (const [name, value] of Object.entries(change)) pairs.set(name, pairOf(name, value));
  const packed = Buffer.concat([plain.subarray(0, HEAD_BYTES), ...pairs.values(), Buffer.alloc(4)]);
  const deflated = deflateSync(packed);
  // The first word of fletcher4.
  let sum = 0n;
  for (let at = 0; at + 4 <= deflated.length; at += 4) sum += BigInt(deflated.readUInt32LE(at));
  return `1-${sum.toString(16)}-${packed.length.toString(16)}-${deflated.toString('hex')}`;
}
