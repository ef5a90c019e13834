/** A receiver that only appends: what it does, what it refuses and says, and which commands of zfs it never calls. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { ConflictPolicy } from '@zfsync/receiver';
import type { RunReport } from '@zfsync/sender';
import { createZfs, type DatasetName, parseDatasetName, parseVersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { breakOff } from './keeping-suite.ts';
import { startPair } from './pair.ts';
import { guids, type TestFunction } from './pair-suite.ts';

const d = parseDatasetName;
const snap = parseVersionName;

/** Gives something up: on the target none of these may be called. */
const DESTRUCTIVE = ['destroy', 'rollback', 'release'];

function isDestructive(argv: readonly string[]): boolean {
  const [, verb = '', ...rest] = argv;
  const flags = rest.filter((word) => word.startsWith('-'));
  return DESTRUCTIVE.includes(verb) || (verb === 'receive' && (flags.includes('-F') || flags.includes('-A')));
}

export async function appendOnlySuite(test: TestFunction, bed: TestBed): Promise<void> {
  const source = await bed.createPool('append_src');
  const target = await bed.createPool('append_dst');
  const { zfs } = bed;

  /** One run to `target/name` of a receiver of its own. */
  const send = async (dataset: DatasetName, name: string, policy: ConflictPolicy = 'fail'): Promise<RunReport> => {
    const calls: string[] = [];
    const receiverZfs = createZfs({
      command: bed.command,
      env: bed.env,
      onCommand: ({ argv }) => {
        if (isDestructive(argv)) calls.push(argv.join(' '));
      },
    });
    const pair = await startPair({
      ...{ target: `${target}/${name}`, receiverZfs, senderZfs: zfs, hold: true, appendOnly: true, policy },
    });
    try {
      return await pair.send(dataset);
    } finally {
      await pair.close();
      assert.deepEqual(calls, []);
      const failed = pair.receiverLog().filter(({ event }) => event === 'afterwork-failed');
      assert.deepEqual(failed, [], 'what it does not do is not tried either');
    }
  };
  const only = ({ datasets }: RunReport) => {
    const [first] = datasets;
    assert.ok(first !== undefined && datasets.length === 1);
    return first.outcome;
  };
  const make = async (name: string, bytes = 1000): Promise<DatasetName> => {
    const dataset = d(`${source}/${name}`);
    await zfs.create(dataset, { type: 'filesystem' });
    await bed.write(dataset, 'file', randomBytes(bytes));
    await zfs.snapshot([dataset], snap('one'));
    return dataset;
  };
  const advance = async (dataset: DatasetName, name: string) => {
    await bed.write(dataset, 'file', randomBytes(1000));
    await zfs.snapshot([dataset], snap(name));
  };

  await test('append-only: what is new arrives; holds are added and none is released', async () => {
    const dataset = await make('adds');
    assert.equal(only(await send(dataset, 'adds')).kind, 'sent');
    await advance(dataset, 'two');
    assert.equal(only(await send(dataset, 'adds')).kind, 'sent');
    const holds = await zfs.holds(d(`${target}/adds`), ['one', 'two'].map(snap));
    assert.deepEqual(holds.map(({ snapshot, tag }) => `${snapshot} ${tag}`).sort(), ['one zfsync', 'two zfsync']);
  });

  await test('append-only: what exists is not replaced, though it is empty', async () => {
    const dataset = await make('existing');
    await zfs.create(d(`${target}/existing`), { type: 'filesystem' });
    const outcome = only(await send(dataset, 'existing'));
    assert.ok(outcome.kind === 'conflict' && outcome.conflict === 'target-not-replaceable', JSON.stringify(outcome));
    assert.match(outcome.message, /existing: it exists without a snapshot.*only appends/);
    assert.equal((await guids(zfs, `${target}/existing`)).size, 0);
  });

  await test('append-only: a changed target is not rolled back, whatever the policy', async () => {
    const dataset = await make('changed');
    assert.equal(only(await send(dataset, 'changed', 'rollback')).kind, 'sent');
    await zfs.setProperties(d(`${target}/changed`), { readonly: 'off' });
    await bed.write(d(`${target}/changed`), 'mine', 'x'.repeat(100_000));
    await advance(dataset, 'two');
    const outcome = only(await send(dataset, 'changed', 'rollback'));
    assert.ok(outcome.kind === 'conflict' && outcome.conflict === 'target-modified', JSON.stringify(outcome));
  });

  await test('append-only: a partial receive that is of no use stays; it is said how to discard it', async () => {
    const dataset = await make('partial', 4 << 20);
    const copy = d(`${target}/partial`);
    await breakOff(zfs, { dataset, to: snap('one') }, copy);
    await zfs.destroyVersion(dataset, { kind: 'snapshot', name: snap('one') });
    await advance(dataset, 'two');
    const outcome = only(await send(dataset, 'partial'));
    assert.ok(outcome.kind === 'failed' && outcome.failure.code === 'APPEND_ONLY', JSON.stringify(outcome));
    assert.match(outcome.failure.message, new RegExp(`zfs receive -A '${copy}'`));
    assert.notEqual((await zfs.getProperties(copy, ['receive_resume_token'])).get('receive_resume_token'), undefined);
    await zfs.abortReceive(copy);
    assert.equal(only(await send(dataset, 'partial')).kind, 'sent', 'and once it is done, it goes on');
  });
}
