/** A scripted attacker against the running receiver over TLS, and an honest sender beside it all the time. */
import t from 'tap';
import { Bench } from '../kit/hostile-bench.ts';
import { hostileSource, hostileTarget, tlsSite } from '../kit/hostile-site.ts';
import { tlsAttackGroups } from '../kit/hostile-tls-attacks.ts';
import { newMark } from '../kit/processes.ts';
import { startSecureReceiver } from '../kit/programs.ts';
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
  await bench.start();
  const wanted = new RegExp(process.env['ZFSYNC_ATTACKS'] ?? '');
  for (const [group, attacks] of await tlsAttackGroups(site)) {
    t.test(group, async (t) => {
      for (const attack of attacks.filter(({ what }) => wanted.test(what))) {
        await t.test(attack.what, async () => bench.attack(attack));
      }
    });
  }
  t.test('and the honest sender', async (t) => {
    await bench.close();
    t.ok(bench.honestRuns.length > 3, `${bench.honestRuns.length} honest runs`);
    t.comment(bench.honestRuns.map((ms) => Math.round(ms)).join(' '));
  });
});
