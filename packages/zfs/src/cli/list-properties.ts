/** `zfs get` over a tree: what is set on the datasets themselves. */
import { type DatasetName, PROPERTY_NAME } from '../model/index.ts';
import { readLines } from './output.ts';
import type { Runner } from './run.ts';

export type PropertiesByDataset = ReadonlyMap<DatasetName, ReadonlyMap<string, string>>;

/** The first row of each dataset: every one has it, and `all` begins with it. */
const ANCHOR = 'type';

/**
 * Reads the rows `name<tab>property<tab>source<tab>value`. A user property's value may have newlines, so that whoever may
 * set one could write a row of another dataset or of a native property into it. Hence a row counts only behind its
 * dataset's first one, natives only before user properties, and what comes twice does not count at all.
 */
export class PropertyRows {
  readonly #datasets = new Map<DatasetName, Map<string, string>>();
  readonly #doubtful = new Set<DatasetName>();
  #current: DatasetName | undefined;
  #last: string | undefined;
  #seen = new Set<string>();
  #inUserProperties = false;

  push(line: string): void {
    const [name = '', property = '', source = ''] = line.split('\t', 3);
    const value = line.slice(name.length + property.length + source.length + 3);
    if (property === ANCHOR && source === '-' && (value === 'filesystem' || value === 'volume')) {
      this.#begin(name as DatasetName);
    } else if (name === this.#current && this.#isRow(property, source)) {
      this.#add(property, source, value);
    } else {
      this.#continue(line);
    }
  }

  get result(): PropertiesByDataset {
    for (const name of this.#doubtful) this.#datasets.delete(name);
    return this.#datasets;
  }

  #begin(name: DatasetName): void {
    if (this.#datasets.has(name)) this.#doubtful.add(name);
    this.#datasets.set(name, new Map());
    this.#current = name;
    this.#last = undefined;
    this.#seen = new Set();
    this.#inUserProperties = false;
  }

  #isRow(property: string, source: string): boolean {
    const known = source === '-' || source === 'local' || source === 'received';
    return known && PROPERTY_NAME.test(property) && (property.includes(':') || !this.#inUserProperties);
  }

  #add(property: string, source: string, value: string): void {
    const own = this.#current === undefined ? undefined : this.#datasets.get(this.#current);
    this.#inUserProperties ||= property.includes(':');
    this.#last = undefined;
    if (this.#seen.has(property)) {
      own?.delete(property);
      return;
    }
    this.#seen.add(property);
    if (source === '-') return;
    own?.set(property, value);
    this.#last = property;
  }

  #continue(line: string): void {
    const own = this.#current === undefined ? undefined : this.#datasets.get(this.#current);
    const value = this.#last === undefined ? undefined : own?.get(this.#last);
    if (this.#last !== undefined && value !== undefined) own?.set(this.#last, `${value}\n${line}`);
  }
}

/** One process, whatever the number of datasets. */
export async function listProperties(
  runner: Runner,
  root: DatasetName,
  names: readonly string[] | 'all',
  signal?: AbortSignal,
): Promise<PropertiesByDataset> {
  const natives = names === 'all' ? [] : names.filter((name) => !name.includes(':'));
  const ofUsers = names === 'all' ? [] : names.filter((name) => name.includes(':'));
  const wanted = names === 'all' ? 'all' : [...new Set([ANCHOR, ...natives, ...ofUsers])].join(',');
  const rows = new PropertyRows();
  const command = runner.start(
    [
      ...['get', '-Hp', '-r', '-t', 'filesystem,volume', '-s', 'local,received,none'],
      ...['-o', 'name,property,source,value', wanted, root],
    ],
    root,
  );
  for await (const line of readLines(command, signal)) rows.push(line);
  return rows.result;
}
