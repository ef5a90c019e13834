#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { EXIT, parseCommandLine, print, runProgram, toJson } from '@zfsync/program';
import { stateDirectory } from '@zfsync/trust';
import { ConfigError, createZfs } from '@zfsync/zfs';
import { type SenderTask, senderCommand } from './cli.ts';
import { pairWith } from './commands/pair.ts';
import { listReceivers, unpairReceiver } from './commands/peers.ts';
import { tendCursors } from './commands/cursors.ts';
import { printSenderPermissions } from './permissions.ts';
import { dialPinned } from './secure-dial.ts';
import { runJobs, type Surroundings } from './run-jobs.ts';
import { VERSION } from './version.ts';

async function carryOut(task: SenderTask, signal: AbortSignal): Promise<number> {
  switch (task.kind) {
    case 'send': {
      if (task.cursors !== undefined) return tendCursors(task, task.cursors, signal);
      const { everyMs, once, json } = task;
      const jobs = [{ name: undefined, config: task }];
      return runJobs({ jobs, everyMs, once, json, named: false }, surroundings(signal));
    }
    case 'jobs': {
      // Who has no file needs no reader of YAML.
      const { loadJobs } = await import('./config.ts');
      const loaded = loadJobs(task.file, task.names, task.flags);
      const everyMs = task.everyMs ?? loaded.everyMs;
      const { once, json } = task;
      return runJobs({ jobs: loaded.jobs, everyMs, once, json, named: true }, surroundings(signal));
    }
    case 'config-check': {
      const { describeJobs, loadJobs } = await import('./config.ts');
      process.stdout.write(describeJobs(loadJobs(task.file, [], task.flags)));
      return EXIT.ok;
    }
    case 'config-schema': {
      const { senderSchema } = await import('./config.ts');
      process.stdout.write(toJson(senderSchema(task.flags.options)));
      return EXIT.ok;
    }
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

function surroundings(signal: AbortSignal): Surroundings {
  const out = (text: string) => process.stdout.write(text);
  const err = (text: string) => process.stderr.write(text);
  return { signal, env: process.env, out, err, attended: process.stderr.isTTY };
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
