/**
 * What a target remembers of its streams, what of the source's properties it gets, and encrypted datasets: raw, received
 * without a key, and decrypted only if that is said. The same cases for the simulator and for real OpenZFS.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { formatStreamFlags, NO_PROPERTIES, type PropertyPolicy } from '@zfsync/receiver';
import type { DatasetOutcome, RunReport } from '@zfsync/sender';
import { type DatasetEntry, type DatasetName, parseDatasetName, parseVersionName, type Zfs } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { type Pair, startPair } from './pair.ts';
import { sameOnBothSides, snapshotTree, type TestFunction, tree } from './pair-suite.ts';

const snap = parseVersionName;
const d = parseDatasetName;
const MEBIBYTE = 1024 * 1024;

interface Pools {
  readonly bed: TestBed;
  readonly src: DatasetName;
  readonly dst: DatasetName;
}

/** @param body is given what `zfs send` was asked for so far, as flags */
async function paired(
  { bed }: Pools,
  target: string,
  properties: PropertyPolicy,
  body: (pair: Pair, sends: readonly string[]) => Promise<void>,
): Promise<void> {
  const sends: string[] = [];
  const send: Zfs['send'] = (options) => {
    const { raw = false, largeBlocks = false, compressed = false, embedded = false } = options;
    sends.push(formatStreamFlags({ raw, largeBlocks, compressed, embedded }));
    return bed.zfs.send(options);
  };
  const senderZfs = new Proxy(bed.zfs, {
    get: (on, key) => (key === 'send' ? send : Reflect.get(on, key)) as unknown,
  });
  const pair = await startPair({ target, receiverZfs: bed.zfs, senderZfs, properties });
  try {
    await body(pair, sends);
  } finally {
    await pair.close();
  }
}

/** The outcome of the dataset at a path. */
function outcomeOf(report: RunReport, path = ''): DatasetOutcome {
  const found = report.datasets.find((dataset) => dataset.path === path);
  return found?.outcome ?? assert.fail(`${path} is in the report`);
}

function allSent(report: RunReport): void {
  const others = report.datasets.filter(({ outcome }) => outcome.kind !== 'sent');
  assert.equal(
    others.length,
    0,
    others.map(({ dataset, outcome }) => `${dataset}: ${JSON.stringify(outcome, bigints)}`).join('\n'),
  );
}

const bigints = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

async function entryOf({ zfs }: TestBed, dataset: string): Promise<DatasetEntry> {
  for await (const entry of zfs.listDatasets(d(dataset), { depth: 0 })) return entry;
  throw new Error(`${dataset} is not listed`);
}

export async function trustSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const pools = { bed, src: await bed.createPool('src'), dst: await bed.createPool('dst') };
  await flagCases(test, pools);
  await encryptionCases(test, pools);
  await propertyCases(test, pools);
}

/** A filesystem with blocks above 128 KiB, in two snapshots. */
async function large(bed: TestBed, dataset: DatasetName): Promise<void> {
  await bed.zfs.create(dataset, { type: 'filesystem', properties: { recordsize: '1M', compression: 'lz4' } });
  await bed.write(dataset, 'noise', randomBytes(2 * MEBIBYTE));
  await bed.zfs.snapshot([dataset], snap('one'));
}

async function grow(bed: TestBed, dataset: DatasetName, name: string): Promise<void> {
  await bed.write(dataset, name, randomBytes(MEBIBYTE + 4096));
  await bed.zfs.snapshot([dataset], snap(name));
}

async function sameContents(bed: TestBed, source: string, target: string, name: string): Promise<void> {
  assert.deepEqual(await bed.contents(d(target), snap(name)), await bed.contents(d(source), snap(name)));
}

