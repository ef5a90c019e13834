/**
 * Both programs as an ordinary user, with the printed `zfs allow` lines and nothing else; and each of them needed. On
 * real OpenZFS alone: the simulator has no users.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSnapshot, parseDatasetName, parseVersionName } from '@zfsync/zfs';
import t from 'tap';
import { appendOnlySuite } from '../kit/append-only-suite.ts';
import { guids } from '../kit/pair-suite.ts';
import { type ReceiverProgram, runReceiver, runSender, startReceiver } from '../kit/programs.ts';
import { testsOf } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

t.setTimeout(0);
const d = parseDatasetName;
const snap = parseVersionName;
const USER = 'nobody';
const ID = { uid: 65_534, gid: 65_534 };
/** The lab is an image of the host that is thrown away: there anything may be changed. */
const IN_LAB = release().includes('zfslab');

const bed = await openZfsTestBed();
t.teardown(() => bed.dispose());
const src = await bed.createPool('src');
const dst = await bed.createPool('dst');
const source = `${src}/tree`;
/** A blank, to be quoted in what is printed. */
const target = `${dst}/the backup`;
const buffer = `${target}.zfsyncbuffer`;

// The user has to reach the programs, wherever the checkout is.
const above = [dirname(process.cwd())];
for (let at = dirname(process.cwd()); at !== '/'; at = dirname(at)) above.push(dirname(at));
if (IN_LAB) for (const directory of above) chmodSync(directory, statSync(directory).mode | 0o011);

const test = testsOf(t);

/** One filesystem with a snapshot for each name. */
async function make(name: string, snapshots: readonly string[], bytes = 1000): Promise<void> {
  await bed.zfs.create(d(name), { type: 'filesystem', parents: true });
  for (const snapshot of snapshots) {
    await bed.write(d(name), snapshot, randomBytes(bytes));
    await bed.zfs.snapshot([d(name)], snap(snapshot));
  }
}

/** The printed lines are for a shell. */
function carryOut(lines: string): void {
  execFileSync('sh', ['-euc', lines]);
}

const permissionsOfReceiver = (...args: string[]) => runReceiver(['permissions', '--user', USER, ...args]);
const permissionsOfSender = (...args: string[]) => runSender(['permissions', '--user', USER, ...args]);

interface Outcome {
  readonly code: number | null;
  /** What both have said, the receiver until now. */
  readonly said: () => string;
  readonly run: {
    readonly warnings: readonly string[];
    readonly datasets: readonly {
      readonly outcome: { readonly kind: string; readonly parked?: boolean; what?: string };
    }[];
  };
}

let current: { readonly args: readonly string[]; readonly program: ReceiverProgram } | undefined;

async function stopReceiver(): Promise<void> {
  assert.equal((await current?.program.stop())?.code ?? 0, 0);
  current = undefined;
}

/** One receiver at a time, and the same as long as it will do: starts are slow. */
async function receiverOf(args: readonly string[]): Promise<ReceiverProgram> {
  if (current?.args.join() !== args.join()) {
    await stopReceiver();
    current = { args, program: await startReceiver(args, {}, ID) };
  }
  return current.program;
}
t.teardown(stopReceiver);

/** One run of both programs as the user. */
async function run(
  dataset: string,
  as: string,
  options: { receiver?: readonly string[]; sender?: readonly string[]; target?: string } = {},
): Promise<Outcome> {
  const { port, running } = await receiverOf(['--hold', ...(options.receiver ?? []), options.target ?? target]);
  const before = running.stderr().length;
  const args = ['--plaintext', '--json', '--retries', '0', ...(options.sender ?? [])];
  const { code, stdout, stderr } = await runSender([...args, '--as', as, dataset, `127.0.0.1:${port}`], {}, ID);
  assert.ok(stdout.startsWith('{'), stderr);
  const [first] = (JSON.parse(stdout) as { runs: Outcome['run'][] }).runs;
  assert.ok(first !== undefined);
  return { code, said: () => `${stdout}\n${stderr}\n${running.stderr().slice(before)}`, run: first };
}

/** The receiver may say it a moment after the sender has ended. */
async function says({ said }: Outcome, pattern: RegExp): Promise<void> {
  for (let left = 50; left > 0 && !pattern.test(said()); left -= 1) await sleep(200);
  assert.match(said(), pattern);
}

