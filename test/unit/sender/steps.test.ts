import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DatasetReport,
  exitCodeOfReport,
  formatBytes,
  formatReport,
  planSteps,
  requestReport,
  type RunReport,
  type SourceOffer,
  withPromotions,
} from '@zfsync/sender';
import type { Decision } from '@zfsync/protocol';
import { isSnapshot, parseDatasetName, parseRelativePath } from '@zfsync/zfs';
import t from 'tap';
import { memory, over } from '../protocol/pair.ts';
import { guidOf, offered, versions } from '../../kit/situation.ts';

/** Steps as `a`, `a→b` (`-i`), `a⇒c` (`-I`); a bookmark as `#a`. */
function drawn(source: string, decision: Decision): string {
  return drawnSteps(offered('/x', source), decision);
}
function drawnSteps(dataset: SourceOffer, decision: Decision): string {
  return planSteps(dataset, decision)
    .map(({ from, to, intermediates }) => {
      if (from === undefined) return to.name;
      return `${from.kind === 'bookmark' ? '#' : ''}${from.name}${intermediates ? '⇒' : '→'}${to.name}`;
    })
    .join(' ');
}
const full = (oldest: string, newest: string): Decision => ({
  kind: 'full',
  oldest: guidOf(oldest),
  newest: guidOf(newest),
  adopt: false,
  aside: undefined,
});
const incremental = (from: string, to: string): Decision => ({
  kind: 'incremental',
  from: guidOf(from),
  to: guidOf(to),
  rollback: false,
  targetWritten: 0n,
});

t.test('steps of a decision', async (t) => {
  const table: [source: string, decision: Decision, steps: string][] = [
    ['a', full('a', 'a'), 'a'],
    ['a b', full('a', 'b'), 'a a→b'],
    ['a b c d', full('a', 'd'), 'a a⇒d'],
    ['a b c d', full('b', 'c'), 'b b→c'],
    ['a b', incremental('a', 'b'), 'a→b'],
    ['a b c', incremental('a', 'c'), 'a⇒c'],
    // -I does not take a bookmark, openzfs#12415
    ['#a b', incremental('a', 'b'), '#a→b'],
    ['#a b c', incremental('a', 'c'), '#a→b b→c'],
    ['#a b c d', incremental('a', 'd'), '#a→b b⇒d'],
    // The snapshot, where both are there
    ['#a a b c', incremental('a', 'c'), 'a⇒c'],
    ['a b', { kind: 'up-to-date', newest: guidOf('b') }, ''],
  ];
  for (const [source, decision, steps] of table) t.equal(drawn(source, decision), steps, `[${source}] → ${steps}`);
});

