import type { Command } from 'commander';

/** What a command line says of the state directory and of what is printed. */
export interface StateFlags {
  readonly state?: string;
  readonly json?: boolean;
}

/** Of commands that look at the state directory and print something. */
export interface StateConfig {
  /** Undefined = the usual place. */
  readonly stateDirectory: string | undefined;
  readonly json: boolean;
}

/** For `Command.option`. @param content what is kept there, in the words of the help */
export function stateFlag(content: string): [string, string] {
  return ['--state <directory>', `where ${content} are; default /var/lib/zfsync, or one of the user`];
}

/** {@link stateFlag}, and `--json`. */
export function stateOptions(command: Command, content: string): Command {
  return command.option(...stateFlag(content)).option('--json', 'print one JSON document');
}

export function stateConfig({ state, json = false }: StateFlags): StateConfig {
  return { stateDirectory: state, json };
}
