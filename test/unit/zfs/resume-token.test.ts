/** What OpenZFS 2.1.11 prints of resume tokens, and what somebody who forges one might make it print. */
import { deflateSync } from 'node:zlib';
import { checkToken, parseTokenContents, TOKEN_CHARACTERS_MAX } from '@zfsync/zfs/internal';
import t from 'tap';

const HEAD = ['resume token contents:', 'nvlist version: 0'];
const FULL = [
  ...HEAD,
  '\tobject = 0x2',
  '\toffset = 0x1c0000',
  '\tbytes = 0x1e1c48',
  '\ttoguid = 0xb923fccbc92be26c',
  '\ttoname = A/d@1',
];

function token(contents: string | Buffer): string {
  return `1-a-b-${deflateSync(contents).toString('hex')}`;
}

void t.test('a full stream', (t) => {
  t.same(parseTokenContents('T', [...FULL, 'full\tA/d@1\t2110576', 'size\t2110576']), {
    text: 'T',
    toName: 'A/d@1',
    toGuid: 0xb923fccbc92be26cn,
    fromGuid: undefined,
    bytesReceived: 0x1e1c48n,
    bytesLeft: 2110576n,
    raw: false,
    largeBlocks: false,
    compressed: false,
    embedded: false,
  });
  t.end();
});

void t.test('an incremental one with every flag, of a dataset that was renamed; names with blanks', (t) => {
  const lines = [
    ...HEAD,
    '\tfromguid = 0xb923fccbc92be26c',
    '\tobject = 0x3',
    '\toffset = 0x0',
    '\tbytes = 0x0',
    '\ttoguid = 0x91975d53d59c9264',
    '\ttoname = A/d e@ 2 ',
    '\tlargeblockok = 1',
    '\tembedok = 1',
    '\tcompressok = 1',
    '\trawok = 1',
    '\tredact_snaps = 0x1 0x2',
    'incremental\tA/new name#1\tA/new name@ 2 \t2105480',
    'size\t2105480',
  ];
  t.match(parseTokenContents('T', lines), {
    toName: 'A/new name@ 2 ',
    fromGuid: 0xb923fccbc92be26cn,
    toGuid: 0x91975d53d59c9264n,
    bytesReceived: 0n,
    raw: true,
    largeBlocks: true,
    compressed: true,
    embedded: true,
  });
  t.end();
});

void t.test('an estimate below zero is nothing; without one there is none', (t) => {
  const rest = ['incremental\tA/d@1\tA/d@2\t18446744073709418552', 'size\t18446744073709418552'];
  t.equal(parseTokenContents('T', [...FULL, ...rest]).bytesLeft, 0n);
  t.equal(parseTokenContents('T', FULL).bytesLeft, undefined);
  t.end();
});

void t.test('what cannot be believed', (t) => {
  const without = (name: string): string[] => FULL.filter((line) => !line.startsWith(`\t${name} `));
  const bad: readonly (readonly [RegExp, readonly string[]])[] = [
    [/printed no contents/, []],
    [/has no toguid/, without('toguid')],
    [/has no bytes/, without('bytes')],
    [/"" is no snapshot/, without('toname')],
    [/has toname twice/, [...FULL, '\ttoname = A/e@1']],
    [/has toguid twice/, ['resume token contents:', '\ttoguid = 0x1', ...FULL.slice(1)]],
    [/zfs printed "anything"/, [...FULL, 'anything', '\trawok = 1']],
    [/zfs printed ""/, [...FULL, '', '\trawok = 1']],
    [/"A\/d" is no snapshot/, [...without('toname'), '\ttoname = A/d']],
    [/"A\/d@1@2" is no snapshot/, [...without('toname'), '\ttoname = A/d@1@2']],
    [/component "\.\."/, [...without('toname'), '\ttoname = A/../d@1']],
    [/cannot be the name of a snapshot/, [...without('toname'), '\ttoname = A/d@1/x']],
    [/toguid is "x" instead of a number/, [...without('toguid'), '\ttoguid = x']],
    [/bytes is "0x1fffffffffffffffff"/, [...without('bytes'), '\tbytes = 0x1fffffffffffffffff']],
    [/component "\.\."/, [...FULL, 'full\tA/../d@1\t5', 'size\t5']],
  ];
  for (const [message, lines] of bad) t.throws(() => parseTokenContents('T', lines), message, String(message));
  t.end();
});

void t.test('what may become an argument', (t) => {
  checkToken(token('anything'));
  checkToken(token('\n\t\nrawok = 1'));
  const bad: readonly (readonly [RegExp, string])[] = [
    [/not of the form/, ''],
    [/not of the form/, '-'],
    [/not of the form/, `-${token('x')}`],
    [/not of the form/, `${token('x')}\n`],
    [/not of the form/, `${token('x')} -R`],
    [/cannot be unpacked/, '1-2-3-4'],
    [/cannot be unpacked/, token('x').slice(0, -12)],
    [/cannot be unpacked/, token(Buffer.alloc(1024 * 1024))],
    [new RegExp(`has ${String(TOKEN_CHARACTERS_MAX + 1)} characters`), 'a'.repeat(TOKEN_CHARACTERS_MAX + 1)],
    [/a forged line/, token('toname\0A/d@1\n\trawok = 1\0')],
    [/a forged line/, token('\n\ttoname')],
    [/a forged line/, token('A/d@1\nfull\tA/e@1\t5')],
  ];
  for (const [message, text] of bad)
    t.throws(
      () => {
        checkToken(text);
      },
      message,
      text.slice(0, 80),
    );
  t.end();
});
