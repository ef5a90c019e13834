import assert from 'node:assert/strict';
import {
  assertReplicated,
  beginReceive,
  entryOf,
  exists,
  type Fixture,
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
  versionsOf,
} from './helpers.ts';

export async function interruptionCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a truncated stream leaves nothing, and with -s a partial receive with its token', async () => {
    const [from, none, partial] = [sourceName(), targetName(), targetName()];
    await makeLarge(fixture, from, S1);
    const bytes = await streamOf(fixture, { dataset: from, to: S1 });
    const half = bytes.subarray(0, bytes.length / 2);
    await refused(receiveBytes(fixture, half, { target: none }), 'stream-incomplete');
    assert.equal(await exists(fixture, none), false);
    await refused(receiveBytes(fixture, half, { target: partial, resumable: true }), 'stream-incomplete');
    const entry = await entryOf(fixture, partial);
    assert.match(entry.resumeToken ?? '', /^1-/);
    assert.equal((await versionsOf(fixture, partial)).size, 0);
    await refused(receiveBytes(fixture, bytes, { target: partial, resumable: true }), 'dataset-exists');
    await refused(
      receiveBytes(fixture, bytes, { target: partial, resumable: true, overwriteEmpty: true }),
      'partial-receive',
    );
    await zfs.abortReceive(partial);
    assert.equal(await exists(fixture, partial), false);
    await receiveBytes(fixture, bytes, { target: partial, resumable: true });
    await assertReplicated(fixture, from, partial, [S1]);
    await refused(zfs.abortReceive(partial), 'partial-receive');
    await refused(zfs.abortReceive(none), 'dataset-missing');
  });

  await test('a truncated incremental keeps the old state; what is partial blocks until it is discarded', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await bed.write(from, 'noise', noise(4 * 1024 * 1024));
    await zfs.snapshot([from], S2);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    const send = { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S2 } as const;
    const bytes = await streamOf(fixture, send);
    const half = bytes.subarray(0, bytes.length / 2);
    await refused(receiveBytes(fixture, half, { target: to, resumable: true }), 'stream-incomplete');
    assert.ok((await entryOf(fixture, to)).resumeToken);
    await assertReplicated(fixture, from, to, [S1]);
    await refused(receiveBytes(fixture, bytes, { target: to, resumable: true }), 'partial-receive');
    await zfs.abortReceive(to);
    assert.equal((await entryOf(fixture, to)).resumeToken, undefined);
    await receiveBytes(fixture, bytes, { target: to, resumable: true });
    await assertReplicated(fixture, from, to, [S1, S2]);
  });

  await test('a stream that breaks off within -I keeps the snapshots that were whole', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1, S2);
    await bed.write(from, 'noise', noise(4 * 1024 * 1024));
    await zfs.snapshot([from], S3);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    const send = { dataset: from, from: { kind: 'snapshot', name: S1 }, to: S3, intermediates: true } as const;
    const bytes = await streamOf(fixture, send);
    await refused(
      receiveBytes(fixture, bytes.subarray(0, bytes.length - 1024 * 1024), { target: to, resumable: true }),
      'stream-incomplete',
    );
    await assertReplicated(fixture, from, to, [S1, S2]);
    assert.ok((await entryOf(fixture, to)).resumeToken);
  });

  await test('a receive that is ended in mid-stream leaves nothing, and with -s a partial receive', async () => {
    const [from, none, partial] = [sourceName(), targetName(), targetName()];
    await makeLarge(fixture, from, S1);
    const half = (await streamOf(fixture, { dataset: from, to: S1 })).subarray(0, 2 * 1024 * 1024);
    const plain = await beginReceive(fixture, half, { target: none });
    await plain.kill();
    await refused(plain.done, 'killed');
    assert.equal(await exists(fixture, none), false);
    const resumable = await beginReceive(fixture, half, { target: partial, resumable: true });
    await resumable.kill();
    await refused(resumable.done, 'killed');
    assert.ok((await entryOf(fixture, partial)).resumeToken);
  });

  await test('a send that is ended in mid-stream fails, and its stream too', async () => {
    const from = sourceName();
    await makeLarge(fixture, from, S1);
    const source = zfs.send({ dataset: from, to: S1 });
    await new Promise((fulfil) => source.stream.once('readable', fulfil));
    await source.kill();
    await source.kill();
    await refused(source.done, 'killed');
    assert.ok(source.stream.destroyed);
  });

  await test('a send whose reader goes away ends', async () => {
    const from = sourceName();
    await makeLarge(fixture, from, S1);
    const source = zfs.send({ dataset: from, to: S1 });
    source.stream.destroy();
    await refused(source.done, 'killed');
  });
}
