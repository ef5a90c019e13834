/** What a run is made of, as far as it is pure: tokens, room, recovery, attempts, reports of several attempts. */
import { Readable } from 'node:stream';
import { formatStreamFlags, parseStreamFlags } from '@zfsync/receiver';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetDecision, Decision, Failure, TidyAction, TidyEntry } from '@zfsync/protocol';
import {
  type AttemptsOptions,
  checkToken,
  cursorName,
  Cursors,
  cursorsLockName,
  type DatasetOutcome,
  type DatasetReport,
  estimate,
  fitsAnyway,
  mergeReports,
  plan,
  type PlannedDataset,
  planSteps,
  policyOf,
  pruneReceiver,
  recoveryOf,
  removeCursors,
  reportOfFailure,
  reportOfPlan,
  reportOfSent,
  resumeSteps,
  runLockName,
  type RunReport,
  runAttempts,
  sendLocksConflict,
  sendStep,
  type Step,
  targetOfCursor,
  withoutRoom,
  withParents,
} from '@zfsync/sender';
import {
  parseDatasetName,
  parseRelativePath,
  ReplicationError,
  type ResumeToken,
  type Snapshot,
  type Version,
  type VersionName,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import t from 'tap';
import { createLogger } from '@zfsync/program';
import { guidOf, offered, versions } from '../../kit/situation.ts';
import { Collector, memory, over } from '../protocol/pair.ts';

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
  const table: [string, ReturnType<typeof offered>, ResumeToken, string, settled?: string][] = [
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
    ['other flags', plain, token({ compressed: true }), 'RESUME_TOKEN_POLICY', 'L'],
    ['large blocks that the target has not', plain, token({ largeBlocks: true }), 'RESUME_TOKEN_POLICY', '-'],
    ['not compressed, which does no harm', plain, token(), 'usable', 'Lc'],
    ['the flags of the target', plain, token({ largeBlocks: true, compressed: true }), 'usable', 'Lc'],
    ['a token tells of -L only where there are large blocks', plain, token({ compressed: true }), 'usable', 'Lce'],
    ['nothing is remembered: the token has its own', plain, token({ compressed: true, embedded: true }), 'usable'],
  ];
  for (const [what, dataset, given, expected, letters] of table) {
    const verdict = checkToken(root, dataset, given, given.fromGuid, parseStreamFlags(letters));
    t.equal(verdict.kind === 'refused' ? verdict.failure.code : verdict.kind, expected, what);
  }
  t.match(checkToken(root, plain, token(), guidOf('c'), undefined), { kind: 'stale', why: /other snapshots/ });
  t.match(checkToken(root, plain, token({ fromGuid: undefined }), guidOf('a'), undefined), { kind: 'stale' });
  t.match(checkToken(root, offered('/x', 'a c'), token(), guidOf('a'), undefined), {
    why: /tank\/data\/x@b/,
    bytes: 1000n,
  });

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
    ['ZFS_TARGET_HAS_SNAPSHOTS', resumed, 'look-again'],
    ['ZFS_TARGET_HAS_SNAPSHOTS', full, 'look-again'],
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
  const decided: DatasetDecision = {
    path: p(path),
    decision,
    parked: false,
    afterParent: false,
    after: undefined,
    renameFrom: undefined,
    available,
    flags: undefined,
  };
  return {
    offered: dataset,
    planned: decided,
    flags: dataset,
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

t.test('room for the rest of a stream: what is left, or all of it compressed', async (t) => {
  const asked: unknown[] = [];
  const zfs = {
    estimateSend: (options: unknown) => {
      asked.push(options);
      return Promise.resolve(400n);
    },
  } as unknown as Zfs;
  const [a, b] = versions('a b') as [Snapshot, Snapshot];
  const of = async (bytesLeft: bigint | undefined) => {
    const step: Step = { from: a, to: b, intermediates: false, resume: token({ bytesLeft }) };
    const dataset = { ...planned('/x', 0n), steps: [step] };
    const signal = new AbortController().signal;
    return (await estimate({ zfs, root, concurrency: 1, signal }, [dataset])).get(p('/x'));
  };
  t.equal(await of(500n), 400n);
  t.equal(await of(300n), 300n);
  t.equal(await of(undefined), 400n);
  t.match(asked, [{ dataset: 'tank/data/x', from: { name: 'a' }, to: 'b', compressed: true, raw: false }, {}, {}]);
});

t.test('a sender waits for a place at the receiver longer than for anything that has stalled', async (t) => {
  const { sender, receiver } = await memory();
  const done = Promise.resolve();
  const zfs = {
    send: () => ({ stream: Readable.from([Buffer.from('stream')]), done, kill: () => done }),
  } as unknown as Zfs;
  const [a] = versions('a') as [Snapshot];
  const ready: string[] = [];
  const onReady = () => void ready.push('ready');
  const context = { zfs, connection: sender, stallMs: 1000, signal: new AbortController().signal, onReady };
  const sent = sendStep(context, root, p(''), offered('', 'a'), { from: undefined, to: a, intermediates: false });
  await receiver.expect(['begin-stream']);
  await sleep(1500);
  t.same(ready, []);
  await receiver.send({ type: 'stream-ready', mode: 'framed', target: parseDatasetName('backup'), parked: true });
  const sink = new Collector();
  const { bytes } = await receiver.receiveStream(sink);
  await receiver.send({ type: 'stream-result', bytes, failure: undefined });
  t.same(await sent, { bytes: 6n, parked: true });
  t.same(ready, ['ready']);
  await over({ sender, receiver });
});

t.test('a receiver settles how streams are made, but not whether plaintext is sent', async (t) => {
  const table: [string, ReturnType<typeof offered>, asked: string | undefined, expected: string][] = [
    ['as offered', offered('', 'a', { compressed: true }), undefined, 'c'],
    ['as the target remembers', offered('', 'a', { compressed: true }), 'L', 'L'],
    ['raw, as offered', offered('', 'a', { raw: true }), 'wLc', 'wLc'],
    ['plaintext of what is sent raw', offered('', 'a', { raw: true }), 'Lc', 'MESSAGE_INVALID'],
    ['raw of what is to be decrypted', offered('', 'a', { encrypted: true }), 'w', 'MESSAGE_INVALID'],
    ['embedded blocks of what is encrypted', offered('', 'a', { encrypted: true }), 'e', 'MESSAGE_INVALID'],
    ['decrypted, but its key is not loaded', offered('/locked', 'a', { encrypted: true }), undefined, 'KEY_NOT_LOADED'],
    ['raw, its key need not be loaded', offered('/locked', 'a', { raw: true }), undefined, 'w'],
  ];
  for (const [what, dataset, asked, expected] of table) {
    const { sender, receiver } = await memory();
    const source = {
      root,
      datasets: [dataset],
      used: 0n,
      held: new Map<never, never>(),
      skipped: [],
      leftOut: [],
      warnings: [],
    };
    const tree = { ...source, locked: new Set([p('/locked')]) };
    const log = createLogger({ name: 'test', verbose: false, quiet: true });
    const context = {
      zfs: {} as Zfs,
      tree,
      dryRun: false,
      renames: 'ask' as const,
      stallMs: 1000,
      signal: new AbortController().signal,
      log,
    };
    const planning = plan(context, sender);
    await receiver.expect(['offer']);
    const { planned: decided } = planned(dataset.path, 1n);
    const flags = parseStreamFlags(asked);
    const targetId = '0123456789abcdef';
    await receiver.send({ type: 'decisions', page: 0, last: true, targetId, decisions: [{ ...decided, flags }] });
    const [first] = (await planning).datasets;
    const decision = first?.planned.decision;
    const found = decision?.kind === 'refused' ? decision.failure.code : first && formatStreamFlags(first.flags);
    t.equal(found, expected, what);
    t.equal(first?.steps.length, decision?.kind === 'refused' ? 0 : 1, what);
    await over({ sender, receiver });
  }
});

t.test('names of cursors', async (t) => {
  const name = cursorName('0123456789abcdef', 255n);
  t.equal(name, 'zfsync_0123456789abcdef_00000000000000ff');
  t.equal(targetOfCursor(name), '0123456789abcdef');
  for (const other of ['zfsync_x', 'zfsync_0123456789abcdef', 'daily']) {
    t.equal(targetOfCursor(other as typeof name), undefined);
  }
});

t.test('cursors are destroyed only where what they stand for has a successor', async (t) => {
  const destroyed: string[] = [];
  const zfs = {
    bookmark: () => Promise.resolve(),
    destroyVersion: (_dataset: string, { name }: { name: string }) => Promise.resolve(void destroyed.push(name)),
  } as unknown as Zfs;
  const targetId = '0123456789abcdef';
  const old = cursorName(targetId, guidOf('a'));
  const [bookmark] = versions('#a');
  const at = (text: string) => ({
    ...offered('/x', text),
    versions: [{ ...bookmark, name: old } as Version, ...versions(text)],
  });
  const tree = {
    root,
    datasets: [],
    used: 0n,
    held: new Map(),
    skipped: [],
    leftOut: [],
    locked: new Set<never>(),
    warnings: [],
  };
  const log = createLogger({ name: 'test', verbose: false, quiet: true });
  const cursors = () => new Cursors({ zfs, tree, targetId, hold: false, log });
  const x = parseDatasetName('tank/data/x');
  await cursors().settle(x, at('b'), guidOf('never offered'));
  await cursors().settle(x, at('#b'), guidOf('b'));
  t.same(destroyed, [], 'neither the snapshot nor its cursor is there');
  await cursors().settle(x, at('b'), guidOf('b'));
  t.same(destroyed, [old]);
  t.throws(() => planSteps(at('b'), { kind: 'up-to-date', newest: 4711n }), { code: 'MESSAGE_INVALID' });
  t.same(planSteps(at('b'), { kind: 'up-to-date', newest: guidOf('a') }), []);
});

t.test(
  'what a full leaves when it breaks off after its first stream has a cursor, also where nothing can be held',
  async (t) => {
    const made: string[] = [];
    const zfs = {
      bookmark: (_dataset: string, of: string) => Promise.resolve(void made.push(of)),
      holds: () => Promise.reject(gone),
      hold: () => Promise.reject(gone),
    } as unknown as Zfs;
    const source = { root, datasets: [], used: 0n, skipped: [], leftOut: [], locked: new Set<never>(), warnings: [] };
    const tree = { ...source, held: new Map<never, never>() };
    const log = createLogger({ name: 'test', verbose: false, quiet: true });
    const cursors = new Cursors({ zfs, tree, targetId: '0123456789abcdef', hold: false, log });
    const dataset = offered('/x', 'a b c');
    const x = parseDatasetName('tank/data/x');
    const full = { kind: 'full', oldest: guidOf('a'), newest: guidOf('c'), adopt: false, aside: undefined } as const;
    await cursors.protect(x, dataset, planSteps(dataset, full));
    t.same(made, ['a', 'c']);
    t.match(cursors.warnings, [/the hold .* could not be made/]);
  },
);

t.test('the removal of cursors goes on after one that fails', async (t) => {
  const done: string[] = [];
  const zfs = {
    release: () => Promise.reject(gone),
    destroyVersion: (dataset: string, { name }: { name: string }) => {
      if (name === 'bad') return Promise.reject(gone);
      return Promise.resolve(void done.push(`${dataset}#${name}`));
    },
  } as unknown as Zfs;
  const name = (text: string) => text as VersionName;
  const datasets = ['tank/a', 'tank/b'].map((dataset) => ({
    dataset: parseDatasetName(dataset),
    bookmarks: [name('bad'), name('good')],
    held: [name('s')],
  }));
  const failures = await removeCursors(zfs, { targetId: '0123456789abcdef', datasets, newestCreation: 0n });
  t.same(done, ['tank/a#good', 'tank/b#good']);
  t.same(
    failures.map(({ dataset, what }) => `${dataset} ${what}`),
    ['tank/a holds', 'tank/a #bad', 'tank/b holds', 'tank/b #bad'],
  );
  const signal = AbortSignal.abort('SIGTERM');
  const target = { targetId: '', datasets, newestCreation: 0n };
  await t.rejects(removeCursors(zfs, target, signal), { code: 'ABORTED' });
});

t.test('what a sender locks', async (t) => {
  const run = (source: string, to: string, as = '') => runLockName(parseDatasetName(source), to, p(as));
  const removal = (source: string) => cursorsLockName(parseDatasetName(source));
  const table: [string, string, boolean][] = [
    [run('tank/a', 'h:1'), run('tank/a', 'h:1'), true],
    [run('tank/a', 'h:1'), run('tank/a', 'h:2'), false],
    [run('tank/a', 'h:1'), run('tank/a', 'h:1', '/x'), false],
    [run('tank/a', 'h:1'), run('tank', 'h:1'), false],
    [run('tank/a', 'h:1'), removal('tank/a'), true],
    [run('tank/a/b', 'h:1', '/x'), removal('tank/a'), true],
    [run('tank', 'h:1'), removal('tank/a'), true],
    [run('tank/ab', 'h:1'), removal('tank/a'), false],
    [run('tank/a b', 'h:1'), removal('tank/a'), false],
    [removal('tank'), removal('tank/a'), true],
    [removal('tank/b'), removal('tank/a'), false],
  ];
  for (const [one, other, expected] of table) {
    t.equal(sendLocksConflict(one, other), expected, `${one} | ${other}`);
    t.equal(sendLocksConflict(other, one), expected, `${other} | ${one}`);
  }
});

t.test('what a report says that source and target have in common', async (t) => {
  const name = parseDatasetName('tank/data/x');
  const dataset = offered('/x', 'a b c');
  const at = (text: string) => dataset.versions.find(({ guid }) => guid === guidOf(text));
  const refused = { kind: 'refused', failure: failure('operator') } as const;
  const conflict = { kind: 'conflict', conflict: 'target-diverged', message: '', targetVersions: [] } as const;
  const rest = { rollback: false, targetWritten: 0n };
  const full = { kind: 'full', oldest: guidOf('a'), newest: guidOf('c'), adopt: false, aside: undefined } as const;
  const table: [Decision, found: string | undefined][] = [
    [{ kind: 'up-to-date', newest: guidOf('c') }, 'c'],
    [{ kind: 'incremental', from: guidOf('b'), to: guidOf('c'), ...rest }, 'b'],
    [{ kind: 'resume', token: '', newest: guidOf('a'), rollback: false }, 'a'],
    [{ kind: 'resume', token: '', newest: undefined, rollback: false }, undefined],
    [full, undefined],
    [refused, undefined],
    [conflict, undefined],
  ];
  for (const [decision, found] of table) {
    const steps = decision.kind === 'resume' ? [] : planSteps(dataset, decision);
    const planned = { path: dataset.path, decision, afterParent: false } as unknown as DatasetDecision;
    const one: PlannedDataset = { offered: dataset, planned, flags: dataset, steps, discarded: undefined };
    const expected = found === undefined ? undefined : at(found);
    const { common } = reportOfPlan(name, one);
    t.same(common, expected && { guid: expected.guid, createtxg: expected.createtxg }, decision.kind);
    t.equal(reportOfFailure(name, one, failure('operator')).common, undefined);
    if (steps.length === 0) continue;
    const { common: gained } = reportOfSent(name, one, { bytes: 1n, parked: false });
    t.equal(gained?.guid, guidOf('c'), 'it has arrived');
  }
  const failing = { '': same, '/a': failed('operator') };
  const [whole, ...others] = report(failing).datasets;
  const common = { guid: 1n, createtxg: 2n };
  const all = [{ ...(whole as DatasetReport), common }, ...others.map((other) => ({ ...other, common }))];
  t.same(
    pruneReceiver(report({}, { datasets: all })).common,
    new Map([[root, common]]),
    'not of what was not promoted',
  );
});

t.test('what a policy does is said of what was done', async (t) => {
  const aside = parseDatasetName('backup/x.diverged-1');
  const plain = planned('/x', 100n);
  const decision = { kind: 'full', oldest: 1n, newest: 1n, adopt: false, aside } as const;
  const dataset = { ...plain, planned: { ...plain.planned, decision } };
  const name = parseDatasetName('tank/data/x');
  t.equal(reportOfFailure(name, dataset, failure('operator')).aside, undefined, 'not begun');
  t.equal(reportOfPlan(name, dataset).aside, aside, 'a dry run says what would be done');
  t.same(policyOf(dataset), { aside });
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
  leftOut: [],
  datasets: Object.entries(outcomes).map(
    ([path, outcome]): DatasetReport => ({ dataset: parseDatasetName(`${root}${path}`), path: p(path), outcome }),
  ),
  promotions: [],
  tidied: [],
  ...change,
});
const sent = (bytes: bigint): DatasetOutcome => ({ kind: 'sent', what: 'full', snapshots: 1, bytes, parked: false });
const same: DatasetOutcome = { kind: 'up-to-date' };
const failed = (retry: Failure['retry']): DatasetOutcome => ({ kind: 'failed', failure: failure(retry) });

async function attempts(script: (RunReport | Error)[], change: Partial<AttemptsOptions> = {}, lastsMs = 0) {
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
    clock += lastsMs;
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

  const at = (createtxg: bigint, partialBytes: bigint) => {
    const one = report({ '': same, '/a': failed('reconnect') });
    const begunAt = { createtxg, partialBytes };
    return { ...one, datasets: one.datasets.map((each, i) => (i === 1 ? { ...each, begunAt } : each)) };
  };
  const grown = [at(0n, 0n), at(0n, 10n), at(0n, 20n), at(7n, 1n), at(9n, 0n), good];
  t.match(await attempts(grown, { retries: 1 }), { tried: 6, waits: [2000, 2000, 2000, 2000, 2000] });
  t.equal((await attempts(grown, { retries: 0 })).tried, 1, 'never is never');
  const vain = [at(0n, 0n), at(0n, 10n), at(0n, 0n), at(0n, 10n), at(0n, 10n), good];
  t.equal((await attempts(vain, { retries: 2 })).tried, 4, 'it always fails at its end');
  const busyTree = report({ '': sent(1n), '/a': failed('backoff') });
  t.equal((await attempts([busyTree], { retries: 2 })).tried, 3, 'others that are sent again and again');
  const day = 86_400_000;
  const hour = { milliseconds: 3_600_000 };
  t.equal((await attempts([at(0n, 0n), at(0n, 10n), at(0n, 20n), good], hour, day)).tried, 4, 'days, but it grows');
  t.equal((await attempts([at(0n, 0n), at(0n, 0n), good], hour, day)).tried, 2, 'a day in vain is enough');
  t.match((await attempts([new TypeError('a bug')])).result, { message: 'a bug' }, 'a bug is not tried again');
});

t.test('what had no parent is worth another attempt as far as its parent is', async (t) => {
  const refused = {
    code: 'PARENT_MISSING',
    retry: 'replan',
    message: 'its parent has not arrived',
    detail: '',
  } as const;
  const orphan: DatasetOutcome = { kind: 'failed', failure: refused };
  const conflict: DatasetOutcome = { kind: 'conflict', conflict: 'target-has-data', message: '' };
  const retries = (outcomes: Record<string, DatasetOutcome>) =>
    withParents(report(outcomes).datasets).map(({ outcome }) =>
      outcome.kind === 'failed' ? outcome.failure.retry : outcome.kind,
    );
  t.same(retries({ '': same, '/a': failed('operator'), '/a/b': orphan, '/a/b/c/d': orphan, '/z': failed('backoff') }), [
    'up-to-date',
    'operator',
    'operator',
    'operator',
    'backoff',
  ]);
  t.same(retries({ '': failed('reconnect'), '/a': orphan }), ['reconnect', 'reconnect']);
  t.same(retries({ '': conflict, '/a': orphan }), ['conflict', 'operator']);
  t.same(
    retries({ '': failed('operator'), '/a': sent(1n), '/a/b': orphan }),
    ['operator', 'sent', 'replan'],
    'it is there now',
  );
  t.same(
    retries({ '': failed('operator'), '/a': failed('backoff') }),
    ['operator', 'backoff'],
    'not for want of a parent',
  );
  const [, said] = withParents(report({ '': failed('operator'), '/a': orphan }).datasets);
  t.match(said, { outcome: { failure: { message: 'its parent has not arrived: see tank/data' } } });
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

  const entry = (action: TidyAction, path: string, bad?: Failure): TidyEntry => ({
    ...{ path: p(path), action, names: [], bytes: 0n, due: 1n, aside: undefined, failure: bad },
  });
  const bad = failure('operator');
  const one = [
    entry('prune', '/a'),
    entry('prune', '/b', bad),
    entry('mark', '/c'),
    entry('wait', '/d'),
    entry('destroy', '/e', bad),
  ];
  const two = [entry('prune', '/a'), entry('mark', '/c')];
  t.same(
    mergeReports(report({}, { tidied: one }), report({}, { tidied: two })).tidied.map(
      ({ action, path, failure: why }) => `${action} ${path}${why ? ' failed' : ''}`,
    ),
    ['prune /a', 'wait /d', 'destroy /e failed', 'prune /a', 'mark /c'],
    'what was asked once alone stands',
  );
});
