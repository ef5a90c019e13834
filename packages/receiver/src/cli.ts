import {
  parseDatasetArgument,
  parseEndpoint,
  parsePathArgument,
  parseTime,
  type Endpoint,
  stateConfig,
  type StateConfig,
  type StateFlags,
  stateOptions,
} from '@zfsync/program';
import { ConfigError, type DatasetName, parseRelativePath, type RelativePath } from '@zfsync/zfs';
import { Command } from 'commander';
import type { FlagSource } from './config.ts';
import { type ReceiverConfig, serveConfig, type ServeFlags, serveOptions, STATE } from './serve-options.ts';
import type { PeerPolicy } from './peer-policy.ts';
import { featuresOf, type ReceiverFeatures } from './permissions.ts';
import { peerPolicy, peerPolicyOptions, type PolicyFlags, policyOf, policyOptions } from './policy-options.ts';

/** What is to be settled for one peer. */
export interface PeerConfig {
  readonly name: string;
  /** Below TARGET; undefined = as it is, or `/NAME`. */
  readonly path: RelativePath | undefined;
  /** As far as it differs from what the receiver does with all. */
  readonly policy: PeerPolicy;
}

/** One command of the program. */
export type ReceiverTask =
  | ({ readonly kind: 'serve' } & ReceiverConfig)
  /** As a config file says, but for a target that is given beside it. */
  | {
      readonly kind: 'serve-file';
      readonly file: string;
      readonly target: string | undefined;
      readonly flags: FlagSource;
    }
  | { readonly kind: 'config-check'; readonly file: string; readonly flags: FlagSource }
  | { readonly kind: 'config-schema'; readonly flags: FlagSource }
  | ({
      readonly kind: 'pair';
      /** Where senders reach this host; undefined = its name and the port of the receiver that runs. */
      readonly endpoint: Endpoint | undefined;
      /** Milliseconds. */
      readonly validMs: number;
    } & PeerConfig &
      StateConfig)
  | ({
      readonly kind: 'allow';
      /** It may have no record yet. */
      readonly isNew: boolean;
      /** What was settled for it before is not any more. */
      readonly reset: boolean;
    } & PeerConfig &
      StateConfig)
  | ({ readonly kind: 'peers' } & StateConfig)
  | ({ readonly kind: 'unpair'; readonly name: string } & StateConfig)
  | PermissionsTask;

/** What a user needs of `zfs allow` for a receiver of these features. */
export interface PermissionsTask {
  readonly kind: 'permissions';
  readonly target: DatasetName;
  readonly user: string;
  readonly features: ReceiverFeatures;
  /** Say only what is missing. */
  readonly check: boolean;
  readonly zfsCommand: string;
}

/** Instead of a port that is not given: that of the receiver that runs. */
const ITS_PORT = 0;

interface PermissionsFlags extends PolicyFlags {
  readonly user: string;
  readonly check?: boolean;
  readonly zfsCommand: string;
}

interface PeerFlags extends PolicyFlags, StateFlags {
  readonly target?: string;
}

interface AllowFlags extends PeerFlags {
  readonly new?: boolean;
  readonly reset?: boolean;
}

interface PairFlags extends PeerFlags {
  readonly host?: string;
  readonly valid: string;
}

/**
 * The program's command line.
 *
 * @param choose is told what is asked, when it is parsed.
 */
