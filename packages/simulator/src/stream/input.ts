/** Reads a send stream record by record and checks each record's checksum of all that came before it. */
import type { Context } from '../context.ts';
import { readFully, sleep } from '../context.ts';
import { createHash } from '../hash.ts';
import { CHECKSUM_OFFSET, decodeObject, decodeWrite, padded, RECORD, RECORD_BYTES } from './record.ts';

/** The largest block of OpenZFS: no payload may be longer. */
const PAYLOAD_BYTES_MAX = 16_777_216;

export type InputProblem = 'truncated' | 'checksum';

/** The stream ends early, or is not what its checksums say. */
export class InputError extends Error {
  readonly problem: InputProblem;

  static {
    this.prototype.name = 'InputError';
  }

  constructor(problem: InputProblem) {
    super(problem);
    this.problem = problem;
  }
}

export interface InputRecord {
  readonly type: number;
  readonly record: Buffer;
  readonly payload: Buffer;
}

export class StreamInput {
  /** Bytes read so far, of all streams of a package. */
  bytes = 0;
  readonly #context: Context;
  readonly #rate: number;
  readonly #started = Date.now();
  #hash = createHash('sha256');

  constructor(context: Context) {
    this.#context = context;
    this.#rate = Number(context.env['ZFSYNC_SIM_RATE'] ?? 0);
  }

  /** 312 bytes that should be a BEGIN record; undefined when there are not as many. */
  first(): Buffer | undefined {
    const record = this.#read(RECORD_BYTES);
    this.#hash = createHash('sha256');
    if (record) this.#hash.update(record);
    return record;
  }

  /** The payload of a BEGIN record. @throws {InputError} */
  payload(bytes: number): Buffer {
    if (bytes > PAYLOAD_BYTES_MAX) throw new InputError('checksum');
    const payload = this.#read(bytes);
    if (!payload) throw new InputError('truncated');
    this.#hash.update(payload);
    return payload;
  }

  /** The next record; what it says is sure only when the one after it has been read. @throws {InputError} */
  next(): InputRecord {
    const record = this.#read(RECORD_BYTES);
    if (!record) throw new InputError('truncated');
    this.#hash.update(record.subarray(0, CHECKSUM_OFFSET));
    const checksum = this.#hash.copy().digest();
    if (Buffer.compare(checksum, record.subarray(CHECKSUM_OFFSET)) !== 0) throw new InputError('checksum');
    this.#hash.update(record.subarray(CHECKSUM_OFFSET));
    const type = record.readUInt32LE(0);
    if (type >= RECORD.types) throw new InputError('checksum');
    return { type, record, payload: this.payload(payloadBytes(type, record)) };
  }

  #read(bytes: number): Buffer | undefined {
    const buffer = Buffer.allocUnsafe(bytes);
    const count = bytes === 0 ? 0 : readFully(this.#context.stdin, buffer);
    this.bytes += count;
    if (this.#rate > 0) {
      const early = (this.bytes / this.#rate) * 1000 - (Date.now() - this.#started);
      if (early > 0) sleep(early);
    }
    return count === bytes ? buffer : undefined;
  }
}

function payloadBytes(type: number, record: Buffer): number {
  if (type === RECORD.object) return padded(decodeObject(record).bonusBytes);
  if (type === RECORD.write) return decodeWrite(record).payloadBytes;
  return 0;
}
