export * from './buffer-dataset.ts';
export * from './decide.ts';
export * from './holdings.ts';
export * from './placement.ts';
export * from './promote.ts';
export { type ListenOptions, Receiver, type ReceiverOptions } from './server.ts';
