/** What goes on around runs, without any: the grid of --every, the order of hooks, which flags are raised. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, ErrorFlags, type ShellResult } from '@zfsync/program';
import { BACK_OFF_MAX_MS, type HookFacts, Hooks, nextBeginning, noteFlags, type Ran, runEvery } from '@zfsync/sender';
import { parseDatasetName, parseRelativePath, parseVersionName } from '@zfsync/zfs';
import t from 'tap';

const log = createLogger({ name: 'test', verbose: false, quiet: true });
const d = parseDatasetName;

t.test('the next run begins on the grid', async (t) => {
  const at = (now: number, failures = 0) => nextBeginning(1000, 10_000, now, failures);
  t.equal(at(1000), 11_000);
  t.equal(at(10_999), 11_000);
  t.equal(at(11_000), 21_000, 'a run that took the whole interval leaves a point out');
  t.equal(at(47_000), 51_000, 'points that have passed are left out');
  t.strictSame(
    [1, 2, 3, 10, 1000].map((failures) => at(1000, failures) - 1000),
    [20_000, 40_000, 80_000, BACK_OFF_MAX_MS, BACK_OFF_MAX_MS],
    'failures: ever rarer, up to a bound',
  );
  t.equal(nextBeginning(0, 3_600_000, 0, 5), 3_600_000, 'a long interval is not made longer');
});

/** A clock that goes only while one sleeps or runs. */
function every(runs: readonly (Ran & { readonly takes?: number; readonly abort?: true })[], stopAsleep = 99) {
  const controller = new AbortController();
  const begun: number[] = [];
  let now = 500;
  let slept = 0;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      slept += 1;
      if (slept >= stopAsleep) controller.abort('SIGTERM');
      now += ms;
    },
  };
  const done = runEvery({ intervalMs: 1000, clock, log, signal: controller.signal }, async () => {
    const run = runs[begun.length];
    if (run === undefined) throw new Error('one run too many');
    begun.push(now);
    now += run.takes ?? 10;
    if (run.abort === true) controller.abort('SIGTERM');
    return run;
  });
  return done.then((exitCode) => ({ exitCode, begun }));
}

t.test('again and again', async (t) => {
  const [fine, vain] = [
    { exitCode: 0, inVain: false },
    { exitCode: 1, inVain: true },
  ];
  t.strictSame(await every([fine, { ...fine, takes: 2300 }, fine], 3), { exitCode: 0, begun: [500, 1500, 4500] });
  t.strictSame(await every([vain, vain, fine, fine], 4), { exitCode: 0, begun: [500, 2500, 6500, 7500] });
  t.strictSame(await every([fine, { exitCode: 130, inVain: false, abort: true }]), { exitCode: 0, begun: [500, 1500] });
  t.strictSame(await every([{ exitCode: 2, inVain: true }]), { exitCode: 2, begun: [500] }, 'it was never right');
  t.strictSame(
    await every([fine, { exitCode: 2, inVain: true }, fine], 3),
    { exitCode: 0, begun: [500, 1500, 3500] },
    'it was right before, and may be again',
  );
  t.strictSame(await every([{ exitCode: 3, inVain: false }, fine], 2), { exitCode: 0, begun: [500, 1500] });
});

t.test('a pause may be longer than a timer takes', async (t) => {
  const [longest, intervalMs] = [2 ** 31 - 1, 31 * 86_400_000];
  const controller = new AbortController();
  const [begun, slept]: [number[], number[]] = [[], []];
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      slept.push(ms);
      now += ms > longest ? 1 : ms;
      if (slept.length >= 9) controller.abort('SIGTERM');
    },
  };
  await runEvery({ intervalMs, clock, log, signal: controller.signal }, async () => {
    begun.push(now);
    if (begun.length === 3) controller.abort('SIGTERM');
    return { exitCode: 0, inVain: false };
  });
  t.strictSame(begun, [0, intervalMs, 2 * intervalMs]);
  t.strictSame(slept, [longest, intervalMs - longest, longest, intervalMs - longest]);
});

