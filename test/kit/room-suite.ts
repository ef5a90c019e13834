/** Limits that the operator has set on the room of a target: nothing that a sender does leaves them. */
import assert from 'node:assert/strict';
import { createLogger } from '@zfsync/program';
import { bufferDatasetOf, parkedName } from '@zfsync/receiver';
import { type RunReport, runAttempts } from '@zfsync/sender';
import { parseDatasetName, parseRelativePath, parseVersionName, type Zfs } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { breakOff } from './keeping-suite.ts';
import { startPair } from './pair.ts';
import { holdReceive, sameOnBothSides, snapshotTree, type TestFunction, tree, withPair } from './pair-suite.ts';

const d = parseDatasetName;
const p = parseRelativePath;
const snap = parseVersionName;
const RELEASED_AFTER_MS = 1500;

/** The names of what is received into, in `received`; the receive into `held` ends later than the others could. */
function watched(zfs: Zfs, held: string, received: string[]): Zfs {
  const slow = holdReceive(zfs, held, new Promise((resolve) => setTimeout(resolve, RELEASED_AFTER_MS)));
  const receive: Zfs['receive'] = (options) => {
    received.push(options.target);
    return slow.receive(options);
  };
  return new Proxy(zfs, { get: (on, key) => (key === 'receive' ? receive : Reflect.get(on, key)) as unknown });
}

/** What a run of the program does with what fails, without its waits. */
function withAttempts(attempt: () => Promise<RunReport>): Promise<RunReport> {
  const limits = { retries: 5, milliseconds: 600_000 };
  const log = createLogger({ name: 'test', verbose: false, quiet: true });
  const clock = { random: () => 0.5, now: () => performance.now(), sleep: () => Promise.resolve() };
  return runAttempts({ ...limits, ...clock, log, signal: new AbortController().signal }, attempt);
}

