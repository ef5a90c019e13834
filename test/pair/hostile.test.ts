/** A scripted attacker against the running receiver, and an honest sender beside it all the time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDatasetName, parseRelativePath, parseVersionName } from '@zfsync/zfs';
import t, { type Test } from 'tap';
import { attackGroups } from '../kit/hostile-attacks.ts';
import { Bench, Hostile } from '../kit/hostile-bench.ts';
import { hostileSource, hostileTarget } from '../kit/hostile-site.ts';
import { outcomes, type Pair, startPair } from '../kit/pair.ts';
import { newMark } from '../kit/processes.ts';
import { startReceiver } from '../kit/programs.ts';
import { runAttacks } from '../kit/run-attacks.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
const pool = await hostileSource(bed);

/** Two peers with a stream each, in all the places that there are. */
async function holdPlaces(t: Test, missingBytes: number, stallMs = 60_000) {
  const target = await hostileTarget(bed);
  const placeTimes = { headMs: 1_000, wantedMs: 500, behindMs: 300, reviewMs: 50 };
  const both = { receiverZfs: bed.zfs, senderZfs: bed.zfs };
  const pair = await startPair({ target, ...both, streamsMax: 2, placeTimes, stallMs });
  const hostile = new Hostile({ bed, pool, way: { kind: 'plaintext', program: pair } }, () => Promise.resolve());
  const [oldest] = await hostile.loot();
  const bytes = await hostile.sent('POOL/loot@one');
  const holders = await Promise.all(
    ['/m1', '/m2'].map(async (asPath) => {
      const { line } = await hostile.planned({}, { asPath: parseRelativePath(asPath) });
      await hostile.begin(line, oldest?.guid ?? 0n).expect('stream-ready');
      let at = bytes.length - missingBytes;
      line.data(bytes.subarray(0, at));
      const timer = setInterval(() => line.data(at < bytes.length ? bytes.subarray(at, ++at) : Buffer.alloc(1)), 50);
      return {
        line,
        stop: () => {
          clearInterval(timer);
        },
      };
    }),
  );
  t.teardown(async () => {
    for (const { line, stop } of holders) {
      stop();
      line.destroy();
    }
    await pair.close();
  });
  return { pair, hostile, holders };
}

/** An honest run beside them, and what the log says of the places that were given up for it. */
async function thirdGetsThrough(t: Test, pair: Pair, snapshot: string) {
  await bed.zfs.snapshot([parseDatasetName(`${pool}/tree`)], parseVersionName(snapshot), { recursive: true });
  const report = await pair.send(`${pool}/tree`, { asPath: '/honest' });
  t.same(outcomes(report), ['/ sent', '/a sent', '/a/b sent']);
  return pair.receiverLog().filter(({ event }) => event === 'place-wanted');
}

t.test('two that dribble hold all places: a third gets through, and they can go on', async (t) => {
  const { pair, hostile, holders } = await holdPlaces(t, 2_000);
  const results = holders.map(async ({ line, stop }) => {
    const { failure } = await line.expect('stream-result');
    stop();
    return failure;
  });
  const ended = await thirdGetsThrough(t, pair, 'dribble');
  t.match(await Promise.race(results), { code: 'PLACE_WANTED', retry: 'backoff', message: /behind 64 KiB/ });
  t.equal(ended.length, 1, 'one was enough');
  const first = holders[/m1.* has to wait/.test(String(ended[0]?.['msg'])) ? 0 : 1];
  const failure = { code: 'STREAM_STOPPED', retry: 'replan', message: 'stopped', detail: '' } as const;
  first?.line.say({ type: 'stream-failed', side: 'sink', failure });
  first?.line.say({ type: 'replan', path: parseRelativePath(hostile.path), discard: undefined });
  const again = await first?.line.expect('decisions');
  t.equal(again?.decisions[0]?.decision.kind, 'resume', 'what it brought is kept, and the connection goes on');
  for (const { line, stop } of holders) {
    stop();
    line.destroy();
  }
  await Promise.allSettled(results);
});

t.test('two that have sent all and do not say so hold all places: a third gets through', async (t) => {
  const { pair } = await holdPlaces(t, 0);
  const ended = await thirdGetsThrough(t, pair, 'trailer');
  t.equal(ended.length, 1, 'one was enough');
});

t.test('what comes behind a stream that zfs receive has whole is no progress', async (t) => {
  const { pair } = await holdPlaces(t, 0, 5_000);
  const isStalled = () => pair.receiverLog().some(({ event }) => event === 'stalled');
  for (let tries = 0; !isStalled() && tries < 300; tries += 1) await sleep(100);
  t.ok(isStalled());
});

t.test('over plaintext', async (t) => {
  const root = await hostileTarget(bed);
  const { mark, env } = newMark();
  const program = await startReceiver(['-v', '--zfs-command', bed.command, root], { ...bed.env, ...env });
  const bench = new Bench({ bed, pool, root, way: { kind: 'plaintext', program, mark } });
  await runAttacks(t, bench, attackGroups);
});
