/** The two programs as processes, on whatever ZFS the test bed has: the main job at some size, and bad input. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSnapshot, parseDatasetName, parseVersionName, relativePath } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { guids, type TestFunction } from './pair-suite.ts';
import { runSender, start, startReceiver, RECEIVER } from './programs.ts';

const d = parseDatasetName;
const SNAPSHOTS = ['2026-11-01_12:00:00', 'two', '-3.x'].map(parseVersionName);
const VOLUME = '/a:b/vol 1';
const VOLUME_BYTES = 4 << 20;

/** Thirty datasets, three levels deep, with names that a tool may stumble over. */
function oddPaths(): string[] {
  const tops = ['/a b', '/a:b', '/-x', '/.y', '/Upper', '/under_score', '/..z'];
  const paths = ['', ...tops, ...tops.flatMap((top) => [`${top}/child 1`, `${top}/-c.2`])];
  const deep = [
    '/a b/child 1/deep',
    '/-x/-c.2/: :',
    '/.y/child 1/-',
    '/a:b/-c.2/...',
    '/Upper/child 1/0',
    '/..z/-c.2/a',
  ];
  return [...paths, ...deep, VOLUME.replace('vol 1', 'vol'), '/a b/child 1/deep/est', '/last one'].slice(0, 29);
}

async function edit(bed: TestBed, source: string, generation: number, paths: readonly string[]): Promise<void> {
  for (const path of paths) await bed.write(d(source + path), `f ${generation}`, `${path} ${generation} `.repeat(50));
  await bed.writeVolume(d(source + VOLUME), generation * 65_536, randomBytes(65_536));
}

async function assertEqualContent(bed: TestBed, source: string, target: string): Promise<void> {
  assert.deepEqual(await guids(bed.zfs, target), await guids(bed.zfs, source), 'guids');
  const seen = { files: 0, volumes: 0 };
  for await (const { dataset, version } of bed.zfs.listVersions(d(source))) {
    if (!isSnapshot(version)) continue;
    const copy = d(target + (relativePath(d(source), dataset) ?? ''));
    const what = `${dataset}@${version.name}`;
    if (dataset === source + VOLUME) {
      assert.equal(await bed.volumeDigest(copy, version.name), await bed.volumeDigest(dataset, version.name), what);
      seen.volumes += 1;
    } else {
      const original = await bed.contents(dataset, version.name);
      assert.deepEqual(await bed.contents(copy, version.name), original, what);
      seen.files += original.size;
    }
  }
  assert.ok(seen.files > 29 && seen.volumes >= 3, `compared ${seen.files} files, ${seen.volumes} volume snapshots`);
}

