/** What tidying is decided on: what is there, what the sender offers, and what has become of each dataset in this session. */
import type { DatasetDecision, OfferedDataset } from '@zfsync/protocol';
import type { DatasetState, RelativePath } from '@zfsync/zfs';

/** All that is known of the target and its source when it is tidied. */
export interface TidySituation {
  readonly now: Date;
  readonly inPlace: ReadonlyMap<RelativePath, DatasetState>;
  /** `dataset@snapshot` of which there are clones, wherever in the target or the buffer dataset. */
  readonly origins: ReadonlySet<string>;
  readonly offered: ReadonlyMap<RelativePath, OfferedDataset>;
  /** What is there at the source and was not offered. */
  readonly leftOut: ReadonlySet<RelativePath>;
  readonly decisions: ReadonlyMap<RelativePath, DatasetDecision>;
  /** Datasets with a stream that has arrived in this session, and with none that failed after it. */
  readonly arrived: ReadonlySet<RelativePath>;
  readonly failed: ReadonlySet<RelativePath>;
  /** What the source has under another path by now, and is not renamed yet. */
  readonly awaitingRename: ReadonlySet<RelativePath>;
  /** Before the session something had a snapshot in common, see `session-root.ts`. Else nothing has vanished. */
  readonly isKnownSource: boolean;
}

/** `NAME.diverged-TIME`, `NAME.vanished-TIME`, and what lies below such. */
const SET_ASIDE = /\.(?:diverged|vanished)-\d{8}T\d{6}Z(?=\/|$)/;

export function isFormerDataset(path: RelativePath): boolean {
  return SET_ASIDE.test(path);
}

export function originsOf(states: Iterable<DatasetState>): Set<string> {
  return new Set([...states].flatMap(({ entry }) => entry.origin ?? []));
}

/** Received by zfsync: not made by somebody else, nor only there to hold others. */
export function isReceived({ entry }: DatasetState): boolean {
  return entry.zfsyncStream !== undefined;
}

/** Of all snapshots and bookmarks. */
export function guidsOf(datasets: Iterable<OfferedDataset>): ReadonlySet<bigint> {
  const guids = new Set<bigint>();
  for (const { versions } of datasets) for (const { guid } of versions) guids.add(guid);
  return guids;
}
