import { type Offer, limits } from '@zfsync/protocol';
import { ReplicationError } from '@zfsync/zfs';

/** What a version takes of the memory, in bytes and roughly; a dataset takes four times as much. */
const VERSION_BYTES = 200;
const DATASET_VERSIONS = 4;

/** In versions: two offers of the largest size that the protocol allows. */
const PEER_VERSIONS = limits.offeredVersionsMax + DATASET_VERSIONS * limits.offeredDatasetsMax;
const BUDGET_VERSIONS = 2 * PEER_VERSIONS;

/**
 * What the offers of all sessions together may take of the memory: each is bounded by the protocol, but many peers at
 * once, or one with many sessions, must not bring the receiver down for the others.
 */
export class OfferBudget {
  #left = BUDGET_VERSIONS;
  readonly #takenBy = new Map<string, number>();

  /**
   * The share of one session.
   *
   * @param owner the peer, whose sessions together get no more than one offer of the largest size; undefined where
   * nobody is known
   */
  share(owner: string | undefined): OfferShare {
    let taken = 0;
    return {
      take: (offer) => {
        const wanted = weightOf(offer);
        if (wanted > this.#left || wanted > this.#leftOf(owner)) throw exhausted();
        this.#book(owner, wanted);
        taken += wanted;
      },
      release: () => {
        this.#book(owner, -taken);
        taken = 0;
      },
    };
  }

  #leftOf(owner: string | undefined): number {
    return owner === undefined ? this.#left : PEER_VERSIONS - (this.#takenBy.get(owner) ?? 0);
  }

  #book(owner: string | undefined, weight: number): void {
    this.#left -= weight;
    if (owner === undefined) return;
    const taken = (this.#takenBy.get(owner) ?? 0) + weight;
    if (taken === 0) this.#takenBy.delete(owner);
    else this.#takenBy.set(owner, taken);
  }
}

export interface OfferShare {
  /** @throws {ReplicationError} OFFERS_TOO_LARGE when all sessions together have too much. */
  take(page: Offer): void;
  /** The session is over. */
  release(): void;
}

function weightOf({ datasets }: Offer): number {
  let weight = 0;
  for (const { versions, properties } of datasets) {
    const bytes = properties.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    weight += DATASET_VERSIONS + versions.length + Math.ceil(bytes / VERSION_BYTES);
  }
  return weight;
}

function exhausted(): ReplicationError {
  const message =
    'the receiver has as many snapshots in its sessions as it can hold; it will take more when they are over';
  return new ReplicationError(message, { code: 'OFFERS_TOO_LARGE', retry: 'backoff' });
}
