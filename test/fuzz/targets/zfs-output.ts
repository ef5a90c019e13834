/** What zfs(8) prints: whatever it is, a typed result or a ZfsError. */
import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { Readable, Writable } from 'node:stream';
import { type DatasetName, parseDatasetName, parseVersionName, type Zfs, ZfsError } from '@zfsync/zfs';
import { firstSentence, reasonOfStderr, type Runner, STDERR_REASONS, zfsOf } from '@zfsync/zfs/internal';
import { join } from '../../unit/protocol/messages.ts';
import type { Target } from '../engine.ts';
import { mutateText } from '../mutate.ts';
import { Random } from '../random.ts';
import { MESSAGE_CHARACTERS_MAX } from './codec.ts';

const D: DatasetName = parseDatasetName('tank/a b');
const S = parseVersionName('s1');

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const dataset = (name: string, ...rest: readonly string[]): string =>
  ['filesystem', '1', '2', '3', '4', '5', '6', 'off', '-', '-', 'yes', '-', '-', name, ...rest].join('\t');

const packed = (text: string): string => `1-c0-1a0-${deflateSync(text).toString('hex')}`;

interface Command {
  /** What zfs prints. */
  readonly sample: string;
  /** Further outputs of the same kind, to splice with. */
  readonly other: string;
  call(zfs: Zfs, text: string): Promise<unknown>;
}

const ROWS = [
  dataset('tank/a b', '/tank/a b'),
  dataset('tank/a b/c', 'none'),
  'volume\t18446744073709551615\t9\t1\t2\t3\t4\taes-256-gcm\ttank\tunavailable\t-\ttank/o@s\t1-abc-2-78\ttank/v\t-',
];
const VERSIONS = ['snapshot\t5\t6\t7\t0\ttank/a b@s', 'bookmark\t5\t6\t7\t-\ttank/a b#- s:1 ', ''];
const PROPERTIES = ['tank/a b\ttype\t-\tfilesystem', 'tank/a b\tu:a\tlocal\tx\ty', 'second line', 'u:b\t-\t-', ''];
const TOKEN = [
  'resume token contents:',
  'nvlist version: 0',
  '\tfromguid = 0xb923fccbc92be26c',
  '\tobject = 0x2',
  '\toffset = 0x1c0000',
  '\tbytes = 0x1e1c48',
  '\ttoguid = 0xb923fccbc92be26c',
  '\ttoname = A/d@1',
  '\trawok = 1',
  'incremental\tA/d@0\tA/d@1\t2110576',
  'size\t2110576',
  '',
];
const ALLOWED = [
  '---- Permissions on tank/a b -----------------------------------------',
  'Permission sets:',
  '\t@zfsync create,mount,receive',
  'Create time permissions:',
  '\tdestroy',
  'Local+Descendent permissions:',
  '\tuser zfs sync create,@zfsync',
  '\teveryone mount',
  '---- Permissions on tank ---------------------------------------------',
  'Local permissions:',
  '\tgroup backup snapshot,hold',
  '',
];

