/** What goes on the target when all has arrived: retention there, what vanished or was renamed at the source. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { NO_MIRROR } from '@zfsync/receiver';
import {
  createDatasetDestroyer,
  type DatasetEntry,
  parseDatasetName,
  parseVersionName,
  ReplicationError,
} from '@zfsync/zfs';
import { globMatcher } from '@zfsync/retention';
import { holdTag, type RunReport } from '@zfsync/sender';
import type { TestBed } from '@zfsync/zfs/testing';
import { breakOff } from './keeping-suite.ts';
import { outcomes, type Pair, type PairOptions, startPair } from './pair.ts';
import { guids, sameOnBothSides, snapshotTree, type TestFunction, tree } from './pair-suite.ts';

const d = parseDatasetName;
const snap = parseVersionName;
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 9, 1, 12);

/** As the sender's own snapshots are called. */
function daily(day: number): string {
  const stamp = new Date(START + day * DAY_MS).toISOString().replaceAll(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `zfsync_${stamp}Z_daily`;
}

/** What was done, as lines. */
function tidied({ tidied }: RunReport): string[] {
  return tidied.map(({ path, action, names, failure }) =>
    [path || '/', action, ...names, ...(failure ? [failure.code] : [])].join(' '),
  );
}

export async function mirrorSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('mirror_src');
  const dst = await bed.createPool('mirror_dst');
  const { zfs } = bed;
  const destroyer = createDatasetDestroyer({ command: bed.command, env: bed.env });
  const clock = { day: 0 };

  const paired = async (name: string, options: Partial<PairOptions>, body: (pair: Pair) => Promise<void>) => {
    const now = () => new Date(START + clock.day * DAY_MS);
    const all = { target: `${dst}/${name}`, receiverZfs: zfs, senderZfs: zfs, now, destroyer, ...options };
    const pair = await startPair(all);
    try {
      await body(pair);
    } finally {
      await pair.close();
    }
  };
  const entries = async (name: string): Promise<Map<string, DatasetEntry>> => {
    const found = new Map<string, DatasetEntry>();
    for await (const entry of zfs.listDatasets(d(`${dst}/${name}`))) {
      found.set(entry.name.slice(`${dst}/${name}`.length), entry);
    }
    return found;
  };
  const paths = async (name: string) => [...(await entries(name)).keys()];
  const names = async (name: string) => [...(await guids(zfs, `${dst}/${name}`)).keys()];

  await test('retention on the target: by its own policy, whatever is at the source', async () => {
    const source = `${src}/keep`;
    await tree(bed, source, ['', '/a']);
    for (let day = 0; day < 6; day++) await snapshotTree(bed, source, daily(day));
    await snapshotTree(bed, source, 'manual');
    await snapshotTree(bed, source, daily(900));
    clock.day = 6;
    await paired('keep', {}, async (pair) => {
      assert.deepEqual(tidied(await pair.send(source)), [], 'nothing is settled: nothing goes');
    });
    await zfs.hold(d(`${dst}/keep/a`), [snap(daily(1))], 'mine');
    await zfs.create(d(`${dst}/keep/mine`), { type: 'filesystem' });
    await zfs.snapshot([d(`${dst}/keep/mine`)], snap(daily(0)));
    await zfs.snapshot([d(`${dst}/keep/mine`)], snap(daily(1)));
    const keep = { list: '2d', classes: {}, names: [], template: 'zfsync_%Y%m%d-%H%M%SZ_<class>' };
    await paired('keep', { keep }, async (pair) => {
      const planned = [`/ prune ${[0, 1, 2, 3].map(daily).join(' ')}`, `/a prune ${[0, 2, 3].map(daily).join(' ')}`];
      assert.deepEqual(tidied(await pair.send(source, { dryRun: true })), planned);
      assert.equal((await names('keep')).length, 18, 'a dry run destroys nothing');
      assert.deepEqual(tidied(await pair.send(source)), planned);
      assert.deepEqual(tidied(await pair.send(source)), [], 'and nothing more');
      assert.deepEqual(
        await names('keep'),
        [
          ...['@manual', ...[4, 5, 900].map((day) => `@${daily(day)}`)],
          ...['/a@manual', ...[1, 4, 5, 900].map((day) => `/a@${daily(day)}`)],
          ...[0, 1].map((day) => `/mine@${daily(day)}`),
        ].sort(),
      );
      await snapshotTree(bed, source, 'later');
      assert.ok(
        (await pair.send(source)).datasets.every(({ outcome }) => outcome.kind === 'sent'),
        'the chain holds',
      );
    });
  });

  await test('--mirror-snapshots: what the source has no more goes, where the policy says so, and not what is held', async () => {
    const source = `${src}/snaps`;
    await tree(bed, source, ['']);
    for (const name of ['one', 'two', 'three', 'four']) await snapshotTree(bed, source, name);
    await paired('snaps', {}, async (pair) => {
      await pair.send(source);
      for (const name of ['one', 'two']) await zfs.destroyVersion(d(source), { kind: 'snapshot', name: snap(name) });
      const refused = await pair.send(source, { mirror: { snapshots: true } });
      assert.deepEqual(tidied(refused), ['/ mirror-snapshots MIRROR_NOT_ALLOWED']);
      assert.match(refused.tidied[0]?.failure?.message ?? '', /not allowed it.*--mirror snapshots/);
    });
    await zfs.hold(d(`${dst}/snaps`), [snap('one')], 'mine');
    await paired('snaps', { mirror: { ...NO_MIRROR, snapshots: true } }, async (pair) => {
      assert.deepEqual(tidied(await pair.send(source)), [], 'nothing that was not wished');
      // What is known as a bookmark alone is there, too.
      await zfs.bookmark(d(source), snap('three'), snap('mark'));
      await zfs.destroyVersion(d(source), { kind: 'snapshot', name: snap('three') });
      await snapshotTree(bed, source, 'five');
      assert.deepEqual(tidied(await pair.send(source, { mirror: { snapshots: true } })), ['/ mirror-snapshots two']);
      const left = ['@five', '@four', '@one', '@three'];
      assert.deepEqual(await names('snaps'), left);
      await bed.run('clone', `${source}@four`, `${source}/clone`);
      await bed.run('promote', `${source}/clone`);
      assert.deepEqual(tidied(await pair.send(source, { mirror: { snapshots: true } })), []);
      const after = (await names('snaps')).filter((name) => name.startsWith('@'));
      assert.deepEqual(after, left, 'the source has them, under another path now');
    });
  });

  await test('--mirror-datasets: what a run has marked, no later attempt of it takes for vanished long enough', async () => {
    const source = `${src}/attempts`;
    await tree(bed, source, ['', '/a', '/goes']);
    await snapshotTree(bed, source, 'one');
    let failing = true;
    // The first stream of /a fails, as of something that passes.
    const flaky = new Proxy(zfs, {
      get: (on, key) => {
        if (key !== 'send') return Reflect.get(on, key) as unknown;
        return (...given: Parameters<typeof zfs.send>) => {
          const [{ dataset }] = given;
          if (!failing || dataset !== `${source}/a`) return on.send(...given);
          failing = false;
          throw new ReplicationError('busy for once', { code: 'ZFS_BUSY', retry: 'backoff' });
        };
      },
    });
    clock.day = 0;
    await paired('attempts', { senderZfs: zfs }, (pair) => pair.send(source).then(() => undefined));
    await bed.run('destroy', '-r', `${source}/goes`);
    await snapshotTree(bed, source, 'two');
    const mirror = { datasetsAfter: 0n };
    const policy = { ...NO_MIRROR, datasets: 'destroy', after: 0 } as const;
    await paired('attempts', { senderZfs: flaky, mirror: policy }, async (pair) => {
      const report = await pair.send(source, { mirror, retries: 2 });
      assert.deepEqual([report.attempts, ...outcomes(report)], [2, '/ sent', '/a sent']);
      assert.deepEqual(tidied(report), ['/goes mark'], 'and the mark is in the report of the run');
      assert.ok((await paths('attempts')).includes('/goes'));
      assert.deepEqual(tidied(await pair.send(source, { mirror, retries: 2 })), ['/goes destroy']);
    });
  });

  await test('--mirror-datasets: marked, waited for, set aside with what is below; back again, unmarked', async () => {
    const source = `${src}/gone`;
    await tree(bed, source, ['', '/stays', '/goes', '/goes/child', '/back', '/other', '/other/child']);
    await snapshotTree(bed, source, 'one');
    const mirror = { datasetsAfter: 30n * 86_400n };
    clock.day = 0;
    await paired('gone', {}, async (pair) => {
      await pair.send(source);
      assert.deepEqual(tidied(await pair.send(source, { mirror })), ['/ mark MIRROR_NOT_ALLOWED']);
    });
    await zfs.create(d(`${dst}/gone/other/mine`), { type: 'filesystem' });
    await paired('gone', { mirror: { ...NO_MIRROR, datasets: 'aside' } }, async (pair) => {
      for (const path of ['/goes', '/other']) await bed.run('destroy', '-r', source + path);
      await zfs.rename(d(`${source}/back`), d(`${src}/elsewhere`));
      const marked = ['/back', '/goes', '/goes/child', '/other', '/other/child'];
      const report = await pair.send(source, { mirror });
      assert.deepEqual(tidied(report).sort(), marked.map((path) => `${path} mark`).sort());
      assert.equal(report.tidied[0]?.due, BigInt((START + 30 * DAY_MS) / 1000));
      clock.day = 29;
      await zfs.rename(d(`${src}/elsewhere`), d(`${source}/back`));
      const waiting = await pair.send(source, { mirror });
      assert.deepEqual(
        tidied(waiting).sort(),
        ['/back unmark', ...marked.filter((path) => path !== '/back').map((path) => `${path} wait`)].sort(),
      );
      assert.equal((await entries('gone')).get('/back')?.zfsyncVanished, undefined);
      clock.day = 30;
      const planned = await pair.send(source, { mirror, dryRun: true });
      const done = await pair.send(source, { mirror });
      assert.deepEqual(tidied(planned), tidied(done));
      assert.deepEqual(tidied(done), ['/goes aside', '/other aside MIRROR_HINDERED', '/other/child aside']);
      assert.match(done.tidied[1]?.failure?.message ?? '', /other\/mine lies below it and is not one of/);
      const later = await pair.send(source, { mirror });
      assert.deepEqual(tidied(later), ['/other aside MIRROR_HINDERED'], 'what was set aside is left alone');
    });
    assert.deepEqual((await paths('gone')).sort(), [
      ...['', '/back', '/goes.vanished-20261031T120000Z', '/goes.vanished-20261031T120000Z/child', '/other'],
      ...['/other/child.vanished-20261031T120000Z', '/other/mine', '/stays'],
    ]);
  });

  await test('--mirror-datasets where they are destroyed: children first, not what is held; a clone is in the way', async () => {
    const source = `${src}/destroyed`;
    await tree(bed, source, ['', '/a', '/a/child', '/held', '/cloned', '/restored', '/restored/child', '/stays']);
    await snapshotTree(bed, source, 'one');
    await snapshotTree(bed, source, 'two');
    const mirror = { datasetsAfter: 0n };
    clock.day = 0;
    const options = { mirror: { ...NO_MIRROR, datasets: 'destroy', after: 86_400 }, hold: true } as const;
    await paired('destroyed', options, async (pair) => {
      const { targetId } = await pair.send(source);
      const target = `${dst}/destroyed`;
      await zfs.hold(d(`${target}/held`), [snap('one')], 'mine');
      await bed.run('clone', `${target}/cloned@one`, `${target}/clone`);
      await bed.run('clone', `${target}/restored@one`, `${dst}/elsewhere`);
      for (const path of ['/a', '/held', '/cloned', '/restored']) {
        await bed.run('release', '-r', holdTag(targetId), `${source}${path}@two`);
        await bed.run('destroy', '-r', source + path);
      }
      assert.equal((await pair.send(source, { mirror })).tidied.length, 6);
      clock.day = 0.9;
      assert.match(tidied(await pair.send(source, { mirror })).join(), /wait.*wait/, 'the receiver says longer');
      clock.day = 1;
      const planned = await pair.send(source, { mirror, dryRun: true });
      const report = await pair.send(source, { mirror });
      const hindered = ['/cloned', '/held', '/restored'].map((path) => `${path} destroy MIRROR_HINDERED`);
      assert.deepEqual(tidied(report), ['/a/child destroy', '/a destroy', ...hindered]);
      assert.deepEqual(tidied(planned), tidied(report));
      assert.match(report.tidied[2]?.failure?.message ?? '', /there is a clone of \S+cloned@one/);
      assert.match(report.tidied[3]?.failure?.message ?? '', /held@one is held \(mine\); release it with/);
      assert.match(
        report.tidied[4]?.failure?.message ?? '',
        /there is a clone of \S+restored@one: zfs promote '\S+where'/,
      );
      const left = ['', '/clone', '/cloned', '/held', '/restored', '/restored/child', '/stays'];
      assert.deepEqual(await paths('destroyed'), left);
      assert.deepEqual(
        (await names('destroyed')).filter((name) => /held|restored/.test(name)),
        ['/held', '/restored/child', '/restored'].flatMap((path) => [`${path}@one`, `${path}@two`]),
      );
    });
  });

  await test('append-only: what is set aside is only renamed, and nothing is destroyed', async () => {
    const source = `${src}/append`;
    await tree(bed, source, ['', '/goes']);
    await snapshotTree(bed, source, 'one');
    clock.day = 0;
    const options = { appendOnly: true, mirror: { snapshots: true, datasets: 'destroy', after: 0 } } as const;
    await paired('append', options, async (pair) => {
      await pair.send(source);
      await bed.run('destroy', '-r', `${source}/goes`);
      const report = await pair.send(source, { mirror: { snapshots: true, datasetsAfter: 0n } });
      assert.deepEqual(tidied(report), ['/ mirror-snapshots MIRROR_NOT_ALLOWED', '/ mark MIRROR_NOT_ALLOWED']);
    });
    await paired('append', { appendOnly: true, mirror: { ...NO_MIRROR, datasets: 'aside' } }, async (pair) => {
      await pair.send(source, { mirror: { datasetsAfter: 0n } });
      assert.deepEqual(tidied(await pair.send(source, { mirror: { datasetsAfter: 0n } })), ['/goes aside']);
    });
  });

  await test('a root that is in conflict: nothing has vanished, as the source is not what it was', async () => {
    const source = `${src}/swapped`;
    await tree(bed, source, ['', '/child']);
    await snapshotTree(bed, source, 'one');
    clock.day = 0;
    await paired('swapped', { mirror: { ...NO_MIRROR, datasets: 'destroy' } }, async (pair) => {
      await pair.send(source);
      await bed.run('destroy', '-r', source);
      await tree(bed, source, ['', '/new']);
      const wish = { mirror: { datasetsAfter: 0n } };
      const empty = await pair.send(source, wish);
      assert.deepEqual([outcomes(empty)[0], tidied(empty)], ['/ failed', []], 'without a snapshot it says nothing');
      await snapshotTree(bed, source, 'one');
      const other = await pair.send(source, { ...wish, selection: { include: globMatcher('', ['new']) } });
      assert.deepEqual(tidied(other), [], 'all that it has is new here');
      const report = await pair.send(source, { mirror: { datasetsAfter: 0n } });
      assert.equal(report.datasets[0]?.outcome.kind, 'conflict');
      assert.deepEqual(tidied(report), []);
      clock.day = 1;
      assert.deepEqual(tidied(await pair.send(source, { mirror: { datasetsAfter: 0n } })), []);
      assert.ok((await paths('swapped')).includes('/child'));
    });
  });

  await test('one session within another: what is there is its own', async () => {
    const [source, second] = [`${src}/whole`, `${src}/part`];
    await tree(bed, source, ['', '/a']);
    await tree(bed, second, ['', '/b']);
    for (const one of [source, second]) for (const day of [0, 1, 2]) await snapshotTree(bed, one, daily(day));
    const mirror = { datasetsAfter: 0n };
    const keep = { list: '1d', classes: {}, names: [], template: 'zfsync_%Y%m%d-%H%M%SZ_<class>' };
    const roots = async () =>
      [...(await entries('nested'))].flatMap(([path, entry]) => (entry.isSessionRoot ? [path] : []));
    await paired('nested', {}, async (pair) => {
      await pair.send(source);
      for (const asPath of ['/second', '/deep/second']) await pair.send(second, { asPath });
      assert.deepEqual((await roots()).sort(), ['', '/deep/second', '/second']);
    });
    await paired('nested', { keep, mirror: { ...NO_MIRROR, datasets: 'destroy' } }, async (pair) => {
      clock.day = 3;
      const pruned = ['/', '/a'].map((path) => `${path} prune ${daily(0)} ${daily(1)}`);
      assert.deepEqual(tidied(await pair.send(source, { mirror })), pruned, 'of its own alone');
      clock.day = 4;
      assert.deepEqual(tidied(await pair.send(source, { mirror })), []);
      assert.equal((await paths('nested')).length, 7);
      await zfs.inheritProperty(d(`${dst}/nested/second`), 'zfsync:root');
      await pair.send(second, { asPath: '/second', dryRun: true });
      assert.equal((await roots()).length, 2, 'a dry run marks nothing');
      assert.equal(tidied(await pair.send(second, { asPath: '/second' })).length, 2);
      assert.equal((await roots()).length, 3);
    });
  });

  await test('marked, and more of it has come since: the time runs anew', async () => {
    const source = `${src}/return`;
    await tree(bed, source, ['', '/a']);
    await snapshotTree(bed, source, 'one');
    const mirror = { datasetsAfter: 86_400n };
    await paired('return', { mirror: { ...NO_MIRROR, datasets: 'destroy' } }, async (pair) => {
      clock.day = 0;
      await pair.send(source);
      await zfs.rename(d(`${source}/a`), d(`${src}/hidden`));
      assert.deepEqual(tidied(await pair.send(source, { mirror })), ['/a mark']);
      await zfs.rename(d(`${src}/hidden`), d(`${source}/a`));
      await snapshotTree(bed, source, 'two');
      assert.deepEqual(tidied(await pair.send(source)), [], 'its stream has unmarked it');
      assert.equal((await entries('return')).get('/a')?.zfsyncVanished, undefined);
      await zfs.rename(d(`${source}/a`), d(`${src}/hidden`));
      clock.day = 1;
      assert.deepEqual(tidied(await pair.send(source, { mirror })), ['/a mark']);
    });
  });

  await test('renamed to where something is in the way, or not unique: it has not vanished, whatever is said of renames', async () => {
    const source = `${src}/occupied`;
    await tree(bed, source, ['', '/a', '/b', '/c']);
    await snapshotTree(bed, source, 'one');
    const mirror = { datasetsAfter: 0n };
    await paired('occupied', { mirror: { ...NO_MIRROR, datasets: 'destroy' } }, async (pair) => {
      await pair.send(source);
      await bed.run('destroy', '-r', `${source}/b`);
      await zfs.rename(d(`${source}/a`), d(`${source}/b`));
      await zfs.rename(d(`${source}/c`), d(`${source}/c1`));
      const copy = zfs.send({ dataset: d(`${source}/c1`), to: snap('one') });
      const received = zfs.receive({ target: d(`${source}/c2`) });
      copy.stream.pipe(received.stream);
      await Promise.all([copy.done, received.done]);
      for (const renames of ['ask', 'follow'] as const) {
        const report = await pair.send(source, { mirror, renames });
        assert.deepEqual(outcomes(report), ['/ up-to-date', '/b conflict', '/c1 conflict', '/c2 conflict']);
        assert.deepEqual(tidied(report), [], renames);
      }
      const anew = await pair.send(source, { mirror, renames: 'ignore' });
      assert.deepEqual(outcomes(anew), ['/ up-to-date', '/b conflict', '/c1 sent', '/c2 sent']);
      assert.deepEqual(tidied(anew), ['/c mark'], 'of /a nothing has arrived anew');
    });
  });

  await test('renamed in the middle of the tree, with children: asked, planned, followed', async () => {
    const source = `${src}/middle`;
    await tree(bed, source, ['', '/a', '/a/b', '/a/b/c', '/z']);
    await snapshotTree(bed, source, 'one');
    await paired('middle', { mirror: { ...NO_MIRROR, datasets: 'destroy' } }, async (pair) => {
      await pair.send(source);
      const before = await entries('middle');
      await zfs.rename(d(`${source}/a/b`), d(`${source}/a/new`));
      await zfs.rename(d(`${source}/a/new/c`), d(`${source}/z/c`));
      await tree(bed, source, ['/a/new/fresh']);
      await snapshotTree(bed, source, 'two');
      const asked = await pair.send(source, { mirror: { datasetsAfter: 0n } });
      assert.deepEqual(outcomes(asked), [
        ...['/ sent', '/a sent', '/a/new conflict', '/a/new/fresh failed', '/z sent', '/z/c conflict'],
      ]);
      const [, , conflict, below] = asked.datasets;
      assert.ok(conflict?.outcome.kind === 'conflict' && conflict.outcome.conflict === 'renamed');
      assert.match(
        conflict.outcome.message,
        /middle\/a\/b: it was renamed at the source, to \S+\/a\/new here; say --follow/,
      );
      assert.ok(below?.outcome.kind === 'failed' && below.outcome.failure.code === 'PARENT_NOT_RENAMED');
      assert.deepEqual(tidied(asked), [], 'what was renamed has not vanished');

      const planned = await pair.send(source, { renames: 'follow', dryRun: true });
      assert.deepEqual(tidied(planned), []);
      assert.deepEqual(
        planned.datasets.map(({ path, renamedFrom }) => `${path} ${renamedFrom ?? '-'}`),
        [' -', '/a -', '/a/new /a/b', '/a/new/fresh -', '/z -', '/z/c /a/b/c'],
      );
      assert.deepEqual(await paths('middle'), ['', '/a', '/a/b', '/a/b/c', '/z'], 'a dry run renames nothing');
      const followed = await pair.send(source, { renames: 'follow' });
      assert.deepEqual(
        followed.datasets.map(({ path, outcome, renamedFrom }) => `${path} ${outcome.kind} ${renamedFrom ?? '-'}`),
        [
          ' up-to-date -',
          '/a up-to-date -',
          '/a/new sent /a/b',
          '/a/new/fresh sent -',
          '/z up-to-date -',
          '/z/c sent /a/b/c',
        ],
      );
      const after = await entries('middle');
      assert.equal(after.get('/a/new')?.guid, before.get('/a/b')?.guid, 'it is the same dataset');
      assert.equal(after.get('/z/c')?.guid, before.get('/a/b/c')?.guid);
      assert.ok(!after.has('/a/b'));
      assert.equal(pair.receiverLog().filter(({ event }) => event === 'renamed').length, 2);
    });
    await sameOnBothSides(bed, source, `${dst}/middle`);
  });

  await test('renamed amid a stream: what has come of it is gone on with under the new name', async () => {
    const source = `${src}/partial`;
    await tree(bed, source, ['', '/a']);
    await snapshotTree(bed, source, 'one');
    await paired('partial', {}, async (pair) => {
      await pair.send(source);
      await bed.write(d(`${source}/a`), 'noise', randomBytes(4 << 20));
      await snapshotTree(bed, source, 'two');
      const from = { kind: 'snapshot', name: snap('one') } as const;
      await breakOff(zfs, { dataset: d(`${source}/a`), from, to: snap('two') }, d(`${dst}/partial/a`));
      await zfs.rename(d(`${source}/a`), d(`${source}/z`));
      const report = await pair.send(source, { renames: 'follow' });
      const outcome = report.datasets.find(({ path }) => path === '/z')?.outcome;
      assert.ok(outcome?.kind === 'sent' && outcome.what === 'resumed', outcomes(report).join());
    });
    await sameOnBothSides(bed, source, `${dst}/partial`);
  });

  await test('renamed: a chain of names, one under a new parent, and one whose parent has no snapshot', async () => {
    const source = `${src}/chain`;
    await tree(bed, source, ['', '/a', '/b', '/c', '/d']);
    await snapshotTree(bed, source, 'one');
    await paired('chain', {}, async (pair) => {
      await pair.send(source);
      const before = await entries('chain');
      await zfs.rename(d(`${source}/b`), d(`${source}/e`));
      await zfs.rename(d(`${source}/a`), d(`${source}/b`));
      await tree(bed, source, ['/parent']);
      await zfs.rename(d(`${source}/c`), d(`${source}/parent/c`));
      await snapshotTree(bed, source, 'two');
      await tree(bed, source, ['/empty']);
      await zfs.rename(d(`${source}/d`), d(`${source}/empty/d`));
      const first = await pair.send(source, { renames: 'follow' });
      const waits = first.datasets.find(({ path }) => path === '/parent/c');
      assert.ok(waits?.outcome.kind === 'failed', outcomes(first).join());
      assert.equal(waits.outcome.failure.code, 'RENAME_WAITS_FOR_PARENT');
      assert.equal(waits.outcome.failure.retry, 'replan');
      const second = await pair.send(source, { renames: 'follow' });
      assert.equal(second.datasets.find(({ path }) => path === '/parent/c')?.renamedFrom, '/c');
      const after = await entries('chain');
      for (const [from, to] of [
        ['/a', '/b'],
        ['/b', '/e'],
        ['/c', '/parent/c'],
        ['/d', '/empty/d'],
      ] as const) {
        assert.equal(after.get(to)?.guid, before.get(from)?.guid, `${from} is ${to} now`);
      }
      assert.equal(after.get('/empty')?.placeholder, true);
    });
  });

  await test('renamed: what is not unique is not guessed, a ring stays in conflict, what is foreign goes nowhere', async () => {
    const source = `${src}/refused`;
    await tree(bed, source, ['', '/a', '/x', '/y', '/f', '/old']);
    await snapshotTree(bed, source, 'one');
    await paired('refused', {}, async (pair) => {
      await pair.send(source);
      await zfs.rename(d(`${source}/a`), d(`${source}/a1`));
      const copy = zfs.send({ dataset: d(`${source}/a1`), to: snap('one') });
      const received = zfs.receive({ target: d(`${source}/a2`) });
      copy.stream.pipe(received.stream);
      await Promise.all([copy.done, received.done]);
      await zfs.rename(d(`${source}/x`), d(`${source}/t`));
      await zfs.rename(d(`${source}/y`), d(`${source}/x`));
      await zfs.rename(d(`${source}/t`), d(`${source}/y`));
      await zfs.rename(d(`${source}/f`), d(`${source}/g`));
      await zfs.create(d(`${dst}/refused/f/mine`), { type: 'filesystem' });
      const report = await pair.send(source, { renames: 'follow' });
      assert.deepEqual(
        report.datasets.map(
          ({ path, outcome }) => `${path} ${outcome.kind === 'conflict' ? outcome.conflict : outcome.kind}`,
        ),
        [
          ' up-to-date',
          '/a1 renamed',
          '/a2 renamed',
          '/g renamed',
          '/old up-to-date',
          '/x no-common-version',
          '/y no-common-version',
        ],
      );
      const said = report.datasets.map(({ outcome }) => (outcome.kind === 'conflict' ? outcome.message : ''));
      assert.match(said[1] ?? '', /datasets of the source, too: \/a2/);
      assert.match(said[3] ?? '', /refused\/f\/mine lies below it and does not belong to the tree/);
      const ignored = await pair.send(source, { renames: 'ignore' });
      assert.equal(ignored.datasets.filter(({ outcome }) => outcome.kind === 'sent').length, 3, 'sent anew');
      assert.ok((await paths('refused')).includes('/a'), 'what was there stays');
    });
  });

  await test('renamed: what ZFS refuses concerns that dataset alone; append-only renames, too', async () => {
    const source = `${src}/failing`;
    await tree(bed, source, ['', '/a', '/a/b', '/c']);
    await snapshotTree(bed, source, 'one');
    const failing = new Proxy(zfs, {
      get: (on, key) =>
        key === 'rename'
          ? (from: string, to: string) =>
              from.endsWith('/a') ? zfs.rename(d(`${dst}/nowhere`), d(to)) : zfs.rename(d(from), d(to))
          : (Reflect.get(on, key) as unknown),
    });
    await paired('failing', { receiverZfs: failing, appendOnly: true }, async (pair) => {
      await pair.send(source);
      await zfs.rename(d(`${source}/a`), d(`${source}/a2`));
      await zfs.rename(d(`${source}/c`), d(`${source}/c2`));
      const report = await pair.send(source, { renames: 'follow' });
      assert.deepEqual(outcomes(report), ['/ up-to-date', '/a2 failed', '/a2/b failed', '/c2 up-to-date']);
      const [, failed] = report.datasets;
      assert.ok(failed?.outcome.kind === 'failed' && failed.outcome.failure.code === 'ZFS_DATASET_MISSING');
      assert.match(
        failed.outcome.failure.message,
        /failing\/a was renamed at the source, to \/a2, and cannot be renamed/,
      );
      assert.deepEqual(await paths('failing'), ['', '/a', '/a/b', '/c2']);
    });
  });
}
