/** What transcripts cannot show: concurrency, kills, content, space, and the parts that only the simulator has. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { populate, simulatorCommands } from '@zfsync/simulator';
import t from 'tap';

const { zfs: ZFS, zpool: ZPOOL } = simulatorCommands();
const MIB = 1024 * 1024;

t.setTimeout(900_000);

interface Said {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

class Bench {
  readonly root = mkdtempSync(join(tmpdir(), 'zfsync-simulator-test-'));

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(ZFS, args, { env: { ...process.env, ZFSYNC_SIM_ROOT: this.root, ...env } });
  }

  async say(args: readonly string[], input?: Uint8Array, env?: NodeJS.ProcessEnv): Promise<Said> {
    return heard(this.start(args, env), input);
  }

  /** Stdout of what must succeed. */
  async zfs(...args: readonly string[]): Promise<string> {
    const said = await this.say(args);
    if (said.code !== 0) throw new Error(`zfs ${args.join(' ')}: ${said.stderr}`);
    return said.stdout.toString();
  }

  async stream(...args: readonly string[]): Promise<Buffer> {
    return (await this.say(['send', ...args])).stdout;
  }

  pool(name: string, ...args: readonly string[]): Promise<unknown> {
    return once(
      spawn(ZPOOL, ['create', ...args, name, 'disk'], { env: { ...process.env, ZFSYNC_SIM_ROOT: this.root } }),
      'close',
    );
  }

  async put(dataset: string, path: string, content: Uint8Array | string): Promise<void> {
    await this.say(['sim-put', dataset, path], Buffer.from(content));
  }

  lines(text: string): string[] {
    return text.split('\n').filter((line) => line !== '');
  }
}

async function heard(child: ChildProcess, input?: Uint8Array): Promise<Said> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() };
}

/** Bytes without a pattern, the same for the same seed. */
function noise(bytes: number, seed = 1): Buffer {
  const buffer = Buffer.alloc(bytes);
  let state = seed;
  for (let i = 0; i + 4 <= bytes; i += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    buffer.writeUInt32LE(state, i);
  }
  return buffer;
}

function bench(t: { teardown(action: () => void): unknown }): Bench {
  const made = new Bench();
  t.teardown(() => {
    rmSync(made.root, { recursive: true, force: true });
  });
  return made;
}

t.test('without a root it says what is missing', async (t) => {
  const env = { ...process.env };
  delete env['ZFSYNC_SIM_ROOT'];
  const said = await heard(spawn(ZFS, ['list'], { env }));
  t.equal(said.code, 2);
  t.match(said.stderr, /ZFSYNC_SIM_ROOT/);
});

t.test('many datasets are made at once, and listed', async (t) => {
  const b = bench(t);
  const datasets = ['tank', ...Array.from({ length: 1000 }, (_, i) => `tank/d${String(i)}`)];
  const started = Date.now();
  populate(b.root, { datasets, snapshots: ['a', 'b', 'c', 'd', 'e'], properties: { 'x:y': 'z' } });
  t.comment(`1,000 datasets with 5 snapshots: ${String(Date.now() - started)} ms`);
  t.equal(b.lines(await b.zfs('list', '-H', '-o', 'name', '-t', 'snapshot')).length, 5005);
  const row = await b.zfs('get', '-H', '-o', 'value', 'x:y,canmount,mounted,written', 'tank/d7');
  t.same(b.lines(row), ['z', 'noauto', 'no', '0']);
  const txgs = new Set(b.lines(await b.zfs('list', '-H', '-o', 'createtxg', '-t', 'snapshot', '-r', 'tank')));
  t.equal(txgs.size, 5, 'snapshots of one name are of one transaction group');
  populate(b.root, { datasets: ['tank/d1', 'tank/d1/new'], snapshots: ['f'] });
  t.equal(b.lines(await b.zfs('list', '-H', '-t', 'snapshot', 'tank/d1')).length, 6, 'what is there is kept');
  t.throws(() => {
    populate(b.root, { datasets: ['tank/a@b'] });
  }, /snapshot delimiter/);
  t.throws(() => {
    populate(b.root, { datasets: ['tank/nope/b'] });
  }, /parent does not exist/);
});

