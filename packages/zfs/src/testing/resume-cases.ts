import assert from 'node:assert/strict';
import { type DatasetName, parseVersionName, type ResumeToken } from '../model/index.ts';
import type { SendOptions } from '../zfs.ts';
import { forged } from './forged-token.ts';
import {
  assertReplicated,
  child,
  createEncrypted,
  entryOf,
  type Fixture,
  guidOf,
  interrupt,
  makeFilesystem,
  makeLarge,
  makeTwice,
  noise,
  type RunCase,
  readAll,
  receiveBytes,
  refused,
  replicate,
  restOf,
  resume,
  S1,
  S2,
  S3,
  streamOf,
  tokenOf,
} from './helpers.ts';

/** What a partial receive is good for: its token, and the rest of its stream. */
export async function resumeCases(test: RunCase, fixture: Fixture): Promise<void> {
  await tokenCases(test, fixture);
  await forgedCases(test, fixture);
  await staleCases(test, fixture);
  await restCases(test, fixture);
}

const sinceS1 = { from: { kind: 'snapshot', name: S1 }, to: S2 } as const;

const PLAIN = { raw: false, largeBlocks: false, compressed: false, embedded: false } as const;

async function tokenCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;
  const decoded = async (send: SendOptions, target: DatasetName): Promise<ResumeToken> =>
    zfs.decodeResumeToken(await interrupt(fixture, send, target));

  await test('a token tells what it stands for: a full and an incremental stream', async () => {
    const [from, full, incremental] = [sourceName(), targetName(), targetName()];
    await makeTwice(fixture, from);
    const [guid1, guid2] = [await guidOf(fixture, from, S1), await guidOf(fixture, from, S2)];
    const first = await decoded({ dataset: from, to: S1 }, full);
    const { text, bytesReceived, bytesLeft, ...rest } = first;
    assert.equal(text, await tokenOf(fixture, full));
    assert.deepEqual(rest, {
      toName: `${from}@s1`,
      toGuid: guid1,
      fromGuid: undefined,
      problem: undefined,
      ...PLAIN,
    });
    assert(bytesLeft !== undefined);
    const whole = (await streamOf(fixture, { dataset: from, to: S1 })).length;
    assert.ok(bytesReceived > whole / 4 && bytesReceived <= whole / 2, `${String(bytesReceived)} received`);
    assert.ok(bytesLeft > whole / 4 && bytesLeft <= (whole * 3) / 4, `${String(bytesLeft)} left`);
    await replicate(fixture, { dataset: from, to: S1 }, { target: incremental });
    const second = await decoded({ dataset: from, ...sinceS1 }, incremental);
    assert.equal(second.toName, `${from}@s2`);
    assert.deepEqual([second.fromGuid, second.toGuid], [guid1, guid2]);
  });

  await test('a token tells the flags that the stream was made with', async () => {
    const [from, encrypted] = [sourceName(), sourceName()];
    await zfs.create(from, { type: 'filesystem', properties: { recordsize: '1M' } });
    await createEncrypted(fixture, encrypted);
    for (const dataset of [from, encrypted]) {
      await bed.write(dataset, 'noise', noise(4 * 1024 * 1024));
      await zfs.snapshot([dataset], S1);
    }
    const flagsOf = async (send: SendOptions): Promise<object> => {
      const { raw, largeBlocks, compressed, embedded } = await decoded(send, targetName());
      return { raw, largeBlocks, compressed, embedded };
    };
    const [plain, secret] = [
      { dataset: from, to: S1 },
      { dataset: encrypted, to: S1 },
    ];
    const expected = { ...PLAIN, largeBlocks: true, compressed: true, embedded: true };
    assert.deepEqual(await flagsOf({ ...plain, largeBlocks: true, compressed: true, embedded: true }), expected);
    assert.deepEqual(await flagsOf({ ...plain, raw: true }), expected, 'raw of what is not encrypted is not raw');
    const raw = { ...PLAIN, raw: true, compressed: true };
    assert.deepEqual(await flagsOf({ ...secret, raw: true }), raw);
    assert.deepEqual(await flagsOf(secret), PLAIN, 'not raw of what is encrypted');
    await bed.run('unload-key', encrypted);
    assert.deepEqual(await flagsOf({ ...secret, raw: true }), raw, 'without its key');
  });

  await test('what is no token is corrupt', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeLarge(fixture, from, S1);
    const token = await interrupt(fixture, { dataset: from, to: S1 }, to);
    const [version = '', checksum = '', length = '', payload = ''] = token.split('-');
    const other = (text: string): string => (text.startsWith('1') ? `2${text.slice(1)}` : `1${text.slice(1)}`);
    for (const text of [
      '1-2-3-4',
      token.slice(0, 40),
      [version, other(checksum), length, payload].join('-'),
      ['2', checksum, length, payload].join('-'),
      `${token}ffffffff`,
      `-${token}`,
    ]) {
      await refused(zfs.decodeResumeToken(text), 'resume-token-corrupt');
    }
    const late = zfs.resumeSend([version, other(checksum), length, payload].join('-'));
    assert.equal((await readAll(late.stream)).length, 0);
    await refused(late.done, 'resume-token-corrupt');
  });
}

