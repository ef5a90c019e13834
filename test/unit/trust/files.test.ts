import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  loadIdentity,
  readIdentity,
  readListening,
  ReceiverStore,
  removeListening,
  stateDirectory,
  type StateSurroundings,
  writeListening,
} from '@zfsync/trust';
import { parseDatasetName } from '@zfsync/zfs';
import t from 'tap';
import { freshDirectory, path, refused, refusedLater, stores, storesIn } from './kit.ts';

const mode = (file: string) => (statSync(file).mode & 0o7777).toString(8);
const UID = process.geteuid?.() ?? -1;
const asRoot = UID === 0 ? {} : { skip: 'takes root' };

t.test('the state directory', async (t) => {
  const around = (t: Parameters<typeof freshDirectory>[0], more: Partial<StateSurroundings>): StateSurroundings => ({
    uid: UID,
    env: {},
    systemDirectory: join(freshDirectory(t), 'lib', 'zfsync'),
    homeDirectory: () => join(freshDirectory(t), 'home'),
    ...more,
  });

  t.test('is made for its user alone, and each side has its own', async (t) => {
    const directory = join(freshDirectory(t), 'deep', 'state');
    assert.equal(stateDirectory('sender', directory), join(directory, 'sender'));
    assert.equal(stateDirectory('receiver', directory), join(directory, 'receiver'));
    for (const each of [directory, join(directory, 'sender'), join(directory, 'receiver')])
      assert.equal(mode(each), '700');
  });

  t.test('is where cron finds it too', async (t) => {
    const given = join(freshDirectory(t), 'lib');
    mkdirSync(given, { mode: 0o700 });
    const home = freshDirectory(t);
    const homeDirectory = () => home;
    const usual = around(t, { homeDirectory, systemDirectory: given });
    assert.equal(stateDirectory('sender', undefined, usual), join(given, 'sender'), 'given to this user, or root');
    // A user to whom /var/lib/zfsync was not given.
    if (UID === 0) return;
    const elsewhere = around(t, { homeDirectory });
    assert.equal(stateDirectory('sender', undefined, elsewhere), join(home, '.local/state/zfsync/sender'));
  });

  t.test('of a user who is not root', asRoot, async (t) => {
    const home = freshDirectory(t);
    const state = join(home, 'xdg');
    for (const [env, expected] of [
      [{ XDG_STATE_HOME: state }, join(state, 'zfsync')],
      [{ XDG_STATE_HOME: 'relative' }, join(home, '.local/state/zfsync')],
      [{}, join(home, '.local/state/zfsync')],
    ] as const) {
      const homeDirectory = () => home;
      // It is made by root here, which is another user than the one who asks.
      refused('CONFIG_INVALID', new RegExp(`${expected} .*belongs to user 0, not to user 4711`), () =>
        stateDirectory('sender', undefined, around(t, { uid: 4711, env, homeDirectory })),
      );
    }
  });

  t.test('is refused when others can get at it', async (t) => {
    const directory = freshDirectory(t);
    for (const open of [0o701, 0o710, 0o750, 0o755, 0o770, 0o702]) {
      chmodSync(directory, open);
      refused('CONFIG_INVALID', /others may read or write it \(mode 7\d\d\): chmod go-rwx/, () =>
        stateDirectory('sender', directory),
      );
    }
    chmodSync(directory, 0o700);
    mkdirSync(join(directory, 'sender'), { mode: 0o755 });
    refused('CONFIG_INVALID', /sender cannot be used: others/, () => stateDirectory('sender', directory));
    const file = join(directory, 'file');
    writeFileSync(file, '', { mode: 0o600 });
    refused('CONFIG_INVALID', /file cannot be used/, () => stateDirectory('sender', file));
  });

  t.test('is refused when it is somebody else’s', asRoot, async (t) => {
    const directory = freshDirectory(t);
    chownSync(directory, 4711, 4711);
    refused('CONFIG_INVALID', /belongs to user 4711, not to user 0; run this as that user: sudo -u '#4711'/, () =>
      stateDirectory('sender', directory),
    );
  });
});

