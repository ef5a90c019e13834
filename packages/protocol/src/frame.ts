/**
 * The frame header, frozen for ever:
 *
 *     0               4       5       6               8
 *     | length u32 BE | type  | flags | zero u16      | payload: `length` bytes …
 */
import { frameHeaderBytes } from './limits.ts';

export const FRAME_TYPE = {
  /** The payload is one protobuf `zfsync.v1.Control`. */
  control: 1,
  /** The payload is bytes of the send stream. */
  data: 2,
} as const;

export type FrameType = keyof typeof FRAME_TYPE;

export interface FrameHeader {
  readonly type: number;
  readonly payloadBytes: number;
  readonly flags: number;
  readonly reserved: number;
}

export function encodeHeader(type: FrameType, payloadBytes: number): Uint8Array {
  const header = new Uint8Array(frameHeaderBytes);
  const view = new DataView(header.buffer);
  view.setUint32(0, payloadBytes);
  view.setUint8(4, FRAME_TYPE[type]);
  return header;
}

/** Reads the fields; whether they are legal is for the decoder to say. */
export function decodeHeader(header: Uint8Array): FrameHeader {
  const view = new DataView(header.buffer, header.byteOffset, frameHeaderBytes);
  return {
    payloadBytes: view.getUint32(0),
    type: view.getUint8(4),
    flags: view.getUint8(5),
    reserved: view.getUint16(6),
  };
}

/** A whole CONTROL frame. */
export function encodeControlFrame(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(frameHeaderBytes + payload.length);
  frame.set(encodeHeader('control', payload.length));
  frame.set(payload, frameHeaderBytes);
  return frame;
}
