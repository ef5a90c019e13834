/** Peers that are not what they should be, and lines that break: a clear message, nothing lost, the honest go on. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import {
  Connection,
  connectTcp,
  type Hello,
  limits,
  type OfferedDataset,
  offerPages,
  PeerError,
  type Transport,
} from '@zfsync/protocol';
import { type FaultyTransportOptions, faultyTransport } from '@zfsync/protocol/testing';
import type { Dial, RunReport } from '@zfsync/sender';
import { AbortedError, parseDatasetName, parseRelativePath, parseVersionName, ReplicationError } from '@zfsync/zfs';
import t from 'tap';
import { outcomes, type Pair, type SendOptions, startPair } from '../kit/pair.ts';
import { guids } from '../kit/pair-suite.ts';
import { RECEIVER, runSender, start } from '../kit/programs.ts';
import { offered } from '../kit/situation.ts';
import { simulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await simulatorTestBed();
t.teardown(() => bed.dispose());
const d = parseDatasetName;
const src = await bed.createPool('src');
const dst = await bed.createPool('dst');
const source = `${src}/tree`;
for (const path of ['', '/a', '/a/b', '/c']) await bed.zfs.create(d(source + path), { type: 'filesystem' });
await bed.write(d(`${source}/a`), 'file', randomBytes(300_000));
for (const name of ['one', 'two']) {
  await bed.write(d(`${source}/a/b`), name, name);
  await bed.zfs.snapshot([d(source)], parseVersionName(name), { recursive: true });
}

async function withPair(target: string, body: (pair: Pair) => Promise<void>): Promise<void> {
  const pair = await startPair({ target: `${dst}/${target}`, receiverZfs: bed.zfs, senderZfs: bed.zfs });
  try {
    await body(pair);
  } finally {
    await pair.close();
  }
}

function hello(change: Partial<Hello> = {}): Hello {
  return {
    type: 'hello',
    protocolMin: 1,
    protocolMax: 1,
    features: [],
    sessionId: randomBytes(16).toString('hex'),
    runId: 'run',
    agent: 'scripted',
    sourceRoot: d(source),
    asPath: parseRelativePath(''),
    ...change,
  };
}

async function scripted(port: number): Promise<Connection> {
  const transport = await connectTcp({ host: '127.0.0.1', port, timeoutMs: 5_000 });
  return new Connection(transport, { role: 'sender' });
}

/** Sends bytes to the receiver and waits until it has closed the connection. @returns what it said. */
async function sendRaw(port: number, bytes: Uint8Array): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'end').catch(() => undefined);
  socket.destroy();
  return Buffer.concat(chunks).toString('latin1');
}

t.test('a receiver among garbage: it says so, and an honest session beside it is not disturbed', async (t) => {
  await withPair('garbage', async (pair) => {
    const header = (length: number, type: number) => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(length, 0);
      bytes[4] = type;
      return bytes;
    };
    const attacks: [string, Uint8Array][] = [
      ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
      ['a frame over the maximum', header(limits.controlPayloadBytesMax + 1, 1)],
      ['an unknown frame type', header(8, 99)],
      ['data before hello', Buffer.concat([header(4, 2), Buffer.from('data')])],
      ['an undecodable message', Buffer.concat([header(6, 1), Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff])])],
      ['an empty message', header(0, 1)],
      ['noise', randomBytes(4096)],
    ];
    const honest = pair.send(source);
    for (const [what, bytes] of attacks) {
      const answer = await sendRaw(pair.port, bytes);
      t.ok(answer.length > 8, `${what} is answered with an error`);
    }
    t.ok(
      outcomes(await honest).every((line) => line.endsWith('sent')),
      'the honest session is done',
    );
    const said = pair.receiverLog().filter(({ event }) => event === 'connection-failed');
    t.equal(said.length, attacks.length, 'one line for each');
    t.ok(
      said.every((line) => typeof line['peer'] === 'string'),
      'with the peer',
    );
  });
});

t.test('versions that do not match: both ranges are named', async (t) => {
  await withPair('version', async (pair) => {
    const connection = await scripted(pair.port);
    await connection.send(hello({ protocolMin: 90, protocolMax: 99 }));
    await t.rejects(connection.receive(), { code: 'VERSION_UNSUPPORTED', message: /90.*99/ });
    await connection.close();
  });
});

