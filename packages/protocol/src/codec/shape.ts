/**
 * Shapes: one description of a value that is read in both directions. What a shape encodes it also decodes, since the
 * same checks stand on both ways.
 */
import type { zfsync } from '#wire';
import { InvalidNameError } from '@zfsync/zfs';
import Long from 'long';
import { forbiddenCharacter, utf8Bytes } from '../text.ts';

/** T is the domain's type, W that of protobufjs; a field that is absent is undefined or null there. */
export interface Shape<T, W> {
  toWire(value: T): W | undefined;
  fromWire(wire: W | null | undefined): T;
}

/** The generated code's own `Long`: the same class, which its declarations import in another way. */
type WireLong = NonNullable<zfsync.v1.Version.$Properties['guid']>;

/** A value outside its limits; `path` grows from the field outwards while the error rises. */
export class RejectedError extends Error {
  readonly path: string[] = [];

  static {
    this.prototype.name = 'RejectedError';
  }
}

const U64_MAX = 2n ** 64n - 1n;

/** One check for both directions; the type tests hold against callers whose types lie. */
function checked<T, W>(wireDefault: W, check: (value: W) => T): Shape<T, W> {
  return {
    toWire: (value) => {
      check(value as unknown as W);
      return value as unknown as W;
    },
    fromWire: (wire) => check(wire ?? wireDefault),
  };
}

export function reject(message: string): never {
  throw new RejectedError(message);
}

export const bool: Shape<boolean, boolean> = checked<boolean, boolean>(false, (value) =>
  typeof value === 'boolean' ? value : reject('is no boolean'),
);

/** An integer within both bounds. */
export function integer(min: number, max: number): Shape<number, number> {
  return checked<number, number>(0, (value) => {
    if (!Number.isInteger(value)) reject('is no integer');
    if (value < min || value > max) reject(`is ${value}, not within ${min} to ${max}`);
    return value;
  });
}

/** Printable text of a bounded length; see `text.ts`. */
export function text(bytesMin: number, bytesMax: number, pattern?: RegExp): Shape<string, string> {
  return checked<string, string>('', (value) => {
    if (typeof value !== 'string') reject('is no string');
    const bytes = utf8Bytes(value);
    if (bytes < bytesMin || bytes > bytesMax) reject(`has ${bytes} bytes, not ${bytesMin} to ${bytesMax}`);
    if (pattern?.test(value) === false) reject(`does not match ${pattern.source}`);
    const forbidden = forbiddenCharacter(value);
    if (forbidden !== undefined) reject(`holds the character ${forbidden}`);
    return value;
  });
}

/** A name of ZFS; `parse` throws {@link InvalidNameError}. */
export function name<T extends string>(parse: (value: string) => T): Shape<T, string> {
  return checked<T, string>('', (value) => {
    if (typeof value !== 'string') reject('is no string');
    try {
      return parse(value);
    } catch (error) {
      if (error instanceof InvalidNameError) reject(error.message);
      throw error;
    }
  });
}

/** An unsigned 64-bit number. */
export function u64(min: bigint): Shape<bigint, WireLong> {
  const check = (value: bigint): bigint => {
    if (typeof value !== 'bigint') reject('is no bigint');
    if (value < min || value > U64_MAX) reject(`is ${value}, not within ${min} to 2^64-1`);
    return value;
  };
  return {
    // The one class Long, which the two declarations of its import make look like two.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- false for Long, whose class typescript-eslint sees twice
    toWire: (value) => Long.fromBigInt(check(value), true),
    fromWire: (wire) => check(wire === undefined || wire === null ? 0n : BigInt.asUintN(64, wire.toBigInt())),
  };
}

/** Bytes of a fixed length. Decoding copies them, as the wire's are a view of the transport's buffer. */
export function bytes(length: number): Shape<Uint8Array, Uint8Array> {
  const check = (value: Uint8Array): Uint8Array => {
    if (!(value instanceof Uint8Array)) reject('is no byte array');
    return value.length === length ? value : reject(`has ${value.length} bytes, not ${length}`);
  };
  return { toWire: check, fromWire: (wire) => Uint8Array.from(check(wire ?? new Uint8Array(0))) };
}

