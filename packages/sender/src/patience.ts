import { type Phase, ProgressDeadline, stalledError } from '@zfsync/program';
import type { Connection } from '@zfsync/protocol';

export interface Waiting {
  readonly connection: Connection;
  readonly phase: Phase;
  /** What is waited for: a dataset, or the tree's root. */
  readonly subject: string;
  /** Milliseconds without progress. */
  readonly stallMs: number;
}

/**
 * Waits for the receiver as long as there is progress. When there is none, the connection is closed, and everything that
 * waits on it ends with the one error that says which phase of what stalled.
 */
export async function patiently<T>(
  { connection, phase, subject, stallMs }: Waiting,
  work: (progress: () => void) => Promise<T>,
): Promise<T> {
  const deadline = new ProgressDeadline(stallMs, () => {
    connection.destroy(stalledError(phase, subject, stallMs));
  });
  try {
    return await work(() => {
      deadline.progress();
    });
  } finally {
    deadline.stop();
  }
}
