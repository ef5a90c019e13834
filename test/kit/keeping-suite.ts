/** What keeps a chain of snapshots going: cursors, holds, resumed streams after want of space. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import { cursorName, holdTag, listCursors, removeCursors, type RunReport } from '@zfsync/sender';
import {
  type DatasetName,
  isBookmark,
  parseDatasetName,
  parseVersionName,
  type SendOptions,
  type SnapshotReference,
  type Zfs,
} from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { type Pair, startPair } from './pair.ts';
import { sameOnBothSides, snapshotTree, type TestFunction, tree, withPair } from './pair-suite.ts';

const d = parseDatasetName;
const snap = parseVersionName;
const bigints = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

async function bookmarksOf(zfs: Zfs, dataset: DatasetName): Promise<string[]> {
  const names: string[] = [];
  for await (const { version } of zfs.listVersions(dataset, { depth: 0 })) {
    if (isBookmark(version)) names.push(version.name);
  }
  return names.sort();
}

async function guidOf(zfs: Zfs, dataset: DatasetName, snapshot: string): Promise<bigint> {
  for await (const { version } of zfs.listVersions(dataset, { depth: 0 })) {
    if (!isBookmark(version) && version.name === snapshot) return version.guid;
  }
  throw new Error(`no ${dataset}@${snapshot}`);
}

async function heldOf(zfs: Zfs, dataset: DatasetName): Promise<string[]> {
  const names: string[] = [];
  for await (const { version, held } of zfs.listVersions(dataset, { depth: 0 })) if (held) names.push(version.name);
  return names.sort();
}

function sent(report: RunReport, index = 0): string {
  const outcome = report.datasets[index]?.outcome;
  if (outcome?.kind !== 'sent') assert.fail(JSON.stringify(report, bigints));
  return outcome.what;
}

async function partialToken(zfs: Zfs, dataset: string): Promise<string | undefined> {
  for await (const entry of zfs.listDatasets(d(dataset), { depth: 0 })) return entry.resumeToken;
  return undefined;
}

/** The first two thirds or so of a stream, as of a sender that died. */
export async function breakOff(
  zfs: Zfs,
  options: SendOptions,
  target: DatasetName,
  origin?: SnapshotReference,
): Promise<void> {
  const stream = zfs.send(options);
  const receive = zfs.receive({ target, resumable: true, ...(origin && { origin }) });
  let bytes = 0;
  for await (const chunk of stream.stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    receive.stream.write(chunk);
    if (bytes > 2 << 20) break;
  }
  await Promise.allSettled([stream.kill(), stream.done]);
  receive.stream.end();
  await Promise.allSettled([receive.done]);
}

/** The same zfs, with some of its methods replaced. */
function altered(zfs: Zfs, change: Partial<Zfs>): Zfs {
  const methods = change as Partial<Record<string | symbol, unknown>>;
  return new Proxy(zfs, { get: (on, key) => methods[key] ?? (Reflect.get(on, key) as unknown) });
}

