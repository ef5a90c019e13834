import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@zfsync/program';
import type { PeerCertificate } from '@zfsync/protocol';
import { PairingStore, parsePeerName, pathOfName, type Peer, PeerStore } from '@zfsync/trust';
import { ConfigError, ReplicationError } from '@zfsync/zfs';
import { isReservedPath } from './buffer-dataset.ts';
import type { Party } from './peer.ts';
import { effectivePolicy, type PeerPolicy, parsePeerPolicy } from './peer-policy.ts';
import type { SessionPolicy } from './policy.ts';
import type { Principal } from './principal.ts';
import { changeState } from './state-lock.ts';

const NOT_LET_IN = 'PEER_NOT_LET_IN';

/** Not trouble of ours, but why an authority's word is not enough. */
const REFUSALS: readonly string[] = [NOT_LET_IN, 'PEER_PATH_TAKEN'];

/**
 * Who is behind a certificate, by what the state directory says at this moment: a peer that was paired with it, or, where
 * the operator trusts certificate authorities, the peer of the name that one of them has put into it.
 */
export class Peers {
  readonly store: PeerStore<PeerPolicy>;
  readonly pairings: PairingStore<PeerPolicy>;
  readonly #defaults: SessionPolicy;

  /** @param defaults for what a peer's own policy leaves open */
  constructor(stateDirectory: string, defaults: SessionPolicy) {
    this.store = new PeerStore(stateDirectory, parsePeerPolicy);
    this.pairings = new PairingStore(stateDirectory, this.store, parsePeerPolicy);
    this.#defaults = defaults;
  }

  /** @throws {ReplicationError} STATE_DAMAGED, STATE_UNREADABLE: then nobody can say who it is. */
  identify(certificate: PeerCertificate): Party {
    const { fingerprint } = certificate;
    const paired = this.#paired(certificate);
    if (paired !== undefined) return { kind: 'known', principal: this.#principalOf(paired, certificate), isNew: false };
    if (!certificate.trusted) return { kind: 'stranger', fingerprint, cause: undefined };
    try {
      return this.#certified(certificate);
    } catch (error) {
      if (!(error instanceof ReplicationError) || !REFUSALS.includes(error.code)) throw error;
      return { kind: 'stranger', fingerprint, cause: error };
    }
  }

  /**
   * Keeps a record of a peer that only an authority vouches for, so that its place is seen by all who look, unless another
   * connection of it was quicker.
   *
   * @returns who is behind the certificate now
   * @throws {ReplicationError} as {@link identify}; STATE_BUSY, STATE_UNWRITABLE.
   */
  async enrol(certificate: PeerCertificate, log: Logger): Promise<Party> {
    const { stateDirectory } = this.pairings;
    return changeState({ stateDirectory, what: 'zfsync-recv, which sees a peer for the first time' }, () => {
      const party = this.identify(certificate);
      if (party.kind === 'stranger' || !party.isNew) return party;
      const { name, path } = party.principal;
      this.store.save({ name, fingerprint: undefined, path, revoked: false, added: new Date(), policy: {} });
      const { fingerprint } = certificate;
      log.info(
        { event: 'peer-known', name, path, fingerprint },
        `${name} is known from now on, by the word of an authority; it sends to TARGET${path}`,
      );
      return { ...party, isNew: false };
    });
  }

  /**
   * Whether the principal is still let in as it was, to the same place, under the same policy. Looks at its own record
   * alone: what is wrong with another's neither lets it stay nor sends it away.
   *
   * @throws {ReplicationError} STATE_UNREADABLE.
   */
  isCurrent({ name, certificate, path, policy, pinned }: Principal): boolean {
    if (name === undefined || certificate === undefined) return true;
    if (!this.store.isCurrent({ name, fingerprint: pinned ? certificate.fingerprint : undefined })) return false;
    const settled = this.store.named(name);
    if ((settled?.path ?? pathOfName(name)) !== path) return false;
    return isDeepStrictEqual(effectivePolicy(this.#defaults, settled?.policy ?? {}), policy);
  }

  #paired({ fingerprint, trusted }: PeerCertificate): Peer<PeerPolicy> | undefined {
    try {
      return this.store.find(fingerprint);
    } catch (error) {
      // A damaged record of somebody else is none of its business; its own is looked at next.
      if (trusted && error instanceof ReplicationError) return undefined;
      throw error;
    }
  }

  /** @throws {ReplicationError} STATE_DAMAGED when its own record is; or any, when it is new. */
  #certified(certificate: PeerCertificate): Party {
    const [first] = certificate.names;
    if (first === undefined) throw notLetIn('the certificate has neither an alternative name nor a common name');
    const name = nameOf(first);
    const settled = this.store.named(name);
    if (settled?.revoked === true) throw notLetIn(`${name} was unpaired`);
    if (settled?.fingerprint !== undefined) throw notLetIn(`${name} is paired with another certificate`);
    if (settled !== undefined)
      return { kind: 'known', principal: this.#principalOf(settled, certificate), isNew: false };
    const path = pathOfName(name);
    if (isReservedPath(path)) throw notLetIn(`${name} is the name of a buffer dataset`);
    this.store.checkFree(name, path);
    const principal = { name, path, policy: this.#defaults, certificate, pinned: false };
    return { kind: 'known', principal, isNew: true };
  }

  #principalOf({ name, path, policy, fingerprint }: Peer<PeerPolicy>, certificate: PeerCertificate): Principal {
    const pinned = fingerprint !== undefined;
    return { name, path, policy: effectivePolicy(this.#defaults, policy), certificate, pinned };
  }
}

function notLetIn(why: string): ReplicationError {
  return new ReplicationError(why, { code: NOT_LET_IN, retry: 'operator' });
}

function nameOf(text: string): string {
  try {
    return parsePeerName(text);
  } catch (error) {
    throw error instanceof ConfigError ? notLetIn(error.message) : error;
  }
}
