/** The pair in one process, over TCP on loopback: a real `Receiver`, a real `runSession`, any `Zfs` behind each. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, type Logger } from '@zfsync/program';
import {
  type ConflictPolicy,
  type KeepSettings,
  type MirrorPolicy,
  NO_MIRROR,
  NO_PROPERTIES,
  type PlaceTimes,
  type PropertyPolicy,
  Receiver,
} from '@zfsync/receiver';
import {
  ALL_SNAPSHOTS,
  type Dial,
  dialTcp,
  type MirrorWishes,
  type OfferOptions,
  type Renames,
  type RunOptions,
  type RunReport,
  runSession,
  runSessions,
  SELECT_ALL,
  type Selection,
  type SnapshotFilter,
} from '@zfsync/sender';
import { type DatasetDestroyer, parseDatasetName, parseRelativePath, type Zfs } from '@zfsync/zfs';
import { temporaryDirectory } from './temporary.ts';

export interface PairOptions {
  readonly target: string;
  readonly receiverZfs: Zfs;
  readonly senderZfs: Zfs;
  readonly streamsMax?: number;
  readonly stallMs?: number;
  readonly peerTimeoutMs?: number;
  readonly policy?: ConflictPolicy;
  readonly properties?: PropertyPolicy;
  /** Both sides keep the newest snapshot held. */
  readonly hold?: boolean;
  readonly appendOnly?: boolean;
  readonly placeTimes?: PlaceTimes;
  /** Retention on the target. */
  readonly keep?: KeepSettings;
  readonly mirror?: MirrorPolicy;
  readonly destroyer?: DatasetDestroyer;
  /** The receiver's clock. */
  readonly now?: () => Date;
}

export interface SendOptions {
  readonly connections?: number;
  readonly asPath?: string;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  /** Attempts after the first, without a pause; 0 unless said otherwise. */
  readonly retries?: number;
  /** Wraps the way to the receiver, to break it. */
  readonly dial?: (dial: Dial) => Dial;
  readonly checkSpace?: boolean;
  /** Letters as of `--stream-flags`; `Lc` unless said otherwise. */
  readonly streamFlags?: string;
  readonly decrypt?: boolean;
  readonly properties?: OfferOptions['properties'];
  readonly mirror?: Partial<MirrorWishes>;
  readonly renames?: Renames;
  readonly selection?: Partial<Selection>;
  readonly filter?: Partial<SnapshotFilter>;
}

/** A log line of either side. */
export type LogLine = Record<string, unknown> & { readonly event?: string };

export interface Pair {
  readonly port: number;
  send(source: string, options?: SendOptions): Promise<RunReport>;
  /** What the receiver has logged so far. */
  receiverLog(): LogLine[];
  /** What the sender has logged so far. */
  senderLog(): LogLine[];
  close(): Promise<void>;
}

function fileLogger(name: string): { log: Logger; file: string } {
  const file = join(temporaryDirectory('pair'), `${name}.log`);
  return { log: createLogger({ name, file, verbose: true }), file };
}

function linesOf(file: string): LogLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);
}

export async function startPair(options: PairOptions): Promise<Pair> {
  const receiving = fileLogger('zfsync-recv');
  const receiver = new Receiver({
    zfs: options.receiverZfs,
    target: parseDatasetName(options.target),
    security: { kind: 'plaintext', allowFrom: undefined },
    streamsMax: options.streamsMax ?? 8,
    agent: 'test-receiver',
    stallMs: options.stallMs ?? 60_000,
    peerTimeoutMs: options.peerTimeoutMs ?? 30_000,
    policy: {
      onConflict: options.policy ?? 'fail',
      hold: options.hold ?? false,
      appendOnly: options.appendOnly ?? false,
      properties: options.properties ?? NO_PROPERTIES,
      keep: options.keep,
      mirror: options.mirror ?? NO_MIRROR,
    },
    log: receiving.log,
    ...(options.placeTimes && { placeTimes: options.placeTimes }),
    ...(options.destroyer && { destroyer: options.destroyer }),
    ...(options.now && { now: options.now }),
  });
  const { port } = await receiver.listen({ host: '127.0.0.1', port: 0, backlog: 50 });
  const sender = senderTo(port, options);
  return {
    port,
    send: sender.send,
    receiverLog: () => linesOf(receiving.file),
    senderLog: sender.log,
    close: () => receiver.drain(10_000),
  };
}

function flagsOf(letters: string): OfferOptions['flags'] {
  const has = (letter: string) => letters.includes(letter);
  return { largeBlocks: has('L'), compressed: has('c'), embedded: has('e') };
}

/** The sender's side alone, for a receiver that is a program of its own. */
export function senderTo(
  port: number,
  options: Omit<PairOptions, 'target' | 'receiverZfs'>,
): { readonly send: Pair['send']; readonly log: () => LogLine[] } {
  const sending = fileLogger('zfsync-send');
  const straight = dialTcp({ host: '127.0.0.1', port }, undefined, 15_000);
  const send: Pair['send'] = (source, given = {}) => {
    const { connections = 4, asPath = '', dryRun = false, signal, dial, checkSpace = true } = given;
    const { streamFlags = 'Lc', decrypt = false, properties = [], mirror, renames = 'ask' } = given;
    const selection = { ...SELECT_ALL, ...given.selection };
    const filter = { ...ALL_SNAPSHOTS, ...given.filter };
    const stop = signal ?? new AbortController().signal;
    const session: RunOptions = {
      zfs: options.senderZfs,
      source: parseDatasetName(source),
      receiver: `127.0.0.1:${port}`,
      dial: dial === undefined ? straight : dial(straight),
      connections,
      asPath: parseRelativePath(asPath),
      dryRun,
      agent: 'test-sender',
      runId: randomUUID(),
      checkSpace,
      hold: options.hold ?? false,
      offer: { flags: flagsOf(streamFlags), decrypt, properties, selection, filter },
      mirror: { snapshots: false, datasetsAfter: undefined, ...mirror },
      renames,
      stallMs: options.stallMs ?? 60_000,
      peerTimeoutMs: options.peerTimeoutMs ?? 30_000,
      helloTimeoutMs: 10_000,
      log: sending.log,
      signal: stop,
    };
    if (given.retries === undefined) return runSession(session);
    const pausing = { retries: given.retries, milliseconds: 60_000, log: sending.log, signal: stop };
    const [random, now, pause] = [() => 0, () => performance.now(), () => Promise.resolve()];
    return runSessions({ ...pausing, random, now, sleep: pause }, session);
  };
  return { send, log: () => linesOf(sending.file) };
}

/** The outcome of each dataset as `path kind`, for comparing. */
export function outcomes(report: RunReport): string[] {
  return report.datasets.map(({ path, outcome }) => `${path || '/'} ${outcome.kind}`);
}
