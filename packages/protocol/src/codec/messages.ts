/**
 * Every message of `message.ts` as a shape. Names and limits are those of `proto/zfsync/v1`.
 */
import { zfsync } from '#wire';
import { parseDatasetName, parseRelativePath, parseVersionName, type Version } from '@zfsync/zfs';
import * as limits from '../limits.ts';
import type * as domain from '../message.ts';
import { propertiesBytes } from '../text.ts';
import {
  bool,
  bytes,
  choice,
  hex,
  integer,
  list,
  name,
  optional,
  reject,
  type Shape,
  struct,
  text,
  u64,
  within,
} from './shape.ts';

const wire = zfsync.v1;

const guid = u64(1n);
const counter = u64(0n);
const page = integer(0, 2 ** 32 - 1);
const path = name(parseRelativePath);
const datasetName = name(parseDatasetName);
const protocolVersion = integer(1, limits.protocolVersionMax);
const agent = text(1, limits.agentBytesMax);
const features = list(text(1, limits.featureBytesMax, /^[a-z0-9-]+$/), limits.featuresMax);
const explanation = text(1, limits.failureMessageBytesMax);
const token = text(1, limits.resumeTokenBytesMax, /^[0-9a-f-]+$/);

/** One component of a dataset's name, or `''`. */
const component = name((value) => {
  if (value.includes('/')) reject('has more than one component');
  if (value !== '') parseRelativePath(`/${value}`);
  return value;
});

/** One component of a dataset's name. */
const peerName = name((value) => {
  if (value === '' || value.includes('/')) reject('is not one component of the name of a dataset');
  parseRelativePath(`/${value}`);
  return value;
});

const failure = struct<domain.Failure, zfsync.v1.Failure.$Properties, never>(
  {},
  {
    code: text(1, limits.failureCodeBytesMax, /^[A-Z][A-Z0-9_]*$/),
    retry: choice({
      never: wire.Retry.RETRY_NEVER,
      reconnect: wire.Retry.RETRY_RECONNECT,
      backoff: wire.Retry.RETRY_BACKOFF,
      replan: wire.Retry.RETRY_REPLAN,
      operator: wire.Retry.RETRY_OPERATOR,
    }),
    message: explanation,
    detail: text(0, limits.failureDetailBytesMax),
  },
);

const version = struct<Version, zfsync.v1.Version.$Properties, never>(
  {},
  {
    kind: choice({
      snapshot: wire.VersionKind.VERSION_KIND_SNAPSHOT,
      bookmark: wire.VersionKind.VERSION_KIND_BOOKMARK,
    }),
    name: name(parseVersionName),
    guid,
    createtxg: counter,
    creation: counter,
  },
);

const flags = { raw: bool, largeBlocks: bool, compressed: bool, embedded: bool };
const streamFlags = struct<domain.StreamFlags, zfsync.v1.StreamFlags.$Properties, never>({}, flags);
const offeredProperty = struct<domain.OfferedProperty, zfsync.v1.OfferedProperty.$Properties, never>(
  {},
  {
    name: text(1, limits.propertyNameBytesMax, /^[a-z0-9._:-]+$/),
    value: text(0, limits.propertyValueBytesMax),
  },
);
const origin = struct<domain.Origin, zfsync.v1.Origin.$Properties, never>({}, { path, guid });
const offeredDataset = struct<domain.OfferedDataset, zfsync.v1.OfferedDataset.$Properties, never>(
  {},
  {
    path,
    datasetType: choice({
      filesystem: wire.DatasetType.DATASET_TYPE_FILESYSTEM,
      volume: wire.DatasetType.DATASET_TYPE_VOLUME,
    }),
    guid,
    encrypted: bool,
    ...flags,
    properties: list(offeredProperty, limits.offeredPropertiesMax),
    origin: optional(origin),
    versions: list(version, limits.offeredVersionsMax),
    continued: bool,
  },
  ({ properties }) => {
    const bytesOfAll = propertiesBytes(properties);
    const max = limits.datasetPropertiesBytesMax;
    if (bytesOfAll > max) reject(`has ${bytesOfAll} bytes of properties, more than ${max}`);
  },
);

type DecisionOf<K extends domain.Decision['kind']> = Extract<domain.Decision, { kind: K }>;

