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
  offerPages,
  PromotionAssembler,
  PromotionPager,
} from './pages.ts';
export type { Role } from './session-table.ts';
export type { ReceivedStream, ReceiveStreamOptions } from './stream-in.ts';
export type { SendStreamOptions, SentStream } from './stream-out.ts';
export { boundFailure } from './text.ts';
export type * from './transport.ts';
export { memoryTransportPair, type MemoryTransportOptions } from './transport-memory.ts';
export {
  type ConnectTcpOptions,
  connectTcp,
  formatAddress,
  type Listener,
  type ListenTcpOptions,
  listenTcp,
} from './transport-tcp.ts';
export { negotiateVersion, PROTOCOL_VERSION_MAX, PROTOCOL_VERSION_MIN } from './version.ts';
