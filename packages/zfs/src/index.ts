export * from './errors.ts';
export * from './model/index.ts';
export type * from './zfs.ts';
