import { quoted } from '@zfsync/zfs';
import { ProtocolError } from './errors.ts';
import { decodeHeader, FRAME_TYPE, type FrameHeader } from './frame.ts';
import { controlPayloadBytesMax, dataPayloadBytesMax, frameHeaderBytes, helloPayloadBytesMax } from './limits.ts';

export type FramePart =
  /** A whole CONTROL frame's payload; a view of the pushed bytes where they hold all of it. */
  | { readonly kind: 'control'; readonly payload: Uint8Array }
  /** Some bytes of a DATA frame, as they came: a view of the pushed bytes. */
  | { readonly kind: 'data'; readonly chunk: Uint8Array };

/**
 * Bytes in any division to frames. Synchronous; holds at most one header and one CONTROL payload, of a length that was
 * checked before anything of it was kept. A DATA frame is never collected.
 */
export class FrameDecoder {
  /** Until this is set, frames are held to the hello's limit. */
  helloDone = false;
  readonly #header = new Uint8Array(frameHeaderBytes);
  #headerBytes = 0;
  #framesDone = 0;
  /** Of the frame under way, once its header is whole. */
  #type: 'control' | 'data' | undefined;
  #remainingBytes = 0;
  /** Of a CONTROL frame that came in pieces. */
  #payload: Uint8Array | undefined;

  /** The ordinal of the frame that has begun and is not whole; undefined between two frames. */
  get frameUnderWay(): number | undefined {
    return this.#headerBytes === 0 && this.#type === undefined ? undefined : this.#framesDone;
  }

  /**
   * To be iterated to its end. Lazy, so that what a frame changes (`helloDone`) holds for the next one.
   *
   * @throws {ProtocolError} at the first illegal header; the decoder MUST NOT be used afterwards.
   */
  *push(bytes: Uint8Array): Generator<FramePart, void, undefined> {
    let offset = 0;
    while (offset < bytes.length) {
      if (this.#type === undefined) {
        offset += this.#takeHeader(bytes.subarray(offset));
      } else {
        const taken = bytes.subarray(offset, offset + this.#remainingBytes);
        offset += taken.length;
        const part = this.#takePayload(this.#type, taken);
        if (part !== undefined) yield part;
      }
    }
  }

  #takeHeader(bytes: Uint8Array): number {
    const taken = bytes.subarray(0, frameHeaderBytes - this.#headerBytes);
    this.#header.set(taken, this.#headerBytes);
    this.#headerBytes += taken.length;
    // Every legal length is below 2^24: the first byte alone gives most strangers away.
    if (this.#framesDone === 0 && this.#header[0] !== 0) throw this.#stranger();
    if (this.#headerBytes < frameHeaderBytes) return taken.length;
    const header = decodeHeader(this.#header);
    this.#type = this.#check(header);
    this.#remainingBytes = header.payloadBytes;
    this.#headerBytes = 0;
    return taken.length;
  }

  #takePayload(type: 'control' | 'data', taken: Uint8Array): FramePart | undefined {
    const whole = this.#remainingBytes;
    this.#remainingBytes -= taken.length;
    const done = this.#remainingBytes === 0;
    if (done) {
      this.#type = undefined;
      this.#framesDone += 1;
    }
    if (type === 'data') return { kind: 'data', chunk: taken };
    if (done && this.#payload === undefined) return { kind: 'control', payload: taken };
    this.#payload ??= new Uint8Array(whole);
    this.#payload.set(taken, this.#payload.length - whole);
    if (!done) return undefined;
    const payload = this.#payload;
    this.#payload = undefined;
    return { kind: 'control', payload };
  }

  #check(header: FrameHeader): 'control' | 'data' {
    const type = header.type === FRAME_TYPE.control ? 'control' : header.type === FRAME_TYPE.data ? 'data' : undefined;
    const flawed = header.flags !== 0 || header.reserved !== 0;
    if (this.#framesDone === 0 && (type !== 'control' || flawed)) throw this.#stranger();
    if (type === undefined) {
      throw new ProtocolError(`the peer sent a frame of the unknown type ${header.type}`, 'FRAME_TYPE_UNKNOWN');
    }
    if (flawed) {
      throw new ProtocolError('the peer sent a frame header with bits set that must be zero', 'FRAME_HEADER_INVALID');
    }
    if (header.payloadBytes === 0) throw new ProtocolError('the peer sent an empty frame', 'FRAME_HEADER_INVALID');
    const max = !this.helloDone ? helloPayloadBytesMax : type === 'data' ? dataPayloadBytesMax : controlPayloadBytesMax;
    if (header.payloadBytes > max) {
      throw new ProtocolError(
        `the peer sent a ${type} frame of ${header.payloadBytes} bytes; at most ${max} are allowed here`,
        'FRAME_TOO_LARGE',
        { context: { payloadBytes: header.payloadBytes, frameType: type } },
      );
    }
    return type;
  }

  #stranger(): ProtocolError {
    const start = this.#header.subarray(0, this.#headerBytes);
    // A TLS record begins with its type, 22 for a handshake and 21 for a refusal, and the major version 3.
    const tls = (start[0] === 0x16 || start[0] === 0x15) && (start.length < 2 || start[1] === 3);
    const said = quoted(String.fromCharCode(...start));
    return new ProtocolError(
      `the peer is not zfsync: ${tls ? 'it speaks TLS, and this side was started with --plaintext' : `its first bytes are ${said}`}`,
      'FRAME_HEADER_INVALID',
    );
  }
}
