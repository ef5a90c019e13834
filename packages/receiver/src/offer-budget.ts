import { type Offer, limits } from '@zfsync/protocol';
import { ReplicationError } from '@zfsync/zfs';

/** What a version takes of the memory, in bytes and roughly; a dataset takes four times as much. */
const VERSION_BYTES = 200;
const DATASET_VERSIONS = 4;

/** Of all properties of an offer at most; what a dataset has of them is rounded up. */
const PROPERTIES_VERSIONS = Math.ceil(limits.offerPropertiesBytesMax / VERSION_BYTES) + limits.offeredDatasetsMax;

/** In versions: an offer of the largest size that the protocol allows, and two of them. */
const PEER_VERSIONS =
  limits.offeredVersionsMax + (DATASET_VERSIONS + 1) * limits.offeredDatasetsMax + PROPERTIES_VERSIONS;
const BUDGET_VERSIONS = 2 * PEER_VERSIONS;

/**
 * What a peer that is known has for itself, whatever others take: an ordinary offer. 24 MB each, of as many peers as have
 * sessions.
 */
const OWN_VERSIONS = 120_000;

/**
 * What the offers of all sessions together may take of the memory: each is bounded by the protocol, but many peers at
 * once, or one with many sessions, must not bring the receiver down for the others.
 */
export class OfferBudget {
  /** Of what is for all. */
  #left = BUDGET_VERSIONS;
  /** By each peer, its own included. */
  readonly #takenBy = new Map<string, number>();

  /**
   * The share of one session.
   *
   * @param owner the peer, whose sessions together get no more than one offer of the largest size, and an ordinary one
   * whatever others have; undefined where nobody is known
   */
  share(owner: string | undefined): OfferShare {
    let taken = 0;
    return {
      take: (offer) => {
        const wanted = weightOf(offer);
        if (wanted > this.#leftFor(owner)) throw exhausted();
        this.#book(owner, wanted);
        taken += wanted;
      },
      release: () => {
        this.#book(owner, -taken);
        taken = 0;
      },
    };
  }

  #leftFor(owner: string | undefined): number {
    if (owner === undefined) return this.#left;
    const taken = this.#takenBy.get(owner) ?? 0;
    return Math.min(PEER_VERSIONS - taken, this.#left + Math.max(0, OWN_VERSIONS - taken));
  }

  #book(owner: string | undefined, weight: number): void {
    if (owner === undefined) {
      this.#left -= weight;
      return;
    }
    const before = this.#takenBy.get(owner) ?? 0;
    const after = before + weight;
    this.#left -= beyondOwn(after) - beyondOwn(before);
    if (after === 0) this.#takenBy.delete(owner);
    else this.#takenBy.set(owner, after);
  }
}

/** What of it comes from what is for all. */
function beyondOwn(versions: number): number {
  return Math.max(0, versions - OWN_VERSIONS);
}

export interface OfferShare {
  /** @throws {ReplicationError} OFFERS_TOO_LARGE when all sessions together have too much. */
  take(page: Offer): void;
  /** The session is over. */
  release(): void;
}

function weightOf({ datasets, leftOut }: Offer): number {
  let weight = leftOut.length;
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
