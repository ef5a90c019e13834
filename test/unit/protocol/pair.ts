/** Two connections to each other, and what tests of them need. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, connectTcp, listenTcp, memoryTransportPair, type Transport } from '@zfsync/protocol';
import { faultyTransport, type FaultyTransportOptions } from '@zfsync/protocol/testing';
import { messageFor } from './messages.ts';

export interface Pair {
  readonly sender: Connection;
  readonly receiver: Connection;
}

export interface PairOptions {
  readonly peerTimeoutMs?: number;
  readonly frameMsMax?: number;
  readonly capacityBytes?: number;
  /** On the sender's end. */
  readonly faults?: FaultyTransportOptions;
}

export async function tcpTransports(): Promise<[Transport, Transport]> {
  let accept: (transport: Transport) => void;
  const accepted = new Promise<Transport>((resolve) => {
    accept = resolve;
  });
  const listener = await listenTcp({ host: '127.0.0.1', port: 0 }, (transport) => {
    accept(transport);
  });
  const client = await connectTcp({ host: '127.0.0.1', port: listener.address.port });
  const server = await accepted;
  await listener.close();
  return [client, server];
}

export function connect([left, right]: readonly [Transport, Transport], options: PairOptions = {}): Pair {
  const { faults, ...intervals } = options;
  return {
    sender: new Connection(faults ? faultyTransport(left, faults) : left, { role: 'sender', ...intervals }),
    receiver: new Connection(right, { role: 'receiver', ...intervals }),
  };
}

export async function greeted(transports: readonly [Transport, Transport], options?: PairOptions): Promise<Pair> {
  const pair = connect(transports, options);
  await pair.sender.send(messageFor('hello'));
  await pair.receiver.expect(['hello']);
  await pair.receiver.send(messageFor('hello-reply'));
  await pair.sender.expect(['hello-reply']);
  return pair;
}

export function memory(options: PairOptions = {}): Promise<Pair> {
  const { capacityBytes } = options;
  return greeted(memoryTransportPair(capacityBytes === undefined ? {} : { capacityBytes }), options);
}

export async function begun(pair: Pair): Promise<Pair> {
  await pair.sender.send(messageFor('begin-stream'));
  await pair.receiver.expect(['begin-stream']);
  await pair.receiver.send(messageFor('stream-ready'));
  await pair.sender.expect(['stream-ready']);
  return pair;
}

export async function over({ sender, receiver }: Pair): Promise<void> {
  sender.destroy();
  receiver.destroy();
  await Promise.all([sender.closed, receiver.closed]);
}

/** Takes everything and keeps its digest. */
export class Collector extends Writable {
  readonly hash = createHash('sha256');
  receivedBytes = 0;

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    this.hash.update(chunk);
    this.receivedBytes += chunk.length;
    callback();
  }
}

/** Takes nothing until it is told to. */
export class Blocked extends Writable {
  writtenBytes = 0;
  release: () => void = () => undefined;

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    this.writtenBytes += chunk.length;
    this.release = callback;
  }
}

export async function until(condition: () => boolean): Promise<void> {
  for (let waitedMs = 0; !condition(); waitedMs += 2) {
    assert.ok(waitedMs < 10_000, `it did not happen: ${condition.toString()}`);
    await sleep(2);
  }
}

export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error;
  }
  assert.fail('it did not fail');
}

export async function sendWhole(sender: Connection, source: Readable): Promise<void> {
  const { bytes, digest } = await sender.sendStream(source);
  await sender.send({ type: 'stream-end', bytes, digest });
}
