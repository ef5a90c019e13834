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
