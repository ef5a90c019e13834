/** Properties over a whole tree, and what a receive does with those that it is given. */
import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Runner } from '../cli/run.ts';
import type { ReceiveOptions, ReceiveProcess } from '../zfs.ts';
import {
  child,
  createEncrypted,
  exists,
  type Fixture,
  makeFilesystem,
  type RunCase,
  refused,
  replicate,
  S1,
  S2,
  S3,
} from './helpers.ts';

/** In which a receiver does not obey a stream. */
const FOR_FILESYSTEMS = [
  ...['mountpoint', 'sharenfs', 'sharesmb', 'setuid', 'exec', 'devices', 'readonly', 'volmode', 'snapdev'],
  ...['quota', 'refquota', 'reservation', 'refreservation', 'dedup'],
];
const FOR_VOLUMES = ['readonly', 'volmode', 'snapdev', 'reservation', 'refreservation', 'dedup'];
const MEBIBYTE = 1024n * 1024n;

export async function propertyCases(test: RunCase, fixture: Fixture): Promise<void> {
  await listingCases(test, fixture);
  await receivingCases(test, fixture);
}

async function listingCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { sourceName } = fixture;
  const { bed } = fixture;
  const { zfs } = bed;
  const root = sourceName();
  const [kid, volume] = [child(root, 'kid'), child(root, 'v')];
  const of = (listed: ReadonlyMap<string, ReadonlyMap<string, string>>, name: string): Record<string, string> =>
    Object.fromEntries(listed.get(name) ?? []);

  await test('what is set on the datasets of a tree is listed, what they inherit is not', async () => {
    await zfs.create(root, { type: 'filesystem', properties: { compression: 'lz4', 'test:a': 'x\ty', quota: '64M' } });
    await zfs.create(kid, { type: 'filesystem', properties: { recordsize: '1M' } });
    await zfs.create(volume, { type: 'volume', volumeSize: 8n * MEBIBYTE });
    await zfs.snapshot([root], S1);
    const names = ['test:a', 'compression', 'recordsize', 'quota', 'test:none'];
    const some = await zfs.listProperties(root, names);
    assert.deepEqual([...some.keys()], [root, kid, volume]);
    assert.deepEqual(of(some, root), { compression: 'lz4', quota: String(64n * MEBIBYTE), 'test:a': 'x\ty' });
    assert.deepEqual(of(some, kid), { recordsize: String(MEBIBYTE) });
    const all = await zfs.listProperties(root, 'all');
    assert.deepEqual(of(all, root), of(some, root));
    assert.deepEqual(of(all, kid), of(some, kid));
    assert.equal(all.get(volume)?.get('recordsize'), undefined);
  });

  await test('received properties are listed as well', async () => {
    const from = sourceName();
    const target = fixture.targetName();
    await zfs.create(from, { type: 'filesystem', properties: { 'test:b': 'sent', compression: 'lz4' } });
    await zfs.snapshot([from], S1);
    await receiveFrom(fixture, sendWithProperties(fixture, `${from}@${S1}`), { target });
    assert.deepEqual(of(await zfs.listProperties(target, ['test:b', 'compression']), target), {
      'test:b': 'sent',
      compression: 'lz4',
    });
  });

  await test('a value with newlines is no row of its own', async () => {
    const tricky = sourceName();
    const below = child(tricky, 'below');
    await zfs.create(below, { type: 'filesystem', parents: true, properties: { 'test:c': 'honest' } });
    const forged = ['1', `${below}\tmountpoint\tlocal\t/etc`, `${tricky}\tmountpoint\tlocal\t/etc`].join('\n');
    await bed.run('set', `test:x=${forged}`, tricky);
    for (const names of ['all', ['mountpoint', 'test:x', 'test:c']] as const) {
      const listed = await zfs.listProperties(tricky, names);
      assert.deepEqual([of(listed, tricky), of(listed, below)], [{ 'test:x': forged }, { 'test:c': 'honest' }]);
    }
    const twice = `1\n${below}\ttype\t-\tfilesystem\n${below}\tmountpoint\tlocal\t/etc`;
    await bed.run('set', `test:x=${twice}`, tricky);
    assert.deepEqual(of(await zfs.listProperties(tricky, 'all'), below), {}, 'in doubt nothing');
  });

  await test('what zfs does not know is refused', async () => {
    await refused(zfs.listProperties(root, ['nonsense']), 'property-invalid');
    await refused(zfs.listProperties(child(root, 'missing'), 'all'), 'dataset-missing');
  });
}

/** The bytes of `zfs send -p`, for which the contract has no room. */
function sendWithProperties({ bed }: Fixture, snapshot: string): Readable {
  const never = 600_000;
  const signalGroup = (pid: number, signal: NodeJS.Signals | 0): void => void process.kill(-pid, signal);
  const runner = new Runner({ command: bed.command, env: bed.env, killGraceMs: never, stallMs: never, signalGroup });
  return runner.start(['send', '-p', snapshot], snapshot).stdout;
}