export async function roomSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  const { zfs } = bed;

  await test('a quota: nothing is parked beside it, and what was parked before goes into place before it grows', async () => {
    const source = `${src}/bounded`;
    const target = `${dst}/bounded`;
    await tree(bed, source, ['', '/old', '/part', '/new', '/new/kid']);
    for (const [path, bytes] of [
      ['/old', 1000],
      ['/part', 6 << 20],
    ] as const) {
      await bed.write(d(source + path), 'file', Buffer.alloc(bytes, path));
    }
    await bed.run('set', 'compression=off', source);
    await bed.write(d(`${source}/part`), 'noise', Buffer.alloc(6 << 20, 'noise'));
    await snapshotTree(bed, source, 'one');
    await zfs.create(d(target), { type: 'filesystem', properties: { quota: String(200 << 20) } });
    const buffer = bufferDatasetOf(d(target));
    await zfs.create(buffer, { type: 'filesystem', properties: { canmount: 'off', mountpoint: 'none' } });
    const parked = (path: string) => parkedName(buffer, p(`/peer${path}`), 3);
    const send = zfs.send({ dataset: d(`${source}/old`), to: snap('one') });
    const receive = zfs.receive({ target: parked('/old') });
    send.stream.pipe(receive.stream);
    await Promise.all([send.done, receive.done]);
    await breakOff(zfs, { dataset: d(`${source}/part`), to: snap('one') }, parked('/part'));
    await snapshotTree(bed, source, 'two');
    const received: string[] = [];
    await withPair(
      bed,
      target,
      async (pair) => {
        const report = await pair.send(source, { asPath: '/peer' });
        const what = report.datasets.map(({ path, outcome }) => {
          return `${path || '/'} ${outcome.kind === 'sent' ? outcome.what : outcome.kind}`;
        });
        assert.deepEqual(what.sort(), ['/ full', '/new full', '/new/kid full', '/old incremental', '/part resumed']);
      },
      watched(zfs, `${target}/peer`, received),
    );
    assert.ok(received.length > 0 && received.every((name) => !name.startsWith(buffer)), received.join());
    await sameOnBothSides(bed, source, `${target}/peer`);
  });

  await test('a quota that is too small: what lies below what it leaves out is not tried again in vain', async () => {
    const source = `${src}/small`;
    const target = `${dst}/small`;
    await tree(bed, source, ['', '/a', '/a/b', '/a/b/c', '/z']);
    await bed.run('set', 'compression=off', source);
    await bed.write(d(`${source}/a`), 'noise', Buffer.alloc(12 << 20, 'noise'));
    await snapshotTree(bed, source, 'one');
    await zfs.create(d(target), { type: 'filesystem', properties: { quota: String(8 << 20) } });
    await withPair(bed, target, async (pair) => {
      const { attempts, datasets } = await withAttempts(() => pair.send(source, { asPath: '/peer' }));
      const what = datasets.map(({ path, outcome }) =>
        outcome.kind === 'failed' ? `${path} ${outcome.failure.code} ${outcome.failure.retry}` : outcome.kind,
      );
      const below = ['/a/b PARENT_MISSING operator', '/a/b/c PARENT_MISSING operator'];
      assert.deepEqual(what, ['sent', '/a NO_SPACE operator', ...below, 'sent']);
      assert.equal(attempts, 1);
      await zfs.setProperties(d(target), { quota: String(200 << 20) });
      await pair.send(source, { asPath: '/peer' });
    });
    await sameOnBothSides(bed, source, `${target}/peer`);
  });

  await test('a quota: two partial receives that were parked before are gone on with, parent first', async () => {
    const source = `${src}/parts`;
    const target = `${dst}/parts`;
    await tree(bed, source, ['', '/a', '/a/b']);
    await bed.run('set', 'compression=off', source);
    for (const path of ['/a', '/a/b']) await bed.write(d(source + path), 'noise', Buffer.alloc(6 << 20, path));
    await snapshotTree(bed, source, 'one');
    await zfs.create(d(target), { type: 'filesystem' });
    const buffer = bufferDatasetOf(d(target));
    await zfs.create(buffer, { type: 'filesystem', properties: { canmount: 'off', mountpoint: 'none' } });
    const send = zfs.send({ dataset: d(source), to: snap('one') });
    const receive = zfs.receive({ target: d(`${target}/peer`) });
    send.stream.pipe(receive.stream);
    await Promise.all([send.done, receive.done]);
    for (const path of ['/a', '/a/b']) {
      await breakOff(zfs, { dataset: d(source + path), to: snap('one') }, parkedName(buffer, p(`/peer${path}`), 3));
    }
    await zfs.setProperties(d(target), { quota: String(200 << 20) });
    await withPair(
      bed,
      target,
      async (pair) => {
        const { datasets } = await pair.send(source, { asPath: '/peer' });
        const what = datasets.map(({ outcome }) => (outcome.kind === 'sent' ? outcome.what : outcome.kind));
        assert.deepEqual(what, ['up-to-date', 'resumed', 'resumed']);
      },
      watched(zfs, `${target}/peer/a`, []),
    );
    await sameOnBothSides(bed, source, `${target}/peer`);
  });

  await test('a quota: keep-both does not rename out of it, nor a dataset that has one of its own', async () => {
    const source = `${src}/aside`;
    const target = `${dst}/aside`;
    await tree(bed, source, ['', '/kid', '/own']);
    await snapshotTree(bed, source, 'one');
    await zfs.create(d(target), { type: 'filesystem' });
    const pair = await startPair({ target, receiverZfs: zfs, senderZfs: zfs, policy: 'keep-both' });
    const conflicts = async () => {
      const { datasets } = await pair.send(source, { asPath: '/peer' });
      return datasets.map(({ outcome }) => (outcome.kind === 'conflict' ? outcome.message : ''));
    };
    try {
      await pair.send(source, { asPath: '/peer' });
      await zfs.snapshot([d(`${target}/peer`), d(`${target}/peer/own`)], snap('mine'));
      await snapshotTree(bed, source, 'two');
      await zfs.setProperties(d(`${target}/peer`), { quota: String(100 << 20) });
      const [root, kid, own] = await conflicts();
      assert.match(root ?? '', /keep-both cannot be carried out: \S+\/peer has a quota, .* would not count for/);
      assert.deepEqual([kid, own], ['', ''], 'this one stays below it');
      await zfs.setProperties(d(`${target}/peer`), { quota: 'none' });
      await zfs.setProperties(d(target), { quota: String(100 << 20) });
      assert.match((await conflicts())[0] ?? '', /aside has a quota, and \/kid below it would be parked/);
      await zfs.setProperties(d(target), { quota: 'none' });
      assert.deepEqual(await conflicts(), ['', '', '']);
      await sameOnBothSides(bed, source, `${target}/peer`);
    } finally {
      await pair.close();
    }
  });
}
