/** What a run is made of, as far as it is pure: tokens, room, recovery, attempts, reports of several attempts. */
import type { DatasetDecision, Failure } from '@zfsync/protocol';
import {
  type AttemptsOptions,
  checkToken,
  cursorName,
  type DatasetOutcome,
  type DatasetReport,
  fitsAnyway,
  mergeReports,
  type PlannedDataset,
  recoveryOf,
  resumeSteps,
  type RunReport,
  runAttempts,
  type Step,
  targetOfCursor,
  withoutRoom,
} from '@zfsync/sender';
import {
  parseDatasetName,
  parseRelativePath,
  ReplicationError,
  type ResumeToken,
  type Snapshot,
  ZfsError,
} from '@zfsync/zfs';
import t from 'tap';
import { createLogger } from '@zfsync/program';
import { guidOf, offered, versions } from '../../kit/situation.ts';

const root = parseDatasetName('tank/data');
const p = parseRelativePath;

function token(change: Partial<ResumeToken> = {}): ResumeToken {
  return {
    text: '1-a-b-c',
    toName: 'tank/data/x@b',
    toGuid: guidOf('b'),
    fromGuid: guidOf('a'),
    bytesReceived: 1000n,
    bytesLeft: 500n,
    problem: undefined,
    raw: false,
    largeBlocks: false,
    compressed: false,
    embedded: false,
    ...change,
  };
}
const gone = new ZfsError('cannot resume send: it no longer exists', {
  reason: 'resume-source-gone',
  argv: [],
  exitCode: 255,
  signal: null,
  stderrTail: '',
});

t.test('a resume token is held against what was offered', async (t) => {
  const plain = offered('/x', 'a b c');
  const raw = offered('/x', 'a b c', { raw: true });
  const flags = { raw: true, largeBlocks: true, compressed: true, embedded: true };
  const table: [string, ReturnType<typeof offered>, ResumeToken, string][] = [
    ['as offered', plain, token(), 'usable'],
    ['a full one', plain, token({ fromGuid: undefined }), 'usable'],
    ['from a bookmark', offered('/x', '#a b'), token(), 'usable'],
    ['the dataset was renamed', plain, token({ toName: 'tank/data/old@b' }), 'usable'],
    ['raw, as offered', raw, token(flags), 'usable'],
    ['its snapshot is gone', offered('/x', 'a c'), token(), 'stale'],
    ['only a bookmark is left of it', offered('/x', 'a #b c'), token(), 'stale'],
    ['its source is gone', offered('/x', 'b c'), token(), 'stale'],
    ['zfs cannot go on with it', plain, token({ problem: gone }), 'stale'],
    ['outside the tree', plain, token({ toName: 'tank/secret@b' }), 'RESUME_TOKEN_OUTSIDE'],
    ['outside the tree, unknown', plain, token({ toName: 'tank/data2@b', toGuid: 7n }), 'RESUME_TOKEN_OUTSIDE'],
    ['another dataset', plain, token({ toName: 'tank/data/y@b', toGuid: 7n }), 'RESUME_TOKEN_FOREIGN'],
    ['plaintext of an encrypted one', raw, token(), 'RESUME_TOKEN_POLICY'],
    ['raw of an unencrypted one', plain, token(flags), 'RESUME_TOKEN_POLICY'],
    ['other flags', plain, token({ compressed: true }), 'RESUME_TOKEN_POLICY'],
  ];
  for (const [what, dataset, given, expected] of table) {
    const verdict = checkToken(root, dataset, given, given.fromGuid);
    t.equal(verdict.kind === 'refused' ? verdict.failure.code : verdict.kind, expected, what);
  }
  t.match(checkToken(root, plain, token(), guidOf('c')), { kind: 'stale', why: /other snapshots/ });
  t.match(checkToken(root, plain, token({ fromGuid: undefined }), guidOf('a')), { kind: 'stale' });
  t.match(checkToken(root, offered('/x', 'a c'), token(), guidOf('a')), { why: /tank\/data\/x@b/, bytes: 1000n });

  const draw = (steps: Step[]) =>
    steps.map(({ from, to, intermediates, resume }) => {
      return `${resume === undefined ? '' : 'resume '}${from?.name ?? ''}${intermediates ? '⇒' : '→'}${to.name}`;
    });
  t.same(draw(resumeSteps(offered('/x', 'a b c d e'), token())), ['resume a→b', 'b⇒e'], 'one snapshot, then the rest');
  t.same(draw(resumeSteps(offered('/x', 'a b'), token())), ['resume a→b']);
});

