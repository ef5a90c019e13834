import assert from 'node:assert/strict';
import { createHmac, createHash, randomBytes, randomInt } from 'node:crypto';
import { checkExpiry, formatToken, type PairingToken, pairingProof, parseToken } from '@zfsync/trust';
import t from 'tap';
import { refused } from './kit.ts';

const HOST_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-.';

function randomHost(): string {
  const characters = Array.from({ length: randomInt(1, 254) }, () =>
    HOST_CHARACTERS.charAt(randomInt(HOST_CHARACTERS.length)),
  );
  return characters.join('');
}

function token(host = 'backup.example.org'): PairingToken {
  return {
    host,
    port: randomInt(1, 65_536),
    fingerprint: randomBytes(32).toString('hex'),
    pairingId: randomBytes(8).toString('hex'),
    secret: new Uint8Array(randomBytes(16)),
    expires: new Date(randomInt(0, 2 ** 32) * 1000),
  };
}

t.test('a token says what was put into it', async () => {
  const hosts = ['a', '192.0.2.7', '::1', '2001:db8::7', 'fe80::1%eth0', 'x'.repeat(253)];
  for (const host of [...hosts, ...Array.from({ length: 500 }, randomHost)]) {
    const said = token(host);
    const text = formatToken(said);
    assert.deepEqual(parseToken(text), said, text);
    assert.match(text, /^zfsync1_[A-Za-z0-9]+$/, 'one word for a shell and for a double click');
    assert.ok(text.length < 500);
  }
});

t.test('leading zeros and the ends of the ranges', async () => {
  const zeros = { fingerprint: '0'.repeat(64), pairingId: '0'.repeat(16), secret: new Uint8Array(16) };
  for (const port of [1, 65_535]) {
    const said = { ...zeros, host: '0', port, expires: new Date(0) };
    assert.deepEqual(parseToken(formatToken(said)), said);
  }
});

t.test('white space of a paste is forgiven', async () => {
  const said = token();
  const text = formatToken(said);
  assert.deepEqual(parseToken(`  ${text.slice(0, 20)}\r\n   ${text.slice(20, 80)}\t${text.slice(80)}\n`), said);
});

t.test('every change of one character is noticed', async () => {
  const text = formatToken(token());
  for (let at = 0; at < text.length; at += 1) {
    for (const other of '0Aa9Zz_-!é') {
      if (text[at] === other) continue;
      refused('CONFIG_INVALID', /damaged|no pairing token|of version/, () =>
        parseToken(text.slice(0, at) + other + text.slice(at + 1)),
      );
    }
    refused('CONFIG_INVALID', /damaged|no pairing token/, () => parseToken(text.slice(0, at) + text.slice(at + 1)));
    refused('CONFIG_INVALID', /damaged|no pairing token/, () => parseToken(text.slice(0, at)));
    if (text[at] === text[at + 1] || at + 1 === text.length) continue;
    const swapped = text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
    refused('CONFIG_INVALID', /damaged|no pairing token|of version/, () => parseToken(swapped));
  }
  refused('CONFIG_INVALID', /copy it again, whole/, () => parseToken(text + text));
  refused('CONFIG_INVALID', /copy it again, whole/, () => parseToken(`${text}${'z'.repeat(1_000_000)}`));
  refused('CONFIG_INVALID', /copy it again, whole/, () => parseToken('zfsync1_'));
  refused('CONFIG_INVALID', /damaged/, () => parseToken(`zfsync1_0${text.slice('zfsync1_'.length)}`));
});

t.test('what is no token of ours', async () => {
  refused('CONFIG_INVALID', /begins with zfsync1_.*zfsync-recv pair NAME/, () => parseToken('tank/data'));
  refused('CONFIG_INVALID', /version 2, this program takes version 1/, () => parseToken('zfsync2_abc'));
  for (const host of ['', 'a b', 'a;b', 'host/x', '[::1]', 'x'.repeat(254), 'hé']) {
    refused('CONFIG_INVALID', /is not the name or address/, () => formatToken(token(host)));
  }
});

t.test('an expired token names the time, and the clock that says so', async () => {
  const expires = new Date('2026-05-01T12:00:00Z');
  const said = { ...token(), expires };
  checkExpiry(said, new Date('2026-05-01T11:59:59.999Z'));
  refused('CONFIG_INVALID', /expired at 2026-05-01T12:00:00.000Z.*it is 2026-05-01T12:00:00.000Z by the clock/, () => {
    checkExpiry(said, expires);
  });
});

t.test('a proof is what docs/SECURITY.md says', async () => {
  const [secret, exportedKey] = [randomBytes(16), randomBytes(32)];
  const senderFingerprint = randomBytes(32).toString('hex');
  const key = createHash('sha256')
    .update(Buffer.concat([Buffer.from('zfsync pairing'), secret]))
    .digest();
  const bound = Buffer.concat([exportedKey, Buffer.from(senderFingerprint, 'hex')]);
  const expected = createHmac('sha256', key).update(bound).digest();
  assert.deepEqual(Buffer.from(pairingProof({ secret, exportedKey, senderFingerprint })), expected);
  assert.throws(() => pairingProof({ secret, exportedKey: exportedKey.subarray(1), senderFingerprint }), TypeError);
  assert.throws(() => pairingProof({ secret, exportedKey, senderFingerprint: 'AA' }), TypeError);
});