async function forgedCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a forged token cannot show one thing and mean another', async () => {
    const [parent, to] = [sourceName(), targetName()];
    const [a, b] = [child(parent, 'a'), child(parent, 'b')];
    await zfs.create(parent, { type: 'filesystem' });
    for (const dataset of [a, b]) await makeLarge(fixture, dataset, S1);
    const token = await interrupt(fixture, { dataset: a, to: S1 }, to);
    const { bytesReceived, toGuid } = await zfs.decodeResumeToken(forged(token, {}));
    assert.equal(toGuid, await guidOf(fixture, a, S1), 'what is not changed is good');
    const guid = await guidOf(fixture, b, S1);
    const other = await zfs.decodeResumeToken(forged(token, { toguid: guid }));
    assert.deepEqual([other.toName, other.toGuid, other.bytesReceived], [`${b}@s1`, guid, bytesReceived]);
    for (const change of [
      { toname: `${a}@s1\n\trawok = 1` },
      { toname: `${a}@s1\nanything` },
      { toname: `${a}@s1\n\ttoname = ${a}@s1`, toguid: guid },
      { compressok: '1\n\trawok = 1' },
      { 'a\n\trawok': 1n },
      { toname: `${parent}/../a@s1` },
      { toname: a },
      { toname: '' },
      { toguid: 'x' },
    ]) {
      const text = forged(token, change);
      await refused(zfs.decodeResumeToken(text), 'resume-token-corrupt');
    }
    const flagged = await zfs.decodeResumeToken(forged(token, { compressok: '1', rawok: 0n }));
    assert.deepEqual([flagged.compressed, flagged.raw], [true, true], 'a flag counts whatever its value');
    const unknown = await zfs.decodeResumeToken(forged(token, { toguid: 1n, toname: 'zfsync-no-pool/a@s1' }));
    assert.equal(unknown.problem?.reason, 'resume-source-gone');
  });
}

/** Tokens that this host cannot go on with. */
async function staleCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { sourceName, targetName, bed } = fixture;
  const { zfs } = bed;
  const gone = async (token: string, toName: string): Promise<void> => {
    const decoded = await zfs.decodeResumeToken(token);
    assert.deepEqual([decoded.problem?.reason, decoded.toName], ['resume-source-gone', toName]);
    assert.equal(decoded.bytesLeft, undefined);
    const source = zfs.resumeSend(token);
    source.stream.resume();
    await refused(source.done, 'resume-source-gone');
  };

  await test('a token of a snapshot that is gone, or another by now, says so and is still told', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeLarge(fixture, from, S1);
    const token = await interrupt(fixture, { dataset: from, to: S1 }, to);
    await zfs.destroyVersion(from, { kind: 'snapshot', name: S1 });
    await gone(token, `${from}@s1`);
    await zfs.snapshot([from], S1);
    await gone(token, `${from}@s1`);
    await zfs.rename(from, sourceName());
    await gone(token, `${from}@s1`);
  });

  await test('a token goes on from a bookmark when its incremental source is gone, and not without', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeTwice(fixture, from);
    await zfs.bookmark(from, S1, parseVersionName('mark'));
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    const token = await interrupt(fixture, { dataset: from, ...sinceS1 }, to);
    await zfs.destroyVersion(from, { kind: 'snapshot', name: S1 });
    const decoded = await zfs.decodeResumeToken(token);
    assert.equal(decoded.problem, undefined);
    const rest = await restOf(fixture, token);
    await zfs.destroyVersion(from, { kind: 'bookmark', name: parseVersionName('mark') });
    await gone(token, `${from}@s2`);
    await receiveBytes(fixture, rest, { target: to, resumable: true });
    assert.equal(await guidOf(fixture, to, S2), await guidOf(fixture, from, S2));
  });

  await test('a stream that began at a bookmark is resumed', async () => {
    const [from, to] = [sourceName(), targetName()];
    const mark = parseVersionName('mark');
    await makeTwice(fixture, from);
    await zfs.bookmark(from, S1, mark);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    await zfs.destroyVersion(from, { kind: 'snapshot', name: S1 });
    await interrupt(fixture, { dataset: from, from: { kind: 'bookmark', name: mark }, to: S2 }, to);
    await resume(fixture, to);
    assert.equal(await guidOf(fixture, to, S2), await guidOf(fixture, from, S2));
    assert.deepEqual(await bed.contents(to, S2), await bed.contents(from, S2));
  });

  await test('a token follows its snapshot when the source is renamed', async () => {
    const [parent, to] = [sourceName(), targetName()];
    await zfs.create(parent, { type: 'filesystem' });
    await makeLarge(fixture, child(parent, 'a'), S1);
    const token = await interrupt(fixture, { dataset: child(parent, 'a'), to: S1 }, to);
    await zfs.rename(child(parent, 'a'), child(parent, 'b'));
    const decoded = await zfs.decodeResumeToken(token);
    assert.deepEqual([decoded.toName, decoded.problem], [`${parent}/b@s1`, undefined]);
    await resume(fixture, to);
    await assertReplicated(fixture, child(parent, 'b'), to, [S1]);
  });
}

