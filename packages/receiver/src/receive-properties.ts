/**
 * The properties of what is received, as pure functions: what is set (`-o`), what is not to be obeyed (`-x`), and what of
 * the properties that the sender offers is passed on. A stream carries none: the sender never says `-p`. So `-x` is for
 * streams that are not what they seem, and what is passed is passed by `-o`, under the operator's policy.
 */
import type { OfferedProperty } from '@zfsync/protocol';
import { ConfigError, type DatasetType, PROPERTY_NAME, USER_PROPERTY_PREFIX, VOLUME_PROPERTIES } from '@zfsync/zfs';

/** What the operator of a target wants of the properties of what is received. */
export interface PropertyPolicy {
  /**
   * What is taken over from what the sender offers: names; `module:` for the user properties of that module; `user:` for
   * all harmless user properties; `all` for these and the harmless native ones.
   */
  readonly pass: readonly string[];
  /** Set on all that is received, whatever the sender offers. */
  readonly set: Readonly<Record<string, string>>;
  /** Not passed, though `pass` comprises it: names, or `module:`. */
  readonly exclude: readonly string[];
}

export const NO_PROPERTIES: PropertyPolicy = { pass: [], set: {}, exclude: [] };

/**
 * Native properties that change how data is kept and read, and nothing else: no mount, no share, no program that may
 * run, no limit that a later receive could run into, no redundancy lost. All others are passed only by their names.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  ...['aclinherit', 'aclmode', 'acltype', 'atime', 'compression', 'dnodesize', 'logbias', 'nbmand', 'prefetch'],
  ...['primarycache', 'recordsize', 'relatime', 'secondarycache', 'snapdir'],
  ...['vscan', 'xattr'],
]);

/** User properties that programs on the target's host would act on: take snapshots, make mount units, boot. */
const ACTED_ON = ['com.sun:auto-snapshot', 'com.sun:auto-snapshot:', 'org.openzfs.systemd:', 'org.zfsbootmenu:'];

/** `zfs receive` takes them neither from `-o` nor from anybody: they come with the stream, or with the dataset. */
const IN_THE_STREAM: ReadonlySet<string> = new Set([
  ...['casesensitivity', 'encryption', 'keyformat', 'normalization', 'origin', 'pbkdf2iters', 'utf8only', 'version'],
  ...['volblocksize', 'volsize'],
]);

/** Not obeyed if a stream brings them: they mount, share, show devices, let programs run, or take room from others. */
const NOT_OBEYED: readonly string[] = [
  ...['mountpoint', 'sharenfs', 'sharesmb', 'setuid', 'exec', 'devices', 'readonly', 'volmode', 'snapdev'],
  ...['quota', 'refquota', 'reservation', 'refreservation', 'dedup'],
];

/** The longest value that zfs sets (`ZFS_MAXPROPLEN` without its NUL). */
const VALUE_BYTES_MAX = 8191;

function isUserProperty(name: string): boolean {
  return name.includes(':');
}

/** `module:` stands for all user properties that begin so. */
function isCovered(name: string, by: readonly string[]): boolean {
  return by.some((one) => (one.endsWith(':') ? name.startsWith(one) : name === one));
}

/** @throws {ConfigError} when it is no name of a property, or of one that cannot be received. */
function checkName(flag: string, name: string): void {
  if (!PROPERTY_NAME.test(name)) throw new ConfigError(`${flag}: "${name}" is not the name of a property`);
  if (name.startsWith(USER_PROPERTY_PREFIX)) throw new ConfigError(`${flag}: ${name} is zfsync's own`);
  if (IN_THE_STREAM.has(name)) {
    throw new ConfigError(`${flag}: ${name} comes with the stream itself, and zfs receive takes no other value`);
  }
}

function checkValue(flag: string, name: string, value: string): void {
  if (isSettable(value)) return;
  throw new ConfigError(`${flag}: the value of ${name} has control characters or more than ${VALUE_BYTES_MAX} bytes`);
}

function isSettable(value: string): boolean {
  return !/\p{Cc}/u.test(value) && Buffer.byteLength(value) <= VALUE_BYTES_MAX;
}

/** The words by which the flags and the peer's record are told apart in messages. */
export interface PropertyWords {
  readonly pass: string;
  readonly set: string;
  readonly exclude: string;
}

export const PROPERTY_FLAGS: PropertyWords = {
  pass: '--pass-properties',
  set: '--set-property',
  exclude: '--exclude-property',
};

/** @throws {ConfigError} naming what is wrong with it. */
export function checkPropertyPolicy(policy: PropertyPolicy, words: PropertyWords): PropertyPolicy {
  const { pass, set, exclude } = policy;
  for (const name of pass) if (name !== 'all' && name !== 'user:') checkName(words.pass, name);
  for (const name of exclude) checkName(words.exclude, name);
  for (const [name, value] of Object.entries(set)) {
    if (name.endsWith(':')) throw new ConfigError(`${words.set}: "${name}" is not the name of a property`);
    checkName(words.set, name);
    checkValue(words.set, name, value);
    if (isCovered(name, exclude)) throw new ConfigError(`${name} is in ${words.set} and in ${words.exclude}`);
  }
  const both = pass.find((name) => exclude.includes(name));
  if (both !== undefined) throw new ConfigError(`${both} is in ${words.pass} and in ${words.exclude}`);
  return policy;
}

