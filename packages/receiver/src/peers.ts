import { isDeepStrictEqual } from 'node:util';
import type { PeerCertificate } from '@zfsync/protocol';
import { PairingStore, parsePeerName, pathOfName, type Peer, PeerStore } from '@zfsync/trust';
import { ConfigError, ReplicationError } from '@zfsync/zfs';
import { isReservedPath } from './buffer-dataset.ts';
import type { Party } from './peer.ts';
import { effectivePolicy, type PeerPolicy, parsePeerPolicy } from './peer-policy.ts';
import type { SessionPolicy } from './policy.ts';
import type { Principal } from './principal.ts';

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
    const paired = this.store.find(fingerprint);
    if (paired !== undefined) return { kind: 'known', principal: this.#principalOf(paired, certificate) };
    if (!certificate.trusted) return { kind: 'stranger', fingerprint, why: undefined };
    try {
      return { kind: 'known', principal: this.#certified(certificate) };
    } catch (error) {
      if (!(error instanceof ReplicationError) || error.code.startsWith('STATE_')) throw error;
      return { kind: 'stranger', fingerprint, why: error.message };
    }
  }

  /**
   * Whether the principal is still let in as it was, to the same place, under the same policy. Looks at its own record alone: what is wrong with another's neither
   * lets it stay nor sends it away.
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

  #certified(certificate: PeerCertificate): Principal {
    const [first] = certificate.names;
    if (first === undefined) throw new ConfigError('the certificate has neither an alternative name nor a common name');
    const name = parsePeerName(first);
    const settled = this.store.named(name);
    if (settled?.revoked === true) throw new ConfigError(`${name} was unpaired`);
    if (settled?.fingerprint !== undefined) throw new ConfigError(`${name} is paired with another certificate`);
    if (settled !== undefined) return this.#principalOf(settled, certificate);
    const path = pathOfName(name);
    if (isReservedPath(path)) throw new ConfigError(`${name} is the name of a buffer dataset`);
    this.store.checkFree(name, path);
    return { name, path, policy: this.#defaults, certificate, pinned: false };
  }

  #principalOf({ name, path, policy, fingerprint }: Peer<PeerPolicy>, certificate: PeerCertificate): Principal {
    const pinned = fingerprint !== undefined;
    return { name, path, policy: effectivePolicy(this.#defaults, policy), certificate, pinned };
  }
}
