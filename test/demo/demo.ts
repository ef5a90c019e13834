/**
 * The main job, for a person to watch: a tree of datasets on one pool, replicated to another by the real sender and the
 * real receiver as processes of their own. On real OpenZFS where `zfs` and root are there, else on the simulator.
 */
import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSnapshot, parseDatasetName, parseVersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { guids } from '../kit/pair-suite.ts';
import { runReceiver, runSender, startSecureReceiver } from '../kit/programs.ts';
import { chooseTestBed } from '../kit/testbed.ts';

const PATHS = ['', '/home', '/home/ada', '/home/grace', '/srv', '/srv/db', '/srv/db/wal', '/srv/www'];
const d = parseDatasetName;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function heading(text: string): void {
  say(`\n=== ${text}`);
}

async function show(bed: TestBed, root: string): Promise<void> {
  const listing = await bed.run('list', '-r', '-t', 'filesystem,snapshot', '-o', 'name,guid,referenced', root);
  say(listing.trimEnd().replace(/^/gm, '  '));
}

async function edit(bed: TestBed, source: string, generation: number, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await bed.write(d(source + path), `notes-${generation}.txt`, `generation ${generation} of ${path || 'the root'}\n`);
    await bed.write(d(source + path), 'data/table.bin', `${generation}`.repeat(100_000 + generation));
  }
}

/** Runs the sender as cron would. @throws when its exit code is not 0. */
async function replicate(bed: TestBed, state: string, source: string, port: number): Promise<string> {
  const args = ['--state', state, '--zfs-command', bed.command, '-t', '4', source, `127.0.0.1:${port}`];
  say(`$ zfsync-send ${args.join(' ')}`);
  const { code, stdout, stderr } = await runSender(args, bed.env);
  say((stdout + stderr).trimEnd().replace(/^/gm, '  '));
  assert.equal(code, 0, `zfsync-send ended with ${String(code)}`);
  return stdout;
}

/** Compares every file of every snapshot, and every guid. @returns the number of files. */
async function compare(bed: TestBed, source: string, target: string): Promise<number> {
  const [ours, theirs] = [await guids(bed.zfs, source), await guids(bed.zfs, target)];
  assert.deepEqual(theirs, ours, 'the guids differ');
  let files = 0;
  for await (const { dataset, version } of bed.zfs.listVersions(d(source))) {
    if (!isSnapshot(version)) continue;
    const copy = d(target + dataset.slice(source.length));
    const [original, received] = [await bed.contents(dataset, version.name), await bed.contents(copy, version.name)];
    assert.deepEqual(received, original, `${dataset}@${version.name} differs`);
    files += original.size;
  }
  return files;
}

/** One command on the receiver, one paste on the sender. */
async function pair(bed: TestBed, state: string): Promise<void> {
  heading('The two are made known to each other');
  say('$ zfsync-recv pair data');
  const { code, stdout: token, stderr } = await runReceiver(['pair', '--state', state, 'data'], bed.env);
  assert.equal(code, 0, stderr);
  say(`  ${token.trim()}`);
  say('$ zfsync-send pair TOKEN');
  const paired = await runSender(['pair', '--state', state, token.trim()], bed.env);
  say((paired.stdout + paired.stderr).trimEnd().replace(/^/gm, '  '));
  assert.equal(paired.code, 0, `zfsync-send pair ended with ${String(paired.code)}`);
}

async function demo(bed: TestBed, state: string): Promise<void> {
  say(
    bed.name === 'openzfs'
      ? 'On real OpenZFS, with pools on files.'
      : 'No OpenZFS here (or not root): on the embedded simulator.',
  );
  const source = `${await bed.createPool('source')}/data`;
  const root = `${await bed.createPool('backup')}/hosts`;
  const target = `${root}/data`;
  for (const path of PATHS) await bed.zfs.create(d(source + path), { type: 'filesystem' });
  for (const [index, name] of ['monday', 'tuesday', 'wednesday'].entries()) {
    await edit(bed, source, index, PATHS);
    await bed.zfs.snapshot([d(source)], parseVersionName(name), { recursive: true });
  }
  heading(`A tree of ${PATHS.length} datasets with three snapshots each`);
  await show(bed, source);

  const args = ['--state', state, '--zfs-command', bed.command, root];
  say(`\n$ zfsync-recv ${args.join(' ')} &`);
  const receiver = await startSecureReceiver(args, bed.env);
  try {
    await pair(bed, state);

    heading('The first run: everything, over four connections');
    await replicate(bed, state, source, receiver.port);
    await show(bed, target);

    heading('New snapshots in two datasets; the second run: only the difference');
    await edit(bed, source, 3, ['/srv/db', '/home/ada']);
    const thursday = parseVersionName('thursday');
    await bed.zfs.snapshot([d(`${source}/srv/db`), d(`${source}/home/ada`)], thursday);
    const second = await replicate(bed, state, source, receiver.port);
    assert.match(second, /2 datasets sent/);

    heading('The third run: nothing to do');
    assert.match(await replicate(bed, state, source, receiver.port), /nothing to do/);
  } finally {
    await receiver.stop();
  }
  heading('Both sides compared');
  const files = await compare(bed, source, target);
  say(`The same snapshots by guid, and ${files} files in them equal by SHA-256.`);
}

const bed = await chooseTestBed();
// Both sides keep their keys here, each in a directory of its own.
const state = await mkdtemp(join(tmpdir(), 'zfsync-demo-'));
try {
  await demo(bed, state);
} finally {
  await rm(state, { recursive: true });
  await bed.dispose();
}