t.test('names that would leave the target root do not pass', async (t) => {
  await withPair('names', async (pair) => {
    // The honest encoder cannot say these; so they are written over honest bytes of the same length.
    const forge = async (honest: string, hostile: string): Promise<void> => {
      const transport = await connectTcp({ host: '127.0.0.1', port: pair.port, timeoutMs: 5_000 });
      const forging: Transport = {
        peer: transport.peer,
        start: (handlers) => {
          transport.start(handlers);
        },
        write: (chunks) =>
          transport.write(
            chunks.map((chunk) =>
              Buffer.from(Buffer.from(chunk).toString('latin1').replace(honest, hostile), 'latin1'),
            ),
          ),
        pause: () => {
          transport.pause();
        },
        resume: () => {
          transport.resume();
        },
        end: () => {
          transport.end();
        },
        destroy: (error) => {
          transport.destroy(error);
        },
      };
      const connection = new Connection(forging, { role: 'sender' });
      const dataset: OfferedDataset = offered('/xx/evil', 'one');
      await connection.send(hello());
      await connection.expect(['hello-reply']);
      for (const page of offerPages({ datasets: [dataset], leftOut: [], renames: 'ask' })) await connection.send(page);
      await t.rejects(connection.receive(), { code: 'MESSAGE_INVALID' }, `${hostile} is refused`);
      await connection.close();
    };
    for (const hostile of [
      '/../evil',
      '//x/evil',
      '/xx/ev@l',
      '/xx/ev%l',
      'xxx/evil',
      '/xx/evi\n',
      '/xx/./vi',
      '/xx/ev\0l',
    ]) {
      await forge('/xx/evil', hostile);
    }
    const connection = await scripted(pair.port);
    await connection.send(hello());
    await connection.expect(['hello-reply']);
    for (const page of offerPages({ datasets: [offered('/a.zfsyncbuffer/2F61', 'one')], leftOut: [], renames: 'ask' }))
      await connection.send(page);
    const { decisions } = await connection.expect(['decisions']);
    t.match(decisions[0]?.decision, { kind: 'refused', failure: { code: 'NAME_RESERVED' } });
    await connection.send({ type: 'goodbye' });
    await connection.close();
  });
  const names = [];
  for await (const { name } of bed.zfs.listDatasets(dst)) names.push(name);
  t.notOk(
    names.some((name) => name.includes('evil')),
    'nothing was made',
  );
});

t.test('streams that were not decided on are refused, and the session goes on', async (t) => {
  await withPair('undecided', async (pair) => {
    const connection = await scripted(pair.port);
    await connection.send(hello());
    await connection.expect(['hello-reply']);
    for (const page of offerPages({ datasets: [offered('', 'x y')], leftOut: [], renames: 'ask' }))
      await connection.send(page);
    const { decisions } = await connection.expect(['decisions']);
    t.match(decisions, [{ decision: { kind: 'full' } }]);
    const [oldest, newest] = offered('', 'x y').versions.map(({ guid }) => guid);
    const flags = {
      resume: undefined,
      intermediates: false,
      raw: false,
      largeBlocks: false,
      compressed: false,
      embedded: false,
    };
    const begin = { type: 'begin-stream', mode: 'framed', path: parseRelativePath(''), ...flags } as const;
    const refused = [
      { ...begin, path: parseRelativePath('/other'), from: undefined, to: oldest ?? 0n },
      { ...begin, from: oldest, to: newest ?? 0n },
      { ...begin, from: undefined, to: 77n },
      { ...begin, raw: true, from: undefined, to: oldest ?? 0n },
    ];
    for (const stream of refused) {
      await connection.send(stream);
      const { failure } = await connection.expect(['stream-refused']);
      t.match(failure.code, /NOT_OFFERED|NOT_AS_DECIDED/);
    }
    // What was decided on, but it is no send stream: zfs receive says so, nothing is left.
    await connection.send({ ...begin, from: undefined, to: oldest ?? 0n });
    await connection.expect(['stream-ready']);
    const { Readable } = await import('node:stream');
    const sent = await connection.sendStream(Readable.from([randomBytes(70_000)]));
    await connection.send({ type: 'stream-end', ...sent });
    const { failure } = await connection.expect(['stream-result']);
    t.equal(failure?.code, 'STREAM_NOT_AS_ANNOUNCED');
    await connection.send({ type: 'clean-buffer' });
    await connection.expect(['clean-buffer-report']);
    await connection.send({ type: 'goodbye' });
    await connection.close();
  });
  await t.rejects(bed.zfs.getProperties(d(`${dst}/undecided`), ['guid']), { code: 'ZFS_DATASET_MISSING' });
});

