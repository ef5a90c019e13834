/** What streams say of themselves: heads that OpenZFS 2.1.11 has made, and what somebody might make by hand. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import {
  BEGIN_PAYLOAD_BYTES_MAX,
  PACKAGE_LIST_BYTES_MAX,
  type PackageHead,
  RECORD_BYTES,
  type StreamEvent,
  type StreamHead,
  StreamHeadError,
  StreamHeadReader,
  unpackNvlist,
} from '@zfsync/zfs';
import t from 'tap';
import { FEATURE, Forge, type ForgedBegin, type ForgedValue } from '../../kit/stream-forge.ts';

const file = new URL('../../../unit/zfs/vectors/stream-heads.json', import.meta.url);
/** Heads of single streams; of packages up to the first head in them, where the name does not say otherwise. */
const real = new Map(
  Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>).map(([name, text]) => [
    name,
    inflateSync(Buffer.from(text, 'base64')),
  ]),
);

function bytesOf(name: string): Buffer {
  const bytes = real.get(name);
  if (bytes === undefined) throw new Error(`there is no vector "${name}"`);
  return bytes;
}

function eventsOf(bytes: Uint8Array, chunkBytes = bytes.length): StreamEvent[] {
  const reader = new StreamHeadReader();
  const events: StreamEvent[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    events.push(...reader.push(bytes.subarray(at, at + chunkBytes)));
  return events;
}

function headOf(bytes: Uint8Array): StreamHead {
  const [event] = eventsOf(bytes);
  if (event?.kind !== 'stream') throw new Error('it is no single stream');
  return event.head;
}

function packageOf(bytes: Uint8Array): PackageHead {
  const [event] = eventsOf(bytes);
  if (event?.kind !== 'package') throw new Error('it is no package');
  return event.head;
}

function flagsOf(head: StreamHead): string {
  const flags = ['raw', 'largeBlocks', 'compressed', 'embedded', 'resuming', 'redacted', 'unwanted', 'clone'] as const;
  const of = [head.datasetType ?? '?', ...(head.fromGuid === undefined ? ['full'] : [])];
  return [...of, ...flags.filter((flag) => head[flag])].join(' ');
}

t.test('heads of single streams as OpenZFS makes them', (t) => {
  const expected: Record<string, string> = {
    full: 'filesystem full',
    'full -L -c -e': 'filesystem full compressed embedded',
    'full -w, not encrypted': 'filesystem full compressed embedded',
    '-i': 'filesystem',
    '-i from a bookmark': 'filesystem',
    '-L -c -e -i with large blocks': 'filesystem largeBlocks compressed embedded',
    '-i of a clone': 'filesystem clone',
    '-t': 'filesystem full resuming',
    '-w -t': 'filesystem full raw compressed resuming',
    '-w': 'filesystem full raw compressed',
    '-w -i': 'filesystem raw compressed',
    volume: 'volume full',
  };
  for (const [name, flags] of Object.entries(expected)) t.equal(flagsOf(headOf(bytesOf(name))), flags, name);
  const [bookmark, snapshot] = [headOf(bytesOf('-i from a bookmark')), headOf(bytesOf('-i'))];
  t.equal(snapshot.toName, 'src/p@two');
  t.equal(bookmark.fromGuid, snapshot.fromGuid);
  t.equal(snapshot.fromGuid, headOf(bytesOf('full')).toGuid);
  t.end();
});

t.test('heads of packages as OpenZFS makes them', (t) => {
  const list = (name: string) => packageOf(bytesOf(name)).list;
  t.same(list('-p'), { datasets: 1, snapshots: 1, hasProperties: true, recursive: false });
  t.same(list('-R'), { datasets: 1, snapshots: 3, hasProperties: true, recursive: true });
  t.same(list('-R -I'), { datasets: 1, snapshots: 3, hasProperties: true, recursive: true });
  t.same(list('-w -R'), { datasets: 2, snapshots: 6, hasProperties: true, recursive: true });
  t.match(packageOf(bytesOf('-h')), { hasHolds: true, toName: 'src/p@one' });
  const whole = eventsOf(bytesOf('-I of a volume, whole'));
  t.same(
    whole.map(({ kind }) => kind),
    ['package', 'stream', 'package-end'],
  );
  t.match(whole[0], { head: { listBytes: 0, list: undefined, hasHolds: false, toName: 'src/v@two' } });
  t.end();
});

t.test('the digest of a key stays with the key, and changes when the key is wrapped anew', (t) => {
  const digest = (name: string) => headOf(bytesOf(name)).keyDigest;
  const story = (rest: string) => digest(`-w -i of a passphrase, ${rest}`);
  t.match(story('before'), /^[0-9a-f]{64}$/);
  t.equal(story('the same key'), story('before'));
  t.not(story('changed'), story('before'));
  t.not(story('changed to the same'), story('changed'), 'a new salt, and all wrapped anew');
  t.equal(story('later'), story('changed to the same'));
  t.not(digest('-w -i of a raw key, changed'), digest('-w -i of a raw key, before'));
  t.not(digest('-w -i of the parent key'), digest('-w of its own key'), 'zfs change-key -i');
  t.equal(digest('-w -i'), digest('-w'));
  t.equal(digest('-w -t'), digest('-w'), 'a resumed stream');
  t.equal(digest('-t'), undefined, 'no key, but a list');
  t.end();
});

t.test('a head is the same however it is cut', (t) => {
  for (const [name, bytes] of real) {
    const whole = eventsOf(bytes);
    for (const chunkBytes of [1, 7, RECORD_BYTES - 1, RECORD_BYTES, RECORD_BYTES + 1]) {
      t.same(eventsOf(bytes, chunkBytes), whole, `${name} by ${chunkBytes}`);
    }
    const reader = new StreamHeadReader();
    if (whole[0]?.kind !== 'stream') continue;
    t.same(reader.push(bytes.subarray(0, bytes.length - 1)), [], `${name}: nothing before its last byte`);
    t.not(reader.undecidedBytes, 0);
  }
  t.end();
});

const BYTE_ORDERS = ['little', 'big'] as const;

t.test('either byte order', (t) => {
  for (const order of BYTE_ORDERS) {
    const forge = new Forge(order);
    const key = new Map<string, ForgedValue>([
      ['DSL_CRYPTO_GUID', 7n],
      ['DSL_CRYPTO_IV', Buffer.from('0123456789ab')],
    ]);
    const payload = forge.list([
      ['resume_object', 5n],
      ['text', 'a'],
      ['flag', true],
      ['crypt_keydata', key],
    ]);
    const features = FEATURE.raw | FEATURE.resuming;
    const head = headOf(forge.begin({ features, toGuid: 3n, fromGuid: 9n, toName: 'tank/ä@s', payload, type: 3 }));
    t.equal(flagsOf(head), 'volume raw resuming');
    t.match(head, { toGuid: 3n, fromGuid: 9n });
    const digest = '2d0c4cfb81fb2123013690aabfc43d2265cb8be23962028dadc4bed93f221f54';
    t.equal(head.keyDigest, digest, 'the same in both orders, and for ever: targets have it');
    t.match(unpackNvlist(payload).get('text'), 'a');
  }
  t.end();
});

/** A record of each kind with a payload that looks like a head. */
function bodies(forge: Forge, payload: Buffer): Buffer {
  const { length } = payload;
  const short = payload.subarray(0, length - 4);
  return Buffer.concat([
    forge.record(1, [[28, 4, length - 4]]),
    payload,
    forge.record(1, [
      [28, 4, 8],
      [36, 4, length - 4],
    ]),
    short,
    forge.record(2),
    forge.record(3, [[32, 8, length]]),
    payload,
    forge.record(3, [
      [32, 8, 1 << 20],
      [50, 1, 2],
      [96, 8, length],
    ]),
    payload,
    forge.record(4, [[24, 8, 1 << 30]]),
    forge.record(7, [[16, 8, length]]),
    payload,
    forge.record(7, [
      [16, 8, 512],
      [40, 8, length],
    ]),
    payload,
    forge.record(8, [
      [48, 4, 512],
      [52, 4, length - 4],
    ]),
    payload,
    forge.record(9),
  ]);
}

t.test('of a package every head is found, and nothing that only looks like one', (t) => {
  for (const order of BYTE_ORDERS) {
    const forge = new Forge(order);
    const trap = forge.begin({ toName: 'tank/trap@s' });
    const stream = (toName: string) => [forge.begin({ toName }), bodies(forge, trap), forge.end()];
    // Each stream says for itself in which order it is.
    const other = new Forge(order === 'little' ? 'big' : 'little').begin({ toName: 'tank/a@two' });
    const whole = Buffer.concat([
      forge.begin({ header: 'package', toName: 'tank/a@three' }),
      forge.end(),
      ...stream('tank/a@one'),
      other,
      ...[...stream('tank/a@three')].slice(2),
    ]);
    // The one in the other order has an END record of this one: what follows is not what it seems.
    t.throws(() => eventsOf(Buffer.concat([whole, ...stream('tank/a@three')])), StreamHeadError);
    const good = Buffer.concat([
      whole.subarray(0, 2 * RECORD_BYTES),
      ...stream('tank/a@one'),
      ...stream('tank/a@two'),
      forge.end(),
      trap,
    ]);
    for (const chunkBytes of [good.length, 1, 100, 313]) {
      const names = eventsOf(good, chunkBytes).map((event) => ('head' in event ? event.head.toName : event.kind));
      t.same(names, ['tank/a@three', 'tank/a@one', 'tank/a@two', 'package-end']);
    }
  }
  t.end();
});

t.test('where the place of the next record is not sure, it goes no further', (t) => {
  const forge = new Forge();
  const inPackage = (...parts: Buffer[]) =>
    Buffer.concat([forge.begin({ header: 'package' }), forge.end(), forge.begin(), ...parts]);
  const cases: Record<string, Buffer> = {
    'a bonus buffer that zfs receive sees and recv_skip does not': inPackage(forge.record(1, [[36, 4, 312]])),
    'a payload longer than any block': inPackage(forge.record(3, [[32, 8, (16 << 20) + 8]])),
    'a length of 64 bits': inPackage(forge.record(3, [[36, 4, 1]])),
    'a compressed length of 64 bits': inPackage(
      forge.record(7, [
        [16, 8, 8],
        [44, 4, 1],
      ]),
    ),
    'a write by reference': inPackage(forge.record(6)),
    'a redaction': inPackage(forge.record(10)),
    'a record of no type': inPackage(forge.record(11)),
    'a head in a stream': inPackage(forge.begin()),
    'a package in a package': Buffer.concat([
      forge.begin({ header: 'package' }),
      forge.end(),
      forge.begin({ header: 'package' }),
    ]),
    'a package whose head does not end': Buffer.concat([forge.begin({ header: 'package' }), forge.begin()]),
    'no magic number': forge.begin({ magic: 1n }),
    'no head': forge.end(),
    'a name without an end': forge.begin({ toName: 'x'.repeat(256) }),
    'neither stream nor package': forge.begin({ header: 'package' }).fill(3, 16, 17),
  };
  for (const [name, bytes] of Object.entries(cases)) t.throws(() => eventsOf(bytes), StreamHeadError, name);
  t.end();
});

t.test('nothing large is kept', (t) => {
  const forge = new Forge();
  const announcing = (bytes: number, given: ForgedBegin = {}) => {
    const record = forge.begin(given);
    record.writeUInt32LE(bytes, 4);
    return record;
  };
  t.throws(() => eventsOf(announcing(0xffff_ffff)), StreamHeadError);
  t.throws(() => eventsOf(announcing(BEGIN_PAYLOAD_BYTES_MAX + 1)), StreamHeadError);
  t.same(eventsOf(announcing(BEGIN_PAYLOAD_BYTES_MAX)), [], 'it may come');
  const huge = packageOf(announcing(0xffff_fff8, { header: 'package' }));
  t.match(huge, { listBytes: 0xffff_fff8, list: undefined }, 'a package with a large list is told at once');
  t.same(eventsOf(announcing(PACKAGE_LIST_BYTES_MAX, { header: 'package' })), []);
  const reader = new StreamHeadReader();
  reader.push(forge.begin());
  t.equal(reader.over, true, 'a single stream is not followed');
  t.same(reader.push(Buffer.alloc(1 << 20)), []);
  t.equal(reader.undecidedBytes, 0);
  t.end();
});

t.test('lists', (t) => {
  for (const order of BYTE_ORDERS) {
    const forge = new Forge(order);
    const nested = (depth: number): ForgedValue => (depth === 0 ? 1n : new Map([['deeper', nested(depth - 1)]]));
    const broken = (name: string, change: (bytes: Buffer) => void, list = forge.list([['a', 1n]])) => {
      change(list);
      t.throws(() => unpackNvlist(list), { name: 'NvlistError' }, `${order}: ${name}`);
    };
    const twice: [string, ForgedValue][] = [
      ['a', 1n],
      ['a', 2n],
    ];
    broken('a name twice', () => undefined, forge.list(twice));
    broken('too deep', () => undefined, forge.list([['a', nested(9)]]));
    t.ok(unpackNvlist(forge.list([['a', nested(7)]])));
    broken('an unknown encoding', (bytes) => bytes.writeUInt8(2, 0));
    broken('a pair of no size', (bytes) => {
      forge.u32(bytes, 12, 4);
    });
    broken('a pair of negative size', (bytes) => {
      forge.u32(bytes, 12, 0xffff_ff00);
    });
    broken('a pair beyond the end', (bytes) => {
      forge.u32(bytes, 12, 4096);
    });
    broken('a negative number of elements', (bytes) => {
      forge.u32(bytes, 20, 0xffff_ffff);
    });
    broken('a name without its end', (bytes) => bytes.writeUInt8(65, 29));
    const array = Buffer.concat([forge.list([]).subarray(0, 12), forge.pair('a', 16, 1 << 28, Buffer.alloc(8))]);
    broken('an array of more than there is', () => undefined, array);
    const lists = Buffer.concat([
      forge.list([]).subarray(0, 12),
      forge.pair('a', 20, 1, Buffer.alloc(24)),
      Buffer.alloc(4),
    ]);
    broken('an array of lists', () => undefined, lists);
    const unknown = Buffer.concat([
      forge.list([]).subarray(0, 12),
      forge.pair('a', 14, 1, Buffer.alloc(8)),
      Buffer.alloc(4),
    ]);
    t.equal(unpackNvlist(unknown).size, 0, 'what nobody asks for is left out');
  }
  t.end();
});

t.test('every byte missing, every byte changed: an answer or a typed error', (t) => {
  for (const [name, bytes] of real) {
    const outcomes = { told: 0, refused: 0, waiting: 0 };
    const look = (input: Buffer): void => {
      try {
        if (eventsOf(input).length > 0) outcomes.told += 1;
        else outcomes.waiting += 1;
      } catch (error) {
        if (!(error instanceof StreamHeadError)) throw error;
        outcomes.refused += 1;
      }
    };
    for (let at = 0; at < bytes.length; at += 1) {
      look(bytes.subarray(0, at));
      for (const bits of [0xff, 0x01, 0x80]) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8((bytes[at] ?? 0) ^ bits, at);
        look(changed);
      }
    }
    t.ok(outcomes.refused > 0 && outcomes.told > 0 && outcomes.waiting > 0, `${name}: ${JSON.stringify(outcomes)}`);
  }
  t.end();
});
