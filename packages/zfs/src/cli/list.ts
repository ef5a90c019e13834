/** `zfs list`: one process for any number of datasets, its rows parsed as they come. */
import {
  type DatasetEntry,
  type DatasetName,
  type DatasetType,
  InvalidNameError,
  parseDatasetName,
  parseVersionName,
  quoted,
  USER_PROPERTY,
  type VersionEntry,
} from '../model/index.ts';
import type { ClonedSnapshot, ListOptions } from '../zfs.ts';
import { outputError, readLines } from './output.ts';
import type { Runner, RunningCommand } from './run.ts';

/** `mountpoint` is the last: it alone may contain a tab. */
const DATASET_COLUMNS = [
  'type',
  'guid',
  'createtxg',
  'used',
  'available',
  'referenced',
  'written',
  'encryption',
  'encryptionroot',
  'keystatus',
  'mounted',
  'origin',
  'receive_resume_token',
  'name',
  'mountpoint',
] as const;

const VERSION_COLUMNS = ['type', 'guid', 'createtxg', 'creation', 'userrefs', 'name'] as const;

type Row<Column extends string> = Readonly<Record<Column, string>>;

/** A row that is not what was asked for. */
export class RowError extends Error {
  static {
    this.prototype.name = 'RowError';
  }
}

/** Splits a row at its tabs; the last column takes what is left. @throws {RowError} on too few fields. */
export function splitRow<const Column extends string>(columns: readonly Column[], line: string): Row<Column> {
  const fields = line.split('\t');
  if (fields.length < columns.length) {
    const counts = `${String(fields.length)} fields instead of ${String(columns.length)}`;
    throw new RowError(`the row ${quoted(line)} has ${counts}`);
  }
  const last = columns.length - 1;
  const entries = columns.map((column, i) => [column, i < last ? fields[i] : fields.slice(last).join('\t')]);
  return Object.fromEntries(entries) as Row<Column>;
}

function numberOf<Column extends string>(row: Row<Column>, column: NoInfer<Column>): bigint {
  const text = row[column];
  if (!/^\d+$/.test(text)) throw new RowError(`the column ${column} is ${quoted(text)} instead of a number`);
  return BigInt(text);
}

function optional(text: string): string | undefined {
  return text === '-' ? undefined : text;
}

function typeOf(text: string): DatasetType {
  if (text === 'filesystem' || text === 'volume') return text;
  throw new RowError(`the column type is ${quoted(text)}`);
}

/** The user properties of ours that are set on a dataset itself, and those that may be inherited. */
export type LocalProperties = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** @throws {RowError} @throws {InvalidNameError} */
export function parseDatasetRow(line: string, local: LocalProperties): DatasetEntry {
  const row = splitRow(DATASET_COLUMNS, line);
  const own = local.get(row.name);
  const encryptionRoot = optional(row.encryptionroot);
  return {
    name: parseDatasetName(row.name),
    type: typeOf(row.type),
    guid: numberOf(row, 'guid'),
    createtxg: numberOf(row, 'createtxg'),
    used: numberOf(row, 'used'),
    available: numberOf(row, 'available'),
    referenced: numberOf(row, 'referenced'),
    written: numberOf(row, 'written'),
    encryption: row.encryption,
    encryptionRoot: encryptionRoot === undefined ? undefined : parseDatasetName(encryptionRoot),
    keyAvailable: row.keystatus !== 'unavailable',
    mounted: row.mounted === 'yes',
    mountpoint: optional(row.mountpoint),
    origin: optional(row.origin),
    resumeToken: optional(row.receive_resume_token),
    zfsyncPath: own?.get(USER_PROPERTY.path),
    placeholder: own?.get(USER_PROPERTY.placeholder) === 'on',
    zfsyncStream: own?.get(USER_PROPERTY.stream),
    zfsyncKey: own?.get(USER_PROPERTY.key),
    zfsyncVanished: own?.get(USER_PROPERTY.vanished),
    isSessionRoot: own?.get(USER_PROPERTY.root) === 'on',
    zfsyncSend: own?.get(USER_PROPERTY.send),
  };
}

/** @throws {RowError} @throws {InvalidNameError} */
export function parseVersionRow(line: string): VersionEntry {
  const row = splitRow(VERSION_COLUMNS, line);
  const kind = row.type;
  if (kind !== 'snapshot' && kind !== 'bookmark') throw new RowError(`the column type is ${quoted(kind)}`);
  const mark = row.name.indexOf(kind === 'snapshot' ? '@' : '#');
  if (mark < 0) throw new RowError(`${quoted(row.name)} is not the name of a ${kind}`);
  return {
    held: kind === 'snapshot' && numberOf(row, 'userrefs') > 0n,
    dataset: parseDatasetName(row.name.slice(0, mark)),
    version: {
      kind,
      name: parseVersionName(row.name.slice(mark + 1)),
      guid: numberOf(row, 'guid'),
      createtxg: numberOf(row, 'createtxg'),
      creation: numberOf(row, 'creation'),
    },
  };
}

