/** Patterns of names: paths of datasets, and snapshots. */
import { ConfigError } from '@zfsync/zfs';
import picomatch from 'picomatch';

export interface GlobMatcher {
  /** The first pattern that matches; undefined when none does. */
  (text: string): string | undefined;
  /** The patterns that match none of these. */
  readonly idle: (texts: readonly string[]) => readonly string[];
}

/** What a name can have, and what stands for it. All else could match nothing, or would surprise (`{a,b}`, `!a`, `\*`). */
const PATTERN = /^[A-Za-z0-9\-_.: /*?[\]!^]+$/;
/** Where paths are matched: the one that they begin at. Nothing else can be called so, and no other pattern matches it. */
const ROOT = '.';
const SETS = /\[([!^]?)([^[\]]+)\]/g;

/**
 * `*` within a component, `**` as a component of its own for any number of them (at the end: at least one), `?` for one
 * character, `[a-z]` and `[!a-z]` for one of these or none of them. Upper and lower case differ, and a leading dot is
 * nothing special.
 *
 * @param flag that the patterns were given by
 * @throws {ConfigError} for what is no pattern
 */
export function globMatcher(flag: string, patterns: readonly string[]): GlobMatcher {
  const compiled = patterns.map((pattern) => ({ pattern, matches: compile(flag, pattern) }));
  const idle = (texts: readonly string[]) =>
    compiled.filter(({ matches }) => !texts.some((text) => matches(text))).map(({ pattern }) => pattern);
  return Object.assign((text: string) => compiled.find(({ matches }) => matches(text))?.pattern, { idle });
}

function compile(flag: string, pattern: string): (text: string) => boolean {
  const flaw = flawOf(pattern);
  if (flaw !== undefined) throw new ConfigError(`${flag} "${pattern}": ${flaw}`);
  const options = { dot: true, nobrace: true, noextglob: true, nonegate: true, strictSlashes: true };
  // picomatch takes `[!a]` for one of "!" and "a".
  const matches = picomatch(pattern.replaceAll('[!', '[^'), options);
  return (text) => (text === ROOT || pattern === ROOT ? text === pattern : matches(text));
}

function flawOf(pattern: string): string | undefined {
  if (pattern === '') return 'an empty pattern matches nothing';
  if (!PATTERN.test(pattern)) {
    return 'a pattern is made of what a name can have, *, **, ? and [...]; for alternatives give the flag twice';
  }
  if (pattern.split('/').includes('')) return 'a pattern neither begins nor ends with a slash, and has no two in a row';
  const plain = pattern.replaceAll(SETS, 'x');
  if (/[[\]!^]/.test(plain)) return 'it has a bracket without the other one, or a set that cannot be';
  if (plain.split('/').some((component) => component.includes('**') && component !== '**')) {
    return '** stands alone between slashes; within a name * is enough';
  }
  if ([...pattern.matchAll(SETS)].some(([, , set = '']) => set.includes('/') || isReversed(set))) {
    return 'a set such as [a-z] goes upwards and has no slash';
  }
  return undefined;
}

function isReversed(set: string): boolean {
  return [...set.matchAll(/(.)-(.)/g)].some(([, from = '', to = '']) => from > to);
}