async function flagCases(test: TestFunction, pools: Pools): Promise<void> {
  const { bed, src, dst } = pools;

  await test('the flags of the first stream are kept, whatever the sender would do later', async () => {
    const [source, target] = [d(`${src}/flags`), `${dst}/flags`];
    await large(bed, source);
    await paired(pools, target, NO_PROPERTIES, async (pair, sends) => {
      allSent(await pair.send(source));
      assert.equal((await entryOf(bed, target)).zfsyncStream, 'Lc');
      for (const [name, streamFlags] of [
        ['two', ''],
        ['three', 'Lce'],
      ] as const) {
        await grow(bed, source, name);
        allSent(await pair.send(source, { streamFlags }));
        assert.equal((await entryOf(bed, target)).zfsyncStream, 'Lc');
        await sameContents(bed, source, target, name);
      }
      assert.deepEqual(sends, ['Lc', 'Lc', 'Lc']);
    });
    await sameOnBothSides(bed, source, target);
  });

  await test('a parked dataset keeps its memory when it is renamed into place', async () => {
    const [source, target] = [`${src}/parked`, `${dst}/parked`];
    await tree(bed, source, ['', '/kid']);
    await bed.zfs.snapshot([d(`${source}/kid`)], snap('one'));
    await paired(pools, target, NO_PROPERTIES, async (pair) => {
      await pair.send(source, { streamFlags: 'c' });
      assert.equal((await entryOf(bed, `${target}/kid`)).zfsyncStream, 'c');
    });
  });

  await test('a target that another tool has made goes on, with -L only where it has to be', async () => {
    for (const [label, seeded, remembered] of [
      ['large', { largeBlocks: true }, 'Lc'],
      ['small', {}, 'c'],
    ] as const) {
      const [source, target] = [d(`${src}/seeded-${label}`), d(`${dst}/seeded-${label}`)];
      await large(bed, source);
      const send = bed.zfs.send({ dataset: source, to: snap('one'), ...seeded });
      const receive = bed.zfs.receive({ target });
      send.stream.pipe(receive.stream);
      await Promise.all([send.done, receive.done]);
      await grow(bed, source, 'two');
      await paired(pools, target, NO_PROPERTIES, async (pair, sends) => {
        allSent(await pair.send(source));
        assert.equal((await entryOf(bed, target)).zfsyncStream, remembered);
        await grow(bed, source, 'three');
        allSent(await pair.send(source));
        const tried = remembered === 'Lc' ? ['c', 'Lc', 'Lc'] : ['c', 'c'];
        assert.deepEqual(sends, tried);
      });
      await sameOnBothSides(bed, source, target);
      for (const name of ['one', 'two', 'three']) await sameContents(bed, source, target, name);
    }
  });

  await test('-e is not for what is encrypted', async () => {
    const keep = `${dst}/keep`;
    const encryption = { encryption: 'aes-256-gcm', keyformat: 'raw', keylocation: bed.keyLocation };
    await bed.zfs.create(d(keep), { type: 'filesystem', properties: encryption });
    const source = d(`${src}/embedded`);
    await bed.zfs.create(source, { type: 'filesystem', properties: { compression: 'lz4' } });
    await bed.write(source, 'tiny', 'x');
    await bed.zfs.snapshot([source], snap('one'));
    for (const [target, remembered] of [
      [`${keep}/in`, 'Lc'],
      [`${dst}/embedded`, 'Lce'],
    ] as const) {
      await paired(pools, target, NO_PROPERTIES, async (pair) => {
        allSent(await pair.send(source, { streamFlags: 'Lce' }));
        assert.equal((await entryOf(bed, target)).zfsyncStream, remembered);
      });
      await sameContents(bed, source, target, 'one');
    }
  });
}

async function secretTree({ bed, src }: Pools, name: string): Promise<string> {
  const root = `${src}/${name}`;
  const encryption = { encryption: 'aes-256-gcm', keyformat: 'raw', keylocation: bed.keyLocation };
  await bed.zfs.create(d(root), { type: 'filesystem', properties: encryption });
  await tree(bed, root, ['/kid', '/kid/grand']);
  await write(bed, root, 'one');
  return root;
}

async function write(bed: TestBed, root: string, name: string): Promise<void> {
  for (const path of ['', '/kid', '/kid/grand']) await bed.write(d(root + path), 'file', `${name} in ${path}`);
  await snapshotTree(bed, root, name);
}

