/**
 * Every kind of conflict with every policy: what is done, what is said, and that every snapshot that either side had
 * before is still there.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { ConflictPolicy } from '@zfsync/receiver';
import type { DatasetReport, RunReport } from '@zfsync/sender';
import { type DatasetName, isSnapshot, parseDatasetName, parseVersionName, type Zfs } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { breakOff } from './keeping-suite.ts';
import { type Pair, startPair } from './pair.ts';
import { guids, snapshotTree, type TestFunction, tree } from './pair-suite.ts';

const d = parseDatasetName;
const snap = parseVersionName;
const POLICIES = ['fail', 'keep-both', 'rollback'] as const;

interface Place {
  readonly bed: TestBed;
  readonly source: DatasetName;
  readonly target: DatasetName;
  /** One ordinary run. */
  readonly send: () => Promise<RunReport>;
}

interface Situation {
  /** Which conflict comes of it. */
  readonly kind: string;
  /** Makes source and target so. */
  arrange(place: Place): Promise<void>;
  /** Policies by which the run converges; by the others the conflict stays. */
  readonly solvedBy: readonly ConflictPolicy[];
}

async function replicated({ bed, source, send }: Place): Promise<void> {
  await bed.zfs.create(source, { type: 'filesystem' });
  await bed.write(source, 'file', 'one');
  await bed.zfs.snapshot([source], snap('one'));
  const report = await send();
  assert.equal(report.datasets[0]?.outcome.kind, 'sent', JSON.stringify(report, bigints));
}

async function next({ bed, source }: Place): Promise<void> {
  await bed.write(source, 'file', 'two');
  await bed.zfs.snapshot([source], snap('two'));
}

async function encryptedSource({ bed, source }: Place): Promise<void> {
  const encryption = { encryption: 'aes-256-gcm', keyformat: 'raw', keylocation: bed.keyLocation };
  await bed.zfs.create(source, { type: 'filesystem', properties: encryption });
  await bed.write(source, 'file', 'secret');
  await bed.zfs.snapshot([source], snap('one'));
}

const SITUATIONS: readonly Situation[] = [
  {
    kind: 'target-diverged',
    solvedBy: ['keep-both'],
    arrange: async (place) => {
      await replicated(place);
      await place.bed.zfs.snapshot([place.target], snap('mine'));
      await next(place);
    },
  },
  {
    kind: 'target-modified',
    solvedBy: ['keep-both', 'rollback'],
    arrange: async (place) => {
      await replicated(place);
      await place.bed.run('set', 'readonly=off', place.target);
      await place.bed.write(place.target, 'intruder', randomBytes(100_000));
      await next(place);
    },
  },
  {
    kind: 'no-common-version',
    solvedBy: ['keep-both'],
    arrange: async (place) => {
      await place.bed.zfs.create(place.target, { type: 'filesystem', parents: true });
      await place.bed.zfs.snapshot([place.target], snap('other'));
      await place.bed.zfs.create(place.source, { type: 'filesystem' });
      await next(place);
    },
  },
  {
    kind: 'target-has-data',
    solvedBy: ['keep-both'],
    arrange: async (place) => {
      await place.bed.zfs.create(place.target, { type: 'filesystem', parents: true });
      await place.bed.write(place.target, 'precious', 'data');
      await place.bed.zfs.create(place.source, { type: 'filesystem' });
      await next(place);
    },
  },
  {
    kind: 'type-mismatch',
    solvedBy: ['keep-both'],
    arrange: async (place) => {
      await place.bed.zfs.create(place.target, { type: 'volume', volumeSize: 8n << 20n, parents: true });
      await place.bed.zfs.snapshot([place.target], snap('one'));
      await place.bed.zfs.create(place.source, { type: 'filesystem' });
      await next(place);
    },
  },
  {
    kind: 'snapshot-name-taken',
    solvedBy: ['keep-both'],
    arrange: async (place) => {
      const { bed, source } = place;
      await replicated(place);
      await bed.run('rename', `${source}@one`, `${source}@yesterday`);
      await bed.write(source, 'file', 'again');
      await bed.zfs.snapshot([source], snap('one'));
    },
  },
  {
    kind: 'encryption-mismatch',
    solvedBy: ['keep-both'],
    arrange: async (place) => {
      const { bed, source, target } = place;
      await encryptedSource(place);
      await bed.zfs.create(d(target.slice(0, target.lastIndexOf('/'))), { type: 'filesystem', parents: true });
      await pipe(bed.zfs, source, target);
      await next(place);
    },
  },
  {
    kind: 'target-not-replaceable',
    solvedBy: ['keep-both'],
    arrange: async (place) => {
      await encryptedSource(place);
      await place.bed.zfs.create(place.target, { type: 'filesystem', parents: true });
    },
  },
  {
    kind: 'parked-and-in-place',
    solvedBy: [],
    arrange: async (place) => {
      const { bed, source, target } = place;
      await replicated(place);
      const root = target.slice(0, target.lastIndexOf('/'));
      const path = target.slice(root.length);
      const buffer = d(`${root}.zfsyncbuffer`);
      await bed.zfs.create(buffer, { type: 'filesystem', parents: true });
      await pipe(bed.zfs, source, d(`${buffer}/${Buffer.from(path).toString('hex').toUpperCase()}`));
      await next(place);
    },
  },
];

