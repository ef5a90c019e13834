/**
 * The messages of the protocol as the rest of zfsync sees them. The wire's own types never leave `codec.ts`; a message
 * that came from a peer has been validated: names, sizes, enums. `docs/PROTOCOL.md` specifies the bytes.
 */
import type { DatasetName, DatasetType, Guid, RelativePath, Retry, Version, VersionName } from '@zfsync/zfs';

/** What went wrong, as one side tells the other. Bounded text, never a stack. */
export interface Failure {
  /** Stable, upper case: a code of `ReplicationError`, such as `ZFS_NO_SPACE`. */
  readonly code: string;
  readonly retry: Retry;
  /** One line for the administrator: which dataset, what ZFS said, what to do. */
  readonly message: string;
  /** The tail of stderr, when a program failed; else ''. */
  readonly detail: string;
}

/** First message of a connection, from the sender. All connections of a session carry the same `sessionId`. */
export interface Hello {
  readonly type: 'hello';
  readonly protocolMin: number;
  readonly protocolMax: number;
  readonly features: readonly string[];
  /** 16 random bytes as 32 lower-case hexadecimal digits. */
  readonly sessionId: string;
  /** Names the run in both sides' logs. */
  readonly runId: string;
  /** Program and version, for people. */
  readonly agent: string;
  /** The sender's DATASET, for people. */
  readonly sourceRoot: DatasetName;
  /** `--as`: where below the peer's target root the source root goes; `''` = the target root itself. */
  readonly asPath: RelativePath;
}

/**
 * In the place of a hello, over TLS alone: the sender proves that it knows the secret of a pairing token, and that its
 * certificate is the one to be known by from now on.
 */
export interface Pair {
  readonly type: 'pair';
  readonly protocolMin: number;
  readonly protocolMax: number;
  readonly agent: string;
  /** Names the pairing that the token was made for: 8 bytes as 16 lower-case hexadecimal digits. */
  readonly pairingId: string;
  /** HMAC-SHA-256 over this connection's exported key and the sender's certificate; see `docs/SECURITY.md`. 32 bytes. */
  readonly proof: Uint8Array;
}

/** Both sides have kept the other's certificate. The connection ends with this. */
export interface PairReply {
  readonly type: 'pair-reply';
  readonly protocolVersion: number;
  readonly agent: string;
  /** The name by which the receiver knows the sender. */
  readonly name: string;
  /** The target root of that name. */
  readonly target: DatasetName;
}

export interface HelloReply {
  readonly type: 'hello-reply';
  readonly protocolVersion: number;
  readonly features: readonly string[];
  readonly agent: string;
  /** Where the source root goes, `--as` included. */
  readonly target: DatasetName;
  /** How many streams the receiver takes at once in this session. */
  readonly streamsMax: number;
}

/** How a stream is made, for the life of a target: a chain does not take another way later (openzfs#6224). */
export interface StreamFlags {
  /** `-w` */
  readonly raw: boolean;
  /** `-L` */
  readonly largeBlocks: boolean;
  /** `-c` */
  readonly compressed: boolean;
  /** `-e` */
  readonly embedded: boolean;
}

/** A property of the source that the sender would like the target to have. What is set, the receiver decides. */
export interface OfferedProperty {
  /** Native such as `compression`, or a user property with its `:`. */
  readonly name: string;
  readonly value: string;
}

/** What a clone was made of. */
export interface Origin {
  /** The dataset of the offer whose snapshot it is. */
  readonly path: RelativePath;
  /** Of the snapshot. */
  readonly guid: Guid;
}

/**
 * A dataset as the sender offers it, with the flags that it would be sent with to a new target. On the wire a long one is
 * split over pages; here it is whole again or a part.
 */
export interface OfferedDataset extends StreamFlags {
  readonly path: RelativePath;
  readonly datasetType: DatasetType;
  readonly guid: Guid;
  /** The source dataset is encrypted. */
  readonly encrypted: boolean;
  /** Set locally or received on the source, as far as the sender was asked for it. */
  readonly properties: readonly OfferedProperty[];
  /** Oldest first, snapshots and bookmarks, in the order of the source's createtxg. */
  readonly versions: readonly Version[];
  /** It is a clone of a snapshot of another dataset of the offer. */
  readonly origin: Origin | undefined;
  /** This entry continues the last one of the page before, which MUST be of the same path. */
  readonly continued: boolean;
}

export interface Offer {
  readonly type: 'offer';
  /** From 0, without a gap. */
  readonly page: number;
  readonly last: boolean;
  readonly datasets: readonly OfferedDataset[];
  /** What is there on the source and is not to be sent: it has not vanished. Each stands for itself, not for what is below it. */
  readonly leftOut: readonly RelativePath[];
  /** The same on all pages of an offer. */
  readonly renames: RenameMode;
}

/**
 * What is to be done where the target has an offered dataset under a path that is not there on the source any more.
 * `ask`: the conflict `renamed`. `plan`: decide as if it were renamed, and change nothing. `follow`: rename it, then
 * decide. `ignore`: it is sent anew.
 */
export type RenameMode = 'ask' | 'plan' | 'follow' | 'ignore';

