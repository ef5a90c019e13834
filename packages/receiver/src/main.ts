#!/usr/bin/env node
import { EXIT, parseCommandLine, runProgram } from '@zfsync/program';
import { ConfigError } from '@zfsync/zfs';
import { type ReceiverTask, receiverCommand } from './cli.ts';
import { serve } from './serve.ts';
import { VERSION } from './version.ts';

function carryOut(task: ReceiverTask, signal: AbortSignal): Promise<number> {
  switch (task.kind) {
    case 'serve':
      return serve(task, signal);
    case 'pair':
    case 'allow':
    case 'peers':
    case 'unpair':
      throw new ConfigError('this version has no TLS yet');
  }
}

await runProgram('zfsync-recv', async (signal) => {
  let task: ReceiverTask | undefined;
  const command = receiverCommand(VERSION, (chosen) => {
    task = chosen;
  });
  const done = parseCommandLine(command, process.argv);
  if (done !== undefined || task === undefined) return done ?? EXIT.ok;
  return carryOut(task, signal);
});
