import { neighbourhood } from './transport-addresses.ts';

/** At most one report for each address in a while, which stands for all those that came meanwhile. */
export class Throttle<T> {
  readonly #report: (said: T, times: number) => void;
  readonly #everyMs: number;
  readonly #addressesMax: number;
  readonly #addresses = new Map<string, { times: number; last: T; timer: NodeJS.Timeout }>();

  constructor(report: (said: T, times: number) => void, everyMs = 60_000, addressesMax = 1024) {
    this.#report = report;
    this.#everyMs = everyMs;
    this.#addressesMax = addressesMax;
  }

  say(address: string, said: T): void {
    const own = neighbourhood(address);
    // Addresses cost a flooder nothing and us memory: those beyond the limit share one report.
    const key = this.#addresses.has(own) || this.#addresses.size < this.#addressesMax ? own : 'others';
    const known = this.#addresses.get(key);
    if (known !== undefined) {
      known.times += 1;
      known.last = said;
      return;
    }
    const timer = setInterval(() => {
      this.#flush(key);
    }, this.#everyMs);
    timer.unref();
    this.#addresses.set(key, { times: 0, last: said, timer });
    this.#report(said, 1);
  }

  /** Says what was held back. */
  close(): void {
    for (const key of [...this.#addresses.keys()]) {
      this.#flush(key);
      clearInterval(this.#addresses.get(key)?.timer);
      this.#addresses.delete(key);
    }
  }

  #flush(key: string): void {
    const known = this.#addresses.get(key);
    if (known === undefined) return;
    const { times, last, timer } = known;
    known.times = 0;
    if (times > 0) {
      this.#report(last, times);
    } else {
      clearInterval(timer);
      this.#addresses.delete(key);
    }
  }
}
