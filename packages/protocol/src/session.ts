/**
 * One side of one connection as a state machine without IO: bytes in, events out; messages in, bytes out.
 */
import { decodeMessage, encodeMessage } from './codec.ts';
import { ProtocolError } from './errors.ts';
import { encodeControlFrame, encodeHeader } from './frame.ts';
import { FrameDecoder } from './frame-decoder.ts';
import { dataPayloadBytesMax } from './limits.ts';
import type { Hello, Message, Pair } from './message.ts';
import {
  heartbeatAllowed,
  nextState,
  type Role,
  type SessionState,
  STATE_WORDS,
  type Utterance,
} from './session-table.ts';
import { Totals } from './session-totals.ts';

export type SessionEvent =
  | { readonly kind: 'message'; readonly message: Message }
  /** Bytes of the stream: a view of the pushed bytes. */
  | { readonly kind: 'data'; readonly chunk: Uint8Array }
  /** The peer broke the protocol: the last event. */
  | { readonly kind: 'violation'; readonly error: ProtocolError };

/** A message of ours that is illegal in the state of the session: a bug of the caller, never the peer's doing. */
export class IllegalSendError extends Error {
  static {
    this.prototype.name = 'IllegalSendError';
  }
}

export class Session {
  readonly role: Role;
  readonly #decoder = new FrameDecoder();
  readonly #totals = new Totals();
  #state: SessionState = 'hello';
  #hello: Hello | Pair | undefined;
  #broken = false;

  constructor(role: Role) {
    this.role = role;
  }

  get state(): SessionState {
    return this.#state;
  }

  get heartbeatAllowed(): boolean {
    return heartbeatAllowed(this.#state);
  }

  /** Nothing is missing: the peer's bytes may end here. */
  get mayEnd(): boolean {
    return this.#state === 'closed';
  }

  /** See {@link FrameDecoder.frameUnderWay}. */
  get frameUnderWay(): number | undefined {
    return this.#decoder.frameUnderWay;
  }

  /** Where the peer's bytes have ended, for the message of an error. */
  get position(): string {
    return this.frameUnderWay === undefined
      ? STATE_WORDS[this.#state]
      : `in the middle of a frame, ${STATE_WORDS[this.#state]}`;
  }

  /** Heartbeats are not reported. After a violation or the peer's last message further bytes are discarded. */
  push(bytes: Uint8Array): SessionEvent[] {
    const events: SessionEvent[] = [];
    if (this.#broken || this.#state === 'closed') return events;
    try {
      for (const part of this.#decoder.push(bytes)) {
        if (part.kind === 'data') {
          this.#advance('receive', 'data');
          events.push(part);
        } else {
          const message = decodeMessage(part.payload);
          this.#advance('receive', message);
          if (message.type !== 'heartbeat') events.push({ kind: 'message', message });
        }
        if (this.#isClosed()) break;
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#broken = true;
      events.push({ kind: 'violation', error });
    }
    return events;
  }

  /**
   * One CONTROL frame.
   *
   * @throws {IllegalSendError} when the message is illegal now, {@link ProtocolError} when it cannot be encoded; the
   * session is then as it was.
   */
  encode(message: Message): Uint8Array {
    const next = this.#next('send', message);
    const frame = encodeControlFrame(encodeMessage(message));
    this.#enter(next, message);
    return frame;
  }

  /**
   * The header of a DATA frame, to be followed by its payload.
   *
   * @throws {IllegalSendError} when no stream is under way or the length is illegal.
   */
  encodeDataHeader(payloadBytes: number): Uint8Array {
    if (payloadBytes < 1 || payloadBytes > dataPayloadBytesMax) {
      throw new IllegalSendError(`a DATA frame cannot have ${payloadBytes} bytes`);
    }
    this.#advance('send', 'data');
    return encodeHeader('data', payloadBytes);
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #advance(direction: 'send' | 'receive', said: Message | 'data'): void {
    this.#enter(this.#next(direction, said), said);
  }

  /** Everything that can be wrong with `said` now is found here; nothing is changed. */
  #next(direction: 'send' | 'receive', said: Message | 'data'): SessionState {
    const utterance = said === 'data' ? said : utteranceOf(said);
    const peer = this.role === 'sender' ? 'receiver' : 'sender';
    const next = nextState(this.#state, direction === 'send' ? this.role : peer, utterance);
    if (next === undefined) throw this.#illegal(direction, utterance);
    if (said !== 'data') {
      const flaw = this.#totals.flaw(said) ?? this.#helloFlaw(said) ?? modeFlaw(said);
      if (flaw !== undefined) throw direction === 'send' ? new IllegalSendError(flaw.message) : flaw;
    }
    return next;
  }

  #enter(next: SessionState, said: Message | 'data'): void {
    if (said !== 'data') {
      this.#totals.count(said);
      if (said.type === 'hello' || said.type === 'pair') this.#hello = said;
      if (said.type === 'hello-reply') this.#hello = undefined;
    }
    this.#state = next;
    this.#decoder.helloDone = next !== 'hello' && next !== 'hello-reply' && next !== 'pairing';
  }

  #illegal(direction: 'send' | 'receive', utterance: Utterance): Error {
    const text = `${utterance} ${STATE_WORDS[this.#state]} (state ${this.#state})`;
    if (direction === 'send') return new IllegalSendError(`the ${this.role} may not send ${text}`);
    return new ProtocolError(`the peer sent ${text}, which is not allowed`, 'MESSAGE_UNEXPECTED', {
      context: { state: this.#state, message: utterance },
    });
  }

  #helloFlaw(message: Message): ProtocolError | undefined {
    if ((message.type !== 'hello-reply' && message.type !== 'pair-reply') || this.#hello === undefined)
      return undefined;
    const { protocolMin, protocolMax } = this.#hello;
    const { protocolVersion } = message;
    if (protocolVersion >= protocolMin && protocolVersion <= protocolMax) return undefined;
    return new ProtocolError(
      `the protocol version ${protocolVersion} was chosen, which is not within ${protocolMin} to ${protocolMax}`,
      'VERSION_UNSUPPORTED',
    );
  }
}

function modeFlaw(message: Message): ProtocolError | undefined {
  if ((message.type !== 'begin-stream' && message.type !== 'stream-ready') || message.mode === 'framed')
    return undefined;
  return new ProtocolError('protocol version 1 has only framed streams', 'MESSAGE_INVALID');
}

function utteranceOf(message: Message): Utterance {
  switch (message.type) {
    case 'offer':
    case 'decisions':
    case 'clean-buffer-report':
    case 'tidy-report':
      return message.last ? `${message.type}, last` : message.type;
    case 'stream-result':
      return message.failure === undefined ? message.type : `${message.type}, failed`;
    default:
      return message.type;
  }
}
