/** The sender's config file: several jobs, with settings that are the flags of a run. */
import { DEFAULT_PORT, endpointName, parseDatasetArgument, parseEndpoint } from '@zfsync/program';
import {
  ConfigFile,
  type FlagOption,
  type FlagSource as Flags,
  type JsonSchema,
  type Place,
  SCHEMA_DIALECT,
  schemaOf,
  schemaOfSettings,
  type Setting,
  settingsOf,
  withFile,
} from '@zfsync/program/config-file';
import { ConfigError } from '@zfsync/zfs';
import { count } from './format.ts';
import { everyMs } from './job-options.ts';
import type { NamedJob } from './run-jobs.ts';
import { type SendFlags, sendConfig } from './send-options.ts';

export type FlagSource = Flags<SendFlags>;

export interface LoadedJobs {
  readonly jobs: readonly NamedJob[];
  /** As the file says it; undefined = once. */
  readonly everyMs: number | undefined;
}

/** About one call, or about the file as a whole. */
const OF_A_CALL = new Set([
  'config',
  'job',
  'json',
  'every',
  'once',
  'listCursors',
  'removeCursors',
  'help',
  'version',
]);

/** Published as contrib/zfsync-send.schema.json. */
export function senderSchema(options: readonly FlagOption[]): JsonSchema {
  const flags = schemaOfSettings(settingsOf(options, OF_A_CALL));
  const receivers = {
    description: 'HOST or HOST:PORT of each receiver; one alone needs no list',
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', items: { type: 'string', minLength: 1 } },
    ],
  };
  const job = {
    name: { description: 'names the job, for --job and in reports', type: 'string', pattern: '^[A-Za-z0-9._-]+$' },
    dataset: { description: 'root of the tree to send', type: 'string', minLength: 1 },
  };
  const [every] = settingsOf(
    options.filter((option) => option.attributeName() === 'every'),
    new Set(),
  );
  return {
    $schema: SCHEMA_DIALECT,
    title: 'The config file of zfsync-send',
    type: 'object',
    additionalProperties: false,
    required: ['jobs'],
    properties: {
      ...(every && { every: schemaOf(every) }),
      defaults: {
        description: 'what the jobs have in common',
        type: 'object',
        additionalProperties: false,
        properties: { receivers, ...flags },
      },
      jobs: {
        description: 'run one after the other',
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'dataset'],
          properties: { ...job, receivers, ...flags },
        },
      },
    },
  };
}

/** What the schema has let through. */
interface FileContent {
  readonly every?: string;
  readonly defaults?: FileJob;
  readonly jobs: readonly (FileJob & { readonly name: string; readonly dataset: string })[];
}

type FileJob = Readonly<Record<string, unknown>> & { readonly receivers?: string | readonly string[] };

/**
 * @param names of the jobs that are wanted; empty = all
 * @throws {ConfigError} naming all that is wrong with the file, also with jobs that are not wanted.
 */
export function loadJobs(path: string, names: readonly string[], flags: FlagSource): LoadedJobs {
  const file = new ConfigFile(path);
  if (!file.validate(senderSchema(flags.options))) file.check();
  const { every, defaults = {}, jobs } = file.value as FileContent;
  const settings = settingsOf(flags.options, OF_A_CALL);
  const seen = new Set<string>();
  const loaded = jobs.flatMap((job, index): LoadedJob[] => {
    const place = ['jobs', index] as const;
    if (seen.has(job.name)) file.problem([...place, 'name'], `there is another job called ${job.name}`);
    seen.add(job.name);
    const config = configOf({ file, place, job, defaults, settings, flags });
    return config === undefined ? [] : [{ name: job.name, config, place }];
  });
  const interval = every === undefined ? undefined : file.tried(['every'], () => everyMs(every));
  refuseMeetings(file, loaded);
  file.check();
  for (const name of names) {
    if (!seen.has(name)) throw new ConfigError(`${path} has no job ${name}, but ${[...seen].join(', ')}`);
  }
  const wanted = names.length === 0 ? loaded : names.flatMap((name) => loaded.filter((job) => job.name === name));
  return { jobs: wanted, everyMs: interval };
}

interface LoadedJob extends NamedJob {
  readonly name: string;
  readonly place: Place;
}

interface JobSource {
  readonly file: ConfigFile;
  readonly place: Place;
  readonly job: FileContent['jobs'][number];
  readonly defaults: FileJob;
  readonly settings: readonly Setting[];
  readonly flags: FlagSource;
}

/** Undefined when something is wrong with the job; all of it is said by the file. */
function configOf({ file, place, job, defaults, settings, flags: source }: JobSource): NamedJob['config'] | undefined {
  const placeOf = (name: string) => (name in job || !(name in defaults) ? [...place, name] : ['defaults', name]);
  const { snapshotOnly = false } = withFile(settings, source, defaults, job);
  const { hosts, isFine } = hostsOf(file, placeOf('receivers'), job.receivers ?? defaults.receivers ?? []);
  if (isFine && hosts.length === 0 && !snapshotOnly) {
    file.problem(place, 'receivers are missing, here and under defaults: (without any: snapshot-only: true)');
  }
  const dataset = file.tried([...place, 'dataset'], () => parseDatasetArgument('DATASET', job.dataset));
  // In the place of what is wrong, so that the settings are looked at too.
  const [root, to] = [dataset ?? 'dataset', hosts.length > 0 || snapshotOnly ? hosts : ['host']];
  return file.triedAll(
    settings,
    (setting) => (setting === undefined ? place : placeOf(setting.name)),
    (right) => sendConfig(root, to, withFile(right, source, defaults, job)),
  );
}

function hostsOf(file: ConfigFile, place: Place, given: string | readonly string[]) {
  const all = typeof given === 'string' ? [given] : given;
  const hosts = all.filter((host, index) => {
    const at = typeof given === 'string' ? place : [...place, index];
    if (all.indexOf(host) !== index) file.problem(at, `${host} is given twice`);
    else return file.tried(at, () => parseEndpoint(host, DEFAULT_PORT)) !== undefined;
    return false;
  });
  return { hosts, isFine: hosts.length === all.length };
}

/** Two jobs that send to one place of a receiver undo each other's work, or refuse each other's datasets. */
function refuseMeetings(file: ConfigFile, jobs: readonly LoadedJob[]): void {
  const seen = new Map<string, LoadedJob>();
  for (const job of jobs) {
    const { source, receivers, asPath, snapshotOnly } = job.config;
    if (snapshotOnly) continue;
    for (const receiver of receivers.map(endpointName)) {
      const key = `${receiver} ${asPath}`;
      const other = seen.get(key);
      if (other === undefined) seen.set(key, job);
      else if (other.config.source === source) {
        file.problem(job.place, `${source} is sent to ${receiver} by the job ${other.name} already`);
      } else {
        const where = `the job ${other.name} sends ${other.config.source} to the same place of ${receiver}`;
        file.problem(job.place, `${where} as this one ${source}: give one of them another as:`);
      }
    }
  }
}

/** For `config check`. */
export function describeJobs({ jobs, everyMs: interval }: LoadedJobs): string {
  const lines = jobs.map(({ name, config: { source, receivers } }) => {
    const where = receivers.length === 0 ? '' : ` to ${receivers.map(endpointName).join(', ')}`;
    return `  ${name ?? ''}: ${source}${where}\n`;
  });
  const every = interval === undefined ? '' : `, every ${interval / 1000} s`;
  return `ok: ${count(jobs.length, 'job')}${every}\n${lines.join('')}`;
}
