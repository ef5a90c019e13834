/** What somebody may say to a receiver that lets him in: each row is what is sent and what comes of it. */
import { createHash, randomBytes } from 'node:crypto';
import { limits } from '@zfsync/protocol';
import { encodeHeader } from '@zfsync/protocol/internal';
import { parseRelativePath } from '@zfsync/zfs';
import type { Attack, Hostile } from './hostile-bench.ts';
import type { Line } from './hostile-line.ts';
import { TIDYING } from './hostile-tidy-attacks.ts';
import {
  beginPayload,
  bytes,
  clientHello,
  datasetFields,
  helloPayload,
  offerPayload,
  propertyFields,
  replanPayload,
  versionFields,
} from './hostile-wire.ts';

type Run = Attack['run'];

const INVALID = { told: 'MESSAGE_INVALID', logged: 'connection-failed MESSAGE_INVALID' } as const;
const UNEXPECTED = { told: 'MESSAGE_UNEXPECTED', logged: 'connection-failed MESSAGE_UNEXPECTED' } as const;
const UNDECODABLE = { told: 'MESSAGE_UNDECODABLE', logged: 'connection-failed MESSAGE_UNDECODABLE' } as const;
const HEADER = { told: 'FRAME_HEADER_INVALID', logged: 'connection-failed FRAME_HEADER_INVALID' } as const;
const TOO_LARGE = { told: 'FRAME_TOO_LARGE', logged: 'connection-failed FRAME_TOO_LARGE' } as const;
const LIMIT = { told: 'LIMIT_EXCEEDED', logged: 'connection-failed LIMIT_EXCEEDED' } as const;
const refused = (code: string) => ({ told: code, logged: `stream-refused ${code}` });
const failed = (code: string, event = 'stream-failed') => ({ told: code, logged: `${event} ${code}` });

/** It never reached zfs. */
const DISGUISED = {
  told: 'STREAM_NOT_AS_ANNOUNCED',
  logged: /^(receive-failed-early|stream-failed) STREAM_NOT_AS_ANNOUNCED$/,
} as const;

const p = parseRelativePath;
const FAILURE = { code: 'X', retry: 'never', message: 'x', detail: '' } as const;

/** As the first bytes of a connection. */
const first =
  (say: (line: Line) => unknown): Run =>
  async (hostile) => {
    const line = await hostile.line();
    say(line);
    return line.told();
  };

/** Once the session is open. */
const then =
  (say: (line: Line, hostile: Hostile) => unknown): Run =>
  async (hostile) => {
    const line = await hostile.greeted();
    await say(line, hostile);
    return line.told();
  };

/** While the receiver waits for a stream; the oldest of the attacker's snapshots was announced. */
const midStream =
  (say: (line: Line, hostile: Hostile, to: bigint) => unknown): Run =>
  async (hostile) => {
    const { line, to } = await hostile.streaming();
    await say(line, hostile, to);
    return line.told();
  };

function header(payloadBytes: number, type: number, flags = 0, reserved = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(payloadBytes, 0);
  head[4] = type;
  head[5] = flags;
  head.writeUInt16BE(reserved, 6);
  return head;
}

const trailer = (stream: Uint8Array) =>
  ({
    type: 'stream-end',
    bytes: BigInt(stream.length),
    digest: Uint8Array.from(createHash('sha256').update(stream).digest()),
  }) as const;

const HOSTILE_PATHS: readonly (readonly [string, string])[] = [
  ['two dots', '/..'],
  ['two dots on the way', '/../../etc'],
  ['two dots at the end', '/a/..'],
  ['one dot', '/./a'],
  ['an empty component', '//a'],
  ['a slash at the end', '/a/'],
  ['no slash at the beginning', 'a'],
  ['a snapshot', '/a@b'],
  ['a bookmark', '/a#b'],
  ['a percent sign, as of a clone under way', '/a/%recv'],
  ['a NUL', '/a\0b'],
  ['a line feed', '/a\nb'],
  ['a terminal sequence', '/a\u001b[2J'],
  ['a letter that looks like another', '/\u0430'],
  ['an option', '/-r /x;y'],
  ['256 bytes', `/${'a'.repeat(255)}`],
  ['51 levels', '/a'.repeat(51)],
  ['a megabyte, nearly', `/${'a'.repeat(60_000)}`],
];