export async function programsSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  const source = `${src}/tree`;
  const zfs = ['--zfs-command', bed.command];
  const send = (...args: string[]) => runSender(['--plaintext', '--retries', '0', ...zfs, ...args], bed.env);

  await test('thirty datasets with odd names and a volume: full, incremental, nothing to do', async () => {
    const paths = oddPaths();
    assert.equal(new Set(paths).size, 29);
    for (const path of paths) await bed.zfs.create(d(source + path), { type: 'filesystem', parents: true });
    await bed.zfs.create(d(source + VOLUME), { type: 'volume', volumeSize: BigInt(VOLUME_BYTES) });
    for (const [generation, name] of SNAPSHOTS.entries()) {
      await edit(bed, source, generation, generation === 0 ? paths : paths.slice(0, 4));
      await bed.zfs.snapshot([d(source)], name, { recursive: true });
    }
    const receiver = await startReceiver([...zfs, `${dst}/copy`], bed.env);
    const host = `127.0.0.1:${receiver.port}`;
    try {
      const dry = await send('--dry-run', source, host);
      assert.equal(dry.code, 0, dry.stderr);
      assert.match(dry.stdout, /30 datasets would be sent/);
      const first = await send(source, host);
      assert.equal(first.code, 0, first.stderr);
      assert.match(first.stdout, /30 datasets sent/);

      await edit(bed, source, 3, paths.slice(2, 5));
      const four = parseVersionName('four');
      await bed.zfs.snapshot(
        [...paths.slice(2, 5), VOLUME].map((path) => d(source + path)),
        four,
      );
      const second = await send('--json', source, host);
      assert.equal(second.code, 0, second.stderr);
      const [run] = (JSON.parse(second.stdout) as { runs: { datasets: { outcome: { kind: string } }[] }[] }).runs;
      assert.equal(run?.datasets.filter(({ outcome }) => outcome.kind === 'sent').length, 4);

      const third = await send(source, host);
      assert.equal(third.code, 0);
      assert.match(third.stdout, /nothing to do: 0 datasets sent \(0 B\), 30 up to date/);
      assert.equal(third.stderr, '');
    } finally {
      assert.equal((await receiver.stop()).code, 0, 'SIGTERM ends it in good order');
    }
    await assertEqualContent(bed, source, `${dst}/copy`);
  });

  await test('bad input: a clear message, the right exit code, nothing lost', async () => {
    const receiver = await startReceiver([...zfs, `${dst}/bad`], bed.env);
    const host = `127.0.0.1:${receiver.port}`;
    const bare = `${src}/bare`;
    await bed.zfs.create(d(bare), { type: 'filesystem' });
    const cases: [what: string, args: string[], code: number, message: RegExp][] = [
      ['unknown flag', ['--frobnicate', source, host], 2, /unknown option '--frobnicate'/],
      ['no host', [source], 2, /missing required argument 'host'/],
      ['an interface’s name', ['-i', 'eth0', source, host], 2, /--interface takes an IP address/],
      ['bad port', ['-p', '99999', source, host], 2, /--port takes a whole number/],
      ['bad dataset name', ['tank//x', host], 2, /"tank\/\/x" has an empty component/],
      ['a snapshot', [`${source}@two`, host], 2, /not a snapshot/],
      ['bad --as', ['--as', '../x', source, host], 2, /component "\.\."/],
      ['missing dataset', [`${src}/missing`, host], 1, new RegExp(`${src}/missing.*does not exist`)],
      ['missing pool', ['nosuchpool/x', host], 1, /nosuchpool\/x.*does not exist/],
      ['unresolvable host', [source, 'no-such-host.invalid'], 1, /no-such-host\.invalid/],
      ['refused port', [source, '127.0.0.1:1'], 1, /127\.0\.0\.1:1/],
      ['no snapshots', [bare, host], 3, new RegExp(`${bare}: FAILED: .*no snapshot`)],
      ['zfs not there', ['--zfs-command', '/nonexistent/zfs', source, host], 1, /\/nonexistent\/zfs/],
    ];
    for (const [what, args, code, message] of cases) {
      const result = await send(...args);
      assert.equal(result.code, code, `${what}: ${result.stderr}`);
      assert.match(result.stderr, message, what);
      assert.equal(result.stdout, '', what);
    }
    const state = await mkdtemp(join(tmpdir(), 'zfsync-state-'));
    const unpaired = await runSender(['--state', state, ...zfs, source, host], bed.env);
    assert.equal(unpaired.code, 2);
    assert.match(unpaired.stderr, /no pairing with 127\.0\.0\.1 port \d+.*zfsync-recv pair NAME/s);
    await rm(state, { recursive: true });

    const json = await send('--json', `${src}/missing`, host);
    assert.equal(json.code, 1);
    const [failed] = (JSON.parse(json.stdout) as { runs: { failure: { code: string } }[] }).runs;
    assert.equal(failed?.failure.code, 'ZFS_DATASET_MISSING');

    const both = await send(bare, '127.0.0.1:1', host);
    assert.equal(both.code, 1, 'the worst of several receivers');
    assert.match(both.stderr, /127\.0\.0\.1:1: FAILED/);
    assert.match(both.stderr, /no snapshot/, 'the second was tried all the same');
    await receiver.stop();
  });

  await test('a receiver with a bad target or a bad address does not begin', async () => {
    const cases: [args: string[], code: number, message: RegExp][] = [
      [[`${dst}/no/parent/here`], 2, new RegExp(`parent ${dst}/no/parent does not exist.*zfs create -p`)],
      [['nosuchpool/x'], 2, /pool of nosuchpool\/x does not exist/],
      [['--frobnicate', dst], 2, /unknown option/],
      [['-i', '192.0.2.1', '--allow-from', '192.0.2.0/24', dst], 1, /192\.0\.2\.1/],
      [['-i', '192.0.2.1', dst], 2, /--plaintext on 192\.0\.2\.1.*--allow-from/],
      [['--allow-from', '192.0.2.0/33', dst], 2, /192\.0\.2\.0\/33/],
      [['-o', '/nonexistent/dir/log', dst], 2, /log file \/nonexistent\/dir\/log/],
    ];
    for (const [args, code, message] of cases) {
      const result = await start(RECEIVER, ['--plaintext', '-p', '0', ...zfs, ...args], bed.env).finished;
      assert.equal(result.code, code, result.stderr);
      assert.match(result.stderr, message);
    }
    const first = await startReceiver([...zfs, `${dst}/one`], bed.env);
    const taken = await start(RECEIVER, ['--plaintext', '-p', `${first.port}`, ...zfs, `${dst}/two`], bed.env).finished;
    assert.equal(taken.code, 1);
    assert.match(taken.stderr, new RegExp(`${first.port}`));
    for (const target of [`${dst}/one`, `${dst}/one/below`, dst]) {
      const second = await start(RECEIVER, ['--plaintext', '-p', '0', ...zfs, target], bed.env).finished;
      assert.equal(second.code, 5, `${target}: ${second.stderr}`);
      assert.match(second.stderr, new RegExp(`zfsync-recv for ${dst}/one`), 'it says who has it');
    }
    await first.stop();
  });
}