export async function keepingSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  const { zfs } = bed;

  await test('cursors: one for each target, which an incremental starts from when the snapshot is gone', async () => {
    const source = d(`${src}/cursors`);
    await zfs.create(source, { type: 'filesystem' });
    for (const name of ['one', 'two', 'three']) await zfs.snapshot([source], snap(name));
    await withPair(bed, `${dst}/first`, async (first) => {
      const { targetId } = await first.send(source);
      const three = cursorName(targetId, await guidOf(zfs, source, 'three'));
      assert.deepEqual(await bookmarksOf(zfs, source), [three], 'the newest alone is left');
      assert.deepEqual(await heldOf(zfs, source), [], 'what was held while it was sent is released');
      await withPair(bed, `${dst}/second`, async (second) => {
        const other = (await second.send(source)).targetId;
        assert.notEqual(other, targetId);
        assert.equal((await bookmarksOf(zfs, source)).length, 2);
        for (const name of ['one', 'two', 'three'])
          await zfs.destroyVersion(source, { kind: 'snapshot', name: snap(name) });
        await bed.write(source, 'file', 'four');
        await zfs.snapshot([source], snap('four'));
        assert.equal(sent(await first.send(source)), 'incremental', 'from the bookmark');
        const four = await guidOf(zfs, source, 'four');
        const left = [
          cursorName(targetId, four),
          await bookmarksOf(zfs, source).then((all) => all.find((name) => name.includes(other))),
        ];
        assert.deepEqual(await bookmarksOf(zfs, source), left.sort());
        assert.equal(sent(await second.send(source)), 'incremental');

        const signal = new AbortController().signal;
        const targets = await listCursors(zfs, source, signal);
        assert.deepEqual(targets.map((target) => target.targetId).sort(), [targetId, other].sort());
        const gone = targets.find((target) => target.targetId === other);
        assert.ok(gone);
        await removeCursors(zfs, gone);
        assert.deepEqual(await bookmarksOf(zfs, source), [cursorName(targetId, four)]);
        // Its next incremental brings both: of the snapshot that it starts from, and of the one that it ends at.
        await zfs.snapshot([source], snap('five'));
        await second.send(source);
        const five = await guidOf(zfs, source, 'five');
        assert.deepEqual(await bookmarksOf(zfs, source), [cursorName(targetId, four), cursorName(other, five)].sort());
      });
    });
  });

  await test('--hold: the newest replicated snapshot is held on both sides, and only that', async () => {
    const source = d(`${src}/holds`);
    const target = `${dst}/holds`;
    await zfs.create(source, { type: 'filesystem' });
    await zfs.snapshot([source], snap('one'));
    await zfs.hold(source, [snap('one')], 'theirs');
    await zfs.snapshot([source], snap('two'));
    const pair = await startPair({ target, receiverZfs: zfs, senderZfs: zfs, hold: true });
    try {
      await pair.send(source);
      assert.deepEqual(await heldOf(zfs, source), ['one', 'two'], 'one is held by somebody else');
      assert.deepEqual(await heldOf(zfs, d(target)), ['two']);
      await zfs.snapshot([source], snap('three'));
      await pair.send(source);
      assert.deepEqual(await heldOf(zfs, source), ['one', 'three']);
      assert.deepEqual(await heldOf(zfs, d(target)), ['three']);
      assert.equal((await zfs.holds(source, [snap('one')]))[0]?.tag, 'theirs');
    } finally {
      await pair.close();
    }
  });

  await test('holds that a sender has left behind are released, also after a full; the others stay', async () => {
    const source = d(`${src}/leftovers`);
    await zfs.create(source, { type: 'filesystem' });
    for (const name of ['one', 'two', 'three']) await zfs.snapshot([source], snap(name));
    const holds: string[] = [];
    const senderZfs = altered(zfs, {
      holds: (dataset, names) => {
        if (names.length > 0) holds.push(names.join(' '));
        return zfs.holds(dataset, names);
      },
    });
    const pair = await startPair({ target: `${dst}/leftovers`, receiverZfs: zfs, senderZfs });
    try {
      const { targetId } = await pair.send(source);
      await pair.send(source);
      assert.deepEqual(holds, [], 'nothing is held: no process');
      await zfs.hold(source, [snap('one'), snap('two'), snap('three')], holdTag(targetId));
      await zfs.hold(source, [snap('two')], 'theirs');
      await pair.send(source);
      assert.deepEqual(await heldOf(zfs, source), ['two']);
      assert.equal((await zfs.holds(source, [snap('two')]))[0]?.tag, 'theirs');
    } finally {
      await pair.close();
    }
  });

  await test('a hold that fails for one snapshot leaves none of the others held', async () => {
    const source = d(`${src}/vanishing`);
    await zfs.create(source, { type: 'filesystem' });
    for (const name of ['one', 'two', 'three']) await zfs.snapshot([source], snap(name));
    const senderZfs = altered(zfs, {
      hold: async (dataset, names, tag) => {
        if (names.length > 1) await zfs.destroyVersion(source, { kind: 'snapshot', name: snap('two') });
        await zfs.hold(dataset, names, tag);
      },
    });
    const pair = await startPair({ target: `${dst}/vanishing`, receiverZfs: zfs, senderZfs });
    try {
      const report = await pair.send(source);
      assert.equal(sent(report), 'full');
      assert.match(report.warnings.join(), /hold that keeps .* could not be made/);
      assert.deepEqual(await heldOf(zfs, source), []);
    } finally {
      await pair.close();
    }
  });

  await test('a snapshot of the target’s own while the rest is under way: the partial receive is kept', async () => {
    const source = d(`${src}/meanwhile`);
    const target = d(`${dst}/meanwhile`);
    await zfs.create(source, { type: 'filesystem' });
    await zfs.snapshot([source], snap('one'));
    let meanwhile: () => Promise<void> = () => Promise.resolve();
    const receiverZfs = altered(zfs, {
      receive: (options) => {
        const process = zfs.receive(options);
        const ready = meanwhile();
        // The rest waits behind its first chunk, or it might be there before the snapshot.
        let begun = false;
        const gate = new Transform({
          transform: (chunk: Buffer, _encoding, done) => {
            const pass = () => {
              done(null, chunk);
            };
            if (begun) void ready.then(pass);
            else pass();
            begun = true;
          },
        });
        pipeline(gate, process.stream, () => undefined);
        return {
          stream: gate,
          done: ready.then(() => process.done),
          kill: () => process.kill(),
          warnings: () => process.warnings(),
        };
      },
    });
    await withPair(
      bed,
      target,
      async (pair) => {
        await pair.send(source);
        await bed.write(source, 'noise', randomBytes(4 << 20));
        await zfs.snapshot([source], snap('two'));
        await breakOff(
          zfs,
          { dataset: source, from: { kind: 'snapshot', name: snap('one') }, to: snap('two') },
          target,
        );
        assert.ok(await partialToken(zfs, target), 'it broke off');
        meanwhile = () => zfs.snapshot([target], snap('own'));
        const [root] = (await pair.send(source)).datasets;
        meanwhile = () => Promise.resolve();
        assert.ok(root?.outcome.kind === 'conflict', JSON.stringify(root, bigints));
        assert.equal(root.outcome.conflict, 'target-diverged');
        assert.match(root.outcome.message, /snapshots of its own .*@own/);
        assert.equal(root.discardedBytes, undefined);
        assert.ok(await partialToken(zfs, target), 'it is kept');
        await zfs.destroyVersion(target, { kind: 'snapshot', name: snap('own') });
        assert.equal(sent(await pair.send(source)), 'resumed');
      },
      receiverZfs,
    );
    await sameOnBothSides(bed, source, target);
  });

  await test('no room: said before the first byte, dataset by dataset; the others arrive', async () => {
    const source = `${src}/room`;
    const target = `${dst}/room`;
    await tree(bed, source, ['', '/small', '/big', '/big/child']);
    await bed.write(d(`${source}/big`), 'noise', randomBytes(12 << 20));
    await snapshotTree(bed, source, 'one');
    await zfs.create(d(target), { type: 'filesystem' });
    await bed.run('set', 'quota=6M', target);
    await withPair(bed, target, async (pair: Pair) => {
      const report = await pair.send(source, { asPath: '/copy' });
      const big = report.datasets.find(({ path }) => path === '/big');
      assert.ok(big?.outcome.kind === 'failed', JSON.stringify(report, bigints));
      assert.equal(big.outcome.failure.code, 'NO_SPACE');
      assert.match(big.outcome.failure.message, /room\/big: needs about 1[2-9].* MiB, the target has room for [0-6]/);
      const kinds = report.datasets.map(({ path, outcome }) => `${path} ${outcome.kind}`);
      assert.deepEqual(
        kinds.filter((line) => !line.startsWith('/big')),
        [' sent', '/small sent'],
      );

      // Sent all the same: ZFS says that the quota is reached, and keeps what has come.
      const forced = await pair.send(source, { asPath: '/copy', checkSpace: false });
      const [outcome] = forced.datasets.filter(({ path }) => path === '/big').map((one) => one.outcome);
      assert.ok(outcome?.kind === 'failed', JSON.stringify(forced, bigints));
      assert.match(outcome.failure.code, /^ZFS_(QUOTA|NO_SPACE)$/);
      assert.equal(outcome.failure.retry, 'operator');
      const token = await partialToken(zfs, `${target}/copy/big`);
      assert.ok(token !== undefined, 'the partial receive is kept');

      await bed.run('set', 'quota=none', target);
      const resumed = await pair.send(source, { asPath: '/copy' });
      const index = resumed.datasets.findIndex(({ path }) => path === '/big');
      assert.equal(sent(resumed, index), 'resumed');
    });
    await sameOnBothSides(bed, source, `${target}/copy`);
  });
}
