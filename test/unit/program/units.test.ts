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
  const command = /^(?:[\d*/,-]+ ){5}root \/usr\/local\/sbin\/zfsync-send (.*) >\/dev\/null$/.exec(lines[0] ?? '')?.[1] ?? '';
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
