/** What goes to zfs(8) as arguments and comes back as text: rows, properties, reasons. */
import {
  createZfs,
  parseDatasetName,
  parseVersionName,
  type SendOptions,
  ZFS_REASON_RETRY,
  type ZfsReason,
} from '@zfsync/zfs';
import {
  createArguments,
  firstSentence,
  LineSplitter,
  nameBatches,
  nameChunks,
  parseDatasetRow,
  parseHoldRow,
  parsePropertyRows,
  parseVersionRow,
  reasonOfStderr,
  receiveArguments,
  STDERR_REASONS,
  sendArguments,
  zfsErrorOf,
} from '@zfsync/zfs/internal';
import t from 'tap';

const D = parseDatasetName('tank/a b');
const S = parseVersionName('- s:1 ');

void t.test('lines come out the same however the output is cut', (t) => {
  const bytes = Buffer.from('tank\tä€😀\n\n x \ttank/b \nrest');
  const expected = ['tank\tä€😀', '', ' x \ttank/b '];
  for (let first = 0; first <= bytes.length; first++) {
    for (let second = first; second <= bytes.length; second += 3) {
      const splitter = new LineSplitter();
      const parts = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
      const lines = parts.flatMap((part) => [...splitter.push(part)]);
      if (lines.join('|') !== expected.join('|') || splitter.rest !== 'rest') t.fail(`cut at ${first} and ${second}`);
    }
  }
  t.pass('at every byte');
  t.end();
});

void t.test('a row of a dataset', (t) => {
  const cells = ['volume', '18446744073709551615', '9', '1', '2', '3', '4', 'aes-256-gcm', 'tank', 'unavailable', '-'];
  const row = [...cells, 'tank/o@s', '1-abc', 'tank/a b', '-'].join('\t');
  const local = new Map([
    [
      'tank/a b',
      new Map([
        ['zfsync:path', '/x'],
        ['zfsync:placeholder', 'on'],
        ['zfsync:stream', 'wL'],
        ['zfsync:key', '00ff'],
        ['zfsync:vanished', '2026-11-21T17:00:00Z 7'],
        ['zfsync:root', 'on'],
        ['zfsync:send', 'false'],
      ]),
    ],
  ]);
  t.same(parseDatasetRow(row, local), {
    name: 'tank/a b',
    type: 'volume',
    guid: 2n ** 64n - 1n,
    createtxg: 9n,
    used: 1n,
    available: 2n,
    referenced: 3n,
    written: 4n,
    encryption: 'aes-256-gcm',
    encryptionRoot: 'tank',
    keyAvailable: false,
    mounted: false,
    mountpoint: undefined,
    origin: 'tank/o@s',
    resumeToken: '1-abc',
    zfsyncPath: '/x',
    placeholder: true,
    zfsyncStream: 'wL',
    zfsyncKey: '00ff',
    zfsyncVanished: '2026-11-21T17:00:00Z 7',
    isSessionRoot: true,
    zfsyncSend: 'false',
  });
  const plain = ['filesystem', '1', '2', '3', '4', '5', '6', 'off', '-', '-', 'yes', '-', '-', 'tank', '/a\tb'].join(
    '\t',
  );
  const entry = parseDatasetRow(plain, local);
  t.match(entry, { mounted: true, mountpoint: '/a\tb', keyAvailable: true, placeholder: false });
  t.equal(entry.encryptionRoot, undefined);
  t.equal(entry.resumeToken, undefined);
  t.throws(() => parseDatasetRow(plain.replace('filesystem', 'snapshot'), local), /column type is "snapshot"/);
  t.end();
});

void t.test('a row of a version', (t) => {
  t.same(parseVersionRow('bookmark\t5\t6\t7\t-\ttank/a b#- s:1 '), {
    dataset: D,
    held: false,
    version: { kind: 'bookmark', name: S, guid: 5n, createtxg: 6n, creation: 7n },
  });
  t.equal(parseVersionRow('snapshot\t5\t6\t7\t0\ttank/a b@s').held, false);
  t.equal(parseVersionRow('snapshot\t5\t6\t7\t2\ttank/a b@s').held, true);
  t.end();
});

