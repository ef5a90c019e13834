/** What goes on around a run, with the programs as processes: hooks, several receivers, repetition, files. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDatasetName, parseVersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { guids, type TestFunction } from './pair-suite.ts';
import { newMark, untilGone, within } from './processes.ts';
import { type Finished, RECEIVER, runSender, SENDER, start, startReceiver } from './programs.ts';

const d = parseDatasetName;
/** A bound for what must not take for ever; in the lab a process takes half a second to start. */
const PATIENCE_MS = 120_000;

/** Nobody listens there. */
const NOBODY = '127.0.0.1:1';

interface Run {
  readonly receiver: string;
  readonly failure?: { readonly code: string };
  readonly datasets: readonly {
    readonly path: string;
    readonly outcome: { readonly kind: string; readonly failure?: { readonly code: string } };
    readonly hookFailure?: { readonly message: string };
  }[];
}

interface Document {
  readonly runs: readonly Run[];
  readonly failures?: readonly { readonly code: string; readonly message: string; readonly detail: string }[];
}

const documentOf = ({ stdout }: Finished) => JSON.parse(stdout) as Document;

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
    await sleep(50);
  }
}

/** A tree of three datasets, two receivers, and a place for files. */
async function openBench(bed: TestBed) {
  const [src, dst] = [await bed.createPool('src'), await bed.createPool('dst')];
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-jobs-'));
  const source = `${src}/tree`;
  const zfs = ['--zfs-command', bed.command];
  const common = ['--plaintext', '--retries', '0', '--run-dir', directory, ...zfs];
  const send = (...args: string[]) => runSender([...common, ...args], bed.env);
  const trace = join(directory, 'trace');
  /** A hook that leaves a line. */
  const note = (what: string) => `echo "${what}" >>${trace}`;
  const traced = () => {
    const lines = existsSync(trace) ? readFileSync(trace, 'utf8').trimEnd().split('\n') : [];
    rmSync(trace, { force: true });
    return lines;
  };
  let generation = 0;
  const change = async (...paths: string[]) => {
    generation += 1;
    for (const path of paths) await bed.write(d(source + path), 'f', `${generation}`);
    const names = paths.map((path) => d(source + path));
    await bed.zfs.snapshot(names, parseVersionName(`s${generation}`));
  };

  for (const path of ['', '/a', '/b']) await bed.zfs.create(d(source + path), { type: 'filesystem' });
  await change('', '/a', '/b');
  const [one, two] = [
    await startReceiver([...zfs, '--run-dir', directory, `${dst}/one`], bed.env),
    await startReceiver([...zfs, '--run-dir', directory, `${dst}/two`], bed.env),
  ];
  const [first, second] = [`127.0.0.1:${one.port}`, `127.0.0.1:${two.port}`];
  const close = async () => {
    await Promise.all([one.stop(), two.stop()]);
    rmSync(directory, { recursive: true, force: true });
  };
  return { dst, directory, source, zfs, common, send, trace, note, traced, change, first, second, close };
}

