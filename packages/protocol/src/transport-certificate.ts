/** Certificates of peers: who they say they are, and whether that is believed. */
import type { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type TLSSocket } from 'node:tls';

export interface PeerCertificate {
  /** SHA-256 of its DER, 64 lower-case hexadecimal digits. */
  readonly fingerprint: string;
  /**
   * The names in it: DNS names, e-mail addresses and URIs of its subject alternative name, in this order; its common name
   * if it has no alternative name. They mean something only if it is `trusted`.
   */
  readonly names: readonly string[];
  /** A certificate authority that this side was given vouches for it, for this use, now. */
  readonly trusted: boolean;
}

/**
 * Of a socket whose handshake is done, which proved that the peer has the key; undefined when it sent none. To be called
 * once: on the client's side Node 20 takes the certificate out of the socket when it is asked for it.
 */
export function takePeerCertificate(socket: TLSSocket): X509Certificate | undefined {
  return socket.getPeerX509Certificate();
}

/** @param trusted whether `socket.authorized` */
export function describeCertificate(certificate: X509Certificate, trusted: boolean): PeerCertificate {
  return {
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    // RFC 6125, 6.4.4: the common name counts where there is no alternative name at all. Authorities do not look at it.
    names:
      certificate.subjectAltName === undefined
        ? commonNames(certificate)
        : alternativeNames(certificate.subjectAltName),
    trusted,
  };
}

/** Why the certificate of a server is not that of `host` by a certificate authority's word; undefined if it is. */
export function whyNotHost(socket: TLSSocket, certificate: X509Certificate, host: string): string | undefined {
  if (socket.authorized) return checkServerIdentity(host, certificate.toLegacyObject())?.message;
  // The type says Error; it is a code such as SELF_SIGNED_CERT_IN_CHAIN.
  const code = String(socket.authorizationError);
  return AUTHORITY_WORDS[code] ?? code;
}

const NOT_OURS = 'it is not signed by a certificate authority of --ca';

const AUTHORITY_WORDS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_OURS,
  SELF_SIGNED_CERT_IN_CHAIN: NOT_OURS,
  UNABLE_TO_GET_ISSUER_CERT: NOT_OURS,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_OURS,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_OURS,
  // By an authority of the same name.
  CERT_SIGNATURE_FAILURE: NOT_OURS,
  CERT_HAS_EXPIRED: 'it has expired (or the clock here is wrong)',
  CERT_NOT_YET_VALID: 'it is not valid yet (or the clock here is wrong)',
  INVALID_PURPOSE: 'it was not made for this use (extended key usage)',
};

function commonNames(certificate: X509Certificate): string[] {
  // More than one makes an array of it, which the type does not say.
  const name: unknown = certificate.toLegacyObject().subject.CN;
  return [name].flat().filter((one) => typeof one === 'string');
}

const NAME_KINDS = ['DNS', 'email', 'URI'] as const;

/**
 * Node writes the alternative names as one line, `DNS:a.example, URI:"spiffe://a, b"`, and a name that could be mistaken
 * for more than one as a JSON string (nodejs.org/api/crypto.html, x509.subjectAltName).
 */
function alternativeNames(text: string): string[] {
  const found = [...text.matchAll(/([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy)].map(([, kind = '', value = '']) => ({
    kind,
    value: value.startsWith('"') ? (JSON.parse(value) as string) : value,
  }));
  return NAME_KINDS.flatMap((wanted) => found.filter(({ kind }) => kind === wanted).map(({ value }) => value));
}
