/** What is set on what is received, what its streams are like, and what a peer's record may say of it: pure. */
import {
  decide,
  effectivePolicy,
  flagsOfTarget,
  formatStreamFlags,
  mixedUp,
  NO_MIRROR,
  NO_PROPERTIES,
  parsePeerPolicy,
  parseStreamFlags,
  peerPolicy,
  policyFlags,
  type PolicyFlags,
  policyOf,
  type PropertyPolicy,
  propertyPolicyOf,
  type ReceivedDataset,
  receiveProperties,
  type SessionPolicy,
  tidyPolicyOf,
  withheldProperties,
} from '@zfsync/receiver';
import t from 'tap';
import { entry, offered, state } from '../../kit/situation.ts';

const properties = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }));
const dataset = (change: Partial<ReceivedDataset> = {}): ReceivedDataset => ({
  type: 'filesystem',
  offered: [],
  ownsKey: false,
  full: true,
  isRoot: false,
  needed: {},
  ...change,
});
const policy = (change: Partial<PropertyPolicy>): PropertyPolicy => ({ ...NO_PROPERTIES, ...change });

const SOURCE = properties({
  compression: 'lz4',
  mountpoint: '/etc',
  setuid: 'on',
  canmount: 'on',
  refreservation: '1024',
  'team:owner': 'ann',
  'team:secret': 'x',
  'com.sun:auto-snapshot': 'true',
  'com.sun:auto-snapshot:daily': 'true',
  'org.openzfs.systemd:required-by': 'x.service',
  'zfsync:stream': 'w',
  volsize: '1',
});

t.test('by default nothing of the source is taken over, and nothing mounts', async (t) => {
  const child = receiveProperties(NO_PROPERTIES, dataset({ offered: SOURCE }));
  t.same(child.set, { canmount: 'noauto' });
  const obeyed = ['mountpoint', 'sharenfs', 'sharesmb', 'setuid', 'exec', 'devices', 'readonly', 'quota', 'volmode'];
  for (const name of [...obeyed, 'snapdev']) {
    t.ok(child.exclude.includes(name), `-x ${name}`);
  }
  const root = receiveProperties(NO_PROPERTIES, dataset({ isRoot: true }));
  t.same(root.set, { canmount: 'noauto', readonly: 'on' });
  t.notOk(root.exclude.includes('readonly'), 'zfs takes no property twice');
  const volume = receiveProperties(NO_PROPERTIES, dataset({ type: 'volume', isRoot: true }));
  t.same(volume.set, { volmode: 'none', readonly: 'on' }, 'no device for what a stranger has written');
  t.same(volume.exclude, ['snapdev', 'reservation', 'refreservation', 'dedup']);
  const later = receiveProperties(NO_PROPERTIES, dataset({ type: 'volume', full: false }));
  t.same(later.set, {}, 'what the operator has settled since stays');
  t.ok(later.exclude.includes('volmode'));
  for (const change of [{ pass: ['volmode'] }, { set: { volmode: 'dev' } }]) {
    const device = dataset({ type: 'volume', offered: properties({ volmode: 'dev' }) });
    t.equal(receiveProperties(policy(change), device).set['volmode'], 'dev', 'the operator’s word');
  }
  t.same(
    receiveProperties(NO_PROPERTIES, dataset({ full: false, isRoot: true })).set,
    {},
    'the operator’s from then on',
  );
});