const kinds = ({ run: { datasets } }: Outcome) => datasets.map(({ outcome }) => outcome.what ?? outcome.kind);

async function converged({ code, said, run: { warnings } }: Outcome, dataset: string, copy: string): Promise<void> {
  assert.equal(code, 0, said());
  assert.deepEqual(warnings, []);
  assert.doesNotMatch(said(), /"event":"(afterwork-failed|receive-warning)"/);
  assert.deepEqual(await guids(bed.zfs, copy), await guids(bed.zfs, dataset));
}

await test('where /dev/zfs is root’s alone, it is said', async () => {
  if (!IN_LAB) return;
  chmodSync('/dev/zfs', 0o600);
  const { code, stderr } = await runReceiver(['--plaintext', '-p', '0', target], {}, ID);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /user 65534 may not open \/dev\/zfs.*90-zfs\.rules/);
  const check = await permissionsOfSender('--check', src);
  assert.match(check.stderr, /nobody may not open \/dev\/zfs \(mode 600\)/);
  chmodSync('/dev/zfs', 0o666);
});

await test('the lines for a target that is not there make it, and a receiver says what it lacks', async () => {
  const { code, stdout, stderr } = await permissionsOfReceiver('--hold', target);
  assert.equal(code, 0);
  const create = `zfs create -u -o canmount=off -o zfsync:placeholder=on '${target}'`;
  const lines = [create, `zfs allow .* '${target}'`, `zfs create .* '${buffer}'`, `zfs allow .* '${buffer}'`];
  assert.match(stdout, new RegExp(`^${lines.join('\n')}\n$`));
  assert.match(stderr, /does not exist, and is made/);
  const { running } = await receiverOf(['--hold', target]);
  for (let left = 50; left > 0 && !running.stderr().includes('permissions-'); left -= 1) await sleep(200);
  assert.match(
    running.stderr(),
    /"permissions-missing".*user nobody lacks .*create.* on \S+the backup, which is not there/,
  );
  await stopReceiver();
});

await test('what is missing is said before, nothing afterwards', async () => {
  await make(source, ['one'], 6 << 20);
  await make(`${source}/a`, ['one']);
  await make(`${source}/a/b`, ['one']);
  await bed.zfs.create(d(`${source}/vol`), { type: 'volume', volumeSize: 4n << 20n });
  await bed.zfs.snapshot([d(`${source}/vol`)], snap('one'));
  const encryption = { encryption: 'on', keyformat: 'raw', keylocation: bed.keyLocation };
  await bed.zfs.create(d(`${source}/secret`), { type: 'filesystem', properties: encryption });
  await bed.zfs.snapshot([d(`${source}/secret`)], snap('one'));
  for (const [permissions, about] of [
    [permissionsOfSender, source],
    [(...args: string[]) => permissionsOfReceiver('--hold', ...args), target],
  ] as const) {
    const lines = await permissions(about);
    const before = await permissions('--check', about);
    assert.equal(before.code, 1);
    assert.equal(before.stdout, lines.stdout, 'all of it is missing');
    carryOut(lines.stdout);
    const after = await permissions('--check', about);
    assert.equal(after.code, 0, after.stderr);
    assert.equal(after.stdout, '');
  }
});

await test('full, children before their parents, a volume and an encrypted dataset; then incrementals', async () => {
  const first = await run(source, 'alpha');
  await converged(first, source, `${target}/alpha`);
  assert.doesNotMatch(current?.program.running.stderr() ?? '', /permissions-/);
  assert.ok(
    first.run.datasets.some(({ outcome }) => outcome.parked),
    'some were parked, and renamed into place',
  );
  const properties = await bed.zfs.getProperties(d(`${target}/alpha`), ['readonly', 'canmount']);
  assert.deepEqual(Object.fromEntries(properties), { readonly: 'on', canmount: 'noauto' });
  const volume = await bed.zfs.getProperties(d(`${target}/alpha/vol`), ['readonly', 'volmode']);
  assert.deepEqual(Object.fromEntries(volume), { readonly: 'on', volmode: 'none' });
  await make(source, ['two', 'three']);
  await make(`${source}/a/b`, ['two', 'three', 'four']);
  await converged(await run(source, 'alpha'), source, `${target}/alpha`);
  const again = await run(source, 'alpha');
  assert.deepEqual(new Set(kinds(again)), new Set(['up-to-date']));
  const names = ['one', 'two', 'three', 'four'].map(snap);
  const copy = d(`${target}/alpha/a/b`);
  assert.deepEqual(
    (await bed.zfs.holds(copy, names)).map(({ snapshot }) => snapshot),
    ['four'],
  ); // the newest alone
  const cursors: string[] = [];
  for await (const { version, held } of bed.zfs.listVersions(d(`${source}/a/b`), { depth: 0 })) {
    assert.ok(!held, 'no hold is left on the source');
    if (!isSnapshot(version)) cursors.push(version.name);
  }
  assert.equal(cursors.length, 1, 'one cursor');
});

