/**
 * What the receiver makes of the streams that it gets: honest ones of every kind arrive, those of a hostile sender do not
 * reach `zfs receive`, and a changed key is told before it costs anything.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { RunReport } from '@zfsync/sender';
import {
  type DatasetName,
  parseDatasetName,
  parseVersionName,
  type ReceiveProcess,
  type SendOptions,
  type SendProcess,
  type Zfs,
} from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { type Pair, type SendOptions as RunOptions, startPair } from './pair.ts';
import { guids, sameOnBothSides, snapshotTree, type TestFunction, withPair } from './pair-suite.ts';
import { Forge } from './stream-forge.ts';
import { temporaryDirectory } from './temporary.ts';

const d = parseDatasetName;
const snap = parseVersionName;
const RECORD_BYTES = 312;

export async function streamTrustSuite(test: TestFunction, bed: TestBed): Promise<void> {
  const src = await bed.createPool('src');
  const dst = await bed.createPool('dst');
  await honestCases(test, bed, src, dst);
  await hostileCases(test, bed, src, dst);
  await keyCases(test, bed, src, dst);
}

function allSent(report: RunReport): void {
  for (const { path, outcome } of report.datasets) {
    assert.equal(
      outcome.kind,
      'sent',
      `${path}: ${JSON.stringify(outcome, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}`,
    );
  }
}

/** Leaves a partial receive as a line that breaks does. */
async function interrupted(bed: TestBed, send: SendOptions, target: DatasetName, bytes: number): Promise<void> {
  const source = bed.zfs.send(send);
  const receive = bed.zfs.receive({ target, resumable: true });
  let left = bytes;
  for await (const chunk of source.stream as AsyncIterable<Buffer>) {
    receive.stream.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) break;
  }
  receive.stream.end();
  await assert.rejects(receive.done, { reason: 'stream-incomplete' });
  await source.kill();
}

async function honestCases(test: TestFunction, bed: TestBed, src: DatasetName, dst: DatasetName): Promise<void> {
  const encryption = { encryption: 'aes-256-gcm', keyformat: 'raw', keylocation: bed.keyLocation };
  const kinds: [name: string, properties: Record<string, string>, run: RunOptions, send: Partial<SendOptions>][] = [
    ['plain', { recordsize: '1M' }, { streamFlags: '' }, {}],
    ['flags', { recordsize: '1M' }, { streamFlags: 'Lce' }, { largeBlocks: true, compressed: true, embedded: true }],
    ['raw', { ...encryption, recordsize: '1M' }, {}, { raw: true, largeBlocks: true, compressed: true }],
    ['decrypted', encryption, { decrypt: true, streamFlags: '' }, {}],
  ];
  for (const [name, properties, run, flags] of kinds) {
    await test(`honest streams arrive: ${name}`, async () => {
      const [source, target] = [d(`${src}/${name}`), d(`${dst}/${name}`)];
      const volume = d(`${source}/vol`);
      await bed.zfs.create(source, { type: 'filesystem', properties });
      await bed.zfs.create(volume, { type: 'volume', volumeSize: 8n << 20n });
      await bed.write(source, 'large', randomBytes(3 << 20));
      await bed.write(source, 'small', 'a few bytes, which may be embedded');
      await snapshotTree(bed, source, 'one');
      await interrupted(bed, { dataset: source, to: snap('one'), ...flags }, target, 1 << 20);
      await withPair(bed, target, async (pair) => {
        const next = async (...snapshots: string[]) => {
          for (const snapshot of snapshots) {
            await bed.write(source, `since-${snapshot}`, randomBytes(200_000));
            await bed.write(source, 'small', snapshot);
            await snapshotTree(bed, source, snapshot);
          }
        };
        await next('two');
        allSent(await pair.send(source, run));
        await sameOnBothSides(bed, source, target);
        await next('three');
        allSent(await pair.send(source, run));
        await next('four', 'five', 'six');
        allSent(await pair.send(source, run));
        // From now on the source knows what the target has by its bookmark alone.
        for (const dataset of [source, volume]) {
          for (const each of ['one', 'two', 'three', 'four', 'five', 'six']) {
            await bed.zfs.destroyVersion(dataset, { kind: 'snapshot', name: snap(each) });
          }
        }
        await next('seven', 'eight', 'nine');
        allSent(await pair.send(source, run));
        const [here, there] = [await guids(bed.zfs, source), await guids(bed.zfs, target)];
        for (const [version, guid] of here) assert.equal(there.get(version), guid, version);
        await interrupted(
          bed,
          { dataset: source, from: { kind: 'snapshot', name: snap('nine') }, to: await late(bed, source), ...flags },
          target,
          1 << 20,
        );
        await bed.zfs.snapshot([volume], snap('late'));
        allSent(await pair.send(source, run));
        assert.deepEqual(
          pair.receiverLog().filter(({ event }) => event === 'stream-failed' || event === 'key-changed'),
          [],
        );
      });
    });
  }

  await test('honest streams arrive: of a clone, on its own', async () => {
    const [source, target] = [d(`${src}/clone`), d(`${dst}/clone`)];
    await bed.run('clone', '-o', 'canmount=noauto', `${src}/plain@nine`, source);
    for (const name of ['c1', 'c2', 'c3']) {
      await bed.write(source, name, name);
      await bed.zfs.snapshot([source], snap(name));
    }
    await withPair(bed, target, async (pair) => {
      allSent(await pair.send(source));
    });
    await sameOnBothSides(bed, source, target);
  });
}

