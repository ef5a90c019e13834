/** What peers share: connections, places for streams, memory for offers, turns at planning. */
import { setTimeout as sleep } from 'node:timers/promises';
import { limits, type Offer } from '@zfsync/protocol';
import {
  OfferBudget,
  Pace,
  type Place,
  type PlaceTimes,
  StreamPlaces,
  Turns,
  whyNoConnection,
  whyNoSession,
} from '@zfsync/receiver';
import t from 'tap';

const KIB = 1024;

class Clock {
  ms = 0;
  readonly now = () => this.ms;
}

/** Places whose streams do nothing by themselves. */
class Bed {
  readonly clock = new Clock();
  readonly places: StreamPlaces;
  readonly running: string[] = [];
  readonly ended: string[] = [];
  readonly place = new Map<string, Place>();

  constructor(max: number, times: PlaceTimes = {}) {
    this.places = new StreamPlaces({ max, now: this.clock.now, reviewMs: 3_600_000, ...times });
  }

  /** @returns how to be done, or to go while it waits */
  async ask(peer: string | undefined, what: string): Promise<() => Promise<void>> {
    const [done, gone] = [new AbortController(), new AbortController()];
    const session = peer ?? what;
    const work = this.places.admit({ name: peer, session }, gone.signal, async (place) => {
      this.running.push(what);
      this.place.set(what, place);
      place.pace.waiting();
      place.wanted.addEventListener('abort', () => {
        this.ended.push(what);
      });
      await new Promise((resolve) => {
        done.signal.addEventListener('abort', resolve);
      });
      this.running.splice(this.running.indexOf(what), 1);
    });
    work.catch(() => undefined);
    await sleep(0);
    return async () => {
      done.abort();
      gone.abort(new Error('gone'));
      await work.catch(() => undefined);
      await sleep(0);
    };
  }

  /** Time passes in which these streams bring so many bytes each second. */
  pass(seconds: number, bytes: Readonly<Record<string, number>> = {}): void {
    for (let n = 0; n < seconds; n += 1) {
      this.clock.ms += 1000;
      for (const [what, count] of Object.entries(bytes)) {
        const pace = this.place.get(what)?.pace;
        pace?.headCame();
        pace?.working(count);
        pace?.waiting();
      }
      this.places.review();
    }
  }
}

t.test('greedy peers leave connections to others', (t) => {
  const held: string[] = [];
  const takeAll = (name: string) => {
    let took = 0;
    for (; whyNoConnection(name, held) === undefined; took += 1) held.push(name);
    return took;
  };
  t.equal(takeAll('a'), 256);
  t.match(whyNoConnection('a', held), 'a has 256 connections already');
  t.same(['b', 'c', 'd', 'e'].map(takeAll), [256, 256, 128, 64]);
  t.match(whyNoConnection('d', held), /^d has 128 connections already, and there are only 64 left/);
  t.equal(whyNoConnection('f', held), undefined);
  t.end();
});

t.test('greedy peers leave sessions to others', (t) => {
  const held: (string | undefined)[] = [];
  const takeAll = (name: string | undefined) => {
    let took = 0;
    for (; whyNoSession(name, held) === undefined; took += 1) held.push(name);
    return took;
  };
  t.same([undefined, 'a', 'b', 'c', 'd', 'e'].map(takeAll), [32, 32, 32, 32, 32, 32]);
  t.equal(whyNoSession('e', held), 'e has 32 sessions already');
  t.equal(whyNoSession(undefined, held), 'peers without a name have 32 sessions already');
  t.same(['f', 'g', 'h'].map(takeAll), [32, 16, 8]);
  t.equal(whyNoSession('h', held), 'h has 8 sessions already, and there are only 8 left for all other peers');
  t.equal(whyNoSession('i', held), undefined);
  t.end();
});

t.test('a free place goes to the peer that has the fewest', async (t) => {
  const bed = new Bed(3);
  t.equal(bed.places.maxOf('a'), 2);
  t.equal(bed.places.maxOf(undefined), 3);
  const a1 = await bed.ask('a', 'a1');
  const a2 = await bed.ask('a', 'a2');
  const a3 = await bed.ask('a', 'a3');
  t.same(bed.running, ['a1', 'a2'], 'it leaves one to the others');
  const b1 = await bed.ask('b', 'b1');
  const b2 = await bed.ask('b', 'b2');
  const c1 = await bed.ask('c', 'c1');
  const c2 = await bed.ask('c', 'c2');
  t.same(bed.running, ['a1', 'a2', 'b1']);
  await a1();
  t.same(bed.running, ['a2', 'b1', 'c1'], 'who has none, though others came before');
  await a2();
  t.same(bed.running, ['b1', 'c1', 'a3']);
  await b1();
  t.same(bed.running, ['c1', 'a3', 'b2']);
  await c2();
  await a3();
  t.same(bed.running, ['c1', 'b2'], 'who has gone does not get one');
  await Promise.all([b2(), c1()]);
  const [x, y] = [await bed.ask(undefined, 'x'), await bed.ask(undefined, 'y')];
  t.same(bed.running, ['x', 'y'], 'where nobody is known');
  bed.place.get('x')?.leave();
  const d = await Promise.all(['d1', 'd2'].map((what) => bed.ask('d', what)));
  t.same(bed.running, ['x', 'y', 'd1', 'd2'], 'a place that was left before the end is free');
  await Promise.all([x(), y(), ...d.map((done) => done())]);
  t.same(bed.running, []);
});

