import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { DatasetName } from '../model/index.ts';
import {
  child,
  collect,
  createEncrypted,
  type Fixture,
  makeFilesystem,
  makeLarge,
  noise,
  type RunCase,
  receiveBytes,
  refused,
  replicate,
  S1,
  streamOf,
} from './helpers.ts';

export async function emptyCases(test: RunCase, fixture: Fixture): Promise<void> {
  await unmountedCases(test, fixture);
  await otherCases(test, fixture);
  if (fixture.bed.mountRoot !== undefined) await mountedCases(test, fixture, fixture.bed.mountRoot);
}

async function unmountedCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, targetName } = fixture;
  const { zfs } = bed;
  const empty = async (dataset: DatasetName, expected: boolean, why: string): Promise<void> => {
    assert.equal(await zfs.isEmpty(dataset), expected, why);
  };

  await test('a fresh dataset is empty, with and without datasets below', async () => {
    const pool = await bed.createPool('empty');
    await empty(pool, true, 'a fresh pool');
    await zfs.create(child(pool, 'a/b'), { type: 'filesystem', parents: true, properties: { canmount: 'off' } });
    await zfs.create(child(pool, 'v'), { type: 'volume', volumeSize: 8n * 1024n * 1024n });
    await makeFilesystem(fixture, child(pool, 'full'), S1);
    await empty(pool, true, 'a pool with datasets');
    await empty(child(pool, 'a'), true, 'a placeholder with a child');
    await empty(child(pool, 'a/b'), true, 'a placeholder');
    await empty(child(pool, 'full'), false, 'a filesystem with a file');
  });

  await test('a file, however small, an empty file and an empty directory are something', async () => {
    const [byte, nothing, directory, noises] = [targetName(), targetName(), targetName(), targetName()];
    for (const name of [byte, nothing, directory, noises]) await zfs.create(name, { type: 'filesystem' });
    await bed.write(byte, 'a', 'x');
    await empty(byte, false, 'one byte');
    await bed.write(nothing, 'deep/er/a', '');
    await empty(nothing, false, 'an empty file');
    await bed.makeDirectory(directory, 'a');
    await empty(directory, false, 'an empty directory');
    await bed.write(noises, 'a', noise(4 * 1024 * 1024));
    await empty(noises, false, 'some MiB');
  });

  await test('a partial receive into a placeholder leaves it empty', async () => {
    const [from, to] = [fixture.sourceName(), targetName()];
    await makeLarge(fixture, from, S1);
    const bytes = await streamOf(fixture, { dataset: from, to: S1 });
    await zfs.create(to, { type: 'filesystem', properties: { canmount: 'off' } });
    const receive = { target: to, overwriteEmpty: true, resumable: true };
    await refused(receiveBytes(fixture, bytes.subarray(0, bytes.length / 2), receive), 'stream-incomplete');
    await empty(to, true, 'nothing of it is in place');
  });
}

async function otherCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, targetName } = fixture;
  const { zfs } = bed;

  await test('a volume is empty until something is written to it', async () => {
    const volume = targetName();
    await zfs.create(volume, { type: 'volume', volumeSize: 8n * 1024n * 1024n });
    assert.equal(await zfs.isEmpty(volume), true);
    await bed.writeVolume(volume, 3 * 64 * 1024, noise(4096));
    assert.equal(await zfs.isEmpty(volume), false);
  });

  await test('an encrypted dataset is looked into with its key; without it, it is not said to be empty', async () => {
    const [fresh, full] = [targetName(), targetName()];
    for (const dataset of [fresh, full]) await createEncrypted(fixture, dataset);
    await bed.write(full, 'a', 'x');
    assert.equal(await zfs.isEmpty(fresh), true);
    assert.equal(await zfs.isEmpty(full), false);
    await bed.run('unload-key', fresh);
    assert.equal(await zfs.isEmpty(fresh), false, 'in doubt');
  });
}

