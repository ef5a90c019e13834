/** A scripted attacker against the running receiver over TLS, and an honest sender beside it all the time. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@zfsync/program';
import { connectTls } from '@zfsync/protocol';
import { NO_MIRROR, NO_PROPERTIES, Receiver } from '@zfsync/receiver';
import { ReplicationError } from '@zfsync/zfs';
import t from 'tap';
import { makeIdentity } from '../kit/certificates.ts';
import { Bench } from '../kit/hostile-bench.ts';
import { hostileSource, hostileTarget, tlsSite } from '../kit/hostile-site.ts';
import { tlsAttackGroups } from '../kit/hostile-tls-attacks.ts';
import { newMark } from '../kit/processes.ts';
import { startSecureReceiver } from '../kit/programs.ts';
import { runAttacks } from '../kit/run-attacks.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(600_000);

t.test('over TLS', async (t) => {
  const bed = await servedSimulatorTestBed();
  t.teardown(() => bed.dispose());
  const pool = await hostileSource(bed);
  const root = await hostileTarget(bed);
  const site = await tlsSite(root);
  t.teardown(site.dispose);
  const { mark, env } = newMark();
  const own = ['-v', '-t', '3', '--state', site.directory, '--ca', site.caFile, '--run-dir', site.directory];
  const args = [...own, '--zfs-command', bed.command, root];
  const program = await startSecureReceiver(args, { ...bed.env, ...env });
  const receiverFingerprint = /"fingerprint":"([0-9a-f]{64})"/.exec(program.running.stderr())?.[1] ?? '';
  const { honest, mallory } = site;
  const way = { kind: 'tls', program, mark, receiverFingerprint, honest, mallory } as const;
  const bench = new Bench({ bed, pool, root, way });
  await runAttacks(t, bench, await tlsAttackGroups(site));
});

t.test('what is wrong with the state is said once, whoever comes', async (t) => {
  const bed = await servedSimulatorTestBed();
  t.teardown(() => bed.dispose());
  const target = await hostileTarget(bed);
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-log-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'log');
  const damaged = new ReplicationError('a record is damaged', { code: 'STATE_DAMAGED', retry: 'operator' });
  const lookUp = () => {
    throw damaged;
  };
  const peers = { identify: lookUp, enrol: () => Promise.reject(damaged) };
  const plain = { onConflict: 'fail', hold: false, appendOnly: false, properties: NO_PROPERTIES } as const;
  const policy = { ...plain, keep: undefined, mirror: NO_MIRROR };
  const identity = await makeIdentity('receiver');
  const receiver = new Receiver({
    zfs: bed.zfs,
    target,
    security: { kind: 'tls', identity, ca: undefined, allowFrom: undefined, peers: peers as never },
    ...{ streamsMax: 2, agent: 'test', stallMs: 60_000, peerTimeoutMs: 30_000, policy },
    log: createLogger({ name: 'zfsync-recv', file, verbose: false }),
  });
  const host = '127.0.0.1';
  const { port } = await receiver.listen({ host, port: 0, backlog: 50 });
  const stranger = await makeIdentity('stranger');
  for (let n = 0; n < 5; n += 1) {
    const trust = { fingerprint: identity.fingerprint };
    const transport = await connectTls({ host, port, identity: stranger, trust, timeoutMs: 5_000 });
    await new Promise((resolve) => {
      const onEnd = () => {
        transport.destroy();
      };
      transport.start({ onData: () => undefined, onDrain: () => undefined, onEnd, onClose: resolve });
    });
  }
  const said = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('peer-unreadable'));
  t.equal(said().length, 1);
  await receiver.drain(1_000);
  t.match(said()[1], /STATE_DAMAGED.*\(4 times within the last minute\)/, 'the rest at the end');
});
