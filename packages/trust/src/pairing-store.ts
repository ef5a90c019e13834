import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type RelativePath, ReplicationError } from '@zfsync/zfs';
import type { PairingToken, Peer } from './model.ts';
import { parsePeerName, pathsOverlap } from './peer-name.ts';
import { FINGERPRINT, pathField, pathTaken, type PeerStore } from './peer-store.ts';
import { isPairingProof, pairingKey } from './proof.ts';
import { type Fields, Records } from './records.ts';
import { PAIRING_ID_BYTES, SECRET_BYTES } from './token.ts';

/** How long a token is good unless told otherwise. */
export const PAIRING_TTL_MS = 30 * 60_000;

/** After so many wrong proofs a token is void. */
export const WRONG_PROOFS_MAX = 5;

/** So long the receiver can still say that a token has expired, and when. */
const EXPIRED_KEPT_MS = 86_400_000;

const PAIRING_ID = /^[0-9a-f]{16}$/;

/** A token that was printed and not used yet. */
export interface PendingPairing<P> {
  readonly pairingId: string;
  readonly name: string;
  readonly path: RelativePath;
  readonly policy: P;
  readonly expires: Date;
}

interface Pairing<P> extends PendingPairing<P> {
  /** See {@link pairingKey}. */
  readonly key: Uint8Array;
  readonly wrongProofs: number;
}

export interface Redemption {
  readonly pairingId: string;
  readonly proof: Uint8Array;
  /** Of the connection that the proof came over. */
  readonly exportedKey: Uint8Array;
  /** Of the certificate that the sender has proved to be its own in the handshake. */
  readonly fingerprint: string;
  readonly now?: Date;
  /** Throws what is in the way of this peer; the token stays good then. */
  readonly check?: (peer: { readonly name: string; readonly path: RelativePath }) => void;
}

/**
 * The pairings that were begun: `pairings/` of the receiver's state directory. The secrets are not in it. What is changed
 * by what was read, here or in `peers`, is safe only while no other process changes it.
 */
export class PairingStore<P> {
  readonly stateDirectory: string;
  readonly peers: PeerStore<P>;
  readonly #records: Records<Pairing<P>>;