/** Names, wherever one may be said. */
export const NAMES: readonly Attack[] = [
  ...HOSTILE_PATHS.map(([what, path]) => ({
    ...{ what: `hello: --as with ${what}`, ...INVALID },
    run: first((line) => line.payload(helloPayload({ asPath: path }))),
  })),
  ...HOSTILE_PATHS.map(([what, path]) => ({
    ...{ what: `offer: a path with ${what}`, ...INVALID },
    run: then((line) => line.payload(offerPayload(0, true, datasetFields(path, versionFields('s', 1n))))),
  })),
  ...[HOSTILE_PATHS[0], HOSTILE_PATHS[7]].map(([what, path] = ['', '']) => ({
    ...{ what: `replan: a path with ${what}`, ...INVALID },
    run: then((line) => line.payload(replanPayload(path))),
  })),
  ...[HOSTILE_PATHS[1], HOSTILE_PATHS[10]].map(([what, path] = ['', '']) => ({
    ...{ what: `begin-stream: a path with ${what}`, ...INVALID },
    run: then((line) => line.payload(beginPayload(path))),
  })),
  ...['a/b', 'a@b', '', '..', 'a%b', 'x'.repeat(256), 'a\u202eb'].map((name) => ({
    ...{ what: `offer: a snapshot called ${JSON.stringify(name.slice(0, 9))}`, ...INVALID },
    run: then((line) => line.payload(offerPayload(0, true, datasetFields('/a', versionFields(name, 1n))))),
  })),
  ...(
    [
      ['-o', 'x', 'UPPER'],
      ['a b', 'x', 'with a space'],
      ['', 'x', 'without a name'],
      ['mountpoint', '/\0', 'with a NUL in its value'],
      ['a:b', 'v'.repeat(9_000), 'of 9000 bytes'],
    ] as const
  ).map(([name, value, what]) => ({
    ...{ what: `offer: a property ${what}`, ...INVALID },
    run: then((line) =>
      line.payload(offerPayload(0, true, datasetFields('/a', propertyFields(name === '-o' ? '-O' : name, value)))),
    ),
  })),
  {
    what: 'hello: --as into a buffer dataset',
    ...INVALID,
    run: first((line) => line.payload(helloPayload({ asPath: '/x.zfsyncbuffer/2F61' }))),
  },
  {
    what: 'offer: a dataset in a buffer dataset is refused, the session goes on',
    ...{ told: 'NAME_RESERVED', logged: '' },
    run: async (hostile) => {
      const { decision } = await hostile.planned({ path: p('/a.zfsyncbuffer/2F61') });
      return decision.kind === 'refused' ? decision.failure.code : decision.kind;
    },
  },
  {
    what: 'offer: a path that is legal alone and too long at its place',
    ...{ told: 'NAME_TOO_LONG', logged: '' },
    run: async (hostile) => {
      const { decision } = await hostile.planned({ path: p(`/${'a'.repeat(250)}`) });
      return decision.kind === 'refused' ? decision.failure.code : decision.kind;
    },
  },
];