async function late(bed: TestBed, source: DatasetName) {
  await bed.write(source, 'late', randomBytes(3 << 20));
  await bed.zfs.snapshot([source], snap('late'));
  return snap('late');
}

/** A sender whose streams are not what it says of them; and how often `zfs receive` was begun for it. */
interface Hostile {
  readonly pair: Pair;
  readonly receives: () => number;
}

function sendOf(stream: Readable, kill: () => void = () => undefined): SendProcess {
  return {
    stream,
    done: Promise.resolve(),
    kill: () => {
      kill();
      return Promise.resolve();
    },
  };
}

function zfsSend(bed: TestBed, ...args: readonly string[]): SendProcess {
  const child = spawn(bed.command, ['send', ...args], { env: bed.env, stdio: ['ignore', 'pipe', 'ignore'] });
  return sendOf(child.stdout, () => child.kill());
}

async function withHostile(
  bed: TestBed,
  target: DatasetName,
  forge: (options: SendOptions) => SendProcess | Promise<SendProcess>,
  body: (hostile: Hostile) => Promise<void>,
): Promise<void> {
  let receives = 0;
  const receive: Zfs['receive'] = (options): ReceiveProcess => {
    receives += 1;
    return bed.zfs.receive(options);
  };
  const send: Zfs['send'] = (options) => {
    const forged = Promise.resolve(forge(options));
    const stream = Readable.from(
      (async function* () {
        yield* (await forged).stream;
      })(),
      { objectMode: false },
    );
    return sendOf(stream, () => {
      void forged.then((process) => process.kill());
    });
  };
  const replaced = (on: Zfs, key: string, by: unknown): Zfs =>
    new Proxy(on, { get: (zfs, name) => (name === key ? by : Reflect.get(zfs, name)) as unknown });
  const pair = await startPair({
    target,
    receiverZfs: replaced(bed.zfs, 'receive', receive),
    senderZfs: replaced(bed.zfs, 'send', send),
  });
  try {
    await body({ pair, receives: () => receives });
  } finally {
    await pair.close();
  }
}

function codesOf(report: RunReport): string[] {
  return report.datasets.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.failure.code : outcome.kind));
}

