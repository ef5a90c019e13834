import { setMaxListeners } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { BUSY_CODE } from '@zfsync/program';
import { type Hello, ProtocolError } from '@zfsync/protocol';
import {
  AbortedError,
  type DatasetDestroyer,
  type DatasetName,
  InvalidNameError,
  joinDatasetName,
  parseRelativePath,
  relativePath,
  ReplicationError,
  type Zfs,
} from '@zfsync/zfs';
import { tidyPolicyOf } from './append-only.ts';
import { bufferDatasetOf, isReservedPath } from './buffer-dataset.ts';
import { whyNoSession } from './connection-limits.ts';
import type { TargetLocation } from './inventory.ts';
import { FilesystemCreator } from './make.ts';
import { OfferBudget } from './offer-budget.ts';
import { pause } from './pause.ts';
import type { SessionPolicy } from './policy.ts';
import type { Principal } from './principal.ts';
import { TargetSession } from './session.ts';
import { Turns } from './turns.ts';

interface ActiveSession {
  readonly session: TargetSession;
  /** See {@link Principal.name}. */
  readonly owner: string | undefined;
  /** What the session goes by, whatever is settled meanwhile. */
  readonly policy: SessionPolicy;
  /** Ends what the session still does. */
  readonly ended: AbortController;
  readonly peer: string;
  readonly since: Date;
  /** 0 = all are lost; the sender may come back for a while, unless another session wants the target. */
  connections: number;
  expiry: NodeJS.Timeout | undefined;
}

/** Shorter than a sender waits for the answer to its hello. */
const ENDING_WAIT_MS = 8000;
const ENDING_POLL_MS = 50;

/** Listings and plans that one peer has under way at once. Each takes up to three zfs processes. */
const PLANNING_PER_PEER_MAX = 4;

/** How long a session without a connection is kept, so that the sender may go on with it. */
const LINGER_MS = 60_000;

function changed({ name }: Principal): ReplicationError {
  const message = `what the receiver's operator has settled for ${name ?? 'all peers'} has changed since the session began`;
  return new ReplicationError(message, { code: 'PEER_CHANGED', retry: 'replan' });
}

/** One is the other or lies below it. */
export function overlap(a: DatasetName, b: DatasetName): boolean {
  return relativePath(a, b) !== undefined || relativePath(b, a) !== undefined;
}

export interface RegistryOptions {
  readonly zfs: Zfs;
  /** The receiver's TARGET. */
  readonly root: DatasetName;
  /** Ends all sessions. */
  readonly signal: AbortSignal;
  /** This host's clock. */
  readonly now: () => Date;
  readonly destroyer: DatasetDestroyer | undefined;
}

