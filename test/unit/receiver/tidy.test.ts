/** What may go of a target, and what was renamed: pure. */
import type { DatasetDecision, OfferedDataset } from '@zfsync/protocol';
import {
  destroyOrder,
  findRenames,
  isKnownSource,
  prunable,
  refusedDataset,
  type RenameSituation,
  retentionOf,
  type KeepSettings,
  type TidySituation,
  vanishedSnapshots,
  vanishings,
} from '@zfsync/receiver';
import { type DatasetEntry, type DatasetState, parseRelativePath } from '@zfsync/zfs';
import t from 'tap';
import { entry, guidOf, offered, state } from '../../kit/situation.ts';

const p = parseRelativePath;
const DAY_MS = 86_400_000;
const NOW = new Date(Date.UTC(2026, 10, 21, 12));
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

function stamp(date: Date): string {
  return date.toISOString().replaceAll(/[-:]/g, '').slice(0, 15).replace('T', '-');
}

/** So many days ago, as a sender calls it. */
function daily(days: number, kind = 'daily'): string {
  return `zfsync_${stamp(ago(days))}Z_${kind}`;
}

/** Datasets of the target by path, with snapshots as drawn by `state`. */
function target(drawn: Record<string, string>, change: Record<string, Partial<DatasetEntry>> = {}) {
  return new Map(
    Object.entries(drawn).map(([path, text]) => [
      p(path),
      state(`backup/r${path}`, text, { zfsyncStream: 'Lc', ...change[path] }),
    ]),
  );
}

function source(drawn: Record<string, string>): Map<OfferedDataset['path'], OfferedDataset> {
  return new Map(Object.entries(drawn).map(([path, text]) => [p(path), offered(path, text)]));
}

function decided(path: string, decision: DatasetDecision['decision']): [ReturnType<typeof p>, DatasetDecision] {
  return [p(path), { ...refusedDataset(p(path), '', 'never', ''), decision }];
}

function situation(change: Partial<TidySituation>): TidySituation {
  const none = new Set<never>();
  const decisions = new Map(
    [...(change.offered ?? [])].map(([path]) => decided(path, { kind: 'up-to-date', newest: 1n })),
  );
  return {
    ...{ now: NOW, inPlace: new Map(), origins: none, offered: new Map(), leftOut: none, decisions },
    ...{ arrived: none, failed: none, awaitingRename: none, isKnownSource: true },
    ...change,
  };
}

const keep = (change: Partial<KeepSettings>) =>
  retentionOf({ list: '', classes: {}, names: [], template: 'zfsync_%Y%m%d-%H%M%SZ_<class>', ...change });

