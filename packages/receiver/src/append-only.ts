/**
 * The append-only profile: the receiver adds datasets and snapshots, and gives up nothing. So a sender that is in the
 * wrong hands can fill the target, and no more. What the receiver would do beyond that is ruled out here: decisions by
 * `onConflict` (no rollback) and `decide.ts` (nothing is replaced), and everything else, whoever asks for it, by the
 * driver of the session.
 */
import { ConfigError, type DatasetName, ReplicationError, type Zfs } from '@zfsync/zfs';
import type { PeerPolicy } from './peer-policy.ts';
import type { ConflictPolicy, SessionPolicy } from './policy.ts';
import { NO_MIRROR } from './tidy-policy.ts';

/** @throws {ConfigError} when the operator wants both. @param words the flags or fields that say so */
export function checkAppendOnly(
  { onConflict, appendOnly, keep, mirror = NO_MIRROR }: PeerPolicy,
  words: { readonly onConflict: string; readonly appendOnly: string; readonly keep: string; readonly mirror: string },
): void {
  if (appendOnly !== true) return;
  const contradicts = (what: string, why: string) =>
    new ConfigError(`${words.appendOnly} and ${what} contradict: ${why}`);
  if (onConflict === 'rollback') {
    throw contradicts(`${words.onConflict} rollback`, 'a rollback gives something up');
  }
  if (keep !== undefined && keep !== false) throw contradicts(words.keep, 'what is not kept is destroyed');
  if (mirror.snapshots || mirror.datasets === 'destroy') {
    const what = mirror.snapshots ? 'snapshots' : 'datasets=destroy';
    throw contradicts(`${words.mirror} ${what}`, 'that destroys');
  }
}

/** The policy that is left of one that was put together of a peer's and the receiver's: append-only goes before. */
export function conflictPolicyOf({ onConflict, appendOnly }: SessionPolicy): ConflictPolicy {
  return appendOnly && onConflict === 'rollback' ? 'fail' : onConflict;
}

/** See {@link conflictPolicyOf}: what is left of retention and mirroring. */
export function tidyPolicyOf({ keep, mirror, appendOnly }: SessionPolicy): Pick<SessionPolicy, 'keep' | 'mirror'> {
  if (!appendOnly) return { keep, mirror };
  const datasets = mirror.datasets === 'aside' ? 'aside' : 'keep';
  return { keep: undefined, mirror: { ...mirror, snapshots: false, datasets } };
}

/** A driver that refuses whatever destroys, rolls back or releases, with APPEND_ONLY. */
export function appendOnlyZfs(zfs: Zfs): Zfs {
  const refusal = (dataset: DatasetName, what: string) =>
    new ReplicationError(`target ${dataset}: ${what}: this receiver only appends`, {
      code: 'APPEND_ONLY',
      retry: 'operator',
      context: { dataset },
    });
  const refuse = (dataset: DatasetName, what: string) => Promise.reject(refusal(dataset, what));
  return {
    ...zfs,
    receive: (options) => {
      if (options.overwriteEmpty === true) throw refusal(options.target, 'it exists and is not replaced');
      return zfs.receive(options);
    },
    abortReceive: (dataset) =>
      refuse(
        dataset,
        `its partial receive is of no use to the sender and is in the way; discard it with: zfs receive -A '${dataset}'`,
      ),
    rollback: (dataset) => refuse(dataset, 'it is not rolled back'),
    destroyVersion: (dataset) => refuse(dataset, 'nothing of it is destroyed'),
    destroySnapshots: (dataset) => refuse(dataset, 'nothing of it is destroyed'),
    release: (dataset) => refuse(dataset, 'no hold on it is released'),
  };
}
