import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { boundFailure, limits, type Message, ProtocolError, type ProtocolErrorCode, toFailure } from '@zfsync/protocol';
import {
  Control,
  decodeMessage,
  encodeControlFrame,
  encodeHeader,
  encodeMessage,
  FrameDecoder,
  type FramePart,
  type MessageSchema,
} from '@zfsync/protocol/internal';
import { ReplicationError } from '@zfsync/zfs';
import t from 'tap';
import { cut, failure, join, messageFor, targetId, vectors } from './messages.ts';

// ---- a small protobuf writer, so that illegal bytes can be made ----

type Written = readonly number[];

function varint(value: bigint | number): Written {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    const more = rest > 0x7fn;
    bytes.push(Number(rest & 0x7fn) | (more ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return bytes;
}

const num = (field: number, value: bigint | number): Written => [...varint(field * 8), ...varint(value)];
const len = (field: number, content: Written | string): Written => {
  const bytes = typeof content === 'string' ? [...Buffer.from(content)] : content;
  return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
};
const fix = (field: number, value: bigint): Written => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return [...varint(field * 8 + 1), ...bytes];
};
const all = (...parts: readonly Written[]): Written => parts.flat();

const sessionId = len(4, '0123456789abcdef');
const helloWith = (fields: Written): Written => len(1, fields);
const hello = all(num(1, 1), num(2, 1), sessionId, len(5, 'run'), len(6, 'agent'), len(7, 'tank'));
const failureFields = all(len(1, 'CODE'), num(2, 1), len(3, 'message'));
const version = all(num(1, 1), len(2, 'snap'), fix(3, 7n));
const dataset = (extra: Written = []): Written => all(num(2, 1), fix(3, 7n), extra);
const offer = (entry: Written): Written => len(3, all(num(2, 1), len(3, entry)));
const decisions = (decision: Written): Written =>
  len(4, all(num(2, 1), len(3, all(len(1, '/a'), decision)), len(4, '12345678')));

function rejected(payload: Written, code: ProtocolErrorCode, message: RegExp): void {
  assert.throws(
    () => decodeMessage(Uint8Array.from(payload)),
    (error) => {
      assert.ok(error instanceof ProtocolError, `${String(error)} is no ProtocolError`);
      assert.match(error.message, message);
      assert.equal(error.code, code);
      assert.equal(error.origin, 'peer');
      return true;
    },
  );
}

t.test('golden vectors', (t) => {
  for (const { name, message, payload } of vectors) {
    t.strictSame(decodeMessage(payload), message, `${name} is decoded`);
    t.equal(Buffer.from(encodeMessage(message)).toString('hex'), payload.toString('hex'), `${name} is encoded`);
  }
  const types = new Set(vectors.map(({ message }) => message.type));
  t.equal(types.size, Control.fields.size, 'there is a vector of every message');
  t.end();
});

t.test('bytes that are no message', (t) => {
  const cases: readonly (readonly [string, Written, RegExp])[] = [
    ['nothing at all', [], /Control has none of the members/],
    ['no known member', len(99, 'x'), /Control has none of the members/],
    ['two members', all(len(13, []), len(15, [])), /Control has both heartbeat and goodbye/],
    ['the same member twice', all(len(13, []), len(13, [])), /Control\.heartbeat comes twice/],
    ['a member of another wire type', num(13, 1), /Control\.heartbeat has wire type 0 instead of 2/],
    ['field number 0', num(0, 1), /a field of number 0/],
    ['a field number of more than 29 bits', all(varint(2n ** 32n * 8n), [0]), /a field of number/],
    ['a group', all(varint(13 * 8 + 3), varint(13 * 8 + 4)), /wire type 3/],
    ['an unknown group', all(varint(99 * 8 + 3), varint(99 * 8 + 4)), /wire type 3, which proto3 does not have/],
    ['wire type 6', varint(99 * 8 + 6), /wire type 6/],
    ['wire type 7', varint(99 * 8 + 7), /wire type 7/],
    ['an unfinished tag', [0x80], /ends in the middle of a number/],
    ['an endless number', all([0x08 * 12], new Array<number>(12).fill(0xff)), /more than 64 bits|Control/],
    ['a length beyond the end', all(varint(13 * 8 + 2), varint(5)), /ends behind the message/],
    ['an enormous length', all(varint(13 * 8 + 2), varint(2n ** 64n - 1n)), /ends behind the message/],
    ['an unfinished fixed64', helloWith(all(varint(99 * 8 + 1), [1, 2])), /ends behind the message/],
    ['an unfinished fixed32', helloWith(all(varint(99 * 8 + 5), [1, 2])), /ends behind the message/],
    ['a nested field that ends behind its message', all(varint(10), varint(2), varint(26), varint(9)), /ends behind/],
    ['a known field of another wire type', helloWith(fix(1, 1n)), /Hello\.protocol_min has wire type 1 instead of 0/],
    ['a singular field twice', helloWith(all(num(1, 1), num(1, 2))), /Hello\.protocol_min comes twice/],
    ['a uint32 of more than 32 bits', helloWith(num(1, 2n ** 32n + 1n)), /Hello\.protocol_min is out of the range/],
    ['a bool that is 2', offer(dataset(num(4, 2))), /OfferedDataset\.encrypted is out of the range of bool/],
    ['a negative enum', offer(all(num(2, 2n ** 64n - 1n), fix(3, 7n))), /dataset_type is out of the range of enum/],
    ['a uint64 of 65 bits', len(8, all([8], new Array<number>(9).fill(0xff), [0x02])), /more than 64 bits/],
    ['a number of eleven bytes', len(8, all([8], new Array<number>(10).fill(0x80), [0])), /more than 64 bits/],
    [
      'two kinds of decision',
      decisions(len(2, all(len(1, fix(1, 1n)), len(4, len(1, 'a'))))),
      /both up_to_date and resume/,
    ],
    ['no kind of decision', decisions(len(2, [])), /Decision has none of the members/],
    ['text that is no UTF-8', helloWith(all(hello, len(8, [0xff, 0xfe]))), /not well-formed/],
  ];
  for (const [name, payload, message] of cases) {
    rejected(payload, 'MESSAGE_UNDECODABLE', message);
    t.pass(name);
  }
  t.end();
});

t.test('values that are not legal', (t) => {
  const long = 'x'.repeat(300);
  const cases: readonly (readonly [string, Written, RegExp])[] = [
    ['a hello without anything', helloWith([]), /hello\.protocolMin is 0, not within 1 to 65535/],
    [
      'a version range upside down',
      helloWith(all(hello, []).map((b, i) => (i === 1 ? 2 : b))),
      /protocolMin above its protocolMax/,
    ],
    [
      'a short session id',
      helloWith(all(num(1, 1), num(2, 1), len(4, 'short'))),
      /hello\.sessionId has 5 bytes, not 16/,
    ],
    ['no run id', helloWith(all(num(1, 1), num(2, 1), sessionId)), /hello\.runId has 0 bytes, not 1 to 128/],
    ['a long agent', helloWith(all(num(1, 1), num(2, 1), sessionId, len(5, 'r'), len(6, long))), /agent has 300 bytes/],
    ['a feature with a space', helloWith(all(hello, len(3, 'a b'))), /hello\.features\[0\] does not match/],
    [
      'too many features',
      helloWith(all(hello, ...new Array<Written>(65).fill(len(3, 'a')))),
      /hello\.features has 65 entries/,
    ],
    ['a dataset name out of its root', helloWith(all(hello, len(8, '/../x'))), /hello\.asPath .*component ".."/],
    ['a path without its slash', helloWith(all(hello, len(8, 'x'))), /hello\.asPath .*does not begin/],
    ['a path with an option', helloWith(all(hello, len(8, '/x@y'))), /hello\.asPath .*forbids/],
    ['a long path', helloWith(all(hello, len(8, `/${long}`))), /hello\.asPath .*longer than 255/],
    ['no streams', len(2, all(num(1, 1), len(3, 'agent'), len(4, 'tank'))), /helloReply\.streamsMax is 0/],
    ['a receiver without target', len(2, all(num(1, 1), len(3, 'agent'), num(5, 1))), /helloReply\.target/],
    ['a dataset without guid', offer(num(2, 1)), /offer\.datasets\[0\]\.guid is 0, not within 1/],
    ['a dataset without type', offer(fix(3, 7n)), /offer\.datasets\[0\]\.datasetType is 0, which is unknown/],
    ['a dataset of an unknown type', offer(all(num(2, 3), fix(3, 7n))), /datasetType is 3, which is unknown/],
    ['a version without name', offer(dataset(len(6, all(num(1, 1), fix(3, 7n))))), /versions\[0\]\.name/],
    [
      'a version with a slash',
      offer(dataset(len(6, all(num(1, 1), len(2, 'a/b'), fix(3, 7n))))),
      /versions\[0\]\.name/,
    ],
    [
      'the second version without kind',
      offer(dataset(all(len(6, version), len(6, fix(3, 7n))))),
      /versions\[1\]\.kind/,
    ],
    ['a decision that is missing', decisions([]), /decisions\.decisions\[0\]\.decision is missing/],
    ['an empty token', decisions(len(2, len(4, []))), /decision\.resume\.token has 0 bytes/],
    ['a token with a space', decisions(len(2, len(4, len(1, '1-a b')))), /decision\.resume\.token does not match/],
    ['a refusal without failure', decisions(len(2, len(6, []))), /decision\.refused\.failure is missing/],
    ['a conflict without kind', decisions(len(2, len(5, len(2, 'why')))), /decision\.conflict\.conflict is 0/],
    [
      'a conflict with too many versions',
      decisions(len(2, len(5, all(num(1, 1), len(2, 'why'), ...new Array<Written>(21).fill(len(3, version)))))),
      /targetVersions has 21 entries, more than 20/,
    ],
    ['an answer without a target', len(4, num(2, 1)), /decisions\.targetId has 0 bytes, not 8/],
    ['a long target id', len(4, len(4, '123456789')), /decisions\.targetId has 9 bytes, not 8/],
    ['a conflict kind that was given up', decisions(len(2, len(5, num(1, 5)))), /conflict\.conflict is 5/],
    ['a replan with an empty token', len(16, len(2, '')), /replan\.discard has 0 bytes/],
    ['a replan with another token', len(16, len(2, '1-A')), /replan\.discard does not match/],
    ['a replan out of the tree', len(16, len(1, '/..')), /replan\.path/],
    ['an aside without a name', decisions(len(2, len(2, all(fix(1, 1n), fix(2, 1n), len(4, ''))))), /full\.aside/],
    [
      'an aside with a snapshot',
      decisions(len(2, len(2, all(fix(1, 1n), fix(2, 1n), len(4, 'tank/a@b'))))),
      /full\.aside/,
    ],
    ['a resumed stream with an empty token', len(5, all(fix(3, 1n), num(9, 1), len(10, ''))), /beginStream\.resume/],
    [
      'a resumed stream with an option in its token',
      len(5, all(fix(3, 1n), num(9, 1), len(10, '-t /etc'))),
      /beginStream\.resume does not match/,
    ],
    [
      'a resumed stream with intermediates',
      len(5, all(fix(3, 1n), num(4, 1), num(9, 1), len(10, '1-a'))),
      /beginStream has both intermediates and resume/,
    ],
    ['a stream from guid 0', len(5, all(fix(2, 0n), fix(3, 1n), num(9, 1))), /beginStream\.from is 0/],
    ['a stream without mode', len(5, fix(3, 1n)), /beginStream\.mode is 0/],
    ['a short digest', len(8, len(2, 'abc')), /streamEnd\.digest has 3 bytes, not 32/],
    ['a failed stream without side', len(9, len(2, failureFields)), /streamFailed\.side is 0/],
    ['an error without failure', len(14, []), /error\.failure is missing/],
    [
      'a failure in lower case',
      len(14, len(1, all(len(1, 'code'), num(2, 1), len(3, 'm')))),
      /failure\.code does not match/,
    ],
    ['a failure without retry', len(14, len(1, all(len(1, 'CODE'), len(3, 'm')))), /failure\.retry is 0/],
    ['a failure that says nothing', len(14, len(1, all(len(1, 'CODE'), num(2, 1)))), /failure\.message has 0 bytes/],
    [
      'an escape sequence',
      len(14, len(1, all(len(1, 'CODE'), num(2, 1), len(3, 'a\u001b[2J')))),
      /the character U\+001B/,
    ],
    [
      'a long detail',
      len(14, len(1, all(failureFields, len(4, 'x'.repeat(32_769))))),
      /failure\.detail has 32769 bytes/,
    ],
    [
      'a parked name with a slash',
      len(12, len(3, all(len(2, 'a/b'), num(3, 1)))),
      /parkedAs has more than one component/,
    ],
  ];
  for (const [name, payload, message] of cases) {
    rejected(payload, 'MESSAGE_INVALID', message);
    t.pass(name);
  }
  t.end();
});

t.test('unknown field numbers are ignored, wherever they stand', (t) => {
  const unknown = all(num(500, 2n ** 64n - 1n), fix(501, 1n), len(502, 'later'), varint(503 * 8 + 5), [1, 2, 3, 4]);
  t.strictSame(decodeMessage(Uint8Array.from(all(unknown, len(15, unknown), unknown))), { type: 'goodbye' });
  const message = decodeMessage(Uint8Array.from(helloWith(all(hello, unknown))));
  t.equal(message.type === 'hello' && message.agent, 'agent');
  t.notOk(Object.keys(message).includes('$unknowns'));
  t.end();
});

t.test('what came from the wire does not alias the transport’s buffer', (t) => {
  const end = vectors.find(({ message }) => message.type === 'stream-end');
  const payload = Buffer.from(end?.payload ?? []);
  const decoded = decodeMessage(payload);
  payload.fill(0);
  t.strictSame(decoded, end?.message);
  t.end();
});

t.test('the encoder refuses what the decoder would not take', (t) => {
  const begin = messageFor('begin-stream');
  const helloMessage = messageFor('hello');
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ['guid 0', { ...begin, to: 0n }, /beginStream\.to is 0/],
    ['a guid of 65 bits', { ...begin, to: 2n ** 64n }, /beginStream\.to is 18446744073709551616/],
    ['a negative guid', { ...begin, to: -1n }, /beginStream\.to is -1/],
    ['a guid that is a number', { ...begin, to: 5 }, /beginStream\.to is no bigint/],
    ['a flag that is no boolean', { ...begin, raw: 1 }, /beginStream\.raw is no boolean/],
    ['an invalid path', { ...begin, path: 'x' }, /beginStream\.path/],
    ['a path that is no string', { ...begin, path: 5 }, /beginStream\.path is no string/],
    [
      'a resumed stream with intermediates',
      { ...begin, intermediates: true, resume: '1-a' },
      /beginStream has both intermediates and resume/,
    ],
    ['a target id in capitals', { ...messageFor('decisions'), targetId: 'AB'.repeat(8) }, /decisions\.targetId/],
    ['an unknown mode', { ...begin, mode: 'teleport' }, /beginStream\.mode is "teleport"/],
    ['a mode of the prototype', { ...begin, mode: 'toString' }, /beginStream\.mode is "toString"/],
    ['a session id in capitals', { ...helloMessage, sessionId: 'AB'.repeat(16) }, /hello\.sessionId/],
    ['a fraction', { ...helloMessage, protocolMin: 1.5 }, /hello\.protocolMin is no integer/],
    ['a range upside down', { ...helloMessage, protocolMin: 3, protocolMax: 2 }, /protocolMin above/],
    ['a lone surrogate', { ...helloMessage, agent: 'a\ud800' }, /hello\.agent holds the character U\+D800/],
    ['text that is no string', { ...helloMessage, agent: undefined }, /hello\.agent is no string/],
    ['a missing failure', { type: 'error' }, /error\.failure is missing/],
    [
      'a long message',
      { type: 'error', failure: { ...failure, message: 'x'.repeat(5000) } },
      /error\.failure\.message/,
    ],
    ['bytes that are no bytes', { type: 'stream-end', bytes: 1n, digest: 'x' }, /streamEnd\.digest is no byte array/],
    ['an unknown type', { type: 'nothing' }, /of an unknown kind/],
  ];
  for (const [name, message, expected] of cases) {
    assert.throws(
      () => encodeMessage(message as Message),
      (error) => {
        assert.ok(error instanceof ProtocolError, String(error));
        assert.match(error.message, expected);
        assert.equal(error.origin, 'local');
        return true;
      },
    );
    t.pass(name);
  }
  const one = {
    path: '' as never,
    decision: { kind: 'resume', token: 'a'.repeat(16_000), newest: undefined, rollback: false } as const,
    parked: false,
    afterParent: false,
    after: undefined,
    renameFrom: undefined,
    available: 0n,
    flags: undefined,
  };
  t.throws(
    () =>
      encodeMessage({
        type: 'decisions',
        page: 0,
        last: true,
        targetId,
        decisions: new Array<typeof one>(70).fill(one),
      }),
    { code: 'FRAME_TOO_LARGE' },
  );
  t.end();
});

