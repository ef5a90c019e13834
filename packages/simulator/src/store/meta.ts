/** What is kept of a dataset: one `meta.json` per dataset directory, replaced as a whole by rename(2). */

export interface SnapshotMeta {
  name: string;
  /** Decimal, as all 64-bit values here. */
  guid: string;
  txg: number;
  /** Seconds since the epoch. */
  time: number;
  objset: number;
  /** Manifest of the content; null when there is none. */
  manifest: string | null;
  referenced: number;
  volsize?: number;
  props?: Record<string, string>;
  received?: Record<string, string>;
  /** Tag and time. */
  holds?: [string, number][];
  /** `destroy -d` was asked for while something held it. */
  deferred?: boolean;
  /** Guids of the datasets that are clones of it. */
  clones?: string[];
  /** Identity of the initialisation vectors; only of an encrypted dataset. */
  ivset?: string;
}

export interface BookmarkMeta {
  name: string;
  guid: string;
  txg: number;
  time: number;
  referenced: number;
  /** The content at the bookmark: ZFS tells by birth times what is newer, the simulator by comparison with this. */
  manifest?: string | null;
  ivset?: string;
}

/** Of the root of an encryption: its key as a digest, so that a wrong one can be told. */
export interface KeyMeta {
  format: string;
  location: string;
  pbkdf2iters: number;
  /** sha256 of the key material, hexadecimal. */
  check: string;
  /** Stays with the key through raw streams: equal values mean the same master key. */
  id: string;
  /** New whenever the key is wrapped anew. */
  iv?: string;
  loaded: boolean;
}

export interface DatasetMeta {
  type: 'filesystem' | 'volume';
  guid: string;
  txg: number;
  time: number;
  objset: number;
  /** Local values; null: `zfs inherit` hides a received value. */
  props: Record<string, string | null>;
  received?: Record<string, string>;
  /** Oldest first. */
  snaps: SnapshotMeta[];
  marks: BookmarkMeta[];
  /** Manifest of the content when `live` is false, else of its last synced state. */
  head: string | null;
  referenced: number;
  /** The directory `live` holds the content, which may have changed since. */
  live: boolean;
  volsize?: number;
  volblocksize?: number;
  /** guid of the snapshot that this is a clone of. */
  origin?: string;
  /** Where the symbolic link of the mount lies. */
  mounted?: string;
  /** Cipher; the key is that of the nearest ancestor-or-self with `key`. */
  cipher?: string;
  key?: KeyMeta;
  /** Blocks above 128 KiB have been received as such. */
  largeBlocks?: boolean;
  /** A full receive has not been completed: the dataset is there only because of it. */
  inconsistent?: boolean;
  /** Pack of the newest receive that was completed: what `recv/` says of it is left over from a process that was killed. */
  settled?: string;
}