t.test('an identity', async (t) => {
  t.test('is made once', async (t) => {
    const directory = freshDirectory(t);
    const made = await loadIdentity(directory, 'backup, "the" host');
    const certificate = new X509Certificate(made.certificate);
    assert.equal(made.fingerprint, createHash('sha256').update(certificate.raw).digest('hex'));
    assert.ok(certificate.checkPrivateKey(createPrivateKey(made.key)));
    assert.equal(certificate.subject, 'CN=backup---the--host');
    assert.match(certificate.validTo, /9999/);
    assert.equal(createPrivateKey(made.key).asymmetricKeyDetails?.namedCurve, 'prime256v1');
    assert.deepEqual(await loadIdentity(directory, 'another name'), made);
    for (const file of ['key.pem', 'certificate.pem']) assert.equal(mode(join(directory, 'identity', file)), '600');
    assert.deepEqual(readdirSync(directory), ['identity']);
  });

  t.test('of processes that make it at the same time is one', async (t) => {
    const directory = freshDirectory(t);
    const script = `import { loadIdentity } from '@zfsync/trust';
      process.stdout.write((await loadIdentity(${JSON.stringify(directory)}, 'host')).fingerprint);`;
    const run = () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname });
    const runs = [run(), run(), run(), run()];
    const within = await Promise.all([loadIdentity(directory, 'host'), loadIdentity(directory, 'host')]);
    const outputs = await Promise.all(runs);
    const fingerprints = [...outputs.map(({ stdout }) => stdout), ...within.map((identity) => identity.fingerprint)];
    assert.equal(new Set(fingerprints).size, 1, fingerprints.join('\n'));
    assert.deepEqual(readdirSync(directory), ['identity'], 'nothing is left of the others');
  });

  t.test('that is not whole is not made anew', async (t) => {
    const directory = freshDirectory(t);
    await loadIdentity(directory, 'host');
    const [key, certificate] = ['key.pem', 'certificate.pem'].map((file) => join(directory, 'identity', file));
    assert.ok(key !== undefined && certificate !== undefined);
    const [keyText, certificateText] = [readFileSync(key, 'utf8'), readFileSync(certificate, 'utf8')];
    const load = (words: RegExp) => refusedLater('CONFIG_INVALID', words, loadIdentity(directory, 'host'));
    for (const open of [0o640, 0o604, 0o620]) {
      chmodSync(key, open);
      await load(/key\.pem cannot be used: others may read or write it/);
    }
    rmSync(key);
    await load(/key\.pem is missing: bring it back/);
    writeFileSync(key, keyText, { mode: 0o600 });
    rmSync(certificate);
    await load(/certificate\.pem is missing/);
    writeFileSync(certificate, certificateText.slice(0, 200));
    await load(/certificate\.pem holds no certificate/);
    writeFileSync(certificate, certificateText);
    writeFileSync(key, '');
    await load(/key\.pem is no key in PEM format/);
  });

  t.test('of one’s own PKI', async (t) => {
    const directory = freshDirectory(t);
    const [one, other] = [join(directory, 'one'), join(directory, 'other')];
    for (const each of [one, other]) mkdirSync(each);
    const made = await loadIdentity(one, 'one');
    await loadIdentity(other, 'other');
    const certificate = join(one, 'identity/certificate.pem');
    const key = join(one, 'identity/key.pem');
    assert.deepEqual(readIdentity(certificate, key), made);

    const combined = join(directory, 'combined.pem');
    writeFileSync(combined, made.key + made.certificate, { mode: 0o600 });
    assert.equal(readIdentity(combined, combined).fingerprint, made.fingerprint);

    const cases: [string, string, RegExp][] = [
      [join(directory, 'none'), key, /the certificate .*none is missing/],
      [certificate, join(directory, 'none'), /the key .*none is missing/],
      [certificate, join(other, 'identity/key.pem'), /is not the one of the certificate/],
      [key, key, /holds no certificate that can be read/],
      [certificate, one, /one cannot be used: it is no file/],
    ];
    const encrypted = join(directory, 'encrypted.pem');
    const pkcs8 = createPrivateKey(made.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'secret',
    });
    writeFileSync(encrypted, pkcs8, { mode: 0o600 });
    cases.push([certificate, encrypted, /is encrypted, and nobody is there to type its passphrase: openssl pkey/]);
    for (const [certificateFile, keyFile, words] of cases) {
      refused('CONFIG_INVALID', words, () => readIdentity(certificateFile, keyFile));
    }
    writeFileSync(
      encrypted,
      createPrivateKey(made.key).export({ type: 'sec1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
    );
    refused('CONFIG_INVALID', /is encrypted/, () => readIdentity(certificate, encrypted));
    writeFileSync(encrypted, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    refused('CONFIG_INVALID', /holds no private key that can be read/, () => readIdentity(certificate, encrypted));
  });

  t.test('may be root’s, for a group', asRoot, async (t) => {
    const directory = freshDirectory(t);
    const made = await loadIdentity(directory, 'host');
    const [certificate, key] = [join(directory, 'identity/certificate.pem'), join(directory, 'identity/key.pem')];
    chmodSync(key, 0o640);
    assert.equal(readIdentity(certificate, key).fingerprint, made.fingerprint);
    for (const open of [0o644, 0o660, 0o602]) {
      chmodSync(key, open);
      refused('CONFIG_INVALID', /others may read or write it/, () => readIdentity(certificate, key));
    }
    chmodSync(key, 0o600);
    chownSync(key, 4711, 4711);
    refused('CONFIG_INVALID', /belongs to user 4711/, () => readIdentity(certificate, key));
  });
});