t.test('retention on the target', async (t) => {
  const two = keep({ list: '2d' });
  const names = [5, 4, 3, 2, 1].map((days) => daily(days));
  const all = names.join(' ');
  const of = (change: Partial<TidySituation>) => prunable(situation(change), p('/a'), two);
  t.same(of({ inPlace: target({ '/a': all }) }), names.slice(0, 3), 'not offered');
  const offeredA = source({ '/a': all });
  t.same(of({ inPlace: target({ '/a': all }), offered: offeredA }), names.slice(0, 3));
  t.same(
    of({ inPlace: target({ '/a': `${all} x` }), offered: source({ '/a': daily(5) }) }),
    names.slice(1, 3),
    'newest common',
  );
  t.same(of({ inPlace: target({ '/a': all }), offered: source({ '/a': 'x' }) }), [], 'nothing in common: all of it');
  t.same(of({ inPlace: target({ '/a': all.replace(daily(5), `${daily(5)}!`) }) }), names.slice(1, 3), 'held');
  t.same(
    of({ inPlace: target({ '/a': all }), origins: new Set([`backup/r/a@${daily(4)}`]) }),
    [names[0], names[2]],
    'a clone',
  );
  t.same(of({ inPlace: target({ '/a': all }, { '/a': { zfsyncStream: undefined } }) }), [], 'not received by zfsync');
  t.same(of({ inPlace: target({ '/a': all }), failed: new Set([p('/a')]) }), [], 'a stream failed');
  t.same(of({ inPlace: target({ '/a': all }), awaitingRename: new Set([p('')]) }), [], 'is to be renamed');
  const refused = new Map([[p('/a'), refusedDataset(p('/a'), 'X', 'never', '')]]);
  t.same(of({ inPlace: target({ '/a': all }), offered: offeredA, decisions: refused }), [], 'refused');
  const conflict = new Map([
    decided('/a', { kind: 'conflict', conflict: 'target-diverged', message: '', targetVersions: [] }),
  ]);
  t.same(of({ inPlace: target({ '/a': all }), offered: offeredA, decisions: conflict }), [], 'in conflict');
  const [, , third = ''] = names;
  const cursor = `#zfsync_${'a'.repeat(16)}_${'0'.repeat(16)}`;
  const withMark = (mark: string) => target({ '/a': all.replace(third, `${mark} ${third}`) });
  const situationOf = (mark: string) => ({ inPlace: withMark(mark), offered: offeredA });
  t.same(of(situationOf(cursor)), names.slice(0, 2), 'a further target has not got it yet');
  t.same(of(situationOf('#zfsync_mine')), names.slice(0, 3), 'another bookmark');
  const twice = target({ '/a': all.replace(third, `${cursor} ${third} ${cursor.replace(/0$/, '1')}`) });
  t.same(of({ inPlace: twice, offered: offeredA }), names.slice(0, 2), 'the older cursor counts');
  const aside = p('/a.diverged-20261121T000000Z');
  t.same(prunable(situation({ inPlace: target({ [aside]: all }) }), aside, two), [], 'set aside');
  t.same(prunable(situation({}), p('/a'), two), [], 'not there');
  const nested = target({ '/a': all, '/a/b': all }, { '/a': { isSessionRoot: true } });
  t.same(prunable(situation({ inPlace: nested }), p('/a/b'), two), [], 'of another session');
  const own = target({ '': all }, { '': { isSessionRoot: true } });
  t.same(prunable(situation({ inPlace: own }), p(''), two), names.slice(0, 3), 'of this one');
});

t.test('a sender cannot push out old snapshots by what it calls new ones', async (t) => {
  const week = [7, 6, 5, 4, 3].map((days) => daily(days));
  const of = (more: string[], policy = keep({ list: '5d' })) =>
    prunable(situation({ inPlace: target({ '/a': [...week, ...more].join(' ') }) }), p('/a'), policy);
  t.same(of([]), []);
  t.same(of([-400, -300, -200, -100].map((days) => daily(days))), [], 'from the future');
  t.same(of([30, 20, 15].map((days) => daily(days))), [], 'older than what came before them');
  t.same(of([daily(2.1), daily(2.05), daily(2)]), [week[0], daily(2.1), daily(2.05)], 'three of one day are one');
  const classes = keep({ classes: { daily: 5 } });
  t.same(
    of([daily(2.1), daily(2.05), daily(2)], classes),
    [week[0], daily(2.1), daily(2.05)],
    'counts of classes, too',
  );
  t.same(of([daily(2, 'hourly')], classes), [], 'another class is not spoken of');
  t.same(of([daily(1)], keep({ classes: { daily: 0 } })), week, 'none but the newest');
  const named = keep({ list: '1d', names: ['auto-*'] });
  const autos = target({ '/a': 'auto-1 auto-2 mine auto-3' });
  t.same(prunable(situation({ inPlace: autos }), p('/a'), named), ['auto-1', 'auto-2'], 'by the time of their making');
  const days = keep({ list: '5d', names: ['auto-*'] });
  const both = target({ '/a': 'auto-1 auto-2 auto-3 auto-4' });
  const [autosOnly] = both.values();
  const made = (autosOnly?.versions ?? []).map((one, at) => ({
    ...one,
    creation: BigInt(Math.floor(ago(5 - at).getTime() / 1000)),
  }));
  const mixed = state('backup/r/a', [5, 4, 3, 2, 1].map((age) => daily(age - 0.1)).join(' '), { zfsyncStream: 'Lc' });
  const later = mixed.versions.map((one) => ({ ...one, createtxg: one.createtxg + 100n }));
  const mixedIn = new Map([[p('/a'), { ...mixed, versions: [...made, ...later] }]]);
  t.same(
    prunable(situation({ inPlace: mixedIn }), p('/a'), days),
    [],
    'what is called so pushes out nothing of others',
  );
});

