/**
 * What a stream's failure calls for within the same run, once per dataset: looking at the target again often shows what
 * a listing could not, and a partial receive that ZFS will not go on with would block for ever.
 */
import type { Step } from './steps.ts';

/** ZFS has found the target to be other than planned: the receiver is asked to decide again. */
const LOOK_AGAIN: ReadonlySet<string> = new Set([
  'ZFS_TARGET_MODIFIED',
  'ZFS_TARGET_HAS_SNAPSHOTS',
  'ZFS_SOURCE_MISMATCH',
  'ZFS_PARTIAL_RECEIVE',
  'ZFS_DATASET_EXISTS',
  'ZFS_DATASET_MISSING',
  'ZFS_IVSET_MISMATCH',
  'ZFS_ENCRYPTION_BOUNDARY',
  'ZFS_LARGE_BLOCKS_REQUIRED',
  'KEY_CHANGED',
]);

/** Nobody can go on with the partial receive. */
const UNRESUMABLE: ReadonlySet<string> = new Set([
  'ZFS_RESUME_TOKEN_CORRUPT',
  'ZFS_RESUME_SOURCE_GONE',
  'ZFS_SNAPSHOT_MISSING',
  'ZFS_STREAM_UNREADABLE',
  'ZFS_SOURCE_MISMATCH',
  'ZFS_PARTIAL_RECEIVE',
  'ZFS_DATASET_EXISTS',
]);

export type Recovery =
  | { readonly kind: 'look-again' }
  | { readonly kind: 'discard'; readonly token: string; readonly bytes: bigint };

/** @returns undefined when nothing but another attempt or the operator can help. */
export function recoveryOf(code: string, { resume, from }: Step): Recovery | undefined {
  if (resume !== undefined) {
    // A partial full has nothing that could have been modified: ZFS says so of what was begun with -F (seen on 2.1.11).
    const unresumable = UNRESUMABLE.has(code) || (code === 'ZFS_TARGET_MODIFIED' && from === undefined);
    if (unresumable) return { kind: 'discard', token: resume.text, bytes: resume.bytesReceived };
  }
  return LOOK_AGAIN.has(code) ? { kind: 'look-again' } : undefined;
}
