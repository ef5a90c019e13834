export { type FaultPlan, faultyTransport, type FaultyTransportOptions } from './faulty-transport.ts';
export { testTransport, type TransportPair } from './transport-suite.ts';
