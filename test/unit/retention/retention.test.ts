/** Which snapshots are kept: properties of the function, and tables where a person can see what is right. */
import assert from 'node:assert/strict';
import {
  CLASSES,
  classOf,
  DEFAULT_TEMPLATE,
  type DatedSnapshot,
  globMatcher,
  inOrder,
  type KeepPolicy,
  parsePeriods,
  periodOf,
  retain,
  type SnapshotClass,
  SnapshotTemplate,
} from '@zfsync/retention';
import { parseVersionName } from '@zfsync/zfs';
import fc from 'fast-check';
import t, { type Test } from 'tap';

const DAY_MS = 86_400_000;
const NO_CLASSES: KeepPolicy['classes'] = new Map();
const template = new SnapshotTemplate(DEFAULT_TEMPLATE);
const at = (text: string) => new Date(text);

function snapshot(time: Date, createtxg: number, kind?: SnapshotClass): DatedSnapshot {
  return { name: parseVersionName(`s${createtxg}`), time, class: kind, createtxg: BigInt(createtxg) };
}
const names = (snapshots: Iterable<DatedSnapshot>) => [...snapshots].map(({ name }) => name).sort();

/** Around leap days, a change of the year, and the hours at which clocks are put back and forward. */
const anchors = ['2024-02-28', '2023-12-30', '2026-03-28T23:00', '2025-10-25T22:00', '2000-02-28', '1999-12-31'];
const times = fc
  .tuple(fc.constantFrom(...anchors), fc.nat({ max: 400 * DAY_MS }), fc.constantFrom(1, 1000, 3_600_000, DAY_MS))
  .map(([anchor, ms, unit]) => new Date(Date.parse(`${anchor.padEnd(16, 'T00:00')}Z`) + Math.floor(ms / unit) * unit));
const kinds = fc.constantFrom(...CLASSES);
const snapshots = fc
  .array(fc.tuple(times, fc.option(kinds, { nil: undefined })), { maxLength: 60 })
  .map((all) => all.map(([time, kind], index) => snapshot(time, index + 1, kind)));
const counts = fc.array(fc.tuple(kinds, fc.nat({ max: 8 })), { maxLength: 4 }).map((all) => new Map(all));
const policies: fc.Arbitrary<KeepPolicy> = fc.record({ periods: counts, classes: counts });

/** The rule once more, as a person would check it: from each snapshot, and not from the list. */
function stays(one: DatedSnapshot, all: readonly DatedSnapshot[], { periods, classes }: KeepPolicy): boolean {
  const isNewer = (other: DatedSnapshot) =>
    other.time > one.time || (other.time.getTime() === one.time.getTime() && other.createtxg > one.createtxg);
  const newer = all.filter(isNewer);
  if (newer.length === 0) return true;
  const subject = periods.size > 0 || (one.class !== undefined && classes.has(one.class));
  if (!subject) return true;
  for (const [kind, wanted] of periods) {
    const periodsAfter = new Set(newer.map(({ time }) => periodOf(kind, time)));
    if (!periodsAfter.has(periodOf(kind, one.time)) && periodsAfter.size < wanted) return true;
  }
  const wanted = one.class === undefined ? 0 : (classes.get(one.class) ?? 0);
  return newer.filter((other) => other.class === one.class).length < wanted;
}

/** Where clocks change by an hour, by half an hour, and where a day was left out. */
const ZONES = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/St_Johns'];