t.test('content comes over whole: links, empty directories, holes, renames, modes', async (t) => {
  const b = bench(t);
  await b.pool('tank');
  await b.zfs('create', 'tank/a');
  const live = join(b.root, 'mnt/tank/a');
  mkdirSync(join(live, 'empty/deeper'), { recursive: true });
  symlinkSync('../some where', join(live, 'link'));
  writeFileSync(join(live, 'none'), '');
  writeFileSync(join(live, 'secret'), 'x', { mode: 0o600 });
  writeFileSync(join(live, 'sparse'), '');
  truncateSync(join(live, 'sparse'), 5 * MIB + 3);
  writeFileSync(join(live, 'big'), noise(MIB + 100));
  await b.zfs('snapshot', 'tank/a@1');
  const big = readFileSync(join(live, 'big'));
  big[600_000] = (big[600_000] ?? 0) ^ 1;
  writeFileSync(join(live, 'big'), big);
  rmSync(join(live, 'none'));
  await b.zfs('sim-mkdir', 'tank/a', 'empty/other');
  await b.zfs('snapshot', 'tank/a@2');
  const incremental = await b.stream('-i', '@1', 'tank/a@2');
  t.ok(incremental.length < 200_000, 'one changed block, not the whole file');
  await b.say(['receive', 'tank/b'], await b.stream('tank/a@1'));
  await b.say(['receive', 'tank/b'], incremental);
  for (const name of ['1', '2'])
    t.equal(await b.zfs('sim-digest', `tank/b@${name}`), await b.zfs('sim-digest', `tank/a@${name}`));
  t.same(readFileSync(join(b.root, 'mnt/tank/b/big')), big, 'the files of a mounted target');
  t.same(readdirSync(join(b.root, 'mnt/tank/b')).sort(), ['big', 'empty', 'link', 'secret', 'sparse']);
  t.equal((await b.zfs('get', '-Hp', '-o', 'value', 'written', 'tank/b')).trim(), '0');
});

t.test('blocks go with the last that refers to them', async (t) => {
  const b = bench(t);
  await b.pool('tank');
  await b.zfs('create', 'tank/a');
  const packs = (): number => readdirSync(join(b.root, 'pools/tank/packs')).length;
  await b.put('tank/a', 'f', noise(MIB));
  await b.zfs('snapshot', 'tank/a@1');
  await b.put('tank/a', 'f', noise(MIB, 2));
  await b.zfs('snapshot', 'tank/a@2');
  t.equal(packs(), 2);
  t.ok(Number(await b.zfs('list', '-Hp', '-o', 'used', 'tank/a@1')) >= MIB, 'of its own');
  await b.zfs('destroy', 'tank/a@1');
  t.equal(packs(), 1);
  await b.zfs('destroy', '-r', 'tank/a');
  t.equal(packs(), 0);
  t.same(readdirSync(join(b.root, 'pools/tank/manifests')), []);
});

t.test('a receive that is killed leaves nothing, or what can be resumed', async (t) => {
  const b = bench(t);
  await b.pool('tank', '-O', 'canmount=off');
  await b.zfs('create', '-u', 'tank/a');
  await b.put('tank/a', 'f', noise(8 * MIB));
  await b.put('tank/a', 'g', noise(100));
  await b.zfs('snapshot', 'tank/a@1');
  const stream = await b.stream('tank/a@1');
  const wanted = await b.zfs('sim-digest', 'tank/a@1');
  for (const [i, bytes] of [400, 3000, 2 * MIB, 5 * MIB, 8 * MIB].entries()) {
    const target = `tank/t${String(i)}`;
    for (const flag of ['-u', '-us']) {
      const child = b.start(['receive', flag, target]);
      child.stdin?.on('error', () => undefined);
      child.stdin?.write(stream.subarray(0, bytes));
      // On a busy machine it takes its time to begin.
      const visible = async () => (await b.say(['list', '-H', '-o', 'name', target])).code === 0;
      for (let tries = 0; flag === '-us' && tries < 100 && !(await visible()); tries++) await sleep(100);
      for (let tries = 0; tries < 100 && (child.stdin?.writableLength ?? 0) > 0; tries++) await sleep(100);
      await sleep(400);
      child.kill('SIGKILL');
      await once(child, 'close');
      const listed = await b.say(['list', '-H', '-o', 'receive_resume_token', target]);
      if (flag === '-u') {
        t.equal(listed.code, 1, `nothing of ${String(bytes)} bytes`);
        continue;
      }
      t.equal(listed.code, 0);
      const token = listed.stdout.toString().trim();
      const rest = await b.stream('-t', token);
      if (bytes > MIB) t.ok(rest.length < stream.length - bytes + 400_000, 'what has come does not come again');
      t.equal((await b.say(['receive', '-s', '-u', target], rest)).stderr, '');
      t.equal(await b.zfs('sim-digest', `${target}@1`), wanted);
    }
  }
});

t.test('a receive that is killed when all but its cleaning up is done is complete', async (t) => {
  const b = bench(t);
  await b.pool('tank', '-O', 'canmount=off');
  await b.zfs('create', '-u', 'tank/a');
  await b.put('tank/a', 'f', noise(MIB));
  await b.zfs('snapshot', 'tank/a@1');
  await b.put('tank/a', 'f', noise(MIB));
  await b.zfs('snapshot', 'tank/a@2');
  const stream = await b.stream('tank/a@1');
  await b.say(['receive', '-s', '-u', 'tank/t'], stream.subarray(0, MIB / 2));
  const directory = join(b.root, 'pools/tank/root/children/t');
  cpSync(join(directory, 'recv'), join(b.root, 'recv'), { recursive: true });
  const token = (await b.zfs('list', '-H', '-o', 'receive_resume_token', 'tank/t')).trim();
  await b.say(['receive', '-s', '-u', 'tank/t'], await b.stream('-t', token));
  cpSync(join(b.root, 'recv'), join(directory, 'recv'), { recursive: true });
  t.equal((await b.zfs('list', '-H', '-o', 'receive_resume_token', 'tank/t')).trim(), '-');
  t.equal((await b.say(['receive', '-s', '-u', 'tank/t'], await b.stream('-i', '@1', 'tank/a@2'))).stderr, '');
  for (const at of ['1', '2']) {
    t.equal(await b.zfs('sim-digest', `tank/t@${at}`), await b.zfs('sim-digest', `tank/a@${at}`));
  }
  t.notOk(existsSync(join(directory, 'recv')), 'what was left over is gone');
});