t.test('random damage to the vectors: a ProtocolError or a message that can be encoded again', (t) => {
  // xorshift32: the same damage in every run.
  let seed = 0x2545f491;
  const random = (below: number): number => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) % below;
  };
  const damage = (payload: Buffer): Buffer => {
    const bytes = Buffer.from(payload);
    for (let hits = random(3) + 1; hits > 0 && bytes.length > 0; hits -= 1) bytes[random(bytes.length)] = random(256);
    switch (random(4)) {
      case 0:
        return bytes.subarray(0, random(bytes.length + 1));
      case 1:
        return Buffer.concat([bytes, payload.subarray(random(payload.length))]);
      case 2:
        return Buffer.concat([bytes.subarray(0, random(bytes.length + 1)), bytes.subarray(random(bytes.length + 1))]);
      default:
        return bytes;
    }
  };
  const until = Date.now() + 1_500;
  let decoded = 0;
  let refused = 0;
  while (Date.now() < until) {
    for (const { name, payload } of vectors) {
      const damaged = damage(payload);
      try {
        encodeMessage(decodeMessage(damaged));
        decoded += 1;
      } catch (error) {
        if (!(error instanceof ProtocolError))
          throw new Error(`${name} as ${damaged.toString('hex')}`, { cause: error });
        refused += 1;
      }
    }
  }
  t.ok(decoded > 100 && refused > 100, `${String(decoded)} decoded, ${String(refused)} refused`);
  t.end();
});

