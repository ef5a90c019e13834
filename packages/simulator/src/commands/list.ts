import type { Context } from '../context.ts';
import type { Options } from '../getopt.ts';
import { getopt, UsageError } from '../getopt.ts';
import type { Target, Value } from '../properties/lookup.ts';
import { Values } from '../properties/values.ts';
import type { Store } from '../store/store.ts';
import { compareBytes } from '../store/store.ts';
import { WITH_SNAPSHOTS } from '../target.ts';
import type { Column } from './columns.ts';
import { columnOf, pad, parseColumns } from './columns.ts';
import { parseDepth, parseTypes, select } from './select.ts';

const DEFAULT_FIELDS = 'name,used,available,referenced,mountpoint';

interface SortColumn {
  readonly name: string;
  readonly reverse: boolean;
}

/** `zfs list`. */
export function run(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'HS:d:o:prs:t:');
  const { context } = store;
  const fields = options.all('o').length > 0 ? options.all('o').join(',') : DEFAULT_FIELDS;
  const sort = sortColumns(args, context.env);
  const columns = parseColumns(fields, context.env);
  const kinds = options.has('t') ? parseTypes(options.all('t').join(',')) : WITH_SNAPSHOTS;
  const scripted = options.has('H');
  const selected = select(store, { ...depthOf(options, kinds), kinds, snapshotsByPool: !options.has('t') });
  const values = new Values(store, options.has('p'));
  const cells = (target: Target): string[] => columns.map((column) => values.get(target, column.name)?.text ?? '-');
  const targets = sort.length === 0 ? selected.targets : sorted(selected.targets, sort, values);
  let any = false;
  if (scripted) {
    for (const target of targets) {
      any = true;
      context.out(`${cells(target).join('\t')}\n`);
    }
  } else {
    const rows = Array.from(targets, cells);
    any = rows.length > 0;
    if (any)
      printTable(rows, columns, options.has('p'), (line) => {
        context.out(line);
      });
    else if (!selected.failed) context.err('no datasets available\n');
  }
  return selected.failed ? 1 : 0;
}

function depthOf(options: Options, kinds: ReadonlySet<string>) {
  const { operands } = options;
  const depth = options.last('d');
  let recursive = options.has('r') || depth !== undefined;
  let limit = depth === undefined ? undefined : parseDepth(depth);
  if (kinds.size === 1 && (kinds.has('snapshot') || kinds.has('bookmark')) && operands.length > 0 && !recursive) {
    recursive = true;
    limit = 1;
  }
  if (operands.length === 0) recursive = true;
  return { operands, recursive, depth: limit };
}

/** In the order in which they were given, `-s` and `-S` mixed. */
function sortColumns(args: readonly string[], env: Context['env']): SortColumn[] {
  const columns: SortColumn[] = [];
  for (const letter of ['s', 'S']) {
    for (const name of getopt(args, 'HS:d:o:prs:t:').all(letter)) {
      try {
        columns.push({ name: columnOf(name, env).name, reverse: letter === 'S' });
      } catch (error) {
        if (error instanceof UsageError) throw new UsageError(`invalid property '${name}'`);
        throw error;
      }
    }
  }
  return columns;
}

function sorted(targets: Iterable<Target>, sort: readonly SortColumn[], values: Values): Target[] {
  const rows = Array.from(targets, (target) => ({
    target,
    keys: sort.map((column) => values.get(target, column.name)),
  }));
  rows.sort((a, b) => {
    for (const [i, column] of sort.entries()) {
      const order = compareValues(a.keys[i], b.keys[i], column.reverse);
      if (order !== 0) return order;
    }
    return 0;
  });
  return rows.map((row) => row.target);
}

/** What has no value comes last, whatever the direction. */
function compareValues(a: Value | undefined, b: Value | undefined, reverse: boolean): number {
  if (!a && !b) return 0;
  if (!a) return 1;
  if (!b) return -1;
  const order =
    a.number !== undefined && b.number !== undefined ? Math.sign(a.number - b.number) : compareBytes(a.text, b.text);
  return reverse ? -order : order;
}

export function printTable(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  literal: boolean,
  print: (line: string) => void,
): void {
  const widths = columns.map((column, i) =>
    column.fixed && !literal ? column.width : Math.max(column.width, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => pad(cell, widths[i] ?? 0, columns[i]?.right === true, i === cells.length - 1)).join('  ');
  print(`${line(columns.map((column) => column.heading))}\n`);
  for (const row of rows) print(`${line(row)}\n`);
}
