/** The records of a send stream of a dataset's head, made by hand: layouts of OpenZFS 2.1.11. */
import {
  HeadContents,
  leadingDirectories,
  PAYLOAD_BYTES_KEPT_MAX,
  readMicrozap,
  SendRecordReader,
} from '@zfsync/zfs/internal';
import t from 'tap';

function record(type: number, fill: (body: Buffer) => void, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(312);
  head.writeUInt32LE(type, 0);
  fill(head.subarray(8));
  return Buffer.concat([head, payload]);
}

const BEGIN = record(0, (body) => body.writeBigUInt64LE(0x2f5bacbacn, 0));
const END = record(5, () => undefined);
const FREE = record(4, () => undefined);

function object(number: bigint, type: number, bonusBytes = 0): Buffer {
  const fill = (body: Buffer): void => {
    body.writeBigUInt64LE(number, 0);
    body.writeUInt32LE(type, 8);
    body.writeUInt32LE(bonusBytes, 20);
  };
  return record(1, fill, Buffer.alloc(Math.ceil(bonusBytes / 8) * 8));
}

function write(number: bigint, type: number, data: Buffer, offset = 0n): Buffer {
  const fill = (body: Buffer): void => {
    body.writeBigUInt64LE(number, 0);
    body.writeUInt32LE(type, 8);
    body.writeBigUInt64LE(offset, 16);
    body.writeBigUInt64LE(BigInt(data.length), 24);
    // drr_key's place holds anything: only drr_compressiontype says whether there is a compressed size.
    body.fill(0xff, 48, 96);
  };
  return record(3, fill, data);
}

function microzap(entries: Record<string, bigint>): Buffer {
  const block = Buffer.alloc(64 * (Object.keys(entries).length + 3));
  block.writeBigUInt64LE(0x8000000000000003n, 0);
  for (const [i, [name, value]] of Object.entries(entries).entries()) {
    block.writeBigUInt64LE(value, 64 * (i + 2));
    block.write(name, 64 * (i + 2) + 14);
  }
  return block;
}

const DIRECTORY = 4n << 60n;
const FILE = 8n << 60n;

function filesystem(root: Record<string, bigint>, ...more: Buffer[]): Buffer {
  return Buffer.concat([
    BEGIN,
    object(1n, 21),
    write(1n, 21, microzap({ normalization: 0n, ROOT: 34n, VERSION: 5n })),
    FREE,
    object(33n, 22),
    write(33n, 22, microzap({})),
    object(34n, 20, 173),
    write(34n, 20, microzap(root)),
    ...more,
    END,
  ]);
}

function isEmpty(stream: Buffer, leading: readonly string[] = [], chunkBytes = 1000): boolean {
  const reader = new SendRecordReader();
  const contents = new HeadContents(new Set(leading));
  for (let at = 0; at < stream.length; at += chunkBytes) {
    for (const each of reader.push(stream.subarray(at, at + chunkBytes))) if (!contents.accept(each)) return false;
  }
  return contents.isEmpty();
}

void t.test('a fresh filesystem is empty, however its stream is cut', (t) => {
  const stream = filesystem({});
  for (const bytes of [1, 7, 311, 312, 313, 64, stream.length]) t.equal(isEmpty(stream, [], bytes), true);
  t.equal(isEmpty(stream.subarray(0, -312)), false, 'without its end');
  t.equal(isEmpty(stream.subarray(0, -1)), false, 'with half an end');
  t.end();
});