t.test('the scanner’s schema is that of the .proto files', (t) => {
  const directory = new URL('../../../../packages/protocol/proto/zfsync/v1/', import.meta.url);
  const text = readdirSync(directory)
    .map((file) => readFileSync(new URL(file, directory), 'utf8'))
    .join('\n')
    .replaceAll(/\/\/.*$/gm, '');
  const enums = new Set([...text.matchAll(/^enum (\w+)/gm)].map(([, name]) => name));
  const described = new Map<string, string[]>();
  for (const [, name = '', body = ''] of text.matchAll(/^message (\w+) \{(\}|[\s\S]*?^\})/gm)) {
    const oneof = body.indexOf('oneof ');
    const fields = [...body.matchAll(/(repeated |optional )?(\w+) (\w+) = (\d+);/g)].map(
      ([, label = '', type = '', field = '', number = '']) => {
        const how = label === 'repeated ' ? 'repeated ' : oneof >= 0 ? 'oneof ' : '';
        return `${number} ${how}${enums.has(type) ? 'enum' : type} ${field}`;
      },
    );
    described.set(name, fields.sort());
  }
  const seen = new Map<string, string[]>();
  const walk = (schema: MessageSchema): void => {
    const fields = [...schema.fields].map(([number, { name, type, repeated, oneof }]) => {
      if (typeof type === 'object') walk(type);
      const how = repeated ? 'repeated ' : oneof ? 'oneof ' : '';
      return `${String(number)} ${how}${typeof type === 'object' ? type.name : type} ${name}`;
    });
    seen.set(schema.name, fields.sort());
  };
  walk(Control);
  t.strictSame([...seen.keys()].sort(), [...described.keys()].sort());
  for (const [name, fields] of seen) t.strictSame(fields, described.get(name), name);
  t.end();
});