/** In each zone; `work` gets its name. */
function inZones(t: Test, work: (zone: string) => void): void {
  const before = process.env['TZ'];
  t.teardown(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
  const offsets = new Set<number>();
  for (const zone of ZONES) {
    process.env['TZ'] = zone;
    offsets.add(at('2026-01-01T00:00:00Z').getTimezoneOffset());
    work(zone);
  }
  t.equal(offsets.size, ZONES.length, 'the zones were in force');
}

t.test('retain: what must stay stays, and nothing else', async (t) => {
  const holds = (all: readonly DatedSnapshot[], policy: KeepPolicy) => {
    const { keep, prune } = retain(all, policy);
    assert.deepEqual(names(keep.keys()), names(all.filter((one) => stays(one, all, policy))));
    assert.equal(keep.size + prune.length, all.length);
    assert.deepEqual(retain([...keep.keys()], policy).prune, [], 'idempotent');
    assert.ok([...keep.values()].every((reasons) => reasons.length > 0));
  };
  fc.assert(fc.property(snapshots, policies, holds), { numRuns: 500 });
  t.pass('by the rule');
});

t.test('retain: the same whatever the order', async (t) => {
  const ranked = fc.array(fc.tuple(times, fc.option(kinds, { nil: undefined }), fc.nat()), { maxLength: 40 });
  const holds = (all: readonly [Date, SnapshotClass | undefined, number][], policy: KeepPolicy) => {
    const ordered = all.map(([time, kind, rank], index) => ({ rank, one: snapshot(time, index + 1, kind) }));
    const shuffled = [...ordered].sort((a, b) => a.rank - b.rank);
    const pruned = (list: typeof ordered) =>
      names(
        retain(
          list.map(({ one }) => one),
          policy,
        ).prune,
      );
    assert.deepEqual(pruned(shuffled), pruned(ordered));
  };
  fc.assert(fc.property(ranked, policies, holds), { numRuns: 200 });
  t.pass('any order');
});

t.test('retain: a newer one brings nothing back that was to be pruned', async (t) => {
  const holds = (all: readonly DatedSnapshot[], policy: KeepPolicy, later: number, kind: SnapshotClass) => {
    const newest = all.reduce((max, { time }) => Math.max(max, time.getTime()), Date.parse('2020-01-01'));
    const added = snapshot(new Date(newest + later), 1000, kind);
    const after = new Set(retain([...all, added], policy).prune);
    assert.ok(!after.has(added), 'the newest stays');
    for (const one of retain(all, policy).prune) assert.ok(after.has(one), one.name);
  };
  fc.assert(fc.property(snapshots, policies, fc.nat({ max: 40 * DAY_MS }), kinds, holds), { numRuns: 200 });
  t.pass('any newer one');
});

t.test('retain: two years of hours by 24h,7d,4w,12m,2y', async (t) => {
  const first = Date.parse('2023-03-01T00:30:00Z');
  const all = Array.from({ length: 731 * 24 }, (_, hour) => snapshot(new Date(first + hour * 3_600_000), hour + 1));
  const hours = Array.from({ length: 24 }, (_, hour) => `2025-02-28T${String(hour).padStart(2, '0')}`);
  const days = ['2025-02-22', '2025-02-23', '2025-02-24', '2025-02-25', '2025-02-26', '2025-02-27'];
  const sundays = ['2025-02-09', '2025-02-16', '2025-02-23'];
  const months = ['2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30', '2024-07-31', '2024-08-31'];
  const more = ['2024-09-30', '2024-10-31', '2024-11-30', '2024-12-31', '2025-01-31'];
  const ends = [...days, ...sundays, ...months, ...more].map((day) => `${day}T23`);
  const expected = [...new Set([...hours, ...ends])].sort();
  inZones(t, (zone) => {
    const { keep } = retain(all, { periods: parsePeriods('--keep', '24h,7d,4w,12m,2y'), classes: NO_CLASSES });
    t.same([...keep.keys()].map(({ time }) => time.toISOString().slice(0, 13)).sort(), expected, zone);
  });
});

t.test('retain: zfsyncron’s counts, and what they do not speak of', async (t) => {
  const all = [
    snapshot(at('2026-01-01'), 1, 'daily'),
    snapshot(at('2026-01-01T01:00Z'), 2, 'hourly'),
    snapshot(at('2026-01-01T02:00Z'), 3, 'hourly'),
    snapshot(at('2026-01-01T02:01Z'), 4, 'minutely'),
    snapshot(at('2026-01-02'), 5, 'daily'),
    snapshot(at('2026-01-02T00:01Z'), 6),
    snapshot(at('2026-01-03'), 7, 'yearly'),
  ];
  const pruned = (periods: string, classes: [SnapshotClass, number][]) =>
    names(
      retain(all, { periods: periods === '' ? new Map() : parsePeriods('--keep', periods), classes: new Map(classes) })
        .prune,
    ).join(' ');
  t.equal(pruned('', []), '', 'no rule: everything stays');
  t.equal(
    pruned('', [
      ['hourly', 1],
      ['daily', 1],
    ]),
    's1 s2',
    'of other classes and of none nothing',
  );
  t.equal(pruned('', [['yearly', 0]]), '', 'the newest stays whatever is asked');
  t.equal(pruned('0d', []), 's1 s2 s3 s4 s5 s6');
  t.equal(pruned('1d', [['hourly', 1]]), 's1 s2 s4 s5 s6');
  t.equal(pruned('2d', []), 's1 s2 s3 s4 s5', 'the newest of each day');
});

t.test('inOrder: dates in names push nothing out', async (t) => {
  const now = at('2026-06-01T12:00Z');
  const old = ['2026-05-29', '2026-05-30', '2026-05-31'].map((day, index) => snapshot(at(day), index + 1));
  const forged = ['2026-06-01T12:11Z', '2030-01-01', '2026-05-30', '1999-01-01'];
  const all = [
    ...old,
    ...forged.map((time, index) => snapshot(at(time), index + 10)),
    snapshot(at('2026-06-01T12:05Z'), 20),
  ];
  const { ordered, doubtful } = inOrder(all, now);
  t.same(names(doubtful), ['s10', 's11', 's12', 's13']);
  t.same(
    ordered.map(({ name }) => name),
    ['s1', 's2', 's3', 's20'],
    'oldest first',
  );
  const holds = (some: readonly DatedSnapshot[], ms: number) => {
    const clock = new Date(Date.parse('2024-06-01') + ms);
    const result = inOrder(some, clock);
    assert.equal(result.ordered.length + result.doubtful.length, some.length);
    const dates = result.ordered.map(({ time }) => time.getTime());
    assert.deepEqual(
      dates,
      [...dates].sort((a, b) => a - b),
      'never back',
    );
    assert.ok(
      dates.every((time) => time <= clock.getTime() + 600_000),
      'never ahead',
    );
    // What comes later cannot make what was there before doubtful.
    const earlier = inOrder(some.slice(0, -1), clock);
    assert.deepEqual(
      result.ordered.filter((one) => one !== some.at(-1)),
      earlier.ordered,
    );
  };
  fc.assert(fc.property(snapshots, fc.nat({ max: 900 * DAY_MS }), holds), { numRuns: 200 });
});

t.test('classOf: the longest period that has begun', async (t) => {
  const table: [previous: string | undefined, now: string, kind: SnapshotClass, among?: SnapshotClass[]][] = [
    [undefined, '2026-05-20T10:00:00Z', 'yearly'],
    ['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z', 'yearly'],
    ['2026-01-31T23:59:59Z', '2026-02-01T00:00:00Z', 'monthly'],
    ['2024-02-29T23:59:59Z', '2024-03-01T00:00:00Z', 'monthly'],
    ['2026-05-17T23:59:59Z', '2026-05-18T00:00:00Z', 'weekly'],
    ['2026-05-18T23:59:59Z', '2026-05-19T00:00:00Z', 'daily'],
    ['2026-05-19T10:59:59Z', '2026-05-19T11:00:00Z', 'hourly'],
    ['2026-05-19T10:00:59Z', '2026-05-19T10:01:00Z', 'minutely'],
    ['2026-05-19T10:00:58Z', '2026-05-19T10:00:59Z', 'secondly'],
    ['2026-05-19T10:00:59Z', '2026-05-19T10:00:59Z', 'secondly'],
    ['2025-01-01T00:00:00Z', '2026-05-19T10:00:59Z', 'daily', ['daily', 'hourly']],
    ['2026-05-19T10:00:00Z', '2026-05-19T10:00:59Z', 'hourly', ['daily', 'hourly']],
    // The clock was put back: another day is another day.
    ['2026-05-20T10:00:00Z', '2026-05-19T10:00:00Z', 'daily'],
  ];
  inZones(t, (zone) => {
    for (const [previous, now, kind, among = CLASSES] of table) {
      const before = previous === undefined ? undefined : at(previous);
      t.equal(classOf(at(now), before, new Set(among)), kind, `${String(previous)} → ${now} in ${zone}`);
    }
  });
  t.throws(() => classOf(at('2026-01-01'), undefined, new Set()), RangeError);
  // A change of a longer period is one of all shorter ones, but for weeks, which end where they want.
  const holds = (a: Date, b: Date) => {
    const nested = CLASSES.filter((kind) => kind !== 'weekly').map((kind) => periodOf(kind, a) !== periodOf(kind, b));
    assert.ok(nested.every((changed, index) => !changed || nested.slice(index).every(Boolean)));
    if (a < b) for (const kind of CLASSES) assert.ok(periodOf(kind, a) <= periodOf(kind, b), kind);
  };
  fc.assert(fc.property(times, times, holds), { numRuns: 300 });
});

t.test('templates: what is written is read again', async (t) => {
  const texts = [DEFAULT_TEMPLATE, 'auto-%Y.%m.%d_%H:%M:%S', 'a<class>%S%M%H%d%m%Y', 'x_<class>.%Y-%m-%dT%H-%M-%S z'];
  const years = fc.date({ min: at('1970-01-01'), max: at('9999-12-31T23:59:59Z'), noInvalidDate: true });
  for (const text of texts) {
    const made = new SnapshotTemplate(text);
    const holds = (time: Date, kind: SnapshotClass) => {
      const parsed = made.parse(made.format(time, kind));
      assert.equal(parsed?.time.getTime(), Math.floor(time.getTime() / 1000) * 1000);
      assert.equal(parsed.class, made.hasClass ? kind : undefined);
    };
    fc.assert(fc.property(years, kinds, holds));
    t.pass(text);
  }
  t.equal(template.format(at('2024-02-29T23:59:59.999Z'), 'weekly'), 'zfsync_20240229-235959Z_weekly');
});

t.test('templates: garbage is of somebody else', async (t) => {
  const good = 'zfsync_20240229-235959Z_daily';
  t.ok(template.parse(good));
  const bad = ['zfsync_20230229-235959Z_daily', 'zfsync_20240431-000000Z_daily', 'zfsync_20240101-240000Z_daily'];
  const more = ['zfsync_20240101-006000Z_daily', 'zfsync_20240101-000060Z_daily', 'zfsync_20240001-000000Z_daily'];
  const others = [`${good}x`, `x${good}`, good.toUpperCase(), `${good}\n`, '', 'zfsync_20240229-235959Z_fortnightly'];
  for (const name of [...bad, ...more, ...others]) t.equal(template.parse(name), undefined, JSON.stringify(name));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^zfsync_\d{8}-\d{6}Z_[a-z]{5,8}$/)), (name) => {
      const parsed = template.parse(name);
      if (parsed !== undefined) assert.equal(template.format(parsed.time, parsed.class ?? 'daily'), name);
    }),
  );
  // Its dot is a dot.
  t.equal(new SnapshotTemplate('a.%Y%m%d%H%M%S').parse('ab20240101000000'), undefined);
});

