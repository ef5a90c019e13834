/**
 * What the operator of a target wants done about conflicts: a pure function from a decision to a decision. No policy
 * destroys a dataset or a snapshot; where one cannot be carried out the conflict stays, and says why. (What rollback
 * can solve, `decide` has not made a conflict.)
 */
import type { ConflictKind, Decision, OfferedDataset } from '@zfsync/protocol';
import type { DatasetName } from '@zfsync/zfs';
import { fullOf } from './decide.ts';
import type { PropertyPolicy } from './receive-properties.ts';
import type { KeepSettings, MirrorPolicy } from './tidy-policy.ts';

/**
 * `fail`: report it. `keep-both`: rename the target's dataset aside and receive anew. `rollback`: give up what was
 * written to the target after its newest snapshot, never a snapshot.
 */
export type ConflictPolicy = 'fail' | 'keep-both' | 'rollback';

export const CONFLICT_POLICIES: readonly ConflictPolicy[] = ['fail', 'keep-both', 'rollback'];

/** What the operator has settled for a peer, or for all of them. */
export interface SessionPolicy {
  readonly onConflict: ConflictPolicy;
  /** Keep the newest received snapshot of each dataset held. */
  readonly hold: boolean;
  /** Nothing is destroyed and nothing rolled back, so that no permission for it is needed. */
  readonly appendOnly: boolean;
  readonly properties: PropertyPolicy;
  /** Which snapshots stay; undefined = all. */
  readonly keep: KeepSettings | undefined;
  readonly mirror: MirrorPolicy;
}

/** The name that `keep-both` renames to, or why it cannot. */
export type Aside = { readonly name: DatasetName } | { readonly hindrance: string };

/** Here both datasets are kept already, or renaming the dataset would not help. */
const NOT_BY_RENAMING: ReadonlySet<ConflictKind> = new Set<ConflictKind>(['parked-and-in-place']);

/** @param aside asked for only where it is needed */
export function applyPolicy(
  policy: ConflictPolicy,
  offered: OfferedDataset,
  decision: Decision,
  aside: () => Aside,
): Decision {
  if (decision.kind !== 'conflict') return decision;
  if (policy === 'rollback') {
    return unresolved(decision, 'the policy rollback gives up changes after the newest snapshot, nothing else');
  }
  if (policy === 'fail' || NOT_BY_RENAMING.has(decision.conflict)) return decision;
  const place = aside();
  return 'hindrance' in place
    ? unresolved(decision, `the policy keep-both cannot be carried out: ${place.hindrance}`)
    : fullOf(offered, { adopt: false, aside: place.name });
}

function unresolved(decision: Extract<Decision, { kind: 'conflict' }>, why: string): Decision {
  return { ...decision, message: `${decision.message}; ${why}` };
}
