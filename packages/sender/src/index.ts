export * from './attempts.ts';
export * from './connect.ts';
export * from './cursor-list.ts';
export * from './cursors.ts';
export * from './format.ts';
export * from './every.ts';
export * from './hooks.ts';
export { type JobContext, type JobResult, runJob } from './job.ts';
export * from './merge-reports.ts';
export { type FlaggedOutcome, noteFlags } from './note-flags.ts';
export type { MirrorWishes, Renames } from './mirror-options.ts';
export * from './recover.ts';
export * from './report.ts';
export * from './resume.ts';
export { type RunOptions, runSession } from './run.ts';
export {
  exitCodeOfPrune,
  formatPrune,
  type PrunedDataset,
  type PruneReport,
  pruneSource,
  type PruneTask,
} from './prune.ts';
export { planPrune, type PrunePlan, pruneReceiver, type PruneReceiver, type SourceKeep } from './prune-plan.ts';
export * from './select.ts';
export {
  formatSnapshot,
  type SnapshotPolicy,
  type SnapshotReport,
  type SnapshotTask,
  takeSnapshot,
} from './snapshot.ts';
export { snapshotConfig, type SnapshotConfig, type SnapshotFlags, snapshotOptions } from './snapshot-options.ts';
export { runSessions } from './send.ts';
export { sendStep } from './send-step.ts';
export { cursorsLockName, runLockName, sendLocksConflict } from './send-lock.ts';
export { loadSource, type OfferOptions, type Source, type SourceOffer } from './source.ts';
export * from './space.ts';
export { requestReport } from './request-report.ts';
export * from './steps.ts';
export { plan, type PlannedDataset } from './plan.ts';
export * from './commands/pair.ts';
export * from './commands/peers.ts';
export * from './pairing.ts';
export * from './permissions.ts';
export { withParents } from './with-parents.ts';
