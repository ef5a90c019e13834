#!/usr/bin/env node
import {
  createLogger,
  type Endpoint,
  EXIT,
  exitCodeOf,
  type Logger,
  parseCommandLine,
  runProgram,
} from '@zfsync/program';
import { toFailure } from '@zfsync/protocol';
import { createZfs, ReplicationError, type Zfs } from '@zfsync/zfs';
import { type SenderConfig, senderCommand, senderConfig } from './cli.ts';
import { dialTcp } from './connect.ts';
import { exitCodeOfReport, formatReport, reportToJson } from './report.ts';
import { runSession } from './run.ts';
import { VERSION } from './version.ts';

/** The worst of several receivers' exit codes is the run's: the first of these that occurs. */
const WORST_FIRST = [
  EXIT.internal,
  EXIT.interrupted,
  EXIT.usage,
  EXIT.failure,
  EXIT.conflict,
  EXIT.datasetsFailed,
  EXIT.busy,
];

interface Result {
  readonly exitCode: number;
  /** For `--json`. */
  readonly document: unknown;
  /** For people, on standard output or, of a failure, on standard error. */
  readonly text: string;
}

async function sendTo(
  receiver: Endpoint,
  config: SenderConfig,
  zfs: Zfs,
  log: Logger,
  signal: AbortSignal,
): Promise<Result> {
  const name = `${receiver.host.includes(':') ? `[${receiver.host}]` : receiver.host}:${receiver.port}`;
  const { source, connections, asPath, dryRun, bindAddress, stallMs } = config;
  const dial = dialTcp(receiver, bindAddress);
  const agent = `zfsync-send/${VERSION}`;
  try {
    const report = await runSession({
      zfs,
      source,
      receiver: name,
      dial,
      connections,
      asPath,
      dryRun,
      agent,
      stallMs,
      log,
      signal,
    });
    return { exitCode: exitCodeOfReport(report), document: report, text: formatReport(report) };
  } catch (error) {
    if (!(error instanceof ReplicationError)) throw error;
    log.error({ event: 'run-failed', peer: name, err: error }, error.message);
    const document = { source, receiver: name, dryRun, failure: toFailure(error) };
    return { exitCode: exitCodeOf(error), document, text: `${source} to ${name}: FAILED: ${error.message}\n` };
  }
}

async function send(config: SenderConfig, signal: AbortSignal): Promise<number> {
  const { logFile, verbose } = config;
  const log = createLogger({ name: 'zfsync-send', file: logFile, verbose, quiet: logFile === undefined && !verbose });
  const zfs = createZfs({
    command: config.zfsCommand,
    onCommand: (command) => {
      log.debug({ event: 'zfs', ...command }, command.argv.join(' '));
    },
  });
  const results: Result[] = [];
  for (const receiver of config.receivers) {
    const result = await sendTo(receiver, config, zfs, log, signal);
    results.push(result);
    if (!config.json) (result.exitCode === EXIT.ok ? process.stdout : process.stderr).write(result.text);
    if (signal.aborted) break;
  }
  if (config.json) process.stdout.write(reportToJson(results.map(({ document }) => document)));
  return WORST_FIRST.find((code) => results.some(({ exitCode }) => exitCode === code)) ?? EXIT.ok;
}

await runProgram('zfsync-send', async (signal) => {
  const command = senderCommand(VERSION);
  return parseCommandLine(command, process.argv) ?? (await send(senderConfig(command), signal));
});
