import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  type Offer,
  DecisionAssembler,
  type DatasetDecision,
  decisionPages,
  limits,
  type Message,
  negotiateVersion,
  OfferAssembler,
  type Offered,
  type OfferedDataset,
  offerPages,
  type Promotion,
  promotionPager,
  ReportAssembler,
  ProtocolError,
  type Role,
} from '@zfsync/protocol';
import {
  encodeControlFrame,
  encodeHeader,
  encodeMessage,
  IllegalSendError,
  Liveness,
  nextState,
  Session,
  type SessionEvent,
  type SessionState,
  STATE_WORDS,
  type Utterance,
} from '@zfsync/protocol/internal';
import { parseRelativePath, parseVersionName } from '@zfsync/zfs';
import t from 'tap';
import { cut, failure, join, messageFor, targetId, utterances, vectors } from './messages.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** In three bytes. */
const varint = (value: number): Uint8Array =>
  Uint8Array.of((value & 0x7f) | 0x80, ((value >> 7) & 0x7f) | 0x80, value >> 14);

// ---- the session ----

function utter(session: Session, said: Utterance): Uint8Array {
  return said === 'data' ? join(session.encodeDataHeader(3), text('abc')) : session.encode(messageFor(said));
}

/** The same bytes without asking a session whether they are legal. */
function forge(said: Utterance): Uint8Array {
  return said === 'data'
    ? join(encodeHeader('data', 3), text('abc'))
    : encodeControlFrame(encodeMessage(messageFor(said)));
}

function violation(events: readonly SessionEvent[]): ProtocolError {
  const last = events.at(-1);
  assert.ok(last?.kind === 'violation', `no violation in ${JSON.stringify(events.map(({ kind }) => kind))}`);
  return last.error;
}

/**
 * Runs a conversation of lines such as `S hello` and `R hello-reply`. What is said arrives at once, unless the line ends
 * in `~`: then it arrives after the next line that does not. A line with `!` is illegal, for both ends.
 */
function converse(script: string): { sender: Session; receiver: Session } {
  const sides = { S: new Session('sender'), R: new Session('receiver') };
  let underWay: (() => void)[] = [];
  for (const line of script.trim().split('\n')) {
    const [, bad, who, said, later] = /^\s*(!?)\s*([SR]) (.*?)\s*(~?)$/.exec(line) ?? [];
    assert.ok((who === 'S' || who === 'R') && said !== undefined, line);
    const from = sides[who];
    const to = sides[who === 'S' ? 'R' : 'S'];
    if (bad === '!') {
      assert.throws(() => utter(from, said as Utterance), IllegalSendError, line);
      const { code, message } = violation(to.push(forge(said as Utterance)));
      assert.equal(code, 'MESSAGE_UNEXPECTED', line);
      assert.ok(message.includes(`${said} `) && message.includes(`state ${to.state}`), `${line}: ${message}`);
      return { sender: sides.S, receiver: sides.R };
    }
    const bytes = utter(from, said as Utterance);
    underWay.push(() => {
      const events = to.push(bytes);
      const kinds = events.map((event) => (event.kind === 'violation' ? event.error.message : event.kind));
      assert.deepEqual(kinds, said === 'heartbeat' ? [] : [said === 'data' ? 'data' : 'message'], line);
    });
    if (later === '~') continue;
    for (const arrive of underWay) arrive();
    underWay = [];
  }
  return { sender: sides.S, receiver: sides.R };
}

const HELLO = 'S hello\nR hello-reply\n';
const STREAM = `${HELLO}S begin-stream\nR stream-ready\n`;

