/** What keeps a stream from `zfs receive`: heads that are not as announced, and changed keys. */
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createLogger } from '@zfsync/program';
import type { BeginStream } from '@zfsync/protocol';
import { type Announced, currentHead, guardedReceive, judgeKey, keyProperty, StreamGuard } from '@zfsync/receiver';
import {
  type DatasetEntry,
  parseDatasetName,
  parseRelativePath,
  type ReceiveProcess,
  ReplicationError,
  type SendOptions,
  type StreamHead,
  StreamHeadReader,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import t from 'tap';
import { entry, versions } from '../../kit/situation.ts';
import { FEATURE, Forge, type ForgedBegin } from '../../kit/stream-forge.ts';

const forge = new Forge();
const target = parseDatasetName('backup/a');

function announced(begin: Partial<BeginStream> = {}, change: Partial<Announced> = {}): Announced {
  return {
    begin: {
      type: 'begin-stream',
      path: parseRelativePath('/a'),
      from: undefined,
      to: 2n,
      resume: undefined,
      intermediates: false,
      raw: false,
      largeBlocks: false,
      compressed: false,
      embedded: false,
      mode: 'framed',
      ...begin,
    },
    offered: { datasetType: 'filesystem', encrypted: begin.raw ?? false },
    existing: new Set(),
    clone: false,
    ...change,
  };
}

const all = { largeBlocks: true, compressed: true, embedded: true };
const ALL = FEATURE.largeBlocks | FEATURE.compressed | FEATURE.embedded;
/** `-I` from 1 to 4. */
const span = { from: 1n, to: 4n, intermediates: true } as const;
const steps: ForgedBegin[] = [
  { fromGuid: 1n, toGuid: 2n },
  { fromGuid: 2n, toGuid: 3n },
  { fromGuid: 3n, toGuid: 4n },
];
const package_ = (streams = steps, head: ForgedBegin = {}) => forge.package('tank/a@s', streams, head);

t.test('a stream that is as announced', (t) => {
  const resume = '1-token';
  const cases: [string, Announced, Buffer][] = [
    ['full', announced(), forge.begin()],
    ['incremental', announced({ from: 1n }), forge.begin({ fromGuid: 1n })],
    ['of a clone', announced({ from: 1n }, { clone: true }), forge.begin({ fromGuid: 1n, flags: 1 })],
    ['resumed', announced({ resume }), forge.begin({ features: FEATURE.resuming })],
    ['-L -c -e', announced(all), forge.begin({ features: ALL })],
    ['-L -c -e of what has none of it', announced(all), forge.begin()],
    ['-w', announced({ raw: true }), forge.begin({ features: FEATURE.raw | FEATURE.compressed | FEATURE.largeBlocks })],
    [
      '-w of what is not encrypted',
      announced({ raw: true }, { offered: { datasetType: 'filesystem', encrypted: false } }),
      forge.begin({ features: ALL }),
    ],
    ['volume', announced({}, { offered: { datasetType: 'volume', encrypted: false } }), forge.begin({ type: 3 })],
    ['-I', announced(span), package_()],
    ['-I of one', announced({ ...span, to: 2n }), package_(steps.slice(0, 1))],
    ['-I onto what has its source', announced(span, { existing: new Set([1n]) }), package_()],
    ['of a big-endian sender', announced(), new Forge('big').begin()],
    ['what comes behind it', announced(), Buffer.concat([forge.begin(), Buffer.alloc(1000, 0xff)])],
  ];
  for (const [name, given, bytes] of cases) {
    const guard = new StreamGuard(given);
    guard.push(bytes);
    t.ok(guard.head, name);
    t.equal(guard.undecidedBytes, 0, name);
  }
  t.end();
});

const LIES: [string, Announced, Buffer, RegExp][] = [
  ['another snapshot', announced(), forge.begin({ toGuid: 3n }), /brings the snapshot of guid 3 instead of .* 2;/],
  ['an increment', announced(), forge.begin({ fromGuid: 1n }), /starts from the snapshot of guid 1 instead of nothing/],
  ['a full one', announced({ from: 1n }), forge.begin(), /starts from nothing instead of .* guid 1;/],
  ['another source', announced({ from: 1n }), forge.begin({ fromGuid: 5n }), /starts from the snapshot of guid 5/],
  ['a clone', announced({ from: 1n }), forge.begin({ fromGuid: 1n, flags: 1 }), /makes a clone of .* guid 1/],
  ['a full clone', announced(), forge.begin({ flags: 1 }), /clone/],
  ['no clone', announced({ from: 1n }, { clone: true }), forge.begin({ fromGuid: 1n }), /not of a clone/],
  ['another origin', announced({ from: 1n }, { clone: true }), forge.begin({ fromGuid: 5n, flags: 1 }), /guid 5/],
  ['a volume', announced(), forge.begin({ type: 3 }), /of a volume, the dataset is a filesystem/],
  ['no dataset', announced(), forge.begin({ type: 1 }), /of a dataset of unknown type/],
  ['redacted', announced(), forge.begin({ features: FEATURE.redacted }), /redacted/],
  ['with holds', announced(), forge.begin({ features: FEATURE.holds }), /holds/],
  ['deduplicated', announced(), forge.begin({ features: FEATURE.dedup }), /deduplicated/],
  ['a rest', announced(), forge.begin({ features: FEATURE.resuming }), /the rest of another stream/],
  ['no rest', announced({ resume: '1-token' }), forge.begin(), /not the rest/],
  ['raw', announced(), forge.begin({ features: FEATURE.raw }), /is raw/],
  ['plain', announced({ raw: true }), forge.begin(), /not raw: its content is in plain/],
  ['large blocks', announced(), forge.begin({ features: FEATURE.largeBlocks }), /large blocks \(zfs send -L\)/],
  ['compressed', announced(), forge.begin({ features: FEATURE.compressed }), /compressed/],
  ['embedded', announced(), forge.begin({ features: FEATURE.embedded }), /embedded/],
  ['a package', announced({ from: 1n }), package_(), /a package of streams .* instead of a single one/],
  ['no package', announced(span), forge.begin({ fromGuid: 1n, toGuid: 4n }), /a single stream instead/],
  [
    'a list',
    announced(span),
    package_(steps, { payload: Buffer.alloc(64, 0xff) }),
    /a package with a list of contents/,
  ],
  [
    'a package with holds',
    announced(span),
    package_(steps, { features: FEATURE.holds }),
    /a package with holds, as by zfs send -h/,
  ],
  ['a package of no snapshot', announced(span), forge.package('tank/a', steps), /of no snapshot/],
  [
    'another dataset',
    announced(span),
    package_([...steps.slice(0, 2), { fromGuid: 3n, toGuid: 4n, toName: 'tank/a/b@s' }]),
    /brings "tank\/a\/b@s", which would be another dataset/,
  ],
  [
    'a dataset beside the target',
    announced(span),
    package_([...steps.slice(0, 2), { fromGuid: 3n, toGuid: 4n, toName: 'tank/abc\u001b[2J@s' }]),
    /brings "tank\/abc\\u001b\[2J@s"/,
  ],
  ['a clone in a package', announced(span), package_([...steps.slice(0, 1), { ...steps[1], flags: 1 }]), /clone/],
  ['a gap', announced(span), package_([steps[0] ?? {}, steps[2] ?? {}]), /starts from .* 3 instead of .* 2;/],
  ['too little', announced(span), package_(steps.slice(0, 2)), /ends before the announced snapshot/],
  ['nothing', announced(span), package_([]), /ends before the announced snapshot/],
  ['too much', announced(span), package_([...steps, { fromGuid: 4n, toGuid: 5n }]), /goes on after the announced/],
  [
    'a circle',
    announced(span),
    package_([
      { fromGuid: 1n, toGuid: 2n },
      { fromGuid: 2n, toGuid: 2n },
    ]),
    /brings .* guid 2, which is there/,
  ],
  ['what is there', announced(span, { existing: new Set([3n]) }), package_(), /brings .* guid 3, which is there/],
  ['no stream', announced(), Buffer.alloc(312, 65), /does not begin as a send stream does/],
];

t.test('a stream that is not', (t) => {
  for (const [name, given, bytes, words] of LIES) {
    for (const chunkBytes of [bytes.length, 1, 313]) {
      const guard = new StreamGuard(given);
      const push = () => {
        for (let at = 0; at < bytes.length; at += chunkBytes) guard.push(bytes.subarray(at, at + chunkBytes));
      };
      t.throws(push, { code: 'STREAM_NOT_AS_ANNOUNCED', retry: 'never', message: words }, name);
    }
  }
  t.match(new StreamGuard(announced()), { head: undefined, undecidedBytes: 0 });
  t.end();
});

t.test('every byte of a package changed: it is as announced, refused, or not whole', (t) => {
  const bytes = package_();
  let refused = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 0x81, at);
    const guard = new StreamGuard(announced(span));
    try {
      guard.push(changed);
    } catch (error) {
      if (!(error instanceof ReplicationError)) throw error;
      refused += 1;
    }
  }
  t.ok(refused > 100, `${refused} of ${bytes.length} were refused`);
  t.end();
});

