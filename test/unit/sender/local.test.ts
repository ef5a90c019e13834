/** What a sender does on its own host, as far as it is pure: which datasets and snapshots, what is pruned, its flags. */
import assert from 'node:assert/strict';
import { globMatcher, parsePeriods, retain, SnapshotTemplate } from '@zfsync/retention';
import {
  ALL_SNAPSHOTS,
  cursorName,
  exitCodeOfPrune,
  formatPrune,
  formatSnapshot,
  idlePatterns,
  isMeantSnapshot,
  oddSendProperty,
  planPrune,
  type PruneReceiver,
  type PruneReport,
  SELECT_ALL,
  type Selection,
  snapshotConfig,
  type SnapshotFlags,
  type SourceKeep,
  whyLeftOut,
} from '@zfsync/sender';
import {
  type DatasetState,
  isBookmark,
  isSnapshot,
  parseDatasetName,
  parseRelativePath,
  parseVersionName,
  type Snapshot,
  type Version,
  type VersionName,
} from '@zfsync/zfs';
import fc from 'fast-check';
import t from 'tap';
import { entry, guidOf } from '../../kit/situation.ts';

const TEMPLATE = new SnapshotTemplate('zfsync_%Y%m%d-%H%M%SZ_<class>');
const TARGETS: Readonly<Record<string, string>> = { A: '0123456789abcdef', B: 'fedcba9876543210' };
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z');

const dayName = (day: number) => TEMPLATE.format(new Date(FIRST_DAY + day * DAY_MS), 'daily');

/**
 * `1 2 A2 3! x4`: own snapshots of the days 1, 2 and 3, of which 3 is held, a cursor of the target A at day 2, and one of
 * somebody else's.
 */
function dataset(name: string, drawn: string, origin?: string): DatasetState {
  const held = new Set<VersionName>();
  const versions = drawn.split(' ').map((word): Version => {
    const [, kind = '', digits = '', mark = ''] = /^([ABx]?)(\d+)(!?)$/.exec(word) ?? [];
    const day = Number(digits);
    const targetId = TARGETS[kind];
    const guid = guidOf(`${name}/${kind === 'x' ? 'x' : ''}${day}`);
    const own = kind === 'x' ? parseVersionName(`other-${day}`) : dayName(day);
    if (mark === '!') held.add(own);
    return {
      kind: targetId === undefined ? 'snapshot' : 'bookmark',
      name: targetId === undefined ? own : cursorName(targetId, guid),
      guid,
      createtxg: BigInt(day * 2 + (kind === 'x' ? 1 : 0)),
      creation: BigInt(FIRST_DAY / 1000 + day * 86_400),
    };
  });
  return { entry: entry(name, { origin }), versions, held };
}

const keep = (periods: string, names?: string): SourceKeep => ({
  policy: { periods: parsePeriods('--keep', periods), classes: new Map() },
  template: TEMPLATE,
  names: names === undefined ? undefined : globMatcher('--keep-names', [names]),
});
const source = parseDatasetName('tank');
/**
 * `A B3 C-`: the session with A has found it up to date, that with B at day 3, and nobody knows of C; of all datasets of the
 * tree. X is a host that there was no session with.
 */
const receiver = (tree: readonly DatasetState[], ...words: string[]): PruneReceiver[] =>
  words.map((word) => {
    const [, letter = '', at = ''] = /^([A-Z])(\d*|-)$/.exec(word) ?? [];
    const day = at === '' ? 1000 : Number(at);
    const common = ({ entry: { name } }: DatasetState) =>
      [name, { guid: guidOf(`${name}/${day}`), createtxg: BigInt(day * 2) }] as const;
    const targetId = TARGETS[letter];
    const known = targetId === undefined || at === '-' ? [] : tree;
    return { receiver: `host-${letter}`, targetId, common: new Map(known.map(common)) };
  });

interface Given {
  readonly policy?: SourceKeep;
  readonly receivers?: readonly string[];
  readonly selection?: Selection;
}

/** What goes, as days; and what is said. */
function planned(tree: readonly DatasetState[], given: Given = {}): [string, string] {
  const { policy = keep('1d'), receivers = [], selection = SELECT_ALL } = given;
  const { datasets, warnings } = planPrune(tree, {
    source,
    selection,
    keep: policy,
    receivers: receiver(tree, ...receivers),
  });
  const days = (names: readonly VersionName[]) =>
    names.map((name) => {
      const parsed = TEMPLATE.parse(name);
      return parsed === undefined ? name : String((parsed.time.getTime() - FIRST_DAY) / DAY_MS);
    });
  return [
    datasets.map(({ dataset: name, names }) => `${name}: ${days(names).join(' ')}`).join(', '),
    warnings.join('; '),
  ];
}

