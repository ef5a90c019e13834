/** The native properties of OpenZFS 2.1, in the order of `zfs get all`. */

export type ObjectKind = 'filesystem' | 'volume' | 'snapshot' | 'bookmark';

/**
 * readonly: a fact. inherit: may be set, and is inherited. local: may be set, is not inherited. once: as inherit or
 * local, but may be set only at creation.
 */
export type PropertyClass = 'readonly' | 'inherit' | 'local' | 'once';

export type PropertyValues =
  | { readonly kind: 'index'; readonly words: readonly string[]; readonly text?: string }
  /** Bytes; `none` is 0 where allowed. */
  | { readonly kind: 'size'; readonly none: boolean }
  | { readonly kind: 'count' }
  | { readonly kind: 'text' };

export interface Property {
  readonly name: string;
  readonly group: PropertyClass;
  /** f, v, s, b: filesystem, volume, snapshot, bookmark. */
  readonly on: string;
  readonly initial: string;
  readonly values: PropertyValues;
  /** Shown only when there is a value. */
  readonly optional?: boolean;
  readonly heading?: string;
  readonly right?: boolean;
}

const ON_OFF = ['on', 'off'];
const COMPRESSION_TEXT =
  'on | off | lzjb | gzip | gzip-[1-9] | zle | lz4 | zstd | zstd-[1-19] | zstd-fast | zstd-fast-[1-10,20,30,40,50,60,70,80,90,100,500,1000]';

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const COMPRESSION = [
  ...['on', 'off', 'lzjb', 'gzip', 'zle', 'lz4', 'zstd', 'zstd-fast'],
  ...range(1, 9).map((level) => `gzip-${String(level)}`),
  ...range(1, 19).map((level) => `zstd-${String(level)}`),
  ...[...range(1, 10), 20, 30, 40, 50, 60, 70, 80, 90, 100, 500, 1000].map((level) => `zstd-fast-${String(level)}`),
];

const index = (words: readonly string[], text?: string): PropertyValues => ({
  kind: 'index',
  words,
  ...(text !== undefined && { text }),
});
const TEXT: PropertyValues = { kind: 'text' };
const COUNT: PropertyValues = { kind: 'count' };
const SIZE: PropertyValues = { kind: 'size', none: false };
const SIZE_OR_NONE: PropertyValues = { kind: 'size', none: true };

type Extra = Partial<Pick<Property, 'optional' | 'heading' | 'right'>>;
const fact = (name: string, on: string, extra: Extra = {}): Property => ({
  name,
  group: 'readonly',
  on,
  initial: '-',
  values: TEXT,
  ...extra,
});
const setting = (
  name: string,
  group: PropertyClass,
  on: string,
  initial: string,
  values: PropertyValues,
  extra: Extra = {},
): Property => ({ name, group, on, initial, values, ...extra });

const RIGHT: Extra = { right: true };

