import PQueue from 'p-queue';

/** The receiver's places for streams. A peer that is known by name leaves one to the others, whatever it does with its own. */
export class StreamPlaces {
  readonly #max: number;
  readonly #queue: PQueue;
  readonly #peers = new Map<string, PQueue>();

  /** @param max streams at once, over all sessions */
  constructor(max: number) {
    this.#max = max;
    this.#queue = new PQueue({ concurrency: max });
  }

  /** How many of them one peer may have at once; undefined: who is not known, and may have all. */
  maxOf(name: string | undefined): number {
    return name === undefined ? this.#max : Math.max(1, this.#max - 1);
  }

  /** Runs the work when there is a place for it. Whoever came first is first. */
  async admit<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
    if (name === undefined) return this.#queue.add(work);
    const own = this.#peers.get(name) ?? new PQueue({ concurrency: this.maxOf(name) });
    this.#peers.set(name, own);
    try {
      return await own.add(() => this.#queue.add(work));
    } finally {
      if (own.pending === 0 && own.size === 0) this.#peers.delete(name);
    }
  }
}
