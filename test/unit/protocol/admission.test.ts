import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, Admission, crowdedOut, listenTcp, parseCidr, type Refusal, type Transport } from '@zfsync/protocol';
import { allowList, plainAddress, Strangers, type StrangersOptions, Throttle } from '@zfsync/protocol/internal';
import t from 'tap';

t.test('addresses and networks', async (t) => {
  const good: Readonly<Record<string, ReturnType<typeof parseCidr>>> = {
    '192.0.2.7': { network: '192.0.2.7', prefixBits: 32, family: 'ipv4' },
    '192.0.2.0/24': { network: '192.0.2.0', prefixBits: 24, family: 'ipv4' },
    '192.0.2.128/25': { network: '192.0.2.128', prefixBits: 25, family: 'ipv4' },
    '0.0.0.0/0': { network: '0.0.0.0', prefixBits: 0, family: 'ipv4' },
    '2001:db8::/32': { network: '2001:db8::', prefixBits: 32, family: 'ipv6' },
    '2001:db8::1': { network: '2001:db8::1', prefixBits: 128, family: 'ipv6' },
    '2001:db8:8000::/33': { network: '2001:db8:8000::', prefixBits: 33, family: 'ipv6' },
    '::/0': { network: '::', prefixBits: 0, family: 'ipv6' },
    '::ffff:192.0.2.0/120': { network: '192.0.2.0', prefixBits: 24, family: 'ipv4' },
    '::ffff:c000:207': { network: '192.0.2.7', prefixBits: 32, family: 'ipv4' },
    '1:2:3:4:5:6:7:8': { network: '1:2:3:4:5:6:7:8', prefixBits: 128, family: 'ipv6' },
  };
  for (const [text, cidr] of Object.entries(good)) t.same(parseCidr('--allow-from', text), cidr, text);
  const bad: Readonly<Record<string, RegExp>> = {
    '': /--allow-from: "" is neither an address nor a network/,
    'backup.example': /neither an address nor a network such as 192\.0\.2\.0\/24/,
    '192.0.2': /neither/,
    '192.0.2.256': /neither/,
    '010.0.0.1': /neither/,
    'fe80::1%eth0': /neither/,
    ' 192.0.2.7': /neither/,
    '192.0.2.0/33': /must be from 0 to 32/,
    '192.0.2.0/': /must be from 0 to 32/,
    '192.0.2.0/024': /must be from 0 to 32/,
    '192.0.2.0/-1': /must be from 0 to 32/,
    '192.0.2.0/255.255.255.0': /must be from 0 to 32/,
    '2001:db8::/129': /must be from 0 to 128/,
    '192.0.2.7/24': /bits after its first 24: write 192\.0\.2\.7 for this one host/,
    '192.0.2.0/0': /bits after its first 0/,
    '2001:db8::1/64': /bits after its first 64/,
    '2001:db8:8000::/32': /bits after its first 32/,
  };
  for (const [text, message] of Object.entries(bad)) {
    t.throws(() => parseCidr('--allow-from', text), { name: 'ConfigError', message }, text);
  }
});

t.test('who is allowed', async (t) => {
  const allowed = allowList('--allow-from', [
    '192.0.2.0/24',
    '198.51.100.7',
    '2001:db8::/32',
    '::ffff:203.0.113.0/120',
  ]);
  const yes = ['192.0.2.1', '::ffff:192.0.2.1', '198.51.100.7', '2001:db8:1::1', '203.0.113.9', '::ffff:cb00:7109'];
  const no = ['192.0.3.1', '::ffff:192.0.3.1', '198.51.100.8', '2001:db9::1', '::1', '127.0.0.1', 'unknown', ''];
  for (const address of yes) t.equal(allowed(address), true, address);
  for (const address of no) t.equal(allowed(address), false, address);
  t.equal(allowList('--allow-from', ['fe80::/10'])('fe80::1%eth0'), true, 'a zone is no part of it');
  t.equal(allowList('--allow-from', [])('127.0.0.1'), false);
  t.equal(plainAddress('::ffff:192.0.2.1'), '192.0.2.1');
  t.equal(addressOf('192.0.2.7:8730'), '192.0.2.7');
  t.equal(addressOf('[2001:db8::7]:8730'), '2001:db8::7');
});

