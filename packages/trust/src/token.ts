/**
 * The pairing token as text: `zfsync1_` and a number in base 62, so that a double click takes all of it and no shell
 * takes anything of it for its own. The number's bytes: 1 (so that zeros in front count), port (2), expiry (4, seconds
 * since the epoch), pairing id (8), secret (16), fingerprint (32), host, checksum (4, the first of SHA-256).
 */
import { createHash } from 'node:crypto';
import { ConfigError } from '@zfsync/zfs';
import type { PairingToken } from './model.ts';

export const SECRET_BYTES = 16;
export const PAIRING_ID_BYTES = 8;

const PREFIX = 'zfsync1_';
const HEAD_BYTES = 1 + 2 + 4;
const FINGERPRINT_BYTES = 32;
const CHECKSUM_BYTES = 4;
/** Names, IPv4, IPv6 with a zone. */
export const HOST = /^[A-Za-z0-9._:%-]{1,253}$/;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** More than the longest host takes. */
const DIGITS_MAX = 500;

/** @throws {ConfigError} when the host is no name or address. */
export function formatToken({ host, port, fingerprint, pairingId, secret, expires }: PairingToken): string {
  if (!HOST.test(host)) throw new ConfigError(`"${host}" is not the name or address of a host`);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(1, 0);
  head.writeUInt16BE(port, 1);
  head.writeUInt32BE(Math.floor(expires.getTime() / 1000), 3);
  const id = Buffer.from(pairingId, 'hex');
  const body = Buffer.concat([head, id, secret, Buffer.from(fingerprint, 'hex'), Buffer.from(host)]);
  return PREFIX + toDigits(Buffer.concat([body, checksum(body)]));
}

/**
 * White space anywhere in it is forgiven: terminals break long lines. Says nothing of whether it has expired, see
 * {@link checkExpiry}.
 *
 * @throws {ConfigError} when it is no token, or not the one that was printed.
 */
export function parseToken(text: string): PairingToken {
  const token = text.replaceAll(/\s+/g, '');
  if (!token.startsWith(PREFIX)) throw notOurs(token);
  const bytes = toBytes(token.slice(PREFIX.length));
  const body = bytes?.subarray(0, -CHECKSUM_BYTES);
  const hostAt = HEAD_BYTES + PAIRING_ID_BYTES + SECRET_BYTES + FINGERPRINT_BYTES;
  if (bytes === undefined || body === undefined || body.length <= hostAt) throw damaged();
  if (!checksum(body).equals(bytes.subarray(-CHECKSUM_BYTES))) throw damaged();
  const host = body.toString('latin1', hostAt);
  const port = body.readUInt16BE(1);
  if (body[0] !== 1 || port === 0 || !HOST.test(host)) throw damaged();
  const secretAt = HEAD_BYTES + PAIRING_ID_BYTES;
  return {
    host,
    port,
    fingerprint: body.toString('hex', secretAt + SECRET_BYTES, hostAt),
    pairingId: body.toString('hex', HEAD_BYTES, secretAt),
    secret: new Uint8Array(body.subarray(secretAt, secretAt + SECRET_BYTES)),
    expires: new Date(body.readUInt32BE(3) * 1000),
  };
}

/** @throws {ConfigError} when it has expired by this host's clock, naming both times. */
export function checkExpiry({ expires }: PairingToken, now: Date): void {
  if (now < expires) return;
  throw new ConfigError(
    `the token has expired at ${expires.toISOString()}, and it is ${now.toISOString()} by the clock of this host: ` +
      'run "zfsync-recv pair NAME" on the receiver again',
  );
}

function notOurs(token: string): ConfigError {
  const version = /^zfsync(\d{1,9})_/.exec(token)?.[1];
  return new ConfigError(
    version === undefined
      ? `this is no pairing token, which begins with ${PREFIX}: "zfsync-recv pair NAME" on the receiver prints one`
      : `the token is one of version ${version}, this program takes version 1: update the older of the two`,
  );
}

function damaged(): ConfigError {
  return new ConfigError('the token is damaged: copy it again, whole');
}

function checksum(body: Uint8Array): Buffer {
  return createHash('sha256').update(PREFIX).update(body).digest().subarray(0, CHECKSUM_BYTES);
}

function toDigits(bytes: Buffer): string {
  let digits = '';
  for (let rest = BigInt(`0x${bytes.toString('hex')}`); rest > 0n; rest /= 62n) {
    digits = DIGITS.charAt(Number(rest % 62n)) + digits;
  }
  return digits;
}

function toBytes(digits: string): Buffer | undefined {
  if (digits.length > DIGITS_MAX || digits.startsWith('0')) return undefined;
  let value = 0n;
  for (const digit of digits) {
    const worth = DIGITS.indexOf(digit);
    if (worth < 0) return undefined;
    value = value * 62n + BigInt(worth);
  }
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
