import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AbortedError, type CommandInfo, createZfs, parseDatasetName, parseVersionName, ZfsError } from '@zfsync/zfs';
import { loggableCommand, loggableText, Runner, zfsOf } from '@zfsync/zfs/internal';
import t, { type Test } from 'tap';
import { script } from './kit.ts';

const D = parseDatasetName('tank/d');
const S = parseVersionName('s');
const ROW = 'snapshot\\t1\\t2\\t3\\t0\\ttank/d@s\\n';

/** Made by OpenZFS 2.1.11 of `A/d@1`, incremental. */
const TOKEN =
  '1-ce355d8ae-d8-789c636064000310a501c49c50360710a715e5e7a69766a6304041ce23ed93a7ff28ef5400b2d991d4e52765a5269730303043d561c8a7a515a796806464e0f26c48f2499525a9c540da40460eabfe927c882b5226cdb91a1c3b7d22b23c27583e2f31379581c1513fc5c108ea0600f5e61bb2';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function failure(work: Promise<unknown>): Promise<ZfsError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ZfsError) return error;
    throw error;
  }
  throw new Error('it succeeded');
}

async function alive(t: Test, pidFile: string): Promise<boolean> {
  const pid = Number(await readFile(pidFile, 'utf8'));
  t.ok(pid > 1);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

t.setTimeout(60_000);
process.on('unhandledRejection', (reason) => t.fail(`unhandled rejection: ${String(reason)}`));

await t.test('a command that is not there says what to do', async (t) => {
  for (const command of ['zfsync-no-such-command', '/nowhere/zfs']) {
    const infos: CommandInfo[] = [];
    const zfs = createZfs({ command, onCommand: (info) => infos.push(info) });
    const error = await failure(zfs.version());
    t.equal(error.reason, 'command-missing');
    t.equal(error.retry, 'operator');
    t.match(error.message, /install OpenZFS, or name it with --zfs-command/);
    t.equal(infos[0]?.pid, undefined);
    const receive = zfs.receive({ target: D });
    receive.stream.end('x');
    t.equal((await failure(receive.done)).reason, 'command-missing');
    await receive.kill();
    const send = zfs.send({ dataset: D, to: S });
    send.stream.on('error', () => undefined).resume();
    t.equal((await failure(send.done)).reason, 'command-missing');
    t.equal((await failure(collect(zfs.listDatasets(D)))).reason, 'command-missing');
    t.equal((await failure(zfs.isEmpty(D))).reason, 'command-missing');
  }
});

await t.test('a command that may not be run, and too long a list of arguments', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-unit-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const path = join(directory, 'zfs');
  await writeFile(path, '#!/bin/sh\n');
  t.equal((await failure(createZfs({ command: path }).version())).reason, 'permission');
  const zfs = createZfs({ command: await script(t, 'exit 0') });
  const many = Array.from({ length: 100_000 }, (_, i) => parseDatasetName(`tank/${String(i).padStart(200, 'n')}`));
  t.match((await failure(zfs.snapshot(many, S))).message, /cannot run .*E2BIG/);
});

await t.test('exit code, signal and silence become errors that name the dataset', async (t) => {
  const said = createZfs({
    command: await script(t, 'echo "cannot open \'tank/d\': dataset does not exist" >&2; exit 1'),
  });
  const error = await failure(said.rename(D, D));
  t.match(error, { reason: 'dataset-missing', exitCode: 1, signal: null, code: 'ZFS_DATASET_MISSING' });
  t.equal(error.message, "cannot open 'tank/d': dataset does not exist");
  t.same(error.argv.slice(1), ['rename', '-u', 'tank/d', 'tank/d']);
  const other = createZfs({ command: await script(t, 'echo "it is late" >&2; exit 3') });
  t.match(await failure(other.rename(D, D)), { reason: 'unknown', message: 'tank/d: it is late', exitCode: 3 });
  const silent = createZfs({ command: await script(t, 'exit 1') });
  t.equal((await failure(silent.rename(D, D))).message, 'zfs rename of tank/d ended with exit code 1 and said nothing');
  const piped = createZfs({ command: await script(t, 'sh -c "kill -PIPE \\$\\$"; exit $?') });
  t.match(await failure(piped.rename(D, D)), { reason: 'killed', exitCode: 141, message: /ended by signal 13$/ });
  const shot = createZfs({ command: await script(t, 'echo "out of space" >&2; kill -KILL $$') });
  t.match(await failure(shot.rename(D, D)), { reason: 'killed', signal: 'SIGKILL', exitCode: null });
});

