/**
 * Reads the records of a send stream: `dmu_replay_record` of OpenZFS `include/sys/zfs_ioctl.h`, 312 bytes each, then a
 * payload whose length follows from the record (`module/zfs/dmu_recv.c`, `receive_read_record`). Only what a stream
 * without `-w`, `-c`, `-e` of a little-endian host holds; for anything else it throws.
 */

export type SendRecord =
  | { readonly type: 'begin' }
  | { readonly type: 'object'; readonly object: bigint; readonly objectType: number }
  | {
      readonly type: 'write';
      readonly object: bigint;
      readonly objectType: number;
      readonly offset: bigint;
      /** Undefined when it is longer than {@link PAYLOAD_BYTES_KEPT_MAX}. */
      readonly data: Buffer | undefined;
    }
  | { readonly type: 'free' }
  | { readonly type: 'end' }
  /** What a stream of an empty dataset never has: spill blocks, references, embedded and redacted blocks. */
  | { readonly type: 'other' };

/** The stream is not one that can be looked into. */
export class SendStreamError extends Error {
  static {
    this.prototype.name = 'SendStreamError';
  }
}

const RECORD_BYTES = 312;
/** `MZAP_MAX_BLKSZ`: a microzap is one block of at most 128 KiB; larger payloads are not kept. */
export const PAYLOAD_BYTES_KEPT_MAX = 128 * 1024;
const DMU_BACKUP_MAGIC = 0x2f5bacbacn;
const DRR_BEGIN = 0;
const DRR_OBJECT = 1;
const DRR_FREEOBJECTS = 2;
const DRR_WRITE = 3;
const DRR_FREE = 4;
const DRR_END = 5;
/** The union behind `drr_type` and `drr_payloadlen`. */
const BODY = 8;

interface Head {
  readonly payloadBytes: number;
  readonly finish: (payload: Buffer | undefined) => SendRecord;
}

function readHead(record: Buffer): Head {
  const type = record.readUInt32LE(0);
  switch (type) {
    case DRR_BEGIN:
      if (record.readBigUInt64LE(BODY) !== DMU_BACKUP_MAGIC) throw new SendStreamError('not a send stream');
      return { payloadBytes: record.readUInt32LE(4), finish: () => ({ type: 'begin' }) };
    case DRR_OBJECT: {
      const object = record.readBigUInt64LE(BODY);
      const objectType = record.readUInt32LE(BODY + 8);
      const bonusBytes = record.readUInt32LE(BODY + 20);
      return {
        payloadBytes: Math.ceil(bonusBytes / 8) * 8,
        finish: () => ({ type: 'object', object, objectType }),
      };
    }
    case DRR_WRITE: {
      const object = record.readBigUInt64LE(BODY);
      const objectType = record.readUInt32LE(BODY + 8);
      const offset = record.readBigUInt64LE(BODY + 16);
      const compressed = record.readUInt8(BODY + 42) !== 0;
      const bytes = record.readBigUInt64LE(BODY + (compressed ? 88 : 24));
      return {
        payloadBytes: Number(bytes),
        finish: (data) => ({ type: 'write', object, objectType, offset, data: compressed ? undefined : data }),
      };
    }
    case DRR_FREEOBJECTS:
    case DRR_FREE:
      return { payloadBytes: 0, finish: () => ({ type: 'free' }) };
    case DRR_END:
      return { payloadBytes: 0, finish: () => ({ type: 'end' }) };
    default:
      return { payloadBytes: 0, finish: () => ({ type: 'other' }) };
  }
}

/** Cuts a stream into records, however it is cut into chunks. Nothing may be read after a record of type `other`. */
export class SendRecordReader {
  #head: Head | undefined;
  #buffered: Buffer[] = [];
  #bufferedBytes = 0;
  #missingBytes = RECORD_BYTES;

  /** @throws {SendStreamError} */
  *push(chunk: Buffer): Generator<SendRecord, void, undefined> {
    let rest = chunk;
    while (rest.length > 0) {
      const part = rest.subarray(0, this.#missingBytes);
      rest = rest.subarray(part.length);
      this.#missingBytes -= part.length;
      if (this.#head === undefined || this.#head.payloadBytes <= PAYLOAD_BYTES_KEPT_MAX) {
        this.#buffered.push(part);
        this.#bufferedBytes += part.length;
      }
      if (this.#missingBytes === 0) yield* this.#complete();
    }
  }

  *#complete(): Generator<SendRecord, void, undefined> {
    const whole = Buffer.concat(this.#buffered, this.#bufferedBytes);
    this.#buffered = [];
    this.#bufferedBytes = 0;
    let payload: Buffer | undefined = whole;
    if (this.#head === undefined) {
      this.#head = readHead(whole);
      this.#missingBytes = this.#head.payloadBytes;
      if (this.#missingBytes > 0) return;
      payload = Buffer.alloc(0);
    }
    const head = this.#head;
    this.#head = undefined;
    this.#missingBytes = RECORD_BYTES;
    yield head.finish(head.payloadBytes <= PAYLOAD_BYTES_KEPT_MAX ? payload : undefined);
  }
}
