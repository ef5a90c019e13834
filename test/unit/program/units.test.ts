/** What is in contrib/: units as systemd itself judges them where it is there, scripts by the shell, configuration by us. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const CONTRIB = join(ROOT, 'contrib');
const DIRECTORY = join(CONTRIB, 'systemd');
const program = (side: 'sender' | 'receiver') => join(ROOT, 'packages', side, 'dist/main.js');
const read = (file: string) => readFileSync(join(DIRECTORY, file), 'utf8');
const SERVICES = ['zfsync-recv.service', 'zfsync-send@.service', 'zfsync-every@.service'];

/** Tenths; that of a service without any hardening is 96. */
const EXPOSURE_MAX = 17;

/** Of 250 on it judges units that are not loaded. */
function hasSystemd(): boolean {
  const { status, stdout } = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
  return status === 0 && Number(/^systemd (\d+)/.exec(stdout)?.[1]) >= 250;
}

t.test('what each unit is given is in the file beside it, and they run as the user that is made', async (t) => {
  for (const [service, example] of [
    ['zfsync-recv.service', 'recv.env'],
    ['zfsync-send@.service', 'send-example.env'],
  ] as const) {
    const command = /^ExecStart=(.*)$/m.exec(read(service))?.[1] ?? '';
    const used = [...command.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name).sort();
    const given = [...read(example).matchAll(/^(\w+)=/gm)].map(([, name]) => name).sort();
    t.same(used, given, `${service} and ${example}`);
    t.match(read(service), `EnvironmentFile=/etc/zfsync/${example.replace('example', '%i')}`);
    t.match(read('zfsync.sysusers'), `\nu ${/^User=(\w+)$/m.exec(read(service))?.[1] ?? 'nobody'} `);
  }
  const hardening = (service: string) => /^User=[^[]*/m.exec(read(service))?.[0].trim();
  const [first, ...others] = SERVICES.map(hardening);
  t.ok(first?.includes('SystemCallFilter='));
  for (const other of others) t.equal(other, first, 'all are hardened alike');
  const rotated = /^(\S+)\/\*\.log \{$/m.exec(readFileSync(join(CONTRIB, 'logrotate/zfsync'), 'utf8'))?.[1];
  t.equal(rotated, `/var/log/${/^LogsDirectory=(.*)$/m.exec(first ?? '')?.[1] ?? ''}`, 'what is written is rotated');
  for (const file of ['config/send.yaml', 'config/recv.yaml', 'cron/zfsync']) {
    const flags = /\/var\/lib\/zfsync[-/]flags/.exec(readFileSync(join(CONTRIB, file), 'utf8'))?.[0] ?? file;
    t.ok(first?.includes(`\nReadWritePaths=-${flags}\n`), `${file}: not below the state directory, and writable`);
  }
});

t.test('systemd takes them, and finds them hardened', { skip: !hasSystemd() && 'no systemd' }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-units-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true });
  });
  const units = readdirSync(DIRECTORY).filter((file) => /\.(service|timer)$/.test(file));
  t.equal(units.length, 4);
  // An instance, of programs that are there.
  const copies = units.map((unit) => {
    const copy = join(directory, unit.replace('@', '@data'));
    writeFileSync(copy, read(unit).replaceAll(/\/usr\/local\/sbin\/\S+/g, process.execPath));
    return copy;
  });
  for (const copy of copies) {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', copy], { encoding: 'utf8' });
    t.equal(status, 0, `${copy}: ${stderr}`);
    t.equal(stderr, '');
  }
  for (const copy of copies.filter((file) => file.endsWith('.service'))) {
    const args = ['security', '--no-pager', '--offline=true', `--threshold=${EXPOSURE_MAX}`, copy];
    const { status, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    t.equal(status, 0, `${copy}: ${stdout.split('\n').slice(-3).join(' ')}`);
  }
});

