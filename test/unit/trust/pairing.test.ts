import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pairingProof, type PairingToken } from '@zfsync/trust';
import { ReplicationError } from '@zfsync/zfs';
import t from 'tap';
import { path, refused, stores, storesIn, type Policy, type Stores } from './kit.ts';

const MINUTE = 60_000;
const START = new Date('2026-05-01T12:00:00.000Z');
const later = (milliseconds: number) => new Date(START.getTime() + milliseconds);

type Begun = Pick<PairingToken, 'pairingId' | 'secret' | 'expires'>;

function begin(
  { pairings }: Stores,
  name = 'web1',
  more: { path?: string; policy?: Policy; ttlMs?: number; now?: Date } = {},
) {
  const { path: where = `/${name}`, policy = {}, now = START, ttlMs } = more;
  return pairings.create({ name, path: path(where), policy, now, ...(ttlMs !== undefined && { ttlMs }) });
}

/** What a sender with a certificate of its own says over a connection of its own. */
function redemption({ pairingId, secret }: Begun, fingerprint = randomBytes(32).toString('hex'), now = later(1)) {
  const exportedKey = randomBytes(32);
  const proof = pairingProof({ secret, exportedKey, senderFingerprint: fingerprint });
  return { pairingId, proof, exportedKey, fingerprint, now };
}

const filesOf = ({ directory }: Stores) => readdirSync(join(directory, 'pairings'));

t.test('a token makes a peer, once', async (t) => {
  const all = stores(t);
  const begun = begin(all, 'web1', { path: '/servers/web1', policy: { hold: true } });
  assert.equal(begun.expires.getTime(), START.getTime() + 30 * MINUTE);
  const { pairingId, expires } = begun;
  const pending = { pairingId, name: 'web1', path: '/servers/web1', policy: { hold: true }, expires };
  assert.deepEqual(all.pairings.pending(START), [pending], 'and no secret');
  const said = redemption(begun);
  const peer = all.pairings.redeem(said);
  const { fingerprint, now: added } = said;
  assert.deepEqual(peer, {
    name: 'web1',
    fingerprint,
    path: '/servers/web1',
    revoked: false,
    added,
    policy: { hold: true },
  });
  assert.deepEqual(all.peers.find(fingerprint), peer);
  assert.deepEqual(filesOf(all), []);
  refused('PAIRING_UNKNOWN', /unknown or used already: run "zfsync-recv pair NAME"/, () => all.pairings.redeem(said));
  refused('PAIRING_UNKNOWN', /used already/, () => all.pairings.redeem(redemption(begun)));
  assert.deepEqual(all.peers.list(), [peer]);
});

t.test('what the receiver keeps does not give the token away', async (t) => {
  const all = stores(t);
  const { pairingId, secret } = begin(all);
  const text = readFileSync(join(all.directory, 'pairings', `${pairingId}.json`), 'utf8');
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    assert.ok(!text.includes(Buffer.from(secret).toString(encoding)));
  }
});

t.test('unknown tokens', async (t) => {
  const all = stores(t);
  const begun = begin(all);
  for (const pairingId of [
    '0'.repeat(16),
    '',
    '..',
    '../peers/web1',
    begun.pairingId.toUpperCase().replace(/^./, 'F'),
    'x',
  ]) {
    refused('PAIRING_UNKNOWN', /unknown/, () => all.pairings.redeem({ ...redemption(begun), pairingId }));
  }
  all.pairings.redeem(redemption(begun));
});

t.test('expired tokens', async (t) => {
  const all = stores(t);
  const begun = begin(all, 'web1', { ttlMs: MINUTE });
  const at = (milliseconds: number) => redemption(begun, undefined, later(milliseconds));
  for (const milliseconds of [MINUTE, 2 * MINUTE, 24 * 60 * MINUTE]) {
    refused('PAIRING_EXPIRED', /expired at 2026-05-01T12:01:00\.000Z: run/, () =>
      all.pairings.redeem(at(milliseconds)),
    );
  }
  assert.deepEqual(all.pairings.pending(later(MINUTE)), []);
  assert.equal(filesOf(all).length, 1, 'so that it can be said when');
  refused('PAIRING_UNKNOWN', /unknown/, () => all.pairings.redeem(at(25 * 60 * MINUTE)));
  assert.deepEqual(filesOf(all), []);
  const second = begin(all, 'web1', { ttlMs: MINUTE });
  all.pairings.redeem(redemption(second, undefined, later(MINUTE - 1)));
});

