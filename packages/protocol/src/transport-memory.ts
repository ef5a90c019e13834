/** A transport within one process, with the backpressure and the half-closes of a real one. */
import { ConnectionError } from './errors.ts';
import type { Transport, TransportHandlers } from './transport.ts';

export interface MemoryTransportOptions {
  /** Bytes that each direction holds before `write` says stop. */
  readonly capacityBytes?: number;
}

/** Two connected ends. */
export function memoryTransportPair(options: MemoryTransportOptions = {}): [Transport, Transport] {
  const capacityBytes = options.capacityBytes ?? 64 * 1024;
  const left = new MemoryTransport('memory:left', capacityBytes);
  const right = new MemoryTransport('memory:right', capacityBytes);
  left.join(right);
  right.join(left);
  return [left, right];
}

class MemoryTransport implements Transport {
  /** The other end's name. */
  peer = 'memory';
  readonly #name: string;
  readonly #capacityBytes: number;
  #other: MemoryTransport | undefined;
  #handlers: TransportHandlers | undefined;
  /** What the other end wrote and this end has not taken yet. */
  readonly #inbound: Uint8Array[] = [];
  #inboundBytes = 0;
  #paused = false;
  #deliveryDue = false;
  #inboundEnd: 'open' | 'queued' | 'delivered' = 'open';
  #ended = false;
  #needDrain = false;
  #closed = false;
  #closeError: Error | undefined;
  #closeDue = false;

  constructor(name: string, capacityBytes: number) {
    this.#name = name;
    this.#capacityBytes = capacityBytes;
  }

  join(other: MemoryTransport): void {
    this.#other = other;
    this.peer = other.#name;
  }

  start(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    this.#deliverSoon();
    if (this.#closed) this.#reportClose();
  }

  write(chunks: readonly Uint8Array[]): boolean {
    const other = this.#other;
    if (this.#closed || this.#ended || other === undefined) return false;
    for (const chunk of chunks) {
      if (chunk.length === 0) continue;
      other.#inbound.push(chunk);
      other.#inboundBytes += chunk.length;
    }
    other.#deliverSoon();
    if (other.#inboundBytes >= this.#capacityBytes) this.#needDrain = true;
    return !this.#needDrain;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#deliverSoon();
  }

  end(): void {
    const other = this.#other;
    if (this.#closed || this.#ended || other === undefined) return;
    this.#ended = true;
    other.#inboundEnd = 'queued';
    other.#deliverSoon();
  }

  destroy(error?: Error): void {
    if (this.#closed) return;
    this.#close(error);
    const other = this.#other;
    if (other === undefined) return;
    other.#close(new ConnectionError(`the connection to ${other.peer} was reset`, { code: 'CONNECTION_RESET' }));
  }

  #deliverSoon(): void {
    if (this.#deliveryDue || this.#paused || this.#closed || this.#handlers === undefined) return;
    this.#deliveryDue = true;
    setImmediate(() => {
      this.#deliveryDue = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    const writer = this.#other;
    while (!this.#paused && !this.#closed) {
      const chunk = this.#inbound.shift();
      if (chunk === undefined) break;
      this.#inboundBytes -= chunk.length;
      this.#handlers?.onData(chunk);
    }
    if (this.#closed) return;
    if (this.#inboundBytes === 0 && writer !== undefined && writer.#needDrain) {
      writer.#needDrain = false;
      writer.#handlers?.onDrain();
    }
    if (this.#inboundBytes === 0 && this.#inboundEnd === 'queued' && !this.#paused) {
      this.#inboundEnd = 'delivered';
      this.#handlers?.onEnd();
      this.#closeWhenDone();
    }
  }

  /** In good order once both directions have ended and everything was delivered. */
  #closeWhenDone(): void {
    const other = this.#other;
    if (other === undefined || this.#inboundEnd !== 'delivered' || other.#inboundEnd !== 'delivered') return;
    this.#close(undefined);
    other.#close(undefined);
  }

  #close(error: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closeError = error;
    this.#inbound.length = 0;
    this.#inboundBytes = 0;
    this.#reportClose();
  }

  #reportClose(): void {
    if (this.#closeDue || this.#handlers === undefined) return;
    this.#closeDue = true;
    setImmediate(() => this.#handlers?.onClose(this.#closeError));
  }
}