t.test('scripts are scripts, and can be run', async (t) => {
  const scripts = ['hooks', 'freebsd/rc.d', 'freebsd/periodic/daily'].flatMap((directory) =>
    readdirSync(join(CONTRIB, directory)).map((file) => join(CONTRIB, directory, file)),
  );
  t.equal(scripts.length, 7);
  for (const script of scripts) {
    const { status, stderr } = spawnSync('sh', ['-n', script], { encoding: 'utf8' });
    t.equal(status, 0, `${script}: ${stderr}`);
    t.match(readFileSync(script, 'utf8'), /^#!\/bin\/sh\n/);
    t.ok((statSync(script).mode & 0o111) !== 0, `${script} is executable`);
  }
});

t.test('the line for cron is one, and its command is taken', async (t) => {
  const lines = readFileSync(join(CONTRIB, 'cron/zfsync'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !/^(#|\w+=)/.test(line));
  t.equal(lines.length, 1);
  const command =
    /^(?:[\d*/,-]+ ){5}root \/usr\/local\/sbin\/zfsync-send (.*) >\/dev\/null$/.exec(lines[0] ?? '')?.[1] ?? '';
  // That the dataset does not exist is the first thing that is wrong.
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-cron-'));
  const given = ['--plaintext', '--zfs-command', '/bin/false', '--run-dir', directory, '--retries', '0'];
  const args = command.replace('/var/lib/zfsync-flags', join(directory, 'flags')).split(' ');
  const { status, stderr } = spawnSync(process.execPath, [program('sender'), ...given, ...args], { encoding: 'utf8' });
  t.equal(status, 1, stderr);
  t.match(stderr, /tank\/data: FAILED/);
  rmSync(directory, { recursive: true });
});

t.test('the configurations are valid, and the schemas are those of the flags', async (t) => {
  for (const [side, name] of [
    ['sender', 'send'],
    ['receiver', 'recv'],
  ] as const) {
    const run = (...args: string[]) => spawnSync(process.execPath, [program(side), ...args], { encoding: 'utf8' });
    const file = join(CONTRIB, 'config', `${name}.yaml`);
    const checked = run('config', 'check', file);
    t.equal(checked.status, 0, checked.stderr);
    t.match(checked.stdout, /^ok: /);
    const schema = `zfsync-${name}.schema.json`;
    t.match(readFileSync(file, 'utf8'), `$schema=../${schema}\n`);
    const again = `node packages/${side}/dist/main.js config schema >contrib/${schema} && pnpm fmt`;
    const published: unknown = JSON.parse(readFileSync(join(CONTRIB, schema), 'utf8'));
    t.strictSame(JSON.parse(run('config', 'schema').stdout), published, again);
  }
});

t.test('all that is wrong with a configuration is said at once, and what to do about it', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-config-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true });
  });
  const file = join(directory, 'x.yaml');
  const check = (side: 'sender' | 'receiver', ...lines: string[]) => {
    writeFileSync(file, lines.join('\n'), { mode: 0o644 });
    const args = [program(side), 'config', 'check', file];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return stdout + stderr.replaceAll(`${file}:`, '');
  };
  const common = ['defaults:', '  receivers: host', '  stall-timeout: 5m'];
  t.equal(check('sender', ...common, 'jobs:', '- {name: a, dataset: tank}'), 'ok: 1 job\n  a: tank to host:8730\n');

  const schema = check(
    'sender',
    'every: 30',
    'output: /x',
    'defaults:',
    '  keep: 24',
    '  min-interval: 5',
    '  hook-timeout: true',
    'jobs:',
    '- {name: a, dataset: tank, before_snapshot: x, every: 5m, ka: 3, Connection: 2, keep-names: 7}',
  );
  for (const line of [
    /1:8: every: must be a string with a unit, such as 30s$/m,
    /2:1: output: .*: it goes under defaults: or in one of the jobs$/m,
    /4:9: defaults.keep: must be a string with a unit, such as 24h$/m,
    /5:17: defaults.min-interval: must be a string with a unit, such as 5s$/m,
    /6:17: defaults.hook-timeout: must be a number of seconds, or a time such as 5m or 1h$/m,
    /jobs\[0\].before_snapshot: there is no such setting here: did you mean before-snapshot\?$/m,
    /jobs\[0\].every: .*: it goes at the top of the file$/m,
    /jobs\[0\].ka: there is no such setting here$/m,
    /jobs\[0\].Connection: .*: did you mean connections\?$/m,
    /jobs\[0\].keep-names: must be a string or a list of strings$/m,
  ]) {
    t.match(schema, line);
  }

  const values = check(
    'sender',
    'every: "30"',
    'defaults: {stall-timeout: 5x, receivers: [h, h, "a b"]}',
    'jobs:',
    '- {name: a, dataset: tank@, keep: 24z, keep-names: x, depth: 99, cert: /x}',
    '- {name: b, dataset: tank, connections: 0, receivers: []}',
  );
  for (const line of [
    /1:8: every: .* with its unit, such as 30s/,
    /2:27: defaults.stall-timeout: --stall-timeout takes a time such as/,
    /2:46: defaults.receivers\[1\]: h is given twice/,
    /2:49: defaults.receivers\[2\]: "a b" is not a host/,
    /jobs\[0\].dataset: DATASET is a dataset/,
    /jobs\[0\].keep: --keep takes/,
    /jobs\[0\].depth: --depth takes/,
    /jobs\[0\].cert: --cert and --key go together/,
    /jobs\[1\].connections: --connections takes/,
    /jobs\[1\]: receivers are missing/,
  ]) {
    t.match(values, line);
  }
  t.notMatch(values, /goes with/, 'not what only goes with what is wrong');
  t.equal(values.match(/stall-timeout: /g)?.length, 1, 'once, not of each job');

  const meeting = check(
    'sender',
    ...common,
    'jobs:',
    '- {name: a, dataset: tank/a}',
    '- {name: b, dataset: tank/b}',
    '- {name: c, dataset: tank/a, as: c}',
    '- {name: d, dataset: tank/a, as: c, receivers: ["host:8730", "host:1"]}',
    '- {name: e, dataset: tank/a, snapshot-only: true}',
    '- {name: f, dataset: tank/b, as: f}',
  );
  t.match(meeting, /6:3: jobs\[1\]: the job a sends tank\/a to the same place of host:8730 as this one tank\/b/);
  t.match(meeting, /8:3: jobs\[3\]: tank\/a is sent to host:8730 by the job c already/);
  t.notMatch(meeting, /jobs\[[0245]\]/);

  const receiver = check('receiver', 'keep: 24z', 'peer-timeout: 1d', 'on-conflict: x');
  for (const line of [/target is missing/, /1:7: keep: /, /2:15: peer-timeout: /, /3:14: on-conflict: /]) {
    t.match(receiver, line);
  }
});
