import {
  DEFAULT_PORT,
  type Endpoint,
  parseAddress,
  parseDatasetArgument,
  parseEndpoint,
  parseInteger,
  parsePathArgument,
  parsePort,
} from '@zfsync/program';
import { ConfigError, type DatasetName, parseRelativePath, type RelativePath } from '@zfsync/zfs';
import { Command } from 'commander';

/** What the command line asks of the sender; checked and complete. */
export interface SenderConfig {
  readonly source: DatasetName;
  readonly receivers: readonly Endpoint[];
  readonly connections: number;
  readonly bindAddress: string | undefined;
  readonly asPath: RelativePath;
  /** Milliseconds. */
  readonly stallMs: number;
  readonly logFile: string | undefined;
  readonly verbose: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly zfsCommand: string;
}

interface Flags {
  readonly port: string;
  readonly connections: string;
  readonly interface?: string;
  readonly output?: string;
  readonly verbose?: boolean;
  readonly plaintext?: boolean;
  readonly as?: string;
  readonly stallTimeout: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly zfsCommand: string;
}

export function senderCommand(version: string): Command {
  return new Command('zfsync-send')
    .description('Sends DATASET and everything below it to the zfsync-recv on each HOST.')
    .version(version)
    .argument('<dataset>', 'root of the tree to send')
    .argument('<host...>', 'HOST or HOST:PORT of a receiver; several are served one after the other')
    .option('-p, --port <port>', 'port of the receivers that are named without one', String(DEFAULT_PORT))
    .option('-t, --connections <count>', 'send over so many connections at once', '4')
    .option('-i, --interface <address>', 'connect from this local address')
    .option('--stall-timeout <seconds>', 'give up what has made no progress for so long', '600')
    .option('-o, --output <logfile>', 'append the log to this file')
    .option('-v, --verbose', 'log more, and to standard error without -o')
    .option('--plaintext', 'without TLS (required): whoever is on the way can read and change the data')
    .option('--as <path>', 'put DATASET at PATH below the receiver’s target instead of at the target itself')
    .option('--dry-run', 'say what would be done and change nothing')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .option('--zfs-command <path>', 'program to call instead of zfs', 'zfs');
}

/** @throws {ConfigError} naming the flag and what it takes. */
export function senderConfig(command: Command): SenderConfig {
  const flags = command.opts<Flags>();
  if (flags.plaintext !== true) {
    throw new ConfigError('this version has no TLS yet: say --plaintext, over a network that you trust');
  }
  const [dataset, ...hosts] = command.args;
  const port = parsePort('--port', flags.port);
  return {
    source: parseDatasetArgument('DATASET', dataset ?? ''),
    receivers: hosts.map((host) => parseEndpoint(host, port)),
    connections: parseInteger('--connections', flags.connections, 1, 256),
    bindAddress: flags.interface === undefined ? undefined : parseAddress('--interface', flags.interface),
    asPath: flags.as === undefined ? parseRelativePath('') : parsePathArgument('--as', flags.as),
    stallMs: parseInteger('--stall-timeout', flags.stallTimeout, 1, 86_400) * 1000,
    logFile: flags.output,
    verbose: flags.verbose ?? false,
    dryRun: flags.dryRun ?? false,
    json: flags.json ?? false,
    zfsCommand: flags.zfsCommand,
  };
}
