/** One connection of somebody who keeps to no rule: says any bytes, and hears what is answered. */
import type { Socket } from 'node:net';
import type { Message } from '@zfsync/protocol';
import {
  decodeMessage,
  encodeControlFrame,
  encodeHeader,
  encodeMessage,
  FrameDecoder,
} from '@zfsync/protocol/internal';

/** How long an answer may take; longer than any deadline of the receiver that an attack waits for. */
const PATIENCE_MS = 30_000;

export class Line {
  readonly socket: Socket;
  /** As the receiver's log calls this connection. */
  readonly peer: string;
  readonly #decoder = new FrameDecoder();
  readonly #heard: Message[] = [];
  #greeted = false;
  #gone: 'closed' | 'reset' | undefined;
  #notify: (() => void) | undefined;

  /** @param socket connected */
  constructor(socket: Socket) {
    this.socket = socket;
    this.peer = `${socket.localAddress ?? ''}:${socket.localPort ?? 0}`;
    this.#decoder.helloDone = true;
    socket.on('data', (chunk: Buffer) => {
      for (const part of this.#decoder.push(chunk)) {
        if (part.kind !== 'control') continue;
        const message = decodeMessage(part.payload);
        this.#greeted ||= message.type === 'hello-reply';
        this.#heard.push(message);
      }
      this.#notify?.();
    });
    socket.on('end', () => {
      this.#end('closed');
    });
    socket.on('error', () => {
      this.#end('reset');
    });
    socket.on('close', () => {
      this.#end('closed');
    });
  }

  #end(how: 'closed' | 'reset'): void {
    this.#gone ??= how;
    this.#notify?.();
  }

  raw(bytes: Uint8Array): this {
    this.socket.write(bytes);
    return this;
  }

  /** A CONTROL frame around any payload. */
  payload(payload: Uint8Array): this {
    return this.raw(encodeControlFrame(payload));
  }

  /** A legal message, whether it may be said now or not. */
  say(message: Message): this {
    return this.payload(encodeMessage(message));
  }

  data(bytes: Uint8Array): this {
    for (let at = 0; at < bytes.length; at += 256 * 1024) {
      const chunk = bytes.subarray(at, at + 256 * 1024);
      this.raw(encodeHeader('data', chunk.length)).raw(chunk);
    }
    return this;
  }

  /** Until what was said is on its way. */
  async flushed(): Promise<void> {
    while (this.socket.writableNeedDrain && this.#gone === undefined) {
      await new Promise<void>((resolve) => {
        this.socket.once('drain', resolve);
        this.socket.once('close', resolve);
      });
    }
  }

  /** The next message that is no heartbeat; undefined when the receiver has nothing more to say. */
  async hear(): Promise<Message | undefined> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const message = this.#heard.shift();
      if (message !== undefined && message.type !== 'heartbeat') return message;
      if (message !== undefined) continue;
      if (this.#gone !== undefined) return undefined;
      if (performance.now() > deadline) throw new Error(`nothing was heard for ${PATIENCE_MS / 1000} s`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        this.#notify = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** The next message, which is of this type. */
  async expect<T extends Message['type']>(type: T): Promise<Extract<Message, { type: T }>> {
    const message = await this.hear();
    if (message?.type === type) return message as Extract<Message, { type: T }>;
    throw new Error(
      `${type} was expected, not ${message === undefined ? (this.#gone ?? '') : JSON.stringify(message, shown)}`,
    );
  }

  /** How it was refused: the code of the next failure that is said, whatever comes before; or how the line ended. */
  async told(): Promise<string> {
    for (;;) {
      const message = await this.hear();
      if (message === undefined) return this.#gone ?? 'closed';
      if ('failure' in message && message.failure !== undefined) return message.failure.code;
      if (message.type === 'decisions') {
        for (const { decision } of message.decisions) if (decision.kind === 'refused') return decision.failure.code;
      }
    }
  }

  /** Says goodbye, unless the receiver has closed already or nothing was ever agreed on. */
  async leave(): Promise<void> {
    if (this.#gone !== undefined || !this.#greeted) return;
    this.say({ type: 'goodbye' });
    this.socket.end();
    while ((await this.hear()) !== undefined);
  }

  reset(): void {
    this.#end('reset');
    this.socket.resetAndDestroy();
  }

  destroy(): void {
    this.socket.destroy();
  }
}

function shown(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
