import {
  DEFAULT_PORT,
  parseAddress,
  parseDatasetArgument,
  parseEndpoint,
  parseInteger,
  parsePathArgument,
  parsePort,
  type Endpoint,
  stateConfig,
  type StateConfig,
  stateFlag,
  type StateFlags,
  stateOptions,
} from '@zfsync/program';
import { ConfigError, type DatasetName, parseRelativePath, type RelativePath } from '@zfsync/zfs';
import { Command } from 'commander';
import type { PeerPolicy } from './peer-policy.ts';
import { featuresOf, type ReceiverFeatures } from './permissions.ts';
import type { SessionPolicy } from './policy.ts';
import { peerPolicy, peerPolicyOptions, type PolicyFlags, policyOf, policyOptions } from './policy-options.ts';

/** How peers are known; undefined = not at all (`--plaintext`). */
export interface TlsConfig {
  /** PEM files of the operator's own PKI, instead of the key that pairing goes by. */
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
  /** Certificates that these authorities signed are known by the name in them. */
  readonly caFile: string | undefined;
}

/** What the command line asks of the receiver; checked and complete. */
export interface ReceiverConfig {
  readonly target: DatasetName;
  /** Undefined = every address of the host. */
  readonly host: string | undefined;
  readonly port: number;
  readonly tls: TlsConfig | undefined;
  /** Addresses and networks that may connect; undefined = all. */
  readonly allowFrom: readonly string[] | undefined;
  /** Where keys and peers are; undefined = the usual place. */
  readonly stateDirectory: string | undefined;
  readonly streamsMax: number;
  readonly backlog: number;
  /** Milliseconds. */
  readonly stallMs: number;
  /** Milliseconds. */
  readonly peerTimeoutMs: number;
  readonly policy: SessionPolicy;
  /** Where the lock is; undefined = the usual place. */
  readonly runDirectory: string | undefined;
  readonly logFile: string | undefined;
  readonly verbose: boolean;
  readonly zfsCommand: string;
}

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
  | ({
      readonly kind: 'pair';
      /** Where senders reach this host; undefined = its name and the port of the receiver that runs. */
      readonly endpoint: Endpoint | undefined;
      /** Milliseconds. */
      readonly validMs: number;
    } & PeerConfig &
      StateConfig)
  | ({ readonly kind: 'allow' } & PeerConfig & StateConfig)
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

/** What the state directory has. */
const STATE = 'keys and known senders';

/** Instead of a port that is not given: that of the receiver that runs. */
const ITS_PORT = 0;

interface PermissionsFlags extends PolicyFlags {
  readonly user: string;
  readonly check?: boolean;
  readonly zfsCommand: string;
}

interface ServeFlags extends PolicyFlags {
  readonly port: string;
  readonly interface?: string;
  readonly streams: string;
  readonly backlog: string;
  readonly stallTimeout: string;
  readonly peerTimeout: string;
  readonly runDir?: string;
  readonly state?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly output?: string;
  readonly verbose?: boolean;
  readonly plaintext?: boolean;
  readonly allowFrom?: string;
  readonly zfsCommand: string;
}

