import assert from 'node:assert/strict';
import { parseVersionName } from '../model/index.ts';
import {
  assertReplicated,
  beginReceive,
  child,
  entryOf,
  exists,
  type Fixture,
  guidOf,
  makeFilesystem,
  makeLarge,
  noise,
  type RunCase,
  receiveBytes,
  refused,
  replicate,
  S1,
  S2,
  S3,
  streamOf,
} from './helpers.ts';

export async function streamCases(test: RunCase, fixture: Fixture): Promise<void> {
  await transferCases(test, fixture);
  await renameCases(test, fixture);
  await propertyCases(test, fixture);
  await volumeCases(test, fixture);
}

async function transferCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a full send arrives with guid and contents, not mounted', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to, resumable: true });
    await assertReplicated(fixture, from, to, [S1]);
    assert.equal((await entryOf(fixture, to)).mounted, false);
  });

  await test('-i leaves out what lies between, -I takes it along', async () => {
    const [from, single, all] = [sourceName(), targetName(), targetName()];
    await makeFilesystem(fixture, from, S1, S2, S3);
    const source = { kind: 'snapshot', name: S1 } as const;
    for (const target of [single, all]) await replicate(fixture, { dataset: from, to: S1 }, { target });
    await replicate(fixture, { dataset: from, from: source, to: S3 }, { target: single });
    await replicate(fixture, { dataset: from, from: source, to: S3, intermediates: true }, { target: all });
    await assertReplicated(fixture, from, single, [S1, S3]);
    await assertReplicated(fixture, from, all, [S1, S2, S3]);
  });

  await test('a bookmark is a source after its snapshot is gone', async () => {
    const [from, to] = [sourceName(), targetName()];
    const mark = parseVersionName('of s1');
    await makeFilesystem(fixture, from, S1, S2);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    await zfs.bookmark(from, S1, mark);
    await zfs.destroyVersion(from, { kind: 'snapshot', name: S1 });
    await replicate(fixture, { dataset: from, from: { kind: 'bookmark', name: mark }, to: S2 }, { target: to });
    assert.equal(await guidOf(fixture, to, S2), await guidOf(fixture, from, S2));
    assert.deepEqual(await bed.contents(to, S2), await bed.contents(from, S2));
    assert.throws(
      () => zfs.send({ dataset: from, from: { kind: 'bookmark', name: mark }, to: S2, intermediates: true }),
      TypeError,
    );
  });

  await test('the flags -L, -c and -e change the stream, not what arrives', async () => {
    const [from, to] = [sourceName(), targetName()];
    await zfs.create(from, { type: 'filesystem', properties: { recordsize: '1M', compression: 'lz4' } });
    await bed.write(from, 'big', Buffer.concat([noise(1024 * 1024), Buffer.alloc(1024 * 1024, 'x')]));
    await bed.write(from, 'tiny', 'x');
    await zfs.snapshot([from], S1);
    const flags = { largeBlocks: true, compressed: true, embedded: true };
    await replicate(fixture, { dataset: from, to: S1, ...flags }, { target: to });
    await assertReplicated(fixture, from, to, [S1]);
  });

  await test('odd names are sent and received', async () => {
    const [from, to] = [child(fixture.source, '-a b:c.'), child(fixture.target, 'x -: ')];
    const name = parseVersionName(' -s:1 ');
    await makeFilesystem(fixture, from, name);
    await replicate(fixture, { dataset: from, to: name }, { target: to });
    await assertReplicated(fixture, from, to, [name]);
  });

  await test('the size of a stream is estimated, also of several and from a bookmark', async () => {
    const from = sourceName();
    await makeLarge(fixture, from, S1);
    await bed.write(from, 'more', noise(1024 * 1024, 7));
    await zfs.snapshot([from], S2);
    await zfs.snapshot([from], S3);
    await zfs.bookmark(from, S1, S1);
    const mebibytes = async (options: object): Promise<number> =>
      Number(await zfs.estimateSend({ dataset: from, to: S3, ...options })) / 1024 / 1024;
    const near = (value: number, expected: number): void => {
      assert.ok(Math.abs(value - expected) < 0.6, `${String(value)} MiB, expected about ${String(expected)}`);
    };
    near(await mebibytes({}), 5);
    near(await mebibytes({ from: { kind: 'snapshot', name: S1 } }), 1);
    near(await mebibytes({ from: { kind: 'snapshot', name: S1 }, intermediates: true }), 1);
    near(await mebibytes({ from: { kind: 'bookmark', name: S1 } }), 1);
    await refused(zfs.estimateSend({ dataset: from, to: parseVersionName('none') }), 'snapshot-missing');
  });

  await test('a snapshot that the target has already is skipped', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1, S2, S3);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    const send = { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S3, intermediates: true } as const;
    await replicate(fixture, send, { target: to });
    await replicate(fixture, send, { target: to });
    await assertReplicated(fixture, from, to, [S1, S2, S3]);
  });

  await test('a child can be received and renamed below a parent that is being received', async () => {
    const [from, to, parked] = [sourceName(), targetName(), targetName()];
    await makeLarge(fixture, from, S1);
    const bytes = await streamOf(fixture, { dataset: from, to: S1 });
    await receiveBytes(fixture, bytes, { target: parked });
    const half = bytes.length / 2;
    const parent = await beginReceive(fixture, bytes.subarray(0, half), { target: to, resumable: true });
    await receiveBytes(fixture, bytes, { target: child(to, 'received'), resumable: true });
    await zfs.rename(parked, child(to, 'renamed'));
    parent.stream.end(bytes.subarray(half));
    await parent.done;
    await assertReplicated(fixture, from, to, [S1]);
    await assertReplicated(fixture, from, child(to, 'received'), [S1]);
    await assertReplicated(fixture, from, child(to, 'renamed'), [S1]);
  });
}

