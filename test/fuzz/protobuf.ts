/** A protobuf message without its schema, as a tree that can be damaged where it hurts. */
import { mutateBytes, NASTY_TEXTS } from './mutate.ts';
import type { Random } from './random.ts';

interface Field {
  number: number;
  wireType: number;
  body: Field[] | Uint8Array | bigint;
  /** Bytes of zero that its varints are made longer by. */
  padding: number;
  /** Stands in the place of its true length. */
  lie: bigint | undefined;
}

const NUMBERS = [0n, 1n, 2n, 127n, 128n, 255n, 65_536n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n] as const;
const LARGE_NUMBERS = [2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 69n] as const;
const NESTING = [1, 2, 10, 100, 2000] as const;

/** One to three damages. Bytes that are no protobuf at all come back with their bytes damaged. */
export function mutateProtobuf(random: Random, payload: Uint8Array, other: Uint8Array): Uint8Array {
  const fields = parse(payload);
  if (fields === undefined || fields.length === 0) return mutateBytes(random, payload, other);
  for (let times = random.pick([1, 1, 2, 3]); times > 0; times -= 1) damage(random, fields, parse(other) ?? []);
  return encode(fields);
}

function damage(random: Random, fields: Field[], others: readonly Field[]): void {
  const lists = listsOf(fields);
  const list = random.pick(lists);
  const at = random.int(list.length);
  const field = list[at];
  if (field === undefined) {
    list.push({ number: random.between(1, 20), wireType: 0, body: 1n, padding: 0, lie: undefined });
    return;
  }
  switch (random.int(12)) {
    case 0:
      field.number = random.pick([0, 1, field.number + 1, 15, 16, 17, 18, 19, 31, 32, 33, 64, 2 ** 29 - 1, 2 ** 29]);
      break;
    case 1:
      field.wireType = random.int(8);
      break;
    case 2:
      field.padding = random.between(1, 11);
      break;
    case 3:
      field.lie = random.pick([...NUMBERS, ...LARGE_NUMBERS]);
      break;
    case 4:
      list.splice(at, 1);
      break;
    case 5:
      list.splice(random.int(list.length + 1), 0, structuredClone(field));
      break;
    case 6:
      list.splice(random.int(list.length), 1, structuredClone(field));
      break;
    case 7: {
      const picked = others.length === 0 ? field : random.pick(listsOf(others).flat());
      list.splice(at, 0, structuredClone(picked));
      break;
    }
    case 8:
      nest(random, field);
      break;
    default:
      damageValue(random, field);
  }
}

function damageValue(random: Random, field: Field): void {
  if (typeof field.body === 'bigint') field.body = random.pick([...NUMBERS, ...LARGE_NUMBERS]);
  else if (random.chance(0.5)) field.body = Buffer.from(random.pick(NASTY_TEXTS));
  else if (random.chance(0.2)) field.body = random.pick([Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xc0, 0xaf])]);
  else {
    const bytes = Array.isArray(field.body) ? encode(field.body) : field.body;
    field.body = mutateBytes(random, bytes, Buffer.from('/other'));
  }
}

/** The field within itself, or within groups, many levels deep. */
function nest(random: Random, field: Field): void {
  const groups = random.chance(0.3);
  for (let levels = random.pick(NESTING); levels > 0; levels -= 1) {
    const inner = encode([field]);
    if (inner.length > 32 * 1024) return;
    field.wireType = groups ? 3 : 2;
    field.body = inner;
    field.lie = undefined;
  }
}

function listsOf(fields: readonly Field[]): Field[][] {
  const nested = fields.flatMap(({ body }) => (Array.isArray(body) ? listsOf(body) : []));
  return [fields as Field[], ...nested];
}

function encode(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.map(({ number, wireType, body, padding, lie }) => {
      const tag = varint(BigInt(number) * 8n + BigInt(wireType), 0);
      if (typeof body !== 'bigint') {
        const bytes = Array.isArray(body) ? encode(body) : body;
        const length = wireType === 2 ? varint(lie ?? BigInt(bytes.length), padding) : Buffer.alloc(0);
        return Buffer.concat([tag, length, bytes]);
      }
      if (wireType === 0) return Buffer.concat([tag, varint(body, padding)]);
      const fixed = Buffer.alloc(8);
      fixed.writeBigUInt64LE(BigInt.asUintN(64, body));
      return Buffer.concat([tag, fixed.subarray(0, wireType === 5 ? 4 : 8)]);
    }),
  );
}

function varint(value: bigint, padding: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  } while (rest > 0n);
  for (let i = 0; i < padding; i += 1) bytes.push(0x80);
  bytes.push((bytes.pop() ?? 0) & 0x7f);
  return Buffer.from(bytes);
}

/** Undefined when the bytes are none. What is itself well-formed is taken for a message. */
function parse(bytes: Uint8Array, depth = 0): Field[] | undefined {
  const fields: Field[] = [];
  let offset = 0;
  const number = (): bigint | undefined => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[offset];
      if (byte === undefined) return undefined;
      offset += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  while (offset < bytes.length) {
    const tag = number();
    if (tag === undefined || tag < 8n) return undefined;
    const wireType = Number(tag & 7n);
    const head = { number: Number(tag >> 3n), wireType, padding: 0, lie: undefined };
    if (wireType === 0) {
      const value = number();
      if (value === undefined) return undefined;
      fields.push({ ...head, body: value });
      continue;
    }
    const length = wireType === 1 ? 8n : wireType === 5 ? 4n : wireType === 2 ? number() : undefined;
    if (length === undefined || length > BigInt(bytes.length - offset)) return undefined;
    const body = bytes.slice(offset, offset + Number(length));
    offset += Number(length);
    const nested = wireType === 2 && body.length > 0 && depth < 8 ? parse(body, depth + 1) : undefined;
    fields.push({ ...head, body: nested ?? body });
  }
  return fields;
}
