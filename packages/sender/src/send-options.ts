/** What a run is asked to do: its flags, and what they come to once checked. */
import {
  DEFAULT_PORT,
  type Endpoint,
  endpointName,
  parseAddress,
  parseDatasetArgument,
  parseEndpoint,
  parseInteger,
  parsePathArgument,
  parsePort,
  parseTime,
  type RetryLimits,
  stateFlag,
} from '@zfsync/program';
import {
  ConfigError,
  type DatasetName,
  parseRelativePath,
  PROPERTY_NAME,
  type RelativePath,
  USER_PROPERTY_PREFIX,
} from '@zfsync/zfs';
import type { Command } from 'commander';
import { type JobConfig, jobConfig, type JobFlags, jobOptions } from './job-options.ts';
import { type MirrorConfig, mirrorConfig, type MirrorFlags, mirrorOptions } from './mirror-options.ts';
import { type SnapshotConfig, snapshotConfig, type SnapshotFlags, snapshotOptions } from './snapshot-options.ts';
import type { OfferOptions } from './source.ts';

/** What the state directory has. */
export const STATE = 'keys and known receivers';

/** What is asked about cursors in the place of a run. */
export type CursorTask = { readonly kind: 'list' } | { readonly kind: 'remove'; readonly targetId: string };

/** How receivers are known; undefined = not at all (`--plaintext`). */
export interface TlsConfig {
  /** PEM files of the operator's own PKI, instead of the key that pairing goes by. */
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
  /** Trust what these authorities have signed for the host's name, instead of what was paired. */
  readonly caFile: string | undefined;
}

/** What the command line asks of the sender; checked and complete. */
export interface SenderConfig extends JobConfig, MirrorConfig, SnapshotConfig {
  readonly source: DatasetName;
  /** Instead of a run. */
  readonly cursors: CursorTask | undefined;
  readonly receivers: readonly Endpoint[];
  readonly connections: number;
  readonly tls: TlsConfig | undefined;
  /** Where keys and known receivers are; undefined = the usual place. */
  readonly stateDirectory: string | undefined;
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
  readonly offer: OfferOptions;
  /** Where the lock is; undefined = the usual place. */
  readonly runDirectory: string | undefined;
  readonly logFile: string | undefined;
  readonly verbose: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly zfsCommand: string;
}

export interface SendFlags extends JobFlags, MirrorFlags, SnapshotFlags {
  readonly port: string;
  readonly connections: string;
  readonly interface?: string;
  readonly output?: string;
  readonly verbose?: boolean;
  readonly plaintext?: boolean;
  readonly state?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly as?: string;
  readonly stallTimeout: string;
  readonly peerTimeout: string;
  readonly connectTimeout: string;
  readonly retries: string;
  readonly retryTime: string;
  readonly spaceCheck: boolean;
  readonly hold?: boolean;
  readonly streamFlags: string;
  readonly decrypt?: boolean;
  readonly properties?: string;
  readonly runDir?: string;
  readonly listCursors?: boolean;
  readonly removeCursors?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly zfsCommand: string;
}

export function sendOptions(command: Command): Command {
  return snapshotOptions(mirrorOptions(jobOptions(command)))
    .argument('[dataset]', 'root of the tree to send')
    .argument('[host...]', 'HOST or HOST:PORT of a receiver; several are served at the same time')
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
    .option('--stream-flags <letters>', 'how streams to a new target are made: L, c, e of zfs send, or "none"', 'Lc')
    .option('--decrypt', 'send encrypted datasets decrypted instead of raw: their plaintext leaves this host')
    .option('--properties <list>', 'offer these properties (names, or "all") to the receiver, which decides on them')
    .option('--list-cursors', 'only list the bookmarks that runs have left, by target')
    .option('--remove-cursors <target id>', 'only remove the bookmarks and holds of a target that is gone')
    .option('--run-dir <directory>', 'where locks are; default /run/zfsync, or one of the user')
    .option('-o, --output <logfile>', 'append the log to this file')
    .option('-v, --verbose', 'log more, and to standard error without -o')
    .option(...stateFlag(STATE))
    .option('--ca <file>', 'trust receivers whose certificate these authorities (PEM) have signed for their host name')
    .option('--cert <file>', 'certificate (PEM) to show, instead of the one made when it was paired')
    .option('--key <file>', 'the key (PEM) of --cert')
    .option('--plaintext', 'without TLS: whoever is on the way can read and change the data')
    .option('--as <path>', 'put DATASET at PATH below the receiver’s target instead of at the target itself')
    .option('--dry-run', 'say what would be done and change nothing')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .option('--zfs-command <path>', 'program to call instead of zfs', 'zfs');
}