t.test('legal conversations', (t) => {
  const conversations: Readonly<Record<string, readonly [SessionState, string]>> = {
    'a whole session': [
      'closed',
      `${STREAM}S data\nS data\nS stream-end\nR stream-result\nS clean-buffer\nR clean-buffer-report, last\nS goodbye`,
    ],
    'planning in pages': ['ready', `${HELLO}S offer, last\nR decisions, last`],
    'a refused connection': ['closed', 'S hello\nR error'],
    'a refused stream': ['ready', `${HELLO}S begin-stream\nR stream-refused`],
    'a stream without a byte': ['ready', `${STREAM}S stream-end\nR stream-result`],
    'zfs send fails': ['ready', `${STREAM}S data\nS stream-failed\nR stream-result, failed`],
    'zfs receive fails in the end': ['ready', `${STREAM}S data\nS stream-end\nR stream-result, failed`],
    'zfs receive fails early': ['ready', `${STREAM}S data\nR stream-result, failed\nS data\nS stream-failed`],
    'zfs receive fails early, the trailer was under way': [
      'ready',
      `${STREAM}S data ~\nS stream-end ~\nR stream-result, failed\nS begin-stream\nR stream-refused`,
    ],
    'heartbeats everywhere': [
      'ready',
      `${HELLO}S heartbeat\nR heartbeat\nS begin-stream\nR heartbeat\nS heartbeat\nR stream-ready\nS data\nS heartbeat
       S data\nR heartbeat\nS stream-end\nR heartbeat\nS heartbeat\nR stream-result\nS heartbeat`,
    ],
    'a stream that is planned anew': [
      'deciding',
      `${STREAM}S stream-end\nR stream-result, failed\nS replan\nR heartbeat\nS heartbeat`,
    ],
    'two streams, one refused': [
      'ready',
      `${STREAM}S stream-end\nR stream-result\nS begin-stream\nR stream-refused\nS begin-stream\nR stream-ready\nS data
       S stream-end\nR stream-result`,
    ],
    'the receiver gives up in the middle of a stream': ['closed', `${STREAM}S data\nR error`],
    'the sender gives up before its hello': ['closed', 'S error'],
    'goodbye crosses a heartbeat': ['closed', `${HELLO}S goodbye`],
  };
  for (const [name, [state, script]] of Object.entries(conversations)) {
    const { sender, receiver } = converse(script);
    t.strictSame([sender.state, receiver.state], [state, state], name);
  }
  t.end();
});

t.test('illegal conversations', (t) => {
  const scripts: Readonly<Record<string, string>> = {
    'the receiver speaks first': '! R hello-reply',
    'an offer before the hello': '! S offer, last',
    'a heartbeat before the hello': '! S heartbeat',
    'a heartbeat instead of a reply': 'S hello\n! R heartbeat',
    'a second hello': `${HELLO}! S hello`,
    'hello twice without a reply': 'S hello\n! S hello',
    'an offer without waiting for the reply': 'S hello\n! S offer, last',
    'decisions without an offer': `${HELLO}! R decisions, last`,
    'a stream in the middle of an offer': `${HELLO}S offer\n! S begin-stream`,
    'a replan in the middle of an offer': `${HELLO}S offer\n! S replan`,
    'a replan in the middle of a stream': `${STREAM}! S replan`,
    'a replan before the answer to another': `${HELLO}S replan\n! S replan`,
    'a replan from the receiver': `${HELLO}! R replan`,
    'decisions in the middle of an offer': `${HELLO}S offer\n! R decisions, last`,
    'data before the stream is ready': `${HELLO}S begin-stream\n! S data`,
    'data without a stream': `${HELLO}! S data`,
    'data from the receiver': `${STREAM}! R data`,
    'data after the trailer': `${STREAM}S stream-end\n! S data`,
    'a second trailer': `${STREAM}S stream-end\n! S stream-end`,
    'success before the trailer': `${STREAM}S data\n! R stream-result`,
    'a second result': `${STREAM}R stream-result, failed\n! R stream-result, failed`,
    'a new stream instead of a trailer': `${STREAM}R stream-result, failed\n! S begin-stream`,
    'the trailer from the receiver': `${STREAM}! R stream-end`,
    'a result of nothing': `${HELLO}! R stream-result`,
    'clean-buffer in the middle of a stream': `${STREAM}! S clean-buffer`,
    'goodbye in the middle of a stream': `${STREAM}! S goodbye`,
    'goodbye from the receiver': `${HELLO}! R goodbye`,
    'begin-stream from the receiver': `${HELLO}! R begin-stream`,
    'a report that nobody asked for': `${HELLO}! R clean-buffer-report, last`,
  };
  for (const [name, script] of Object.entries(scripts)) {
    converse(script);
    t.pass(name);
  }
  t.end();
});