t.test('pruning: what goes and what never does', async (t) => {
  const table: [what: string, drawn: string, goes: string, says: RegExp, given?: Given][] = [
    ['all but the newest of the last day', '1 2 3 4', '1 2 3', /^$/],
    ['of our own alone', 'x1 2 x3 4 5', '2 4', /^$/],
    ['of others too, if that is asked', 'x1 2 x3 4', 'other-1 2 other-3', /^$/, { policy: keep('1d', 'other-*') }],
    ['others of another name', 'x1 2 3', '2', /^$/, { policy: keep('1d', 'auto-*') }],
    ['not what is held', '1! 2 3', '2', /^$/],
    ['not the last one, though one before it has a later name', '1 9 4', '1', /^$/],
    ['what the target has, but for the newest in common', '1 2 3 A3 4', '1 2', /^$/, { receivers: ['A'] }],
    [
      'not what it does not have yet',
      '1 2 A2 3 4 5',
      '1',
      /2 snapshots not pruned: host-A does not have/,
      { receivers: ['A'] },
    ],
    [
      'a run that broke off: the older cursor counts',
      '1 2 A2 3 4 5 A5 6',
      '1',
      /3 snapshots? not pruned|2 snapshots not pruned/,
      { receivers: ['A'] },
    ],
    [
      'the oldest of several targets counts',
      '1 2 B2 3 4 A4 5',
      '1',
      /1 snapshot not pruned: host-B/,
      { receivers: ['A', 'B'] },
    ],
    [
      'a target that this run is not for counts as well',
      '1 2 B2 3 4 A4 5',
      '1',
      /target fedcba9876543210, which is none of this run's.*--remove-cursors fedcba9876543210 tank$/,
      { receivers: ['A'] },
    ],
    ['without receivers all targets count', '1 2 B2 3 4', '1', /1 snapshot not pruned: target fed/],
    [
      'a receiver that no cursor tells of',
      '1 2 A2 3 4',
      '',
      /nothing is pruned of 1 dataset \(tank\): no cursor says what host-B has/,
      { receivers: ['A', 'B'] },
    ],
    [
      'a receiver that was not reached',
      '1 2 A2 3 4',
      '',
      /nothing is pruned: there was no session with host-X/,
      { receivers: ['A', 'X'] },
    ],
    ['a cursor whose snapshot is gone', '1 2 A3 4 5', '1 2', /1 snapshot not pruned/, { receivers: ['A'] }],
    [
      'a target that was rolled back behind its cursor',
      '1 2 3 4 5 A5 6',
      '1 2',
      /^tank: 1 snapshot not pruned: host-A does not have them yet$/,
      { receivers: ['A3'] },
    ],
    ['a target that is ahead of its cursor', '1 2 A2 3 4 5', '1', /1 snapshot not pruned/, { receivers: ['A4'] }],
    [
      'a conflict, a failure, or nothing in common, whatever the cursor says',
      '1 2 3 A3 B3 4',
      '',
      /^nothing is pruned of 1 dataset \(tank\): they failed, are in conflict, or have nothing in common at host-B$/,
      { receivers: ['A', 'B-'] },
    ],
    ['nothing to prune, nothing to say', '4', '', /^$/, { receivers: ['B'] }],
  ];
  for (const [what, drawn, goes, says, given] of table) {
    const [gone, said] = planned([dataset('tank', drawn)], given);
    t.equal(gone, goes === '' ? '' : `tank: ${goes}`, what);
    t.match(said, says, what);
  }
});

t.test('pruning: a tree', async (t) => {
  const tree = [
    dataset('tank', '1 2 3'),
    dataset('tank/a', '1 2 3'),
    dataset('tank/clone', '1 2 3', `tank/a@${dayName(2)}`),
    dataset('tank/r.zfsyncbuffer/2F61', '1 2 3'),
  ];
  t.equal(
    planned(tree)[0],
    'tank: 1 2, tank/a: 1, tank/clone: 1 2',
    'not the origin of a clone, nor in a buffer dataset',
  );
  const exclude = globMatcher('--exclude', ['a']);
  t.equal(
    planned(tree, { selection: { ...SELECT_ALL, exclude } })[0],
    'tank: 1 2, tank/clone: 1 2',
    'what is selected',
  );
  const many = Array.from({ length: 5 }, (_, index) => dataset(`tank/${index}`, '1 2'));
  t.match(planned(many, { receivers: ['A'] })[1], /of 5 datasets \(tank\/0, tank\/1, tank\/2, …\)/);
});

