#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { createLogger, EXIT, parseCommandLine, print, runProgram, toJson } from '@zfsync/program';
import { stateDirectory } from '@zfsync/trust';
import { ConfigError, createZfs, type Zfs } from '@zfsync/zfs';
import { type SenderTask, senderCommand } from './cli.ts';
import { pairWith } from './commands/pair.ts';
import { listReceivers, unpairReceiver } from './commands/peers.ts';
import { type CursorFailure, formatCursors, listCursors, removeCursors } from './cursor-list.ts';
import { printSenderPermissions } from './permissions.ts';
import { dialPinned } from './secure-dial.ts';
import type { CursorTask, SenderConfig } from './send-options.ts';
import { acquireSendLock, cursorsLockName } from './send-lock.ts';
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

async function tendCursors(config: SenderConfig, task: CursorTask, zfs: Zfs, signal: AbortSignal): Promise<number> {
  const { source, json, dryRun } = config;
  if (task.kind === 'list') {
    const targets = await listCursors(zfs, source, signal);
    process.stdout.write(json ? toJson({ cursors: targets }) : formatCursors(source, targets));
    return EXIT.ok;
  }
  const what = `zfsync-send --remove-cursors of ${source}`;
  const lock = dryRun ? undefined : await acquireSendLock(config.runDirectory, cursorsLockName(source), what);
  try {
    const all = await listCursors(zfs, source, signal);
    const targets = all.filter(({ targetId }) => targetId === task.targetId);
    if (targets.length === 0) throw new ConfigError(`${source} has no cursors of a target ${task.targetId}`);
    const failures: CursorFailure[] = [];
    for (const target of dryRun ? [] : targets) failures.push(...(await removeCursors(zfs, target, signal)));
    for (const { dataset, what: which, failure } of failures) {
      process.stderr.write(`${dataset}: ${which} not removed: ${failure.message}\n`);
    }
    const done = dryRun ? 'would remove' : failures.length > 0 ? 'removed in part' : 'removed';
    process.stdout.write(
      json ? toJson({ cursors: targets, dryRun, failures }) : `${done} ${formatCursors(source, targets)}`,
    );
    return failures.length > 0 ? EXIT.datasetsFailed : EXIT.ok;
  } finally {
    lock?.release();
  }
}

async function carryOut(task: SenderTask, signal: AbortSignal): Promise<number> {
  switch (task.kind) {
    case 'send':
      return send(task, signal);
    case 'pair': {
      const { endpoint, bindAddress, connectTimeoutMs: timeoutMs } = task;
      const token = task.token ?? (await typedToken());
      const options = { stateDirectory: stateOf(task), endpoint, bindAddress, timeoutMs };
      return print(
        await pairWith(token, { ...options, agent: `zfsync-send/${VERSION}`, signal, dial: dialPinned }),
        task,
      );
    }
    case 'peers':
      return print(listReceivers(stateOf(task)), task);
    case 'permissions': {
      const { dataset, user, features, check, zfsCommand: command } = task;
      const out = (text: string) => process.stdout.write(text);
      const err = (text: string) => process.stderr.write(text);
      return printSenderPermissions(createZfs({ command }), dataset, user, features, { check, out, err });
    }
    case 'unpair':
      return print(unpairReceiver(stateOf(task), task.endpoint), task);
  }
}

/** An argument can be seen by other users of the host while the command runs; what is typed cannot. */
async function typedToken(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('token: ');
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) if (line.trim() !== '') return line;
  throw new ConfigError('standard input has no token');
}

function stateOf(task: { readonly stateDirectory: string | undefined }): string {
  return stateDirectory('sender', task.stateDirectory);
}

await runProgram('zfsync-send', async (signal) => {
  let task: SenderTask | undefined;
  const command = senderCommand(VERSION, (chosen) => {
    task = chosen;
  });
  const done = parseCommandLine(command, process.argv);
  if (done !== undefined || task === undefined) return done ?? EXIT.ok;
  return carryOut(task, signal);
});