t.test('failures are made to fit', (t) => {
  const bounded = boundFailure({
    code: 'weird-code of ours',
    retry: 'never',
    message: `\u001b[31m${'é'.repeat(3000)}`,
    detail: `${'first line\r\n'.repeat(5000)}last line \ud800`,
  });
  t.equal(bounded.code, 'WEIRD_CODE_OF_OURS');
  t.ok(Buffer.byteLength(bounded.message) <= limits.failureMessageBytesMax);
  t.ok(bounded.message.startsWith('\ufffd[31mé'), 'the beginning of a message stays');
  t.ok(Buffer.byteLength(bounded.detail) <= limits.failureDetailBytesMax);
  t.ok(bounded.detail.endsWith('last line \ufffd'), 'the end of a detail stays');
  t.notMatch(bounded.detail, /\r/);
  const decoded = decodeMessage(encodeMessage({ type: 'error', failure: bounded }));
  t.strictSame(decoded, { type: 'error', failure: bounded });

  for (const [value, expected] of [
    [failure, failure],
    [
      { ...failure, code: '', message: '' },
      { ...failure, code: 'UNKNOWN', message: 'no message' },
    ],
    [
      { ...failure, code: '9TH' },
      { ...failure, code: 'UNKNOWN' },
    ],
  ] as const) {
    t.strictSame(boundFailure(value), expected);
  }
  const error = new ReplicationError('m'.repeat(9999), { code: 'SOME', retry: 'operator' });
  t.equal(toFailure(error).message.length, limits.failureMessageBytesMax);
  t.equal(toFailure(new TypeError('secret')).code, 'INTERNAL');
  t.notMatch(JSON.stringify(toFailure(new TypeError('secret'))), /secret/);
  t.end();
});