t.test('snapshots that the source has no more', async (t) => {
  const of = (drawn: string, at: string, change: Partial<TidySituation> = {}, retention = undefined as never) =>
    vanishedSnapshots(
      situation({ inPlace: target({ '/a': drawn }), offered: source({ '/a': at }), ...change }),
      p('/a'),
      retention,
    );
  t.same(of('a b c', 'c'), ['a', 'b']);
  t.same(of('a b c', '#a c'), ['b'], 'known as a bookmark: a cursor, or filtered out');
  t.same(
    of('a b c', '', { offered: source({ '/a': 'c', '/clone': 'a d' }) }),
    ['b'],
    'promoted: of another dataset now',
  );
  const others = target({ '/a': 'a b c' }, { '/a': { isSessionRoot: true } });
  t.same(of('', 'c', { inPlace: others }), [], 'of another session');
  t.same(of('a! b c', 'c'), ['b'], 'held');
  t.same(of(`a #zfsync_${'a'.repeat(16)}_${'0'.repeat(16)} b c`, 'c'), ['a'], 'a further target needs it');
  t.same(of('a b c', 'x'), [], 'nothing in common');
  t.same(of('a b c', 'a'), [], 'what is newer than the common one is the target’s own');
  t.same(of('a b c', 'c', { failed: new Set([p('/a')]) }), []);
  const incremental = new Map([
    decided('/a', { kind: 'incremental', from: 1n, to: 2n, rollback: false, targetWritten: 0n }),
  ]);
  t.same(of('a b c', 'c d', { decisions: incremental }), [], 'its stream has not arrived');
  t.same(of('a b c', 'c d', { decisions: incremental, arrived: new Set([p('/a')]) }), ['a', 'b']);
  const retention = keep({ list: '9d' });
  t.same(of(`a ${daily(2)} c`, 'c', {}, retention as never), ['a'], 'retention alone decides on its own');
});