t.test('what a failure calls for', async (t) => {
  const [a, b] = versions('a b') as [Snapshot, Snapshot];
  const plain: Step = { from: a, to: b, intermediates: false };
  const resumed: Step = { ...plain, resume: token() };
  const full: Step = { from: undefined, to: b, intermediates: false, resume: token({ fromGuid: undefined }) };
  const table: [string, Step, string | undefined][] = [
    ['ZFS_TARGET_MODIFIED', plain, 'look-again'],
    ['ZFS_SOURCE_MISMATCH', plain, 'look-again'],
    ['ZFS_PARTIAL_RECEIVE', plain, 'look-again'],
    ['ZFS_NO_SPACE', plain, undefined],
    ['ZFS_QUOTA', resumed, undefined],
    ['ZFS_STREAM_INCOMPLETE', resumed, undefined],
    ['ZFS_RESUME_SOURCE_GONE', resumed, 'discard'],
    ['ZFS_RESUME_TOKEN_CORRUPT', resumed, 'discard'],
    ['ZFS_STREAM_UNREADABLE', resumed, 'discard'],
    // The changes are somebody's: the partial receive is not to blame.
    ['ZFS_TARGET_MODIFIED', resumed, 'look-again'],
    ['ZFS_TARGET_MODIFIED', full, 'discard'],
  ];
  for (const [code, step, expected] of table) {
    t.equal(
      recoveryOf(code, step)?.kind,
      expected,
      `${code} of ${step.resume === undefined ? 'a stream' : 'a resumed'}`,
    );
  }
});

function planned(path: string, available: bigint): PlannedDataset {
  const dataset = offered(path, 'a');
  const [a] = dataset.versions as [Snapshot];
  const decision = { kind: 'full', oldest: a.guid, newest: a.guid, adopt: false, aside: undefined } as const;
  const decided: DatasetDecision = { path: p(path), decision, parked: false, afterParent: false, available };
  return {
    offered: dataset,
    planned: decided,
    steps: [{ from: undefined, to: a, intermediates: false }],
    discarded: undefined,
  };
}

t.test('room on the target: every place counts what lies below it', async (t) => {
  const estimates = (all: Record<string, bigint>) => new Map(Object.entries(all).map(([path, n]) => [p(path), n]));
  const failing = (tree: PlannedDataset[], all: Record<string, bigint>) =>
    [...withoutRoom(root, tree, estimates(all)).keys()].join(' ');
  const open = ['', '/a', '/a/b', '/c'].map((path) => planned(path, 100n));
  t.equal(failing(open, { '': 10n, '/a': 40n, '/a/b': 40n, '/c': 10n }), '', 'just fits');
  t.equal(failing(open, { '': 10n, '/a': 40n, '/a/b': 60n, '/c': 10n }), '/a/b', 'the others still have room');
  t.equal(failing(open, { '/c': 101n }), '/c', 'alone too large');
  t.equal(failing(open, {}), '', 'nothing is known of it');
  const quota = [planned('', 1000n), planned('/a', 50n), planned('/a/b', 50n), planned('/c', 1000n)];
  t.equal(failing(quota, { '/a': 30n, '/a/b': 30n, '/c': 900n }), '/a/b', 'a quota above it');
  const full = [planned('', 0n), planned('/a', 100n)];
  t.equal(failing(full, { '/a': 50n }), '', 'nothing is known of the place above');
  t.match(
    [...withoutRoom(root, open, estimates({ '/c': 2n << 30n })).values()],
    [{ code: 'NO_SPACE', message: /tank\/data\/c: needs about 2.0 GiB, the target has room for 100 B/ }],
  );
  t.ok(fitsAnyway(100n, [planned('', 1n << 30n)]));
  t.notOk(fitsAnyway(1n << 30n, [planned('', 1n << 30n)]), 'a stream takes a little more than the data');
});

t.test('names of cursors', async (t) => {
  const name = cursorName('0123456789abcdef', 255n);
  t.equal(name, 'zfsync_0123456789abcdef_00000000000000ff');
  t.equal(targetOfCursor(name), '0123456789abcdef');
  for (const other of ['zfsync_x', 'zfsync_0123456789abcdef', 'daily']) {
    t.equal(targetOfCursor(other as typeof name), undefined);
  }
});