/** A zfs whose streams break off. */
function brokenZfs(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'zfsync-broken-')), 'zfs');
  chmodSync(dirname(path), 0o755);
  writeFileSync(
    path,
    '#!/bin/sh\nif [ "$1" = send ] && [ "$2" != -nvP ]; then zfs "$@" | head -c 3000000; exit 1; fi\nexec zfs "$@"\n',
  );
  chmodSync(path, 0o755);
  return path;
}
const broken = brokenZfs();

await test('what broke off is resumed; what nobody can go on with is discarded', async () => {
  const dataset = `${source}/big`;
  await make(dataset, ['one'], 6 << 20);
  const cut = await run(dataset, 'big', { sender: ['--zfs-command', broken] });
  assert.equal(cut.code, 3, cut.said());
  const resumed = await run(dataset, 'big');
  assert.deepEqual(kinds(resumed), ['resumed'], resumed.said());
  await converged(resumed, dataset, `${target}/big`);

  await make(dataset, ['gone'], 6 << 20);
  assert.equal((await run(dataset, 'big', { sender: ['--zfs-command', broken] })).code, 3);
  await bed.zfs.destroyVersion(d(dataset), { kind: 'snapshot', name: snap('gone') });
  await make(dataset, ['two']);
  await converged(await run(dataset, 'big'), dataset, `${target}/big`);
});

