/** A clock that goes only when it is told to, in the place of the timers that connections use. */

interface Timer {
  readonly run: () => void;
  dueMs: number;
  readonly everyMs: number | undefined;
}

/** What code under test does with a timer. */
interface Handle {
  unref(): Handle;
  ref(): Handle;
  refresh(): Handle;
}

export class Clock {
  readonly #timers = new Map<Handle, Timer>();
  readonly #real = {
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    clearTimeout: globalThis.clearTimeout,
    clearInterval: globalThis.clearInterval,
  };
  #nowMs = 0;

  /** Timers that were not cleared: what is over must have none. */
  get pending(): number {
    return this.#timers.size;
  }

  install(): void {
    const set = (run: () => void, ms: number, everyMs: number | undefined): Handle => {
      const handle: Handle = {
        unref: () => handle,
        ref: () => handle,
        refresh: () => {
          timer.dueMs = this.#nowMs + ms;
          return handle;
        },
      };
      const timer: Timer = { run, dueMs: this.#nowMs + ms, everyMs };
      this.#timers.set(handle, timer);
      return handle;
    };
    const clear = (handle: unknown): void => {
      this.#timers.delete(handle as Handle);
    };
    const replaced = {
      setTimeout: (run: () => void, ms = 0) => set(run, ms, undefined),
      setInterval: (run: () => void, ms = 0) => set(run, ms, ms),
      clearTimeout: clear,
      clearInterval: clear,
    };
    Object.assign(globalThis, replaced);
  }

  restore(): void {
    Object.assign(globalThis, this.#real);
  }

  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(([, { dueMs }]) => dueMs <= untilMs)
        .sort(([, a], [, b]) => a.dueMs - b.dueMs);
      const [next] = due;
      if (next === undefined) break;
      const [handle, timer] = next;
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      if (timer.everyMs === undefined) this.#timers.delete(handle);
      else timer.dueMs = this.#nowMs + timer.everyMs;
      timer.run();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything happen that waits for nothing but its turn. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
