/**
 * The layout of send streams: `dmu_replay_record` of OpenZFS (`include/sys/zfs_ioctl.h`), little endian, 312 bytes
 * each, and a payload whose length follows from the record.
 */

export const RECORD_BYTES = 312;
export const CHECKSUM_OFFSET = 280;
export const STREAM_MAGIC = 0x2f5bacbacn;
const NAME_BYTES = 256;
const ALL_ONES = 0xffff_ffff_ffff_ffffn;

export const RECORD = {
  begin: 0,
  object: 1,
  freeObjects: 2,
  write: 3,
  free: 4,
  end: 5,
  types: 11,
} as const;

export const HEADER_TYPE = { substream: 1, compound: 2 } as const;

/** `DMU_BACKUP_FEATURE_*`. */
export const FEATURE = {
  saSpill: 1 << 2,
  embedData: 1 << 16,
  lz4: 1 << 17,
  largeBlocks: 1 << 19,
  resuming: 1 << 20,
  compressed: 1 << 22,
  raw: 1 << 24,
} as const;

/** `DMU_OST_*`. */
export const OBJECT_SET = { none: 0, filesystem: 2, volume: 3 } as const;

/** `DMU_OT_*`. */
export const OBJECT_TYPE = {
  plainFile: 19,
  directory: 20,
  masterNode: 21,
  deleteQueue: 22,
  volume: 23,
  volumeProperties: 24,
  attributeMaster: 45,
  attributeRegistration: 46,
  attributeLayouts: 47,
} as const;

/** `DRR_FLAG_CLONE`: from a snapshot of another dataset. */
export const FLAG_CLONE = 1;
/** `DRR_FLAG_FREERECORDS | DRR_FLAG_SPILL_BLOCK`. */
export const FLAGS_ALWAYS = 0xc;
const BONUS_TYPE_SA = 44;
const SLOTS_OFFSET = 34;

export interface BeginRecord {
  readonly header: number;
  readonly features: number;
  readonly creation: bigint;
  readonly type: number;
  readonly flags: number;
  readonly toGuid: bigint;
  readonly fromGuid: bigint;
  readonly toName: string;
  readonly payloadBytes: number;
}

function record(type: number): Buffer {
  const buffer = Buffer.alloc(RECORD_BYTES);
  buffer.writeUInt32LE(type, 0);
  return buffer;
}

export function encodeBegin(begin: BeginRecord): Buffer {
  const buffer = record(RECORD.begin);
  buffer.writeUInt32LE(begin.payloadBytes, 4);
  buffer.writeBigUInt64LE(STREAM_MAGIC, 8);
  buffer.writeBigUInt64LE(BigInt(begin.header) | (BigInt(begin.features) << 2n), 16);
  buffer.writeBigUInt64LE(begin.creation, 24);
  buffer.writeUInt32LE(begin.type, 32);
  buffer.writeUInt32LE(begin.flags, 36);
  buffer.writeBigUInt64LE(begin.toGuid, 40);
  buffer.writeBigUInt64LE(begin.fromGuid, 48);
  buffer.write(begin.toName, 56, NAME_BYTES - 1, 'utf8');
  return buffer;
}

/** undefined: no BEGIN record with the magic number of a send stream. */
export function decodeBegin(buffer: Buffer): BeginRecord | undefined {
  if (buffer.readUInt32LE(0) !== RECORD.begin || buffer.readBigUInt64LE(8) !== STREAM_MAGIC) return undefined;
  const version = buffer.readBigUInt64LE(16);
  const name = buffer.subarray(56, 56 + NAME_BYTES);
  const end = name.indexOf(0);
  return {
    header: Number(version & 3n),
    features: Number((version >> 2n) & 0x3fff_ffffn),
    creation: buffer.readBigUInt64LE(24),
    type: buffer.readUInt32LE(32),
    flags: buffer.readUInt32LE(36),
    toGuid: buffer.readBigUInt64LE(40),
    fromGuid: buffer.readBigUInt64LE(48),
    toName: name.subarray(0, end < 0 ? NAME_BYTES : end).toString('utf8'),
    payloadBytes: buffer.readUInt32LE(4),
  };
}

