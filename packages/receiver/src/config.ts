/** The receiver's config file: its flags and its target. */
import {
  ConfigFile,
  type FlagOption,
  type FlagSource as Flags,
  type JsonSchema,
  SCHEMA_DIALECT,
  schemaOfSettings,
  settingsOf,
  withFile,
} from '@zfsync/program/config-file';
import { parseDatasetArgument } from '@zfsync/program';
import { ConfigError } from '@zfsync/zfs';
import { type ReceiverConfig, serveConfig, type ServeFlags } from './serve-options.ts';

export type FlagSource = Flags<ServeFlags>;

const OF_A_CALL = new Set(['config', 'help', 'version']);

/** Published as contrib/zfsync-recv.schema.json. */
export function receiverSchema(options: readonly FlagOption[]): JsonSchema {
  const target = { description: 'dataset that the trees go to; it, or its parent, must exist', type: 'string' };
  return {
    $schema: SCHEMA_DIALECT,
    title: 'The config file of zfsync-recv',
    type: 'object',
    additionalProperties: false,
    properties: { target, ...schemaOfSettings(settingsOf(options, OF_A_CALL)) },
  };
}

/**
 * @param target given beside the file, and stronger than what it says
 * @throws {ConfigError} naming all that is wrong with the file.
 */
export function loadReceiverConfig(path: string, target: string | undefined, flags: FlagSource): ReceiverConfig {
  const file = new ConfigFile(path);
  if (!file.validate(receiverSchema(flags.options))) file.check();
  const content = file.value as Readonly<Record<string, unknown>> & { readonly target?: string };
  const settings = settingsOf(flags.options, OF_A_CALL);
  const wanted = target ?? content.target;
  const place = target === undefined ? ['target'] : [];
  if (wanted === undefined) file.problem([], 'target is missing, here and on the command line');
  const root = wanted && file.tried(place, () => parseDatasetArgument('TARGET', wanted));
  const config = file.triedAll(
    settings,
    (setting) => (setting === undefined ? [] : [setting.name]),
    // In the place of what is wrong, so that the settings are looked at too.
    (right) => serveConfig(root ?? 'target', withFile(right, flags, content)),
  );
  file.check();
  if (config === undefined) throw new ConfigError(`the config file ${path} cannot be used`);
  return config;
}