void t.test('anything else is something', (t) => {
  t.equal(isEmpty(filesystem({ a: FILE | 2n }, object(2n, 19, 168))), false, 'a file');
  t.equal(isEmpty(filesystem({}, object(2n, 19))), false, 'a file without a name');
  t.equal(isEmpty(filesystem({}, object(2n, 35))), false, 'an object of another type');
  t.equal(isEmpty(filesystem({}, write(2n, 19, Buffer.alloc(8)))), false, 'data');
  t.equal(
    isEmpty(
      filesystem(
        {},
        record(8, () => undefined),
      ),
    ),
    false,
    'an embedded block',
  );
  t.equal(
    isEmpty(
      filesystem(
        {},
        record(77, () => undefined),
      ),
    ),
    false,
    'an unknown record',
  );
  t.equal(isEmpty(filesystem({}, write(34n, 20, Buffer.alloc(512), 512n))), false, 'a directory of several blocks');
  t.equal(isEmpty(filesystem({}, write(34n, 20, Buffer.alloc(512)))), false, 'a directory that is no microzap');
  const large = Buffer.concat([microzap({}), Buffer.alloc(PAYLOAD_BYTES_KEPT_MAX)]);
  t.equal(isEmpty(filesystem({}, write(34n, 20, large))), false, 'a directory of a large block');
  t.end();
});

void t.test('directories that lead to mountpoints of other datasets are nothing, others are', (t) => {
  const tree = filesystem(
    { a: DIRECTORY | 2n },
    object(2n, 20, 168),
    write(2n, 20, microzap({ b: DIRECTORY | 3n })),
    object(3n, 20, 168),
    write(3n, 20, microzap({})),
  );
  t.equal(isEmpty(tree, ['a', 'a/b']), true);
  t.equal(isEmpty(tree, ['a']), false);
  t.equal(isEmpty(tree, []), false);
  t.equal(isEmpty(filesystem({ a: FILE | 2n }), ['a']), false, 'a file of the name');
  const loop = filesystem({ a: DIRECTORY | 34n });
  t.equal(isEmpty(loop, ['a']), false, 'a directory that leads to itself');
  const hidden = [object(9n, 20), write(9n, 20, microzap({ 'user.x': FILE | 10n }))];
  t.equal(isEmpty(filesystem({}, ...hidden)), false, 'a directory of extended attributes');
  t.equal(
    isEmpty(filesystem({}, object(9n, 20), write(9n, 20, microzap({})))),
    true,
    'an unlinked directory without entries',
  );
  t.end();
});

void t.test('a volume', (t) => {
  const volume = (...more: Buffer[]): Buffer =>
    Buffer.concat([BEGIN, object(1n, 23), FREE, object(2n, 24), write(2n, 24, microzap({ size: 8n })), ...more, END]);
  t.equal(isEmpty(volume()), true);
  t.equal(isEmpty(volume(write(1n, 23, Buffer.alloc(8192)))), false);
  t.end();
});

void t.test('what is not a stream is refused', (t) => {
  t.throws(() => isEmpty(Buffer.alloc(1000)), { name: 'SendStreamError' });
  t.end();
});

void t.test('a microzap is read, or not at all', (t) => {
  const long = 'n'.repeat(49);
  t.same(
    [...(readMicrozap(microzap({ a: 1n, [long]: 2n ** 64n - 1n })) ?? [])],
    [
      ['a', 1n],
      [long, 2n ** 64n - 1n],
    ],
  );
  t.equal(readMicrozap(Buffer.alloc(512)), undefined);
  t.equal(readMicrozap(Buffer.alloc(3)), undefined);
  t.end();
});

void t.test('directories that lead to mountpoints: by mountpoint, and by name', (t) => {
  const row = (name: string, mountpoint: string | undefined, mounted = false) =>
    ({ type: 'filesystem', mounted, name, mountpoint }) as const;
  const leading = leadingDirectories(row('tank', '/srv/tank'), [
    row('tank/a', '/srv/tank/a'),
    row('tank/a/b', '/srv/tank/x/y z'),
    row('tank/c', '/elsewhere'),
    row('tank/d', '/srv/tank'),
    row('tank/e', '/srv/tanker'),
    row('tank/n', 'none'),
    row('tank/v', undefined),
  ]);
  t.same([...leading].sort(), ['a', 'a/b', 'c', 'd', 'e', 'n', 'v', 'x', 'x/y z']);
  t.same([...leadingDirectories(row('tank', 'none'), [row('tank/a', '/a')])], ['a']);
  t.end();
});
