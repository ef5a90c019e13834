/**
 * Reads packed nvlists as libnvpair writes them (`module/nvpair/nvpair.c`): native in either byte order
 * (`NV_ENCODE_NATIVE`, in the BEGIN record of a stream) and XDR (`NV_ENCODE_XDR`, in the header of a package). They come
 * from whoever sends a stream, so everything in them is checked, and nothing is held that the input does not hold.
 */

/** A value of a kind that nobody here asks for is left out. */
export type NvValue = bigint | string | boolean | Uint8Array | readonly bigint[] | NvList;
export type NvList = ReadonlyMap<string, NvValue>;

/** The bytes are no packed nvlist. */
export class NvlistError extends Error {
  static {
    this.prototype.name = 'NvlistError';
  }
}

/** Real ones have up to four levels: `fss`, a dataset, `snapprops`, a snapshot. */
const DEPTH_MAX = 8;
/** `data_type_t` */
const TYPE = {
  boolean: 1,
  uint64: 8,
  string: 9,
  uint64Array: 16,
  nvlist: 19,
  nvlistArray: 20,
  booleanValue: 21,
  uint8Array: 26,
} as const;
const ENCODING = { native: 0, xdr: 1 } as const;
const LIST_HEAD_BYTES = 8;

/** @throws {NvlistError} */
export function unpackNvlist(packed: Buffer): NvList {
  const reader = new Reader(packed);
  const encoding = reader.take(1)[0];
  const littleEndian = reader.take(1)[0] === 1;
  reader.take(2);
  if (encoding === ENCODING.native) reader.littleEndian = littleEndian;
  else if (encoding !== ENCODING.xdr) throw new NvlistError('it is in an unknown encoding');
  // Version and flags.
  reader.take(LIST_HEAD_BYTES);
  return encoding === ENCODING.native ? nativePairs(reader, 0) : xdrPairs(reader, 0);
}

class Reader {
  littleEndian = false;
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  take(count: number): Buffer {
    const end = this.#at + count;
    if (count < 0 || end > this.#bytes.length) throw new NvlistError('it is cut off');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** Up to the place. */
  skipTo(place: number): void {
    this.take(place - this.#at);
  }

  int32(): number {
    const bytes = this.take(4);
    return this.littleEndian ? bytes.readInt32LE() : bytes.readInt32BE();
  }

  int16(): number {
    const bytes = this.take(2);
    return this.littleEndian ? bytes.readInt16LE() : bytes.readInt16BE();
  }

  uint64(): bigint {
    const bytes = this.take(8);
    return this.littleEndian ? bytes.readBigUInt64LE() : bytes.readBigUInt64BE();
  }

  uint64s(count: number): bigint[] {
    const values: bigint[] = [];
    for (let i = 0; i < count; i++) values.push(this.uint64());
    return values;
  }
}

function aligned(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to;
}

function enter(depth: number): number {
  if (depth >= DEPTH_MAX) throw new NvlistError('it is nested too deeply');
  return depth + 1;
}

function put(list: Map<string, NvValue>, name: string, value: NvValue | undefined): void {
  // `NV_UNIQUE_NAME`: of two of a name, who knows which one ZFS would take.
  if (list.has(name)) throw new NvlistError('it has a name twice');
  if (value !== undefined) list.set(name, value);
}

/** Pairs begin at multiples of 8 or, behind a nested list, of 4; sizes are those of `nvpair_t` with name and value. */
function nativePairs(reader: Reader, depth: number): NvList {
  const list = new Map<string, NvValue>();
  for (;;) {
    const start = reader.at;
    const size = reader.int32();
    if (size === 0) return list;
    const nameBytes = reader.int16();
    reader.take(2);
    const elements = reader.int32();
    const type = reader.int32();
    if (nameBytes < 1 || elements < 0) throw new NvlistError('a pair is malformed');
    const name = reader.take(nameBytes);
    if (name.indexOf(0) !== nameBytes - 1) throw new NvlistError('a name is malformed');
    reader.skipTo(start + aligned(reader.at - start, 8));
    const value = nativeValue(reader, type, elements, start + size);
    reader.skipTo(start + size);
    // The pairs of a nested list come behind the pair.
    if (type === TYPE.nvlistArray) throw new NvlistError('it has an array of lists');
    put(
      list,
      name.toString('utf8', 0, nameBytes - 1),
      type === TYPE.nvlist ? nativePairs(reader, enter(depth)) : value,
    );
  }
}

function nativeValue(reader: Reader, type: number, elements: number, end: number): NvValue | undefined {
  const bytes = end - reader.at;
  switch (type) {
    case TYPE.boolean:
      return true;
    case TYPE.booleanValue:
      return reader.int32() !== 0;
    case TYPE.uint64:
      return reader.uint64();
    case TYPE.uint64Array:
      if (elements * 8 > bytes) throw new NvlistError('an array is malformed');
      return reader.uint64s(elements);
    case TYPE.uint8Array:
      if (elements > bytes) throw new NvlistError('an array is malformed');
      return reader.take(elements);
    case TYPE.string: {
      const text = reader.take(bytes);
      const length = text.indexOf(0);
      if (length < 0) throw new NvlistError('a string is malformed');
      return text.toString('utf8', 0, length);
    }
    default:
      return undefined;
  }
}

/** Each pair says how long it is, nested lists included. */
function xdrPairs(reader: Reader, depth: number): NvList {
  const list = new Map<string, NvValue>();
  for (;;) {
    const start = reader.at;
    const size = reader.int32();
    // The size once unpacked.
    reader.take(4);
    if (size === 0) return list;
    const name = xdrString(reader);
    const type = reader.int32();
    const elements = reader.int32();
    if (elements < 0) throw new NvlistError('a pair is malformed');
    put(list, name, xdrValue(reader, type, elements, depth));
    if (reader.at > start + size) throw new NvlistError('a pair is malformed');
    reader.skipTo(start + size);
  }
}

function xdrString(reader: Reader): string {
  const length = reader.int32();
  const text = reader.take(length).toString('utf8');
  reader.take(aligned(length, 4) - length);
  return text;
}

function xdrValue(reader: Reader, type: number, elements: number, depth: number): NvValue | undefined {
  switch (type) {
    case TYPE.boolean:
      return true;
    case TYPE.booleanValue:
      return reader.int32() !== 0;
    case TYPE.uint64:
      return reader.uint64();
    case TYPE.string:
      return xdrString(reader);
    case TYPE.uint64Array:
      if (reader.int32() !== elements) throw new NvlistError('an array is malformed');
      return reader.uint64s(elements);
    case TYPE.nvlist: {
      const deeper = enter(depth);
      reader.take(LIST_HEAD_BYTES);
      return xdrPairs(reader, deeper);
    }
    default:
      return undefined;
  }
}
