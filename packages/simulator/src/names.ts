/** Rules of names, with the words that zfs(8) has for each violation (`zfs_namecheck.c`, `zfs_validate_name`). */

const NAME_BYTES_MAX = 255;
const DEPTH_MAX = 50;
const VALID = /^[A-Za-z0-9\-_.: %]$/;

export interface NameRule {
  readonly snapshot?: boolean;
  readonly bookmark?: boolean;
  /** The name is to be made, not only looked up: `%` is then forbidden. */
  readonly modifying?: boolean;
}

/** What is wrong with the name, in the words of zfs(8); undefined when it is good. */
export function nameProblem(name: string, rule: NameRule): string | undefined {
  const only = rule.snapshot === true && rule.bookmark !== true && rule.modifying === true;
  if (rule.snapshot !== true && name.includes('@')) return "snapshot delimiter '@' is not expected here";
  if (only && !name.includes('@')) return "missing '@' delimiter in snapshot name";
  if (rule.bookmark !== true && name.includes('#')) return "bookmark delimiter '#' is not expected here";
  if (rule.modifying === true && name.includes('%')) return 'invalid character % in name';
  return entityProblem(name);
}

function entityProblem(name: string): string | undefined {
  const empty = "empty component or misplaced '@' or '#' delimiter in name";
  if (Buffer.byteLength(name) > NAME_BYTES_MAX) return 'name is too long';
  if (name.startsWith('/')) return 'leading slash in name';
  if (name === '') return empty;
  const parts = name.split(/([/@#])/);
  let delimiters = 0;
  for (let i = 0; i < parts.length; i += 2) {
    const part = parts[i] ?? '';
    const end = parts[i + 1];
    if (end === undefined && parts[i - 1] === '/' && part === '') return 'trailing slash in name';
    const bad = Array.from(part).find((c) => !VALID.test(c));
    if (bad !== undefined) return `invalid character '${bad}' in name`;
    if (end === undefined || end === '/') {
      if (part === '.') return "self reference, '.' is found in name";
      if (part === '..') return "parent reference, '..' is found in name";
    }
    if (end === '@' || end === '#') {
      if (delimiters > 0) return "multiple '@' and/or '#' delimiters in name";
      delimiters += 1;
    }
    if (part === '') return empty;
    if (end === '/' && delimiters > 0) return 'trailing slash in name';
  }
  return undefined;
}

/** ZFS counts the `/`: 50 of them are one too many. */
export function isTooDeep(name: string): boolean {
  return name.split('/').length - 1 >= DEPTH_MAX;
}

export function poolNameProblem(name: string): string | undefined {
  const bad = Array.from(name).find((c) => !VALID.test(c) || c === '%');
  if (bad !== undefined) return `invalid character '${bad}' in pool name`;
  if (!/^[A-Za-z]/.test(name)) return 'name must begin with a letter';
  if (/^(mirror|raidz|draid|spare)/.test(name) || name === 'log') return 'name is reserved';
  return undefined;
}

export function parentOf(name: string): string | undefined {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? undefined : name.slice(0, slash);
}

export function poolOf(name: string): string {
  return name.split(/[/@#]/, 1)[0] ?? name;
}

/** `a/b@c` → dataset, delimiter and version; the delimiter is empty for a dataset. */
export function splitName(name: string): { dataset: string; delimiter: '' | '@' | '#'; version: string } {
  const at = name.search(/[@#]/);
  if (at < 0) return { dataset: name, delimiter: '', version: '' };
  return { dataset: name.slice(0, at), delimiter: name[at] === '@' ? '@' : '#', version: name.slice(at + 1) };
}

export function isBelow(name: string, root: string): boolean {
  return name === root || name.startsWith(`${root}/`);
}