await t.test('a flood on stderr is bounded to its tail', async (t) => {
  const flood =
    'i=0; while [ $i -lt 4000 ]; do echo "line $i ............................................" >&2; i=$((i+1)); done';
  const zfs = createZfs({ command: await script(t, `${flood}; echo "dataset is busy" >&2; exit 1`) });
  const error = await failure(zfs.rename(D, D));
  t.equal(Buffer.byteLength(error.stderrTail), 32 * 1024);
  t.match(error.stderrTail, /dataset is busy\n$/);
  t.equal(error.reason, 'busy');
  t.ok(error.message.length < 600);
});

await t.test('the environment: C locale, sbin in PATH, own directory, own process group', async (t) => {
  const zfs = createZfs({
    command: await script(t, 'printf "%s|%s|%s|%s\\n" "$LC_ALL" "$PATH" "$PWD" "$X"'),
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'de_DE.UTF-8', X: 'kept' },
  });
  const { userland, kernel } = await zfs.version();
  t.equal(userland, 'C|/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin|/|kept');
  t.equal(kernel, undefined);
});

await t.test('rows, then a failure: the rows are given, then the error', async (t) => {
  const zfs = createZfs({
    command: await script(t, `printf '${ROW}${ROW}'; echo "pool I/O is currently suspended" >&2; exit 1`),
  });
  const names: string[] = [];
  const error = await failure(
    (async () => {
      for await (const { version } of zfs.listVersions(D)) names.push(version.name);
    })(),
  );
  t.same(names, ['s', 's']);
  t.equal(error.reason, 'busy');
});

await t.test('output that is not what it should be is said', async (t) => {
  const broken = async (output: string): Promise<ZfsError> =>
    failure(collect(createZfs({ command: await script(t, `printf '${output}'`) }).listVersions(D)));
  t.match(await broken('snapshot\\t1\\t2\\t3\\ttank/d@s\\n'), { message: /has 5 fields instead of 6/ });
  t.match(await broken('snapshot\\t1\\t2\\t3\\t-\\ttank/d@s\\n'), { message: /column userrefs is "-" instead/ });
  t.match(await broken('snapshot\\tx\\t2\\t3\\t0\\ttank/d@s\\n'), {
    message: /column guid is "x" instead of a number/,
  });
  t.match(await broken('snapshot\\t-1\\t2\\t3\\t0\\ttank/d@s\\n'), { message: /"-1" instead of a number/ });
  t.match(await broken('clone\\t1\\t2\\t3\\t0\\ttank/d@s\\n'), { message: /column type is "clone"/ });
  t.match(await broken('snapshot\\t1\\t2\\t3\\t0\\ttank/d#s\\n'), { message: /not the name of a snapshot/ });
  t.match(await broken('snapshot\\t1\\t2\\t3\\t0\\ttank//d@s\\n'), { message: /empty component/ });
  t.match(await broken(`${ROW}snapshot\\t1`), { message: /ends within the line "snapshot\\t1"/ });
});

await t.test('leaving a listing early ends the process, and its group', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-unit-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const pidFile = join(directory, 'pid');
  const body = `sleep 1000 & echo $! >${pidFile}; while :; do printf '${ROW}'; done`;
  const zfs = createZfs({ command: await script(t, body) });
  for await (const { version } of zfs.listVersions(D)) {
    t.equal(version.guid, 1n);
    break;
  }
  t.notOk(await alive(t, pidFile), 'the child of the wrapper is gone too');
});

await t.test('a process that ignores SIGTERM is killed after the grace', async (t) => {
  const zfs = createZfs({
    command: await script(t, "trap '' TERM; echo x; while :; do sleep 1; done"),
    killGraceMs: 300,
  });
  const send = zfs.send({ dataset: D, to: S });
  await new Promise((fulfil) => send.stream.once('data', fulfil));
  const started = performance.now();
  await send.kill();
  const waited = performance.now() - started;
  t.ok(waited >= 290 && waited < 5000, `${String(waited)} ms`);
  const error = await failure(send.done);
  t.match(error, { reason: 'killed', message: 'zfs send of tank/d@s was called off' });
});

