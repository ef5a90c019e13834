/** The flags that settle what is done on the target: of the receiver for all, of `pair` and `allow` for one peer. */
import { KEEP_ONCE, keepClasses, type KeepClassFlags, onlyOnce, parseChoice } from '@zfsync/program';
import { checkKeeps, CLASSES } from '@zfsync/retention';
import { ConfigError } from '@zfsync/zfs';
import type { Command } from 'commander';
import { checkAppendOnly } from './append-only.ts';
import type { PeerPolicy } from './peer-policy.ts';
import { CONFLICT_POLICIES, type SessionPolicy } from './policy.ts';
import { NO_PROPERTIES, type PropertyFlags, propertyPolicyOf } from './receive-properties.ts';
import { KEEP_DEFAULTS, type KeepSettings, NO_MIRROR, parseMirror, retentionOf } from './tidy-policy.ts';

interface KeepFlags extends KeepClassFlags {
  /** `false` by `--no-keep`. */
  readonly keep?: string | false;
  readonly keepNames?: readonly string[];
  readonly snapshotName?: string;
}

export interface PolicyFlags extends PropertyFlags, KeepFlags {
  readonly onConflict?: string;
  readonly hold?: boolean;
  readonly appendOnly?: boolean;
  readonly mirror?: string;
}

const collect = (value: string, all: readonly string[] = []) => [...all, value];

/** What the receiver does with all, or of one sender. */
export function policyOptions(command: Command): Command {
  onlyOnce(command, KEEP_ONCE);
  command
    .option('--on-conflict <policy>', `what to do about a conflict: ${CONFLICT_POLICIES.join(', ')}; default: fail`)
    .option('--hold', 'keep the newest received snapshot of each dataset held')
    .option('--append-only', 'destroy nothing, not even a partial receive, and roll nothing back')
    .option('--pass-properties <list>', 'take these properties over from the sender: names, "module:", "user:", "all"')
    .option('--set-property <name=value>', 'set this on all that is received; may be repeated', collect)
    .option('--exclude-property <name>', 'do not take this one over; may be repeated', collect)
    .option('--keep <list>', 'prune received snapshots but these after each run: 24h,7d,4w,12m; default: keep all');
  for (const kind of CLASSES.toReversed()) {
    command.option(`--keep-${kind} <count>`, `of the snapshots of the class ${kind}, keep so many newest`);
  }
  return command
    .option('--keep-names <glob>', 'snapshots of these names are subject to it, too; may be repeated', collect)
    .option('--snapshot-name <template>', `how senders call their snapshots; default: ${KEEP_DEFAULTS.template}`)
    .option(
      '--mirror <what>',
      'of what vanished at the source: none, snapshots, datasets=aside, datasets=destroy; with commas; default: none',
    );
}

/** The same for `pair` and `allow`, with what stands against the receiver's own flags. */
export function peerPolicyOptions(command: Command): Command {
  return policyOptions(command)
    .option('--no-hold', 'of this sender, against the receiver’s --hold')
    .option('--no-append-only', 'of this sender, against the receiver’s --append-only')
    .option('--no-keep', 'of this sender, against the receiver’s --keep');
}

/** @throws {ConfigError} naming the flag and what it takes. */
export function policyOf(flags: PolicyFlags): SessionPolicy {
  const policy = peerPolicy(flags);
  const { onConflict = 'fail', hold = false, appendOnly = false, properties = NO_PROPERTIES } = policy;
  const { keep = false, mirror = NO_MIRROR } = policy;
  return { onConflict, hold, appendOnly, properties, keep: keep || undefined, mirror };
}

/** What the flags say, and nothing else. @throws {ConfigError} naming the flag and what it takes. */
export function peerPolicy(flags: PolicyFlags): PeerPolicy {
  const { onConflict, hold, appendOnly, mirror } = flags;
  const properties = propertyPolicyOf(flags);
  const keep = keepOf(flags);
  const policy = {
    ...(onConflict !== undefined && { onConflict: parseChoice('--on-conflict', onConflict, CONFLICT_POLICIES) }),
    ...(hold !== undefined && { hold }),
    ...(appendOnly !== undefined && { appendOnly }),
    ...(properties !== undefined && { properties }),
    ...(keep !== undefined && { keep }),
    ...(mirror !== undefined && { mirror: parseMirror('--mirror', mirror) }),
  };
  const words = { appendOnly: '--append-only', onConflict: '--on-conflict', keep: '--keep', mirror: '--mirror' };
  checkAppendOnly(policy, words);
  return policy;
}

const KEEP_WORDS = {
  list: '--keep',
  classes: '--keep-',
  names: '--keep-names',
  template: '--snapshot-name',
};

function keepOf(flags: KeepFlags): KeepSettings | false | undefined {
  const { keep, keepNames, snapshotName } = flags;
  const classes = keepClasses(flags);
  const rules = (keep !== undefined && keep !== false) || classes.size > 0;
  const others = keepNames !== undefined || snapshotName !== undefined;
  if (keep === false && (rules || others)) throw new ConfigError('--no-keep keeps all: it goes with no other --keep');
  if (keep === false) return false;
  if (!rules && others) {
    throw new ConfigError('--keep-names and --snapshot-name are of --keep or --keep-CLASS, which is not given');
  }
  if (!rules) return undefined;
  const settings = {
    list: keep ?? '',
    classes: Object.fromEntries(classes),
    names: keepNames ?? [],
    template: snapshotName ?? KEEP_DEFAULTS.template,
  };
  checkKeeps(retentionOf(settings, KEEP_WORDS).policy);
  return settings;
}