const FACTS: HookFacts = { ZFSYNC_RUN_ID: 'r', ZFSYNC_ROOT: 'tank', ZFSYNC_DATASET: 'tank', ZFSYNC_RECEIVERS: 'h' };
const WELL: ShellResult = { exitCode: 0, signal: null, timedOut: false, aborted: false, tail: '', milliseconds: 1 };

function hooks(results: Partial<Record<string, Partial<ShellResult>>> = {}, only: readonly string[] = []) {
  const steps: string[] = [];
  const signal = new AbortController().signal;
  const all = { 'before-run': 'b', 'after-run': 'a' };
  const commands = Object.fromEntries(Object.entries(all).filter(([name]) => only.length === 0 || only.includes(name)));
  let shields = 0;
  const hooks = new Hooks({
    commands,
    timeoutMs: 5000,
    log,
    signal,
    env: { HOME: 'x' },
    run: async ({ command, env, signal: ends }) => {
      const { ZFSYNC_HOOK = '', ZFSYNC_RESULT = '-', ZFSYNC_EXIT_CODE = '-', HOME = '' } = env;
      steps.push(`${ZFSYNC_HOOK} ${ZFSYNC_RESULT} ${ZFSYNC_EXIT_CODE}`);
      t.equal(HOME, 'x');
      t.equal(ends, command === 'b' ? signal : undefined, 'nothing ends an after-hook early');
      t.equal(shields, 1, 'it is shielded');
      return { ...WELL, ...results[ZFSYNC_HOOK] };
    },
    shield: async (work) => {
      shields += 1;
      try {
        return await work();
      } finally {
        shields -= 1;
      }
    },
  });
  return { hooks, steps };
}

t.test('the after-hook always runs once the before-hook has begun', async (t) => {
  const go = async (results: Parameters<typeof hooks>[0], only: readonly string[], work: () => Promise<number>) => {
    const made = hooks(results, only);
    const hooked = await made.hooks
      .around(
        'run',
        () => FACTS,
        async () => {
          made.steps.push('work');
          return work();
        },
        (code) => code,
      )
      .catch((error: unknown) => (error as Error).message);
    return { hooked, steps: made.steps };
  };
  const both: readonly string[] = [];
  const fine = async () => 0;
  t.match(await go({}, both, fine), {
    hooked: { done: true, value: 0, after: undefined },
    steps: ['before-run - -', 'work', 'after-run ok 0'],
  });
  t.match(await go({}, both, async () => 3), { steps: ['before-run - -', 'work', 'after-run failed 3'] });
  t.match(await go({}, both, async () => 130), { steps: ['before-run - -', 'work', 'after-run interrupted 130'] });
  t.match(await go({ 'before-run': { exitCode: 2, tail: 'one\ntwo' } }, both, fine), {
    hooked: {
      done: false,
      before: {
        code: 'HOOK_FAILED',
        message: 'the hook --before-run failed with exit code 2: two',
        detail: 'one\ntwo',
      },
    },
    steps: ['before-run - -', 'after-run failed 1'],
  });
  t.match(await go({ 'before-run': { exitCode: 0, timedOut: true } }, both, fine), {
    hooked: { done: false, before: { code: 'HOOK_TIMED_OUT', message: /was ended after 5 s/ } },
    steps: ['before-run - -', 'after-run failed 1'],
  });
  t.match(await go({ 'before-run': { exitCode: null, aborted: true } }, both, fine), {
    hooked: { done: false, before: { code: 'ABORTED' } },
    steps: ['before-run - -', 'after-run interrupted 130'],
  });
  const throws = async (): Promise<number> => {
    throw new TypeError('a bug');
  };
  t.match(await go({}, both, throws), { hooked: 'a bug', steps: ['before-run - -', 'work', 'after-run failed 70'] });
  t.match(await go({}, ['after-run'], throws), { hooked: 'a bug', steps: ['work', 'after-run failed 70'] });
  t.match(await go({ 'after-run': { exitCode: null, signal: 'SIGKILL' } }, both, fine), {
    hooked: { done: true, after: { message: 'the hook --after-run was ended by SIGKILL' } },
  });
});

