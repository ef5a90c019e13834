/** Restarts, shutdowns and several programs at once, while a stream is under way. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestBed } from '@zfsync/zfs/testing';
import { accountOfJson, savedReceives } from '../kit/convergence.ts';
import type { FaultPoint } from '../kit/fault-point.ts';
import type { TestFunction } from '../kit/pair-suite.ts';
import { inLanes, Points } from '../kit/points.ts';
import { type Bench, ProgramBench, type Session } from './program-bench.ts';

const IN_RECEIVE: FaultPoint = { verb: 'receive', when: 'amid', match: '*/a', bytes: 400_000 };
const IN_PARKED_RECEIVE: FaultPoint = { verb: 'receive', when: 'amid', match: '*[6/][1a]', bytes: 800_000 };
const IN_SEND: FaultPoint = { verb: 'send', when: 'amid', match: '*/a@*', bytes: 400_000 };

/** The receiver ends in mid-stream, another one begins at the same port; the sender goes on by itself. */
async function receiverRestarts(bench: Bench, signal: 'KILL' | 'TERM', point: FaultPoint): Promise<void> {
  const fault = await bench.fault(point, signal);
  const first = await bench.startReceiver([], fault);
  await fault.arm();
  const sender = bench.startSender();
  const ended = await bench.finished(first.running, 'the first receiver');
  assert.ok(fault.hasFired);
  if (signal === 'KILL') assert.equal(ended.signal, 'SIGKILL');
  else assert.equal(ended.code, 0, `SIGTERM ends it in good order: ${ended.stderr}`);
  if (signal === 'KILL') await bench.idle([sender]);
  const saved = await savedReceives(bench.bed, bench.target);
  await bench.startReceiver(['-p', String(first.port)]);
  const { code, stdout, stderr } = await bench.finished(sender, 'the sender');
  assert.equal(code, 0, `the sender went on: ${stderr}${stdout}`);
  const account = accountOfJson(stdout);
  assert.ok(account.attempts > 1, 'by another attempt');
  bench.assertResumed(account, saved);
  if (signal === 'KILL') assert.ok(saved.size > 0, 'there was something to resume');
  const after = await bench.converge('the run after it');
  assert.ok(
    after.datasets.every(({ kind }) => kind === 'up-to-date'),
    'nothing is left to do',
  );
}

async function senderEnds(bench: Bench): Promise<void> {
  const fault = await bench.fault(IN_SEND, '0');
  await fault.hold();
  const receiver = await bench.startReceiver();
  await fault.arm();
  const sender = bench.startSender([], fault);
  await fault.untilFired();
  // What is still on its way between the two when the sender ends is nobody's.
  const arrived = async () => (await savedReceives(bench.bed, bench.target)).get('/a')?.bytesReceived ?? 0n;
  for (let tries = 0; (await arrived()) === 0n && tries < 100; tries += 1) await sleep(100);
  sender.child.kill('SIGTERM');
  const { code, stdout, stderr } = await bench.finished(sender, 'the sender');
  assert.equal(code, 130, `${stderr}${stdout}`);
  await bench.idle([receiver.running]);
  assert.ok((await savedReceives(bench.bed, bench.target)).has('/a'), 'what had arrived is kept');
  await bench.converge();
}

/** With a sender that sends nothing more, so that the receiver has to end the stream itself. */
async function receiverEnds(bench: Bench): Promise<void> {
  const fault = await bench.fault(IN_SEND, 'STOP');
  const receiver = await bench.startReceiver(['--peer-timeout', '3']);
  await fault.arm();
  const sender = bench.startSender(['--retries', '0'], fault);
  await fault.untilFired();
  const { code, stderr } = await bench.finished({ ...receiver.running, finished: receiver.stop() }, 'the receiver');
  assert.equal(code, 0, stderr);
  sender.child.kill('SIGKILL');
  await bench.finished(sender, 'the sender');
  await bench.idle();
  assert.ok((await savedReceives(bench.bed, bench.target)).has('/a'), 'what had arrived is kept');
  await bench.converge();
}