t.test('pruning: nothing that must stay, whatever the tree', async (t) => {
  const words = fc.array(fc.tuple(fc.constantFrom('', '', '', 'A', 'B', 'x'), fc.nat({ max: 30 }), fc.boolean()), {
    maxLength: 25,
  });
  const drawn = words.map((all) => [
    ...new Map(
      all.map(([kind, day, held]) => [
        `${kind}${day}`,
        `${kind}${day}${held && day % 5 === 0 && kind !== 'A' && kind !== 'B' ? '!' : ''}`,
      ]),
    ).values(),
  ]);
  const policies = fc.constantFrom('0d', '1d', '3d', '2w', '1m', '2d,1w,1m');
  const asked = fc.constantFrom<string[]>([], ['A'], ['B'], ['A', 'B'], ['A7'], ['A3', 'B12'], ['A', 'B-']);
  let pruned = 0;
  const holds = (list: readonly string[], periods: string, letters: readonly string[]) => {
    const state =
      list.length === 0
        ? { entry: entry('tank'), versions: [], held: new Set<VersionName>() }
        : dataset('tank', list.join(' '));
    const versions = [...state.versions].sort((a, b) =>
      a.createtxg < b.createtxg ? -1 : a.createtxg > b.createtxg ? 1 : a.kind === 'bookmark' ? -1 : 1,
    );
    const tree = [{ ...state, versions }];
    const options = {
      source,
      selection: SELECT_ALL,
      keep: keep(periods, 'other-*'),
      receivers: receiver(tree, ...letters),
    };
    const names = new Set(planPrune(tree, options).datasets.flatMap((one) => one.names));
    pruned += names.size;
    const snapshots = versions.filter(isSnapshot);
    const cursors = versions.filter(isBookmark);
    const unknown = letters.some(
      (word) => word.endsWith('-') || !cursors.some(({ name }) => name.includes(TARGETS[word.charAt(0)] ?? '')),
    );
    const found = letters.filter((word) => /\d/.test(word)).map((word) => BigInt(Number(word.slice(1)) * 2));
    const must = (one: Snapshot) =>
      unknown ||
      one === snapshots.at(-1) ||
      state.held.has(one.name) ||
      cursors.some(({ guid }) => guid === one.guid) ||
      found.some((at) => at <= one.createtxg) ||
      Object.values(TARGETS).some((id) => {
        const own = cursors.filter(({ name }) => name.includes(id)).map(({ createtxg }) => createtxg);
        return own.length > 0 && own.every((at) => at < one.createtxg || own.some((other) => other < one.createtxg));
      });
    const wanted = retain(
      snapshots.map((one) => ({ ...one, time: new Date(Number(one.creation) * 1000), class: undefined })),
      options.keep.policy,
    ).prune.map(({ name }) => name);
    const expected = snapshots.filter((one) => wanted.includes(one.name) && !must(one)).map(({ name }) => name);
    assert.deepEqual([...names].sort(), [...expected].sort());
    const left = [{ ...state, versions: versions.filter(({ name }) => !names.has(name)) }];
    assert.deepEqual(planPrune(left, options).datasets, [], 'idempotent');
  };
  fc.assert(fc.property(drawn, policies, asked, holds), { numRuns: 500 });
  t.ok(pruned > 100, `${pruned} were pruned in all`);
});

