/**
 * Resume tokens, as ZFS makes them: `1-<checksum>-<length>-<payload>`, all hexadecimal, the payload a deflated nvlist.
 */
import { packNvlist, unpackNvlist } from './nvlist.ts';

type TokenValue = bigint | string | true;
type TokenValues = ReadonlyMap<string, TokenValue>;

export interface TokenContent {
  readonly fromGuid?: string;
  readonly object: number;
  readonly offset: number;
  readonly bytes: number;
  readonly toGuid: string;
  readonly toName: string;
  readonly largeBlocks?: boolean;
  readonly embedded?: boolean;
  readonly compressed?: boolean;
  readonly raw?: boolean;
}

/** node:zlib, loaded when it is first needed. */
function zlib() {
  return process.getBuiltinModule('node:zlib');
}

/** The first word of fletcher4: the sum of all words of 32 bits; a rest of less than a word does not count. */
function checksumOf(bytes: Buffer): string {
  let sum = 0n;
  for (let at = 0; at + 4 <= bytes.length; at += 4) sum += BigInt(bytes.readUInt32LE(at));
  return sum.toString(16);
}

export function encodeToken(content: TokenContent): string {
  const values = new Map<string, TokenValue>([
    ...(content.fromGuid === undefined ? [] : [['fromguid', BigInt(content.fromGuid)] as const]),
    ['object', BigInt(content.object)],
    ['offset', BigInt(content.offset)],
    ['bytes', BigInt(content.bytes)],
    ['toguid', BigInt(content.toGuid)],
    ['toname', content.toName],
    ...(content.largeBlocks === true ? [['largeblockok', true] as const] : []),
    ...(content.embedded === true ? [['embedok', true] as const] : []),
    ...(content.compressed === true ? [['compressok', true] as const] : []),
    ...(content.raw === true ? [['rawok', true] as const] : []),
  ]);
  const plain = packNvlist(values);
  const packed = zlib().deflateSync(plain);
  return `1-${checksumOf(packed)}-${plain.length.toString(16)}-${packed.toString('hex')}`;
}

function unpack(packed: Buffer, length: number): TokenValues | string {
  let plain: Buffer;
  try {
    plain = zlib().inflateSync(packed, { maxOutputLength: length });
  } catch {
    return 'resume token is corrupt (decompression failed)';
  }
  if (plain.length !== length) return 'resume token is corrupt (decompression failed)';
  const values = unpackNvlist(plain);
  if (values === undefined) return 'resume token is corrupt (nvlist_unpack failed)';
  const known = [...values].filter((pair): pair is [string, TokenValue] => typeof pair[1] !== 'object');
  return new Map(known);
}

/** What a token holds, or what is wrong with it in the words of zfs(8). */
export function decodeToken(text: string): TokenValues | string {
  const match = /^(\d+)-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]*)/i.exec(text);
  if (!match) return 'resume token is corrupt (invalid format)';
  const [, version = '', checksum = '', length = '', payload = ''] = match;
  if (version !== '1') return `resume token is corrupt (invalid version ${version})`;
  const packed = Buffer.from(payload, 'hex');
  if (checksumOf(packed) !== checksum.toLowerCase()) return 'resume token is corrupt (incorrect checksum)';
  return unpack(packed, Number.parseInt(length, 16));
}

/** As `zfs send -nvt` prints it, whatever it is: strings as they are. */
export function describeToken(values: TokenValues): string {
  const rows = [...values].map(([name, value]) => {
    const text = value === true ? '1' : typeof value === 'bigint' ? `0x${value.toString(16)}` : value;
    return `\t${name} = ${text}\n`;
  });
  return `resume token contents:\nnvlist version: 0\n${rows.join('')}`;
}

/** @returns undefined when something is missing; a flag counts when it is there, whatever its value */
export function contentOf(values: TokenValues): TokenContent | undefined {
  const [toName, fromGuid] = [values.get('toname'), values.get('fromguid')];
  const [object, offset, bytes, toGuid] = ['object', 'offset', 'bytes', 'toguid'].map((name) => values.get(name));
  if (typeof object !== 'bigint' || typeof offset !== 'bigint' || typeof bytes !== 'bigint') return undefined;
  if (typeof toGuid !== 'bigint' || typeof toName !== 'string') return undefined;
  return {
    ...(typeof fromGuid === 'bigint' && fromGuid !== 0n && { fromGuid: String(fromGuid) }),
    object: Number(object),
    offset: Number(offset),
    bytes: Number(bytes),
    toGuid: String(toGuid),
    toName,
    largeBlocks: values.has('largeblockok'),
    embedded: values.has('embedok'),
    compressed: values.has('compressok'),
    raw: values.has('rawok'),
  };
}
