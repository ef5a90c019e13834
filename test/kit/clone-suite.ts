/** Clones: they arrive as clones where their origin is there, and in full where it is not. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { RunReport } from '@zfsync/sender';
import { type DatasetName, isSnapshot, parseDatasetName, parseVersionName, type Zfs } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { breakOff } from './keeping-suite.ts';
import { sameOnBothSides, snapshotTree, type TestFunction, tree, withPair } from './pair-suite.ts';

const d = parseDatasetName;
const snap = parseVersionName;
const MIB = 1024 * 1024;

/** `path: what became of it`, sorted by path. */
function became({ datasets }: RunReport): string[] {
  return datasets
    .map(({ path, outcome }) => {
      const what = outcome.kind === 'sent' || outcome.kind === 'planned' ? outcome.what : undefined;
      const code = outcome.kind === 'failed' ? outcome.failure.code : undefined;
      const conflict = outcome.kind === 'conflict' ? outcome.conflict : undefined;
      return `${path || '/'}: ${what ?? code ?? conflict ?? outcome.kind}`;
    })
    .sort();
}

async function origins(zfs: Zfs, root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, origin } of zfs.listDatasets(d(root))) {
    if (origin !== undefined)
      found[name.slice(root.length)] = origin.startsWith(root) ? origin.slice(root.length) : origin;
  }
  return found;
}

async function sameContents(bed: TestBed, source: string, target: string): Promise<void> {
  for await (const { dataset, version } of bed.zfs.listVersions(d(source))) {
    if (!isSnapshot(version)) continue;
    const there = d(target + dataset.slice(source.length));
    assert.deepEqual(await bed.contents(there, version.name), await bed.contents(dataset, version.name), dataset);
  }
}

/** An origin with 2 MiB in three snapshots, and `clone` of its second, with two snapshots of its own. */
async function makeClone(bed: TestBed, origin: string, clone: string): Promise<void> {
  const { zfs } = bed;
  for (const name of ['one', 'two', 'three']) {
    await bed.write(d(origin), `at-${name}`, name === 'one' ? randomBytes(2 * MIB) : name);
    await zfs.snapshot([d(origin)], snap(name));
  }
  await bed.run('clone', `${origin}@two`, clone);
  for (const name of ['four', 'five']) {
    await bed.write(d(clone), `of-the-clone-${name}`, randomBytes(MIB / 4));
    await zfs.snapshot([d(clone)], snap(name));
  }
}

function bytesOf({ datasets }: RunReport, path: string): bigint {
  const outcome = datasets.find((one) => one.path === path)?.outcome;
  return outcome?.kind === 'sent' ? outcome.bytes : -1n;
}

