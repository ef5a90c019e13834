#!/usr/bin/env node
import { createLogger, EXIT, parseCommandLine, runProgram } from '@zfsync/program';
import { ConfigError, createZfs, type DatasetName, type Zfs } from '@zfsync/zfs';
import { type CursorTask, type SenderConfig, senderCommand, senderConfig } from './cli.ts';
import { formatCursors, listCursors, removeCursors } from './cursor-list.ts';
import { toJson } from './report.ts';
import { type Result, sendTo } from './send.ts';
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

async function send(config: SenderConfig, signal: AbortSignal): Promise<number> {
  const { logFile, verbose, stallMs } = config;
  const log = createLogger({ name: 'zfsync-send', file: logFile, verbose, quiet: logFile === undefined && !verbose });
  const zfs = createZfs({
    command: config.zfsCommand,
    stallMs,
    onCommand: (command) => {
      log.debug({ event: 'zfs', ...command }, command.argv.join(' '));
    },
  });
  if (config.cursors !== undefined) return tendCursors(config, config.cursors, zfs, signal);
  // Cron sends a mail for whatever is on standard error, so that only a person at a terminal is told of a wait.
  const say = (text: string) => process.stderr.isTTY && process.stderr.write(text);
  const results: Result[] = [];
  for (const receiver of config.receivers) {
    const result = await sendTo(receiver, { config, zfs, log, signal, say });
    results.push(result);
    if (!config.json) (result.exitCode === EXIT.ok ? process.stdout : process.stderr).write(result.text);
    if (signal.aborted) break;
  }
  if (config.json) process.stdout.write(toJson({ runs: results.map(({ document }) => document) }));
  return WORST_FIRST.find((code) => results.some(({ exitCode }) => exitCode === code)) ?? EXIT.ok;
}

async function tendCursors(
  { source, json }: { readonly source: DatasetName; readonly json: boolean },
  task: CursorTask,
  zfs: Zfs,
  signal: AbortSignal,
): Promise<number> {
  const all = await listCursors(zfs, source, signal);
  const targets = task.kind === 'list' ? all : all.filter(({ targetId }) => targetId === task.targetId);
  if (task.kind === 'remove') {
    if (targets.length === 0) throw new ConfigError(`${source} has no cursors of a target ${task.targetId}`);
    for (const target of targets) await removeCursors(zfs, target);
  }
  const text = task.kind === 'remove' ? 'removed ' : '';
  process.stdout.write(json ? toJson({ cursors: targets }) : text + formatCursors(source, targets));
  return EXIT.ok;
}

await runProgram('zfsync-send', async (signal) => {
  const command = senderCommand(VERSION);
  return parseCommandLine(command, process.argv) ?? (await send(senderConfig(command), signal));
});