async function renameCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { sourceName, targetName } = fixture;
  const { zfs } = fixture.bed;

  await test('a target that is renamed while it receives an incremental loses the receive, not its state', async () => {
    const [from, to, renamed] = [sourceName(), targetName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await fixture.bed.write(from, 'noise', noise(4 * 1024 * 1024));
    await zfs.snapshot([from], S2);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    const bytes = await streamOf(fixture, { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S2 });
    const half = bytes.length / 2;
    const sink = await beginReceive(fixture, bytes.subarray(0, half), { target: to, resumable: true });
    await zfs.rename(to, renamed);
    sink.stream.end(bytes.subarray(half));
    await refused(sink.done, 'dataset-missing');
    await assertReplicated(fixture, from, renamed, [S1]);
    assert.ok((await entryOf(fixture, renamed)).resumeToken);
  });

  await test('a second receive into a target that is receiving is refused', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeLarge(fixture, from, S1);
    const bytes = await streamOf(fixture, { dataset: from, to: S1 });
    await zfs.create(to, { type: 'filesystem' });
    const receive = { target: to, resumable: true, overwriteEmpty: true };
    const half = bytes.length / 2;
    const first = await beginReceive(fixture, bytes.subarray(0, half), receive);
    await refused(receiveBytes(fixture, bytes, receive), 'partial-receive');
    await refused(zfs.abortReceive(to), 'busy');
    first.stream.end(bytes.subarray(half));
    await first.done;
    await assertReplicated(fixture, from, to, [S1]);
  });
}

async function propertyCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('-o sets properties on a full and keeps them on an incremental receive, -x leaves the inherited ones', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1, S2);
    const options = {
      target: to,
      resumable: true,
      set: { readonly: 'on', canmount: 'noauto', 'zfsync:path': '/a b' },
      exclude: ['mountpoint'],
    };
    await replicate(fixture, { dataset: from, to: S1 }, options);
    await replicate(fixture, { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S2 }, options);
    const read = await zfs.getProperties(to, ['readonly', 'canmount', 'zfsync:path']);
    assert.deepEqual(Object.fromEntries(read), { readonly: 'on', canmount: 'noauto', 'zfsync:path': '/a b' });
    assert.equal((await entryOf(fixture, to)).zfsyncPath, '/a b');
    await assertReplicated(fixture, from, to, [S1, S2]);
  });

  await test('an adopted dataset keeps the local properties that it had', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    const properties = { canmount: 'off', 'zfsync:placeholder': 'on' };
    await zfs.create(to, { type: 'filesystem', properties });
    await replicate(fixture, { dataset: from, to: S1 }, { target: to, overwriteEmpty: true });
    assert.equal((await entryOf(fixture, to)).placeholder, true);
    assert.equal((await zfs.getProperties(to, ['canmount'])).get('canmount'), 'off');
  });
}

async function volumeCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a volume is replicated, full and incremental', async () => {
    const [from, to] = [sourceName(), targetName()];
    await zfs.create(from, { type: 'volume', volumeSize: 8n * 1024n * 1024n });
    await bed.writeVolume(from, 64 * 1024, noise(64 * 1024));
    await zfs.snapshot([from], S1);
    await bed.writeVolume(from, 0, noise(64 * 1024, 2));
    await zfs.snapshot([from], S2);
    const options = { target: to, resumable: true, set: { readonly: 'on' } };
    await replicate(fixture, { dataset: from, to: S1 }, options);
    await replicate(fixture, { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S2 }, options);
    assert.equal((await entryOf(fixture, to)).type, 'volume');
    for (const name of [S1, S2]) {
      assert.equal(await guidOf(fixture, to, name), await guidOf(fixture, from, name));
      assert.equal(await bed.volumeDigest(to, name), await bed.volumeDigest(from, name));
    }
    assert.notEqual(await bed.volumeDigest(to, S1), await bed.volumeDigest(to, S2));
  });

  await test('-o canmount is refused for a volume, -x mountpoint is not', async () => {
    const [from, refusing, to] = [sourceName(), targetName(), targetName()];
    await zfs.create(from, { type: 'volume', volumeSize: 8n * 1024n * 1024n });
    await zfs.snapshot([from], S1);
    await refused(
      replicate(fixture, { dataset: from, to: S1 }, { target: refusing, set: { canmount: 'off' } }),
      'property-invalid',
    );
    assert.equal(await exists(fixture, refusing), false);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to, exclude: ['mountpoint'] });
    await assert.rejects(replicate(fixture, { dataset: from, to: S1 }, { target: child(to, 'below') }));
  });
}