void t.test('holds: rows, and names in chunks that fit an argv', (t) => {
  t.same(parseHoldRow(D, 'tank/a b@s 1\ta\tb\tSat Nov 21 05:56 2026'), { snapshot: 's 1', tag: 'a\tb' });
  for (const row of ['tank/a b@s\ttag', 'tank/a@s\ttag\tdate', '']) t.equal(parseHoldRow(D, row), undefined, row);
  const names = Array.from({ length: 2000 }, (_, i) => parseVersionName(`${'n'.repeat(200)}${String(i)}`));
  const chunks = [...nameChunks(D, names)];
  t.same(
    chunks.flat(),
    names.map((name) => `${D}@${name}`),
  );
  t.ok(chunks.length > 3 && chunks.every((chunk) => Buffer.byteLength(chunk.join('\0')) < 100 * 1024));
  t.same([...nameChunks(D, [])], []);
  const batches = [...nameBatches(D, names)];
  t.same(batches.flat(), names, 'batches have them all, in their order');
  t.ok(batches.every((batch) => batch.length <= 1000 && `${D}@${batch.join(',')}`.length <= 64 * 1024));
  t.same([...nameBatches(D, [])], []);
  t.end();
});

void t.test('rows of properties, with tabs and newlines in values', (t) => {
  const lines = ['type\t-\tfilesystem', 'u:a\tlocal\tx\ty', 'second line', 'u:b\t-\t-', 'u:c\tinherited from tank\t-'];
  t.same(
    [...parsePropertyRows(lines, ['type', 'u:a', 'u:b', 'u:c'])],
    [
      ['type', 'filesystem'],
      ['u:a', 'x\ty\nsecond line'],
      ['u:c', '-'],
    ],
  );
  t.end();
});

void t.test('arguments of send', (t) => {
  const args = (options: Partial<SendOptions>): string[] => sendArguments({ dataset: D, to: S, ...options });
  t.same(args({}), ['tank/a b@- s:1 ']);
  t.same(args({ raw: true, largeBlocks: true, compressed: true, embedded: true }).slice(0, -1), [
    '-w',
    '-L',
    '-c',
    '-e',
  ]);
  const from = { kind: 'snapshot', name: parseVersionName('s0') } as const;
  t.same(args({ from }), ['-i', 'tank/a b@s0', 'tank/a b@- s:1 ']);
  t.same(args({ from, intermediates: true }), ['-I', 'tank/a b@s0', 'tank/a b@- s:1 ']);
  t.same(args({ from: { ...from, kind: 'bookmark' } }), ['-i', 'tank/a b#s0', 'tank/a b@- s:1 ']);
  t.throws(() => args({ from: { ...from, kind: 'bookmark' }, intermediates: true }), TypeError);
  t.throws(() => args({ intermediates: true }), TypeError);
  t.throws(() => createZfs({ command: '/nowhere' }).send({ dataset: D, to: S, intermediates: true }), TypeError);
  t.end();
});

void t.test('arguments of receive and create', (t) => {
  t.same(receiveArguments({ target: D }), ['-u', D]);
  t.same(
    receiveArguments({
      target: D,
      resumable: true,
      overwriteEmpty: true,
      set: { readonly: 'on', 'zfsync:path': '/a=b' },
      exclude: ['mountpoint', 'canmount'],
    }),
    ['-u', '-s', '-F', '-o', 'readonly=on', '-o', 'zfsync:path=/a=b', '-x', 'mountpoint', '-x', 'canmount', D],
  );
  t.same(createArguments(D, { type: 'filesystem', properties: { canmount: 'off' } }), [
    ...['create', '-u', '-o', 'canmount=off', D],
  ]);
  t.same(createArguments(D, { type: 'volume', volumeSize: 4096n }), ['create', '-V', '4096', D]);
  t.throws(() => createArguments(D, { type: 'volume' }), TypeError);
  t.end();
});

