/** Two hundred sessions in a row leave no process, no socket and no memory behind. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { exitCodeOfReport } from '@zfsync/sender';
import { createZfs, parseDatasetName, parseVersionName } from '@zfsync/zfs';
import t from 'tap';
import { accountOf, tell } from '../kit/convergence.ts';
import { type Pair, senderTo, startPair } from '../kit/pair.ts';
import { guids } from '../kit/pair-suite.ts';
import { descriptors, markedProcesses, newMark, residentBytes, untilGone } from '../kit/processes.ts';
import { startReceiver } from '../kit/programs.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

const SESSIONS = 200;
const WARM_UP = 50;
/** A session in so many has something to send. */
const CHANGE_EVERY = 20;
const MIB = 1024 * 1024;
/** Of a program whose garbage is collected when it likes: a leak of 300 KiB a session shows. */
const RESIDENT_GROWTH_MAX = 44 * MIB;
/** A session, after a collection. */
const HEAP_GROWTH_MAX = 20 * 1024;

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
const d = parseDatasetName;
const cache = await mkdtemp(join(tmpdir(), 'zfsync-cache-'));
t.teardown(() => rm(cache, { recursive: true, force: true }));
const command = fileURLToPath(new URL('../../kit/zfs-cache.sh', import.meta.url));
const env = { CACHE_ZFS: bed.command, CACHE_STATE: cache };
const src = await bed.createPool('src');
const dst = await bed.createPool('dst');
const source = `${src}/tree`;
for (const path of ['', '/a']) await bed.zfs.create(d(source + path), { type: 'filesystem' });

async function change(session: number): Promise<void> {
  await bed.write(d(`${source}/a`), 'file', `of session ${session}`);
  await bed.zfs.snapshot([d(source)], parseVersionName(`s${session}`), { recursive: true });
  await writeFile(join(cache, 'generation'), `changed-${session}\n`);
}

/** Sessions `from` to `to`, with a change now and then. */
async function sessions(from: number, to: number, send: () => ReturnType<Pair['send']>): Promise<void> {
  for (let session = from; session < to; session++) {
    if (session % CHANGE_EVERY === 0) await change(session);
    const report = await send();
    const account = accountOf(report);
    const expected = session % CHANGE_EVERY === 0 ? 'sent' : 'up-to-date';
    const asExpected = account.datasets.every(({ kind }) => kind === expected);
    if (exitCodeOfReport(report) !== 0 || !asExpected) throw new Error(`session ${session}: ${tell(account)}`);
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Sockets that are being closed need a turn of the event loop, and finalizers another. */
async function heapBytes(): Promise<number> {
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

await t.test(`${SESSIONS} sessions with one receiver program`, async (t) => {
  await change(-1);
  const { mark, env: marked } = newMark();
  const all = { ...bed.env, ...env, ...marked };
  const receiver = await startReceiver(['--zfs-command', command, `${dst}/program`], all);
  const { pid = 0 } = receiver.running.child;
  const zfs = createZfs({ command, env: all });
  const sender = senderTo(receiver.port, { senderZfs: zfs });
  const send = () => sender.send(source);
  await sessions(0, WARM_UP, send);
  await untilGone(mark, pid, 10_000);
  const before = { own: await heapBytes(), files: (await descriptors(process.pid)).length };
  const receiverBefore = { bytes: await residentBytes(pid), files: (await descriptors(pid)).length };
  await sessions(WARM_UP, SESSIONS, send);
  await untilGone(mark, pid, 10_000);
  t.equal((await markedProcesses(mark)).length, 1, 'no process is left but the receiver');
  t.equal((await descriptors(pid)).length, receiverBefore.files, 'no file and no socket of the receiver');
  t.equal((await descriptors(process.pid)).length, before.files, 'no file and no socket of the sender');
  const grown = (await residentBytes(pid)) - receiverBefore.bytes;
  t.ok(grown < RESIDENT_GROWTH_MAX, `the receiver has not grown: ${(grown / MIB).toFixed(1)} MiB`);
  const heap = (await heapBytes()) - before.own;
  t.ok(heap < HEAP_GROWTH_MAX * (SESSIONS - WARM_UP), `the sender has not grown: ${(heap / MIB).toFixed(1)} MiB`);
  t.equal((await receiver.stop()).code, 0);
  t.same(await guids(bed.zfs, `${dst}/program`), await guids(bed.zfs, source), 'and all has arrived');
});

await t.test('in one process, where the heap of the receiver can be looked at', async (t) => {
  const zfs = createZfs({ command, env: { ...bed.env, ...env } });
  const pair = await startPair({ target: `${dst}/process`, receiverZfs: zfs, senderZfs: zfs });
  const send = () => pair.send(source);
  await change(SESSIONS);
  await pair.send(source);
  const [begin, warm, end] = [SESSIONS + 1, SESSIONS + 25, SESSIONS + 100];
  await sessions(begin, warm, send);
  const before = await heapBytes();
  await sessions(warm, end, send);
  const heap = (await heapBytes()) - before;
  t.ok(heap < HEAP_GROWTH_MAX * (end - warm), `neither has grown: ${(heap / MIB).toFixed(1)} MiB`);
  await pair.close();
});
