/** The nvlist behind the BEGIN record of a stream: where a resumed one goes on, and the wrapped key of a raw one. */
import type { KeyMeta } from '../store/meta.ts';
import { type NvList, type NvValue, packNvlist, unpackNvlist } from './nvlist.ts';

/** What a BEGIN record of ours carries besides its fields. */
export interface BeginPayload {
  readonly resume_object?: number;
  readonly resume_offset?: number;
  readonly crypt?: {
    readonly cipher: string;
    readonly key: Omit<KeyMeta, 'loaded' | 'location'>;
    readonly to_ivset: string;
    readonly from_ivset?: string;
  };
}

/** `zfs_keyformat_t` */
const KEY_FORMATS = ['none', 'raw', 'hex', 'passphrase'];
/** `enum zio_encrypt` */
const CIPHERS = ['inherit', 'on', 'off', 'aes-128-ccm', 'aes-192-ccm', 'aes-256-ccm', 'aes-128-gcm', 'aes-192-gcm'];
const ALL_CIPHERS = [...CIPHERS, 'aes-256-gcm'];
const HMAC_KEY_BYTES = 64;
const WRAPPING_IV_BYTES = 12;
const WRAPPING_MAC_BYTES = 16;

/** The digest of the key material stands for the master key that is wrapped with it. */
export function encodePayload(payload: BeginPayload): Buffer {
  const { resume_object: object, resume_offset: offset, crypt } = payload;
  const list = new Map<string, NvValue>();
  if (object !== undefined) list.set('resume_object', BigInt(object));
  if (offset !== undefined) list.set('resume_offset', BigInt(offset));
  if (crypt !== undefined) list.set('crypt_keydata', keyData(crypt));
  return list.size === 0 ? Buffer.alloc(0) : packNvlist(list);
}

function keyData({ cipher, key, to_ivset: to, from_ivset: from }: NonNullable<BeginPayload['crypt']>): NvList {
  const iv = Buffer.alloc(WRAPPING_IV_BYTES);
  iv.writeBigUInt64LE(BigInt(key.iv ?? 0));
  return new Map<string, NvValue>([
    ['DSL_CRYPTO_SUITE', BigInt(ALL_CIPHERS.indexOf(cipher))],
    ['DSL_CRYPTO_GUID', BigInt(key.id)],
    ['DSL_CRYPTO_VERSION', 1n],
    ['DSL_CRYPTO_MASTER_KEY_1', Buffer.from(key.check, 'hex')],
    ['DSL_CRYPTO_HMAC_KEY_1', Buffer.alloc(HMAC_KEY_BYTES)],
    ['DSL_CRYPTO_IV', iv],
    ['DSL_CRYPTO_MAC', Buffer.alloc(WRAPPING_MAC_BYTES)],
    ['keyformat', BigInt(KEY_FORMATS.indexOf(key.format))],
    ['pbkdf2iters', BigInt(key.pbkdf2iters)],
    ['pbkdf2salt', key.format === 'passphrase' ? BigInt(key.iv ?? 1) : 0n],
    ['to_ivset_guid', BigInt(to)],
    ...(from === undefined ? [] : [['from_ivset_guid', BigInt(from)] as const]),
  ]);
}

/** @returns undefined when it is no such list */
export function decodePayload(bytes: Buffer): BeginPayload | undefined {
  if (bytes.length === 0) return {};
  const list = unpackNvlist(bytes);
  if (list === undefined) return undefined;
  const [object, offset, keydata] = ['resume_object', 'resume_offset', 'crypt_keydata'].map((name) => list.get(name));
  return {
    ...(typeof object === 'bigint' && { resume_object: Number(object) }),
    ...(typeof offset === 'bigint' && { resume_offset: Number(offset) }),
    ...(keydata instanceof Map && { crypt: cryptOf(keydata as NvList) }),
  };
}

function cryptOf(data: NvList): NonNullable<BeginPayload['crypt']> {
  const number = (name: string): bigint => {
    const value = data.get(name);
    return typeof value === 'bigint' ? value : 0n;
  };
  const bytes = (name: string): Buffer => {
    const value = data.get(name);
    return Buffer.isBuffer(value) ? value : Buffer.alloc(8);
  };
  return {
    cipher: ALL_CIPHERS[Number(number('DSL_CRYPTO_SUITE'))] ?? '',
    key: {
      format: KEY_FORMATS[Number(number('keyformat'))] ?? 'none',
      pbkdf2iters: Number(number('pbkdf2iters')),
      check: bytes('DSL_CRYPTO_MASTER_KEY_1').toString('hex'),
      id: String(number('DSL_CRYPTO_GUID')),
      iv: String(bytes('DSL_CRYPTO_IV').readBigUInt64LE()),
    },
    to_ivset: String(number('to_ivset_guid')),
    ...(data.has('from_ivset_guid') && { from_ivset: String(number('from_ivset_guid')) }),
  };
}