await t.test('what is killed counts as killed, even if it exits with 0', async (t) => {
  const zfs = createZfs({ command: await script(t, "trap 'exit 0' TERM; echo x; while :; do sleep 0.05; done") });
  const send = zfs.send({ dataset: D, to: S });
  await new Promise((fulfil) => send.stream.once('data', fulfil));
  await Promise.all([send.kill(), send.kill()]);
  t.equal((await failure(send.done)).reason, 'killed');
});

await t.test('a receive that closes its stdin early breaks nothing', async (t) => {
  const zfs = createZfs({
    command: await script(t, 'exec <&-; sleep 0.2; echo "cannot receive: out of space" >&2; exit 1'),
  });
  const receive = zfs.receive({ target: D });
  for (let i = 0; i < 50; i++) receive.stream.write(Buffer.alloc(65_536));
  receive.stream.end();
  t.equal((await failure(receive.done)).reason, 'no-space');
});

await t.test('a receive that fails while nobody writes, and one that succeeds', async (t) => {
  const failing = createZfs({ command: await script(t, 'echo "cannot receive: dataset is busy" >&2; exit 1') });
  t.equal((await failure(failing.receive({ target: D }).done)).reason, 'busy');
  const counting = createZfs({ command: await script(t, 'test "$(wc -c)" -eq 1000000') });
  const receive = counting.receive({ target: D });
  receive.stream.end(Buffer.alloc(1_000_000));
  await receive.done;
  await receive.kill();
});

await t.test('a grandchild that holds stderr open does not hold up the end', async (t) => {
  const zfs = createZfs({ command: await script(t, 'sleep 5 >/dev/null & echo "dataset is busy" >&2; exit 1') });
  const started = performance.now();
  t.equal((await failure(zfs.receive({ target: D }).done)).reason, 'busy');
  t.ok(performance.now() - started < 4000);
});

await t.test('a signal calls a listing off, before it and in the middle', async (t) => {
  const zfs = createZfs({ command: await script(t, `printf '${ROW}'; sleep 1000`) });
  await t.rejects(collect(zfs.listVersions(D, { signal: AbortSignal.abort() })), AbortedError);
  const abort = new AbortController();
  const names: string[] = [];
  const listing = (async () => {
    for await (const { version } of zfs.listVersions(D, { signal: abort.signal })) {
      names.push(version.name);
      setTimeout(() => {
        abort.abort(new Error('shutting down'));
      }, 50);
    }
  })();
  await t.rejects(listing, { name: 'AbortedError', code: 'ABORTED', cause: { message: 'shutting down' } });
  t.same(names, ['s']);
});

await t.test('every command is reported after its end', async (t) => {
  const infos: CommandInfo[] = [];
  const zfs = createZfs({
    command: await script(t, '[ "$1" = version ] || exit 2; echo zfs-1; echo zfs-kmod-1'),
    onCommand: (info) => infos.push(info),
  });
  t.same(await zfs.version(), { userland: 'zfs-1', kernel: 'zfs-1' });
  await failure(zfs.abortReceive(D));
  t.match(infos, [
    { argv: [/zfs$/, 'version'], exitCode: 0, signal: null },
    { argv: [/zfs$/, 'receive', '-A', 'tank/d'], exitCode: 2, signal: null },
  ]);
  t.ok(infos.every(({ pid, milliseconds }) => (pid ?? 0) > 0 && milliseconds > 0));
});

await t.test('a create that only could not mount has succeeded', async (t) => {
  const text = 'filesystem successfully created, but it may only be mounted by root';
  const zfs = createZfs({ command: await script(t, `echo "${text}" >&2; exit 1`) });
  await zfs.create(D, { type: 'filesystem' });
  await sleep(0);
});

