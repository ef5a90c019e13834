/**
 * What is done about datasets that were renamed at the source, before anything is decided: nothing, or the same on the
 * target, by `zfs rename`. Each rename is done or not done, so after a crash the next session finds the rest.
 */
import { type DatasetDecision, limits, type OfferedDataset, type RenameMode, toFailure } from '@zfsync/protocol';
import {
  type DatasetName,
  type DatasetState,
  InvalidNameError,
  isSnapshot,
  joinDatasetName,
  parentPath,
  type RelativePath,
  ReplicationError,
  type Zfs,
} from '@zfsync/zfs';
import { refusedDataset } from './decide.ts';
import type { Inventory, TargetLocation } from './inventory.ts';
import { findRenames, type Move, type RenameHindrance } from './renames.ts';

export interface RenameContext {
  readonly zfs: Zfs;
  readonly location: TargetLocation;
  readonly offered: ReadonlyMap<RelativePath, OfferedDataset>;
  readonly leftOut: ReadonlySet<RelativePath>;
  readonly signal: AbortSignal;
  /** Makes datasets that the source has no snapshot of, so that something can be renamed to below them. */
  readonly makePlaceholders: (paths: readonly RelativePath[]) => Promise<void>;
  /** Told of each rename that was carried out. */
  readonly onRenamed: (from: DatasetName, to: DatasetName) => void;
}

/** What became of renames. */
export interface Renamed {
  /** With what was renamed, or is taken for renamed, in its new place. */
  readonly inventory: Inventory;
  /** Something was renamed: the target is to be listed anew. */
  readonly changed: boolean;
  /** By new path: where it was before. */
  readonly from: ReadonlyMap<RelativePath, RelativePath>;
  /** Decided already: conflicts and refusals. What is below them is refused. */
  readonly settled: ReadonlyMap<RelativePath, DatasetDecision>;
  /** Where the target has, for now, what the source has elsewhere: it has not vanished. */
  readonly pending: ReadonlySet<RelativePath>;
}

/** So many failures, and nothing more is tried. */
const FAILURES_MAX = 20;

export async function followRenames(context: RenameContext, mode: RenameMode, inventory: Inventory): Promise<Renamed> {
  const settled = new Map<RelativePath, DatasetDecision>();
  const from = new Map<RelativePath, RelativePath>();
  const pending = new Set<RelativePath>();
  if (mode === 'ignore') return { inventory, changed: false, from, settled, pending };
  let state = inventory;
  let changed = false;
  const origins = new Map<RelativePath, RelativePath>();
  for (;;) {
    const { offered, leftOut } = context;
    const except = new Set(settled.keys());
    const { moves, hindered } = findRenames({ ...state, offered, leftOut, except, simulated: mode !== 'follow' });
    let failed = false;
    for (const move of moves) {
      const original = originOf(move.original, origins);
      if (mode === 'ask') {
        settled.set(move.to, asked(context, move));
        pending.add(original);
        continue;
      }
      if (mode === 'plan') pending.add(original);
      else {
        const refused = await carryOut(context, move, settled.size >= FAILURES_MAX);
        if (refused !== undefined) {
          settled.set(move.to, refused);
          pending.add(move.from);
          failed = true;
          break;
        }
        changed = true;
      }
      from.set(move.to, original);
      origins.set(move.to, original);
      state = moved(context.location, state, move);
    }
    if (failed) continue;
    for (const [path, hindrance] of hindered) {
      const made = mode === 'follow' && hindrance.kind === 'parent' && (await madeParent(context, state, path));
      if (made) {
        failed = true;
        state = made;
        changed = true;
        break;
      }
      settled.set(path, hinderedDecision(context, path, hindrance, state));
      const originals = hindrance.kind === 'ambiguous' ? hindrance.originals : [hindrance.original];
      for (const original of originals) pending.add(originOf(original, origins));
    }
    if (!failed) return { inventory: state, changed, from, settled, pending };
  }
}

/** A dataset that was moved, or whose parent was, has another path by the time that more is found. */
function originOf(path: RelativePath, origins: ReadonlyMap<RelativePath, RelativePath>): RelativePath {
  for (let at: RelativePath | undefined = path; at !== undefined; at = parentPath(at)) {
    const before = origins.get(at);
    if (before !== undefined) return (before + path.slice(at.length)) as RelativePath;
  }
  return path;
}

/** @returns why it was not done */
async function carryOut(
  { zfs, location, signal, onRenamed }: RenameContext,
  { from, to }: Move,
  givenUp: boolean,
): Promise<DatasetDecision | undefined> {
  const target = joinDatasetName(location.target, from);
  const what = `target ${target} was renamed at the source, to ${to}`;
  if (givenUp) return refusedDataset(to, 'RENAME_FAILED', 'replan', `${what}; not tried, as too many others failed`);
  signal.throwIfAborted();
  try {
    const name = joinDatasetName(location.target, to);
    await zfs.rename(target, name);
    onRenamed(target, name);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidNameError) return refusedDataset(to, 'NAME_TOO_LONG', 'operator', error.message);
    if (!(error instanceof ReplicationError)) throw error;
    const { code, retry, message } = toFailure(error);
    return refusedDataset(to, code, retry, `${what}, and cannot be renamed here: ${message}`);
  }
}

