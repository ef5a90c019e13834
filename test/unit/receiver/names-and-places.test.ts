import {
  bufferDatasetOf,
  expectedRoot,
  Holdings,
  type Inventory,
  isParkable,
  isReservedPath,
  loadLimits,
  mustNotInherit,
  OWN_ROOT,
  parkedName,
  planTree,
  pathOfParked,
  promoteParked,
  promotionOrder,
  type Surroundings,
  targetName,
} from '@zfsync/receiver';
import type { Promotion } from '@zfsync/protocol';
import { type DatasetName, InvalidNameError, parseDatasetName, parseRelativePath, type Zfs } from '@zfsync/zfs';
import t from 'tap';
import { offered, state } from '../../kit/situation.ts';

const d = parseDatasetName;
const p = parseRelativePath;

t.test('the buffer dataset and the names in it', async (t) => {
  t.equal(bufferDatasetOf(d('backup/recv')), 'backup/recv.zfsyncbuffer');
  t.equal(bufferDatasetOf(d('backup')), 'backup/.zfsyncbuffer', 'a pool has no sibling');
  const buffer = bufferDatasetOf(d('zsys/home/zfsync_recv/remote'));
  t.equal(parkedName(buffer, p('/test1'), 10), `${buffer}/2F7465737431`, 'as the model names it');
  t.equal(
    parkedName(buffer, p('/test1/test1.1'), 10),
    `${buffer}/2F74657374312F74657374312E31`,
    'as the model names it',
  );
  for (const path of ['/a b', '/a:b', '/-x/.y', '/A/b']) {
    t.equal(pathOfParked({ name: parkedName(buffer, p(path), 10), zfsyncPath: undefined }), path, 'there and back');
  }
  const long = p(`/${'x'.repeat(60)}/${'y'.repeat(60)}`);
  const digest = parkedName(buffer, long, 30);
  t.match(digest, /\/sha256-[0-9a-f]{64}$/, 'hexadecimal would be too long');
  t.equal(pathOfParked({ name: digest, zfsyncPath: long }), long);
  t.equal(pathOfParked({ name: digest, zfsyncPath: undefined }), undefined, 'a digest alone says nothing');
  const short = p('/ab');
  const room = 255 - `${buffer}/2F6162@`.length;
  t.match(parkedName(buffer, short, room), /2F6162$/, 'just fits with the longest snapshot name');
  t.match(parkedName(buffer, short, room + 1), /sha256-/, 'one byte more does not');
  for (const name of ['hello', '2F', '2', '2f61', '61', '2F2E2E', '2F612F']) {
    const found = pathOfParked({ name: d(`${buffer}/${name}`), zfsyncPath: undefined });
    t.equal(found, undefined, `${name} is none of ours`);
  }
  t.ok(isReservedPath(p('/a/x.zfsyncbuffer/b')));
  t.ok(isReservedPath(p('/.zfsyncbuffer')));
  t.notOk(isReservedPath(p('/zfsyncbuffer')));
  t.throws(() => targetName(d('backup'), p(`/${'x'.repeat(200)}`), 100), InvalidNameError);
});

function around(change: Partial<Surroundings> = {}): Surroundings {
  return {
    ancestor: d('backup'),
    ancestorGuid: 1n,
    ancestorAvailable: 1n,
    targetParentRoot: undefined,
    bufferRoot: undefined,
    inPlaceRoot: () => 'absent',
    ownsRoot: () => false,
    offered: () => undefined,
    ...change,
  };
}

t.test('what may be parked', async (t) => {
  const pool = d('backup');
  const tree = (raw: Record<string, boolean>) => (path: string) =>
    path in raw ? offered(path, 'a', { raw: raw[path] ?? false }) : undefined;
  const plain = tree({ '': false, '/a': false, '/a/b': false });

  t.ok(isParkable(p('/a'), around({ offered: plain })), 'nothing encrypted anywhere');
  t.ok(isParkable(p('/a'), around({ offered: plain, targetParentRoot: pool, bufferRoot: pool })), 'one root for both');
  t.notOk(isParkable(p('/a'), around({ offered: plain, targetParentRoot: pool })), 'would arrive unencrypted');
  t.notOk(
    isParkable(p('/a/b'), around({ offered: plain, inPlaceRoot: (path) => (path === '' ? d('backup/r') : 'absent') })),
    'the target is its own encryption root',
  );
  const mixed = tree({ '': true, '/a': false, '/a/b': false, '/raw': true });
  t.ok(isParkable(p('/raw'), around({ offered: mixed, targetParentRoot: pool })), 'raw brings its own root');
  t.equal(expectedRoot(p('/raw'), around({ offered: mixed })), OWN_ROOT);
  t.ok(isParkable(p('/a'), around({ offered: mixed, bufferRoot: pool })), 'unencrypted below encrypted at the source');
  t.ok(mustNotInherit(p('/a'), pool, around({ offered: mixed })), '… and stays so');
  t.ok(mustNotInherit(p('/a/b'), pool, around({ offered: mixed })), '… and its children');
  t.notOk(mustNotInherit(p('/a'), undefined, around({ offered: mixed })), 'nothing to inherit');
  t.notOk(
    mustNotInherit(p('/a'), pool, around({ offered: plain, targetParentRoot: pool })),
    'the operator’s encryption',
  );
});

