import { BUSY_CODE } from '@zfsync/program';
import { type Hello, ProtocolError } from '@zfsync/protocol';
import {
  type DatasetName,
  InvalidNameError,
  joinDatasetName,
  relativePath,
  ReplicationError,
  type Zfs,
} from '@zfsync/zfs';
import { bufferDatasetOf, isReservedPath } from './buffer-dataset.ts';
import { TargetSession } from './session.ts';

interface ActiveSession {
  readonly session: TargetSession;
  readonly peer: string;
  readonly since: Date;
  connections: number;
}

function overlap(a: DatasetName, b: DatasetName): boolean {
  return relativePath(a, b) !== undefined || relativePath(b, a) !== undefined;
}

/** The sessions under way: one per target, and of nested targets one at a time. */
export class SessionRegistry {
  readonly #zfs: Zfs;
  readonly #root: DatasetName;
  readonly #signal: AbortSignal;
  readonly #active = new Map<string, ActiveSession>();

  constructor(zfs: Zfs, root: DatasetName, signal: AbortSignal) {
    this.#zfs = zfs;
    this.#root = root;
    this.#signal = signal;
  }

  get size(): number {
    return this.#active.size;
  }

  /**
   * Lets a connection into its session, or begins the session. Each call needs one {@link leave}.
   *
   * @throws {ReplicationError} BUSY when another session has the target, a part of it, or the whole that it is part of.
   */
  join(hello: Hello, peer: string): TargetSession {
    const target = this.#targetOf(hello);
    const known = this.#active.get(hello.sessionId);
    if (known !== undefined) {
      if (known.session.location.target !== target) {
        throw new ProtocolError('the connections of one session name different targets', 'MESSAGE_INVALID');
      }
      known.connections += 1;
      return known.session;
    }
    for (const other of this.#active.values()) {
      if (!overlap(other.session.location.target, target)) continue;
      const { location } = other.session;
      throw new ReplicationError(
        `target ${target} is busy: a session of ${other.peer} has ${location.target} since ${other.since.toISOString()}`,
        {
          code: BUSY_CODE,
          retry: 'backoff',
          context: { target, since: other.since.toISOString(), holder: other.peer },
        },
      );
    }
    const location = { root: this.#root, asPath: hello.asPath, target };
    const session = new TargetSession(this.#zfs, location, this.#signal);
    this.#active.set(hello.sessionId, { session, peer, since: new Date(), connections: 1 });
    return session;
  }

  /** The connection is gone; with its last connection the session is over. */
  leave(sessionId: string): void {
    const active = this.#active.get(sessionId);
    if (active === undefined) return;
    active.connections -= 1;
    if (active.connections === 0) this.#active.delete(sessionId);
  }

  #targetOf(hello: Hello): DatasetName {
    if (isReservedPath(hello.asPath)) {
      throw new ProtocolError(`--as ${hello.asPath} names a buffer dataset`, 'MESSAGE_INVALID');
    }
    try {
      bufferDatasetOf(this.#root);
      return joinDatasetName(this.#root, hello.asPath);
    } catch (error) {
      if (error instanceof InvalidNameError) {
        throw new ReplicationError(error.message, { code: 'NAME_INVALID', retry: 'never', cause: error });
      }
      throw error;
    }
  }
}
