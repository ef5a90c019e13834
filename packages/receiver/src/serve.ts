import { once } from 'node:events';
import { hostname } from 'node:os';
import {
  acquireLock,
  createLogger,
  ErrorFlags,
  EXIT,
  type Logger,
  readAccount,
  reopenOnSignals,
  runDirectory,
} from '@zfsync/program';
import { ConnectionError } from '@zfsync/protocol';
import {
  loadIdentity,
  readAuthorities,
  readIdentity,
  removeListening,
  stateDirectory,
  writeListening,
} from '@zfsync/trust';
import { createDatasetDestroyer, createZfs, type DatasetName, type Zfs, type ZfsOptions } from '@zfsync/zfs';
import { Peers } from './peers.ts';
import { featuresOf, warnOfMissingPermissions } from './permissions.ts';
import { overlap } from './registry.ts';
import { Receiver, type Security } from './server.ts';
import type { ReceiverConfig } from './serve-options.ts';
import { checkStateLock } from './state-lock.ts';
import { VERSION } from './version.ts';

/** How long a stream may go on after the first signal. */
const DRAIN_GRACE_MS = 30_000;

const DEFAULT_ZFS_COMMAND = 'zfs';

/** Serves until the signal fires, then drains. @returns the exit code. */
export async function serve(config: ReceiverConfig, signal: AbortSignal): Promise<number> {
  const log = createLogger({ name: 'zfsync-recv', file: config.logFile, verbose: config.verbose });
  if (config.logFile !== undefined) reopenOnSignals();
  const errorFlags = config.errorFlags === undefined ? undefined : new ErrorFlags(config.errorFlags, log);
  const { target, port, backlog, stallMs } = config;
  const lock = await acquireLock({
    directory: runDirectory(config.runDirectory),
    kind: 'recv',
    name: target,
    what: `zfsync-recv for ${target}`,
    conflicts: (other) => overlap(target, other as DatasetName),
  });
  const zfsOptions: ZfsOptions = {
    command: config.zfsCommand,
    stallMs,
    onCommand: (command) => {
      log.debug({ event: 'zfs', ...command }, command.argv.join(' '));
    },
  };
  const zfs = createZfs(zfsOptions);
  const destroyer = createDatasetDestroyer(zfsOptions);
  const state = config.tls === undefined ? undefined : stateDirectory('receiver', config.stateDirectory);
  if (state !== undefined) await checkStateLock(state);
  const security = await securityOf(config, state);
  const receiver = new Receiver({
    ...config,
    errorFlags,
    security,
    zfs,
    destroyer,
    agent: `zfsync-recv/${VERSION}`,
    log,
  });
  const address = await listen(receiver, config.host, { port, backlog });
  const fingerprint = security.kind === 'tls' ? security.identity.fingerprint : undefined;
  const how = fingerprint === undefined ? ' without TLS' : '';
  log.info(
    { event: 'listening', target, ...address, fingerprint },
    `listening on ${address.host} port ${address.port} for ${target}${how}`,
  );
  if (state !== undefined) writeListening(state, { ...address, target, fingerprint, pid: process.pid });
  const checked = checkPermissions(config, zfs, log);
  if (!signal.aborted) await once(signal, 'abort');
  log.info({ event: 'draining', signal: String(signal.reason) }, 'shutting down: no new streams');
  await receiver.drain(DRAIN_GRACE_MS);
  await checked;
  if (state !== undefined) removeListening(state, { ...address, pid: process.pid });
  lock.release();
  log.info({ event: 'stopped' }, 'stopped');
  return EXIT.ok;
}

async function checkPermissions(config: ReceiverConfig, zfs: Zfs, log: Logger): Promise<void> {
  const { target, zfsCommand, policy } = config;
  const uid = process.geteuid?.() ?? 0;
  // Another command may well be one that has zfs run as root.
  if (uid === 0 || zfsCommand !== DEFAULT_ZFS_COMMAND) return;
  const account = () => readAccount(String(uid));
  await warnOfMissingPermissions({ zfs, target, features: featuresOf(policy), account, log });
}

/** Every address of the host: both families where there are both. */
const EVERY_ADDRESS = ['::', '0.0.0.0'] as const;

async function listen(
  receiver: Receiver,
  host: string | undefined,
  options: { readonly port: number; readonly backlog: number },
): Promise<{ host: string; port: number }> {
  if (host !== undefined) return receiver.listen({ host, ...options });
  try {
    return await receiver.listen({ host: EVERY_ADDRESS[0], ...options });
  } catch (error) {
    // A kernel without IPv6.
    if (!(error instanceof ConnectionError) || !/EAFNOSUPPORT|EADDRNOTAVAIL/.test(codeOf(error.cause))) throw error;
    return receiver.listen({ host: EVERY_ADDRESS[1], ...options });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

async function securityOf({ tls, allowFrom, policy }: ReceiverConfig, state: string | undefined): Promise<Security> {
  if (tls === undefined || state === undefined) return { kind: 'plaintext', allowFrom };
  const { certificateFile, keyFile, caFile } = tls;
  const identity =
    certificateFile === undefined || keyFile === undefined
      ? await loadIdentity(state, hostname())
      : readIdentity(certificateFile, keyFile);
  const ca = caFile === undefined ? undefined : readAuthorities(caFile);
  return { kind: 'tls', identity, ca, allowFrom, peers: new Peers(state, policy) };
}
