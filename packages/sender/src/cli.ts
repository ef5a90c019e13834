import {
  DEFAULT_PORT,
  type Endpoint,
  parseDatasetArgument,
  parseEndpoint,
  stateConfig,
  type StateConfig,
  type StateFlags,
  stateOptions,
} from '@zfsync/program';
import { ConfigError, type DatasetName } from '@zfsync/zfs';
import { Command } from 'commander';
import type { FlagSource } from './config.ts';
import { everyMs } from './job-options.ts';
import type { SenderFeatures } from './permissions.ts';
import {
  bindAddress,
  seconds,
  sendConfig,
  type SenderConfig,
  type SendFlags,
  sendOptions,
  STATE,
} from './send-options.ts';

/** One command of the program. */
export type SenderTask =
  | ({ readonly kind: 'send' } & SenderConfig)
  | JobsTask
  | { readonly kind: 'config-check'; readonly file: string; readonly flags: FlagSource }
  | { readonly kind: 'config-schema'; readonly flags: FlagSource }
  | ({
      readonly kind: 'pair';
      /** Undefined = to be read from standard input. */
      readonly token: string | undefined;
      /** Undefined = as the token says. */
      readonly endpoint: Endpoint | undefined;
      readonly bindAddress: string | undefined;
      /** Milliseconds. */
      readonly connectTimeoutMs: number;
    } & StateConfig)
  | ({ readonly kind: 'peers' } & StateConfig)
  | ({ readonly kind: 'unpair'; readonly endpoint: Endpoint } & StateConfig)
  | PermissionsTask;

/** What a user needs of `zfs allow` for a sender of these features. */
export interface PermissionsTask {
  readonly kind: 'permissions';
  readonly dataset: DatasetName;
  readonly user: string;
  readonly features: SenderFeatures;
  /** Say only what is missing. */
  readonly check: boolean;
  readonly zfsCommand: string;
}

/** What a config file says is to be sent. */
export interface JobsTask {
  readonly kind: 'jobs';
  readonly file: string;
  /** Of the jobs that are wanted; empty = all. */
  readonly names: readonly string[];
  readonly flags: FlagSource;
  readonly json: boolean;
  /** Milliseconds; undefined = as the file says. */
  readonly everyMs: number | undefined;
  /** Whatever the file says. */
  readonly once: boolean;
}

/** Instead of a port that is not given: that of the token. */
const ITS_PORT = 0;

interface PermissionsFlags {
  readonly user: string;
  readonly decrypt?: boolean;
  readonly snapshot?: boolean;
  readonly keep?: boolean;
  readonly check?: boolean;
  readonly zfsCommand: string;
}

interface PairFlags extends StateFlags {
  readonly host?: string;
  readonly interface?: string;
  readonly connectTimeout: string;
}

function permissionsCommand(program: Command, choose: (task: SenderTask) => void): void {
  program
    .command('permissions')
    .description('print the zfs allow lines that a user needs to run the sender')
    .argument('<dataset>', 'as the sender is given it')
    .requiredOption('--user <user>', 'who is to run it')
    .option('--decrypt', 'with --decrypt')
    .option('--snapshot', 'with --snapshot')
    .option('--keep', 'with --keep, whatever is kept')
    .option('--check', 'print only what is missing; exit code 1 if anything is')
    .option('--zfs-command <path>', 'program to call instead of zfs', 'zfs')
    .action((dataset: string, { user, check = false, zfsCommand, ...flags }: PermissionsFlags) => {
      const source = parseDatasetArgument('DATASET', dataset);
      const { decrypt = false, snapshot = false, keep = false } = flags;
      choose({ kind: 'permissions', dataset: source, user, features: { decrypt, snapshot, keep }, check, zfsCommand });
    });
}

/**
 * The program's command line.
 *
 * @param choose is told what is asked, when it is parsed.
 */
