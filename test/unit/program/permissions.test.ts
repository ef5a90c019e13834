/** What a user needs, what it has, and what is printed about it. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Account,
  allowLine,
  createLogger,
  grantedTo,
  isZfsSince,
  permissionOfProperty,
  type PermissionNeed,
  printPermissions,
  readAccount,
} from '@zfsync/program';
import { type DatasetName, type Delegation, parseDatasetName, type Zfs, ZfsError, type ZfsReason } from '@zfsync/zfs';
import { parseDelegations } from '@zfsync/zfs/internal';
import { receiverPermissions, type ReceiverFeatures, warnOfMissingPermissions } from '@zfsync/receiver';
import { senderPermissions } from '@zfsync/sender';
import t from 'tap';

const d = parseDatasetName;
const FILES = {
  passwd: 'root:x:0:0::/root:/bin/sh\nalice:x:1001:1001::/:/bin/sh\n',
  group: 'alice:x:1001:\nbackup:x:34:bob,alice\n# comment\nbob:x:1002:\n',
};
const ALICE: Account = { name: 'alice', uid: 1001, groups: ['alice', 'backup'], gids: [1001, 34] };

/** As OpenZFS 2.1.11 prints it. */
const PRINTED = `---- Permissions on src/t - -/c --------------------------------------
Local+Descendent permissions:
	user alice @foo
---- Permissions on src/t - - ----------------------------------------
Permission sets:
	@bar hold
	@foo @bar,receive,send
Create time permissions:
	destroy
Local permissions:
	user alice compression
Descendent permissions:
	group backup mount,rollback
	group other rename
Local+Descendent permissions:
	user (unknown: 4711) quota
	user domain user create
	user alice bookmark,release
	everyone snapshot
---- Permissions on src ----------------------------------------------
Permission sets:
	@bar promote
Descendent permissions:
	user alice @bar
`.split('\n');
const LINES = PRINTED.slice(0, -1);
const BELOW = d('src/t - -/c');
const MIDDLE = d('src/t - -');

t.test('an account of the files of the host', async (t) => {
  t.same(readAccount('alice', FILES), ALICE);
  t.same(readAccount('1001', FILES), ALICE, 'by number');
  t.same(readAccount('4711', FILES), { name: '4711', uid: 4711, groups: [], gids: [] });
  t.same(readAccount('ldap', FILES), { name: 'ldap', uid: undefined, groups: [], gids: [] });
  for (const wrong of ['', '-g', 'a,b', 'a b', 'a:b']) t.throws(() => readAccount(wrong, FILES), /--user/, wrong);
});

t.test('what zfs allow prints', async (t) => {
  const parsed = parseDelegations(BELOW, LINES);
  t.same(
    parsed.map(({ dataset }) => dataset),
    [BELOW, MIDDLE, 'src'],
  );
  t.same(
    parsed[1]?.sets,
    new Map([
      ['@bar', ['hold']],
      ['@foo', ['@bar', 'receive', 'send']],
    ]),
  );
  t.same(
    parsed[1]?.grants.map(({ grantee }) => ('name' in grantee ? grantee.name : grantee.kind)),
    [...['alice', 'backup', 'other', '(unknown: 4711)', 'domain user', 'alice', 'everyone']],
  );
  t.same(parsed[1]?.grants[0], {
    grantee: { kind: 'user', name: 'alice' },
    local: true,
    descendent: false,
    permissions: ['compression'],
  });
  t.same(parseDelegations(BELOW, []), []);
  const wrong = [
    ['\tuser alice send'],
    ['---- Permissions on src ----', '\tuser alice send'],
    ['---- Permissions on src ----', 'Local permissions:', '\tsomething'],
    ['---- Permissions on other ----'],
  ];
  for (const lines of wrong) t.throws(() => parseDelegations(BELOW, lines), /row/, lines.join('|'));
});

t.test('what a user may do', async (t) => {
  const parsed = parseDelegations(BELOW, LINES);
  const of = (account: Account, dataset: DatasetName, delegations: readonly Delegation[] = parsed) =>
    [...grantedTo(account, dataset, delegations)].filter((name) => !name.startsWith('@')).sort();
  t.same(
    of(ALICE, BELOW),
    ['bookmark', 'hold', 'mount', 'receive', 'release', 'rollback', 'send', 'snapshot'],
    'its own, its groups’, everyone’s; sets as defined at or above the line, the nearest first',
  );
  t.same(of(ALICE, MIDDLE, parsed.slice(1)), ['bookmark', 'compression', 'promote', 'release', 'snapshot']);
  t.same(of({ ...ALICE, name: '4711', uid: 4711, groups: [] }, MIDDLE, parsed.slice(1)), ['quota', 'snapshot']);
  t.same(of({ ...ALICE, name: 'domain user', groups: [] }, MIDDLE, parsed.slice(1)), ['create', 'snapshot']);
});