const failure = (retry: Failure['retry']): Failure => ({ code: 'X', retry, message: `it is ${retry}`, detail: '' });
const report = (outcomes: Record<string, DatasetOutcome>, change: Partial<RunReport> = {}): RunReport => ({
  source: root,
  receiver: 'host:1',
  target: parseDatasetName('backup'),
  targetId: '0123456789abcdef',
  runId: 'run',
  dryRun: false,
  attempts: 1,
  milliseconds: 1,
  warnings: [],
  skipped: [],
  datasets: Object.entries(outcomes).map(
    ([path, outcome]): DatasetReport => ({ dataset: parseDatasetName(`${root}${path}`), path: p(path), outcome }),
  ),
  promotions: [],
  ...change,
});
const sent = (bytes: bigint): DatasetOutcome => ({ kind: 'sent', what: 'full', snapshots: 1, bytes, parked: false });
const same: DatasetOutcome = { kind: 'up-to-date' };
const failed = (retry: Failure['retry']): DatasetOutcome => ({ kind: 'failed', failure: failure(retry) });

async function attempts(script: (RunReport | Error)[], change: Partial<AttemptsOptions> = {}) {
  const waits: number[] = [];
  let tried = 0;
  let clock = 0;
  const options: AttemptsOptions = {
    retries: 5,
    milliseconds: 1_000_000,
    log: createLogger({ name: 'test', verbose: false, quiet: true }),
    signal: new AbortController().signal,
    random: () => 0.5,
    now: () => clock,
    sleep: (ms) => {
      waits.push(ms);
      clock += ms;
      return Promise.resolve();
    },
    ...change,
  };
  const result = await runAttempts(options, () => {
    const next = script[Math.min(tried, script.length - 1)];
    tried += 1;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as RunReport);
  }).catch((error: unknown) => error as ReplicationError);
  return { result, waits, tried };
}
const refused = new ReplicationError('connection refused', { code: 'CONNECT_REFUSED', retry: 'reconnect' });
const busy = new ReplicationError('busy', { code: 'BUSY', retry: 'backoff' });
const missing = new ReplicationError('missing', { code: 'ZFS_DATASET_MISSING', retry: 'replan' });

t.test('attempts', async (t) => {
  const good = report({ '': same });
  t.same((await attempts([good])).waits, [], 'all is well');
  t.same((await attempts([report({ '': failed('operator') })])).tried, 1, 'only a person can help');
  t.same((await attempts([missing])).tried, 1, 'there is no such source');
  t.same((await attempts([busy])).tried, 1, 'another sender has the target');
  const third = await attempts([refused, refused, good]);
  t.match(third, { tried: 3, waits: [2000, 4000], result: { attempts: 3 } });
  const never = await attempts([refused], { retries: 7 });
  t.match(never, { tried: 8, result: refused, waits: [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000] });
  t.equal((await attempts([refused], { milliseconds: 5000 })).tried, 3, 'the limit of time');
  t.equal((await attempts([refused], { retries: 0 })).tried, 1);
  const mended = await attempts([
    report({ '': sent(5n), '/a': failed('backoff') }),
    busy,
    report({ '': same, '/a': sent(7n) }),
  ]);
  t.match(mended, { tried: 3, result: { datasets: [{ outcome: sent(5n) }, { outcome: sent(7n) }], attempts: 3 } });
  t.notOk((mended.result as RunReport).failure, 'what failed in between is history');
  const lost = await attempts([report({ '': sent(5n), '/a': failed('backoff') }), refused], { retries: 1 });
  t.match(lost.result, { failure: { code: 'CONNECT_REFUSED' }, datasets: [{ outcome: { kind: 'sent' } }, {}] });
  t.match((await attempts([new TypeError('a bug')])).result, { message: 'a bug' }, 'a bug is not tried again');
});

t.test('several attempts as one report', async (t) => {
  const aside = parseDatasetName('backup.diverged-1');
  const first = report({ '': sent(5n), '/a': failed('backoff'), '/b': sent(3n) }, { warnings: ['w'] });
  const before = {
    ...first,
    datasets: first.datasets.map((one, i) => (i === 1 ? { ...one, aside, discardedBytes: 9n } : one)),
  };
  const merged = mergeReports(before, report({ '': same, '/a': sent(2n), '/b': sent(4n) }));
  t.match(merged.datasets, [
    { outcome: { kind: 'sent', bytes: 5n } },
    { outcome: { kind: 'sent', bytes: 2n }, aside, discardedBytes: 9n },
    { outcome: { kind: 'sent', bytes: 7n, snapshots: 2 } },
  ]);
  t.same(merged.warnings, ['w']);
});
