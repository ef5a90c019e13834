import {
  Connection,
  ConnectionError,
  PeerSilentError,
  type PairReply,
  PROTOCOL_VERSION_MAX,
  PROTOCOL_VERSION_MIN,
  type SecureTransport,
  type Transport,
} from '@zfsync/protocol';
import {
  type Identity,
  PAIRING_EXPORTER_BYTES,
  PAIRING_EXPORTER_LABEL,
  pairingProof,
  type PairingToken,
} from '@zfsync/trust';
import { ReplicationError } from '@zfsync/zfs';

/** To the receiver whose certificate is the pinned one. */
export type PairingTransport = Transport & Pick<SecureTransport, 'exportKey'>;

export interface PairOverOptions {
  readonly token: PairingToken;
  /** The one that the transport was made with. */
  readonly identity: Identity;
  readonly agent: string;
  /** For the answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Asks the receiver at the other end to pair, and closes the connection.
 *
 * @throws {PeerError} why the receiver refuses. @throws {ReplicationError} PAIRING_UNANSWERED when it may have paired or
 * not.
 */
export async function pairOver(transport: PairingTransport, options: PairOverOptions): Promise<PairReply> {
  const { token, identity, agent, timeoutMs, signal } = options;
  const { pairingId, secret } = token;
  const exportedKey = transport.exportKey(PAIRING_EXPORTER_LABEL, PAIRING_EXPORTER_BYTES);
  const proof = pairingProof({ secret, exportedKey, senderFingerprint: identity.fingerprint });
  const connection = new Connection(transport, { role: 'sender' });
  try {
    const [protocolMin, protocolMax] = [PROTOCOL_VERSION_MIN, PROTOCOL_VERSION_MAX];
    await connection.send({ type: 'pair', protocolMin, protocolMax, agent, pairingId, proof });
    const reply = await connection.expect(['pair-reply'], { timeoutMs, signal });
    await connection.close();
    return reply;
  } catch (error) {
    connection.destroy();
    throw error instanceof ConnectionError || error instanceof PeerSilentError ? unanswered(error) : error;
  }
}

function unanswered(cause: Error): ReplicationError {
  return new ReplicationError(
    `the receiver did not answer: ${cause.message}. It may have paired all the same: if the token is "used already" ` +
      'now, make a new one',
    { code: 'PAIRING_UNANSWERED', retry: 'operator', cause },
  );
}
