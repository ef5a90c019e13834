import {
  type BeginStream,
  type DatasetDecision,
  type OfferedDataset,
  type Promotion,
  ProtocolError,
} from '@zfsync/protocol';
import {
  type DatasetName,
  isSnapshot,
  joinDatasetName,
  parentPath,
  type RelativePath,
  ReplicationError,
  USER_PROPERTY,
  type Zfs,
} from '@zfsync/zfs';
import { isDigestName, isReservedPath, parkedName, targetName } from './buffer-dataset.ts';
import { decide, refusal } from './decide.ts';
import { Holdings, type Holding, holdingOf } from './holdings.ts';
import { type Inventory, loadInventory, loadRoots, type TargetLocation } from './inventory.ts';
import { DatasetMaker, parentRootOf } from './make.ts';
import { expectedRoot, isParkable, mustNotInherit, OWN_ROOT, type Surroundings } from './placement.ts';
import { type PromotionContext, promoteParked } from './promote.ts';

/** Where one stream goes, and how `zfs receive` is called for it. */
export interface Destination {
  readonly target: DatasetName;
  readonly parked: boolean;
  /** The target exists, empty and without a snapshot: `-F`. */
  readonly adopt: boolean;
  readonly set: Readonly<Record<string, string>>;
  readonly exclude: readonly string[];
  /** What the target has once the stream has arrived. */
  readonly after: Holding;
}

