export * from './buffer-dataset.ts';
export * from './decide.ts';
export * from './holdings.ts';
export * from './placement.ts';
export { planTree } from './plan-tree.ts';
export type { Inventory } from './inventory.ts';
export * from './promote.ts';
export { type ListenOptions, Receiver, type ReceiverOptions } from './server.ts';
export { applyPolicy, CONFLICT_POLICIES, type ConflictPolicy } from './policy.ts';
