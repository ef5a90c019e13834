/** Golden vectors: what every version since the first one has put on the wire. Only ever added to. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Failure, Message } from '@zfsync/protocol';
import type { Utterance } from '@zfsync/protocol/internal';

export interface Vector {
  readonly name: string;
  readonly message: Message;
  readonly payload: Buffer;
}

const directory = new URL('../../../unit/protocol/vectors/', import.meta.url);

/** JSON has neither: `12n` is a bigint, `hex:0a` are bytes, null is undefined. */
function revive(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value === 'string') {
    if (/^\d+n$/.test(value)) return BigInt(value.slice(0, -1));
    return value.startsWith('hex:') ? Uint8Array.from(Buffer.from(value.slice(4), 'hex')) : value;
  }
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, revive(v)]));
  return value;
}

export const vectors: readonly Vector[] = readdirSync(directory).flatMap((file) => {
  const cases = JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as { name: string; payload: string }[];
  return cases.map((one) => ({
    ...(revive(one) as Vector),
    name: `${file.replace('.json', '')}: ${one.name}`,
    payload: Buffer.from(one.payload, 'hex'),
  }));
});

export const failure: Failure = { code: 'ZFS_BUSY', retry: 'backoff', message: 'dataset is busy', detail: '' };

function vectorOf(type: Message['type'], matches: (message: Message) => boolean = () => true): Message {
  const found = vectors.find(({ message }) => message.type === type && matches(message));
  if (found === undefined) throw new Error(`no vector of ${type}`);
  return found.message;
}

export const targetId = '00000000000000ff';

/** A legal message for each thing that can be said, as small as can be. */
export function messageFor(said: Exclude<Utterance, 'data'>): Message {
  switch (said) {
    case 'offer':
    case 'offer, last':
      return { type: 'offer', page: 0, last: said.endsWith('last'), leftOut: [], renames: 'ask', datasets: [] };
    case 'decisions':
    case 'decisions, last':
      return { type: 'decisions', page: 0, last: said.endsWith('last'), targetId, decisions: [] };
    case 'clean-buffer-report':
    case 'clean-buffer-report, last':
      return { type: 'clean-buffer-report', page: 0, last: said.endsWith('last'), promotions: [] };
    case 'tidy-report':
    case 'tidy-report, last':
      return { type: 'tidy-report', page: 0, last: said.endsWith('last'), entries: [] };
    case 'stream-result':
      return { type: said, bytes: 0n, failure: undefined };
    case 'stream-result, failed':
      return { type: 'stream-result', bytes: 0n, failure };
    default:
      return vectorOf(said, (message) => !('mode' in message) || message.mode === 'framed');
  }
}

export const utterances: readonly Utterance[] = [
  'hello',
  'hello-reply',
  'pair',
  'pair-reply',
  'offer',
  'offer, last',
  'decisions',
  'decisions, last',
  'replan',
  'begin-stream',
  'stream-ready',
  'stream-refused',
  'data',
  'stream-end',
  'stream-failed',
  'stream-result',
  'stream-result, failed',
  'clean-buffer',
  'clean-buffer-report',
  'clean-buffer-report, last',
  'tidy',
  'tidy-report',
  'tidy-report, last',
  'heartbeat',
  'error',
  'goodbye',
];

export const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** Chunks of `length` bytes, and the rest. */
export function* cut(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += length) yield bytes.subarray(offset, offset + length);
}
