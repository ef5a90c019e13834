/**
 * What the target has for each path: read once when a session begins, kept up to date while it goes on, so that no
 * stream costs another listing.
 */
import { type DatasetName, type DatasetState, type Guid, isSnapshot, parentPath, type RelativePath } from '@zfsync/zfs';

/** One dataset on the target, in place or parked. */
export interface Holding {
  readonly name: DatasetName;
  readonly newest: Guid | undefined;
  readonly encryptionRoot: DatasetName | undefined;
}

export class Holdings {
  readonly inPlace = new Map<RelativePath, Holding>();
  readonly parked = new Map<RelativePath, Holding>();

  get(path: RelativePath): Holding | undefined {
    return this.inPlace.get(path) ?? this.parked.get(path);
  }

  /** A stream has arrived whole. */
  received(path: RelativePath, holding: Holding, parked: boolean): void {
    (parked ? this.parked : this.inPlace).set(path, holding);
  }

  /** A parked dataset was renamed into place, as `name`. */
  promoted(path: RelativePath, name: DatasetName): void {
    const holding = this.parked.get(path);
    if (holding === undefined) return;
    this.parked.delete(path);
    // A dataset that had the encryption root above it keeps it (else ZFS refuses); its own root is renamed with it.
    const encryptionRoot = holding.encryptionRoot === holding.name ? name : holding.encryptionRoot;
    this.inPlace.set(path, { ...holding, name, encryptionRoot });
  }

  /** The ancestors of `path` that are not in place, outermost first. */
  missingAncestors(path: RelativePath): RelativePath[] {
    const missing: RelativePath[] = [];
    for (let at = parentPath(path); at !== undefined && !this.inPlace.has(at); at = parentPath(at)) missing.unshift(at);
    return missing;
  }
}

export function holdingOf(state: DatasetState): Holding {
  const { name, encryptionRoot } = state.entry;
  return { name, encryptionRoot, newest: state.versions.findLast(isSnapshot)?.guid };
}
