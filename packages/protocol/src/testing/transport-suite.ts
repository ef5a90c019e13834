/** What every transport keeps to, whatever it is made of. */
import assert from 'node:assert/strict';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { ConnectionError } from '../errors.ts';
import type { Transport } from '../transport.ts';

export type TransportPair = readonly [Transport, Transport];

type Test = (name: string, run: () => Promise<void>) => unknown;

/** Registers the suite with the test harness's `test`; `makePair` connects two fresh ends. */
export function testTransport(test: Test, makePair: () => Promise<TransportPair>): void {
  const withPair = (name: string, run: (a: End, b: End) => Promise<void>): void => {
    test(name, async () => {
      const [left, right] = await makePair();
      const a = new End(left);
      const b = new End(right);
      try {
        await run(a, b);
      } finally {
        left.destroy();
        right.destroy();
      }
    });
  };

  withPair('both ends know their peer', async (a, b) => {
    assert.notEqual(a.transport.peer, '');
    assert.notEqual(b.transport.peer, '');
    await turn();
  });

  withPair('bytes arrive in order, both ways, gathered or not', async (a, b) => {
    a.start();
    b.start();
    a.transport.write([bytes('he'), bytes('llo')]);
    a.transport.write([bytes(' world')]);
    b.transport.write([bytes('good day')]);
    await b.until(() => b.text === 'hello world');
    await a.until(() => a.text === 'good day');
  });

  withPair('what was written before the other end started arrives', async (a, b) => {
    a.start();
    a.transport.write([bytes('early')]);
    await sleep(20);
    b.start();
    await b.until(() => b.text === 'early');
  });

  withPair('a half-close comes after the bytes and leaves the other direction open', async (a, b) => {
    a.start();
    b.start();
    a.transport.write([bytes('last words')]);
    a.transport.end();
    a.transport.end();
    await b.until(() => b.ends === 1);
    assert.equal(b.text, 'last words');
    assert.equal(b.closes.length, 0);
    b.transport.write([bytes('answer')]);
    await a.until(() => a.text === 'answer');
    b.transport.end();
    await a.until(() => a.closes.length === 1);
    await b.until(() => b.closes.length === 1);
    assert.deepEqual([a.ends, b.ends], [1, 1]);
    assert.deepEqual([...a.closes, ...b.closes], [undefined, undefined], 'a close in good order has no error');
  });

  withPair('a writer is told to stop and to go on', async (a, b) => {
    const chunk = new Uint8Array(64 * 1024).fill(7);
    const bytesMax = 256 * 1024 * 1024;
    a.start();
    b.start();
    b.transport.pause();
    let writtenBytes = 0;
    while (a.transport.write([chunk])) {
      writtenBytes += chunk.length;
      assert.ok(writtenBytes < bytesMax, 'write never says stop');
      await turn();
    }
    writtenBytes += chunk.length;
    await sleep(20);
    assert.equal(a.drains, 0, 'no drain while nobody reads');
    b.transport.resume();
    await a.until(() => a.drains === 1);
    await b.until(() => b.receivedBytes === writtenBytes);
  });

  withPair('a paused end gets nothing, but for one chunk under way', async (a, b) => {
    a.start();
    b.start();
    b.transport.pause();
    await turn();
    a.transport.write([bytes('one')]);
    await sleep(20);
    const chunks = b.chunks;
    a.transport.write([bytes('two')]);
    await sleep(20);
    assert.ok(chunks <= 1 && b.chunks === chunks);
    b.transport.resume();
    await b.until(() => b.text === 'onetwo');
  });

  withPair('pausing within onData holds the rest back', async (a, b) => {
    a.start();
    b.start(() => {
      b.transport.pause();
    });
    for (const word of ['one', 'two', 'three']) {
      a.transport.write([bytes(word)]);
      await sleep(5);
    }
    await sleep(20);
    assert.equal(b.chunks, 1);
    await b.until(() => {
      b.transport.resume();
      return b.text === 'onetwothree';
    });
  });

  withPair('the end waits for a paused reader', async (a, b) => {
    a.start();
    b.start();
    b.transport.pause();
    a.transport.write([bytes('rest')]);
    a.transport.end();
    await sleep(20);
    assert.equal(b.ends, 0);
    b.transport.resume();
    await b.until(() => b.ends === 1);
    assert.equal(b.text, 'rest');
  });

  withPair('destroy closes both ends, once, the other one with a ConnectionError', async (a, b) => {
    const reason = new Error('enough');
    a.start();
    b.start();
    a.transport.destroy(reason);
    a.transport.destroy();
    await a.until(() => a.closes.length === 1);
    await b.until(() => b.closes.length === 1);
    assert.equal(a.closes[0], reason);
    assert.ok(b.closes[0] instanceof ConnectionError);
    assert.equal(b.closes[0].code, 'CONNECTION_RESET');
    await sleep(20);
    assert.deepEqual([a.closes.length, b.closes.length], [1, 1]);
  });

  withPair('nothing is called after onClose', async (a, b) => {
    a.start();
    b.start();
    b.transport.write([new Uint8Array(1024 * 1024)]);
    a.transport.destroy();
    await a.until(() => a.closes.length === 1);
    await b.until(() => b.closes.length === 1);
    await sleep(20);
    assert.deepEqual([a.late, b.late], [0, 0]);
  });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** One end, and what happened to it. */
class End {
  readonly transport: Transport;
  readonly closes: (Error | undefined)[] = [];
  text = '';
  receivedBytes = 0;
  chunks = 0;
  drains = 0;
  ends = 0;
  /** Calls after onClose. */
  late = 0;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  start(onData?: () => void): void {
    this.transport.start({
      onData: (chunk) => {
        this.#called();
        this.chunks += 1;
        this.receivedBytes += chunk.length;
        if (chunk.length < 1024) this.text += new TextDecoder().decode(chunk);
        onData?.();
      },
      onDrain: () => {
        this.#called();
        this.drains += 1;
      },
      onEnd: () => {
        this.#called();
        this.ends += 1;
      },
      onClose: (error) => {
        this.#called();
        this.closes.push(error);
      },
    });
  }

  /** Waits for it, for at most 5 s. */
  async until(condition: () => boolean): Promise<void> {
    for (let waitedMs = 0; !condition(); waitedMs += 5) {
      assert.ok(waitedMs < 5_000, `it did not happen: ${condition.toString()}`);
      await sleep(5);
    }
  }

  #called(): void {
    if (this.closes.length > 0) this.late += 1;
  }
}
