import {
  DEFAULT_PORT,
  type Endpoint,
  parseAddress,
  parseDatasetArgument,
  parseEndpoint,
  parseInteger,
  parsePathArgument,
  parsePort,
  type RetryLimits,
} from '@zfsync/program';
import { ConfigError, type DatasetName, parseRelativePath, type RelativePath } from '@zfsync/zfs';
import { Command } from 'commander';

/** What is asked about cursors in the place of a run. */
export type CursorTask = { readonly kind: 'list' } | { readonly kind: 'remove'; readonly targetId: string };

/** What the command line asks of the sender; checked and complete. */
export interface SenderConfig {
  readonly source: DatasetName;
  /** Instead of a run. */
  readonly cursors: CursorTask | undefined;
  readonly receivers: readonly Endpoint[];
  readonly connections: number;
  readonly bindAddress: string | undefined;
  readonly asPath: RelativePath;
  /** Milliseconds, as all of these. */
  readonly stallMs: number;
  readonly peerTimeoutMs: number;
  /** For the connection to be made, and then for the hello to be answered. */
  readonly connectTimeoutMs: number;
  readonly retry: RetryLimits;
  readonly checkSpace: boolean;
  readonly hold: boolean;
  /** Where the lock is; undefined = the usual place. */
  readonly runDirectory: string | undefined;
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
  readonly peerTimeout: string;
  readonly connectTimeout: string;
  readonly retries: string;
  readonly retryTime: string;
  readonly spaceCheck: boolean;
  readonly hold?: boolean;
  readonly runDir?: string;
  readonly listCursors?: boolean;
  readonly removeCursors?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly zfsCommand: string;
}

export function senderCommand(version: string): Command {
  return new Command('zfsync-send')
    .description('Sends DATASET and everything below it to the zfsync-recv on each HOST.')
    .version(version)
    .argument('<dataset>', 'root of the tree to send')
    .argument('[host...]', 'HOST or HOST:PORT of a receiver; several are served one after the other')
    .option('-p, --port <port>', 'port of the receivers that are named without one', String(DEFAULT_PORT))
    .option('-t, --connections <count>', 'send over so many connections at once', '4')
    .option('-i, --interface <address>', 'connect from this local address')
    .option('--stall-timeout <seconds>', 'give up what has made no progress for so long', '600')
    .option('--connect-timeout <seconds>', 'how long a connection and the answer to its hello may take', '15')
    .option('--peer-timeout <seconds>', 'take a receiver that is silent for so long for dead', '30')
    .option('--retries <count>', 'after a failure that may pass, try again so often', '5')
    .option('--retry-time <seconds>', 'begin no attempt later than so long after the first failure', '3600')
    .option('--no-space-check', 'send even if the estimate says that it will not fit')
    .option('--hold', 'keep the newest replicated snapshot of each dataset held')
    .option('--list-cursors', 'only list the bookmarks that runs have left, by target')
    .option('--remove-cursors <target id>', 'only remove the bookmarks and holds of a target that is gone')
    .option('--run-dir <directory>', 'where locks are; default /run/zfsync, or one of the user')
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
  const [dataset, ...hosts] = command.args;
  const cursors = cursorTask(flags);
  if (cursors !== undefined && hosts.length > 0) {
    throw new ConfigError(
      `--list-cursors and --remove-cursors are about DATASET alone, without a host (${hosts.join(', ')})`,
    );
  }
  if (cursors === undefined && hosts.length === 0) throw new ConfigError("missing required argument 'host'");
  if (cursors === undefined && flags.plaintext !== true) {
    throw new ConfigError('this version has no TLS yet: say --plaintext, over a network that you trust');
  }
  const port = parsePort('--port', flags.port);
  return {
    source: parseDatasetArgument('DATASET', dataset ?? ''),
    cursors,
    receivers: hosts.map((host) => parseEndpoint(host, port)),
    connections: parseInteger('--connections', flags.connections, 1, 256),
    bindAddress: flags.interface === undefined ? undefined : parseAddress('--interface', flags.interface),
    asPath: flags.as === undefined ? parseRelativePath('') : parsePathArgument('--as', flags.as),
    stallMs: seconds('--stall-timeout', flags.stallTimeout, 1, 86_400),
    peerTimeoutMs: seconds('--peer-timeout', flags.peerTimeout, 2, 3600),
    connectTimeoutMs: seconds('--connect-timeout', flags.connectTimeout, 1, 3600),
    retry: {
      retries: parseInteger('--retries', flags.retries, 0, 1000),
      milliseconds: seconds('--retry-time', flags.retryTime, 0, 604_800),
    },
    checkSpace: flags.spaceCheck,
    hold: flags.hold ?? false,
    runDirectory: flags.runDir,
    logFile: flags.output,
    verbose: flags.verbose ?? false,
    dryRun: flags.dryRun ?? false,
    json: flags.json ?? false,
    zfsCommand: flags.zfsCommand,
  };
}

function seconds(flag: string, text: string, min: number, max: number): number {
  return parseInteger(flag, text, min, max) * 1000;
}

function cursorTask({ listCursors, removeCursors }: Flags): CursorTask | undefined {
  if (removeCursors === undefined) return listCursors === true ? { kind: 'list' } : undefined;
  if (!/^[0-9a-f]{16}$/.test(removeCursors)) {
    throw new ConfigError(`--remove-cursors takes a target id as --list-cursors shows it, not "${removeCursors}"`);
  }
  return { kind: 'remove', targetId: removeCursors };
}
