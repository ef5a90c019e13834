/** `zfs receive`. */
import { ZfsError } from '../errors.ts';
import { type DatasetName, formatVersion } from '../model/index.ts';
import type { ReceiveOptions, ReceiveProcess } from '../zfs.ts';
import { runCommand } from './output.ts';
import type { Runner } from './run.ts';

/** The flags and the target of a receive, without `zfs receive` itself. */
export function receiveArguments(options: ReceiveOptions): string[] {
  const { origin } = options;
  const originName = origin && formatVersion(origin.dataset, { kind: 'snapshot', name: origin.name });
  return [
    '-u',
    ...(options.resumable === true ? ['-s'] : []),
    ...(options.overwriteEmpty === true ? ['-F'] : []),
    ...(originName === undefined ? [] : ['-o', `origin=${originName}`]),
    ...Object.entries(options.set ?? {}).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ...(options.exclude ?? []).flatMap((name) => ['-x', name]),
    options.target,
  ];
}

export function receive(runner: Runner, options: ReceiveOptions): ReceiveProcess {
  const command = runner.start(['receive', ...receiveArguments(options)], options.target, 'pipe');
  command.stdout.resume();
  const warnings = () => command.stderrTail.split('\n').filter((line) => line.trim() !== '');
  return { stream: command.stdin, done: command.done, warnings, kill: () => command.kill() };
}

export async function abortReceive(runner: Runner, target: DatasetName): Promise<void> {
  try {
    await runCommand(runner, ['receive', '-A', target], target);
  } catch (error) {
    if (!(error instanceof ZfsError) || error.reason !== 'dataset-exists') throw error;
    // "cannot destroy 'a': dataset already exists" is how 2.1.11 puts it.
    throw new ZfsError(`${target}: the partial receive cannot be discarded while there are datasets below it`, {
      reason: error.reason,
      argv: error.argv,
      exitCode: error.exitCode,
      signal: error.signal,
      stderrTail: error.stderrTail,
      cause: error,
    });
  }
}
