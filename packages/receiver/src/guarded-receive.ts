import { Writable } from 'node:stream';
import { type DatasetName, type ReceiveProcess, ReplicationError, type StreamHead } from '@zfsync/zfs';
import type { StreamGuard } from './stream-guard.ts';
import type { Place } from './stream-places.ts';

export interface GuardedReceiveOptions {
  readonly target: DatasetName;
  readonly guard: StreamGuard;
  /** What else depends on the head, until the signal fires. @throws {ReplicationError} when the stream may not be received */
  readonly judge: (head: StreamHead, signal: AbortSignal) => Promise<void>;
  readonly start: (head: StreamHead) => ReceiveProcess;
  /** Is told when the peer is waited for, and when zfs is. */
  readonly pace: Place['pace'];
}

/** What waits while zfs takes what came before. */
const QUEUED_BYTES = 256 * 1024;
const KILLED = { code: 'ZFS_KILLED', retry: 'backoff' } as const;

/**
 * A `zfs receive` that is started once the guard has seen and approved of the head of its stream. No byte gets to it
 * that the guard has not approved of. It ends as `zfs receive` does, or rejects with the guard's reason.
 */
export function guardedReceive(options: GuardedReceiveOptions): ReceiveProcess {
  return new GuardedReceive(options);
}

class GuardedReceive implements ReceiveProcess {
  readonly stream: Writable;
  readonly done: Promise<void>;
  readonly #options: GuardedReceiveOptions;
  #receive: ReceiveProcess | undefined;
  /** Until there is a head, all of it, which the guard bounds; then the beginning of a record that is not whole. */
  #held = Buffer.alloc(0);
  readonly #stopped = new AbortController();
  /** Why the guard, or the judge, has ended it. */
  #refusal: unknown;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;

  constructor(options: GuardedReceiveOptions) {
    this.#options = options;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.done.catch(() => undefined);
    this.stream = new Writable({
      highWaterMark: QUEUED_BYTES,
      write: (chunk: Buffer, _encoding, callback) => {
        options.pace.working(chunk.length);
        this.#take(chunk).then(() => {
          options.pace.waiting();
          callback();
        }, this.#refuse);
      },
      final: (callback) => {
        options.pace.working(0);
        this.#end().then(() => {
          callback();
        }, this.#refuse);
      },
    });
  }

  warnings(): readonly string[] {
    return this.#receive?.warnings() ?? [];
  }

  async kill(): Promise<void> {
    this.#stop(new ReplicationError(`the receive into ${this.#options.target} was ended before it began`, KILLED));
    await this.#receive?.kill();
  }

  readonly #refuse = (error: unknown): void => {
    this.#refusal = error;
    this.#stop(error);
    void this.#receive?.kill();
  };

  /** What comes from now on is thrown away. A receive that has been started tells its end itself. */
  #stop(reason: unknown): void {
    this.#stopped.abort(reason);
    this.#held = Buffer.alloc(0);
    if (this.#receive === undefined) this.#reject(reason);
    this.stream.destroy();
  }

  async #take(chunk: Buffer): Promise<void> {
    const { guard } = this.#options;
    guard.push(chunk);
    const held = this.#held;
    const approvedBytes = guard.head === undefined ? 0 : held.length + chunk.length - guard.undecidedBytes;
    const fromHeld = held.subarray(0, approvedBytes);
    const fromChunk = chunk.subarray(0, Math.max(0, approvedBytes - held.length));
    // A copy: what it is a part of may be large.
    this.#held = Buffer.concat([held.subarray(fromHeld.length), chunk.subarray(fromChunk.length)]);
    if (approvedBytes === 0) return;
    const receive = this.#receive ?? (await this.#start());
    if (receive === undefined) return;
    for (const each of [fromHeld, fromChunk]) if (each.length > 0) await written(receive.stream, each);
  }

  async #start(): Promise<ReceiveProcess | undefined> {
    const { guard, judge, start } = this.#options;
    if (guard.head === undefined) return undefined;
    this.#options.pace.headCame();
    await judge(guard.head, this.#stopped.signal);
    if (this.#stopped.signal.aborted) return undefined;
    const receive = start(guard.head);
    this.#receive = receive;
    // Its exit says more than that it takes nothing any more.
    receive.stream.once('close', () => {
      this.stream.destroy();
    });
    receive.done.then(this.#resolve, (error: unknown) => {
      this.#reject(this.#refusal ?? error);
    });
    return receive;
  }

  async #end(): Promise<void> {
    const receive = this.#receive;
    if (receive === undefined) {
      const message = `the stream for ${this.#options.target} ended before it had begun: its sender is at fault`;
      throw new ReplicationError(message, { code: 'STREAM_TRUNCATED', retry: 'replan' });
    }
    if (this.#held.length > 0) await written(receive.stream, this.#held);
    receive.stream.end();
  }
}

/** At the pace of the receive; for one that takes nothing any more, at once. */
function written(stream: Writable, chunk: Buffer): Promise<void> {
  if (stream.destroyed || stream.write(chunk)) return Promise.resolve();
  return new Promise((resolve) => {
    const go = (): void => {
      stream.off('drain', go);
      stream.off('close', go);
      resolve();
    };
    stream.on('drain', go);
    stream.on('close', go);
  });
}
