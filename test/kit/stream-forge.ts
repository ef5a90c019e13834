/** Send streams made by hand, in either byte order, as no zfs would make them. Their checksums are zeros. */

export interface ForgedBegin {
  readonly header?: 'stream' | 'package';
  readonly features?: bigint;
  readonly flags?: number;
  /** `DMU_OST_*`: 2 a filesystem, 3 a volume. */
  readonly type?: number;
  readonly toGuid?: bigint;
  readonly fromGuid?: bigint;
  readonly toName?: string;
  readonly payload?: Buffer;
  readonly magic?: bigint;
}

export { FEATURE } from '@zfsync/zfs/internal';

export type ForgedValue = bigint | string | true | Buffer | ReadonlyMap<string, ForgedValue>;

const RECORD_BYTES = 312;
const MAGIC = 0x2f5bacbacn;
const NAME_AT = 56;

export class Forge {
  readonly #littleEndian: boolean;

  constructor(byteOrder: 'little' | 'big' = 'little') {
    this.#littleEndian = byteOrder === 'little';
  }

  begin(given: ForgedBegin = {}): Buffer {
    const { header = 'stream', features = 0n, flags = 0, type = 2, toGuid = 2n, fromGuid = 0n } = given;
    const { toName = 'tank/a@s', payload = Buffer.alloc(0), magic = MAGIC } = given;
    const record = this.record(0);
    this.u32(record, 4, payload.length);
    this.u64(record, 8, magic);
    this.u64(record, 16, (features << 2n) | (header === 'stream' ? 1n : 2n));
    this.u32(record, 32, type);
    this.u32(record, 36, flags);
    this.u64(record, 40, toGuid);
    this.u64(record, 48, fromGuid);
    record.write(toName, NAME_AT, 'latin1');
    return Buffer.concat([record, payload]);
  }

  record(type: number, numbers: readonly (readonly [at: number, bytes: 1 | 4 | 8, value: number])[] = []): Buffer {
    const record = Buffer.alloc(RECORD_BYTES);
    this.u32(record, 0, type);
    for (const [at, bytes, value] of numbers) {
      if (bytes === 1) record.writeUInt8(value, at);
      else if (bytes === 4) this.u32(record, at, value);
      else this.u64(record, at, BigInt(value));
    }
    return record;
  }

  end(): Buffer {
    return this.record(5);
  }

  /** A package of streams without records; each from the one before. */
  package(toName: string, streams: readonly ForgedBegin[], head: ForgedBegin = {}): Buffer {
    const parts = streams.flatMap((stream) => [this.begin({ toName, ...stream }), this.end()]);
    return Buffer.concat([this.begin({ header: 'package', toName, ...head }), this.end(), ...parts, this.end()]);
  }

  u32(buffer: Buffer, at: number, value: number): void {
    if (this.#littleEndian) buffer.writeUInt32LE(value, at);
    else buffer.writeUInt32BE(value, at);
  }

  u64(buffer: Buffer, at: number, value: bigint): void {
    if (this.#littleEndian) buffer.writeBigUInt64LE(value, at);
    else buffer.writeBigUInt64BE(value, at);
  }

  /** A packed nvlist, `NV_ENCODE_NATIVE`. */
  list(values: ReadonlyMap<string, ForgedValue> | readonly (readonly [string, ForgedValue])[]): Buffer {
    const head = Buffer.from([0, this.#littleEndian ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    return Buffer.concat([head, this.#pairs([...values])]);
  }

  #pairs(values: readonly (readonly [string, ForgedValue])[]): Buffer {
    const parts = values.flatMap(([name, value]) => {
      const [type, elements, bytes] = this.#packed(value);
      const nested = value instanceof Map ? [this.#pairs([...(value as ReadonlyMap<string, ForgedValue>)])] : [];
      return [this.pair(name, type, elements, bytes), ...nested];
    });
    return Buffer.concat([...parts, Buffer.alloc(4)]);
  }

  pair(name: string, type: number, elements: number, value: Buffer): Buffer {
    const valueAt = Math.ceil((16 + name.length + 1) / 8) * 8;
    const pair = Buffer.alloc(valueAt + Math.ceil(value.length / 8) * 8);
    this.u32(pair, 0, pair.length);
    if (this.#littleEndian) pair.writeUInt16LE(name.length + 1, 4);
    else pair.writeUInt16BE(name.length + 1, 4);
    this.u32(pair, 8, elements);
    this.u32(pair, 12, type);
    pair.write(name, 16, 'latin1');
    value.copy(pair, valueAt);
    return pair;
  }

  #packed(value: ForgedValue): [type: number, elements: number, bytes: Buffer] {
    if (value === true) return [1, 0, Buffer.alloc(0)];
    if (typeof value === 'string') return [9, 1, Buffer.from(`${value}\0`)];
    if (Buffer.isBuffer(value)) return [26, value.length, value];
    if (typeof value !== 'bigint') return [19, 1, Buffer.alloc(24)];
    const bytes = Buffer.alloc(8);
    this.u64(bytes, 0, value);
    return [8, 1, bytes];
  }
}
