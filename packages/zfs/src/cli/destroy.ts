/** The end of snapshots, many at a time; and, apart from all else, of a dataset. */
import { ZfsError, type ZfsReason } from '../errors.ts';
import type { DatasetName, VersionName } from '../model/index.ts';
import type { DatasetDestroyer, SnapshotFailure } from '../zfs.ts';
import { nameBatches } from './name-batches.ts';
import { outputError, runCommand, runLines } from './output.ts';
import type { Runner } from './run.ts';
import { destroyVersion } from './versions.ts';

/** What may be so of one snapshot and not of another: each half of the batch is tried alone then. */
const OF_ONE_SNAPSHOT: ReadonlySet<ZfsReason> = new Set<ZfsReason>([
  'snapshot-held',
  'snapshot-missing',
  'has-clones',
  'busy',
  'unknown',
]);

/** `dataset@a,b,c`. A {@link VersionName} has no `,` and no `%`, so none can be read as a list or as a range. */
function batchName(dataset: DatasetName, names: readonly VersionName[]): string {
  return `${dataset}@${names.join(',')}`;
}

export async function destroySnapshots(
  runner: Runner,
  dataset: DatasetName,
  names: readonly VersionName[],
): Promise<readonly SnapshotFailure[]> {
  const failures: SnapshotFailure[] = [];
  let hopeless: ZfsError | undefined;
  for (const batch of nameBatches(dataset, names)) {
    hopeless ??= await destroyBatch(runner, dataset, batch, failures);
    if (hopeless === undefined) continue;
    const error = hopeless;
    failures.push(...batch.map((name) => ({ name, error })));
  }
  return failures;
}

/**
 * ZFS destroys all of a batch or nothing. So one that fails is halved until what is in the way stands alone: few that are
 * held among many cost few processes.
 *
 * @returns an error that is not about this snapshot or that, when nothing of the batch was destroyed
 */
async function destroyBatch(
  runner: Runner,
  dataset: DatasetName,
  names: readonly VersionName[],
  failures: SnapshotFailure[],
): Promise<ZfsError | undefined> {
  const [name] = names;
  if (name === undefined) return undefined;
  try {
    if (names.length === 1) await destroyVersion(runner, dataset, { kind: 'snapshot', name });
    else await runCommand(runner, ['destroy', batchName(dataset, names)], dataset);
    return undefined;
  } catch (error) {
    if (!(error instanceof ZfsError)) throw error;
    // Of several that are missing ZFS says so only when none of them is there.
    if (error.reason === 'snapshot-missing') return undefined;
    if (!OF_ONE_SNAPSHOT.has(error.reason)) return error;
    if (names.length === 1) {
      failures.push({ name, error });
      return undefined;
    }
  }
  const half = names.length >> 1;
  for (const part of [names.slice(0, half), names.slice(half)]) {
    const error = await destroyBatch(runner, dataset, part, failures);
    if (error !== undefined) failures.push(...part.map((each) => ({ name: each, error })));
  }
  return undefined;
}

export async function reclaimable(
  runner: Runner,
  dataset: DatasetName,
  names: readonly VersionName[],
): Promise<bigint> {
  let sum = 0n;
  for (const batch of nameBatches(dataset, names)) sum += await reclaimableBatch(runner, dataset, batch);
  return sum;
}

async function reclaimableBatch(runner: Runner, dataset: DatasetName, names: readonly VersionName[]): Promise<bigint> {
  if (names.length === 0) return 0n;
  const args = ['destroy', '-nvp', batchName(dataset, names)];
  let lines: readonly string[];
  try {
    lines = await runLines(runner, args, dataset);
  } catch (error) {
    if (!(error instanceof ZfsError)) throw error;
    if (error.reason === 'snapshot-missing') return 0n;
    const cloned = error.reason === 'has-clones' ? clonedOf(dataset, error.stderrTail) : new Set<string>();
    const others = names.filter((name) => !cloned.has(name));
    if (others.length === names.length) throw error;
    return reclaimableBatch(runner, dataset, others);
  }
  const bytes = lines.map((line) => /^reclaim\t(\d+)$/.exec(line)?.[1]).find((text) => text !== undefined);
  if (bytes === undefined) throw outputError({ argv: ['zfs', ...args] }, 'there is no row "reclaim"');
  return BigInt(bytes);
}

/** The snapshots that are said to have clones. */
function clonedOf(dataset: DatasetName, stderr: string): Set<string> {
  const cloned = new Set<string>();
  for (const [, name = ''] of stderr.matchAll(/^cannot destroy '([^']*)': snapshot has dependent clones$/gm)) {
    if (name.startsWith(`${dataset}@`)) cloned.add(name.slice(dataset.length + 1));
  }
  return cloned;
}

export function datasetDestroyerOf(runner: Runner): DatasetDestroyer {
  return { destroyDataset: (dataset) => runCommand(runner, ['destroy', dataset], dataset) };
}
