/**
 * The records of send streams as far as they are needed to find one's way in them: `dmu_replay_record` of OpenZFS
 * `include/sys/zfs_ioctl.h`, 312 bytes in the byte order of the sender, then a payload whose length follows from the
 * record (`receive_read_record` in `module/zfs/dmu_recv.c`, `recv_skip` in `lib/libzfs/libzfs_sendrecv.c`).
 */

/** What comes is no send stream, or one that cannot be followed. */
export class StreamHeadError extends Error {
  static {
    this.prototype.name = 'StreamHeadError';
  }
}

export const RECORD_BYTES = 312;
/** `SPA_MAXBLOCKSIZE`: no record has a longer payload. */
export const PAYLOAD_BYTES_MAX = 16 * 1024 * 1024;

const MAGIC = 0x2f5bacbacn;
/** `drr_type`, of what comes without `-D` and redaction */
export const RECORD = {
  begin: 0,
  object: 1,
  freeObjects: 2,
  write: 3,
  free: 4,
  end: 5,
  spill: 7,
  writeEmbedded: 8,
  objectRange: 9,
} as const;
/** `drr_headertype` */
export const HEADER = { stream: 1n, package: 2n } as const;
/** `DMU_BACKUP_FEATURE_*` */
export const FEATURE = {
  dedup: 1n << 0n,
  dedupProperties: 1n << 1n,
  embedded: 1n << 16n,
  largeBlocks: 1n << 19n,
  resuming: 1n << 20n,
  redacted: 1n << 21n,
  compressed: 1n << 22n,
  raw: 1n << 24n,
  holds: 1n << 26n,
} as const;
const NAME = { from: 56, to: 312 } as const;

export interface Begin {
  readonly header: bigint;
  readonly features: bigint;
  readonly flags: number;
  readonly type: number;
  readonly toGuid: bigint;
  readonly fromGuid: bigint;
  readonly toName: string;
  readonly payloadBytes: number;
}

/** Numbers of one record in its byte order. */
export class Numbers {
  readonly #record: Buffer;
  readonly #littleEndian: boolean;

  constructor(record: Buffer, littleEndian: boolean) {
    this.#record = record;
    this.#littleEndian = littleEndian;
  }

  u32(at: number): number {
    return this.#littleEndian ? this.#record.readUInt32LE(at) : this.#record.readUInt32BE(at);
  }

  u64(at: number): bigint {
    return this.#littleEndian ? this.#record.readBigUInt64LE(at) : this.#record.readBigUInt64BE(at);
  }

  /** A length of 64 bits, without a bigint: it is read once for each record. */
  length(at: number): number {
    const [high, low] = this.#littleEndian ? [at + 4, at] : [at, at + 4];
    return this.u32(high) === 0 ? this.u32(low) : Infinity;
  }
}

export function isLittleEndian(record: Buffer): boolean {
  if (record.readBigUInt64LE(8) === MAGIC) return true;
  if (record.readBigUInt64BE(8) === MAGIC) return false;
  throw new StreamHeadError('it does not begin as a send stream does');
}

export function readBegin(record: Buffer, numbers: Numbers): Begin {
  if (numbers.u32(0) !== RECORD.begin) throw new StreamHeadError('it does not begin as a send stream does');
  const name = record.subarray(NAME.from, NAME.to);
  const nameBytes = name.indexOf(0);
  // `zfs receive` takes it for a string that has its NUL.
  if (nameBytes < 0) throw new StreamHeadError('the name in it does not end');
  const version = numbers.u64(16);
  return {
    payloadBytes: numbers.u32(4),
    header: version & 3n,
    features: version >> 2n,
    type: numbers.u32(32),
    flags: numbers.u32(36),
    toGuid: numbers.u64(40),
    fromGuid: numbers.u64(48),
    toName: name.toString('latin1', 0, nameBytes),
  };
}

export function payloadBytesOf(record: Buffer, numbers: Numbers): number {
  const type = numbers.u32(0);
  switch (type) {
    case RECORD.object: {
      const [bonus, rawBonus] = [numbers.u32(28), numbers.u32(36)];
      // Here `receive` and `recv_skip` of 2.1 go different ways; no sender makes one.
      if (bonus === 0 && rawBonus !== 0) throw new StreamHeadError('a record in it is malformed');
      return rawBonus === 0 ? roundUp(bonus) : rawBonus;
    }
    case RECORD.write:
      return record[50] === 0 ? numbers.length(32) : numbers.length(96);
    case RECORD.spill: {
      const compressed = numbers.length(40);
      return compressed === 0 ? numbers.length(16) : compressed;
    }
    case RECORD.writeEmbedded:
      return roundUp(numbers.u32(52));
    case RECORD.freeObjects:
    case RECORD.free:
    case RECORD.end:
    case RECORD.objectRange:
      return 0;
    default:
      throw new StreamHeadError(`it has a record of type ${type} where none may be`);
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
