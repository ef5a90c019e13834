/** The sender's config file: several jobs, with settings that are the flags of a run. */
import { endpointName } from '@zfsync/program';
import {
  ConfigFile,
  type FlagOption,
  type FlagSource as Flags,
  type JsonSchema,
  SCHEMA_DIALECT,
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
    description: 'HOST or HOST:PORT of each receiver',
    type: 'array',
    items: { type: 'string', minLength: 1 },
  };
  const job = {
    name: { description: 'names the job, for --job and in reports', type: 'string', pattern: '^[A-Za-z0-9._-]+$' },
    dataset: { description: 'root of the tree to send', type: 'string', minLength: 1 },
  };
  const every = options.find((option) => option.attributeName() === 'every');
  return {
    $schema: SCHEMA_DIALECT,
    title: 'The config file of zfsync-send',
    type: 'object',
    additionalProperties: false,
    required: ['jobs'],
    properties: {
      every: { description: every?.description ?? '', type: 'string' },
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

type FileJob = Readonly<Record<string, unknown>> & { readonly receivers?: readonly string[] };

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
  const loaded = jobs.flatMap((job, index): NamedJob[] => {
    const place = ['jobs', index] as const;
    if (seen.has(job.name)) file.problem([...place, 'name'], `there is another job called ${job.name}`);
    seen.add(job.name);
    const config = file.tried(place, settings, () => configOf(job, defaults, settings, flags));
    return config === undefined ? [] : [{ name: job.name, config }];
  });
  const interval = every === undefined ? undefined : file.tried(['every'], [], () => everyMs(every));
  file.check();
  for (const name of names) {
    if (!seen.has(name)) throw new ConfigError(`${path} has no job ${name}, but ${[...seen].join(', ')}`);
  }
  const wanted = names.length === 0 ? loaded : names.flatMap((name) => loaded.filter((job) => job.name === name));
  return { jobs: wanted, everyMs: interval };
}

function configOf(
  job: FileContent['jobs'][number],
  defaults: FileJob,
  settings: readonly Setting[],
  source: FlagSource,
): NamedJob['config'] {
  const flags = withFile(settings, source, defaults, job);
  return sendConfig(job.dataset, job.receivers ?? defaults.receivers ?? [], flags);
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
