import { setMaxListeners } from 'node:events';
import type { ErrorFlags, Logger } from '@zfsync/program';
import {
  addressOf,
  Connection,
  ConnectionError,
  crowdedOut,
  type Listener,
  limits,
  listenTcp,
  listenTls,
  neighbourhood,
  type Pair,
  type Refusal,
  type SecureTransport,
  Throttle,
  type Transport,
} from '@zfsync/protocol';
import {
  AbortedError,
  type DatasetDestroyer,
  type DatasetName,
  parseRelativePath,
  ReplicationError,
  type Zfs,
} from '@zfsync/zfs';
import type { Identity } from '@zfsync/trust';
import { CONNECTIONS_MAX, CONNECTIONS_PER_ADDRESS_MAX, STRANGERS_MAX, whyNoConnection } from './connection-limits.ts';
import { flagLoweringDestroyer, flagLoweringZfs } from './flag-driver.ts';
import { checkTargetRoot } from './inventory.ts';
import { answerPair } from './pairing.ts';
import { type Party, type PeerContext, servePeer } from './peer.ts';
import type { Peers } from './peers.ts';
import type { SessionPolicy } from './policy.ts';
import type { Principal } from './principal.ts';
import { SessionRegistry } from './registry.ts';
import { type PlaceTimes, StreamPlaces } from './stream-places.ts';
import { isOfOwnFiles, tellableError } from './tellable.ts';

/** Who may connect. */
export type Security =
  /** Anyone who reaches the port, to the whole of TARGET. */
  | { readonly kind: 'plaintext'; readonly allowFrom: readonly string[] | undefined }
  | {
      readonly kind: 'tls';
      readonly identity: Identity;
      readonly ca: string | undefined;
      readonly allowFrom: readonly string[] | undefined;
      readonly peers: Peers;
    };

export interface ReceiverOptions {
  readonly zfs: Zfs;
  readonly target: DatasetName;
  readonly security: Security;
  /** How many streams are received at once, over all sessions. */
  readonly streamsMax: number;
  readonly agent: string;
  /** How long a phase may be without progress, in milliseconds. */
  readonly stallMs: number;
  /** How long a peer may be silent, in milliseconds. */
  readonly peerTimeoutMs: number;
  /** Of peers that have none of their own. */
  readonly policy: SessionPolicy;
  readonly log: Logger;
  /** Raised and lowered by what becomes of datasets. */
  readonly errorFlags?: ErrorFlags | undefined;
  /** For peers whose policy has datasets destroyed that vanished at the source; absent = they stay. */
  readonly destroyer?: DatasetDestroyer;
  /** Absent = the system's clock. */
  readonly now?: () => Date;
  /** How long who has a place for a stream may take while others wait; absent = as documented. */
  readonly placeTimes?: PlaceTimes;
}

/** A peer that is not to be known any more is cut off within this time, whatever it is doing. */
const REVOCATION_POLL_MS = 1000;

const ANYBODY = parseRelativePath('');

export interface ListenOptions {
  readonly host: string;
  /** 0 = the kernel chooses. */
  readonly port: number;
  readonly backlog: number;
}

interface Served {
  readonly done: Promise<void>;
  readonly principal: Principal | undefined;
  joined: boolean;
}