t.test('a session that is broken or closed', (t) => {
  const { sender, receiver } = converse(HELLO);
  violation(receiver.push(forge('data')));
  t.strictSame(receiver.push(forge('begin-stream')), [], 'takes nothing after a violation');
  t.doesNotThrow(() => receiver.encode(messageFor('error')), 'but can still say why');
  t.throws(() => receiver.encode(messageFor('error')), IllegalSendError, 'once');

  const [goodbye, rest] = [sender.encode(messageFor('goodbye')), text('whatever')];
  const { receiver: other } = converse(HELLO);
  t.strictSame(
    other.push(join(goodbye, rest)).map(({ kind }) => kind),
    ['message'],
    'what comes after goodbye is discarded',
  );
  t.strictSame(other.push(rest), []);
  t.equal(other.mayEnd, true);
  t.equal(receiver.heartbeatAllowed, false);

  const events = converse(STREAM).receiver.push(join(forge('data'), forge('stream-failed'), forge('data')));
  t.strictSame(
    events.map(({ kind }) => kind),
    ['data', 'message', 'violation'],
    'what came before a violation is still reported',
  );
  t.end();
});

t.test('whole conversations in any division', (t) => {
  const script: readonly Utterance[] = [
    'hello',
    'offer, last',
    'begin-stream',
    'data',
    'data',
    'stream-end',
    'goodbye',
  ];
  const answers: Readonly<Partial<Record<Utterance, readonly Utterance[]>>> = {
    hello: ['hello-reply'],
    'offer, last': ['decisions, last'],
    'begin-stream': ['stream-ready'],
    'stream-end': ['stream-result'],
  };
  for (const length of [1, 2, 3, 5, 7, 8, 9, 1000]) {
    const receiver = new Session('receiver');
    const seen: string[] = [];
    for (const said of script) {
      for (const chunk of cut(forge(said), length)) {
        for (const event of receiver.push(chunk)) {
          if (event.kind === 'data') seen.push(Buffer.from(event.chunk).toString());
          else seen.push(event.kind === 'message' ? event.message.type : event.error.message);
        }
      }
      for (const answer of answers[said] ?? []) receiver.encode(messageFor(answer as Exclude<Utterance, 'data'>));
    }
    const joined = seen.filter((one) => one.length <= 3).join('');
    t.equal(joined, 'abcabc', `data in chunks of ${String(length)}`);
    t.strictSame(
      seen.filter((one) => one.length > 3),
      ['hello', 'offer', 'begin-stream', 'stream-end', 'goodbye'],
    );
    t.equal(receiver.state, 'closed');
  }
  t.end();
});