/** A `zfs receive` that keeps what it gets, and takes it only when told where `held`. */
class FakeReceive implements ReceiveProcess {
  readonly stream: Writable;
  readonly done: Promise<void>;
  readonly got: Buffer[] = [];
  killed = false;
  next: (() => void) | undefined;
  exit!: (error?: Error) => void;

  constructor(held = false) {
    this.done = new Promise((resolve, reject) => {
      this.exit = (error) => {
        if (error === undefined) resolve();
        else reject(error);
        this.stream.destroy();
      };
    });
    this.done.catch(() => undefined);
    this.stream = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, callback) => {
        this.got.push(chunk);
        if (held) this.next = callback;
        else callback();
      },
    });
    this.stream.once('finish', () => {
      this.exit();
    });
  }

  warnings(): string[] {
    return ['a warning'];
  }

  kill(): Promise<void> {
    this.killed = true;
    this.exit(new ReplicationError('killed', { code: 'ZFS_KILLED', retry: 'backoff' }));
    return Promise.resolve();
  }
}

type Judge = (head: StreamHead, signal: AbortSignal) => Promise<void>;

function guarded(given: Announced, judge: Judge = () => Promise.resolve(), held = false) {
  const fake = new FakeReceive(held);
  const heads: StreamHead[] = [];
  const start = (head: StreamHead) => {
    heads.push(head);
    return fake;
  };
  const told: string[] = [];
  const pace = {
    waiting: () => told.push('waiting'),
    working: (bytes: number) => told.push(`working on ${bytes}`),
    headCame: () => told.push('head'),
  };
  const receive = guardedReceive({ target, guard: new StreamGuard(given), judge, start, pace });
  return { fake, heads, told, receive };
}

