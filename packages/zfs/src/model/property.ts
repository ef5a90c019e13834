/** Names of properties, and what they apply to (zfsprops(7)). */

/** A native or a user property; `module:` alone, as a pattern, matches too. */
export const PROPERTY_NAME = /^(?=.{1,255}$)([a-z][a-z0-9_]*|[a-z0-9._-]*:[a-z0-9:._-]*)$/;

/** Begins the names of {@link USER_PROPERTY}: not sent, not taken from anybody. */
export const USER_PROPERTY_PREFIX = 'zfsync:';

/** The native properties that a volume can have set; all others `zfs receive -o` refuses for it (2.1.11). */
export const VOLUME_PROPERTIES: ReadonlySet<string> = new Set([
  ...['checksum', 'compression', 'context', 'copies', 'dedup', 'defcontext', 'fscontext', 'keylocation', 'logbias'],
  ...['mlslabel', 'prefetch', 'primarycache', 'readonly', 'redundant_metadata', 'refreservation', 'reservation'],
  ...['rootcontext', 'secondarycache', 'snapdev', 'snapshot_limit', 'sync', 'volmode', 'volthreading'],
]);