async function encryptionCases(test: TestFunction, pools: Pools): Promise<void> {
  const { bed, dst } = pools;

  await test('an encrypted tree goes raw to where there is no key, and can be read there once there is one', async () => {
    const source = await secretTree(pools, 'raw');
    const target = `${dst}/raw`;
    await paired(pools, target, NO_PROPERTIES, async (pair, sends) => {
      allSent(await pair.send(source));
      await bed.run('unload-key', source);
      for (const name of ['two', 'three']) {
        await snapshotTree(bed, source, name);
        const report = await pair.send(source);
        allSent(report);
        assert.deepEqual(report.warnings, []);
      }
      assert.deepEqual(new Set(sends), new Set(['w']));
    });
    await bed.run('load-key', source);
    for (const path of ['', '/kid', '/kid/grand']) {
      const entry = await entryOf(bed, target + path);
      assert.deepEqual([entry.zfsyncStream, entry.keyAvailable, entry.encryptionRoot], ['w', false, target + path]);
      await bed.run('load-key', '-L', bed.keyLocation, target + path);
      for (const name of ['one', 'three']) await sameContents(bed, source + path, target + path, name);
    }
    await sameOnBothSides(bed, source, target);
  });

  await test('--decrypt sends plaintext, says so, and needs the key', async () => {
    const source = await secretTree(pools, 'decrypted');
    const target = `${dst}/decrypted`;
    await bed.run('unload-key', source);
    await paired(pools, target, NO_PROPERTIES, async (pair, sends) => {
      const locked = outcomeOf(await pair.send(source, { decrypt: true }));
      assert.ok(locked.kind === 'failed' && locked.failure.code === 'KEY_NOT_LOADED', JSON.stringify(locked));
      assert.match(locked.failure.message, /key is not loaded.*zfs load-key/);
      assert.deepEqual(sends, []);
      await bed.run('load-key', source);
      const dry = await pair.send(source, { decrypt: true, dryRun: true });
      assert.match(dry.warnings.join(), /plaintext of 3 encrypted datasets/);
      const report = await pair.send(source, { decrypt: true });
      allSent(report);
      assert.deepEqual(report.warnings, dry.warnings);
      await write(bed, source, 'two');
      allSent(await pair.send(source, { decrypt: true }));
      assert.deepEqual((await pair.send(source, { decrypt: true })).warnings, [], 'nothing was sent');
    });
    for (const path of ['', '/kid']) {
      const entry = await entryOf(bed, target + path);
      assert.deepEqual([entry.zfsyncStream, entry.encryption], ['Lc', 'off']);
      await sameContents(bed, source + path, target + path, 'two');
    }
  });

  await test('raw and decrypted do not mix on a target, with or without a memory', async () => {
    const source = await secretTree(pools, 'mixed');
    const [raw, plain, seeded] = [`${dst}/mixed-raw`, `${dst}/mixed-plain`, d(`${dst}/mixed-seeded`)];
    const send = bed.zfs.send({ dataset: d(source), to: snap('one'), raw: true });
    const receive = bed.zfs.receive({ target: seeded });
    send.stream.pipe(receive.stream);
    await Promise.all([send.done, receive.done]);
    for (const [target, decrypt] of [
      [raw, false],
      [plain, true],
    ] as const) {
      await paired(pools, target, NO_PROPERTIES, async (pair) => {
        allSent(await pair.send(source, { decrypt }));
      });
    }
    await write(bed, source, 'two');
    for (const [target, decrypt, words] of [
      [raw, true, /it was received raw.*--decrypt/],
      [plain, false, /received decrypted.*--decrypt to go on/],
      [seeded, true, /seems to have been received raw.*zfs set zfsync:stream=-/],
    ] as const) {
      await paired(pools, target, NO_PROPERTIES, async (pair) => {
        for (const dryRun of [true, false]) {
          const outcome = outcomeOf(await pair.send(source, { decrypt, dryRun }));
          assert.ok(outcome.kind === 'conflict', `${target}: ${JSON.stringify(outcome, bigints)}`);
          assert.equal(outcome.conflict, 'encryption-mismatch');
          assert.match(outcome.message, words);
        }
        const right = await pair.send(source, { decrypt: !decrypt });
        assert.equal(outcomeOf(right).kind, 'sent', JSON.stringify(outcomeOf(right), bigints));
      });
      await bed.run('load-key', '-L', bed.keyLocation, target).catch(() => '');
      await sameContents(bed, source, target, 'two');
    }
  });
}

