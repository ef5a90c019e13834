/** What a session knows of its target: what ZFS has there, what the sender offers, what was decided and has come since. */
import type { DatasetDecision, Offered, OfferedDataset, Replan } from '@zfsync/protocol';
import {
  type DatasetName,
  type DatasetState,
  isSnapshot,
  joinDatasetName,
  type RelativePath,
  type SnapshotReference,
  type Zfs,
} from '@zfsync/zfs';
import { conflictPolicyOf } from './append-only.ts';
import type { PolicyContext } from './carry-out-policy.ts';
import type { Verdict } from './decide.ts';
import { type PlacingContext, RefusedError } from './destination.ts';
import { Holdings } from './holdings.ts';
import { followRenames, type RenameContext, type Renamed, settledFor } from './follow-renames.ts';
import { type Inventory, loadInventory, loadRoots, type TargetLocation } from './inventory.ts';
import { lazily } from './lazily.ts';
import { loadLimits, type RoomLimits } from './limits.ts';
import { lookAgain } from './look-again.ts';
import { DatasetMaker, type FilesystemCreator } from './make.ts';
import { isSetAside, parkedWhenAside } from './parking.ts';
import type { Surroundings } from './placement.ts';
import { type PlanContext, planTree } from './plan-tree.ts';
import type { SessionPolicy } from './policy.ts';
import type { PromotionContext } from './promote.ts';
import type { Expected } from './receive.ts';
import { isKnownSource } from './session-root.ts';

export interface TargetViewOptions {
  readonly zfs: Zfs;
  readonly creator: FilesystemCreator;
  readonly location: TargetLocation;
  readonly policy: SessionPolicy;
  /** When the session began. */
  readonly since: Date;
  readonly signal: AbortSignal;
  readonly inventory: Promise<Inventory>;
  /** Told of each dataset that is renamed as it was at the source. */
  readonly onRenamed: (from: DatasetName, to: DatasetName) => void;
}

export class TargetView {
  readonly holdings = new Holdings();
  readonly limits = lazily(() => this.#loadLimits());
  /** What is a clone at the source and is received in full, and why. */
  readonly notCloned = new Map<RelativePath, string>();
  readonly #options: TargetViewOptions;
  readonly #maker: DatasetMaker;
  readonly #surroundings = lazily(() => this.#loadSurroundings());
  readonly #offered = new Map<RelativePath, OfferedDataset>();
  readonly #leftOut = new Set<RelativePath>();
  readonly #verdicts = new Map<RelativePath, Verdict>();
  #decisions = new Map<RelativePath, DatasetDecision>();
  #inventory: Promise<Inventory>;
  #renamed: Renamed | undefined;
  #isKnownSource = false;

  constructor(options: TargetViewOptions) {
    this.#options = options;
    this.#inventory = options.inventory;
    this.#maker = new DatasetMaker(options.creator, options.location, this.holdings);
  }

  get offered(): ReadonlyMap<RelativePath, OfferedDataset> {
    return this.#offered;
  }

  /** What is there at the source and was not offered. */
  get leftOut(): ReadonlySet<RelativePath> {
    return this.#leftOut;
  }

  get decisions(): ReadonlyMap<RelativePath, DatasetDecision> {
    return this.#decisions;
  }

  async targetId(): Promise<string> {
    return (await this.#inventory).targetId;
  }

  /** As it was listed when the session began, and as far as it was looked at since. */
  inventory(): Promise<Inventory> {
    return this.#inventory;
  }

  /** Decides for every dataset of the sender's tree. */
  async plan({ datasets, leftOut, renames }: Offered): Promise<void> {
    const listed = await this.#inventory;
    this.#hold(listed);
    for (const dataset of datasets) this.#offered.set(dataset.path, dataset);
    for (const path of leftOut) this.#leftOut.add(path);
    this.#renamed = await followRenames(this.#renameContext(), renames, listed);
    const { changed, inventory, from, settled } = this.#renamed;
    const { zfs, location, signal } = this.#options;
    this.#inventory = changed ? loadInventory(zfs, location, signal) : Promise.resolve(inventory);
    const { inPlace, parked } = await this.#inventory;
    if (changed) this.#hold(await this.#inventory);
    this.#isKnownSource = isKnownSource(this.#offered, [inPlace, parked]);
    this.#decisions = await planTree(await this.#planContext());
    for (const [path, decision] of this.#decisions) {
      const renameFrom = from.get(path);
      const other = settledFor(path, settled) ?? (renameFrom === undefined ? undefined : { ...decision, renameFrom });
      if (other !== undefined) this.#decisions.set(path, other);
    }
  }

  /** Where the target has, for now, what the source has under another path: it has not vanished. */
  get awaitingRename(): ReadonlySet<RelativePath> {
    return this.#renamed?.pending ?? new Set();
  }

  /** See {@link isKnownSource}: as it was before anything of this session had arrived. */
  get isKnownSource(): boolean {
    return this.#isKnownSource;
  }

  /** What the listing says, in the place of all that was known. */
  #hold({ inPlace, parked }: Inventory): void {
    for (const path of this.holdings.paths()) this.holdings.set(path, undefined, undefined);
    for (const path of new Set([...inPlace.keys(), ...parked.keys()])) {
      this.holdings.set(path, inPlace.get(path), parked.get(path));
    }
  }

  #renameContext(): RenameContext {
    const { zfs, location, signal, onRenamed } = this.#options;
    return {
      zfs,
      location,
      offered: this.#offered,
      leftOut: this.#leftOut,
      signal,
      onRenamed,
      makePlaceholders: async (paths) => this.#maker.placeholders(paths, await this.#surroundings()),
    };
  }