// ---- frames ----

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The parts with the slices of DATA put together again. */
function decode(decoder: FrameDecoder, chunks: Iterable<Uint8Array>): string[] {
  const seen: string[] = [];
  const add = (part: FramePart): void => {
    const content = Buffer.from(part.kind === 'control' ? part.payload : part.chunk).toString('latin1');
    if (part.kind === 'data' && seen.at(-1)?.startsWith('data ') === true) seen.push(`${seen.pop() ?? ''}${content}`);
    else seen.push(`${part.kind} ${content}`);
  };
  for (const chunk of chunks) for (const part of decoder.push(chunk)) add(part);
  return seen;
}

t.test('frames in any division', (t) => {
  const bytes = join(
    encodeControlFrame(text('hello')),
    encodeHeader('data', 7),
    text('stream '),
    encodeHeader('data', 4),
    text('more'),
    encodeControlFrame(text('bye')),
  );
  const expected = ['control hello', 'data stream more', 'control bye'];
  for (let length = 1; length <= bytes.length; length += 1) {
    const decoder = new FrameDecoder();
    decoder.helloDone = true;
    assert.deepEqual(decode(decoder, cut(bytes, length)), expected, `in chunks of ${String(length)}`);
    assert.equal(decoder.frameUnderWay, undefined);
  }
  for (let at = 0; at <= bytes.length; at += 1) {
    const decoder = new FrameDecoder();
    decoder.helloDone = true;
    assert.deepEqual(decode(decoder, [bytes.subarray(0, at), bytes.subarray(at)]), expected, `cut at ${String(at)}`);
  }
  t.pass('every chunk length, every place of one cut');

  const decoder = new FrameDecoder();
  decoder.helloDone = true;
  decode(decoder, [encodeControlFrame(text('first'))]);
  const payload = text('no copy');
  const chunk = join(encodeHeader('data', payload.length), payload);
  const [part] = [...decoder.push(chunk)];
  t.ok(part?.kind === 'data' && part.chunk.buffer === chunk.buffer, 'DATA is a view of what was pushed');
  t.end();
});

