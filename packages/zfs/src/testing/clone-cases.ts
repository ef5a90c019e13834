import assert from 'node:assert/strict';
import type { DatasetName, VersionName } from '../model/index.ts';
import {
  assertReplicated,
  child,
  entryOf,
  exists,
  type Fixture,
  guidOf,
  interrupt,
  makeFilesystem,
  makeLarge,
  noise,
  type RunCase,
  refused,
  replicate,
  resume,
  S1,
  S2,
  S3,
} from './helpers.ts';

/** Streams of clones. */
export async function cloneCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;
  const at = (dataset: DatasetName, name: VersionName) => ({ dataset, name });
  const from = (name: VersionName) => ({ kind: 'snapshot', name }) as const;

  /** An origin with s1 and s2 and a clone of s1 with a file of its own in s2 and s3; both with 4 MiB in common. */
  const makeClone = async (): Promise<{ origin: DatasetName; clone: DatasetName }> => {
    const [origin, clone] = [sourceName(), sourceName()];
    await makeLarge(fixture, origin, S1);
    await bed.write(origin, 'later', 'later');
    await zfs.snapshot([origin], S2);
    await bed.run('clone', `${origin}@${S1}`, clone);
    for (const snapshot of [S2, S3]) {
      await bed.write(clone, `of-${snapshot}`, noise(1024 * 1024, snapshot === S2 ? 3 : 4));
      await zfs.snapshot([clone], snapshot);
    }
    return { origin, clone };
  };

  await test('a clone arrives as a clone of what the receive names, and goes on like any other', async () => {
    const { origin, clone } = await makeClone();
    const [to, decoy, toClone] = [targetName(), targetName(), targetName()];
    // Both have a snapshot of that guid; ZFS alone would take the first that it finds.
    for (const target of [decoy, to]) await replicate(fixture, { dataset: origin, to: S1 }, { target });
    const send = { dataset: clone, fromOrigin: at(origin, S1), to: S2 };
    assert.ok((await zfs.estimateSend(send)) < 2n * 1024n * 1024n, 'only what the clone has of its own');
    await replicate(fixture, send, { target: toClone, resumable: true, origin: at(to, S1), set: { readonly: 'on' } });
    assert.equal((await entryOf(fixture, toClone)).origin, `${to}@${S1}`);
    await replicate(fixture, { dataset: clone, from: from(S2), to: S3, intermediates: true }, { target: toClone });
    await assertReplicated(fixture, clone, toClone, [S2, S3]);
    await zfs.rename(to, targetName());
    const renamed = targetName();
    await zfs.rename(toClone, renamed);
    await assertReplicated(fixture, clone, renamed, [S2, S3]);
  });

  await test('a clone is refused whose origin is not what the stream goes on from', async () => {
    const { origin, clone } = await makeClone();
    const [to, other, toClone] = [targetName(), targetName(), targetName()];
    const send = { dataset: clone, fromOrigin: at(origin, S1), to: S2 };
    await refused(replicate(fixture, send, { target: toClone }), 'source-mismatch');
    await refused(replicate(fixture, send, { target: toClone, origin: at(to, S1) }), 'source-mismatch');
    await replicate(fixture, { dataset: origin, to: S1 }, { target: to });
    await makeFilesystem(fixture, other, S1);
    await refused(replicate(fixture, send, { target: toClone, origin: at(other, S1) }), 'source-mismatch');
    await refused(replicate(fixture, send, { target: toClone, origin: at(to, S2) }), 'source-mismatch');
    assert.equal(await exists(fixture, toClone), false);
    const existing = targetName();
    await makeFilesystem(fixture, existing, S1);
    await refused(replicate(fixture, send, { target: existing, origin: at(to, S1) }), 'dataset-exists');
    await refused(zfs.estimateSend({ ...send, fromOrigin: at(origin, S2) }), 'snapshot-missing');
  });

  await test('an interrupted clone is gone on with, also after its origin was renamed, and holds on to it', async () => {
    const { origin, clone } = await makeClone();
    const [to, renamed, toClone] = [targetName(), targetName(), targetName()];
    await replicate(fixture, { dataset: origin, to: S1 }, { target: to });
    const send = { dataset: clone, fromOrigin: at(origin, S1), to: S2 };
    const token = await interrupt(fixture, send, toClone, { origin: at(to, S1) });
    const { fromGuid, toName, problem } = await zfs.decodeResumeToken(token);
    assert.equal(fromGuid, await guidOf(fixture, origin, S1));
    assert.equal(toName, `${clone}@${S2}`);
    assert.equal(problem, undefined);
    assert.equal((await entryOf(fixture, toClone)).origin, `${to}@${S1}`);
    const [failure] = await zfs.destroySnapshots(to, [S1]);
    assert.equal(failure?.error.reason, 'has-clones');
    await zfs.rename(to, renamed);
    await resume(fixture, toClone, { origin: at(renamed, S1) });
    assert.equal((await entryOf(fixture, toClone)).origin, `${renamed}@${S1}`);
    await assertReplicated(fixture, clone, toClone, [S2]);
    await interrupt(fixture, send, child(renamed, 'again'), { origin: at(renamed, S1) });
    await zfs.abortReceive(child(renamed, 'again'));
    assert.equal(await exists(fixture, child(renamed, 'again')), false);
  });

  await test('a full stream is none of a clone; nor has one that goes on from a snapshot two sources', () => {
    assert.throws(() => zfs.send({ dataset: sourceName(), from: from(S1), fromOrigin: at(sourceName(), S1), to: S2 }));
    assert.throws(() =>
      zfs.send({ dataset: sourceName(), intermediates: true, fromOrigin: at(sourceName(), S1), to: S2 }),
    );
    return Promise.resolve();
  });
}