await t.test('the number of processes of a listing does not depend on the number of datasets', async (t) => {
  for (const count of [1, 2000]) {
    const infos: CommandInfo[] = [];
    const row = 'filesystem\\t1\\t2\\t3\\t4\\t5\\t6\\toff\\t-\\t-\\tno\\t-\\t-\\ttank/d/$i\\tnone\\n';
    const loop = `i=0; while [ $i -lt ${String(count)} ]; do printf "${row}"; i=$((i+1)); done`;
    const marks = 'printf "tank/d/0\\tzfsync:placeholder\\tlocal\\ton\\n"';
    const zfs = createZfs({
      command: await script(t, `if [ "$1" = get ]; then ${marks}; else ${loop}; fi`),
      onCommand: (info) => infos.push(info),
    });
    const listed = await collect(zfs.listDatasets(D));
    t.equal(listed.length, count);
    t.same(
      listed.filter(({ placeholder }) => placeholder).map(({ name }) => name),
      ['tank/d/0'],
    );
    t.same(
      infos.map(({ argv }) => argv[1]),
      ['get', 'list'],
    );
  }
});

await t.test('a command that shows no sign of life is ended with its group, and says so', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-unit-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const pidFile = join(directory, 'pid');
  const zfs = createZfs({ command: await script(t, `sleep 1000 & echo $! >${pidFile}; wait`), stallMs: 300 });
  const started = performance.now();
  const error = await failure(zfs.rename(D, D));
  const waited = performance.now() - started;
  t.ok(waited >= 290 && waited < 4000, `${String(waited)} ms`);
  t.match(error, {
    reason: 'stalled',
    retry: 'backoff',
    message: 'tank/d: zfs rename has shown no sign of life for 300 ms and was ended',
    context: { phase: 'rename', stalledMs: 300 },
  });
  t.notOk(await alive(t, pidFile), 'the child of the wrapper is gone too');
  const silent = createZfs({ command: await script(t, 'exec sleep 1000'), stallMs: 300 });
  t.match(await failure(silent.version()), {
    message: 'zfs version has shown no sign of life for 300 ms and was ended',
  });
  t.match(await failure(silent.decodeResumeToken(TOKEN)), { reason: 'stalled', context: { phase: 'send' } });
});

await t.test('after rows too, and when its output has ended; each row puts the deadline off', async (t) => {
  const listing = async (body: string): Promise<ZfsError | number> => {
    const zfs = createZfs({ command: await script(t, body), stallMs: 400 });
    return collect(zfs.listVersions(D)).then(
      (rows) => rows.length,
      (error: unknown) => error as ZfsError,
    );
  };
  const slow = `for i in 1 2 3 4 5; do printf '${ROW}'; sleep 0.2; done`;
  t.equal(await listing(slow), 5, 'slow, for longer than the deadline');
  t.match(await listing(`${slow}; exec sleep 1000`), { reason: 'stalled', context: { phase: 'list' } });
  t.match(await listing(`printf '${ROW}'; exec >&-; exec sleep 1000`), { reason: 'stalled' });
});

await t.test('the time that a consumer takes is no stall', async (t) => {
  const body = `rows="$(printf '${ROW.repeat(1000)}')"; for i in $(seq 40); do echo "$rows"; done`;
  const zfs = createZfs({ command: await script(t, body), stallMs: 200 });
  let rows = 0;
  for await (const { version } of zfs.listVersions(D)) {
    if (rows++ % 10_000 === 0) await sleep(500);
    if (version.name !== 's') t.fail(`row ${String(rows)} is ${version.name}`);
  }
  t.equal(rows, 40_000);
});

await t.test('send and receive are left to those who move their bytes; the sends of isEmpty are not', async (t) => {
  const zfs = createZfs({ command: await script(t, 'sleep 0.6; echo x'), stallMs: 200 });
  const send = zfs.send({ dataset: D, to: S });
  send.stream.resume();
  await send.done;
  const receive = zfs.receive({ target: D });
  await receive.done;
  const row = 'filesystem\\tno\\ttank/d\\tnone\\n';
  const looking = createZfs({
    command: await script(t, `[ "$1" = send ] || { printf '${row}'; exit; }; exec sleep 1000`),
    stallMs: 200,
  });
  t.match(await failure(looking.isEmpty(D)), { reason: 'stalled', context: { phase: 'send' } });
});