t.test('places', async (t) => {
  const places = new Admission({ max: 3, perAddressMax: 2 });
  const a1 = places.enter('192.0.2.1');
  const a2 = places.enter('::ffff:192.0.2.1');
  assert.ok(a1 !== undefined && a2 !== undefined);
  t.equal(places.enter('192.0.2.1'), undefined);
  t.equal(places.full('192.0.2.1'), 'address');
  t.ok(places.enter('192.0.2.2'));
  t.equal(places.full('192.0.2.3'), 'all');
  t.equal(places.enter('192.0.2.3'), undefined);
  a1();
  a1();
  t.equal(places.full('192.0.2.1'), undefined);
  t.ok(places.enter('192.0.2.1'));
  t.equal(places.enter('192.0.2.1'), undefined, 'leaving twice frees one place');
  const six = new Admission({ perAddressMax: 1 });
  t.ok(six.enter('2001:db8::1'));
  t.equal(six.enter('2001:db8:0:0:ffff::1'), undefined, 'the same /64');
  t.ok(six.enter('2001:db8:0:1::1'));
  t.ok(new Admission({}).enter('192.0.2.1'));
});

/** Strangers who do nothing but wait, begin, and go when they are told to. */
function crowd(options: Partial<StrangersOptions>) {
  const strangers = new Strangers({ max: 64, perAddressMax: 8, unfinishedMax: 512, patienceMs: 40, ...options });
  const events: string[] = [];
  const inside = new Set<string>();
  const add = (name: string, address: string) => {
    const leave = strangers.add(
      address,
      () => {
        inside.add(name);
        events.push(`${name} begins`);
      },
      (why) => {
        events.push(`${name} is ${why}`);
        go();
      },
    );
    const go = () => {
      inside.delete(name);
      leave();
    };
    return go;
  };
  return { add, inside, said: () => events.splice(0) };
}

t.test('strangers wait for a place, and give it up when others wait', async (t) => {
  const { add, said } = crowd({ max: 2, perAddressMax: 1 });
  const a = add('a', '192.0.2.1');
  const again = add('a again', '192.0.2.1');
  const b = add('b', '192.0.2.2');
  const c = add('c', '192.0.2.3');
  const d = add('d', '192.0.2.4');
  t.same(said(), ['a begins', 'b begins']);
  d();
  a();
  t.same(said(), ['a again begins'], 'first come, first served');
  await sleep(80);
  t.same(said(), ['b is slow', 'c begins'], 'the oldest makes room');
  await sleep(80);
  t.same(said(), [], 'nobody is hurried while nobody waits');
  again();
  b();
  c();
  c();
  const other = add('other', '192.0.2.9');
  const e = add('e', '192.0.2.3');
  const f = add('f', '192.0.2.3');
  t.same(said(), ['other begins', 'e begins']);
  other();
  await sleep(80);
  t.same(said(), ['e is slow', 'f begins'], 'for the sake of its own address, too');
  const g = add('g', '192.0.2.4');
  add('f again', '192.0.2.3');
  g();
  f();
  t.same(said(), ['g begins', 'f again begins']);
  e();
});

t.test('who waits for its own address does not hurry others', async (t) => {
  const { add, said } = crowd({ max: 4, perAddressMax: 1 });
  add('other', '192.0.2.1');
  await sleep(20);
  add('a', '192.0.2.2');
  add('b', '192.0.2.2');
  await sleep(80);
  t.same(said(), ['other begins', 'a begins', 'a is slow', 'b begins']);
});

t.test('a place goes to the address that has the fewest', async (t) => {
  const { add, said } = crowd({ max: 3, perAddressMax: 2, patienceMs: 1000 });
  const a = add('a1', '2001:db8::1');
  add('a2', '2001:db8::2');
  add('b1', '192.0.2.2');
  add('a3', '2001:db8::3');
  add('b2', '192.0.2.2');
  add('c1', '192.0.2.3');
  said();
  a();
  t.same(said(), ['c1 begins']);
});

t.test('floods from two addresses take nothing from a third', async (t) => {
  const { add, inside, said } = crowd({ max: 6, perAddressMax: 2, unfinishedMax: 20 });
  for (let n = 0; n < 100; n += 1) add(`flood ${n}`, `198.51.100.${n % 2}`);
  t.equal(inside.size, 4);
  const gone = said().filter((line) => line.endsWith('is crowded-out'));
  t.equal(gone.length, 80);
  t.equal(gone[0], 'flood 0 is crowded-out', 'the oldest gives way');
  const honest = ['h1', 'h2', 'h3'];
  for (const name of honest) add(name, '192.0.2.1');
  const told = said().filter((line) => !/^flood \d+ begins$/.test(line));
  const [first, second, third] = [80, 81, 82].map((n) => `flood ${n} is crowded-out`);
  t.same(told, [first, 'h1 begins', second, 'h2 begins', third], 'at once, as far as its own address may');
  for (let n = 100; n < 200; n += 1) add(`flood ${n}`, `198.51.100.${n % 2}`);
  const dismissed = said().filter((line) => line.endsWith('crowded-out'));
  t.equal(dismissed.length, 100);
  t.notOk(
    dismissed.some((line) => line.startsWith('h')),
    'who has few stays',
  );
});

