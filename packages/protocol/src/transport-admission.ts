/** How many may connect at once. */
import { neighbourhood } from './transport-addresses.ts';

export interface AdmissionOptions {
  /** Places in all. */
  readonly max?: number | undefined;
  /** Places for one IPv4 address, or one /64 of IPv6. */
  readonly perAddressMax?: number | undefined;
}

/** Places that are taken and left: so many in all, so many for each address. */
export class Admission {
  readonly #max: number;
  readonly #perAddressMax: number;
  readonly #taken = new Map<string, number>();
  #takenInAll = 0;

  constructor({ max = Number.POSITIVE_INFINITY, perAddressMax = Number.POSITIVE_INFINITY }: AdmissionOptions) {
    this.#max = max;
    this.#perAddressMax = perAddressMax;
  }

  /** Which places are all taken; undefined if there is one for this address. */
  full(address: string): 'all' | 'address' | undefined {
    if ((this.#taken.get(neighbourhood(address)) ?? 0) >= this.#perAddressMax) return 'address';
    return this.#takenInAll >= this.#max ? 'all' : undefined;
  }

  /** Takes a place. Returns how to leave it, which may be called more than once; undefined if there was none. */
  enter(address: string): (() => void) | undefined {
    if (this.full(address) !== undefined) return undefined;
    const key = neighbourhood(address);
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
    this.#takenInAll += 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#takenInAll -= 1;
      const left = (this.#taken.get(key) ?? 1) - 1;
      if (left === 0) this.#taken.delete(key);
      else this.#taken.set(key, left);
    };
  }
}

interface Waiting {
  readonly address: string;
  readonly begin: () => void;
}

interface Inside {
  readonly sinceMs: number;
  readonly hurry: () => void;
}

/**
 * Connections whose handshake is not finished. Those for which there is no place stand in line instead of being refused,
 * as a sender opens all its connections at the same moment; and while somebody stands in line for a place, whoever has
 * had one for longer than an honest handshake takes must give it up.
 */
export class Strangers {
  readonly #admission: Admission;
  readonly #patienceMs: number;
  readonly #line = new Set<Waiting>();
  readonly #inside = new Set<Inside>();
  #timer: NodeJS.Timeout | undefined;

  /** @param patienceMs how long one may take while others wait */
  constructor(options: AdmissionOptions & { readonly patienceMs: number }) {
    this.#admission = new Admission(options);
    this.#patienceMs = options.patienceMs;
  }

  /**
   * @param begin is called once there is a place, maybe at once
   * @param hurry is called when others wait and it has taken too long; it MUST leave then
   * @returns how to leave the place or the line, which may be called more than once
   */
  add(address: string, begin: () => void, hurry: () => void): () => void {
    let leave: (() => void) | undefined;
    const waiting: Waiting = {
      address,
      begin: () => {
        const leavePlace = this.#admission.enter(address);
        if (leavePlace === undefined) return;
        const inside: Inside = { sinceMs: performance.now(), hurry };
        leave = () => {
          if (!this.#inside.delete(inside)) return;
          leavePlace();
          this.#next();
        };
        this.#line.delete(waiting);
        this.#inside.add(inside);
        begin();
      },
    };
    this.#line.add(waiting);
    this.#next();
    return () => {
      this.#line.delete(waiting);
      leave?.();
    };
  }

  #next(): void {
    let wanted = false;
    for (const waiting of this.#line) {
      const full = this.#admission.full(waiting.address);
      if (full === undefined) waiting.begin();
      else wanted ||= full === 'all';
    }
    clearTimeout(this.#timer);
    const [oldest] = this.#inside;
    if (!wanted || oldest === undefined) return;
    const leftMs = oldest.sinceMs + this.#patienceMs - performance.now();
    this.#timer = setTimeout(() => {
      oldest.hurry();
      this.#next();
    }, leftMs);
    this.#timer.unref();
  }
}
