import type { DatasetName, VersionName } from '../model/index.ts';
import type { DatasetDestroyer, Zfs } from '../zfs.ts';

/** A zfs(8) to test with: makes and destroys pools, arranges what {@link Zfs} has no method for, and inspects. */
export interface TestBed {
  /** For messages: `openzfs` or `simulator`. */
  readonly name: string;
  readonly zfs: Zfs;
  /** With the same program. */
  readonly destroyer: DatasetDestroyer;
  /** The program behind `zfs`, to pass as `--zfs-command`. */
  readonly command: string;
  /** The environment that the program needs. */
  readonly env: NodeJS.ProcessEnv;
  /** A `file://` URL of a raw key of 32 bytes, for `-o keyformat=raw -o keylocation=…` and `load-key -L …`. */
  readonly keyLocation: string;
  /** Filesystems can be mounted here: a directory below which mountpoints may lie. Undefined when nothing mounts. */
  readonly mountRoot: string | undefined;
  /**
   * A fresh pool, its root not mounted (`canmount=off`, `mountpoint=none`) unless `properties` say otherwise.
   * @param label part of the name that is made up
   * @param bytes its size, of the device; at least 64 MiB
   */
  createPool(label: string, properties?: Readonly<Record<string, string>>, bytes?: number): Promise<DatasetName>;
  /** Runs zfs(8) for arranging and gives its stdout. @throws {Error} when it exits with anything but 0. */
  run(...args: readonly string[]): Promise<string>;
  /** Writes a file into a filesystem, mounted or not; makes its parent directories. */
  write(dataset: DatasetName, path: string, content: string | Uint8Array): Promise<void>;
  /** Makes an empty directory. */
  makeDirectory(dataset: DatasetName, path: string): Promise<void>;
  /** Path to SHA-256 (hexadecimal) of every regular file of a snapshot. */
  contents(dataset: DatasetName, snapshot: VersionName): Promise<ReadonlyMap<string, string>>;
  writeVolume(dataset: DatasetName, offset: number, content: Uint8Array): Promise<void>;
  /** SHA-256 (hexadecimal) of a volume's snapshot. */
  volumeDigest(dataset: DatasetName, snapshot: VersionName): Promise<string>;
  /** Destroys the pools and whatever else was made. */
  dispose(): Promise<void>;
}