await t.test('a process that cannot be ended is not waited for for ever', async (t) => {
  const pids = new Set<number>();
  t.teardown(() => {
    for (const pid of pids) process.kill(-pid, 'SIGKILL');
  });
  const signals: (string | number)[] = [];
  const runner = new Runner({
    command: await script(t, 'exec sleep 1000'),
    env: process.env,
    killGraceMs: 200,
    stallMs: 200,
    signalGroup: (pid, signal) => {
      pids.add(pid);
      if (signal !== 0) signals.push(signal);
    },
  });
  const zfs = zfsOf(runner);
  const started = performance.now();
  const error = await failure(zfs.abortReceive(D));
  t.equal(error.reason, 'stalled');
  t.equal(
    error.message,
    'tank/d: zfs receive has shown no sign of life for 200 ms; it cannot be ended; the pool may be suspended (zpool status)',
  );
  for (const process of [zfs.send({ dataset: D, to: S }), zfs.receive({ target: D })]) {
    await process.kill();
    t.match(await failure(process.done), {
      reason: 'killed',
      message: /was called off; it cannot be ended; the pool may be suspended/,
    });
  }
  const abort = new AbortController();
  const listing = collect(zfs.listVersions(D, { signal: abort.signal }));
  abort.abort();
  await t.rejects(listing, AbortedError);
  t.ok(performance.now() - started < 5000);
  t.same(signals.slice(0, 2), ['SIGTERM', 'SIGKILL']);
  t.equal(pids.size, 4);
});

await t.test('a process that cannot be ended does not keep our own alive', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-unit-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const pidFile = join(directory, 'pid');
  const command = await script(t, `echo $$ >${pidFile}; exec sleep 1000`);
  const program = `
    import { loggableCommand, loggableText, Runner, zfsOf } from '@zfsync/zfs/internal';
    const zfs = zfsOf(new Runner({
      command: process.argv[1], env: process.env, killGraceMs: 100, stallMs: 300, signalGroup: () => undefined,
    }));
    await zfs.rename('tank/d', 'tank/e').catch((error) => process.stdout.write(error.reason));`;
  const args = ['--input-type=module', '-e', program, command];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  t.equal(stdout, 'stalled');
  process.kill(Number(await readFile(pidFile, 'utf8')), 'SIGKILL');
});

await t.test(
  'logs and errors have no values of properties but our own, and the beginning of a token alone',
  async (t) => {
    const infos: CommandInfo[] = [];
    const command = await script(t, `echo "cannot go on: run zfs send -t ${TOKEN}" >&2; exit 1`);
    const zfs = createZfs({ command, onCommand: (info) => infos.push(info) });
    const set = { 'zfsync:key': 'k', canmount: 'noauto', mountpoint: 'none', 'team:password': 'hunter2', quota: '77' };
    const errors = [
      await failure(zfs.create(D, { type: 'filesystem', properties: { mountpoint: '/hunter2', encryption: 'off' } })),
      await failure(zfs.setProperties(D, set)),
      await failure(zfs.receive({ target: D, set }).done),
      await failure(zfs.resumeSend(TOKEN).done),
      await failure(zfs.decodeResumeToken(TOKEN)),
    ];
    const own = 'zfsync:key=k,canmount=noauto,mountpoint=none,team:password=…,quota=…'.split(',');
    const begin = `${TOKEN.slice(0, 16)}…`;
    const wanted = [
      ['create', '-u', '-o', 'mountpoint=…', '-o', 'encryption=off', 'tank/d'],
      ['set', ...own, 'tank/d'],
      ['receive', '-u', ...own.flatMap((pair) => ['-o', pair]), 'tank/d'],
      ['send', '-t', begin],
      ['send', '-nvPt', begin],
    ];
    t.same(
      infos.map(({ argv }) => argv.slice(1)),
      wanted,
    );
    t.same(
      errors.map(({ argv }) => argv.slice(1)),
      wanted,
    );
    for (const error of errors) {
      const logged = JSON.stringify([error.message, error.context, error.stderrTail]);
      t.match(logged, begin);
      t.notMatch(logged, new RegExp(`hunter2|=77|${TOKEN.slice(0, 17)}`));
    }
  },
);