await test('an empty target is replaced; one that is mounted root has to unmount', async () => {
  const dataset = `${source}/adopted`;
  await make(dataset, ['one']);
  const copy = `${target}/adopted`;
  await bed.zfs.create(d(copy), { type: 'filesystem', properties: { mountpoint: `${String(bed.mountRoot)}/adopted` } });
  await bed.zfs.mount(d(copy));
  // Where the user cannot look, a target is not known to be empty.
  chmodSync(dirname(String(bed.mountRoot)), 0o755);
  const refused = await run(dataset, 'adopted');
  assert.equal(refused.code, 3, refused.said());
  await says(refused, /TARGET_MOUNTED.*adopted: .*only root can unmount it: zfs unmount '/s);
  await bed.zfs.unmount(d(copy));
  await converged(await run(dataset, 'adopted'), dataset, copy);
  assert.equal((await permissionsOfReceiver('--hold', '--check', target)).code, 0, 'and keeps what was delegated');
});

for (const [policy, permission] of [
  ['rollback', 'rollback'],
  ['keep-both', 'rename'],
] as const) {
  await test(`the policy ${policy} needs ${permission}`, async () => {
    const dataset = `${source}/${policy}`;
    const copy = `${target}/${policy}`;
    if (permission === 'rename') await bed.run('unallow', '-u', USER, permission, target);
    await make(dataset, ['one']);
    await converged(await run(dataset, policy), dataset, copy);
    await bed.zfs.setProperties(d(copy), { readonly: 'off' });
    await bed.write(d(copy), 'mine', randomBytes(100_000));
    await make(dataset, ['two']);
    const receiver = ['--on-conflict', policy];
    const refused = await run(dataset, policy, { receiver });
    assert.equal(refused.code, 3, refused.said());
    await says(refused, new RegExp(`${copy}.*permission denied.*user 65534`));
    const check = await permissionsOfReceiver('--check', '--hold', ...receiver, target);
    assert.equal(check.stdout, `zfs allow -u nobody ${permission} '${target}'\n`);
    carryOut(check.stdout);
    await converged(await run(dataset, policy, { receiver }), dataset, copy);
    if (permission !== 'rename') await bed.run('unallow', '-u', USER, permission, target);
  });
}

/** What goes wrong without one permission, and where it is said. */
const NEEDED: readonly [permission: string, on: string, code: number, said: RegExp][] = [
  ['send', source, 3, /tree\/\S+@one.*permission denied/],
  ['hold', source, 3, /tree\/.*cannot hold.*permission denied/],
  ['bookmark', source, 0, /tree\/\S+: the bookmark that keeps .*permission denied/],
  ['release', source, 0, /tree\/\S+: the hold that keeps .*permission denied/],
  ['destroy', source, 0, /tree\/\S+: the destroy that keeps .*permission denied/],
  ['receive', target, 3, /the backup\/\S+: cannot receive.*permission denied/],
  ['create', target, 3, /the backup\/\S+: cannot receive.*permission denied/],
  ['mount', target, 3, /the backup\/\S+: cannot receive.*permission denied/],
  [
    'canmount,readonly,userprop',
    target,
    0,
    /"event":"receive-warning".*cannot receive canmount property on \S+ \S+: permission denied.*readonly property.*zfsync:\S+ property/s,
  ],
  ['hold', target, 0, /"event":"afterwork-failed".*the backup\/\S+: cannot hold.*permission denied/],
  ['release', target, 0, /"event":"afterwork-failed".*the backup\/\S+: cannot release.*permission denied/],
];

for (const [index, [permission, on, code, said]] of NEEDED.entries()) {
  await test(`${permission} is needed on ${on === source ? 'the source' : 'the target'}, and its want is found`, async () => {
    const name = `needed${index}`;
    const dataset = `${source}/${name}`;
    await make(dataset, ['one']);
    // Some are needed only to go on from what is there.
    const later = ['destroy', 'release'].includes(permission);
    if (later) await converged(await run(dataset, name), dataset, `${target}/${name}`);
    await make(dataset, ['two', 'three']);
    await bed.run('unallow', '-u', USER, permission, on);
    try {
      const check = on === source ? permissionsOfSender('--check', on) : permissionsOfReceiver('--check', '--hold', on);
      const { code: found, stdout, stderr } = await check;
      assert.equal(found, 1);
      assert.equal(stdout, `zfs allow -u nobody ${permission} ${on === source ? on : `'${on}'`}\n`);
      assert.match(stderr, new RegExp(`user nobody lacks on ${on}: ${permission.replaceAll(',', ', ')}\n`));
      const outcome = await run(dataset, name);
      assert.equal(outcome.code, code, outcome.said());
      await says(outcome, said);
    } finally {
      await bed.run('allow', '-u', USER, permission, on);
    }
  });
}

await test('snapshots need snapshot, and pruning them mount', async () => {
  const dataset = `${source}/own`;
  await bed.zfs.create(d(dataset), { type: 'filesystem' });
  const once = (...options: string[]) => runSender(['--snapshot-only', ...options, dataset], {}, ID);
  const denied = await once();
  assert.notEqual(denied.code, 0);
  assert.match(denied.stderr, /cannot create snapshots.*permission denied/s);
  const check = await permissionsOfSender('--check', '--snapshot', '--keep', source);
  assert.equal(check.stdout, `zfs allow -u nobody mount,snapshot ${source}\n`);
  await bed.run('allow', '-u', USER, 'snapshot', source);
  const first = await once();
  assert.equal(first.code, 0, first.stderr);
  await sleep(1100);
  const kept = await once('--keep', '1y');
  assert.equal(kept.code, 3, kept.stderr);
  assert.match(kept.stderr, /not pruned: FAILED.*permission denied/s);
  carryOut(check.stdout);
  await sleep(1100);
  const pruned = await once('--keep', '1y');
  assert.equal(pruned.code, 0, pruned.stderr);
  assert.equal((await guids(bed.zfs, dataset)).size, 1);
  await bed.run('unallow', '-u', USER, 'mount,snapshot', source);
});

await test('what discards, looks whether something is empty, and renames is needed too', async () => {
  const dataset = `${source}/stale`;
  await make(dataset, ['one'], 6 << 20);
  assert.equal((await run(dataset, 'stale', { sender: ['--zfs-command', broken] })).code, 3);
  await bed.zfs.destroyVersion(d(dataset), { kind: 'snapshot', name: snap('one') });
  await make(dataset, ['two']);
  await bed.run('unallow', '-u', USER, 'destroy', target);
  const discard = await run(dataset, 'stale');
  assert.equal(discard.code, 3, discard.said());
  await says(discard, /the backup\/stale.*permission denied/);
  await bed.run('allow', '-u', USER, 'destroy', target);

  await bed.zfs.create(d(`${target}/empty`), { type: 'filesystem' });
  await bed.run('unallow', '-u', USER, 'send', target);
  const look = await run(dataset, 'empty');
  assert.notEqual(look.code, 0, look.said());
  await says(look, /the backup\/empty.*permission denied/);
  await bed.run('allow', '-u', USER, 'send', target);

  // Large enough that its child arrives before it.
  await make(`${source}/family`, ['one'], 32 << 20);
  await make(`${source}/family/child`, ['one']);
  await bed.run('unallow', '-u', USER, 'rename', buffer);
  const promote = await run(`${source}/family`, 'family');
  assert.equal(promote.code, 3, promote.said());
  await says(promote, /the backup\.zfsyncbuffer\/[0-9A-F]+'?: permission denied/);
  await bed.run('allow', '-u', USER, 'rename', buffer);
  await converged(await run(`${source}/family`, 'family'), `${source}/family`, `${target}/family`);
});

await test('the user of a sender cannot destroy a snapshot with what it has', async () => {
  const zfs = (...args: string[]) => execFileSync('zfs', args, { ...ID, stdio: 'pipe', encoding: 'utf8' });
  assert.throws(() => zfs('destroy', `${source}/a@one`), /permission denied/);
});

await test('append-only: without destroy, rollback, release, send and rename', async () => {
  const vault = `${dst}/vault`;
  await bed.zfs.create(d(vault), { type: 'filesystem' });
  const lines = await permissionsOfReceiver('--append-only', '--hold', vault);
  const ofVault = lines.stdout.split('\n').filter((line) => line.endsWith(`${dst}/vault`));
  assert.equal(
    ofVault.join(),
    `zfs allow -u nobody canmount,create,hold,mount,readonly,receive,userprop,volmode ${vault}`,
  );
  carryOut(lines.stdout);
  const receiver = ['--append-only'];
  await converged(await run(source, 'alpha', { receiver, target: vault }), source, `${vault}/alpha`);
  await make(`${source}/a`, ['more']);
  await converged(await run(source, 'alpha', { receiver, target: vault }), source, `${vault}/alpha`);
  assert.deepEqual(
    (await bed.zfs.holds(d(`${vault}/alpha/a`), ['one', 'more'].map(snap))).map(({ snapshot }) => snapshot).sort(),
    ['more', 'one'],
    'holds are added, and none is released',
  );
  assert.equal((await permissionsOfReceiver('--check', '--append-only', '--hold', vault)).code, 0);
  const more = await permissionsOfReceiver('--check', '--hold', vault);
  assert.match(
    more.stdout,
    /^zfs allow -u nobody destroy,release,rename,send \S+\/vault\nzfs allow -u nobody destroy,release \S+\n$/,
  );
});

await test('receive alone is good for -F, which destroys snapshots, but not those that are held', async () => {
  const dataset = `${source}/forced`;
  const vault = `${dst}/vault`;
  const copy = `${vault}/forced`;
  await make(dataset, ['one', 'two', 'three']);
  const receiver = ['--append-only'];
  await converged(await run(dataset, 'forced', { receiver, target: vault }), dataset, copy);
  const names = async () => [...(await guids(bed.zfs, copy)).keys()];
  await make(dataset, ['four']);
  const force = () => {
    const stream = execFileSync('zfs', ['send', '-i', '@one', `${dataset}@four`], { maxBuffer: 1 << 26 });
    execFileSync('zfs', ['receive', '-F', '-u', copy], { ...ID, input: stream, stdio: 'pipe' });
  };
  assert.throws(force, /busy/);
  assert.deepEqual(await names(), ['@one', '@three', '@two'], 'the newest is held by --hold');
  await bed.zfs.release(d(copy), [snap('three')], 'zfsync');
  force();
  assert.deepEqual(await names(), ['@four', '@one']);
});

// Below one test: tap ends a file between two tests that it has not been told of yet.
await t.test('append-only, whoever runs it', (t) => appendOnlySuite(testsOf(t), bed));
