/** Policies and the check of a stream against its decision. */
import type { BeginStream, Decision } from '@zfsync/protocol';
import { applyPolicy, checkAsDecided, decide, fullOf } from '@zfsync/receiver';
import { parseDatasetName } from '@zfsync/zfs';
import t from 'tap';
import { guidOf, offered, state } from '../../kit/situation.ts';

const aside = { name: parseDatasetName('backup/r.diverged-20261121T060000Z') };
const target = {
  inPlace: undefined,
  parked: undefined,
  empty: false,
  endangered: [],
  verdict: undefined,
  giveUpChanges: false,
};

t.test('policies', async (t) => {
  const source = offered('/a', 'a b');
  const diverged = decide(source, { ...target, inPlace: state('backup/r', 'a x') });
  const modified = decide(source, { ...target, inPlace: state('backup/r', 'a'), verdict: 'target-modified' });
  const written = decide(source, { ...target, inPlace: state('backup/r', 'a', { written: 5n }) });
  const both = decide(source, { ...target, inPlace: state('backup/r', 'a'), parked: state('backup/b/2F61', 'a') });
  const apply = (policy: 'fail' | 'keep-both' | 'rollback', decision: Decision) =>
    applyPolicy(policy, source, decision, () => aside);
  for (const decision of [diverged, modified, both, written]) t.equal(apply('fail', decision), decision);
  t.match(apply('keep-both', diverged), { kind: 'full', aside: aside.name, adopt: false });
  t.match(apply('keep-both', modified), { kind: 'full', aside: aside.name });
  t.equal(apply('keep-both', both), both, 'both are kept already');
  t.equal(apply('keep-both', written), written, 'only ZFS knows whether that is a change');
  t.match(apply('rollback', diverged), { kind: 'conflict', message: /policy rollback gives up changes.*nothing else/ });
  t.equal(apply('rollback', written), written);
  const hindered = applyPolicy('keep-both', source, diverged, () => ({ hindrance: 'it is a pool' }));
  t.match(hindered, { kind: 'conflict', conflict: 'target-diverged', message: /cannot be carried out: it is a pool$/ });
});

t.test('a stream is held against its decision', async (t) => {
  const source = offered('/a', 'a b c');
  const stream = (from: string, to: string, change: Partial<BeginStream> = {}): BeginStream => ({
    type: 'begin-stream',
    path: source.path,
    from: from === '' ? undefined : guidOf(from),
    to: guidOf(to),
    resume: undefined,
    intermediates: false,
    raw: false,
    largeBlocks: false,
    compressed: false,
    embedded: false,
    mode: 'framed',
    ...change,
  });
  const full = fullOf(source, { adopt: false, aside: undefined });
  const anew = fullOf(source, { adopt: false, aside: aside.name });
  const incremental: Decision = {
    kind: 'incremental',
    from: guidOf('a'),
    to: guidOf('c'),
    rollback: false,
    targetWritten: 0n,
  };
  const resume: Decision = { kind: 'resume', token: '1-a', newest: undefined, rollback: false };
  const table: [string, BeginStream, Decision, newest: string, RegExp | undefined][] = [
    ['a full', stream('', 'a'), full, '', undefined],
    ['its second step', stream('a', 'c'), full, 'a', undefined],
    ['a full onto what is there', stream('', 'a'), full, 'a', /newest snapshot/],
    ['a full, what is there is set aside', stream('', 'a'), anew, 'x', undefined],
    ['an incremental onto what is to be set aside', stream('a', 'c'), anew, 'x', /newest snapshot/],
    ['an incremental', stream('a', 'c'), incremental, 'a', undefined],
    ['from another', stream('b', 'c'), incremental, 'a', /newest snapshot/],
    ['not offered', stream('a', 'x'), incremental, 'a', /not offered/],
    ['raw', stream('a', 'c', { raw: true }), incremental, 'a', /raw/],
    ['nothing was decided', stream('a', 'c'), { kind: 'up-to-date', newest: guidOf('a') }, 'a', /up-to-date/],
    ['a resume', stream('', 'a', { resume: '1-a' }), resume, '', undefined],
    ['of an incremental', stream('a', 'b', { resume: '1-a' }), resume, 'a', undefined],
    ['of another token', stream('', 'a', { resume: '1-b' }), resume, '', /not the decided one/],
    ['where it was not decided', stream('', 'a', { resume: '1-a' }), full, '', /not the decided one/],
    ['the rest after it', stream('a', 'c'), resume, 'a', undefined],
    ['a full in its place', stream('', 'a'), resume, '', /to be resumed/],
  ];
  for (const [what, begin, decision, newest, flaw] of table) {
    const check = () => {
      const existing = newest === '' ? undefined : { newest: guidOf(newest) };
      checkAsDecided(begin, source, { decision, flags: undefined }, existing);
    };
    if (flaw === undefined) t.doesNotThrow(check, what);
    else t.throws(check, { code: 'NOT_AS_DECIDED', message: flaw }, what);
  }
});
