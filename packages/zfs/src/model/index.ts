export * from './dataset.ts';
export * from './dataset-name.ts';
export * from './resume-token.ts';
export * from './version.ts';
