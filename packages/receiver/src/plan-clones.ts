/**
 * Which of what is new becomes a clone on the target, as it is one at the source. Where it cannot, it is received in full:
 * all of its content arrives, and takes its room once more.
 */
import { inOrder } from '@zfsync/program';
import type { DatasetDecision, Decision, OfferedDataset, Origin } from '@zfsync/protocol';
import { type DatasetState, isSnapshot, parentPath, type RelativePath } from '@zfsync/zfs';
import { isArriving } from './inventory.ts';
import { expectedRoot, type Surroundings } from './placement.ts';
import type { PlanContext } from './plan-tree.ts';
import { flagsOfTarget, parseStreamFlags } from './stream-flags.ts';

type Decisions = Map<RelativePath, DatasetDecision>;

/** Puts the decision `clone` in the place of `full` for those of `paths` where that can be. */
export async function planClones(
  context: PlanContext,
  decisions: Decisions,
  paths: Iterable<RelativePath>,
): Promise<void> {
  const clones = [...paths].flatMap((path) => {
    const dataset = context.offered.get(path);
    const decision = decisions.get(path)?.decision;
    const isNew = decision?.kind === 'full' && !decision.adopt && decision.aside === undefined;
    return isNew && dataset?.origin !== undefined ? [{ dataset, origin: dataset.origin }] : [];
  });
  if (clones.length === 0) return;
  const around = await context.surroundings();
  const before = new Map<RelativePath, DatasetDecision>();
  for (const { dataset, origin } of clones) {
    const one = decisions.get(dataset.path);
    if (one === undefined) continue;
    const standing = standingOf(context, decisions, dataset, origin, around);
    if ('hindrance' in standing) {
      context.onNoClone(dataset.path, standing.hindrance);
      continue;
    }
    before.set(dataset.path, one);
    decisions.set(dataset.path, {
      ...one,
      decision: { kind: 'clone', from: origin.guid, to: standing.to },
      flags: flagsLike(dataset, standing.state),
      after: standing.isThere ? undefined : origin.path,
    });
  }
  const orderable = inOrder(waits(decisions));
  for (const [path, one] of before) {
    if (orderable.has(path)) continue;
    decisions.set(path, one);
    context.onNoClone(path, 'it would have to wait for itself: its origin lies below it, or comes after it otherwise');
  }
}

type Standing =
  | { readonly hindrance: string }
  | { readonly isThere: boolean; readonly state: DatasetState | undefined; readonly to: bigint };

function standingOf(
  context: PlanContext,
  decisions: Decisions,
  dataset: OfferedDataset,
  origin: Origin,
  around: Surroundings,
): Standing {
  const { offered, inventory } = context;
  const from = offered.get(origin.path);
  const decision = decisions.get(origin.path)?.decision;
  const to = dataset.versions.findLast(isSnapshot)?.guid;
  if (from === undefined || decision === undefined || to === undefined)
    return { hindrance: 'its origin is not offered' };
  const where = `its origin ${origin.path || '/'}`;
  if (from.datasetType !== dataset.datasetType) return { hindrance: `${where} is no ${dataset.datasetType}` };
  if (inventory.parked.has(dataset.path)) return { hindrance: 'it is there already' };
  // A clone has the key of its origin for ever, wherever it is renamed to: it could neither be parked nor follow.
  const state = inventory.inPlace.get(origin.path) ?? inventory.parked.get(origin.path);
  const isPlain = state === undefined || state.entry.encryptionRoot === undefined;
  if (dataset.raw || from.raw || !isPlain || [dataset.path, origin.path].some((at) => expectedRoot(at, around))) {
    return { hindrance: 'it or its origin is encrypted on the target' };
  }
  if (decision.kind === 'conflict' || decision.kind === 'refused') return { hindrance: `${where} is not received` };
  if (state !== undefined && !isArriving(state) && parseStreamFlags(state.entry.zfsyncStream) === undefined) {
    return { hindrance: `it is not known how the streams to ${where} were made` };
  }
  const isAside = decision.kind === 'full' && decision.aside !== undefined;
  const isThere = !isAside && state?.versions.some(({ guid }) => guid === origin.guid) === true;
  if (isThere) return { isThere, state, to };
  if (comes(from, decision, origin)) return { isThere, state: isAside ? undefined : state, to };
  return { hindrance: `the target has not the snapshot of ${where}` };
}

/** The snapshot is among those that the decision brings. */
function comes({ versions }: OfferedDataset, decision: Decision, { guid }: Origin): boolean {
  const snapshot = versions.find((version) => isSnapshot(version) && version.guid === guid);
  if (snapshot === undefined) return false;
  if (decision.kind === 'full' || decision.kind === 'clone') return true;
  const from =
    decision.kind === 'incremental' ? decision.from : decision.kind === 'resume' ? decision.newest : undefined;
  if (from === undefined) return decision.kind === 'resume';
  const common = versions.findLast((version) => version.guid === from);
  return common !== undefined && snapshot.createtxg > common.createtxg;
}

/**
 * Streams onto a clone are made as those to its origin, or with more (`-L`). With less its content is damaged and nobody
 * says so: of a block that is larger at the origin all is lost but the 128 KiB that were changed (seen on 2.1.11, where
 * ZFS refuses such an incremental and no such clone; openzfs#6224). What a partial receive was made with is known to its
 * token alone.
 */
function flagsLike(dataset: OfferedDataset, state: DatasetState | undefined): DatasetDecision['flags'] {
  if (state === undefined) return undefined;
  if (!isArriving(state)) return flagsOfTarget(dataset, state.entry, false);
  const { raw, compressed, embedded } = dataset;
  return { raw, largeBlocks: true, compressed, embedded };
}

/** What each dataset waits for: all above it, and its origin. */
function waits(decisions: Decisions): Map<RelativePath, RelativePath[]> {
  const befores = new Map<RelativePath, RelativePath[]>();
  for (const [path, { after }] of decisions) {
    const all: RelativePath[] = after === undefined ? [] : [after];
    for (let at = parentPath(path); at !== undefined; at = parentPath(at)) all.push(at);
    befores.set(path, all);
  }
  return befores;
}
