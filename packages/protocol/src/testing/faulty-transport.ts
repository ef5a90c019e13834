import { ConnectionError } from '../errors.ts';
import type { Transport, TransportHandlers } from '../transport.ts';

/** What happens to one direction. Offsets count that direction's bytes from 0. */
export interface FaultPlan {
  /** No chunk is longer than this. */
  readonly splitBytes?: number;
  /** The connection breaks, as by a reset, when so many bytes have passed. */
  readonly cutAfterBytes?: number;
  /** Nothing passes any more when so many bytes have passed; the connection stays up. */
  readonly stallAfterBytes?: number;
  /** Every chunk comes this much later; inbound only. */
  readonly delayMs?: number;
  /** All bits of the byte at this offset are turned over. */
  readonly corruptByteAt?: number;
}

export interface FaultyTransportOptions {
  readonly inbound?: FaultPlan;
  readonly outbound?: FaultPlan;
}

/** The same transport with a bad line. */
export function faultyTransport(transport: Transport, options: FaultyTransportOptions): Transport {
  return new FaultyTransport(transport, options);
}

class FaultyTransport implements Transport {
  readonly peer: string;
  readonly #inner: Transport;
  readonly #inbound: Line;
  readonly #outbound: Line;
  #handlers: TransportHandlers | undefined;
  /** What came in and is not handed on yet, for a pause or a delay. */
  readonly #held: Uint8Array[] = [];
  #endHeld = false;
  #paused = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(inner: Transport, options: FaultyTransportOptions) {
    this.peer = inner.peer;
    this.#inner = inner;
    this.#inbound = new Line(options.inbound ?? {});
    this.#outbound = new Line(options.outbound ?? {});
  }

  start(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    this.#inner.start({
      onData: (chunk) => {
        this.#held.push(...this.#inbound.pass(chunk));
        if (this.#inbound.state !== 'up') this.#inner.pause();
        this.#handOnLater();
      },
      onDrain: () => {
        if (this.#outbound.state === 'up') handlers.onDrain();
      },
      onEnd: () => {
        this.#endHeld = true;
        this.#handOnLater();
      },
      onClose: (error) => {
        clearTimeout(this.#timer);
        handlers.onClose(error);
      },
    });
  }

  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#outbound.state !== 'up') return false;
    const passed = chunks.flatMap((chunk) => this.#outbound.pass(chunk));
    // One write for each piece, so that a transport with boundaries would keep them.
    let room = true;
    for (const piece of passed) room = this.#inner.write([piece]);
    if (this.#outbound.isCut) this.#cut();
    return room && this.#outbound.isUp;
  }

  pause(): void {
    this.#paused = true;
    this.#inner.pause();
  }

  resume(): void {
    this.#paused = false;
    if (this.#inbound.state === 'up') this.#inner.resume();
    this.#handOnLater();
  }

  end(): void {
    if (this.#outbound.state === 'up') this.#inner.end();
  }

  destroy(error?: Error): void {
    clearTimeout(this.#timer);
    this.#inner.destroy(error);
  }

  #handOnLater(): void {
    const { delayMs } = this.#inbound.plan;
    if (delayMs === undefined) this.#handOn();
    else
      this.#timer ??= setTimeout(() => {
        this.#handOn();
      }, delayMs);
  }

  #handOn(): void {
    this.#timer = undefined;
    for (let chunk = this.#held[0]; chunk !== undefined && !this.#paused; chunk = this.#held[0]) {
      this.#held.shift();
      this.#handlers?.onData(chunk);
    }
    if (this.#paused || this.#held.length > 0) return;
    if (this.#inbound.isCut) this.#cut();
    else if (this.#endHeld && this.#inbound.isUp) {
      this.#endHeld = false;
      this.#handlers?.onEnd();
    }
  }

  /** By way of the event loop, as a reset would come. */
  #cut(): void {
    setImmediate(() => {
      this.#inner.destroy(
        new ConnectionError(`the connection to ${this.peer} broke: it was cut`, { code: 'CONNECTION_RESET' }),
      );
    });
  }
}

/** One direction and what has become of it. */
class Line {
  readonly plan: FaultPlan;
  state: 'up' | 'stalled' | 'cut' = 'up';
  #offset = 0;

  constructor(plan: FaultPlan) {
    this.plan = plan;
  }

  get isUp(): boolean {
    return this.state === 'up';
  }

  get isCut(): boolean {
    return this.state === 'cut';
  }

  pass(chunk: Uint8Array): Uint8Array[] {
    const { cutAfterBytes = Infinity, stallAfterBytes = Infinity, corruptByteAt, splitBytes = Infinity } = this.plan;
    if (this.state !== 'up') return [];
    const passedMax = Math.min(cutAfterBytes, stallAfterBytes) - this.#offset;
    let passed = chunk.subarray(0, Math.max(0, passedMax));
    if (passed.length >= passedMax) this.state = cutAfterBytes <= stallAfterBytes ? 'cut' : 'stalled';
    const at = corruptByteAt === undefined ? -1 : corruptByteAt - this.#offset;
    if (at >= 0 && at < passed.length) {
      passed = Uint8Array.from(passed);
      passed[at] = (passed[at] ?? 0) ^ 0xff;
    }
    this.#offset += passed.length;
    const pieces: Uint8Array[] = [];
    for (let start = 0; start < passed.length; start += splitBytes) {
      pieces.push(passed.subarray(start, Math.min(passed.length, start + splitBytes)));
    }
    return pieces;
  }
}
