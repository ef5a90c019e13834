import { createHash, type Hash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { Failure, StreamEnd, StreamFailed } from './message.ts';

export interface ReceiveStreamOptions {
  /** Bytes that have just come in, also those that the sink does not take any more. */
  readonly onBytes?: (bytes: number) => void;
}

export type ReceivedStream =
  | { readonly kind: 'end'; readonly bytes: bigint }
  | {
      readonly kind: 'failed';
      readonly bytes: bigint;
      readonly side: 'source' | 'sink' | 'wire';
      readonly failure: Failure;
    };

/** A stream on its way in: from the connection to the sink, at the pace of the sink. */
export class IncomingStream {
  readonly result: Promise<ReceivedStream>;
  readonly #sink: Writable;
  readonly #options: ReceiveStreamOptions;
  readonly #onUnblocked: () => void;
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0n;
  #blocked = false;
  /** The sink takes nothing more: what comes is read and thrown away, so that the trailer can be reached. */
  #discarding = false;
  #resolve!: (received: ReceivedStream) => void;
  #reject!: (error: Error) => void;

  constructor(sink: Writable, options: ReceiveStreamOptions, onUnblocked: () => void) {
    this.#sink = sink;
    this.#options = options;
    this.#onUnblocked = onUnblocked;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#discarding = sink.destroyed || sink.writableEnded || sink.errored !== null;
    // The error listener stays for good: a pipe may break after the last byte was handed over, and the sink's owner
    // learns of it from the process behind it.
    sink.on('error', this.#onGone);
    sink.on('close', this.#onGone);
    sink.on('drain', this.#onDrain);
  }

  /** The sink is full: the transport must not read. */
  get blocked(): boolean {
    return this.#blocked;
  }

  data(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#bytes += BigInt(chunk.length);
    if (!this.#discarding && !this.#sink.write(chunk)) this.#blocked = true;
    this.#options.onBytes?.(chunk.length);
  }

  trailer(message: StreamEnd | StreamFailed): void {
    this.#detach();
    const bytes = this.#bytes;
    if (message.type === 'stream-failed') {
      this.#resolve({ kind: 'failed', bytes, side: message.side, failure: message.failure });
      return;
    }
    const digest = this.#hash.digest();
    if (message.bytes === bytes && digest.equals(message.digest)) {
      this.#resolve({ kind: 'end', bytes });
      return;
    }
    const what = message.bytes === bytes ? 'have another digest' : `are ${message.bytes} by count of the sender`;
    const failure: Failure = {
      code: 'STREAM_DIGEST_MISMATCH',
      retry: 'reconnect',
      message: `the stream was changed on the wire: the ${bytes} bytes received ${what}`,
      detail: '',
    };
    this.#resolve({ kind: 'failed', bytes, side: 'wire', failure });
  }

  fail(error: Error): void {
    this.#detach();
    this.#reject(error);
  }

  #detach(): void {
    this.#blocked = false;
    this.#sink.off('close', this.#onGone);
    this.#sink.off('drain', this.#onDrain);
  }

  readonly #onDrain = (): void => {
    this.#blocked = false;
    this.#onUnblocked();
  };

  readonly #onGone = (): void => {
    this.#discarding = true;
    this.#onDrain();
  };
}
