export type { RunCase } from './helpers.ts';
export { zfsConformance } from './suite.ts';
export type { TestBed } from './test-bed.ts';