const FINGERPRINT = 'ab'.repeat(32);

function peer(name: string, more: object = {}) {
  const base = {
    name,
    fingerprint: FINGERPRINT,
    path: path(`/${name}`),
    revoked: false,
    added: new Date(0),
    policy: {},
  };
  return { ...base, ...more };
}

t.test('peers', async (t) => {
  t.test('are kept as they are', async (t) => {
    const { directory, peers } = stores(t);
    const saved = [
      peer('a b:c', { policy: { hold: true }, fingerprint: 'aa'.repeat(32) }),
      peer('...', { fingerprint: undefined }),
      peer('web1'),
    ];
    for (const each of saved) peers.save(each);
    assert.deepEqual(new Set(peers.list()), new Set(saved));
    for (const each of saved) assert.deepEqual(peers.named(each.name), each);
    assert.deepEqual(storesIn(directory).peers.find(FINGERPRINT), peer('web1'));
    assert.equal(peers.find('cd'.repeat(32)), undefined);
    assert.equal(mode(join(directory, 'peers')), '700');
    for (const file of readdirSync(join(directory, 'peers'))) assert.equal(mode(join(directory, 'peers', file)), '600');
    for (const name of ['', '..', '.', 'a/b', 'a@b', ' a', 'a\u0000', 'x'.repeat(65)]) {
      refused('CONFIG_INVALID', /name/, () => {
        peers.save(peer('x', { name }));
      });
      refused('CONFIG_INVALID', /name/, () => peers.named(name));
    }
  });

  t.test('that another process has changed are seen at once', async (t) => {
    const { directory, peers } = stores(t);
    peers.save(peer('web1'));
    const session = peers.find(FINGERPRINT);
    assert.ok(session !== undefined && peers.isCurrent(session));
    const other = storesIn(directory).peers;
    for (let round = 0; round < 50; round += 1) {
      const fingerprint = round.toString(16).padStart(64, '0');
      other.save(peer('web1', { fingerprint }));
      assert.equal(peers.named('web1')?.fingerprint, fingerprint);
    }
    assert.equal(peers.isCurrent(session), false, 'it has another certificate by now');
    other.save(peer('web1'));
    assert.equal(peers.isCurrent(session), true);
    other.revoke('web1');
    assert.equal(peers.isCurrent(session), false);
    assert.equal(peers.find(FINGERPRINT), undefined);
    assert.deepEqual(peers.named('web1'), peer('web1', { fingerprint: undefined, revoked: true }));
    rmSync(join(directory, 'peers', 'web1.json'));
    assert.equal(peers.isCurrent(session), false);
    refused('PEER_UNKNOWN', /no peer web1: none is known/, () => other.revoke('web1'));
    other.save(peer('web2'));
    refused('PEER_UNKNOWN', /no peer web1: known are web2/, () => other.revoke('web1'));
  });

  t.test('that an authority vouches for are current unless the operator says otherwise', async (t) => {
    const { peers } = stores(t);
    const session = { name: 'web1', fingerprint: undefined };
    assert.equal(peers.isCurrent(session), true);
    peers.save(peer('web1', { fingerprint: undefined }));
    assert.equal(peers.isCurrent(session), true);
    peers.revoke('web1');
    assert.equal(peers.isCurrent(session), false);
  });

  t.test('with a damaged record are not let in', async (t) => {
    const { directory, peers } = stores(t);
    peers.save(peer('good', { fingerprint: '11'.repeat(32) }));
    peers.save(peer('bad'));
    const session = peer('bad');
    const file = join(directory, 'peers', 'bad.json');
    const whole = readFileSync(file, 'utf8');
    const json = JSON.parse(whole) as Record<string, unknown>;
    const with_ = (change: object) => JSON.stringify({ ...json, ...change });
    const damages: [string, RegExp][] = [
      ['', /JSON/],
      [whole.slice(0, 50), /JSON/],
      ['[]', /no JSON object/],
      ['null', /no JSON object/],
      [with_({ version: 2 }), /another version/],
      [with_({ name: 'good' }), /it is that of good/],
      [with_({ name: '../bad' }), /name/],
      [with_({ fingerprint: 'AB'.repeat(32) }), /fingerprint is not a valid one/],
      [with_({ fingerprint: undefined }), /fingerprint is missing/],
      [with_({ revoked: 'no' }), /revoked is not a valid one/],
      [with_({ revoked: true }), /revoked and has a fingerprint/],
      [with_({ path: '/../x' }), /component/],
      [with_({ path: 'bad' }), /does not begin/],
      [with_({ path: 7 }), /path is not a valid one/],
      [with_({ added: 'yesterday' }), /added is not a valid one/],
      [with_({ policy: null }), /policy is no object/],
    ];
    for (const [text, words] of damages) {
      rmSync(file);
      writeFileSync(file, text, { mode: 0o600 });
      refused('STATE_DAMAGED', /bad\.json is damaged, and nobody is let in by it/, () => peers.find(FINGERPRINT));
      refused('STATE_DAMAGED', words, () => peers.named('bad'));
      refused('STATE_DAMAGED', words, () => peers.list());
      assert.equal(peers.isCurrent(session), false);
      assert.equal(peers.find('11'.repeat(32))?.name, 'good', 'the others are');
      assert.deepEqual(
        peers.survey().peers.map(({ name }) => name),
        ['good'],
      );
    }
    writeFileSync(file, whole, { mode: 0o600 });
    assert.equal(peers.find(FINGERPRINT)?.name, 'bad');
    chmodSync(file, 0o660);
    refused('CONFIG_INVALID', /bad\.json cannot be used: others/, () => peers.find(FINGERPRINT));
    assert.equal(peers.isCurrent(session), false);
    chmodSync(file, 0o600);
    assert.equal(peers.isCurrent(session), true);
  });

  t.test('are written whole or not at all', asRoot, async (t) => {
    const { directory, peers } = stores(t);
    peers.save(peer('web1'));
    // A name that cannot be written to, even by root.
    rmSync(join(directory, 'peers', 'web1.json'));
    mkdirSync(join(directory, 'peers', 'web1.json'));
    refused('STATE_UNWRITABLE', /web1\.json cannot be written/, () => {
      peers.save(peer('web1'));
    });
    assert.deepEqual(readdirSync(join(directory, 'peers')), ['web1.json'], 'nothing is left of the attempt');
  });
});

