import { ReplicationError, type ErrorContext, type Retry } from '@zfsync/zfs';
import type { Failure } from './message.ts';
import { boundFailure } from './text.ts';

/** The connection could not be made or broke. `cause` is Node's error; it is wrapped once, at the transport. */
export class ConnectionError extends ReplicationError {
  static {
    this.prototype.name = 'ConnectionError';
  }

  constructor(
    message: string,
    options: {
      readonly code:
        | 'CONNECT_UNRESOLVED'
        | 'CONNECT_REFUSED'
        | 'CONNECT_UNREACHABLE'
        | 'CONNECT_TIMEOUT'
        | 'CONNECTION_RESET'
        | 'CONNECTION_CLOSED'
        | 'LISTEN_FAILED'
        /** The other side is not who it should be. */
        | 'TLS_UNTRUSTED'
        /** No connection over TLS could be made, for any other reason. */
        | 'TLS_HANDSHAKE';
      readonly retry?: Retry;
      readonly context?: ErrorContext;
      readonly cause?: unknown;
    },
  ) {
    super(message, { retry: 'reconnect', ...options });
  }
}

/** The peer has sent nothing, not even a heartbeat, for too long. */
export class PeerSilentError extends ReplicationError {
  static {
    this.prototype.name = 'PeerSilentError';
  }

  constructor(message: string, context?: ErrorContext) {
    super(message, { code: 'HEARTBEAT_TIMEOUT', retry: 'reconnect', ...(context && { context }) });
  }
}

export type ProtocolErrorCode =
  | 'FRAME_TOO_LARGE'
  | 'FRAME_TYPE_UNKNOWN'
  | 'FRAME_HEADER_INVALID'
  | 'MESSAGE_UNDECODABLE'
  | 'MESSAGE_INVALID'
  | 'MESSAGE_UNEXPECTED'
  | 'VERSION_UNSUPPORTED'
  | 'STREAM_DIGEST_MISMATCH'
  | 'LIMIT_EXCEEDED';

/** The peer broke the protocol (or, with origin `local`, a message of ours would). Always closes the connection. */
export class ProtocolError extends ReplicationError {
  static {
    this.prototype.name = 'ProtocolError';
  }

  constructor(
    message: string,
    code: ProtocolErrorCode,
    options?: { context?: ErrorContext; cause?: unknown; origin?: 'local' | 'peer' },
  ) {
    super(message, {
      code,
      retry: 'never',
      origin: options?.origin ?? 'peer',
      ...(options?.context && { context: options.context }),
      cause: options?.cause,
    });
  }
}

/** A stream did not reach its target whole. */
export class StreamFailedError extends ReplicationError {
  readonly side: 'source' | 'sink' | 'wire';

  static {
    this.prototype.name = 'StreamFailedError';
  }

  constructor(side: 'source' | 'sink' | 'wire', failure: Failure, origin: 'local' | 'peer') {
    super(failure.message, { code: failure.code, retry: failure.retry, origin });
    this.side = side;
  }
}

/** The peer said that it failed: the last message of a connection. */
export class PeerError extends ReplicationError {
  readonly detail: string;

  static {
    this.prototype.name = 'PeerError';
  }

  constructor(failure: Failure) {
    super(failure.message, { code: failure.code, retry: failure.retry, origin: 'peer' });
    this.detail = failure.detail;
  }
}

/** What to tell the peer of an error of ours. Anything but a {@link ReplicationError} is a bug: it says so, no more. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ReplicationError) {
    const detail = 'stderrTail' in error && typeof error.stderrTail === 'string' ? error.stderrTail : '';
    return boundFailure({ code: error.code, retry: error.retry, message: error.message, detail });
  }
  return { code: 'INTERNAL', retry: 'never', message: 'internal error; see the log of the other side', detail: '' };
}
