import { ReplicationError } from '@zfsync/zfs';

/** What a run can be in the middle of when nothing moves any more. The zfs verbs are phases of their own. */
export type Phase = 'connect' | 'hello' | 'planning' | 'stream' | 'finish' | 'rename' | 'tidy';

const WAITED_FOR: Readonly<Record<Phase, string>> = {
  connect: 'the connection was not made',
  hello: 'the peer has not answered the hello',
  planning: 'the receiver has said nothing of its plan',
  stream: 'no byte of its stream has moved',
  finish: 'zfs receive has not finished',
  rename: 'the receiver has renamed nothing into place',
  tidy: 'the receiver has neither pruned anything nor said that it is done',
};

/** The one error of a phase without progress. Its context has `phase`, `subject` and `stalledMs`, for the log. */
export class StalledError extends ReplicationError {
  static {
    this.prototype.name = 'StalledError';
  }

  constructor(phase: Phase, subject: string, stalledMs: number, detail: string) {
    const after = detail === '' ? '' : ` (${detail})`;
    super(`${subject}: stalled in the phase ${phase}: ${WAITED_FOR[phase]} for ${stalledMs / 1000} s${after}`, {
      code: 'STALLED',
      retry: 'reconnect',
      context: { phase, subject, stalledMs },
    });
  }
}

/** @param subject the dataset, target or tree that stalled @param detail such as how many bytes had moved */
export function stalledError(phase: Phase, subject: string, stalledMs: number, detail = ''): StalledError {
  return new StalledError(phase, subject, stalledMs, detail);
}

/** Calls `onStall` when nothing has progressed for `ms` milliseconds; once, unless it is stopped before. */
export class ProgressDeadline {
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number, onStall: () => void) {
    this.#timer = setTimeout(onStall, ms).unref();
  }

  /** Bytes or records have moved. */
  progress(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
