import { createHash, type Hash } from 'node:crypto';
import { finished, type Readable } from 'node:stream';
import { AbortedError } from '@zfsync/zfs';
import { dataPayloadBytesMax } from './limits.ts';

export interface SendStreamOptions {
  readonly signal?: AbortSignal;
  /** Bytes that have just gone out. */
  readonly onBytes?: (bytes: number) => void;
}

export interface SentStream {
  readonly bytes: bigint;
  /** SHA-256. */
  readonly digest: Uint8Array;
}

/** A stream on its way out: from the source in DATA frames to the connection, at the pace of the connection. */
export class OutgoingStream {
  readonly result: Promise<SentStream>;
  readonly #source: Readable;
  readonly #write: (chunk: Uint8Array) => boolean;
  readonly #options: SendStreamOptions;
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0n;
  #settled = false;
  #resolve!: (sent: SentStream) => void;
  #reject!: (error: Error) => void;

  /** `write` takes the payload of one DATA frame; false = wait for {@link drained}. It may throw. */
  constructor(source: Readable, write: (chunk: Uint8Array) => boolean, options: SendStreamOptions) {
    this.#source = source;
    this.#write = write;
    this.#options = options;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    if (options.signal?.aborted === true) {
      this.#onAbort();
      return;
    }
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    // Also says so when the source had ended or was destroyed before; its error listener stays on purpose.
    finished(source, { writable: false }, (error) => {
      if (error) this.fail(error);
      else this.#end();
    });
    source.on('data', this.#onData);
  }

  drained(): void {
    if (!this.#settled) this.#source.resume();
  }

  /** Leaves the source paused; it is the caller's to end. */
  fail(error: Error): void {
    if (this.#settle()) this.#reject(error);
  }

  #end(): void {
    if (this.#settle()) this.#resolve({ bytes: this.#bytes, digest: Uint8Array.from(this.#hash.digest()) });
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#source.off('data', this.#onData);
    this.#source.pause();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    return true;
  }

  readonly #onAbort = (): void => {
    this.fail(new AbortedError('sending the stream was called off', { cause: this.#options.signal?.reason }));
  };

  readonly #onData = (chunk: Uint8Array): void => {
    let room = true;
    try {
      for (let offset = 0; offset < chunk.length; offset += dataPayloadBytesMax) {
        room = this.#write(chunk.subarray(offset, offset + dataPayloadBytesMax));
      }
    } catch (error) {
      this.fail(error instanceof Error ? error : new TypeError(String(error)));
      return;
    }
    if (!room) this.#source.pause();
    this.#hash.update(chunk);
    this.#bytes += BigInt(chunk.length);
    this.#options.onBytes?.(chunk.length);
  };
}
