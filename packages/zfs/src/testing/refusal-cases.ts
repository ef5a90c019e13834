import assert from 'node:assert/strict';
import { type DatasetName, NAME_BYTES_MAX, parseDatasetName, parseVersionName } from '../model/index.ts';
import {
  assertReplicated,
  child,
  collect,
  entryOf,
  exists,
  type Fixture,
  makeFilesystem,
  noise,
  type RunCase,
  receiveBytes,
  refused,
  replicate,
  S1,
  S2,
  S3,
  streamOf,
  versionsOf,
} from './helpers.ts';

/** What zfs refuses, with its reason; and that what was there before stays as it was. */
export async function refusalCases(test: RunCase, fixture: Fixture): Promise<void> {
  await sendRefusals(test, fixture);
  await receiveRefusals(test, fixture);
  await adoptionCases(test, fixture);
  await poolRootCases(test, fixture);
}

async function sendRefusals(test: RunCase, fixture: Fixture): Promise<void> {
  const { zfs } = fixture.bed;

  await test('a send of or from what is not there is refused', async () => {
    const from = fixture.sourceName();
    const none = parseVersionName('none');
    await makeFilesystem(fixture, from, S1, S2);
    const send = (options: object): Promise<Buffer> => streamOf(fixture, { dataset: from, to: S2, ...options });
    await refused(send({ to: none }), 'snapshot-missing');
    await refused(send({ dataset: child(from, 'none') }), 'snapshot-missing');
    await refused(send({ from: { kind: 'snapshot', name: none } }), 'snapshot-missing');
    await refused(send({ from: { kind: 'bookmark', name: none } }), 'snapshot-missing');
    await refused(send({ from: { kind: 'snapshot', name: S2 }, to: S1 }), 'snapshot-missing');
    const error = await refused(send({ to: none }), 'snapshot-missing');
    assert.match(error.message, /@none/, 'the message names what is missing');
    assert.equal(error.code, 'ZFS_SNAPSHOT_MISSING');
    assert.equal(error.exitCode, 1);
    assert.ok((await collect(zfs.listVersions(from))).length === 2);
  });
}

async function receiveRefusals(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a full stream is refused by a target that exists, and without a parent', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    const bytes = await streamOf(fixture, { dataset: from, to: S1 });
    await zfs.create(to, { type: 'filesystem' });
    const error = await refused(receiveBytes(fixture, bytes, { target: to }), 'dataset-exists');
    assert.doesNotMatch(error.message, /-F/, 'nobody is told to force it');
    await refused(receiveBytes(fixture, bytes, { target: child(to, 'a/b') }), 'parent-missing');
    await refused(receiveBytes(fixture, bytes, { target: parseDatasetName('zfsync-no-pool/a') }), 'parent-missing');
    const tooLong = `${to}/${'n'.repeat(NAME_BYTES_MAX)}` as DatasetName;
    await refused(receiveBytes(fixture, bytes, { target: tooLong }), 'name-invalid');
  });

  await test('an incremental is refused by a target that is missing or has another newest snapshot', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1, S2, S3);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    const late = await streamOf(fixture, { dataset: from, from: { kind: 'snapshot', name: S2 }, to: S3 });
    await refused(receiveBytes(fixture, late, { target: to, resumable: true }), 'source-mismatch');
    await refused(receiveBytes(fixture, late, { target: targetName() }), 'dataset-missing');
    assert.deepEqual([...(await versionsOf(fixture, to)).keys()], ['@s1']);
  });

  await test('an incremental is refused by a target that was written to', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1, S2);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    await bed.write(to, 'own', 'x');
    const send = { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S2 } as const;
    await refused(replicate(fixture, send, { target: to, resumable: true }), 'target-modified');
    await zfs.snapshot([to], parseVersionName('own'));
    await refused(replicate(fixture, send, { target: to, resumable: true }), 'target-modified');
    assert.deepEqual([...(await versionsOf(fixture, to)).keys()].sort(), ['@own', '@s1']);
  });

  await test('a snapshot that the target has of its own does not hinder an incremental when nothing was written', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1, S2);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    await zfs.snapshot([to], parseVersionName('own'));
    const send = { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S2 } as const;
    await replicate(fixture, send, { target: to, resumable: true });
    assert.deepEqual([...(await versionsOf(fixture, to)).keys()].sort(), ['@own', '@s1', '@s2']);
  });

  await test('what is not a stream is refused', async () => {
    const to = targetName();
    await refused(receiveBytes(fixture, noise(100_000), { target: to }), 'stream-unreadable');
    await refused(receiveBytes(fixture, Buffer.from('hello\n'), { target: to }), 'stream-incomplete');
    await refused(receiveBytes(fixture, Buffer.alloc(0), { target: to }), 'stream-incomplete');
    assert.equal(await exists(fixture, to), false);
  });

  await test('a stream with a flipped byte is refused', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from);
    await bed.write(from, 'noise', noise(1024 * 1024));
    await zfs.snapshot([from], S1);
    const bytes = await streamOf(fixture, { dataset: from, to: S1 });
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await refused(receiveBytes(fixture, bytes, { target: to }), 'stream-incomplete');
    assert.equal(await exists(fixture, to), false);
  });

  await test('a full quota is told apart', async () => {
    const [from, parent] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from);
    await bed.write(from, 'noise', noise(6 * 1024 * 1024));
    await zfs.snapshot([from], S1);
    await zfs.create(parent, { type: 'filesystem', properties: { quota: '2M' } });
    await refused(replicate(fixture, { dataset: from, to: S1 }, { target: child(parent, 'a') }), 'quota');
  });

  await test('an incremental without -L is refused after a full with -L', async () => {
    const [from, to] = [sourceName(), targetName()];
    await zfs.create(from, { type: 'filesystem', properties: { recordsize: '1M' } });
    for (const name of [S1, S2]) {
      await bed.write(from, name, noise(2 * 1024 * 1024));
      await zfs.snapshot([from], name);
    }
    await replicate(fixture, { dataset: from, to: S1, largeBlocks: true }, { target: to });
    const send = { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S2 } as const;
    await refused(replicate(fixture, send, { target: to }), 'large-blocks-required');
  });
}

