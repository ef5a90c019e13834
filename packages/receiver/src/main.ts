#!/usr/bin/env node
import { EXIT, parseCommandLine, print, runProgram, toJson } from '@zfsync/program';
import { PairingStore, PeerStore, stateDirectory } from '@zfsync/trust';
import { createZfs } from '@zfsync/zfs';
import { type ReceiverTask, receiverCommand } from './cli.ts';
import { createPairing } from './commands/pair.ts';
import { allowPeer, listPeers, unpair } from './commands/peers.ts';
import { printReceiverPermissions } from './permissions.ts';
import { parsePeerPolicy } from './peer-policy.ts';
import { policyFlags } from './policy-flags.ts';
import { serve } from './serve.ts';
import { VERSION } from './version.ts';

async function carryOut(task: ReceiverTask, signal: AbortSignal): Promise<number> {
  switch (task.kind) {
    case 'serve':
      return serve(task, signal);
    case 'serve-file': {
      // Who has no file needs no reader of YAML.
      const { loadReceiverConfig } = await import('./config.ts');
      return serve(loadReceiverConfig(task.file, task.target, task.flags), signal);
    }
    case 'config-check': {
      const { loadReceiverConfig } = await import('./config.ts');
      const { target } = loadReceiverConfig(task.file, undefined, task.flags);
      process.stdout.write(`ok: receives into ${target}\n`);
      return EXIT.ok;
    }
    case 'config-schema': {
      const { receiverSchema } = await import('./config.ts');
      process.stdout.write(toJson(receiverSchema(task.flags.options)));
      return EXIT.ok;
    }
    case 'pair': {
      const { state, pairings } = storesOf(task);
      const terminal = process.stdout.isTTY;
      return print(await createPairing({ ...task, stateDirectory: state, pairings, terminal }), task);
    }
    case 'allow':
      return print(await allowPeer(storesOf(task).pairings, task), task);
    case 'peers': {
      const { state, pairings } = storesOf(task);
      return print(listPeers(state, pairings, policyFlags), task);
    }
    case 'permissions': {
      const { target, user, features, check, zfsCommand: command } = task;
      const out = (text: string) => process.stdout.write(text);
      const err = (text: string) => process.stderr.write(text);
      return printReceiverPermissions(createZfs({ command }), target, user, features, { check, out, err });
    }
    case 'unpair':
      return print(await unpair(storesOf(task).pairings, task.name), task);
  }
}

function storesOf(task: { readonly stateDirectory: string | undefined }) {
  const state = stateDirectory('receiver', task.stateDirectory);
  const peers = new PeerStore(state, parsePeerPolicy);
  return { state, pairings: new PairingStore(state, peers, parsePeerPolicy) };
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
