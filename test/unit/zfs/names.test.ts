import {
  compareVersions,
  formatVersion,
  InvalidNameError,
  isSnapshot,
  joinDatasetName,
  NAME_BYTES_MAX,
  NAME_DEPTH_MAX,
  parentDataset,
  parentPath,
  parseDatasetName,
  parseRelativePath,
  parseVersionName,
  pathDepth,
  relativePath,
  type Version,
} from '@zfsync/zfs';
import t from 'tap';

const POOL = parseDatasetName('tank');

void t.test('names that ZFS takes', (t) => {
  for (const name of [
    'tank',
    'tank/a b',
    'tank/a:b',
    'tank/-x',
    'tank/.y',
    'tank/ ',
    'tank/a.',
    'T-_.: 9/0',
    'a/...',
  ]) {
    t.equal(parseDatasetName(name), name);
  }
  for (const name of ['s', '@'.replace('@', '-'), 'a:b', ' x ', '...', '.x']) t.equal(parseVersionName(name), name);
  t.equal(parseDatasetName(`tank/${'n'.repeat(NAME_BYTES_MAX - 5)}`).length, NAME_BYTES_MAX);
  t.ok(parseDatasetName(`tank${'/a'.repeat(NAME_DEPTH_MAX)}`));
  t.end();
});

void t.test('names that ZFS refuses', (t) => {
  const refused = [
    ...['', '/', '/tank', 'tank/', 'tank//a', 'tank/.', 'tank/..', 'tank/../x', 'tank/a@b', 'tank/a#b', 'tank/a%b'],
    ...[
      'tank/a\tb',
      'tank/a\n',
      'tank/ä',
      '1tank',
      '-tank',
      '.tank',
      'mirror',
      'raidz2',
      'draid',
      'spare1',
      'tank/a\0',
    ],
    `tank/${'n'.repeat(NAME_BYTES_MAX - 4)}`,
    `tank${'/a'.repeat(NAME_DEPTH_MAX + 1)}`,
  ];
  for (const name of refused) t.throws(() => parseDatasetName(name), InvalidNameError, JSON.stringify(name));
  for (const name of ['.', '..', '', 'a/b', 'a@b', 'a#b', 'a\n', 'é', 'n'.repeat(NAME_BYTES_MAX + 1)]) {
    t.throws(() => parseVersionName(name), InvalidNameError, JSON.stringify(name));
  }
  t.throws(() => parseDatasetName('tank/a%b'), /contains "%", which ZFS forbids/);
  t.end();
});

void t.test('a relative path cannot leave its root', (t) => {
  for (const path of ['', '/a', '/a b/:c', '/...'])
    t.equal(joinDatasetName(POOL, parseRelativePath(path)), `tank${path}`);
  const refused = ['/', 'a', '/..', '/a/../..', '//a', '/a/', '/.', '/a@s', `/${'n'.repeat(NAME_BYTES_MAX)}`];
  for (const path of [...refused, '/a'.repeat(NAME_DEPTH_MAX + 1)]) {
    t.throws(() => parseRelativePath(path), InvalidNameError, JSON.stringify(path));
  }
  const deep = parseRelativePath('/a'.repeat(NAME_DEPTH_MAX));
  t.throws(() => joinDatasetName(parseDatasetName('tank/b'), deep), InvalidNameError, 'too deep as a whole');
  t.end();
});

void t.test('paths and parents', (t) => {
  const below = parseDatasetName('tank/a/b');
  t.equal(relativePath(POOL, below), '/a/b');
  t.equal(relativePath(below, below), '');
  t.equal(relativePath(parseDatasetName('tank/a'), parseDatasetName('tank/ab')), undefined);
  t.equal(parentDataset(below), 'tank/a');
  t.equal(parentDataset(POOL), undefined);
  t.equal(parentPath(parseRelativePath('/a/b')), '/a');
  t.equal(parentPath(parseRelativePath('/a')), '');
  t.equal(parentPath(parseRelativePath('')), undefined);
  t.same(
    ['', '/a', '/a/b'].map((path) => pathDepth(parseRelativePath(path))),
    [0, 1, 2],
  );
  t.end();
});

void t.test('versions sort by createtxg; of equal age the snapshot comes last', (t) => {
  const version = (kind: Version['kind'], name: string, createtxg: bigint): Version => ({
    kind,
    name: parseVersionName(name),
    guid: createtxg,
    createtxg,
    creation: 0n,
  });
  const sorted = [
    version('bookmark', 'z', 2n ** 63n - 1n),
    version('snapshot', 'a', 2n ** 63n),
    version('bookmark', 'b', 2n ** 63n),
    version('snapshot', 'y', 7n),
  ].sort(compareVersions);
  t.same(
    sorted.map((each) => formatVersion(POOL, each)),
    ['tank@y', 'tank#z', 'tank#b', 'tank@a'],
  );
  t.same(sorted.map(isSnapshot), [true, false, false, true]);
  const same = version('snapshot', 's', 1n);
  t.equal(compareVersions(same, same), 0);
  t.end();
});