/** What the flags say; absent ones are undefined. */
export interface PropertyFlags {
  /** Names with commas between. */
  readonly passProperties?: string | undefined;
  /** `NAME=VALUE` each. */
  readonly setProperty?: readonly string[] | undefined;
  /** Names with commas between, or one each. */
  readonly excludeProperty?: readonly string[] | undefined;
}

/** @returns undefined when none of the flags was given. @throws {ConfigError} naming the flag. */
export function propertyPolicyOf(flags: PropertyFlags): PropertyPolicy | undefined {
  const { passProperties, setProperty = [], excludeProperty = [] } = flags;
  if (passProperties === undefined && setProperty.length === 0 && excludeProperty.length === 0) return undefined;
  const set = new Map<string, string>();
  for (const text of setProperty) {
    const equals = text.indexOf('=');
    if (equals <= 0) throw new ConfigError(`--set-property takes NAME=VALUE, not "${text}"`);
    const name = text.slice(0, equals);
    if (set.has(name)) throw new ConfigError(`--set-property: ${name} is set twice`);
    set.set(name, text.slice(equals + 1));
  }
  const policy = {
    pass: passProperties?.split(',') ?? [],
    set: Object.fromEntries(set),
    exclude: excludeProperty.flatMap((names) => names.split(',')),
  };
  return checkPropertyPolicy(policy, PROPERTY_FLAGS);
}

/** The names that a policy may pass, for whom permissions are asked for; `user:` for user properties. */
export function namesPassed({ pass, exclude }: PropertyPolicy): string[] {
  const names = pass.flatMap((name) => {
    if (name === 'all') return [...HARMLESS, 'user:'];
    return name.endsWith(':') ? ['user:'] : [name];
  });
  return [...new Set(names)].filter((name) => !isCovered(name, exclude));
}

/** Whether an offered property is one that the operator wants. */
function isPassed({ pass, exclude }: PropertyPolicy, name: string): boolean {
  if (IN_THE_STREAM.has(name) || name.startsWith(USER_PROPERTY_PREFIX) || isCovered(name, exclude)) return false;
  if (isCovered(name, pass)) return true;
  if (isUserProperty(name)) return (pass.includes('user:') || pass.includes('all')) && !isCovered(name, ACTED_ON);
  return pass.includes('all') && HARMLESS.has(name);
}

function appliesTo(type: DatasetType, name: string): boolean {
  return type === 'filesystem' || isUserProperty(name) || VOLUME_PROPERTIES.has(name);
}

/** What is received, as far as its properties go. */
export interface ReceivedDataset {
  readonly type: DatasetType;
  /** What the sender offers. */
  readonly offered: readonly OfferedProperty[];
  /** It is, or becomes, its own encryption root: it can have a `keylocation`. */
  readonly ownsKey: boolean;
  /** A new dataset, as against more snapshots for one that is there. */
  readonly full: boolean;
  /** The target root: what is below inherits from it. */
  readonly isRoot: boolean;
  /** What zfsync needs there, whatever the policy. */
  readonly needed: Readonly<Record<string, string>>;
}

export interface ReceiveProperties {
  /** `-o`. */
  readonly set: Readonly<Record<string, string>>;
  /** `-x`. */
  readonly exclude: readonly string[];
}

/**
 * How `zfs receive` is called. A new filesystem is not mounted by itself (`canmount=noauto`), a new volume has no device
 * (`volmode=none`: udev, blkid and LVM would look into what the sender has written), and the target root is read-only with
 * all below it; what the operator says goes before that. What the policy passes and sets is set with
 * incrementals too, so that the target follows; what zfsync sets of itself, the operator may change later.
 */
export function receiveProperties(policy: PropertyPolicy, dataset: ReceivedDataset): ReceiveProperties {
  const { type, offered, full, isRoot, needed } = dataset;
  const set = new Map<string, string>();
  if (full && type === 'filesystem') set.set('canmount', 'noauto');
  if (full && type === 'volume') set.set('volmode', 'none');
  if (full && isRoot) set.set('readonly', 'on');
  const isPossible = (name: string) => appliesTo(type, name) && (name !== 'keylocation' || (dataset.ownsKey && full));
  for (const { name, value } of offered) {
    if (isPassed(policy, name) && isPossible(name) && isSettable(value)) set.set(name, value);
  }
  for (const [name, value] of Object.entries(policy.set)) if (isPossible(name)) set.set(name, value);
  for (const [name, value] of Object.entries(needed)) set.set(name, value);
  const exclude = NOT_OBEYED.filter((name) => appliesTo(type, name) && !set.has(name));
  return { set: Object.fromEntries(set), exclude };
}

/** The names of what was offered and is not taken over anywhere, for the log. */
export function withheldProperties(
  policy: PropertyPolicy,
  datasets: Iterable<{ readonly properties: readonly OfferedProperty[] }>,
): string[] {
  const names = new Set<string>();
  for (const { properties } of datasets) {
    for (const { name } of properties) if (!isPassed(policy, name)) names.add(name);
  }
  return [...names].sort();
}
