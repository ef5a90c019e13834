/**
 * `--config FILE`: YAML with the names of the long flags. The schema is made from the flags themselves, so that the two
 * cannot differ.
 */
import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from '@zfsync/zfs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { type JsonSchema, propertiesOf, unknownSetting } from './unknown-setting.ts';

export type { JsonSchema } from './unknown-setting.ts';

/** What of an `Option` of commander is asked for here. */
export interface FlagOption {
  /** As declared, such as `-p, --port <port>`. */
  readonly flags: string;
  readonly long?: string | undefined;
  readonly description: string;
  readonly negate: boolean;
  /** It takes a value. */
  readonly required: boolean;
  readonly defaultValue?: unknown;
  /** Here: it collects, so that it may be repeated. */
  readonly parseArg?: unknown;
  attributeName(): string;
}

/** A flag as a setting of the file. */
export interface Setting {
  /** The long flag without `--`. */
  readonly name: string;
  /** What commander calls it. */
  readonly attribute: string;
  /** `negated`: a flag that there is only as `--no-…`. */
  readonly kind: 'boolean' | 'negated' | 'integer' | 'seconds' | 'time' | 'periods' | 'string' | 'list';
  readonly description: string;
  readonly default: unknown;
}

/** Values of such flags are whole numbers. */
const NUMBERS = /<(?:port|count|levels|number)>/;
/** Those of such are whole numbers, or times with their unit. */
const SECONDS = /<seconds>/;
const TIMES = /<(?:time|age)>/;
const PERIODS = /^--keep </;

/** @param without attributes of flags that are about one call, not about a job */
export function settingsOf(options: readonly FlagOption[], without: ReadonlySet<string>): readonly Setting[] {
  const positive = new Set(options.filter(({ negate }) => !negate).map((option) => option.attributeName()));
  return options.flatMap((option) => {
    const attribute = option.attributeName();
    const { long, negate, description } = option;
    if (long === undefined || without.has(attribute) || (negate && positive.has(attribute))) return [];
    const value = negate ? undefined : option.defaultValue;
    return [{ name: long.slice(2), attribute, kind: kindOf(option), description, default: value }];
  });
}

function kindOf({ negate, required, parseArg, flags }: FlagOption): Setting['kind'] {
  if (negate) return 'negated';
  if (!required) return 'boolean';
  if (parseArg !== undefined) return 'list';
  if (NUMBERS.test(flags)) return 'integer';
  if (SECONDS.test(flags)) return 'seconds';
  if (TIMES.test(flags)) return 'time';
  return PERIODS.test(flags) ? 'periods' : 'string';
}

