import assert from 'node:assert/strict';
import { parseDatasetName, parseVersionName, USER_PROPERTY } from '../model/index.ts';
import {
  child,
  collect,
  ENCRYPTION,
  entryOf,
  type Fixture,
  makeFilesystem,
  type RunCase,
  refused,
  S1,
  S2,
  versionsOf,
} from './helpers.ts';

export async function listingCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed } = fixture;
  const { zfs } = bed;

  await test('a tree is listed parents before children, whatever its names', async () => {
    const root = fixture.sourceName();
    const names = ['-x', '.y', 'A', 'a', 'a b', 'a b/:c', 'a-b', 'a/b', 'a/b/c', 'a:b', 'z.'];
    await zfs.create(root, { type: 'filesystem' });
    for (const name of names) await zfs.create(child(root, name), { type: 'filesystem' });
    const listed = (await collect(zfs.listDatasets(root))).map((entry) => entry.name as string);
    assert.deepEqual([...listed].sort(), [root, ...names.map((name) => `${root}/${name}`)].sort());
    for (const [i, name] of listed.entries()) {
      const parent = name.slice(0, name.lastIndexOf('/'));
      assert.ok(i === 0 || listed.indexOf(parent) < i, `${parent} comes before ${name}`);
    }
  });

  await test('a listing can be limited to some levels, and left early', async () => {
    const root = fixture.sourceName();
    await zfs.create(child(root, 'a/b/c'), { type: 'filesystem', parents: true });
    for (const name of [root, child(root, 'a'), child(root, 'a/b')]) await zfs.snapshot([name], S1);
    const depth = async (levels: number): Promise<number> =>
      (await collect(zfs.listDatasets(root, { depth: levels }))).length;
    assert.deepEqual([await depth(0), await depth(1), await depth(2)], [1, 2, 3]);
    assert.equal((await collect(zfs.listVersions(root, { depth: 0 }))).length, 1);
    assert.equal((await collect(zfs.listVersions(root, { depth: 1 }))).length, 2);
    for await (const entry of zfs.listDatasets(root)) {
      assert.equal(entry.name, root);
      break;
    }
  });

  await test('a listing that is called off ends with AbortedError', async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(collect(zfs.listDatasets(fixture.source, { signal })), { name: 'AbortedError' });
    await assert.rejects(collect(zfs.listVersions(fixture.source, { signal })), { name: 'AbortedError' });
  });

  await test('the rows of filesystems and volumes carry their facts', async () => {
    const root = fixture.sourceName();
    const volume = child(root, 'volume');
    const encrypted = child(root, 'encrypted');
    await makeFilesystem(fixture, root, S1);
    await zfs.create(volume, { type: 'volume', volumeSize: 8n * 1024n * 1024n });
    await zfs.create(encrypted, {
      type: 'filesystem',
      properties: { ...ENCRYPTION, keylocation: bed.keyLocation },
    });
    const filesystemRow = await entryOf(fixture, root);
    assert.equal(filesystemRow.type, 'filesystem');
    assert.ok(filesystemRow.guid > 0n && filesystemRow.createtxg > 0n && filesystemRow.available > 0n);
    assert.equal(filesystemRow.written, 0n, 'nothing was written since the snapshot');
    assert.equal(filesystemRow.encryption, 'off');
    assert.equal(filesystemRow.encryptionRoot, undefined);
    assert.equal(filesystemRow.keyAvailable, true);
    assert.equal(filesystemRow.mounted, false);
    assert.equal(filesystemRow.origin, undefined);
    assert.equal(filesystemRow.resumeToken, undefined);
    assert.equal(filesystemRow.zfsyncPath, undefined);
    assert.equal(filesystemRow.placeholder, false);
    assert.deepEqual([filesystemRow.zfsyncStream, filesystemRow.zfsyncKey], [undefined, undefined]);
    const volumeRow = await entryOf(fixture, volume);
    assert.deepEqual([volumeRow.type, volumeRow.mounted, volumeRow.mountpoint], ['volume', false, undefined]);
    const encryptedRow = await entryOf(fixture, encrypted);
    assert.equal(encryptedRow.encryption, 'aes-256-gcm');
    assert.equal(encryptedRow.encryptionRoot, encrypted);
    assert.equal(encryptedRow.keyAvailable, true);
    await bed.run('unload-key', encrypted);
    assert.equal((await entryOf(fixture, encrypted)).keyAvailable, false);
  });

  await test('snapshots and bookmarks are listed with guid and createtxg; a bookmark has those of its snapshot', async () => {
    const root = fixture.sourceName();
    const odd = parseVersionName('- a:b.c ');
    await makeFilesystem(fixture, root, S2, S1, odd);
    await zfs.bookmark(root, S2, parseVersionName('b 2'));
    const versions = await versionsOf(fixture, root);
    assert.deepEqual([...versions.keys()].sort(), ['@- a:b.c ', '@s1', '@s2', '#b 2'].sort());
    const of = (name: string): { guid: bigint; createtxg: bigint; creation: bigint } => {
      const entry = versions.get(name);
      assert(entry);
      assert.equal(entry.dataset, root);
      return entry.version;
    };
    assert.deepEqual(
      [of('#b 2').guid, of('#b 2').createtxg, of('#b 2').creation],
      [of('@s2').guid, of('@s2').createtxg, of('@s2').creation],
    );
    assert.ok(of('@s2').createtxg < of('@s1').createtxg && of('@s1').createtxg < of('@- a:b.c ').createtxg);
    assert.equal(new Set([of('@s2').guid, of('@s1').guid, of('@- a:b.c ').guid]).size, 3);
  });

  await test('a snapshot that is made again under an old name has another guid', async () => {
    const root = fixture.sourceName();
    await makeFilesystem(fixture, root, S1);
    const first = (await versionsOf(fixture, root)).get('@s1')?.version.guid;
    await zfs.destroyVersion(root, { kind: 'snapshot', name: S1 });
    await zfs.snapshot([root], S1);
    assert.notEqual((await versionsOf(fixture, root)).get('@s1')?.version.guid, first);
  });

  await test('only a mark that is set on the dataset itself counts, not an inherited one', async () => {
    const root = fixture.targetName();
    const marks = { [USER_PROPERTY.stream]: 'wL', [USER_PROPERTY.key]: '00ff' };
    const properties = { ...marks, [USER_PROPERTY.placeholder]: 'on', [USER_PROPERTY.path]: '/a b/c', canmount: 'off' };
    await zfs.create(root, { type: 'filesystem', properties });
    await zfs.create(child(root, 'below'), { type: 'filesystem' });
    const [parent, below] = await collect(zfs.listDatasets(root));
    assert.deepEqual([parent?.placeholder, parent?.zfsyncPath], [true, '/a b/c']);
    assert.deepEqual([below?.placeholder, below?.zfsyncPath], [false, undefined]);
    assert.deepEqual([parent?.zfsyncStream, parent?.zfsyncKey], ['wL', '00ff']);
    assert.deepEqual([below?.zfsyncStream, below?.zfsyncKey], [undefined, undefined]);
    await zfs.inheritProperty(root, USER_PROPERTY.placeholder);
    assert.equal((await entryOf(fixture, root)).placeholder, false);
  });

  await test('what says that a dataset is not sent is inherited', async () => {
    const root = fixture.targetName();
    const [below, again] = [child(root, 'below'), child(root, 'below/again')];
    for (const dataset of [root, below, again]) await zfs.create(dataset, { type: 'filesystem' });
    await zfs.setProperties(root, { [USER_PROPERTY.send]: 'false', [USER_PROPERTY.placeholder]: 'on' });
    await zfs.setProperties(again, { [USER_PROPERTY.send]: 'true' });
    const sends = async () => (await collect(zfs.listDatasets(root))).map(({ zfsyncSend }) => zfsyncSend);
    assert.deepEqual(await sends(), ['false', 'false', 'true']);
    assert.equal(
      (await collect(zfs.listDatasets(below)))[0]?.zfsyncSend,
      'false',
      'from above the root of the listing',
    );
    await zfs.inheritProperty(root, USER_PROPERTY.send);
    assert.deepEqual(await sends(), [undefined, undefined, 'true']);
  });

  await test('properties are read, set and inherited; those that are not there are absent', async () => {
    const root = fixture.sourceName();
    await zfs.create(root, { type: 'filesystem' });
    await zfs.setProperties(root, { 'test:a': 'x  y', 'test:b': '-', readonly: 'on' });
    const read = await zfs.getProperties(root, ['test:a', 'test:b', 'test:none', 'readonly', 'type', 'origin']);
    assert.deepEqual(
      [...read].sort(),
      [
        ['test:a', 'x  y'],
        ['test:b', '-'],
        ['readonly', 'on'],
        ['type', 'filesystem'],
      ].sort(),
    );
    await zfs.inheritProperty(root, 'test:a');
    await zfs.inheritProperty(root, 'readonly');
    assert.deepEqual([...(await zfs.getProperties(root, ['test:a', 'readonly']))], [['readonly', 'off']]);
    await zfs.setProperties(root, {});
  });

  await test('what is not there is refused as dataset-missing', async () => {
    const missing = child(fixture.source, 'missing');
    await refused(collect(zfs.listDatasets(missing)), 'dataset-missing');
    await refused(collect(zfs.listVersions(missing)), 'dataset-missing');
    await refused(collect(zfs.listDatasets(parseDatasetName('zfsync-no-such-pool'))), 'dataset-missing');
    await refused(zfs.getProperties(missing, ['guid']), 'dataset-missing');
    await refused(zfs.setProperties(missing, { 'test:a': 'b' }), 'dataset-missing');
    await refused(zfs.inheritProperty(missing, 'test:a'), 'dataset-missing');
    await refused(zfs.isEmpty(missing), 'dataset-missing');
    await refused(zfs.snapshot([missing], S1), 'dataset-missing');
  });

  await test('the version is told', async () => {
    const { userland, kernel } = await zfs.version();
    assert.match(userland, /^zfs-/);
    assert.ok(kernel === undefined || /^zfs-/.test(kernel));
  });
}
