/** What becomes of datasets, as files for monitoring: `--error-flags`. */
import type { ErrorFlags } from '@zfsync/program';
import type { DatasetDecision, Decision } from '@zfsync/protocol';
import { type DatasetName, InvalidNameError, joinDatasetName, type RelativePath } from '@zfsync/zfs';

/** @param why it has failed; undefined = it has arrived, or is up to date */
export function flagDataset(
  flags: ErrorFlags | undefined,
  peer: string,
  target: DatasetName,
  path: RelativePath,
  why: string | undefined,
): void {
  if (flags === undefined) return;
  const dataset = nameOf(target, path);
  if (dataset === undefined) return;
  if (why === undefined) flags.lower(dataset);
  else flags.raise(dataset, [{ peer, message: why }]);
}

function flagDecision(
  flags: ErrorFlags | undefined,
  peer: string,
  target: DatasetName,
  path: RelativePath,
  decision: Decision,
): void {
  switch (decision.kind) {
    case 'up-to-date':
      flagDataset(flags, peer, target, path, undefined);
      break;
    case 'conflict':
      flagDataset(flags, peer, target, path, `conflict (${decision.conflict}): ${decision.message}`);
      break;
    case 'refused':
      flagDataset(flags, peer, target, path, decision.failure.message);
      break;
    case 'full':
    case 'clone':
    case 'incremental':
    case 'resume':
      break;
  }
}

/**
 * What the plan of a session says, until something is done by it, over whichever connection. A dry run does nothing, so it
 * neither raises nor lowers a flag.
 */
export class PlannedFlags {
  #decisions: readonly DatasetDecision[] = [];

  plan(decisions: readonly DatasetDecision[]): void {
    this.#decisions = decisions;
  }

  /** Raises and lowers what the plan says; once. */
  act(flags: ErrorFlags | undefined, peer: string, target: DatasetName): void {
    for (const { path, decision } of this.#decisions) flagDecision(flags, peer, target, path, decision);
    this.#decisions = [];
  }
}

/** Undefined where it would be too long a name: there is no such dataset. */
function nameOf(target: DatasetName, path: RelativePath): DatasetName | undefined {
  try {
    return joinDatasetName(target, path);
  } catch (error) {
    if (error instanceof InvalidNameError) return undefined;
    throw error;
  }
}