t.test('a proof is good for one secret, connection and certificate', async (t) => {
  const all = stores(t);
  const begun = begin(all);
  const said = redemption(begun);
  const flipped = Uint8Array.from(said.proof, (byte, at) => (at === 31 ? byte ^ 1 : byte));
  const wrong = [
    redemption({ ...begun, secret: randomBytes(16) }),
    { ...said, exportedKey: randomBytes(32) },
    { ...said, fingerprint: 'ee'.repeat(32) },
    { ...said, proof: flipped },
  ];
  for (const each of wrong) {
    refused('PAIRING_PROOF', /proof of the pairing is wrong; it was not made/, () => all.pairings.redeem(each));
  }
  assert.deepEqual(all.peers.list(), []);
  all.pairings.redeem(said);
});

t.test('five wrong proofs void a token', async (t) => {
  const all = stores(t);
  const begun = begin(all);
  const bystander = begin(all, 'web2');
  const wrong = () => all.pairings.redeem({ ...redemption(begun), proof: new Uint8Array(31) });
  for (let count = 1; count < 5; count += 1) refused('PAIRING_PROOF', /it was not made/, wrong);
  refused('PAIRING_PROOF', /void after 5/, wrong);
  refused('PAIRING_UNKNOWN', /unknown/, () => all.pairings.redeem(redemption(begun)));
  all.pairings.redeem(redemption(bystander));
});

t.test('of two processes that redeem at once one does', async (t) => {
  const all = stores(t);
  const begun = begin(all);
  const others = [storesIn(all.directory), storesIn(all.directory)];
  // The second comes when the first has taken the token, but not yet saved the peer.
  const second = () => others[0]?.pairings.redeem(redemption(begun));
  const first = redemption(begun);
  const check = () => {
    refused('PAIRING_UNKNOWN', /unknown/, second);
  };
  all.pairings.redeem({ ...first, check });
  refused('PAIRING_UNKNOWN', /unknown/, second);
  assert.deepEqual(
    others[1]?.peers.list().map(({ fingerprint }) => fingerprint),
    [first.fingerprint],
  );
});

t.test('what is in the way leaves the token good', async (t) => {
  const all = stores(t);
  const paired = all.pairings.redeem(redemption(begin(all, 'web1')));
  const begun = begin(all, 'web2');
  refused(
    'CERTIFICATE_TAKEN',
    /is that of the peer web1 already: it cannot be web2 too. Run "zfsync-recv unpair web1"/,
    () => all.pairings.redeem(redemption(begun, paired.fingerprint)),
  );
  const full = new Error('no room');
  assert.throws(
    () =>
      all.pairings.redeem({
        ...redemption(begun),
        check: () => {
          throw full;
        },
      }),
    full,
  );
  all.peers.save({ ...paired, name: 'late', fingerprint: undefined, path: path('/web2/sub') });
  refused('PEER_PATH_TAKEN', /TARGET\/web2 cannot.*late sends to TARGET\/web2\/sub/, () =>
    all.pairings.redeem(redemption(begun)),
  );
  all.peers.revoke('late');
  const file = join(all.directory, 'peers', 'x.json');
  writeFileSync(file, '{', { mode: 0o600 });
  refused('STATE_DAMAGED', /x\.json is damaged/, () => all.pairings.redeem(redemption(begun)));
  writeFileSync(file, readFileSync(join(all.directory, 'peers', 'late.json')));
  refused('STATE_DAMAGED', /it is that of late/, () => all.pairings.redeem(redemption(begun)));
  assert.deepEqual(
    all.peers.survey().peers.map(({ name }) => name),
    ['late', 'web1'],
  );
});