/** A stream that cannot be begun; the session goes on. */
export class RefusedError extends ReplicationError {
  static {
    this.prototype.name = 'RefusedError';
  }
}

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
  #around: Promise<Surroundings> | undefined;
  #leftovers: Promise<Promotion[]> | undefined;

  constructor(zfs: Zfs, location: TargetLocation, signal: AbortSignal) {
    this.#zfs = zfs;
    this.location = location;
    this.#signal = signal;
    this.#maker = new DatasetMaker(zfs, location, this.#holdings, signal);
    // Begun at once, side by side with the sender's own listing; an error is reported when the plan is asked for.
    this.#inventory = loadInventory(zfs, location, signal);
    this.#inventory.catch(() => undefined);
  }

  /** Decides for every dataset of the sender's tree. Changes nothing. */
  async plan(offered: readonly OfferedDataset[]): Promise<DatasetDecision[]> {
    if (this.#offered.size > 0) throw new ProtocolError('a second offer in one session', 'MESSAGE_UNEXPECTED');
    const inventory = await this.#inventory;
    for (const [path, state] of inventory.inPlace) this.#holdings.inPlace.set(path, holdingOf(state));
    for (const [path, state] of inventory.parked) this.#holdings.parked.set(path, holdingOf(state));
    for (const dataset of offered) this.#offered.set(dataset.path, dataset);

    for (const dataset of offered) {
      const { path } = dataset;
      const decision = await this.#decide(dataset, inventory);
      const parked = !inventory.inPlace.has(path) && inventory.parked.has(path);
      this.#decisions.set(path, { path, decision, parked, afterParent: false });
    }
    if ([...this.#decisions.values()].some(({ decision }) => decision.kind === 'full')) await this.#markWaiting();
    return [...this.#decisions.values()];
  }

  /** Which full streams can neither be received in place now nor be parked: they wait for their parent. */
  async #markWaiting(): Promise<void> {
    const around = await this.#surroundings();
    for (const [path, planned] of this.#decisions) {
      const parent = parentPath(path);
      if (planned.decision.kind !== 'full' || parent === undefined || this.#holdings.inPlace.has(parent)) continue;
      if (!isParkable(path, around)) this.#decisions.set(path, { ...planned, afterParent: true });
    }
  }

  async #decide(dataset: OfferedDataset, inventory: Inventory): Promise<DatasetDecision['decision']> {
    const { path } = dataset;
    if (isReservedPath(path)) {
      return refusal('NAME_RESERVED', 'operator', `${this.location.target}${path} is the name of a buffer dataset`);
    }
    try {
      targetName(this.location.target, path, versionNameBytes(dataset));
    } catch (error) {
      return refusal('NAME_TOO_LONG', 'operator', error instanceof Error ? error.message : String(error));
    }
    const inPlace = inventory.inPlace.get(path);
    const adoptable = inPlace !== undefined && !inPlace.versions.some(isSnapshot) && dataset.versions.some(isSnapshot);
    const empty = adoptable && inPlace.entry.resumeToken === undefined && (await this.#zfs.isEmpty(inPlace.entry.name));
    return decide(dataset, { inPlace, parked: inventory.parked.get(path), empty });
  }

  /**
   * Checks a stream against what was decided and finds its place. Until {@link release} no other stream may be begun
   * for the same dataset.
   *
   * @throws {RefusedError} when it may not be received now.
   */
  async begin(stream: BeginStream): Promise<Destination> {
    const { path } = stream;
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
        ? this.#continueAt(stream, existing)
        : await this.#place(stream, offered);
    } catch (error) {
      this.#busy.delete(path);
      throw error;
    }
  }

  /** The stream of {@link begin} is over; `arrived` when the target has it now. */
  release(path: RelativePath, destination: Destination, arrived: boolean): void {
    this.#busy.delete(path);
    if (arrived) this.#holdings.received(path, destination.after, destination.parked);
  }

  /** Renames what is parked into place. */
  async cleanBuffer(): Promise<Promotion[]> {
    if (this.#busy.size > 0) throw new ProtocolError('CleanBuffer while a stream is under way', 'MESSAGE_UNEXPECTED');
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

  /** An incremental goes to where the dataset is: in place or parked. */
  #continueAt(stream: BeginStream, existing: Holding): Destination {
    const parked = !this.#holdings.inPlace.has(stream.path);
    const isVolume = this.#offered.get(stream.path)?.datasetType === 'volume';
    return {
      target: existing.name,
      parked,
      adopt: false,
      set: {},
      exclude: isVolume ? [] : ['mountpoint'],
      after: { ...existing, newest: stream.to },
    };
  }

  /** A full stream goes in place when its parent is there, else into the buffer dataset. */
  async #place(stream: BeginStream, offered: OfferedDataset): Promise<Destination> {
    const { path } = stream;
    const existing = this.#holdings.inPlace.get(path);
    if (existing !== undefined && !(await this.#zfs.isEmpty(existing.name))) {
      const message = `target ${existing.name}: something was written to it since it was planned to be replaced`;
      throw new RefusedError(message, { code: 'TARGET_HAS_DATA', retry: 'operator' });
    }
    const around = await this.#surroundings();
    const missing = this.#holdings.missingAncestors(path);
    const parked = existing === undefined && missing.some((ancestor) => this.#mayArrive(ancestor));
    if (parked && !isParkable(path, around)) {
      const message = `${path} cannot be parked (its encryption would change) and its parent has not arrived`;
      throw new RefusedError(message, { code: 'PARENT_MISSING', retry: 'replan' });
    }
    const target = parked ? await this.#parkingPlace(path, offered) : joinDatasetName(this.location.target, path);
    if (!parked) await this.#maker.aboveTarget(around.ancestor);
    if (!parked) await this.#maker.placeholders(missing, around);
    const parentRoot = parked ? around.bufferRoot : parentRootOf(path, this.#holdings, around);
    const expected = expectedRoot(path, around);
    return {
      target,
      parked,
      adopt: existing !== undefined,
      ...this.#receiveProperties(path, offered, target, mustNotInherit(path, parentRoot, around)),
      after: { name: target, newest: stream.to, encryptionRoot: expected === OWN_ROOT ? target : expected },
    };
  }

  #receiveProperties(
    path: RelativePath,
    offered: OfferedDataset,
    target: DatasetName,
    unencrypted: boolean,
  ): Pick<Destination, 'set' | 'exclude'> {
    const set: Record<string, string> = {};
    const isFilesystem = offered.datasetType === 'filesystem';
    if (isFilesystem) set['canmount'] = 'noauto';
    if (path === '') set['readonly'] = 'on';
    if (unencrypted) set['encryption'] = 'off';
    if (isDigestName(target)) set[USER_PROPERTY.path] = `${this.location.asPath}${path}`;
    return { set, exclude: isFilesystem ? ['mountpoint'] : [] };
  }

  async #parkingPlace(path: RelativePath, offered: OfferedDataset): Promise<DatasetName> {
    const buffer = await this.#maker.buffer(await this.#inventory);
    return parkedName(buffer, `${this.location.asPath}${path}` as RelativePath, versionNameBytes(offered));
  }

  #surroundings(): Promise<Surroundings> {
    this.#around ??= this.#loadSurroundings();
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

function versionNameBytes(dataset: OfferedDataset): number {
  return dataset.versions.reduce((longest, { name }) => Math.max(longest, Buffer.byteLength(name)), 0);
}