/** The sessions under way: one per target, and of nested targets one at a time. */
export class SessionRegistry {
  readonly #options: RegistryOptions;
  readonly #creator: FilesystemCreator;
  readonly #budget = new OfferBudget();
  readonly #planning = new Turns(PLANNING_PER_PEER_MAX);
  readonly #active = new Map<string, ActiveSession>();

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#creator = new FilesystemCreator(options.zfs);
  }

  /**
   * Lets a connection into its session, or begins the session. Each call needs one {@link leave}. Waits a little for a
   * session that has lost its sender and only has its zfs processes to end: the sender may have been started again.
   *
   * @param peer the address, for messages.
   * @throws {ReplicationError} BUSY when another session has the target, a part of it, or the whole that it is part of;
   * TOO_MANY_SESSIONS.
   */
  async join(hello: Hello, peer: string, principal: Principal): Promise<TargetSession> {
    const location = this.#locationOf(hello, principal);
    const { target } = location;
    const mustWait = () => !this.#active.has(hello.sessionId) && this.#isEnding(target);
    for (let waitedMs = 0; mustWait() && waitedMs < ENDING_WAIT_MS; waitedMs += ENDING_POLL_MS) {
      await pause(ENDING_POLL_MS, this.#options.signal);
    }
    const known = this.#active.get(hello.sessionId);
    if (known !== undefined) {
      // Whoever knows its id is not yet its owner.
      if (known.owner !== principal.name) throw new ProtocolError('the session is another peer’s', 'MESSAGE_INVALID');
      if (known.session.location.target !== target) {
        throw new ProtocolError('the connections of one session name different targets', 'MESSAGE_INVALID');
      }
      if (known.policy !== principal.policy && !isDeepStrictEqual(known.policy, principal.policy))
        throw changed(principal);
      known.connections += 1;
      clearTimeout(known.expiry);
      return known.session;
    }
    for (const [id, other] of this.#active) {
      const { location } = other.session;
      if (!overlap(location.target, target)) continue;
      if (other.connections === 0 && other.session.idle) {
        this.#end(id);
        continue;
      }
      throw new ReplicationError(
        `target ${target} is busy: a session of ${other.peer} has ${location.target} since ${other.since.toISOString()}`,
        {
          code: BUSY_CODE,
          retry: 'backoff',
          context: { target, since: other.since.toISOString(), holder: other.peer },
        },
      );
    }
    this.#checkNumber(principal);
    const { zfs, now, destroyer } = this.#options;
    const ended = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, ended.signal]);
    setMaxListeners(0, signal);
    const since = now();
    const asker = { name: principal.name, session: hello.sessionId };
    const session = new TargetSession({
      asker,
      inTurn: (work) => this.#planning.take(asker, work),
      zfs,
      creator: this.#creator,
      location,
      policy: principal.policy,
      share: this.#budget.share(principal.name),
      since,
      now,
      destroyer: tidyPolicyOf(principal.policy).mirror.datasets === 'destroy' ? destroyer : undefined,
      signal,
    });
    const { name: owner, policy } = principal;
    const active = { session, owner, policy, ended, peer, since, connections: 1, expiry: undefined };
    this.#active.set(hello.sessionId, active);
    return session;
  }

  /** The target is taken only by a session that has no sender any more and is not idle yet. */
  #isEnding(target: DatasetName): boolean {
    const others = [...this.#active.values()].filter(({ session }) => overlap(session.location.target, target));
    return others.some(({ session }) => !session.idle) && others.every(({ connections }) => connections === 0);
  }

  /** The connection is gone. With its last connection the session is over: at once if it ended in good order. */
  leave(sessionId: string, inGoodOrder: boolean): void {
    const active = this.#active.get(sessionId);
    if (active === undefined) return;
    active.connections -= 1;
    if (active.connections > 0) return;
    if (inGoodOrder || !active.session.planned) {
      this.#end(sessionId);
      return;
    }
    active.expiry = setTimeout(() => {
      this.#end(sessionId);
    }, LINGER_MS).unref();
  }

  #end(sessionId: string): void {
    const active = this.#active.get(sessionId);
    this.#active.delete(sessionId);
    clearTimeout(active?.expiry);
    active?.session.share.release();
    active?.ended.abort(new AbortedError('the session is over'));
  }

  /** Each session has processes and memory of its own, also while it waits for its sender to come back. */
  #checkNumber({ name }: Principal): void {
    const owners = [...this.#active.values()].map(({ owner }) => owner);
    const why = whyNoSession(name, owners);
    if (why === undefined) return;
    throw new ReplicationError(`${why}: no more are served at once`, { code: 'TOO_MANY_SESSIONS', retry: 'backoff' });
  }

  #locationOf(hello: Hello, principal: Principal): TargetLocation {
    if (isReservedPath(hello.asPath)) {
      throw new ProtocolError(`--as ${hello.asPath} names a buffer dataset`, 'MESSAGE_INVALID');
    }
    try {
      const { root } = this.#options;
      bufferDatasetOf(root);
      const asPath = parseRelativePath(principal.path + hello.asPath);
      return { root, asPath, target: joinDatasetName(root, asPath) };
    } catch (error) {
      if (error instanceof InvalidNameError) {
        throw new ReplicationError(error.message, { code: 'NAME_INVALID', retry: 'never', cause: error });
      }
      throw error;
    }
  }
}
