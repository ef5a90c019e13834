import { EXIT, type Printed } from '@zfsync/program';
import { type PairingStore, parsePeerName, pathOfName, type Peer, readListening } from '@zfsync/trust';
import { ConfigError, type RelativePath, ReplicationError } from '@zfsync/zfs';
import { isReservedPath } from '../buffer-dataset.ts';
import { changeState } from '../state-lock.ts';

/** What of a fingerprint is enough for people to tell two apart. */
const FINGERPRINT_SHOWN = 16;

/**
 * `zfsync-recv peers`: everyone who is known, was known or may become so. Damaged records are in the notes.
 *
 * @param told a policy, for people
 */
export function listPeers<P>(stateDirectory: string, pairings: PairingStore<P>, told: (policy: P) => string): Printed {
  const { peers, damaged } = pairings.peers.survey();
  const pending = pairings.pending();
  const running = readListening(stateDirectory);
  // Below each of several.
  const root = (running.length === 1 ? running[0]?.target : undefined) ?? 'TARGET';
  const rows = [
    ...peers.map((peer) => [peer.name, root + peer.path, stateOf(peer), told(peer.policy)]),
    ...pending.map(({ name, path, expires, policy }) => [
      name,
      root + path,
      `waits to be paired until ${expires.toISOString()}`,
      told(policy),
    ]),
  ];
  return {
    text: rows.length === 0 ? 'no sender is known: zfsync-recv pair NAME\n' : table(['NAME', 'SENDS TO', '', ''], rows),
    document: {
      peers: peers.map((peer) => ({ ...peer, fingerprint: peer.fingerprint ?? null, target: root + peer.path })),
      pending: pending.map((pairing) => ({ ...pairing, target: root + pairing.path })),
      damaged: damaged.map(({ message }) => message),
    },
    notes: damaged.map(({ message }) => `zfsync-recv: ${message}\n`).join(''),
    exitCode: damaged.length === 0 ? EXIT.ok : EXIT.failure,
  };
}

function stateOf<P>({ revoked, fingerprint, added }: Peer<P>): string {
  if (revoked) return 'unpaired';
  const since = `since ${added.toISOString()}`;
  return fingerprint === undefined
    ? `by a certificate authority, ${since}`
    : `certificate ${fingerprint.slice(0, FINGERPRINT_SHOWN)}…, ${since}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return lines.map((line) => `${format(line).trimEnd()}\n`).join('');
}

/**
 * `zfsync-recv unpair`: the peer is refused from now on, in sessions that run too, and its tokens are void.
 *
 * @throws {ReplicationError} PEER_UNKNOWN, STATE_BUSY.
 */
export function unpair<P>(pairings: PairingStore<P>, name: string): Promise<Printed> {
  const change = { stateDirectory: pairings.stateDirectory, what: `zfsync-recv unpair ${name}` };
  return changeState(change, () => unpairNow(pairings, name));
}

function unpairNow<P>(pairings: PairingStore<P>, name: string): Printed {
  const tokens = pairings.cancel(name);
  const known = pairings.peers.named(name) !== undefined;
  // Who was never paired has nothing but a token to lose.
  if (!known && tokens > 0) {
    return { text: `the token for ${name} is void\n`, document: { unpaired: { name, tokens } }, notes: '' };
  }
  const { path, revoked } = pairings.peers.revoke(name);
  const done = revoked ? `${name} was unpaired already` : `${name} is unpaired: refused from now on`;
  return {
    text: `${done}. What it has sent to TARGET${path} stays.\n`,
    document: { unpaired: { name, path, tokens } },
    notes: '',
  };
}

export interface AllowOptions<P extends object> {
  readonly name: string;
  /** Undefined = as it is, or `/NAME`. */
  readonly path: RelativePath | undefined;
  /** Laid over what is settled for the peer already. */
  readonly policy: P;
  /** A certificate authority vouches for it: it may have no record yet. */
  readonly isNew?: boolean;
  /** Nothing is settled already: what `policy` does not say is as the receiver does it with all. */
  readonly reset?: boolean;
}

/**
 * `zfsync-recv allow`: settles what a peer may do. One that is new gets a record without a certificate of its own: a
 * certificate authority must vouch for it. One that was unpaired is let in again, by such a word alone.
 *
 * @throws {ConfigError} for a name or path.
 * @throws {ReplicationError} PEER_UNKNOWN, PEER_PATH_TAKEN, STATE_DAMAGED, STATE_BUSY.
 */
export async function allowPeer<P extends object>(
  pairings: PairingStore<P>,
  options: AllowOptions<P>,
): Promise<Printed> {
  const name = parsePeerName(options.name);
  const change = { stateDirectory: pairings.stateDirectory, what: `zfsync-recv allow ${name}` };
  return changeState(change, () => allowNow(pairings, { ...options, name }));
}

function allowNow<P extends object>(pairings: PairingStore<P>, { name, ...options }: AllowOptions<P>): Printed {
  const { peers } = pairings;
  const { isNew = false, reset = false } = options;
  const existing = peers.named(name);
  if (existing === undefined && !isNew) throw unknown(name, peers.survey().peers);
  // It would bring back, when it is used, what was settled when it was made.
  const tokens = pairings.cancel(name);
  const path = options.path ?? existing?.path ?? pathOfName(name);
  if (isReservedPath(path)) throw new ConfigError(`${path} names a buffer dataset: give another --target`);
  peers.checkFree(name, path);
  const policy = { ...(reset ? undefined : existing?.policy), ...options.policy };
  const fingerprint = existing?.fingerprint;
  peers.save({ name, fingerprint, path, revoked: false, added: existing?.added ?? new Date(), policy });
  const by = fingerprint === undefined ? 'by a certificate that --ca vouches for' : 'by its certificate, as before';
  return {
    text: `${name} may send to TARGET${path}, ${by}${tokens > 0 ? '; its token is void, make a new one' : ''}\n`,
    document: { allowed: { name, path, policy, fingerprint: fingerprint ?? null } },
    notes: '',
  };
}

function unknown(name: string, peers: readonly { readonly name: string }[]): ReplicationError {
  const known = peers.length === 0 ? 'none is known' : `known are ${peers.map((peer) => peer.name).join(', ')}`;
  const message =
    `there is no peer ${name}: ${known}. To have it paired with such settings run "zfsync-recv pair ${name}" with them; ` +
    'if the receiver knows it by a certificate authority (--ca), say --new';
  return new ReplicationError(message, { code: 'PEER_UNKNOWN', retry: 'never' });
}