t.test('who gives way', async (t) => {
  const of = (other: string) => other.charAt(0);
  const among = (others: readonly string[], newcomer: string) => crowdedOut(new Set(others), of, newcomer);
  t.equal(among([], 'a'), undefined);
  t.equal(among(['a1', 'b1', 'c1'], 'd'), 'a1', 'the oldest of equals, never the newcomer');
  t.equal(among(['a1', 'b1', 'b2'], 'c'), 'b1');
  t.equal(among(['a1', 'b1', 'b2', 'c1', 'c2'], 'c'), 'c1', 'the newcomer is counted');
});

t.test('reports', async (t) => {
  const said: string[] = [];
  const throttle = new Throttle<string>((what, times) => said.push(`${what} ${times}`), 40, 3);
  for (const n of [1, 2, 3, 4]) throttle.say('192.0.2.1', `a${n}`);
  throttle.say('192.0.2.2', 'b1');
  t.same(said.splice(0), ['a1 1', 'b1 1']);
  await sleep(60);
  t.same(said.splice(0), ['a4 3'], 'those that were held back, in one');
  await sleep(80);
  throttle.say('192.0.2.1', 'a5');
  t.same(said.splice(0), ['a5 1'], 'after a silence the next is said at once');
  for (let n = 0; n < 100; n += 1) throttle.say(`198.51.100.${n}`, `c${n}`);
  t.same(said.splice(0), ['c0 1', 'c1 1', 'c2 1'], 'a flood of addresses has one report');
  throttle.close();
  t.same(said, ['c99 97']);
  await sleep(60);
  t.equal(said.length, 1);
});

t.test('at the listener', async (t) => {
  const open = async (options: Partial<Parameters<typeof listenTcp>[0]>) => {
    const accepted: Transport[] = [];
    const refused: Refusal[] = [];
    const listener = await listenTcp(
      { host: '127.0.0.1', port: 0, onRefused: (refusal) => refused.push(refusal), ...options },
      (transport) => accepted.push(transport),
    );
    /** Whether it is let in. */
    const knock = async (localAddress = '127.0.0.1'): Promise<Socket | undefined> => {
      const before = accepted.length;
      const socket = connect({ host: '127.0.0.1', port: listener.address.port, localAddress });
      socket.on('error', () => undefined);
      while (!socket.destroyed && accepted.length === before) await sleep(2);
      return socket.destroyed ? undefined : socket;
    };
    const close = async () => {
      await listener.close();
      for (const transport of accepted) transport.destroy();
    };
    return { knock, accepted, refused, close };
  };

  const narrow = await open({ allowFrom: ['127.0.0.2', '10.0.0.0/8'] });
  t.ok(await narrow.knock('127.0.0.2'));
  t.notOk(await narrow.knock('127.0.0.3'));
  t.match(narrow.refused, [{ address: '127.0.0.3', why: 'not-allowed', times: 1, message: /--allow-from/ }]);
  t.notOk(await narrow.knock('127.0.0.3'));
  t.notOk(await narrow.knock('127.0.0.3'));
  t.equal(narrow.refused.length, 1);
  await narrow.close();
  t.match(narrow.refused[1], { times: 2, message: /\(2 times within the last minute\)/ });

  const small = await open({ connectionsMax: 3, connectionsPerAddressMax: 2 });
  const first = await small.knock('127.0.0.1');
  t.ok(first);
  t.ok(await small.knock('127.0.0.1'));
  t.notOk(await small.knock('127.0.0.1'));
  t.ok(await small.knock('127.0.0.2'));
  t.notOk(await small.knock('127.0.0.3'));
  t.match(small.refused, [
    { address: '127.0.0.1', why: 'connections-per-address-max', message: /has 2 already/ },
    { address: '127.0.0.3', why: 'connections-max', message: /there are 3 already/ },
  ]);
  for (const transport of small.accepted.splice(0, 1)) transport.destroy();
  while (first?.destroyed === false) await sleep(2);
  t.ok(await small.knock('127.0.0.3'), 'a place that was left is free');
  await small.close();
  await t.rejects(open({ allowFrom: ['here'] }), { name: 'ConfigError' });
});
