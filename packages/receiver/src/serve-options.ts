/** What a receiver is asked to do: its flags, and what they come to once checked. */
import {
  DEFAULT_PORT,
  parseAddress,
  parseDatasetArgument,
  parseInteger,
  parsePort,
  parseTime,
  stateFlag,
} from '@zfsync/program';
import { ConfigError, type DatasetName } from '@zfsync/zfs';
import type { Command } from 'commander';
import { type PolicyFlags, policyOf, policyOptions } from './policy-options.ts';
import type { SessionPolicy } from './policy.ts';

/** What the state directory has. */
export const STATE = 'keys and known senders';

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
  /** Where there is a file for each dataset that fails. */
  readonly errorFlags: string | undefined;
  readonly logFile: string | undefined;
  readonly verbose: boolean;
  readonly zfsCommand: string;
}

export interface ServeFlags extends PolicyFlags {
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
  readonly errorFlags?: string;
  readonly config?: string;
  readonly zfsCommand: string;
}

export function serveOptions(command: Command): Command {
  return policyOptions(command)
    .argument('[target]', 'dataset that the trees go to; it, or its parent, must exist')
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
    .option('-d, --error-flags <directory>', 'keep a file there for each dataset that fails')
    .option('--config <file>', 'a YAML file with the names of these flags, and target; what is given here wins')
    .option('--zfs-command <path>', 'program to call instead of zfs', 'zfs');
}

/** @throws {ConfigError} naming the flag and what it takes. */
export function serveConfig(target: string, flags: ServeFlags): ReceiverConfig {
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
    stallMs: parseTime('--stall-timeout', flags.stallTimeout, 1000, 86_400_000),
    peerTimeoutMs: parseTime('--peer-timeout', flags.peerTimeout, 2000, 3_600_000),
    policy: policyOf(flags),
    runDirectory: flags.runDir,
    errorFlags: flags.errorFlags,
    logFile: flags.output,
    verbose: flags.verbose ?? false,
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
