/**
 * Every number of the protocol, with its unit in its name. `docs/PROTOCOL.md` lists them; a change of one that a peer
 * can notice is a change of the protocol.
 */

/** Length, type, flags and two bytes of zero. Frozen for ever. */
export const frameHeaderBytes = 8;

/** Payload of a CONTROL frame. A page of 256 KiB with its largest last entry stays far below. */
export const controlPayloadBytesMax = 1024 * 1024;

/** Payload of any frame before the hello exchange is done: a stranger may not make us hold more. */
export const helloPayloadBytesMax = 64 * 1024;

/** Payload of a DATA frame: what one gather write takes. Large frames cost nothing, as they are handed on in slices. */
export const dataPayloadBytesMax = 1024 * 1024;

/** A page of an offer, of decisions or of a report is closed when it reaches this size: well inside one frame. */
export const pageBytesTarget = 256 * 1024;

/** Datasets in one offer. Bounds the receiver's memory; ten times the largest pools that are known to be replicated. */
export const offeredDatasetsMax = 100_000;

/** Snapshots and bookmarks in one offer, over all datasets: some 300 MiB of the receiver's memory at worst. */
export const offeredVersionsMax = 2_000_000;

/** Entries of one clean-buffer report: what is parked and the placeholders that it takes. */
export const promotionsMax = 200_000;

/** Snapshots in one entry of the report on a tidy. */
export const tidyNamesMax = 4096;

/** Entries of the report on one tidy. */
export const tidyEntriesMax = 400_000;

/** The newest snapshots of the target that a conflict shows: what fits on an administrator's screen. */
export const conflictVersionsMax = 20;

/** `Failure.code`. */
export const failureCodeBytesMax = 64;

/** `Failure.message` and the message of a conflict. */
export const failureMessageBytesMax = 4 * 1024;

/** `Failure.detail`: the tail of stderr. */
export const failureDetailBytesMax = 32 * 1024;

/** `Hello.agent` and `HelloReply.agent`. */
export const agentBytesMax = 256;

/** `Hello.runId`. */
export const runIdBytesMax = 128;

/** Features in a hello. */
export const featuresMax = 64;

/** One feature's name. */
export const featureBytesMax = 64;

/** `Hello.sessionId`, raw. */
export const sessionIdBytes = 16;

/** `Pair.pairingId`, raw. */
export const pairingIdBytes = 8;

/** Properties of one offered dataset. */
export const offeredPropertiesMax = 128;

/** Names and values of the properties of one dataset: they are never split over pages. */
export const datasetPropertiesBytesMax = 64 * 1024;

/** Names and values of all properties of one offer. Bounds the receiver's memory. */
export const offerPropertiesBytesMax = 64 * 1024 * 1024;

/** The name of a property: `ZAP_MAXNAMELEN` without its NUL. */
export const propertyNameBytesMax = 255;

/** The value of a property: `ZFS_MAXPROPLEN` without its NUL, the longest that zfs sets. */
export const propertyValueBytesMax = 8191;

/** SHA-256. */
export const digestBytes = 32;

/** A `receive_resume_token`. Real ones are some 300 to 800 bytes; a redacted send's is longer. */
export const resumeTokenBytesMax = 16 * 1024;

/** `Decisions.targetId`, raw: enough that two targets of one source never share a name for their cursors. */
export const targetIdBytes = 8;

/** `HelloReply.streamsMax`: more streams at once than any pool serves. */
export const streamsMaxMax = 1024;

/** Versions of the protocol are numbered 1 to this. */
export const protocolVersionMax = 65_535;

/** `Hello` MUST arrive within this after the connection was made, `HelloReply` within this after `Hello`. */
export const helloTimeoutMs = 10_000;

/** After this long without writing anything, a heartbeat is written. */
export const heartbeatIntervalMs = 1_000;

/** A peer that has sent nothing for this long is taken for dead, unless told otherwise: thirty heartbeats were lost. */
export const peerSilenceMsMax = 30_000;

/**
 * A frame that was begun must be whole after this much time of reading: some 70 kbit/s for the largest. Otherwise a
 * length that was damaged on the wire would be filled up with heartbeats for hours, and a peer could feed us a byte now
 * and then for ever.
 */
export const frameMsMax = 120_000;

/** How long an orderly end may take: until what is queued is flushed and the peer has closed too. */
export const lingerMsMax = 5_000;

/** Control messages that wait for `receive()` before the transport is paused. */
export const inboxMessagesMax = 4;

/** How long a TCP connection may be silent before the kernel probes it. */
export const tcpKeepAliveMs = 30_000;

/** Bytes that a socket queues before `write` says stop: one DATA frame. */
export const socketBufferBytes = 1024 * 1024;