const upToDate = struct<DecisionOf<'up-to-date'>, zfsync.v1.UpToDate.$Properties, 'kind'>(
  { kind: 'up-to-date' },
  { newest: guid },
);
const full = struct<DecisionOf<'full'>, zfsync.v1.Full.$Properties, 'kind'>(
  { kind: 'full' },
  { oldest: guid, newest: guid, adopt: bool, aside: optional(datasetName) },
);
const incremental = struct<DecisionOf<'incremental'>, zfsync.v1.Incremental.$Properties, 'kind'>(
  { kind: 'incremental' },
  { from: guid, to: guid, rollback: bool, targetWritten: counter },
);
const clone = struct<DecisionOf<'clone'>, zfsync.v1.Clone.$Properties, 'kind'>(
  { kind: 'clone' },
  { from: guid, to: guid },
);
const resume = struct<DecisionOf<'resume'>, zfsync.v1.Resume.$Properties, 'kind'>(
  { kind: 'resume' },
  { token, newest: optional(guid), rollback: bool },
);
const conflict = struct<DecisionOf<'conflict'>, zfsync.v1.Conflict.$Properties, 'kind'>(
  { kind: 'conflict' },
  {
    conflict: choice({
      'no-common-version': wire.ConflictKind.CONFLICT_KIND_NO_COMMON_VERSION,
      'target-diverged': wire.ConflictKind.CONFLICT_KIND_TARGET_DIVERGED,
      'target-has-data': wire.ConflictKind.CONFLICT_KIND_TARGET_HAS_DATA,
      'type-mismatch': wire.ConflictKind.CONFLICT_KIND_TYPE_MISMATCH,
      'parked-and-in-place': wire.ConflictKind.CONFLICT_KIND_PARKED_AND_IN_PLACE,
      'target-not-replaceable': wire.ConflictKind.CONFLICT_KIND_TARGET_NOT_REPLACEABLE,
      'snapshot-name-taken': wire.ConflictKind.CONFLICT_KIND_SNAPSHOT_NAME_TAKEN,
      'target-modified': wire.ConflictKind.CONFLICT_KIND_TARGET_MODIFIED,
      'encryption-mismatch': wire.ConflictKind.CONFLICT_KIND_ENCRYPTION_MISMATCH,
      'key-changed': wire.ConflictKind.CONFLICT_KIND_KEY_CHANGED,
      renamed: wire.ConflictKind.CONFLICT_KIND_RENAMED,
    }),
    message: explanation,
    targetVersions: list(version, limits.conflictVersionsMax),
  },
);
const refused = struct<DecisionOf<'refused'>, zfsync.v1.Refused.$Properties, 'kind'>({ kind: 'refused' }, { failure });

type Variant = readonly [member: string, shape: Shape<unknown, unknown>];

/** A union, which the wire has as a oneof: each variant's tag and its member. */
function union<T extends object, K extends string>(
  tagOf: (value: T) => K,
  variants: Readonly<Record<K, Variant>>,
): Shape<T, object> {
  const all = Object.values<Variant>(variants);
  const byTag: Partial<Record<string, Variant>> = variants;
  return {
    toWire: (value) => {
      const [member, shape] = byTag[tagOf(value)] ?? reject('is of an unknown kind');
      try {
        return { [member]: shape.toWire(value) };
      } catch (error) {
        throw within(`.${member}`, error);
      }
    },
    fromWire: (members) => {
      for (const [member, shape] of all) {
        const value = (members as Record<string, unknown> | null | undefined)?.[member];
        if (value === undefined || value === null) continue;
        try {
          return shape.fromWire(value) as T;
        } catch (error) {
          throw within(`.${member}`, error);
        }
      }
      return reject('is missing');
    },
  };
}

const decision = union<domain.Decision, domain.Decision['kind']>((value) => value.kind, {
  'up-to-date': ['upToDate', upToDate],
  full: ['full', full],
  incremental: ['incremental', incremental],
  resume: ['resume', resume],
  conflict: ['conflict', conflict],
  refused: ['refused', refused],
  clone: ['clone', clone],
});

const datasetDecision = struct<domain.DatasetDecision, zfsync.v1.DatasetDecision.$Properties, never>(
  {},
  {
    path,
    decision,
    parked: bool,
    afterParent: bool,
    available: counter,
    flags: optional(streamFlags),
    after: optional(path),
    renameFrom: optional(path),
  },
);