/** Parents that will not come, as the source has no snapshot of them or does not send them, are made. */
async function madeParent(
  { offered, location, makePlaceholders }: RenameContext,
  inventory: Inventory,
  path: RelativePath,
): Promise<Inventory | undefined> {
  const missing: RelativePath[] = [];
  for (let at = parentPath(path); at !== undefined && !inventory.inPlace.has(at); at = parentPath(at))
    missing.unshift(at);
  const comes = missing.some((at) => inventory.parked.has(at) || offered.get(at)?.versions.some(isSnapshot) === true);
  const root = inventory.inPlace.get('' as RelativePath);
  if (missing.length === 0 || comes || root === undefined) return undefined;
  await makePlaceholders(missing);
  const inPlace = new Map(inventory.inPlace);
  for (const at of missing) {
    // Until the target is listed anew.
    const entry = {
      ...root.entry,
      name: joinDatasetName(location.target, at),
      placeholder: true,
      zfsyncStream: undefined,
      zfsyncVanished: undefined,
      isSessionRoot: false,
    };
    inPlace.set(at, { entry, versions: [], held: new Set() });
  }
  return { ...inventory, inPlace };
}

function moved({ target }: TargetLocation, inventory: Inventory, { from, to }: Move): Inventory {
  const inPlace = new Map<RelativePath, DatasetState>();
  for (const [path, state] of inventory.inPlace) {
    if (path !== from && !path.startsWith(`${from}/`)) {
      inPlace.set(path, state);
      continue;
    }
    const at = (to + path.slice(from.length)) as RelativePath;
    inPlace.set(at, { ...state, entry: { ...state.entry, name: joinDatasetName(target, at) } });
  }
  return { ...inventory, inPlace };
}

function asked({ location }: RenameContext, { original, to, state }: Move): DatasetDecision {
  const how = `it was renamed at the source, to ${location.target}${to} here`;
  return conflict(to, original, state, `target ${location.target}${original}: ${how}; ${ADVICE}`);
}

const ADVICE =
  'say --follow-renames to have it renamed on the target, too, or --no-follow-renames to have it sent anew, to the new place';

function hinderedDecision(
  { location, offered }: RenameContext,
  path: RelativePath,
  hindrance: RenameHindrance,
  { inPlace }: Inventory,
): DatasetDecision {
  const { target } = location;
  switch (hindrance.kind) {
    case 'parent': {
      const message = `target ${target}${hindrance.original} is renamed to ${target}${path} once its new parent has arrived`;
      const one = refusedDataset(path, 'RENAME_WAITS_FOR_PARENT', 'replan', message);
      return { ...one, renameFrom: hindrance.original };
    }
    case 'ambiguous': {
      const where = hindrance.others.map((other) => (inPlace.has(other) ? `${target}${other}` : other)).slice(0, 5);
      const several = offered.has(hindrance.others[0] ?? path)
        ? 'datasets of the source, too:'
        : 'datasets of the target:';
      const message = `target ${target}${path}: it was renamed at the source, as it seems, but its newest snapshot is that of other ${several} ${where.join(', ')}; rename the right one with zfs rename, or say --no-follow-renames to have it sent anew`;
      return conflict(path, undefined, undefined, message);
    }
    case 'foreign': {
      const { original, foreign } = hindrance;
      const message = `target ${target}${original}: it was renamed at the source, to ${target}${path} here; but ${foreign.entry.name} lies below it and does not belong to the tree: rename it yourself, or say --no-follow-renames to have it sent anew`;
      return conflict(path, original, inPlace.get(original), message);
    }
  }
}

function conflict(
  path: RelativePath,
  renameFrom: RelativePath | undefined,
  state: DatasetState | undefined,
  message: string,
): DatasetDecision {
  const targetVersions = (state?.versions ?? []).filter(isSnapshot).slice(-limits.conflictVersionsMax);
  return {
    ...refusedDataset(path, '', 'operator', ''),
    decision: { kind: 'conflict', conflict: 'renamed', message, targetVersions },
    renameFrom,
  };
}

/** What is at or below something that was settled: it is not sent anew. @returns undefined where nothing is settled */
export function settledFor(
  path: RelativePath,
  settled: ReadonlyMap<RelativePath, DatasetDecision>,
): DatasetDecision | undefined {
  if (settled.size === 0) return undefined;
  const own = settled.get(path);
  if (own !== undefined) return own;
  for (let above = parentPath(path); above !== undefined; above = parentPath(above)) {
    const decision = settled.get(above)?.decision;
    if (decision === undefined) continue;
    const retry = decision.kind === 'refused' ? decision.failure.retry : 'operator';
    const message = `${path} is not sent before ${above} above it is renamed on the target`;
    return refusedDataset(path, 'PARENT_NOT_RENAMED', retry, message);
  }
  return undefined;
}