export const PROPERTIES: readonly Property[] = [
  fact('type', 'fvsb'),
  fact('creation', 'fvsb'),
  fact('used', 'fvs', RIGHT),
  fact('available', 'fv', { heading: 'AVAIL', right: true }),
  fact('referenced', 'fvsb', { heading: 'REFER', right: true }),
  fact('compressratio', 'fvs', { heading: 'RATIO', right: true }),
  fact('mounted', 'f'),
  fact('origin', 'fv', { optional: true }),
  setting('quota', 'local', 'f', '0', SIZE_OR_NONE, RIGHT),
  setting('reservation', 'local', 'fv', '0', SIZE_OR_NONE, { heading: 'RESERV', right: true }),
  setting('volsize', 'local', 'vs', '-', SIZE, RIGHT),
  setting('volblocksize', 'once', 'v', '8192', SIZE, { heading: 'VOLBLOCK', right: true }),
  setting('recordsize', 'inherit', 'f', '131072', SIZE, { heading: 'RECSIZE', right: true }),
  setting('mountpoint', 'inherit', 'f', '/', TEXT),
  setting('sharenfs', 'inherit', 'f', 'off', TEXT),
  setting(
    'checksum',
    'inherit',
    'fv',
    'on',
    index(['on', 'off', 'fletcher2', 'fletcher4', 'sha256', 'sha512', 'skein', 'edonr']),
  ),
  setting('compression', 'inherit', 'fv', 'off', index(COMPRESSION, COMPRESSION_TEXT), { heading: 'COMPRESS' }),
  setting('atime', 'inherit', 'f', 'on', index(ON_OFF)),
  setting('devices', 'inherit', 'fs', 'on', index(ON_OFF)),
  setting('exec', 'inherit', 'fs', 'on', index(ON_OFF)),
  setting('setuid', 'inherit', 'fs', 'on', index(ON_OFF)),
  setting('readonly', 'inherit', 'fv', 'off', index(ON_OFF), { heading: 'RDONLY' }),
  setting('zoned', 'inherit', 'f', 'off', index(ON_OFF)),
  setting('snapdir', 'inherit', 'f', 'hidden', index(['hidden', 'visible'])),
  setting('aclmode', 'inherit', 'f', 'discard', index(['discard', 'groupmask', 'passthrough', 'restricted'])),
  setting(
    'aclinherit',
    'inherit',
    'f',
    'restricted',
    index(['discard', 'noallow', 'restricted', 'passthrough', 'passthrough-x']),
  ),
  fact('createtxg', 'fvsb', RIGHT),
  setting('canmount', 'local', 'f', 'on', index(['on', 'off', 'noauto'])),
  setting('xattr', 'inherit', 'fs', 'on', index(['on', 'off', 'dir', 'sa'])),
  setting('copies', 'inherit', 'fv', '1', index(['1', '2', '3'])),
  setting('version', 'once', 'fs', '5', COUNT, RIGHT),
  setting('utf8only', 'once', 'fs', 'off', index(ON_OFF)),
  setting('normalization', 'once', 'fs', 'none', index(['none', 'formC', 'formD', 'formKC', 'formKD'])),
  setting('casesensitivity', 'once', 'fs', 'sensitive', index(['sensitive', 'insensitive', 'mixed']), {
    heading: 'CASE',
  }),
  setting('vscan', 'inherit', 'f', 'off', index(ON_OFF)),
  setting('nbmand', 'inherit', 'fs', 'off', index(ON_OFF)),
  setting('sharesmb', 'inherit', 'f', 'off', TEXT),
  setting('refquota', 'local', 'f', '0', SIZE_OR_NONE, RIGHT),
  setting('refreservation', 'local', 'fv', '0', SIZE_OR_NONE, { heading: 'REFRESERV', right: true }),
  fact('guid', 'fvsb', RIGHT),
  setting('primarycache', 'inherit', 'fvs', 'all', index(['all', 'none', 'metadata'])),
  setting('secondarycache', 'inherit', 'fvs', 'all', index(['all', 'none', 'metadata'])),
  fact('usedbysnapshots', 'fv', { heading: 'USEDSNAP', right: true }),
  fact('usedbydataset', 'fv', { heading: 'USEDDS', right: true }),
  fact('usedbychildren', 'fv', { heading: 'USEDCHILD', right: true }),
  fact('usedbyrefreservation', 'fv', { heading: 'USEDREFRESERV', right: true }),
  setting('logbias', 'inherit', 'fv', 'latency', index(['latency', 'throughput'])),
  fact('defer_destroy', 's'),
  fact('userrefs', 's', RIGHT),
  fact('objsetid', 'fvs', RIGHT),
  setting(
    'dedup',
    'inherit',
    'fv',
    'off',
    index(
      [
        'on',
        'off',
        'verify',
        'sha256',
        'sha256,verify',
        'sha512',
        'sha512,verify',
        'skein',
        'skein,verify',
        'edonr,verify',
      ],
      'on | off | verify | sha256[,verify] | sha512[,verify] | skein[,verify] | edonr,verify',
    ),
  ),
  setting('mlslabel', 'inherit', 'fvs', 'none', TEXT),
  setting('sync', 'inherit', 'fv', 'standard', index(['standard', 'always', 'disabled'])),
  setting('dnodesize', 'inherit', 'f', 'legacy', index(['legacy', 'auto', '1k', '2k', '4k', '8k', '16k']), {
    heading: 'DNSIZE',
  }),
  fact('refcompressratio', 'fvs', { heading: 'REFRATIO', right: true }),
  fact('written', 'fvs', RIGHT),
  fact('clones', 's', { optional: true }),
  fact('logicalused', 'fv', { heading: 'LUSED', right: true }),
  fact('logicalreferenced', 'fvsb', { heading: 'LREFER', right: true }),
  setting('volmode', 'inherit', 'fv', 'default', index(['default', 'full', 'geom', 'dev', 'none'])),
  setting('filesystem_limit', 'local', 'f', '18446744073709551615', COUNT, { heading: 'FSLIMIT', right: true }),
  setting('snapshot_limit', 'local', 'fv', '18446744073709551615', COUNT, { heading: 'SSLIMIT', right: true }),
  fact('filesystem_count', 'f', { heading: 'FSCOUNT', right: true }),
  fact('snapshot_count', 'fv', { heading: 'SSCOUNT', right: true }),
  setting('snapdev', 'inherit', 'fv', 'hidden', index(['hidden', 'visible'])),
  setting('acltype', 'inherit', 'fs', 'off', index(['off', 'nfsv4', 'posix'])),
  setting('context', 'local', 'fvs', 'none', TEXT),
  setting('fscontext', 'local', 'fvs', 'none', TEXT),
  setting('defcontext', 'local', 'fvs', 'none', TEXT),
  setting('rootcontext', 'local', 'fvs', 'none', TEXT),
  setting('relatime', 'inherit', 'f', 'off', index(ON_OFF)),
  setting('redundant_metadata', 'inherit', 'fv', 'all', index(['all', 'most', 'some', 'none']), {
    heading: 'REDUND_MD',
  }),
  setting('overlay', 'inherit', 'f', 'on', index(ON_OFF)),
  fact('receive_resume_token', 'fv', { optional: true }),
  setting(
    'encryption',
    'once',
    'fvs',
    'off',
    index(['on', 'off', 'aes-128-ccm', 'aes-192-ccm', 'aes-256-ccm', 'aes-128-gcm', 'aes-192-gcm', 'aes-256-gcm']),
  ),
  setting('keylocation', 'local', 'fv', 'none', TEXT),
  setting('keyformat', 'once', 'fv', 'none', index(['none', 'raw', 'hex', 'passphrase'])),
  setting('pbkdf2iters', 'once', 'fv', '0', COUNT, { right: true }),
  fact('encryptionroot', 'fvs', { optional: true, heading: 'ENCROOT' }),
  fact('keystatus', 'fvs', { optional: true }),
  setting('special_small_blocks', 'inherit', 'f', '0', SIZE, RIGHT),
  // 2.2 and later only.
  fact('snapshots_changed', 'fv', { optional: true }),
];

