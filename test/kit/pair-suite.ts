/**
 * What the pair does, on whatever ZFS the test bed has: the same cases for the simulator and for real OpenZFS.
 */
import assert from 'node:assert/strict';
import type { RunReport } from '@zfsync/sender';
import {
  type DatasetName,
  isSnapshot,
  parseDatasetName,
  parseVersionName,
  type ReceiveProcess,
  relativePath,
  type Zfs,
} from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { outcomes, type Pair, startPair } from './pair.ts';

export type TestFunction = (name: string, body: () => Promise<void>) => Promise<unknown>;

/** Every snapshot below `root`, as `path@name` → guid. */
export async function guids(zfs: Zfs, root: string): Promise<Map<string, bigint>> {
  const found = new Map<string, bigint>();
  const name = parseDatasetName(root);
  for await (const { dataset, version } of zfs.listVersions(name)) {
    if (isSnapshot(version)) found.set(`${relativePath(name, dataset) ?? dataset}@${version.name}`, version.guid);
  }
  return new Map([...found].sort());
}

async function pathsBelow(zfs: Zfs, root: string): Promise<string[]> {
  const paths: string[] = [];
  const name = parseDatasetName(root);
  for await (const entry of zfs.listDatasets(name)) paths.push(relativePath(name, entry.name) ?? '?');
  return paths.sort();
}

/** Holds a receive into `target` at its end until `until` has come. */
export function holdReceive(zfs: Zfs, target: string, until: Promise<void>): Zfs {
  const receive: Zfs['receive'] = (options) => {
    const process: ReceiveProcess = zfs.receive(options);
    if (options.target !== target) return process;
    const done = process.done.then(() => until);
    return { stream: process.stream, done, kill: () => process.kill(), warnings: () => process.warnings() };
  };
  return new Proxy(zfs, { get: (on, key) => (key === 'receive' ? receive : Reflect.get(on, key)) as unknown });
}

/** A receiver whose zfs does as told, for one body. */
export async function withPair(
  bed: TestBed,
  target: string,
  body: (pair: Pair) => Promise<void>,
  receiverZfs = bed.zfs,
) {
  const pair = await startPair({ target, receiverZfs, senderZfs: bed.zfs });
  try {
    await body(pair);
  } finally {
    await pair.close();
  }
}

const snap = parseVersionName;
const d = parseDatasetName;

export async function tree(
  bed: TestBed,
  root: string,
  paths: readonly string[],
  properties: Record<string, string> = {},
) {
  for (const path of paths) {
    await bed.zfs.create(d(root + path), { type: 'filesystem', parents: true, properties });
  }
}

export async function snapshotTree(bed: TestBed, root: string, name: string): Promise<void> {
  await bed.zfs.snapshot([d(root)], snap(name), { recursive: true });
}

export async function sameOnBothSides(bed: TestBed, source: string, target: string): Promise<void> {
  assert.deepEqual(await guids(bed.zfs, target), await guids(bed.zfs, source), 'the same snapshots by guid');
}

