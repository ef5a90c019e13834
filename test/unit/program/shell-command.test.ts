import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LINE_MAX, runShellCommand, type ShellCommandOptions, type ShellResult } from '@zfsync/program';
import t from 'tap';

const directory = mkdtempSync(join(tmpdir(), 'zfsync-shell-'));
t.teardown(() => {
  rmSync(directory, { recursive: true });
});

async function run(
  command: string,
  options: Partial<ShellCommandOptions> = {},
): Promise<ShellResult & { readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const env = { PATH: process.env['PATH'], ...options.env };
  const result = await runShellCommand({ command, timeoutMs: 20_000, killGraceMs: 300, onLine, ...options, env });
  return { ...result, lines };
}

const isRunning = (pid: number) => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

t.test('what it says and how it ends', async (t) => {
  const fine = await run('echo "$GREETING"; echo err >&2; pwd; printf "no end"', { env: { GREETING: 'häy' } });
  t.match(fine, { exitCode: 0, signal: null, timedOut: false, aborted: false });
  t.same([...fine.lines].sort(), ['/', 'err', 'häy', 'no end']);
  t.same(fine.tail.split('\n').sort(), ['/', 'err', 'häy', 'no end']);
  t.match(await run('exit 7'), { exitCode: 7, signal: null, tail: '' });
  t.match(await run('kill -9 $$'), { exitCode: null, signal: 'SIGKILL', timedOut: false });
  t.match(await run('no-such-program-here'), { exitCode: 127, tail: /not found/ });
  t.match(await run('echo a\0b'), { exitCode: null, startError: /null bytes/ });
  t.match(await run('cat; echo done'), { exitCode: 0, tail: 'done' }, 'nothing comes on standard input');
});

t.test('its output is bounded', async (t) => {
  const long = await run(`head -c ${LINE_MAX * 2 + 5} /dev/zero | tr '\\0' x; echo; seq 1 30`);
  t.same(
    long.lines.slice(0, 3).map(({ length }) => length),
    [LINE_MAX, LINE_MAX, 5],
  );
  t.equal(long.tail, Array.from({ length: 20 }, (_, index) => String(index + 11)).join('\n'));
});

t.test('what hangs is ended with all that it has started', async (t) => {
  const pidFile = join(directory, 'pids');
  const hangs = await run(`sleep 60 & echo $! >${pidFile}; echo begun; wait`, { timeoutMs: 200 });
  t.match(hangs, { timedOut: true, aborted: false, signal: 'SIGTERM', tail: 'begun' });
  t.notOk(isRunning(Number(readFileSync(pidFile, 'utf8'))), 'also a child of the shell');

  const stubborn = await run('trap "" TERM; while :; do sleep 0.05; done', { timeoutMs: 200 });
  t.match(stubborn, { timedOut: true, signal: 'SIGKILL' });
  t.ok(stubborn.milliseconds < 5000);

  const tidies = await run('trap "echo tidied; exit 3" TERM; while :; do sleep 0.02; done', { timeoutMs: 200 });
  t.match(tidies, { timedOut: true, exitCode: 3, tail: 'tidied' }, 'it may clean up');
});

t.test('what it leaves in the background is not waited for, and goes on', async (t) => {
  const pidFile = join(directory, 'background');
  const leaves = await run(`sleep 30 & echo $! >${pidFile}; echo done`);
  t.match(leaves, { exitCode: 0, timedOut: false, tail: 'done' });
  t.ok(leaves.milliseconds < 5000, `${leaves.milliseconds} ms`);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  t.ok(isRunning(pid));
  process.kill(pid, 'SIGKILL');
});

t.test('a signal ends it, also one that has fired before', async (t) => {
  const controller = new AbortController();
  const running = run('sleep 60', { signal: controller.signal });
  await sleep(100);
  controller.abort();
  t.match(await running, { aborted: true, timedOut: false, signal: 'SIGTERM' });
  t.match(await run('sleep 60', { signal: controller.signal }), { aborted: true });
});
