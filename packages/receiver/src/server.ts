import { setMaxListeners } from 'node:events';
import type { Logger } from '@zfsync/program';
import { Connection, listenTcp, type Transport } from '@zfsync/protocol';
import { AbortedError, type DatasetName, parseRelativePath, type Zfs } from '@zfsync/zfs';
import PQueue from 'p-queue';
import { checkTargetRoot } from './inventory.ts';
import { type PeerContext, servePeer } from './peer.ts';
import type { SessionPolicy } from './policy.ts';
import { SessionRegistry } from './registry.ts';

export interface ReceiverOptions {
  readonly zfs: Zfs;
  readonly target: DatasetName;
  /** How many streams are received at once, over all sessions. */
  readonly streamsMax: number;
  readonly agent: string;
  /** How long a phase may be without progress, in milliseconds. */
  readonly stallMs: number;
  /** How long a peer may be silent, in milliseconds. */
  readonly peerTimeoutMs: number;
  readonly policy: SessionPolicy;
  readonly log: Logger;
}

/** Connections at the same time, over all peers; more are closed at once. */
const CONNECTIONS_MAX = 1024;

export interface ListenOptions {
  readonly host: string;
  /** 0 = the kernel chooses. */
  readonly port: number;
  readonly backlog: number;
}

/** The receiver without its command line: listens, serves peers, drains. */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #queue: PQueue;
  readonly #draining = new AbortController();
  readonly #killed = new AbortController();
  readonly #registry: SessionRegistry;
  readonly #peers = new Map<Connection, Promise<void>>();
  #listener: Awaited<ReturnType<typeof listenTcp>> | undefined;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    setMaxListeners(0, this.#draining.signal, this.#killed.signal);
    this.#queue = new PQueue({ concurrency: options.streamsMax });
    const { zfs, target: root } = options;
    this.#registry = new SessionRegistry({ zfs, root, signal: this.#killed.signal });
  }

  /** @throws {ConfigError} when the target cannot be made, {@link ConnectionError} when the address cannot be had. */
  async listen({ host, port, backlog }: ListenOptions): Promise<{ host: string; port: number }> {
    await checkTargetRoot(this.#options.zfs, this.#options.target, this.#killed.signal);
    const onError = (error: Error) => {
      this.#options.log.error(
        { event: 'accept-failed', err: error },
        `a connection was not accepted: ${error.message}`,
      );
    };
    const listening = { host, port, backlog, connectionsMax: CONNECTIONS_MAX, onError };
    this.#listener = await listenTcp(listening, (transport) => {
      this.serve(transport);
    });
    return this.#listener.address;
  }

  /** Serves one peer over any transport. */
  serve(transport: Transport): void {
    const { zfs, agent, streamsMax, stallMs, peerTimeoutMs, log } = this.#options;
    const connection = new Connection(transport, { role: 'receiver', peerTimeoutMs });
    const principal = { name: undefined, path: parseRelativePath(''), policy: this.#options.policy };
    const context: PeerContext = {
      party: { kind: 'known', principal },
      pair: undefined,
      onJoined: () => undefined,
      zfs,
      registry: this.#registry,
      agent,
      streamsMax,
      stallMs,
      log,
      killed: this.#killed.signal,
      draining: this.#draining.signal,
      admit: (work) => this.#queue.add(work),
    };
    const served = servePeer(connection, context).finally(() => this.#peers.delete(connection));
    this.#peers.set(connection, served);
  }

  /**
   * Takes no new connection and no new stream, lets what is running finish for `graceMs`, then ends it. A receive that
   * is ended leaves nothing half-made in place.
   */
  async drain(graceMs: number): Promise<void> {
    this.#draining.abort(new AbortedError('the receiver is shutting down'));
    await this.#listener?.close();
    const timer = setTimeout(() => {
      this.#killed.abort(new AbortedError('the receiver is shutting down'));
      for (const connection of this.#peers.keys()) connection.destroy();
    }, graceMs);
    await Promise.all(this.#peers.values());
    clearTimeout(timer);
  }
}
