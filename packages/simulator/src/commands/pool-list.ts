import { getopt, UsageError } from '../getopt.ts';
import { niceNumber } from '../properties/format.ts';
import type { Store } from '../store/store.ts';

interface PoolColumn {
  readonly heading: string;
  readonly width: number;
  readonly right: boolean;
}

const COLUMNS: Readonly<Record<string, PoolColumn>> = {
  name: { heading: 'NAME', width: 4, right: false },
  size: { heading: 'SIZE', width: 5, right: true },
  allocated: { heading: 'ALLOC', width: 5, right: true },
  free: { heading: 'FREE', width: 5, right: true },
  checkpoint: { heading: 'CKPOINT', width: 7, right: true },
  expandsize: { heading: 'EXPANDSZ', width: 8, right: true },
  fragmentation: { heading: 'FRAG', width: 5, right: true },
  capacity: { heading: 'CAP', width: 5, right: true },
  dedupratio: { heading: 'DEDUP', width: 5, right: true },
  health: { heading: 'HEALTH', width: 8, right: true },
  altroot: { heading: 'ALTROOT', width: 7, right: false },
  guid: { heading: 'GUID', width: 5, right: true },
  readonly: { heading: 'RDONLY', width: 6, right: false },
};
const ALIASES: Readonly<Record<string, string>> = {
  alloc: 'allocated',
  ckpoint: 'checkpoint',
  expandsz: 'expandsize',
  frag: 'fragmentation',
  cap: 'capacity',
  dedup: 'dedupratio',
  rdonly: 'readonly',
};
const LIST_FIELDS = 'name,size,allocated,free,checkpoint,expandsize,fragmentation,capacity,dedupratio,health,altroot';
const DEFAULTS: Readonly<Record<string, string>> = {
  altroot: '-',
  version: '-',
  bootfs: '-',
  delegation: 'on',
  autoreplace: 'off',
  cachefile: '-',
  failmode: 'wait',
  listsnapshots: 'off',
  autoexpand: 'off',
  ashift: '0',
  comment: '-',
  multihost: 'off',
  autotrim: 'off',
  compatibility: 'off',
};
const ORDER = [
  ...['size', 'capacity', 'altroot', 'health', 'guid', 'version', 'bootfs', 'delegation', 'autoreplace', 'cachefile'],
  ...['failmode', 'listsnapshots', 'autoexpand', 'dedupratio', 'free', 'allocated', 'readonly', 'ashift', 'comment'],
  ...[
    'expandsize',
    'freeing',
    'fragmentation',
    'leaked',
    'multihost',
    'checkpoint',
    'load_guid',
    'autotrim',
    'compatibility',
  ],
];
const FEATURES_ENABLED = ['async_destroy', 'large_blocks', 'encryption', 'zstd_compress'];
const FEATURES_ACTIVE = [
  'extensible_dataset',
  'bookmarks',
  'hole_birth',
  'embedded_data',
  'lz4_compress',
  'bookmark_v2',
];

/** `zpool list`, `get` and `status`. */
export function run(store: Store, args: readonly string[], verb: string): number {
  if (verb === 'list') return list(store, args);
  return verb === 'get' ? get(store, args) : status(store, args);
}

interface PoolValue {
  readonly text: string;
  readonly source: string;
}

function valueOf(store: Store, pool: string, name: string, literal: boolean): PoolValue | undefined {
  const meta = store.poolMeta(pool);
  const allocated = store.allocated(pool);
  const bytes = (value: number): PoolValue => ({ text: literal ? String(value) : niceNumber(value), source: '-' });
  const fact = (text: string): PoolValue => ({ text, source: '-' });
  switch (name) {
    case 'name':
      return fact(pool);
    case 'size':
      return bytes(meta.size);
    case 'allocated':
      return bytes(allocated);
    case 'free':
      return bytes(meta.size - allocated);
    case 'capacity':
      return fact(`${String(Math.floor((allocated * 100) / meta.size))}${literal ? '' : '%'}`);
    case 'fragmentation':
      return fact(literal ? '0' : '0%');
    case 'health':
      return fact('ONLINE');
    case 'guid':
    case 'load_guid':
      return fact(meta.guid);
    case 'dedupratio':
      return fact(literal ? '1.00' : '1.00x');
    case 'freeing':
    case 'leaked':
      return fact('0');
    case 'readonly':
      return fact('off');
    case 'checkpoint':
    case 'expandsize':
      return fact('-');
    default:
      return setting(meta.props, name);
  }
}

