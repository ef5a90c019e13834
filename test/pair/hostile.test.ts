/** A scripted attacker against the running receiver, and an honest sender beside it all the time. */
import { parseDatasetName, parseRelativePath, parseVersionName } from '@zfsync/zfs';
import t from 'tap';
import { attackGroups } from '../kit/hostile-attacks.ts';
import { Bench, Hostile } from '../kit/hostile-bench.ts';
import { hostileSource, hostileTarget } from '../kit/hostile-site.ts';
import { outcomes, startPair } from '../kit/pair.ts';
import { newMark } from '../kit/processes.ts';
import { startReceiver } from '../kit/programs.ts';
import { runAttacks } from '../kit/run-attacks.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
const pool = await hostileSource(bed);

t.test('two that dribble hold all places: a third gets through, and they can go on', async (t) => {
  const target = await hostileTarget(bed);
  const placeTimes = { headMs: 1_000, wantedMs: 500, behindMs: 300, reviewMs: 50 };
  const pair = await startPair({ target, receiverZfs: bed.zfs, senderZfs: bed.zfs, streamsMax: 2, placeTimes });
  await bed.zfs.snapshot([parseDatasetName(`${pool}/tree`)], parseVersionName('dribble'), { recursive: true });
  const way = { kind: 'plaintext', program: pair } as const;
  const hostile = new Hostile({ bed, pool, way }, () => Promise.resolve());
  const [oldest] = await hostile.loot();
  const bytes = await hostile.sent('POOL/loot@one');
  const dribblers = await Promise.all(
    ['/m1', '/m2'].map(async (asPath) => {
      const { line } = await hostile.planned({}, { asPath: parseRelativePath(asPath) });
      await hostile.begin(line, oldest?.guid ?? 0n).expect('stream-ready');
      let at = bytes.length - 2_000;
      line.data(bytes.subarray(0, at));
      const timer = setInterval(() => line.data(bytes.subarray(at, ++at)), 50);
      return { line, timer };
    }),
  );
  const result = async ({ line, timer }: (typeof dribblers)[number]) => {
    const { failure } = await line.expect('stream-result');
    clearInterval(timer);
    return failure;
  };
  const results = dribblers.map((dribbler) => result(dribbler));
  const report = await pair.send(`${pool}/tree`, { asPath: '/honest' });
  t.same(outcomes(report), ['/ sent', '/a sent', '/a/b sent']);
  t.match(await Promise.race(results), { code: 'PLACE_WANTED', retry: 'backoff', message: /behind 64 KiB/ });
  const ended = pair.receiverLog().filter(({ event }) => event === 'place-wanted');
  t.equal(ended.length, 1, 'one was enough');
  const first = dribblers[pair.receiverLog().some(({ msg }) => /m1.* has to wait/.test(String(msg))) ? 0 : 1];
  const failure = { code: 'STREAM_STOPPED', retry: 'replan', message: 'stopped', detail: '' } as const;
  first?.line.say({ type: 'stream-failed', side: 'sink', failure });
  first?.line.say({ type: 'replan', path: parseRelativePath(hostile.path), discard: undefined });
  const again = await first?.line.expect('decisions');
  t.equal(again?.decisions[0]?.decision.kind, 'resume', 'what it brought is kept, and the connection goes on');
  for (const { line, timer } of dribblers) {
    clearInterval(timer);
    line.destroy();
  }
  await Promise.allSettled(results);
  await pair.close();
});

t.test('over plaintext', async (t) => {
  const root = await hostileTarget(bed);
  const { mark, env } = newMark();
  const program = await startReceiver(['-v', '--zfs-command', bed.command, root], { ...bed.env, ...env });
  const bench = new Bench({ bed, pool, root, way: { kind: 'plaintext', program, mark } });
  await runAttacks(t, bench, attackGroups);
});
