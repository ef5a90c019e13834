import assert from 'node:assert/strict';
import { type DatasetName, NAME_BYTES_MAX, parseDatasetName, parseVersionName } from '../model/index.ts';
import {
  child,
  collect,
  entryOf,
  exists,
  type Fixture,
  guidOf,
  makeFilesystem,
  noise,
  type RunCase,
  refused,
  S1,
  S2,
  versionsOf,
} from './helpers.ts';

export async function datasetCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed } = fixture;
  const { zfs } = bed;

  await test('a dataset is created with properties, not mounted, with its parents when asked', async () => {
    const root = fixture.targetName();
    await refused(zfs.create(child(root, 'a/b'), { type: 'filesystem' }), 'parent-missing');
    await zfs.create(child(root, 'a/b'), {
      type: 'filesystem',
      parents: true,
      properties: { canmount: 'off', 'test:x': '1' },
    });
    const read = await zfs.getProperties(child(root, 'a/b'), ['canmount', 'mounted', 'test:x']);
    assert.deepEqual(Object.fromEntries(read), { canmount: 'off', mounted: 'no', 'test:x': '1' });
    await refused(zfs.create(child(root, 'a'), { type: 'filesystem' }), 'dataset-exists');
    await zfs.create(child(root, 'a/b'), { type: 'filesystem', parents: true });
    assert.equal((await zfs.getProperties(child(root, 'a/b'), ['test:x'])).get('test:x'), '1', 'it stays as it is');
    await zfs.create(child(root, 'v'), { type: 'volume', volumeSize: 8n * 1024n * 1024n });
    assert.equal((await zfs.getProperties(child(root, 'v'), ['volsize'])).get('volsize'), String(8 * 1024 * 1024));
    for (const parents of [false, true]) {
      await refused(zfs.create(child(root, 'v/below'), { type: 'filesystem', parents }), 'parent-missing');
    }
  });

  await test('a name may have 255 bytes, with its snapshot', async () => {
    const root = fixture.targetName();
    const longest = parseDatasetName(`${root}/${'n'.repeat(NAME_BYTES_MAX - root.length - 1)}`);
    await zfs.create(longest, { type: 'filesystem', parents: true });
    assert.ok(await exists(fixture, longest));
    await refused(zfs.snapshot([longest], S1), 'name-invalid');
    const tooLong = `${longest}n` as DatasetName;
    await refused(zfs.create(tooLong, { type: 'filesystem' }), 'name-invalid');
    await refused(zfs.rename(root, tooLong), 'name-invalid');
    await refused(zfs.create(`${root}/a$` as DatasetName, { type: 'filesystem' }), 'name-invalid');
  });

  await test('a rename takes the tree below along, and does not mount', async () => {
    const root = fixture.targetName();
    const renamed = fixture.targetName();
    await makeFilesystem(fixture, root, S1);
    await zfs.create(child(root, 'a b'), { type: 'filesystem' });
    const guid = await guidOf(fixture, root, S1);
    await zfs.rename(root, renamed);
    assert.equal(await exists(fixture, root), false);
    assert.equal(await guidOf(fixture, renamed, S1), guid);
    assert.deepEqual(
      (await collect(zfs.listDatasets(renamed))).map(({ name, mounted }) => [name, mounted]),
      [
        [renamed, false],
        [child(renamed, 'a b'), false],
      ],
    );
  });

  await test('a volume is renamed too', async () => {
    const [from, to] = [fixture.targetName(), fixture.targetName()];
    await zfs.create(from, { type: 'volume', volumeSize: 1n << 20n });
    await zfs.snapshot([from], S1);
    await zfs.rename(from, to);
    assert.ok(await guidOf(fixture, to, S1));
  });

  await test('a rename is refused: onto what exists, of what is missing, below what is missing, to another pool', async () => {
    const [a, b] = [fixture.targetName(), fixture.targetName()];
    await zfs.create(a, { type: 'filesystem' });
    await zfs.create(b, { type: 'filesystem' });
    await refused(zfs.rename(a, b), 'dataset-exists');
    await refused(zfs.rename(fixture.targetName(), fixture.targetName()), 'dataset-missing');
    await refused(zfs.rename(a, child(b, 'x/y')), 'parent-missing');
    await refused(zfs.rename(a, child(a, 'x')), 'name-invalid');
    await refused(zfs.rename(a, fixture.sourceName()), 'name-invalid');
    assert.ok((await exists(fixture, a)) && (await exists(fixture, b)));
  });

  await test('a rename into a parent whose quota it would pass is refused, and changes nothing', async () => {
    const [moved, parent] = [fixture.targetName(), fixture.targetName()];
    await makeFilesystem(fixture, moved);
    await fixture.bed.write(moved, 'noise', noise(3 << 20));
    await zfs.snapshot([moved], S1);
    await zfs.create(parent, { type: 'filesystem', properties: { quota: String(2 << 20) } });
    await refused(zfs.rename(moved, child(parent, 'x')), 'no-space');
    assert.ok(await exists(fixture, moved));
    // More than half of it: a rename within takes no room.
    await zfs.setProperties(parent, { quota: String(5 << 20) });
    await zfs.rename(moved, child(parent, 'x'));
    await zfs.rename(child(parent, 'x'), child(parent, 'y'));
    await zfs.rename(child(parent, 'y'), moved);
  });

  await test('snapshots of several datasets are made at once or not at all', async () => {
    const [a, b] = [fixture.sourceName(), fixture.sourceName()];
    await makeFilesystem(fixture, a);
    await makeFilesystem(fixture, b, S1);
    await refused(zfs.snapshot([a, b], S1), 'dataset-exists');
    assert.equal((await versionsOf(fixture, a)).size, 0);
    await zfs.snapshot([a, b], S2);
    assert.ok((await versionsOf(fixture, a)).has('@s2') && (await versionsOf(fixture, b)).has('@s2'));
    await zfs.snapshot([], S2);
  });

  await test('a recursive snapshot reaches every descendant', async () => {
    const root = fixture.sourceName();
    await zfs.create(child(root, 'a/b'), { type: 'filesystem', parents: true });
    await zfs.snapshot([root], S1, { recursive: true });
    const versions = await collect(zfs.listVersions(root));
    assert.equal(versions.length, 3);
    assert.equal(new Set(versions.map(({ version }) => version.createtxg)).size, 1, 'in one transaction group');
  });

  await test('a bookmark outlives its snapshot and is destroyed by its name', async () => {
    const root = fixture.sourceName();
    const mark = parseVersionName('mark');
    await makeFilesystem(fixture, root, S1);
    await zfs.bookmark(root, S1, mark);
    await refused(zfs.bookmark(root, S1, mark), 'dataset-exists');
    await refused(zfs.bookmark(root, S2, parseVersionName('none')), 'snapshot-missing');
    await zfs.destroyVersion(root, { kind: 'snapshot', name: S1 });
    assert.deepEqual([...(await versionsOf(fixture, root)).keys()], ['#mark']);
    await zfs.destroyVersion(root, { kind: 'bookmark', name: mark });
    assert.equal((await versionsOf(fixture, root)).size, 0);
    await refused(zfs.destroyVersion(root, { kind: 'bookmark', name: mark }), 'snapshot-missing');
    await refused(zfs.destroyVersion(root, { kind: 'snapshot', name: S1 }), 'snapshot-missing');
  });

  await test('a held snapshot is not destroyed', async () => {
    const root = fixture.sourceName();
    await makeFilesystem(fixture, root, S1, S2);
    await zfs.hold(root, [S1, S2], 'zfsync');
    await refused(zfs.hold(root, [S1], 'zfsync'), 'snapshot-held');
    await refused(zfs.hold(root, [parseVersionName('none')], 'zfsync'), 'snapshot-missing');
    await refused(zfs.destroyVersion(root, { kind: 'snapshot', name: S1 }), 'snapshot-held');
    await zfs.release(root, [S1, S2], 'zfsync');
    await refused(zfs.release(root, [S1], 'zfsync'), 'snapshot-missing');
    await zfs.destroyVersion(root, { kind: 'snapshot', name: S1 });
    assert.deepEqual([...(await versionsOf(fixture, root)).keys()], ['@s2']);
    await zfs.hold(root, [], 'zfsync');
  });

  await test('to nobody anything is delegated unless somebody does', async () => {
    const root = fixture.sourceName();
    await makeFilesystem(fixture, root, S1);
    assert.deepEqual(await zfs.delegations(root), []);
    await refused(zfs.delegations(child(root, 'missing')), 'dataset-missing');
  });

  await test('a row tells what was written after the newest snapshot', async () => {
    const root = fixture.sourceName();
    await makeFilesystem(fixture, root, S1);
    await bed.write(root, 'more', 'x'.repeat(100_000));
    assert.ok((await entryOf(fixture, root)).written > 0n);
    await zfs.snapshot([root], S2);
    assert.equal((await entryOf(fixture, root)).written, 0n);
  });
}