t.test('what the filter leaves out lies between two steps, and is a source all the same', async (t) => {
  const table: [source: string, filtered: string, decision: Decision, steps: string][] = [
    ['a b c d', 'b', full('a', 'd'), 'a a→c c→d'],
    ['a b c d e f', 'c', full('a', 'f'), 'a a→b b→d d⇒f'],
    ['a b c d', 'a', incremental('a', 'd'), 'a⇒d'],
    ['a b c d', 'a b', incremental('a', 'd'), 'a→c c→d'],
    ['a b c d e', 'a d', incremental('a', 'e'), 'a⇒c c→e'],
    // Its bookmark is there as well, as every cursor is
    ['#a a b c', 'a', incremental('a', 'c'), 'a⇒c'],
    ['#a b c d e', 'c', incremental('a', 'e'), '#a→b b→d d→e'],
  ];
  for (const [source, names, decision, steps] of table) {
    const filtered = versions(source)
      .filter(isSnapshot)
      .filter(({ name }) => names.split(' ').includes(name));
    const kept = versions(source).map((version) =>
      filtered.some(({ guid }) => guid === version.guid) ? { ...version, kind: 'bookmark' as const } : version,
    );
    const dataset = { ...offered('/x', source), versions: kept, filtered };
    t.equal(drawnSteps(dataset, decision), steps, `[${source}] without ${names} → ${steps}`);
  }
  const dataset = { ...offered('/x', '#a b'), filtered: versions('a').filter(isSnapshot) };
  t.throws(() => planSteps(dataset, full('a', 'b')), /bookmark #a/, 'it is not sent, whatever the receiver asks for');
});

t.test('a receiver that asks for what it was not offered breaks the protocol', async (t) => {
  const broken: [string, Decision, RegExp][] = [
    ['a b', full('x', 'b'), /not offered/],
    ['a b', incremental('x', 'b'), /not offered/],
    ['a #b', incremental('a', 'b'), /bookmark #b/],
    ['#a b', full('a', 'b'), /bookmark #a/],
    ['a b', incremental('b', 'a'), /@a after b/],
  ];
  for (const [source, decision, message] of broken) {
    t.throws(() => planSteps(offered('/x', source), decision), { code: 'MESSAGE_INVALID', message });
  }
});

const report = (datasets: DatasetReport[], change: Partial<RunReport> = {}): RunReport => ({
  source: parseDatasetName('tank'),
  receiver: 'backuphost:8730',
  target: parseDatasetName('backup/r'),
  runId: 'run',
  dryRun: false,
  milliseconds: 1234,
  attempts: 1,
  targetId: '0123456789abcdef',
  warnings: [],
  skipped: [],
  leftOut: [],
  datasets,
  promotions: [],
  tidied: [],
  ...change,
});
const one = (path: string, outcome: DatasetReport['outcome']): DatasetReport => ({
  dataset: parseDatasetName(`tank${path}`),
  path: parseRelativePath(path),
  outcome,
});
const failure = { code: 'ZFS_NO_SPACE', retry: 'operator', message: 'out of space', detail: '' } as const;

t.test('the report', async (t) => {
  const sent = one('/a', { kind: 'sent', what: 'full', snapshots: 3, bytes: 3_000_000n, parked: false });
  const same = one('/b', { kind: 'up-to-date' });
  const failed = one('/c', { kind: 'failed', failure });
  const conflict = one('/d', { kind: 'conflict', conflict: 'target-diverged', message: 'target backup/r/d: …' });
  t.equal(exitCodeOfReport(report([sent, same])), 0);
  t.equal(exitCodeOfReport(report([sent, failed])), 3);
  t.equal(exitCodeOfReport(report([conflict, failed])), 4);
  t.equal(exitCodeOfReport(report([sent], { failure })), 1);
  t.equal(
    formatReport(report([same])),
    'tank to backup/r on backuphost:8730: nothing to do: 0 datasets sent (0 B), 1 up to date, 1.2 s\n',
  );
  const text = formatReport(report([sent, same, failed, conflict]));
  t.match(text, 'tank/a: sent full, 3 snapshots, 2.9 MiB\n');
  t.match(text, 'tank/c: FAILED: out of space\n');
  t.match(text, 'tank/d: CONFLICT (target-diverged): target backup/r/d');
  t.equal(formatBytes(1024n ** 5n * 3n), '3.0 PiB');

  const why = '--exclude "tmp"';
  const leftOut = [{ path: parseRelativePath('/tmp'), dataset: parseDatasetName('tank/tmp'), why }];
  const planned = one('/a', { kind: 'planned', what: 'full', snapshots: 1 });
  t.match(formatReport(report([planned], { leftOut, dryRun: true })), 'tank/tmp: left out: --exclude "tmp"\n');
  const ran = formatReport(report([same], { leftOut }));
  t.match(ran, 'nothing to do: 0 datasets sent (0 B), 1 up to date, 1 left out, 1.2 s');
  t.notMatch(ran, 'tank/tmp');

  const toBe = one('/e', { kind: 'planned', what: 'full', snapshots: 1, toBeTaken: true });
  t.match(
    formatReport(report([toBe], { dryRun: true })),
    'tank/e: would send full, 1 snapshot (the one that would be taken)\n',
  );

  const cut = {
    code: 'ABORTED',
    retry: 'never',
    message: 'waiting for stream-result was called off',
    detail: '',
  } as const;
  const notTried = { ...cut, code: 'NOT_TRIED' } as const;
  const cutOff = [one('/f', { kind: 'failed', failure: cut }), one('/g', { kind: 'failed', failure: notTried })];
  const stopped = { failure: { ...cut, message: 'interrupted by SIGTERM' } };
  t.equal(
    formatReport(report([sent, failed, ...cutOff], stopped)),
    'tank/a: sent full, 3 snapshots, 2.9 MiB\ntank/c: FAILED: out of space\n' +
      'tank to backup/r on backuphost:8730: interrupted by SIGTERM (2 datasets not finished)\n' +
      'tank to backup/r on backuphost:8730: 1 dataset sent (2.9 MiB), 0 up to date, 2 not finished, 1 failed, 1.2 s\n',
  );
  t.match(formatReport(report(cutOff)), /tank\/f: FAILED[^]*tank\/g: FAILED/, 'without an interruption each is told');

  const vanished = (path: string, action: 'mark' | 'wait') =>
    ({
      path: parseRelativePath(path),
      action,
      names: [],
      bytes: 0n,
      due: 0n,
      aside: undefined,
      failure: undefined,
    }) as const;
  const tidied = [vanished('/old', 'wait'), vanished('/older', 'wait'), vanished('/new', 'mark')];
  const told = formatReport(report([same], { tidied }));
  t.match(told, /backup\/r\/new has vanished[^]*backup\/r: waiting .*: 2 datasets that had vanished on the source$/m);
  t.notMatch(told, 'backup/r/old');
  t.match(formatReport(report([same], { tidied, dryRun: true })), 'backup/r/older has vanished');

  const [after] = withPromotions([sent], [{ path: sent.path, parkedAs: '2F61', outcome: 'failed', failure }]);
  t.equal(after?.outcome.kind, 'failed', 'what is not in place has not arrived');
  const [kept] = withPromotions(
    [sent],
    [{ path: sent.path, parkedAs: '2F61', outcome: 'promoted', failure: undefined }],
  );
  t.equal(kept?.outcome.kind, 'sent');
});

t.test('a report is waited for as long as pages of it come, and no longer', async (t) => {
  // The timers of a connection keep no process alive.
  const alive = setInterval(() => undefined, 1000);
  t.teardown(() => {
    clearInterval(alive);
  });
  const pair = await memory();
  const waiting = { connection: pair.sender, phase: 'tidy', subject: 'tank/data', stallMs: 300 } as const;
  const pages = [['a', 'b'], [], ['c']];
  const asked: string[] = [];
  const request = () => Promise.resolve(void asked.push('asked'));
  const nextPage = async () => {
    await sleep(200);
    const entries = pages.shift() ?? [];
    return { last: pages.length === 0, entries };
  };
  t.same(await requestReport(waiting, request, nextPage), ['a', 'b', 'c'], 'all pages, each within its time');
  t.same(asked, ['asked']);
  // Rejects if the connection was given up meanwhile.
  await pair.sender.send({ type: 'tidy', dryRun: true, mirrorSnapshots: false, mirrorDatasetsAfter: undefined });
  const never = () => pair.sender.expect(['tidy-report']).then(({ last, entries }) => ({ last, entries }));
  await t.rejects(requestReport(waiting, request, never), {
    code: 'STALLED',
    message: /^tank\/data: stalled in the phase tidy/,
  });
  await over(pair);
});