/** What the hooks, the snapshot and several receivers do to each other. */
export async function hooksSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const bench = await openBench(bed);
  const { dst, directory, source, common, send, note, traced, change, first, second } = bench;

  await test('hooks are told what goes on, in order, and their output is logged', async () => {
    const log = join(directory, 'hooks.log');
    const all = '$ZFSYNC_HOOK $ZFSYNC_DATASET ${ZFSYNC_RESULT-none} ${ZFSYNC_EXIT_CODE-none}.$ZFSYNC_RECEIVER';
    const hooks = ['--before-run', '--after-run', '--before-dataset', '--after-dataset'].flatMap((flag) => [
      flag,
      `${note(all)}; echo "said by $ZFSYNC_HOOK"; test -n "$ZFSYNC_RUN_ID" && test "$ZFSYNC_RECEIVERS" = ${first}`,
    ]);
    const dry = await send('--dry-run', ...hooks, source, first);
    assert.equal(dry.code, 0, dry.stderr);
    assert.match(dry.stdout, /would run --before-run: echo[^]*3 datasets would be sent/);
    assert.deepEqual(traced(), [], 'a dry run runs none');

    const done = await send('-t', '1', '-o', log, ...hooks, source, first);
    assert.equal(done.code, 0, done.stderr);
    const lines = traced();
    assert.equal(lines[0], `before-run ${source} none none.`);
    assert.equal(lines.at(-1), `after-run ${source} ok 0.`);
    for (const path of ['', '/a', '/b']) {
      const at = lines.indexOf(`before-dataset ${source}${path} none none.${first}`);
      assert.equal(lines[at + 1], `after-dataset ${source}${path} ok 0.${first}`, lines.join('\n'));
    }
    assert.match(readFileSync(log, 'utf8'), /"hook":"after-run".*"event":"hook-output".*said by after-run/);

    const idle = await send(...hooks, source, first);
    assert.equal(idle.code, 0, idle.stderr);
    assert.deepEqual(
      traced().map((line) => line.split(' ')[0]),
      ['before-run', 'after-run'],
      'nothing to send: no hook of a dataset',
    );
  });

  await test('a hook that fails or hangs is a failure; what it was to come before is not done, the one after is', async () => {
    await change('/a', '/b');
    const after = ['--after-run', note('after $ZFSYNC_RESULT $ZFSYNC_EXIT_CODE')];
    const failing = await send('--before-run', 'echo no database; exit 4', ...after, source, first);
    assert.equal(failing.code, 1);
    assert.match(failing.stderr, /FAILED: the hook --before-run failed with exit code 4: no database/);
    assert.deepEqual(traced(), ['after failed 1']);

    const hanging = await send('--json', '--hook-timeout', '1', '--before-run', 'sleep 100', ...after, source, first);
    assert.equal(hanging.code, 1);
    assert.deepEqual(documentOf(hanging).runs, []);
    assert.equal(documentOf(hanging).failures?.[0]?.code, 'HOOK_TIMED_OUT');
    assert.deepEqual(traced(), ['after failed 1']);

    const afterwards = await send('--json', '--after-run', 'echo one; echo two; exit 3', source, NOBODY);
    assert.equal(afterwards.code, 1);
    const { failures } = documentOf(afterwards);
    assert.match(failures?.[0]?.message ?? '', /--after-run failed with exit code 3: two/);
    assert.equal(failures?.[0]?.detail, 'one\ntwo');

    const ofOne = 'case $ZFSYNC_DATASET in */a) exit 1;; esac';
    const datasets = await send(
      '--json',
      '--before-dataset',
      ofOne,
      '--after-dataset',
      note('after $ZFSYNC_DATASET $ZFSYNC_RESULT'),
      source,
      first,
    );
    assert.equal(datasets.code, 3, datasets.stdout);
    const outcomes = documentOf(datasets).runs[0]?.datasets.map(({ path, outcome }) => `${path} ${outcome.kind}`);
    assert.deepEqual(outcomes, [' up-to-date', '/a failed', '/b sent'], 'the others go on');
    assert.deepEqual(traced().sort(), [`after ${source}/a failed`, `after ${source}/b ok`]);

    const late = await send('--after-dataset', 'false', source, first);
    assert.equal(late.code, 3, late.stdout);
    assert.match(late.stderr, new RegExp(`${source}/a: sent .*; FAILED: the hook --after-dataset failed`));
    assert.equal((await send(source, first)).code, 0, 'it had arrived');
  });

  await test('SIGTERM: what is suspended is resumed, also if the signal comes twice', async () => {
    await change('', '/a');
    const { mark, env } = newMark();
    const began = join(directory, 'began');
    const hooks = [
      '--before-dataset',
      `touch ${began}; sleep 100`,
      '--after-run',
      `sleep 1; ${note('resumed $ZFSYNC_RESULT')}`,
    ];
    const run = start(SENDER, [...common, '--before-run', note('suspended'), ...hooks, source, first], {
      ...bed.env,
      ...env,
    });
    await until('the hook of a dataset runs', () => existsSync(began));
    run.child.kill('SIGTERM');
    await sleep(300);
    run.child.kill('SIGTERM');
    run.child.kill('SIGHUP');
    const ended = await within(PATIENCE_MS, 'the interrupted run', run.finished);
    assert.equal(ended.code, 130, ended.stderr);
    assert.match(ended.stderr, /: interrupted by SIGTERM; run it again to go on \(2 datasets not finished\)$/m);
    assert.doesNotMatch(ended.stderr, /FAILED/, 'no line for each');
    assert.deepEqual(traced(), ['suspended', 'resumed interrupted']);
    await untilGone(mark, undefined, 5000);

    rmSync(began);
    const early = start(
      SENDER,
      [...common, '--before-run', `touch ${began}; sleep 100`, '--after-run', note('resumed'), source, first],
      bed.env,
    );
    await until('the hook before the run', () => existsSync(began));
    const other = await send('--before-run', 'true', source, second);
    assert.equal(other.code, 5, `two jobs with hooks do not overlap: ${other.stderr}`);
    early.child.kill('SIGINT');
    assert.equal((await within(PATIENCE_MS, 'the run', early.finished)).code, 130);
    assert.deepEqual(traced(), ['resumed']);
  });

  await test('several receivers: one that is down stops no other, and each is named', async () => {
    const begun = performance.now();
    const log = join(directory, 'several.log');
    const down = start(
      SENDER,
      [...common.slice(0, 1), '--retries', '50', ...common.slice(3), '-o', log, source, NOBODY, first, second],
      bed.env,
    );
    const closed = () => (existsSync(log) ? readFileSync(log, 'utf8') : '').match(/"event":"session-closed"/g) ?? [];
    await until('both others are done', () => closed().length === 2);
    assert.equal(down.child.exitCode, null, 'the one that is down is still tried');
    down.child.kill('SIGTERM');
    const ended = await within(PATIENCE_MS, 'the run', down.finished);
    assert.equal(ended.code, 130);
    assert.match(ended.stderr, new RegExp(`^${source} to ${NOBODY}: interrupted by SIGTERM$`, 'm'));
    for (const host of [first, second]) {
      assert.match(ended.stderr, new RegExp(`${source} to .* on ${host}: `), 'what is wrong is told as a whole');
    }
    assert.equal(ended.stdout, '');
    assert.ok(performance.now() - begun < PATIENCE_MS);
    assert.deepEqual(await guids(bed.zfs, `${dst}/two`), await guids(bed.zfs, source));

    const worst = await send('--json', source, second, NOBODY);
    assert.equal(worst.code, 1);
    const { runs } = documentOf(worst);
    assert.deepEqual(
      runs.map(({ receiver, failure }) => [receiver, failure?.code]),
      [
        [second, undefined],
        [NOBODY, runs[1]?.failure?.code ?? 'none'],
      ],
      'in the order of the command line',
    );
    const twice = await send(source, first, first);
    assert.equal(twice.code, 2);
    assert.match(twice.stderr, /given twice/);
  });

  await test('a snapshot with its hooks: what fails before it keeps it from being taken, what comes after comes', async () => {
    const count = async () => (await guids(bed.zfs, source)).size;
    const before = await count();
    const after = ['--after-snapshot', note('thawed $ZFSYNC_RESULT ${ZFSYNC_SNAPSHOT-none}')];
    const failing = await send('--json', '--snapshot', '--before-snapshot', 'exit 9', ...after, source, first);
    assert.equal(failing.code, 1, failing.stdout);
    assert.deepEqual(traced(), ['thawed failed none']);
    assert.equal(await count(), before);
    assert.equal(documentOf(failing).runs[0]?.failure, undefined, 'what was there is sent');
    const told = await send('--snapshot', '--keep', '1d', '--before-snapshot', 'exit 9', source, first);
    assert.match(told.stderr, new RegExp(`^${source}: no snapshot taken, nothing pruned$`, 'm'));

    const taken = await send('--json', '--snapshot', '--before-snapshot', note('frozen'), ...after, source, first);
    assert.equal(taken.code, 0, taken.stdout);
    const { snapshot } = JSON.parse(taken.stdout) as { readonly snapshot: { readonly name: string } };
    assert.deepEqual(traced(), ['frozen', `thawed ok ${snapshot.name}`]);
    assert.equal(await count(), before + 3);
    assert.ok(
      (await guids(bed.zfs, `${dst}/one`)).has(`/a@${snapshot.name}`) || (await guids(bed.zfs, `${dst}/one`)).size > 0,
    );

    const early = await send(
      '--snapshot',
      '--min-interval',
      '1h',
      '--before-snapshot',
      note('frozen'),
      ...after,
      source,
      first,
    );
    assert.equal(early.code, 0, early.stderr);
    assert.deepEqual(traced(), [], 'nothing is frozen for a snapshot that is not due');
  });

  await bench.close();
}