export async function pairSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');

  await test('a tree arrives; then only the difference; then nothing to do', async () => {
    const source = `${src}/main`;
    const target = `${dst}/main`;
    await tree(bed, source, ['', '/a b', '/a b/a:b', '/a b/-x', '/.y', '/.y/deep', '/.y/deep/er']);
    await bed.zfs.create(d(`${source}/vol`), { type: 'volume', volumeSize: 8n << 20n });
    for (const name of ['one', 'two', 'three']) {
      await bed.write(d(source), `file-${name}`, `root ${name}`);
      await bed.write(d(`${source}/a b/a:b`), 'changing', name.repeat(1000));
      await bed.write(d(`${source}/.y/deep/er`), `sub/${name}`, name);
      await snapshotTree(bed, source, name);
    }
    await withPair(bed, target, async (pair) => {
      const first = await pair.send(source);
      assert.ok(
        first.datasets.every(({ outcome }) => outcome.kind === 'sent'),
        outcomes(first).join(', '),
      );
      await sameOnBothSides(bed, source, target);

      await bed.write(d(`${source}/.y/deep`), 'new', 'new');
      await bed.zfs.snapshot([d(`${source}/.y/deep`)], snap('four'));
      const second = await pair.send(source);
      assert.deepEqual(
        outcomes(second).filter((line) => !line.endsWith('up-to-date')),
        ['/.y/deep sent'],
      );
      const third = await pair.send(source);
      assert.ok(outcomes(third).every((line) => line.endsWith('up-to-date')));
    });
    await sameOnBothSides(bed, source, target);
    for (const path of ['', '/a b/a:b', '/.y/deep/er']) {
      for (const name of ['one', 'two', 'three']) {
        assert.deepEqual(
          await bed.contents(d(target + path), snap(name)),
          await bed.contents(d(source + path), snap(name)),
          `${path}@${name}`,
        );
      }
    }
    const properties = await bed.zfs.getProperties(d(target), ['readonly', 'canmount']);
    assert.equal(properties.get('readonly'), 'on');
    assert.equal(properties.get('canmount'), 'noauto');
  });

  await test('the model’s example: parked by hexadecimal name, renamed parents first', async () => {
    const source = `${src}/local`;
    const target = `${dst}/remote`;
    await tree(bed, source, ['', '/test1', '/test1/test1.1', '/test1/test1.1/test1.1.1']);
    await snapshotTree(bed, source, 'first');
    let release: () => void = () => undefined;
    const others = new Promise<void>((resolve) => {
      release = resolve;
    });
    const parked: string[] = [];
    const held = holdReceive(bed.zfs, target, others);
    const watching: Zfs['receive'] = (options) => {
      const process = held.receive(options);
      if (options.target === target) return process;
      parked.push(options.target);
      const done = process.done.then(() => {
        if (parked.length === 3) release();
      });
      return { stream: process.stream, done, kill: () => process.kill(), warnings: () => process.warnings() };
    };
    const zfs = new Proxy(held, { get: (on, key) => (key === 'receive' ? watching : Reflect.get(on, key)) as unknown });
    let report: RunReport | undefined;
    await withPair(
      bed,
      target,
      async (pair) => {
        report = await pair.send(source, { connections: 2 });
      },
      zfs,
    );
    const names = ['2F7465737431', '2F74657374312F74657374312E31', '2F74657374312F74657374312E312F74657374312E312E31'];
    assert.deepEqual(
      parked,
      names.map((name) => `${target}.zfsyncbuffer/${name}`),
    );
    assert.deepEqual(
      report?.promotions.map(({ path, parkedAs, outcome }) => [path, parkedAs, outcome]),
      [
        ['/test1', names[0], 'promoted'],
        ['/test1/test1.1', names[1], 'promoted'],
        ['/test1/test1.1/test1.1.1', names[2], 'promoted'],
      ],
    );
    await sameOnBothSides(bed, source, target);
    assert.deepEqual(await pathsBelow(bed.zfs, `${target}.zfsyncbuffer`), [''], 'the buffer stays, empty');
  });

  await test('what a dead session left parked: increments go there, then it is renamed into place', async () => {
    const source = `${src}/left`;
    const target = `${dst}/left`;
    await tree(bed, source, ['', '/kid', '/kid/grand']);
    await snapshotTree(bed, source, 'one');
    const buffer = `${target}.zfsyncbuffer`;
    await bed.zfs.create(d(buffer), { type: 'filesystem', properties: { canmount: 'off', mountpoint: 'none' } });
    const park = async (path: string, stranger?: string) => {
      const hex = Buffer.from(path).toString('hex').toUpperCase();
      const send = bed.zfs.send({ dataset: d(source + path), to: snap('one') });
      const receive = bed.zfs.receive({ target: d(`${buffer}/${stranger ?? hex}`) });
      send.stream.pipe(receive.stream);
      await Promise.all([send.done, receive.done]);
    };
    await park('/kid');
    await park('/kid/grand');
    await park('/kid', 'not-ours');
    await snapshotTree(bed, source, 'two');
    await withPair(bed, target, async (pair) => {
      const report = await pair.send(source);
      assert.deepEqual(outcomes(report), ['/ sent', '/kid sent', '/kid/grand sent']);
      const what = report.datasets.map(({ outcome }) => (outcome.kind === 'sent' ? outcome.what : outcome.kind));
      assert.deepEqual(what, ['full', 'incremental', 'incremental'], 'no full resend of what was parked');
    });
    await sameOnBothSides(bed, source, target);
    assert.deepEqual(await pathsBelow(bed.zfs, buffer), ['', '/not-ours'], 'a stranger is left alone');
  });

  await test('a pool’s root as the target', async () => {
    const pool = await bed.createPool('whole');
    const source = `${src}/whole`;
    await tree(bed, source, ['', '/x', '/x/y']);
    await snapshotTree(bed, source, 'one');
    const released = new Promise<void>((resolve) => setTimeout(resolve, 1500));
    await withPair(
      bed,
      pool,
      async (pair) => {
        const report = await pair.send(source);
        assert.deepEqual(outcomes(report), ['/ sent', '/x sent', '/x/y sent']);
        const promoted = report.promotions.map(({ path, parkedAs }) => [path, parkedAs]);
        assert.deepEqual(promoted, [['/x/y', '2F782F79']], 'parked in the pool’s own buffer dataset');
      },
      holdReceive(bed.zfs, `${pool}/x`, released),
    );
    await sameOnBothSides(bed, source, pool);
    assert.deepEqual(
      (await pathsBelow(bed.zfs, pool)).filter((path) => path !== '/.zfsyncbuffer'),
      ['', '/x', '/x/y'],
    );
  });

  await test('--as puts the tree below the target root, with placeholders above it', async () => {
    const source = `${src}/left`;
    const target = `${dst}/shelf`;
    await withPair(bed, target, async (pair) => {
      await pair.send(source, { asPath: '/hosts/alpha' });
      await pair.send(source, { asPath: '/hosts/beta' });
      const again = await pair.send(source, { asPath: '/hosts/alpha' });
      assert.ok(outcomes(again).every((line) => line.endsWith('up-to-date')));
    });
    await sameOnBothSides(bed, source, `${target}/hosts/alpha`);
    await sameOnBothSides(bed, source, `${target}/hosts/beta`);
    const properties = await bed.zfs.getProperties(d(`${target}/hosts`), ['canmount', 'zfsync:placeholder']);
    assert.deepEqual([...properties.values()], ['off', 'on']);
  });

  await test('parents without snapshots become placeholders, and are taken over once they have one', async () => {
    const source = `${src}/bare`;
    const target = `${dst}/bare`;
    await tree(bed, source, ['', '/mid', '/mid/leaf']);
    await bed.zfs.snapshot([d(`${source}/mid/leaf`)], snap('one'));
    await withPair(bed, target, async (pair) => {
      const first = await pair.send(source);
      assert.deepEqual(outcomes(first), ['/ failed', '/mid failed', '/mid/leaf sent']);
      await bed.write(d(source), 'file', 'now');
      await snapshotTree(bed, source, 'two');
      const second = await pair.send(source);
      assert.deepEqual(outcomes(second), ['/ sent', '/mid sent', '/mid/leaf sent']);
    });
    await sameOnBothSides(bed, source, target);
  });

  await test('names too long for hexadecimal are parked by digest', async () => {
    const source = `${src}/long`;
    const target = `${dst}/long`;
    const long = `/${'l'.repeat(60)}`;
    await tree(bed, source, ['', long, `${long}/${'m'.repeat(60)}`]);
    await snapshotTree(bed, source, 'one');
    const released = new Promise<void>((resolve) => setTimeout(resolve, 2000));
    await withPair(
      bed,
      target,
      async (pair) => {
        const report = await pair.send(source);
        assert.ok(report.promotions.some(({ parkedAs }) => parkedAs.startsWith('sha256-')));
      },
      holdReceive(bed.zfs, target, released),
    );
    await sameOnBothSides(bed, source, target);
    const left = await bed.zfs.getProperties(d(target + long), ['zfsync:path']);
    assert.equal(left.get('zfsync:path') ?? '-', '-', 'the path is no longer kept in a property');
  });

  await conflicts(test, bed, src, dst);
}

