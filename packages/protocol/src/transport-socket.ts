/** The transport over a socket, whatever kind it is, and what all sockets are made with. */
import type { Socket } from 'node:net';
import type { ConnectionError } from './errors.ts';
import { socketBufferBytes, tcpKeepAliveMs } from './limits.ts';
import { formatAddress, plainAddress } from './transport-addresses.ts';
import { brokenError } from './transport-errors.ts';
import type { Transport, TransportHandlers } from './transport.ts';

export const SOCKET_OPTIONS = {
  // The receiver still answers after the sender has ended its direction.
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: tcpKeepAliveMs,
  highWaterMark: socketBufferBytes,
} as const;

export class SocketTransport implements Transport {
  readonly peer: string;
  readonly #socket: Socket;
  readonly #raw: Socket;
  /** Why we destroyed the socket, or what the network did to it. */
  #error: Error | undefined;
  #ended = false;
  #destroyed = false;

  /** @param raw the TCP socket, where `socket` is one on top of it */
  constructor(socket: Socket, raw = socket) {
    this.#socket = socket;
    this.#raw = raw;
    this.peer = formatAddress(plainAddress(socket.remoteAddress ?? 'unknown'), socket.remotePort ?? 0);
    socket.pause();
    socket.on('error', (error) => {
      this.#error ??= this.broken(error);
      // Node does not do so after an error of TLS on a socket that may be half open.
      socket.destroy();
    });
  }

  start(handlers: TransportHandlers): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => {
      if (!this.#destroyed) handlers.onData(chunk);
    });
    socket.on('drain', () => {
      if (!this.#destroyed) handlers.onDrain();
    });
    socket.on('end', () => {
      if (!this.#destroyed && this.#error === undefined) handlers.onEnd();
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
    // socket open, polled without pause. A TLS socket cannot reset at all (ERR_INVALID_HANDLE_TYPE), and what it has
    // queued is not in the queue of the socket below, which therefore always can.
    if (!this.#ended && this.#raw.writableLength === 0) this.#raw.resetAndDestroy();
    this.#socket.destroy();
  }

  protected broken(error: NodeJS.ErrnoException): ConnectionError {
    return brokenError(error, this.peer);
  }
}
