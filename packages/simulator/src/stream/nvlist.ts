/**
 * Packed nvlists as libnvpair writes them on a little-endian machine (`NV_ENCODE_NATIVE`): numbers, strings and flags
 * without a value, which is all that a resume token holds.
 */

export type NvValue = bigint | string | true;

/** Header (encoding, endian, reserved), version, flags: `NV_UNIQUE_NAME`. */
const HEAD = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
const PAIR_HEAD_BYTES = 16;
/** `data_type_t` */
const TYPE = { boolean: 1, uint64: 8, string: 9 } as const;

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function packValue(value: NvValue): { type: number; elements: number; bytes: Buffer } {
  if (value === true) return { type: TYPE.boolean, elements: 0, bytes: Buffer.alloc(0) };
  if (typeof value === 'string') return { type: TYPE.string, elements: 1, bytes: Buffer.from(`${value}\0`) };
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return { type: TYPE.uint64, elements: 1, bytes };
}

export function packNvlist(values: ReadonlyMap<string, NvValue>): Buffer {
  const parts = [HEAD];
  for (const [name, value] of values) {
    const { type, elements, bytes } = packValue(value);
    const nameBytes = Buffer.byteLength(name) + 1;
    const valueAt = aligned(PAIR_HEAD_BYTES + nameBytes);
    const pair = Buffer.alloc(valueAt + aligned(bytes.length));
    pair.writeInt32LE(pair.length, 0);
    pair.writeInt16LE(nameBytes, 4);
    pair.writeInt32LE(elements, 8);
    pair.writeInt32LE(type, 12);
    pair.write(name, PAIR_HEAD_BYTES);
    bytes.copy(pair, valueAt);
    parts.push(pair);
  }
  return Buffer.concat([...parts, Buffer.alloc(4)]);
}

/** @returns undefined when it is no packed nvlist of what is known here */
export function unpackNvlist(packed: Buffer): Map<string, NvValue> | undefined {
  if (!packed.subarray(0, HEAD.length).equals(HEAD)) return undefined;
  const values = new Map<string, NvValue>();
  for (let at = HEAD.length; ; ) {
    if (at + 4 > packed.length) return undefined;
    const bytes = packed.readInt32LE(at);
    if (bytes === 0) return values;
    if (bytes < PAIR_HEAD_BYTES || at + bytes > packed.length) return undefined;
    const pair = packed.subarray(at, at + bytes);
    const nameBytes = pair.readInt16LE(4);
    const value = pair.subarray(aligned(PAIR_HEAD_BYTES + nameBytes));
    const unpacked = unpackValue(pair.readInt32LE(12), value);
    if (nameBytes < 1 || unpacked === undefined) return undefined;
    values.set(pair.toString('utf8', PAIR_HEAD_BYTES, PAIR_HEAD_BYTES + nameBytes - 1), unpacked);
    at += bytes;
  }
}

function unpackValue(type: number, bytes: Buffer): NvValue | undefined {
  if (type === TYPE.boolean) return true;
  if (type === TYPE.uint64 && bytes.length >= 8) return bytes.readBigUInt64LE();
  const end = bytes.indexOf(0);
  return type === TYPE.string && end >= 0 ? bytes.toString('utf8', 0, end) : undefined;
}
