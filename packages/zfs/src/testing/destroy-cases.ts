import assert from 'node:assert/strict';
import { parseVersionName, type VersionName } from '../model/index.ts';
import {
  child,
  exists,
  type Fixture,
  makeFilesystem,
  noise,
  type RunCase,
  refused,
  S1,
  S2,
  S3,
  versionsOf,
} from './helpers.ts';

/** The end of snapshots, many at a time, and of datasets. */
export async function destroyCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName } = fixture;
  const { zfs, destroyer } = bed;
  const left = async (dataset: ReturnType<typeof sourceName>) =>
    [...(await versionsOf(fixture, dataset)).keys()].sort();

  await test('snapshots are destroyed together, also with a space in their names; what is missing is no failure', async () => {
    const root = sourceName();
    const spaced = parseVersionName('a b');
    await makeFilesystem(fixture, root, S1, spaced, S2, S3);
    const missing = parseVersionName('missing');
    assert.deepEqual(await zfs.destroySnapshots(root, [S1, missing, spaced]), []);
    assert.deepEqual(await left(root), ['@s2', '@s3']);
    assert.deepEqual(await zfs.destroySnapshots(root, [missing]), []);
    assert.deepEqual(await zfs.destroySnapshots(root, [missing, S1]), []);
    assert.deepEqual(await zfs.destroySnapshots(root, []), []);
    const [failure] = await zfs.destroySnapshots(child(root, 'none'), [S1, S2]);
    assert.equal(failure?.error.reason, 'dataset-missing');
    assert.deepEqual(await left(root), ['@s2', '@s3']);
  });

  await test('what cannot be destroyed is told and stays, with what depends on it; the others go', async () => {
    const [root, clone] = [sourceName(), sourceName()];
    const names = ['1', '2', '3', '4', '5', '6', '7'].map((name) => parseVersionName(name));
    await makeFilesystem(fixture, root, ...names);
    const [, held, , cloned] = names as [VersionName, VersionName, VersionName, VersionName];
    await zfs.hold(root, [held], 'tag');
    await bed.run('clone', `${root}@${cloned}`, clone);
    const failures = await zfs.destroySnapshots(root, names.slice(0, 6));
    assert.deepEqual(
      failures.map(({ name, error }) => [name, error.reason]),
      [
        ['2', 'snapshot-held'],
        ['4', 'has-clones'],
      ],
    );
    assert.deepEqual(await left(root), ['@2', '@4', '@7']);
    assert.ok(await exists(fixture, clone));
  });

  await test('what a destruction would free is told beforehand, and changes nothing', async () => {
    const [root, clone] = [sourceName(), sourceName()];
    await zfs.create(root, { type: 'filesystem' });
    for (const [i, name] of [S1, S2, S3].entries()) {
      await bed.write(root, 'noise', noise(2 * 1024 * 1024, i + 1));
      await zfs.snapshot([root], name);
    }
    const near = async (names: readonly VersionName[], mebibytes: number): Promise<void> => {
      const bytes = Number(await zfs.reclaimable(root, names)) / 1024 / 1024;
      assert.ok(Math.abs(bytes - mebibytes) < 0.5, `${String(bytes)} MiB instead of ${String(mebibytes)}`);
    };
    await near([S1], 2);
    await near([S1, S2], 4);
    await near([S1, S2, parseVersionName('missing')], 4);
    await near([S3], 0);
    assert.equal(await zfs.reclaimable(root, []), 0n);
    assert.equal(await zfs.reclaimable(root, [parseVersionName('missing')]), 0n);
    await zfs.hold(root, [S2], 'tag');
    await near([S1, S2], 4);
    await zfs.release(root, [S2], 'tag');
    await bed.run('clone', `${root}@${S2}`, clone);
    await near([S1, S2], 2);
    await refused(zfs.reclaimable(child(root, 'none'), [S1]), 'dataset-missing');
    assert.deepEqual(await left(root), ['@s1', '@s2', '@s3']);
  });

  await test('the clones of a whole tree are listed, wherever they are', async () => {
    const [root, clone] = [sourceName(), sourceName()];
    await makeFilesystem(fixture, root, S1, S2);
    await zfs.create(child(root, 'a'), { type: 'volume', volumeSize: 1n << 20n });
    await zfs.snapshot([child(root, 'a')], S1);
    assert.deepEqual(await zfs.listClones(root), []);
    await bed.run('clone', `${root}@s1`, clone);
    await bed.run('clone', `${root}@s1`, child(root, 'own'));
    await bed.run('clone', `${child(root, 'a')}@s1`, child(clone, 'volume'));
    const listed = async (...depth: { depth: number }[]) =>
      (await zfs.listClones(root, ...depth)).map(({ snapshot, clones }) => [snapshot, [...clones].sort()]).sort();
    const own = [`${root}@s1`, [child(root, 'own'), clone].sort()];
    assert.deepEqual(await listed({ depth: 0 }), [own]);
    assert.deepEqual(await listed(), [[`${child(root, 'a')}@s1`, [child(clone, 'volume')]], [...own]].sort());
    await refused(zfs.listClones(child(root, 'none')), 'dataset-missing');
  });

  await test('a dataset is destroyed only when nothing depends on it', async () => {
    const root = sourceName();
    await makeFilesystem(fixture, root, S1);
    await zfs.create(child(root, 'a'), { type: 'filesystem' });
    await zfs.create(child(root, 'v'), { type: 'volume', volumeSize: 1n << 20n });
    await zfs.snapshot([child(root, 'v')], S1);
    await refused(destroyer.destroyDataset(root), 'has-children');
    await refused(destroyer.destroyDataset(child(root, 'v')), 'has-children');
    await zfs.destroyVersion(child(root, 'v'), { kind: 'snapshot', name: S1 });
    await destroyer.destroyDataset(child(root, 'v'));
    await destroyer.destroyDataset(child(root, 'a'));
    await refused(destroyer.destroyDataset(child(root, 'a')), 'dataset-missing');
    await refused(destroyer.destroyDataset(root), 'has-children');
    await zfs.bookmark(root, S1, S1);
    await zfs.destroyVersion(root, { kind: 'snapshot', name: S1 });
    await destroyer.destroyDataset(root);
    assert.equal(await exists(fixture, root), false);
  });
}
