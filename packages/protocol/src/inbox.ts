import { AbortedError } from '@zfsync/zfs';
import { PeerSilentError } from './errors.ts';
import type { Message } from './message.ts';

export interface ReceiveOptions {
  readonly signal?: AbortSignal;
  /** Rejects with {@link PeerSilentError}; the connection stays as it is. */
  readonly timeoutMs?: number;
}

interface Waiter {
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

/** Those who wait for the next message, in the order in which they came. One that has given up takes none with it. */
export class Waiters {
  readonly #waiters = new Set<Waiter>();

  get size(): number {
    return this.#waiters.size;
  }

  /** `awaited` is for the message of the error. */
  wait(awaited: string, { signal, timeoutMs }: ReceiveOptions): Promise<Message> {
    if (signal?.aborted === true) return Promise.reject(aborted(awaited, signal));
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const leave = (): void => {
        this.#waiters.delete(waiter);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        resolve: (message) => {
          leave();
          resolve(message);
        },
        reject: (error) => {
          leave();
          reject(error);
        },
      };
      const onAbort = (): void => {
        waiter.reject(aborted(awaited, signal));
      };
      if (timeoutMs !== undefined) {
        timer = setTimeout(() => {
          waiter.reject(new PeerSilentError(`no ${awaited} came within ${timeoutMs / 1000} s`, { timeoutMs }));
        }, timeoutMs);
      }
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiters.add(waiter);
    });
  }

  /** True when someone took it. */
  deliver(message: Message): boolean {
    const [first] = this.#waiters;
    first?.resolve(message);
    return first !== undefined;
  }

  fail(error: Error): void {
    for (const waiter of [...this.#waiters]) waiter.reject(error);
  }
}

function aborted(awaited: string, signal: AbortSignal | undefined): AbortedError {
  return new AbortedError(`waiting for ${awaited} was called off`, { cause: signal?.reason });
}