export function senderCommand(version: string, choose: (task: SenderTask) => void): Command {
  const program = sendOptions(new Command('zfsync-send'))
    .description('Sends DATASET and everything below it to the zfsync-recv on each HOST.')
    .version(version)
    .enablePositionalOptions()
    .action((dataset: string | undefined, hosts: readonly string[], flags: SendFlags, command: Command) => {
      choose(sendTask(dataset, hosts, flags, command));
    });
  const send = sendOptions(program.command('send'))
    .description('the same, for a DATASET that is called like one of these commands')
    .action((dataset: string | undefined, hosts: readonly string[], flags: SendFlags, command: Command) => {
      choose(sendTask(dataset, hosts, flags, command));
    });
  const config = program.command('config').description('about config files');
  config
    .command('check')
    .description('say what is wrong with a config file, or the jobs in it')
    .argument('<file>')
    .action((file: string) => {
      choose({ kind: 'config-check', file, flags: flagSource(send) });
    });
  config
    .command('schema')
    .description('print the JSON schema of config files')
    .action(() => {
      choose({ kind: 'config-schema', flags: flagSource(send) });
    });
  stateOptions(program.command('pair'), STATE)
    .description('make this host and a receiver known to each other')
    .argument('[token...]', 'as zfsync-recv pair prints it; without it, or as "-": from standard input')
    .option('--host <host[:port]>', 'how this host reaches the receiver, if not as the token says')
    .option('-i, --interface <address>', 'connect from this local address')
    .option('--connect-timeout <seconds>', 'how long the connection and the answer may take', '15')
    .action((words: readonly string[], flags: PairFlags) => {
      const token = words.join('');
      choose({
        kind: 'pair',
        token: token === '' || token === '-' ? undefined : token,
        endpoint: flags.host === undefined ? undefined : parseEndpoint(flags.host, ITS_PORT),
        bindAddress: bindAddress(flags.interface),
        connectTimeoutMs: seconds('--connect-timeout', flags.connectTimeout, 1, 3600),
        ...stateConfig(flags),
      });
    });
  stateOptions(program.command('peers'), STATE)
    .description('list the receivers that are known here')
    .action((flags: StateFlags) => {
      choose({ kind: 'peers', ...stateConfig(flags) });
    });
  permissionsCommand(program, choose);
  stateOptions(program.command('unpair'), STATE)
    .description('forget a receiver; to be refused there, say zfsync-recv unpair as well')
    .argument('<host[:port]>', 'as peers lists it')
    .action((host: string, flags: StateFlags) => {
      choose({ kind: 'unpair', endpoint: parseEndpoint(host, DEFAULT_PORT), ...stateConfig(flags) });
    });
  return program;
}

/** @throws {ConfigError} naming what does not go together. */
function sendTask(
  dataset: string | undefined,
  hosts: readonly string[],
  flags: SendFlags,
  command: Command,
): SenderTask {
  const { config, job: names = [], every, once = false, json = false, listCursors, removeCursors } = flags;
  if (config === undefined) {
    if (names.length > 0) throw new ConfigError('--job goes with --config');
    if (dataset === undefined) throw new ConfigError("missing required argument 'dataset'");
    if (flags.snapshotOnly === true && hosts.length > 0)
      throw new ConfigError(`--snapshot-only sends nothing: it goes with no host (${hosts.join(', ')})`);
    return { kind: 'send', ...sendConfig(dataset, hosts, flags) };
  }
  if (dataset !== undefined) {
    throw new ConfigError(
      `with --config the file says what is sent and where to; choose by --job, not by "${dataset}"`,
    );
  }
  if (listCursors === true || removeCursors !== undefined) {
    throw new ConfigError('--list-cursors and --remove-cursors are about a DATASET, not about --config');
  }
  const interval = every === undefined ? undefined : everyMs(every);
  return { kind: 'jobs', file: config, names, flags: flagSource(command), json, everyMs: interval, once };
}

function flagSource(command: Command): FlagSource {
  const values = command.opts<SendFlags>();
  const given = Object.keys(values).filter((attribute) => command.getOptionValueSource(attribute) === 'cli');
  return { options: command.options, values, given: new Set(given) };
}
