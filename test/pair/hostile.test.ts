/** A scripted attacker against the running receiver, and an honest sender beside it all the time. */
import t from 'tap';
import { attackGroups } from '../kit/hostile-attacks.ts';
import { Bench } from '../kit/hostile-bench.ts';
import { hostileSource, hostileTarget } from '../kit/hostile-site.ts';
import { newMark } from '../kit/processes.ts';
import { startReceiver } from '../kit/programs.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
const pool = await hostileSource(bed);

t.test('over plaintext', async (t) => {
  const root = await hostileTarget(bed);
  const { mark, env } = newMark();
  const program = await startReceiver(['-v', '--zfs-command', bed.command, root], { ...bed.env, ...env });
  const bench = new Bench({ bed, pool, root, way: { kind: 'plaintext', program, mark } });
  await bench.start();
  const wanted = new RegExp(process.env['ZFSYNC_ATTACKS'] ?? '');
  for (const [group, attacks] of attackGroups) {
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
