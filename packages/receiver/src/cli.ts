import {
  DEFAULT_PORT,
  parseAddress,
  parseChoice,
  parseDatasetArgument,
  parseInteger,
  parsePort,
} from '@zfsync/program';
import { ConfigError, type DatasetName } from '@zfsync/zfs';
import { Command } from 'commander';
import { CONFLICT_POLICIES, type ConflictPolicy } from './policy.ts';

/** What the command line asks of the receiver; checked and complete. */
export interface ReceiverConfig {
  readonly target: DatasetName;
  readonly host: string;
  readonly port: number;
  readonly streamsMax: number;
  readonly backlog: number;
  /** Milliseconds. */
  readonly stallMs: number;
  /** Milliseconds. */
  readonly peerTimeoutMs: number;
  readonly policy: ConflictPolicy;
  readonly hold: boolean;
  /** Where the lock is; undefined = the usual place. */
  readonly runDirectory: string | undefined;
  readonly logFile: string | undefined;
  readonly verbose: boolean;
  readonly zfsCommand: string;
}

interface Flags {
  readonly port: string;
  readonly interface: string;
  readonly streams: string;
  readonly backlog: string;
  readonly stallTimeout: string;
  readonly peerTimeout: string;
  readonly onConflict: string;
  readonly hold?: boolean;
  readonly runDir?: string;
  readonly output?: string;
  readonly verbose?: boolean;
  readonly plaintext?: boolean;
  readonly zfsCommand: string;
}

export function receiverCommand(version: string): Command {
  return new Command('zfsync-recv')
    .description('Receives trees of ZFS datasets from zfsync-send into TARGET and below it.')
    .version(version)
    .argument('<target>', 'dataset that the tree goes to; it, or its parent, must exist')
    .option('-p, --port <port>', 'listen on this port; 0 = any free one', String(DEFAULT_PORT))
    .option('-i, --interface <address>', 'listen on this address', '127.0.0.1')
    .option('-t, --streams <count>', 'receive at most so many streams at once', '8')
    .option('-b, --backlog <count>', 'connections that the kernel queues', '50')
    .option('--stall-timeout <seconds>', 'give up what has made no progress for so long', '600')
    .option('--peer-timeout <seconds>', 'take a peer that is silent for so long for dead', '30')
    .option('--on-conflict <policy>', `what to do about a conflict: ${CONFLICT_POLICIES.join(', ')}`, 'fail')
    .option('--hold', 'keep the newest received snapshot of each dataset held')
    .option('--run-dir <directory>', 'where the lock of TARGET is; default /run/zfsync, or one of the user')
    .option('-o, --output <logfile>', 'append the log to this file instead of standard error')
    .option('-v, --verbose', 'log more')
    .option('--plaintext', 'without TLS (required): whoever reaches the port may write below TARGET')
    .option('--zfs-command <path>', 'program to call instead of zfs', 'zfs');
}

/** @throws {ConfigError} naming the flag and what it takes. */
export function receiverConfig(command: Command): ReceiverConfig {
  const flags = command.opts<Flags>();
  if (flags.plaintext !== true) {
    throw new ConfigError('this version has no TLS yet: say --plaintext, and let only trusted hosts reach the port');
  }
  return {
    target: parseDatasetArgument('TARGET', command.args[0] ?? ''),
    host: parseAddress('--interface', flags.interface),
    port: parsePort('--port', flags.port, 0),
    streamsMax: parseInteger('--streams', flags.streams, 1, 256),
    backlog: parseInteger('--backlog', flags.backlog, 1, 65_535),
    stallMs: parseInteger('--stall-timeout', flags.stallTimeout, 1, 86_400) * 1000,
    peerTimeoutMs: parseInteger('--peer-timeout', flags.peerTimeout, 2, 3600) * 1000,
    policy: parseChoice('--on-conflict', flags.onConflict, CONFLICT_POLICIES),
    hold: flags.hold ?? false,
    runDirectory: flags.runDir,
    logFile: flags.output,
    verbose: flags.verbose ?? false,
    zfsCommand: flags.zfsCommand,
  };
}
