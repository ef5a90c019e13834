/**
 * Which datasets of the target were renamed at the source: a pure function. A dataset is known by its newest snapshot's
 * guid, which the source has under another path now. Nothing is guessed: one place, one dataset, or it is none.
 */
import type { OfferedDataset } from '@zfsync/protocol';
import { type DatasetState, isSnapshot, parentPath, type RelativePath } from '@zfsync/zfs';
import { isReservedPath } from './buffer-dataset.ts';
import { isArriving } from './inventory.ts';
import { isOfOtherSession } from './session-root.ts';
import { isFormerDataset } from './tidy-situation.ts';

export interface RenameSituation {
  readonly inPlace: ReadonlyMap<RelativePath, DatasetState>;
  readonly parked: ReadonlyMap<RelativePath, unknown>;
  /** Parents before children. */
  readonly offered: ReadonlyMap<RelativePath, OfferedDataset>;
  /** What is there at the source and was not offered. */
  readonly leftOut: ReadonlySet<RelativePath>;
  /** What is not to be tried: it has failed. */
  readonly except: ReadonlySet<RelativePath>;
  /** A parent that is not there yet is taken for there: nothing is carried out. */
  readonly simulated: boolean;
}

export interface Move {
  /** Where it is when its turn has come. */
  readonly from: RelativePath;
  readonly to: RelativePath;
  /** Where it was before all moves. */
  readonly original: RelativePath;
  readonly state: DatasetState;
}

/** It was renamed at the source, and cannot be here now. */
export type RenameHindrance =
  /** The new parent arrives first. */
  | { readonly kind: 'parent'; readonly original: RelativePath; readonly parent: RelativePath }
  /** Several datasets of the target, or several of the source, have it. */
  | {
      readonly kind: 'ambiguous';
      readonly others: readonly RelativePath[];
      /** Those of the target that it may be. */
      readonly originals: readonly RelativePath[];
    }
  /** What does not belong to the tree, or to another session, lies below it and would go along. */
  | { readonly kind: 'foreign'; readonly original: RelativePath; readonly foreign: DatasetState };

export interface RenamePlan {
  /** In an order that works. */
  readonly moves: readonly Move[];
  readonly hindered: ReadonlyMap<RelativePath, RenameHindrance>;
}

/** A dataset of the target; moved, it takes along what is below it. */
interface Node {
  component: string;
  parent: Node | undefined;
  readonly children: Map<string, Node>;
  readonly original: RelativePath;
  /** Undefined for a parent that is only taken for there. */
  readonly state: DatasetState | undefined;
}

/** Beyond it a chain of places that must become free is taken for a ring. */
const CHAIN_MAX = 500;

export function findRenames(situation: RenameSituation): RenamePlan {
  return new RenameFinder(situation).find();
}

class RenameFinder {
  readonly #situation: RenameSituation;
  readonly #nodes = new Map<RelativePath, Node>();
  readonly #root: Node | undefined;
  readonly #byNewest = new Map<bigint, Node[]>();
  /** The offered paths that have the newest snapshot of a dataset of the target. */
  readonly #claims = new Map<Node, RelativePath[]>();
  readonly #moves: Move[] = [];
  readonly #hindered = new Map<RelativePath, RenameHindrance>();
  readonly #tried = new Set<RelativePath>();

  constructor(situation: RenameSituation) {
    this.#situation = situation;
    for (const [path, state] of [...situation.inPlace].sort(([a], [b]) => (a < b ? -1 : 1))) this.#add(path, state);
    this.#root = this.#nodes.get('' as RelativePath);
  }

