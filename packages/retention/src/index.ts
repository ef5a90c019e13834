export { targetOfCursor } from './cursors.ts';
export { globMatcher, type GlobMatcher } from './glob.ts';
export { inOrder, type InOrder } from './in-order.ts';
export {
  checkKeeps,
  type DatedSnapshot,
  KEEP_COUNT_MAX,
  type KeepPolicy,
  parsePeriods,
  retain,
  type Retention,
} from './keep.ts';
export { CLASSES, classOf, periodOf, type SnapshotClass } from './periods.ts';
export { DEFAULT_TEMPLATE, type ParsedName, SnapshotTemplate } from './template.ts';
