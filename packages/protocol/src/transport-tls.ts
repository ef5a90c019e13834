/** The transport over TLS 1.3: both sides show a certificate and prove that they have its key. */
import { constants, X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import {
  connect,
  createSecureContext,
  createServer,
  type SecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls';
import { ConfigError } from '@zfsync/zfs';
import { deferred } from './deferred.ts';
import { ConnectionError } from './errors.ts';
import { socketBufferBytes } from './limits.ts';
import { Throttle } from './throttle.ts';
import { formatAddress } from './transport-addresses.ts';
import { type Dismissal, Strangers } from './transport-admission.ts';
import { describeCertificate, type PeerCertificate, takePeerCertificate, whyNotHost } from './transport-certificate.ts';
import { type ConnectTcpOptions, connectSocket } from './transport-connect.ts';
import { type Listener, listenSockets, type ListenTcpOptions } from './transport-listen.ts';
import { SocketTransport } from './transport-socket.ts';
import { brokenTlsError, farewell, handshakeError, strangerError } from './transport-tls-errors.ts';
import type { Transport } from './transport.ts';

/** Who speaks anything else over TLS is not meant. */
const ALPN = 'zfsync/1';

/** Node takes it (nodejs.org/api/tls.html, `new tls.TLSSocket`); its type has been forgotten. */
const BUFFER = { highWaterMark: socketBufferBytes };

/** How long a handshake may take while others wait for its place: some round trips of a slow line. */
const HANDSHAKE_PATIENCE_MS = 3_000;

export interface TlsIdentity {
  /** PEM; may be followed by the certificates between it and its authority. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

export interface TlsOptions {
  readonly identity: TlsIdentity;
  /** Certificate authorities, PEM. Without it none is trusted, not even those of the system. */
  readonly ca?: string;
}

export interface ConnectTlsOptions extends ConnectTcpOptions, TlsOptions {
  /**
   * Who the receiver must be: the owner of the certificate with this fingerprint, whatever name and dates it has; or
   * whoever a certificate authority of `ca` says is `host`.
   */
  readonly trust: { readonly fingerprint: string } | { readonly ca: true };
}

/**
 * Connections whose handshake is not finished. They are counted for themselves, so that whoever has no certificate takes
 * no room from those who have one.
 */
const UNFINISHED_MAX = 512;

export interface ListenTlsOptions
  extends Omit<ListenTcpOptions, 'connectionsMax' | 'connectionsPerAddressMax'>,
    TlsOptions {
  /** From the accepted connection to the end of its handshake. */
  readonly handshakeTimeoutMs: number;
  /** Connections in their handshake at once; others wait for theirs. Default 64. */
  readonly strangersMax?: number;
  /** The same for one IPv4 address, or one /64 of IPv6. Default 8. */
  readonly strangersPerAddressMax?: number;
  /** Connections in their handshake and in line for it. When one more comes, one of them gives way. Default 512. */
  readonly unfinishedMax?: number;
  /** See {@link ListenTcpOptions}; and handshakes that failed, at most once a minute for each address. */
  readonly onError?: (error: ConnectionError) => void;
}

export interface SecureTransport extends Transport {
  /** The peer's. The handshake has proved that it has the key. */
  readonly certificate: PeerCertificate;
  /**
   * Bytes that both ends of this connection get for this label, and nobody else (RFC 8446, 7.5).
   *
   * @throws {ConnectionError} CONNECTION_CLOSED.
   */
  exportKey(label: string, bytes: number): Uint8Array;
}

/**
 * Who the receiver is has been checked when this resolves. That the receiver took our certificate is only known once it
 * has answered: a refusal comes as the transport's TLS_HANDSHAKE error.
 *
 * @throws {ConnectionError} those of `connectTcp`; TLS_UNTRUSTED, TLS_HANDSHAKE.
 * @throws {ConfigError} when the certificate, the key or `ca` cannot be used.
 * @throws {AbortedError} when the signal fires.
 */
export async function connectTls(options: ConnectTlsOptions): Promise<SecureTransport> {
  const secureContext = tlsContext(options);
  return await connectSocket(options, async (raw) => {
    const peer = formatAddress(options.host, options.port);
    const socket = await shakeHands(raw, secureContext, options.host, peer);
    if (socket.alpnProtocol !== ALPN) throw handshakeError({ code: 'NO_ALPN' }, peer);
    const certificate = takePeerCertificate(socket);
    if (certificate === undefined) throw handshakeError({ code: 'NO_CERTIFICATE' }, peer);
    const described = describeCertificate(certificate, socket.authorized);
    checkReceiver(options, peer, described.fingerprint, () => whyNotHost(socket, certificate, options.host));
    return new TlsTransport(socket, raw, described);
  });
}

function shakeHands(raw: Socket, secureContext: SecureContext, host: string, peer: string): Promise<TLSSocket> {
  const { promise, resolve, reject } = deferred<TLSSocket>();
  raw.on('error', () => {
    // The TLS socket on top of it tells.
  });
  raw.allowHalfOpen = false;
  const socket = connect({
    socket: raw,
    secureContext,
    ALPNProtocols: [ALPN],
    ...BUFFER,
    ...(isIP(host) === 0 && { servername: host }),
    // It is judged below, by what the user said to trust.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  const onError = (error: Error): void => {
    reject(handshakeError(error, peer));
  };
  socket.on('error', onError);
  socket.on('close', () => {
    reject(handshakeError({ code: 'ECONNRESET' }, peer));
  });
  socket.once('secureConnect', () => {
    resolve(socket);
  });
  return promise;
}

function checkReceiver(
  { trust }: ConnectTlsOptions,
  peer: string,
  fingerprint: string,
  whyNot: () => string | undefined,
): void {
  if ('fingerprint' in trust) {
    if (trust.fingerprint === fingerprint) return;
    throw new ConnectionError(
      `${peer} is not the receiver that this host was paired with: its certificate is ${fingerprint}, and it should be ${trust.fingerprint}. If the receiver's key was made anew, pair again; if not, somebody may be in its place`,
      { code: 'TLS_UNTRUSTED', retry: 'operator', context: { peer, fingerprint, expected: trust.fingerprint } },
    );
  }
  const reason = whyNot();
  if (reason === undefined) return;
  throw new ConnectionError(`the certificate of ${peer}, ${fingerprint}, cannot be trusted: ${reason}`, {
    code: 'TLS_UNTRUSTED',
    retry: 'operator',
    context: { peer, fingerprint },
  });
}

/**
 * Takes whoever has a certificate and its key, also one that it signed itself: the caller judges by
 * {@link SecureTransport.certificate}.
 *
 * @throws {ConnectionError} LISTEN_FAILED.
 * @throws {ConfigError} when `allowFrom`, the certificate, the key or `ca` cannot be used.
 */
export async function listenTls(
  options: ListenTlsOptions,
  onConnection: (transport: SecureTransport) => void,
): Promise<Listener> {
  const failures = new Throttle<{ peer: string; error: unknown }>(({ peer, error }, times) => {
    options.onError?.(strangerError(error, peer, times));
  });
  const door = new Door(options, onConnection, (peer, address, error) => {
    failures.say(address, { peer, error });
  });
  const listener = await listenSockets(options, (socket, address) => {
    // Whoever is gone already has no port.
    if (socket.remotePort === undefined) socket.destroy();
    else door.knock(socket, address);
  });
  const close = async (): Promise<void> => {
    await listener.close();
    door.close();
    failures.close();
  };
  return { address: listener.address, close };
}

interface Guest {
  readonly raw: Socket;
  /** Its handshake is done, one way or the other. */
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Where accepted sockets shake hands. */
class Door {
  /** Does not listen: sockets are given to it. Only a server tells whether a client's certificate is vouched for. */
  readonly #server: ReturnType<typeof createServer>;
  readonly #options: ListenTlsOptions;
  readonly #strangers: Strangers;
  readonly #guests = new Map<string, Guest>();
  readonly #onConnection: (transport: SecureTransport) => void;
  readonly #onFailure: (peer: string, address: string, error: unknown) => void;

  constructor(
    options: ListenTlsOptions,
    onConnection: (transport: SecureTransport) => void,
    onFailure: (peer: string, address: string, error: unknown) => void,
  ) {
    this.#options = options;
    this.#onConnection = onConnection;
    this.#onFailure = onFailure;
    const { strangersMax = 64, strangersPerAddressMax = 8, unfinishedMax = UNFINISHED_MAX } = options;
    this.#strangers = new Strangers({
      max: strangersMax,
      perAddressMax: strangersPerAddressMax,
      unfinishedMax,
      patienceMs: HANDSHAKE_PATIENCE_MS,
    });
    tlsContext(options);
    this.#server = createServer({
      ...contextOptions(options),
      requestCert: true,
      rejectUnauthorized: false,
      ALPNProtocols: [ALPN],
    });
    this.#server.on('tlsClientError', (error, socket) => {
      this.#guests.get(fourTuple(socket))?.failed(error);
    });
    this.#server.on('secureConnection', (socket) => {
      this.#welcome(socket);
    });
  }

  knock(raw: Socket, address: string): void {
    const key = fourTuple(raw);
    const peer = formatAddress(address, raw.remotePort ?? 0);
    // What was never read from has not been missed: its peer is gone, and has come again from the same port.
    this.#guests.get(key)?.failed({ code: 'ECONNRESET' });
    let leave = (): void => undefined;
    const done = (): void => {
      clearTimeout(timer);
      this.#guests.delete(key);
      leave();
    };
    const failed = (error: unknown): void => {
      if (this.#guests.get(key) !== guest) return;
      done();
      const alert = farewell(error);
      if (alert !== undefined) raw.write(alert);
      // No reset, which could overtake the alert.
      raw.destroy();
      this.#onFailure(peer, address, error);
    };
    const late = (): void => {
      failed({ code: 'ERR_TLS_HANDSHAKE_TIMEOUT' });
    };
    const dismissed = (why: Dismissal): void => {
      if (why === 'slow') late();
      else failed({ code: 'CROWDED_OUT' });
    };
    const guest: Guest = { raw, done, failed };
    const timer = setTimeout(late, this.#options.handshakeTimeoutMs);
    raw.on('error', failed);
    raw.once('close', () => {
      failed({ code: 'ECONNRESET' });
    });
    this.#guests.set(key, guest);
    const begin = (): void => {
      raw.allowHalfOpen = false;
      this.#server.emit('connection', raw);
    };
    leave = this.#strangers.add(address, begin, dismissed);
    // Whoever failed in `begin` could not leave yet.
    if (this.#guests.get(key) !== guest) leave();
  }

  /** Sends away those whose handshake is not done. */
  close(): void {
    for (const { raw, done } of [...this.#guests.values()]) {
      done();
      raw.resetAndDestroy();
    }
  }

  #welcome(socket: TLSSocket): void {
    const guest = this.#guests.get(fourTuple(socket));
    const certificate = takePeerCertificate(socket);
    if (guest === undefined) {
      // It is gone already, or was destroyed meanwhile: nobody is there to talk to.
      socket.destroy();
    } else if (certificate === undefined) {
      guest.failed({ code: 'NO_CERTIFICATE' });
    } else if (socket.alpnProtocol !== ALPN) {
      guest.failed({ code: 'NO_ALPN' });
    } else {
      guest.done();
      const transport = new TlsTransport(socket, guest.raw, describeCertificate(certificate, socket.authorized));
      // OpenSSL is still in the handshake here: Node 20 crashes (SIGSEGV) when the socket below is reset now.
      setImmediate(() => {
        this.#onConnection(transport);
      });
    }
  }
}

/** Names a connection among all that live: a TLS socket does not say which socket it was made on. */
function fourTuple(socket: Socket): string {
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  return JSON.stringify([remoteAddress, remotePort, localAddress, localPort]);
}

function contextOptions({ identity, ca }: TlsOptions): SecureContextOptions {
  return {
    cert: identity.certificate,
    key: identity.key,
    // An empty list, as none at all would be the system's.
    ca: ca ?? [],
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    // No session is resumed: it would do without certificates. OpenSSL keeps the state of a session with this, where
    // Node has nothing that keeps it.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** @throws {ConfigError} */
function tlsContext(options: TlsOptions): SecureContext {
  try {
    // OpenSSL passes over what is none.
    if (options.ca !== undefined) new X509Certificate(options.ca);
    return createSecureContext(contextOptions(options));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`the certificate, its key or the certificate authorities cannot be used: ${reason}`);
  }
}

/**
 * Over a socket whose handshake is done. Until then half-open is not allowed, as a peer that ends in the middle of its
 * handshake would be waited for.
 */
class TlsTransport extends SocketTransport implements SecureTransport {
  readonly certificate: PeerCertificate;
  readonly #socket: TLSSocket;

  constructor(socket: TLSSocket, raw: Socket, certificate: PeerCertificate) {
    super(socket, raw);
    socket.allowHalfOpen = true;
    this.#socket = socket;
    this.certificate = certificate;
  }

  exportKey(label: string, bytes: number): Uint8Array {
    if (this.#socket.destroyed) {
      throw new ConnectionError(`the connection to ${this.peer} is closed`, {
        code: 'CONNECTION_CLOSED',
        context: { peer: this.peer },
      });
    }
    return this.#socket.exportKeyingMaterial(bytes, label, Buffer.alloc(0));
  }

  protected override broken(error: NodeJS.ErrnoException): ConnectionError {
    return brokenTlsError(error, this.peer);
  }
}