async function conflicts(test: TestFunction, bed: TestBed, src: DatasetName, dst: DatasetName): Promise<void> {
  const kinds = (report: RunReport) =>
    new Map<string, string>(
      report.datasets.map(({ path, outcome }) => [path, outcome.kind === 'conflict' ? outcome.conflict : outcome.kind]),
    );

  await test('a conflict is reported and nothing of either side is destroyed', async () => {
    const source = `${src}/own`;
    const target = `${dst}/own`;
    await tree(bed, source, ['', '/diverged', '/foreign', '/data', '/empty', '/fine']);
    await snapshotTree(bed, source, 'one');
    await withPair(bed, target, async (pair) => {
      await bed.zfs.create(d(target), { type: 'filesystem', properties: { canmount: 'noauto' } });
      await tree(bed, target, ['/foreign', '/data', '/empty']);
      await bed.zfs.snapshot([d(`${target}/foreign`)], snap('one'));
      await bed.write(d(`${target}/data`), 'precious', 'one byte is enough');
      const first = kinds(await pair.send(source));
      assert.equal(first.get('/data'), 'target-has-data');
      assert.equal(first.get('/foreign'), 'no-common-version');
      for (const path of ['', '/diverged', '/empty', '/fine']) assert.equal(first.get(path), 'sent', path);
      await bed.zfs.snapshot([d(`${target}/diverged`)], snap('mine'));
      await snapshotTree(bed, source, 'two');
      const before = await guids(bed.zfs, target);
      const second = kinds(await pair.send(source));
      assert.equal(second.get('/diverged'), 'target-diverged');
      assert.equal(second.get('/fine'), 'sent', 'the others go on');
      const after = await guids(bed.zfs, target);
      for (const [name, guid] of before) assert.equal(after.get(name), guid, `${name} is still there`);
    });
    assert.match(await bed.run('list', '-H', '-o', 'name', '-r', target), /\/data/);
  });

  await test('a target is replaced only if nothing foreign and nothing mounted is below it', async () => {
    const source = `${src}/own`;
    await tree(bed, `${dst}/shared`, ['', '/stranger']);
    await withPair(bed, `${dst}/shared`, async (pair) => {
      const found = kinds(await pair.send(source));
      assert.equal(found.get(''), 'target-not-replaceable');
      assert.equal(found.get('/fine'), 'failed', 'and nothing new is put below it');
    });
    assert.deepEqual(await pathsBelow(bed.zfs, `${dst}/shared`), ['', '/stranger']);
    if (bed.mountRoot === undefined) return;
    const pool = await bed.createPool('mounted', { canmount: 'on', mountpoint: `${bed.mountRoot}/mounted` });
    await withPair(bed, pool, async (pair) => {
      assert.equal(kinds(await pair.send(source)).get(''), 'sent', 'empty and mounted: unmounted and replaced');
    });
    const after = await bed.zfs.getProperties(pool, ['mounted', 'canmount']);
    assert.deepEqual([after.get('mounted'), after.get('canmount')], ['no', 'noauto']);
  });

  await test('a dry run says what it would do and does nothing', async () => {
    const source = `${src}/own`;
    const target = `${dst}/dry`;
    await withPair(bed, target, async (pair) => {
      const report = await pair.send(source, { dryRun: true });
      assert.ok(report.datasets.every(({ outcome }) => outcome.kind === 'planned'));
    });
    const paths = await pathsBelow(bed.zfs, dst);
    assert.ok(!paths.some((path) => path.startsWith('/dry')));
  });

  await test('encrypted trees: raw without the key; unencrypted data never slips below encryption', async () => {
    const secret = await bed.createPool('secret', {
      encryption: 'aes-256-gcm',
      keyformat: 'raw',
      keylocation: bed.keyLocation,
    });
    const plain = `${src}/plain`;
    await tree(bed, plain, ['', '/kid', '/kid/grand']);
    await snapshotTree(bed, plain, 'one');

    // The operator's encrypted pool: what arrives inherits its encryption, also what was parked.
    await withPair(bed, `${secret}/in`, async (pair) => {
      const report = await pair.send(plain);
      assert.ok(
        report.datasets.every(({ outcome }) => outcome.kind === 'sent'),
        outcomes(report).join(', '),
      );
    });
    for await (const entry of bed.zfs.listDatasets(d(`${secret}/in`))) {
      assert.equal(entry.encryptionRoot, secret, `${entry.name} is encrypted`);
    }
    // The encrypted tree leaves raw, and arrives where there is no key.
    const raw = `${dst}/raw`;
    await withPair(bed, raw, async (pair) => {
      await pair.send(`${secret}/in`);
      await snapshotTree(bed, `${secret}/in`, 'two');
      const second = await pair.send(`${secret}/in`);
      assert.ok(
        second.datasets.every(({ outcome }) => outcome.kind === 'sent'),
        outcomes(second).join(', '),
      );
    });
    await sameOnBothSides(bed, `${secret}/in`, raw);
    for await (const entry of bed.zfs.listDatasets(d(raw))) {
      assert.notEqual(entry.encryption, 'off');
      assert.equal(entry.keyAvailable, false);
    }
  });
}