export function receiverCommand(version: string, choose: (task: ReceiverTask) => void): Command {
  const program = serveOptions(new Command('zfsync-recv'))
    .description('Receives trees of ZFS datasets from zfsync-send into TARGET and below it.')
    .version(version)
    .enablePositionalOptions()
    .action((target: string | undefined, flags: ServeFlags, command: Command) => {
      choose(serveTask(target, flags, command));
    });
  const serve = serveOptions(program.command('serve'))
    .description('the same, for a TARGET that is called like one of these commands')
    .action((target: string | undefined, flags: ServeFlags, command: Command) => {
      choose(serveTask(target, flags, command));
    });
  const config = program.command('config').description('about config files');
  config
    .command('check')
    .description('say what is wrong with a config file, or what it is about')
    .argument('<file>')
    .action((file: string) => {
      choose({ kind: 'config-check', file, flags: flagSource(serve) });
    });
  config
    .command('schema')
    .description('print the JSON schema of config files')
    .action(() => {
      choose({ kind: 'config-schema', flags: flagSource(serve) });
    });
  peerOptions(program.command('pair'))
    .description('print a token that makes a sender known here: give it to zfsync-send pair')
    .option('--host <host[:port]>', 'where the sender reaches this host; default: its name, and the receiver’s port')
    .option('--valid <minutes>', 'how long the token is good, once', '30')
    .action((name: string, flags: PairFlags) => {
      const endpoint = flags.host === undefined ? undefined : parseEndpoint(flags.host, ITS_PORT);
      const validMs = parseTime('--valid', flags.valid, 60_000, 7 * 86_400_000, 'm');
      choose({ kind: 'pair', endpoint, validMs, ...peerConfig(name, flags), ...stateConfig(flags) });
    });
  peerOptions(program.command('allow'))
    .description('settle what a peer may do, also one that --ca vouches for')
    .option('--new', 'make it known: a certificate authority (--ca of the receiver) vouches for its name')
    .option('--reset', 'forget what was settled for it before: what is not given here is as the receiver does it')
    .action((name: string, flags: AllowFlags) => {
      const { new: isNew = false, reset = false } = flags;
      choose({ kind: 'allow', isNew, reset, ...peerConfig(name, flags), ...stateConfig(flags) });
    });
  stateOptions(program.command('peers'), STATE)
    .description('list the senders that are known here')
    .action((flags: PeerFlags) => {
      choose({ kind: 'peers', ...stateConfig(flags) });
    });
  policyOptions(program.command('permissions'))
    .description('print the zfs allow lines that a user needs to run the receiver')
    .argument('<target>', 'as the receiver is given it')
    .requiredOption('--user <user>', 'who is to run it')
    .option('--check', 'print only what is missing; exit code 1 if anything is')
    .option('--zfs-command <path>', 'program to call instead of zfs', 'zfs')
    .action((target: string, flags: PermissionsFlags) => {
      choose(permissionsTask(target, flags));
    });
  stateOptions(program.command('unpair'), STATE)
    .description('make a sender unknown at once; what it has sent stays')
    .argument('<name>', 'as peers lists it')
    .action((name: string, flags: PeerFlags) => {
      choose({ kind: 'unpair', name: peerName(name), ...stateConfig(flags) });
    });
  return program;
}

/** @throws {ConfigError} when it is wrong. */
function serveTask(target: string | undefined, flags: ServeFlags, command: Command): ReceiverTask {
  const { config: file } = flags;
  if (file !== undefined) return { kind: 'serve-file', file, target, flags: flagSource(command) };
  if (target === undefined) throw new ConfigError("missing required argument 'target'");
  return { kind: 'serve', ...serveConfig(target, flags) };
}

function flagSource(command: Command): FlagSource {
  const values = command.opts<ServeFlags>();
  const given = Object.keys(values).filter((attribute) => command.getOptionValueSource(attribute) === 'cli');
  return { options: command.options, values, given: new Set(given) };
}

function peerOptions(command: Command): Command {
  return peerPolicyOptions(stateOptions(command, STATE))
    .argument('<name>', 'the sender’s name here: one component of a dataset’s name')
    .option('--target <subtree>', 'its target root below the receiver’s TARGET; "/" = TARGET itself; default: NAME');
}

function permissionsTask(target: string, flags: PermissionsFlags): PermissionsTask {
  return {
    kind: 'permissions',
    target: parseDatasetArgument('TARGET', target),
    user: flags.user,
    features: featuresOf(policyOf(flags)),
    check: flags.check ?? false,
    zfsCommand: flags.zfsCommand,
  };
}

function peerName(text: string): string {
  if (text.includes('/') || text.endsWith('.zfsyncbuffer')) {
    throw new ConfigError(`NAME is one component of a dataset's name, not "${text}"`);
  }
  parsePathArgument('NAME', text);
  return text;
}

function peerConfig(name: string, flags: PeerFlags): PeerConfig {
  return { name: peerName(name), path: subtree(flags.target), policy: peerPolicy(flags) };
}

function subtree(target: string | undefined): RelativePath | undefined {
  if (target === undefined) return undefined;
  return target === '/' ? parseRelativePath('') : parsePathArgument('--target', target);
}
