/** What the operator has settled for one peer, in the words of its record: JSON that people may write, too. */
import { ConfigError } from '@zfsync/zfs';
import { checkAppendOnly } from './append-only.ts';
import { CONFLICT_POLICIES, type ConflictPolicy, type SessionPolicy } from './policy.ts';
import { checkPropertyPolicy, type PropertyPolicy, type PropertyWords } from './receive-properties.ts';
import {
  KEEP_DEFAULTS,
  type KeepSettings,
  MIRROR_DATASETS,
  type MirrorPolicy,
  NO_MIRROR,
  retentionOf,
} from './tidy-policy.ts';

/** What is absent is as the receiver's own command line says. */
export interface PeerPolicy {
  readonly onConflict?: ConflictPolicy;
  /** Keep the newest received snapshot of each dataset held. */
  readonly hold?: boolean;
  /** The receiver destroys nothing and rolls back nothing for this peer. */
  readonly appendOnly?: boolean;
  readonly properties?: PropertyPolicy;
  /** `false`: everything is kept, whatever the receiver's own command line says. */
  readonly keep?: KeepSettings | false;
  readonly mirror?: MirrorPolicy;
}

const WORDS: PropertyWords = { pass: 'properties.pass', set: 'properties.set', exclude: 'properties.exclude' };

/**
 * A peer's policy as its record has it.
 *
 * @throws {ConfigError} saying which field is wrong and what it takes; a field that is not known is an error, too.
 */
export function parsePeerPolicy(json: unknown): PeerPolicy {
  const { onConflict, hold, appendOnly, properties, keep, mirror, ...others } = fieldsOf('the policy', json);
  refuseOthers('the policy', others);
  const policy = {
    ...(onConflict !== undefined && { onConflict: choice(onConflict) }),
    ...(hold !== undefined && { hold: bool('hold', hold) }),
    ...(appendOnly !== undefined && { appendOnly: bool('appendOnly', appendOnly) }),
    ...(properties !== undefined && { properties: parseProperties(properties) }),
    ...(keep !== undefined && { keep: parseKeep(keep) }),
    ...(mirror !== undefined && { mirror: parseMirrorFields(mirror) }),
  };
  checkAppendOnly(policy, { onConflict: 'onConflict', appendOnly: 'appendOnly', keep: 'keep', mirror: 'mirror' });
  return policy;
}

/** What goes for a peer's sessions: its own policy, and the receiver's where it has none. */
export function effectivePolicy(defaults: SessionPolicy, peer: PeerPolicy): SessionPolicy {
  return {
    onConflict: peer.onConflict ?? defaults.onConflict,
    hold: peer.hold ?? defaults.hold,
    appendOnly: peer.appendOnly ?? defaults.appendOnly,
    properties: peer.properties ?? defaults.properties,
    keep: (peer.keep ?? defaults.keep) || undefined,
    mirror: peer.mirror ?? defaults.mirror,
  };
}

function parseKeep(json: unknown): KeepSettings | false {
  if (json === false) return false;
  const { list = '', classes = {}, names = [], template = KEEP_DEFAULTS.template, ...others } = fieldsOf('keep', json);
  refuseOthers('keep', others);
  if (typeof list !== 'string') throw new ConfigError(`keep.list takes a string, not ${shown(list)}`);
  if (typeof template !== 'string') throw new ConfigError(`keep.template takes a string, not ${shown(template)}`);
  const counts = Object.entries(fieldsOf('keep.classes', classes)).map(([kind, count]) => {
    if (typeof count !== 'number') throw new ConfigError(`keep.classes.${kind} takes a number, not ${shown(count)}`);
    return [kind, count] as const;
  });
  const settings = { list, classes: Object.fromEntries(counts), names: strings('keep.names', names), template };
  retentionOf(settings);
  return settings;
}

function parseMirrorFields(json: unknown): MirrorPolicy {
  const { snapshots, datasets, after, ...others } = { ...NO_MIRROR, ...fieldsOf('mirror', json) } as Record<
    string,
    unknown
  >;
  refuseOthers('mirror', others);
  const found = MIRROR_DATASETS.find((one) => one === datasets);
  if (found === undefined) {
    throw new ConfigError(`mirror.datasets takes one of ${MIRROR_DATASETS.join(', ')}, not ${shown(datasets)}`);
  }
  if (typeof after !== 'number' || !Number.isSafeInteger(after) || after < 0) {
    throw new ConfigError(`mirror.after takes seconds, not ${shown(after)}`);
  }
  return { snapshots: bool('mirror.snapshots', snapshots), datasets: found, after };
}

function parseProperties(json: unknown): PropertyPolicy {
  const { pass = [], set = {}, exclude = [], ...others } = fieldsOf('properties', json);
  refuseOthers('properties', others);
  const values = Object.entries(fieldsOf('properties.set', set)).map(([name, value]) => {
    if (typeof value !== 'string') throw new ConfigError(`properties.set.${name} takes a string, not ${shown(value)}`);
    return [name, value] as const;
  });
  const policy = {
    pass: strings('properties.pass', pass),
    set: Object.fromEntries(values),
    exclude: strings('properties.exclude', exclude),
  };
  return checkPropertyPolicy(policy, WORDS);
}

function fieldsOf(name: string, json: unknown): Record<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  throw new ConfigError(`${name} takes an object, not ${shown(json)}`);
}

function refuseOthers(name: string, others: Record<string, unknown>): void {
  const [other] = Object.keys(others);
  if (other !== undefined) throw new ConfigError(`${name} has no field ${shown(other)}`);
}

function choice(json: unknown): ConflictPolicy {
  const found = CONFLICT_POLICIES.find((policy) => policy === json);
  if (found === undefined) {
    throw new ConfigError(`onConflict takes one of ${CONFLICT_POLICIES.join(', ')}, not ${shown(json)}`);
  }
  return found;
}

function bool(name: string, json: unknown): boolean {
  if (typeof json !== 'boolean') throw new ConfigError(`${name} takes true or false, not ${shown(json)}`);
  return json;
}

function strings(name: string, json: unknown): string[] {
  if (Array.isArray(json) && json.every((one) => typeof one === 'string')) return json;
  throw new ConfigError(`${name} takes a list of strings, not ${shown(json)}`);
}

function shown(json: unknown): string {
  return JSON.stringify(json ?? null).slice(0, 60);
}