/** Frames and messages that are none, or not now. */
export const PROTOCOL: readonly Attack[] = [
  { what: 'HTTP', ...HEADER, run: first((line) => line.raw(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))) },
  {
    what: 'TLS',
    ...HEADER,
    run: async (hostile) => (await hostile.line()).raw(await clientHello()).told(),
  },
  { what: 'noise', ...HEADER, run: first((line) => line.raw(Buffer.from(randomBytes(4096)).fill(0xfe, 0, 1))) },
  { what: 'a frame of 16 MiB', ...TOO_LARGE, run: first((line) => line.raw(header(0xffffff, 1))) },
  { what: 'a frame of 4 GiB', ...TOO_LARGE, run: then((line) => line.raw(header(0xffffffff, 1))) },
  { what: 'a hello of more than 64 KiB', ...TOO_LARGE, run: first((line) => line.raw(header(64 * 1024 + 1, 1))) },
  {
    what: 'a frame of more than 1 MiB',
    ...TOO_LARGE,
    run: then((line) => line.raw(header(limits.controlPayloadBytesMax + 1, 1))),
  },
  { what: 'an empty frame', ...HEADER, run: first((line) => line.raw(header(0, 1))) },
  { what: 'an empty DATA frame in a stream', ...HEADER, run: midStream((line) => line.raw(header(0, 2))) },
  {
    what: 'an unknown type of frame',
    ...{ told: 'FRAME_TYPE_UNKNOWN', logged: 'connection-failed FRAME_TYPE_UNKNOWN' },
    run: then((line) => line.raw(header(8, 99))),
  },
  { what: 'flags of a frame', ...HEADER, run: then((line) => line.raw(header(8, 1, 1))) },
  { what: 'reserved bits of a frame', ...HEADER, run: then((line) => line.raw(header(8, 1, 0, 1))) },
  {
    what: 'DATA before the hello',
    ...HEADER,
    run: first((line) => line.raw(Buffer.concat([header(4, 2), Buffer.alloc(4)]))),
  },
  { what: 'a message that is none', ...UNDECODABLE, run: first((line) => line.payload(Buffer.alloc(6, 0xff))) },
  {
    what: 'two messages in one',
    ...UNDECODABLE,
    run: then((line) => line.payload(Buffer.concat([bytes(11, ''), bytes(15, '')]))),
  },
  { what: 'a message of another version', ...UNDECODABLE, run: then((line) => line.payload(bytes(99, 'x'))) },
  { what: 'groups within groups', ...UNDECODABLE, run: then((line) => line.payload(Buffer.alloc(100_000, 0x0b))) },
  {
    what: 'half a million empty datasets on a page',
    ...INVALID,
    run: then((line) => line.payload(offerPayload(0, true, Buffer.alloc(1_000_000, Buffer.from([0x1a, 0]))))),
  },
  {
    what: 'a hello of megabytes of text',
    ...INVALID,
    run: first((line) => line.payload(helloPayload({ runId: 'r'.repeat(60_000) }))),
  },
  {
    what: 'a control character in the name of the run',
    ...INVALID,
    run: first((line) => line.payload(helloPayload({ runId: 'a\u001b]0;x\u0007' }))),
  },
  {
    what: 'a version that is yet to come',
    ...{ told: 'VERSION_UNSUPPORTED', logged: 'connection-failed VERSION_UNSUPPORTED' },
    run: async (hostile) => (await hostile.line()).say(hostile.hello({ protocolMin: 90, protocolMax: 99 })).told(),
  },
  { what: 'goodbye before the hello', ...UNEXPECTED, run: first((line) => line.say({ type: 'goodbye' })) },
  { what: 'a heartbeat before the hello', ...UNEXPECTED, run: first((line) => line.say({ type: 'heartbeat' })) },
  { what: 'a second hello', ...UNEXPECTED, run: then((line, hostile) => line.say(hostile.hello())) },
  {
    what: 'clean-buffer before the offer',
    told: 'SESSION_UNKNOWN',
    logged: 'connection-failed SESSION_UNKNOWN',
    run: then((line) => line.say({ type: 'clean-buffer' })),
  },
  {
    what: 'what only a receiver says: decisions',
    ...UNEXPECTED,
    run: then((line) => line.say({ type: 'decisions', page: 0, last: true, targetId: '00'.repeat(8), decisions: [] })),
  },
  {
    what: 'what only a receiver says: a result',
    ...UNEXPECTED,
    run: then((line) => line.say({ type: 'stream-result', bytes: 0n, failure: FAILURE })),
  },
  {
    what: 'what only a receiver says: stream-ready',
    ...UNEXPECTED,
    run: then((line) => line.say({ type: 'stream-ready', mode: 'framed', target: 'src' as never, parked: false })),
  },
  {
    what: 'a stream that nobody asked for',
    ...UNEXPECTED,
    run: then((line) => line.raw(encodeHeader('data', 4)).raw(Buffer.alloc(4))),
  },
  { what: 'a trailer that nobody asked for', ...UNEXPECTED, run: then((line) => line.say(trailer(Buffer.alloc(0)))) },
  {
    what: 'a question while the answer to another is due',
    ...UNEXPECTED,
    run: then(async (line, hostile) => {
      line
        .say({ type: 'offer', page: 0, last: true, leftOut: [], renames: 'ask', datasets: [await hostile.offering()] })
        .say({ type: 'goodbye' });
    }),
  },
  {
    what: 'an error of megabytes, which is cut off',
    ...INVALID,
    run: then((line) =>
      line.payload(bytes(14, bytes(1, Buffer.concat([bytes(1, 'X'), bytes(3, 'm'.repeat(900_000))])))),
    ),
  },
  {
    what: 'an error with nothing wrong: the line ends',
    ...{ told: 'closed', logged: 'connection-failed X' },
    run: then((line) => line.say({ type: 'error', failure: FAILURE }).socket.end()),
  },
];

