/** What Node says of sockets, in words for people. */
import { AbortedError, type Retry } from '@zfsync/zfs';
import { ConnectionError } from './errors.ts';

type ConnectCode = 'CONNECT_UNRESOLVED' | 'CONNECT_REFUSED' | 'CONNECT_UNREACHABLE' | 'CONNECT_TIMEOUT';

const CONNECT_ERRORS: Readonly<Record<string, readonly [ConnectCode, string, Retry?]>> = {
  ENOTFOUND: ['CONNECT_UNRESOLVED', 'the name is unknown'],
  EAI_AGAIN: ['CONNECT_UNRESOLVED', 'the name server does not answer'],
  ECONNREFUSED: ['CONNECT_REFUSED', 'connection refused; is zfsync-recv running there and listening on this address?'],
  ECONNRESET: [
    'CONNECT_REFUSED',
    'the peer closed the connection at once; it may have too many already, or not allow this address',
  ],
  ETIMEDOUT: ['CONNECT_TIMEOUT', 'no answer'],
  EHOSTUNREACH: ['CONNECT_UNREACHABLE', 'no route to the host'],
  ENETUNREACH: ['CONNECT_UNREACHABLE', 'the network is unreachable'],
};

export function connectError(
  error: NodeJS.ErrnoException,
  peer: string,
  bindAddress: string | undefined,
): ConnectionError {
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

export function listenError(error: NodeJS.ErrnoException, address: string): ConnectionError {
  return new ConnectionError(`cannot listen on ${address}: ${LISTEN_ERRORS[error.code ?? ''] ?? error.message}`, {
    code: 'LISTEN_FAILED',
    retry: 'operator',
    context: { address },
    cause: error,
  });
}

export function brokenError(error: NodeJS.ErrnoException, peer: string): ConnectionError {
  const words =
    error.code === 'ETIMEDOUT' ? 'the peer does not answer any more' : 'the peer has reset the connection or is gone';
  return new ConnectionError(`the connection to ${peer} broke: ${words}`, {
    code: 'CONNECTION_RESET',
    context: { peer, error: error.code ?? error.message },
    cause: error,
  });
}

export function aborted(peer: string, signal: AbortSignal | undefined): AbortedError {
  return new AbortedError(`connecting to ${peer} was called off`, { cause: signal?.reason });
}
