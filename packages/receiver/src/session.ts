import {
  type BeginStream,
  type DatasetDecision,
  type Decision,
  type OfferedDataset,
  type Promotion,
  ProtocolError,
  type Replan,
} from '@zfsync/protocol';
import {
  type DatasetName,
  type DatasetState,
  InvalidNameError,
  isSnapshot,
  joinDatasetName,
  type RelativePath,
  ReplicationError,
  USER_PROPERTY,
  type Zfs,
} from '@zfsync/zfs';
import { appendOnlyZfs, conflictPolicyOf } from './append-only.ts';
import { carryOutPolicy, type PolicyContext } from './carry-out-policy.ts';
import { checkAsDecided } from './check-stream.ts';
import { refusal, type Verdict } from './decide.ts';
import { continueAt, type Destination, placeFull, refuseBeyondLimit, RefusedError, resumeAt } from './destination.ts';
import { Holdings } from './holdings.ts';
import { type Inventory, loadInventory, loadRoots, type TargetLocation } from './inventory.ts';
import { lazily } from './lazily.ts';
import { loadLimits, type RoomLimits } from './limits.ts';
import { lookAgain } from './look-again.ts';
import { DatasetMaker, type FilesystemCreator } from './make.ts';
import type { Surroundings } from './placement.ts';
import { NewestHolds } from './newest-holds.ts';
import type { OfferShare } from './offer-budget.ts';
import { isSetAside, parkedWhenAside } from './parking.ts';
import { pause } from './pause.ts';
import { type PlanContext, planTree } from './plan-tree.ts';
import type { SessionPolicy } from './policy.ts';
import type { Asker } from './principal.ts';
import { type PromotionContext, promoteFirst, promoteParked } from './promote.ts';
import type { Expected } from './receive.ts';
import { withheldProperties } from './receive-properties.ts';

/** How long CleanBuffer waits for streams that have just broken: longer than a silent peer is waited for. */
const RELEASE_WAIT_MS = 45_000;
const RELEASE_POLL_MS = 50;

export interface SessionOptions {
  readonly asker: Asker;
  /** Takes its turn among the peer's listings: each is a process or several. The work takes no turn itself. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly zfs: Zfs;
  readonly creator: FilesystemCreator;
  readonly location: TargetLocation;
  readonly policy: SessionPolicy;
  /** What its offer may take of the memory. */
  readonly share: OfferShare;
  readonly since: Date;
  readonly signal: AbortSignal;
}

/** The receiver's answer to an offer. */
export interface Plan {
  readonly targetId: string;
  readonly decisions: readonly DatasetDecision[];
}

export interface Replanned extends Plan {
  /** The dataset whose partial receive was discarded, as the sender had asked. */
  readonly discarded: DatasetName | undefined;
}

/**
 * One sender's run against one target: what was offered, what was decided, what has arrived. Shared by all connections
 * of the session.
 */
export class TargetSession {
  readonly location: TargetLocation;
  readonly #options: SessionOptions;
  /** All that is done for the session is done by this driver: an append-only one refuses whatever gives something up. */
  readonly zfs: Zfs;
  readonly #signal: AbortSignal;
  readonly #inventory: Promise<Inventory>;
  readonly #holdings = new Holdings();
  readonly #offered = new Map<RelativePath, OfferedDataset>();
  readonly #verdicts = new Map<RelativePath, Verdict>();
  readonly #busy = new Set<RelativePath>();
  /** Those whose conflict is being dealt with: nothing below them may begin. */
  readonly #resolving = new Set<RelativePath>();
  readonly #maker: DatasetMaker;
  readonly #holds: NewestHolds;
  #decisions = new Map<RelativePath, DatasetDecision>();
  #planned = false;
  readonly #surroundings = lazily(() => this.#loadSurroundings());
  readonly #limits = lazily(() => this.#loadLimits());
  #leftovers: Promise<Promotion[]> | undefined;