/** What does not depend on ZFS: files of configuration, of flags and of logs, and going on and on. */
export async function servicesSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const bench = await openBench(bed);
  const { dst, directory, source, zfs, common, send, trace, note, traced, change, first, second } = bench;

  await test('jobs of a config file: the command line wins, all that is wrong is told with its place', async () => {
    const file = join(directory, 'zfsync.yaml');
    const write = (text: string) => {
      writeFileSync(file, text, { mode: 0o644 });
    };
    const run = (...args: string[]) => runSender(['--config', file, ...args], bed.env);
    const check = () => runSender(['config', 'check', file], bed.env);
    write(`# two jobs
defaults:
  plaintext: true
  retries: 0
  run-dir: ${directory}
  zfs-command: ${bed.command}
  receivers: [${first}]
jobs:
  - name: one
    dataset: ${source}
    before-run: echo "$ZFSYNC_JOB" >>${trace}
  - name: other
    dataset: ${source}/a
    as: elsewhere
    receivers: ["${second}"]
    before-run: echo "$ZFSYNC_JOB" >>${trace}
`);
    const checked = await check();
    assert.equal(checked.code, 0, checked.stderr);
    assert.match(
      checked.stdout,
      new RegExp(`^ok: 2 jobs\n {2}one: ${source} to ${first}\n {2}other: ${source}/a to ${second}\n$`),
    );
    const both = await run();
    assert.equal(both.code, 0, both.stderr);
    assert.deepEqual(traced(), ['one', 'other']);
    assert.match(both.stdout, new RegExp(`^one: ${source} to .*3 datasets sent`, 'm'));
    assert.match(both.stdout, new RegExp(`^other: ${source}/a to .*1 dataset sent`, 'm'));
    const chosen = await run('--job', 'other', '--json', '--before-run', note('the command line'));
    assert.equal(chosen.code, 0, chosen.stderr);
    const { jobs } = JSON.parse(chosen.stdout) as { readonly jobs: readonly (Document & { readonly job: string })[] };
    assert.deepEqual(
      jobs.map(({ job }) => job),
      ['other'],
    );
    assert.deepEqual(traced(), ['the command line']);
    for (const [args, message] of [
      [[source, first], /with --config the file says what is sent/],
      [['--job', 'third'], /no job third, but one, other/],
    ] as const) {
      const wrong = await run(...args);
      assert.equal(wrong.code, 2);
      assert.match(wrong.stderr, message);
    }

    write('jobs:\n  - name: x\n    dataset: tank\n    receivers: [h]\n    prot: 1\n    hold: 3\n    name: y\n');
    const twice = await check();
    assert.equal(twice.code, 2);
    assert.match(twice.stderr, /zfsync\.yaml:7:5: this is here a second time/);
    write('jobs:\n  - name: x\n    dataset: tank\n    prot: 1\n    hold: 3\n    before-run: 12\n  - dataset: t\n');
    const wrong = await check();
    assert.equal(wrong.code, 2);
    for (const line of [
      '4:5: jobs[0].prot: there is no such setting',
      '5:11: jobs[0].hold: must be true or false',
      '6:17: jobs[0].before-run: must be a string: put it in quotes',
      '7:5: jobs[1]: name is missing',
    ]) {
      assert.ok(wrong.stderr.includes(`zfsync.yaml:${line}`), `${line} in ${wrong.stderr}`);
    }
    write(
      'jobs:\n  - name: x\n    dataset: tank@a\n    receivers: [h]\n  - name: x\n    dataset: t\n    receivers: [h]\n    connections: 0\n',
    );
    const values = await check();
    for (const line of [
      '3:14: jobs[0].dataset: DATASET is a dataset',
      '5:11: jobs[1].name: there is another job called x',
      '8:18: jobs[1].connections: --connections takes',
    ]) {
      assert.ok(values.stderr.includes(`zfsync.yaml:${line}`), `${line} in ${values.stderr}`);
    }
    const bomb = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`);
    write(['a0: &a0 [x]', ...bomb].join('\n'));
    assert.match((await check()).stderr, /Excessive alias count/);
    write('['.repeat(50_000));
    const deep = await check();
    assert.equal(deep.code, 2);
    assert.ok(deep.stderr.split('\n').length < 30, 'not thousands of lines');
    write('jobs: []\n');
    chmodSync(file, 0o666);
    assert.match((await check()).stderr, /everybody may write to it/);
    rmSync(file);
    assert.match((await check()).stderr, /zfsync\.yaml cannot be read: ENOENT/);
  });

  await test('again and again: no overlap, a stop between two runs and amid one is an orderly end', async () => {
    const log = join(directory, 'every.log');
    const events = (event: string) =>
      (existsSync(log) ? readFileSync(log, 'utf8') : '')
        .split('\n')
        .filter((line) => line.includes(`"event":"${event}"`)).length;
    const args = [...common, '--every', '1s', '-o', log, '--after-run', note('after $ZFSYNC_RESULT')];
    const service = start(SENDER, [...args, source, first], bed.env);
    await until('three runs', () => events('waiting') >= 3);
    service.child.kill('SIGHUP');
    await until('another run after SIGHUP', () => events('waiting') >= 4);
    service.child.kill('SIGTERM');
    const ended = await within(PATIENCE_MS, 'the service', service.finished);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stdout, /(nothing to do[^]*){3}/);
    assert.ok(traced().length >= 3);

    await change('/b');
    const began = join(directory, 'began amid');
    const amid = start(SENDER, [...args, '--before-dataset', `touch '${began}'; sleep 60`, source, first], bed.env);
    await until('a run goes on', () => existsSync(began));
    amid.child.kill('SIGTERM');
    const stopped = await within(PATIENCE_MS, 'the service', amid.finished);
    assert.equal(stopped.code, 0, stopped.stderr);
    assert.deepEqual(traced(), ['after interrupted']);
    assert.match(readFileSync(log, 'utf8'), /"event":"stopped".*"exitCode":130/);

    const wrong = await within(
      PATIENCE_MS,
      'a wrong configuration',
      runSender(['--every', '1s', '--run-dir', directory, '--state', directory, ...zfs, source, first], bed.env),
    );
    assert.equal(wrong.code, 2, 'it is no use to go on');
    assert.match(wrong.stderr, /no pairing/);
    assert.equal((await send('--every', '1', source, first)).code, 2);
  });

  await test('error flags: a file for each dataset that fails, on both sides, gone when it has arrived', async () => {
    const [ours, theirs] = [join(directory, 'flags', 'send'), join(directory, 'flags', 'recv')];
    const receiver = await startReceiver([...zfs, '--run-dir', directory, '-d', theirs, `${dst}/flagged`], bed.env);
    const host = `127.0.0.1:${receiver.port}`;
    const [rootFlag, ofA] = [join(ours, `${source}@error`), join(ours, `${source}/a@error`)];
    const go = (...args: string[]) => send('-d', ours, ...args, source, host);
    const reset = ['--before-dataset', 'case $ZFSYNC_DATASET in */a) echo no; exit 1;; esac'];
    assert.equal((await go(...reset)).code, 3);
    assert.match(
      readFileSync(ofA, 'utf8'),
      new RegExp(`^\\d{4}-\\S+Z ${host}: the hook --before-dataset failed.*no\n$`),
    );
    assert.ok(!existsSync(rootFlag));
    const down = await send('-d', ours, source, host, NOBODY);
    assert.equal(down.code, 1);
    assert.match(readFileSync(rootFlag, 'utf8'), new RegExp(`^\\S+ ${NOBODY}: `));
    assert.ok(existsSync(ofA), 'one of its receivers has not got it');
    assert.equal((await go()).code, 0);
    assert.deepEqual(readdirSync(ours), [], 'nothing is left, no directory either');

    const target = d(`${dst}/flagged/a`);
    await bed.zfs.snapshot([target], parseVersionName('foreign'));
    await change('/a');
    assert.equal((await go()).code, 4);
    const flag = join(theirs, `${target}@error`);
    assert.match(readFileSync(flag, 'utf8'), /conflict \(target-diverged\)/);
    rmSync(flag);
    assert.equal((await go('--dry-run')).code, 4);
    assert.ok(!existsSync(flag), 'a dry run raises none');
    assert.equal((await go()).code, 4);
    await bed.run('destroy', `${target}@foreign`);
    assert.equal((await go('--dry-run')).code, 0);
    assert.ok(existsSync(flag));
    assert.equal((await go()).code, 0);
    assert.ok(!existsSync(flag));
    assert.deepEqual([readdirSync(ours), readdirSync(theirs)], [[], []]);

    mkdirSync(dirname(flag), { recursive: true });
    writeFileSync(flag, 'of the old name');
    await bed.run('rename', `${source}/a`, `${source}/renamed`);
    assert.equal((await go('--follow-renames')).code, 0);
    assert.ok(!existsSync(flag), 'there is no such dataset any more');
    await bed.run('rename', `${source}/renamed`, `${source}/a`);
    assert.equal((await go('--follow-renames')).code, 0);
    const nowhere = await send('-d', '/proc/flags', source, host);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.stderr, /directory of --error-flags/);
    await receiver.stop();
  });

  await test('what would do nothing of what was meant is refused, or said', async () => {
    const nowhere = join(directory, 'no', 'such.log');
    for (const [args, message] of [
      [['--exclude', `${source}/a`, source, first], /: say --exclude a: patterns are matched below DATASET/],
      [['--snapshot-only', source, first], /--snapshot-only sends nothing: it goes with no host/],
      [['--keep', '24h', '--keep', '7d', source, first], /--keep is given twice; give one list with commas/],
      [['--keep-daily', '2', '--keep-daily', '3', source, first], /--keep-daily is given twice/],
      [['-o', nowhere, source, first], /there is no directory .*\/no; make it/],
    ] as const) {
      const refused = await send(...args);
      assert.equal(refused.code, 2, refused.stderr);
      assert.match(refused.stderr, message);
    }
    const idle = await send('--dry-run', '--every', '1s', '--exclude', 'b', '--exclude', 'tpm', source, first);
    assert.equal(idle.code, 0, 'a dry run is one');
    assert.match(idle.stdout, /^WARNING: --exclude "tpm" matches no dataset; patterns are matched .* below /m);
    assert.doesNotMatch(idle.stdout, /"b" matches no/);
    assert.equal((await send('--once', '--every', '1s', source, first)).code, 0);

    const fresh = `${source}/a/fresh`;
    await bed.zfs.create(d(fresh), { type: 'filesystem' });
    const go = (...args: string[]) => send(...args, '--as', 'fresh', fresh, first);
    const planned = await go('--dry-run', '--snapshot');
    assert.equal(planned.code, 0, planned.stderr);
    assert.match(planned.stdout, /fresh: would send full, 1 snapshot \(the one that would be taken\)$/m);
    const filtered = await go('--dry-run', '--snapshot', '--exclude-snapshots', 'zfsync_*');
    assert.equal(filtered.code, 3, 'the filter leaves that one out');
    const without = await go('--dry-run');
    assert.match(without.stderr, /take one with zfsync-send --snapshot or zfs snapshot/);
    assert.equal((await go('--snapshot')).code, 0);
    await bed.run('destroy', '-r', fresh);
  });

  await test('log files are opened again on SIGUSR1 and SIGHUP', async () => {
    const log = join(directory, 'recv.log');
    const running = start(
      RECEIVER,
      ['--plaintext', '-p', '0', ...zfs, '--run-dir', directory, '-o', log, `${dst}/logged`],
      bed.env,
    );
    await until('it listens', () => existsSync(log) && readFileSync(log, 'utf8').includes('"event":"listening"'));
    for (const signal of ['SIGUSR1', 'SIGHUP'] as const) {
      renameSync(log, `${log}.${signal}`);
      running.child.kill(signal);
      await until(`a new file after ${signal}`, () => existsSync(log));
    }
    running.child.kill('SIGTERM');
    const ended = await within(PATIENCE_MS, 'the receiver', running.finished);
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(ended.stderr, '', 'no debugger was started');
    assert.match(readFileSync(log, 'utf8'), /"event":"stopped"/);
    assert.doesNotMatch(readFileSync(`${log}.SIGHUP`, 'utf8'), /"event":"stopped"/);
  });

  await bench.close();
}