/** The part `properties` of a schema. */
export function schemaOfSettings(settings: readonly Setting[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(settings.map((setting) => [setting.name, schemaOf(setting)]));
}

/** The part of a schema that is about one setting. */
export function schemaOf({ kind, description, default: value }: Setting): JsonSchema {
  switch (kind) {
    case 'boolean':
    case 'negated':
      return { description, type: 'boolean' };
    case 'integer':
      return { description, type: 'integer', minimum: 0, ...(value !== undefined && { default: Number(value) }) };
    case 'seconds':
      return {
        description,
        type: ['integer', 'string'],
        minimum: 0,
        examples: ['90', '5m', '1h'],
        ...(value !== undefined && { default: Number(value) }),
      };
    case 'time':
      return { description, type: 'string', examples: ['30s', '15m', '1h', '30d'] };
    case 'periods':
      return { description, type: 'string', examples: ['24h,7d,4w'] };
    case 'string':
      return { description, type: 'string', ...(value !== undefined && { default: value }) };
    case 'list':
      return { description, anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };
  }
}

/** Settings as commander would have them of the flags. @param values valid by the schema */
export function attributesOf(
  settings: readonly Setting[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    settings.flatMap(({ name, attribute, kind }) => {
      const value = values[name];
      if (value === undefined) return [];
      if (kind === 'negated') return [[attribute, value === false]];
      if (kind === 'boolean') return [[attribute, value]];
      if (kind === 'list') return [[attribute, Array.isArray(value) ? value : [value]]];
      return [[attribute, typeof value === 'number' ? String(value) : value]];
    }),
  );
}

/** What of a command line there is beside a file. */
export interface FlagSource<Flags> {
  readonly options: readonly FlagOption[];
  /** With the defaults. */
  readonly values: Flags;
  /** Attributes that the command line itself has given: these win. */
  readonly given: ReadonlySet<string>;
}

/** The flags with what a file says, the later the stronger, and over all of it what the command line has given. */
export function withFile<Flags extends object>(
  settings: readonly Setting[],
  { values, given }: FlagSource<Flags>,
  ...layers: readonly Readonly<Record<string, unknown>>[]
): Flags {
  const ofCall = Object.entries(values).filter(([attribute]) => given.has(attribute));
  return Object.assign(
    {},
    values,
    ...layers.map((layer) => attributesOf(settings, layer)),
    Object.fromEntries(ofCall),
  ) as Flags;
}

/** The dialect of the schemas. */
export const SCHEMA_DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** Steps from the top of the file: keys and indexes. */
export type Place = readonly (string | number)[];

interface Problem {
  /** From 1; undefined where it is the whole file's. */
  readonly at: { readonly line: number; readonly col: number } | undefined;
  readonly message: string;
}

const FILE_MAX = 1024 * 1024;
/** What anchors may come to; more is an attack on the memory. */
const ALIASES_MAX = 100;
/** As many are told. */
const PROBLEMS_MAX = 20;

/** A file that is being read; it keeps all that is wrong with it. */
export class ConfigFile {
  readonly #path: string;
  readonly #lines = new LineCounter();
  readonly #document: Document | undefined;
  readonly #problems: Problem[] = [];
  readonly value: unknown;

  /** @throws {ConfigError} when it cannot be read, or when others may write to it: it names commands. */
  constructor(path: string) {
    this.#path = path;
    const text = readText(path);
    try {
      const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, stringKeys: true });
      this.#document = document;
      for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
        const what = code === 'DUPLICATE_KEY' ? 'this is here a second time' : message;
        this.#problems.push({ at: this.#lines.linePos(pos[0]), message: what });
      }
      if (this.#problems.length === 0) this.value = document.toJS({ maxAliasCount: ALIASES_MAX });
    } catch (error) {
      // Too many aliases, too deep a nesting.
      this.#problems.push({ at: undefined, message: error instanceof Error ? error.message : String(error) });
    }
  }

  get isFine(): boolean {
    return this.#problems.length === 0;
  }

  /** @returns whether the file is valid by the schema. */
  validate(schema: JsonSchema): boolean {
    if (!this.isFine) return false;
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(schema);
    if (validate(this.value)) return true;
    const errors = validate.errors ?? [];
    // What of several choices does not fit is said once, by the one that lists them.
    const choices = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ schemaPath }) => schemaPath);
    for (const error of errors) {
      if (choices.some((choice) => error.schemaPath.startsWith(`${choice}/`))) continue;
      this.#complain(error, schema);
    }
    return false;
  }

  /** @param key the last of the steps is about its key, not about its value */
  problem(place: Place, message: string, key = false): void {
    const name = place.reduce<string>(
      (path, step) => (typeof step === 'number' ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`),
      '',
    );
    this.#problems.push({ at: this.#positionOf(place, key), message: name === '' ? message : `${name}: ${message}` });
  }

  /** What is wrong by `parse` is a problem of the place. @returns what `parse` does */
  tried<T>(place: Place, parse: () => T): T | undefined {
    return this.triedAll([], () => place, parse);
  }

  /**
   * Has all problems of the settings said: what one of them does not take is a problem of its place, and the others are
   * tried without it.
   *
   * @param placeOf a setting, or all of them
   * @returns what `parse` does with all of them, undefined when there is a problem
   */
  triedAll<T>(
    settings: readonly Setting[],
    placeOf: (setting?: Setting) => Place,
    parse: (settings: readonly Setting[]) => T,
  ): T | undefined {
    const wrong = new Set<Setting>();
    for (;;) {
      try {
        const value = parse(settings.filter((setting) => !wrong.has(setting)));
        return wrong.size === 0 ? value : undefined;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const named = settings.filter((setting) => at(error.message, setting) >= 0);
        const [first] = named.sort((one, other) => at(error.message, one) - at(error.message, other));
        // What goes with one that is wrong is not wrong itself.
        if (!named.some((setting) => wrong.has(setting))) this.problem(placeOf(first), error.message);
        const next = named.find((setting) => !wrong.has(setting));
        if (next === undefined) return undefined;
        wrong.add(next);
      }
    }
  }

  /** @throws {ConfigError} naming all that is wrong, a line each, with its place. */
  check(): void {
    if (this.isFine) return;
    const line = ({ at }: Problem) => (at === undefined ? 0 : at.line * 10_000 + at.col);
    const lines = [...this.#problems]
      .sort((one, other) => line(one) - line(other))
      .map(({ at, message }) => `${this.#path}${at === undefined ? '' : `:${at.line}:${at.col}`}: ${message}`);
    const told = [...new Set(lines)];
    const more = told.length > PROBLEMS_MAX ? [`${this.#path}: and ${told.length - PROBLEMS_MAX} more`] : [];
    throw new ConfigError([...told.slice(0, PROBLEMS_MAX), ...more].join('\n'));
  }

  #complain(error: ErrorObject, schema: JsonSchema): void {
    const { instancePath, keyword, params, message = '', data } = error;
    const place = instancePath.split('/').slice(1).map(unescaped);
    const given = params as Readonly<Record<string, unknown>>;
    if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
      const unknown = given['additionalProperty'] ?? given['unevaluatedProperty'];
      const known = propertiesOf(error.parentSchema);
      this.problem([...place, String(unknown)], unknownSetting(String(unknown), known, schema), true);
    } else if (keyword === 'required') {
      this.problem(place, `${String(given['missingProperty'])} is missing`);
    } else if (keyword === 'anyOf') {
      this.problem(place, 'must be a string or a list of strings');
    } else {
      const hint = given['type'] === 'string' ? quotesOrUnit(data, error.parentSchema) : '';
      this.problem(place, `${TYPES[String(given['type'])] ?? message}${hint}`);
    }
  }

  #positionOf(place: Place, key: boolean): Problem['at'] {
    const found = this.#document === undefined ? undefined : offsetOf(this.#document, place, key);
    return found === undefined ? undefined : this.#lines.linePos(found);
  }
}

