/**
 * A bidirectional, ordered, reliable stream of bytes between two peers, with backpressure. `testing/transport-suite.ts`
 * is the conformance suite that every implementation passes.
 */
export interface TransportHandlers {
  /** Bytes from the peer; only between `start` and the end, and never while paused (but for one chunk under way). */
  onData(chunk: Uint8Array): void;
  /** After a `write` that returned false: there is room again. */
  onDrain(): void;
  /** The peer will send nothing more; this side may still write. At most once. */
  onEnd(): void;
  /** Last call, exactly once. `error` is a `ConnectionError`, absent after a close in good order. */
  onClose(error?: Error): void;
}

export interface Transport {
  /** The peer's address for messages and logs, such as `192.0.2.7:50514`. */
  readonly peer: string;
  /** Attaches the handlers and begins to read. Exactly once. */
  start(handlers: TransportHandlers): void;
  /**
   * Queues the chunks as one gather write. False = stop writing until `onDrain`. MUST NOT be called after `end` or
   * `destroy`; the chunks MUST NOT be changed afterwards.
   */
  write(chunks: readonly Uint8Array[]): boolean;
  pause(): void;
  resume(): void;
  /** Half-close: flushes what is queued, then tells the peer that nothing more comes. Idempotent. */
  end(): void;
  /**
   * Closes at once in both directions and discards what is queued. The peer sees a reset, or an end if something was
   * still queued or `end` came before. Idempotent.
   */
  destroy(error?: Error): void;
}