t.test('illegal headers', (t) => {
  const header = (payloadBytes: number, type: number, flags = 0, reserved = 0): Uint8Array => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(payloadBytes);
    bytes.writeUInt8(type, 4);
    bytes.writeUInt8(flags, 5);
    bytes.writeUInt16BE(reserved, 6);
    return bytes;
  };
  const good = encodeControlFrame(text('x'));
  const mib = 1024 * 1024;
  const cases: readonly (readonly [string, readonly Uint8Array[], string, RegExp])[] = [
    ['HTTP', [text('GET / HTTP/1.1\r\n')], 'FRAME_HEADER_INVALID', /not zfsync: its first bytes are "GET \/ HT"/],
    ['TLS', [Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1)], 'FRAME_HEADER_INVALID', /not zfsync: it speaks TLS/],
    ['a single letter', [text('Q')], 'FRAME_HEADER_INVALID', /not zfsync: its first bytes are "Q"/],
    ['zeros', [new Uint8Array(8)], 'FRAME_HEADER_INVALID', /not zfsync/],
    ['DATA first', [header(5, 2)], 'FRAME_HEADER_INVALID', /not zfsync/],
    ['flags later', [good, header(5, 1, 1)], 'FRAME_HEADER_INVALID', /must be zero/],
    ['reserved bits later', [good, header(5, 1, 0, 1)], 'FRAME_HEADER_INVALID', /must be zero/],
    ['an empty frame', [good, header(0, 1)], 'FRAME_HEADER_INVALID', /empty frame/],
    ['an unknown type', [good, header(5, 3)], 'FRAME_TYPE_UNKNOWN', /unknown type 3/],
    [
      'a long CONTROL frame',
      [good, header(mib + 1, 1)],
      'FRAME_TOO_LARGE',
      /control frame of 1048577 bytes; at most 1048576/,
    ],
    ['a long DATA frame', [good, header(mib + 1, 2)], 'FRAME_TOO_LARGE', /data frame of 1048577 bytes/],
    ['the longest length', [good, header(2 ** 32 - 1, 2)], 'FRAME_TOO_LARGE', /4294967295/],
  ];
  for (const [name, chunks, code, message] of cases) {
    const decoder = new FrameDecoder();
    decoder.helloDone = true;
    t.throws(() => decode(decoder, chunks), { code, message }, name);
  }
  const strict = new FrameDecoder();
  t.throws(() => decode(strict, [header(65_537, 1)]), { code: 'FRAME_TOO_LARGE' }, 'before the hello, 64 KiB');
  t.doesNotThrow(() => decode(new FrameDecoder(), [header(65_536, 1)]));
  t.end();
});