const COMMANDS: readonly Command[] = [
  { sample: ROWS.join('\n') + '\n', other: VERSIONS.join('\n'), call: (zfs) => collect(zfs.listDatasets(D)) },
  { sample: VERSIONS.join('\n'), other: ROWS.join('\n'), call: (zfs) => collect(zfs.listVersions(D)) },
  {
    sample: PROPERTIES.join('\n'),
    other: ROWS.join('\n'),
    call: (zfs) => zfs.getProperties(D, ['type', 'u:a', 'u:b', '__proto__']),
  },
  { sample: PROPERTIES.join('\n'), other: ROWS.join('\n'), call: (zfs) => zfs.listProperties(D, ['type', 'u:a']) },
  {
    sample: 'tank/a b@s1\ttag\tSat Nov 21 05:56 2026\ntank/a b@s 1\ta\tb\tSat Nov 21 05:56 2026\n',
    other: VERSIONS.join('\n'),
    call: (zfs) => zfs.holds(D, [S]),
  },
  { sample: TOKEN.join('\n'), other: ALLOWED.join('\n'), call: (zfs) => zfs.decodeResumeToken(packed('nvlist')) },
  { sample: packed('a\nb'), other: packed('\trawok = 1'), call: (zfs, text) => zfs.decodeResumeToken(text) },
  {
    sample: 'full\tA/d@1\t2110576\nsize\t2110576\n',
    other: TOKEN.join('\n'),
    call: (zfs) => zfs.estimateSend({ dataset: D, to: S }),
  },
  { sample: ALLOWED.join('\n'), other: ROWS.join('\n'), call: (zfs) => zfs.delegations(D) },
  { sample: 'zfs-2.1.11-1\nzfs-kmod-2.1.11-1\n', other: 'zfs-', call: (zfs) => zfs.version() },
];

/** Texts that look like those of the table of reasons, over and over. */
function stderrOf(random: Random): string {
  const sources = STDERR_REASONS.map(({ pattern }) => pattern.source.replaceAll(/\\(.)/g, '$1'));
  const parts = sources.flatMap((source) => source.split(/[()|]|\.\*|\[\^.*?\]\*/)).filter((part) => part !== '');
  let text = '';
  for (let count = random.int(6); count >= 0; count -= 1) {
    text += random.pick(parts).repeat(random.pick([1, 1, 1, 20, 2_000])) + random.pick(['', ' ', '\n', "'", '\t']);
  }
  return text.slice(0, 32 * 1024);
}

/** A zfs that prints these bytes, cut up anyhow, and ends well. */
function printing(output: Uint8Array, random: Random): Runner {
  const chunks = function* (): Generator<Buffer> {
    for (let at = 0; at < output.length; ) {
      const length = random.pick([1, 7, 100, 5_000, 64 * 1024]);
      yield Buffer.from(output.subarray(at, at + length));
      at += length;
    }
  };
  const start = (args: readonly string[]): unknown => ({
    argv: ['zfs', ...args],
    stdin: new Writable(),
    stdout: Readable.from([]),
    done: Promise.resolve(),
    kill: () => Promise.resolve(),
    chunks: async function* () {
      for (const chunk of chunks()) yield await Promise.resolve(chunk);
    },
  });
  return { stallMs: 1_000, start } as unknown as Runner;
}

const HEAD_BYTES = 5;

export const zfsOutput: Target = {
  name: 'zfs-output',
  promise: 'what zfs prints is a typed result or a ZfsError with a short message',
  cases: 1_500,
  msMax: 2_000,
  generate(random) {
    const which = random.int(COMMANDS.length + 1);
    const command = COMMANDS[which];
    let text = command?.sample ?? stderrOf(random);
    const other = command?.other ?? stderrOf(random);
    for (let times = random.int(4); times > 0; times -= 1) text = mutateText(random, text, other);
    return join(Uint8Array.of(which), random.bytes(HEAD_BYTES - 1), Buffer.from(text));
  },
  async run(input) {
    const command = COMMANDS[input[0] ?? 0];
    const output = input.subarray(HEAD_BYTES);
    const text = Buffer.from(output).toString('utf8');
    if (command === undefined) {
      assert.ok(firstSentence(text).length <= 501);
      assert.equal(typeof reasonOfStderr(text), 'string');
      return;
    }
    const seed = Buffer.concat([input.subarray(1, HEAD_BYTES), Buffer.alloc(4)]).readUInt32LE();
    try {
      await command.call(zfsOf(printing(output, new Random(seed))), text);
    } catch (error) {
      assert.ok(error instanceof ZfsError, `${String(error)} is no ZfsError`);
      assert.ok(error.message.length <= MESSAGE_CHARACTERS_MAX, `a message of ${error.message.length} characters`);
    }
  },
};