  constructor(options: SessionOptions) {
    const { creator, location, policy, signal } = options;
    const zfs = policy.appendOnly ? appendOnlyZfs(options.zfs) : options.zfs;
    this.#options = options;
    this.zfs = zfs;
    this.location = location;
    this.#signal = signal;
    this.#maker = new DatasetMaker(creator, location, this.#holdings);
    this.#holds = new NewestHolds(zfs, policy.appendOnly);
    // Begun at once, side by side with the sender's own listing; an error is reported when the plan is asked for.
    this.#inventory = options.inTurn(() => {
      signal.throwIfAborted();
      return loadInventory(zfs, location, signal);
    });
    this.#inventory.catch(() => undefined);
  }

  get asker(): Asker {
    return this.#options.asker;
  }

  /** See {@link SessionOptions.inTurn}. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#options.inTurn(work);
  }

  /** See {@link SessionOptions.share}. */
  get share(): OfferShare {
    return this.#options.share;
  }

  /** The sender has made its offer: there is something to come back for. */
  get planned(): boolean {
    return this.#planned;
  }

  /** No stream is under way. */
  get idle(): boolean {
    return this.#busy.size === 0;
  }

  /** Decides for every dataset of the sender's tree. Changes nothing. */
  async plan(offered: readonly OfferedDataset[]): Promise<Plan> {
    if (this.#planned) throw new ProtocolError('a second offer in one session', 'MESSAGE_UNEXPECTED');
    this.#planned = true;
    const inventory = await this.#inventory;
    for (const path of new Set([...inventory.inPlace.keys(), ...inventory.parked.keys()])) {
      this.#holdings.set(path, inventory.inPlace.get(path), inventory.parked.get(path));
    }
    for (const dataset of offered) this.#offered.set(dataset.path, dataset);
    this.#decisions = await this.inTurn(() => planTree(this.#planContext(inventory)));
    return { targetId: inventory.targetId, decisions: [...this.#decisions.values()] };
  }

  /** The properties that the sender offers and that the operator does not want. */
  withheldProperties(): string[] {
    return withheldProperties(this.#options.policy.properties, this.#offered.values());
  }

  /** Looks at one dataset again and decides on it anew, after its stream could not be received. */
  replan(request: Omit<Replan, 'type'>): Promise<Replanned> {
    // Only with its turn is it busy: who waits for that, waits for no other's turn.
    return this.inTurn(() => this.#replan(request));
  }

  async #replan({ path, discard }: Omit<Replan, 'type'>): Promise<Replanned> {
    this.#checkPlanned();
    const { targetId } = await this.#inventory;
    const dataset = this.#offered.get(path);
    if (dataset === undefined) throw new ProtocolError(`${path || '/'} was not offered`, 'MESSAGE_INVALID');
    if (this.#busy.has(path)) {
      const decision = refusal('STREAM_BUSY', 'backoff', `${path || '/'} is being received`);
      return {
        targetId,
        decisions: [{ path, decision, parked: false, afterParent: false, available: 0n, flags: undefined }],
        discarded: undefined,
      };
    }
    this.#busy.add(path);
    try {
      let discarded: DatasetName | undefined;
      const context = {
        ...this.#planContext(await this.#inventory),
        holdings: this.#holdings,
        signal: this.#signal,
        onDiscarded: (name: DatasetName) => {
          discarded = name;
        },
      };
      const decisions = [await lookAgain(context, dataset, this.#decisions, discard)];
      return { targetId, decisions, discarded };
    } finally {
      this.#busy.delete(path);
    }
  }

  /** Keeps for the next plan what ZFS has said of a stream. */
  judge(path: RelativePath, verdict: Verdict): void {
    this.#verdicts.set(path, verdict);
  }

  /**
   * Checks a stream against what was decided and finds its place. Until {@link release} no other stream may be begun
   * for the same dataset.
   *
   * @throws {RefusedError} when it may not be received now.
   */
  async begin(stream: BeginStream): Promise<Destination> {
    const { path } = stream;
    this.#checkPlanned();
    const offered = this.#offered.get(path);
    const planned = this.#decisions.get(path);
    if (offered === undefined || planned === undefined) {
      throw new RefusedError(`${path || '/'} was not offered`, { code: 'NOT_OFFERED', retry: 'never' });
    }
    if (this.#busy.has(path)) {
      throw new RefusedError(`${path || '/'} is being received already`, { code: 'STREAM_BUSY', retry: 'backoff' });
    }
    const above = [...this.#resolving].find((other) => path.startsWith(`${other}/`));
    if (above !== undefined) {
      const message = `${path} cannot be received while ${above || '/'} above it is being set aside`;
      throw new RefusedError(message, { code: 'STREAM_BUSY', retry: 'backoff' });
    }
    this.#busy.add(path);
    try {
      checkAsDecided(stream, offered, planned, this.#holdings.get(path));
      await this.#promoteLeftovers();
      await this.#resolve(stream, planned.decision);
      await this.#leaveBuffer(path);
      return await this.#place(stream, offered);
    } catch (error) {
      this.#busy.delete(path);
      if (error instanceof InvalidNameError) {
        throw new RefusedError(error.message, { code: 'NAME_TOO_LONG', retry: 'operator', cause: error });
      }
      throw error;
    }
  }

  /** A session that was given up in the meantime knows nothing of the plan. */
  #checkPlanned(): void {
    if (this.#decisions.size === 0) {
      const message = `the session with target ${this.location.target} is not known here any more`;
      throw new RefusedError(message, { code: 'SESSION_UNKNOWN', retry: 'replan' });
    }
  }

  /** The stream of {@link begin} is over; `arrived` when the target has it now. */
  async release(path: RelativePath, destination: Destination, arrived: boolean): Promise<void> {
    try {
      if (!arrived) return;
      this.#holdings.received(path, destination.after, destination.parked);
      // What was a placeholder is none any more.
      if (destination.adopt) await this.zfs.inheritProperty(destination.target, USER_PROPERTY.placeholder);
      const newest = this.#offered
        .get(path)
        ?.versions.find((version) => isSnapshot(version) && version.guid === destination.after.newest);
      if (!this.#options.policy.hold || newest === undefined) return;
      await this.#holds.move(path, destination.target, newest.name, (await this.#stateOf(path))?.held);
    } finally {
      this.#busy.delete(path);
    }
  }

  /** Renames what is parked into place, once no stream is under way: a rename would break a receive. */
  async *cleanBuffer(): AsyncGenerator<Promotion, void, undefined> {
    this.#checkPlanned();
    for (let waitedMs = 0; !this.idle && waitedMs < RELEASE_WAIT_MS; waitedMs += RELEASE_POLL_MS) {
      await pause(RELEASE_POLL_MS, this.#signal);
    }
    if (!this.idle) {
      const message = `target ${this.location.target}: ${[...this.#busy].join(', ')} is still being received`;
      throw new ReplicationError(message, { code: 'STREAM_BUSY', retry: 'replan' });
    }
    const leftovers = await this.#promoteLeftovers();
    yield* leftovers.filter(({ outcome }) => outcome === 'promoted');
    yield* promoteParked(this.#promotionContext(true));
  }

  /** What a dead session left parked goes into place before anything new is received; once per session. */
  #promoteLeftovers(): Promise<Promotion[]> {
    this.#leftovers ??= collect(promoteParked(this.#promotionContext(false)));
    return this.#leftovers;
  }

  /** What is known of an offered dataset and of its target before the stream of {@link begin} comes. */
  async expect(path: RelativePath): Promise<Expected> {
    const offered = this.#offered.get(path);
    if (offered === undefined)
      throw new RefusedError(`${path || '/'} was not offered`, { code: 'NOT_OFFERED', retry: 'never' });
    const kind = this.#decisions.get(path)?.decision.kind;
    // A full stream goes on from nothing; what the listing has may have been set aside.
    const state = kind === 'incremental' || kind === 'resume' ? await this.#stateOf(path) : undefined;
    const existing = new Set(state?.versions.filter(isSnapshot).map(({ guid }) => guid));
    const keyShared = offered.raw && this.#holdings.isKeyShared(path);
    return { offered, existing, key: state?.entry.zfsyncKey, keyShared };
  }

  /** What the listing said, or the last look since. */
  async #stateOf(path: RelativePath): Promise<DatasetState | undefined> {
    const inventory = await this.#inventory;
    return inventory.inPlace.get(path) ?? inventory.parked.get(path);
  }

  async #resolve(stream: BeginStream, decision: Decision): Promise<void> {
    const { path } = stream;
    if (isSetAside(path, this.#decisions)) this.#resolving.add(path);
    try {
      await carryOutPolicy(await this.#policyContext(path), stream, decision);
    } finally {
      this.#resolving.delete(path);
    }
  }

  async #policyContext(path: RelativePath): Promise<PolicyContext> {
    const inventory = await this.#inventory;
    const setsAside = isSetAside(path, this.#decisions);
    const parks =
      setsAside && parkedWhenAside(inventory, this.#decisions, await this.#surroundings(), await this.#limits());
    return {
      zfs: this.zfs,
      location: this.location,
      holdings: this.#holdings,
      state: await this.#stateOf(path),
      busy: this.#busy,
      makeBuffer: () => this.#maker.buffer(inventory),
      parkedWhenAside: (below) => (parks !== false && parks.has(below) ? this.#offered.get(below) : undefined),
    };
  }

  #planContext(inventory: Inventory): PlanContext {
    const { policy, since } = this.#options;
    return {
      zfs: this.zfs,
      location: this.location,
      offered: this.#offered,
      inventory,
      policy: conflictPolicyOf(policy),
      appendOnly: policy.appendOnly,
      since,
      verdicts: this.#verdicts,
      surroundings: this.#surroundings,
      limits: this.#limits,
    };
  }

  #promotionContext(withPlaceholders: boolean): PromotionContext {
    return {
      zfs: this.zfs,
      holdings: this.#holdings,
      targetOf: (path) => joinDatasetName(this.location.target, path),
      makeAncestors: async (path) => {
        const missing = this.#holdings.missingAncestors(path);
        if (missing.length === 0) return [];
        if (!withPlaceholders || missing.some((ancestor) => this.#mayArrive(ancestor))) return undefined;
        await this.#maker.placeholders(missing, await this.#surroundings());
        return missing;
      },
    };
  }

  /** The sender has this dataset, so it arrives in this session or, if it fails, in a later one. */
  #mayArrive(path: RelativePath): boolean {
    const kind = this.#decisions.get(path)?.decision.kind;
    return (kind !== undefined && kind !== 'refused') || this.#holdings.parked.has(path);
  }

  /** What was parked before there was a limit gets no further there: it goes into place first. */
  async #leaveBuffer(path: RelativePath): Promise<void> {
    if (this.#holdings.inBuffer(path) === undefined) return;
    const limits = await this.#limits();
    if (limits.above(path) === undefined || (await promoteFirst(this.#promotionContext(true), path))) return;
    refuseBeyondLimit(this.location, path, limits);
  }

  async #place(stream: BeginStream, offered: OfferedDataset): Promise<Destination> {
    const { path } = stream;
    const existing = this.#holdings.get(path);
    const receiving = {
      location: this.location,
      properties: this.#options.policy.properties,
      offered,
      remembered: (await this.#stateOf(path))?.entry.zfsyncStream,
    };
    if (stream.resume !== undefined) {
      const partial = existing ?? this.#holdings.arriving.get(path);
      if (partial === undefined) {
        throw new RefusedError(`${path || '/'} has no partial receive`, { code: 'NOT_AS_DECIDED', retry: 'replan' });
      }
      const parked = this.#holdings.arriving.get(path)?.parked ?? !this.#holdings.inPlace.has(path);
      return resumeAt(receiving, stream, partial, parked);
    }
    if (existing !== undefined && stream.from !== undefined) {
      return continueAt(receiving, stream, existing, !this.#holdings.inPlace.has(path));
    }
    return placeFull(
      {
        zfs: this.zfs,
        inventory: await this.#inventory,
        holdings: this.#holdings,
        maker: this.#maker,
        around: await this.#surroundings(),
        signal: this.#signal,
        limits: this.#limits,
        mayArrive: (at) => this.#mayArrive(at),
      },
      receiving,
      stream,
    );
  }

  async #loadLimits(): Promise<RoomLimits> {
    const { ancestor } = await this.#surroundings();
    return loadLimits(this.zfs, this.location, await this.#inventory, ancestor, this.#signal);
  }

  async #loadSurroundings(): Promise<Surroundings> {
    const roots = await loadRoots(this.zfs, this.location, await this.#inventory, this.#signal);
    return {
      ...roots,
      offered: (path) => this.#offered.get(path),
      ownsRoot: (path) => {
        const holding = this.#holdings.inPlace.get(path) ?? this.#holdings.arriving.get(path);
        return holding !== undefined && holding.encryptionRoot === holding.name;
      },
      inPlaceRoot: (path) => {
        const holding = this.#holdings.inPlace.get(path);
        return holding === undefined ? 'absent' : holding.encryptionRoot;
      },
    };
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