/** One is stopped in mid-stream while the others come. */
async function severalSenders(bench: Bench): Promise<void> {
  const fault = await bench.fault(IN_SEND, 'STOP');
  const receiver = await bench.startReceiver();
  await fault.arm();
  const first = bench.startSender([], fault);
  await fault.untilFired();
  const same = await bench.finished(bench.startSender(), 'the same sender once more');
  assert.equal(same.code, 5, `the same source to the same receiver: ${same.stderr}${same.stdout}`);
  const elsewhere = bench.otherRunDirectory();
  const other = await bench.finished(bench.startSender(['--run-dir', elsewhere]), 'another sender');
  assert.equal(other.code, 5, `another host’s sender for the same target: ${other.stderr}${other.stdout}`);
  const beside = ['--run-dir', elsewhere, '--as', '/a/beside'];
  const nested = await bench.finished(bench.startSender(beside), 'a sender for a part of the target');
  assert.equal(nested.code, 5, `a part of the target: ${nested.stderr}${nested.stdout}`);
  first.child.kill('SIGCONT');
  const { code, stderr, stdout } = await bench.finished(first, 'the first sender');
  assert.equal(code, 0, `${stderr}${stdout}`);
  await bench.idle([receiver.running]);
  await bench.converge();
}

async function differentRoots(bench: Bench): Promise<void> {
  const receiver = await bench.startReceiver();
  const elsewhere = bench.otherRunDirectory();
  const results = await Promise.all(
    ['/hosts/alpha', '/hosts/beta'].map((path, index) => {
      const directory = index === 0 ? [] : ['--run-dir', elsewhere];
      return bench.finished(bench.startSender([...directory, '--as', path]), path);
    }),
  );
  for (const { code, stderr, stdout } of results) assert.equal(code, 0, `${stderr}${stdout}`);
  await bench.idle([receiver.running]);
  for (const path of ['/hosts/alpha', '/hosts/beta']) await bench.assertConverged(bench.target + path);
}

async function secondReceiver(bench: Bench): Promise<void> {
  const receiver = await bench.startReceiver();
  await assert.rejects(bench.startReceiver(), /ended with 5:.*busy/s, 'a second receiver of the target');
  await receiver.stop();
  await bench.converge();
}

interface Story {
  readonly name: string;
  readonly session: Session;
  readonly real: boolean;
  readonly play: (bench: Bench) => Promise<void>;
}

const STORIES: readonly Story[] = [
  {
    name: 'the receiver is killed and restarted while a sender streams',
    session: 'first',
    real: true,
    play: (bench) => receiverRestarts(bench, 'KILL', IN_PARKED_RECEIVE),
  },
  {
    name: 'the receiver is killed and restarted in an incremental session',
    session: 'next',
    real: false,
    play: (bench) => receiverRestarts(bench, 'KILL', IN_RECEIVE),
  },
  {
    name: 'the receiver is ended and restarted while a sender streams',
    session: 'next',
    real: true,
    play: (bench) => receiverRestarts(bench, 'TERM', IN_RECEIVE),
  },
  { name: 'SIGTERM of the sender in mid-stream', session: 'next', real: true, play: senderEnds },
  { name: 'SIGTERM of the receiver in mid-stream', session: 'next', real: true, play: receiverEnds },
  { name: 'several senders for one target: one of them', session: 'next', real: false, play: severalSenders },
  { name: 'two senders for different targets: both', session: 'first', real: false, play: differentRoots },
  { name: 'two receivers for one target: one of them', session: 'first', real: false, play: secondReceiver },
];

/** @param only those that matter most on real OpenZFS */
export async function restartSuite(test: TestFunction, bed: TestBed, only: 'real' | 'all' = 'all'): Promise<void> {
  const pools = { src: await bed.createPool('src'), dst: await bed.createPool('dst') };
  const points = new Points();
  const stories = STORIES.filter(({ real }) => real || only === 'all');
  await test('restarts, shutdowns and company in mid-stream', async () => {
    await inLanes(['first', 'next'] as const, 2, async (session) => {
      const benches = new ProgramBench(bed, pools, `restart-${session}`);
      await benches.prepare([session]);
      for (const { name, play } of stories.filter((story) => story.session === session)) {
        await points.run(name, () => benches.with(session, play));
      }
    });
  });
  await points.report(test);
}