const promotion = struct<domain.Promotion, zfsync.v1.Promotion.$Properties, never>(
  {},
  {
    path,
    parkedAs: component,
    outcome: choice({
      promoted: wire.PromotionOutcome.PROMOTION_OUTCOME_PROMOTED,
      placeholder: wire.PromotionOutcome.PROMOTION_OUTCOME_PLACEHOLDER,
      conflict: wire.PromotionOutcome.PROMOTION_OUTCOME_CONFLICT,
      waiting: wire.PromotionOutcome.PROMOTION_OUTCOME_WAITING,
      failed: wire.PromotionOutcome.PROMOTION_OUTCOME_FAILED,
    }),
    failure: optional(failure),
  },
);

const streamMode = choice({
  framed: wire.StreamMode.STREAM_MODE_FRAMED,
  direct: wire.StreamMode.STREAM_MODE_DIRECT,
});

const hello = struct<domain.Hello, zfsync.v1.Hello.$Properties, 'type'>(
  { type: 'hello' },
  {
    protocolMin: protocolVersion,
    protocolMax: protocolVersion,
    features,
    sessionId: hex(limits.sessionIdBytes),
    runId: text(1, limits.runIdBytesMax),
    agent,
    sourceRoot: datasetName,
    asPath: path,
  },
  ({ protocolMin, protocolMax }) => {
    if (protocolMin > protocolMax) reject('has a protocolMin above its protocolMax');
  },
);
const helloReply = struct<domain.HelloReply, zfsync.v1.HelloReply.$Properties, 'type'>(
  { type: 'hello-reply' },
  { protocolVersion, features, agent, target: datasetName, streamsMax: integer(1, limits.streamsMaxMax) },
);
const pair = struct<domain.Pair, zfsync.v1.Pair.$Properties, 'type'>(
  { type: 'pair' },
  {
    protocolMin: protocolVersion,
    protocolMax: protocolVersion,
    agent,
    pairingId: hex(limits.pairingIdBytes),
    proof: bytes(limits.digestBytes),
  },
  ({ protocolMin, protocolMax }) => {
    if (protocolMin > protocolMax) reject('has a protocol range that is empty');
  },
);
const pairReply = struct<domain.PairReply, zfsync.v1.PairReply.$Properties, 'type'>(
  { type: 'pair-reply' },
  { protocolVersion, agent, name: peerName, target: datasetName },
);
const offer = struct<domain.Offer, zfsync.v1.Offer.$Properties, 'type'>(
  { type: 'offer' },
  {
    page,
    last: bool,
    datasets: list(offeredDataset, limits.offeredDatasetsMax),
    leftOut: list(path, limits.offeredDatasetsMax),
    renames: choice({
      ignore: wire.RenameMode.RENAME_MODE_IGNORE,
      ask: wire.RenameMode.RENAME_MODE_ASK,
      plan: wire.RenameMode.RENAME_MODE_PLAN,
      follow: wire.RenameMode.RENAME_MODE_FOLLOW,
    }),
  },
);
const decisions = struct<domain.Decisions, zfsync.v1.Decisions.$Properties, 'type'>(
  { type: 'decisions' },
  {
    page,
    last: bool,
    targetId: hex(limits.targetIdBytes),
    decisions: list(datasetDecision, limits.offeredDatasetsMax),
  },
);
const replan = struct<domain.Replan, zfsync.v1.Replan.$Properties, 'type'>(
  { type: 'replan' },
  { path, discard: optional(token) },
);
const beginStream = struct<domain.BeginStream, zfsync.v1.BeginStream.$Properties, 'type'>(
  { type: 'begin-stream' },
  {
    path,
    from: optional(guid),
    to: guid,
    intermediates: bool,
    ...flags,
    resume: optional(token),
    mode: streamMode,
  },
  ({ intermediates, resume: resumed }) => {
    if (intermediates && resumed !== undefined) {
      reject('has both intermediates and resume: a resumed stream brings one snapshot');
    }
  },
);
const streamReady = struct<domain.StreamReady, zfsync.v1.StreamReady.$Properties, 'type'>(
  { type: 'stream-ready' },
  { mode: streamMode, target: datasetName, parked: bool },
);
const streamRefused = struct<domain.StreamRefused, zfsync.v1.StreamRefused.$Properties, 'type'>(
  { type: 'stream-refused' },
  { failure },
);
const streamEnd = struct<domain.StreamEnd, zfsync.v1.StreamEnd.$Properties, 'type'>(
  { type: 'stream-end' },
  { bytes: counter, digest: bytes(limits.digestBytes) },
);
const streamFailed = struct<domain.StreamFailed, zfsync.v1.StreamFailed.$Properties, 'type'>(
  { type: 'stream-failed' },
  {
    side: choice({
      source: wire.StreamSide.STREAM_SIDE_SOURCE,
      sink: wire.StreamSide.STREAM_SIDE_SINK,
      wire: wire.StreamSide.STREAM_SIDE_WIRE,
    }),
    failure,
  },
);
const streamResult = struct<domain.StreamResult, zfsync.v1.StreamResult.$Properties, 'type'>(
  { type: 'stream-result' },
  { bytes: counter, failure: optional(failure) },
);
const cleanBufferReport = struct<domain.CleanBufferReport, zfsync.v1.CleanBufferReport.$Properties, 'type'>(
  { type: 'clean-buffer-report' },
  { page, last: bool, promotions: list(promotion, limits.promotionsMax) },
);
const tidy = struct<domain.Tidy, zfsync.v1.Tidy.$Properties, 'type'>(
  { type: 'tidy' },
  { dryRun: bool, mirrorSnapshots: bool, mirrorDatasetsAfter: optional(counter) },
);
const tidyEntry = struct<domain.TidyEntry, zfsync.v1.TidyEntry.$Properties, never>(
  {},
  {
    path,
    action: choice({
      prune: wire.TidyAction.TIDY_ACTION_PRUNE,
      'mirror-snapshots': wire.TidyAction.TIDY_ACTION_MIRROR_SNAPSHOTS,
      mark: wire.TidyAction.TIDY_ACTION_MARK,
      wait: wire.TidyAction.TIDY_ACTION_WAIT,
      unmark: wire.TidyAction.TIDY_ACTION_UNMARK,
      aside: wire.TidyAction.TIDY_ACTION_ASIDE,
      destroy: wire.TidyAction.TIDY_ACTION_DESTROY,
    }),
    names: list(name(parseVersionName), limits.tidyNamesMax),
    bytes: counter,
    due: counter,
    aside: optional(datasetName),
    failure: optional(failure),
  },
);
const tidyReport = struct<domain.TidyReport, zfsync.v1.TidyReport.$Properties, 'type'>(
  { type: 'tidy-report' },
  { page, last: bool, entries: list(tidyEntry, limits.tidyEntriesMax) },
);
const errorMessage = struct<domain.ErrorMessage, zfsync.v1.ErrorMessage.$Properties, 'type'>(
  { type: 'error' },
  { failure },
);
/** A message whose only content is that it came. */
const empty = <T extends 'clean-buffer' | 'heartbeat' | 'goodbye'>(type: T) =>
  struct<{ readonly type: T }, object, 'type'>({ type }, {});

/** The envelope: `Control` of the schema. */
export const control = union<domain.Message, domain.MessageType>((message) => message.type, {
  hello: ['hello', hello],
  'hello-reply': ['helloReply', helloReply],
  offer: ['offer', offer],
  decisions: ['decisions', decisions],
  'begin-stream': ['beginStream', beginStream],
  'stream-ready': ['streamReady', streamReady],
  'stream-refused': ['streamRefused', streamRefused],
  'stream-end': ['streamEnd', streamEnd],
  'stream-failed': ['streamFailed', streamFailed],
  'stream-result': ['streamResult', streamResult],
  'clean-buffer': ['cleanBuffer', empty('clean-buffer')],
  'clean-buffer-report': ['cleanBufferReport', cleanBufferReport],
  heartbeat: ['heartbeat', empty('heartbeat')],
  error: ['error', errorMessage],
  goodbye: ['goodbye', empty('goodbye')],
  replan: ['replan', replan],
  pair: ['pair', pair],
  'pair-reply': ['pairReply', pairReply],
  tidy: ['tidy', tidy],
  'tidy-report': ['tidyReport', tidyReport],
});
