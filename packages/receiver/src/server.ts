import type { Logger } from '@zfsync/program';
import { Connection, listenTcp, type Transport } from '@zfsync/protocol';
import type { DatasetName, Zfs } from '@zfsync/zfs';
import PQueue from 'p-queue';
import { checkTargetRoot } from './inventory.ts';
import { type PeerContext, servePeer } from './peer.ts';
import { SessionRegistry } from './registry.ts';

export interface ReceiverOptions {
  readonly zfs: Zfs;
  readonly target: DatasetName;
  /** How many streams are received at once, over all sessions. */
  readonly streamsMax: number;
  readonly agent: string;
  readonly log: Logger;
}

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
    this.#queue = new PQueue({ concurrency: options.streamsMax });
    this.#registry = new SessionRegistry(options.zfs, options.target, this.#killed.signal);
  }

  /** @throws {ConfigError} when the target cannot be made, {@link ConnectionError} when the address cannot be had. */
  async listen({ host, port, backlog }: ListenOptions): Promise<{ host: string; port: number }> {
    await checkTargetRoot(this.#options.zfs, this.#options.target, this.#killed.signal);
    this.#listener = await listenTcp({ host, port, backlog }, (transport) => {
      this.serve(transport);
    });
    return this.#listener.address;
  }

  /** Serves one peer over any transport. */
  serve(transport: Transport): void {
    const connection = new Connection(transport, { role: 'receiver' });
    const { zfs, agent, streamsMax, log } = this.#options;
    const context: PeerContext = {
      zfs,
      registry: this.#registry,
      agent,
      streamsMax,
      log,
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
    this.#draining.abort(new Error('the receiver is shutting down'));
    await this.#listener?.close();
    const timer = setTimeout(() => {
      this.#killed.abort();
      for (const connection of this.#peers.keys()) connection.destroy();
    }, graceMs);
    await Promise.all(this.#peers.values());
    clearTimeout(timer);
  }
}
