/**
 * How a sender proves that it has a token's secret without telling it: `docs/SECURITY.md`, "Pairing". The proof is good
 * for one TLS connection and one certificate alone.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Of the TLS exporter (RFC 5705; RFC 8446, 7.5). Labels that are not registered begin with EXPERIMENTAL. */
export const PAIRING_EXPORTER_LABEL = 'EXPERIMENTAL zfsync pairing';
/** Of the exporter, in bytes. */
export const PAIRING_EXPORTER_BYTES = 32;

const FINGERPRINT = /^[0-9a-f]{64}$/;

/** What the receiver keeps of a secret: enough to check a proof, too little to print the token again. */
export function pairingKey(secret: Uint8Array): Buffer {
  return createHash('sha256').update('zfsync pairing').update(secret).digest();
}

interface Bound {
  /** Of the connection, see {@link PAIRING_EXPORTER_LABEL}. */
  readonly exportedKey: Uint8Array;
  /** 64 lower-case hexadecimal digits. */
  readonly senderFingerprint: string;
}

/** 32 bytes. */
export function pairingProof({ secret, ...bound }: Bound & { readonly secret: Uint8Array }): Uint8Array {
  return proofWith(pairingKey(secret), bound);
}

/** Takes the same time whatever is wrong with the proof. */
export function isPairingProof(proof: Uint8Array, { key, ...bound }: Bound & { readonly key: Uint8Array }): boolean {
  const expected = proofWith(key, bound);
  return proof.length === expected.length && timingSafeEqual(proof, expected);
}

function proofWith(key: Uint8Array, { exportedKey, senderFingerprint }: Bound): Buffer {
  // Both have one length, so that no other pair of them gives the same bytes.
  if (exportedKey.length !== PAIRING_EXPORTER_BYTES) throw new TypeError('an exported key has 32 bytes');
  if (!FINGERPRINT.test(senderFingerprint)) throw new TypeError('a fingerprint has 64 hexadecimal digits');
  return createHmac('sha256', key).update(exportedKey).update(Buffer.from(senderFingerprint, 'hex')).digest();
}
