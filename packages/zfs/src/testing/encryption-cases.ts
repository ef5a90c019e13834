import assert from 'node:assert/strict';
import {
  assertReplicated,
  child,
  createEncrypted,
  entryOf,
  exists,
  type Fixture,
  guidOf,
  makeFilesystem,
  type RunCase,
  refused,
  replicate,
  S1,
  S2,
  S3,
} from './helpers.ts';

export async function encryptionCases(test: RunCase, fixture: Fixture): Promise<void> {
  await rawCases(test, fixture);
  await plainCases(test, fixture);
  await renameCases(test, fixture);
}

const sinceS1 = { kind: 'snapshot', name: S1 } as const;

async function rawCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a raw stream is received without the key; each dataset is its own encryption root, also below another', async () => {
    const [from, to] = [sourceName(), targetName()];
    await createEncrypted(fixture, from);
    await zfs.create(child(from, 'below'), { type: 'filesystem' });
    await bed.write(from, 'secret', 'one');
    await zfs.snapshot([from], S1, { recursive: true });
    await bed.write(from, 'secret', 'two');
    await zfs.snapshot([from], S2, { recursive: true });
    const pairs = [
      [from, to],
      [child(from, 'below'), child(to, 'below')],
    ] as const;
    for (const [source, target] of pairs) {
      await replicate(fixture, { dataset: source, to: S1, raw: true }, { target, resumable: true });
      await replicate(fixture, { dataset: source, from: sinceS1, to: S2, raw: true }, { target, resumable: true });
      const entry = await entryOf(fixture, target);
      assert.deepEqual([entry.encryption, entry.encryptionRoot, entry.keyAvailable], ['aes-256-gcm', target, false]);
    }
    await bed.run('load-key', '-L', bed.keyLocation, to);
    await assertReplicated(fixture, from, to, [S1, S2]);
  });

  await test('a raw stream of what is not encrypted is an ordinary one', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await replicate(fixture, { dataset: from, to: S1, raw: true }, { target: to });
    assert.equal((await entryOf(fixture, to)).encryption, 'off');
    await assertReplicated(fixture, from, to, [S1]);
  });

  await test('a raw volume is received without the key', async () => {
    const [from, to] = [sourceName(), targetName()];
    await createEncrypted(fixture, from);
    await zfs.create(child(from, 'v'), { type: 'volume', volumeSize: 8n * 1024n * 1024n });
    await zfs.snapshot([child(from, 'v')], S1);
    await replicate(fixture, { dataset: child(from, 'v'), to: S1, raw: true }, { target: to });
    const entry = await entryOf(fixture, to);
    assert.deepEqual([entry.type, entry.encryptionRoot, entry.keyAvailable], ['volume', to, false]);
  });

  await test('raw and non-raw do not mix: ivset-mismatch', async () => {
    const [from, to] = [sourceName(), targetName()];
    await createEncrypted(fixture, from);
    await zfs.snapshot([from], S1);
    await bed.write(from, 'a', 'a');
    await zfs.snapshot([from], S2);
    await zfs.snapshot([from], S3);
    await replicate(fixture, { dataset: from, to: S1, raw: true }, { target: to });
    const plain = { dataset: from, from: sinceS1, to: S2 };
    await refused(replicate(fixture, plain, { target: to }), 'key-unavailable');
    await bed.run('load-key', '-L', bed.keyLocation, to);
    await replicate(fixture, plain, { target: to });
    const raw = { dataset: from, from: { kind: 'snapshot', name: S2 }, to: S3, raw: true } as const;
    await refused(replicate(fixture, raw, { target: to }), 'ivset-mismatch');
  });

  await test('a raw stream does not go onto an unencrypted dataset, empty or not, nor a plain one onto an encrypted', async () => {
    const [from, to, empty, encrypted] = [sourceName(), targetName(), targetName(), targetName()];
    await createEncrypted(fixture, from);
    await zfs.snapshot([from], S1);
    await zfs.snapshot([from], S2);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    assert.equal((await entryOf(fixture, to)).encryption, 'off');
    const raw = { dataset: from, from: sinceS1, to: S2, raw: true };
    await refused(replicate(fixture, raw, { target: to }), 'encryption-boundary');
    await zfs.create(empty, { type: 'filesystem', properties: { canmount: 'off' } });
    await createEncrypted(fixture, encrypted);
    for (const [target, isRaw] of [
      [empty, true],
      [encrypted, true],
      [encrypted, false],
    ] as const) {
      const receive = { target, overwriteEmpty: true, resumable: true };
      await refused(replicate(fixture, { dataset: from, to: S1, raw: isRaw }, receive), 'encryption-boundary');
      assert.ok(await exists(fixture, target));
    }
  });
}

