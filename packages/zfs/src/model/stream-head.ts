/**
 * Reads what a send stream says of itself: the BEGIN record of each stream in it, however the bytes are cut into chunks.
 *
 * A package (`zfs send -I`, `-p`, `-R`) is a BEGIN record with an nvlist or none, an END record, whole streams one after
 * the other, and an END record. Each of its streams names the dataset that it is received into, so all are looked at.
 */
import { createHash } from 'node:crypto';
import type { DatasetType } from './dataset.ts';
import { type NvList, NvlistError, type NvValue, unpackNvlist } from './nvlist.ts';
import {
  type Begin,
  FEATURE,
  HEADER,
  isLittleEndian,
  Numbers,
  PAYLOAD_BYTES_MAX,
  payloadBytesOf,
  readBegin,
  RECORD,
  RECORD_BYTES,
  StreamHeadError,
} from './replay-record.ts';

export { RECORD_BYTES, StreamHeadError } from './replay-record.ts';

/** What one stream says of itself before its first record. */
export interface StreamHead {
  readonly toGuid: bigint;
  /** Undefined: a full stream. */
  readonly fromGuid: bigint | undefined;
  /** `dataset@snapshot` on the sender, if it tells the truth. */
  readonly toName: string;
  /** Undefined: neither a filesystem nor a volume. */
  readonly datasetType: DatasetType | undefined;
  readonly raw: boolean;
  readonly largeBlocks: boolean;
  readonly compressed: boolean;
  readonly embedded: boolean;
  readonly resuming: boolean;
  readonly redacted: boolean;
  /** With holds (`-h`), or deduplicated as up to 0.8: neither is ever asked for. */
  readonly unwanted: boolean;
  /** The source of the increment is of another dataset: it is looked for in the whole pool. */
  readonly clone: boolean;
  /** Of a raw stream: names the wrapped key that comes along; see {@link keyDigestOf}. */
  readonly keyDigest: string | undefined;
  /** Of a raw stream whose key is wrapped with a passphrase: made anew with every change of that. */
  readonly keySalt: bigint | undefined;
}

/** The header of a package. */
export interface PackageHead {
  /** As of its last stream. */
  readonly toName: string;
  readonly hasHolds: boolean;
  /** Bytes of the list; `zfs send -I` alone has none. */
  readonly listBytes: number;
  /** What the list holds; undefined when there is none, or none that can be read. */
  readonly list: PackageList | undefined;
}

export interface PackageList {
  readonly datasets: number;
  readonly snapshots: number;
  readonly hasProperties: boolean;
  readonly recursive: boolean;
}

export type StreamEvent =
  | { readonly kind: 'package'; readonly head: PackageHead }
  | { readonly kind: 'stream'; readonly head: StreamHead }
  | { readonly kind: 'package-end' };

/** Payload of a BEGIN record that is read: real ones have 1.1 KiB (a wrapped key and the place of a resume). */
export const BEGIN_PAYLOAD_BYTES_MAX = 64 * 1024;
/** The list of a package; those of `-R` with thousands of snapshots are larger, and no package with a list is wanted. */
export const PACKAGE_LIST_BYTES_MAX = 64 * 1024;
/** `DRR_FLAG_CLONE` */
const FLAG_CLONE = 1;
/** `DMU_OST_*` */
const TYPES: ReadonlyMap<number, DatasetType> = new Map([
  [2, 'filesystem'],
  [3, 'volume'],
]);
function unpack(payload: Buffer): NvList {
  try {
    return unpackNvlist(payload);
  } catch (error) {
    if (!(error instanceof NvlistError)) throw error;
    throw new StreamHeadError(`the list at its head cannot be read: ${error.message}`);
  }
}

function streamHead(begin: Begin, payload: Buffer): StreamHead {
  const has = (feature: bigint): boolean => (begin.features & feature) !== 0n;
  const list = payload.length === 0 ? undefined : unpack(payload);
  return {
    toGuid: begin.toGuid,
    fromGuid: begin.fromGuid === 0n ? undefined : begin.fromGuid,
    toName: begin.toName,
    datasetType: TYPES.get(begin.type),
    raw: has(FEATURE.raw),
    largeBlocks: has(FEATURE.largeBlocks),
    compressed: has(FEATURE.compressed),
    embedded: has(FEATURE.embedded),
    resuming: has(FEATURE.resuming),
    redacted: has(FEATURE.redacted),
    unwanted: has(FEATURE.dedup) || has(FEATURE.dedupProperties) || has(FEATURE.holds),
    clone: (begin.flags & FLAG_CLONE) !== 0,
    keyDigest: list && keyDigestOf(list),
    keySalt: list && keySaltOf(list),
  };
}

