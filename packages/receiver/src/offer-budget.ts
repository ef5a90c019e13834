import { type Offer, limits } from '@zfsync/protocol';
import { ReplicationError } from '@zfsync/zfs';

/** What a version takes of the memory, in bytes and roughly; a dataset takes four times as much. */
const VERSION_BYTES = 200;
const DATASET_VERSIONS = 4;

/** In versions: two offers of the largest size that the protocol allows. */
const BUDGET_VERSIONS = 2 * (limits.offeredVersionsMax + DATASET_VERSIONS * limits.offeredDatasetsMax);

/**
 * What the offers of all sessions together may take of the memory: each is bounded by the protocol, but many peers at
 * once, or one with many sessions, must not bring the receiver down for the others.
 */
export class OfferBudget {
  #left = BUDGET_VERSIONS;

  /** The share of one session. */
  share(): OfferShare {
    let taken = 0;
    return {
      take: (offer) => {
        const wanted = weightOf(offer);
        if (wanted > this.#left) throw exhausted();
        this.#left -= wanted;
        taken += wanted;
      },
      release: () => {
        this.#left += taken;
        taken = 0;
      },
    };
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