function setting(props: Readonly<Record<string, string>>, name: string): PoolValue | undefined {
  const feature = name.startsWith('feature@') ? name.slice('feature@'.length) : undefined;
  if (feature !== undefined) {
    if (FEATURES_ACTIVE.includes(feature)) return { text: 'active', source: 'local' };
    return FEATURES_ENABLED.includes(feature) ? { text: 'enabled', source: 'local' } : undefined;
  }
  const own = props[name];
  if (own !== undefined) return { text: own, source: 'local' };
  const initial = DEFAULTS[name];
  return initial === undefined ? undefined : { text: initial, source: 'default' };
}

function openAll(store: Store, operands: readonly string[]): { pools: string[]; failed: boolean } {
  if (operands.length === 0) return { pools: store.pools(), failed: false };
  const missing = operands.filter((name) => !store.hasPool(name));
  for (const name of missing) store.context.err(`cannot open '${name}': no such pool\n`);
  return { pools: operands.filter((name) => store.hasPool(name)), failed: missing.length > 0 };
}

function list(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'gHLo:pPT:v');
  const fields = (options.last('o') ?? LIST_FIELDS).split(',').map((field) => ALIASES[field] ?? field);
  for (const field of fields) if (!known(field)) throw new UsageError(`bad property list: invalid property '${field}'`);
  const { pools, failed } = openAll(store, options.operands);
  const { context } = store;
  if (pools.length === 0 && !failed && !options.has('H')) {
    context.out('no pools available\n');
    return 0;
  }
  const rows = pools.map((pool) => fields.map((field) => valueOf(store, pool, field, options.has('p'))?.text ?? '-'));
  if (options.has('H')) {
    for (const row of rows) context.out(`${row.join('\t')}\n`);
    return failed ? 1 : 0;
  }
  if (rows.length > 0) printRows(store, fields, rows);
  return failed ? 1 : 0;
}

function known(name: string): boolean {
  return (
    COLUMNS[name] !== undefined || DEFAULTS[name] !== undefined || ORDER.includes(name) || name.startsWith('feature@')
  );
}

function printRows(store: Store, fields: readonly string[], rows: readonly (readonly string[])[]): void {
  const columns = fields.map((field, i) => {
    const column = COLUMNS[field] ?? { heading: field.toUpperCase(), width: field.length, right: false };
    return { ...column, width: Math.max(column.width, ...rows.map((row) => row[i]?.length ?? 0)) };
  });
  for (const row of [columns.map((column) => column.heading), ...rows]) {
    const cells = row.map((cell, i) => {
      const column = columns[i];
      if (column?.right === true) return cell.padStart(column.width);
      return i === row.length - 1 ? cell : cell.padEnd(column?.width ?? 0);
    });
    store.context.out(`${cells.join('  ')}\n`);
  }
}

function get(store: Store, args: readonly string[]): number {
  const options = getopt(args, 'Hpo:');
  const [properties, ...operands] = options.operands;
  if (properties === undefined) throw new UsageError('missing property argument');
  const features = [...FEATURES_ENABLED, ...FEATURES_ACTIVE].map((name) => `feature@${name}`);
  const names =
    properties === 'all' ? [...ORDER, ...features] : properties.split(',').map((name) => ALIASES[name] ?? name);
  for (const name of names) if (!known(name)) throw new UsageError(`bad property list: invalid property '${name}'`);
  const fields = (options.last('o') ?? 'name,property,value,source').split(',');
  const { pools, failed } = openAll(store, operands);
  const rows = pools.flatMap((pool) =>
    names.map((name) => {
      const value = valueOf(store, pool, name, options.has('p')) ?? { text: '-', source: '-' };
      const cells: Readonly<Record<string, string>> = {
        name: pool,
        property: name,
        value: value.text,
        source: value.source,
      };
      return fields.map((field) => cells[field] ?? '-');
    }),
  );
  const { context } = store;
  if (options.has('H')) for (const row of rows) context.out(`${row.join('\t')}\n`);
  else if (rows.length > 0) {
    const all = [fields.map((field) => field.toUpperCase()), ...rows];
    const widths = fields.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
    for (const row of all) {
      const cells = row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)));
      context.out(`${cells.join('  ')}\n`);
    }
  }
  return failed ? 1 : 0;
}

function status(store: Store, args: readonly string[]): number {
  const { operands } = getopt(args, 'c:igLpPstvxDT:');
  const { pools, failed } = openAll(store, operands);
  const texts = pools.map((pool) => {
    const name = pool.padEnd(10);
    return `  pool: ${pool}\n state: ONLINE\nconfig:\n\n\tNAME        STATE     READ WRITE CKSUM\n\t${name}  ONLINE       0     0     0\n\nerrors: No known data errors\n`;
  });
  store.context.out(texts.join('\n'));
  return failed ? 1 : 0;
}
