import type { Logger } from '@zfsync/program';
import { type Connection, negotiateVersion, type Pair, type SecureTransport } from '@zfsync/protocol';
import { PAIRING_EXPORTER_BYTES, PAIRING_EXPORTER_LABEL, type PairingStore, type Peer } from '@zfsync/trust';
import { type DatasetName, InvalidNameError, joinDatasetName, type RelativePath, ReplicationError } from '@zfsync/zfs';
import { changeState } from './state-lock.ts';

export interface AnswerPairOptions<P> {
  /** Whose certificate is to be the peer's. */
  readonly transport: Pick<SecureTransport, 'certificate' | 'exportKey'>;
  readonly pairings: PairingStore<P>;
  /** The receiver's TARGET. */
  readonly root: DatasetName;
  readonly agent: string;
  readonly log: Logger;
}

/**
 * Answers a sender that wants to be paired. After this the connection has nothing more to say.
 *
 * @returns the peer, which is let in from now on
 * @throws {ReplicationError} why it was not paired: PAIRING_UNKNOWN, PAIRING_EXPIRED, PAIRING_PROOF, CERTIFICATE_TAKEN,
 * PEER_PATH_TAKEN, NAME_INVALID, STATE_BUSY, or that the protocol has no common version. The caller fails the connection with it.
 */
export async function answerPair<P>(
  connection: Connection,
  request: Pair,
  { transport, pairings, root, agent, log }: AnswerPairOptions<P>,
): Promise<Peer<P>> {
  const protocolVersion = negotiateVersion(request.protocolMin, request.protocolMax);
  const { pairingId, proof } = request;
  const { fingerprint } = transport.certificate;
  const exportedKey = transport.exportKey(PAIRING_EXPORTER_LABEL, PAIRING_EXPORTER_BYTES);
  const check = ({ path }: { readonly path: RelativePath }): void => {
    targetOf(root, path);
  };
  const redeem = () => pairings.redeem({ pairingId, proof, exportedKey, fingerprint, check });
  // Who has no token holds up nobody who changes the state.
  const what = `zfsync-recv, which pairs ${connection.peer}`;
  const { stateDirectory } = pairings;
  const peer = pairings.has(pairingId) ? await changeState({ stateDirectory, what }, redeem) : redeem();
  const { name } = peer;
  const target = targetOf(root, peer.path);
  log.info(
    { event: 'paired', name, fingerprint, target, agent: request.agent },
    `paired ${name}, which sends to ${target}`,
  );
  await connection.send({ type: 'pair-reply', protocolVersion, agent, name, target });
  return peer;
}

function targetOf(root: DatasetName, path: RelativePath): DatasetName {
  try {
    return joinDatasetName(root, path);
  } catch (error) {
    if (!(error instanceof InvalidNameError)) throw error;
    throw new ReplicationError(error.message, { code: 'NAME_INVALID', retry: 'operator', cause: error });
  }
}
