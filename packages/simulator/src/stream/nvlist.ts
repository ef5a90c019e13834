/**
 * Packed nvlists as libnvpair writes them on a little-endian machine (`NV_ENCODE_NATIVE`): numbers, strings, bytes,
 * flags without a value and lists, which is all that a resume token or the head of a stream holds.
 */

export type NvValue = bigint | string | true | Buffer | NvList;
export type NvList = ReadonlyMap<string, NvValue>;

/** Encoding, byte order, reserved; then version and flags (`NV_UNIQUE_NAME`). */
const HEAD = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
const PAIR_HEAD_BYTES = 16;
/** A nested list in its pair: version, flags, and room for what the kernel keeps there. Its pairs come behind. */
const NESTED = Buffer.concat([HEAD.subarray(4), Buffer.alloc(16)]);
/** `data_type_t` */
const TYPE = { boolean: 1, uint64: 8, string: 9, nvlist: 19, uint8Array: 26 } as const;

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function packValue(value: NvValue): { type: number; elements: number; bytes: Buffer } {
  if (value === true) return { type: TYPE.boolean, elements: 0, bytes: Buffer.alloc(0) };
  if (typeof value === 'string') return { type: TYPE.string, elements: 1, bytes: Buffer.from(`${value}\0`) };
  if (Buffer.isBuffer(value)) return { type: TYPE.uint8Array, elements: value.length, bytes: value };
  if (typeof value !== 'bigint') return { type: TYPE.nvlist, elements: 1, bytes: NESTED };
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return { type: TYPE.uint64, elements: 1, bytes };
}

export function packNvlist(values: NvList): Buffer {
  return Buffer.concat([HEAD, ...packPairs(values)]);
}

function packPairs(values: NvList): Buffer[] {
  const parts: Buffer[] = [];
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
    if (value instanceof Map) parts.push(...packPairs(value as NvList));
  }
  return [...parts, Buffer.alloc(4)];
}

/** @returns undefined when it is no packed nvlist of what is known here */
export function unpackNvlist(packed: Buffer): NvList | undefined {
  if (!packed.subarray(0, HEAD.length).equals(HEAD)) return undefined;
  return unpackPairs(packed, HEAD.length)?.values;
}

function unpackPairs(packed: Buffer, from: number): { values: NvList; end: number } | undefined {
  const values = new Map<string, NvValue>();
  for (let at = from; ; ) {
    if (at + 4 > packed.length) return undefined;
    const bytes = packed.readInt32LE(at);
    if (bytes === 0) return { values, end: at + 4 };
    if (bytes < PAIR_HEAD_BYTES || at + bytes > packed.length) return undefined;
    const pair = packed.subarray(at, at + bytes);
    const nameBytes = pair.readInt16LE(4);
    const type = pair.readInt32LE(12);
    at += bytes;
    const nested = type === TYPE.nvlist ? unpackPairs(packed, at) : undefined;
    const unpacked =
      nested?.values ?? unpackValue(type, pair.readInt32LE(8), pair.subarray(aligned(PAIR_HEAD_BYTES + nameBytes)));
    if (nameBytes < 1 || unpacked === undefined) return undefined;
    values.set(pair.toString('utf8', PAIR_HEAD_BYTES, PAIR_HEAD_BYTES + nameBytes - 1), unpacked);
    at = nested?.end ?? at;
  }
}

function unpackValue(type: number, elements: number, bytes: Buffer): NvValue | undefined {
  if (type === TYPE.boolean) return true;
  if (type === TYPE.uint64 && bytes.length >= 8) return bytes.readBigUInt64LE();
  if (type === TYPE.uint8Array && elements >= 0 && elements <= bytes.length) return bytes.subarray(0, elements);
  const end = bytes.indexOf(0);
  return type === TYPE.string && end >= 0 ? bytes.toString('utf8', 0, end) : undefined;
}
