import { ReplicationError } from '@zfsync/zfs';
import { Pace } from './pace.ts';
import { type Asker, ownerOf } from './principal.ts';

/**
 * The head of a stream must have come so long after the receiver was ready, if somebody waits for the place. `zfs send`
 * writes it at once; before that it may hold snapshots, which takes some seconds of a busy pool.
 */
const HEAD_MS = 30_000;

/** A peer that has no place waits so long before others must give one up: most streams are done by then. */
const WANTED_MS = 60_000;

/** Below this a stream is slow: half of what the slowest line is worth that anybody backs up over. */
const SLOW_BYTES_PER_SECOND = 64 * 1024;

/** So far behind that rate a stream must have fallen: a minute in which nothing came, or more in which little did. */
const BEHIND_MS = 60_000;

/** Nobody is in such a hurry. */
const REVIEW_MS = 1000;

/** In milliseconds. */
export interface PlaceTimes {
  /** Default 30 s: see `HEAD_MS`. */
  readonly headMs?: number | undefined;
  /** Default 60 s: see `WANTED_MS`. */
  readonly wantedMs?: number | undefined;
  /** Default 60 s: see `BEHIND_MS`. */
  readonly behindMs?: number | undefined;
  readonly reviewMs?: number | undefined;
}

export interface StreamPlacesOptions extends PlaceTimes {
  /** Streams at once, over all sessions. */
  readonly max: number;
  /** Milliseconds, never going back. */
  readonly now?: (() => number) | undefined;
}

/** One of the receiver's places, which somebody has. */
export interface Place {
  readonly pace: Pick<Pace, 'waiting' | 'working' | 'headCame'>;
  /** Fires when it must be given up, with a {@link ReplicationError} PLACE_WANTED for a reason. */
  readonly wanted: AbortSignal;
  /** Gives it up before the work is over. */
  leave(): void;
}

interface Held {
  readonly owner: string;
  readonly pace: Pace;
  readonly wanted: AbortController;
}

interface Waiting {
  readonly owner: string;
  /** Places that its owner may have. */
  readonly max: number;
  readonly sinceMs: number;
  readonly enter: (held: Held) => void;
}

/**
 * The receiver's places for streams. A peer that is known by name leaves one to the others, whatever it does with its own;
 * a free one goes to the peer that has the fewest; and while a peer waits that has none, those that hardly move are ended.
 */
export class StreamPlaces {
  readonly #max: number;
  readonly #headMs: number;
  readonly #wantedMs: number;
  readonly #behindMs: number;
  readonly #reviewMs: number;
  readonly #now: () => number;
  /** Both in the order in which they came. */
  readonly #held = new Set<Held>();
  readonly #line = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StreamPlacesOptions) {
    const { max, headMs = HEAD_MS, wantedMs = WANTED_MS, behindMs = BEHIND_MS, reviewMs = REVIEW_MS } = options;
    this.#max = max;
    this.#headMs = headMs;
    this.#wantedMs = wantedMs;
    this.#behindMs = behindMs;
    this.#reviewMs = reviewMs;
    this.#now = options.now ?? (() => performance.now());
  }

  /** How many of them one peer may have at once; undefined: who is not known, and may have all. */
  maxOf(name: string | undefined): number {
    return name === undefined ? this.#max : Math.max(1, this.#max - 1);
  }

  /**
   * Runs the work when there is a place for it.
   *
   * @param signal ends the wait
   * @throws what the work throws, or the reason of the signal
   */
  async admit<T>(asker: Asker, signal: AbortSignal, work: (place: Place) => Promise<T>): Promise<T> {
    const held = await this.#enter(asker, signal);
    const leave = (): void => {
      if (this.#held.delete(held)) this.#next();
    };
    try {
      return await work({ pace: held.pace, wanted: held.wanted.signal, leave });
    } finally {
      leave();
    }
  }

  #enter(asker: Asker, signal: AbortSignal): Promise<Held> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const enter = (held: Held): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(held);
      };
      const max = this.maxOf(asker.name);
      const waiting: Waiting = { owner: ownerOf(asker), max, sinceMs: this.#now(), enter };
      const giveUp = (): void => {
        this.#line.delete(waiting);
        this.#next();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#line.add(waiting);
      this.#next();
    });
  }

  #next(): void {
    for (let next = this.#nextInLine(); next !== undefined; next = this.#nextInLine()) {
      const slowBytesPerSecond = SLOW_BYTES_PER_SECOND;
      // Twice as far as it takes: so that one that is slow differs from one that does nothing.
      const pace = new Pace({ slowBytesPerSecond, behindMsMax: 2 * this.#behindMs, now: this.#now });
      const held = { owner: next.owner, pace, wanted: new AbortController() };
      this.#line.delete(next);
      this.#held.add(held);
      next.enter(held);
    }
    if (this.#line.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else {
      this.#timer ??= setInterval(() => {
        this.review();
      }, this.#reviewMs).unref();
    }
  }

  /** Of those that may have one, the first of the peer that has the fewest. */
  #nextInLine(): Waiting | undefined {
    if (this.#held.size >= this.#max) return undefined;
    const counts = this.#counts();
    let [found, fewest]: [Waiting | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
    for (const waiting of this.#line) {
      const count = counts.get(waiting.owner) ?? 0;
      if (count < Math.min(fewest, waiting.max)) [found, fewest] = [waiting, count];
    }
    return found;
  }

  /** Those that are being ended are not counted as `staying`. */
  #counts(which: 'all' | 'staying' = 'all'): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { owner, wanted } of this.#held) {
      if (which === 'all' || !wanted.signal.aborted) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    return counts;
  }

  /** Ends what hardly moves, one for each peer that waits and has none. Called again and again while anybody waits. */
  review(): void {
    const counts = this.#counts();
    const needy = new Map<string, Waiting>();
    for (const waiting of this.#line) {
      if (!counts.has(waiting.owner) && !needy.has(waiting.owner)) needy.set(waiting.owner, waiting);
    }
    let ending = [...this.#held].filter(({ wanted }) => wanted.signal.aborted).length;
    for (const { sinceMs } of needy.values()) {
      if (ending > 0) ending -= 1;
      else this.#endOne(this.#now() - sinceMs >= this.#wantedMs);
    }
  }

  /** @param slow also one that has begun */
  #endOne(slow: boolean): void {
    const counts = this.#counts('staying');
    const staying = [...this.#held].filter(({ wanted }) => !wanted.signal.aborted);
    const headless = staying.filter(({ pace }) => pace.headlessMs >= this.#headMs);
    const behind = slow ? staying.filter(({ pace }) => pace.isWaiting && pace.behindMs >= this.#behindMs) : [];
    const [victim] = (headless.length > 0 ? headless : behind).sort(
      (a, b) => (counts.get(b.owner) ?? 0) - (counts.get(a.owner) ?? 0) || b.pace.behindMs - a.pace.behindMs,
    );
    victim?.wanted.abort(this.#placeWanted(headless.length > 0));
  }

  #placeWanted(headless: boolean): ReplicationError {
    const what = headless
      ? `nothing with which a stream begins came for ${this.#headMs / 1000} s`
      : `the sender has fallen more than ${this.#behindMs / 1000} s behind ${SLOW_BYTES_PER_SECOND / 1024} KiB/s`;
    const message = `${what}, while another waited for one of the receiver's ${this.#max} places for streams (its --streams): given up for now; the next attempt goes on from what has arrived, where ZFS can resume it`;
    return new ReplicationError(message, { code: 'PLACE_WANTED', retry: 'backoff' });
  }
}
