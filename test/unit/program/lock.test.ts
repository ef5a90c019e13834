import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleepMs } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { acquireLock, BUSY_CODE, defaultRunDirectory, type Lock, type LockOptions } from '@zfsync/program';
import { ConfigError, ReplicationError } from '@zfsync/zfs';
import t, { type Test } from 'tap';
import type { Answer, Order } from './lock-holder.ts';

function freshDirectory(t: Test): string {
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-lock-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true });
  });
  return directory;
}

const nested = (one: string, other: string): boolean =>
  `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);

function take(directory: string, name: string, more: Partial<LockOptions> = {}): Promise<Lock> {
  const conflicts = (other: string): boolean => nested(name, other);
  return acquireLock({ directory, kind: 'send', name, what: `sends ${name}`, conflicts, ...more });
}

async function busy(promise: Promise<Lock>): Promise<ReplicationError> {
  try {
    (await promise).release();
  } catch (error) {
    assert.ok(error instanceof ReplicationError, String(error));
    assert.equal(error.code, BUSY_CODE);
    return error;
  }
  assert.fail('it was free');
}

/** A process of its own that takes locks. */
class Process {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(t: Test, directory: string) {
    const script = fileURLToPath(new URL('lock-holder.js', import.meta.url));
    const child = spawn(process.execPath, [script, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    t.teardown(() => child.kill('SIGKILL'));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async order(order: Order): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
    const line: IteratorResult<string, unknown> = await this.#lines.next();
    assert.ok(line.done !== true, 'it has ended');
    return JSON.parse(line.value) as Answer;
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }
}

t.test('one at a time', async (t) => {
  const directory = freshDirectory(t);
  const first = await take(directory, 'tank/a');
  const error = await busy(take(directory, 'tank/a'));
  t.match(error, {
    retry: 'backoff',
    message: new RegExp(`^busy: tank/a is taken by process ${String(process.pid)} since 2\\d+-.*Z: sends tank/a$`),
    context: { holder: 'tank/a', pid: process.pid },
  });
  t.match(await busy(take(directory, 'tank')), { context: { holder: 'tank/a' } }, 'nor what is above');
  t.match(await busy(take(directory, 'tank/a/b')), { context: { holder: 'tank/a' } }, 'nor what is below');
  const beside = await take(directory, 'tank/ab');
  const received = await take(directory, 'tank/a', { kind: 'recv' });
  const files = readdirSync(directory);
  t.equal(files.length, 6, 'those who were busy have left nothing');
  for (const file of files) assert.equal(statSync(join(directory, file)).mode & 0o077, 0, `${file} is ours alone`);
  first.release();
  first.release();
  const second = await take(directory, 'tank/a');
  for (const lock of [second, beside, received]) lock.release();
  t.strictSame(readdirSync(directory), []);
});

t.test('many at once in one process', async (t) => {
  const directory = freshDirectory(t);
  for (let round = 0; round < 20; round += 1) {
    const settled = await Promise.allSettled(Array.from({ length: 8 }, () => take(directory, 'tank/a')));
    const owners = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const codes = settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as ReplicationError).code] : []));
    assert.equal(owners.length, 1, `round ${String(round)}: ${String(owners.length)} owners`);
    assert.deepEqual(codes, new Array(7).fill(BUSY_CODE));
    owners[0]?.release();
  }
  const names = ['tank', 'tank/a', 'tank/b', 'tank/a/c', 'tank/d'];
  const settled = await Promise.allSettled(names.map((name) => take(directory, name)));
  const owned = names.filter((_, index) => settled[index]?.status === 'fulfilled');
  t.ok(owned.length > 0, owned.join(', '));
  for (const one of owned)
    t.notOk(
      owned.some((other) => one !== other && nested(one, other)),
      `${one} alone`,
    );
  for (const one of settled) if (one.status === 'fulfilled') one.value.release();
  t.strictSame(readdirSync(directory), []);
});

t.test('many processes at once', async (t) => {
  const directory = freshDirectory(t);
  const processes = Array.from({ length: 8 }, () => new Process(t, directory));
  for (let round = 0; round < 25; round += 1) {
    const answers = await Promise.all(processes.map((one) => one.order({ lock: 'tank/a' })));
    const owners = answers.filter((answer) => answer === 'owner');
    assert.equal(owners.length, 1, `round ${String(round)}: ${JSON.stringify(answers)}`);
    await Promise.all(processes.map((one) => one.order({})));
  }
  t.strictSame(readdirSync(directory), []);
  // One more, which is killed while all are at it, as a contender or as the owner.
  for (let round = 0; round < 5; round += 1) {
    const doomed = new Process(t, directory);
    t.equal(await doomed.order({ lock: 'other' }), 'owner');
    const dying = doomed.order({ lock: 'tank/a' }).catch(() => 'died');
    const answers = Promise.all(processes.slice(0, 4).map((one) => one.order({ lock: 'tank/a' })));
    await doomed.end('SIGKILL');
    await dying;
    const owners = (await answers).filter((answer) => answer === 'owner');
    assert.ok(owners.length <= 1, `${String(owners.length)} owners`);
    await Promise.all(processes.slice(0, 4).map((one) => one.order({})));
  }
});

t.test('a process that dies leaves nothing behind', async (t) => {
  const directory = freshDirectory(t);
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    const holder = new Process(t, directory);
    t.equal(await holder.order({ lock: 'tank/a' }), 'owner');
    await busy(take(directory, 'tank/a'));
    await holder.end(signal);
    t.equal(readdirSync(directory).length, 2, 'its files are there');
    const started = Date.now();
    const lock = await take(directory, 'tank/a');
    t.ok(Date.now() - started < 500, 'free at once');
    t.equal(readdirSync(directory).length, 2, 'and removed');
    lock.release();
  }
});

t.test('a process that is stopped holds its lock', async (t) => {
  const directory = freshDirectory(t);
  const holder = new Process(t, directory);
  t.equal(await holder.order({ lock: 'tank/a' }), 'owner');
  holder.signal('SIGSTOP');
  t.match(await busy(take(directory, 'tank/a')), { context: { pid: holder.pid } });
  (await take(directory, 'tank/b')).release();
  // More than its kernel holds for it to accept.
  const socket = join(directory, readdirSync(directory).find((file) => file.endsWith('.sock')) ?? '');
  const refusals = await Promise.all(
    Array.from(
      { length: 600 },
      () =>
        new Promise<string>((resolve) => {
          const knocking = connect({ path: socket });
          knocking.on('connect', () => {
            knocking.destroy();
            resolve('');
          });
          knocking.on('error', (error: NodeJS.ErrnoException) => {
            resolve(error.code ?? '');
          });
        }),
    ),
  );
  if (process.platform === 'linux') t.ok(refusals.includes('EAGAIN'), 'its backlog is full');
  t.match(await busy(take(directory, 'tank/a')), { context: { pid: holder.pid } });
  holder.signal('SIGCONT');
  t.equal(await holder.order({}), 'released');
  (await take(directory, 'tank/a')).release();
});

t.test('what the dead have left', async (t) => {
  const directory = freshDirectory(t);
  const leave = (file: string, ageS: number): string => {
    const path = join(directory, file);
    writeFileSync(path, '{}');
    const then = Date.now() / 1000 - ageS;
    utimesSync(path, then, then);
    return file;
  };
  leave(`send.${'1'.repeat(16)}.new`, 100);
  leave(`send.${'1'.repeat(16)}.info`, 100);
  leave(`send.${'2'.repeat(16)}.info.new`, 100);
  const kept = [
    leave(`send.${'3'.repeat(16)}.info`, 1),
    leave(`recv.${'4'.repeat(16)}.info`, 100),
    leave('other', 100),
  ];
  (await take(directory, 'tank/a')).release();
  t.strictSame(readdirSync(directory).sort(), kept.sort(), 'is removed, unless it is young or not ours');
});

t.test('a holder that cannot be named is in the way', async (t) => {
  const directory = freshDirectory(t);
  const lock = await take(directory, 'tank/a');
  const info = readdirSync(directory).find((file) => file.endsWith('.info')) ?? '';
  for (const damage of ['', '{', '{"state":"owner"}', 'null']) {
    writeFileSync(join(directory, info), damage);
    const error = await busy(take(directory, 'tank/b', { sleep: () => Promise.resolve() }));
    t.match(error, { message: /a process that cannot be named; its socket is .*\.sock/ }, JSON.stringify(damage));
  }
  rmSync(join(directory, info));
  await busy(take(directory, 'tank/b', { sleep: () => Promise.resolve() }));
  lock.release();
});

t.test('the elder of two contenders wins, and waits for the younger one', async (t) => {
  const directory = freshDirectory(t);
  const waits: number[] = [];
  const at = (iso: string) => () => new Date(iso);
  const younger = take(directory, 'tank/a', {
    now: at('2026-01-02T00:00:00Z'),
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
      await elder;
    },
  });
  const elder: Promise<Lock> = take(directory, 'tank/a', { now: at('2026-01-01T00:00:00Z') });
  const error = await busy(younger);
  t.match(error.context, { since: '2026-01-01T00:00:00.000Z' });
  t.strictSame(waits, [25], 'half of the first wait; then the elder was the owner');
  (await elder).release();
});

t.test('the directory', async (t) => {
  const parent = freshDirectory(t);
  const uid = process.geteuid?.() ?? 0;
  const around = (more: object) => ({
    uid,
    env: {},
    systemDirectories: ['/nonexistent/run', parent],
    temporaryDirectory: parent,
    ...more,
  });
  const made = defaultRunDirectory(around({}));
  t.equal(made, join(parent, uid === 0 ? 'zfsync' : `zfsync-${String(uid)}`));
  t.equal(statSync(made).mode & 0o777, 0o700);
  t.equal(defaultRunDirectory(around({})), made, 'is taken as it is the next time');
  const another = { uid: uid + 1, temporaryDirectory: parent };
  t.throws(() => defaultRunDirectory(around({ ...another, env: { XDG_RUNTIME_DIR: parent } })), {
    name: 'ConfigError',
    message: `the run directory ${parent}/zfsync cannot be used: it belongs to user ${String(uid)}, not to user ${String(uid + 1)}`,
  });
  t.throws(() => defaultRunDirectory(around(another)), { message: /zfsync-\d+ cannot be used: it belongs/ });
  // Of a user other than root.
  const user = uid === 0 ? 1 : uid;
  const own = join(parent, 'user', String(user));
  mkdirSync(join(own, 'zfsync'), { recursive: true, mode: 0o700 });
  if (uid === 0) for (const path of [own, join(own, 'zfsync')]) chownSync(path, user, user);
  for (const env of [{}, { XDG_RUNTIME_DIR: '/nonexistent' }]) {
    t.equal(defaultRunDirectory(around({ uid: user, env })), join(own, 'zfsync'), 'from a shell and from cron');
  }
  const given = join(parent, 'zfsync');
  mkdirSync(given, { recursive: true, mode: 0o700 });
  if (uid === 0) chownSync(given, user, user);
  t.equal(defaultRunDirectory(around({ uid: user })), given, 'the common one, where it was given to the user');
  if (uid === 0) chownSync(given, 0, 0);
  else rmSync(given, { recursive: true });
  mkdirSync(join(parent, 'user', String(user + 1)));
  const [stranger, env] = [user + 1, { XDG_RUNTIME_DIR: parent }];
  if (uid === 0) chownSync(join(parent, 'user', String(stranger)), 0, 0);
  t.throws(() => defaultRunDirectory(around({ uid: stranger, env })), { message: new RegExp(`${parent}/zfsync can`) });
  t.throws(
    () =>
      defaultRunDirectory(around({ uid: 0, systemDirectories: ['/nonexistent'], temporaryDirectory: '/nonexistent' })),
    {
      name: 'ConfigError',
      message: /\/nonexistent\/zfsync-0 cannot be used: ENOENT/,
    },
  );
  for (const mode of [0o720, 0o702, 0o1777]) {
    chmodSync(made, mode);
    t.throws(() => defaultRunDirectory(around({})), { message: /others may write to it \(mode \d+\)/ });
    await t.rejects(take(made, 'tank/a'), ConfigError, 'nor is it locked in');
  }
  chmodSync(made, 0o755);
  t.equal(defaultRunDirectory(around({})), made);
  rmSync(made, { recursive: true });
  mkdirSync(join(parent, 'elsewhere'), { mode: 0o700 });
  symlinkSync(join(parent, 'elsewhere'), made);
  t.throws(() => defaultRunDirectory(around({})), { message: /it is a symbolic link/ });
  rmSync(made);
  writeFileSync(made, '');
  t.throws(() => defaultRunDirectory(around({})), { message: /it is no directory/ });

  const long = join(parent, 'x'.repeat(100 - parent.length));
  mkdirSync(long, { mode: 0o700 });
  await t.rejects(take(long, 'tank/a', { platform: 'freebsd' }), {
    name: 'ConfigError',
    message: /^the path of the run directory .* is 2[0-9] bytes too long for a socket/,
  });
  await t.rejects(take(long, 'tank/a', { kind: 'state', platform: 'freebsd' }), { message: /of the state directory / });
  t.strictSame(readdirSync(long), []);
  await t.rejects(take(join(parent, 'none'), 'tank/a'), { name: 'ConfigError', message: /ENOENT/ });
  t.notOk(existsSync(join(parent, 'none')));
});

const onLinux = process.platform === 'linux' ? {} : { skip: 'takes /proc' };

void t.test('a directory whose path is too long for a socket', onLinux, async (t) => {
  const descriptors = () => readdirSync('/proc/self/fd').length;
  const long = join(freshDirectory(t), 'x'.repeat(120));
  mkdirSync(long, { mode: 0o700 });
  const before = descriptors();
  const lock = await take(long, 'tank/a');
  t.match((await busy(take(long, 'tank/a/b'))).message, `taken by process ${process.pid} since`);
  (await take(long, 'tank/b')).release();
  lock.release();
  (await take(long, 'tank/a/b')).release();
  t.strictSame(readdirSync(long), []);
  for (let tries = 0; descriptors() > before && tries < 100; tries += 1) await sleepMs(10);
  t.equal(descriptors(), before);
});