t.test('datasets that the source has no more', async (t) => {
  const mark = (days: number, newest = 'a') => ({
    zfsyncVanished: `${ago(days).toISOString()} ${newest === '' ? '-' : guidOf(newest)}`,
  });
  const of = (
    inPlace: TidySituation['inPlace'],
    at: Record<string, string>,
    change: Partial<TidySituation> & { destroys?: boolean; days?: number } = {},
  ) =>
    vanishings(
      situation({ inPlace, offered: source(at), ...change }),
      (change.days ?? 3) * DAY_MS,
      change.destroys ?? false,
    ).map(({ path, action }) => `${path} ${action}`);
  const tree = (change: Record<string, Partial<DatasetEntry>> = {}) =>
    target({ '': 'a', '/a': 'a', '/a/b': 'a', '/c': 'a' }, change);
  const at = { '': 'a', '/c': 'a' };
  t.same(of(tree(), at), ['/a mark', '/a/b mark']);
  t.same(of(tree(), at, { days: 0 }), ['/a mark', '/a/b mark'], 'never in the run that finds it');
  t.same(of(tree({ '/a': mark(2), '/a/b': mark(2) }), at), ['/a wait', '/a/b wait']);
  t.same(of(tree({ '/a': mark(4), '/a/b': mark(4) }), at), ['/a remove'], 'with what is below it');
  t.same(of(tree({ '/a': mark(4), '/a/b': mark(2) }), at), ['/a wait', '/a/b wait'], 'not before all of it is due');
  t.same(of(tree({ '/a': mark(-4) }), at), ['/a mark', '/a/b mark'], 'a mark of the future is none');
  const since = { zfsyncVanished: ago(4).toISOString() };
  t.same(of(tree({ '/a': mark(4, 'x'), '/a/b': since }), at), ['/a mark', '/a/b mark'], 'it has got a snapshot since');
  t.same(of(tree(), { ...at, '/a/b': 'a' }), [], 'what has something below it at the source is there');
  t.same(of(tree(), at, { leftOut: new Set([p('/a')]) }), ['/a/b mark'], 'left out is there, for itself alone');
  t.same(of(tree(), at, { awaitingRename: new Set([p('/a')]) }), []);
  const foreign = { '/a': mark(4), '/a/b': { zfsyncStream: undefined } };
  t.same(of(tree(foreign), at), ['/a hindered']);
  t.same(of(tree({ '/a': mark(4), '/a/b': { ...mark(4), zfsyncStream: undefined, placeholder: true } }), at), [
    '/a remove',
  ]);
  const former = (change: Record<string, Partial<DatasetEntry>>) =>
    target({ '': 'a', '/a': 'a', '/a/b.diverged-20261121T000000Z': 'a', '/c': 'a' }, change);
  t.same(of(former({ '/a': mark(4) }), at), ['/a remove'], 'what was set aside goes along');
  t.same(of(former({ '/a': mark(4) }), at, { destroys: true }), ['/a hindered'], 'and is not destroyed');
  const clone = tree({ '/a': mark(4), '/a/b': mark(4), '/c': { origin: 'backup/r/a/b@a' } });
  t.same(of(clone, at, { destroys: true, origins: new Set(['backup/r/a/b@a']) }), ['/a hindered', '/a/b hindered']);
  t.same(of(clone, at, { origins: new Set(['backup/r/a/b@a']) }), ['/a remove'], 'a rename does it no harm');
  const conflict = { kind: 'conflict', conflict: 'no-common-version', message: '', targetVersions: [] } as const;
  t.same(of(tree({ '/a': mark(4) }), at, { decisions: new Map([decided('', conflict)]) }), [], 'another source');
  t.same(of(target({ '': 'a' }), {}), [], 'the root never');
  const due = { '/a': mark(4), '/a/b': mark(4) };
  const refused = new Map([
    [p(''), refusedDataset(p(''), 'NO_SNAPSHOTS', 'operator', '')],
    decided('/c', { kind: 'up-to-date', newest: 1n }),
  ]);
  t.same(of(tree(due), { ...at, '': '' }, { decisions: refused }), [], 'made anew, without a snapshot');
  const placeholder = target({ '': '', '/a': 'a' }, { '': { placeholder: true }, '/a': mark(4) });
  t.same(of(placeholder, { '': '' }, { decisions: refused }), ['/a remove'], 'never had one');
  t.same(of(tree(due), at, { isKnownSource: false }), []);
  // The source has it under another path, where it has not arrived: something is in the way there, or it is not unique.
  const missing = (...kinds: DatasetDecision['decision']['kind'][]) =>
    new Map(
      kinds.map((kind, index) =>
        kind === 'conflict'
          ? decided(`/n${index}`, conflict)
          : decided(`/n${index}`, { kind: 'up-to-date', newest: 1n }),
      ),
    );
  const moved = target({ '': 'r', '/a': 'x a', '/a/b': 'b', '/c': 'c' }, { '/a': mark(4), '/a/b': mark(4, 'b') });
  const movedTo = { '': 'r', '/n0': 'a', '/c': 'c' };
  t.same(of(moved, movedTo, { decisions: missing('conflict') }), []);
  t.same(of(moved, movedTo, { decisions: missing('up-to-date') }), ['/a remove'], 'sent anew');
  t.same(
    of(moved, movedTo, { decisions: missing('conflict'), arrived: new Set([p('/n0')]) }),
    ['/a remove'],
    'so, too',
  );
  t.same(of(moved, { ...movedTo, '/n1': 'x' }, { decisions: missing('up-to-date', 'conflict') }), [], 'of both none');
});