t.test('the lock of a process that is gone is broken', async (t) => {
  const b = bench(t);
  await b.pool('tank');
  writeFileSync(join(b.root, 'pools/tank/lock'), '999999999 1');
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => b.zfs('create', '-u', `tank/${name}`)));
  t.equal(b.lines(await b.zfs('list', '-H', '-o', 'name', '-r', 'tank')).length, 5);
});

t.test('receives, renames and recursive snapshots at the same time', async (t) => {
  const b = bench(t);
  await b.pool('tank', '-O', 'canmount=off');
  for (const name of ['tank/src', 'tank/in', 'tank/moved']) await b.zfs('create', '-u', name);
  await b.put('tank/src', 'f', noise(2 * MIB));
  await b.zfs('snapshot', 'tank/src@1');
  const stream = await b.stream('tank/src@1');
  const wanted = await b.zfs('sim-digest', 'tank/src@1');
  const names = ['a', 'b', 'c', 'd'];
  const snapshots = (async () => {
    for (const name of ['r1', 'r2', 'r3', 'r4']) await b.say(['snapshot', '-r', `tank/in@${name}`]);
  })();
  await Promise.all(
    names.map(async (name) => {
      const said = await b.say(['receive', '-s', '-u', `tank/in/${name}`], stream);
      t.equal(said.stderr, '');
      await b.zfs('rename', `tank/in/${name}`, `tank/moved/${name}`);
    }),
  );
  await snapshots;
  for (const name of names) t.equal(await b.zfs('sim-digest', `tank/moved/${name}@1`), wanted);
  const rows = b.lines(await b.zfs('list', '-H', '-o', 'name,createtxg', '-t', 'snapshot', '-r', 'tank'));
  const txgs = new Map<string, Set<string>>();
  for (const [name = '', txg = ''] of rows.map((row) => row.split('\t'))) {
    const at = name.slice(name.indexOf('@'));
    txgs.set(at, (txgs.get(at) ?? new Set()).add(txg));
  }
  const taken = ['@r1', '@r2', '@r3', '@r4'].flatMap((name) => txgs.get(name) ?? []);
  // One that meets a rename finds a dataset gone and takes nothing, as in ZFS.
  t.ok(taken.length > 0);
  for (const txg of taken) t.equal(txg.size, 1, 'taken at once or not at all');
});

t.test('it can be slow when asked', async (t) => {
  const b = bench(t);
  await b.pool('tank');
  const took = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
    const started = Date.now();
    await b.say(args, undefined, env);
    return Date.now() - started;
  };
  t.ok((await took(['list', 'tank'], { ZFSYNC_SIM_DELAY: 'list:tank=600' })) >= 600);
  t.ok((await took(['list', 'tank'], { ZFSYNC_SIM_DELAY: '{"send":5000,"list:other":5000}' })) < 3000);
  await b.zfs('create', '-u', 'tank/a');
  await b.put('tank/a', 'f', noise(MIB));
  await b.zfs('snapshot', 'tank/a@1');
  const child = b.start(['send', '-vP', 'tank/a@1'], { ZFSYNC_SIM_RATE: String(MIB / 2) });
  const said = await heard(child);
  t.match(said.stderr, /^size\t\d+\n(\d\d:\d\d:\d\d\t\d+\ttank\/a@1\n)+$/m, 'with its progress');
});

t.test('a pool ends', async (t) => {
  const b = bench(t);
  await b.pool('small', '-o', 'size=8M', '-O', 'canmount=off');
  await b.pool('tank');
  await b.zfs('create', '-u', 'tank/a');
  await b.put('tank/a', 'f', noise(9 * MIB));
  await b.zfs('snapshot', 'tank/a@1');
  const said = await b.say(['receive', '-u', 'small/a'], await b.stream('tank/a@1'));
  t.equal(said.stderr, 'cannot receive new filesystem stream: out of space\n');
  const env = { ...process.env, ZFSYNC_SIM_ROOT: b.root };
  const { stdout } = await promisify(execFile)(ZPOOL, ['list', '-Hp', '-o', 'name,size,allocated'], { env });
  t.match(stdout, /^small\t8388608\t0$/m, 'what had come is gone');
});
