export * from './dataset.ts';
export * from './dataset-name.ts';
export * from './delegation.ts';
export * from './nvlist.ts';
export * from './property.ts';
export * from './resume-token.ts';
export * from './stream-head.ts';
export * from './version.ts';