t.test('it says whom it waits for', async (t) => {
  const { fake, told, receive } = guarded(announced(span), undefined, true);
  const settle = async () => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
  };
  const bytes = package_();
  receive.stream.write(bytes.subarray(0, 100));
  await settle();
  t.same(told.splice(0), ['working on 100', 'waiting']);
  receive.stream.write(bytes.subarray(100));
  await settle();
  t.same(told.splice(0), [`working on ${bytes.length - 100}`, 'head'], 'zfs takes nothing');
  while (told.length === 0) {
    fake.next?.();
    await settle();
  }
  t.same(told.splice(0), ['waiting']);
  receive.stream.end();
  await settle();
  t.same(told, ['working on 0'], 'nothing more is to come');
  await receive.kill();
});

t.test('zfs receive begins with the head, and gets every byte', async (t) => {
  const bytes = Buffer.concat([package_(), Buffer.alloc(5000, 7)]);
  for (const chunkBytes of [1, 100, 312, 1000, bytes.length]) {
    const { fake, heads, receive } = guarded(announced(span));
    t.same(receive.warnings(), []);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      receive.stream.write(bytes.subarray(at, at + chunkBytes));
      if (at + chunkBytes < 936) t.equal(heads.length, 0, 'not before the head of the first stream');
    }
    receive.stream.end();
    await receive.done;
    t.ok(Buffer.concat(fake.got).equals(bytes), `by ${chunkBytes}`);
    t.equal(heads.length, 1);
    t.same(receive.warnings(), ['a warning']);
  }
});

