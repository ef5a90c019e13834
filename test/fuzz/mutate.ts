/** Ways to damage bytes and text. */
import type { Random } from './random.ts';

const BYTES = [0x00, 0x01, 0x02, 0x0a, 0x10, 0x12, 0x1a, 0x2f, 0x3f, 0x40, 0x7f, 0x80, 0xfe, 0xff] as const;
const LENGTHS = [0, 1, 8, 0xffff, 0x10000, 0x10001, 0xfffff, 0x100000, 0x100001, 0x7fffffff, 0xffffffff] as const;
/** No mutation makes more of an input than this. */
const BYTES_MAX = 64 * 1024;

type Mutation = (random: Random, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

function changed(bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  const copy = Uint8Array.from(bytes);
  change(copy);
  return copy;
}

function range(random: Random, bytes: Uint8Array): [from: number, to: number] {
  const from = random.int(bytes.length + 1);
  return [from, Math.min(bytes.length, from + random.pick([1, 1, 2, 4, 8, random.int(64), random.int(bytes.length)]))];
}

const MUTATIONS: readonly Mutation[] = [
  function flipBit(random, bytes) {
    const at = random.int(bytes.length);
    return changed(bytes, (copy) => (copy[at] = (copy[at] ?? 0) ^ (1 << random.int(8))));
  },
  function setByte(random, bytes) {
    return changed(bytes, (copy) => (copy[random.int(bytes.length)] = random.pick(BYTES)));
  },
  function addToByte(random, bytes) {
    const at = random.int(bytes.length);
    return changed(bytes, (copy) => (copy[at] = (copy[at] ?? 0) + random.between(-4, 4)));
  },
  function swapBytes(random, bytes) {
    const [a, b] = [random.int(bytes.length), random.int(bytes.length)];
    return changed(bytes, (copy) => ([copy[a], copy[b]] = [bytes[b] ?? 0, bytes[a] ?? 0]));
  },
  function truncate(random, bytes) {
    return bytes.slice(0, random.int(bytes.length + 1));
  },
  function dropRange(random, bytes) {
    const [from, to] = range(random, bytes);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  function repeatRange(random, bytes) {
    const [from, to] = range(random, bytes);
    const times = random.pick([1, 1, 2, 3, 10, 100, 1000]);
    const room = Math.max(0, Math.floor((BYTES_MAX - bytes.length) / Math.max(1, to - from)));
    const copies = Array.from({ length: Math.min(times, room) }, () => bytes.subarray(from, to));
    return joined(bytes.subarray(0, to), ...copies, bytes.subarray(to));
  },
  function insertRandom(random, bytes) {
    const at = random.int(bytes.length + 1);
    return joined(bytes.subarray(0, at), random.bytes(random.between(1, 12)), bytes.subarray(at));
  },
  function spliceOther(random, bytes, other) {
    return joined(bytes.subarray(0, random.int(bytes.length + 1)), other.subarray(random.int(other.length + 1)));
  },
  function insertOther(random, bytes, other) {
    const at = random.int(bytes.length + 1);
    const [from, to] = range(random, other);
    return joined(bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at));
  },
  function setLength(random, bytes) {
    const at = random.int(bytes.length);
    const length = random.pick(LENGTHS);
    return changed(bytes, (copy) => {
      for (let i = 0; i < 4 && at + i < copy.length; i += 1) copy[at + i] = length >>> (8 * (3 - i));
    });
  },
];

/** One to four mutations, one upon the other. @param other to splice with */
export function mutateBytes(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  let mutated = bytes;
  for (let times = random.pick([1, 1, 1, 2, 3, 4]); times > 0; times -= 1) {
    mutated = random.pick(MUTATIONS)(random, mutated, other).subarray(0, BYTES_MAX);
  }
  return mutated;
}

/** What has fooled parsers before. */
export const NASTY_TEXTS: readonly string[] = [
  ...['', '/', '//', '/.', '/..', '/../..', '/a/../b', '/a//b', '/a/', 'a', '..', '.', '-', '--', '-r', '~'],
  ...['/a@b', '/a#b', '/a%b', '/a%2e%2e', '@', '#', '%', 'a@b@c', '/a\\..', '/..%00', '/a\0b', '\0', '/a\n', '/a\r\nb'],
  ...['/a\tb', '/a b', '/ ', ' ', '\u00a0', '/é', '/\u202e', '/\ufeff', '/\u2028', '/\ud800', '/a\u0301', '／', '/ａ'],
  ...['/\u001b[2J', '/\u009b2J', '/\u007f', '/%s%n', '/$(reboot)', '/`id`', "/'", '/"', '/;', '/*', '/&', '/|', '/>x'],
  ...['/.zfsyncbuffer', '/a.zfsyncbuffer', '/x.zfsyncbuffer/2F61', '/2F61', '/mirror', '/$ORIGIN', '/%recv'],
  ...[`/${'a'.repeat(254)}`, `/${'a'.repeat(255)}`, `/${'a'.repeat(256)}`, `/${'é'.repeat(127)}`, '/a'.repeat(50)],
  ...['/a'.repeat(51), '/a'.repeat(127), '/a'.repeat(128), '/'.repeat(300), '/a'.repeat(5000), 'a'.repeat(20_000)],
  ...[
    '0',
    '-1',
    '1e9',
    '0x10',
    '9'.repeat(20),
    '18446744073709551615',
    '18446744073709551616',
    'NaN',
    'none',
    'legacy',
  ],
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', '/__proto__', '{}', 'null', 'undefined', 'true'],
];

/** As {@link mutateBytes}, of text: also whole lines, fields, and what has fooled parsers before. */
export function mutateText(random: Random, text: string, other: string): string {
  const separator = random.pick(['\n', '\t', ' ', '/']);
  const parts = text.split(separator);
  const at = random.int(parts.length);
  switch (random.int(8)) {
    case 0:
      parts[at] = random.pick(NASTY_TEXTS);
      return parts.join(separator);
    case 1:
      parts.splice(at, 1);
      return parts.join(separator);
    case 2:
      parts.splice(at, 0, parts[random.int(parts.length)] ?? '');
      return parts.join(separator);
    case 3:
      parts.splice(at, 0, random.pick(other.split(separator)));
      return parts.join(separator);
    case 4:
      return text + random.pick(['', '\n', separator]) + random.pick(NASTY_TEXTS);
    case 5: {
      const part = parts[at] ?? '';
      parts[at] = part.repeat(Math.min(random.pick([2, 10, 1000]), Math.ceil(BYTES_MAX / (part.length + 1))));
      return parts.join(separator);
    }
    default:
      return Buffer.from(mutateBytes(random, Buffer.from(text), Buffer.from(other))).toString('utf8');
  }
}