/** @throws {ConfigError} naming the flag and what it takes. */
export function sendConfig(dataset: string, hosts: readonly string[], flags: SendFlags): SenderConfig {
  const cursors = cursorTask(flags);
  if (cursors !== undefined && hosts.length > 0) {
    throw new ConfigError(
      `--list-cursors and --remove-cursors are about DATASET alone, without a host (${hosts.join(', ')})`,
    );
  }
  checkPatterns(dataset, flags);
  const snapshots = snapshotConfig(flags);
  if (cursors === undefined && hosts.length === 0 && !snapshots.snapshotOnly)
    throw new ConfigError("missing required argument 'host'");
  const port = parsePort('--port', flags.port);
  const receivers = hosts.map((host) => parseEndpoint(host, port));
  const names = receivers.map(endpointName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ConfigError(`${twice} is given twice`);
  const job = jobConfig(flags);
  const idle = (['before-snapshot', 'after-snapshot'] as const).find((name) => job.hooks.commands[name] !== undefined);
  if (idle !== undefined && snapshots.snapshot === undefined && flags.snapshot !== false) {
    throw new ConfigError(`--${idle} goes with --snapshot`);
  }
  return {
    source: parseDatasetArgument('DATASET', dataset),
    cursors,
    receivers,
    connections: parseInteger('--connections', flags.connections, 1, 256),
    tls: tlsConfig(flags),
    stateDirectory: flags.state,
    bindAddress: bindAddress(flags.interface),
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
    ...job,
    ...mirrorConfig(flags),
    ...snapshots,
    offer: {
      selection: snapshots.selection,
      filter: snapshots.filter,
      flags: streamFlags(flags.streamFlags),
      decrypt: flags.decrypt ?? false,
      properties: flags.properties === undefined ? [] : propertyNames(flags.properties),
    },
    runDirectory: flags.runDir,
    logFile: flags.output,
    verbose: flags.verbose ?? false,
    dryRun: flags.dryRun ?? false,
    json: flags.json ?? false,
    zfsCommand: flags.zfsCommand,
  };
}

/** @param text a number of seconds, or a time with its unit. @returns milliseconds */
/** With DATASET before it a pattern would match nothing, and leave nothing out without a word. */
function checkPatterns(dataset: string, { include = [], exclude = [] }: SendFlags): void {
  const prefix = `${dataset}/`;
  for (const [flag, patterns] of [['--include', include] as const, ['--exclude', exclude] as const]) {
    const wrong = patterns.find((pattern) => pattern.startsWith(prefix));
    if (wrong === undefined) continue;
    const right = wrong.slice(prefix.length);
    throw new ConfigError(`${flag} "${wrong}": say ${flag} ${right}: patterns are matched below DATASET`);
  }
}

export function seconds(flag: string, text: string, min: number, max: number): number {
  return parseTime(flag, text, min * 1000, max * 1000);
}

function streamFlags(text: string): OfferOptions['flags'] {
  if (text !== 'none' && (!/^[Lce]+$/.test(text) || new Set(text).size !== text.length)) {
    throw new ConfigError(`--stream-flags takes letters of L, c and e, each once, or none; not "${text}"`);
  }
  const has = (letter: string) => text !== 'none' && text.includes(letter);
  return { largeBlocks: has('L'), compressed: has('c'), embedded: has('e') };
}

function propertyNames(text: string): OfferOptions['properties'] {
  if (text === 'all') return 'all';
  const names = text.split(',');
  const wrong = names.find(
    (name) => !PROPERTY_NAME.test(name) || name.endsWith(':') || name.startsWith(USER_PROPERTY_PREFIX),
  );
  if (wrong === undefined) return names;
  throw new ConfigError(`--properties takes names of properties with commas between, or all; not "${wrong}"`);
}

function cursorTask({ listCursors, removeCursors }: SendFlags): CursorTask | undefined {
  if (removeCursors === undefined) return listCursors === true ? { kind: 'list' } : undefined;
  if (!/^[0-9a-f]{16}$/.test(removeCursors)) {
    throw new ConfigError(`--remove-cursors takes a target id as --list-cursors shows it, not "${removeCursors}"`);
  }
  return { kind: 'remove', targetId: removeCursors };
}

function tlsConfig({ plaintext, ca, cert, key }: SendFlags): TlsConfig | undefined {
  if ((cert === undefined) !== (key === undefined)) throw new ConfigError('--cert and --key go together');
  if (plaintext !== true) return { certificateFile: cert, keyFile: key, caFile: ca };
  if ((ca ?? cert) === undefined) return undefined;
  throw new ConfigError('--ca, --cert and --key are of TLS: they do not go with --plaintext');
}

export function bindAddress(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parseAddress('--interface', text);
}