const BY_NAME = new Map(PROPERTIES.map((property) => [property.name, property]));

/** Other names of columns and properties. */
export const ALIASES: Readonly<Record<string, string>> = {
  avail: 'available',
  refer: 'referenced',
  ratio: 'compressratio',
  reserv: 'reservation',
  refreserv: 'refreservation',
  volblock: 'volblocksize',
  recsize: 'recordsize',
  compress: 'compression',
  rdonly: 'readonly',
  usedsnap: 'usedbysnapshots',
  usedds: 'usedbydataset',
  usedchild: 'usedbychildren',
  usedrefreserv: 'usedbyrefreservation',
  dnsize: 'dnodesize',
  refratio: 'refcompressratio',
  lused: 'logicalused',
  lrefer: 'logicalreferenced',
  case: 'casesensitivity',
  enc: 'encryption',
  encroot: 'encryptionroot',
};

export function findProperty(name: string): Property | undefined {
  return BY_NAME.get(ALIASES[name] ?? name);
}

/** `module:property`: lower-case letters, digits and `:+._-`, with a colon. */
export function isUserProperty(name: string): boolean {
  return name.includes(':') && /^[a-z0-9:_.\-+]+$/.test(name);
}

export function appliesTo(property: Property, kind: ObjectKind): boolean {
  return property.on.includes(kind.charAt(0));
}
