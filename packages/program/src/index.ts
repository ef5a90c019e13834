export * from './arguments.ts';
export * from './back-off.ts';
export * from './exit-code.ts';
export * from './log.ts';
export * from './program.ts';
export * from './progress-deadline.ts';
