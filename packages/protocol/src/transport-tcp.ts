/** The transport over plain TCP: the one place with sockets. */
import { createServer, isIP, type Server, type Socket, connect as connectSocket } from 'node:net';
import { AbortedError, type Retry } from '@zfsync/zfs';
import { ConnectionError } from './errors.ts';
import { socketBufferBytes, tcpKeepAliveMs } from './limits.ts';
import type { Transport, TransportHandlers } from './transport.ts';

/**
 * How long one address of a name with several is tried before the next one is. Node's default, 250 ms, is less than a
 * slow link's round trip: such a host would never be reached.
 */
const ADDRESS_ATTEMPT_MS = 2_000;

const SOCKET_OPTIONS = {
  // The receiver still answers after the sender has ended its direction.
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: tcpKeepAliveMs,
  highWaterMark: socketBufferBytes,
} as const;

export interface ConnectTcpOptions {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** The local address to connect from. */
  readonly bindAddress?: string;
  /** For resolving the name and connecting together. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * @throws {ConnectionError} CONNECT_UNRESOLVED, CONNECT_REFUSED, CONNECT_UNREACHABLE, CONNECT_TIMEOUT.
 * @throws {AbortedError} when the signal fires.
 */
export function connectTcp(options: ConnectTcpOptions): Promise<Transport> {
  const { host, port, bindAddress, timeoutMs, signal } = options;
  const peer = formatAddress(host, port);
  if (signal?.aborted === true) return Promise.reject(aborted(peer, signal));
  const { promise, resolve, reject } = deferred<Transport>();
  const socket = connectSocket({
    ...SOCKET_OPTIONS,
    host,
    port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    ...(bindAddress !== undefined && { localAddress: bindAddress, family: isIP(bindAddress) }),
  });
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          settle(
            new ConnectionError(`cannot connect to ${peer}: no answer within ${timeoutMs / 1000} s`, {
              code: 'CONNECT_TIMEOUT',
              context: { peer },
            }),
          );
        }, timeoutMs);
  const onAbort = (): void => {
    settle(aborted(peer, signal));
  };
  const onError = (error: NodeJS.ErrnoException): void => {
    settle(connectError(error, peer, bindAddress));
  };
  const onConnect = (): void => {
    settle();
  };
  const settle = (error?: Error): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    socket.off('connect', onConnect);
    if (error === undefined) {
      socket.off('error', onError);
      resolve(new TcpTransport(socket));
    } else {
      // The error listener stays: what comes after this has nobody else to go to.
      socket.destroy();
      reject(error);
    }
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  socket.on('connect', onConnect);
  socket.on('error', onError);
  return promise;
}

export interface ListenTcpOptions {
  /** An address of this host, IPv6 without brackets. */
  readonly host: string;
  /** 0 lets the kernel choose. */
  readonly port: number;
  /** Connections that the kernel holds until they are accepted. */
  readonly backlog?: number;
  /** Connections at once; a further one is closed at once. */
  readonly connectionsMax?: number;
  /** A connection could not be accepted, for want of file descriptors mostly. Listening goes on. */
  readonly onError?: (error: ConnectionError) => void;
}

export interface Listener {
  readonly address: { readonly host: string; readonly port: number };
  /** Stops listening; connections that were accepted live on. */
  close(): Promise<void>;
}

/** @throws {ConnectionError} LISTEN_FAILED. */
export function listenTcp(options: ListenTcpOptions, onConnection: (transport: Transport) => void): Promise<Listener> {
  const { host, port, backlog, connectionsMax } = options;
  // Paused: nothing is read before the transport is started.
  const server = createServer({ ...SOCKET_OPTIONS, pauseOnConnect: true });
  if (connectionsMax !== undefined) server.maxConnections = connectionsMax;
  server.on('connection', (socket) => {
    onConnection(new TcpTransport(socket));
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
    resolve({ address: boundAddress(server), close: () => closeServer(server) });
  });
  return promise;
}