  find(): RenamePlan {
    const { offered } = this.#situation;
    if (this.#root === undefined) return { moves: [], hindered: this.#hindered };
    for (const { path, versions, datasetType } of offered.values()) {
      if (path === '') continue;
      const found = new Set(versions.flatMap(({ guid }) => this.#byNewest.get(guid) ?? []));
      for (const node of found) {
        if (node.state?.entry.type !== datasetType) continue;
        const claims = this.#claims.get(node);
        if (claims === undefined) this.#claims.set(node, [path]);
        else claims.push(path);
      }
    }
    for (const path of offered.keys()) this.#follow(path, 0);
    return { moves: this.#moves, hindered: this.#hindered };
  }

  #add(path: RelativePath, state: DatasetState): void {
    const above = parentPath(path);
    const parent = above === undefined ? undefined : this.#nodes.get(above);
    if (above !== undefined && parent === undefined) return;
    const component = path.slice(path.lastIndexOf('/') + 1);
    const node: Node = { component, parent, children: new Map(), original: path, state };
    parent?.children.set(component, node);
    this.#nodes.set(path, node);
    const newest = state.versions.findLast(isSnapshot);
    const isCopy = state.entry.zfsyncStream !== undefined && !isArriving(state) && path !== '';
    if (newest === undefined || !isCopy || isFormerDataset(path) || isReservedPath(path)) return;
    const same = this.#byNewest.get(newest.guid);
    if (same === undefined) this.#byNewest.set(newest.guid, [node]);
    else same.push(node);
  }

  /** Moves what belongs to the path there, after what is in its way has moved. */
  #follow(path: RelativePath, depth: number): void {
    const { offered, parked, except, simulated } = this.#situation;
    const dataset = offered.get(path);
    if (dataset === undefined || path === '' || this.#tried.has(path) || except.has(path) || depth > CHAIN_MAX) return;
    this.#tried.add(path);
    const parent = parentPath(path);
    if (parent !== undefined) this.#follow(parent, depth + 1);
    const occupant = this.#at(path);
    if (parked.has(path) || (occupant !== undefined && !this.#isFree(occupant))) return;
    const candidates = this.#candidates(path, dataset);
    const [node] = candidates;
    if (node === undefined || node === occupant) return;
    const rivals = (this.#claims.get(node) ?? []).filter((other) => other !== path && this.#isWanting(other));
    if (candidates.length > 1 || rivals.length > 0) {
      const others = candidates.length > 1 ? candidates.map((one) => pathOf(one)) : rivals;
      const originals = candidates.map(({ original }) => original);
      if (occupant === undefined) this.#hindered.set(path, { kind: 'ambiguous', others, originals });
      return;
    }
    if (occupant !== undefined) {
      const [elsewhere, ...more] = this.#claims.get(occupant) ?? [];
      if (elsewhere !== undefined && more.length === 0) this.#follow(elsewhere, depth + 1);
      if (this.#at(path) !== undefined) return;
    }
    this.#move(node, path, simulated);
  }

  #move(node: Node, to: RelativePath, simulated: boolean): void {
    const from = pathOf(node);
    // Into itself nothing can be renamed.
    if (node.state === undefined || to.startsWith(`${from}/`)) return;
    const { original } = node;
    const foreign = foreignBelow(node);
    if (foreign !== undefined) {
      this.#hindered.set(to, { kind: 'foreign', original, foreign });
      return;
    }
    const above = parentPath(to) ?? ('' as RelativePath);
    const parent = this.#at(above) ?? (simulated ? this.#pretend(above) : undefined);
    if (parent === undefined || (parent.state !== undefined && isArriving(parent.state))) {
      this.#hindered.set(to, { kind: 'parent', original, parent: above });
      return;
    }
    node.parent?.children.delete(node.component);
    node.component = to.slice(to.lastIndexOf('/') + 1);
    node.parent = parent;
    parent.children.set(node.component, node);
    this.#moves.push({ from, to, original, state: node.state });
  }

  #at(path: RelativePath): Node | undefined {
    let node = this.#root;
    for (const component of path.split('/').slice(1)) node = node?.children.get(component);
    return node;
  }

  #pretend(path: RelativePath): Node | undefined {
    let node = this.#root;
    for (const component of path.split('/').slice(1)) {
      let child = node?.children.get(component);
      if (child === undefined) {
        child = { component, parent: node, children: new Map(), original: path, state: undefined };
        node?.children.set(component, child);
      }
      node = child;
    }
    return node;
  }

  #candidates(path: RelativePath, { versions, datasetType }: OfferedDataset): Node[] {
    const found = new Set(versions.flatMap(({ guid }) => this.#byNewest.get(guid) ?? []));
    return [...found].filter(
      (node) => node.state?.entry.type === datasetType && (this.#isFree(node) || this.#at(path) === node),
    );
  }

  /** It is not the copy of what the source has under its path now, nor of something left out, nor another session's. */
  #isFree(node: Node): boolean {
    const { offered, leftOut } = this.#situation;
    const { state } = node;
    if (state === undefined || node.parent === undefined) return false;
    if (isOfOtherSession(node.original, this.#situation.inPlace)) return false;
    const path = pathOf(node);
    if (leftOut.has(path)) return false;
    const dataset = offered.get(path);
    if (dataset === undefined) return true;
    const known = new Set(dataset.versions.map(({ guid }) => guid));
    const snapshots = state.versions.filter(isSnapshot);
    return snapshots.length > 0 && !snapshots.some(({ guid }) => known.has(guid));
  }

  /** It has no copy of its own in its place. */
  #isWanting(path: RelativePath): boolean {
    const occupant = this.#at(path);
    return !this.#situation.parked.has(path) && (occupant === undefined || this.#isFree(occupant));
  }
}

function pathOf(node: Node): RelativePath {
  const components: string[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) components.unshift(`/${at.component}`);
  return components.join('') as RelativePath;
}

function foreignBelow(node: Node): DatasetState | undefined {
  for (const child of node.children.values()) {
    const { state } = child;
    const isOurs = state?.entry.zfsyncStream !== undefined || state?.entry.placeholder;
    if (state !== undefined && (!isOurs || state.entry.isSessionRoot)) return state;
    const below = foreignBelow(child);
    if (below !== undefined) return below;
  }
  return undefined;
}
