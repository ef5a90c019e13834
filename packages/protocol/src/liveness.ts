/**
 * When to send a heartbeat, and when the peer is dead. Counts ticks of a timer instead of reading a clock: a process
 * that was stopped for an hour finds one tick gone by, not an hour of silence, and reads what has come meanwhile.
 */
export class Liveness {
  readonly #heartbeatTicks: number;
  readonly #silenceTicks: number;
  #sinceWrote = 0;
  #sinceHeard = 0;
  /** We do not read: what we do not hear is not the peer's silence. */
  paused = false;

  constructor(options: {
    readonly tickMs: number;
    readonly heartbeatIntervalMs: number;
    readonly peerSilenceMsMax: number;
  }) {
    this.#heartbeatTicks = Math.max(1, Math.round(options.heartbeatIntervalMs / options.tickMs));
    this.#silenceTicks = Math.max(1, Math.round(options.peerSilenceMsMax / options.tickMs));
  }

  wrote(): void {
    this.#sinceWrote = 0;
  }

  heard(): void {
    this.#sinceHeard = 0;
  }

  tick(): { readonly heartbeatDue: boolean; readonly peerSilent: boolean } {
    this.#sinceWrote += 1;
    this.#sinceHeard = this.paused ? 0 : this.#sinceHeard + 1;
    return {
      heartbeatDue: this.#sinceWrote >= this.#heartbeatTicks,
      peerSilent: this.#sinceHeard > this.#silenceTicks,
    };
  }
}