t.test('one session per target; others beside it go on', async (t) => {
  await withPair('shared', async (pair) => {
    const holder = await scripted(pair.port);
    await holder.send(hello({ asPath: parseRelativePath('/x/y') }));
    await holder.expect(['hello-reply']);
    for (const asPath of ['', '/x', '/x/y', '/x/y/z']) {
      await t.rejects(pair.send(source, { asPath }), { code: 'BUSY', message: /busy.*127\.0\.0\.1.*since/ }, asPath);
    }
    const beside = await pair.send(source, { asPath: '/x/other' });
    t.ok(outcomes(beside).every((line) => line.endsWith('sent')));
    const args = ['--plaintext', '--zfs-command', bed.command, '--as', 'x', source, `127.0.0.1:${pair.port}`];
    const busy = await runSender(args, bed.env);
    t.equal(busy.code, 5, busy.stderr);
    holder.destroy();
    await holder.closed;
    await new Promise((resolve) => setTimeout(resolve, 100));
    t.ok(await sendWhenFree(pair, { asPath: '/x/y' }), 'free again when the session is gone');
  });
});

/** Something that listens and is no receiver. */
async function impostor(serve: (socket: Socket) => void): Promise<{ server: Server; host: string }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, host: `127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}` };
}

t.test('a sender among impostors ends with 1 and names the peer', async (t) => {
  const impostors: [string, (socket: Socket) => void, RegExp][] = [
    ['greets like ssh', (socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'), /not zfsync/],
    ['closes at once', (socket) => void socket.end(), /closed the connection/],
    ['resets', (socket) => void socket.resetAndDestroy(), /reset|closed/],
    ['sends noise', (socket) => void socket.end(randomBytes(3000)), /127\.0\.0\.1/],
  ];
  for (const [what, serve, message] of impostors) {
    const { server, host } = await impostor(serve);
    const result = await runSender(
      ['--plaintext', '--retries', '0', '--zfs-command', bed.command, source, host],
      bed.env,
    );
    t.equal(result.code, 1, `${what}: ${result.stderr}`);
    t.match(result.stderr, message, what);
    t.match(result.stderr, host, `${what}: the peer is named`);
    server.close();
  }
});

/** Until the receiver has ended what a dead session began, the target is busy: cron would try again. */
async function sendWhenFree(pair: Pair, options: SendOptions = {}): Promise<RunReport> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await pair.send(source, options);
    } catch (error) {
      if (attempt === 100 || !(error instanceof PeerError && error.code === 'BUSY')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Wraps each connection of a session; the first is number 0. */
function faulty(options: (index: number) => FaultyTransportOptions): (dial: Dial) => Dial {
  let index = 0;
  return (dial) => async (signal) => faultyTransport(await dial(signal), options(index++));
}

t.test('split at every byte, all arrives', async (t) => {
  await withPair('split', async (pair) => {
    const dial = faulty(() => ({ inbound: { splitBytes: 1 }, outbound: { splitBytes: 61 } }));
    t.ok(outcomes(await pair.send(source, { dial })).every((line) => line.endsWith('sent')));
  });
  t.same(await guids(bed.zfs, `${dst}/split`), await guids(bed.zfs, source));
});

t.test('cut after N bytes in either direction: said, nothing half-made in place, the next run converges', async (t) => {
  const cuts = [1, 200, 1_000, 40_000, 310_000];
  let target = 0;
  for (const direction of ['outbound', 'inbound'] as const) {
    for (const cutAfterBytes of direction === 'outbound' ? cuts : [1, 150, 400]) {
      const name = `cut${target++}`;
      await withPair(name, async (pair) => {
        const dial = faulty(() => ({ [direction]: { cutAfterBytes } }));
        const first = await pair.send(source, { dial, connections: 2 }).then(outcomes, (error: unknown) => error);
        const report = await sendWhenFree(pair, { connections: 2 });
        t.ok(
          report.datasets.every(({ outcome }) => outcome.kind === 'sent' || outcome.kind === 'up-to-date'),
          `${direction} cut after ${cutAfterBytes}: ${String(first)}; then ${outcomes(report).join(', ')}`,
        );
      });
      t.same(await guids(bed.zfs, `${dst}/${name}`), await guids(bed.zfs, source), name);
    }
  }
});

t.test('a digest that does not match is a failure of the wire', async (t) => {
  await withPair('corrupt', async (pair) => {
    const dial = faulty((index) => (index === 0 ? { outbound: { corruptByteAt: 100_000 } } : {}));
    const first = await pair.send(source, { dial, connections: 1 }).then(outcomes, (error: unknown) => error);
    t.ok(first instanceof Error || (Array.isArray(first) && first.some((line) => String(line).endsWith('failed'))));
    await sendWhenFree(pair);
  });
  t.same(await guids(bed.zfs, `${dst}/corrupt`), await guids(bed.zfs, source));
});

t.test('interrupted: the run ends, nothing half-made is in place, no process is left', async (t) => {
  await withPair('interrupted', async (pair) => {
    const controller = new AbortController();
    const dial = faulty(() => ({ inbound: { delayMs: 300 } }));
    const running = pair.send(source, { signal: controller.signal, dial });
    setTimeout(() => {
      controller.abort('SIGTERM');
    }, 1_000);
    const ended = await running.then(
      ({ failure }) => failure?.code,
      (error: unknown) => (error instanceof AbortedError ? error.code : error),
    );
    t.equal(ended, 'ABORTED');
    const again = await sendWhenFree(pair);
    t.ok(again.datasets.every(({ outcome }) => outcome.kind === 'sent' || outcome.kind === 'up-to-date'));
  });
  t.same(await guids(bed.zfs, `${dst}/interrupted`), await guids(bed.zfs, source));
});

t.test('a lost connection costs its dataset alone: the session goes on over another', async (t) => {
  await withPair('lost', async (pair) => {
    const dial = faulty((index) => (index === 0 ? { outbound: { cutAfterBytes: 50_000 } } : {}));
    const report = await pair.send(source, { dial, connections: 1 });
    t.same(
      outcomes(report).filter((line) => !line.endsWith('sent')),
      // Its child has arrived, and stays parked until its parent does.
      ['/a failed', '/a/b failed'],
    );
    t.same(outcomes(await sendWhenFree(pair)), ['/ up-to-date', '/a sent', '/a/b up-to-date', '/c up-to-date']);
  });
  t.same(await guids(bed.zfs, `${dst}/lost`), await guids(bed.zfs, source));
});

t.test('two senders at once to a receiver that has nothing yet', async (t) => {
  await withPair('young', async (pair) => {
    const paths = ['/hosts/alpha', '/hosts/beta', '/other'];
    const reports = await Promise.all(paths.map((asPath) => pair.send(source, { asPath })));
    for (const report of reports) {
      t.ok(
        outcomes(report).every((line) => line.endsWith('sent')),
        outcomes(report).join(', '),
      );
    }
  });
  for (const path of ['hosts/alpha', 'hosts/beta', 'other']) {
    t.same(await guids(bed.zfs, `${dst}/young/${path}`), await guids(bed.zfs, source));
  }
});

t.test('a stream that stalls is given up by itself, and says so', async (t) => {
  const pair = await startPair({ target: `${dst}/stall`, receiverZfs: bed.zfs, senderZfs: bed.zfs, stallMs: 1_500 });
  const holder = await scripted(pair.port);
  await holder.send(hello());
  await holder.expect(['hello-reply']);
  for (const page of offerPages({ datasets: [offered('', 'x')], leftOut: [], renames: 'ask' })) await holder.send(page);
  await holder.expect(['decisions']);
  const flags = {
    resume: undefined,
    intermediates: false,
    raw: false,
    largeBlocks: false,
    compressed: false,
    embedded: false,
  };
  const to = offered('', 'x').versions[0]?.guid ?? 0n;
  await holder.send({
    type: 'begin-stream',
    mode: 'framed',
    path: parseRelativePath(''),
    from: undefined,
    to,
    ...flags,
  });
  await holder.expect(['stream-ready']);
  const { failure } = await holder.expect(['stream-result'], { timeoutMs: 10_000 });
  t.match(failure, { code: 'STALLED', message: /stall: stalled in the phase stream: no byte.* for 1\.5 s/ });
  holder.destroy();
  await pair.close();
});

t.test('when no connection can be opened any more the rest is not tried, whatever the reason', async (t) => {
  const many = `${src}/many`;
  await bed.zfs.create(d(many), { type: 'filesystem' });
  for (let i = 0; i < 10; i += 1) await bed.zfs.create(d(`${many}/${i}`), { type: 'filesystem' });
  await bed.zfs.snapshot([d(many)], parseVersionName('one'), { recursive: true });
  await withPair('unreachable', async (pair) => {
    let dialled = 0;
    const silent = new ReplicationError('no answer to the hello', { code: 'HEARTBEAT_TIMEOUT', retry: 'reconnect' });
    const dial = (straight: Dial) => (signal: AbortSignal) =>
      ++dialled === 1 ? straight(signal) : Promise.reject(silent);
    const report = await pair.send(many, { dial, connections: 4 });
    t.equal(dialled, 4, 'each connection is tried once, not each dataset');
    const failures = report.datasets.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.failure] : []));
    t.equal(failures.length, 10, failures.map(({ message }) => message).join('\n'));
    const untried = failures.filter(({ message }) => message.startsWith('not tried: no answer to the hello'));
    t.equal(untried.length, 7);
    t.ok(untried.every(({ code, retry }) => code === 'HEARTBEAT_TIMEOUT' && retry === 'reconnect'));
  });
});

