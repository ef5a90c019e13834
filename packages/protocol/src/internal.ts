/** The parts that the package is made of, for its own tests. Programs use `index.ts`. */
export { decodeMessage, encodeMessage } from './codec.ts';
export { Control, type FieldSchema, type MessageSchema } from './codec/schema.ts';
export { encodeControlFrame, encodeHeader } from './frame.ts';
export { FrameDecoder, type FramePart } from './frame-decoder.ts';
export { Liveness } from './liveness.ts';
export { IllegalSendError, Session, type SessionEvent } from './session.ts';
export { nextState, type SessionState, STATE_WORDS, type Utterance } from './session-table.ts';
export { Throttle } from './throttle.ts';
export { allowList, plainAddress } from './transport-addresses.ts';
export { Strangers, type StrangersOptions } from './transport-admission.ts';