/** A list of which too much is not what it should be only lacks a description: no package with a list is wanted. */
function packageHead(begin: Begin, payload: Buffer): PackageHead {
  const { toName, payloadBytes: listBytes } = begin;
  const hasHolds = (begin.features & FEATURE.holds) !== 0n;
  let list: PackageList | undefined;
  try {
    if (payload.length > 0) list = describe(unpackNvlist(payload));
  } catch (error) {
    if (!(error instanceof NvlistError)) throw error;
  }
  return { toName, hasHolds, listBytes, list };
}

function describe(list: NvList): PackageList {
  const datasets = listsIn(list.get('fss'));
  const sizeOf = (value: NvValue | undefined): number => (value instanceof Map ? value.size : 0);
  return {
    datasets: datasets.length,
    snapshots: datasets.reduce((sum, dataset) => sum + sizeOf(dataset.get('snaps')), 0),
    hasProperties: datasets.some(
      (dataset) =>
        sizeOf(dataset.get('props')) > 0 || listsIn(dataset.get('snapprops')).some((properties) => properties.size > 0),
    ),
    recursive: !list.has('not_recursive'),
  };
}

function listsIn(value: NvValue | undefined): NvList[] {
  return value instanceof Map ? [...value.values()].filter((each): each is NvList => each instanceof Map) : [];
}

/**
 * What of `crypt_keydata` (`dsl_crypto_populate_key_nvlist` in `module/zfs/dsl_crypt.c`) is made anew by `zfs change-key`
 * and stays between two streams of the same key. The rest belongs to the snapshot: its ivset, its MAC, its block sizes.
 */
const KEY_FIELDS = [
  'DSL_CRYPTO_SUITE',
  'DSL_CRYPTO_GUID',
  'DSL_CRYPTO_VERSION',
  'DSL_CRYPTO_MASTER_KEY_1',
  'DSL_CRYPTO_HMAC_KEY_1',
  'DSL_CRYPTO_IV',
  'DSL_CRYPTO_MAC',
  'keyformat',
  'pbkdf2iters',
  'pbkdf2salt',
] as const;

/** Names the wrapped key in the payload of a BEGIN record: 64 hexadecimal digits. Undefined: it has none. */
function keyDigestOf(list: NvList): string | undefined {
  const key = list.get('crypt_keydata');
  if (!(key instanceof Map)) return undefined;
  const hash = createHash('sha256');
  for (const field of KEY_FIELDS) {
    const value = (key as NvList).get(field);
    const text = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : '';
    hash.update(`${field}=${typeof value === 'bigint' ? value : text}\n`);
  }
  return hash.digest('hex');
}

function keySaltOf(list: NvList): bigint | undefined {
  const key = list.get('crypt_keydata');
  const salt = key instanceof Map ? (key as NvList).get('pbkdf2salt') : undefined;
  return typeof salt === 'bigint' && salt !== 0n ? salt : undefined;
}

/** Where in a stream the next record is. */
type Place =
  /** The first record of all. */
  | 'start'
  /** A single stream is of no more interest, nor what comes behind a package. */
  | 'over'
  /** The END record of a package's header. */
  | 'package-head'
  /** In a package, before a stream or the end. */
  | 'between'
  /** In a stream of a package. */
  | 'records';

/**
 * Follows a stream. Of a single one nothing is looked at behind its head; of a package every record, but only its first
 * 312 bytes. It keeps no more than a record and a payload of {@link BEGIN_PAYLOAD_BYTES_MAX}.
 */
export class StreamHeadReader {
  #place: Place = 'start';
  readonly #record = Buffer.alloc(RECORD_BYTES);
  #recordBytes = 0;
  #skipBytes = 0;
  #begin: Begin | undefined;
  #payload = Buffer.alloc(0);
  #payloadBytes = 0;
  #littleEndian = true;

