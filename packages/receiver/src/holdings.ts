/**
 * What the target has for each path: read once when a session begins, kept up to date while it goes on, so that no
 * stream costs another listing.
 */
import type { StreamFlags } from '@zfsync/protocol';
import { type DatasetName, type DatasetState, type Guid, isSnapshot, parentPath, type RelativePath } from '@zfsync/zfs';
import { isArriving } from './inventory.ts';

/** One dataset on the target, in place or parked. */
export interface Holding {
  readonly name: DatasetName;
  readonly newest: Guid | undefined;
  readonly encryptionRoot: DatasetName | undefined;
  /** Of the streams that have arrived there in this session; undefined when there was none. */
  readonly flags?: StreamFlags | undefined;
}

export class Holdings {
  readonly inPlace = new Map<RelativePath, Holding>();
  readonly parked = new Map<RelativePath, Holding>();
  /** Partial receives without a snapshot, wherever they are: neither in place nor parked before they are whole. */
  readonly arriving = new Map<RelativePath, Holding & { readonly parked: boolean }>();

  get(path: RelativePath): Holding | undefined {
    return this.inPlace.get(path) ?? this.parked.get(path);
  }

  /** Of all that is known. */
  paths(): RelativePath[] {
    return [...new Set([this.inPlace, this.parked, this.arriving].flatMap((holdings) => [...holdings.keys()]))];
  }

  /** What a listing says of one path, in place of what was known. */
  set(path: RelativePath, inPlace: DatasetState | undefined, parked: DatasetState | undefined): void {
    for (const holdings of [this.inPlace, this.parked, this.arriving]) holdings.delete(path);
    if (parked !== undefined) this.#add(path, parked, true);
    if (inPlace !== undefined) this.#add(path, inPlace, false);
  }

  #add(path: RelativePath, state: DatasetState, parked: boolean): void {
    const { name, encryptionRoot } = state.entry;
    const holding = { name, encryptionRoot, newest: state.versions.findLast(isSnapshot)?.guid };
    if (isArriving(state)) this.arriving.set(path, { ...holding, parked });
    else (parked ? this.parked : this.inPlace).set(path, holding);
  }

  /** A stream has arrived whole. */
  received(path: RelativePath, holding: Holding, parked: boolean): void {
    this.arriving.delete(path);
    (parked ? this.parked : this.inPlace).set(path, holding);
  }

  /** What is at or below `path` was renamed away; what is parked or arriving in the buffer dataset was not. */
  movedAway(path: RelativePath): void {
    for (const at of [...this.inPlace.keys(), ...this.arriving.keys()]) {
      if (at !== path && !at.startsWith(`${path}/`)) continue;
      this.inPlace.delete(at);
      if (this.arriving.get(at)?.parked === false) this.arriving.delete(at);
    }
  }

  /** A dataset in place, or arriving there, was renamed into the buffer dataset, as `name`. */
  parkedAgain(path: RelativePath, name: DatasetName): void {
    const holding = this.inPlace.get(path) ?? this.arriving.get(path);
    if (holding === undefined) return;
    const encryptionRoot = holding.encryptionRoot === holding.name ? name : holding.encryptionRoot;
    const moved = { ...holding, name, encryptionRoot };
    if (this.arriving.has(path)) this.arriving.set(path, { ...moved, parked: true });
    else this.parked.set(path, moved);
    // Placeholders below have gone along; they are made again.
    this.inPlace.delete(path);
    for (const at of [...this.inPlace.keys()]) if (at.startsWith(`${path}/`)) this.inPlace.delete(at);
  }

  /** Others have the key of what is there for `path`, or it has that of another. */
  isKeyShared(path: RelativePath): boolean {
    const one = this.get(path) ?? this.arriving.get(path);
    if (one?.encryptionRoot === undefined) return false;
    if (one.encryptionRoot !== one.name) return true;
    return [this.inPlace, this.parked, this.arriving].some((holdings) =>
      [...holdings.values()].some(({ name, encryptionRoot }) => name !== one.name && encryptionRoot === one.name),
    );
  }

  /** What is in the buffer dataset for `path`, whole or not. */
  inBuffer(path: RelativePath): Holding | undefined {
    const arriving = this.arriving.get(path);
    return this.parked.get(path) ?? (arriving?.parked === true ? arriving : undefined);
  }

  /** What was in the buffer dataset was renamed into place, as `name`. */
  promoted(path: RelativePath, name: DatasetName): void {
    const holding = this.inBuffer(path);
    if (holding === undefined) return;
    // A dataset that had the encryption root above it keeps it (else ZFS refuses); its own root is renamed with it.
    const encryptionRoot = holding.encryptionRoot === holding.name ? name : holding.encryptionRoot;
    const moved = { ...holding, name, encryptionRoot };
    if (this.parked.delete(path)) this.inPlace.set(path, moved);
    else this.arriving.set(path, { ...moved, parked: false });
  }

  /** The ancestors of `path` that are not in place, outermost first. */
  missingAncestors(path: RelativePath): RelativePath[] {
    const missing: RelativePath[] = [];
    for (let at = parentPath(path); at !== undefined && !this.inPlace.has(at); at = parentPath(at)) missing.unshift(at);
    return missing;
  }
}
