/**
 * A resume token comes from the target's host, and whoever holds one may choose what `zfs send -t` sends
 * (openzfs#14153). So it is decoded and held against what was offered before anything is sent.
 */
import type { Decision, Failure, OfferedDataset, StreamFlags } from '@zfsync/protocol';
import {
  type DatasetName,
  type Guid,
  isSnapshot,
  relativePath,
  type ResumeToken,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import { sourceDataset } from './source.ts';
import { isOriginOf } from './steps.ts';

export type TokenVerdict =
  | { readonly kind: 'usable'; readonly token: ResumeToken }
  /** It was ours, but nobody can go on with it: the partial receive is to be discarded and planned anew. */
  | { readonly kind: 'stale'; readonly why: string; readonly bytes: bigint | undefined }
  /** It asks for what this stream must not send. */
  | { readonly kind: 'refused'; readonly failure: Failure };

type Resumption = Extract<Decision, { kind: 'resume' }>;

/** Decodes the token that the receiver has offered for one dataset, and judges it. */
export async function judgeToken(
  zfs: Zfs,
  root: DatasetName,
  offered: OfferedDataset,
  { token, newest }: Resumption,
  flags: StreamFlags | undefined,
): Promise<TokenVerdict> {
  try {
    return checkToken(root, offered, await zfs.decodeResumeToken(token), newest, flags);
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'resume-token-corrupt')) throw error;
    return { kind: 'stale', why: error.message, bytes: undefined };
  }
}

/**
 * Pure part of {@link judgeToken}.
 *
 * @param newest the newest snapshot of the target
 * @param settled the flags of streams to the target, where it remembers any
 */
export function checkToken(
  root: DatasetName,
  offered: OfferedDataset,
  token: ResumeToken,
  newest: Guid | undefined,
  settled: StreamFlags | undefined,
): TokenVerdict {
  const dataset = sourceDataset(root, offered.path);
  const named = token.toName.split('@', 1)[0] as DatasetName;
  if (relativePath(root, named) === undefined) {
    return refused('RESUME_TOKEN_OUTSIDE', dataset, `asks for ${token.toName}, which is not in the tree that is sent`);
  }
  const owned = offered.versions.some((version) => isSnapshot(version) && version.guid === token.toGuid);
  if (!owned && named !== dataset) {
    return refused('RESUME_TOKEN_FOREIGN', dataset, `asks for ${token.toName}, which is another dataset`);
  }
  const flags = flawOfFlags(offered, token, settled);
  if (flags !== undefined) return refused('RESUME_TOKEN_POLICY', dataset, flags);
  const why = !owned ? `${token.toName} is not there any more` : staleness(offered, token, newest);
  if (why !== undefined) return { kind: 'stale', why, bytes: token.bytesReceived };
  return { kind: 'usable', token };
}

function staleness(
  offered: OfferedDataset,
  { fromGuid, problem }: ResumeToken,
  newest: Guid | undefined,
): string | undefined {
  const { versions } = offered;
  // Of a clone there is nothing whole yet, and its source is none of its versions.
  if (newest === undefined && isOriginOf(offered, fromGuid)) return problem?.message;
  // ZFS would take all of the rest and then refuse it (seen on 2.1.11).
  if (fromGuid !== newest) return 'the target has got other snapshots since it was begun';
  if (fromGuid !== undefined && !versions.some(({ guid }) => guid === fromGuid)) {
    return 'its incremental source is not there any more';
  }
  return problem?.message;
}

/** The flags of a stream that goes on with a token, and of what comes after it: `-w` brings the others along. */
export function flagsOfToken({ raw, largeBlocks, compressed, embedded }: ResumeToken): StreamFlags {
  if (raw) return { raw, largeBlocks: false, compressed: false, embedded: false };
  return { raw, largeBlocks, compressed, embedded };
}

/**
 * A token tells of `-L` and `-e` only where a stream could make use of them, and less than the target's streams have does
 * no harm: what it could not take, ZFS has refused at the stream's begin. What the target does not remember, as it has
 * nothing whole yet, the token decides.
 */
function flawOfFlags(
  { raw }: OfferedDataset,
  token: ResumeToken,
  settled: StreamFlags | undefined,
): string | undefined {
  if (token.raw !== raw) {
    return raw
      ? 'asks for plaintext of an encrypted dataset'
      : 'asks for a raw stream, and this dataset is not sent raw';
  }
  if (raw || settled === undefined) return undefined;
  const others =
    (token.largeBlocks && !settled.largeBlocks) ||
    (token.compressed && !settled.compressed) ||
    (token.embedded && !settled.embedded);
  return others ? 'asks for a stream with other flags (-L, -c, -e) than this dataset is sent with' : undefined;
}

function refused(code: string, dataset: DatasetName, why: string): TokenVerdict {
  const message = `${dataset}: the resume token of the receiver ${why}; nothing was sent. If the partial receive on the target is of no use, discard it there with zfs receive -A`;
  return { kind: 'refused', failure: { code, retry: 'operator', message, detail: '' } };
}
