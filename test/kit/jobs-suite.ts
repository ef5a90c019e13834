/** What goes on around a run, with the programs as processes: hooks, several receivers, repetition, files. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDatasetName, parseVersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { guids, type TestFunction } from './pair-suite.ts';
import { newMark, untilGone, within } from './processes.ts';
import { type Finished, runSender, SENDER, start, startReceiver } from './programs.ts';

const d = parseDatasetName;
const PATIENCE_MS = 30_000;

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

export async function jobsSuite(test: TestFunction, bed: TestBed): Promise<void> {
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
    const down = start(
      SENDER,
      [...common.slice(0, 1), '--retries', '50', ...common.slice(3), source, NOBODY, first, second],
      bed.env,
    );
    let out = '';
    down.child.stdout?.on('data', (text: string) => (out += text));
    await until('both others are done', () => out.includes(first) && out.includes(second));
    assert.equal(down.child.exitCode, null, 'the one that is down is still tried');
    down.child.kill('SIGTERM');
    const ended = await within(PATIENCE_MS, 'the run', down.finished);
    assert.equal(ended.code, 130);
    assert.match(ended.stderr, new RegExp(`${source} to ${NOBODY}: FAILED`));
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

  await Promise.all([one.stop(), two.stop()]);
  rmSync(directory, { recursive: true, force: true });
  void [renameSync, writeFileSync];
}
