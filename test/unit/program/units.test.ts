/** The units of contrib/systemd, as systemd itself judges them where it is there. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const DIRECTORY = fileURLToPath(new URL('../../../../contrib/systemd/', import.meta.url));
const read = (file: string) => readFileSync(join(DIRECTORY, file), 'utf8');
const SERVICES = ['zfsync-recv.service', 'zfsync-send@.service'];

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
  const [first, second] = SERVICES.map(hardening);
  t.ok(first?.includes('SystemCallFilter='));
  t.equal(first, second, 'both are hardened alike');
});

t.test('systemd takes them, and finds them hardened', { skip: !hasSystemd() && 'no systemd' }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-units-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true });
  });
  const units = readdirSync(DIRECTORY).filter((file) => /\.(service|timer)$/.test(file));
  t.equal(units.length, 3);
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