async function propertyCases(test: TestFunction, pools: Pools): Promise<void> {
  const { bed, src, dst } = pools;
  const get = async (dataset: string, ...names: string[]): Promise<Record<string, string>> =>
    Object.fromEntries(await bed.zfs.getProperties(d(dataset), names));
  const source = `${src}/props`;
  const mountpoint = '/etc/hostile';

  await test('what is received is read-only and mounts nothing, whatever the source has', async () => {
    const hostile = {
      mountpoint,
      setuid: 'on',
      exec: 'on',
      readonly: 'off',
      canmount: 'on',
      quota: String(64 * MEBIBYTE),
    };
    await bed.zfs.create(d(source), { type: 'filesystem', properties: hostile });
    await bed.zfs.create(d(`${source}/kid`), {
      type: 'filesystem',
      properties: { readonly: 'off', compression: 'gzip-9', 'com.sun:auto-snapshot': 'true', 'team:owner': 'ann b' },
    });
    await bed.zfs.create(d(`${source}/v`), {
      type: 'volume',
      volumeSize: BigInt(8 * MEBIBYTE),
      properties: { compression: 'zle', refreservation: String(MEBIBYTE), 'team:owner': 'bob' },
    });
    await bed.run('unmount', source).catch(() => '');
    await snapshotTree(bed, source, 'one');
    const target = `${dst}/plain`;
    await paired(pools, target, NO_PROPERTIES, async (pair) => {
      allSent(await pair.send(source, { properties: 'all' }));
      const withheld = pair.receiverLog().filter(({ event }) => event === 'properties-withheld');
      assert.equal(withheld.length, 1, 'said once');
      assert.match(JSON.stringify(withheld[0]), /"compression".*"mountpoint".*"team:owner"/);
    });
    for (const path of ['', '/kid']) {
      const read = await get(target + path, 'mountpoint', 'canmount', 'readonly', 'mounted', 'quota', 'compression');
      assert.notEqual(read['mountpoint'], mountpoint);
      assert.deepEqual([read['canmount'], read['readonly'], read['mounted']], ['noauto', 'on', 'no']);
      assert.deepEqual([read['quota'], read['compression']], ['0', (await get(dst, 'compression'))['compression']]);
    }
    assert.equal((await get(`${target}/kid`, 'team:owner'))['team:owner'], undefined);
    assert.deepEqual(await get(`${target}/v`, 'readonly', 'volmode'), { readonly: 'on', volmode: 'none' });
  });

  await test('properties are passed, set and excluded as the operator says, and follow the source', async () => {
    const target = `${dst}/passed`;
    const policy = { pass: ['all', 'quota'], set: { atime: 'off', 'backup:by': 'zfsync' }, exclude: ['team:secret'] };
    await bed.zfs.setProperties(d(`${source}/kid`), { 'team:secret': 'x', atime: 'on' });
    await paired(pools, target, policy, async (pair) => {
      allSent(await pair.send(source, { properties: 'all' }));
      const names = [
        'compression',
        'atime',
        'team:owner',
        'team:secret',
        'com.sun:auto-snapshot',
        'backup:by',
        'quota',
      ];
      const kid = await get(`${target}/kid`, ...names);
      assert.deepEqual([kid['compression'], kid['atime'], kid['team:owner']], ['gzip-9', 'off', 'ann b']);
      assert.deepEqual(
        [kid['team:secret'], kid['com.sun:auto-snapshot'], kid['backup:by']],
        [undefined, undefined, 'zfsync'],
      );
      const root = await get(target, 'quota', 'mountpoint', 'canmount', 'readonly', 'mounted');
      assert.equal(root['quota'], String(64 * MEBIBYTE));
      assert.notEqual(root['mountpoint'], mountpoint, 'dangerous: not with all');
      assert.deepEqual([root['canmount'], root['readonly'], root['mounted']], ['noauto', 'on', 'no']);
      const volume = await get(`${target}/v`, 'compression', 'refreservation', 'team:owner', 'backup:by', 'volmode');
      const own = { refreservation: '0', 'backup:by': 'zfsync', volmode: 'none' };
      assert.deepEqual(volume, { compression: 'zle', 'team:owner': 'bob', ...own });

      await bed.zfs.setProperties(d(`${source}/kid`), { compression: 'lz4', 'team:owner': 'cyd' });
      await snapshotTree(bed, source, 'two');
      allSent(await pair.send(source, { properties: ['compression', 'team:owner'] }));
      const later = await get(`${target}/kid`, ...names);
      assert.deepEqual([later['compression'], later['team:owner'], later['atime']], ['lz4', 'cyd', 'off']);
    });
  });

  await test('what is dangerous is passed when the operator names it, and what does not fit is said', async () => {
    const [named, wrong] = [`${dst}/named`, `${dst}/wrong`];
    await paired(pools, named, { ...NO_PROPERTIES, pass: ['mountpoint', 'readonly'] }, async (pair) => {
      allSent(await pair.send(source, { properties: ['mountpoint', 'readonly', 'compression'] }));
      const read = await get(named, 'mountpoint', 'canmount', 'mounted', 'readonly', 'compression');
      assert.deepEqual([read['mountpoint'], read['canmount'], read['mounted']], [mountpoint, 'noauto', 'no']);
      assert.deepEqual(
        [read['readonly'], read['compression']],
        ['off', (await get(dst, 'compression'))['compression']],
      );
    });
    await paired(pools, wrong, { ...NO_PROPERTIES, set: { compression: 'best' } }, async (pair) => {
      const outcome = outcomeOf(await pair.send(source));
      assert.ok(outcome.kind === 'failed' && outcome.failure.code === 'ZFS_PROPERTY_INVALID', JSON.stringify(outcome));
      assert.match(outcome.failure.message, /'compression' must be one of/);
      assert.equal(outcome.failure.retry, 'operator');
    });
  });
}
