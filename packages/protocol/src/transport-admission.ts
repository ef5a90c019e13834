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

/**
 * Who gives way when there is no room for one more: the oldest of the address (see {@link neighbourhood}) that has the
 * most, the newcomer counted with its own. So nobody takes the room of others by coming again and again.
 *
 * @param others in the order in which they came
 * @param ofWhom tells whose each of them is
 * @param newcomer whose the one more is
 */
export function crowdedOut<T>(others: ReadonlySet<T>, ofWhom: (other: T) => string, newcomer: string): T | undefined {
  const counts = new Map([[newcomer, 1]]);
  for (const other of others) counts.set(ofWhom(other), (counts.get(ofWhom(other)) ?? 0) + 1);
  let [found, most]: [T | undefined, number] = [undefined, 0];
  for (const other of others) {
    const count = counts.get(ofWhom(other)) ?? 0;
    if (count > most) [found, most] = [other, count];
  }
  return found;
}

/** A connection whose handshake is not finished. */
interface Stranger {
  /** See {@link neighbourhood}. */
  readonly from: string;
  readonly begin: () => void;
  readonly dismiss: (why: Dismissal) => void;
  /** When its handshake began; undefined while it stands in line. */
  sinceMs: number | undefined;
}

/** It has taken too long while others wait; or there are too many, and its address has the most of them. */
export type Dismissal = 'slow' | 'crowded-out';

export interface StrangersOptions {
  /** Handshakes at once. */
  readonly max: number;
  /** Handshakes at once of one IPv4 address, or one /64 of IPv6. */
  readonly perAddressMax: number;
  /** Handshakes and those in line together. */
  readonly unfinishedMax: number;
  /** How long a handshake may take while others wait. */
  readonly patienceMs: number;
}

/**
 * Connections whose handshake is not finished. Those for which there is no place stand in line instead of being refused,
 * as a sender opens all its connections at the same moment; and while somebody stands in line for a place, whoever has
 * had one for longer than an honest handshake takes must give it up. A free place goes to the address that has the
 * fewest.
 */
export class Strangers {
  readonly #options: StrangersOptions;
  /** In the order in which they came. */
  readonly #all = new Set<Stranger>();
  /** Handshakes of each address. */
  readonly #inside = new Map<string, number>();
  #insideInAll = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StrangersOptions) {
    this.#options = options;
  }

  /**
   * @param begin is called once there is a place, maybe at once
   * @param dismiss is called when it must go; it MUST leave then
   * @returns how to leave the place or the line, which may be called more than once
   */
  add(address: string, begin: () => void, dismiss: (why: Dismissal) => void): () => void {
    const from = neighbourhood(address);
    while (this.#all.size >= this.#options.unfinishedMax) {
      const other = crowdedOut(this.#all, (each) => each.from, from);
      if (other === undefined) break;
      this.#remove(other);
      other.dismiss('crowded-out');
    }
    const stranger: Stranger = { from, begin, dismiss, sinceMs: undefined };
    this.#all.add(stranger);
    this.#next();
    return () => {
      if (this.#remove(stranger)) this.#next();
    };
  }

  #remove(stranger: Stranger): boolean {
    const { from, sinceMs } = stranger;
    const wasThere = this.#all.delete(stranger);
    if (wasThere && sinceMs !== undefined) {
      this.#insideInAll -= 1;
      const left = this.#insideOf(from) - 1;
      if (left === 0) this.#inside.delete(from);
      else this.#inside.set(from, left);
    }
    return wasThere;
  }

  #insideOf(from: string): number {
    return this.#inside.get(from) ?? 0;
  }

  #next(): void {
    for (let next = this.#nextInLine(); next !== undefined; next = this.#nextInLine()) {
      next.sinceMs = performance.now();
      this.#insideInAll += 1;
      this.#inside.set(next.from, this.#insideOf(next.from) + 1);
      next.begin();
    }
    clearTimeout(this.#timer);
    const slowest = this.#oldestInTheWay();
    if (slowest?.sinceMs === undefined) return;
    const leftMs = slowest.sinceMs + this.#options.patienceMs - performance.now();
    this.#timer = setTimeout(() => {
      slowest.dismiss('slow');
      this.#next();
    }, leftMs);
    this.#timer.unref();
  }

  #nextInLine(): Stranger | undefined {
    const { max, perAddressMax } = this.#options;
    if (this.#insideInAll >= max) return undefined;
    let [found, fewest]: [Stranger | undefined, number] = [undefined, perAddressMax];
    for (const stranger of this.#all) {
      if (stranger.sinceMs !== undefined || this.#insideOf(stranger.from) >= fewest) continue;
      [found, fewest] = [stranger, this.#insideOf(stranger.from)];
    }
    return found;
  }

  /** Whose place would help somebody in line: any; where an address has all that it may have, one of its own. */
  #oldestInTheWay(): Stranger | undefined {
    const { perAddressMax } = this.#options;
    const crowded = new Set<string>();
    let all = false;
    for (const { from, sinceMs } of this.#all) {
      if (sinceMs !== undefined) continue;
      if (this.#insideOf(from) >= perAddressMax) crowded.add(from);
      else all = true;
    }
    let [oldest, oldestMs]: [Stranger | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
    for (const stranger of this.#all) {
      const { from, sinceMs = oldestMs } = stranger;
      if (sinceMs < oldestMs && (all || crowded.has(from))) [oldest, oldestMs] = [stranger, sinceMs];
    }
    return oldest;
  }
}
