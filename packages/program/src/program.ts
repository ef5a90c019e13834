import { setMaxListeners } from 'node:events';
import { ConfigError, ReplicationError } from '@zfsync/zfs';
import { type Command, CommanderError } from 'commander';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { reopenLogFiles } from './log.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Parses the command line and calls the action of the command that it names.
 *
 * @returns the exit code when there is nothing left to do (help, version, wrong usage), else undefined.
 * @throws what the action throws.
 */
export function parseCommandLine(command: Command, argv: readonly string[]): number | undefined {
  try {
    const name = command.name();
    for (const { each, called } of withCommands(command, name)) {
      each.exitOverride().configureOutput({
        outputError: (text, write) => {
          write(`${name}: ${text.replace(/^error: /, '')}Try: ${called} --help\n`);
        },
      });
    }
    command.parse([...argv]);
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

/** A command, those below it, and how each is called. */
function withCommands(command: Command, called: string): { readonly each: Command; readonly called: string }[] {
  const below = command.commands.flatMap((each) => withCommands(each, `${called} ${each.name()}`));
  return [{ each: command, called }, ...below];
}

/** For the tired administrator: what failed, what zfs said, in plain lines on standard error. */
function describe(name: string, error: unknown): string {
  if (!(error instanceof ReplicationError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${name}: internal error, please report it:\n${text}\n`;
  }
  const hint = error instanceof ConfigError ? `\nTry: ${name} --help` : '';
  return `${name}: ${error.message}${hint}\n`;
}

/** By which the log files are opened again; the first is what newsyslog and the model use, the second what logrotate does. */
const REOPEN_SIGNALS = ['SIGUSR1', 'SIGHUP'] as const;

/**
 * From now on SIGUSR1 and SIGHUP open the log files again and do nothing else. Without this SIGHUP ends a program, and
 * SIGUSR1 is Node's own.
 */
export function reopenOnSignals(): void {
  for (const signal of REOPEN_SIGNALS) {
    process.off(signal, reopenLogFiles);
    process.on(signal, reopenLogFiles);
  }
}

/**
 * Does work that is owed whatever happens, such as a hook that undoes what another one has done: meanwhile no signal
 * ends the process but those that cannot be caught. SIGINT and SIGTERM interrupt what goes on, as ever; the second one
 * does no more than that.
 */
export async function shielded<T>(work: () => Promise<T>): Promise<T> {
  const stay = () => undefined;
  const signals = [...SIGNALS, 'SIGHUP', 'SIGUSR1'] as const;
  for (const signal of signals) process.on(signal, stay);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, stay);
  }
}

/**
 * Runs a program: gives it a signal that fires on SIGINT and SIGTERM, turns what it throws into text and an exit code,
 * and sets the exit code. A second signal of the same kind ends the process at once.
 */
export async function runProgram(name: string, body: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  // Every wait of a run listens to it, many at a time.
  setMaxListeners(0, controller.signal);
  const onSignal = (signal: NodeJS.Signals) => {
    process.off(signal, onSignal);
    controller.abort(signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  // Whoever read the report has gone away: what is to be done is done all the same, and a later run tells it again.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    process.exitCode = await body(controller.signal);
  } catch (error) {
    process.stderr.write(describe(name, error));
    process.exitCode = exitCodeOf(error);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