t.test('pages and totals', (t) => {
  const dataset = (versions: number, continued = false, path = '/a'): OfferedDataset => ({
    path: parseRelativePath(path),
    datasetType: 'filesystem',
    guid: 1n,
    encrypted: false,
    raw: false,
    largeBlocks: false,
    compressed: false,
    embedded: false,
    properties: [],
    versions: Array.from({ length: versions }, (_, index) => ({
      kind: 'snapshot',
      name: parseVersionName('s'),
      guid: BigInt(index + 1),
      createtxg: 0n,
      creation: 0n,
    })),
    origin: undefined,
    continued,
  });
  const offer = (page: number, last: boolean, datasets: readonly OfferedDataset[] = []): Message => ({
    type: 'offer',
    page,
    last,
    leftOut: [],
    renames: 'ask',
    datasets,
  });
  const said = (messages: readonly Message[]): SessionEvent[] => {
    const { receiver } = converse(HELLO);
    return messages.flatMap((message) => receiver.push(encodeControlFrame(encodeMessage(message))));
  };
  const flaw = (messages: readonly Message[]): ProtocolError => violation(said(messages));

  t.match(flaw([offer(1, true)]).message, /offer has page 1 in the place of 0/);
  t.match(flaw([offer(0, false), offer(0, true)]).message, /offer has page 0 in the place of 1/);
  t.match(flaw([offer(0, false), offer(2, true)]).message, /offer has page 2 in the place of 1/);

  const many = new Array<OfferedDataset>(20_000).fill(dataset(0));
  const pages = Array.from({ length: 6 }, (_, page) => offer(page, false, many));
  const events = said(pages);
  t.strictSame([violation(events).code, events.length], ['LIMIT_EXCEEDED', 6], 'too many datasets');
  const continued = Array.from({ length: 6 }, (_, page) =>
    offer(page, false, new Array(20_000).fill(dataset(0, true))),
  );
  t.equal(said(continued).filter(({ kind }) => kind === 'violation').length, 0, 'a continuation does not count');
  // 51 pages of 40,000 versions that differ in their number alone.
  const datasets = encodeMessage(offer(0, false, [dataset(40_000)])).subarray(1 + 3);
  const { receiver } = converse(HELLO);
  for (let page = 0; page < 51; page += 1) {
    const payload = join(Uint8Array.of(0x1a), varint(datasets.length + 2), Uint8Array.of(0x08, page), datasets);
    const [event] = receiver.push(encodeControlFrame(payload));
    if (page < 50) assert.equal(event?.kind, 'message');
    else t.match(violation(event === undefined ? [] : [event]).message, /more than 2000000 snapshots and bookmarks/);
  }

  const decision = {
    path: parseRelativePath('/a'),
    decision: { kind: 'up-to-date', newest: 1n },
    parked: false,
    afterParent: false,
    after: undefined,
    renameFrom: undefined,
    available: 0n,
    flags: undefined,
  } as const;
  const answered = (offered: number, decisions: number, last: boolean): SessionEvent[] => {
    const sender = converse(HELLO).sender;
    sender.encode(offer(0, true, new Array(offered).fill(dataset(0))));
    const answer: Message = {
      type: 'decisions',
      page: 0,
      last,
      targetId,
      decisions: new Array(decisions).fill(decision),
    };
    return sender.push(encodeControlFrame(encodeMessage(answer)));
  };
  t.equal(answered(2, 2, true)[0]?.kind, 'message');
  t.match(violation(answered(2, 1, true)).message, /1 decisions answer 2 offered datasets/);
  t.match(violation(answered(2, 3, false)).message, /3 decisions answer 2 offered datasets/);

  const { sender } = converse(HELLO);
  t.throws(() => sender.encode(offer(1, true)), IllegalSendError, 'the sender’s own pages too');
  sender.encode(offer(0, true, [dataset(0)]));
  const one: Message = { type: 'decisions', page: 0, last: true, targetId, decisions: [decision] };
  sender.push(encodeControlFrame(encodeMessage(one)));
  t.doesNotThrow(() => sender.encode(offer(0, true)), 'a second offer counts from 0');
  t.end();
});

t.test('a replan is owed one decision on its path', (t) => {
  const decision = (path: string): DatasetDecision => ({
    path: parseRelativePath(path),
    decision: { kind: 'up-to-date', newest: 1n },
    parked: false,
    afterParent: false,
    after: undefined,
    renameFrom: undefined,
    available: 0n,
    flags: undefined,
  });
  const answer = (last: boolean, ...paths: readonly string[]): Message => ({
    type: 'decisions',
    page: 0,
    last,
    targetId,
    decisions: paths.map(decision),
  });
  const replan = (path: string): Message => ({ type: 'replan', path: parseRelativePath(path), discard: undefined });
  const answered = (message: Message): { sender: Session; events: SessionEvent[] } => {
    const { sender, receiver } = converse(HELLO);
    assert.equal(receiver.push(sender.encode(replan('/a')))[0]?.kind, 'message');
    assert.deepEqual([sender.state, receiver.state], ['deciding', 'deciding']);
    const events = sender.push(encodeControlFrame(encodeMessage(message)));
    if (events[0]?.kind === 'violation') t.throws(() => receiver.encode(message), IllegalSendError, 'nor is it sent');
    else receiver.encode(message);
    return { sender, events };
  };
  const { sender, events } = answered(answer(true, '/a'));
  t.strictSame([events[0]?.kind, sender.state], ['message', 'ready']);
  sender.encode(replan(''));
  t.equal(sender.push(encodeControlFrame(encodeMessage(answer(true, ''))))[0]?.kind, 'message', 'and another one');
  sender.encode(messageFor('offer, last'));
  t.equal(sender.push(encodeControlFrame(encodeMessage(answer(true))))[0]?.kind, 'message', 'an offer counts from 0');
  for (const [name, message, expected] of [
    ['nothing', answer(true), /a replan of "\/a" is answered by 0 decisions \(\) in the place of one/],
    ['another path', answer(true, '/b'), /answered by 1 decisions \("\/b"\)/],
    ['two', answer(true, '/a', '/b'), /answered by 2 decisions/],
    ['a page that is not the last', answer(false, '/a'), /a page that is not the last one/],
  ] as const) {
    t.match(violation(answered(message).events), { code: 'MESSAGE_INVALID', message: expected }, name);
  }
  t.end();
});