t.test('error flags of a job', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-flags-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true });
  });
  const flags = new ErrorFlags(directory, log);
  const raised = () => ['tank', 'tank/a'].filter((name) => existsSync(join(directory, `${name}@error`)));
  const outcome = { failed: { code: 'X', retry: 'never', message: 'm', detail: '' } } as const;
  type Kind = 'up-to-date' | 'failed';
  const result = (kinds: readonly [Kind, Kind], exitCode: number) => ({
    exitCode,
    text: '',
    document: {
      source: d('tank'),
      receiver: 'h',
      target: d('b'),
      runId: '',
      dryRun: false,
      milliseconds: 0,
      attempts: 1,
      targetId: '',
      warnings: [],
      skipped: [],
      leftOut: [],
      promotions: [],
      tidied: [],
      datasets: kinds.map((kind, index) => ({
        dataset: d(index === 0 ? 'tank' : 'tank/a'),
        path: parseRelativePath(index === 0 ? '' : '/a'),
        outcome: kind === 'failed' ? { kind, failure: outcome.failed } : { kind },
      })),
    },
  });
  const away = { source: d('tank'), receiver: 'h2', dryRun: false, failure: outcome.failed };
  type Outcome = Parameters<typeof noteFlags>[2];
  const note = (
    exitCode: number,
    results: Outcome['results'],
    receivers = results.length,
    pruned?: Outcome['pruned'],
  ) => {
    noteFlags(flags, d('tank'), { exitCode, results, failures: [], receivers, pruned });
    return raised();
  };
  const [fine, bad] = [result(['up-to-date', 'up-to-date'], 0), result(['up-to-date', 'failed'], 3)];
  t.strictSame(note(130, [bad]), [], 'an interrupted run raises none');
  t.strictSame(note(3, [bad]), ['tank/a']);
  t.strictSame(note(1, [fine, { exitCode: 1, text: '', document: away }]), ['tank', 'tank/a'], 'not all have it');
  t.strictSame(note(5, []), ['tank', 'tank/a'], 'a busy one says nothing new');
  t.strictSame(note(3, [bad, fine]), ['tank/a'], 'the root is well');
  t.strictSame(note(0, [fine, fine]), []);
  t.notOk(existsSync(join(directory, 'tank')), 'nor an empty directory');

  const rootless = { ...fine, document: { ...fine.document, datasets: fine.document.datasets.slice(1) } };
  t.strictSame(note(1, [{ exitCode: 1, text: '', document: away }]), ['tank']);
  t.strictSame(note(1, [rootless, { exitCode: 1, text: '', document: away }]), ['tank'], 'one of two');
  t.strictSame(note(0, [rootless]), [], 'of the root, too, where it is left out');

  const untidied = (path: string) => {
    const tidied = [{ path: parseRelativePath(path), action: 'prune', names: [], bytes: 0n, due: 0n } as const];
    const failing = tidied.map((entry) => ({ ...entry, aside: undefined, failure: outcome.failed }));
    return { ...fine, exitCode: 3, document: { ...fine.document, tidied: failing } };
  };
  t.strictSame(note(3, [untidied('/a')]), ['tank/a'], 'the receiver could not prune');
  t.strictSame(note(3, [fine, untidied('')]), ['tank'], 'the other one is well');
  t.strictSame(note(3, [untidied('/gone')]), ['tank'], 'what is none of the source: the root');
  t.strictSame(note(0, [fine]), []);

  const unpruned = (name: string) => ({
    source: d('tank'),
    dryRun: false,
    warnings: [],
    datasets: [{ dataset: d(name), names: [], failures: [{ name: parseVersionName('s'), failure: outcome.failed }] }],
  });
  t.strictSame(note(3, [fine], 1, unpruned('tank/a')), ['tank/a'], 'nor the source');
  t.match(readFileSync(join(directory, 'tank/a@error'), 'utf8'), / this host: tank\/a@s was not pruned: m\n$/);
  t.strictSame(note(0, [fine]), []);
  t.strictSame(note(1, [fine], 1, { ...unpruned('tank/a'), datasets: [], failure: outcome.failed }), ['tank']);
  t.strictSame(note(3, [], 0, unpruned('tank/a')), ['tank'], 'without receivers the root stands for all');
  t.strictSame(note(0, [], 0), []);
});
