/** Each program killed with SIGKILL at every named point of a session; then one ordinary run. */
import assert from 'node:assert/strict';
import type { TestBed } from '@zfsync/zfs/testing';
import type { FaultPoint } from '../kit/fault-point.ts';
import type { TestFunction } from '../kit/pair-suite.ts';
import { inLanes, Points } from '../kit/points.ts';
import { type Bench, ProgramBench, type Session, type Side } from './program-bench.ts';

export interface NamedPoint extends FaultPoint {
  readonly name: string;
  readonly session: Session;
  /** On real OpenZFS, too. */
  readonly real?: true;
  /** More arguments of the program that is killed. */
  readonly args?: readonly string[];
  /** There must have been a run with these arguments before. */
  readonly rehearsed?: true;
}

/** `/a` parked, and its big stream. */
/** The receive of /a: parked as 2F61, or, if its parent has arrived by then, in place. */
const RECEIVE_OF_A = '*[6/][1a]';
const BIG_STREAM = 'send */a@one';

export const SENDER_POINTS: readonly NamedPoint[] = [
  { name: 'planning', verb: 'list', when: 'before', session: 'first' },
  { name: 'listed', verb: 'list', when: 'after', count: 2, session: 'first' },
  { name: 'begin', verb: 'send', when: 'before', session: 'first' },
  { name: 'mid-stream', verb: 'send', when: 'amid', match: BIG_STREAM, bytes: 800_000, session: 'first', real: true },
  { name: 'mid-stream of -I', verb: 'send', when: 'amid', match: 'send *-I *', bytes: 400_000, session: 'first' },
  { name: 'sent', verb: 'send', when: 'after', match: BIG_STREAM, session: 'first' },
  { name: 'before the release', verb: 'release', when: 'before', session: 'first' },
  { name: 'before the bookmark', verb: 'bookmark', when: 'before', session: 'next' },
  { name: 'after the bookmark', verb: 'bookmark', when: 'after', session: 'next', real: true },
  { name: 'before the old cursor goes', verb: 'destroy', when: 'before', session: 'next' },
  { name: 'after the old cursor went', verb: 'destroy', when: 'after', session: 'next', real: true },
  { name: 'before the hold', verb: 'hold', when: 'before', session: 'next' },
  { name: 'after the hold', verb: 'hold', when: 'after', session: 'next', real: true },
  { name: 'before the release', verb: 'release', when: 'before', session: 'next', real: true },
  { name: 'after the release', verb: 'release', when: 'after', session: 'next' },
  { name: 'mid-stream, incremental', verb: 'send', when: 'amid', match: '*/a@*', bytes: 400_000, session: 'next' },
];

export const RECEIVER_POINTS: readonly NamedPoint[] = [
  { name: 'planning', verb: 'list', when: 'before', session: 'first' },
  { name: 'listed', verb: 'list', when: 'after', count: 2, session: 'first' },
  { name: 'before the buffer is made', verb: 'create', when: 'before', match: '*.zfsyncbuffer', session: 'first' },
  { name: 'after the buffer was made', verb: 'create', when: 'after', match: '*.zfsyncbuffer', session: 'first' },
  { name: 'begin', verb: 'receive', when: 'before', session: 'first' },
  {
    name: 'mid-stream, parked',
    verb: 'receive',
    when: 'amid',
    match: RECEIVE_OF_A,
    bytes: 800_000,
    session: 'first',
    real: true,
  },
  { name: 'after a receive, before its result', verb: 'receive', when: 'after', session: 'first', real: true },
  { name: 'after the third receive', verb: 'receive', when: 'after', count: 3, session: 'first' },
  { name: 'before the first rename', verb: 'rename', when: 'before', session: 'first', real: true },
  { name: 'between renames', verb: 'rename', when: 'after', session: 'first', real: true },
  { name: 'before the second rename', verb: 'rename', when: 'before', count: 2, session: 'first' },
  { name: 'after the last rename', verb: 'rename', when: 'after', count: 3, session: 'first' },
  { name: 'begin, incremental', verb: 'receive', when: 'before', session: 'next' },
  {
    name: 'mid-stream, in place',
    verb: 'receive',
    when: 'amid',
    match: '*/a',
    bytes: 400_000,
    session: 'next',
    real: true,
  },
  { name: 'after an incremental receive', verb: 'receive', when: 'after', session: 'next' },
  { name: 'before the hold', verb: 'hold', when: 'before', session: 'next', args: ['--hold'] },
  { name: 'after the hold', verb: 'hold', when: 'after', session: 'next', args: ['--hold'] },
  { name: 'after the release', verb: 'release', when: 'after', session: 'next', args: ['--hold'], rehearsed: true },
];

/** Kills one of the two at the point and waits until nothing of it runs any more. */
async function kill(bench: Bench, side: Side, point: NamedPoint): Promise<void> {
  const fault = await bench.fault(point, 'KILL');
  const ofReceiver = side === 'receiver';
  const receiver = await bench.startReceiver(ofReceiver ? point.args : [], ofReceiver ? fault : undefined);
  await fault.arm();
  const args = ['--retries', '0', ...(ofReceiver ? [] : (point.args ?? []))];
  const sender = bench.startSender(args, ofReceiver ? undefined : fault);
  const { code, signal, stderr } = await bench.finished(sender, 'the broken run');
  assert.ok(fault.hasFired, `the point was reached; the sender ended with ${String(code ?? signal)}: ${stderr}`);
  if (ofReceiver) {
    assert.equal((await bench.finished(receiver.running, 'the killed receiver')).signal, 'SIGKILL');
    await bench.idle();
  } else {
    assert.equal(signal, 'SIGKILL');
    await bench.idle([receiver.running]);
  }
}

async function rehearse(bench: Bench, { args }: NamedPoint): Promise<void> {
  await bench.startReceiver(args);
  await bench.converge();
}

export async function killSuite(
  test: TestFunction,
  bed: TestBed,
  chosen: (point: NamedPoint) => boolean = () => true,
): Promise<void> {
  const pools = { src: await bed.createPool('src'), dst: await bed.createPool('dst') };
  const points = new Points();
  await test('killed at every named point: the next run goes on', async () => {
    const sides = [
      ['sender', SENDER_POINTS.filter(chosen)],
      ['receiver', RECEIVER_POINTS.filter(chosen)],
    ] as const;
    let saved = 0;
    await inLanes(sides, 2, async ([side, table]) => {
      const benches = new ProgramBench(bed, pools, `kill-${side}`);
      await benches.prepare(['first', 'next']);
      for (const point of table) {
        await points.run(`${side} killed: ${point.name} (${point.session} session)`, async () => {
          if (point.rehearsed) await benches.with(point.session, (bench) => rehearse(bench, point));
          await benches.with(point.session, async (bench) => {
            await kill(bench, side, point);
            await bench.converge();
          });
        });
      }
      saved += benches.saved;
    });
    if (points.complete) assert.ok(saved > 0, 'partial receives were found and resumed');
  });
  await points.report(test);
}
