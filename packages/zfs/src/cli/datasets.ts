/** Datasets and their properties: create, rename, get, set, inherit. */
import { ZfsError } from '../errors.ts';
import { type DatasetName, parentDataset } from '../model/index.ts';
import type { CreateOptions } from '../zfs.ts';
import { runCommand, runLines } from './output.ts';
import type { Runner } from './run.ts';

/** The arguments of `zfs create`, without `zfs` itself. @throws {TypeError} for a volume without a size. */
export function createArguments(dataset: DatasetName, options: CreateOptions): string[] {
  const volume = options.type === 'volume';
  if (volume && options.volumeSize === undefined) throw new TypeError('a volume needs a size');
  return [
    'create',
    ...(volume ? ['-V', String(options.volumeSize)] : ['-u']),
    ...Object.entries(options.properties ?? {}).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    dataset,
  ];
}

/**
 * The parents are made one by one when the dataset cannot be made without: `zfs create -u -p` mounts them (seen on
 * 2.1.11). As with `-p`, it is no error then that the dataset exists.
 */
export async function create(runner: Runner, dataset: DatasetName, options: CreateOptions): Promise<void> {
  const args = createArguments(dataset, options);
  try {
    await runCommand(runner, args, dataset);
  } catch (error) {
    if (!(error instanceof ZfsError)) throw error;
    // zfs_main.c, zfs_do_create: "filesystem successfully created, but it may only be mounted by root", exit code 1.
    if (error.stderrTail.includes('successfully created, but')) return;
    if (options.parents !== true) throw error;
    if (error.reason === 'dataset-exists') return;
    const parent = parentDataset(dataset);
    if (error.reason !== 'parent-missing' || parent === undefined || !parent.includes('/')) throw error;
    await create(runner, parent, { type: 'filesystem', parents: true });
    await runCommand(runner, args, dataset);
  }
}

export async function rename(runner: Runner, from: DatasetName, to: DatasetName): Promise<void> {
  try {
    await runCommand(runner, ['rename', '-u', from, to], from);
  } catch (error) {
    // `-u` is for filesystems alone (zfs_do_rename opens nothing else then); a volume has no mount to keep.
    if (!(error instanceof ZfsError && error.reason === 'type-wrong')) throw error;
    await runCommand(runner, ['rename', from, to], from);
  }
}

export async function unmount(runner: Runner, dataset: DatasetName): Promise<void> {
  await runCommand(runner, ['unmount', dataset], dataset);
}

export async function mount(runner: Runner, dataset: DatasetName): Promise<void> {
  await runCommand(runner, ['mount', dataset], dataset);
}

/** A value may have newlines; a row begins with the property's name. Exported for its tests. */
export function parsePropertyRows(lines: readonly string[], names: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  let current: string | undefined;
  for (const line of lines) {
    const [name = '', source = ''] = line.split('\t', 2);
    if (names.includes(name) && line.startsWith(`${name}\t${source}\t`)) {
      const value = line.slice(name.length + source.length + 2);
      current = source === '-' && value === '-' ? undefined : name;
      if (current !== undefined) values.set(name, value);
    } else if (current !== undefined) {
      values.set(current, `${values.get(current) ?? ''}\n${line}`);
    }
  }
  return values;
}

export async function getProperties(
  runner: Runner,
  dataset: DatasetName,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const args = ['get', '-Hp', '-o', 'property,source,value', names.join(','), dataset];
  return parsePropertyRows(await runLines(runner, args, dataset), names);
}

export async function setProperties(
  runner: Runner,
  dataset: DatasetName,
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
  if (pairs.length > 0) await runCommand(runner, ['set', ...pairs, dataset], dataset);
}

export async function inheritProperty(runner: Runner, dataset: DatasetName, name: string): Promise<void> {
  await runCommand(runner, ['inherit', name, dataset], dataset);
}
