/** Making a connection, up to the socket. */
import { connect, isIP, type Socket } from 'node:net';
import { deferred } from './deferred.ts';
import { ConnectionError } from './errors.ts';
import { formatAddress } from './transport-addresses.ts';
import { aborted, connectError } from './transport-errors.ts';
import { SOCKET_OPTIONS } from './transport-socket.ts';

/**
 * How long one address of a name with several is tried before the next one is. Node's default, 250 ms, is less than a
 * slow link's round trip: such a host would never be reached.
 */
const ADDRESS_ATTEMPT_MS = 2_000;

export interface ConnectTcpOptions {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** The local address to connect from. */
  readonly bindAddress?: string;
  /** For resolving the name and connecting together, and for the handshake of TLS. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * A socket that is connected, and on which `secure`, if given, has done its work.
 *
 * @param secure is given the socket as soon as it is connected; what it rejects with is what this rejects with
 * @throws {ConnectionError} CONNECT_UNRESOLVED, CONNECT_REFUSED, CONNECT_UNREACHABLE, CONNECT_TIMEOUT.
 * @throws {AbortedError} when the signal fires.
 */
export function connectSocket<T>(options: ConnectTcpOptions, secure: (socket: Socket) => T | Promise<T>): Promise<T> {
  const { host, port, bindAddress, timeoutMs, signal } = options;
  const peer = formatAddress(host, port);
  if (signal?.aborted === true) return Promise.reject(aborted(peer, signal));
  const { promise, resolve, reject } = deferred<T>();
  const socket = connect({
    ...SOCKET_OPTIONS,
    host,
    port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    ...(bindAddress !== undefined && { localAddress: bindAddress, family: isIP(bindAddress) }),
  });
  const stop = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
  const fail = (error: Error): void => {
    stop();
    // The error listener stays: what comes after this has nobody else to go to.
    socket.destroy();
    reject(error);
  };
  const onTimeout = (): void => {
    fail(
      new ConnectionError(`cannot connect to ${peer}: no answer within ${(timeoutMs ?? 0) / 1000} s`, {
        code: 'CONNECT_TIMEOUT',
        context: { peer },
      }),
    );
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
  const onAbort = (): void => {
    fail(aborted(peer, signal));
  };
  const onError = (error: NodeJS.ErrnoException): void => {
    fail(connectError(error, peer, bindAddress));
  };
  const onConnect = async (): Promise<void> => {
    socket.off('error', onError);
    try {
      const secured = await secure(socket);
      stop();
      resolve(secured);
    } catch (error) {
      fail(error as Error);
    }
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  socket.on('connect', () => void onConnect());
  socket.on('error', onError);
  return promise;
}