t.test('receivers', async (t) => {
  const directory = freshDirectory(t);
  const receivers = new ReceiverStore(directory);
  const base = { fingerprint: FINGERPRINT, name: 'web1', target: 'tank/backup/web1', added: new Date(0) };
  refused('CONFIG_INVALID', /no pairing with backup port 8730: this sender is paired with none/, () =>
    receivers.get('backup', 8730),
  );
  const [one, two] = [
    { ...base, host: 'Backup.Example.org', port: 8730 },
    { ...base, host: 'fe80::1%eth0', port: 1 },
  ];
  receivers.save(one);
  receivers.save(two);
  assert.deepEqual(receivers.find('backup.example.ORG', 8730), one);
  assert.deepEqual(receivers.find('fe80::1%eth0', 1), two);
  assert.equal(receivers.find('backup.example.org', 8731), undefined);
  assert.deepEqual(receivers.list(), [one, two]);
  refused(
    'CONFIG_INVALID',
    /with other port 8730: paired are Backup\.Example\.org port 8730, fe80::1%eth0 port 1\. Run/,
    () => receivers.get('other', 8730),
  );
  receivers.save({ ...one, fingerprint: 'cd'.repeat(32) });
  assert.equal(receivers.get(one.host, one.port).fingerprint, 'cd'.repeat(32));
  assert.equal(receivers.list().length, 2);
  for (const file of readdirSync(join(directory, 'receivers'))) {
    assert.equal(mode(join(directory, 'receivers', file)), '600');
  }
  assert.equal(receivers.remove(one.host, one.port), true);
  assert.equal(receivers.remove(one.host, one.port), false);
  const file = join(directory, 'receivers', 'fe80%3A%3A1%25eth0_1.json');
  assert.ok(existsSync(file));
  writeFileSync(file, '{');
  refused('STATE_DAMAGED', /damaged/, () => receivers.get(two.host, two.port));
  refused('CONFIG_INVALID', /not the name or address/, () => {
    receivers.save({ ...one, host: 'a b' });
  });
});