/** Sessions of others, and too many of one's own. */
export const SESSIONS: readonly Attack[] = [
  {
    what: 'two connections of one session that name two targets',
    ...INVALID,
    run: async (hostile) => {
      const sessionId = randomBytes(16).toString('hex');
      await hostile.greeted({ sessionId });
      const second = await hostile.line();
      return second.say(hostile.hello({ sessionId, asPath: p(`${hostile.home}/other`) })).told();
    },
  },
  {
    what: 'a second session for the target of a first one',
    ...{ told: 'BUSY', logged: 'connection-failed BUSY' },
    run: async (hostile) => {
      await hostile.greeted();
      return (await hostile.line()).say(hostile.hello()).told();
    },
  },
  {
    what: 'a session above another one',
    ...{ told: 'BUSY', logged: 'connection-failed BUSY' },
    run: async (hostile) => {
      await hostile.greeted({ asPath: p(`${hostile.home}/deep/down`) });
      return (await hostile.line()).say(hostile.hello({ asPath: p(`${hostile.home}/deep`) })).told();
    },
  },
  {
    what: 'an offer twice',
    ...UNEXPECTED,
    run: async (hostile) => {
      const { line } = await hostile.planned();
      return line
        .say({ type: 'offer', page: 0, last: true, leftOut: [], renames: 'ask', datasets: [await hostile.offering()] })
        .told();
    },
  },
];