t.test('what is passed', async (t) => {
  const table: [string, Partial<PropertyPolicy>, string[]][] = [
    ['nothing', {}, []],
    ['by name', { pass: ['compression', 'mountpoint'] }, ['compression', 'mountpoint']],
    ['all: what is harmless', { pass: ['all'] }, ['compression', 'team:owner', 'team:secret']],
    ['user properties', { pass: ['user:'] }, ['team:owner', 'team:secret']],
    ['those of a module', { pass: ['team:'] }, ['team:owner', 'team:secret']],
    ['what programs act on, by its name alone', { pass: ['com.sun:auto-snapshot'] }, ['com.sun:auto-snapshot']],
    ['but for one', { pass: ['all'], exclude: ['team:secret'] }, ['compression', 'team:owner']],
    ['but for a module', { pass: ['all'], exclude: ['team:'] }, ['compression']],
    ['a dangerous one beside all', { pass: ['all', 'setuid'] }, ['compression', 'setuid', 'team:owner', 'team:secret']],
    ['never ours, nor what comes with the stream', { pass: ['zfsync:stream', 'volsize'] }, []],
  ];
  for (const [what, change, passed] of table) {
    const { set, exclude } = receiveProperties(policy(change), dataset({ offered: SOURCE }));
    const expected = SOURCE.filter(({ name }) => passed.includes(name));
    t.same(set, { canmount: 'noauto', ...Object.fromEntries(expected.map(({ name, value }) => [name, value])) }, what);
    t.notOk(
      exclude.some((name) => name in set),
      'nothing is set and excluded at once',
    );
    const withheld = withheldProperties(policy(change), [{ properties: SOURCE }, { properties: SOURCE }]);
    t.same([...withheld, ...passed].sort(), SOURCE.map(({ name }) => name).sort(), `${what}: the rest is said`);
  }
  const strange = properties({ 'team:a': 'x\nmountpoint=/etc', 'team:b': 'x'.repeat(8192), 'team:c': 'fine' });
  t.same(receiveProperties(policy({ pass: ['all'] }), dataset({ offered: strange })).set, {
    canmount: 'noauto',
    'team:c': 'fine',
  });
});

t.test('what is set, and what goes before what', async (t) => {
  const both = policy({ pass: ['all', 'canmount'], set: { compression: 'zstd', atime: 'off', 'team:owner': 'us' } });
  const needed = { 'zfsync:stream': 'Lc', encryption: 'off' };
  const full = receiveProperties(both, dataset({ offered: SOURCE, needed }));
  const own = { compression: 'zstd', 'team:owner': 'us', 'team:secret': 'x' };
  t.same(full.set, { canmount: 'on', ...own, atime: 'off', ...needed }, 'needed over set over passed over default');
  t.same(receiveProperties(both, dataset({ offered: SOURCE, full: false })).set, {
    canmount: 'on',
    ...own,
    atime: 'off',
  });
  t.same(receiveProperties(both, dataset({ offered: SOURCE, type: 'volume' })).set, { volmode: 'none', ...own });
  const key = policy({ set: { keylocation: 'file:///key' } });
  t.same(receiveProperties(key, dataset({ ownsKey: true })).set, { canmount: 'noauto', keylocation: 'file:///key' });
  for (const change of [{}, { ownsKey: true, full: false }]) {
    t.notOk('keylocation' in receiveProperties(key, dataset(change)).set, 'ZFS would refuse it');
  }
  const readonly = receiveProperties(policy({ set: { readonly: 'off' } }), dataset({ isRoot: true }));
  t.equal(readonly.set['readonly'], 'off', 'the operator’s word');
});