t.test('what is another session’s has not vanished, and nothing above it is removed', async (t) => {
  const gone = { zfsyncVanished: `${ago(4).toISOString()} ${guidOf('a')}` };
  const of = (drawn: Record<string, string>, change: Record<string, Partial<DatasetEntry>>, destroys: boolean) =>
    vanishings(situation({ inPlace: target(drawn, change), offered: source({ '': 'a' }) }), 0, destroys).map((one) =>
      one.action === 'hindered' ? `${one.path} ${one.why}` : `${one.path} ${one.action}`,
    );
  const root = { ...gone, isSessionRoot: true };
  t.same(of({ '': 'a', '/a': 'a', '/a/b': 'a' }, { '': root, '/a': root, '/a/b': gone }, true), []);
  for (const destroys of [true, false]) {
    const [line = '', ...more] = of({ '': 'a', '/a': 'a', '/a/b': 'a' }, { '/a': gone, '/a/b': root }, destroys);
    t.match(line, /^\/a backup\/r\/a\/b lies below it and is the target of another sender/);
    t.same(more, []);
  }
  const above = { ...gone, zfsyncStream: undefined, placeholder: true };
  t.same(of({ '': 'a', '/a': '', '/a/b': 'a' }, { '/a': above, '/a/b': root }, true), [], 'made for it');
});

t.test('whether the source is the one of before', async (t) => {
  const of = (inPlace: Record<string, string>, at: Record<string, string>, parked: Record<string, string> = {}) =>
    isKnownSource(source(at), [target(inPlace), target(parked)]);
  t.ok(of({ '': 'a', '/a': 'b' }, { '': 'a' }));
  t.ok(of({ '': 'a', '/a': 'b' }, { '/a': '#b' }), 'the root is left out');
  t.ok(of({ '': '', '/a': 'b' }, { '': '', '/a': 'b' }), 'the root never had a snapshot');
  t.ok(of({ '': '' }, { '': '', '/a': 'b' }, { '/a': 'b' }), 'parked');
  t.notOk(of({ '': 'a', '/a': 'b' }, { '': '', '/a': 'b' }), 'the root has none any more');
  t.notOk(of({ '': 'a', '/a': 'b' }, { '': 'x', '/a': 'b' }));
  t.notOk(of({ '': 'a', '/a': 'b' }, { '/a': 'x', '/b': 'b' }));
  t.notOk(of({ '/a': 'b' }, {}));
});

t.test('what is destroyed first', async (t) => {
  const one = (name: string, origin?: string): DatasetState => ({
    ...state(name, 'a'),
    entry: entry(name, { origin }),
  });
  const order = (...states: DatasetState[]) => destroyOrder(states).map((each) => each.entry.name);
  t.same(order(one('a'), one('a/b'), one('a/b/c')), ['a/b/c', 'a/b', 'a']);
  t.same(order(one('a'), one('a/b', 'a/c@a'), one('a/c')), ['a/b', 'a/c', 'a'], 'a clone before its origin');
  t.equal(order(one('a', 'b@a'), one('b', 'a@a')).length, 2);
});