t.test('the report of pruning', async (t) => {
  const failure = { code: 'ZFS_BUSY', retry: 'backoff', message: 'tank@b: dataset is busy', detail: '' } as const;
  const [a, b] = [parseVersionName('a'), parseVersionName('b')];
  const one = { dataset: source, names: [a, b], failures: [] };
  const report: PruneReport = { source, dryRun: true, datasets: [{ ...one, bytes: 2048n }], warnings: ['w'] };
  t.equal(
    formatPrune(report),
    'tank: would prune 2 snapshots, 2.0 KiB: a b\nWARNING: w\ntank: 2 snapshots would be pruned, which would free 2.0 KiB\n',
  );
  t.equal(exitCodeOfPrune(report), 0);
  const partly: PruneReport = {
    ...report,
    dryRun: false,
    datasets: [{ dataset: source, names: [a], failures: [{ name: b, failure }] }],
  };
  t.equal(exitCodeOfPrune(partly), 3);
  t.match(
    formatPrune(partly),
    /^tank@b: not pruned: FAILED: tank@b: dataset is busy\n.*1 snapshot pruned, 1 FAILED\n$/s,
  );
  const aborted = { code: 'ABORTED', retry: 'never', message: 'interrupted by SIGTERM', detail: '' } as const;
  t.equal(exitCodeOfPrune({ ...report, failure: aborted }), 130);
  t.equal(exitCodeOfPrune({ ...report, failure }), 1);
  const taken = {
    kind: 'taken',
    source,
    dryRun: false,
    name: a,
    class: 'daily',
    datasets: 3,
    recursive: true,
    warnings: [],
  } as const;
  t.equal(formatSnapshot(taken), 'tank@a: snapshot of 3 datasets\n');
});

t.test('selection', async (t) => {
  const unset = { zfsyncSend: undefined };
  const globs = (flag: string, patterns: string[]) => (patterns.length === 0 ? undefined : globMatcher(flag, patterns));
  const table: [include: string[], exclude: string[], depth: number | undefined, takes: string, leaves: string][] = [
    [[], [], undefined, ' /a /a/b', ''],
    [['a'], [], undefined, '/a /a/b /a/b/c', ' /ab /b/a'],
    [['*/b'], [], undefined, '/a/b /a/b/c', ' /a /b /a/c'],
    [['**/b'], [], undefined, '/b /a/b /a/x/b/c', ' /a'],
    [['.'], [], undefined, ' /a', ''],
    [[], ['a'], undefined, ' /b /ab', '/a /a/b'],
    [[], ['a/*'], undefined, ' /a', '/a/b /a/b/c'],
    [[], ['**/tmp'], undefined, ' /a', '/tmp /a/tmp /a/tmp/b'],
    [[], ['*'], undefined, '', '/a /a/b'],
    [[], ['.'], undefined, '', ' /a /a/b'],
    [['a', 'c'], ['a/b'], undefined, '/a /c /a/c', ' /a/b /a/b/x /b'],
    [[], [], 0, '', '/a /a/b'],
    [[], [], 1, ' /a', '/a/b'],
  ];
  for (const [include, exclude, depth, takes, leaves] of table) {
    const selection = { include: globs('--include', include), exclude: globs('--exclude', exclude), depth };
    const what = `+${include.join()} -${exclude.join()} ${String(depth)}`;
    for (const path of takes.split(' ')) {
      if (takes !== '')
        t.equal(whyLeftOut(selection, parseRelativePath(path), unset), undefined, `${what} takes ${path || '/'}`);
    }
    for (const path of leaves.split(' ')) {
      if (leaves !== '')
        t.type(whyLeftOut(selection, parseRelativePath(path), unset), 'string', `${what} leaves ${path || '/'} out`);
    }
  }
  const paths = ['', '/a', '/a/b'].map((each) => parseRelativePath(each));
  const given = { include: globs('--include', ['*', '.', '*/c']), exclude: globs('--exclude', ['a', '?', 'tank/a']) };
  t.strictSame(
    idlePatterns({ ...given, depth: undefined }, source, paths).map((warning) => warning.split(' matches')[0]),
    ['--include "*/c"', '--exclude "tank/a"'],
    'each pattern for itself, whatever another one matches',
  );
  const path = parseRelativePath('/a');
  t.equal(whyLeftOut(SELECT_ALL, path, { zfsyncSend: 'false' }), 'zfsync:send=false');
  for (const zfsyncSend of ['true', undefined, 'no']) t.equal(whyLeftOut(SELECT_ALL, path, { zfsyncSend }), undefined);
  t.match(oddSendProperty(entry('tank/a', { zfsyncSend: 'no' })), /^tank\/a: zfsync:send is "no", which is neither/);
  for (const zfsyncSend of ['true', 'false', undefined])
    t.equal(oddSendProperty(entry('tank', { zfsyncSend })), undefined);
});