async function hostileCases(test: TestFunction, bed: TestBed, src: DatasetName, dst: DatasetName): Promise<void> {
  const source = d(`${src}/evil`);
  const child = d(`${source}/child`);
  // Somebody else's, in the pool of the target.
  const other = d(`${dst}/somebody`);
  const mountpoint = `${bed.mountRoot ?? '/mnt'}/hostile`;
  await bed.zfs.create(source, { type: 'filesystem', properties: { canmount: 'noauto' } });
  await bed.zfs.create(child, { type: 'filesystem' });
  await bed.zfs.create(other, { type: 'filesystem' });
  await bed.write(other, 'secret', 'of somebody else');
  await bed.zfs.snapshot([other], snap('theirs'));
  for (const name of ['one', 'two', 'three']) {
    await bed.write(source, name, name);
    await snapshotTree(bed, source, name);
  }
  await bed.run('set', `mountpoint=${mountpoint}`, 'canmount=on', source);
  await bed.run('hold', 'tag', `${source}@one`);
  const theirs = (await guids(bed.zfs, other)).get('@theirs') ?? 0n;
  const one = (await guids(bed.zfs, source)).get('@one') ?? 0n;
  const bytes = (...parts: Buffer[]) => sendOf(Readable.from(parts, { objectMode: false }));
  const forge = new Forge();

  // To be sent is the full stream of @one.
  const lies: [string, () => SendProcess, RegExp][] = [
    ['properties, a mountpoint among them (-p)', () => zfsSend(bed, '-p', `${source}@one`), /a package of streams/],
    ['all below it (-R)', () => zfsSend(bed, '-R', `${source}@one`), /a package of streams/],
    ['holds (-h)', () => zfsSend(bed, '-h', `${source}@one`), /a package of streams/],
    ['another snapshot', () => zfsSend(bed, `${source}@two`), /brings the snapshot of guid/],
    ['an increment', () => zfsSend(bed, '-i', '@one', `${source}@two`), /starts from the snapshot of guid/],
    ["a clone of somebody's snapshot", () => bytes(forge.begin({ toGuid: one, fromGuid: theirs, flags: 1 })), /clone/],
    ['compressed blocks, which were not announced', () => zfsSend(bed, '-c', `${source}@one`), /compressed/],
    ['no stream', () => bytes(Buffer.alloc(100_000, 'GET / ')), /does not begin as a send stream does/],
  ];
  for (const [name, lie, words] of lies) {
    await test(`a hostile stream does not reach zfs receive: ${name}`, async () => {
      const target = d(`${dst}/evil`);
      const before = await bed.run('list', '-H', '-o', 'name', '-t', 'all', '-r', dst);
      await withHostile(bed, target, lie, async ({ pair, receives }) => {
        const report = await pair.send(child.slice(0, source.length), { streamFlags: '', connections: 1 });
        const [outcome] = report.datasets.map((dataset) => dataset.outcome);
        assert.equal(codesOf(report)[0], 'STREAM_NOT_AS_ANNOUNCED');
        assert.match(outcome?.kind === 'failed' ? outcome.failure.message : '', words);
        assert.equal(receives(), 0, 'zfs receive was never started');
      });
      const after = await bed.run('list', '-H', '-o', 'name', '-t', 'all', '-r', dst);
      const buffer = `${target}.zfsyncbuffer`;
      const ours = (list: string) => list.split('\n').filter((line) => line !== buffer);
      assert.deepEqual(ours(after), ours(before), 'nothing was made');
    });
  }

  await test('a hostile package cannot make a dataset beside the target', async () => {
    const target = d(`${dst}/package`);
    await withPair(bed, target, async (pair) => {
      await bed.zfs.snapshot([source], snap('four'));
      allSent(await pair.send(source));
    });
    for (const name of ['five', 'six', 'seven']) {
      await bed.write(source, name, name);
      await bed.zfs.snapshot([source], snap(name));
    }
    const elsewhere = (options: SendOptions): Promise<SendProcess> => renamedLast(bed.zfs.send(options), 'x');
    await withHostile(bed, target, elsewhere, async ({ pair }) => {
      const report = await pair.send(source);
      assert.equal(codesOf(report)[0], 'STREAM_NOT_AS_ANNOUNCED');
      const [outcome] = report.datasets.map((dataset) => dataset.outcome);
      assert.match(outcome?.kind === 'failed' ? outcome.failure.message : '', /would be another dataset/);
    });
    const there = await bed.run('list', '-H', '-o', 'name', '-r', dst);
    assert.deepEqual(
      there.split('\n').filter((name) => name.startsWith(`${target}x`)),
      [],
    );
    await withPair(bed, target, async (pair) => {
      const report = await pair.send(source);
      assert.ok(report.datasets.every(({ outcome }) => ['sent', 'up-to-date'].includes(outcome.kind)));
    });
    await sameOnBothSides(bed, source, target);
    if (bed.mountRoot !== undefined) {
      const mounted = await bed.run('list', '-H', '-o', 'mounted', '-r', dst);
      assert.doesNotMatch(mounted, /yes/);
    }
  });
}

/** The last stream of a package goes into a dataset whose name is only longer. */
async function renamedLast(process: SendProcess, suffix: string): Promise<SendProcess> {
  const parts: Buffer[] = [];
  for await (const part of process.stream as AsyncIterable<Buffer>) parts.push(part);
  const stream = Buffer.concat(parts);
  const magic = Buffer.from('accbbaf502000000', 'hex');
  const at = stream.lastIndexOf(magic) - 8;
  const name = stream.toString('latin1', at + 56, at + RECORD_BYTES).replace(/\0.*$/s, '');
  stream.write(`${name.replace('@', `${suffix}@`)}\0`, at + 56, 'latin1');
  return sendOf(Readable.from([stream], { objectMode: false }));
}