/** Parses a row; what is wrong with it becomes a `ZfsError` of the command. */
function parsed<T>(command: RunningCommand, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RowError || error instanceof InvalidNameError) throw outputError(command, error.message);
    throw error;
  }
}

function listArguments(types: string, columns: readonly string[], depth: number | undefined): string[] {
  const depthArguments = depth === undefined ? [] : ['-d', String(depth)];
  return ['list', '-Hp', '-r', ...depthArguments, '-t', types, '-o', columns.join(',')];
}

/**
 * A list shows inherited values too, and the children of a placeholder inherit its mark: the values that are set on
 * the datasets themselves take a process of their own. It prints only the datasets that have one, of themselves or from
 * above: of the latter only what may be inherited is taken.
 */
async function localProperties(
  runner: Runner,
  root: DatasetName,
  depth: number | undefined,
  signal: AbortSignal | undefined,
): Promise<LocalProperties> {
  const depthArguments = depth === undefined ? [] : ['-d', String(depth)];
  const command = runner.start(
    [
      ...['get', '-Hp', '-r', ...depthArguments, '-s', 'local,received,inherited', '-t', 'filesystem,volume'],
      ...['-o', 'name,property,source,value', Object.values(USER_PROPERTY).join(','), root],
    ],
    root,
  );
  const local = new Map<string, Map<string, string>>();
  for await (const line of readLines(command, signal)) {
    const row = parsed(command, () => splitRow(['name', 'property', 'source', 'value'], line));
    if (row.source !== 'local' && row.property !== USER_PROPERTY.send) continue;
    let own = local.get(row.name);
    if (own === undefined) local.set(row.name, (own = new Map<string, string>()));
    own.set(row.property, row.value);
  }
  return local;
}

/** Two processes, whatever the number of datasets. */
export async function* listDatasets(
  runner: Runner,
  root: DatasetName,
  options: ListOptions = {},
): AsyncGenerator<DatasetEntry, void, undefined> {
  const local = await localProperties(runner, root, options.depth, options.signal);
  const command = runner.start([...listArguments('filesystem,volume', DATASET_COLUMNS, options.depth), root], root);
  for await (const line of readLines(command, options.signal)) {
    yield parsed(command, () => parseDatasetRow(line, local));
  }
}

/** One process. A snapshot counts as a level below its dataset for `zfs list -d`. */
export async function* listVersions(
  runner: Runner,
  root: DatasetName,
  options: ListOptions = {},
): AsyncGenerator<VersionEntry, void, undefined> {
  const depth = options.depth === undefined ? undefined : options.depth + 1;
  const command = runner.start([...listArguments('snapshot,bookmark', VERSION_COLUMNS, depth), root], root);
  for await (const line of readLines(command, options.signal)) {
    yield parsed(command, () => parseVersionRow(line));
  }
}

/** One process, which prints all snapshots. */
export async function listClones(
  runner: Runner,
  root: DatasetName,
  options: ListOptions = {},
): Promise<readonly ClonedSnapshot[]> {
  const depth = options.depth === undefined ? undefined : options.depth + 1;
  const command = runner.start([...listArguments('snapshot', ['clones', 'name'], depth), root], root);
  const cloned: ClonedSnapshot[] = [];
  for await (const line of readLines(command, options.signal)) {
    const { clones, name } = parsed(command, () => splitRow(['clones', 'name'], line));
    const names = optional(clones)?.split(',') ?? [];
    if (names.some((one) => one !== '')) cloned.push({ snapshot: name, clones: names });
  }
  return cloned;
}

/** What decides whether a dataset may be taken for empty. */
export interface MountRow {
  readonly type: DatasetType;
  readonly mounted: boolean;
  readonly name: string;
  /** A path, `none`, `legacy`, or undefined for a volume. */
  readonly mountpoint: string | undefined;
}

/** The dataset and its descendants, in the order of `zfs list`. */
export async function listMounts(runner: Runner, root: DatasetName): Promise<MountRow[]> {
  const columns = ['type', 'mounted', 'name', 'mountpoint'] as const;
  const command = runner.start([...listArguments('filesystem,volume', columns, undefined), root], root);
  const rows: MountRow[] = [];
  for await (const line of readLines(command)) {
    rows.push(
      parsed(command, () => {
        const row = splitRow(columns, line);
        const mountpoint = optional(row.mountpoint);
        return { type: typeOf(row.type), mounted: row.mounted === 'yes', name: row.name, mountpoint };
      }),
    );
  }
  return rows;
}
