import { join } from 'node:path';
import { parseRelativePath, type RelativePath, ReplicationError } from '@zfsync/zfs';
import type { Peer } from './model.ts';
import { parsePeerName, pathsOverlap } from './peer-name.ts';
import { type Fields, Records } from './records.ts';

export const FINGERPRINT = /^[0-9a-f]{64}$/;

/** Who may send to this receiver: `peers/` of its state directory. Every call sees what other processes have written. */
export class PeerStore<P> {
  readonly #records: Records<Peer<P>>;

  /** @param parsePolicy from a record's JSON; throws any error when it is none */
  constructor(stateDirectory: string, parsePolicy: (json: unknown) => P) {
    this.#records = new Records(join(stateDirectory, 'peers'), 'the record of a peer', (fields, key) =>
      peerOf(fields, key, parsePolicy),
    );
  }

  /**
   * The peer that has this certificate. A revoked one has none.
   *
   * @throws {ReplicationError} STATE_DAMAGED when nobody has it, and a damaged record may have had it.
   */
  find(fingerprint: string): Peer<P> | undefined {
    const { records, damaged } = this.#records.survey();
    for (const peer of records.values()) if (!peer.revoked && peer.fingerprint === fingerprint) return peer;
    if (damaged[0] !== undefined) throw damaged[0];
    return undefined;
  }

  /** The peer of this name, revoked or not. @throws {ReplicationError} STATE_DAMAGED. @throws {ConfigError} for the name. */
  named(name: string): Peer<P> | undefined {
    return this.#records.get(parsePeerName(name));
  }

  /** All, revoked ones too. @throws {ReplicationError} STATE_DAMAGED when one of them is. */
  list(): Peer<P>[] {
    const { peers, damaged } = this.survey();
    if (damaged[0] !== undefined) throw damaged[0];
    return peers;
  }

  /** All that can be read, revoked ones too, and what is wrong with the others. */
  survey(): { readonly peers: Peer<P>[]; readonly damaged: readonly ReplicationError[] } {
    const { records, damaged } = this.#records.survey();
    return { peers: [...records.values()], damaged };
  }

  /** @throws {ReplicationError} STATE_UNWRITABLE. */
  save(peer: Peer<P>): void {
    const { name, fingerprint, path, revoked, added, policy } = peer;
    this.#records.set(parsePeerName(name), { name, fingerprint: fingerprint ?? null, path, revoked, added, policy });
  }

  /**
   * Nobody of that name is let in any more, whatever certificate he has. The record stays, without a fingerprint.
   *
   * @returns the peer as it was
   * @throws {ReplicationError} PEER_UNKNOWN, STATE_DAMAGED, STATE_UNWRITABLE.
   */
  revoke(name: string): Peer<P> {
    const peer = this.named(name);
    if (peer === undefined) throw peerUnknown(name, this.survey().peers);
    this.save({ ...peer, fingerprint: undefined, revoked: true });
    return peer;
  }

  /**
   * For running sessions: whether the peer is still let in as it was. One that a certificate authority alone vouches for
   * needs no record, but must not be revoked or known by a certificate of its own by now.
   *
   * @throws {ReplicationError} STATE_UNREADABLE when nobody can say.
   */
  isCurrent({ name, fingerprint }: Pick<Peer<P>, 'name' | 'fingerprint'>): boolean {
    try {
      const peer = this.named(name);
      if (peer === undefined) return fingerprint === undefined;
      return !peer.revoked && peer.fingerprint === fingerprint;
    } catch (error) {
      if (error instanceof ReplicationError && error.code !== 'STATE_UNREADABLE') return false;
      throw error;
    }
  }

  /**
   * @throws {ReplicationError} PEER_PATH_TAKEN when the target root of another peer that is let in is `path`, contains it
   * or lies below it; CERTIFICATE_TAKEN when another peer has the certificate; STATE_DAMAGED when that cannot be said.
   */
  checkFree(name: string, path: RelativePath, fingerprint?: string): void {
    for (const other of this.list()) {
      if (other.name === name || other.revoked) continue;
      if (pathsOverlap(other.path, path)) throw pathTaken(path, `${other.name} sends to ${shown(other.path)}`);
      if (fingerprint !== undefined && other.fingerprint === fingerprint) throw certificateTaken(other.name, name);
    }
  }
}

export function pathTaken(path: RelativePath, why: string): ReplicationError {
  return new ReplicationError(
    `${shown(path)} cannot be the target root of a new peer: ${why}, and no peer may reach the data of another`,
    { code: 'PEER_PATH_TAKEN', retry: 'operator', context: { path } },
  );
}

function certificateTaken(other: string, name: string): ReplicationError {
  return new ReplicationError(
    `the sender's certificate is that of the peer ${other} already: it cannot be ${name} too. Run ` +
      `"zfsync-recv unpair ${other}" first, or pair with another --state`,
    { code: 'CERTIFICATE_TAKEN', retry: 'operator', context: { peer: other } },
  );
}

function peerUnknown(name: string, peers: readonly { readonly name: string }[]): ReplicationError {
  const known = peers.length === 0 ? 'none is known' : `known are ${peers.map((peer) => peer.name).join(', ')}`;
  return new ReplicationError(`there is no peer ${name}: ${known}`, { code: 'PEER_UNKNOWN', retry: 'never' });
}

function shown(path: RelativePath): string {
  return path === '' ? 'the whole of TARGET' : `TARGET${path}`;
}

export function pathField(fields: Fields): RelativePath {
  return parseRelativePath(fields.text('path', /^/));
}

function peerOf<P>(fields: Fields, key: string, parsePolicy: (json: unknown) => P): Peer<P> {
  const name = parsePeerName(fields.text('name', /./));
  if (name !== key) throw new TypeError(`it is that of ${name}`);
  const revoked = fields.boolean('revoked');
  const fingerprint = fields.value('fingerprint') === null ? undefined : fields.text('fingerprint', FINGERPRINT);
  if (revoked && fingerprint !== undefined) throw new TypeError('it is revoked and has a fingerprint');
  const policy = parsePolicy(fields.value('policy'));
  return { name, fingerprint, path: pathField(fields), revoked, added: fields.date('added'), policy };
}
