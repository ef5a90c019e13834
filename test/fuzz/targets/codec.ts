/** decodeMessage: bytes are a message that means one thing only, or a ProtocolError. */
import assert from 'node:assert/strict';
import { limits, type Message, ProtocolError } from '@zfsync/protocol';
import { decodeMessage, encodeMessage } from '@zfsync/protocol/internal';
import { vectors } from '../../unit/protocol/messages.ts';
import type { Target } from '../engine.ts';
import { mutateBytes } from '../mutate.ts';
import { mutateProtobuf } from '../protobuf.ts';

/** What is said of a peer's error is logged: a line, not the megabyte that came. */
export const MESSAGE_CHARACTERS_MAX = limits.failureMessageBytesMax;

const PATH_FIELDS: ReadonlySet<string> = new Set([
  'path',
  'asPath',
  'target',
  'sourceRoot',
  'aside',
  'parkedAs',
  'name',
]);

export function checkProtocolError(error: unknown): void {
  assert.ok(error instanceof ProtocolError, `${String(error)} is no ProtocolError`);
  assert.ok(error.message.length <= MESSAGE_CHARACTERS_MAX, `a message of ${error.message.length} characters`);
  assert.doesNotMatch(error.message, /\p{Cs}|[^\P{Cc}\n\t]/u, 'control characters reach no log');
}

/** Looks at the names by itself, not with the code that has let them pass. */
function checkNames(value: unknown, field: string, inProperty: boolean): void {
  if (Array.isArray(value)) for (const item of value) checkNames(item, field, field === 'properties');
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) checkNames(member, key, inProperty);
  } else if (typeof value === 'string' && PATH_FIELDS.has(field) && !inProperty) {
    assert.ok(/^[A-Za-z0-9\-_.: /]*$/.test(value) && value.length <= 255, `${field} ${JSON.stringify(value)}`);
    assert.ok(!/(^|\/)\.{1,2}(\/|$)|\/\/|.\/$/.test(value), `${field} ${JSON.stringify(value)}`);
  }
}

export function checkMessage(message: Message): void {
  checkNames(message, '', false);
  const again = encodeMessage(message);
  assert.deepEqual(decodeMessage(again), message, 'encoded and decoded again it is the same');
  assert.deepEqual(encodeMessage(decodeMessage(again)), again, 'and so are its bytes');
}

export const codec: Target = {
  name: 'codec',
  promise: 'a message that is the same after another round trip, with no name that leads elsewhere; or a ProtocolError',
  cases: 6_000,
  msMax: 1_000,
  generate(random) {
    let { payload }: { payload: Uint8Array } = random.pick(vectors);
    for (let times = random.pick([1, 1, 2, 3]); times > 0; times -= 1) {
      const other = random.pick(vectors).payload;
      payload = random.chance(0.7) ? mutateProtobuf(random, payload, other) : mutateBytes(random, payload, other);
    }
    return random.chance(0.02) ? random.bytes(random.int(200)) : payload;
  },
  run(input) {
    let message: Message;
    try {
      message = decodeMessage(input);
    } catch (error) {
      checkProtocolError(error);
      return;
    }
    checkMessage(message);
  },
};
