/** What a sender does at its source: snapshots, what of the tree and of its snapshots is sent, what is pruned. */
import assert from 'node:assert/strict';
import { createLogger } from '@zfsync/program';
import { CLASSES, DEFAULT_TEMPLATE, globMatcher, parsePeriods, SnapshotTemplate } from '@zfsync/retention';
import {
  exitCodeOfPrune,
  formatPrune,
  formatReport,
  pruneReceiver,
  type PruneReceiver,
  type PruneReport,
  pruneSource,
  SELECT_ALL,
  type Selection,
  type SnapshotPolicy,
  type SnapshotReport,
  takeSnapshot,
} from '@zfsync/sender';
import {
  type DatasetEntry,
  type DatasetName,
  isSnapshot,
  parseDatasetName,
  parseVersionName,
  type Zfs,
} from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { outcomes } from './pair.ts';
import { guids, snapshotTree, type TestFunction, tree, withPair } from './pair-suite.ts';

const d = parseDatasetName;
const snap = parseVersionName;
const template = new SnapshotTemplate(DEFAULT_TEMPLATE);
const log = createLogger({ name: 'test', verbose: false, quiet: true });
const glob = (...patterns: string[]) => globMatcher('--test', patterns);
const POLICY: SnapshotPolicy = { template, classes: new Set(), minIntervalMs: undefined, skipUnchanged: false };
const FIRST = Date.parse('2026-03-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of the day so many days after the first one. */
const daily = (day: number) => template.format(new Date(FIRST + day * DAY_MS), 'daily');

interface Take {
  readonly policy?: Partial<SnapshotPolicy>;
  readonly selection?: Partial<Selection>;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/** @param ms after the first of March */
function take(zfs: Zfs, source: string, ms: number, given: Take = {}): Promise<SnapshotReport> {
  const { dryRun = false, signal = new AbortController().signal } = given;
  const now = new Date(FIRST + ms);
  const selection = { ...SELECT_ALL, ...given.selection };
  return takeSnapshot({
    zfs,
    source: d(source),
    selection,
    policy: { ...POLICY, ...given.policy },
    now,
    dryRun,
    log,
    signal,
  });
}

/** The name and how it was taken, or why not. */
function told(report: SnapshotReport): string {
  if (report.kind === 'skipped') return report.why;
  return `${report.name} ${report.recursive ? '-r' : 'by name'} ${report.datasets}`;
}

interface Prune {
  readonly receivers?: readonly PruneReceiver[];
  readonly dryRun?: boolean;
}

function prune(zfs: Zfs, source: string, periods: string, given: Prune = {}): Promise<PruneReport> {
  const { receivers = [], dryRun = false } = given;
  const keep = {
    policy: { periods: parsePeriods('--keep', periods), classes: new Map<never, never>() },
    template,
    names: undefined,
  };
  const selection = SELECT_ALL;
  return pruneSource({
    zfs,
    source: d(source),
    selection,
    keep,
    receivers,
    dryRun,
    log,
    signal: new AbortController().signal,
  });
}

async function snapshotsOf(zfs: Zfs, dataset: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { version } of zfs.listVersions(d(dataset), { depth: 0 }))
    if (isSnapshot(version)) found.push(version.name);
  return found.sort();
}

/** The same zfs, with some of its methods replaced. */
function altered(zfs: Zfs, change: Partial<Zfs>): Zfs {
  const methods = change as Partial<Record<string | symbol, unknown>>;
  return new Proxy(zfs, { get: (on, key) => methods[key] ?? (Reflect.get(on, key) as unknown) });
}

async function taking(test: TestFunction, bed: TestBed, src: DatasetName): Promise<void> {
  const { zfs } = bed;

  await test('a snapshot of the whole tree is one, and its class is the longest period that has begun', async () => {
    const source = `${src}/whole`;
    await tree(bed, source, ['', '/a', '/a/b']);
    assert.equal(told(await take(zfs, source, 0, { dryRun: true })), 'zfsync_20260301-000000Z_yearly -r 3');
    assert.deepEqual(await snapshotsOf(zfs, source), [], 'a dry run takes none');
    assert.equal(told(await take(zfs, source, 0)), 'zfsync_20260301-000000Z_yearly -r 3');
    assert.equal(told(await take(zfs, source, 1000)), 'zfsync_20260301-000001Z_secondly -r 3');
    assert.equal(told(await take(zfs, source, HOUR_MS)), 'zfsync_20260301-010000Z_hourly -r 3');
    const classes = new Set([CLASSES[3]]);
    assert.equal(
      told(await take(zfs, source, HOUR_MS + 1, { policy: { classes } })),
      'zfsync_20260301-010000Z_daily -r 3',
    );
    assert.equal(
      told(await take(zfs, source, HOUR_MS + 2, { policy: { classes } })),
      'exists',
      'within the same second',
    );
    const groups = new Set<bigint>();
    for await (const { version } of zfs.listVersions(d(source))) {
      if (version.name === 'zfsync_20260301-010000Z_hourly') groups.add(version.createtxg);
    }
    assert.equal(groups.size, 1, 'in one transaction group');
  });

  await test('what is left out has no snapshot; a buffer dataset never; and it is one call', async () => {
    const source = `${src}/parts`;
    await tree(bed, source, ['', '/a', '/a/b', '/c', '/r.zfsyncbuffer', '/r.zfsyncbuffer/2F61']);
    const calls: number[] = [];
    const counting = altered(zfs, {
      snapshot: (datasets, name, options) => {
        calls.push(datasets.length);
        return zfs.snapshot(datasets, name, options);
      },
    });
    assert.equal(told(await take(counting, source, 0)), 'zfsync_20260301-000000Z_yearly by name 4');
    assert.deepEqual(calls, [4]);
    assert.deepEqual(await snapshotsOf(zfs, `${source}/r.zfsyncbuffer/2F61`), []);
    const selection = { exclude: glob('a') };
    assert.match(told(await take(zfs, source, DAY_MS, { selection })), /by name 2$/);
    assert.equal((await snapshotsOf(zfs, `${source}/a/b`)).length, 1);
    assert.equal((await snapshotsOf(zfs, `${source}/c`)).length, 2);
    assert.equal(told(await take(zfs, source, 2 * DAY_MS, { selection: { exclude: glob('.') } })), 'nothing-selected');
    // One of them has the name already: ZFS takes none of the others.
    await zfs.snapshot([d(`${source}/c`)], template.format(new Date(FIRST + 3 * DAY_MS), 'daily'));
    await assert.rejects(take(zfs, source, 3 * DAY_MS, { selection }), { reason: 'dataset-exists' });
    assert.equal((await snapshotsOf(zfs, source)).length, 2);
  });

  await test('too many names for one call are refused, not taken apart', async () => {
    const source = d(`${src}/parts`);
    let entry: DatasetEntry | undefined;
    for await (const each of zfs.listDatasets(source, { depth: 0 })) entry = each;
    assert.ok(entry);
    const many = altered(zfs, {
      listDatasets: async function* () {
        await Promise.resolve();
        for (let i = 0; i < 3000; i += 1)
          yield { ...entry, name: i === 0 ? source : d(`${source}/${'x'.repeat(40)}${i}`) };
      },
      snapshot: () => assert.fail('nothing is taken'),
    });
    await assert.rejects(take(many, source, 0, { selection: { exclude: glob('*7') } }), {
      code: 'SOURCE_UNFIT',
      message: /names of the 2700 datasets .*two would not be atomic/,
    });
  });

  await test('--min-interval and --skip-unchanged', async () => {
    const source = `${src}/quiet`;
    await tree(bed, source, ['', '/a']);
    const often = { policy: { minIntervalMs: HOUR_MS } };
    const unless = { policy: { skipUnchanged: true } };
    assert.match(told(await take(zfs, source, 0, often)), /yearly -r 2/);
    assert.equal(told(await take(zfs, source, HOUR_MS - 1, often)), 'min-interval');
    assert.equal(told(await take(zfs, source, HOUR_MS, unless)), 'unchanged');
    // Somebody else's snapshot comes between: what was written before it counts all the same.
    await bed.write(d(`${source}/a`), 'file', 'something new');
    await bed.run('snapshot', `${source}/a@theirs`);
    assert.match(told(await take(zfs, source, HOUR_MS, unless)), /hourly -r 2/);
    await bed.run('snapshot', '-r', `${source}@again`);
    assert.equal(told(await take(zfs, source, 2 * HOUR_MS, unless)), 'unchanged');
    await tree(bed, source, ['/new']);
    assert.match(
      told(await take(zfs, source, 2 * HOUR_MS, unless)),
      /hourly -r 3/,
      'a dataset that has no snapshot yet',
    );
    await bed.write(d(`${source}/new`), 'file', 'more');
    assert.match(told(await take(zfs, source, 3 * HOUR_MS, unless)), /hourly -r 3/);
    // The clock was wrong once: no reason to take none for a year.
    await zfs.snapshot([d(source)], snap('zfsync_20270301-000000Z_daily'));
    const late = await take(zfs, source, 4 * HOUR_MS, often);
    assert.equal(late.kind, 'taken');
    assert.match(late.warnings.join(), /zfsync_20270301.* is from the future: is the clock right/);
    assert.match(told(late), /_hourly /, 'it begins no period');
    assert.equal(told(await take(zfs, source, 4.5 * HOUR_MS, often)), 'min-interval');
    assert.equal(told(await take(zfs, source, 6 * HOUR_MS, { policy: { skipUnchanged: true } })), 'unchanged');
  });
}

async function selecting(test: TestFunction, bed: TestBed, src: DatasetName, dst: DatasetName): Promise<void> {
  const { zfs } = bed;
  const paths = async (target: string) => {
    const found: string[] = [];
    for await (const { name, placeholder } of zfs.listDatasets(d(target)))
      found.push(`${name.slice(target.length)}${placeholder ? ' (placeholder)' : ''}`);
    return found;
  };

  await test('what is left out is not sent, and said; a parent that is left out is a placeholder', async () => {
    const source = `${src}/select`;
    await tree(bed, source, ['', '/a', '/a/in', '/a/in/deep', '/a/out', '/b', '/b/c']);
    await zfs.setProperties(d(`${source}/b`), { 'zfsync:send': 'false' });
    await zfs.setProperties(d(`${source}/b/c`), { 'zfsync:send': 'true' });
    await zfs.setProperties(d(`${source}/a`), { 'zfsync:send': 'perhaps' });
    await snapshotTree(bed, source, 'one');
    await withPair(bed, `${dst}/select`, async (pair) => {
      const selection = { exclude: glob('a/o*') };
      const dry = await pair.send(source, { selection, dryRun: true });
      assert.deepEqual(
        dry.leftOut.map(({ path, why }) => `${path} ${why}`),
        ['/a/out --exclude "a/o*"', '/b zfsync:send=false'],
      );
      assert.match(formatReport(dry), /select\/b: left out: zfsync:send=false/);
      assert.match(dry.warnings.join('\n'), /select\/a: zfsync:send is "perhaps", which is neither true nor false/);
      const report = await pair.send(source, { selection });
      const sent = ['/ sent', '/a sent', '/a/in sent', '/a/in/deep sent', '/b/c sent'];
      assert.deepEqual(outcomes(report), sent);
      assert.match(formatReport(report), /2 left out/);
      assert.deepEqual(await paths(`${dst}/select`), ['', '/a', '/a/in', '/a/in/deep', '/b (placeholder)', '/b/c']);
      // What was sent once and is left out now stays as it is.
      await snapshotTree(bed, source, 'two');
      const less = await pair.send(source, { selection: { depth: 1 } });
      assert.deepEqual(outcomes(less), ['/ sent', '/a sent']);
      assert.equal((await snapshotsOf(zfs, `${dst}/select/a/in`)).length, 1);
      // And a placeholder is taken over once its dataset is sent.
      await zfs.setProperties(d(`${source}/b`), { 'zfsync:send': 'true' });
      assert.deepEqual(
        outcomes(await pair.send(source)).filter((line) => line.includes('/b')),
        ['/b sent', '/b/c sent'],
      );
    });
    assert.deepEqual(await guids(zfs, `${dst}/select/b`), await guids(zfs, `${source}/b`));
  });

  await test('the root of the tree can be left out; nothing at all cannot be', async () => {
    const source = `${src}/select`;
    await withPair(bed, `${dst}/rootless`, async (pair) => {
      const selection = { include: glob('a/*') };
      const report = await pair.send(source, { selection });
      assert.deepEqual(outcomes(report), ['/a/in sent', '/a/in/deep sent', '/a/out sent']);
      assert.deepEqual(await paths(`${dst}/rootless`), [
        ' (placeholder)',
        '/a (placeholder)',
        '/a/in',
        '/a/in/deep',
        '/a/out',
      ]);
      const again = await pair.send(source, { selection });
      assert.ok(outcomes(again).every((line) => line.endsWith('up-to-date')));
      await assert.rejects(pair.send(source, { selection: { include: glob('none') } }), {
        code: 'SOURCE_UNFIT',
        retry: 'operator',
        message: /of the 7 datasets of the tree none is selected/,
      });
    });
  });
}

async function filtering(test: TestFunction, bed: TestBed, src: DatasetName, dst: DatasetName): Promise<void> {
  const { zfs } = bed;

  await test('snapshots that the filter leaves out are not sent, and are a base all the same', async () => {
    const source = `${src}/filter`;
    const target = `${dst}/filter`;
    await tree(bed, source, ['']);
    const make = async (...names: string[]) => {
      for (const name of names) {
        await bed.write(d(source), name, name);
        await zfs.snapshot([d(source)], snap(name));
      }
    };
    await make('d1', 'h1', 'd2', 'd3', 'h2', 'd4');
    await withPair(bed, target, async (pair) => {
      const filter = { exclude: glob('h*') };
      assert.deepEqual(outcomes(await pair.send(source, { filter })), ['/ sent']);
      assert.deepEqual(await snapshotsOf(zfs, target), ['d1', 'd2', 'd3', 'd4']);
      assert.deepEqual(outcomes(await pair.send(source, { filter })), ['/ up-to-date']);
      // All of them for once: the target ends at one that the filter leaves out.
      await make('d5', 'h3');
      await pair.send(source);
      assert.deepEqual(
        await snapshotsOf(zfs, target),
        ['d1', 'd2', 'd3', 'd4', 'd5', 'h3'],
        'h1 and h2 are passed for good',
      );
      assert.deepEqual(outcomes(await pair.send(source, { filter })), ['/ up-to-date']);
      await make('h4', 'd6', 'd7', 'd8');
      const dry = await pair.send(source, { filter, dryRun: true });
      const [outcome] = dry.datasets.map((one) => one.outcome);
      assert.ok(outcome?.kind === 'planned' && outcome.snapshots === 3);
      await pair.send(source, { filter });
      assert.deepEqual((await snapshotsOf(zfs, target)).slice(5), ['d6', 'd7', 'd8', 'h3']);
      assert.deepEqual(await bed.contents(d(target), snap('d8')), await bed.contents(d(source), snap('d8')));
      // By age: all of them are younger than a year.
      const young = { newerThanMs: 365 * DAY_MS };
      assert.deepEqual(outcomes(await pair.send(source, { filter: { ...filter, ...young } })), ['/ up-to-date']);
    });
    await withPair(bed, `${dst}/old`, async (pair) => {
      const report = await pair.send(source, { filter: { olderThanMs: DAY_MS } });
      assert.deepEqual(outcomes(report), ['/ failed']);
      assert.match(formatReport(report), /FAILED: the filter leaves none of its snapshots, of which there are 12/);
    });
  });
}

async function pruning(test: TestFunction, bed: TestBed, src: DatasetName, dst: DatasetName): Promise<void> {
  const { zfs } = bed;
  const days = async (source: string, from: number, to: number) => {
    for (let day = from; day <= to; day += 1) {
      // What only this day's snapshot has is enough to see that bytes are counted.
      if (day < 2) await bed.write(d(source), 'file', `${day} `.repeat(20_000));
      await bed.run('snapshot', '-r', `${source}@${daily(day)}`);
    }
  };
  const names = (...all: number[]) => all.map((day) => daily(day));
  const pruned = ({ datasets }: PruneReport) => datasets.map((one) => `${one.dataset}: ${one.names.join(' ')}`);

  await test('pruning: by the grid, but never what a target needs', async () => {
    const source = `${src}/prune`;
    await tree(bed, source, ['', '/a']);
    await days(source, 0, 3);
    await bed.run('snapshot', `${source}@theirs`);
    await zfs.hold(d(source), [daily(1)], 'keep');
    await withPair(bed, `${dst}/prune1`, async (one) => {
      await withPair(bed, `${dst}/prune2`, async (two) => {
        const runs = [await one.send(source), await two.send(source)];
        const receivers = () => runs.map(pruneReceiver);
        await days(source, 4, 5);
        runs[0] = await one.send(source);
        const dry = await prune(zfs, source, '1d', { receivers: receivers(), dryRun: true });
        assert.deepEqual(pruned(dry), [
          `${source}: ${names(0, 2, 3).join(' ')}`,
          `${source}/a: ${names(0, 1, 2).join(' ')}`,
        ]);
        assert.ok((dry.datasets[0]?.bytes ?? 0n) > 0n, formatPrune(dry));
        assert.equal((await snapshotsOf(zfs, `${source}/a`)).length, 6, 'a dry run destroys nothing');
        const done = await prune(zfs, source, '1d', { receivers: receivers() });
        assert.deepEqual(pruned(done), pruned(dry));
        assert.equal(exitCodeOfPrune(done), 0);
        assert.match(done.warnings.join(), /127.0.0.1:\d+ does not have them yet/);
        assert.deepEqual(
          await snapshotsOf(zfs, source),
          ['theirs', ...names(1, 4, 5)],
          'held: 1; not with the second one yet: 4 and 5',
        );
        assert.deepEqual(await snapshotsOf(zfs, `${source}/a`), names(3, 4, 5), '3 is in common with the second one');
        runs[1] = await two.send(source);
        await prune(zfs, source, '1d', { receivers: receivers() });
        assert.deepEqual(await snapshotsOf(zfs, `${source}/a`), names(5));
        assert.deepEqual(await snapshotsOf(zfs, source), ['theirs', ...names(1, 5)]);
        // And both go on.
        await days(source, 6, 6);
        for (const pair of [one, two])
          assert.ok(outcomes(await pair.send(source)).every((line) => line.endsWith(' sent')));
        const away = await prune(zfs, source, '1d', {
          receivers: [...receivers(), { receiver: 'three', targetId: undefined, common: new Map() }],
        });
        assert.deepEqual([away.datasets, exitCodeOfPrune(away)], [[], 0]);
        assert.match(away.warnings.join(), /no session with three/);
      });
    });
  });

  await test('pruning: what the session has found counts, not the cursor alone', async () => {
    const [source, target] = [`${src}/behind`, `${dst}/behind`];
    await tree(bed, source, ['', '/a']);
    await days(source, 0, 5);
    await withPair(bed, target, async (pair) => {
      await pair.send(source);
      // The operator goes back, and puts something of his own there; of the child only back.
      await bed.run('rollback', '-r', `${target}@${daily(3)}`);
      await bed.run('rollback', '-r', `${target}/a@${daily(3)}`);
      await bed.run('snapshot', `${target}@mine`);
      await days(source, 6, 6);
      const planned = pruneReceiver(await pair.send(source, { dryRun: true }));
      const dry = await prune(zfs, source, '1d', { receivers: [planned], dryRun: true });
      assert.deepEqual(pruned(dry), [`${source}/a: ${names(0, 1, 2).join(' ')}`]);
      const report = await pair.send(source);
      assert.deepEqual(outcomes(report), ['/ conflict', '/a sent']);
      const done = await prune(zfs, source, '1d', { receivers: [pruneReceiver(report)] });
      assert.deepEqual(pruned(done), [`${source}/a: ${names(0, 1, 2, 3, 4, 5).join(' ')}`]);
      assert.match(done.warnings.join(), /nothing is pruned of 1 dataset \(\S+behind\): they failed, are in conflict/);
      // What its message says is possible.
      await bed.run('destroy', `${target}@mine`);
      assert.deepEqual(outcomes(await pair.send(source)), ['/ sent', '/a up-to-date']);
    });
  });

  await test('pruning: one that fails stops no other, and is a failure; one that has a clone stays', async () => {
    const source = `${src}/stubborn`;
    await tree(bed, source, ['', '/a']);
    await days(source, 0, 4);
    await bed.run('clone', '-o', 'canmount=off', `${source}@${daily(0)}`, `${src}/cloned`);
    // It is held when the tree has been listed.
    const racing = altered(zfs, {
      destroySnapshots: async (dataset, all) => {
        if (dataset === source) await zfs.hold(dataset, [daily(2)], 'meanwhile');
        return zfs.destroySnapshots(dataset, all);
      },
    });
    const report = await prune(racing, source, '1d');
    assert.deepEqual(pruned(report), [
      `${source}: ${names(1, 3).join(' ')}`,
      `${source}/a: ${names(0, 1, 2, 3).join(' ')}`,
    ]);
    assert.deepEqual(
      report.datasets[0]?.failures.map(({ name, failure }) => `${name} ${failure.code}`),
      [`${daily(2)} ZFS_SNAPSHOT_HELD`],
    );
    assert.equal(exitCodeOfPrune(report), 3);
    assert.deepEqual(await snapshotsOf(zfs, source), names(0, 2, 4));
    await zfs.release(d(source), [daily(2)], 'meanwhile');
    await bed.run('destroy', `${src}/cloned`);
  });
}

/** Snapshots, filters, pruning: short enough for real OpenZFS. */
export async function snapshotsSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  await taking(test, bed, src);
  await filtering(test, bed, src, dst);
  await pruning(test, bed, src, dst);
}

/** What of it ZFS has no say in. */
export async function selectionSuite(test: TestFunction, bed: TestBed): Promise<void> {
  await selecting(test, bed, await bed.createPool('src'), await bed.createPool('dst'));
}
