import type { Context } from '../context.ts';
import { getopt, UsageError } from '../getopt.ts';
import { parentOf } from '../names.ts';
import type { Target, Value } from '../properties/lookup.ts';
import { PROPERTIES } from '../properties/table.ts';
import { Values } from '../properties/values.ts';
import type { Store } from '../store/store.ts';
import { EVERYTHING } from '../target.ts';
import { columnOf, pad } from './columns.ts';
import { parseDepth, parseTypes, select } from './select.ts';

const FIELDS = ['name', 'property', 'value', 'received', 'source'] as const;
type Field = (typeof FIELDS)[number];
const SOURCES = ['local', 'default', 'inherited', 'received', 'temporary', 'none'];

interface Row {
  readonly cells: Readonly<Record<Field, string>>;
}

/** `zfs get`. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'd:o:s:rt:Hp');
  const [properties, ...operands] = options.operands;
  if (properties === undefined) throw new UsageError('missing property argument');
  const fields = parseFields(options.last('o'));
  const sources = parseSources(options.last('s'));
  const kinds = options.has('t') ? parseTypes(options.all('t').join(',')) : EVERYTHING;
  const names =
    properties === 'all' ? 'all' : properties.split(',').map((name) => columnOf(name, store.context.env).name);
  const depth = options.last('d');
  const versionsOnly = kinds.size === 1 && (kinds.has('snapshot') || kinds.has('bookmark')) && operands.length > 0;
  const recursive = options.has('r') || depth !== undefined || versionsOnly || operands.length === 0;
  let limit = depth === undefined ? undefined : parseDepth(depth);
  if (versionsOnly && depth === undefined && !options.has('r')) limit = 1;
  const selected = select(store, { operands, kinds, recursive, depth: limit, snapshotsByPool: false });
  const values = new Values(store, options.has('p'));
  const print = (rows: readonly Row[], widths?: Readonly<Record<Field, number>>): void => {
    for (const row of rows) store.context.out(`${formatRow(row.cells, fields, widths)}\n`);
  };
  const all: Row[] = [];
  const read: Target[] = [];
  for (const target of selected.targets) {
    const rows = rowsOf(store, target, names, values, sources);
    if (options.has('H')) print(rows);
    else {
      all.push(...rows);
      read.push(target);
    }
  }
  if (all.length > 0) {
    const widths = widthsOf(all, read, names, store.context.env);
    store.context.out(`${formatRow(headings(), fields, widths)}\n`);
    print(all, widths);
  }
  return selected.failed ? 1 : 0;
}

function headings(): Readonly<Record<Field, string>> {
  return { name: 'NAME', property: 'PROPERTY', value: 'VALUE', received: 'RECEIVED', source: 'SOURCE' };
}

function rowsOf(
  store: Store,
  target: Target,
  names: 'all' | readonly string[],
  values: Values,
  sources: ReadonlySet<string> | undefined,
): Row[] {
  const rows: Row[] = [];
  const list = names === 'all' ? allOf(store, target) : names;
  for (const name of list) {
    const value: Value | undefined = values.get(target, name);
    if (!value && names === 'all') continue;
    const source = value?.source ?? '-';
    if (sources && !sources.has(sourceWord(source))) continue;
    rows.push({
      cells: {
        name: target.name,
        property: name,
        value: value?.text ?? '-',
        received: values.received(target, name),
        source: value && /^written[@#]/.test(name) ? 'local' : source,
      },
    });
  }
  return rows;
}

function allOf(store: Store, target: Target): string[] {
  const user = new Set<string>();
  const add = (props: Readonly<Record<string, unknown>> | undefined): void => {
    for (const name of Object.keys(props ?? {})) if (name.includes(':')) user.add(name);
  };
  if (target.kind !== 'bookmark') {
    add(target.snapshot?.props);
    add(target.snapshot?.received);
    for (let at: string | undefined = target.dataset.name; at !== undefined; at = parentOf(at)) {
      const meta = store.find(at)?.meta;
      add(meta?.props);
      add(meta?.received);
    }
  }
  return [...PROPERTIES.map((property) => property.name), ...[...user].sort()];
}

function sourceWord(source: string): string {
  if (source === '-') return 'none';
  return source.startsWith('inherited') ? 'inherited' : source;
}

function parseFields(text: string | undefined): readonly Field[] {
  if (text === undefined) return ['name', 'property', 'value', 'source'];
  if (text === 'all') return FIELDS;
  return text.split(',').map((word) => {
    const field = FIELDS.find((candidate) => candidate === word);
    if (field) return field;
    if (word === 'all') throw new UsageError('"all" conflicts with specific fields given to -o option');
    throw new UsageError(`invalid column name '${word}'`);
  });
}

function parseSources(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;
  const words = text.split(',');
  for (const word of words) if (!SOURCES.includes(word)) throw new UsageError(`invalid source '${word}'`);
  return new Set(words);
}

function widthsOf(
  rows: readonly Row[],
  targets: readonly Target[],
  names: 'all' | readonly string[],
  env: Context['env'],
): Readonly<Record<Field, number>> {
  const longest = (field: Field, start: number): number =>
    rows.reduce((width, row) => Math.max(width, row.cells[field].length), start);
  const everything = PROPERTIES.map((property) => property.name).filter((name) => name !== 'snapshots_changed');
  const listed = names === 'all' ? everything : names;
  const columns = listed.map((name) => columnOf(name, env));
  const name = targets.reduce((width, target) => Math.max(width, target.name.length), 'NAME'.length);
  const fixed =
    names === 'all'
      ? ['creation', 'usedbyrefreservation'].map((each) => columnOf(each, env).width)
      : columns.map((column) => column.width);
  return {
    name,
    property: Math.max('PROPERTY'.length, longest('property', 0), ...columns.map((column) => column.name.length)),
    value: Math.max('VALUE'.length, longest('value', 0), ...fixed),
    received: longest('received', 'RECEIVED'.length),
    source: longest('source', name + 'inherited from'.length),
  };
}

function formatRow(
  cells: Readonly<Record<Field, string>>,
  fields: readonly Field[],
  widths: Readonly<Record<Field, number>> | undefined,
): string {
  if (!widths) return fields.map((field) => cells[field]).join('\t');
  return fields.map((field, i) => pad(cells[field], widths[field], false, i === fields.length - 1)).join('  ');
}
