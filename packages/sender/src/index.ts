export * from './connect.ts';
export * from './report.ts';
export { type RunOptions, runSession } from './run.ts';
export { loadSource, type Source } from './source.ts';
export * from './steps.ts';
