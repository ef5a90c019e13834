import { once } from 'node:events';
import { acquireLock, createLogger, defaultRunDirectory, EXIT } from '@zfsync/program';
import { ConfigError, createZfs, type DatasetName } from '@zfsync/zfs';
import type { ReceiverConfig } from './cli.ts';
import { overlap } from './registry.ts';
import { Receiver } from './server.ts';
import { VERSION } from './version.ts';

/** How long a stream may go on after the first signal. */
const DRAIN_GRACE_MS = 30_000;

/** Serves until the signal fires, then drains. @returns the exit code. */
export async function serve(config: ReceiverConfig, signal: AbortSignal): Promise<number> {
  const log = createLogger({ name: 'zfsync-recv', file: config.logFile, verbose: config.verbose });
  const { target, port, backlog, stallMs } = config;
  if (config.tls !== undefined || config.host === undefined) throw new ConfigError('this version has no TLS yet');
  const lock = await acquireLock({
    directory: config.runDirectory ?? defaultRunDirectory(),
    kind: 'recv',
    name: target,
    what: `zfsync-recv for ${target}`,
    conflicts: (other) => overlap(target, other as DatasetName),
  });
  const zfs = createZfs({
    command: config.zfsCommand,
    stallMs,
    onCommand: (command) => {
      log.debug({ event: 'zfs', ...command }, command.argv.join(' '));
    },
  });
  const policy = { onConflict: config.policy, hold: config.hold };
  const receiver = new Receiver({ ...config, policy, zfs, agent: `zfsync-recv/${VERSION}`, log });
  const address = await receiver.listen({ host: config.host, port, backlog });
  log.info(
    { event: 'listening', target, ...address },
    `listening on ${address.host} port ${address.port} for ${target}`,
  );
  if (!signal.aborted) await once(signal, 'abort');
  log.info({ event: 'draining', signal: String(signal.reason) }, 'shutting down: no new streams');
  await receiver.drain(DRAIN_GRACE_MS);
  lock.release();
  log.info({ event: 'stopped' }, 'stopped');
  return EXIT.ok;
}
