/** What must not grow with the number of datasets: the zfs processes of a run that has nothing to do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { populate, simulatorCommands } from '@zfsync/simulator';
import { createZfs, parseDatasetName, parseVersionName, type Zfs } from '@zfsync/zfs';
import t, { type Test } from 'tap';
import { outcomes, startPair } from '../kit/pair.ts';

t.setTimeout(900_000);

/** A `Zfs` on the simulator that counts its processes by verb. */
function counting(root: string): { zfs: Zfs; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  const zfs = createZfs({
    command: simulatorCommands().zfs,
    env: { ...process.env, ZFSYNC_SIM_ROOT: root },
    onCommand: ({ argv }) => {
      const verb = argv[1] ?? '';
      counts.set(verb, (counts.get(verb) ?? 0) + 1);
    },
  });
  return { zfs, counts };
}

function paths(count: number): string[] {
  const made: string[] = [];
  for (let top = 0; made.length < count; top++) {
    made.push(`/top${top}`);
    for (let kid = 0; kid < 9 && made.length < count; kid++) made.push(`/top${top}/kid${kid}`);
  }
  return made;
}

/** Moves the whole tree over by ZFS itself, so that nothing is left to do for a run. */
async function seed(zfs: Zfs, env: NodeJS.ProcessEnv, from: string, to: string): Promise<void> {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const command = simulatorCommands().zfs;
  await promisify(execFile)('sh', ['-c', `'${command}' send -R '${from}' | '${command}' receive -u '${to}'`], { env });
}

/** The processes of one run with nothing to do, by verb, on each side. */
async function processesOfNoOp(t: Test, datasets: number): Promise<Record<string, Record<string, number>>> {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-scale-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const snapshots = ['s1', 's2', 's3', 's4', 's5'];
  populate(directory, { datasets: ['src', 'dst', 'src/tree', ...paths(datasets - 1).map((p) => `src/tree${p}`)] });
  const sender = counting(directory);
  const receiver = counting(directory);
  const source = parseDatasetName('src/tree');
  for (const name of snapshots) await sender.zfs.snapshot([source], parseVersionName(name), { recursive: true });
  await seed(sender.zfs, { ...process.env, ZFSYNC_SIM_ROOT: directory }, 'src/tree@s5', 'dst/tree');
  sender.counts.clear();
  const pair = await startPair({ target: 'dst/tree', receiverZfs: receiver.zfs, senderZfs: sender.zfs });
  try {
    const report = await pair.send(source);
    t.equal(report.datasets.length, datasets);
    t.ok(outcomes(report).every((line) => line.endsWith('up-to-date')));
  } finally {
    await pair.close();
  }
  return { sender: Object.fromEntries(sender.counts), receiver: Object.fromEntries(receiver.counts) };
}

t.test('1,000 datasets × 5 snapshots cost no more processes than one dataset', async (t) => {
  const few = await processesOfNoOp(t, 1);
  const many = await processesOfNoOp(t, 1_000);
  t.same(many, few);
  t.comment(JSON.stringify(few));
  const total = Object.values(few).flatMap((side) => Object.values(side));
  t.ok(total.reduce((sum, count) => sum + count, 0) <= 11, JSON.stringify(few));
});

t.test('a dataset with 10,000 snapshots is planned, over several pages', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-scale-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const names = Array.from({ length: 10_000 }, (_, index) => `autosnap_2026-01-01_00:00:00_${index}`);
  populate(directory, { datasets: ['src', 'src/many'], snapshots: names });
  populate(directory, { datasets: ['dst'] });
  const { zfs } = counting(directory);
  const pair = await startPair({ target: 'dst/many', receiverZfs: zfs, senderZfs: zfs });
  try {
    const report = await pair.send('src/many', { dryRun: true });
    t.match(report.datasets, [{ outcome: { kind: 'planned', what: 'full', snapshots: 10_000 } }]);
  } finally {
    await pair.close();
  }
});
