/**
 * Resume tokens: `1-<checksum>-<length>-<payload>`, all hexadecimal, the payload deflated. As ZFS's own, but for what is
 * deflated: JSON here, a packed nvlist there.
 */
import { createHash } from '../hash.ts';

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

const CHECKSUM_CHARS = 9;

/** node:zlib, loaded when it is first needed. */
function zlib() {
  return process.getBuiltinModule('node:zlib');
}

function checksumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, CHECKSUM_CHARS).replace(/^0+/, '');
}

export function encodeToken(content: TokenContent): string {
  const plain = Buffer.from(JSON.stringify(content));
  const packed = zlib().deflateSync(plain);
  return `1-${checksumOf(packed)}-${plain.length.toString(16)}-${packed.toString('hex')}`;
}

/** What a token says, or what is wrong with it in the words of zfs(8). */
export function decodeToken(text: string): TokenContent | string {
  const match = /^(\d+)-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]*)/.exec(text);
  if (!match) return 'resume token is corrupt (invalid format)';
  const [, version = '', checksum, length = '', payload = ''] = match;
  if (version !== '1') return `resume token is corrupt (invalid version ${version})`;
  const packed = Buffer.from(payload, 'hex');
  if (checksumOf(packed) !== checksum) return 'resume token is corrupt (incorrect checksum)';
  const plain = zlib().inflateSync(packed);
  if (plain.length !== Number.parseInt(length, 16)) return 'resume token is corrupt (decompression failed)';
  return JSON.parse(plain.toString('utf8')) as TokenContent;
}

/** As `zfs send -nvt` prints it. */
export function describeToken(content: TokenContent): string {
  const hex = (value: string | number): string => `0x${BigInt(value).toString(16)}`;
  const lines = [
    'resume token contents:',
    'nvlist version: 0',
    ...(content.fromGuid === undefined ? [] : [`\tfromguid = ${hex(content.fromGuid)}`]),
    `\tobject = ${hex(content.object)}`,
    `\toffset = ${hex(content.offset)}`,
    `\tbytes = ${hex(content.bytes)}`,
    `\ttoguid = ${hex(content.toGuid)}`,
    `\ttoname = ${content.toName}`,
    ...(content.largeBlocks === true ? ['\tlargeblockok = 1'] : []),
    ...(content.embedded === true ? ['\tembedok = 1'] : []),
    ...(content.compressed === true ? ['\tcompressok = 1'] : []),
    ...(content.raw === true ? ['\trawok = 1'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
