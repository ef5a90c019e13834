import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeginStream,
  type DatasetDecision,
  type OfferedDataset,
  type Promotion,
  ProtocolError,
} from '@zfsync/protocol';
import {
  InvalidNameError,
  isSnapshot,
  joinDatasetName,
  type RelativePath,
  ReplicationError,
  USER_PROPERTY,
  type Zfs,
} from '@zfsync/zfs';
import { continueAt, type Destination, type PlacingContext, placeFull, RefusedError } from './destination.ts';
import { Holdings, holdingOf } from './holdings.ts';
import { type Inventory, loadInventory, loadRoots, type TargetLocation } from './inventory.ts';
import { DatasetMaker, type FilesystemCreator } from './make.ts';
import type { Surroundings } from './placement.ts';
import { planTree } from './plan-tree.ts';
import { type PromotionContext, promoteParked } from './promote.ts';

/** How long CleanBuffer waits for streams that have just broken: longer than a silent peer is waited for. */
const RELEASE_WAIT_MS = 45_000;
const RELEASE_POLL_MS = 50;

/**
 * One sender's run against one target: what was offered, what was decided, what has arrived. Shared by all connections
 * of the session.
 */
export class TargetSession {
  readonly location: TargetLocation;
  readonly #zfs: Zfs;
  readonly #signal: AbortSignal;
  readonly #inventory: Promise<Inventory>;
  readonly #holdings = new Holdings();
  readonly #offered = new Map<RelativePath, OfferedDataset>();
  readonly #decisions = new Map<RelativePath, DatasetDecision>();
  readonly #busy = new Set<RelativePath>();
  readonly #maker: DatasetMaker;
  #planned = false;
  #around: Promise<Surroundings> | undefined;
  #leftovers: Promise<Promotion[]> | undefined;

  constructor(zfs: Zfs, creator: FilesystemCreator, location: TargetLocation, signal: AbortSignal) {
    this.#zfs = zfs;
    this.location = location;
    this.#signal = signal;
    this.#maker = new DatasetMaker(creator, location, this.#holdings);
    // Begun at once, side by side with the sender's own listing; an error is reported when the plan is asked for.
    this.#inventory = loadInventory(zfs, location, signal);
    this.#inventory.catch(() => undefined);
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
  async plan(offered: readonly OfferedDataset[]): Promise<DatasetDecision[]> {
    if (this.#planned) throw new ProtocolError('a second offer in one session', 'MESSAGE_UNEXPECTED');
    this.#planned = true;
    const inventory = await this.#inventory;
    for (const [path, state] of inventory.inPlace) this.#holdings.inPlace.set(path, holdingOf(state));
    for (const [path, state] of inventory.parked) this.#holdings.parked.set(path, holdingOf(state));
    for (const dataset of offered) this.#offered.set(dataset.path, dataset);
    const around = () => this.#surroundings();
    const decisions = await planTree(this.#zfs, this.location, this.#offered, inventory, around);
    for (const [path, planned] of decisions) this.#decisions.set(path, planned);
    return [...decisions.values()];
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
    this.#busy.add(path);
    try {
      this.#checkAsDecided(stream, offered, planned);
      await this.#promoteLeftovers();
      const existing = this.#holdings.get(path);
      return existing !== undefined && stream.from !== undefined
        ? continueAt(stream, offered, existing, !this.#holdings.inPlace.has(path))
        : await this.#place(stream, offered);
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
      if (arrived) this.#holdings.received(path, destination.after, destination.parked);
      // What was a placeholder is none any more.
      if (arrived && destination.adopt) await this.#zfs.inheritProperty(destination.target, USER_PROPERTY.placeholder);
    } finally {
      this.#busy.delete(path);
    }
  }

  /** Renames what is parked into place, once no stream is under way: a rename would break a receive. */
  async cleanBuffer(): Promise<Promotion[]> {
    this.#checkPlanned();
    for (let waitedMs = 0; !this.idle && waitedMs < RELEASE_WAIT_MS; waitedMs += RELEASE_POLL_MS) {
      await sleep(RELEASE_POLL_MS, undefined, { signal: this.#signal });
    }
    if (!this.idle) {
      const message = `target ${this.location.target}: ${[...this.#busy].join(', ')} is still being received`;
      throw new ReplicationError(message, { code: 'STREAM_BUSY', retry: 'replan' });
    }
    const leftovers = await this.#promoteLeftovers();
    const done = leftovers.filter(({ outcome }) => outcome === 'promoted');
    return [...done, ...(await promoteParked(this.#promotionContext(true)))];
  }

  /** What a dead session left parked goes into place before anything new is received; once per session. */
  #promoteLeftovers(): Promise<Promotion[]> {
    this.#leftovers ??= promoteParked(this.#promotionContext(false));
    return this.#leftovers;
  }

  #promotionContext(withPlaceholders: boolean): PromotionContext {
    return {
      zfs: this.#zfs,
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

  #checkAsDecided(stream: BeginStream, offered: OfferedDataset, { decision }: DatasetDecision): void {
    const { path, from, to } = stream;
    const refuse = (why: string): never => {
      throw new RefusedError(`${path || '/'}: ${why}`, { code: 'NOT_AS_DECIDED', retry: 'replan' });
    };
    if (decision.kind !== 'full' && decision.kind !== 'incremental') refuse(`it was decided to be ${decision.kind}`);
    if (stream.raw !== offered.raw) refuse('raw is not as offered');
    if (!offered.versions.some((version) => isSnapshot(version) && version.guid === to)) {
      refuse('the snapshot to send was not offered');
    }
    const newest = this.#holdings.get(path)?.newest;
    if (newest !== from) refuse('the incremental source is not the newest snapshot of the target');
  }

  async #place(stream: BeginStream, offered: OfferedDataset): Promise<Destination> {
    const context: PlacingContext = {
      zfs: this.#zfs,
      location: this.location,
      inventory: await this.#inventory,
      holdings: this.#holdings,
      maker: this.#maker,
      around: await this.#surroundings(),
      signal: this.#signal,
      mayArrive: (path) => this.#mayArrive(path),
    };
    return placeFull(context, stream, offered);
  }

  #surroundings(): Promise<Surroundings> {
    this.#around ??= this.#loadSurroundings().catch((error: unknown) => {
      this.#around = undefined;
      throw error;
    });
    return this.#around;
  }

  async #loadSurroundings(): Promise<Surroundings> {
    const roots = await loadRoots(this.#zfs, this.location, await this.#inventory, this.#signal);
    return {
      ...roots,
      offered: (path) => this.#offered.get(path),
      inPlaceRoot: (path) => {
        const holding = this.#holdings.inPlace.get(path);
        return holding === undefined ? 'absent' : holding.encryptionRoot;
      },
    };
  }
}