/** Offers. */
export const OFFERS: readonly Attack[] = [
  {
    what: 'pages that begin with the second',
    ...INVALID,
    run: then((line) => line.payload(offerPayload(1, true, datasetFields('/a')))),
  },
  {
    what: 'the same page twice',
    ...INVALID,
    run: then((line) =>
      line.payload(offerPayload(0, false, datasetFields('/a'))).payload(offerPayload(0, false, datasetFields('/b'))),
    ),
  },
  {
    what: 'one path twice',
    ...INVALID,
    run: then((line) =>
      line.payload(offerPayload(0, false, datasetFields('/a'))).payload(offerPayload(1, true, datasetFields('/a'))),
    ),
  },
  {
    what: 'a dataset that goes on and was never begun',
    ...INVALID,
    run: then((line) => line.payload(offerPayload(0, true, datasetFields('/a', Buffer.from([7 * 8, 1]))))),
  },
  {
    what: '100001 datasets',
    ...LIMIT,
    run: then(async (line) => {
      for (let page = 0, at = 0; at <= limits.offeredDatasetsMax; page += 1) {
        const datasets = Array.from({ length: 9_000 }, () => datasetFields(`/d${at++}`));
        await line.payload(offerPayload(page, false, ...datasets)).flushed();
      }
    }),
  },
  {
    what: '2000001 snapshots',
    ...LIMIT,
    run: then(async (line) => {
      for (let page = 0, at = 1n; at <= limits.offeredVersionsMax + 1; page += 1) {
        const versions = Array.from({ length: 25_000 }, () => versionFields(`s${at}`, at++));
        await line.payload(offerPayload(page, false, datasetFields(`/d${page}`, ...versions))).flushed();
      }
    }),
  },
  {
    what: '64 KiB of properties of one dataset',
    ...INVALID,
    run: then((line) =>
      line.payload(
        offerPayload(
          0,
          true,
          datasetFields('/a', ...Array.from({ length: 10 }, (_, i) => propertyFields(`a:${i}`, 'v'.repeat(8_000)))),
        ),
      ),
    ),
  },
  {
    what: '65 MiB of properties',
    ...LIMIT,
    run: then(async (line) => {
      const properties = Array.from({ length: 7 }, (_, i) => propertyFields(`a:${i}`, 'v'.repeat(8_000)));
      for (let page = 0; page < 1_300 / 10; page += 1) {
        const datasets = Array.from({ length: 10 }, (_, i) => datasetFields(`/d${page}x${i}`, ...properties));
        await line.payload(offerPayload(page, false, ...datasets)).flushed();
      }
    }),
  },
  {
    what: 'an offer without end, of empty pages',
    ...INVALID,
    run: then(async (line) => {
      for (let page = 0; page < 50_000; page += 1) await line.payload(offerPayload(page, false)).flushed();
    }),
  },
];

