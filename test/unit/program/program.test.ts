import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AGE_MAX_MS,
  backOffMs,
  BUSY_CODE,
  createLogger,
  ErrorFlags,
  exitCodeOf,
  KEEP_ONCE,
  keepClasses,
  parseDatasetArgument,
  parseDuration,
  parseEndpoint,
  parseInteger,
  parsePathArgument,
  parseTime,
  type Phase,
  ProgressDeadline,
  runDirectory,
  stalledError,
} from '@zfsync/program';
import { CLASSES } from '@zfsync/retention';
import { AbortedError, ConfigError, parseDatasetName, ReplicationError, ZfsError } from '@zfsync/zfs';
import t from 'tap';
import { temporaryDirectory } from '../../kit/temporary.ts';

t.test('times', async (t) => {
  const DAY = 86_400;
  const times: [text: string, seconds: number][] = [
    ['90s', 90],
    ['15m', 900],
    ['15min', 900],
    ['12h', 12 * 3600],
    ['30d', 30 * DAY],
    ['2w', 14 * DAY],
    ['1y', 365 * DAY],
    ['1h30m', 5400],
    ['0s', 0],
  ];
  for (const [text, seconds] of times) t.equal(parseDuration('--x', text, 0, AGE_MAX_MS), seconds * 1000, text);
  for (const text of ['', '1', 'd', '1.5d', '-1d', '1D', '201y', '9999999999s', '1d 1h', '1mo', 's1', '1dd']) {
    const error = { name: 'ConfigError', message: /^--x takes a time (such as|with its unit)/ };
    t.throws(() => parseDuration('--x', text, 0, AGE_MAX_MS), error, text);
  }
  t.throws(() => parseDuration('--x', '1s', 2000, 3600_000), /from 2s to 1h, not "1s"/);
  t.throws(() => parseDuration('--x', '30', 0, AGE_MAX_MS), /with its unit, such as 30s, 30m \(minutes\) or 30h/);
  t.equal(parseTime('--x', '90', 0, AGE_MAX_MS), 90_000);
  t.equal(parseTime('--x', '90', 0, AGE_MAX_MS, 'm'), 5400_000);
  t.equal(parseTime('--x', '5m', 0, AGE_MAX_MS), 300_000);
  t.throws(() => parseTime('--x', '0', 1000, 5000), /from 1s to 5s, not "0s"/);
});

t.test('endpoints', async (t) => {
  t.same(parseEndpoint('backuphost', 8730), { host: 'backuphost', port: 8730 });
  t.same(parseEndpoint('192.0.2.1:99', 8730), { host: '192.0.2.1', port: 99 });
  t.same(parseEndpoint('[2001:db8::1]:99', 8730), { host: '2001:db8::1', port: 99 });
  t.same(parseEndpoint('2001:db8::1', 8730), { host: '2001:db8::1', port: 8730 });
  for (const bad of ['', 'a b', 'host:', 'host:x', 'host:70000', '[::1', 'a:b:c', 'host:1:2']) {
    t.throws(() => parseEndpoint(bad, 1), ConfigError, bad);
  }
});

t.test('arguments', async (t) => {
  t.equal(parseInteger('--n', '7', 1, 9), 7);
  for (const bad of ['', '0', '10', '1.5', '-1', 'x', '1e1', '99999999999']) {
    t.throws(() => parseInteger('--n', bad, 1, 9), { message: /--n takes a whole number from 1 to 9/ }, bad);
  }
  t.equal(parseDatasetArgument('DATASET', 'tank/a b'), 'tank/a b');
  for (const bad of [
    '',
    '/tank',
    'tank/',
    'tank//a',
    'tank/..',
    'tank/é',
    'tank@a',
    'tank#a',
    '1tank',
    'x'.repeat(256),
  ]) {
    t.throws(() => parseDatasetArgument('DATASET', bad), ConfigError, bad);
  }
  t.equal(parsePathArgument('--as', 'a/b'), '/a/b');
  t.equal(parsePathArgument('--as', '/a'), '/a');
  for (const bad of ['', '/', 'a//b', '../x', 'a/', 'a@b'])
    t.throws(() => parsePathArgument('--as', bad), ConfigError, bad);
});