t.test('values that the session checks', (t) => {
  const sender = new Session('sender');
  sender.encode(messageFor('hello'));
  const reply = { ...messageFor('hello-reply'), protocolVersion: 2 } as Message;
  t.equal(violation(sender.push(encodeControlFrame(encodeMessage(reply)))).code, 'VERSION_UNSUPPORTED');

  const direct = { ...messageFor('begin-stream'), mode: 'direct' } as Message;
  const { sender: other, receiver } = converse(HELLO);
  t.throws(() => other.encode(direct), IllegalSendError);
  t.match(violation(receiver.push(encodeControlFrame(encodeMessage(direct)))).message, /only framed streams/);
  t.throws(() => converse(STREAM).sender.encodeDataHeader(0), IllegalSendError);
  t.throws(() => converse(STREAM).sender.encodeDataHeader(limits.dataPayloadBytesMax + 1), IllegalSendError);

  const invalid = { ...messageFor('begin-stream'), to: 0n } as Message;
  const before = converse(HELLO).sender;
  t.throws(() => before.encode(invalid), ProtocolError);
  t.equal(before.state, 'ready', 'a message that cannot be encoded changes nothing');

  const big = new Session('receiver');
  t.equal(violation(big.push(encodeHeader('control', 65_537))).code, 'FRAME_TOO_LARGE');
  t.equal(negotiateVersion(1, 7), 1);
  t.throws(() => negotiateVersion(2, 7), {
    code: 'VERSION_UNSUPPORTED',
    message: /speaks versions 2 to 7, this side version 1/,
  });
  t.end();
});

t.test('PROTOCOL.md is true to the code', (t) => {
  const page = readFileSync(new URL('../../../../docs/PROTOCOL.md', import.meta.url), 'utf8');
  const roles: readonly Role[] = ['sender', 'receiver'];
  const documented = [...page.matchAll(/^\| ([a-z-]+) \| (sender|receiver) \| ([a-z, -]+) \| ([a-z-]+) \|$/gm)].map(
    ([, state, who, said, next]) => `${state ?? ''}: ${who ?? ''} ${said ?? ''} → ${next ?? ''}`,
  );
  const coded = (Object.keys(STATE_WORDS) as SessionState[]).flatMap((state) =>
    roles.flatMap((who) =>
      utterances
        .filter((said) => said !== 'error' && said !== 'heartbeat')
        .map((said) => [said, nextState(state, who, said)] as const)
        .filter(([, next]) => next !== undefined)
        .map(([said, next]) => `${state}: ${who} ${said} → ${next ?? ''}`),
    ),
  );
  t.strictSame([...documented].sort(), [...coded].sort(), 'the state table');
  for (const state of Object.keys(STATE_WORDS) as SessionState[]) {
    const early = ['hello', 'hello-reply', 'pairing', 'closed'].includes(state);
    for (const who of roles) {
      t.equal(nextState(state, who, 'error'), state === 'closed' ? undefined : 'closed');
      t.equal(nextState(state, who, 'heartbeat'), early ? undefined : state);
    }
  }
  const values = [...page.matchAll(/^\| (\w+) \| (\d+) \|$/gm)].map(([, name, value]) => [name, Number(value)]);
  t.strictSame(Object.fromEntries(values.filter(([name]) => Number.isNaN(Number(name)))), { ...limits }, 'the limits');
  const first = vectors.find(({ name }) => name.startsWith('hello: of version 1'));
  const start = Buffer.from(encodeControlFrame(first?.payload ?? Buffer.alloc(0)))
    .toString('hex')
    .slice(0, 32);
  t.ok(page.replaceAll(/\s+/g, '').includes(start), 'the first bytes of a connection');
  t.end();
});

// ---- pages ----

