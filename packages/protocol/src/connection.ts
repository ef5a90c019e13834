import type { Readable, Writable } from 'node:stream';
import { ConnectionError, PeerError, PeerSilentError, ProtocolError, toFailure } from './errors.ts';
import { type ReceiveOptions, Waiters } from './inbox.ts';
import { frameMsMax, heartbeatIntervalMs, inboxMessagesMax, lingerMsMax, peerSilenceMsMax } from './limits.ts';
import { Liveness } from './liveness.ts';
import type { Message, MessageType } from './message.ts';
import { Session, type SessionEvent } from './session.ts';
import type { Role } from './session-table.ts';
import { IncomingStream, type ReceivedStream, type ReceiveStreamOptions } from './stream-in.ts';
import { OutgoingStream, type SendStreamOptions, type SentStream } from './stream-out.ts';
import type { Transport } from './transport.ts';

export interface ConnectionOptions {
  readonly role: Role;
  /**
   * A peer that says nothing for so many milliseconds is dead. A heartbeat is sent four times within it, at least every
   * second, whatever the peer's own time is.
   */
  readonly peerTimeoutMs?: number;
  readonly frameMsMax?: number;
  readonly lingerMsMax?: number;
}

/**
 * One connection of a session: a {@link Session} on a {@link Transport}. What it holds is bounded in both directions:
 * the transport is paused while nobody takes what came, and a source is paused while the transport takes nothing.
 */
export class Connection {
  readonly peer: string;
  /** Resolves when the transport is closed, however that came about. Never rejects. */
  readonly closed: Promise<void>;
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #liveness: Liveness;
  readonly #ticker: NodeJS.Timeout;
  readonly #lingerMsMax: number;
  readonly #waiters = new Waiters();
  /** What came and was not taken, in order. */
  readonly #queue: Exclude<SessionEvent, { kind: 'violation' }>[] = [];
  #queuedMessages = 0;
  #incoming: IncomingStream | undefined;
  #outgoing: OutgoingStream | undefined;
  /** The transport asked for a pause in writing. */
  #full = false;
  #drainWaiters: { resolve: () => void; reject: (error: Error) => void }[] = [];
  /** Why nothing more can be sent, and received once the queue is empty. */
  #failure: Error | undefined;
  #linger: NodeJS.Timeout | undefined;
  #transportClosed = false;
  #onClosed!: () => void;