t.test('the flags', async (t) => {
  t.equal(propertyPolicyOf({}), undefined);
  t.same(
    propertyPolicyOf({
      passProperties: 'all,mountpoint,team:',
      setProperty: ['compression=zstd-3', 'a:b=c=d', 'a:empty='],
      excludeProperty: ['atime,x:y', 'recordsize'],
    }),
    {
      pass: ['all', 'mountpoint', 'team:'],
      set: { compression: 'zstd-3', 'a:b': 'c=d', 'a:empty': '' },
      exclude: ['atime', 'x:y', 'recordsize'],
    },
  );
  const wrong: [Parameters<typeof propertyPolicyOf>[0], RegExp][] = [
    [{ passProperties: '' }, /--pass-properties: "" is not/],
    [{ passProperties: 'Compression' }, /"Compression" is not the name/],
    [{ passProperties: 'zfsync:stream' }, /zfsync's own/],
    [{ passProperties: 'encryption' }, /encryption comes with the stream/],
    [{ setProperty: ['compression'] }, /NAME=VALUE, not "compression"/],
    [{ setProperty: ['=x'] }, /NAME=VALUE/],
    [{ setProperty: ['team:=x'] }, /--set-property: "team:" is not/],
    [{ setProperty: ['all=x', 'all=y'] }, /set twice/],
    [{ setProperty: ['a:b=x\u0007'] }, /control characters/],
    [{ setProperty: ['volsize=1G'] }, /--set-property: volsize comes with/],
    [{ setProperty: ['a:b=x'], excludeProperty: ['a:'] }, /a:b is in --set-property and in --exclude-property/],
    [{ passProperties: 'atime', excludeProperty: ['atime'] }, /atime is in --pass-properties and in/],
  ];
  for (const [flags, message] of wrong) t.throws(() => propertyPolicyOf(flags), { name: 'ConfigError', message });
});

t.test('a peer’s policy', async (t) => {
  const defaults: SessionPolicy = {
    onConflict: 'fail',
    hold: false,
    appendOnly: false,
    properties: NO_PROPERTIES,
    keep: undefined,
    mirror: NO_MIRROR,
  };
  t.same(parsePeerPolicy({}), {});
  t.same(effectivePolicy(defaults, {}), defaults);
  const full = {
    onConflict: 'rollback',
    hold: true,
    appendOnly: false,
    properties: { pass: ['all'], set: { atime: 'off' }, exclude: ['a:'] },
    keep: { list: '24h,7d', classes: { daily: 3 }, names: ['auto-*'], template: 'zfsync_%Y%m%d-%H%M%SZ_<class>' },
    mirror: { snapshots: true, datasets: 'aside', after: 60 },
  };
  t.same(parsePeerPolicy(full), full);
  t.same(effectivePolicy(defaults, parsePeerPolicy(full)), full);
  t.same(effectivePolicy(defaults, parsePeerPolicy({ appendOnly: true })), { ...defaults, appendOnly: true });
  t.same(parsePeerPolicy({ properties: { pass: ['all'] } }).properties, policy({ pass: ['all'] }));
  t.same(effectivePolicy({ ...defaults, hold: true }, { hold: false }).hold, false, 'its own word counts');
  const keeping = effectivePolicy(defaults, parsePeerPolicy({ keep: { list: '7d' } }));
  t.match(keeping.keep, { list: '7d', classes: {}, names: [] });
  t.equal(effectivePolicy(keeping, { keep: false }).keep, undefined, 'all, against the receiver’s word');
  t.same(effectivePolicy(keeping, { hold: true }).keep, keeping.keep);
  t.same(tidyPolicyOf({ ...keeping, mirror: { snapshots: true, datasets: 'destroy', after: 0 }, appendOnly: true }), {
    keep: undefined,
    mirror: NO_MIRROR,
  });
  const wrong: [unknown, RegExp][] = [
    [undefined, /the policy takes an object/],
    [{ keep: true }, /keep takes an object, not true/],
    [{ keep: {} }, /keep.list or keep.classes.… must say how many/],
    [{ keep: { list: '7x' } }, /keep.list takes counts/],
    [{ keep: { list: '7d', for: 1 } }, /keep has no field "for"/],
    [{ keep: { classes: { dayly: 1 } } }, /keep.classes.dayly: there is no such class/],
    [{ keep: { classes: { daily: 1.5 } } }, /keep.classes.daily takes a number/],
    [{ keep: { classes: { daily: 1 }, template: 'a%Y%m%d%H%M%S' } }, /needs <class> in keep.template/],
    [{ keep: { list: '7d', names: ['{a}'] } }, /keep.names "{a}"/],
    [{ mirror: { datasets: 'gone' } }, /mirror.datasets takes one of keep, aside, destroy, not "gone"/],
    [{ mirror: { after: -1 } }, /mirror.after takes seconds, not -1/],
    [{ mirror: { snapshots: 1 } }, /mirror.snapshots takes true or false/],
    [{ keep: { list: '7d' }, appendOnly: true }, /appendOnly and keep contradict/],
    [{ mirror: { datasets: 'destroy' }, appendOnly: true }, /appendOnly and mirror datasets=destroy contradict/],
    [[], /the policy takes an object, not \[\]/],
    [{ onconflict: 'fail' }, /the policy has no field "onconflict"/],
    [{ onConflict: 'destroy' }, /onConflict takes one of fail, keep-both, rollback, not "destroy"/],
    [{ hold: 'yes' }, /hold takes true or false, not "yes"/],
    [{ appendOnly: 1 }, /appendOnly takes true or false/],
    [{ properties: [] }, /properties takes an object/],
    [{ properties: { pass: 'all' } }, /properties.pass takes a list of strings/],
    [{ properties: { exclude: [1] } }, /properties.exclude takes a list/],
    [{ properties: { set: { atime: 1 } } }, /properties.set.atime takes a string/],
    [{ properties: { set: { keyformat: 'raw' } } }, /properties.set: keyformat comes with the stream/],
    [{ properties: { allow: [] } }, /properties has no field "allow"/],
  ];
  for (const [json, message] of wrong) t.throws(() => parsePeerPolicy(json), { name: 'ConfigError', message });
});

t.test('the flags of retention and mirroring', async (t) => {
  t.same(peerPolicy({}), {});
  t.same(peerPolicy({ keep: false }), { keep: false });
  t.match(peerPolicy({ keep: '7d', keepDaily: '3', keepNames: ['auto-*'] }), {
    keep: { list: '7d', classes: { daily: 3 }, names: ['auto-*'] },
  });
  t.equal(policyOf({ keep: false }).keep, undefined);
  for (const [text, mirror] of [
    ['none', NO_MIRROR],
    ['snapshots', { snapshots: true, datasets: 'keep', after: 0 }],
    ['datasets=aside, snapshots', { snapshots: true, datasets: 'aside', after: 0 }],
    ['datasets=destroy,after=30d', { snapshots: false, datasets: 'destroy', after: 2_592_000 }],
  ] as const) {
    t.same(peerPolicy({ mirror: text }).mirror, mirror, text);
  }
  const wrong: [PolicyFlags, RegExp][] = [
    [{ keep: '' }, /--keep or --keep-… must say how many/],
    [{ keep: '7' }, /--keep takes counts/],
    [{ keepDaily: 'x' }, /--keep-daily/],
    [{ keepNames: ['a'] }, /--keep-names and --snapshot-name are of --keep/],
    [{ keep: false, keepDaily: '1' }, /--no-keep keeps all/],
    [{ keepDaily: '1', snapshotName: 'a%Y%m%d%H%M%S' }, /--keep-… needs <class> in --snapshot-name/],
    [{ keep: '7d', appendOnly: true }, /--append-only and --keep contradict/],
    [{ mirror: 'snapshots', appendOnly: true }, /--append-only and --mirror snapshots contradict/],
    ...[
      '',
      'all',
      'none,snapshots',
      'datasets',
      'datasets=aside,datasets=destroy',
      'snapshots,snapshots',
      'snapshots,after=1d',
    ].map((mirror): [PolicyFlags, RegExp] => [{ mirror }, /--mirror takes none, or snapshots/]),
  ];
  for (const [flags, message] of wrong) t.throws(() => peerPolicy(flags), { name: 'ConfigError', message });
  t.doesNotThrow(() => peerPolicy({ mirror: 'datasets=aside', appendOnly: true }), 'a rename destroys nothing');
});

t.test('flags of streams are remembered as letters', async (t) => {
  for (const text of ['-', 'w', 'wL', 'Lc', 'wLce', 'e']) {
    const flags = parseStreamFlags(text);
    t.equal(flags && formatStreamFlags(flags), text);
  }
  for (const text of ['', 'cL', 'ww', 'x', 'w-', 'w ', undefined])
    t.equal(parseStreamFlags(text), undefined, `"${text}"`);

  const plain = { raw: false, largeBlocks: true, compressed: true, embedded: true };
  const table: [string, string | undefined, encrypted: boolean, needsLargeBlocks: boolean, expected: string][] = [
    ['as remembered, not as offered', 'c', false, false, 'c'],
    ['nothing is remembered: no -L as long as ZFS asks for none', undefined, false, false, 'ce'],
    ['ZFS has asked for it', undefined, false, true, 'Lce'],
    ['what is remembered was wrong', '-', false, true, 'L'],
    ['a property that is none of ours', 'nonsense', false, false, 'ce'],
    ['-e is not for what is encrypted', undefined, true, false, 'c'],
  ];
  for (const [what, zfsyncStream, encrypted, needsLargeBlocks, expected] of table) {
    const encryptionRoot = encrypted ? entry('tank/a').name : undefined;
    t.equal(
      formatStreamFlags(flagsOfTarget(plain, { zfsyncStream, encryptionRoot }, needsLargeBlocks)),
      expected,
      what,
    );
  }
});

t.test('raw and non-raw are told apart before anything is sent', async (t) => {
  const raw = offered('', 'a b', { raw: true });
  const decrypted = offered('', 'a b', { encrypted: true });
  const plain = offered('', 'a b');
  const own = { encryption: 'aes-256-gcm', encryptionRoot: entry('tank').name };
  const inherited = { encryption: 'aes-256-gcm', encryptionRoot: entry('pool').name };
  const table: [string, typeof raw, Parameters<typeof entry>[1], RegExp | undefined][] = [
    ['raw onto raw', raw, { ...own, zfsyncStream: 'w' }, undefined],
    ['raw onto raw, not remembered', raw, own, undefined],
    ['raw onto decrypted', raw, { zfsyncStream: 'Lc' }, /--decrypt to go on/],
    ['raw onto decrypted below an encrypted parent', raw, { ...inherited, zfsyncStream: 'Lc' }, /--decrypt to go on/],
    ['raw onto unencrypted, not remembered', raw, {}, /its encryption is off/],
    ['decrypted onto raw', decrypted, { ...own, zfsyncStream: 'w' }, /received raw.*--decrypt/],
    ['decrypted onto its own encryption root', decrypted, own, /seems to have been received raw/],
    ['decrypted onto its own, as the operator says', decrypted, { ...own, zfsyncStream: '-' }, undefined],
    ['decrypted below an encrypted parent', decrypted, inherited, undefined],
    ['plain onto plain', plain, {}, undefined],
    ['plain below an encrypted parent', plain, { ...inherited, zfsyncStream: 'Lc' }, undefined],
  ];
  for (const [what, source, change, expected] of table) {
    const found = mixedUp(source, entry('tank', change));
    if (expected === undefined) t.equal(found, undefined, what);
    else t.match(found, expected, what);
    for (const resumeToken of [undefined, '1-abc']) {
      const target = {
        inPlace: state('tank', 'a', { ...change, resumeToken }),
        parked: undefined,
        empty: false,
        endangered: [],
        verdict: undefined,
        giveUpChanges: false,
      };
      const decision = decide(source, target);
      const kind = decision.kind === 'conflict' ? decision.conflict : decision.kind;
      t.equal(
        kind,
        expected !== undefined ? 'encryption-mismatch' : resumeToken === undefined ? 'incremental' : 'resume',
      );
    }
  }
});

t.test('a policy told as the flags that settle it', async (t) => {
  const table: [PolicyFlags, string][] = [
    [{}, ''],
    [{ onConflict: 'keep-both', hold: false, appendOnly: true }, '--on-conflict keep-both --no-hold --append-only'],
    [{ hold: true, appendOnly: false, keep: false }, '--hold --no-append-only --no-keep'],
    [
      { passProperties: 'atime,user:', setProperty: ["x:y=it's"], excludeProperty: ['x:z'] },
      `--pass-properties atime,user: --set-property 'x:y=it'\\''s' --exclude-property x:z`,
    ],
    [{ keep: '24h,7d', keepDaily: '3', keepNames: ['a*'] }, `--keep 24h,7d --keep-daily 3 --keep-names 'a*'`],
    [{ keep: '7d', snapshotName: 'n_%Y%m%d-%H%M%SZ' }, '--keep 7d --snapshot-name n_%Y%m%d-%H%M%SZ'],
    [{ mirror: 'none' }, '--mirror none'],
    [{ mirror: 'snapshots,datasets=destroy,after=30d' }, '--mirror snapshots,datasets=destroy,after=30d'],
    [{ mirror: 'datasets=aside,after=90m' }, '--mirror datasets=aside,after=5400s'],
  ];
  for (const [flags, told] of table) t.equal(policyFlags(peerPolicy(flags)), told);
});