t.test('two peers that dribble give a place up to a third', async (t) => {
  const bed = new Bed(4);
  for (const what of ['a1', 'a2', 'a3']) await bed.ask('a', what);
  const b1 = await bed.ask('b', 'b1');
  const dribble = { a1: 10, a2: 1, a3: 70 * KIB, b1: 1 };
  bed.pass(600, dribble);
  t.same(bed.ended, [], 'nobody is cut for being slow while nobody waits');
  await bed.ask('a', 'a4');
  bed.pass(600, dribble);
  t.same(bed.ended, [], 'nor for a peer that has a place');
  const c1 = await bed.ask('c', 'c1');
  bed.pass(59, dribble);
  t.same(bed.ended, []);
  bed.pass(2, dribble);
  t.same(bed.ended, ['a2'], 'the slowest of the peer that has the most');
  t.match(bed.place.get('a2')?.wanted.reason, { code: 'PLACE_WANTED', retry: 'backoff', message: /behind 64 KiB\/s/ });
  bed.pass(600, dribble);
  t.same(bed.ended, ['a2'], 'one for each who waits');
  bed.place.get('a2')?.leave();
  await sleep(0);
  t.ok(bed.running.includes('c1'));
  await Promise.all([b1(), c1()]);
});

t.test('who is at a fair pace, or waits for zfs, stays', async (t) => {
  const bed = new Bed(2);
  await bed.ask('a', 'a1');
  await bed.ask('b', 'b1');
  await bed.ask('c', 'c1');
  const fair = { a1: 64 * KIB, b1: 64 * KIB };
  bed.pass(300, fair);
  t.same(bed.ended, []);
  bed.place.get('a1')?.pace.working(1);
  bed.place.get('b1')?.pace.working(1);
  bed.pass(600);
  t.same(bed.ended, [], 'zfs receive may take its time');
  bed.place.get('b1')?.pace.waiting();
  bed.pass(59);
  t.same(bed.ended, []);
  bed.clock.ms += 2000;
  bed.place.get('b1')?.pace.working(0);
  bed.pass(2);
  t.same(bed.ended, [], 'nor is it ended while zfs works on the last of it');
  bed.place.get('b1')?.pace.waiting();
  bed.pass(2);
  t.same(bed.ended, ['b1']);
});

t.test('a stream that does not begin is not waited for', async (t) => {
  const bed = new Bed(2);
  await bed.ask('a', 'a1');
  const b1 = await bed.ask('b', 'b1');
  bed.pass(600, { b1: 1 });
  t.same(bed.ended, [], 'unless nobody else waits');
  const c1 = await bed.ask('c', 'c1');
  bed.pass(1, { b1: 1 });
  t.same(bed.ended, ['a1']);
  t.match(bed.place.get('a1')?.wanted.reason, { code: 'PLACE_WANTED', message: /nothing with which a stream begins/ });
  await c1();
  await b1();
});

t.test('who waits is looked after by itself', async (t) => {
  const bed = new Bed(1, { reviewMs: 5 });
  await bed.ask('a', 'a1');
  const b1 = await bed.ask('b', 'b1');
  bed.clock.ms += 60_000;
  for (let tries = 0; bed.ended.length === 0 && tries < 200; tries += 1) await sleep(5);
  t.same(bed.ended, ['a1']);
  await b1();
});

t.test('pace', (t) => {
  const clock = new Clock();
  const pace = new Pace({ slowBytesPerSecond: 1000, behindMsMax: 5000, now: clock.now });
  clock.ms += 1000;
  t.equal(pace.behindMs, 0, 'before it is the turn of the peer');
  pace.waiting();
  clock.ms += 3000;
  t.equal(pace.behindMs, 3000);
  t.equal(pace.headlessMs, 3000);
  pace.working(2000);
  clock.ms += 9000;
  t.equal(pace.behindMs, 1000);
  pace.waiting();
  pace.headCame();
  t.equal(pace.headlessMs, 0);
  clock.ms += 90_000;
  t.equal(pace.behindMs, 5000, 'what was long ago is forgotten');
  pace.working(1_000_000);
  pace.waiting();
  clock.ms += 10;
  t.equal(pace.behindMs, 10, 'nothing is saved up');
  t.end();
});

