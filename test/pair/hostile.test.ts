/** A scripted attacker against the running receiver, and an honest sender beside it all the time. */
import { randomBytes } from 'node:crypto';
import { parseDatasetName, parseVersionName } from '@zfsync/zfs';
import t from 'tap';
import { attackGroups } from '../kit/hostile-attacks.ts';
import { Bench } from '../kit/hostile-bench.ts';
import { newMark } from '../kit/processes.ts';
import { startReceiver } from '../kit/programs.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const d = parseDatasetName;
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
const pool = await bed.createPool('src');
for (const path of ['/tree', '/tree/a', '/tree/a/b', '/loot', '/other']) {
  await bed.zfs.create(d(pool + path), { type: 'filesystem' });
}
for (const name of ['one', 'two', 'three']) {
  for (const path of ['/loot', '/other']) {
    await bed.write(d(pool + path), name, randomBytes(5_000));
    await bed.zfs.snapshot([d(pool + path)], parseVersionName(name));
  }
}

await bed.run('clone', `${pool}/loot@one`, `${pool}/clone`);
await bed.zfs.snapshot([d(`${pool}/clone`)], parseVersionName('one'));

t.test('over plaintext', async (t) => {
  const dst = await bed.createPool('dst');
  const root = d(`${dst}/backup`);
  await bed.zfs.create(root, { type: 'filesystem' });
  await bed.zfs.create(d(`${root}/bystander`), { type: 'filesystem' });
  await bed.zfs.snapshot([d(`${root}/bystander`)], parseVersionName('kept'));
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
