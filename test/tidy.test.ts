/** The style as a test: what neither the compiler nor the linter sees. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT } from '@zfsync/program';
import t from 'tap';
import { RECEIVER, SENDER } from './kit/programs.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const sources = files.filter((file) => /^packages\/[^/]+\/src\/.*\.ts$/.test(file));

t.test('sources', async (t) => {
  t.ok(sources.length > 50, 'the sources are found');
  for (const file of sources) {
    const text = read(file);
    if (/\b(TODO|FIXME|XXX)\b/.test(text)) t.fail(`${file} has something left to do`);
    if (/@ts-(ignore|nocheck)|eslint-disable(?!-next-line .* -- )/.test(text)) t.fail(`${file} silences a tool`);
    if (/if \(.*\btesting\b/i.test(text)) t.fail(`${file} knows that it is tested`);
  }
});

t.test('nothing of a machine is in the project', async (t) => {
  for (const file of files.filter((name) => !name.endsWith('.png') && name !== 'test/tidy.test.ts')) {
    const found = /(^|[\s"'`(=:])\/(work|root|home\/\w+)\/|registry\.npmjs|\.\.\/shared/.exec(read(file));
    if (found !== null) t.fail(`${file} contains ${found[0]}`);
  }
});

t.test('documents', async (t) => {
  for (const file of files.filter((name) => name.endsWith('.md'))) {
    for (const [, link] of read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (link === undefined || /^[a-z]+:/.test(link)) continue;
      t.ok(existsSync(join(root, dirname(file), link)), `${file} → ${link}`);
    }
  }
});

t.test('every log event is documented', async (t) => {
  const documented = read('docs/LOGGING.md');
  const events = new Set(
    sources.flatMap((file) => [...read(file).matchAll(/event: '([a-z-]+)'/g)].map((m) => m[1] ?? '')),
  );
  t.ok(events.size > 10);
  for (const event of events) t.ok(documented.includes(`\`${event}\``), event);
});

t.test('the command lines are documented', async (t) => {
  for (const [program, script] of [
    ['zfsync-send', SENDER],
    ['zfsync-recv', RECEIVER],
  ] as const) {
    const help = execFileSync(process.execPath, [script, '--help'], { encoding: 'utf8' });
    const options = [...help.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option);
    const manual = read(`docs/man/${program}.8.md`);
    for (const option of new Set(options)) {
      if (option === '--help' || option === '--version') continue;
      t.ok(manual.includes(option), `${program} ${option}`);
    }
  }
  const readme = read('README.md');
  for (const code of Object.values(EXIT)) t.ok(readme.includes(`\n| ${code} | `), `exit code ${code} in the README`);
});