t.test('renames', async (t) => {
  const of = (
    inPlace: RenameSituation['inPlace'],
    at: Record<string, string>,
    change: Partial<RenameSituation> = {},
  ): string[] => {
    const none = new Set<never>();
    const known = { inPlace, parked: new Map(), offered: source(at), leftOut: none, except: none, simulated: false };
    const { moves, hindered } = findRenames({ ...known, ...change });
    return [
      ...moves.map(({ from, to, original }) => `${from}>${to}${from === original ? '' : ` (${original})`}`),
      ...[...hindered].map(([path, { kind }]) => `${path} ${kind}`),
    ];
  };
  const tree = (change: Record<string, Partial<DatasetEntry>> = {}) =>
    target({ '': 'r', '/a': 'a', '/a/b': 'b', '/c': 'c' }, change);
  t.same(of(tree(), { '': 'r', '/a': 'a', '/a/b': 'b', '/c': 'c' }), []);
  t.same(of(tree(), { '': 'r', '/z': 'a a2', '/z/b': 'b', '/c': 'c' }), ['/a>/z'], 'children go along');
  t.same(
    of(tree(), { '': 'r', '/z': '#a a2', '/z/y': 'b', '/c': 'c' }),
    ['/a>/z', '/z/b>/z/y (/a/b)'],
    'a bookmark is as good',
  );
  t.same(of(tree(), { '': 'r', '/a': 'a', '/c': 'c', '/c/b': 'b' }), ['/a/b>/c/b']);
  t.same(
    of(tree(), { '': 'r', '/a': 'a', '/c': 'c', '/b': 'b' }, { leftOut: new Set([p('/a/b')]) }),
    [],
    'it is still there',
  );
  t.same(of(tree(), { '': 'r', '/a': 'a', '/a/b': 'b', '/c': 'c', '/d': 'c' }), [], 'a copy is no rename');
  t.same(of(tree({ '/c': { type: 'volume' } }), { '': 'r', '/d': 'c' }), []);
  t.same(of(tree({ '/c': { zfsyncStream: undefined } }), { '': 'r', '/d': 'c' }), []);
  t.same(of(target({ '': 'r', '/c.vanished-20261121T000000Z': 'c' }), { '': 'r', '/d': 'c' }), []);
  t.same(of(target({ '': 'r', '/c': 'c x' }), { '': 'r', '/d': 'c d' }), [], 'it has snapshots of its own');
  t.same(of(tree(), { '': 'r', '/d': 'c' }, { parked: new Map([[p('/d'), 1]]) }), [], 'parked already');
  t.same(of(tree(), { '': 'r', '/d': 'c' }, { except: new Set([p('/d')]) }), []);
  t.same(of(tree(), { '': 'r', '/d': 'c', '/e': 'c' }), ['/d ambiguous', '/e ambiguous']);
  t.same(of(target({ '': 'r', '/a': 'x', '/b': 'x' }), { '': 'r', '/d': 'x' }), ['/d ambiguous']);
  const none = new Set<never>();
  const rivals = { inPlace: tree(), parked: new Map(), offered: source({ '': 'r', '/d': 'c', '/e': 'c' }) };
  const { hindered } = findRenames({ ...rivals, leftOut: none, except: none, simulated: false });
  t.match(hindered.get(p('/d')), { others: ['/e'], originals: ['/c'] });
  t.same(of(tree(), { '': 'r', '/n': 'n', '/n/c': 'c' }), ['/n/c parent']);
  t.same(of(tree(), { '': 'r', '/n': 'n', '/n/c': 'c' }, { simulated: true }), ['/c>/n/c']);
  t.same(of(tree({ '/a/b': { zfsyncStream: undefined } }), { '': 'r', '/z': 'a' }), ['/z foreign']);
  t.same(of(tree({ '/a/b': { isSessionRoot: true } }), { '': 'r', '/z': 'a' }), ['/z foreign'], 'another session’s');
  t.same(of(tree({ '/a': { isSessionRoot: true } }), { '': 'r', '/y': 'a', '/z': 'b' }), [], 'nor what lies there');
  const taken = target({ '': 'r', '/a': 'a', '/c': 'c' }, { '/c': { isSessionRoot: true } });
  t.same(of(taken, { '': 'r', '/c': 'a', '/d': 'c' }), [], 'its place neither');
  // Chains, whichever comes first in the offer; rings stay.
  const three = target({ '': 'r', '/a': 'a', '/b': 'b', '/c': 'c' });
  t.same(of(three, { '': 'r', '/b': 'a', '/c': 'b', '/d': 'c' }), ['/c>/d', '/b>/c', '/a>/b']);
  t.same(of(three, { '': 'r', '/d': 'c', '/c': 'b', '/b': 'a' }), ['/c>/d', '/b>/c', '/a>/b']);
  t.same(of(three, { '': 'r', '/b': 'a', '/c': 'b', '/a': 'c' }), [], 'a ring');
  t.same(of(three, { '': 'r', '/b': 'a', '/c': 'c' }), [], 'the place of another that stays');
  t.same(of(three, { '': 'r', '/a': 'x', '/a/a': 'a', '/b': 'b', '/c': 'c' }), [], 'not into itself');
  t.same(of(target({}), { '': 'r' }), []);
  // Parents before children, the other way round in the tree.
  const upside = target({ '': 'r', '/a': 'a', '/a/b': 'b' });
  t.same(of(upside, { '': 'r', '/b': 'b', '/b/a': 'a' }), ['/a/b>/b', '/a>/b/a']);
});