t.test('offers are split and put together again', (t) => {
  const dataset = (path: string, versions: number): OfferedDataset => ({
    path: parseRelativePath(path),
    datasetType: 'volume',
    guid: 5n,
    encrypted: true,
    raw: true,
    largeBlocks: false,
    compressed: false,
    embedded: false,
    properties: [],
    versions: Array.from({ length: versions }, (_, index) => ({
      kind: 'snapshot',
      name: parseVersionName(`${'long '.repeat(20)}${String(index)}`),
      guid: 2n ** 64n - 1n - BigInt(index),
      createtxg: 2n ** 64n - 1n,
      creation: 2n ** 63n,
    })),
    origin: undefined,
    continued: false,
  });
  const datasets = [
    dataset('', 3),
    ...Array.from({ length: 40 }, (_, i) => dataset(`/a ${String(i)}`, 100)),
    dataset('/long', 20_000),
    dataset('/b', 0),
  ];
  const leftOut = Array.from({ length: 9000 }, (_, i) => parseRelativePath(`/${'left out '.repeat(10)}${String(i)}`));
  const offered: Offered = { datasets, leftOut, renames: 'follow' };
  const pages = [...offerPages(offered)];
  const assembler = new OfferAssembler();
  const session = converse(HELLO).sender;
  let whole: Offered | undefined;
  for (const page of pages) {
    t.equal(whole, undefined);
    const bytes = session.encode(page).length;
    assert.ok(bytes <= limits.pageBytesTarget + 8, `a page of ${String(bytes)} bytes`);
    whole = assembler.push(page);
  }
  t.strictSame(whole, offered);
  t.ok(pages.length < 30, `${String(pages.length)} pages for 4 MiB`);
  t.ok(
    pages.some(({ datasets: [first] }) => first?.continued === true),
    'one was continued',
  );
  t.strictSame(
    [...offerPages({ datasets: [], leftOut: [], renames: 'ask' })],
    [{ type: 'offer', page: 0, last: true, leftOut: [], renames: 'ask', datasets: [] }],
  );

  const a = dataset('/a', 1);
  const flawed: Readonly<Record<string, readonly (readonly OfferedDataset[])[]>> = {
    'a path that comes twice': [[a, a]],
    'a path that comes twice, on two pages': [[a], [dataset('/b', 1), a]],
    'a continuation of nothing': [[{ ...a, origin: undefined, continued: true }]],
    'a continuation of another path': [[a], [{ ...dataset('/b', 1), origin: undefined, continued: true }]],
    'a continuation that is not the first': [[a], [dataset('/b', 1), { ...a, origin: undefined, continued: true }]],
    'a continuation on the same page': [[a, { ...a, origin: undefined, continued: true }]],
    'a continuation with another guid': [[a], [{ ...a, guid: 6n, origin: undefined, continued: true }]],
    'a continuation of another type': [[a], [{ ...a, datasetType: 'filesystem', origin: undefined, continued: true }]],
    'a continuation with properties': [
      [a],
      [{ ...a, properties: [{ name: 'atime', value: 'off' }], origin: undefined, continued: true }],
    ],
    'a continuation of a clone': [[{ ...a, origin: { path: a.path, guid: 1n } }], [{ ...a, continued: true }]],
    'a continuation that is not raw': [[a], [{ ...a, raw: false, origin: undefined, continued: true }]],
  };
  const both: Readonly<Record<string, readonly Partial<Offer>[]>> = {
    'a path both offered and left out': [{ datasets: [a], leftOut: [a.path] }],
    'a path that is left out twice': [{ leftOut: [a.path] }, { leftOut: [a.path] }],
    'pages that do not agree on renames': [{ datasets: [a] }, { datasets: [dataset('/b', 1)], renames: 'ask' }],
    'an empty page that is not the last': [{}],
  };
  const continuations = Object.entries(flawed).map(
    ([name, parts]) => [name, parts.map((datasets): Partial<Offered> => ({ datasets }))] as const,
  );
  for (const [name, parts] of [...continuations, ...Object.entries(both)]) {
    const assemble = new OfferAssembler();
    const push = () => {
      for (const [page, part] of parts.entries()) {
        assemble.push({ type: 'offer', page, last: false, datasets: [], leftOut: [], renames: 'follow', ...part });
      }
    };
    t.throws(push, { code: 'MESSAGE_INVALID' }, name);
  }
  t.end();
});