t.test('lines are for a shell', async (t) => {
  t.equal(allowLine('alice', ['send', 'hold'], d('tank/data')), 'zfs allow -u alice hold,send tank/data');
  const line = allowLine("o'hara$x", ['send'], d('tank/a b'));
  const words = execFileSync('sh', ['-c', `zfs() { printf '%s\\n' "$@"; }; ${line}`], { encoding: 'utf8' });
  t.same(words.split('\n'), ['allow', '-u', "o'hara$x", 'send', 'tank/a b', '']);
  t.equal(permissionOfProperty('zfsync:path'), 'userprop');
  t.equal(permissionOfProperty('userquota@alice'), 'userquota');
  t.equal(permissionOfProperty('readonly'), 'readonly');
});

/** A host with these datasets, on which `zfs allow` has printed these lines. */
function host(
  datasets: readonly string[],
  printed: Readonly<Partial<Record<string, string>>> = {},
  version = '2.1.11',
) {
  const refusing = (reason: ZfsReason, said: string) =>
    new ZfsError(said, { reason, argv: [], exitCode: 1, signal: null, stderrTail: '' });
  const missing = (name: string) => refusing('dataset-missing', `${name}: dataset does not exist`);
  return {
    getProperties: async (name: DatasetName, properties: readonly string[]) => {
      if (!datasets.includes(name)) throw missing(name);
      if (properties.includes('prefetch')) throw refusing('property-invalid', "invalid property 'prefetch'");
      return new Map();
    },
    delegations: async (name: DatasetName) => {
      if (!datasets.includes(name)) throw missing(name);
      return parseDelegations(
        name,
        (printed[name] ?? '').split('\n').filter((line) => line !== ''),
      );
    },
    version: async () => ({ userland: `zfs-${version}-1`, kernel: `zfs-${version}-1` }),
    async *listDatasets(root: DatasetName) {
      yield { name: root, encryptionRoot: datasets[0] };
      for (const name of datasets.slice(1)) yield { name, encryptionRoot: undefined };
    },
  } as unknown as Zfs;
}

function block(dataset: string, permissions: readonly string[], who = 'user alice'): string {
  return `---- Permissions on ${dataset} ---\nLocal+Descendent permissions:\n\t${who} ${permissions.join(',')}\n`;
}

