import { AbortedError, ConfigError, ReplicationError } from '@zfsync/zfs';

/** The exit codes of both programs; documented for scripts in the README and the man pages. */
export const EXIT = {
  /** All datasets converged; or, of the receiver, an orderly end. */
  ok: 0,
  /** The run as a whole failed: no connection, no such dataset, zfs not there. */
  failure: 1,
  /** Wrong flags, arguments or configuration; nothing was tried. */
  usage: 2,
  /** Some datasets failed; the others went on. */
  datasetsFailed: 3,
  /** A conflict needs the operator; nothing was destroyed. Wins over {@link EXIT.datasetsFailed}. */
  conflict: 4,
  /** Another run has this target. */
  busy: 5,
  /** A bug of ours. */
  internal: 70,
  /** Ended by a signal. */
  interrupted: 130,
} as const;

/** The code by which the receiver says that another session has the target. */
export const BUSY_CODE = 'BUSY';

/** The one place where an error becomes an exit code. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return EXIT.usage;
  if (error instanceof AbortedError) return EXIT.interrupted;
  if (error instanceof ReplicationError) return error.code === BUSY_CODE ? EXIT.busy : EXIT.failure;
  return EXIT.internal;
}
