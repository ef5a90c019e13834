/**
 * A look over the bytes of a message before protobufjs decodes them, because protobufjs is lenient where a peer could
 * use it to be understood in two ways (measured with 8.8): of several members of a oneof, or of a singular field that
 * comes twice, the last wins; a known field of a wrong wire type is skipped like an unknown one; a varint that is too
 * large for its type loses its high bits.
 */
import { Control, type FieldSchema, type MessageSchema, type ScalarType } from './schema.ts';

/** What is wrong with the bytes, and where. */
export class MalformedError extends Error {
  static {
    this.prototype.name = 'MalformedError';
  }
}

const WIRE_TYPE: Readonly<Record<ScalarType | 'message', number>> = {
  bool: 0,
  enum: 0,
  uint32: 0,
  uint64: 0,
  fixed64: 1,
  string: 2,
  bytes: 2,
  message: 2,
};

const VARINT_BYTES_MAX = 10;

/** Field numbers have 29 bits. */
const FIELD_NUMBER_MAX = 2 ** 29 - 1;

/** The largest value that may stand for each type that travels as a varint; a `uint64` is checked by its length. */
const VARINT_MAX: Partial<Record<ScalarType, number>> = { bool: 1, enum: 2 ** 31 - 1, uint32: 2 ** 32 - 1 };

/** @throws {MalformedError} unless the bytes are exactly one well-formed message of the schema. */
export function scan(bytes: Uint8Array, schema: MessageSchema = Control): void {
  new Scanner(bytes).message(schema, bytes.length);
}

class Scanner {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Recursion ends with the schema, which is finite: unknown fields are skipped whole. */
  message(schema: MessageSchema, end: number): void {
    // One bit for each known field; their numbers are small.
    let seen = 0;
    let oneof: FieldSchema | undefined;
    while (this.#offset < end) {
      const { number, wireType } = this.#tag(schema, end);
      const field = schema.fields.get(number);
      if (field === undefined) {
        this.#skip(schema, wireType, end);
        continue;
      }
      if (!field.repeated && (seen & (1 << number)) !== 0) fail(`${schema.name}.${field.name} comes twice`);
      seen |= 1 << number;
      if (field.oneof) {
        if (oneof !== undefined) fail(`${schema.name} has both ${oneof.name} and ${field.name}`);
        oneof = field;
      }
      this.#field(schema, field, wireType, end);
    }
    const expectsOneof = schema.fields.get(1)?.oneof === true;
    if (expectsOneof && oneof === undefined) fail(`${schema.name} has none of the members that this version knows`);
  }

  #tag(schema: MessageSchema, end: number): { number: number; wireType: number } {
    const tag = this.#varint(end);
    const number = Math.floor(tag / 8);
    if (number < 1 || number > FIELD_NUMBER_MAX) fail(`${schema.name} has a field of number ${number}`);
    return { number, wireType: tag % 8 };
  }

  #field(schema: MessageSchema, field: FieldSchema, wireType: number, end: number): void {
    const { type } = field;
    const expected = WIRE_TYPE[typeof type === 'string' ? type : 'message'];
    if (wireType !== expected) {
      fail(`${schema.name}.${field.name} has wire type ${wireType} instead of ${expected}`);
    }
    if (typeof type === 'object') {
      this.message(type, this.#length(schema, end));
      return;
    }
    if (expected !== 0) {
      this.#skip(schema, wireType, end);
      return;
    }
    const value = this.#varint(end);
    const max = VARINT_MAX[type];
    if (max !== undefined && value > max) fail(`${schema.name}.${field.name} is out of the range of ${type}`);
  }

  #skip(schema: MessageSchema, wireType: number, end: number): void {
    if (wireType === 0) this.#varint(end);
    else if (wireType === 1) this.#advance(schema, 8, end);
    else if (wireType === 2) this.#offset = this.#length(schema, end);
    else if (wireType === 5) this.#advance(schema, 4, end);
    else fail(`${schema.name} has a field of wire type ${wireType}, which proto3 does not have`);
  }

  /** Reads a length; returns the offset at which what it measures ends. */
  #length(schema: MessageSchema, end: number): number {
    const length = this.#varint(end);
    if (length > end - this.#offset) fail(`${schema.name} has a field that ends behind the message`);
    return this.#offset + length;
  }

  #advance(schema: MessageSchema, bytes: number, end: number): void {
    if (bytes > end - this.#offset) fail(`${schema.name} has a field that ends behind the message`);
    this.#offset += bytes;
  }

  /** Exact up to 2^53, which is beyond every limit that it is compared with; at most 64 bits. */
  #varint(end: number): number {
    // Nearly all tags and lengths have one byte.
    const first = this.#bytes[this.#offset];
    if (first !== undefined && first < 0x80 && this.#offset < end) {
      this.#offset += 1;
      return first;
    }
    let value = 0;
    for (let index = 0; index < VARINT_BYTES_MAX; index += 1) {
      const byte = this.#bytes[this.#offset];
      if (this.#offset >= end || byte === undefined) fail('the message ends in the middle of a number');
      this.#offset += 1;
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) {
        if (index === VARINT_BYTES_MAX - 1 && byte > 1) fail('a number has more than 64 bits');
        return value;
      }
    }
    return fail('a number has more than 64 bits');
  }
}

function fail(message: string): never {
  throw new MalformedError(message);
}
