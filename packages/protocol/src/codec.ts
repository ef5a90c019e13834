/**
 * Messages to the payload of a CONTROL frame and back. With `codec/` the only place that knows the wire's own types.
 */
import { zfsync } from '#wire';
import { control } from './codec/messages.ts';
import { MalformedError, scan } from './codec/scan.ts';
import { RejectedError } from './codec/shape.ts';
import { ProtocolError, type ProtocolErrorCode } from './errors.ts';
import { controlPayloadBytesMax } from './limits.ts';
import type { Message } from './message.ts';

/**
 * @throws {ProtocolError} MESSAGE_INVALID for a message that {@link decodeMessage} would not take, FRAME_TOO_LARGE for
 * one that is too long: nothing is ever encoded as something else than what was said.
 */
export function encodeMessage(message: Message): Uint8Array {
  try {
    const payload = zfsync.v1.Control.encode(control.toWire(message) as zfsync.v1.Control.$Properties).finish();
    if (payload.length > controlPayloadBytesMax) {
      throw new ProtocolError(`the message ${message.type} has ${payload.length} bytes`, 'FRAME_TOO_LARGE', {
        origin: 'local',
      });
    }
    return payload;
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error;
    throw invalid(error, 'MESSAGE_INVALID', 'local');
  }
}

/** @throws {ProtocolError} MESSAGE_UNDECODABLE when the bytes are no message, MESSAGE_INVALID when a value is not legal. */
export function decodeMessage(payload: Uint8Array): Message {
  let wire: zfsync.v1.Control.$Properties;
  try {
    scan(payload);
    wire = zfsync.v1.Control.decode(payload);
  } catch (cause) {
    const reason = cause instanceof MalformedError ? cause.message : 'it is not well-formed';
    throw new ProtocolError(`the peer sent a message that cannot be decoded: ${reason}`, 'MESSAGE_UNDECODABLE', {
      cause,
    });
  }
  try {
    return control.fromWire(wire);
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error;
    throw invalid(error, 'MESSAGE_INVALID', 'peer');
  }
}

function invalid(error: RejectedError, code: ProtocolErrorCode, origin: 'local' | 'peer'): ProtocolError {
  const where = error.path.join('').replace(/^\./, '') || 'message';
  const whose = origin === 'peer' ? 'the peer sent an invalid message' : 'this message cannot be sent';
  return new ProtocolError(`${whose}: ${where} ${error.message}`, code, { origin, cause: error });
}