async function keyCases(test: TestFunction, bed: TestBed, src: DatasetName, dst: DatasetName): Promise<void> {
  await test('a changed key: the target opens with the new one, unless others would be lost by that', async () => {
    const [source, target] = [d(`${src}/keys`), d(`${dst}/keys`)];
    const [kid, kidThere] = [d(`${source}/kid`), d(`${target}/kid`)];
    const places = temporaryDirectory('keys');
    const keyAt = async (name: string): Promise<string> => {
      await writeFile(join(places, name), randomBytes(32));
      return `file://${join(places, name)}`;
    };
    const changeKey = async (name: string, dataset = source): Promise<string> => {
      const location = await keyAt(name);
      await bed.run('change-key', '-o', 'keyformat=raw', '-o', `keylocation=${location}`, dataset);
      return location;
    };
    const properties = { encryption: 'aes-256-gcm', keyformat: 'raw', keylocation: bed.keyLocation };
    await bed.zfs.create(source, { type: 'filesystem', properties });
    await bed.zfs.create(kid, { type: 'filesystem' });
    const next = async (name: string) => {
      await bed.write(source, name, name);
      await bed.write(kid, name, name);
      await snapshotTree(bed, source, name);
    };
    const digests = async () => {
      const found: (string | undefined)[] = [];
      for await (const entry of bed.zfs.listDatasets(target)) found.push(entry.zfsyncKey);
      return found;
    };
    const readable = async (name: string, ...keys: [DatasetName, string][]) => {
      for (const [dataset, location] of keys) await bed.run('load-key', '-L', location, dataset);
      for (const [here, there] of [
        [source, target],
        [kid, kidThere],
      ] as const) {
        assert.deepEqual(await bed.contents(there, snap(name)), await bed.contents(here, snap(name)), there);
      }
      for (const [dataset] of keys) await bed.run('unload-key', dataset);
    };
    const changesIn = (pair: Pair) => pair.receiverLog().filter(({ event }) => event === 'key-changed').length;

    await withPair(bed, target, async (pair) => {
      await next('one');
      allSent(await pair.send(source));
      const first = await digests();
      assert.match(first.join(' '), /^[0-9a-f]{64} [0-9a-f]{64}$/);
      await next('two');
      allSent(await pair.send(source));
      assert.deepEqual(await digests(), first);
      assert.equal(changesIn(pair), 0, 'the same key');

      // Each is its own encryption root there: nobody shares a key.
      const second = await changeKey('second');
      await next('three');
      allSent(await pair.send(source));
      assert.equal(changesIn(pair), 2);
      const changed = await digests();
      assert.notEqual(changed[0], first[0]);
      assert.notEqual(changed[1], first[1]);
      await readable('three', [target, second], [kidThere, second]);

      // The operator of the target wants to load one key only.
      await bed.run('load-key', '-L', second, target);
      await bed.run('load-key', '-L', second, kidThere);
      await bed.run('change-key', '-i', kidThere);
      await next('four');
      allSent(await pair.send(source));
      await changeKey('third');
      await next('five');
      const refused = await pair.send(source);
      for (const { outcome } of refused.datasets) {
        assert.equal(outcome.kind === 'conflict' && outcome.conflict, 'key-changed');
      }
      assert.deepEqual(await digests(), changed);
      const there = await guids(bed.zfs, target);
      assert.ok(there.has('@four') && !there.has('@five'));
      await readable('four');

      // What the message says is to be done.
      await changeKey('own', kidThere);
      allSent(await pair.send(source));
      await sameOnBothSides(bed, source, target);
    });
  });

  await test('a key that was changed on the target alone: refused as long as others there have it, then the source’s again', async () => {
    const [source, target] = [d(`${src}/rewrapped`), d(`${dst}/rewrapped`)];
    const mine = d(`${target}/mine`);
    const directory = temporaryDirectory('keys');
    const passphrase = async (text: string): Promise<string> => {
      await writeFile(join(directory, text), text);
      return `file://${join(directory, text)}`;
    };
    const [first, other] = [await passphrase('the first one'), await passphrase('the other one')];
    const properties = { encryption: 'aes-256-gcm', keyformat: 'passphrase', keylocation: first };
    await bed.zfs.create(source, { type: 'filesystem', properties });
    const next = async (name: string) => {
      await bed.write(source, name, name);
      await snapshotTree(bed, source, name);
    };
    await withPair(bed, target, async (pair) => {
      await next('one');
      allSent(await pair.send(source));
      await bed.run('load-key', '-L', first, target);
      await bed.zfs.create(mine, { type: 'filesystem' });
      await bed.zfs.inheritProperty(target, 'zfsync:key');
      await next('two');
      allSent(await pair.send(source));
      await next('three');
      allSent(await pair.send(source));

      await bed.run('change-key', '-o', `keylocation=${other}`, target);
      await next('four');
      const [refused] = (await pair.send(source)).datasets;
      assert.equal(refused?.outcome.kind === 'conflict' && refused.outcome.conflict, 'key-changed');
      await bed.run('change-key', '-o', 'keyformat=passphrase', '-o', `keylocation=${other}`, mine);
      allSent(await pair.send(source));
      await bed.run('unload-key', target);
      await bed.run('load-key', '-L', first, target);
      await sameOnBothSides(bed, source, target);
    });
  });
}