  /** At the end of what was pushed, bytes of a record or of a head that is not whole: what they are shows later. */
  get undecidedBytes(): number {
    return this.#begin === undefined ? this.#recordBytes : RECORD_BYTES + this.#payloadBytes;
  }

  /** Nothing that may come can matter any more. */
  get over(): boolean {
    return this.#place === 'over';
  }

  /** What shows with these bytes. @throws {StreamHeadError} */
  push(chunk: Uint8Array): StreamEvent[] {
    const events: StreamEvent[] = [];
    for (let at = 0; at < chunk.length && !this.over; ) {
      if (this.#skipBytes > 0) {
        const skipped = Math.min(this.#skipBytes, chunk.length - at);
        this.#skipBytes -= skipped;
        at += skipped;
      } else if (this.#begin === undefined) {
        const part = chunk.subarray(at, at + RECORD_BYTES - this.#recordBytes);
        this.#record.set(part, this.#recordBytes);
        this.#recordBytes += part.length;
        at += part.length;
        if (this.#recordBytes === RECORD_BYTES) this.#onRecord(events);
      } else {
        const part = chunk.subarray(at, at + this.#payload.length - this.#payloadBytes);
        this.#payload.set(part, this.#payloadBytes);
        this.#payloadBytes += part.length;
        at += part.length;
        if (this.#payloadBytes === this.#payload.length) this.#onHead(this.#begin, events);
      }
    }
    return events;
  }

  #onRecord(events: StreamEvent[]): void {
    this.#recordBytes = 0;
    switch (this.#place) {
      case 'between':
        if (this.#record.readUInt32LE(0) === RECORD.end || this.#record.readUInt32BE(0) === RECORD.end) {
          this.#place = 'over';
          events.push({ kind: 'package-end' });
          return;
        }
        this.#onBegin(events);
        return;
      case 'start':
        this.#onBegin(events);
        return;
      default:
        this.#onBodyRecord();
    }
  }

  #onBegin(events: StreamEvent[]): void {
    this.#littleEndian = isLittleEndian(this.#record);
    const begin = readBegin(this.#record, new Numbers(this.#record, this.#littleEndian));
    const isPackage = begin.header === HEADER.package && this.#place === 'start';
    if (!isPackage && begin.header !== HEADER.stream) throw new StreamHeadError('it is neither a stream nor a package');
    if (isPackage && begin.payloadBytes > PACKAGE_LIST_BYTES_MAX) {
      // It is told without having been read, and the stream is over for us.
      events.push({ kind: 'package', head: packageHead(begin, Buffer.alloc(0)) });
      this.#place = 'over';
      return;
    }
    if (begin.payloadBytes > BEGIN_PAYLOAD_BYTES_MAX) {
      throw new StreamHeadError(`its head has ${begin.payloadBytes} bytes, more than any real one`);
    }
    this.#begin = begin;
    this.#payload = Buffer.alloc(begin.payloadBytes);
    this.#payloadBytes = 0;
    if (begin.payloadBytes === 0) this.#onHead(begin, events);
  }

  #onHead(begin: Begin, events: StreamEvent[]): void {
    const payload = this.#payload;
    this.#begin = undefined;
    this.#payload = Buffer.alloc(0);
    if (begin.header === HEADER.package) {
      events.push({ kind: 'package', head: packageHead(begin, payload) });
      this.#place = 'package-head';
      return;
    }
    events.push({ kind: 'stream', head: streamHead(begin, payload) });
    this.#place = this.#place === 'start' ? 'over' : 'records';
  }

  /** A record that is no head: how far it is to the next. */
  #onBodyRecord(): void {
    const numbers = new Numbers(this.#record, this.#littleEndian);
    const isEnd = numbers.u32(0) === RECORD.end;
    if (this.#place === 'package-head' && !isEnd) throw new StreamHeadError('the head of the package does not end');
    if (isEnd) this.#place = 'between';
    const bytes = payloadBytesOf(this.#record, numbers);
    if (bytes > PAYLOAD_BYTES_MAX) throw new StreamHeadError('a record in it is longer than any block');
    this.#skipBytes = bytes;
  }
}
