export * from './errors.ts';
export type * from './message.ts';
export type * from './transport.ts';
