import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError, ReplicationError } from '@zfsync/zfs';
import { destination, type Logger, pino, stdSerializers } from 'pino';

export type { Logger } from 'pino';

export interface LogOptions {
  /** The name of the program in every line. */
  readonly name: string;
  /** `-o`: append to this file; absent = standard error. */
  readonly file?: string | undefined;
  /** `-v`: also the events of level debug. */
  readonly verbose: boolean;
  /** Log nothing: the program says in its report all that a person needs. */
  readonly quiet?: boolean;
}

/** Of a file that the program makes: names of datasets and addresses are not for everybody, but for a group that reads logs. */
const LOG_FILE_MODE = 0o640;

const files: { readonly file: string; readonly sink: ReturnType<typeof destination> }[] = [];

/** Opens the log files again by their names, as after they were rotated. One that cannot be opened goes on as it was. */
export function reopenLogFiles(): void {
  for (const { file, sink } of files) {
    try {
      // Tried first: a reopen of sonic-boom that fails has the next one close a descriptor twice.
      closeSync(openSync(file, 'a', LOG_FILE_MODE));
      sink.reopen();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      process.stderr.write(`the log file ${file} cannot be opened again, the old one is written on: ${why}\n`);
    }
  }
}

/** There is a file to open again. */
export function hasLogFiles(): boolean {
  return files.length > 0;
}

/** What a log line says of an error: stable code, retry and context; the stack only of a bug. */
function serializeError(error: Error): Record<string, unknown> {
  if (!(error instanceof ReplicationError)) return stdSerializers.err(error);
  const { name, code, retry, origin, context, message } = error;
  return {
    type: name,
    code,
    retry,
    origin,
    message,
    ...context,
    ...('stderrTail' in error && { stderr: error.stderrTail }),
    ...(error.cause instanceof Error && { cause: error.cause.message }),
  };
}

/**
 * NDJSON, one event a line: `event` is a stable name (docs/LOGGING.md), `msg` is for people. Written synchronously, so
 * that no line is lost at exit. 64-bit values become strings.
 *
 * @throws {ConfigError} when the file cannot be opened.
 */
export function createLogger(options: LogOptions): Logger {
  let sink: ReturnType<typeof destination>;
  try {
    sink = destination({ dest: options.file ?? 2, sync: true, append: true, mkdir: false, mode: LOG_FILE_MODE });
  } catch (error) {
    const directory = dirname(options.file ?? '');
    if (options.file !== undefined && !existsSync(directory)) {
      throw new ConfigError(`the log file ${options.file} cannot be made: there is no directory ${directory}; make it`);
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`the log file ${options.file ?? ''} cannot be opened: ${why}`);
  }
  if (options.file !== undefined) files.push({ file: options.file, sink });
  // A full disk must not end what the log is about: lines are lost then, and that is said once.
  let complained = false;
  sink.on('error', (error: Error) => {
    if (!complained)
      process.stderr.write(`${options.name}: the log cannot be written, lines are lost: ${error.message}\n`);
    complained = true;
  });
  return pino(
    {
      name: options.name,
      level: options.quiet === true ? 'silent' : options.verbose ? 'debug' : 'info',
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
    },
    sink,
  );
}