/** A plain stream by hand, not by the pair. */
async function pipe(zfs: Zfs, source: DatasetName, target: DatasetName): Promise<void> {
  const send = zfs.send({ dataset: source, to: snap('one') });
  const receive = zfs.receive({ target });
  send.stream.pipe(receive.stream);
  await Promise.all([send.done, receive.done]);
}

const bigints = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** Guids of all snapshots of a pool. */
async function allGuids(zfs: Zfs, pool: DatasetName): Promise<Set<bigint>> {
  const found = new Set<bigint>();
  for await (const { version } of zfs.listVersions(pool)) if (isSnapshot(version)) found.add(version.guid);
  return found;
}

function isSubset(before: Set<bigint>, after: Set<bigint>, what: string): void {
  for (const guid of before) assert.ok(after.has(guid), `${what}: a snapshot is gone`);
}

function check(situation: Situation, policy: ConflictPolicy, report: DatasetReport | undefined, what: string): void {
  const told = `${what}: ${JSON.stringify(report, bigints)}`;
  if (situation.solvedBy.includes(policy)) {
    assert.equal(report?.outcome.kind, 'sent', told);
    if (policy === 'keep-both') assert.match(report.aside ?? '', /\.diverged-\d{8}T\d{6}Z$/, told);
    if (policy === 'rollback') assert.equal(report.rolledBack, true, told);
    return;
  }
  if (report?.outcome.kind !== 'conflict') assert.fail(told);
  assert.equal(report.outcome.conflict, situation.kind, told);
  assert.match(report.outcome.message, /\[source: .*, target: .*\]/, 'it names the snapshots of both sides');
}