async function restCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a full and an incremental receive go on where they stopped, also after a second interruption', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeTwice(fixture, from);
    const steps = [
      { dataset: from, to: S1 },
      { dataset: from, ...sinceS1 },
    ];
    for (const send of steps) {
      const token = await interrupt(fixture, send, to);
      const { bytesReceived } = await zfs.decodeResumeToken(token);
      const rest = await restOf(fixture, token);
      assert.ok(rest.length < (await streamOf(fixture, send)).length * 0.8, 'only the rest is sent');
      const part = rest.subarray(0, rest.length / 2);
      await refused(receiveBytes(fixture, part, { target: to, resumable: true }), 'stream-incomplete');
      const again = await zfs.decodeResumeToken(await tokenOf(fixture, to));
      assert.ok(again.bytesReceived > bytesReceived, 'what was received the second time counts too');
      await refused(receiveBytes(fixture, rest, { target: to, resumable: true }), 'target-has-snapshots');
      await resume(fixture, to);
      assert.equal((await entryOf(fixture, to)).resumeToken, undefined);
    }
    await assertReplicated(fixture, from, to, [S1, S2]);
  });

  await test('properties of a partial full receive are set by the receive that completes it', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeLarge(fixture, from, S1);
    const set = { readonly: 'on', 'zfsync:path': '/a' };
    await interrupt(fixture, { dataset: from, to: S1 }, to, { set });
    await resume(fixture, to, { set, exclude: ['mountpoint'] });
    const read = await zfs.getProperties(to, ['readonly', 'zfsync:path']);
    assert.deepEqual(Object.fromEntries(read), set);
  });

  await test('the rest of -I is one snapshot; what comes after it is sent as ever', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    await bed.write(from, 'noise', noise(4 * 1024 * 1024));
    await zfs.snapshot([from], S2);
    await bed.write(from, 'last', 'x');
    await zfs.snapshot([from], S3);
    await replicate(fixture, { dataset: from, to: S1 }, { target: to });
    await interrupt(fixture, { dataset: from, from: sinceS1.from, to: S3, intermediates: true }, to);
    await resume(fixture, to);
    await assertReplicated(fixture, from, to, [S1, S2]);
    await replicate(fixture, { dataset: from, from: { kind: 'snapshot', name: S2 }, to: S3 }, { target: to });
    await assertReplicated(fixture, from, to, [S1, S2, S3]);
  });

  await test('a raw stream and a volume are resumed', async () => {
    const [encrypted, volume] = [sourceName(), sourceName()];
    await createEncrypted(fixture, encrypted);
    await bed.write(encrypted, 'noise', noise(4 * 1024 * 1024));
    await zfs.create(volume, { type: 'volume', volumeSize: 8n * 1024n * 1024n });
    await bed.writeVolume(volume, 64 * 1024, noise(4 * 1024 * 1024));
    const [secret, blocks] = [targetName(), targetName()];
    for (const [from, to, raw] of [
      [encrypted, secret, true],
      [volume, blocks, false],
    ] as const) {
      await zfs.snapshot([from], S1);
      await interrupt(fixture, { dataset: from, to: S1, raw }, to);
      await resume(fixture, to);
      assert.equal(await guidOf(fixture, to, S1), await guidOf(fixture, from, S1));
    }
    await bed.run('load-key', '-L', bed.keyLocation, secret);
    assert.deepEqual(await bed.contents(secret, S1), await bed.contents(encrypted, S1));
    assert.equal(await bed.volumeDigest(blocks, S1), await bed.volumeDigest(volume, S1));
  });

  await test('a rest is refused by a target that does not wait for it', async () => {
    const [from, to, whole] = [sourceName(), targetName(), targetName()];
    await makeLarge(fixture, from, S1);
    const rest = await restOf(fixture, await interrupt(fixture, { dataset: from, to: S1 }, to));
    await replicate(fixture, { dataset: from, to: S1 }, { target: whole });
    await refused(receiveBytes(fixture, rest, { target: whole, resumable: true }), 'target-has-snapshots');
    await refused(receiveBytes(fixture, rest, { target: targetName(), resumable: true }), 'dataset-missing');
    await zfs.abortReceive(to);
    await refused(receiveBytes(fixture, rest, { target: to, resumable: true }), 'dataset-missing');
    await assertReplicated(fixture, from, whole, [S1]);
  });
}
