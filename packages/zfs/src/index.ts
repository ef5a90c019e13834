export { createDatasetDestroyer, createZfs, type ZfsOptions } from './cli/create-zfs.ts';
export type { CommandInfo } from './cli/run.ts';
export * from './errors.ts';
export { listTree } from './list-tree.ts';
export * from './model/index.ts';
export { addHolds, type HeldBefore, moveHold } from './move-hold.ts';
export type * from './zfs.ts';