const TYPES: Readonly<Partial<Record<string, string>>> = {
  integer: 'must be a whole number',
  'integer,string': 'must be a number of seconds, or a time such as 5m or 1h',
  string: 'must be a string',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must have settings below it',
};

function at(message: string, { name }: Setting): number {
  return message.search(new RegExp(`--${name}(?![\\w-])`));
}

function quotesOrUnit(data: unknown, schema: JsonSchema | undefined): string {
  if (typeof data === 'object') return '';
  const [example] = (schema?.['examples'] ?? []) as readonly string[];
  const unit = /^\d+([a-z]+)/.exec(example ?? '')?.[1];
  if (typeof data === 'number' && unit !== undefined) return ` with a unit, such as ${data}${unit}`;
  return ': put it in quotes';
}

function unescaped(step: string): string | number {
  if (/^\d+$/.test(step)) return Number(step);
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Of the place itself, or of the nearest above it that is there. */
function offsetOf(document: Document, place: Place, key: boolean): number | undefined {
  for (let depth = place.length; depth >= 0; depth -= 1) {
    const steps = place.slice(0, depth);
    if (key && depth === place.length) {
      const above: unknown = depth === 1 ? document.contents : document.getIn(steps.slice(0, -1), true);
      const pair = isMap(above)
        ? above.items.find(({ key: name }) => isScalar(name) && name.value === steps.at(-1))
        : undefined;
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node: unknown = depth === 0 ? document.contents : document.getIn(steps, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

function readText(path: string): string {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > FILE_MAX) throw new Error(`it is larger than ${FILE_MAX / 1024} KiB`);
    if ((stats.mode & 0o002) !== 0) {
      throw new Error('everybody may write to it, and what it says is run: chmod o-w');
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`the config file ${path} cannot be read: ${why}`);
  }
}