t.test('where a receiver listens', async (t) => {
  const directory = freshDirectory(t);
  assert.deepEqual(readListening(directory), []);
  const note = { host: '::', port: 8730, target: parseDatasetName('tank/backup'), fingerprint: FINGERPRINT };
  writeListening(directory, { ...note, pid: process.pid });
  const file = join(directory, 'listening', '%3A%3A_8730.json');
  assert.deepEqual(readListening(directory), [{ ...note, pid: process.pid }]);
  assert.equal(mode(file), '600');
  const second = { ...note, port: 8731, target: parseDatasetName('tank/other'), pid: process.pid };
  writeListening(directory, second);
  assert.deepEqual(readListening(directory), [{ ...note, pid: process.pid }, second], 'each has its own');
  removeListening(directory, second);
  removeListening(directory, { ...note, pid: process.pid + 1 });
  assert.deepEqual(readListening(directory), [{ ...note, pid: process.pid }], 'it is not that one’s');
  removeListening(directory, { ...note, pid: process.pid });
  assert.equal(existsSync(file), false);

  const child = execFile(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.on('exit', resolve));
  writeListening(directory, { ...note, fingerprint: undefined, pid: child.pid ?? 0 });
  assert.deepEqual(readListening(directory), [], 'the process is gone');
  writeListening(directory, second);
  assert.equal(existsSync(file), false, 'and its note with the next that is written');
  removeListening(directory, second);
  writeListening(directory, { ...note, fingerprint: undefined, pid: process.pid });
  assert.equal(readListening(directory)[0]?.fingerprint, undefined);
  for (const text of ['', '{}', '{"host":"a b"}', '7']) {
    writeFileSync(file, text);
    assert.deepEqual(readListening(directory), []);
  }
});