await t.test('a hash in a name is no token', (t) => {
  const hash = '3f'.repeat(32);
  for (const name of [
    `tank/docker/${hash}`,
    `tank/docker/${hash}-init@${hash}`,
    `tank/docker/${hash}@1-2-3-${hash}`,
    `tank/b.zfsyncbuffer/sha256-${hash}`,
    `tank/1-2-3-${hash}`,
    `tank/3f2504e0-4f89-11d3-9a0c-0305e82c3301#${hash}`,
  ]) {
    const text = `cannot open '${name}': dataset does not exist`;
    t.equal(loggableText(text), text);
    t.same(loggableCommand(['zfs', 'destroy', name]), ['zfs', 'destroy', name]);
  }
  const begin = `${TOKEN.slice(0, 16)}…`;
  for (const around of ['T', 'zfs send -t T', "cannot open 'T': x", '  T\n\nT\n', 'token:T.', 'token=T, "T"']) {
    t.equal(
      loggableText(around.replaceAll('T', () => TOKEN)),
      around.replaceAll('T', () => begin),
      around,
    );
  }
  for (const cut of [1, 2, 11, 12, 14, 15, 20]) {
    t.equal(loggableText(`${TOKEN.slice(cut)}\n`), `${TOKEN.slice(cut, cut + 16)}…\n`, 'its beginning was not kept');
  }
  t.same(loggableCommand(['zfs', 'send', '-w', '-t', hash]), ['zfs', 'send', '-w', '-t', `${hash.slice(0, 16)}…`]);
  t.end();
});

await t.test('what is no token never reaches a command', async (t) => {
  const infos: CommandInfo[] = [];
  const zfs = createZfs({ command: await script(t, 'exit 0'), onCommand: (info) => infos.push(info) });
  for (const token of ['', '-', '1-2-3', '-x', '1-a-b-0g', '1-a-b-00', TOKEN.toUpperCase(), `${TOKEN} `, '$(reboot)']) {
    const error = await failure(zfs.decodeResumeToken(token));
    t.equal(error.reason, 'resume-token-corrupt', token);
    t.equal(error.retry, 'replan');
    const send = zfs.resumeSend(token);
    t.same(await collect(send.stream), []);
    t.equal((await failure(send.done)).reason, 'resume-token-corrupt');
    await send.kill();
  }
  t.same(infos, []);
});

await t.test(
  'a token is decoded by zfs; what zfs cannot go on with is a problem, other failures are failures',
  async (t) => {
    const contents =
      "printf 'resume token contents:\\nnvlist version: 0\\n\\tbytes = 0x10\\n\\ttoguid = 0x2\\n\\ttoname = tank/d@s\\n'";
    const saying = async (more: string): Promise<ReturnType<typeof createZfs>> =>
      createZfs({ command: await script(t, `[ "$2" = -nvPt ] && [ "$3" = ${TOKEN} ] || exit 9; ${more}`) });
    const good = await saying(`${contents}; printf 'full\\ttank/d@s\\t77\\nsize\\t77\\n'`);
    t.match(await good.decodeResumeToken(TOKEN), { text: TOKEN, toName: 'tank/d@s', toGuid: 2n, bytesLeft: 77n });
    const gone = "cannot resume send: 'tank/d@s' used in the initial send no longer exists";
    const stale = await (await saying(`${contents}; echo "${gone}" >&2; exit 255`)).decodeResumeToken(TOKEN);
    t.match(stale, { toName: 'tank/d@s', bytesReceived: 16n, problem: { reason: 'resume-source-gone' } });
    t.equal(stale.bytesLeft, undefined);
    const bad = 'cannot resume send: resume token is corrupt (incorrect checksum)';
    for (const [more, reason] of [
      [`echo "${bad}" >&2; exit 255`, 'resume-token-corrupt'],
      [`${contents}; echo "${bad}" >&2; exit 255`, 'resume-token-corrupt'],
      [`${contents}; kill -KILL $$`, 'killed'],
      ['echo "permission denied" >&2; exit 1', 'permission'],
      ['exit 0', 'resume-token-corrupt'],
    ] as const) {
      t.equal((await failure((await saying(more)).decodeResumeToken(TOKEN))).reason, reason, more);
    }
  },
);