export async function cloneSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  const { zfs } = bed;

  await test('a clone arrives as a clone, before its origin in the list, and goes on; so do clones of it', async () => {
    const [source, target] = [`${src}/first`, `${dst}/first`];
    await tree(bed, source, ['', '/a', '/z', '/z/origin']);
    await makeClone(bed, `${source}/z/origin`, `${source}/a/clone`);
    await bed.run('clone', `${source}/a/clone@four`, `${source}/0`);
    await snapshotTree(bed, source, 'all');
    await withPair(bed, target, async (pair) => {
      const planned = await pair.send(source, { dryRun: true });
      const expected = ['/0: clone', '/: full', '/a/clone: clone', '/a: full', '/z/origin: full', '/z: full'].sort();
      assert.deepEqual(became(planned), expected);
      const report = await pair.send(source, { connections: 4 });
      assert.deepEqual(became(report), expected);
      await sameOnBothSides(bed, source, target);
      assert.deepEqual(await origins(zfs, target), await origins(zfs, source));
      await sameContents(bed, source, target);
      assert.ok(bytesOf(report, '/a/clone') < BigInt(MIB), 'what it has in common with its origin is not sent again');

      await bed.write(d(`${source}/a/clone`), 'later', 'later');
      await snapshotTree(bed, source, 'later');
      const second = await pair.send(source);
      assert.ok(
        became(second).every((one) => one.endsWith(': incremental')),
        became(second).join(', '),
      );
      await sameOnBothSides(bed, source, target);
    });
  });

  await test('an interrupted clone is gone on with', async () => {
    const [source, target] = [`${src}/broken`, `${dst}/broken`];
    await tree(bed, source, ['', '/origin']);
    await zfs.snapshot([d(source)], snap('start'));
    await makeClone(bed, `${source}/origin`, `${source}/clone`);
    await bed.write(d(`${source}/clone`), 'large', randomBytes(4 * MIB));
    await zfs.snapshot([d(`${source}/clone`)], snap('six'));
    for (const old of ['four', 'five']) {
      await zfs.destroyVersion(d(`${source}/clone`), { kind: 'snapshot', name: snap(old) });
    }
    await withPair(bed, target, async (pair) => {
      await pair.send(source);
      // As a sender does it that dies.
      await bed.run('destroy', '-r', `${target}/clone`);
      const send = {
        dataset: d(`${source}/clone`),
        fromOrigin: { dataset: d(`${source}/origin`), name: snap('two') },
        to: snap('six'),
        largeBlocks: true,
        compressed: true,
      };
      await breakOff(zfs, send, d(`${target}/clone`), { dataset: d(`${target}/origin`), name: snap('two') });
      assert.deepEqual(await origins(zfs, target), { '/clone': '/origin@two' }, 'a partial clone');
      await bed.write(d(`${source}/clone`), 'later', 'later');
      await zfs.snapshot([d(`${source}/clone`)], snap('seven'));
      const report = await pair.send(source);
      assert.ok(became(report).includes('/clone: resumed'), became(report).join(', '));
      assert.ok(bytesOf(report, '/clone') < BigInt(4 * MIB), 'the rest alone');
      await sameOnBothSides(bed, source, target);
      await sameContents(bed, `${source}/clone`, `${target}/clone`);
      assert.deepEqual(await origins(zfs, target), { '/clone': '/origin@two' });
      assert.equal((await zfs.getProperties(d(`${target}/clone`), ['canmount'])).get('canmount'), 'noauto');
      assert.ok((await zfs.getProperties(d(`${target}/clone`), ['zfsync:stream'])).has('zfsync:stream'));
    });
  });

  await test('a clone that is promoted at the source: nothing is lost, and what cannot go on says so', async () => {
    const [source, target] = [`${src}/promoted`, `${dst}/promoted`];
    await tree(bed, source, ['', '/origin']);
    await zfs.snapshot([d(source)], snap('start'));
    await makeClone(bed, `${source}/origin`, `${source}/clone`);
    // Of its newest snapshot: all that it has moves to the clone.
    await zfs.create(d(`${source}/bare`), { type: 'filesystem' });
    await zfs.snapshot([d(`${source}/bare`)], snap('one'));
    await bed.run('clone', `${source}/bare@one`, `${source}/whole`);
    await zfs.snapshot([d(`${source}/whole`)], snap('two'));
    await withPair(bed, target, async (pair) => {
      await pair.send(source);
      const before = await guidsOf(zfs, target);
      await bed.run('promote', `${source}/clone`);
      await bed.run('promote', `${source}/whole`);
      await snapshotTree(bed, source, 'after');
      const report = await pair.send(source);
      assert.deepEqual(became(report), [
        '/: incremental',
        // The bookmarks move, too.
        '/bare: no-common-version',
        '/clone: incremental',
        '/origin: incremental',
        '/whole: incremental',
      ]);
      const after = await guidsOf(zfs, target);
      assert.ok(
        [...before].every((guid) => after.has(guid)),
        'every snapshot is there still',
      );
      await sameContents(bed, `${source}/origin`, `${target}/origin`);
      assert.deepEqual(await origins(zfs, target), { '/clone': '/origin@two', '/whole': '/bare@one' }, 'as it was');
    });
  });
}

