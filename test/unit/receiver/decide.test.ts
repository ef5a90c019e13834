import { decide, type TargetState } from '@zfsync/receiver';
import { parseDatasetName } from '@zfsync/zfs';
import t from 'tap';
import { guidOf, offered, state, versions } from '../../kit/situation.ts';

/** A decision as one line: `full a..c`, `incremental a..c`, `up-to-date c`, `conflict kind`, `refused CODE`. */
function drawn(decision: ReturnType<typeof decide>): string {
  const letter = (guid: bigint) => Buffer.from(guid.toString(16).padStart(2, '0'), 'hex').toString();
  switch (decision.kind) {
    case 'up-to-date':
      return `up-to-date ${letter(decision.newest)}`;
    case 'full':
      return `full ${letter(decision.oldest)}..${letter(decision.newest)}${decision.adopt ? ' adopt' : ''}`;
    case 'incremental':
      return `incremental ${letter(decision.from)}..${letter(decision.to)}${decision.rollback ? ' after rollback' : ''}`;
    case 'clone':
      return `clone ${letter(decision.from)}..${letter(decision.to)}`;
    case 'conflict':
      return `conflict ${decision.conflict}`;
    case 'refused':
      return `refused ${decision.failure.code}`;
    case 'resume':
      return `resume${decision.rollback ? ' after rollback' : ''}`;
  }
}

const absent: TargetState = {
  inPlace: undefined,
  parked: undefined,
  empty: false,
  endangered: [],
  verdict: undefined,
  giveUpChanges: false,
};
const here = (versions: string, change = {}): TargetState => ({
  ...absent,
  inPlace: state('backup/r', versions, change),
});

t.test('decisions by what both sides have', async (t) => {
  const table: [source: string, target: TargetState, expected: string][] = [
    ['', absent, 'refused NO_SNAPSHOTS'],
    ['#a', absent, 'refused NO_SNAPSHOTS'],
    ['a', absent, 'full a..a'],
    ['a b c', absent, 'full a..c'],
    ['a b c', here('a b c'), 'up-to-date c'],
    ['a b c', here('c'), 'up-to-date c'],
    ['a b c', here('a'), 'incremental a..c'],
    ['a b c', here('x a'), 'incremental a..c'],
    ['b c', here('a b'), 'incremental b..c'],
    ['#a b c', here('a'), 'incremental a..c'],
    ['a #b c', here('a b'), 'incremental b..c'],
    ['a b c', here('x'), 'conflict no-common-version'],
    // Same name, other snapshot: identity is the guid.
    ['a b', here('a~2'), 'conflict no-common-version'],
    ['a b', here('a b~2'), 'conflict target-diverged'],
    ['a b', here('a x'), 'conflict target-diverged'],
    ['a b c', here('a b c x'), 'conflict target-diverged'],
    ['a', here('a', { type: 'volume' }), 'conflict type-mismatch'],
    ['a', here('', { resumeToken: '1-abc' }), 'resume'],
    ['a b', here('a', { resumeToken: '1-abc' }), 'resume'],
    ['a b', here('x', { resumeToken: '1-abc' }), 'conflict no-common-version'],
    ['a b', here('a x', { resumeToken: '1-abc' }), 'conflict target-diverged'],
    ['a b', { ...absent, parked: state('backup/r.zfsyncbuffer/2F61', '', { resumeToken: '1-a' }) }, 'resume'],
    ['a b', here('a', { resumeToken: '1-abc', written: 5n }), 'conflict target-modified'],
    ['a b', { ...here('a', { resumeToken: '1-abc' }), verdict: 'target-modified' }, 'conflict target-modified'],
    ['a b', { ...here('a', { resumeToken: '1-abc', written: 5n }), giveUpChanges: true }, 'resume after rollback'],
    ['a', here('', { resumeToken: '1-abc', written: 5n }), 'resume'],
    ['', here('', { resumeToken: '1-abc' }), 'refused NO_SNAPSHOTS'],
    ['a', here('', { resumeToken: '1-abc', type: 'volume' }), 'conflict type-mismatch'],
    ['a b', { ...here('a'), verdict: 'target-modified' }, 'conflict target-modified'],
    ['a b', { ...here('a'), verdict: 'target-modified', giveUpChanges: true }, 'incremental a..b after rollback'],
    ['a b', { ...here('a', { written: 5n }), giveUpChanges: true }, 'incremental a..b after rollback'],
    ['a b', { ...here('a'), giveUpChanges: true }, 'incremental a..b'],
    // Only ZFS knows whether that is a change.
    ['a b', here('a', { written: 5n }), 'incremental a..b'],
    ['a b', { ...here('a b'), verdict: 'target-modified' }, 'up-to-date b'],
    ['a b', { ...here('a'), verdict: 'encryption-mismatch' }, 'conflict encryption-mismatch'],
    ['a', here(''), 'conflict target-has-data'],
    ['a b', { ...here(''), empty: true }, 'full a..b adopt'],
    [
      'a',
      { ...here('', { encryptionRoot: parseDatasetName('backup') }), empty: true },
      'conflict target-not-replaceable',
    ],
    [
      'a',
      { ...here(''), empty: true, endangered: [parseDatasetName('backup/r/x')] },
      'conflict target-not-replaceable',
    ],
    // Known to the source as a bookmark alone, and newer than every snapshot there.
    ['a #b', here('b'), 'up-to-date b'],
    ['a b c', { ...absent, parked: state('backup/r.zfsyncbuffer/2F61', 'a') }, 'incremental a..c'],
    ['a b', { ...here('a'), parked: state('backup/r.zfsyncbuffer/2F61', 'a') }, 'conflict parked-and-in-place'],
  ];
  for (const [source, target, expected] of table) {
    t.equal(drawn(decide(offered('/a', source), target)), expected, `source [${source}] → ${expected}`);
  }
  const raw = offered('/a', 'a', { raw: true });
  t.equal(drawn(decide(raw, { ...here(''), empty: true })), 'conflict target-not-replaceable', 'raw onto an empty one');
});

t.test('a conflict names the target, both sides and what to do', async (t) => {
  const decision = decide(offered('/a', 'a b'), here('a x y'));
  if (decision.kind !== 'conflict') throw new Error(decision.kind);
  t.match(
    decision.message,
    /target backup\/r: .*after the common @a: @x, @y; .*\[source: @a, @b, target: @a, @x, @y\]/,
  );
  t.same(
    decision.targetVersions.map(({ guid }) => guid),
    [guidOf('a'), guidOf('x'), guidOf('y')],
  );
});

t.test('a snapshot name that the target has for another snapshot', async (t) => {
  // Rotation by renaming: @today became @yesterday, and there is a new @today.
  const [today] = versions('today');
  const [yesterday, newer] = versions('yesterday today~2');
  if (today === undefined || yesterday === undefined || newer === undefined) throw new Error('drawn wrongly');
  const source = { ...offered('/a', ''), versions: [{ ...yesterday, guid: today.guid }, newer] };
  const decision = decide(source, here('today'));
  t.match(decision, {
    kind: 'conflict',
    conflict: 'snapshot-name-taken',
    message: /@today.*to @yesterday.*zfs rename/,
  });
});
