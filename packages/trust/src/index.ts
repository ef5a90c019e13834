export { fingerprintOf, loadIdentity, readAuthorities, readIdentity } from './identity.ts';
export { type Listening, readListening, removeListening, writeListening } from './listening.ts';
export type * from './model.ts';
export {
  PAIRING_TTL_MS,
  PairingStore,
  type PendingPairing,
  type Redemption,
  WRONG_PROOFS_MAX,
} from './pairing-store.ts';
export { parsePeerName, pathOfName, PEER_NAME_BYTES_MAX } from './peer-name.ts';
export { PeerStore } from './peer-store.ts';
export { PAIRING_EXPORTER_BYTES, PAIRING_EXPORTER_LABEL, pairingProof } from './proof.ts';
export { ReceiverStore } from './receiver-store.ts';
export { type Side, stateDirectory, type StateSurroundings } from './state-directory.ts';
export { checkExpiry, formatToken, parseToken } from './token.ts';