export type ConflictKind =
  /** Both sides have snapshots, none in common. */
  | 'no-common-version'
  /** The target has snapshots of its own after the common one. */
  | 'target-diverged'
  /** The target was changed after its newest snapshot, which is the common one. */
  | 'target-modified'
  /** The target exists without any snapshot and holds data. */
  | 'target-has-data'
  /** Filesystem against volume. */
  | 'type-mismatch'
  /** The source is sent raw and the target is not encrypted, or the other way round: they do not mix in one chain. */
  | 'encryption-mismatch'
  /** The target exists and is empty, but receiving onto it is impossible (encryption) or would harm what is below it. */
  | 'target-not-replaceable'
  /** The target has another snapshot of a name that is to be sent. */
  | 'snapshot-name-taken'
  /** Both a dataset in place and a parked one of the same path. */
  | 'parked-and-in-place'
  /** The key of the source was changed, and datasets of the target that share the old one would be lost. */
  | 'key-changed'
  /** It was renamed on the source: the target has it under its old path, see {@link DatasetDecision.renameFrom}. */
  | 'renamed';

/** What the receiver has decided for one dataset. Every decision is explicit; "nothing to do" is an answer. */
export type Decision =
  | { readonly kind: 'up-to-date'; readonly newest: Guid }
  | {
      /** The oldest snapshot, then `-I` to the newest. */
      readonly kind: 'full';
      readonly oldest: Guid;
      readonly newest: Guid;
      /** The target exists, empty and without a snapshot. */
      readonly adopt: boolean;
      /** The policy keep-both: what is there is renamed to this when the stream begins. */
      readonly aside: DatasetName | undefined;
    }
  | {
      readonly kind: 'incremental';
      readonly from: Guid;
      readonly to: Guid;
      /** The policy rollback: the target is rolled back to `from`, its newest snapshot, when the stream begins. */
      readonly rollback: boolean;
      /** Bytes written to the target after `from`. Where there are any, ZFS will most likely find it modified. */
      readonly targetWritten: bigint;
    }
  | {
      /** `-I` from the origin's snapshot to the newest: the target becomes a clone of its copy of the origin. */
      readonly kind: 'clone';
      /** {@link Origin.guid} as it was offered. */
      readonly from: Guid;
      readonly to: Guid;
    }
  /** Go on with a partial receive. The token is the target's; the sender MUST check what it decodes to. */
  | {
      readonly kind: 'resume';
      readonly token: string;
      /** The newest snapshot of the target. A token that starts from another one can never be received to its end. */
      readonly newest: Guid | undefined;
      /** As of an incremental. */
      readonly rollback: boolean;
    }
  | {
      readonly kind: 'conflict';
      readonly conflict: ConflictKind;
      readonly message: string;
      /** The newest snapshots of the target, for the message; at most `conflictVersionsMax`. */
      readonly targetVersions: readonly Version[];
    }
  | { readonly kind: 'refused'; readonly failure: Failure };

export interface DatasetDecision {
  readonly path: RelativePath;
  readonly decision: Decision;
  /** The dataset is parked in the buffer dataset now. */
  readonly parked: boolean;
  /** MUST NOT be begun before the stream of its nearest ancestor is over. */
  readonly afterParent: boolean;
  /** MUST NOT be begun before the stream of this dataset, which it is a clone of, is over. */
  readonly after: RelativePath | undefined;
  /** The target has it, or had it until this offer, under this path; see {@link RenameMode}. */
  readonly renameFrom: RelativePath | undefined;
  /** Bytes that the target can take there, by `zfs list -o available` of it or of the nearest dataset above it. */
  readonly available: bigint;
  /** How streams to the target are made; absent = as offered, of a resume as its token says. `raw` is always as offered. */
  readonly flags: StreamFlags | undefined;
}

export interface Decisions {
  readonly type: 'decisions';
  readonly page: number;
  readonly last: boolean;
  /** Names the target among all others, for the names of cursors: 8 bytes as 16 lower-case hexadecimal digits. */
  readonly targetId: string;
  /** In the order in which the datasets were offered. */
  readonly decisions: readonly DatasetDecision[];
}

/**
 * Asks the receiver to look at one dataset of the offer and decide on it once more, as the stream of its decision could
 * not be received. Answered by one page of {@link Decisions} with that dataset alone.
 */
export interface Replan {
  readonly type: 'replan';
  readonly path: RelativePath;
  /** The token of a partial receive that nobody can go on with: it is discarded (`zfs receive -A`) first. */
  readonly discard: string | undefined;
}

/** How the stream's bytes travel. `direct` has its room here; version 1 sends `framed` alone. */
export type StreamMode = 'framed' | 'direct';

/** One stream: one `zfs send`, one `zfs receive`. */
export interface BeginStream extends StreamFlags {
  readonly type: 'begin-stream';
  readonly path: RelativePath;
  /** Absent = full send. */
  readonly from: Guid | undefined;
  readonly to: Guid;
  /** Every snapshot between `from` and `to` is in the stream (`-I`). */
  readonly intermediates: boolean;
  /** Goes on with the partial receive of this token (`zfs send -t`); `from` and `to` are those of the token. */
  readonly resume: string | undefined;
  readonly mode: StreamMode;
}