/** `192.0.2.7:8730` or `[2001:db8::7]:8730`. */
export function formatAddress(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

class TcpTransport implements Transport {
  readonly peer: string;
  readonly #socket: Socket;
  /** Why we destroyed the socket, or what the network did to it. */
  #error: Error | undefined;
  #ended = false;
  #destroyed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.peer = formatAddress(plainAddress(socket.remoteAddress ?? 'unknown'), socket.remotePort ?? 0);
    socket.pause();
    socket.on('error', (error) => {
      this.#error ??= brokenError(error, this.peer);
    });
  }

  start(handlers: TransportHandlers): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => {
      handlers.onData(chunk);
    });
    socket.on('drain', () => {
      if (!this.#destroyed) handlers.onDrain();
    });
    socket.on('end', () => {
      if (!this.#destroyed) handlers.onEnd();
    });
    const closed = (): void => {
      handlers.onClose(this.#error);
    };
    // The peer may have been gone before anyone started to listen to it.
    if (socket.closed) setImmediate(closed);
    else socket.on('close', closed);
    socket.resume();
  }

  write(chunks: readonly Uint8Array[]): boolean {
    const socket = this.#socket;
    let room = true;
    socket.cork();
    for (const chunk of chunks) room = socket.write(chunk);
    socket.uncork();
    return room;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#ended = true;
    this.#socket.end();
  }

  destroy(error?: Error): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#error = error;
    // Node resets only once what is queued has been sent, which a peer that takes nothing can put off for ever; and after
    // a half-close that is still under way libuv refuses the reset (EINVAL, uv_tcp_close_reset) and Node leaves the
    // socket open, polled without pause.
    if (this.#ended || this.#socket.writableLength > 0) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

function closeServer(server: Server): Promise<void> {
  // The port is free at once; the server's own callback would wait for the last connection.
  server.close();
  return Promise.resolve();
}

function boundAddress(server: Server): { host: string; port: number } {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has an address and a port');
  return { host: address.address, port: address.port };
}

/** An IPv4 peer of a socket that listens on `::` has an address such as `::ffff:192.0.2.7`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}

type ConnectCode = 'CONNECT_UNRESOLVED' | 'CONNECT_REFUSED' | 'CONNECT_UNREACHABLE' | 'CONNECT_TIMEOUT';

const CONNECT_ERRORS: Readonly<Record<string, readonly [ConnectCode, string, Retry?]>> = {
  ENOTFOUND: ['CONNECT_UNRESOLVED', 'the name is unknown'],
  EAI_AGAIN: ['CONNECT_UNRESOLVED', 'the name server does not answer'],
  ECONNREFUSED: ['CONNECT_REFUSED', 'connection refused; is zfsync-recv running there and listening on this address?'],
  ECONNRESET: ['CONNECT_REFUSED', 'the peer closed the connection at once; it may have too many already'],
  ETIMEDOUT: ['CONNECT_TIMEOUT', 'no answer'],
  EHOSTUNREACH: ['CONNECT_UNREACHABLE', 'no route to the host'],
  ENETUNREACH: ['CONNECT_UNREACHABLE', 'the network is unreachable'],
};

function connectError(error: NodeJS.ErrnoException, peer: string, bindAddress: string | undefined): ConnectionError {
  if (bindAddress !== undefined && (error.code === 'EADDRNOTAVAIL' || error.code === 'EINVAL')) {
    return new ConnectionError(`cannot connect to ${peer}: ${bindAddress} is not an address to connect from here`, {
      code: 'CONNECT_UNREACHABLE',
      retry: 'operator',
      context: { peer, bindAddress },
      cause: error,
    });
  }
  const [code, words] = CONNECT_ERRORS[error.code ?? ''] ?? ['CONNECT_UNREACHABLE', error.message];
  return new ConnectionError(`cannot connect to ${peer}: ${words}`, { code, context: { peer }, cause: error });
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use; is another zfsync-recv running?',
  EADDRNOTAVAIL: 'this is not an address of this host',
  EACCES: 'permission denied; ports below 1024 need privileges',
  ENOTFOUND: 'the name is unknown',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files on this host',
};

function listenError(error: NodeJS.ErrnoException, address: string): ConnectionError {
  return new ConnectionError(`cannot listen on ${address}: ${LISTEN_ERRORS[error.code ?? ''] ?? error.message}`, {
    code: 'LISTEN_FAILED',
    retry: 'operator',
    context: { address },
    cause: error,
  });
}

function brokenError(error: NodeJS.ErrnoException, peer: string): ConnectionError {
  const words =
    error.code === 'ETIMEDOUT' ? 'the peer does not answer any more' : 'the peer has reset the connection or is gone';
  return new ConnectionError(`the connection to ${peer} broke: ${words}`, {
    code: 'CONNECTION_RESET',
    context: { peer, error: error.code ?? error.message },
    cause: error,
  });
}

function aborted(peer: string, signal: AbortSignal | undefined): AbortedError {
  return new AbortedError(`connecting to ${peer} was called off`, { cause: signal?.reason });
}
