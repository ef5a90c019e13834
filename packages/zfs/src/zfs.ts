import type { Readable, Writable } from 'node:stream';
import type {
  DatasetEntry,
  DatasetName,
  DatasetType,
  Delegation,
  Hold,
  ResumeToken,
  Version,
  VersionEntry,
  VersionName,
} from './model/index.ts';
import type { ZfsError } from './errors.ts';

/** A snapshot with its dataset. */
export interface SnapshotReference {
  readonly dataset: DatasetName;
  readonly name: VersionName;
}

/** How a send stream is to be made. All flags are constant for the life of a target: they do not mix in one chain. */
export interface SendOptions {
  readonly dataset: DatasetName;
  /** The incremental source; absent = full send. */
  readonly from?: Pick<Version, 'kind' | 'name'>;
  /**
   * In the place of `from`, for the first stream of a clone: the snapshot that it was cloned of, or an older one of the same
   * dataset. MUST NOT be set with `intermediates`: what `-I` makes of it is a package, and its receive looks for the origin by
   * itself, in the whole pool, whatever {@link ReceiveOptions.origin} says (seen on 2.1.11; `zfs_receive_package`).
   */
  readonly fromOrigin?: SnapshotReference;
  /** The snapshot that the target will end at. */
  readonly to: VersionName;
  /** `-I` instead of `-i`: with every snapshot between `from` and `to`. MUST NOT be set with a bookmark (openzfs#12415). */
  readonly intermediates?: boolean;
  /** `-w`: as it lies on disk; an encrypted dataset stays encrypted. */
  readonly raw?: boolean;
  /** `-L`: blocks above 128 KiB stay whole (openzfs#6224). */
  readonly largeBlocks?: boolean;
  /** `-c`: blocks stay compressed as on disk. */
  readonly compressed?: boolean;
  /** `-e`: embedded blocks stay embedded. Never with an encrypted dataset. */
  readonly embedded?: boolean;
}

/** A running `zfs send`. */
export interface SendProcess {
  /** The send stream. It ends when zfs closes it, which alone does not say that the stream is whole: see `done`. */
  readonly stream: Readable;
  /** Resolves when zfs has exited with 0; rejects with {@link ZfsError} otherwise. Never unhandled: always await it. */
  readonly done: Promise<void>;
  /** Ends the process and its group, and waits until it is gone. `done` then rejects with reason `killed`. */
  kill(): Promise<void>;
}

export interface ReceiveOptions {
  readonly target: DatasetName;
  /**
   * `-F`. MUST be set only for a target that has no snapshot and that {@link Zfs.isEmpty} has just said to be empty:
   * with anything else it destroys.
   */
  readonly overwriteEmpty?: boolean;
  /** `-s`: an interrupted receive keeps its partial state and a resume token. */
  readonly resumable?: boolean;
  /**
   * `-o origin=`: the target is made as a clone of this snapshot, which must be what the stream goes on from, in the same
   * pool. Without it ZFS takes any snapshot of the pool with that guid, the nearest first, for a stream of a clone. Set it also
   * to go on with a partial receive of a clone.
   */
  readonly origin?: SnapshotReference;
  /** `-o name=value`. */
  readonly set?: Readonly<Record<string, string>>;
  /** `-x name`. */
  readonly exclude?: readonly string[];
}

/** A running `zfs receive -u`. */
export interface ReceiveProcess {
  /** Takes the send stream; end it when the stream is whole. Errors of the pipe are reported by `done` alone. */
  readonly stream: Writable;
  /** Resolves when zfs has exited with 0; rejects with {@link ZfsError} otherwise. Never unhandled: always await it. */
  readonly done: Promise<void>;
  /**
   * What zfs has said on stderr, line by line, once `done` has resolved. A property that could not be set, for want of
   * a permission or as its value does not fit, is no failure to `zfs receive`: it is said here alone (seen on 2.1.11).
   */
  warnings(): readonly string[];
  /** Ends the process and its group, and waits until it is gone. `done` then rejects with reason `killed`. */
  kill(): Promise<void>;
}

