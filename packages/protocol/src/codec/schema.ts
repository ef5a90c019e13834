/**
 * The schema of `proto/zfsync/v1` as far as {@link scan} needs it: which field numbers are known, what they carry on the
 * wire, which belong to a oneof. A test compares it with the .proto files.
 */

export type ScalarType = 'bool' | 'enum' | 'uint32' | 'uint64' | 'fixed64' | 'string' | 'bytes';

export interface FieldSchema {
  readonly name: string;
  readonly type: ScalarType | MessageSchema;
  readonly repeated: boolean;
  /** Of the fields with the same `oneof` exactly one must be there. */
  readonly oneof: boolean;
}

export interface MessageSchema {
  readonly name: string;
  /** By field number; at most 31, as the scanner keeps a bit for each. */
  readonly fields: ReadonlyMap<number, FieldSchema>;
}

type Type = FieldSchema['type'];

/** A field is its type, or the type with how it comes. Field numbers are 1, 2, 3 … in the order of writing. */
type Described = Type | { readonly repeated: Type } | { readonly oneof: Type };

function message(name: string, described: Readonly<Record<string, Described>> = {}): MessageSchema {
  const fields = Object.entries(described).map(([field, description], index) => {
    const repeated = typeof description === 'object' && 'repeated' in description;
    const oneof = typeof description === 'object' && 'oneof' in description;
    const type = repeated ? description.repeated : oneof ? description.oneof : description;
    return [index + 1, { name: field, type, repeated, oneof }] as const;
  });
  return { name, fields: new Map(fields) };
}

const repeated = (type: Type): Described => ({ repeated: type });
const oneof = (type: Type): Described => ({ oneof: type });

const Failure = message('Failure', { code: 'string', retry: 'enum', message: 'string', detail: 'string' });

const Version = message('Version', {
  kind: 'enum',
  name: 'string',
  guid: 'fixed64',
  createtxg: 'uint64',
  creation: 'uint64',
});

const Hello = message('Hello', {
  protocol_min: 'uint32',
  protocol_max: 'uint32',
  features: repeated('string'),
  session_id: 'bytes',
  run_id: 'string',
  agent: 'string',
  source_root: 'string',
  as_path: 'string',
});

const HelloReply = message('HelloReply', {
  protocol_version: 'uint32',
  features: repeated('string'),
  agent: 'string',
  target: 'string',
  streams_max: 'uint32',
});

const StreamFlags = message('StreamFlags', {
  raw: 'bool',
  large_blocks: 'bool',
  compressed: 'bool',
  embedded: 'bool',
});

const OfferedProperty = message('OfferedProperty', { name: 'string', value: 'string' });

const OfferedDataset = message('OfferedDataset', {
  path: 'string',
  dataset_type: 'enum',
  guid: 'fixed64',
  encrypted: 'bool',
  raw: 'bool',
  versions: repeated(Version),
  continued: 'bool',
  large_blocks: 'bool',
  compressed: 'bool',
  embedded: 'bool',
  properties: repeated(OfferedProperty),
  origin: message('Origin', { path: 'string', guid: 'fixed64' }),
});

const Offer = message('Offer', {
  page: 'uint32',
  last: 'bool',
  datasets: repeated(OfferedDataset),
  left_out: repeated('string'),
  renames: 'enum',
});

const Decision = message('Decision', {
  up_to_date: oneof(message('UpToDate', { newest: 'fixed64' })),
  full: oneof(message('Full', { oldest: 'fixed64', newest: 'fixed64', adopt: 'bool', aside: 'string' })),
  incremental: oneof(
    message('Incremental', { from: 'fixed64', to: 'fixed64', rollback: 'bool', target_written: 'uint64' }),
  ),
  resume: oneof(message('Resume', { token: 'string', newest: 'fixed64', rollback: 'bool' })),
  conflict: oneof(message('Conflict', { conflict: 'enum', message: 'string', target_versions: repeated(Version) })),
  refused: oneof(message('Refused', { failure: Failure })),
  clone: oneof(message('Clone', { from: 'fixed64', to: 'fixed64' })),
});

const DatasetDecision = message('DatasetDecision', {
  path: 'string',
  decision: Decision,
  parked: 'bool',
  after_parent: 'bool',
  available: 'uint64',
  flags: StreamFlags,
  after: 'string',
  rename_from: 'string',
});

const Decisions = message('Decisions', {
  page: 'uint32',
  last: 'bool',
  decisions: repeated(DatasetDecision),
  target_id: 'bytes',
});

const BeginStream = message('BeginStream', {
  path: 'string',
  from: 'fixed64',
  to: 'fixed64',
  intermediates: 'bool',
  raw: 'bool',
  large_blocks: 'bool',
  compressed: 'bool',
  embedded: 'bool',
  mode: 'enum',
  resume: 'string',
});

const Promotion = message('Promotion', { path: 'string', parked_as: 'string', outcome: 'enum', failure: Failure });

const TidyEntry = message('TidyEntry', {
  path: 'string',
  action: 'enum',
  names: repeated('string'),
  bytes: 'uint64',
  due: 'uint64',
  aside: 'string',
  failure: Failure,
});

/** The payload of a CONTROL frame. */
export const Control = message('Control', {
  hello: oneof(Hello),
  hello_reply: oneof(HelloReply),
  offer: oneof(Offer),
  decisions: oneof(Decisions),
  begin_stream: oneof(BeginStream),
  stream_ready: oneof(message('StreamReady', { mode: 'enum', target: 'string', parked: 'bool' })),
  stream_refused: oneof(message('StreamRefused', { failure: Failure })),
  stream_end: oneof(message('StreamEnd', { bytes: 'uint64', digest: 'bytes' })),
  stream_failed: oneof(message('StreamFailed', { side: 'enum', failure: Failure })),
  stream_result: oneof(message('StreamResult', { bytes: 'uint64', failure: Failure })),
  clean_buffer: oneof(message('CleanBuffer')),
  clean_buffer_report: oneof(
    message('CleanBufferReport', { page: 'uint32', last: 'bool', promotions: repeated(Promotion) }),
  ),
  heartbeat: oneof(message('Heartbeat')),
  error: oneof(message('ErrorMessage', { failure: Failure })),
  goodbye: oneof(message('Goodbye')),
  replan: oneof(message('Replan', { path: 'string', discard: 'string' })),
  pair: oneof(
    message('Pair', {
      protocol_min: 'uint32',
      protocol_max: 'uint32',
      agent: 'string',
      pairing_id: 'bytes',
      proof: 'bytes',
    }),
  ),
  pair_reply: oneof(
    message('PairReply', { protocol_version: 'uint32', agent: 'string', name: 'string', target: 'string' }),
  ),
  tidy: oneof(message('Tidy', { dry_run: 'bool', mirror_snapshots: 'bool', mirror_datasets_after: 'uint64' })),
  tidy_report: oneof(message('TidyReport', { page: 'uint32', last: 'bool', entries: repeated(TidyEntry) })),
});