t.test('decisions and reports are split and put together again', (t) => {
  const detail = 'é'.repeat(16_000);
  const path = (index: number) => parseRelativePath(`/a${String(index)}`);
  const decisions = Array.from({ length: 60 }, (_, index) => ({
    path: path(index),
    decision: { kind: 'refused', failure: { ...failure, detail } } as const,
    parked: false,
    afterParent: false,
    after: undefined,
    renameFrom: undefined,
    available: 2n ** 64n - 1n,
    flags: { raw: true, largeBlocks: true, compressed: false, embedded: false },
  }));
  const kinds = vectors.flatMap(({ message }) => (message.type === 'decisions' ? message.decisions : []));
  const pages = [...decisionPages(targetId, [...kinds, ...decisions])];
  const assembler = new DecisionAssembler();
  const results = pages.map((page) => assembler.push(page));
  t.ok(pages.length > 5);
  t.strictSame(results.at(-1), { targetId, decisions: [...kinds, ...decisions] });
  t.strictSame(results.slice(0, -1), new Array(pages.length - 1).fill(undefined));
  for (const page of pages) assert.ok(encodeMessage(page).length <= limits.pageBytesTarget);
  t.throws(() => assembler.push({ type: 'decisions', page: 0, last: true, targetId, decisions }), {
    code: 'MESSAGE_INVALID',
    message: /twice/,
  });
  const another = { type: 'decisions', page: 1, last: true, targetId: 'f'.repeat(16), decisions: [] } as const;
  t.throws(() => assembler.push(another), { code: 'MESSAGE_INVALID', message: /answers for two targets/ });

  const promotions = decisions.map(({ path: at, decision }) => ({
    path: at,
    parkedAs: '2F61',
    outcome: 'failed' as const,
    failure: decision.failure,
  }));
  const report = new ReportAssembler<Promotion>();
  const pager = promotionPager();
  const full = promotions.map((promotion) => pager.push(promotion)).filter((page) => page !== undefined);
  const reported = [...full, pager.end()];
  t.ok(reported.length > 5);
  for (const page of reported) assert.ok(encodeMessage(page).length <= limits.pageBytesTarget);
  t.strictSame(reported.map((page) => report.push(page.last, page.promotions)).at(-1), promotions);

  const some = promotions.slice(0, 3);
  const [first, second, third] = some.map((promotion) => ({ ...promotion, failure: undefined }));
  assert.ok(first && second && third);
  const slow = promotionPager();
  const flushed = [
    slow.flush(),
    slow.push(first),
    slow.flush(),
    slow.flush(),
    slow.push(second),
    slow.push(third),
    slow.flush(),
    slow.end(),
  ].filter((page) => page !== undefined);
  const page = (number: number, last: boolean, ...entries: readonly Promotion[]): Message => ({
    type: 'clean-buffer-report',
    page: number,
    last,
    promotions: entries,
  });
  t.strictSame(
    flushed,
    [page(0, false, first), page(1, false, second, third), page(2, true)],
    'as the work goes on, and no page before the last one is empty',
  );
  t.strictSame(promotionPager().end(), page(0, true));
  const { sender } = converse(`${HELLO}S clean-buffer`);
  for (const message of flushed) {
    const [event] = sender.push(encodeControlFrame(encodeMessage(message)));
    assert.equal(event?.kind, 'message');
  }
  t.equal(sender.state, 'ready');
  t.end();
});

t.test('liveness counts ticks', (t) => {
  const liveness = new Liveness({ heartbeatIntervalMs: 20, peerSilenceMsMax: 50, frameMsMax: 100 });
  t.equal(liveness.tickMs, 10);
  const ticks = (count: number, frame?: number) => Array.from({ length: count }, () => liveness.tick(frame));
  const died = (count: number, frame?: number) =>
    ticks(count, frame).findIndex(({ peerDead }) => peerDead !== undefined);
  const due = ticks(4).map(({ heartbeatDue }) => heartbeatDue);
  t.strictSame(due, [false, true, true, true], 'due until something is written');
  liveness.wrote();
  t.equal(liveness.tick(undefined).heartbeatDue, false);
  liveness.heard();
  t.equal(died(6), 5);
  liveness.heard();
  liveness.paused = true;
  t.equal(died(100), -1, 'who does not read hears nothing');
  liveness.paused = false;
  t.equal(died(5), -1, 'and begins anew');
  t.match(liveness.tick(undefined).peerDead, /silent for 0.05 s/);

  const inFrame = (count: number, frame: number): number =>
    Array.from({ length: count }, () => {
      liveness.heard();
      return liveness.tick(frame).peerDead;
    }).findIndex((dead) => dead !== undefined);
  t.equal(inFrame(11, 7), -1);
  t.equal(inFrame(11, 8), -1, 'another frame');
  t.equal(inFrame(1, 8), 0, 'one that is not finished, although bytes keep coming');
  t.end();
});