async function mountedCases(test: RunCase, fixture: Fixture, mountRoot: string): Promise<void> {
  const { bed } = fixture;
  const { zfs } = bed;
  const { mkdir, rm, symlink, writeFile } = await import('node:fs/promises');

  await test('a mounted filesystem is walked; mountpoints of other datasets are nothing', async () => {
    const mountpoint = join(mountRoot, 'walked root');
    const pool = await bed.createPool('walked', { canmount: 'on', mountpoint });
    assert.equal(await zfs.isEmpty(pool), true, 'a fresh pool');
    await bed.run('create', '-p', child(pool, 'a/b'));
    await bed.run('create', '-o', `mountpoint=${mountpoint}/x/y`, child(pool, 'elsewhere'));
    assert.equal(await zfs.isEmpty(pool), true, 'with mounted filesystems below');
    await symlink('nowhere', join(mountpoint, 'x/link'));
    assert.equal(await zfs.isEmpty(pool), false, 'a symlink');
    await rm(join(mountpoint, 'x/link'));
    await mkdir(join(mountpoint, 'x/own'));
    assert.equal(await zfs.isEmpty(pool), false, 'an empty directory');
    await rm(join(mountpoint, 'x/own'), { recursive: true });
    assert.equal(await zfs.isEmpty(pool), true, 'cleared again');
    await writeFile(join(mountpoint, 'a/file'), 'of the child');
    assert.equal(await zfs.isEmpty(pool), true, 'a file of another dataset');
    assert.equal(await zfs.isEmpty(child(pool, 'a')), false);
    for (const name of ['a/b', 'a', 'elsewhere']) await bed.run('unmount', child(pool, name));
    assert.equal(await zfs.isEmpty(pool), true, 'the directories alone, mounted');
    await bed.run('unmount', pool);
    assert.equal(await zfs.isEmpty(pool), true, 'the directories alone, not mounted');
  });

  await test('below a mounted filesystem nothing is mounted by create, receive and rename', async () => {
    const pool = await bed.createPool('mounted', { canmount: 'on', mountpoint: join(mountRoot, 'mounted') });
    const from = fixture.sourceName();
    await makeFilesystem(fixture, from, S1);
    await zfs.create(child(pool, 'created/below'), { type: 'filesystem', parents: true });
    await replicate(fixture, { dataset: from, to: S1 }, { target: child(pool, 'received'), resumable: true });
    await zfs.rename(child(pool, 'received'), child(pool, 'created/renamed'));
    const mounted = (await collect(zfs.listDatasets(pool))).map((entry) => entry.mounted);
    assert.deepEqual(mounted, [true, false, false, false]);
    assert.equal(await zfs.isEmpty(pool), true);
  });

  await test('what a mount of another dataset hides is found', async () => {
    const mountpoint = join(mountRoot, 'hiding');
    const pool = await bed.createPool('hiding', { canmount: 'on', mountpoint });
    await mkdir(join(mountpoint, 'a'));
    await writeFile(join(mountpoint, 'a', 'hidden'), 'x');
    await bed.run('create', '-o', 'overlay=on', child(pool, 'a'));
    assert.equal(await zfs.isEmpty(pool), false, 'below the mount');
    await bed.run('unmount', child(pool, 'a'));
    assert.equal(await zfs.isEmpty(pool), false, 'in sight');
    await bed.run('unmount', pool);
    assert.equal(await zfs.isEmpty(pool), false, 'not mounted');
  });

  await test('a filesystem that is covered by another mount is not judged by it', async () => {
    const mountpoint = join(mountRoot, 'covered');
    const pool = await bed.createPool('covered', { canmount: 'on', mountpoint });
    await writeFile(join(mountpoint, 'file'), 'x');
    await bed.run('create', '-o', `mountpoint=${mountpoint}`, '-o', 'overlay=on', child(pool, 'cover'));
    assert.equal(await zfs.isEmpty(pool), false);
  });
}