export interface CreateOptions {
  readonly type: DatasetType;
  /** Bytes; for a volume. */
  readonly volumeSize?: bigint;
  readonly properties?: Readonly<Record<string, string>>;
  /** The missing parents too, not mounted either; and it is no error that the dataset exists. */
  readonly parents?: boolean;
}

/**
 * The contract of zfs(8), as replication needs it. The command-line driver is its one implementation; what differs is
 * the program behind it: the host's OpenZFS or the simulator. `testing/suite.ts` is the conformance suite for both.
 *
 * Each method MUST reject with {@link ZfsError} when zfs fails, its `reason` by the one table of reasons. No method may
 * wait for ever: one whose process shows no sign of life for the driver's stall timeout ends it and rejects with
 * `stalled` ({@link Zfs.send} and {@link Zfs.receive} are watched by who moves their bytes). A method that takes an {@link AbortSignal} MUST end its process when the signal fires and reject with `AbortedError`.
 */
export interface Zfs {
  /**
   * Every filesystem and volume at or below `root`, in the order of `zfs list` (parents before children): one process,
   * whatever the number of datasets, parsed as it comes.
   */
  listDatasets(root: DatasetName, options?: ListOptions): AsyncIterable<DatasetEntry>;
  /** Every snapshot and bookmark at or below `root`: one process, in no order that may be relied on. */
  listVersions(root: DatasetName, options?: ListOptions): AsyncIterable<VersionEntry>;
  send(options: SendOptions): SendProcess;
  /** `zfs send -t`: the rest of an interrupted send. The token MUST have been checked, see {@link ResumeToken}. */
  resumeSend(token: string): SendProcess;
  /**
   * What a token holds (`zfs send -nvPt`). Rejects with `resume-token-corrupt` for what is no token; a token that this
   * host cannot go on with resolves, and says why in `problem`.
   */
  decodeResumeToken(token: string): Promise<ResumeToken>;
  /** Estimated bytes of the stream (`zfs send -nvP`). */
  estimateSend(options: SendOptions): Promise<bigint>;
  receive(options: ReceiveOptions): ReceiveProcess;
  /** `zfs receive -A`: discards a partial receive. */
  abortReceive(target: DatasetName): Promise<void>;
  /**
   * Whether a dataset without snapshots holds nothing that anyone put there, so that `receive -F` destroys nothing.
   * A mounted filesystem is walked (directories that only lead to other datasets' mountpoints are nothing); what is
   * not mounted is sent and the records of its stream are looked at. MUST say false when in doubt.
   */
  isEmpty(dataset: DatasetName): Promise<boolean>;
  /** Not mounted (`-u`). On Linux a non-root create may succeed and exit with 1: that counts as success. */
  create(dataset: DatasetName, options: CreateOptions): Promise<void>;
  /** Fails with `dataset-missing` or `dataset-exists`; never mounts (`-u`). */
  rename(from: DatasetName, to: DatasetName): Promise<void>;
  /** Fails with `busy` when it is in use, and when it is not mounted. */
  unmount(dataset: DatasetName): Promise<void>;
  /** At its mountpoint, with the properties that it has. */
  mount(dataset: DatasetName): Promise<void>;
  /** Values as zfs prints them with `-p`; a property that is not there is absent from the map. */
  getProperties(dataset: DatasetName, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * What is set locally or received on each filesystem and volume at or below `root`: one process. `names` are native and
   * user properties; a name that zfs does not know rejects with `property-invalid`. What a value with newlines makes
   * doubtful is left out.
   */
  listProperties(
    root: DatasetName,
    names: readonly string[] | 'all',
    options?: Pick<ListOptions, 'signal'>,
  ): Promise<ReadonlyMap<DatasetName, ReadonlyMap<string, string>>>;
  setProperties(dataset: DatasetName, properties: Readonly<Record<string, string>>): Promise<void>;
  /** `zfs inherit`: removes a local value. */
  inheritProperty(dataset: DatasetName, name: string): Promise<void>;
  /** Atomic over all names (`dataset@name …`); with `recursive`, over every descendant too. */
  snapshot(
    datasets: readonly DatasetName[],
    name: VersionName,
    options?: { readonly recursive?: boolean },
  ): Promise<void>;
  bookmark(dataset: DatasetName, snapshot: VersionName, bookmark: VersionName): Promise<void>;
  /** Destroys one snapshot or bookmark. There is no method for a dataset here: see {@link DatasetDestroyer}. */
  destroyVersion(dataset: DatasetName, version: Pick<Version, 'kind' | 'name'>): Promise<void>;
  /**
   * Destroys snapshots in batches: as many as one process takes, in one transaction each. Never with what depends on them.
   *
   * @returns what is still there, and why: `snapshot-held`, `has-clones`, `busy`, … A snapshot that is missing counts as
   *   destroyed. When it fails for another reason (no permission) that is given for all that are left, which are not tried.
   */
  destroySnapshots(dataset: DatasetName, names: readonly VersionName[]): Promise<readonly SnapshotFailure[]>;
  /**
   * Bytes that would be free if all of them were destroyed (`zfs destroy -nvp`). One process up to 1000 names; with more it
   * is a lower bound, as what two batches share is counted in neither. Those that have clones or are missing are left out;
   * those that are held are not, as ZFS does not look at that.
   */
  reclaimable(dataset: DatasetName, names: readonly VersionName[]): Promise<bigint>;
  /**
   * The snapshots at or below `root` that have clones, wherever in the pool (`clones`): one process. What is still being
   * received may be among the clones, as ZFS calls it: `DATASET/%recv`.
   */
  listClones(root: DatasetName, options?: ListOptions): Promise<readonly ClonedSnapshot[]>;
  hold(dataset: DatasetName, snapshots: readonly VersionName[], tag: string): Promise<void>;
  release(dataset: DatasetName, snapshots: readonly VersionName[], tag: string): Promise<void>;
  /** The holds on these snapshots (`zfs holds`), those of other programs too. */
  holds(dataset: DatasetName, snapshots: readonly VersionName[]): Promise<readonly Hold[]>;
  /**
   * `zfs rollback` to the newest snapshot: gives up what was written after it. Never `-r`: fails with
   * `target-has-snapshots` when the dataset has a newer snapshot or bookmark.
   */
  rollback(dataset: DatasetName, snapshot: VersionName): Promise<void>;
  /** What was delegated to users on the dataset and above it (`zfs allow`), itself first; none where nothing was. */
  delegations(dataset: DatasetName): Promise<readonly Delegation[]>;
  /** Of the userland and the kernel module, for example `zfs-2.1.11-1`. */
  version(): Promise<{ readonly userland: string; readonly kernel: string | undefined }>;
}

export interface ListOptions {
  readonly signal?: AbortSignal;
  /** Levels below `root`; 0 = `root` alone, absent = all. */
  readonly depth?: number;
}

export interface ClonedSnapshot {
  /** `DATASET@SNAPSHOT`. */
  readonly snapshot: string;
  /** Names of datasets; with very many, ZFS cuts the list off in the middle of a name. */
  readonly clones: readonly string[];
}

/** A snapshot that could not be destroyed. */
export interface SnapshotFailure {
  readonly name: VersionName;
  readonly error: ZfsError;
}

/**
 * Destroys datasets. Not a part of {@link Zfs}, so that whoever has one of those cannot: it is made on its own, and handed
 * out only where an operator's policy says so.
 */
export interface DatasetDestroyer {
  /**
   * `zfs destroy` of one filesystem or volume, never with what depends on it: fails with `has-children` while it has children
   * or snapshots, and with `has-clones`. Its bookmarks go with it.
   */
  destroyDataset(dataset: DatasetName): Promise<void>;
}
