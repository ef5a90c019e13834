export { Connection, type ConnectionOptions } from './connection.ts';
export * from './errors.ts';
export type { ReceiveOptions } from './inbox.ts';
export * as limits from './limits.ts';
export type * from './message.ts';
export {
  type Answer,
  DecisionAssembler,
  decisionPages,
  OfferAssembler,
  type Offered,
  offerPages,
  promotionPager,
  ReportAssembler,
  type ReportPager,
  tidyPager,
} from './pages.ts';
export type { Role } from './session-table.ts';
export type { ReceivedStream, ReceiveStreamOptions } from './stream-in.ts';
export type { SendStreamOptions, SentStream } from './stream-out.ts';
export { boundFailure, propertiesBytes } from './text.ts';
export { Throttle } from './throttle.ts';
export type * from './transport.ts';
export { memoryTransportPair, type MemoryTransportOptions } from './transport-memory.ts';
export { addressOf, type Cidr, formatAddress, neighbourhood, parseCidr } from './transport-addresses.ts';
export { Admission, type AdmissionOptions, crowdedOut } from './transport-admission.ts';
export type { PeerCertificate } from './transport-certificate.ts';
export type { ConnectTcpOptions } from './transport-connect.ts';
export type { Listener, ListenTcpOptions, Refusal } from './transport-listen.ts';
export { connectTcp, listenTcp } from './transport-tcp.ts';
export {
  connectTls,
  type ConnectTlsOptions,
  listenTls,
  type ListenTlsOptions,
  type SecureTransport,
  type TlsIdentity,
} from './transport-tls.ts';
export { negotiateVersion, PROTOCOL_VERSION_MAX, PROTOCOL_VERSION_MIN } from './version.ts';