  constructor(transport: Transport, options: ConnectionOptions) {
    this.peer = transport.peer;
    this.#transport = transport;
    this.#session = new Session(options.role);
    const peerTimeoutMs = options.peerTimeoutMs ?? peerSilenceMsMax;
    this.#lingerMsMax = options.lingerMsMax ?? lingerMsMax;
    this.#liveness = new Liveness({
      heartbeatIntervalMs: Math.min(heartbeatIntervalMs, peerTimeoutMs / 4),
      peerSilenceMsMax: peerTimeoutMs,
      frameMsMax: options.frameMsMax ?? frameMsMax,
    });
    this.#ticker = setInterval(() => {
      this.#tick();
    }, this.#liveness.tickMs).unref();
    this.closed = new Promise((resolve) => {
      this.#onClosed = resolve;
    });
    transport.start({
      onData: (chunk) => {
        this.#take(chunk);
      },
      onDrain: () => {
        this.#drain();
      },
      onEnd: () => {
        this.#peerEnded();
      },
      onClose: (error) => {
        this.#transportGone(error);
      },
    });
  }

  /**
   * Resolves when the transport has taken it, which is after a drain when it was full.
   *
   * @throws the reason when the connection is closed; `IllegalSendError` when the message is illegal now (a bug).
   */
  async send(message: Message): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#write([this.#session.encode(message)])) await this.#drained();
  }

  /**
   * The next control message, never a heartbeat. A message that came before the connection broke is still received.
   *
   * @throws {ProtocolError} when the peer broke the protocol, {@link PeerError} when it said that it failed,
   * {@link PeerSilentError} when it is dead or `timeoutMs` is over, {@link ConnectionError} when the connection is gone,
   * `AbortedError` when the signal fires.
   */
  async receive(options: ReceiveOptions = {}): Promise<Message> {
    return this.#receive('message', options);
  }

  /**
   * {@link receive} of one of these types.
   *
   * @throws also {@link ProtocolError} for any other type, which closes the connection.
   */
  async expect<T extends MessageType>(
    types: readonly T[],
    options: ReceiveOptions = {},
  ): Promise<Extract<Message, { type: T }>> {
    const awaited = types.join(' or ');
    const message = await this.#receive(awaited, options);
    if (isOneOf(message, types)) return message;
    const error = new ProtocolError(
      `the peer ${this.peer} sent ${message.type} in the place of ${awaited}`,
      'MESSAGE_UNEXPECTED',
      { context: { peer: this.peer, message: message.type } },
    );
    void this.fail(error);
    throw error;
  }

  /**
   * Sends all of `source` as DATA frames at the pace of the peer, without the trailer. Other messages may be received
   * meanwhile. However it ends, the source is the caller's to end.
   *
   * @throws the source's error, `AbortedError` when the signal fires, or the reason when the connection is closed.
   */
  async sendStream(source: Readable, options: SendStreamOptions = {}): Promise<SentStream> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#outgoing !== undefined) throw new TypeError('a stream is under way already');
    const write = (chunk: Uint8Array): boolean => this.#write([this.#session.encodeDataHeader(chunk.length), chunk]);
    this.#outgoing = new OutgoingStream(source, write, options);
    try {
      return await this.#outgoing.result;
    } finally {
      this.#outgoing = undefined;
    }
  }

  /**
   * Writes the stream to `sink` at the sink's pace until the trailer, and holds it against the trailer's count and
   * digest. A sink that errs or closes early does not end it: the rest is read and thrown away. `sink` is not ended.
   *
   * @throws the reason when the connection breaks.
   */
  async receiveStream(sink: Writable, options: ReceiveStreamOptions = {}): Promise<ReceivedStream> {
    if (this.#incoming !== undefined) throw new TypeError('a stream is under way already');
    this.#incoming = new IncomingStream(sink, options, () => {
      this.#pump();
    });
    const { result } = this.#incoming;
    this.#pump();
    if (this.#failure !== undefined) this.#failIncoming(this.#failure);
    return result;
  }

  /** Half-closes after what was sent, and resolves when the transport is closed. What still comes is discarded. */
  async close(): Promise<void> {
    this.#shutDown(
      new ConnectionError(`the connection to ${this.peer} was closed by this side`, { code: 'CONNECTION_CLOSED' }),
    );
    return this.closed;
  }

  /** Tells the peer as well as it can and closes. Never rejects. */
  async fail(error: unknown): Promise<void> {
    this.#tell(error);
    this.#shutDown(error instanceof Error ? error : new TypeError(String(error)));
    return this.closed;
  }

  /** Closes at once; the peer sees a reset. */
  destroy(error?: Error): void {
    this.#break(
      error ??
        new ConnectionError(`the connection to ${this.peer} was closed by this side`, { code: 'CONNECTION_CLOSED' }),
    );
    this.#transport.destroy(error);
  }

  async #receive(awaited: string, options: ReceiveOptions): Promise<Message> {
    const [front] = this.#queue;
    if (front?.kind === 'message') {
      if (options.signal?.aborted !== true) this.#dequeue();
      else return this.#waiters.wait(awaited, options);
      this.#regulate();
      return front.message;
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (front !== undefined) throw new TypeError('a stream is under way: receiveStream takes it');
    return this.#waiters.wait(awaited, options);
  }

  #take(chunk: Uint8Array): void {
    this.#liveness.heard();
    if (this.#failure !== undefined) return;
    for (const event of this.#session.push(chunk)) {
      if (event.kind === 'violation') this.#violated(event.error);
      else if (event.kind === 'message' && event.message.type === 'error') {
        this.#shutDown(new PeerError(event.message.failure));
      } else {
        this.#queue.push(event);
        if (event.kind === 'message') this.#queuedMessages += 1;
        this.#pump();
      }
    }
  }

  #violated(error: ProtocolError): void {
    this.#tell(error);
    this.#shutDown(error);
  }

  /** Hands on what can be handed on, in order. */
  #pump(): void {
    for (let front = this.#queue[0]; front !== undefined; front = this.#queue[0]) {
      if (front.kind === 'data') {
        if (this.#incoming === undefined) break;
        this.#dequeue();
        this.#incoming.data(front.chunk);
      } else if (this.#incoming !== undefined && isTrailer(front.message)) {
        this.#dequeue();
        this.#incoming.trailer(front.message);
        this.#incoming = undefined;
      } else {
        if (!this.#waiters.deliver(front.message)) break;
        this.#dequeue();
      }
    }
    this.#regulate();
  }

  #dequeue(): void {
    if (this.#queue.shift()?.kind === 'message') this.#queuedMessages -= 1;
  }

  /** Pauses the transport while nobody takes what it brings. */
  #regulate(): void {
    if (this.#failure !== undefined) return;
    const blocked =
      this.#incoming?.blocked === true || this.#queue[0]?.kind === 'data' || this.#queuedMessages >= inboxMessagesMax;
    if (blocked === this.#liveness.paused) return;
    this.#liveness.paused = blocked;
    if (blocked) this.#transport.pause();
    else this.#transport.resume();
  }

  #write(chunks: readonly Uint8Array[]): boolean {
    this.#liveness.wrote();
    if (!this.#transport.write(chunks)) this.#full = true;
    return !this.#full;
  }

  #drained(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#drainWaiters.push({ resolve, reject });
    });
  }

  #drain(): void {
    this.#full = false;
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const { resolve } of waiters) resolve();
    this.#outgoing?.drained();
  }

  #tick(): void {
    const { heartbeatDue, peerDead } = this.#liveness.tick(this.#session.frameUnderWay);
    if (this.#failure !== undefined) return;
    if (peerDead !== undefined) {
      const { peer } = this;
      this.destroy(new PeerSilentError(`the peer ${peer} ${peerDead}, ${this.#session.position}`, { peer }));
    } else if (heartbeatDue && !this.#full && this.#session.heartbeatAllowed) {
      this.#write([this.#session.encode({ type: 'heartbeat' })]);
    }
  }

  #peerEnded(): void {
    const words = this.#session.mayEnd ? '' : ` ${this.#session.position}`;
    this.#shutDown(
      new ConnectionError(`the peer ${this.peer} closed the connection${words}`, {
        code: 'CONNECTION_CLOSED',
        context: { peer: this.peer, state: this.#session.state },
      }),
    );
  }

  #transportGone(error: Error | undefined): void {
    this.#transportClosed = true;
    clearInterval(this.#ticker);
    clearTimeout(this.#linger);
    this.#break(
      error ?? new ConnectionError(`the connection to ${this.peer} was closed`, { code: 'CONNECTION_CLOSED' }),
    );
    this.#onClosed();
  }

  /** The last message, when the session still takes one. */
  #tell(error: unknown): void {
    if (this.#failure !== undefined || this.#session.state === 'closed') return;
    this.#write([this.#session.encode({ type: 'error', failure: toFailure(error) })]);
  }

  /**
   * The orderly end: flushes, half-closes, and reads on without looking until the peer has closed too. Were what it has
   * sent left unread, the kernel would reset the connection and the peer might lose our last words.
   */
  #shutDown(reason: Error): void {
    if (this.#failure !== undefined) return;
    this.#break(reason);
    this.#transport.end();
    this.#transport.resume();
    if (this.#transportClosed) return;
    this.#linger = setTimeout(() => {
      this.#transport.destroy();
    }, this.#lingerMsMax).unref();
  }

  /** From now on nothing is sent, and received only what is queued. */
  #break(reason: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = reason;
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const { reject } of waiters) reject(reason);
    this.#outgoing?.fail(reason);
    this.#failIncoming(reason);
    this.#waiters.fail(reason);
  }

  #failIncoming(reason: Error): void {
    this.#incoming?.fail(reason);
    this.#incoming = undefined;
  }
}

function isOneOf<T extends MessageType>(
  message: Message,
  types: readonly T[],
): message is Extract<Message, { type: T }> {
  return (types as readonly MessageType[]).includes(message.type);
}

function isTrailer(message: Message): message is Extract<Message, { type: 'stream-end' | 'stream-failed' }> {
  return message.type === 'stream-end' || message.type === 'stream-failed';
}