t.test('a tree is not sent into itself', async (t) => {
  const pair = await startPair({ target: `${source}/c/copy`, receiverZfs: bed.zfs, senderZfs: bed.zfs });
  await t.rejects(pair.send(source), { code: 'TARGET_IN_SOURCE', message: /copy lies within the tree/ });
  await t.rejects(pair.send(source, { dryRun: true }), { code: 'TARGET_IN_SOURCE' });
  await pair.close();
});

t.test('a full disk under the log does not end the receiver', async (t) => {
  // The log, which would say the port, cannot be read here: one that was free a moment ago.
  const { server, host } = await impostor(() => undefined);
  server.close();
  const port = host.split(':')[1] ?? '';
  const args = ['-o', '/dev/full', '--zfs-command', bed.command, `${dst}/full`];
  const running = start(RECEIVER, ['--plaintext', '-p', port, ...args], bed.env);
  const tryOnce = () =>
    runSender(['--plaintext', '--retries', '0', '--zfs-command', bed.command, source, host], bed.env);
  let result = await tryOnce();
  for (let attempt = 0; result.code === 1 && attempt < 20; attempt++) result = await tryOnce();
  t.equal(result.code, 0, result.stderr);
  await sendRaw(Number(port), Buffer.from('garbage that is logged'));
  t.equal((await tryOnce()).code, 0);
  running.child.kill('SIGTERM');
  const { code, stderr } = await running.finished;
  t.equal(code, 0);
  t.match(stderr, /log cannot be written, lines are lost/);
});

t.test('nothing is left running', async (t) => {
  const root = bed.env['ZFSYNC_SIM_ROOT'] ?? '';
  const left = async () => {
    const found: string[] = [];
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      if (Number(pid) === process.pid) continue;
      // A process may go while it is looked at.
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      if (environment.includes(root)) found.push(await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => ''));
    }
    return found;
  };
  for (let attempt = 0; attempt < 50 && (await left()).length > 0; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  t.same(await left(), []);
});