t.test('--keep-CLASS: each of its own class', async (t) => {
  for (const kind of CLASSES) {
    const flag = `keep${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    t.same([...keepClasses({ [flag]: '3' })], [[kind, 3]]);
    t.throws(() => keepClasses({ [flag]: '100001' }), { name: 'ConfigError', message: new RegExp(`^--keep-${kind} `) });
    t.ok(KEEP_ONCE[`keep-${kind}`], `--keep-${kind} may be given once`);
  }
  t.same([...keepClasses({})], []);
});

t.test('exit codes', async (t) => {
  t.equal(exitCodeOf(new ConfigError('x')), 2);
  t.equal(exitCodeOf(new AbortedError('x')), 130);
  t.equal(exitCodeOf(new ReplicationError('x', { code: BUSY_CODE, retry: 'backoff' })), 5);
  t.equal(exitCodeOf(new ReplicationError('x', { code: 'Y', retry: 'never' })), 1);
  t.equal(exitCodeOf(new TypeError('x')), 70);
});

t.test('log lines are one JSON document each, with what zfs said', async (t) => {
  const file = join(temporaryDirectory('log'), 'log');
  const log = createLogger({ name: 'zfsync-test', file, verbose: false });
  const error = new ZfsError('cannot open tank', {
    reason: 'dataset-missing',
    argv: ['zfs', 'list'],
    exitCode: 1,
    signal: null,
    stderrTail: "cannot open 'tank': dataset does not exist\n",
  });
  log.child({ dataset: 'tank' }).error({ event: 'failed', err: error }, 'it failed');
  log.debug({ event: 'never' });
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  t.equal(statSync(file).mode & 0o027, 0, 'for this user to write, for its group to read, for nobody else');
  t.equal(lines.length, 1);
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  t.match(line, { level: 'error', event: 'failed', dataset: 'tank', msg: 'it failed' });
  t.match(line['err'], { code: 'ZFS_DATASET_MISSING', command: 'zfs list', stderr: /does not exist/ });
  t.throws(() => createLogger({ name: 'x', file: '/nonexistent/dir/log', verbose: false }), ConfigError);
});

t.test('back-off', async (t) => {
  const middle = Array.from({ length: 8 }, (_, index) => backOffMs(index + 1, 0.5) / 1000);
  t.strictSame(middle, [2, 4, 8, 16, 32, 60, 60, 60], 'twice as long each time, up to a minute');
  t.equal(backOffMs(2000, 0.5), 60_000, 'at any attempt');
  t.strictSame([backOffMs(1, 0), backOffMs(1, 0.999), backOffMs(9, 0)], [1000, 2998, 30_000], 'and spread');
});

t.test('a phase that stalls', async (t) => {
  const error = stalledError('finish', 'backup/a', 600_000, 'after 17 bytes');
  t.match(error, {
    name: 'StalledError',
    code: 'STALLED',
    retry: 'reconnect',
    message: 'backup/a: stalled in the phase finish: zfs receive has not finished for 600 s (after 17 bytes)',
    context: { phase: 'finish', subject: 'backup/a', stalledMs: 600_000 },
  });
  t.equal(exitCodeOf(error), 1);
  const phases: readonly Phase[] = ['connect', 'hello', 'planning', 'stream', 'finish', 'rename'];
  for (const phase of phases) {
    t.match(
      stalledError(phase, 'tank', 1500).message,
      new RegExp(`^tank: stalled in the phase ${phase}: .* for 1.5 s$`),
    );
  }

  // A deadline alone keeps no process alive.
  const alive = setInterval(() => undefined, 1000);
  let stalls = 0;
  const deadline = new ProgressDeadline(60, () => (stalls += 1));
  for (let step = 0; step < 6; step += 1) {
    await sleep(20);
    deadline.progress();
  }
  t.equal(stalls, 0, 'as long as something moves, it waits');
  await sleep(150);
  t.equal(stalls, 1, 'and then says so once');
  const stopped = new ProgressDeadline(10, () => (stalls += 1));
  stopped.stop();
  await sleep(30);
  t.equal(stalls, 1);
  clearInterval(alive);
});

t.test('the directory of --run-dir is made, and is nobody else’s', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-run-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true });
  });
  const made = join(directory, 'a', 'b');
  t.equal(runDirectory(made), made);
  t.equal(statSync(made).mode & 0o777, 0o700);
  t.equal(statSync(join(directory, 'a')).mode & 0o777, 0o700);
  t.equal(runDirectory(made), made);
  t.throws(() => runDirectory('/proc/zfsync'), {
    name: 'ConfigError',
    message: /^the run directory \/proc\/zfsync cannot/,
  });
});

t.test('error flags of names that are gone', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-flags-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true });
  });
  const flags = new ErrorFlags(directory, createLogger({ name: 'x', file: '/dev/null', verbose: false }));
  for (const name of ['tank/a', 'tank/a/b/c', 'tank/a/d', 'tank/ab']) {
    flags.raise(parseDatasetName(name), [{ peer: 'p', message: 'm' }]);
  }
  flags.lowerTree(parseDatasetName('tank/a'));
  t.same(readdirSync(join(directory, 'tank')), ['ab@error']);
  flags.lowerTree(parseDatasetName('tank/none'));
  flags.lowerTree(parseDatasetName('tank'));
  t.same(readdirSync(directory), []);
  t.ok(existsSync(directory));
});