/** Streams that were not decided on, or are other than announced. */
export const STREAMS: readonly Attack[] = [
  {
    what: 'a stream before the offer',
    ...refused('SESSION_UNKNOWN'),
    run: then((line, hostile) => hostile.begin(line, 1n)),
  },
  ...(
    [
      ['a dataset that was not offered', 'NOT_OFFERED', { path: p('/other') }],
      ['a snapshot that was not offered', 'NOT_AS_DECIDED', { to: 4711n }],
      ['an incremental in the place of a full', 'NOT_AS_DECIDED', { from: 1n }],
      ['raw in the place of not raw', 'NOT_AS_DECIDED', { raw: true }],
      ['a resume token of somebody else', 'NOT_AS_DECIDED', { resume: '1-abc-2-789c' }],
    ] as const
  ).map(([what, code, change]) => ({
    ...{ what: `begin-stream: ${what}`, ...refused(code) },
    run: async (hostile: Hostile) => {
      const { line } = await hostile.planned();
      const [oldest] = await hostile.loot();
      return hostile.begin(line, oldest?.guid ?? 0n, change).told();
    },
  })),
  {
    what: 'a clone of what another peer has, which is not offered',
    ...refused('NOT_AS_DECIDED'),
    run: async (hostile) => {
      const [theirs] = await hostile.loot('tree');
      const origin = { path: p('/other'), guid: theirs?.guid ?? 0n };
      const { line, decision } = await hostile.planned({ origin });
      if (decision.kind !== 'full') return `decided as ${decision.kind}`;
      const [oldest] = await hostile.loot();
      return hostile.begin(line, oldest?.guid ?? 0n, { from: origin.guid }).told();
    },
  },
  {
    what: 'a clone of what another peer has, offered as if it were to come',
    ...refused('ORIGIN_MISSING'),
    run: async (hostile) => {
      const theirs = await hostile.loot('tree');
      const other = await hostile.offering({ path: p(`${hostile.path}-other`), guid: 78n, versions: theirs });
      const origin = { path: other.path, guid: theirs[0]?.guid ?? 0n };
      const line = await hostile.greeted();
      const datasets = [await hostile.offering({ origin }), other];
      line.say({ type: 'offer', page: 0, last: true, leftOut: [], renames: 'ask', datasets });
      const { decisions } = await line.expect('decisions');
      if (decisions[0]?.decision.kind !== 'clone') return `decided as ${String(decisions[0]?.decision.kind)}`;
      const [oldest] = await hostile.loot();
      return hostile.begin(line, oldest?.guid ?? 0n, { from: origin.guid }).told();
    },
  },
  { what: 'a direct stream', ...INVALID, run: then((line) => line.payload(beginPayload('/a', 2))) },
  {
    what: 'the same stream twice at once',
    told: 'STREAM_BUSY',
    logged: ['stream-refused STREAM_BUSY', 'stream-failed X'],
    run: async (hostile) => {
      const sessionId = randomBytes(16).toString('hex');
      const { line } = await hostile.planned({}, { sessionId });
      const [oldest] = await hostile.loot();
      await hostile.begin(line, oldest?.guid ?? 0n).expect('stream-ready');
      const second = await hostile.greeted({ sessionId });
      const told = await hostile.begin(second, oldest?.guid ?? 0n).told();
      await line.say({ type: 'stream-failed', side: 'source', failure: FAILURE }).told();
      return told;
    },
  },
  ...(
    [
      ['garbage', () => Promise.resolve(randomBytes(100_000))],
      ['nothing but zeros, without end', () => Promise.resolve(Buffer.alloc(4 << 20))],
      ['a stream of another dataset', (hostile) => hostile.sent('POOL/other@one')],
      ['a later snapshot', (hostile) => hostile.sent('POOL/loot@two')],
      ['an incremental', (hostile) => hostile.sent('-i', 'POOL/loot@one', 'POOL/loot@two')],
      ['a package of a tree (-R)', (hostile) => hostile.sent('-R', 'POOL/loot@one')],
      ['a package with properties (-p)', (hostile) => hostile.sent('-p', 'POOL/loot@one')],
      ['a package of snapshots (-I)', (hostile) => hostile.sent('-I', 'POOL/loot@one', 'POOL/loot@three')],
      ['a clone', (hostile) => hostile.sent('-i', 'POOL/loot@one', 'POOL/clone@one')],
    ] as readonly (readonly [string, (hostile: Hostile) => Promise<Buffer>])[]
  ).map(([what, stream]) => ({
    ...{ what: `in the place of the announced stream: ${what}`, ...DISGUISED },
    run: midStream(async (line, hostile) => {
      const sent = await stream(hostile);
      line.data(sent).say(trailer(sent));
    }),
  })),
  {
    what: 'a stream of no bytes',
    ...failed('STREAM_TRUNCATED'),
    run: midStream((line) => line.say(trailer(Buffer.alloc(0)))),
  },
  {
    what: 'a stream whose digest is another one',
    ...failed('STREAM_DIGEST_MISMATCH'),
    run: midStream(async (line, hostile) => {
      const sent = await hostile.sent('POOL/loot@one');
      line.data(sent).say({ ...trailer(sent), digest: new Uint8Array(32) });
    }),
  },
  {
    what: 'a stream whose length is another one',
    ...failed('STREAM_DIGEST_MISMATCH'),
    run: midStream(async (line, hostile) => {
      const sent = await hostile.sent('POOL/loot@one');
      line.data(sent).say({ ...trailer(sent), bytes: 7n });
    }),
  },
  {
    what: 'a stream that was given up and goes on without end',
    told: 'LIMIT_EXCEEDED',
    logged: ['receive-failed-early STREAM_NOT_AS_ANNOUNCED', 'connection-failed LIMIT_EXCEEDED'],
    run: async (hostile) => {
      const { line } = await hostile.streaming();
      const chunk = Buffer.alloc(1 << 20);
      await line.data(chunk).told();
      for (let sent = 0; sent < 80; sent += 1) await line.data(chunk).flushed();
      return line.told();
    },
  },
  { what: 'goodbye in the middle of a stream', ...UNEXPECTED, run: midStream((line) => line.say({ type: 'goodbye' })) },
  {
    what: 'another stream in the middle of a stream',
    ...UNEXPECTED,
    run: midStream((line, hostile, to) => hostile.begin(line, to)),
  },
  {
    what: 'half of a stream, and the line ends',
    told: 'closed',
    logged: 'connection-failed CONNECTION_CLOSED',
    run: midStream(async (line, hostile) => {
      line.data((await hostile.sent('POOL/loot@one')).subarray(0, 2_000)).socket.end();
    }),
  },
  {
    what: 'half of a stream, and a reset',
    told: 'reset',
    logged: /^connection-failed CONNECTION_(RESET|CLOSED)$/,
    run: async (hostile) => {
      const { line } = await hostile.streaming();
      await line.data((await hostile.sent('POOL/loot@one')).subarray(0, 2_000)).flushed();
      line.reset();
      return 'reset';
    },
  },
];

