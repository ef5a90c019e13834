/**
 * Snapshots and bookmarks. guid is identity (equal on both sides of a replication), createtxg is order within one pool,
 * the name is for people: a snapshot that was re-created under an old name is another snapshot.
 */
import type { DatasetName, VersionName } from './dataset-name.ts';

/** 64-bit identity of a snapshot or bookmark; the same on every pool that the snapshot was replicated to. */
export type Guid = bigint;

export interface Version {
  readonly kind: 'snapshot' | 'bookmark';
  readonly name: VersionName;
  readonly guid: Guid;
  /** Order within one pool; means nothing on another pool. A bookmark has that of its snapshot. */
  readonly createtxg: bigint;
  /** Seconds since the epoch; for people. */
  readonly creation: bigint;
}

export interface Snapshot extends Version {
  readonly kind: 'snapshot';
}

/** Ancestry only: may be the incremental source of a send, never its target. */
export interface Bookmark extends Version {
  readonly kind: 'bookmark';
}

export function isSnapshot(version: Version): version is Snapshot {
  return version.kind === 'snapshot';
}

export function isBookmark(version: Version): version is Bookmark {
  return version.kind === 'bookmark';
}

/** `dataset@name` or `dataset#name`, as zfs(8) takes it. */
export function formatVersion(dataset: DatasetName, version: Pick<Version, 'kind' | 'name'>): string {
  return `${dataset}${version.kind === 'snapshot' ? '@' : '#'}${version.name}`;
}

/**
 * Oldest first. A bookmark has the createtxg of the snapshot it was made of; it sorts before it, so that of several
 * versions of equal age the snapshot is the latest.
 */
export function compareVersions(a: Version, b: Version): number {
  if (a.createtxg !== b.createtxg) return a.createtxg < b.createtxg ? -1 : 1;
  if (a.kind !== b.kind) return a.kind === 'bookmark' ? -1 : 1;
  return 0;
}