interface PeerFlags extends PolicyFlags, StateFlags {
  readonly target?: string;
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
    .action((target: string, flags: ServeFlags) => {
      choose({ kind: 'serve', ...serveConfig(target, flags) });
    });
  serveOptions(program.command('serve'))
    .description('the same, for a TARGET that is called like one of these commands')
    .action((target: string, flags: ServeFlags) => {
      choose({ kind: 'serve', ...serveConfig(target, flags) });
    });
  peerOptions(program.command('pair'))
    .description('print a token that makes a sender known here: give it to zfsync-send pair')
    .option('--host <host[:port]>', 'where the sender reaches this host; default: its name, and the receiver’s port')
    .option('--valid <minutes>', 'how long the token is good, once', '30')
    .action((name: string, flags: PairFlags) => {
      const endpoint = flags.host === undefined ? undefined : parseEndpoint(flags.host, ITS_PORT);
      const validMs = parseInteger('--valid', flags.valid, 1, 10_080) * 60_000;
      choose({ kind: 'pair', endpoint, validMs, ...peerConfig(name, flags), ...stateConfig(flags) });
    });
  peerOptions(program.command('allow'))
    .description('settle what a peer may do, also one that --ca vouches for')
    .action((name: string, flags: PeerFlags) => {
      choose({ kind: 'allow', ...peerConfig(name, flags), ...stateConfig(flags) });
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

function serveOptions(command: Command): Command {
  return policyOptions(command)
    .argument('<target>', 'dataset that the trees go to; it, or its parent, must exist')
    .option('-p, --port <port>', 'listen on this port; 0 = any free one', String(DEFAULT_PORT))
    .option('-i, --interface <address>', 'listen on this address; default: all, with --plaintext 127.0.0.1')
    .option('-t, --streams <count>', 'receive at most so many streams at once', '8')
    .option('-b, --backlog <count>', 'connections that the kernel queues', '50')
    .option('--stall-timeout <seconds>', 'give up what has made no progress for so long', '600')
    .option('--peer-timeout <seconds>', 'take a peer that is silent for so long for dead', '30')
    .option(...stateFlag(STATE))
    .option('--ca <file>', 'also know senders whose certificate these authorities (PEM) have signed, by its name')
    .option('--cert <file>', 'certificate (PEM) to show, instead of one made here')
    .option('--key <file>', 'the key (PEM) of --cert')
    .option('--run-dir <directory>', 'where the lock of TARGET is; default /run/zfsync, or one of the user')
    .option('-o, --output <logfile>', 'append the log to this file instead of standard error')
    .option('-v, --verbose', 'log more')
    .option('--plaintext', 'without TLS: whoever reaches the port may write below TARGET')
    .option('--allow-from <networks>', 'let only these addresses and networks (CIDR, comma-separated) connect')
    .option('--zfs-command <path>', 'program to call instead of zfs', 'zfs');
}

function peerOptions(command: Command): Command {
  return peerPolicyOptions(stateOptions(command, STATE))
    .argument('<name>', 'the sender’s name here: one component of a dataset’s name')
    .option('--target <subtree>', 'its target root below the receiver’s TARGET; "/" = TARGET itself; default: NAME');
}

/** @throws {ConfigError} naming the flag and what it takes. */
function serveConfig(target: string, flags: ServeFlags): ReceiverConfig {
  const host = flags.interface === undefined ? undefined : parseAddress('--interface', flags.interface);
  const plaintext = flags.plaintext === true;
  checkExposure(plaintext, host, flags);
  return {
    target: parseDatasetArgument('TARGET', target),
    host: host ?? (plaintext ? LOOPBACK : undefined),
    port: parsePort('--port', flags.port, 0),
    tls: plaintext ? undefined : { certificateFile: flags.cert, keyFile: flags.key, caFile: flags.ca },
    allowFrom: flags.allowFrom?.split(','),
    stateDirectory: flags.state,
    streamsMax: parseInteger('--streams', flags.streams, 1, 256),
    backlog: parseInteger('--backlog', flags.backlog, 1, 65_535),
    stallMs: parseInteger('--stall-timeout', flags.stallTimeout, 1, 86_400) * 1000,
    peerTimeoutMs: parseInteger('--peer-timeout', flags.peerTimeout, 2, 3600) * 1000,
    policy: policyOf(flags),
    runDirectory: flags.runDir,
    logFile: flags.output,
    verbose: flags.verbose ?? false,
    zfsCommand: flags.zfsCommand,
  };
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

const LOOPBACK = '127.0.0.1';

/** Plaintext knows nobody: on an address that others reach it takes a word on who they are. */
function checkExposure(plaintext: boolean, host: string | undefined, { allowFrom, ca, cert, key }: ServeFlags): void {
  if (plaintext && (ca ?? cert ?? key) !== undefined) {
    throw new ConfigError('--ca, --cert and --key are of TLS: they do not go with --plaintext');
  }
  if ((cert === undefined) !== (key === undefined)) throw new ConfigError('--cert and --key go together');
  const loopback = host === undefined || host === '::1' || host.startsWith('127.');
  if (plaintext && !loopback && allowFrom === undefined) {
    throw new ConfigError(
      `--plaintext on ${host}: whoever reaches the port could write to TARGET; say --allow-from with the addresses of the senders, or leave --plaintext out and pair them (zfsync-recv pair NAME)`,
    );
  }
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
