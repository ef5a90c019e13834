/**
 * The line between a sender and a receiver, over which all connections of a session go: it counts what passes, and
 * breaks at a byte of the whole session, whichever connection carries it.
 */
import { ConnectionError, type Transport, type TransportHandlers } from '@zfsync/protocol';
import type { Dial } from '@zfsync/sender';

/** As the sender sees it. */
export type Direction = 'outbound' | 'inbound';

export interface LineFault {
  readonly direction: Direction;
  /** Bytes of that direction that still pass, over all connections together. */
  readonly afterBytes: number;
  /**
   * `cut`: all connections break, as by a reset. `stall`: nothing more passes in that direction, and the connections stay
   * up. Either way no new connection can be made until the line is {@link FaultyLine.repair}ed.
   */
  readonly kind: 'cut' | 'stall';
}

export class FaultyLine {
  readonly passed: Record<Direction, number> = { outbound: 0, inbound: 0 };
  #fault: LineFault | undefined;
  readonly #open = new Set<Transport>();
  #broken = false;

  constructor(fault?: LineFault) {
    this.#fault = fault;
  }

  /** The fault has occurred. */
  get broken(): boolean {
    return this.#broken;
  }

  repair(): void {
    this.#fault = undefined;
    this.#broken = false;
  }

  /** For `SendOptions.dial`. */
  readonly wrap = (dial: Dial): Dial => {
    return async (signal) => {
      const inner = await dial(signal);
      if (this.#broken) {
        inner.destroy();
        throw new ConnectionError('the line is broken', { code: 'CONNECT_UNREACHABLE' });
      }
      this.#open.add(inner);
      return new LineTransport(inner, this, () => this.#open.delete(inner));
    };
  };

  blocks(direction: Direction): boolean {
    return (
      this.#broken && this.#fault !== undefined && (this.#fault.kind === 'cut' || this.#fault.direction === direction)
    );
  }

  /** What of the chunk passes. */
  pass(direction: Direction, chunk: Uint8Array): Uint8Array {
    if (this.blocks(direction)) return chunk.subarray(0, 0);
    const fault = this.#fault?.direction === direction ? this.#fault : undefined;
    const left = (fault?.afterBytes ?? Infinity) - this.passed[direction];
    const passing = chunk.subarray(0, Math.min(chunk.length, left));
    this.passed[direction] += passing.length;
    if (passing.length >= left) this.#break();
    return passing;
  }

  #break(): void {
    this.#broken = true;
    if (this.#fault?.kind !== 'cut') return;
    // By way of the event loop, as a reset would come.
    setImmediate(() => {
      for (const transport of this.#open) {
        const message = `the connection to ${transport.peer} broke: it was cut`;
        transport.destroy(new ConnectionError(message, { code: 'CONNECTION_RESET' }));
      }
    });
  }
}

class LineTransport implements Transport {
  readonly peer: string;
  readonly #inner: Transport;
  readonly #line: FaultyLine;
  readonly #onClose: () => void;

  constructor(inner: Transport, line: FaultyLine, onClose: () => void) {
    this.peer = inner.peer;
    this.#inner = inner;
    this.#line = line;
    this.#onClose = onClose;
  }

  start(handlers: TransportHandlers): void {
    this.#inner.start({
      onData: (chunk) => {
        const passing = this.#line.pass('inbound', chunk);
        if (this.#line.blocks('inbound')) this.#inner.pause();
        if (passing.length > 0) handlers.onData(passing);
      },
      onDrain: () => {
        if (!this.#line.blocks('outbound')) handlers.onDrain();
      },
      onEnd: () => {
        if (!this.#line.blocks('inbound')) handlers.onEnd();
      },
      onClose: (error) => {
        this.#onClose();
        handlers.onClose(error);
      },
    });
  }

  write(chunks: readonly Uint8Array[]): boolean {
    const passing = chunks.map((chunk) => this.#line.pass('outbound', chunk)).filter((chunk) => chunk.length > 0);
    const room = passing.length === 0 || this.#inner.write(passing);
    return room && !this.#line.blocks('outbound');
  }

  pause(): void {
    this.#inner.pause();
  }

  resume(): void {
    if (!this.#line.blocks('inbound')) this.#inner.resume();
  }

  end(): void {
    if (!this.#line.blocks('outbound')) this.#inner.end();
  }

  destroy(error?: Error): void {
    this.#inner.destroy(error);
  }
}
