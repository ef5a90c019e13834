/** Payloads that no honest encoder makes: protobuf by hand, after the schema of docs/PROTOCOL.md. */
import { randomBytes } from 'node:crypto';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

export type Bytes = Buffer;

function varint(value: bigint | number): Bytes {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

const all = (...parts: readonly Bytes[]): Bytes => Buffer.concat(parts);
const number = (field: number, value: bigint | number): Bytes => all(varint(field * 8), varint(value));
const fixed = (field: number, value: bigint): Bytes => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return all(varint(field * 8 + 1), bytes);
};

export const bytes = (field: number, content: Bytes | string): Bytes => {
  const raw = Buffer.from(content);
  return all(varint(field * 8 + 2), varint(raw.length), raw);
};

/** A hello of these fields, else a legal one. */
export function helloPayload(forged: { readonly asPath?: string; readonly runId?: string }): Bytes {
  const { asPath = '', runId = 'forged' } = forged;
  const versions = all(number(1, 1), number(2, 1));
  return bytes(
    1,
    all(versions, bytes(4, randomBytes(16)), bytes(5, runId), bytes(6, 'x'), bytes(7, 'src'), bytes(8, asPath)),
  );
}

export function versionFields(name: string, guid: bigint): Bytes {
  return bytes(6, all(number(1, 1), bytes(2, name), fixed(3, guid), number(4, 1), number(5, 1)));
}

export function propertyFields(name: string, value: string): Bytes {
  return bytes(11, all(bytes(1, name), bytes(2, value)));
}

/** A filesystem of this path, with whatever further fields. */
export function datasetFields(path: string, ...more: readonly Bytes[]): Bytes {
  return bytes(3, all(bytes(1, path), number(2, 1), fixed(3, 7n), ...more));
}

export function offerPayload(page: number, last: boolean, ...datasets: readonly Bytes[]): Bytes {
  return bytes(3, all(number(1, page), number(2, last ? 1 : 0), ...datasets));
}

export function replanPayload(path: string): Bytes {
  return bytes(16, bytes(1, path));
}

/** @param mode 1 framed, 2 direct */
export function beginPayload(path: string, mode = 1): Bytes {
  return bytes(5, all(bytes(1, path), fixed(3, 7n), number(9, mode)));
}

/** What a TLS client says first. */
export function clientHello(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const wire = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        resolve(chunk);
        done();
      },
    });
    // It is never answered.
    connectTls({ socket: wire, ALPNProtocols: ['zfsync/1'], minVersion: 'TLSv1.3' }).on('error', reject);
  });
}
