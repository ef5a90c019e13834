import type { Endpoint } from '@zfsync/program';
import {
  Connection,
  ConnectionError,
  connectTcp,
  type Hello,
  type HelloReply,
  PROTOCOL_VERSION_MAX,
  PROTOCOL_VERSION_MIN,
  type Transport,
} from '@zfsync/protocol';
import { ReplicationError } from '@zfsync/zfs';

/** Makes the transport to the receiver; the tests have one that breaks. */
export type Dial = (signal: AbortSignal) => Promise<Transport>;

/** @param timeoutMs how long the connection may take to be made */
export function dialTcp(endpoint: Endpoint, bindAddress: string | undefined, timeoutMs: number): Dial {
  return (signal) =>
    connectTcp({
      ...endpoint,
      ...(bindAddress !== undefined && { bindAddress }),
      timeoutMs,
      signal,
    });
}

export type HelloFields = Pick<Hello, 'sessionId' | 'runId' | 'agent' | 'sourceRoot' | 'asPath'>;

export interface GreetingOptions {
  /** Milliseconds. */
  readonly peerTimeoutMs: number;
  /** Milliseconds. */
  readonly helloTimeoutMs: number;
  /** What the reason may be if the connection breaks before there is an answer. */
  readonly ifUnanswered?: string | undefined;
}

function unanswered(cause: ConnectionError, hint: string): ReplicationError {
  const { code, retry, context } = cause;
  return new ReplicationError(`${cause.message}, before it answered: ${hint}`, { code, retry, context, cause });
}

/** Connects and greets. @throws when the receiver cannot be reached or refuses; the connection is closed then. */
export async function openConnection(
  dial: Dial,
  hello: HelloFields,
  { peerTimeoutMs, helloTimeoutMs, ifUnanswered }: GreetingOptions,
  signal: AbortSignal,
): Promise<{ connection: Connection; reply: HelloReply }> {
  const connection = new Connection(await dial(signal), { role: 'sender', peerTimeoutMs });
  try {
    await connection.send({
      type: 'hello',
      protocolMin: PROTOCOL_VERSION_MIN,
      protocolMax: PROTOCOL_VERSION_MAX,
      features: [],
      ...hello,
    });
    const reply = await connection.expect(['hello-reply'], { timeoutMs: helloTimeoutMs, signal });
    return { connection, reply };
  } catch (error) {
    connection.destroy();
    throw ifUnanswered !== undefined && error instanceof ConnectionError ? unanswered(error, ifUnanswered) : error;
  }
}
