/** Writes a send stream: checksums, few large writes, and a limited rate if asked for. */
import type { Context } from '../context.ts';
import { sleep, writeAll } from '../context.ts';
import { createHash } from '../hash.ts';
import { CHECKSUM_OFFSET, encodeEnd } from './record.ts';

const FLUSH_BYTES = 131_072;

export class StreamWriter {
  /** Bytes of the stream so far. */
  bytes = 0;
  readonly #context: Context;
  readonly #rate: number;
  readonly #started = Date.now();
  /** Called after each write; may report progress. */
  readonly #progress: (bytes: number) => void;
  #hash = createHash('sha256');
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  constructor(context: Context, progress: (bytes: number) => void) {
    this.#context = context;
    this.#rate = Number(context.env['ZFSYNC_SIM_RATE'] ?? 0);
    this.#progress = progress;
  }

  /** A BEGIN record starts the checksum anew. */
  begin(record: Buffer, payload: Buffer): void {
    this.#hash = createHash('sha256');
    this.#hash.update(record);
    this.#hash.update(payload);
    this.#push(record);
    this.#push(payload);
  }

  record(record: Buffer, payload?: Buffer): void {
    this.#hash.update(record.subarray(0, CHECKSUM_OFFSET));
    this.#hash.copy().digest().copy(record, CHECKSUM_OFFSET);
    this.#hash.update(record.subarray(CHECKSUM_OFFSET));
    this.#push(record);
    if (payload === undefined) return;
    this.#hash.update(payload);
    this.#push(payload);
  }

  end(toGuid: bigint): void {
    this.record(encodeEnd(toGuid, this.#hash.copy().digest()));
  }

  /** The last record of a package has no checksum. */
  endPackage(): void {
    this.#push(encodeEnd(0n));
    this.flush();
  }

  flush(): void {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    if (bytes.length === 0) return;
    writeAll(this.#context.stdout, bytes);
    this.bytes += bytes.length;
    this.#progress(this.bytes);
    if (this.#rate > 0) {
      const early = (this.bytes / this.#rate) * 1000 - (Date.now() - this.#started);
      if (early > 0) sleep(early);
    }
  }

  #push(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= FLUSH_BYTES) this.flush();
  }
}