async function print(zfs: Zfs, needs: readonly PermissionNeed[], check: boolean, account: Account = ALICE) {
  let [out, err] = ['', ''];
  const code = await printPermissions({
    ...{ zfs, program: 'p', account, needs, check, notes: [] },
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  return { out, err, code };
}

const PLAIN: ReceiverFeatures = {
  onConflict: 'fail',
  hold: false,
  appendOnly: false,
  properties: [],
  mirrorDatasets: 'keep',
};

t.test('the receiver’s lines', async (t) => {
  const both = host(['b', 'b/t', 'b/t.zfsyncbuffer']);
  const lines = async (zfs: Zfs, target: string, features: Partial<ReceiverFeatures> = {}) =>
    (await print(zfs, (await receiverPermissions(zfs, d(target), { ...PLAIN, ...features })).needs, false)).out;
  t.equal(
    await lines(both, 'b/t'),
    `zfs allow -u alice canmount,create,destroy,mount,readonly,receive,rename,send,userprop,volmode b/t
zfs allow -u alice canmount,create,destroy,mount,readonly,receive,rename,userprop,volmode b/t.zfsyncbuffer
`,
  );
  t.equal(
    await lines(both, 'b/t', { appendOnly: true, hold: true, properties: ['exec', 'prefetch', 'x:y'] }),
    `zfs allow -u alice canmount,create,exec,hold,mount,readonly,receive,userprop,volmode b/t
zfs allow -u alice canmount,create,exec,hold,mount,readonly,receive,rename,userprop,volmode b/t.zfsyncbuffer
`,
    'append-only destroys, renames and releases nothing in place',
  );
  t.match(await lines(both, 'b/t', { appendOnly: true, mirrorDatasets: 'aside' }), /,rename,.* b\/t\n/);
  t.match(await lines(both, 'b/t', { mirrorDatasets: 'destroy' }), /,release,rename,.* b\/t\n/);
  const newer = host(['b', 'b/t', 'b/t.zfsyncbuffer'], {}, '2.3.2');
  t.match(await lines(newer, 'b/t', { appendOnly: true }), /receive:append.*\n.*receive:append/);
  t.match(await lines(newer, 'b/t'), /readonly,receive,rename,send/);
  t.match(await lines(both, 'b/t', { onConflict: 'rollback' }), /,rollback,.* b\/t\n/);
  t.match(await lines(both, 'b/t', { onConflict: 'keep-both', hold: true }), /,hold,.*,release,rename,.* b\/t\n/);
  t.match(
    await lines(host(['b', 'b/t t']), 'b/t t'),
    /^zfs allow -u alice .* 'b\/t t'\nzfs create -u -o canmount=off -o mountpoint=none -o readonly=on 'b\/t t.zfsyncbuffer'\nzfs allow/,
    'the buffer dataset, so that nothing is needed on what is above',
  );
  t.match(
    await lines(host(['b']), 'b'),
    /^zfs allow .* b\nzfs create .* b\/.zfsyncbuffer\n$/,
    'of a pool’s root the buffer dataset is below it',
  );
  t.equal(
    await lines(host(['b']), 'b/t'),
    `zfs create -u -o canmount=off -o zfsync:placeholder=on b/t
zfs allow -u alice canmount,create,destroy,mount,readonly,receive,rename,send,userprop,volmode b/t
zfs create -u -o canmount=off -o mountpoint=none -o readonly=on b/t.zfsyncbuffer
zfs allow -u alice canmount,create,destroy,mount,readonly,receive,rename,userprop,volmode b/t.zfsyncbuffer
`,
    'a target that is not there is made, and nothing is needed on its parent',
  );
  t.match((await receiverPermissions(host(['b']), d('b/t'), PLAIN)).notes[0], /b\/t does not exist, and is made/);
  await t.rejects(lines(host(['b']), 'b/t/u'), /zfs create -p 'b\/t'/);
  await t.rejects(lines(host([]), 'b/t'), /pool of b\/t does not exist/);
});

t.test('the sender’s lines', async (t) => {
  const need = async (zfs: Zfs, decrypt = false, snapshot = false, keep = false) =>
    (await senderPermissions(zfs, d('s'), { decrypt, snapshot, keep }))[0]?.permissions;
  const encrypted = (version: string) => host(['s'], {}, version);
  t.same(await need(encrypted('2.1.11')), ['send', 'bookmark', 'destroy', 'hold', 'release']);
  t.same((await need(encrypted('2.1.11'), false, true))?.slice(5), ['snapshot']);
  t.same(
    (await need(encrypted('2.1.11'), false, true, true))?.slice(5),
    ['snapshot', 'mount'],
    'destroy is there already',
  );
  t.equal((await need(encrypted('2.4.0')))?.[0], 'send:raw', 'all of it is encrypted');
  t.equal((await need(encrypted('2.4.0'), true))?.[0], 'send');
  t.equal((await need(host(['s', 's/plain'], {}, '2.4.0')))?.[0], 'send');
});

t.test('--check says what is missing, and gives the lines for just that', async (t) => {
  const all = [
    'canmount',
    'create',
    'destroy',
    'mount',
    'readonly',
    'receive',
    'rename',
    'send',
    'userprop',
    'volmode',
  ];
  const parked = all.filter((name) => name !== 'send');
  const datasets = ['b', 'b/t', 'b/t.zfsyncbuffer'];
  const check = async (printed: Readonly<Record<string, string>>, there = datasets, account = ALICE) => {
    const zfs = host(there, printed);
    return print(zfs, (await receiverPermissions(zfs, d('b/t'), PLAIN)).needs, true, account);
  };
  const granted = { 'b/t': block('b/t', all), 'b/t.zfsyncbuffer': block('b/t.zfsyncbuffer', parked) };
  const complete = await check(granted);
  t.same([complete.code, complete.out], [0, ''], complete.err);
  const above = block('b', [...all, 'mountpoint'], 'group backup');
  t.equal((await check({ 'b/t': above, 'b/t.zfsyncbuffer': above })).code, 0, 'from above, by a group');
  for (const name of all) {
    const result = await check({
      ...granted,
      'b/t': block(
        'b/t',
        all.filter((other) => other !== name),
      ),
    });
    t.same([result.code, result.out], [1, `zfs allow -u alice ${name} b/t\n`], `without ${name}`);
    t.match(result.err, `user alice lacks on b/t: ${name}`);
  }
  const none = await check({});
  t.equal(none.code, 1);
  t.equal(none.out.split('\n').length, 3);
  const unmade = await check({ 'b/t': granted['b/t'] }, ['b', 'b/t']);
  t.equal(unmade.code, 1);
  t.match(unmade.out, /^zfs create -u .* b\/t.zfsyncbuffer\nzfs allow -u alice .*rename.* b\/t.zfsyncbuffer\n$/);
  t.equal((await check({ b: above, 'b/t': above }, ['b', 'b/t'])).code, 0, 'it can make the buffer dataset itself');
  const unmadeTarget = await check({}, ['b', 'b/t.zfsyncbuffer']);
  t.equal(unmadeTarget.code, 1);
  t.match(unmadeTarget.out, /^zfs create -u .* b\/t\nzfs allow -u alice .* b\/t\nzfs allow .* b\/t.zfsyncbuffer\n$/);
  t.match(unmadeTarget.err, /user alice lacks on b\/t: .*, where b\/t is not there\n/);
  t.equal((await check({ b: above }, ['b'])).code, 0, 'it can make both itself');
  const bob: Account = { name: 'bob', uid: undefined, groups: [], gids: [] };
  const unknown = await check({ 'b/t': above, 'b/t.zfsyncbuffer': above }, datasets, bob);
  t.equal(unknown.code, 1);
  t.match(unknown.err, /bob is not in \/etc\/passwd/);
  const root = await print(host([]), [], true, { name: 'root', uid: 0, groups: [], gids: [] });
  t.same([root.code, root.out], [0, '']);
  const narrow: PermissionNeed[] = [{ dataset: d('b/t'), permissions: ['receive:append'] }];
  t.equal((await print(host(datasets, granted), narrow, true)).code, 0, 'receive is more than receive:append');
});

t.test('a receiver says once what its user lacks, and starts whatever that is', async (t) => {
  const file = join(t.testdir(), 'log');
  const said = async (zfs: Zfs, account = ALICE) => {
    writeFileSync(file, '');
    const log = createLogger({ name: 'zfsync-recv', file, verbose: true });
    await warnOfMissingPermissions({
      zfs,
      target: d('b/t t'),
      features: { ...PLAIN, hold: true },
      account: () => account,
      log,
    });
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const all = [
    'canmount',
    'create',
    'destroy',
    'hold',
    'mount',
    'readonly',
    'receive',
    'release',
    'send',
    'userprop',
    'rename',
  ];
  const zfs = host(['b', 'b/t t'], { 'b/t t': block('b/t t', all) });
  const [line, ...more] = await said(zfs);
  t.same(more, []);
  t.match(line, {
    level: 'warn',
    event: 'permissions-missing',
    user: 'alice',
    lacks: [
      { dataset: 'b/t t', permissions: ['volmode'], exists: true },
      { dataset: 'b/t t.zfsyncbuffer', permissions: [/./], exists: false },
    ],
    command: "zfsync-recv permissions 'b/t t' --user alice",
    msg: /user alice lacks volmode on b\/t t; receive, .*rename on b\/t t.zfsyncbuffer, which is not there\. What gives them is printed by: zfsync-recv permissions 'b\/t t' --user alice/,
  });
  const everything = { b: block('b', [...all, 'volmode', 'rename', 'mountpoint']) };
  t.same(await said(host(['b'], everything)), [], 'nothing is missing');
  t.match(await said(host([])), [{ event: 'permissions-unknown', level: 'info' }], 'trouble is none of its own');
});

t.test('versions', async (t) => {
  const since = (have: string, wanted: string) => isZfsSince(host([], {}, have), wanted);
  for (const have of ['2.3.2', '2.3.10', '2.4.0', '3.0.0']) t.equal(await since(have, '2.3.2'), true, have);
  for (const have of ['2.3.1', '2.2.9', '2.1.11', '0.8.6', 'odd']) t.equal(await since(have, '2.3.2'), false, have);
});
