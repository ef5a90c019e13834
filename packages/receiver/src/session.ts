import {
  type BeginStream,
  type DatasetDecision,
  type Decision,
  type Offered,
  type OfferedDataset,
  type Promotion,
  ProtocolError,
  type Replan,
  type Tidy,
  type TidyEntry,
} from '@zfsync/protocol';
import {
  type DatasetDestroyer,
  type DatasetName,
  InvalidNameError,
  isSnapshot,
  type RelativePath,
  ReplicationError,
  USER_PROPERTY,
  type Zfs,
} from '@zfsync/zfs';
import { appendOnlyZfs } from './append-only.ts';
import { carryOutPolicy } from './carry-out-policy.ts';
import { checkAsDecided, isOfOrigin } from './check-stream.ts';
import { refusedDataset, type Verdict } from './decide.ts';
import { continueAt, type Destination, placeFull, refuseBeyondLimit, RefusedError, resumeAt } from './destination.ts';
import { loadInventory, type TargetLocation } from './inventory.ts';
import { PlannedFlags } from './flag.ts';
import type { FilesystemCreator } from './make.ts';
import { NewestHolds } from './newest-holds.ts';
import type { OfferShare } from './offer-budget.ts';
import { isSetAside } from './parking.ts';
import { pause } from './pause.ts';
import type { SessionPolicy } from './policy.ts';
import type { Asker } from './principal.ts';
import { promoteFirst, promoteParked } from './promote.ts';
import type { Expected } from './receive.ts';
import { withheldProperties } from './receive-properties.ts';
import { notOffered, TargetView } from './target-view.ts';
import { tidySession } from './tidy-session.ts';

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
  /** This host's clock. */
  readonly now: () => Date;
  /** Handed out where the policy has datasets destroyed that vanished at the source. */
  readonly destroyer: DatasetDestroyer | undefined;
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
 * One sender's run against one target: its plan, and which of its streams may go where and when. Shared by all
 * connections of the session.
 */
export class TargetSession {
  readonly location: TargetLocation;
  readonly #options: SessionOptions;
  /** All that is done for the session is done by this driver: an append-only one refuses whatever gives something up. */
  readonly zfs: Zfs;
  readonly #view: TargetView;
  /** Datasets of the target that were renamed as they were at the source, in this order. */
  readonly renamed: { readonly from: DatasetName; readonly to: DatasetName }[] = [];
  /** What the plan says for monitoring; told once something is done by it. */
  readonly plannedFlags = new PlannedFlags();
  readonly #busy = new Set<RelativePath>();
  /** Those whose conflict is being dealt with: nothing below them may begin. */
  readonly #resolving = new Set<RelativePath>();
  readonly #holds: NewestHolds;
  /** Datasets with a stream that has arrived, and with one that has not. */
  readonly #arrived = new Set<RelativePath>();
  readonly #failed = new Set<RelativePath>();
  /** Those that were marked as vanished when the session began. */
  readonly #unmarked = new Set<RelativePath>();
  #planned = false;
  /** The target is being tidied: nothing else may change it. */
  #tidying = false;
  #leftovers: Promise<Promotion[]> | undefined;