async function plainCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('without the key there is no plain send, but an estimate', async () => {
    const from = sourceName();
    const to = targetName();
    await createEncrypted(fixture, from);
    await bed.write(from, 'a', 'a');
    await zfs.snapshot([from], S1);
    await bed.run('unload-key', from);
    const send = { dataset: from, to: S1 };
    const source = zfs.send(send);
    source.stream.resume();
    await refused(source.done, 'key-unavailable');
    assert.ok((await zfs.estimateSend(send)) > 0n);
    await replicate(fixture, { ...send, raw: true }, { target: to });
    assert.equal(await guidOf(fixture, to, S1), await guidOf(fixture, from, S1));
  });

  await test('a plain stream below an encrypted parent takes its encryption, with the key only, or none when asked', async () => {
    const [from, parent] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await createEncrypted(fixture, parent);
    const send = { dataset: from, to: S1 };
    await replicate(fixture, send, { target: child(parent, 'inherits'), resumable: true });
    const entry = await entryOf(fixture, child(parent, 'inherits'));
    assert.deepEqual([entry.encryption, entry.encryptionRoot], ['aes-256-gcm', parent]);
    await bed.run('unload-key', parent);
    await refused(replicate(fixture, send, { target: child(parent, 'keyless') }), 'key-unavailable');
    await replicate(fixture, send, { target: child(parent, 'plain'), set: { encryption: 'off' } });
    assert.equal((await entryOf(fixture, child(parent, 'plain'))).encryption, 'off');
  });
}

async function renameCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('an encryption root is renamed into another tree and stays one, without any key', async () => {
    const [from, parent, parked] = [sourceName(), targetName(), targetName()];
    await createEncrypted(fixture, from);
    await zfs.snapshot([from], S1);
    const send = { dataset: from, to: S1, raw: true };
    await replicate(fixture, send, { target: parent });
    await replicate(fixture, send, { target: parked });
    const inPlace = child(parent, 'a');
    await zfs.rename(parked, inPlace);
    const entry = await entryOf(fixture, inPlace);
    assert.deepEqual([entry.encryptionRoot, entry.keyAvailable], [inPlace, false]);
    const out = targetName();
    await zfs.rename(inPlace, out);
    assert.equal((await entryOf(fixture, out)).encryptionRoot, out);
  });

  await test('what inherits its encryption does not leave its encryption root', async () => {
    const parent = targetName();
    await createEncrypted(fixture, parent);
    await zfs.create(child(parent, 'a/b'), { type: 'filesystem', parents: true });
    await refused(zfs.rename(child(parent, 'a/b'), targetName()), 'encryption-boundary');
    await zfs.rename(child(parent, 'a/b'), child(parent, 'c'));
    assert.equal((await entryOf(fixture, child(parent, 'c'))).encryptionRoot, parent);
  });

  await test('what is not encrypted may be renamed below an encrypted parent', async () => {
    const [parent, plain] = [targetName(), targetName()];
    await createEncrypted(fixture, parent);
    await zfs.create(plain, { type: 'filesystem' });
    await bed.run('unload-key', parent);
    await zfs.rename(plain, child(parent, 'plain'));
    assert.equal((await entryOf(fixture, child(parent, 'plain'))).encryption, 'off');
  });
}