/** What the receiver decides, whatever ZFS is behind it. */
export async function cloneDecisionSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  const { zfs } = bed;

  await test('a clone that comes later, of a snapshot that came long before', async () => {
    const [source, target] = [`${src}/late`, `${dst}/late`];
    await tree(bed, source, ['', '/origin']);
    await snapshotTree(bed, source, 'old');
    await snapshotTree(bed, source, 'new');
    await withPair(bed, target, async (pair) => {
      await pair.send(source);
      await bed.run('clone', `${source}/origin@old`, `${source}/clone`);
      await zfs.snapshot([d(`${source}/clone`)], snap('alone'));
      const report = await pair.send(source, { streamFlags: 'c' });
      assert.deepEqual(became(report), ['/: up-to-date', '/clone: clone', '/origin: up-to-date']);
      const flags = await zfs.getProperties(d(`${target}/clone`), ['zfsync:stream']);
      assert.equal(flags.get('zfsync:stream'), 'Lc', 'as its origin: without -L its large blocks would be damaged');
      assert.deepEqual(await origins(zfs, target), { '/clone': '/origin@old' });
      assert.ok(became(await pair.send(source)).every((one) => one.endsWith(': up-to-date')));
    });
  });

  await test('where the origin is not sent, or is no copy, a clone is received in full', async () => {
    const [source, target] = [`${src}/outside`, `${dst}/outside`];
    await tree(bed, source, ['', '/in', '/other']);
    await tree(bed, `${src}/elsewhere`, ['']);
    await makeClone(bed, `${src}/elsewhere`, `${source}/in/clone`);
    await makeClone(bed, `${source}/other`, `${source}/second`);
    await snapshotTree(bed, source, 'all');
    await zfs.create(d(target), { type: 'filesystem' });
    await zfs.create(d(`${target}/other`), { type: 'filesystem' });
    await bed.write(d(`${target}/other`), 'foreign', 'foreign');
    await zfs.snapshot([d(`${target}/other`)], snap('foreign'));
    await withPair(bed, target, async (pair) => {
      const report = await pair.send(source);
      assert.deepEqual(
        became(report),
        ['/: full', '/in/clone: full', '/in: full', '/other: no-common-version', '/second: full'].sort(),
      );
      const said = pair.receiverLog().filter(({ event }) => event === 'not-cloned');
      assert.deepEqual(
        said.map(({ path }) => path),
        ['/second'],
      );
      assert.match(String(said[0]?.['msg']), /its origin \/other is not received/);
      assert.deepEqual(await origins(zfs, target), {});
      await sameContents(bed, `${source}/second`, `${target}/second`);
      await sameContents(bed, `${source}/in`, `${target}/in`);
    });
  });

  await test('a clone of what another peer has here too is made of its own tree’s snapshot', async () => {
    const source = `${src}/twice`;
    await tree(bed, source, ['', '/origin']);
    await zfs.snapshot([d(source)], snap('start'));
    await makeClone(bed, `${source}/origin`, `${source}/clone`);
    await tree(bed, `${dst}/twice`, ['']);
    for (const target of [`${dst}/twice/0`, `${dst}/twice/1`]) {
      await withPair(bed, target, async (pair) => {
        await pair.send(source);
        await sameOnBothSides(bed, source, target);
        assert.deepEqual(await origins(zfs, target), { '/clone': '/origin@two' });
      });
    }
  });

  await test('a clone whose origin has not arrived waits for it, and comes with the next run', async () => {
    const [source, target] = [`${src}/waiting`, `${dst}/waiting`];
    await tree(bed, source, ['', '/origin']);
    await zfs.snapshot([d(source)], snap('start'));
    await makeClone(bed, `${source}/origin`, `${source}/clone`);
    let failing = true;
    const receive: Zfs['receive'] = (options) => {
      const name = failing && options.target === `${target}/origin` ? d(`${target}/no/parent`) : options.target;
      return zfs.receive({ ...options, target: name });
    };
    const receiverZfs = new Proxy(zfs, {
      get: (on, key) => (key === 'receive' ? receive : Reflect.get(on, key)) as unknown,
    });
    const body = async (pair: Parameters<Parameters<typeof withPair>[2]>[0]) => {
      // One after the other, so that nothing is parked.
      assert.deepEqual(became(await pair.send(source, { connections: 1 })), [
        '/: full',
        '/clone: ORIGIN_MISSING',
        '/origin: ZFS_PARENT_MISSING',
      ]);
      failing = false;
      assert.deepEqual(became(await pair.send(source)), ['/: up-to-date', '/clone: clone', '/origin: full']);
      await sameOnBothSides(bed, source, target);
    };
    await withPair(bed, target, body, receiverZfs);
  });

  await test('encrypted clones are received in full: each with its own key', async () => {
    const [source, target] = [`${src}/secret`, `${dst}/secret`];
    const keyed = { encryption: 'aes-256-gcm', keyformat: 'raw', keylocation: bed.keyLocation };
    await tree(bed, source, ['']);
    await zfs.snapshot([d(source)], snap('start'));
    await zfs.create(d(`${source}/origin`), { type: 'filesystem', properties: keyed });
    await zfs.snapshot([d(`${source}/origin`)], snap('one'));
    await bed.run('clone', `${source}/origin@one`, `${source}/clone`);
    await zfs.snapshot([d(`${source}/clone`)], snap('two'));
    await withPair(bed, target, async (pair) => {
      assert.deepEqual(became(await pair.send(source)), ['/: full', '/clone: full', '/origin: full']);
      assert.deepEqual(await origins(zfs, target), {});
      const root = await zfs.getProperties(d(`${target}/clone`), ['encryptionroot']);
      assert.equal(root.get('encryptionroot'), `${target}/clone`);
    });
  });
}

async function guidsOf(zfs: Zfs, root: string): Promise<Set<bigint>> {
  const found = new Set<bigint>();
  for await (const { version } of zfs.listVersions(root as DatasetName))
    if (isSnapshot(version)) found.add(version.guid);
  return found;
}