export async function conflictSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  const withPolicy = async (policy: ConflictPolicy, target: string, body: (pair: Pair) => Promise<void>) => {
    const pair = await startPair({ target, receiverZfs: bed.zfs, senderZfs: bed.zfs, policy });
    try {
      await body(pair);
    } finally {
      await pair.close();
    }
  };

  for (const policy of POLICIES) {
    await test(`each kind of conflict with the policy ${policy}`, async () => {
      await withPolicy(policy, `${dst}/${policy}`, async (pair) => {
        for (const situation of SITUATIONS) {
          const what = `${situation.kind} with ${policy}`;
          const source = d(`${src}/${policy}-${situation.kind}`);
          const send = () => pair.send(source, { asPath: `/${situation.kind}` });
          const place = { bed, source, target: d(`${dst}/${policy}/${situation.kind}`), send };
          await situation.arrange(place);
          const before = { source: await allGuids(bed.zfs, source), target: await allGuids(bed.zfs, dst) };
          const report = await send();
          check(situation, policy, report.datasets[0], what);
          isSubset(before.source, await allGuids(bed.zfs, source), what);
          isSubset(before.target, await allGuids(bed.zfs, dst), what);
          if (!situation.solvedBy.includes(policy)) continue;
          assert.deepEqual(await guids(bed.zfs, place.target), await guids(bed.zfs, source), `${what}: converged`);
          assert.equal((await send()).datasets[0]?.outcome.kind, 'up-to-date', `${what}: once and for all`);
        }
      });
    });
  }

  await test('keep-both: encrypted datasets below come back, too', async () => {
    const source = `${src}/vault`;
    const target = `${dst}/vault`;
    const encryption = { encryption: 'aes-256-gcm', keyformat: 'raw', keylocation: bed.keyLocation };
    await tree(bed, source, ['', '/c', '/hole', '/hole/x']);
    for (const path of ['/enc', '/c/enc']) {
      await bed.zfs.create(d(source + path), { type: 'filesystem', properties: encryption });
      await bed.write(d(source + path), 'file', randomBytes(100_000));
    }
    const most = ['', '/c', '/enc', '/c/enc', '/hole/x'].map((path) => d(source + path));
    await bed.zfs.snapshot(most, snap('one'));
    await withPolicy('keep-both', target, async (pair) => {
      await pair.send(source);
      await bed.zfs.snapshot([d(target)], snap('mine'));
      await bed.zfs.snapshot([d(source), d(`${source}/c/enc`)], snap('two'));
      const before = await allGuids(bed.zfs, dst);
      const report = await pair.send(source);
      const kinds = report.datasets.map(({ path, outcome }) => {
        return `${path || '/'} ${outcome.kind === 'sent' ? outcome.what : outcome.kind}`;
      });
      assert.deepEqual(
        kinds,
        ['/ full', '/c up-to-date', '/c/enc incremental', '/enc up-to-date', '/hole failed', '/hole/x up-to-date'],
        JSON.stringify(report, bigints),
      );
      assert.deepEqual(await guids(bed.zfs, target), await guids(bed.zfs, source), 'all is in place again');
      isSubset(before, await allGuids(bed.zfs, dst), 'keep-both with encrypted children');
    });
  });

  await test('the root of the target itself, without --as: modified, and with a stale partial receive', async () => {
    const source = d(`${src}/top`);
    const target = d(`${dst}/top`);
    const send = () => pairs.at(-1)?.send(source) ?? assert.fail();
    const pairs: Pair[] = [];
    const place = { bed, source, target, send };
    await withPolicy('fail', target, async (pair) => {
      pairs.push(pair);
      await replicated(place);
      await bed.run('set', 'readonly=off', target);
      await bed.write(target, 'intruder', randomBytes(100_000));
      await next(place);
      const [root] = (await pair.send(source)).datasets;
      assert.ok(root?.outcome.kind === 'conflict', JSON.stringify(root, bigints));
      assert.equal(root.outcome.conflict, 'target-modified');
    });
    await withPolicy('rollback', target, async (pair) => {
      assert.equal((await pair.send(source)).datasets[0]?.rolledBack, true);
      // Half of a stream whose snapshot is then destroyed: nobody can go on with it.
      await bed.write(source, 'noise', randomBytes(3 << 20));
      await bed.zfs.snapshot([source], snap('doomed'));
      const doomed = { dataset: source, from: { kind: 'snapshot', name: snap('two') }, to: snap('doomed') } as const;
      await breakOff(bed.zfs, doomed, target);
      await bed.zfs.destroyVersion(source, { kind: 'snapshot', name: snap('doomed') });
      await bed.zfs.snapshot([source], snap('four'));
      const [root] = (await pair.send(source)).datasets;
      assert.equal(root?.outcome.kind, 'sent', JSON.stringify(root, bigints));
      assert.ok((root.discardedBytes ?? 0n) > 0n, 'it says what was thrown away');
      const said = pair.receiverLog().filter(({ event }) => event === 'partial-discarded');
      assert.deepEqual(
        said.map(({ msg }) => String(msg).includes(target)),
        [true],
      );
    });
    assert.deepEqual(await guids(bed.zfs, target), await guids(bed.zfs, source));
  });

  await test('keep-both: what is below and good is not sent again', async () => {
    const source = `${src}/family`;
    const target = `${dst}/family`;
    await tree(bed, source, ['', '/child', '/child/grand']);
    await bed.write(d(`${source}/child/grand`), 'file', randomBytes(200_000));
    await snapshotTree(bed, source, 'one');
    await withPolicy('keep-both', target, async (pair) => {
      await pair.send(source);
      await bed.zfs.snapshot([d(target)], snap('mine'));
      await bed.write(d(`${source}/child/grand`), 'more', 'little');
      await snapshotTree(bed, source, 'two');
      const before = await allGuids(bed.zfs, dst);

      const dry = await pair.send(source, { dryRun: true });
      assert.match(dry.datasets[0]?.aside ?? '', /family\.diverged-/, 'it says so before it does it');
      isSubset(before, await allGuids(bed.zfs, dst), 'a dry run');

      const report = await pair.send(source);
      const kinds = report.datasets.map(({ outcome }) => (outcome.kind === 'sent' ? outcome.what : outcome.kind));
      assert.deepEqual(kinds, ['full', 'incremental', 'incremental'], JSON.stringify(report, bigints));
      assert.deepEqual(await guids(bed.zfs, target), await guids(bed.zfs, source));
      isSubset(before, await allGuids(bed.zfs, dst), 'keep-both with children');

      // What belongs to somebody else would go along unasked.
      await bed.zfs.create(d(`${target}/theirs`), { type: 'filesystem' });
      await bed.zfs.snapshot([d(target)], snap('mine too'));
      await snapshotTree(bed, source, 'three');
      const hindered = await pair.send(source);
      const [root] = hindered.datasets;
      assert.ok(root?.outcome.kind === 'conflict', JSON.stringify(hindered, bigints));
      assert.match(root.outcome.message, /keep-both cannot be carried out: .*family\/theirs/);
    });
  });
}
