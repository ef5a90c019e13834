/** Columns of `list` and `get`: names, headings, widths. */
import { UsageError } from '../getopt.ts';
import type { Property } from '../properties/table.ts';
import { findProperty, isUserProperty } from '../properties/table.ts';

export interface Column {
  /** The property, `name`, or a user property. */
  readonly name: string;
  readonly heading: string;
  readonly right: boolean;
  /** At least this wide. */
  readonly width: number;
  /** Its width does not follow the values. */
  readonly fixed: boolean;
}

const SPACE = [
  'name',
  'available',
  'used',
  'usedbysnapshots',
  'usedbydataset',
  'usedbyrefreservation',
  'usedbychildren',
];
const NUMBER_WIDTH = 5;
/** A slip of libzfs (`zprop_width` takes this property for a pool's `health`) that every `zfs list` shows. */
const REFERENCED_WIDTH = 8;

/** @throws {UsageError} for a property that is not there */
export function parseColumns(text: string, env: Env): Column[] {
  const names = text.split(',').flatMap((name) => (name === 'space' ? SPACE : [name]));
  return names.map((name) => columnOf(name, env));
}

type Env = Readonly<Record<string, string | undefined>>;

/** Of the OpenZFS that is simulated. */
export function isSince22(env: Env): boolean {
  const version = env['ZFSYNC_SIM_VERSION'];
  return version !== undefined && !/^([01]\.|2\.[01]\.)/.test(version);
}

/** @throws {UsageError} for a property that is not there */
export function columnOf(name: string, env: Env): Column {
  if (name === 'name') return { name, heading: 'NAME', right: false, width: 4, fixed: false };
  if (/^written[@#]./.test(name) || isUserProperty(name)) {
    return { name, heading: name.toUpperCase(), right: false, width: name.length, fixed: false };
  }
  const property = findProperty(name);
  if (!property || (name === 'snapshots_changed' && !isSince22(env)))
    throw new UsageError(`bad property list: invalid property '${name}'`);
  const heading = property.heading ?? property.name.toUpperCase();
  return { name: property.name, heading, right: property.right === true, ...widthOf(property, heading.length) };
}

function widthOf(property: Property, heading: number): { width: number; fixed: boolean } {
  const { name, values } = property;
  if (name === 'referenced') return { width: REFERENCED_WIDTH, fixed: true };
  if (name === 'type') return { width: 'filesystem'.length, fixed: true };
  if (values.kind === 'index') return { width: Math.max(heading, ...values.words.map((w) => w.length)), fixed: true };
  if (values.kind !== 'text' || property.right === true) return { width: Math.max(heading, NUMBER_WIDTH), fixed: true };
  return { width: heading, fixed: false };
}

export function pad(text: string, width: number, right: boolean, last: boolean): string {
  if (right) return text.padStart(width);
  return last ? text : text.padEnd(width);
}
