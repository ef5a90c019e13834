export * from './arguments.ts';
export * from './back-off.ts';
export * from './exit-code.ts';
export * from './lock.ts';
export * from './log.ts';
export * from './program.ts';
export * from './progress-deadline.ts';
export { defaultRunDirectory, type Surroundings } from './run-directory.ts';