/** Texts of OpenZFS: those of 2.1.11 as it printed them, others from its source. */
const SAID: readonly (readonly [ZfsReason, string])[] = [
  ['module-missing', "The ZFS modules are not loaded.\nTry running 'modprobe zfs' as root to load them."],
  ['module-missing', '/dev/zfs and /proc/self/mounts are required.\nTry running ...'],
  ['module-missing', 'Failed to load openzfs module: No such file or directory'],
  ['command-missing', '/usr/local/bin/zfs-wrapper: 2: zfs: not found'],
  ['command-missing', '/usr/local/bin/zfs-wrapper: line 2: sudo: command not found'],
  ['permission', 'sudo: a password is required'],
  ['permission', 'Permission denied the ZFS utilities must be run as root.'],
  ['permission', "cannot create 'tank/a': permission denied"],
  ['permission', "cannot create 'tank/a': pool is read-only"],
  ['dataset-missing', "cannot open 'tank/a': dataset does not exist"],
  ['dataset-missing', "cannot receive incremental stream: destination 'tank/a' does not exist"],
  ['dataset-missing', "cannot open 'tank/a': dataset does not exist\nusage:\n\tsnapshot [-r] ...\n"],
  [
    'dataset-exists',
    "cannot receive new filesystem stream: destination 'dst/d' exists\nmust specify -F to overwrite it",
  ],
  ['dataset-exists', "cannot rename 'src/x': dataset already exists"],
  ['dataset-exists', "cannot create bookmark 'src/d#s1': bookmark exists"],
  ['parent-missing', "cannot create 'src/q/z': parent does not exist"],
  [
    'parent-missing',
    "cannot open 'dst/no': dataset does not exist\ncannot receive new filesystem stream: unable to restore to destination",
  ],
  ['snapshot-missing', "cannot open 'src/d@nope': dataset does not exist"],
  ['snapshot-missing', "warning: cannot send 'src/d@s2': incremental source (src/d#nope) does not exist"],
  ['snapshot-missing', "warning: cannot send 'src/d@s1': not an earlier snapshot from the same fs"],
  ['snapshot-missing', 'could not find any snapshots to destroy; check snapshot names.'],
  ['snapshot-missing', "bookmark 'src/d#nope' does not exist."],
  ['snapshot-held', "cannot hold snapshot 'src/d@s2': tag already exists on this dataset"],
  [
    'target-has-snapshots',
    'cannot receive new filesystem stream: destination has snapshots (eg. dst/ne@s1)\nmust destroy them to overwrite it',
  ],
  [
    'target-modified',
    'cannot receive incremental stream: destination dst/e has been modified\nsince most recent snapshot',
  ],
  [
    'source-mismatch',
    'cannot receive incremental stream: most recent snapshot of dst/d does not\nmatch incremental source',
  ],
  [
    'partial-receive',
    'cannot receive new filesystem stream: destination dst/tr contains partially-complete state from "zfs receive -s".',
  ],
  ['partial-receive', "'dst/d' does not have any resumable receive state to abort"],
  [
    'target-has-snapshots',
    "cannot rollback to 'dst/d@1': more recent snapshots or bookmarks exist\nuse '-r' to force deletion of the following snapshots and bookmarks:\ndst/d@2\n",
  ],
  ['resume-token-corrupt', 'cannot resume send: resume token is corrupt (incorrect checksum)'],
  ['resume-token-corrupt', 'cannot resume send: resume token is corrupt (invalid version 2)'],
  ['resume-token-corrupt', 'cannot resume send: resume token is corrupt (decompression failed)'],
  ['resume-token-corrupt', 'cannot resume send: resume token is corrupt (invalid format)'],
  ['resume-source-gone', "cannot resume send: 'src/d@s' is no longer the same snapshot used in the initial send"],
  ['resume-source-gone', "cannot resume send: 'src/d@s' used in the initial send no longer exists"],
  ['resume-source-gone', 'cannot resume send: incremental source 0x1a no longer exists'],
  ['key-unavailable', "warning: cannot send 'dst/r@1': dataset key must be loaded"],
  ['key-unavailable', 'cannot receive new filesystem stream: inherited key must be loaded'],
  [
    'ivset-mismatch',
    "cannot receive incremental stream: IV set guid mismatch. See the 'zfs receive' man page section\n discussing the",
  ],
  ['encryption-boundary', "cannot rename 'dst/r/p': cannot move encrypted child outside of its encryption root"],
  [
    'encryption-boundary',
    'cannot receive incremental stream: cannot perform raw receive on top of existing unencrypted dataset',
  ],
  [
    'encryption-boundary',
    'cannot receive new filesystem stream: zfs receive -F cannot be used to destroy an encrypted filesystem or overwrite',
  ],
  [
    'large-blocks-required',
    'cannot receive incremental stream: incremental send stream requires -L (--large-block), to',
  ],
  ['stream-unreadable', 'cannot receive: invalid stream (bad magic number)'],
  ['stream-unreadable', 'cannot receive: stream has unsupported feature, feature flags = 4000000'],
  [
    'stream-unreadable',
    "cannot open 'dst/g': dataset does not exist\ncannot receive new filesystem stream: invalid backup stream",
  ],
  ['stream-incomplete', 'cannot receive new filesystem stream: incomplete stream'],
  ['stream-incomplete', 'cannot receive: failed to read from stream'],
  [
    'stream-incomplete',
    'cannot receive new filesystem stream: checksum mismatch or incomplete stream.\nPartially received snapshot is saved.',
  ],
  ['target-has-snapshots', 'cannot receive resume stream: kernel modules must be upgraded to receive this stream.'],
  ['stream-unreadable', 'cannot receive incremental stream: kernel modules must be upgraded to receive this stream.'],
  ['target-modified', 'cannot receive resume stream: destination dst/d has been modified\nsince most recent snapshot'],
  ['dataset-exists', "cannot destroy 'dst/p': dataset already exists"],
  ['busy', "cannot destroy 'dst/p/%recv': dataset is busy"],
  ['busy', 'cannot destroy snapshot src/d@s2: dataset is busy'],
  ['busy', "warning: cannot send 'p1': target is busy; if a filesystem, it must not be mounted"],
  ['busy', "cannot unmount '/mnt/mo': pool or dataset is busy"],
  ['no-space', 'cannot receive new filesystem stream: out of space'],
  ['quota', 'cannot receive new filesystem stream: destination dst/q/d space quota exceeded.'],
  ['name-invalid', "cannot create 'src/nn': name is too long"],
  ['name-invalid', "cannot create 'src/a$b': invalid character '$' in name"],
  ['name-invalid', 'cannot receive: invalid name'],
  ['type-wrong', "cannot open 'src/v': operation not applicable to datasets of this type"],
  ['killed', "warning: cannot send 'a@b': signal received"],
  [
    'property-invalid',
    "cannot receive new filesystem stream: property 'canmount' does not apply to datasets of this type",
  ],
  ['property-invalid', "bad property list: invalid property 'nonsense'\nusage:\n\tget [-rHp]"],
  ['property-invalid', "cannot receive: invalid property 'nonsense'"],
  [
    'property-invalid',
    "cannot receive new filesystem stream: 'canmount' must be one of 'on | off | noauto'\ncannot receive new filesystem stream: invalid property value",
  ],
  [
    'property-invalid',
    'cannot receive new filesystem stream: Encryption must be turned on to set encryption properties.',
  ],
  ['has-clones', "cannot destroy 'a@1': snapshot has dependent clones\nuse '-R' to destroy the following datasets:\nb"],
  ['has-clones', "cannot destroy 'a': filesystem has dependent clones"],
  ['has-clones', 'cannot destroy snapshot a@1: snapshot is cloned'],
  ['has-children', "cannot destroy 'a/b': volume has children\nuse '-r' to destroy the following datasets:\na/b@1"],
  ['source-mismatch', 'cannot receive: specified origin fs (a@1) does not exist'],
  ['unknown', ''],
];