/** The receiver without its command line: listens, serves peers, drains. */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #places: StreamPlaces;
  readonly #draining = new AbortController();
  readonly #killed = new AbortController();
  readonly #registry: SessionRegistry;
  readonly #served = new Map<Connection, Served>();
  readonly #refusals: Throttle<{ readonly peer: string; readonly why: string }>;
  /** By what is wrong: the same file is at fault for all who come. */
  readonly #unreadable: Throttle<unknown>;
  #listener: Listener | undefined;
  #revocations: NodeJS.Timeout | undefined;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    setMaxListeners(0, this.#draining.signal, this.#killed.signal);
    this.#places = new StreamPlaces({ max: options.streamsMax, ...options.placeTimes });
    const { zfs, target: root, log } = options;
    this.#refusals = new Throttle(({ peer, why }, times) => {
      const all = times > 1 ? ` (${times} times within the last minute)` : '';
      log.warn({ event: 'refused', peer, why, times }, `${peer} was refused: ${why}${all}`);
    });
    this.#unreadable = new Throttle((error, times) => {
      const all = times > 1 ? ` (${times} times within the last minute)` : '';
      log.error({ event: 'peer-unreadable', err: error, times }, `${describe(error)}${all}`);
    });
    const { errorFlags, now = () => new Date() } = options;
    const destroyer = flagLoweringDestroyer(options.destroyer, errorFlags);
    const driver = flagLoweringZfs(zfs, errorFlags);
    this.#registry = new SessionRegistry({ zfs: driver, root, signal: this.#killed.signal, destroyer, now });
  }

  /** @throws {ConfigError} when the target cannot be made, {@link ConnectionError} when the address cannot be had. */
  async listen({ host, port, backlog }: ListenOptions): Promise<{ host: string; port: number }> {
    const { zfs, target, log, security } = this.#options;
    await checkTargetRoot(zfs, target, this.#killed.signal);
    const onError = (error: Error) => {
      log.error({ event: 'accept-failed', err: error }, `a connection was not accepted: ${error.message}`);
    };
    const onRefused = ({ address, why, times, message }: Refusal) => {
      log.warn({ event: 'refused', peer: address, why, times }, message);
    };
    const { allowFrom } = security;
    const listening = { host, port, backlog, ...(allowFrom && { allowFrom }), onError, onRefused };
    if (security.kind === 'plaintext') {
      const limited = { connectionsMax: CONNECTIONS_MAX, connectionsPerAddressMax: CONNECTIONS_PER_ADDRESS_MAX };
      this.#listener = await listenTcp({ ...listening, ...limited }, (transport) => {
        this.serve(transport);
      });
    } else {
      const { identity, ca, peers } = security;
      const secured = {
        ...listening,
        identity,
        ...(ca !== undefined && { ca }),
        handshakeTimeoutMs: limits.helloTimeoutMs,
      };
      this.#listener = await listenTls(secured, (transport) => {
        this.#serveSecure(transport, peers);
      });
      this.#revocations = setInterval(() => {
        this.#cutOffRevoked(peers);
      }, REVOCATION_POLL_MS).unref();
    }
    return this.#listener.address;
  }

  /** Serves one peer, whoever it is, over any transport. */
  serve(transport: Transport): void {
    const principal = {
      name: undefined,
      path: ANYBODY,
      policy: this.#options.policy,
      certificate: undefined,
      pinned: false,
    };
    const party: Party = { kind: 'known', principal, isNew: false };
    this.#serve(transport, party, { pair: undefined, enrol: () => Promise.resolve(party) });
  }

  #serveSecure(transport: SecureTransport, peers: Peers): void {
    const { agent, target, log } = this.#options;
    let party: Party;
    try {
      party = peers.identify(transport.certificate);
    } catch (error) {
      // A record that cannot be read lets nobody in.
      this.#unreadable.say(describe(error), error);
      transport.destroy();
      return;
    }
    const pair = async (connection: Connection, request: Pair, peerLog: Logger) => {
      try {
        await answerPair(connection, request, {
          transport,
          pairings: peers.pairings,
          root: target,
          agent,
          log: peerLog,
        });
      } catch (error) {
        throw this.#forStrangers(error);
      }
    };
    const enrol = async (): Promise<Party> => {
      try {
        return await peers.enrol(transport.certificate, log);
      } catch (error) {
        throw this.#forStrangers(error);
      }
    };
    this.#serve(transport, party, { pair, enrol });
  }

  #forStrangers(error: unknown): unknown {
    if (isOfOwnFiles(error)) this.#unreadable.say(error.message, error);
    return tellableError(error);
  }

  #serve(transport: Transport, party: Party, { pair, enrol }: Pick<PeerContext, 'pair' | 'enrol'>): void {
    const { zfs, agent, stallMs, peerTimeoutMs, log, errorFlags } = this.#options;
    const principal = party.kind === 'known' ? party.principal : undefined;
    const refusal = this.#noRoomFor(principal, transport.peer);
    if (refusal !== undefined) {
      this.#refusals.say(addressOf(transport.peer), { peer: transport.peer, why: refusal });
      transport.destroy();
      return;
    }
    const connection = new Connection(transport, { role: 'receiver', peerTimeoutMs });
    const context: PeerContext = {
      party,
      enrol,
      pair,
      zfs,
      registry: this.#registry,
      agent,
      streamsMax: this.#places.maxOf(principal?.name),
      stallMs,
      log,
      errorFlags,
      killed: this.#killed.signal,
      draining: this.#draining.signal,
      places: this.#places,
      onJoined: () => {
        const served = this.#served.get(connection);
        if (served !== undefined) served.joined = true;
      },
    };
    const done = servePeer(connection, context).finally(() => this.#served.delete(connection));
    this.#served.set(connection, { done, principal, joined: false });
  }

  /**
   * Whoever is known has places of his own, and no peer has more than are left to the others. Of the rest the one that has
   * been silent for longest gives way, at the address that has the most.
   */
  #noRoomFor(principal: Principal | undefined, peer: string): string | undefined {
    const name = principal?.name;
    if (name !== undefined) {
      return whyNoConnection(
        name,
        [...this.#served.values()].flatMap((other) => other.principal?.name ?? []),
      );
    }
    const strangers = new Set(
      [...this.#served].filter(([, other]) => !other.joined && other.principal?.name === undefined),
    );
    if (strangers.size < STRANGERS_MAX) return undefined;
    const from = (address: string) => neighbourhood(addressOf(address));
    const [connection, served] = crowdedOut(strangers, ([other]) => from(other.peer), from(peer)) ?? [];
    if (connection === undefined || served === undefined) return undefined;
    served.joined = true;
    const message = `${STRANGERS_MAX} connections have not said who they are, and others wait`;
    connection.destroy(new ConnectionError(message, { code: 'CONNECTION_CLOSED' }));
    return undefined;
  }

  #cutOffRevoked(peers: Peers): void {
    for (const [connection, { principal }] of this.#served) {
      if (principal === undefined || this.#isCurrent(peers, principal)) continue;
      void connection.fail(this.#whyNot(peers, principal));
    }
  }

  #whyNot(peers: Peers, principal: Principal): unknown {
    try {
      return this.#noLonger(peers, principal);
    } catch (error) {
      // Its own record is damaged.
      return this.#forStrangers(error);
    }
  }

  /** The peer is unpaired; or what is settled for it has changed, and its next attempt goes by that. */
  #noLonger(peers: Peers, { name = '', certificate }: Principal): ReplicationError {
    const party = certificate && peers.identify(certificate);
    if (party?.kind === 'known' && party.principal.name === name) {
      const message = `what the receiver's operator has settled for ${name} has changed`;
      return new ReplicationError(message, { code: 'PEER_CHANGED', retry: 'reconnect' });
    }
    const message = `${name} is not paired with the receiver any more`;
    return new ReplicationError(message, { code: 'PEER_REVOKED', retry: 'operator' });
  }

  /** Who cannot be looked up just now stays: nothing says that he is not to. */
  #isCurrent(peers: Peers, principal: Principal): boolean {
    try {
      return peers.isCurrent(principal);
    } catch (error) {
      this.#unreadable.say(describe(error), error);
      return true;
    }
  }

  /**
   * Takes no new connection and no new stream, lets what is running finish for `graceMs`, then ends it. A receive that
   * is ended leaves nothing half-made in place.
   */
  async drain(graceMs: number): Promise<void> {
    this.#draining.abort(new AbortedError('the receiver is shutting down'));
    await this.#listener?.close();
    this.#refusals.close();
    this.#unreadable.close();
    const timer = setTimeout(() => {
      this.#killed.abort(new AbortedError('the receiver is shutting down'));
      for (const connection of this.#served.keys()) connection.destroy();
    }, graceMs);
    await Promise.all([...this.#served.values()].map(({ done }) => done));
    clearTimeout(timer);
    clearInterval(this.#revocations);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