/** A `Zfs` that records renames and has these datasets. */
function recorder(existing: string[]): { zfs: Zfs; renames: string[] } {
  const renames: string[] = [];
  const names = new Set(existing);
  const zfs = {
    rename: (from: DatasetName, to: DatasetName) => {
      if (!names.delete(from)) return Promise.reject(new Error(`no ${from}`));
      names.add(to);
      renames.push(`${from} → ${to}`);
      return Promise.resolve();
    },
    inheritProperty: () => Promise.resolve(),
  };
  return { zfs: zfs as unknown as Zfs, renames };
}

t.test('promotion', async (t) => {
  t.same(promotionOrder(['/b', '/a/x/y', '/a', '/a/x'].map(p)), ['/a', '/b', '/a/x', '/a/x/y']);

  const root = d('backup/r');
  const buffer = bufferDatasetOf(root);
  const holdings = new Holdings();
  const park = (path: string) => {
    const name = parkedName(buffer, p(path), 1);
    holdings.parked.set(p(path), { name, newest: 1n, encryptionRoot: undefined });
    return name;
  };
  const inPlace = (path: string) =>
    holdings.inPlace.set(p(path), { name: d(root + path), newest: 1n, encryptionRoot: undefined });
  inPlace('');
  inPlace('/taken');
  const { zfs, renames } = recorder(['/t', '/t/u', '/taken', '/lost/x'].map(park));
  const made: string[] = [];
  const promotions: Promotion[] = [];
  const work = promoteParked({
    zfs,
    holdings,
    targetOf: (path) => d(root + path),
    makeAncestors: (path) => {
      const missing = holdings.missingAncestors(path);
      if (missing.includes(p('/lost'))) return Promise.resolve(undefined);
      made.push(...missing);
      return Promise.resolve(missing);
    },
  });
  for await (const promotion of work) promotions.push(promotion);
  t.same(
    promotions.map(({ path, outcome }) => `${path} ${outcome}`),
    ['/t promoted', '/taken conflict', '/lost/x waiting', '/t/u promoted'],
  );
  t.same(renames, [`${buffer}/2F74 → backup/r/t`, `${buffer}/2F742F75 → backup/r/t/u`], 'parents first');
  t.same(made, []);
  t.same([...holdings.parked.keys()], ['/taken', '/lost/x'], 'what did not move stays parked');
});

t.test('below a foreign dataset nothing new is put, below a placeholder it is', async (t) => {
  const root = d('backup/r');
  const encrypted = { encryption: 'aes-256-gcm', encryptionRoot: d('backup') };
  const inventory: Inventory = {
    targetId: '0123456789abcdef',
    inPlace: new Map([
      [p(''), state('backup/r', 'a')],
      [p('/foreign'), state('backup/r/foreign', 'x')],
      [p('/foreign/known'), state('backup/r/foreign/known', 'a')],
      [p('/mid'), state('backup/r/mid', '', { placeholder: true, ...encrypted })],
    ]),
    parked: new Map(),
    strangers: [],
    buffer: bufferDatasetOf(root),
    bufferEntry: undefined,
  };
  const paths = ['', '/foreign', '/foreign/known', '/foreign/new', '/mid', '/mid/new'].map(p);
  const tree = new Map(paths.map((path) => [path, offered(path, 'a b')]));
  const zfs = { isEmpty: () => Promise.resolve(true) } as unknown as Zfs;
  const location = { root, asPath: p(''), target: root };
  const decisions = await planTree({
    zfs,
    location,
    offered: tree,
    inventory,
    policy: 'fail',
    appendOnly: false,
    onNoClone: () => undefined,
    verdicts: new Map(),
    since: new Date(0),
    surroundings: () => Promise.resolve(around()),
    limits: () => Promise.reject(new Error('nothing is to be parked')),
  });
  const kinds = [...decisions].map(([path, { decision }]) => {
    return `${path || '/'} ${decision.kind === 'refused' ? decision.failure.code : decision.kind}`;
  });
  t.same(kinds, [
    '/ incremental',
    '/foreign conflict',
    '/foreign/known incremental',
    '/foreign/new PARENT_IN_CONFLICT',
    '/mid conflict',
    '/mid/new full',
  ]);
});