t.test('a damaged record of a pairing is none, and its error does not quote the key', async (t) => {
  const all = stores(t);
  const begun = begin(all, 'web');
  const file = join(all.directory, 'pairings', `${begun.pairingId}.json`);
  const whole = readFileSync(file, 'utf8');
  const { key } = JSON.parse(whole) as { readonly key: string };
  for (const damaged of [
    whole.replace(key, `${key}00`),
    whole.replace(key, key.toUpperCase()),
    whole.slice(0, whole.indexOf(key) + 40),
    whole.replace(`"${key}`, `x${key}`),
    `${whole}}`,
  ]) {
    rmSync(file);
    writeFileSync(file, damaged, { mode: 0o600 });
    assert.throws(
      () => all.pairings.redeem(redemption(begun)),
      (error) => {
        assert.ok(error instanceof ReplicationError && error.cause instanceof Error);
        assert.equal(error.code, 'STATE_DAMAGED');
        const said = JSON.stringify([error.message, error.context, error.cause.message]).toLowerCase();
        for (let at = 0; at + 8 <= key.length; at += 1) assert.ok(!said.includes(key.slice(at, at + 8)), said);
        return true;
      },
    );
  }
});

t.test('no peer reaches into the subtree of another', async (t) => {
  const all = stores(t);
  all.pairings.redeem(redemption(begin(all, 'web', { path: '/a/b' })));
  for (const wanted of ['/a/b', '/a/b/c', '/a', '']) {
    refused('PEER_PATH_TAKEN', /web sends to TARGET\/a\/b, and no peer may reach the data of another/, () =>
      begin(all, 'other', { path: wanted }),
    );
    begin(all, 'web', { path: wanted, ttlMs: 0 });
  }
  assert.equal(all.pairings.cancel('web'), 0, 'as its time is over');
  begin(all, 'web', { now: new Date() });
  assert.equal(all.pairings.cancel('web'), 1);
  begin(all, 'other', { path: '/a/bc' });
  refused('PEER_PATH_TAKEN', /a token for other at TARGET\/a\/bc waits to be used/, () =>
    begin(all, 'third', { path: '/a/bc/d' }),
  );
  begin(all, 'third', { path: '/a/bc/d', now: later(31 * MINUTE) });
  all.peers.revoke('web');
  begin(all, 'fourth', { path: '/a/b/c' });
});

t.test('a new token for a name', async (t) => {
  const all = stores(t);
  const old = all.pairings.redeem(redemption(begin(all)));
  const lost = begin(all);
  const begun = begin(all, 'web1', { path: '/elsewhere' });
  refused('PAIRING_UNKNOWN', /unknown/, () => all.pairings.redeem(redemption(lost)));
  assert.deepEqual(all.peers.find(old.fingerprint ?? ''), old, 'the old certificate is good until then');
  const fresh = all.pairings.redeem(redemption(begun));
  assert.equal(all.peers.find(old.fingerprint ?? ''), undefined);
  assert.equal(all.peers.isCurrent(old), false);
  assert.deepEqual(all.peers.list(), [fresh]);
  all.peers.revoke('web1');
  const again = all.pairings.redeem(redemption(begin(all), fresh.fingerprint));
  assert.deepEqual(all.peers.list(), [again]);
  assert.equal(again.revoked, false);
});

t.test('what dead processes leave behind goes away', async (t) => {
  const all = stores(t);
  begin(all, 'web1', { now: new Date() });
  const pairings = join(all.directory, 'pairings');
  for (const name of ['x.json.0123.claimed', 'x.json.0123.unfinished', 'notes.txt'])
    writeFileSync(join(pairings, name), '');
  begin(all, 'web2', { now: new Date() });
  assert.equal(filesOf(all).length, 5, 'they may be under way');
  utimesSync(join(pairings, 'notes.txt'), 0, 0);
  begin(all, 'web3', { now: new Date(Date.now() + 25 * 60 * MINUTE) });
  assert.deepEqual(
    filesOf(all).filter((name) => !name.endsWith('.json')),
    ['notes.txt'],
  );
});
