import PQueue from 'p-queue';
import { type Asker, ownerOf } from './principal.ts';

/** Work of which each peer may have so much done at once, in the order in which it came. */
export class Turns {
  readonly #atOnce: number;
  readonly #queues = new Map<string, PQueue>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** How many peers have work here, under way or waiting. */
  get peers(): number {
    return this.#queues.size;
  }

  /** The work MUST NOT wait for another turn of the same peer. */
  async take<T>(asker: Asker, work: () => Promise<T>): Promise<T> {
    const owner = ownerOf(asker);
    const queue = this.#queues.get(owner) ?? new PQueue({ concurrency: this.#atOnce });
    this.#queues.set(owner, queue);
    try {
      return await queue.add(work);
    } finally {
      if (queue.pending === 0 && queue.size === 0) this.#queues.delete(owner);
    }
  }
}