  /** Looks at one dataset again and decides on it anew. @param onDiscarded see {@link lookAgain} */
  async replan(
    dataset: OfferedDataset,
    discard: Replan['discard'],
    onDiscarded: (dataset: DatasetName) => void,
  ): Promise<DatasetDecision> {
    const settled = settledFor(dataset.path, this.#renamed?.settled ?? new Map());
    if (settled !== undefined) return settled;
    const { signal } = this.#options;
    const context = { ...(await this.#planContext()), holdings: this.holdings, signal, onDiscarded };
    return lookAgain(context, dataset, this.#decisions, discard);
  }

  /** Keeps for the next plan what ZFS has said of a stream. */
  judge(path: RelativePath, verdict: Verdict): void {
    this.#verdicts.set(path, verdict);
  }

  /** What the listing said, or the last look since. */
  async stateOf(path: RelativePath): Promise<DatasetState | undefined> {
    const { inPlace, parked } = await this.#inventory;
    return inPlace.get(path) ?? parked.get(path);
  }

  /** What is known of an offered dataset and of its target before its stream comes. @throws {RefusedError} NOT_OFFERED */
  async expect(path: RelativePath): Promise<Expected> {
    const offered = this.#offered.get(path);
    if (offered === undefined) throw notOffered(path);
    const kind = this.#decisions.get(path)?.decision.kind;
    // A full stream goes on from nothing; what the listing has may have been set aside.
    const state = kind === 'incremental' || kind === 'resume' ? await this.stateOf(path) : undefined;
    const existing = new Set(state?.versions.filter(isSnapshot).map(({ guid }) => guid));
    const keyShared = offered.raw && this.holdings.isKeyShared(path);
    return { offered, existing, key: state?.entry.zfsyncKey, keyShared };
  }

  async #planContext(): Promise<PlanContext> {
    const { zfs, location, policy, since } = this.#options;
    return {
      zfs,
      location,
      offered: this.#offered,
      inventory: await this.#inventory,
      policy: conflictPolicyOf(policy),
      appendOnly: policy.appendOnly,
      since,
      verdicts: this.#verdicts,
      surroundings: this.#surroundings,
      limits: this.limits,
      onNoClone: (path, why) => this.notCloned.set(path, why),
    };
  }

  /** For carrying out what was decided about the conflict of a dataset. @param busy the datasets whose streams are under way */
  async policyContext(path: RelativePath, busy: ReadonlySet<RelativePath>): Promise<PolicyContext> {
    const { zfs, location } = this.#options;
    const inventory = await this.#inventory;
    const parks = isSetAside(path, this.#decisions)
      ? parkedWhenAside(inventory, this.#decisions, await this.#surroundings(), await this.limits())
      : undefined;
    return {
      zfs,
      location,
      holdings: this.holdings,
      state: await this.stateOf(path),
      busy,
      makeBuffer: () => this.#maker.buffer(inventory),
      parkedWhenAside: (below) => (parks?.has(below) === true ? this.#offered.get(below) : undefined),
    };
  }

  /**
   * Where the origin of a clone is on the target now: always within it, whatever else in the pool has its guid.
   *
   * @throws {RefusedError} ORIGIN_MISSING
   */
  async originOf({ path, origin }: OfferedDataset): Promise<SnapshotReference> {
    const { zfs, signal } = this.#options;
    const dataset = origin && this.holdings.get(origin.path)?.name;
    if (dataset !== undefined) {
      for await (const { version } of zfs.listVersions(dataset, { depth: 0, signal })) {
        if (isSnapshot(version) && version.guid === origin?.guid) return { dataset, name: version.name };
      }
    }
    const message = `${path || '/'} is a clone, and its origin (of ${origin?.path ?? ''}) has not arrived`;
    throw new RefusedError(message, { code: 'ORIGIN_MISSING', retry: 'replan' });
  }

  /** For a full stream. */
  async placingContext(): Promise<PlacingContext> {
    const { zfs, signal } = this.#options;
    return {
      zfs,
      inventory: await this.#inventory,
      holdings: this.holdings,
      maker: this.#maker,
      around: await this.#surroundings(),
      signal,
      limits: this.limits,
      mayArrive: (at) => this.#mayArrive(at),
    };
  }

  /** @param withPlaceholders for parents that neither are there nor will come */
  promotionContext(withPlaceholders: boolean): PromotionContext {
    const { zfs, location } = this.#options;
    return {
      zfs,
      holdings: this.holdings,
      targetOf: (path) => joinDatasetName(location.target, path),
      makeAncestors: async (path) => {
        const missing = this.holdings.missingAncestors(path);
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
    return (kind !== undefined && kind !== 'refused') || this.holdings.parked.has(path);
  }

  async #loadLimits(): Promise<RoomLimits> {
    const { zfs, location, signal } = this.#options;
    const { ancestor } = await this.#surroundings();
    return loadLimits(zfs, location, await this.#inventory, ancestor, signal);
  }

  async #loadSurroundings(): Promise<Surroundings> {
    const { zfs, location, signal } = this.#options;
    const roots = await loadRoots(zfs, location, await this.#inventory, signal);
    return {
      ...roots,
      offered: (path) => this.#offered.get(path),
      ownsRoot: (path) => {
        const holding = this.holdings.inPlace.get(path) ?? this.holdings.arriving.get(path);
        return holding !== undefined && holding.encryptionRoot === holding.name;
      },
      inPlaceRoot: (path) => {
        const holding = this.holdings.inPlace.get(path);
        return holding === undefined ? 'absent' : holding.encryptionRoot;
      },
    };
  }
}

export function notOffered(path: RelativePath): RefusedError {
  return new RefusedError(`${path || '/'} was not offered`, { code: 'NOT_OFFERED', retry: 'never' });
}
