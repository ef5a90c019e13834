/** Snapshots, bookmarks and holds; and the version of zfs itself. */
import { ZfsError } from '../errors.ts';
import {
  type DatasetName,
  formatVersion,
  type Hold,
  InvalidNameError,
  parseVersionName,
  quoted,
  type Version,
  type VersionName,
} from '../model/index.ts';
import { getProperties } from './datasets.ts';
import { nameChunks } from './name-batches.ts';
import { outputError, runCommand, runLines } from './output.ts';
import type { Runner } from './run.ts';

function snapshotName(dataset: DatasetName, name: VersionName): string {
  return formatVersion(dataset, { kind: 'snapshot', name });
}

export async function snapshot(
  runner: Runner,
  datasets: readonly DatasetName[],
  name: VersionName,
  options: { readonly recursive?: boolean } = {},
): Promise<void> {
  if (datasets.length === 0) return;
  const names = datasets.map((dataset) => snapshotName(dataset, name));
  const flags = options.recursive === true ? ['-r'] : [];
  await runCommand(runner, ['snapshot', ...flags, ...names], datasets.length === 1 ? (names[0] ?? '') : '');
}

export async function bookmark(
  runner: Runner,
  dataset: DatasetName,
  source: VersionName,
  name: VersionName,
): Promise<void> {
  const made = formatVersion(dataset, { kind: 'bookmark', name });
  await runCommand(runner, ['bookmark', snapshotName(dataset, source), made], made);
}

export async function destroyVersion(
  runner: Runner,
  dataset: DatasetName,
  version: Pick<Version, 'kind' | 'name'>,
): Promise<void> {
  const name = formatVersion(dataset, version);
  try {
    await runCommand(runner, ['destroy', name], name);
  } catch (error) {
    if (error instanceof ZfsError && error.reason === 'busy' && (await isHeld(runner, name))) {
      throw new ZfsError(`${name}: cannot destroy the snapshot: it is held (zfs holds ${name} says by whom)`, {
        argv: error.argv,
        exitCode: error.exitCode,
        signal: error.signal,
        stderrTail: error.stderrTail,
        reason: 'snapshot-held',
        cause: error,
      });
    }
    throw error;
  }
}

/** ZFS says "dataset is busy" of a snapshot that is held and of one that is being sent; the count of holds tells. */
async function isHeld(runner: Runner, name: string): Promise<boolean> {
  try {
    const properties = await getProperties(runner, name as DatasetName, ['userrefs']);
    return (properties.get('userrefs') ?? '0') !== '0';
  } catch (error) {
    // It may be gone by now: then the error that was to be explained stands as it is.
    if (error instanceof ZfsError) return false;
    throw error;
  }
}

export async function hold(
  runner: Runner,
  dataset: DatasetName,
  names: readonly VersionName[],
  tag: string,
): Promise<void> {
  await holdOrRelease(runner, 'hold', dataset, names, tag);
}

export async function release(
  runner: Runner,
  dataset: DatasetName,
  names: readonly VersionName[],
  tag: string,
): Promise<void> {
  await holdOrRelease(runner, 'release', dataset, names, tag);
}

async function holdOrRelease(
  runner: Runner,
  verb: 'hold' | 'release',
  dataset: DatasetName,
  names: readonly VersionName[],
  tag: string,
): Promise<void> {
  for (const chunk of nameChunks(dataset, names)) await runCommand(runner, [verb, tag, ...chunk], dataset);
}

export async function holds(
  runner: Runner,
  dataset: DatasetName,
  names: readonly VersionName[],
): Promise<readonly Hold[]> {
  const found: Hold[] = [];
  for (const chunk of nameChunks(dataset, names)) {
    const args = ['holds', '-H', ...chunk];
    for (const line of await runLines(runner, args, dataset)) {
      const hold = parseHoldRow(dataset, line);
      if (hold === undefined) {
        throw outputError({ argv: ['zfs', ...args] }, `the row ${quoted(line)} is no hold of ${dataset}`);
      }
      found.push(hold);
    }
  }
  return found;
}

/** A row of `zfs holds -H`: snapshot, tag, date; a tag may have a tab. Exported for its tests. */
export function parseHoldRow(dataset: DatasetName, line: string): Hold | undefined {
  const [name = '', ...rest] = line.split('\t');
  if (!name.startsWith(`${dataset}@`) || rest.length < 2) return undefined;
  try {
    return { snapshot: parseVersionName(name.slice(dataset.length + 1)), tag: rest.slice(0, -1).join('\t') };
  } catch (error) {
    if (error instanceof InvalidNameError) return undefined;
    throw error;
  }
}

export async function rollback(runner: Runner, dataset: DatasetName, name: VersionName): Promise<void> {
  await runCommand(runner, ['rollback', snapshotName(dataset, name)], dataset);
}

export async function version(
  runner: Runner,
): Promise<{ readonly userland: string; readonly kernel: string | undefined }> {
  const [userland, kernel] = await runLines(runner, ['version'], '');
  if (userland === undefined) throw outputError({ argv: ['zfs', 'version'] }, 'it is empty');
  return { userland, kernel: kernel?.replace(/^zfs-kmod-/, 'zfs-') };
}