/** Bytes of a fixed length, to the domain as lower-case hexadecimal digits. */
export function hex(length: number): Shape<string, Uint8Array> {
  const raw = bytes(length);
  const digits = new RegExp(`^[0-9a-f]{${2 * length}}$`);
  return {
    toWire: (value) =>
      typeof value === 'string' && digits.test(value)
        ? Uint8Array.from(Buffer.from(value, 'hex'))
        : reject(`is not ${2 * length} lower-case hexadecimal digits`),
    fromWire: (wire) => Buffer.from(raw.fromWire(wire)).toString('hex'),
  };
}

/** An enum; 0 (`UNSPECIFIED`, the same as absent) and values that are not in the table are rejected. */
export function choice<T extends string, W extends number>(table: Readonly<Record<T, W>>): Shape<T, W> {
  const byWire = new Map(Object.entries<W>(table).map(([value, wire]) => [wire, value as T]));
  return {
    toWire: (value) =>
      Object.hasOwn(table, value) ? table[value] : reject(`is ${JSON.stringify(value)}, which is unknown`),
    fromWire: (wire) => byWire.get(wire ?? (0 as W)) ?? reject(`is ${wire ?? 0}, which is unknown`),
  };
}

export function list<T, W>(item: Shape<T, W>, max: number): Shape<readonly T[], W[]> {
  const each = <A, B>(items: readonly A[], map: (item: A) => B): B[] => {
    if (items.length > max) reject(`has ${items.length} entries, more than ${max}`);
    const mapped: B[] = [];
    try {
      for (const value of items) mapped.push(map(value));
    } catch (error) {
      throw within(`[${mapped.length}]`, error);
    }
    return mapped;
  };
  return {
    toWire: (values) => each(values, (value) => item.toWire(value) as W),
    fromWire: (wire) => each(wire ?? [], (value) => item.fromWire(value)),
  };
}

/** Absent is a value of its own. */
export function optional<T, W>(item: Shape<T, W>): Shape<T | undefined, W> {
  return {
    toWire: (value) => (value === undefined ? undefined : item.toWire(value)),
    fromWire: (wire) => (wire === undefined || wire === null ? undefined : item.fromWire(wire)),
  };
}

/**
 * A message, under the same names on the wire. `constant` are the properties K that the domain has and the wire does
 * not, such as the tag of a union; `check` is for what concerns several fields.
 */
export function struct<T extends object, W extends object, K extends keyof T>(
  constant: Pick<T, K>,
  fields: { readonly [F in Exclude<keyof T, K>]: F extends keyof W ? Shape<T[F], NonNullable<W[F]>> : never },
  check?: (value: T) => void,
): Shape<T, W> {
  const entries = Object.entries<Shape<unknown, unknown>>(fields);
  const each = (
    from: object,
    to: Record<string, unknown>,
    map: (shape: Shape<unknown, unknown>, value: unknown) => unknown,
  ) => {
    let field = '';
    try {
      for (const [key, shape] of entries) {
        field = key;
        to[key] = map(shape, (from as Record<string, unknown>)[key]);
      }
    } catch (error) {
      throw within(`.${field}`, error);
    }
    return to;
  };
  return {
    toWire: (value) => {
      if (typeof value !== 'object') reject('is missing');
      const wire = each(value, {}, (shape, member) => shape.toWire(member)) as W;
      check?.(value);
      return wire;
    },
    fromWire: (wire) => {
      if (wire === undefined || wire === null) return reject('is missing');
      const value = each(wire, { ...constant }, (shape, member) => shape.fromWire(member)) as T;
      check?.(value);
      return value;
    },
  };
}

/** The same error, which now knows that it happened within `key`. */
export function within(key: string, error: unknown): unknown {
  if (error instanceof RejectedError) error.path.unshift(key);
  return error;
}