export function encodeEnd(toGuid: bigint, checksum?: Buffer): Buffer {
  const buffer = record(RECORD.end);
  checksum?.copy(buffer, 8);
  buffer.writeBigUInt64LE(toGuid, 40);
  return buffer;
}

export interface ObjectRecord {
  readonly object: number;
  readonly type: number;
  readonly blockBytes: number;
  readonly bonusBytes: number;
}

export function encodeObject(object: ObjectRecord, toGuid: bigint): Buffer {
  const buffer = record(RECORD.object);
  buffer.writeBigUInt64LE(BigInt(object.object), 8);
  buffer.writeUInt32LE(object.type, 16);
  buffer.writeUInt32LE(object.bonusBytes > 0 ? BONUS_TYPE_SA : 0, 20);
  buffer.writeUInt32LE(object.blockBytes, 24);
  buffer.writeUInt32LE(object.bonusBytes, 28);
  buffer.writeUInt8(1, SLOTS_OFFSET);
  buffer.writeBigUInt64LE(toGuid, 40);
  return buffer;
}

export function decodeObject(buffer: Buffer): ObjectRecord {
  return {
    object: Number(buffer.readBigUInt64LE(8)),
    type: buffer.readUInt32LE(16),
    blockBytes: buffer.readUInt32LE(24),
    bonusBytes: buffer.readUInt32LE(28),
  };
}

export interface RangeRecord {
  readonly object: number;
  readonly offset: number;
  /** -1: to the end. */
  readonly length: number;
}

export function encodeFreeObjects(first: number, count: number, toGuid: bigint): Buffer {
  const buffer = record(RECORD.freeObjects);
  buffer.writeBigUInt64LE(BigInt(first), 8);
  buffer.writeBigUInt64LE(BigInt(count), 16);
  buffer.writeBigUInt64LE(toGuid, 24);
  return buffer;
}

export function decodeFreeObjects(buffer: Buffer): { readonly first: number; readonly count: number } {
  return { first: Number(buffer.readBigUInt64LE(8)), count: Number(buffer.readBigUInt64LE(16)) };
}

export function encodeFree(range: RangeRecord, toGuid: bigint): Buffer {
  const buffer = record(RECORD.free);
  buffer.writeBigUInt64LE(BigInt(range.object), 8);
  buffer.writeBigUInt64LE(BigInt(range.offset), 16);
  buffer.writeBigUInt64LE(range.length < 0 ? ALL_ONES : BigInt(range.length), 24);
  buffer.writeBigUInt64LE(toGuid, 32);
  return buffer;
}

export function decodeFree(buffer: Buffer): RangeRecord {
  const length = buffer.readBigUInt64LE(24);
  return {
    object: Number(buffer.readBigUInt64LE(8)),
    offset: Number(buffer.readBigUInt64LE(16)),
    length: length === ALL_ONES ? -1 : Number(length),
  };
}

export function encodeWrite(range: RangeRecord, type: number, toGuid: bigint): Buffer {
  const buffer = record(RECORD.write);
  buffer.writeBigUInt64LE(BigInt(range.object), 8);
  buffer.writeUInt32LE(type, 16);
  buffer.writeBigUInt64LE(BigInt(range.offset), 24);
  buffer.writeBigUInt64LE(BigInt(range.length), 32);
  buffer.writeBigUInt64LE(toGuid, 40);
  return buffer;
}

export function decodeWrite(buffer: Buffer): RangeRecord & { readonly type: number; readonly payloadBytes: number } {
  const length = Number(buffer.readBigUInt64LE(32));
  const compressed = buffer.readUInt8(50) !== 0;
  return {
    object: Number(buffer.readBigUInt64LE(8)),
    type: buffer.readUInt32LE(16),
    offset: Number(buffer.readBigUInt64LE(24)),
    length,
    payloadBytes: compressed ? Number(buffer.readBigUInt64LE(96)) : length,
  };
}

/** Bonus buffers and payloads come in multiples of 8 bytes. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