t.test('snapshots by name and age', async (t) => {
  const now = Date.parse('2026-06-01T00:00:00Z');
  const aged = (name: string, seconds: number): Snapshot => ({
    kind: 'snapshot',
    name: parseVersionName(name),
    guid: 1n,
    createtxg: 1n,
    creation: BigInt(now / 1000 - seconds),
  });
  const is = (change: Partial<typeof ALL_SNAPSHOTS>, one: Snapshot) =>
    isMeantSnapshot({ ...ALL_SNAPSHOTS, ...change }, one, now);
  t.equal(is({}, aged('a', 5)), true);
  t.same(
    [59, 60, 61].map((age) => is({ newerThanMs: 60_000 }, aged('a', age))),
    [true, false, false],
  );
  t.same(
    [59, 60, 61].map((age) => is({ olderThanMs: 60_000 }, aged('a', age))),
    [false, true, true],
  );
  const include = globMatcher('--x', ['daily-*']);
  t.same(
    ['daily-1', 'hourly-1'].map((name) => is({ include }, aged(name, 1))),
    [true, false],
  );
  t.same(
    ['daily-1', 'hourly-1'].map((name) => is({ exclude: include }, aged(name, 1))),
    [false, true],
  );
  t.equal(is({ include, exclude: globMatcher('--x', ['*-1']) }, aged('daily-1', 1)), false, 'exclude wins');
});

t.test('the flags', async (t) => {
  const all = snapshotConfig({});
  t.match(all, {
    snapshot: undefined,
    snapshotOnly: false,
    keep: undefined,
    selection: SELECT_ALL,
    filter: ALL_SNAPSHOTS,
  });
  const often = snapshotConfig({ snapshot: true, minInterval: '15m', skipUnchanged: true });
  t.match(often.snapshot, { minIntervalMs: 900_000, skipUnchanged: true });
  const none = snapshotConfig({ snapshot: false, minInterval: '1h' });
  t.equal(none.snapshot, undefined, 'what a file says beside --no-snapshot does no harm');
  t.match(snapshotConfig({ snapshotOnly: true }), { snapshotOnly: true, snapshot: { skipUnchanged: false } });
  const counted = snapshotConfig({ snapshot: true, keepHourly: '24', keepDaily: '7' });
  t.same(
    [...(counted.keep?.policy.classes ?? [])],
    [
      ['daily', 7],
      ['hourly', 24],
    ],
  );
  t.same([...(counted.snapshot?.classes ?? [])], ['daily', 'hourly'], 'the class is one of those that are counted');
  t.equal(snapshotConfig({ keep: '7d', keepNames: ['a*', 'b*'] }).keep?.names?.('bx'), 'b*');
  t.equal(snapshotConfig({ exclude: ['a', 'b/*'] }).selection.exclude?.('b/c'), 'b/*');
  const young = snapshotConfig({ snapshotsNewerThan: '30d', depth: '0' });
  t.match(young, { filter: { newerThanMs: 30 * DAY_MS }, selection: { depth: 0 } });
  const wrong: [RegExp, SnapshotFlags][] = [
    [/--min-interval goes with --snapshot/, { minInterval: '1h' }],
    [/--skip-unchanged goes with --snapshot/, { skipUnchanged: true }],
    [/--snapshot-only and --no-snapshot leave nothing/, { snapshotOnly: true, snapshot: false }],
    [/--keep-names goes with --keep/, { keepNames: ['a'], keepDaily: '1' }],
    [/--keep-daily goes by the class.*has no <class>/, { keepDaily: '1', snapshotName: 'a%Y%m%d%H%M%S' }],
    [/--keep-daily takes a whole number/, { keepDaily: 'x' }],
    [/--keep takes counts/, { keep: 'all' }],
    [/every count of .* is 0: only the newest snapshot would stay/, { keep: '0h,0d' }],
    [/every count of .* is 0/, { keep: '0h', keepDaily: '0' }],
    [/--depth takes a whole number/, { depth: '-1' }],
    [/--include-snapshots is about the names behind the @/, { includeSnapshots: ['tank@a'] }],
    [/--snapshots-older-than takes a time/, { snapshotsOlderThan: 'yesterday' }],
    [/--exclude "\{a,b\}"/, { exclude: ['{a,b}'] }],
    [/--min-interval takes a time/, { snapshot: true, minInterval: '1' }],
    [/template of snapshot names/, { snapshotName: 'x%Q' }],
  ];
  for (const [message, flags] of wrong) t.throws(() => snapshotConfig(flags), { name: 'ConfigError', message });
});