t.test('a record that is never whole where a chunk ends holds nothing up', async (t) => {
  const { fake, receive } = guarded(announced(span));
  const [RECORD_BYTES, FREE] = [312, 4];
  const records = Buffer.concat(Array.from({ length: 100 }, () => forge.record(FREE)));
  const head = package_().subarray(0, 3 * RECORD_BYTES);
  const bytes = Buffer.concat([head, ...Array.from({ length: 50 }, () => records)]);
  for (let from = 0, to = head.length + 100; to < bytes.length; from = to, to += records.length) {
    receive.stream.write(bytes.subarray(from, to));
    await turn();
    const held = to - Buffer.concat(fake.got).length;
    t.ok(held < RECORD_BYTES, `${held} of ${to} bytes are held`);
  }
  t.ok(Buffer.concat(fake.got).equals(bytes.subarray(0, Buffer.concat(fake.got).length)), 'in order');
  await receive.kill();
});

t.test('its pace is that of zfs receive', async (t) => {
  const { fake, receive } = guarded(announced(), undefined, true);
  receive.stream.write(forge.begin());
  await turn();
  let taken = 0;
  for (let i = 0; i < 100; i += 1) if (receive.stream.write(Buffer.alloc(64 * 1024))) taken += 1;
  t.ok(taken < 10, `${taken} of 100 were taken`);
  await turn();
  t.equal(fake.got.length, 1);
  const drained = once(receive.stream, 'drain');
  const timer = setInterval(() => fake.next?.(), 1);
  await drained;
  receive.stream.end();
  await receive.done;
  clearInterval(timer);
  t.equal(fake.got.length, 101);
});

t.test('what is refused', async (t) => {
  const early = guarded(announced());
  early.receive.stream.write(forge.begin({ flags: 1 }));
  await t.rejects(early.receive.done, { code: 'STREAM_NOT_AS_ANNOUNCED' });
  t.equal(early.heads.length, 0, 'zfs receive was never started');
  t.equal(early.receive.stream.destroyed, true, 'what still comes is thrown away');
  await early.receive.kill();

  const { fake, receive } = guarded(announced(span));
  const evil = package_([...steps.slice(0, 2), { fromGuid: 3n, toGuid: 4n, toName: 'tank/abc@s' }]);
  const third = evil.length - 3 * 312;
  receive.stream.write(evil.subarray(0, third - 100));
  receive.stream.write(evil.subarray(third - 100, third));
  receive.stream.write(evil.subarray(third, third + 100));
  receive.stream.write(evil.subarray(third + 100));
  await t.rejects(receive.done, { code: 'STREAM_NOT_AS_ANNOUNCED' }, 'the reason, not that it was killed');
  t.equal(fake.killed, true);
  t.equal(Buffer.concat(fake.got).length, third, 'no byte of the stream that is refused');

  const judged = guarded(announced(), () => Promise.reject(new ReplicationError('no', { code: 'NO', retry: 'never' })));
  judged.receive.stream.write(forge.begin());
  await t.rejects(judged.receive.done, { code: 'NO' });
  t.equal(judged.heads.length, 0);
});

t.test('what ends before it has begun', async (t) => {
  for (const bytes of [Buffer.alloc(0), forge.begin().subarray(0, 311)]) {
    const { heads, receive } = guarded(announced());
    if (bytes.length > 0) receive.stream.write(bytes);
    receive.stream.end();
    await t.rejects(receive.done, { code: 'STREAM_TRUNCATED', retry: 'replan' });
    t.equal(heads.length, 0);
  }
  const killed = guarded(announced());
  await killed.receive.kill();
  await t.rejects(killed.receive.done, { code: 'ZFS_KILLED' });
  t.equal(killed.receive.stream.destroyed, true);

  let decide: () => void = () => undefined;
  const undecided = guarded(announced(), () => new Promise((resolve) => (decide = resolve)));
  undecided.receive.stream.write(forge.begin());
  await turn();
  await undecided.receive.kill();
  decide();
  await t.rejects(undecided.receive.done, { code: 'ZFS_KILLED' });
  await turn();
  t.equal(undecided.heads.length, 0, 'not begun for nobody');
});