t.test('templates that cannot be say what is wrong', async (t) => {
  const table: [string, RegExp][] = [
    ['z%Y%m%d', /each of %H %M %S once/],
    ['z%Y%m%d%H%M%S%S', /each of %S once/],
    ['z%Y%m%d%H%M%S%j', /has %j; it takes %Y/],
    ['z%Y%m%d%H%M%S<kind>', /has <kind>/],
    ['z%Y%m%d%H%M%S<class><class>', /<class> twice/],
    ['%Y%m%d%H%M%S', /must begin with a word/],
    ['z/%Y%m%d%H%M%S', /no snapshot can be called after the template "z\//],
    [`${'z'.repeat(250)}%Y%m%d%H%M%S`, /longer than 255 bytes/],
  ];
  for (const [text, message] of table)
    t.throws(() => new SnapshotTemplate(text), { name: 'ConfigError', message }, text);
});

t.test('lists of periods', async (t) => {
  t.same(
    [...parsePeriods('--keep', '12m,24h, 7d,4w')],
    [
      ['monthly', 12],
      ['weekly', 4],
      ['daily', 7],
      ['hourly', 24],
    ],
  );
  t.same(
    [...parsePeriods('--keep', '1s,2min,3y')],
    [
      ['yearly', 3],
      ['minutely', 2],
      ['secondly', 1],
    ],
  );
  for (const text of ['', '24', 'h', '24h,', '1.5h', '-1d', '100001d', '24H', '24h 7d']) {
    t.throws(() => parsePeriods('--keep', text), { name: 'ConfigError', message: /^--keep takes counts with/ }, text);
  }
  t.throws(() => parsePeriods('--keep', '1d,2d'), /d is given twice/);
});

t.test('globs', async (t) => {
  const table: [pattern: string, matches: string, not: string][] = [
    ['a', 'a', 'b A a/b aa .'],
    ['*', 'a .a ..a a:b -', 'a/b .'],
    ['a*', 'a ab a.b', 'ba a/b'],
    ['a?', 'ab a.', 'a abc'],
    ['?', 'a -', 'ab .'],
    ['**', 'a a/b .a/.b', '.'],
    ['a/**', 'a/b a/b/c', 'a ab'],
    ['**/b', 'b a/b a/c/b', 'a/bb'],
    ['a/**/b', 'a/b a/x/b a/x/y/b', 'a/xb'],
    ['*/b', 'a/b', 'b a/c/b'],
    ['vm-[0-9]', 'vm-1', 'vm-a vm-10'],
    ['[!ab]', 'c !', 'a b'],
    ['[^ab]x', 'cx', 'ax /x'],
    ['a.b', 'a.b', 'axb'],
    ['.', '.', 'a b'],
  ];
  for (const [pattern, matches, not] of table) {
    const matcher = globMatcher('--x', [pattern]);
    for (const text of matches.split(' ')) t.equal(matcher(text), pattern, `${pattern} matches ${text}`);
    for (const text of not.split(' ')) t.equal(matcher(text), undefined, `${pattern} does not match ${text}`);
  }
  t.equal(globMatcher('--x', ['a', 'b*'])('bc'), 'b*', 'it says which');
  t.equal(globMatcher('--x', ['a b'])('a b'), 'a b');
  const bad = [
    '',
    '{a,b}',
    '!a',
    '@(a|b)',
    'a\\*',
    'a//b',
    '/a',
    'a/',
    'a**',
    '**a/b',
    '***',
    '[a',
    'a]',
    '[]',
    '[z-a]',
    '[a/b]',
    'a!',
    'ä',
    'a\n',
  ];
  for (const pattern of bad) {
    t.throws(
      () => globMatcher('--x', ['a', pattern]),
      { name: 'ConfigError', message: /^--x "/ },
      JSON.stringify(pattern),
    );
  }
  const part = fc.stringMatching(/^[a-z0-9._: -]{1,6}$/).filter((text) => text !== '.' && text !== '..');
  const literal = (parts: string[]) => {
    const path = parts.join('/');
    assert.equal(globMatcher('--x', [path])(path), path, 'a name matches itself');
    assert.equal(globMatcher('--x', ['**'])(path), '**');
    assert.equal(globMatcher('--x', [`${'*/'.repeat(parts.length - 1)}*`])(path) !== undefined, true);
  };
  fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), literal));
});