/** Much of what is legal, and nothing at all. */
export const FLOODS: readonly Attack[] = [
  {
    what: '200000 heartbeats at once',
    ...{ told: 'nothing', logged: '' },
    run: async (hostile) => {
      const line = await hostile.greeted();
      const beat = Buffer.from([0, 0, 0, 2, 1, 0, 0, 0, 0x6a, 0]);
      for (let i = 0; i < 20; i += 1) await line.raw(Buffer.alloc(beat.length * 10_000, beat)).flushed();
      return 'nothing';
    },
  },
  {
    what: '32 connections that ask to look again, over and over',
    ...{ told: 'nothing', logged: '' },
    run: async (hostile) => {
      const sessionId = randomBytes(16).toString('hex');
      const { line } = await hostile.planned({}, { sessionId });
      const lines = [line];
      while (lines.length < 32) lines.push(await hostile.greeted({ sessionId }));
      const again = async (one: Line) => {
        for (let i = 0; i < 3; i += 1)
          await one.say({ type: 'replan', path: p(hostile.path), discard: undefined }).expect('decisions');
      };
      await Promise.all(lines.map(again));
      return 'nothing';
    },
  },
  {
    what: '100 connections that are reset at once',
    told: 'nothing',
    logged: /^connection-failed CONNECTION_(RESET|CLOSED)$|^accept-failed/,
    run: async (hostile) => {
      for (let i = 0; i < 100; i += 1) (await hostile.plain()).reset();
      return 'nothing';
    },
  },
  {
    what: '300 connections that say nothing',
    told: 'nothing',
    logged: /^connection-failed (CONNECTION_(RESET|CLOSED)|HEARTBEAT_TIMEOUT)$|^accept-failed/,
    run: async (hostile) => {
      for (let i = 0; i < 300; i += 1) await hostile.plain();
      return 'nothing';
    },
  },
  {
    what: 'a hello that comes a byte a second',
    ...failed('HEARTBEAT_TIMEOUT', 'connection-failed'),
    run: async (hostile) => {
      const line = await hostile.line();
      const [said, hello] = [line.told(), Buffer.concat([header(60, 1), helloPayload({})])];
      let at = 0;
      const timer = setInterval(() => line.raw(hello.subarray(at, ++at)), 1_000);
      try {
        return await said;
      } finally {
        clearInterval(timer);
      }
    },
  },
];

export const attackGroups: readonly (readonly [string, readonly Attack[]])[] = [
  ['names', NAMES],
  ['protocol', PROTOCOL],
  ['sessions', SESSIONS],
  ['tidying', TIDYING],
  ['offers', OFFERS],
  ['streams', STREAMS],
  ['floods', FLOODS],
];
