/** Reading what a command prints: as lines in constant memory, or as one short text. */
import { StringDecoder } from 'node:string_decoder';
import { AbortedError, ZfsError } from '../errors.ts';
import { quoted } from '../model/index.ts';
import type { Runner, RunningCommand } from './run.ts';

/** The longest row: a mountpoint of 4 KiB and a resume token of some KiB have room. */
export const LINE_CHARACTERS_MAX = 1024 * 1024;

/** Splits text into lines, however it is cut into chunks. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  *push(chunk: Buffer): Generator<string, void, undefined> {
    this.#rest += this.#decoder.write(chunk);
    let start = 0;
    for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n', start)) {
      yield this.#rest.slice(start, end);
      start = end + 1;
    }
    this.#rest = this.#rest.slice(start);
  }

  /** What came after the last newline; '' at a proper end. */
  get rest(): string {
    return this.#rest;
  }
}

/** What zfs printed is not what it should be. */
export function outputError(command: Pick<RunningCommand, 'argv'>, problem: string): ZfsError {
  return new ZfsError(`cannot understand the output of ${command.argv.slice(0, 2).join(' ')}: ${problem}`, {
    reason: 'unknown',
    argv: command.argv,
    exitCode: null,
    signal: null,
    stderrTail: '',
  });
}

/**
 * The lines that a command prints, as they come. Ends with the command's error when it fails, also after lines; leaving
 * the loop early ends the process.
 * @throws {ZfsError} @throws {AbortedError}
 */
export async function* readLines(
  command: RunningCommand,
  signal?: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const splitter = new LineSplitter();
  const abort = (): void => void command.kill();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    if (signal?.aborted) await command.kill();
    for await (const chunk of command.chunks()) {
      yield* splitter.push(chunk);
      if (splitter.rest.length > LINE_CHARACTERS_MAX) throw outputError(command, 'a line is longer than 1 MiB');
    }
    if (splitter.rest !== '') throw outputError(command, `it ends within the line ${quoted(splitter.rest)}`);
  } catch (error) {
    if (signal?.aborted) throw new AbortedError('reading from zfs was called off', { cause: signal.reason });
    // A pipe that broke: how the process ended says why.
    if (!(error instanceof ZfsError)) await command.done;
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    // No longer running after a proper end; after an early one this is what ends it.
    await command.kill();
  }
}

/** Runs a command to its end and collects its lines; for outputs that are short by nature. */
export async function runLines(runner: Runner, args: readonly string[], subject: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(runner.start(args, subject))) lines.push(line);
  return lines;
}

/** Runs a command to its end for its effect. */
export async function runCommand(runner: Runner, args: readonly string[], subject: string): Promise<void> {
  await runLines(runner, args, subject);
}
