import assert from 'node:assert/strict';
import {
  assertReplicated,
  child,
  entryOf,
  exists,
  type Fixture,
  interrupt,
  makeLarge,
  makeTwice,
  noise,
  type RunCase,
  refused,
  replicate,
  resume,
  S1,
  S2,
  streamOf,
  tokenOf,
} from './helpers.ts';

/** Partial receives: discarded, renamed, in the way, out of space. */
export async function partialCases(test: RunCase, fixture: Fixture): Promise<void> {
  await discardCases(test, fixture);
  await spaceCases(test, fixture);
}

const sinceS1 = { from: { kind: 'snapshot', name: S1 }, to: S2 } as const;

async function discardCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a partial full receive with a dataset below it is not discarded, but goes on', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeLarge(fixture, from, S1);
    await interrupt(fixture, { dataset: from, to: S1 }, to);
    await replicate(fixture, { dataset: from, to: S1 }, { target: child(to, 'below'), resumable: true });
    const error = await refused(zfs.abortReceive(to), 'dataset-exists');
    assert.match(error.message, /below it/);
    assert.ok(await tokenOf(fixture, to), 'it stays as it is');
    await resume(fixture, to);
    await assertReplicated(fixture, from, to, [S1]);
    await assertReplicated(fixture, from, child(to, 'below'), [S1]);
  });

  await test('a partial full receive is renamed, with what is below it, and discarded without', async () => {
    const [from, to, renamed, aside] = [sourceName(), targetName(), targetName(), targetName()];
    await makeLarge(fixture, from, S1);
    await interrupt(fixture, { dataset: from, to: S1 }, to);
    await replicate(fixture, { dataset: from, to: S1 }, { target: child(to, 'below') });
    await zfs.rename(to, renamed);
    await zfs.rename(child(renamed, 'below'), aside);
    await zfs.abortReceive(renamed);
    assert.equal(await exists(fixture, renamed), false);
    await assertReplicated(fixture, from, aside, [S1]);
  });

  await test('an interrupted adoption is resumed by overwriting alone, and keeps what is below it', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeLarge(fixture, from, S1);
    await zfs.create(to, { type: 'filesystem', properties: { canmount: 'off' } });
    await zfs.create(child(to, 'below'), { type: 'filesystem' });
    await interrupt(fixture, { dataset: from, to: S1 }, to, { overwriteEmpty: true });
    await refused(resume(fixture, to), 'target-modified');
    await resume(fixture, to, { overwriteEmpty: true });
    await assertReplicated(fixture, from, to, [S1]);
    assert.ok(await exists(fixture, child(to, 'below')));
  });

  await test('a running receive shows its token, and is not discarded', async () => {
    const [from, to] = [sourceName(), targetName()];
    await makeLarge(fixture, from, S1);
    const bytes = await streamOf(fixture, { dataset: from, to: S1 });
    const sink = zfs.receive({ target: to, resumable: true });
    fixture.running.add(sink);
    await new Promise((fulfil) => sink.stream.write(bytes.subarray(0, bytes.length / 2), fulfil));
    while (!(await exists(fixture, to)) || (await entryOf(fixture, to)).resumeToken === undefined);
    await refused(zfs.abortReceive(to), 'busy');
    sink.stream.end(bytes.subarray(bytes.length / 2));
    await sink.done;
    await assertReplicated(fixture, from, to, [S1]);
  });
}

const MIB = 1024 * 1024;

async function spaceCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;

  await test('a receive that meets a quota keeps what it has, and goes on when there is room', async () => {
    const [from, parent] = [sourceName(), targetName()];
    const to = child(parent, 'a');
    await makeTwice(fixture, from);
    await zfs.create(parent, { type: 'filesystem', properties: { quota: '3M' } });
    const receive = { target: to, resumable: true };
    await refused(replicate(fixture, { dataset: from, to: S1 }, receive), 'quota');
    const { bytesReceived } = await zfs.decodeResumeToken(await tokenOf(fixture, to));
    assert.ok(bytesReceived > MIB, 'what had room is kept');
    await refused(resume(fixture, to), 'quota');
    await zfs.setProperties(parent, { quota: '6M' });
    await resume(fixture, to);
    await refused(replicate(fixture, { dataset: from, ...sinceS1 }, receive), 'quota');
    await assertReplicated(fixture, from, to, [S1]);
    await zfs.setProperties(parent, { quota: 'none' });
    await resume(fixture, to);
    await assertReplicated(fixture, from, to, [S1, S2]);
  });

  await test('a receive that fills the pool keeps what it has; discarding it gives the space back', async () => {
    const from = sourceName();
    const pool = await bed.createPool('small', {}, 96 * MIB);
    const to = child(pool, 'a');
    const { available } = await entryOf(fixture, pool);
    assert.ok(available < 96 * MIB);
    await zfs.create(from, { type: 'filesystem' });
    await bed.write(from, 'noise', noise(Number(available) + 4 * MIB));
    await zfs.snapshot([from], S1);
    const receive = { target: to, resumable: true };
    await refused(replicate(fixture, { dataset: from, to: S1 }, receive), 'no-space');
    assert.ok((await entryOf(fixture, pool)).available < available / 4n, 'it fills the pool');
    await refused(resume(fixture, to), 'no-space');
    const { toName, problem } = await zfs.decodeResumeToken(await tokenOf(fixture, to));
    assert.deepEqual([toName, problem], [`${from}@s1`, undefined]);
    await zfs.abortReceive(to);
    assert.ok((await entryOf(fixture, pool)).available > available / 2n, 'the space is there again');
    assert.equal(await exists(fixture, to), false);
  });
}
