/** The transport over plain TCP. */
import type { Transport } from './transport.ts';
import { type ConnectTcpOptions, connectSocket } from './transport-connect.ts';
import { type Listener, listenSockets, type ListenTcpOptions } from './transport-listen.ts';
import { SocketTransport } from './transport-socket.ts';

/**
 * @throws {ConnectionError} CONNECT_UNRESOLVED, CONNECT_REFUSED, CONNECT_UNREACHABLE, CONNECT_TIMEOUT.
 * @throws {AbortedError} when the signal fires.
 */
export function connectTcp(options: ConnectTcpOptions): Promise<Transport> {
  return connectSocket(options, (socket) => new SocketTransport(socket));
}

/**
 * @throws {ConnectionError} LISTEN_FAILED.
 * @throws {ConfigError} when `allowFrom` is wrong.
 */
export function listenTcp(options: ListenTcpOptions, onConnection: (transport: Transport) => void): Promise<Listener> {
  return listenSockets(options, (socket) => {
    onConnection(new SocketTransport(socket));
  });
}