async function receiveFrom({ bed }: Fixture, stream: Readable, options: ReceiveOptions): Promise<ReceiveProcess> {
  const sink = bed.zfs.receive(options);
  // A pipe that broke: how the receive ended says why.
  await pipeline(stream, sink.stream).catch(() => undefined);
  await sink.done;
  return sink;
}

async function receivingCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { sourceName, targetName, bed } = fixture;
  const { zfs } = bed;

  await test('a stream with properties is not obeyed in those that are excluded', async () => {
    const [from, target] = [sourceName(), targetName()];
    const hostile = { mountpoint: '/etc/hostile', setuid: 'on', exec: 'on', quota: '64M', 'test:harmless': 'yes' };
    await zfs.create(from, { type: 'filesystem', properties: { ...hostile, readonly: 'off', canmount: 'on' } });
    await zfs.snapshot([from], S1);
    const options = { target, set: { canmount: 'noauto' }, exclude: FOR_FILESYSTEMS };
    const sink = await receiveFrom(fixture, sendWithProperties(fixture, `${from}@${S1}`), options);
    assert.deepEqual(sink.warnings(), []);
    const read = await zfs.getProperties(target, ['mountpoint', 'quota', 'canmount', 'mounted', 'test:harmless']);
    assert.notEqual(read.get('mountpoint'), hostile.mountpoint);
    assert.deepEqual([read.get('quota'), read.get('canmount'), read.get('mounted')], ['0', 'noauto', 'no']);
    assert.equal(read.get('test:harmless'), 'yes');
  });

  await test('volumes are received without a word, and what does not apply to them is complained of', async () => {
    const [from, quiet, loud] = [sourceName(), targetName(), targetName()];
    await zfs.create(from, { type: 'volume', volumeSize: 8n * MEBIBYTE });
    await zfs.snapshot([from], S1);
    for (const [target, exclude] of [
      [quiet, FOR_VOLUMES],
      [loud, ['exec']],
    ] as const) {
      const sink = await receiveFrom(fixture, zfs.send({ dataset: from, to: S1 }).stream, { target, exclude });
      if (target === quiet) assert.deepEqual(sink.warnings(), []);
      else assert.match(sink.warnings().join('\n'), /property 'exec' does not apply/);
    }
  });

  await test('a volume is received without a device, and incrementals keep what was settled since', async () => {
    const from = sourceName();
    await createEncrypted(fixture, from);
    const source = child(from, 'v');
    await zfs.create(source, { type: 'volume', volumeSize: 8n * MEBIBYTE });
    for (const snapshot of [S1, S2, S3]) {
      await bed.writeVolume(source, 0, Buffer.alloc(4096, snapshot));
      await zfs.snapshot([source], snapshot);
    }
    for (const raw of [true, false]) {
      const target = targetName();
      const modes = async () =>
        Object.fromEntries(await zfs.getProperties(target, ['volmode', 'snapdev', 'receive_resume_token']));
      const exclude = ['snapdev', 'reservation'];
      await replicate(fixture, { dataset: source, to: S1, raw }, { target, exclude, set: { volmode: 'none' } });
      const later = (name: typeof S1, to: typeof S1) =>
        replicate(
          fixture,
          { dataset: source, from: { kind: 'snapshot', name }, to, raw },
          { target, exclude: ['volmode', ...exclude] },
        );
      await later(S1, S2);
      assert.deepEqual(await modes(), { volmode: 'none', snapdev: 'hidden' });
      await zfs.setProperties(target, { volmode: 'default' });
      await later(S2, S3);
      assert.deepEqual(await modes(), { volmode: 'default', snapdev: 'hidden' });
      if (!raw) assert.equal(await bed.volumeDigest(target, S3), await bed.volumeDigest(source, S3));
    }
  });

  await test('a value that zfs does not take ends the receive', async () => {
    const [from, target] = [sourceName(), targetName()];
    await makeFilesystem(fixture, from, S1);
    for (const set of [{ compression: 'nonsense' }, { nonsense: 'on' }, { keylocation: bed.keyLocation }]) {
      await refused(replicate(fixture, { dataset: from, to: S1 }, { target, set }), 'property-invalid');
      assert.equal(await exists(fixture, target), false);
    }
  });

  await test('a raw stream takes the place of its key', async () => {
    const [from, target] = [sourceName(), targetName()];
    await createEncrypted(fixture, from);
    await zfs.snapshot([from], S1);
    const set = { keylocation: bed.keyLocation };
    await replicate(fixture, { dataset: from, to: S1, raw: true }, { target, set, exclude: FOR_FILESYSTEMS });
    assert.equal((await zfs.getProperties(target, ['keylocation'])).get('keylocation'), bed.keyLocation);
  });
}