t.test('nothing leaves a limit', async (t) => {
  const root = d('backup/r');
  const location = { root, asPath: p('/peer'), target: d('backup/r/peer') };
  const has = (drawn: Record<string, string>) =>
    new Map(Object.entries(drawn).map(([path, versions]) => [p(path), state(`backup/r/peer${path}`, versions)]));
  const inPlace = has({ '': 'a', '/old': 'a z', '/old/good': 'a', '/old/good/deep': 'a', '/alone': 'a z' });
  const parked = has({ '/lost/kid': 'a', '/late/kid': 'a' });
  const paths = ['', '/old', '/old/good', '/old/good/deep', '/alone', '/new', '/new/kid', '/late', '/late/kid'];
  const tree = new Map(paths.map((path) => [p(path), offered(path, 'a b')]));
  const asked: string[] = [];
  const limitsOf = (drawn: Record<string, Record<string, string>>) => {
    const of = (name: string) => new Map(Object.entries({ quota: '0', snapshot_limit: NONE, ...drawn[name] }));
    const zfs = {
      getProperties: async (name: DatasetName) => {
        asked.push(name);
        return of(name);
      },
      listProperties: async () =>
        new Map(
          [...inPlace.values()].map(({ entry }) => [entry.name, new Map(Object.entries(drawn[entry.name] ?? {}))]),
        ),
    } as unknown as Zfs;
    return loadLimits(zfs, location, { inPlace }, root, new AbortController().signal);
  };
  const decided = async (drawn: Record<string, Record<string, string>>) => {
    const decisions = await planTree({
      zfs: {} as Zfs,
      location,
      offered: tree,
      inventory: {
        targetId: '',
        inPlace,
        parked,
        strangers: [],
        buffer: bufferDatasetOf(root),
        bufferEntry: undefined,
      },
      policy: 'keep-both',
      appendOnly: false,
      onNoClone: () => undefined,
      verdicts: new Map(),
      since: new Date(0),
      surroundings: () => Promise.resolve(around()),
      limits: () => limitsOf(drawn),
    });
    const said = (path: string) => decisions.get(p(path));
    return {
      aside: ['/old', '/alone'].filter((path) => said(path)?.decision.kind === 'full'),
      waiting: paths.filter((path) => said(path)?.afterParent),
      message: (path: string) => {
        const decision = said(path)?.decision;
        return decision?.kind === 'conflict' ? decision.message : undefined;
      },
    };
  };
  const bare = ({ aside, waiting }: Awaited<ReturnType<typeof decided>>) => ({ aside, waiting });
  const NONE = '18446744073709551615';
  const free = { aside: ['/old', '/alone'], waiting: ['/old/good', '/old/good/deep'] };
  t.same(bare(await decided({})), free, 'there is none');
  t.same(new Set(asked), new Set(['backup/r']), 'not what is above TARGET');
  t.same(bare(await decided({ backup: { quota: '1' } })), free, 'the buffer dataset counts for it, too');
  t.same(bare(await decided({ 'backup/r': { refquota: '1' } })), free, 'it does not count what is below');

  const stays = { aside: ['/alone'], waiting: ['/new/kid', '/late/kid'] };
  for (const [on, limit] of [
    ['backup/r', { quota: '1' }],
    ['backup/r/peer', { filesystem_limit: '0' }],
    ['backup/r/peer', { snapshot_limit: '9' }],
  ] as const) {
    const what = await decided({ [on]: limit });
    t.same(bare(what), stays, `${on} ${JSON.stringify(limit)}`);
    t.match(
      what.message('/old'),
      `keep-both cannot be carried out: ${on} has a ${Object.keys(limit).join()}, and /old/good`,
    );
  }
  const own = await decided({ 'backup/r/peer/alone': { quota: '1' } });
  t.same(bare(own), { aside: ['/old'], waiting: free.waiting });
  t.match(own.message('/alone'), /peer\/alone has a quota, which what is set aside would not count for; rename it/);
  const within = await decided({ 'backup/r/peer/old/good': { quota: '1' } });
  t.match(
    within,
    { aside: ['/alone'], waiting: [] },
    'what would be parked with its limit takes along what is below it',
  );
});
