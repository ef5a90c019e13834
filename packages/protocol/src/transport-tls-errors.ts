/** What OpenSSL says of connections, in words for people. */
import { ConnectionError } from './errors.ts';
import { brokenError } from './transport-errors.ts';

/** The errors that mean something to an administrator; both sides of a misunderstanding get one of their own. */
type Trouble =
  | 'plaintext'
  | 'too-old'
  | 'not-zfsync'
  | 'certificate-refused'
  | 'no-certificate'
  | 'silent'
  | 'crowded-out'
  | 'closed'
  | 'other';

const TROUBLE: Readonly<Record<string, Trouble>> = {
  // OpenSSL takes the first bytes of anything else for a record of a version that it does not know.
  ERR_SSL_WRONG_VERSION_NUMBER: 'plaintext',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'plaintext',
  ERR_SSL_HTTP_REQUEST: 'plaintext',
  ERR_SSL_HTTPS_PROXY_REQUEST: 'plaintext',
  ERR_SSL_BAD_RECORD_TYPE: 'plaintext',
  ERR_SSL_RECORD_LAYER_FAILURE: 'plaintext',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'too-old',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'too-old',
  ERR_SSL_VERSION_TOO_LOW: 'too-old',
  ERR_SSL_WRONG_SSL_VERSION: 'too-old',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'not-zfsync',
  ERR_SSL_NO_APPLICATION_PROTOCOL: 'not-zfsync',
  NO_ALPN: 'not-zfsync',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'certificate-refused',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'certificate-refused',
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: 'certificate-refused',
  NO_CERTIFICATE: 'no-certificate',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'silent',
  CROWDED_OUT: 'crowded-out',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
};

function troubleOf(error: unknown): Trouble {
  const code = error instanceof Object && 'code' in error ? String(error.code) : '';
  return TROUBLE[code] ?? 'other';
}

/** OpenSSL's own words, without its pointers, files and lines. */
function wordsOf(error: unknown): string {
  if (error instanceof Error && 'reason' in error && typeof error.reason === 'string') return error.reason;
  return error instanceof Error ? error.message : String(error);
}

/**
 * A fatal `protocol_version` alert. OpenSSL sends none to a peer that does not speak TLS, and zfsync-send says of it that
 * the other side speaks TLS.
 */
const NO_TLS_ALERT = Buffer.from('15030100020246', 'hex');

/** What to tell a peer with which there was no handshake, if OpenSSL has not. */
export function farewell(error: unknown): Buffer | undefined {
  return troubleOf(error) === 'plaintext' ? NO_TLS_ALERT : undefined;
}

/** This side connected, and there is no TLS. */
export function handshakeError(error: unknown, peer: string): ConnectionError {
  const trouble = troubleOf(error);
  const options = { context: { peer }, cause: error };
  if (trouble === 'closed') {
    return new ConnectionError(
      `cannot connect to ${peer}: the peer closed the connection at once; it may have too many already, or not allow this address`,
      { code: 'CONNECT_REFUSED', ...options },
    );
  }
  const words: Record<typeof trouble, string> = {
    plaintext: 'the peer does not speak TLS; was it started with --plaintext?',
    'too-old': 'the peer is too old: it does not speak TLS 1.3',
    'not-zfsync': 'the peer speaks TLS, but it is not zfsync-recv',
    'certificate-refused': 'the peer refused the certificate of this host',
    'no-certificate': 'the peer has no certificate',
    silent: 'the peer does not go on with the TLS handshake',
    'crowded-out': 'there are too many connections',
    other: `the TLS handshake failed: ${wordsOf(error)}`,
  };
  return new ConnectionError(`cannot connect to ${peer}: ${words[trouble]}`, {
    code: 'TLS_HANDSHAKE',
    retry: 'operator',
    ...options,
  });
}

/** Somebody connected to this side, and there is no TLS. @param times how often that happened */
export function strangerError(error: unknown, peer: string, times: number): ConnectionError {
  const words: Record<Trouble, string> = {
    plaintext: 'it does not speak TLS; if it is zfsync-send, leave out its --plaintext',
    'too-old': 'it is too old: it does not speak TLS 1.3',
    'not-zfsync': 'it speaks TLS, but it is not zfsync-send',
    'certificate-refused': 'it refused the certificate of this host; if it was paired with another one, pair again',
    'no-certificate': 'it has no certificate',
    silent: 'it did not finish the TLS handshake in time',
    'crowded-out':
      'too many connections have not finished their TLS handshake, and no address has more of them; if that goes on, keep this address out by a packet filter',
    closed: 'it closed the connection before the TLS handshake was done',
    other: `the TLS handshake failed: ${wordsOf(error)}`,
  };
  const often = times > 1 ? ` (${times} times within the last minute)` : '';
  return new ConnectionError(`a connection from ${peer} was refused: ${words[troubleOf(error)]}${often}`, {
    code: 'TLS_HANDSHAKE',
    retry: 'never',
    context: { peer, times },
    cause: error,
  });
}

/** After the handshake. In TLS 1.3 the client has done its part before the server has seen its certificate. */
export function brokenTlsError(error: NodeJS.ErrnoException, peer: string): ConnectionError {
  if (troubleOf(error) === 'certificate-refused') return handshakeError(error, peer);
  if (error.code?.startsWith('ERR_SSL_') !== true) return brokenError(error, peer);
  return new ConnectionError(`the connection to ${peer} broke: what arrived is not what was sent (${wordsOf(error)})`, {
    code: 'CONNECTION_RESET',
    context: { peer, error: error.code },
    cause: error,
  });
}
