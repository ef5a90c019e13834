/** The flags about what vanished or was renamed on the source. */
import { AGE_MAX_MS, parseDuration } from '@zfsync/program';
import { ConfigError } from '@zfsync/zfs';
import type { Command } from 'commander';

/** What is to become on the target of what is gone on the source. The receiver's policy has the last word. */
export interface MirrorWishes {
  /** Destroy snapshots that the source has no more. */
  readonly snapshots: boolean;
  /** Do away with datasets that vanished at least so many seconds ago; undefined = keep them. */
  readonly datasetsAfter: bigint | undefined;
}

/** What is to be done about a dataset that was renamed on the source: rename its target, say it, or send it anew. */
export type Renames = 'follow' | 'ask' | 'ignore';

export interface MirrorConfig {
  readonly mirror: MirrorWishes;
  readonly renames: Renames;
}

export interface MirrorFlags {
  readonly mirrorSnapshots?: boolean;
  readonly mirrorDatasets?: string;
  readonly followRenames?: boolean;
}

export function mirrorOptions(command: Command): Command {
  return command
    .option('--mirror-snapshots', 'destroy on the target what snapshots the source has no more, if it allows that')
    .option(
      '--mirror-datasets <after=time>',
      'do away with datasets that have vanished, so long after, if it allows that',
    )
    .option('--follow-renames', 'rename on the target what was renamed on the source')
    .option('--no-follow-renames', 'send anew what was renamed on the source; default: say it and send nothing');
}

const AFTER = 'after=';

/** @throws {ConfigError} naming the flag and what it takes. */
export function mirrorConfig({ mirrorSnapshots, mirrorDatasets, followRenames }: MirrorFlags): MirrorConfig {
  const renames = followRenames === undefined ? 'ask' : followRenames ? 'follow' : 'ignore';
  return { mirror: { snapshots: mirrorSnapshots ?? false, datasetsAfter: delay(mirrorDatasets) }, renames };
}

function delay(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  if (!text.startsWith(AFTER))
    throw new ConfigError(`--mirror-datasets takes after=TIME, such as after=30d; not "${text}"`);
  return BigInt(Math.round(parseDuration('--mirror-datasets', text.slice(AFTER.length), 0, AGE_MAX_MS) / 1000));
}