async function adoptionCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('an empty target is overwritten when asked; its children stay', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await zfs.create(to, { type: 'filesystem', properties: { canmount: 'off' } });
    await zfs.create(child(to, 'empty'), { type: 'filesystem' });
    const send = { dataset: from, to: S1 };
    await replicate(fixture, send, { target: child(to, 'full') });
    await replicate(fixture, send, { target: to, overwriteEmpty: true, resumable: true });
    await assertReplicated(fixture, from, to, [S1]);
    await assertReplicated(fixture, from, child(to, 'full'), [S1]);
    assert.ok(await exists(fixture, child(to, 'empty')));
  });

  await test('a target with snapshots is not overwritten, even when asked', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await makeFilesystem(fixture, to, parseVersionName('own'));
    const receive = { target: to, overwriteEmpty: true, resumable: true };
    await refused(replicate(fixture, { dataset: from, to: S1 }, receive), 'target-has-snapshots');
    assert.deepEqual([...(await versionsOf(fixture, to)).keys()], ['@own']);
  });

  await test('an interrupted overwriting leaves the target with its children, to go on or to discard', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from);
    await bed.write(from, 'noise', noise(4 * 1024 * 1024));
    await zfs.snapshot([from], S1);
    await zfs.create(to, { type: 'filesystem' });
    await zfs.create(child(to, 'below'), { type: 'filesystem' });
    const bytes = await streamOf(fixture, { dataset: from, to: S1 });
    const receive = { target: to, overwriteEmpty: true, resumable: true };
    await refused(receiveBytes(fixture, bytes.subarray(0, bytes.length / 2), receive), 'stream-incomplete');
    assert.ok((await entryOf(fixture, to)).resumeToken);
    await refused(receiveBytes(fixture, bytes, receive), 'partial-receive');
    await zfs.abortReceive(to);
    assert.ok((await exists(fixture, to)) && (await exists(fixture, child(to, 'below'))));
    await receiveBytes(fixture, bytes, receive);
    await assertReplicated(fixture, from, to, [S1]);
  });
}

async function poolRootCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName } = fixture;
  const { zfs } = bed;

  await test("a pool's root is a target when it is overwritten; datasets below it stay", async () => {
    const from = sourceName();
    await makeFilesystem(fixture, from, S1, S2);
    const pool = await bed.createPool('root');
    const parked = child(pool, '.zfsyncbuffer/2F61');
    await zfs.create(child(pool, '.zfsyncbuffer'), { type: 'filesystem', properties: { canmount: 'off' } });
    await replicate(fixture, { dataset: from, to: S1 }, { target: parked });
    await refused(replicate(fixture, { dataset: from, to: S1 }, { target: pool }), 'dataset-exists');
    assert.equal(await zfs.isEmpty(pool), true);
    await replicate(fixture, { dataset: from, to: S1 }, { target: pool, overwriteEmpty: true, resumable: true });
    await zfs.rename(parked, child(pool, 'a'));
    const next = { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S2 } as const;
    await replicate(fixture, next, { target: pool, resumable: true });
    await assertReplicated(fixture, from, pool, [S1, S2]);
    await assertReplicated(fixture, from, child(pool, 'a'), [S1]);
  });
}
