export interface LivenessOptions {
  readonly heartbeatIntervalMs: number;
  readonly peerSilenceMsMax: number;
  readonly frameMsMax: number;
}

/**
 * When to send a heartbeat, and when the peer is dead. Counts ticks of a timer instead of reading a clock: a process
 * that was stopped for an hour finds one tick gone by, not an hour of silence, and reads what has come meanwhile.
 */
export class Liveness {
  /** The timer's interval. */
  readonly tickMs: number;
  readonly #options: LivenessOptions;
  #sinceWroteMs = 0;
  #sinceHeardMs = 0;
  #frame: number | undefined;
  #inFrameMs = 0;
  /** We do not read: what we do not hear is not the peer's silence. */
  paused = false;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.tickMs = Math.min(options.heartbeatIntervalMs, options.peerSilenceMsMax, options.frameMsMax) / 2;
  }

  wrote(): void {
    this.#sinceWroteMs = 0;
  }

  heard(): void {
    this.#sinceHeardMs = 0;
  }

  /** `frame` names the peer's frame that is under way, if one is. */
  tick(frame: number | undefined): { readonly heartbeatDue: boolean; readonly peerDead: string | undefined } {
    this.#sinceWroteMs += this.tickMs;
    if (!this.paused) this.#sinceHeardMs += this.tickMs;
    if (frame === undefined || frame !== this.#frame) this.#inFrameMs = 0;
    else if (!this.paused) this.#inFrameMs += this.tickMs;
    this.#frame = frame;
    return { heartbeatDue: this.#sinceWroteMs >= this.#options.heartbeatIntervalMs, peerDead: this.#peerDead() };
  }

  /** In words; undefined while it lives. */
  #peerDead(): string | undefined {
    const { peerSilenceMsMax, frameMsMax } = this.#options;
    // More than, as the first tick may come right after the last byte.
    if (this.#sinceHeardMs > peerSilenceMsMax) return `has been silent for ${peerSilenceMsMax / 1000} s`;
    if (this.#inFrameMs > frameMsMax) return `has not finished a frame within ${frameMsMax / 1000} s`;
    return undefined;
  }
}
