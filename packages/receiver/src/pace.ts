export interface PaceOptions {
  readonly slowBytesPerSecond: number;
  /** How far behind it can fall at most: what it did long ago says little of how it goes on. */
  readonly behindMsMax: number;
  /** Milliseconds, never going back. */
  readonly now: () => number;
}

/**
 * How far a peer has fallen behind a rate, in milliseconds. Only the time counts in which it was waited for: that zfs takes
 * its time is none of the peer's fault. What it brought faster is not saved up.
 */
export class Pace {
  readonly #options: PaceOptions;
  #behindMs = 0;
  #waitingSince: number | undefined;
  #begunAt: number | undefined;
  #headCame = false;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  get behindMs(): number {
    this.#settle();
    return this.#behindMs;
  }

  /** For how long the head of the stream has been waited for. */
  get headlessMs(): number {
    return this.#headCame || this.#begunAt === undefined ? 0 : this.#options.now() - this.#begunAt;
  }

  /** It is the peer's turn. */
  get isWaiting(): boolean {
    return this.#waitingSince !== undefined;
  }

  /** From now on the peer is waited for. */
  waiting(): void {
    const now = this.#options.now();
    this.#begunAt ??= now;
    this.#waitingSince ??= now;
  }

  /** It has sent so many bytes, and is not waited for while they are worked on. */
  working(bytes: number): void {
    this.#settle();
    this.#waitingSince = undefined;
    this.#behindMs = Math.max(0, this.#behindMs - (bytes * 1000) / this.#options.slowBytesPerSecond);
  }

  /** Of the stream enough has come to begin. */
  headCame(): void {
    this.#headCame = true;
  }

  #settle(): void {
    if (this.#waitingSince === undefined) return;
    const now = this.#options.now();
    this.#behindMs = Math.min(this.#options.behindMsMax, this.#behindMs + now - this.#waitingSince);
    this.#waitingSince = now;
  }
}
