/**
 * A program that is stopped (SIGSTOP) in the middle of something: its host hangs, its connections stay up. The other side
 * gives up by itself, and nothing is lost whether the frozen one goes on later or dies.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestBed } from '@zfsync/zfs/testing';
import type { TestFunction } from '../kit/pair-suite.ts';
import { inLanes, Points } from '../kit/points.ts';
import type { Finished, Running } from '../kit/programs.ts';
import type { NamedPoint } from './kill-suite.ts';
import { type Bench, ProgramBench } from './program-bench.ts';

interface FreezingPoint extends NamedPoint {
  /** What becomes of the frozen one. */
  readonly then: 'continue' | 'kill';
  /** What the other side says of it. */
  readonly said: RegExp;
}

/** A frozen peer is silent, which is to be noticed long before nothing has moved for too long. */
function deadlines(bed: TestBed): string[] {
  // The User Mode Linux of the lab has one CPU and starts a process in half a second.
  return bed.name === 'simulator'
    ? ['--peer-timeout', '3', '--stall-timeout', '300']
    : ['--peer-timeout', '15', '--stall-timeout', '300'];
}
/** The grace in which a zfs may end, too, on a machine that does other things. */
const GIVES_UP_MS = 90_000;

/** The receive of /a: parked as 2F61, or, if its parent has arrived by then, in place. */
const RECEIVE_OF_A = '*[6/][1a]';

const RECEIVER_FREEZES: readonly FreezingPoint[] = [
  { name: 'planning', verb: 'list', when: 'before', session: 'first', then: 'continue', said: /hello|planning/ },
  {
    name: 'mid-stream',
    verb: 'receive',
    when: 'amid',
    match: RECEIVE_OF_A,
    bytes: 800_000,
    session: 'first',
    then: 'kill',
    said: /stream/,
    real: true,
  },
  {
    name: 'mid-stream',
    verb: 'receive',
    when: 'amid',
    match: '*/a',
    bytes: 400_000,
    session: 'next',
    then: 'continue',
    said: /stream/,
  },
  { name: 'after a receive', verb: 'receive', when: 'after', session: 'next', then: 'continue', said: /stream/ },
  { name: 'renaming', verb: 'rename', when: 'before', session: 'first', then: 'continue', said: /rename/, real: true },
];

const SENDER_FREEZES: readonly FreezingPoint[] = [
  { name: 'planning', verb: 'list', when: 'after', count: 2, session: 'first', then: 'kill', said: /silent|hello/ },
  {
    name: 'mid-stream',
    verb: 'send',
    when: 'amid',
    match: '*/a@*',
    bytes: 400_000,
    session: 'next',
    then: 'continue',
    said: /silent/,
    real: true,
  },
];

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + GIVES_UP_MS;
  while (!condition()) {
    assert.ok(performance.now() < deadline, `${what} within ${GIVES_UP_MS / 1000} s`);
    await sleep(20);
  }
}

/** A frozen program that is killed leaves its zfs, which ends with its pipes; one that goes on ends by itself. */
async function thaw(bench: Bench, frozen: Running, { then }: FreezingPoint): Promise<Finished | undefined> {
  frozen.child.kill(then === 'kill' ? 'SIGKILL' : 'SIGCONT');
  return then === 'kill' ? bench.finished(frozen, 'the end of the frozen one') : undefined;
}

async function receiverFreezes(bench: Bench, point: FreezingPoint): Promise<void> {
  const fault = await bench.fault(point, 'STOP');
  const receiver = await bench.startReceiver(deadlines(bench.bed), fault);
  await fault.arm();
  const begun = performance.now();
  const sender = bench.startSender([...deadlines(bench.bed), '--retries', '0']);
  const { code, stdout, stderr } = await bench.finished(sender, 'the sender’s giving up');
  assert.ok(fault.hasFired, `the point was reached; the sender ended with ${String(code)}: ${stderr}${stdout}`);
  assert.ok(performance.now() - begun < GIVES_UP_MS, 'the sender gives up in time');
  assert.ok(code === 1 || code === 3, `the sender fails, with ${String(code)}: ${stderr}${stdout}`);
  assert.match(stdout, point.said, 'the sender says in which phase it gave up');
  await thaw(bench, receiver.running, point);
  if (point.then === 'continue') {
    await until(() => receiver.running.stderr().includes('"connection-failed"'), 'the receiver logs the lost sender');
    assert.equal(receiver.running.child.exitCode, null, 'it goes on listening');
  }
  await bench.idle(point.then === 'continue' ? [receiver.running] : []);
  await bench.converge('the run of another sender');
}

async function senderFreezes(bench: Bench, point: FreezingPoint): Promise<void> {
  const fault = await bench.fault(point, 'STOP');
  const receiver = await bench.startReceiver(deadlines(bench.bed));
  await fault.arm();
  const frozen = bench.startSender([...deadlines(bench.bed), '--retries', '0'], fault);
  await until(() => fault.hasFired, 'the point is reached');
  await until(() => receiver.running.stderr().includes('"connection-failed"'), 'the receiver gives the sender up');
  const failed = receiver.running
    .stderr()
    .split('\n')
    .filter((line) => line.includes('"connection-failed"'))
    .join('\n');
  assert.match(failed, point.said, 'and says why');
  await bench.idle([receiver.running], frozen);
  await bench.converge('the run of another sender', ['--run-dir', bench.otherRunDirectory()]);
  const finished = await thaw(bench, frozen, point);
  if (finished === undefined) {
    const { code, stdout, stderr } = await bench.finished(frozen, 'the end of the frozen sender');
    assert.ok(code === 1 || code === 3, `the sender that was frozen fails: ${String(code)} ${stderr}${stdout}`);
  }
  await bench.idle([receiver.running]);
  await bench.converge('the last run');
}

export async function frozenSuite(
  test: TestFunction,
  bed: TestBed,
  chosen: (point: NamedPoint) => boolean = () => true,
): Promise<void> {
  const pools = { src: await bed.createPool('src'), dst: await bed.createPool('dst') };
  const points = new Points();
  const sides = [
    ['receiver', RECEIVER_FREEZES.filter(chosen), receiverFreezes],
    ['sender', SENDER_FREEZES.filter(chosen), senderFreezes],
  ] as const;
  await test('a frozen peer is given up', async () => {
    await inLanes(sides, 2, async ([side, table, freeze]) => {
      const benches = new ProgramBench(bed, pools, `frozen-${side}`);
      await benches.prepare(['first', 'next']);
      for (const point of table) {
        await points.run(`${side} frozen: ${point.name} (${point.session} session), then ${point.then}`, () =>
          benches.with(point.session, (bench) => freeze(bench, point)),
        );
      }
    });
  });
  await points.report(test);
}