function offerOf(versions: number): Offer {
  // As far as it is counted.
  const dataset = { versions: { length: versions }, properties: [] };
  return { datasets: [dataset], leftOut: [] } as unknown as Offer;
}

t.test('the memory for offers', (t) => {
  const budget = new OfferBudget();
  const largest = offerOf(limits.offeredVersionsMax);
  const tooLarge = { code: 'OFFERS_TOO_LARGE', retry: 'backoff' };
  const [first, second, other] = [budget.share('mallory'), budget.share('mallory'), budget.share('carol')];
  first.take(largest);
  t.throws(() => {
    second.take(largest);
  }, tooLarge);
  other.take(largest);
  for (const greedy of ['mallory', 'carol', 'trudy', undefined]) {
    const share = budget.share(greedy);
    t.throws(() => {
      for (;;) share.take(offerOf(5000));
    }, tooLarge);
  }
  t.throws(() => {
    budget.share(undefined).take(offerOf(5000));
  }, tooLarge);
  const honest = ['one', 'two'].map((name) => budget.share(name));
  for (const share of honest) share.take(offerOf(119_000));
  t.throws(
    () => {
      honest[0]?.take(offerOf(10_000));
    },
    tooLarge,
    'what goes beyond its own comes from what is for all',
  );
  for (const share of [first, other, ...honest]) share.release();
  second.take(largest);
  t.end();
});

t.test('the largest offer that is allowed finds room', (t) => {
  const properties = [{ name: 'p', value: 'v'.repeat(limits.offerPropertiesBytesMax / limits.offeredDatasetsMax - 1) }];
  const versions = { length: limits.offeredVersionsMax / limits.offeredDatasetsMax };
  const datasets = Array.from({ length: 1000 }, () => ({ versions, properties }));
  const page = { datasets, leftOut: [] } as unknown as Offer;
  const budget = new OfferBudget();
  for (const peer of ['one', 'two']) {
    const share = budget.share(peer);
    for (let taken = 0; taken < limits.offeredDatasetsMax; taken += 1000) share.take(page);
  }
  t.pass('of two peers at once');
  t.end();
});

t.test('what was given back can be had again, to the last version', (t) => {
  const budget = new OfferBudget();
  const whole = (name: string | undefined) => {
    let took = 0;
    const share = budget.share(name);
    try {
      for (; ; took += 1) share.take(offerOf(996));
    } catch {
      share.release();
    }
    return took;
  };
  const [unknown, known] = [whole(undefined), whole('one')];
  t.equal(unknown, 5871);
  t.equal(known, 2935);
  t.same([whole('one'), whole('two'), whole(undefined)], [known, known, unknown]);
  t.end();
});

t.test('turns', async (t) => {
  const turns = new Turns(2);
  const events: string[] = [];
  const ends = new Map<string, () => void>();
  const take = (name: string | undefined, what: string) =>
    turns.take({ name, session: what }, () => {
      events.push(what);
      return new Promise<void>((resolve) => ends.set(what, resolve));
    });
  const all = [
    ...['a1', 'a2', 'a3', 'a4'].map((what) => take('a', what)),
    take('b', 'b1'),
    ...['x1', 'x2', 'x3'].map((what) => take(undefined, what)),
  ];
  await sleep(0);
  t.same(events.splice(0), ['a1', 'a2', 'b1', 'x1', 'x2', 'x3']);
  ends.get('a2')?.();
  await sleep(0);
  t.same(events.splice(0), ['a3']);
  ends.get('a1')?.();
  await sleep(0);
  for (const end of ends.values()) end();
  await Promise.all(all);
  t.equal(turns.peers, 0, 'who has nothing to do is forgotten');
  const one = new Turns(1);
  const asker = { name: 'a', session: '' };
  const [fails, follows] = [
    one.take(asker, () => Promise.reject(new Error('x'))),
    one.take(asker, () => Promise.resolve('done')),
  ];
  t.equal(one.peers, 1);
  await t.rejects(fails, { message: 'x' });
  t.equal(await follows, 'done', 'work that fails gives its turn back');
  t.equal(one.peers, 0);
  await t.rejects(
    one.take(asker, () => Promise.reject(new Error('y'))),
    { message: 'y' },
  );
  t.equal(one.peers, 0, 'and leaves nothing behind');
});
