/** Accepting connections, up to the socket. */
import { createServer, type Server, type Socket } from 'node:net';
import { deferred } from './deferred.ts';
import type { ConnectionError } from './errors.ts';
import { Throttle } from './throttle.ts';
import { allowList, formatAddress, plainAddress } from './transport-addresses.ts';
import { Admission } from './transport-admission.ts';
import { listenError } from './transport-errors.ts';
import { SOCKET_OPTIONS } from './transport-socket.ts';

export interface ListenTcpOptions {
  /** An address of this host, IPv6 without brackets. */
  readonly host: string;
  /** 0 lets the kernel choose. */
  readonly port: number;
  /** Connections that the kernel holds until they are accepted. */
  readonly backlog?: number;
  /** Addresses and networks, see `parseCidr`, whose connections are accepted; absent = all are. */
  readonly allowFrom?: readonly string[];
  /** Connections at once; a further one is closed at once. */
  readonly connectionsMax?: number;
  /** Of one IPv4 address, or one /64 of IPv6. */
  readonly connectionsPerAddressMax?: number;
  /** A connection could not be accepted, for want of file descriptors mostly. Listening goes on. */
  readonly onError?: (error: ConnectionError) => void;
  /** Connections were closed at once. Called at most once a minute for each address. */
  readonly onRefused?: (refusal: Refusal) => void;
}

export interface Refusal {
  readonly address: string;
  readonly why: 'not-allowed' | 'connections-max' | 'connections-per-address-max';
  /** How many connections this stands for. */
  readonly times: number;
  /** For the log. */
  readonly message: string;
}

export interface Listener {
  readonly address: { readonly host: string; readonly port: number };
  /** Stops listening; connections that were accepted live on. */
  close(): Promise<void>;
}

/**
 * @param onSocket is given each socket that may connect, and its address. Nothing is read from it yet.
 * @throws {ConnectionError} LISTEN_FAILED.
 * @throws {ConfigError} when `allowFrom` is wrong.
 */
export async function listenSockets(
  options: ListenTcpOptions,
  onSocket: (socket: Socket, address: string) => void,
): Promise<Listener> {
  const { host, port, backlog } = options;
  const gate = new Gate(options);
  const server = createServer({ ...SOCKET_OPTIONS, pauseOnConnect: true });
  server.on('connection', (socket) => {
    const address = gate.admit(socket);
    if (address !== undefined) onSocket(socket, address);
  });
  const { promise, resolve, reject } = deferred<Listener>();
  const failed = (error: NodeJS.ErrnoException): void => {
    reject(listenError(error, formatAddress(host, port)));
  };
  server.once('error', failed);
  server.listen({ host, port, ...(backlog !== undefined && { backlog }) }, () => {
    server.off('error', failed);
    server.on('error', (error) => {
      options.onError?.(listenError(error, formatAddress(host, port)));
    });
    const close = (): Promise<void> => {
      // The port is free at once; the server's own callback would wait for the last connection.
      server.close();
      gate.close();
      return Promise.resolve();
    };
    resolve({ address: boundAddress(server), close });
  });
  return promise;
}

/** Lets sockets in or destroys them. */
class Gate {
  readonly #options: ListenTcpOptions;
  readonly #allowed: (address: string) => boolean;
  readonly #places: Admission;
  readonly #refusals: Throttle<Omit<Refusal, 'times'>>;

  constructor(options: ListenTcpOptions) {
    const { allowFrom, connectionsMax: max, connectionsPerAddressMax: perAddressMax } = options;
    this.#options = options;
    this.#allowed = allowFrom === undefined ? () => true : allowList('--allow-from', allowFrom);
    this.#places = new Admission({ max, perAddressMax });
    this.#refusals = new Throttle(({ message, ...refusal }, times) => {
      const all = times > 1 ? `${message} (${times} times within the last minute)` : message;
      options.onRefused?.({ ...refusal, times, message: all });
    });
  }

  /** The socket's address, if it may come in. */
  admit(socket: Socket): string | undefined {
    // It may be gone already, and then has no address; `close` comes then too.
    const address = plainAddress(socket.remoteAddress ?? 'unknown');
    const leave = this.#allowed(address) ? this.#places.enter(address) : 'not-allowed';
    if (typeof leave === 'function') {
      socket.once('close', leave);
      return address;
    }
    const why = leave ?? `connections-${this.#places.full(address) === 'all' ? '' : 'per-address-'}max`;
    socket.on('error', () => {
      // It is refused, whatever the peer does to it.
    });
    socket.resetAndDestroy();
    this.#refusals.say(address, { address, why, message: this.#words(address, why) });
    return undefined;
  }

  #words(address: string, why: Refusal['why']): string {
    const { connectionsMax, connectionsPerAddressMax } = this.#options;
    switch (why) {
      case 'not-allowed':
        return `a connection from ${address} was refused: it is not among the addresses of --allow-from`;
      case 'connections-max':
        return `a connection from ${address} was refused: there are ${connectionsMax ?? 0} already, and no more are allowed`;
      case 'connections-per-address-max':
        return `a connection from ${address} was refused: it has ${connectionsPerAddressMax ?? 0} already, and no address is allowed more`;
    }
  }

  close(): void {
    this.#refusals.close();
  }
}

function boundAddress(server: Server): { host: string; port: number } {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has an address and a port');
  return { host: address.address, port: address.port };
}
