/** Retention over two months: one run a day by a clock of the test, on both sides, against a grid that is written down here. */
import assert from 'node:assert/strict';
import { createLogger } from '@zfsync/program';
import { NO_MIRROR } from '@zfsync/receiver';
import { globMatcher, parsePeriods, SnapshotTemplate } from '@zfsync/retention';
import { pruneReceiver, type PruneReceiver, pruneSource, SELECT_ALL, takeSnapshot } from '@zfsync/sender';
import { type DatasetName, isSnapshot, parseDatasetName, type Zfs } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { startPair } from './pair.ts';
import type { TestFunction } from './pair-suite.ts';

const TEMPLATE = 'zfsync_%Y%m%d-%H%M%SZ_<class>';
/** Over the end of a short month with a leap day. */
const FIRST_DAY = Date.UTC(2024, 0, 16, 3, 30);
const DAYS = 60;
const DAY_MS = 86_400_000;
/** The receiver is down on these, and gets what it missed afterwards. */
const DOWN = { from: 30, to: 33 };

/** The last seven days, and the Sundays of the three weeks before this one (15 March 2024 is a Friday). */
const ON_SOURCE = ['20240225', '20240303', ...days('202403', 9, 15)];
/** The last fourteen days, and the last days of the two months before this one. */
const ON_TARGET = ['20240131', '20240229', ...days('202403', 2, 15)];

function days(month: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${month}${String(first + index).padStart(2, '0')}`);
}

async function daysOf(zfs: Zfs, dataset: DatasetName): Promise<string[]> {
  const found: string[] = [];
  for await (const { version } of zfs.listVersions(dataset, { depth: 0 })) {
    if (isSnapshot(version)) found.push(/^zfsync_(\d{8})-033000Z_/.exec(version.name)?.[1] ?? version.name);
  }
  return found.sort();
}

export async function gridSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  const { zfs } = bed;
  const log = createLogger({ name: 'grid', verbose: false, quiet: true });
  const { signal } = new AbortController();

  await test('sixty runs, a day apart: both sides have what the grid says, and nothing common is lost', async () => {
    const source = parseDatasetName(`${src}/daily`);
    const target = parseDatasetName(`${dst}/daily`);
    await zfs.create(source, { type: 'filesystem' });
    const template = new SnapshotTemplate(TEMPLATE);
    const policy = { template, classes: new Set<never>(), minIntervalMs: undefined, skipUnchanged: false };
    const keep = {
      policy: { periods: parsePeriods('--keep', '7d,4w'), classes: new Map<never, never>() },
      template,
      names: globMatcher('--keep-names', []),
    };
    const pair = await startPair({
      senderZfs: zfs,
      receiverZfs: zfs,
      target,
      keep: { list: '14d,3m', classes: {}, names: [], template: TEMPLATE },
      mirror: NO_MIRROR,
    });
    try {
      for (let day = 0; day < DAYS; day += 1) {
        const now = new Date(FIRST_DAY + day * DAY_MS);
        const job = { zfs, source, selection: SELECT_ALL, log, signal, dryRun: false };
        const taken = await takeSnapshot({ ...job, policy, now });
        assert.equal(taken.kind, 'taken', `day ${day}`);
        const isDown = day >= DOWN.from && day <= DOWN.to;
        const report = isDown ? undefined : await pair.send(source);
        if (report !== undefined) {
          const kinds = report.datasets.map(({ outcome }) => outcome.kind);
          assert.deepEqual(kinds, ['sent'], `day ${day}`);
        }
        const away: PruneReceiver = { receiver: 'backup', targetId: undefined, common: new Map() };
        const receivers = [report === undefined ? away : pruneReceiver(report)];
        const before = await daysOf(zfs, source);
        const pruned = await pruneSource({ ...job, keep, receivers });
        assert.equal(pruned.failure, undefined);
        if (isDown) assert.deepEqual(await daysOf(zfs, source), before, `nothing is pruned on day ${day}`);
      }
      assert.deepEqual(await daysOf(zfs, source), ON_SOURCE);
      assert.deepEqual(await daysOf(zfs, target), ON_TARGET);
    } finally {
      await pair.close();
    }
  });
}