t.test('a zfs receive that fails while the stream goes on', async (t) => {
  const { fake, receive } = guarded(announced(), undefined, true);
  receive.stream.write(forge.begin());
  receive.stream.write(Buffer.alloc(100));
  await turn();
  const closed = once(receive.stream, 'close');
  fake.exit(new ReplicationError('no space', { code: 'ZFS_NO_SPACE', retry: 'operator' }));
  await t.rejects(receive.done, { code: 'ZFS_NO_SPACE' });
  await closed;
  receive.stream.end();
});

/** With these datasets; those in `keys` can be sent, and have these heads. */
function zfsOf(entries: readonly DatasetEntry[], keys: Readonly<Record<string, Buffer>> = {}): Zfs {
  const denied = { reason: 'permission', argv: [], exitCode: 1, signal: null, stderrTail: '' } as const;
  return {
    async *listDatasets(root: string, { depth }: { depth?: number }) {
      yield* entries.filter(({ name }) => (depth === 0 ? name === root : name === root || name.startsWith(`${root}/`)));
    },
    async *listVersions(dataset: string) {
      for (const version of versions('old new #mark')) yield { dataset, version, held: false };
    },
    send: ({ dataset, to, raw }: SendOptions) => {
      const bytes = to === 'new' && raw === true ? keys[dataset] : undefined;
      const done = bytes ? Promise.resolve() : Promise.reject(new ZfsError('permission denied', denied));
      done.catch(() => undefined);
      // What comes behind the head is not waited for.
      const stream = new Readable({ read: () => undefined });
      stream.push(bytes ?? null);
      return { stream, done, kill: () => Promise.resolve() };
    },
  } as unknown as Zfs;
}

t.test('a zfs send that says nothing is not waited for, and not left behind', async (t) => {
  let killed = 0;
  const silent = {
    ...zfsOf([]),
    send: () => {
      const stream = new Readable({ read: () => undefined });
      const kill = () => {
        killed += 1;
        stream.destroy();
        return Promise.resolve();
      };
      return { stream, done: once(stream, 'close'), kill };
    },
  } as unknown as Zfs;
  t.equal(await currentHead(silent, target, new AbortController().signal, 20), undefined);
  t.ok(killed > 0);
  killed = 0;
  const controller = new AbortController();
  const reading = currentHead(silent, target, controller.signal);
  await turn();
  controller.abort(new ReplicationError('enough', { code: 'ENOUGH', retry: 'never' }));
  await t.rejects(reading, { code: 'ENOUGH' });
  t.ok(killed > 0);

  const signals: AbortSignal[] = [];
  const { receive } = guarded(announced(), (_head, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  });
  receive.stream.write(forge.begin());
  await turn();
  t.equal(signals[0]?.aborted, false);
  await receive.kill();
  t.equal(signals[0]?.aborted, true, 'the judge is not needed any more');
  await t.rejects(receive.done, { code: 'ZFS_KILLED' });
});