  constructor(options: SessionOptions) {
    const { location, policy, signal } = options;
    const zfs = policy.appendOnly ? appendOnlyZfs(options.zfs) : options.zfs;
    this.#options = options;
    this.zfs = zfs;
    this.location = location;
    this.#holds = new NewestHolds(zfs, policy.appendOnly);
    // Begun at once, side by side with the sender's own listing; an error is reported when the plan is asked for.
    const inventory = options.inTurn(() => {
      signal.throwIfAborted();
      return loadInventory(zfs, location, signal);
    });
    inventory.catch(() => undefined);
    const onRenamed = (from: DatasetName, to: DatasetName) => this.renamed.push({ from, to });
    this.#view = new TargetView({ ...options, zfs, inventory, onRenamed });
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
  async plan(offered: Offered): Promise<Plan> {
    if (this.#planned) throw new ProtocolError('a second offer in one session', 'MESSAGE_UNEXPECTED');
    this.#planned = true;
    // Waited for here, as listing it takes a turn of its own.
    const targetId = await this.#view.targetId();
    await this.inTurn(() => this.#view.plan(offered));
    return { targetId, decisions: [...this.#view.decisions.values()] };
  }

  /** See {@link TargetView.notCloned}. */
  get notCloned(): ReadonlyMap<RelativePath, string> {
    return this.#view.notCloned;
  }

  /** The properties that the sender offers and that the operator does not want. */
  withheldProperties(): string[] {
    return withheldProperties(this.#options.policy.properties, this.#view.offered.values());
  }

  /** Looks at one dataset again and decides on it anew, after its stream could not be received. */
  replan(request: Omit<Replan, 'type'>): Promise<Replanned> {
    // Only with its turn is it busy: who waits for that, waits for no other's turn.
    return this.inTurn(() => this.#replan(request));
  }

  async #replan({ path, discard }: Omit<Replan, 'type'>): Promise<Replanned> {
    this.#checkPlanned();
    const targetId = await this.#view.targetId();
    const dataset = this.#view.offered.get(path);
    if (dataset === undefined) throw new ProtocolError(`${path || '/'} was not offered`, 'MESSAGE_INVALID');
    if (this.#busy.has(path) || this.#tidying) {
      const refused = refusedDataset(path, 'STREAM_BUSY', 'backoff', `${path || '/'} is being received or tidied`);
      return { targetId, decisions: [refused], discarded: undefined };
    }
    this.#busy.add(path);
    try {
      let discarded: DatasetName | undefined;
      const decision = await this.#view.replan(dataset, discard, (name) => {
        discarded = name;
      });
      return { targetId, decisions: [decision], discarded };
    } finally {
      this.#busy.delete(path);
    }
  }

  /** Keeps for the next plan what ZFS has said of a stream. */
  judge(path: RelativePath, verdict: Verdict): void {
    this.#view.judge(path, verdict);
  }

  /** See {@link TargetView.expect}. */
  expect(path: RelativePath): Promise<Expected> {
    return this.#view.expect(path);
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
    const offered = this.#view.offered.get(path);
    const planned = this.#view.decisions.get(path);
    if (offered === undefined || planned === undefined) throw notOffered(path);
    if (this.#busy.has(path)) {
      throw new RefusedError(`${path || '/'} is being received already`, { code: 'STREAM_BUSY', retry: 'backoff' });
    }
    this.#refuseWhileTidying();
    const above = [...this.#resolving].find((other) => path.startsWith(`${other}/`));
    if (above !== undefined) {
      const message = `${path} cannot be received while ${above || '/'} above it is being set aside`;
      throw new RefusedError(message, { code: 'STREAM_BUSY', retry: 'backoff' });
    }
    this.#busy.add(path);
    try {
      checkAsDecided(stream, offered, planned, this.#view.holdings.get(path));
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
    if (this.#view.decisions.size === 0) {
      const message = `the session with target ${this.location.target} is not known here any more`;
      throw new RefusedError(message, { code: 'SESSION_UNKNOWN', retry: 'replan' });
    }
  }

  /** The stream of {@link begin} is over; `arrived` when the target has it now. */
  async release(path: RelativePath, destination: Destination, arrived: boolean): Promise<void> {
    try {
      if (!arrived) {
        this.#failed.add(path);
        return;
      }
      this.#failed.delete(path);
      this.#arrived.add(path);
      this.#view.holdings.received(path, destination.after, destination.parked);
      // What was a placeholder is none any more.
      if (destination.adopt) await this.zfs.inheritProperty(destination.target, USER_PROPERTY.placeholder);
      await this.#unmark(path, destination.target);
      const newest = this.#view.offered
        .get(path)
        ?.versions.find((version) => isSnapshot(version) && version.guid === destination.after.newest);
      if (!this.#options.policy.hold || newest === undefined) return;
      await this.#holds.move(path, destination.target, newest.name, (await this.#view.stateOf(path))?.held);
    } finally {
      this.#busy.delete(path);
    }
  }

  /** What more has come of is there at the source: whether the sender asks for tidying or not. */
  async #unmark(path: RelativePath, target: DatasetName): Promise<void> {
    const kind = this.#view.decisions.get(path)?.decision.kind;
    if (this.#unmarked.has(path) || (kind !== 'incremental' && kind !== 'resume')) return;
    if ((await this.#view.stateOf(path))?.entry.zfsyncVanished === undefined) return;
    await this.zfs.inheritProperty(target, USER_PROPERTY.vanished);
    this.#unmarked.add(path);
  }

  /** Renames what is parked into place, once no stream is under way: a rename would break a receive. */
  async *cleanBuffer(): AsyncGenerator<Promotion, void, undefined> {
    await this.#untilIdle();
    const leftovers = await this.#promoteLeftovers();
    yield* leftovers.filter(({ outcome }) => outcome === 'promoted');
    yield* promoteParked(this.#view.promotionContext(true));
  }

  /** Retention and mirroring, see `tidy.ts`, once no stream is under way. Until it is done none may begin. */
  async *tidy(wish: Omit<Tidy, 'type'>): AsyncGenerator<TidyEntry, void, undefined> {
    await this.#untilIdle();
    this.#tidying = true;
    try {
      const { location } = this;
      const { policy, now, destroyer, signal } = this.#options;
      const learnt = { view: this.#view, arrived: this.#arrived, failed: this.#failed };
      yield* tidySession({ zfs: this.zfs, destroyer, location, policy, ...learnt, now: now(), signal }, wish);
    } finally {
      this.#tidying = false;
    }
  }

  async #untilIdle(): Promise<void> {
    this.#checkPlanned();
    for (let waitedMs = 0; !this.idle && waitedMs < RELEASE_WAIT_MS; waitedMs += RELEASE_POLL_MS) {
      await pause(RELEASE_POLL_MS, this.#options.signal);
    }
    this.#refuseWhileTidying();
    if (this.idle) return;
    const message = `target ${this.location.target}: ${[...this.#busy].join(', ')} is still being received`;
    throw new ReplicationError(message, { code: 'STREAM_BUSY', retry: 'replan' });
  }

  #refuseWhileTidying(): void {
    if (!this.#tidying) return;
    const message = `target ${this.location.target} is being tidied for another connection of the session`;
    throw new RefusedError(message, { code: 'STREAM_BUSY', retry: 'replan' });
  }

  /** What a dead session left parked goes into place before anything new is received; once per session. */
  #promoteLeftovers(): Promise<Promotion[]> {
    this.#leftovers ??= collect(promoteParked(this.#view.promotionContext(false)));
    return this.#leftovers;
  }

  async #resolve(stream: BeginStream, decision: Decision): Promise<void> {
    const { path } = stream;
    if (isSetAside(path, this.#view.decisions)) this.#resolving.add(path);
    try {
      await carryOutPolicy(await this.#view.policyContext(path, this.#busy), stream, decision);
    } finally {
      this.#resolving.delete(path);
    }
  }

  /** What was parked before there was a limit gets no further there: it goes into place first. */
  async #leaveBuffer(path: RelativePath): Promise<void> {
    if (this.#view.holdings.inBuffer(path) === undefined) return;
    const limits = await this.#view.limits();
    if (limits.above(path) === undefined || (await promoteFirst(this.#view.promotionContext(true), path))) return;
    refuseBeyondLimit(this.location, path, limits);
  }

  async #place(stream: BeginStream, offered: OfferedDataset): Promise<Destination> {
    const { path } = stream;
    const { holdings } = this.#view;
    const existing = holdings.get(path);
    const receiving = {
      location: this.location,
      properties: this.#options.policy.properties,
      offered,
      remembered: (await this.#view.stateOf(path))?.entry.zfsyncStream,
    };
    if (stream.resume !== undefined) {
      const partial = existing ?? holdings.arriving.get(path);
      if (partial === undefined) {
        throw new RefusedError(`${path || '/'} has no partial receive`, { code: 'NOT_AS_DECIDED', retry: 'replan' });
      }
      const parked = holdings.arriving.get(path)?.parked ?? !holdings.inPlace.has(path);
      const planned = this.#view.decisions.get(path)?.decision;
      const isClone = existing === undefined && planned !== undefined && isOfOrigin(stream, offered, planned);
      const origin = isClone ? await this.#view.originOf(offered) : undefined;
      return resumeAt(receiving, stream, partial, parked, origin);
    }
    if (existing !== undefined && stream.from !== undefined) {
      return continueAt(receiving, stream, existing, !holdings.inPlace.has(path));
    }
    const origin = stream.from === undefined ? undefined : await this.#view.originOf(offered);
    return placeFull(await this.#view.placingContext(), receiving, stream, origin);
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
