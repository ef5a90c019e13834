/** What people paste and write: pairing tokens, networks. */
import assert from 'node:assert/strict';
import { parseCidr } from '@zfsync/protocol';
import { formatToken, parseToken } from '@zfsync/trust';
import { ConfigError } from '@zfsync/zfs';
import type { Target } from '../engine.ts';
import { mutateText } from '../mutate.ts';
import type { Random } from '../random.ts';
import { MESSAGE_CHARACTERS_MAX } from './codec.ts';

const CIDRS = ['192.0.2.0/24', '2001:db8::/32', '::ffff:192.0.2.0/120', '10.0.0.1', '::', '::1', '0.0.0.0/0'] as const;

function token(random: Random): string {
  return formatToken({
    host: random.pick(['backup.example.org', '192.0.2.7', '2001:db8::7', 'fe80::1%eth0', 'x'.repeat(253)]),
    port: random.between(1, 65_535),
    fingerprint: Buffer.from(random.bytes(32)).toString('hex'),
    pairingId: Buffer.from(random.bytes(8)).toString('hex'),
    secret: random.bytes(16),
    expires: new Date(random.u32() * 1000),
  });
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    assert.ok(error instanceof ConfigError, `${String(error)} is no ConfigError`);
    assert.ok(error.message.length <= MESSAGE_CHARACTERS_MAX, `a message of ${error.message.length} characters`);
    return undefined;
  }
}

export const trust: Target = {
  name: 'trust',
  promise: 'a token is the one that was printed, or is refused; a network is one, or is refused',
  cases: 1_500,
  msMax: 1_000,
  generate(random) {
    let text: string = random.chance(0.7) ? token(random) : random.pick(CIDRS);
    for (let times = random.int(3); times > 0; times -= 1) text = mutateText(random, text, token(random));
    return Buffer.from(text);
  },
  run(input) {
    const text = Buffer.from(input).toString('utf8');
    const parsed = attempt(() => parseToken(text));
    if (parsed !== undefined) assert.equal(formatToken(parsed), text.replaceAll(/\s+/g, ''), 'one text for one token');
    const cidr = attempt(() => parseCidr('--allow-from', text));
    if (cidr === undefined) return;
    assert.deepEqual(parseCidr('--allow-from', `${cidr.network}/${cidr.prefixBits}`), cidr);
  },
};
