import type { DatasetName, VersionName } from './dataset-name.ts';
import type { Version } from './version.ts';

export type DatasetType = 'filesystem' | 'volume';

/** The user properties that zfsync sets. */
export const USER_PROPERTY = {
  /** On a parked dataset: its path relative to the target root, as its name may be only a digest of it. */
  path: 'zfsync:path',
  /** `on` on a dataset that was made only to be a parent. */
  placeholder: 'zfsync:placeholder',
  /** On a target: the flags of its streams, as letters (`wL`, or `-` for none); kept for its life. */
  stream: 'zfsync:stream',
  /** On the target of raw streams: names the key that its source had. */
  key: 'zfsync:key',
  /** On a source, by its administrator: `false` has it, and what inherits that, not sent. */
  send: 'zfsync:send',
  /** `on` on the dataset that a session's target is: what it holds is that session's, and no other's. */
  root: 'zfsync:root',
  /**
   * On a target: since when the source has no such dataset any more, in ISO 8601; and after a blank the guid of its newest
   * snapshot at that time, or `-`.
   */
  vanished: 'zfsync:vanished',
} as const;

/** One row of `zfs list -t filesystem,volume`. Sizes are in bytes. */
export interface DatasetEntry {
  readonly name: DatasetName;
  readonly type: DatasetType;
  readonly guid: bigint;
  readonly createtxg: bigint;
  readonly used: bigint;
  readonly available: bigint;
  readonly referenced: bigint;
  /** Bytes written since the newest snapshot, or since creation. */
  readonly written: bigint;
  /** `off`, or the cipher, such as `aes-256-gcm`. */
  readonly encryption: string;
  /** The dataset whose key this one uses; undefined when it is not encrypted. */
  readonly encryptionRoot: DatasetName | undefined;
  /** Its data can be read: the key is loaded, or there is no encryption. */
  readonly keyAvailable: boolean;
  readonly mounted: boolean;
  readonly mountpoint: string | undefined;
  /** The dataset is a clone of this `dataset@snapshot`. */
  readonly origin: string | undefined;
  /** Of a partial receive, made by `zfs receive -s`. */
  readonly resumeToken: string | undefined;
  /** The local value of {@link USER_PROPERTY}.path, not an inherited one. */
  readonly zfsyncPath: string | undefined;
  /** The local value of {@link USER_PROPERTY}.placeholder is `on`. */
  readonly placeholder: boolean;
  /** The local value of {@link USER_PROPERTY}.stream. */
  readonly zfsyncStream: string | undefined;
  /** The local value of {@link USER_PROPERTY}.key. */
  readonly zfsyncKey: string | undefined;
  /** The local value of {@link USER_PROPERTY}.vanished. */
  readonly zfsyncVanished: string | undefined;
  /** The local value of {@link USER_PROPERTY}.root is `on`. */
  readonly isSessionRoot: boolean;
  /** {@link USER_PROPERTY}.send as it applies to the dataset: local, received or inherited. */
  readonly zfsyncSend: string | undefined;
}

/** One row of `zfs list -t snapshot,bookmark`. */
export interface VersionEntry {
  readonly dataset: DatasetName;
  readonly version: Version;
  /** A snapshot that somebody holds (`userrefs` above 0): it cannot be destroyed. */
  readonly held: boolean;
}

/** One row of `zfs holds`. */
export interface Hold {
  readonly snapshot: VersionName;
  readonly tag: string;
}

/** A dataset with its versions, oldest first. */
export interface DatasetState {
  readonly entry: DatasetEntry;
  readonly versions: readonly Version[];
  /** Those of its snapshots that somebody holds. */
  readonly held: ReadonlySet<VersionName>;
}