t.test('a changed key', async (t) => {
  const lines: string[] = [];
  const log = createLogger({ name: 'test', verbose: false });
  log.warn = (...line: unknown[]) => lines.push(JSON.stringify(line));
  const signal = new AbortController().signal;
  const bytesOf = (key: string, salt = 0n): Buffer => {
    const wrapped = new Map<string, bigint | Buffer>([
      ['DSL_CRYPTO_IV', Buffer.from(key)],
      ['pbkdf2salt', salt],
    ]);
    return forge.begin({ features: FEATURE.raw, fromGuid: 1n, payload: forge.list([['crypt_keydata', wrapped]]) });
  };
  const headOf = (key: string, salt?: bigint): StreamHead => {
    const [event] = new StreamHeadReader().push(bytesOf(key, salt));
    if (event?.kind !== 'stream') throw new Error('no head');
    return event.head;
  };
  const digestOf = (key: string | undefined, salt?: bigint) => key && headOf(key, salt).keyDigest;
  const top = parseDatasetName('backup');
  const own = entry('backup/a', { encryptionRoot: target });
  const inheriting = entry('backup/a', { encryptionRoot: top });
  const sharing = [own, entry('backup/a/k', { encryptionRoot: target }), entry('backup/a/o')];
  const judge = (
    known: string | undefined,
    head: StreamHead,
    entries: DatasetEntry[],
    keys: Readonly<Record<string, Buffer>> = {},
    shared = entries.some(({ name, encryptionRoot }) => encryptionRoot !== undefined && encryptionRoot !== name),
  ) => judgeKey({ zfs: zfsOf(entries, keys), log, target, known: digestOf(known), shared, signal }, head);
  const refused = { code: 'KEY_CHANGED', retry: 'operator' };

  await judge('one', headOf('one'), [own]);
  await judge(undefined, headOf('one'), [own]);
  await judge('one', { ...headOf('one'), keyDigest: undefined }, sharing);
  await judge('one', { ...headOf('two'), fromGuid: undefined }, sharing);
  t.same(lines, []);
  await judge('one', headOf('two'), [own]);
  t.match(lines.splice(0), [/key-changed.*backup\/a: the key of its source was changed: it opens with the new one/]);

  t.comment('what the target has now is read');
  for (const known of [undefined, 'one', 'other']) {
    await judge(known, headOf('one'), sharing, { 'backup/a': bytesOf('one') });
    await t.rejects(judge(known, headOf('one'), sharing, { 'backup/a': bytesOf('here') }), refused, 'changed here');
  }
  const changedHere = judge('one', headOf('one'), sharing, { 'backup/a': bytesOf('here') });
  await t.rejects(changedHere, { message: /its key was changed here, or that of .*shares its key with backup\/a\/k:/ });
  const unlisted = judge('one', headOf('two'), sharing, { 'backup/a': bytesOf('one') }, false);
  await t.rejects(unlisted, { ...refused, message: /the key of its source was changed, and it shares/ });

  t.comment('it cannot be read');
  await judge('one', headOf('one'), sharing);
  await t.rejects(judge(undefined, headOf('one'), sharing), { ...refused, message: /cannot be seen .*zfs allow/ });
  await t.rejects(judge('one', headOf('two'), sharing), { ...refused, message: /shares its key with backup\/a\/k:/ });
  const many = [own, ...[1, 2, 3, 4, 5].map((i) => entry(`backup/a/${i}`, { encryptionRoot: target }))];
  await t.rejects(judge('one', headOf('two'), many), { message: /a\/1, backup\/a\/2, backup\/a\/3 and 2 more:/ });

  t.comment('it has the key of what is above it: change-key -i has wrapped it anew');
  const rewrapped = { 'backup/a': bytesOf('here', 7n) };
  await judge(undefined, headOf('one', 7n), [inheriting], rewrapped);
  await t.rejects(judge('one', headOf('one', 8n), [inheriting], rewrapped), { message: /shares its key with backup:/ });
  await t.rejects(judge('one', headOf('one'), [inheriting], rewrapped), refused, 'another kind of key');
  const above = (zfsyncKey: string | undefined) => [
    entry('backup', { encryptionRoot: top, zfsyncKey: digestOf(zfsyncKey) }),
    inheriting,
  ];
  const keys = { 'backup/a': bytesOf('here'), backup: bytesOf('top') };
  await judge('one', headOf('one'), above('top'), keys);
  for (const zfsyncKey of [undefined, 'before']) {
    await t.rejects(
      judge('one', headOf('one'), above(zfsyncKey), keys),
      refused,
      'the key above it is not its source’s',
    );
  }
  await t.rejects(judge('one', headOf('two'), above('top'), keys), refused, 'the key of its source was changed');
  await t.rejects(judge(undefined, headOf('one'), above('top'), keys), refused);
  t.same(lines, []);

  const named = (keyDigest: string | undefined) => ({ keyDigest }) as StreamHead;
  t.same(keyProperty({ known: undefined }, named('one')), { 'zfsync:key': 'one' });
  t.same(keyProperty({ known: 'one' }, named('two')), { 'zfsync:key': 'two' });
  t.same(keyProperty({ known: 'one' }, named('one')), {}, 'an incremental need not set it again');
  t.same(keyProperty({ known: 'one' }, named(undefined)), {});
});