  /** @param parsePolicy see {@link PeerStore} */
  constructor(stateDirectory: string, peers: PeerStore<P>, parsePolicy: (json: unknown) => P) {
    this.stateDirectory = stateDirectory;
    this.peers = peers;
    this.#records = new Records(join(stateDirectory, 'pairings'), 'the record of a pairing', (fields, key) =>
      pairingOf(fields, key, parsePolicy),
    );
  }

  /**
   * Begins a pairing. An earlier one of that name is void from now on; the peer of that name, if there is one, is let in
   * by its old certificate until the new one is paired.
   *
   * @throws {ReplicationError} PEER_PATH_TAKEN, and as {@link PeerStore.list}. @throws {ConfigError} for the name.
   */
  create(options: {
    readonly name: string;
    readonly path: RelativePath;
    readonly policy: P;
    readonly ttlMs?: number;
    readonly now?: Date;
  }): Pick<PairingToken, 'pairingId' | 'secret' | 'expires'> {
    const { path, policy, ttlMs = PAIRING_TTL_MS, now = new Date() } = options;
    const name = parsePeerName(options.name);
    this.#tidy(now);
    this.peers.checkFree(name, path);
    const pending = this.pending(now);
    for (const other of pending) {
      if (other.name === name || !pathsOverlap(other.path, path)) continue;
      throw pathTaken(path, `a token for ${other.name} at TARGET${other.path} waits to be used`);
    }
    for (const other of pending) if (other.name === name) this.#records.remove(other.pairingId);
    const pairingId = randomBytes(PAIRING_ID_BYTES).toString('hex');
    const secret = new Uint8Array(randomBytes(SECRET_BYTES));
    // The token has whole seconds.
    const expires = new Date(Math.floor((now.getTime() + ttlMs) / 1000) * 1000);
    this.#save({ pairingId, name, path, policy, expires, key: pairingKey(secret), wrongProofs: 0 });
    return { pairingId, secret, expires };
  }

  /** The tokens that may still be used. Damaged records are no tokens. */
  pending(now: Date = new Date()): PendingPairing<P>[] {
    const valid = [...this.#records.survey().records.values()].filter(({ expires }) => now < expires);
    // Without the key, which would make a proof as well as the token does.
    return valid.map(({ pairingId, name, path, policy, expires }) => ({ pairingId, name, path, policy, expires }));
  }

  /**
   * Whether the receiver knows of this pairing; for a look that costs others nothing.
   *
   * @throws {ReplicationError} STATE_DAMAGED, STATE_UNREADABLE.
   */
  has(pairingId: string): boolean {
    return PAIRING_ID.test(pairingId) && this.#records.get(pairingId) !== undefined;
  }

  /** Makes the tokens for this name void. @returns how many there were */
  cancel(name: string): number {
    const ours = this.pending().filter((pairing) => pairing.name === name);
    for (const { pairingId } of ours) this.#records.remove(pairingId);
    return ours.length;
  }

  /**
   * Uses up the pairing and saves the peer.
   *
   * @throws {ReplicationError} PAIRING_UNKNOWN, PAIRING_EXPIRED, PAIRING_PROOF, PEER_PATH_TAKEN, CERTIFICATE_TAKEN.
   */
  redeem({ pairingId, proof, exportedKey, fingerprint, now = new Date(), check }: Redemption): Peer<P> {
    this.#tidy(now);
    // Out of everybody's reach before it is looked at: what is used twice at once is used once.
    const claim = PAIRING_ID.test(pairingId) ? this.#records.claim(pairingId) : undefined;
    if (claim === undefined) throw unknown();
    const { record: pairing } = claim;
    let kept: Pairing<P> | undefined = pairing;
    try {
      const { name, path, policy, key, expires } = pairing;
      if (now >= expires) throw expired(expires);
      if (!isPairingProof(proof, { key, exportedKey, senderFingerprint: fingerprint })) {
        const wrongProofs = pairing.wrongProofs + 1;
        kept = wrongProofs < WRONG_PROOFS_MAX ? { ...pairing, wrongProofs } : undefined;
        throw wrongProof(kept === undefined);
      }
      this.peers.checkFree(name, path, fingerprint);
      check?.({ name, path });
      const peer: Peer<P> = { name, fingerprint, path, revoked: false, added: now, policy };
      this.peers.save(peer);
      kept = undefined;
      return peer;
    } finally {
      if (kept === undefined) claim.discard();
      else claim.release(jsonOf(kept));
    }
  }

  #save(pairing: Pairing<P>): void {
    this.#records.set(pairing.pairingId, jsonOf(pairing));
  }

  #tidy(now: Date): void {
    this.#records.tidy(now);
    for (const { pairingId, expires } of this.#records.survey().records.values()) {
      if (now.getTime() - expires.getTime() > EXPIRED_KEPT_MS) this.#records.remove(pairingId);
    }
  }
}

function unknown(): ReplicationError {
  return new ReplicationError(
    'the pairing token is unknown or used already: run "zfsync-recv pair NAME" on the receiver again',
    { code: 'PAIRING_UNKNOWN', retry: 'operator' },
  );
}

function expired(expires: Date): ReplicationError {
  return new ReplicationError(
    `the pairing token has expired at ${expires.toISOString()}: run "zfsync-recv pair NAME" on the receiver again`,
    { code: 'PAIRING_EXPIRED', retry: 'operator' },
  );
}

function wrongProof(isVoid: boolean): ReplicationError {
  const advice = isVoid
    ? `the token is void after ${WRONG_PROOFS_MAX} of these: run "zfsync-recv pair NAME" on the receiver again`
    : 'it was not made with the secret of the token, or for another connection';
  return new ReplicationError(`the proof of the pairing is wrong; ${advice}`, {
    code: 'PAIRING_PROOF',
    retry: 'operator',
  });
}

function jsonOf<P>({ pairingId, name, path, policy, expires, key, wrongProofs }: Pairing<P>): object {
  return { pairingId, name, path, policy, expires, key: Buffer.from(key).toString('hex'), wrongProofs };
}

function pairingOf<P>(fields: Fields, id: string, parsePolicy: (json: unknown) => P): Pairing<P> {
  const pairingId = fields.text('pairingId', PAIRING_ID);
  if (pairingId !== id) throw new TypeError(`it is that of ${pairingId}`);
  return {
    pairingId,
    name: parsePeerName(fields.text('name', /./)),
    path: pathField(fields),
    policy: parsePolicy(fields.value('policy')),
    expires: fields.date('expires'),
    key: Buffer.from(fields.text('key', FINGERPRINT), 'hex'),
    wrongProofs: fields.integer('wrongProofs', 0, WRONG_PROOFS_MAX),
  };
}