void t.test('reasons of what zfs says', (t) => {
  for (const [reason, text] of SAID) t.equal(reasonOfStderr(`${text}\n`), reason, text);
  // `stalled` is what we say of a zfs that says nothing.
  const covered = new Set<ZfsReason>([...SAID.map(([reason]) => reason), 'stalled']);
  t.same(
    Object.keys(ZFS_REASON_RETRY).filter((reason) => !covered.has(reason as ZfsReason)),
    [],
    'every reason is covered',
  );
  t.ok(
    STDERR_REASONS.every(({ source }) => source !== ''),
    'every pattern says where its text comes from',
  );
  t.end();
});

void t.test('the first sentence is for people: one line, no advice to force', (t) => {
  const sentences = [
    [
      'cannot receive incremental stream: most recent snapshot of dst/d does not\nmatch incremental source\n',
      'cannot receive incremental stream: most recent snapshot of dst/d does not match incremental source',
    ],
    [
      "cannot receive new filesystem stream: destination 'dst/d' exists\nmust specify -F to overwrite it\n",
      "cannot receive new filesystem stream: destination 'dst/d' exists",
    ],
    [
      "cannot open 'src/nope': dataset does not exist\nusage:\n\tsnapshot [-r]\n",
      "cannot open 'src/nope': dataset does not exist",
    ],
    [
      "cannot rollback to 'dst/d@1': more recent snapshots or bookmarks exist\nuse '-r' to force deletion of\ndst/d@2\n",
      "cannot rollback to 'dst/d@1': more recent snapshots or bookmarks exist",
    ],
    ["Warning: dst/v: property 'x'\ncannot receive: out of space\n", 'cannot receive: out of space'],
    ['\n\n', ''],
  ] as const;
  for (const [text, sentence] of sentences) t.equal(firstSentence(text), sentence);
  t.ok(firstSentence('x'.repeat(10_000)).length < 600);
  t.end();
});

void t.test('somebody other than root is told where permissions come from', (t) => {
  const said = (stderrTail: string, uid: number) => {
    const failed = { argv: ['zfs', 'hold'], subject: 'tank/a', exitCode: 1, signal: null, stderrTail };
    return zfsErrorOf({ ...failed, ended: undefined, abandoned: false }, uid).message;
  };
  t.match(
    said('cannot hold: permission denied\n', 1000),
    /^tank\/a: cannot hold: permission denied \(user 1000: .*--check\)$/,
  );
  t.equal(said('cannot hold: permission denied\n', 0), 'tank/a: cannot hold: permission denied');
  t.equal(said("cannot create 'tank/a': pool is read-only\n", 1000), "cannot create 'tank/a': pool is read-only");
  const device = said('Permission denied the ZFS utilities must be run as root.\n', 1000);
  t.match(device, /user 1000 may not open \/dev\/zfs/);
  t.end();
});
