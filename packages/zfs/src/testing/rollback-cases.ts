import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listTree } from '../list-tree.ts';
import { type DatasetName, parseVersionName } from '../model/index.ts';
import {
  assertReplicated,
  child,
  entryOf,
  type Fixture,
  makeFilesystem,
  noise,
  type RunCase,
  receiveBytes,
  refused,
  replicate,
  restOf,
  resume,
  S1,
  S2,
  streamOf,
  tokenOf,
  versionsOf,
} from './helpers.ts';

/** Going back to the newest snapshot; and holds. */
export async function rollbackCases(test: RunCase, fixture: Fixture): Promise<void> {
  await backCases(test, fixture);
  await partialCases(test, fixture);
  if (fixture.bed.mountRoot !== undefined) await mountedCases(test, fixture, fixture.bed.mountRoot);
  await holdCases(test, fixture);
}

const sinceS1 = { from: { kind: 'snapshot', name: S1 }, to: S2 } as const;

async function backCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;
  const diverged = async (): Promise<{ from: DatasetName; to: DatasetName }> => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1, S2);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    await bed.write(to, 'own', 'x');
    return { from, to };
  };
  const names = async (dataset: DatasetName): Promise<string[]> =>
    [...(await versionsOf(fixture, dataset)).keys()].sort();

  await test('a rollback gives up what was written, and keeps every snapshot', async () => {
    const { from, to } = await diverged();
    await zfs.bookmark(to, S1, parseVersionName('of-the-same'));
    await zfs.create(child(to, 'below'), { type: 'filesystem' });
    const send = { dataset: from, ...sinceS1 };
    await refused(replicate(fixture, send, { target: to, resumable: true }), 'target-modified');
    await zfs.rollback(to, S1);
    assert.deepEqual(await names(to), ['#of-the-same', '@s1']);
    assert.equal((await entryOf(fixture, to)).written, 0n);
    await replicate(fixture, send, { target: to, resumable: true });
    await assertReplicated(fixture, from, to, [S1, S2]);
    await zfs.rollback(to, S2);
    await assertReplicated(fixture, from, to, [S1, S2]);
    assert.ok(await entryOf(fixture, child(to, 'below')));
  });

  await test('no rollback over a newer snapshot or a newer bookmark', async () => {
    const { to } = await diverged();
    const own = parseVersionName('own');
    await zfs.snapshot([to], own);
    const error = await refused(zfs.rollback(to, S1), 'target-has-snapshots');
    assert.doesNotMatch(error.message, /-r\b/, 'nobody is told to force it');
    await zfs.bookmark(to, own, own);
    await zfs.destroyVersion(to, { kind: 'snapshot', name: own });
    await refused(zfs.rollback(to, S1), 'target-has-snapshots');
    assert.deepEqual(await names(to), ['#own', '@s1']);
    await refused(zfs.rollback(to, parseVersionName('none')), 'snapshot-missing');
    await refused(zfs.rollback(targetName(), S1), 'snapshot-missing');
  });
}

async function partialCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a rollback does not touch a partial receive', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await bed.write(from, 'noise', noise(4 * 1024 * 1024));
    await zfs.snapshot([from], S2);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    const bytes = await streamOf(fixture, { dataset: from, ...sinceS1 });
    const receive = { target: to, resumable: true };
    await refused(receiveBytes(fixture, bytes.subarray(0, bytes.length / 2), receive), 'stream-incomplete');
    await bed.write(to, 'own', 'x');
    // All of the rest is taken before ZFS looks at the target.
    await refused(resume(fixture, to), 'target-modified');
    assert.ok((await restOf(fixture, await tokenOf(fixture, to))).length < bytes.length / 8);
    await zfs.rollback(to, S1);
    await resume(fixture, to);
    await assertReplicated(fixture, from, to, [S1, S2]);
  });
}

async function mountedCases(test: RunCase, fixture: Fixture, mountRoot: string): Promise<void> {
  const { bed, targetName } = fixture;
  const { zfs } = bed;

  await test('what is mounted is rolled back in place', async () => {
    const to = targetName();
    const mountpoint = join(mountRoot, 'rolled-back');
    await bed.run('create', '-o', `mountpoint=${mountpoint}`, to);
    await writeFile(join(mountpoint, 'kept'), 'x');
    await zfs.snapshot([to], S1);
    await writeFile(join(mountpoint, 'own'), 'x');
    await zfs.rollback(to, S1);
    // `zfs rollback` comes back before the mounted filesystem shows it, at times.
    for (let i = 0; i < 50 && existsSync(join(mountpoint, 'own')); i++) await sleep(20);
    assert.deepEqual([existsSync(join(mountpoint, 'kept')), existsSync(join(mountpoint, 'own'))], [true, false]);
    assert.equal((await entryOf(fixture, to)).mounted, true);
  });
}

async function holdCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName } = fixture;
  const { zfs } = bed;

  await test('holds are listed by snapshot and tag; the list of versions tells which are held', async () => {
    const root = sourceName();
    await makeFilesystem(fixture, root, S1, S2);
    await makeFilesystem(fixture, child(root, 'below'), S2);
    await zfs.bookmark(root, S2, S2);
    assert.deepEqual(await zfs.holds(root, [S1, S2]), []);
    await zfs.hold(root, [S1, S2], 'zfsync_a');
    await zfs.hold(root, [S2], 'a b');
    const holds = await zfs.holds(root, [S1, S2]);
    assert.deepEqual(holds.map(({ snapshot, tag }) => `${snapshot} ${tag}`).sort(), [
      's1 zfsync_a',
      's2 a b',
      's2 zfsync_a',
    ]);
    assert.deepEqual(await zfs.holds(root, []), []);
    await zfs.release(root, [S1], 'zfsync_a');
    await refused(zfs.holds(root, [S1, parseVersionName('none')]), 'snapshot-missing');
    const [state, below] = await listTree(zfs, root, new AbortController().signal);
    assert.deepEqual([...(state?.held ?? [])], [S2]);
    assert.equal(below?.held.size, 0);
    const versions = await versionsOf(fixture, root);
    assert.deepEqual([...versions].map(([name, { held }]) => `${name} ${String(held)}`).sort(), [
      '#s2 false',
      '@s1 false',
      '@s2 true',
    ]);
    await zfs.release(root, [S2], 'zfsync_a');
    await zfs.release(root, [S2], 'a b');
  });
}
