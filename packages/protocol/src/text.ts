import { failureCodeBytesMax, failureDetailBytesMax, failureMessageBytesMax } from './limits.ts';
import type { Failure, OfferedProperty } from './message.ts';

/**
 * What no text on the wire may hold: control characters other than LF and TAB (a peer's text reaches terminals and
 * logs) and lone surrogates (they have no UTF-8).
 */
const FORBIDDEN = /\p{Cs}|[^\P{Cc}\n\t]/gu;

/** Where and what the first forbidden character is, or undefined. */
export function forbiddenCharacter(text: string): string | undefined {
  const found = text.match(FORBIDDEN)?.[0];
  return found === undefined
    ? undefined
    : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Length in bytes of UTF-8. */
export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text);
}

/** What the properties take, names and values. */
export function propertiesBytes(properties: readonly OfferedProperty[]): number {
  return properties.reduce((sum, { name, value }) => sum + utf8Bytes(name) + utf8Bytes(value), 0);
}

/**
 * A failure that fits on the wire: too long a message loses its end, too long a detail its beginning (the cause is in
 * the last lines of stderr), and what is not text is replaced. Anyone who builds a failure from others' words calls it.
 */
export function boundFailure(failure: Failure): Failure {
  const code = failure.code
    .toUpperCase()
    .replaceAll(/[^A-Z0-9_]/g, '_')
    .slice(0, failureCodeBytesMax);
  return {
    code: /^[A-Z]/.test(code) ? code : 'UNKNOWN',
    retry: failure.retry,
    message: head(printable(failure.message), failureMessageBytesMax) || 'no message',
    detail: tail(printable(failure.detail), failureDetailBytesMax),
  };
}

function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(FORBIDDEN, '\ufffd');
}

function head(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  let end = bytesMax;
  while (isContinuation(bytes[end])) end -= 1;
  return bytes.toString('utf8', 0, end);
}

function tail(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  let start = bytes.length - bytesMax;
  while (isContinuation(bytes[start])) start += 1;
  return bytes.toString('utf8', start);
}

/** The second or a later byte of a character in UTF-8. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