export interface StreamReady {
  readonly type: 'stream-ready';
  readonly mode: StreamMode;
  /** The dataset that receives: in place or in the buffer dataset. */
  readonly target: DatasetName;
  readonly parked: boolean;
}

/** The stream was not begun; the connection goes on. */
export interface StreamRefused {
  readonly type: 'stream-refused';
  readonly failure: Failure;
}

/** Trailer: `zfs send` exited with 0 and these are all its bytes. */
export interface StreamEnd {
  readonly type: 'stream-end';
  readonly bytes: bigint;
  /** SHA-256 of the bytes, 32 bytes. */
  readonly digest: Uint8Array;
}

/** Trailer: the stream is not whole. `source`: zfs send failed; `sink`: zfs receive failed; `wire`: in between. */
export interface StreamFailed {
  readonly type: 'stream-failed';
  readonly side: 'source' | 'sink' | 'wire';
  readonly failure: Failure;
}

/**
 * What became of the stream at the receiver. MAY come before the trailer, with a failure; the sender then ends its send
 * and MUST still close the stream with a trailer, so that both sides know where the next frame belongs.
 */
export interface StreamResult {
  readonly type: 'stream-result';
  readonly bytes: bigint;
  /** Absent = received. */
  readonly failure: Failure | undefined;
}

/** Asks the receiver to rename what is parked into place. */
export interface CleanBuffer {
  readonly type: 'clean-buffer';
}

/**
 * `promoted`: renamed into place. `placeholder`: made as a parent, as the source has no snapshot of it. `conflict`: a
 * dataset is in place already, both stay. `waiting`: stays parked, its parent is not there. `failed`: ZFS refused.
 */
export type PromotionOutcome = 'promoted' | 'placeholder' | 'conflict' | 'waiting' | 'failed';

export interface Promotion {
  readonly path: RelativePath;
  /** Last component of the parked dataset's name; '' for a placeholder. */
  readonly parkedAs: string;
  readonly outcome: PromotionOutcome;
  readonly failure: Failure | undefined;
}

export interface CleanBufferReport {
  readonly type: 'clean-buffer-report';
  readonly page: number;
  readonly last: boolean;
  /** In the order in which it was done: parents first. */
  readonly promotions: readonly Promotion[];
}

/**
 * Asks the receiver to prune the target by its own policy, and to do with what has vanished on the source what the sender
 * wishes, as far as the policy for this sender allows it. After {@link CleanBuffer}, once everything has arrived.
 */
export interface Tidy {
  readonly type: 'tidy';
  /** Report what would be done and change nothing. */
  readonly dryRun: boolean;
  /** Destroy snapshots that have vanished on the source. */
  readonly mirrorSnapshots: boolean;
  /** Do away with datasets that vanished on the source at least so many seconds ago; absent = keep them. */
  readonly mirrorDatasetsAfter: bigint | undefined;
}

/**
 * `prune`: snapshots destroyed by the receiver's retention. `mirror-snapshots`: snapshots destroyed that the source has no
 * more. `mark`: found vanished now. `wait`: found vanished before, not yet due. `unmark`: it is there again on the
 * source. `aside`: renamed. `destroy`: the dataset was destroyed with all its snapshots.
 */
export type TidyAction = 'prune' | 'mirror-snapshots' | 'mark' | 'wait' | 'unmark' | 'aside' | 'destroy';

export interface TidyEntry {
  readonly path: RelativePath;
  readonly action: TidyAction;
  /** The snapshots that are concerned, oldest first; of one dataset there may be several entries. */
  readonly names: readonly VersionName[];
  /** Bytes that were freed, as ZFS says; 0 where it does not say. */
  readonly bytes: bigint;
  /** Of `mark` and `wait`: when it is due, in seconds since the epoch; else 0. */
  readonly due: bigint;
  /** Of `aside`: the new name. */
  readonly aside: DatasetName | undefined;
  /** Why it was not done. */
  readonly failure: Failure | undefined;
}

export interface TidyReport {
  readonly type: 'tidy-report';
  readonly page: number;
  readonly last: boolean;
  /** In the order in which it was done. */
  readonly entries: readonly TidyEntry[];
}

/** On an otherwise idle direction. Never answered. */
export interface Heartbeat {
  readonly type: 'heartbeat';
}

/** Ends the connection: it is the last message. */
export interface ErrorMessage {
  readonly type: 'error';
  readonly failure: Failure;
}

/** The session is over, in good order. */
export interface Goodbye {
  readonly type: 'goodbye';
}

export type Message =
  | Hello
  | Pair
  | PairReply
  | HelloReply
  | Offer
  | Decisions
  | Replan
  | BeginStream
  | StreamReady
  | StreamRefused
  | StreamEnd
  | StreamFailed
  | StreamResult
  | CleanBuffer
  | CleanBufferReport
  | Tidy
  | TidyReport
  | Heartbeat
  | ErrorMessage
  | Goodbye;

export type MessageType = Message['type'];
