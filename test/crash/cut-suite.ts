/**
 * A session whose line is cut, or goes dead, after N bytes of one direction, for N over the whole session. Each is followed by
 * one ordinary run.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PeerError } from '@zfsync/protocol';
import { exitCodeOfReport, type RunReport } from '@zfsync/sender';
import { parseDatasetName, ReplicationError, type Zfs } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import {
  accountOf,
  assertResumed,
  bytesByPath,
  savedReceives,
  SourceTree,
  tell,
  type Undisturbed,
} from '../kit/convergence.ts';
import { type Direction, FaultyLine, type LineFault } from '../kit/faulty-line.ts';
import { type Pair, startPair } from '../kit/pair.ts';
import type { TestFunction } from '../kit/pair-suite.ts';
import { inLanes, Points, sweep } from '../kit/points.ts';
import { within } from '../kit/processes.ts';

export interface CutOptions {
  /** Points of one direction of a session. */
  readonly first: Readonly<Record<Direction, number>>;
  readonly next: Readonly<Record<Direction, number>>;
  /** Besides: nothing at all, the first byte, all but the last one, all. */
  readonly edges: boolean;
  /** Points at which the line goes dead instead, for each direction of a first session. */
  readonly stalls: number;
}

const DIRECTIONS: readonly Direction[] = ['outbound', 'inbound'];
const BUSY_WAIT_MS = 30_000;
const POINT_MS = 90_000;
/** The User Mode Linux of the lab has one CPU and starts a process in half a second. */
const peerTimeoutMs = (bed: TestBed): number => (bed.name === 'simulator' ? 2000 : 15_000);
/** A dead line is noticed by silence long before. */
const STALL_MS = 120_000;
const HEARTBEATS_BYTES = 200;
/** Silence, the hello's time and the grace of a zfs, on a machine that does other things. */
const GIVES_UP_MS = 60_000;

/** Knows of every process of zfs that is under way. */
class Watched {
  running = 0;
  readonly zfs: Zfs;

  constructor(zfs: Zfs) {
    const watch = <T extends { readonly done: Promise<void> }>(process: T): T => {
      this.running += 1;
      const over = () => {
        this.running -= 1;
      };
      process.done.then(over, over);
      return process;
    };
    const watched: Partial<Zfs> = {
      send: (options) => watch(zfs.send(options)),
      resumeSend: (token) => watch(zfs.resumeSend(token)),
      receive: (options) => watch(zfs.receive(options)),
    };
    this.zfs = new Proxy(zfs, { get: (on, key) => (Reflect.get(watched, key) ?? Reflect.get(on, key)) as unknown });
  }

  async idle(): Promise<void> {
    for (const deadline = performance.now() + BUSY_WAIT_MS; this.running > 0; ) {
      assert.ok(performance.now() < deadline, `${this.running} processes of zfs are still running`);
      await sleep(20);
    }
  }
}

/** Until the receiver has ended what a broken session began, the target is busy: cron would try again. */
async function ordinaryRun(pair: Pair, source: string): Promise<RunReport> {
  for (const deadline = performance.now() + BUSY_WAIT_MS; ; ) {
    try {
      return await pair.send(source, { checkSpace: false });
    } catch (error) {
      const busy = error instanceof PeerError && error.code === 'BUSY';
      if (!busy || performance.now() > deadline) throw error;
    }
    await sleep(100);
  }
}

/** The points of one direction, one after the other, on sources of its own. */
class Lane {
  readonly #bed: TestBed;
  readonly #target: string;
  readonly #first: SourceTree;
  readonly #next: SourceTree;
  #count = 0;
  /** Partial receives that were found after a break. */
  saved = 0;

  constructor(bed: TestBed, pools: { readonly src: string; readonly dst: string }, label: string) {
    this.#bed = bed;
    this.#target = `${pools.dst}/${label}`;
    this.#first = new SourceTree(bed, `${pools.src}/${label}-first`);
    this.#next = new SourceTree(bed, `${pools.src}/${label}-next`);
  }

  async prepare(): Promise<void> {
    await this.#bed.zfs.create(parseDatasetName(this.#target), { type: 'filesystem' });
    await this.#first.make();
  }

  /** A session to a target that has nothing. All targets' names are of equal length, so that sessions are, too. */
  async firstSessions(points: Points, fault: (undisturbed: Passed) => LineFault[]): Promise<void> {
    const next = () => `${this.#target}/${String(++this.#count).padStart(4, '0')}`;
    const reference = await this.#reference(this.#first, next());
    for (const each of fault(reference)) {
      await points.run(`first session ${describe(each)} of ${reference[each.direction]} bytes`, () =>
        this.#broken(this.#first, next(), each, reference),
      );
    }
  }

  /** Day after day to one target. */
  async nextSessions(points: Points, fault: (undisturbed: Passed) => LineFault[]): Promise<void> {
    const target = `${this.#target}/next`;
    await this.#next.make();
    await this.#reference(this.#next, target);
    await this.#next.grow();
    const reference = await this.#reference(this.#next, target);
    for (const each of fault(reference)) {
      const failed = await points.run(
        `incremental session ${describe(each)} of ${reference[each.direction]} bytes`,
        async () => {
          await this.#next.grow();
          await this.#broken(this.#next, target, each, reference);
        },
      );
      // What failed is not to fail what comes after.
      if (failed) await this.#reference(this.#next, target);
    }
  }

  async #reference(source: SourceTree, target: string): Promise<Passed> {
    const line = new FaultyLine();
    const pair = await startPair({ target, receiverZfs: this.#bed.zfs, senderZfs: this.#bed.zfs });
    try {
      const report = await pair.send(source.root, { dial: line.wrap, checkSpace: false });
      assert.equal(exitCodeOfReport(report), 0, tell(accountOf(report)));
      return { ...line.passed, byPath: bytesByPath(accountOf(report)) };
    } finally {
      await pair.close();
    }
  }

  async #broken(source: SourceTree, target: string, fault: LineFault, undisturbed: Passed): Promise<void> {
    const watched = new Watched(this.#bed.zfs);
    const zfs = { receiverZfs: watched.zfs, senderZfs: watched.zfs };
    // A dead line is noticed by silence alone; the ordinary run has a receiver with ordinary patience.
    const impatient = fault.kind === 'stall' ? { stallMs: STALL_MS, peerTimeoutMs: peerTimeoutMs(this.#bed) } : {};
    let pair = await startPair({ target, ...zfs, ...impatient });
    try {
      await this.#breakOff(pair, source, fault, undisturbed);
      await watched.idle();
      const saved = await savedReceives(this.#bed, target);
      this.saved += saved.size;
      if (fault.kind === 'stall') {
        await pair.close();
        pair = await startPair({ target, ...zfs });
      }
      const report = await within(POINT_MS, 'the ordinary run', ordinaryRun(pair, source.root));
      assert.equal(exitCodeOfReport(report), 0, tell(accountOf(report)));
      assertResumed(accountOf(report), saved, undisturbed.byPath);
      await source.assertConverged(target);
      await source.assertTidy(report.targetId);
      assert.equal(watched.running, 0, 'no process is left');
    } finally {
      await pair.close();
    }
  }

  async #breakOff(pair: Pair, source: SourceTree, fault: LineFault, undisturbed: Passed): Promise<void> {
    const line = new FaultyLine(fault);
    const run = pair.send(source.root, { dial: line.wrap, checkSpace: false });
    const ended = run.then(
      (report) => tell(accountOf(report)) + (report.failure?.message ?? ''),
      (error: unknown) => {
        if (!(error instanceof ReplicationError)) throw error;
        return error.message;
      },
    );
    const text = await within(fault.kind === 'stall' ? GIVES_UP_MS : POINT_MS, 'the broken run', ended);
    // No two sessions are equally long to the byte: there may be a heartbeat more or less.
    const atTheEnd = fault.afterBytes > undisturbed[fault.direction] - HEARTBEATS_BYTES;
    assert.ok(line.broken || atTheEnd, `the line broke: ${text}`);
    if (fault.kind === 'stall') assert.match(text, /silent|stalled|broke|closed/, 'the sender says how it ended');
  }
}

interface Passed {
  readonly outbound: number;
  readonly inbound: number;
  readonly byPath: Undisturbed;
}

function describe({ kind, direction, afterBytes }: LineFault): string {
  return `${kind} ${direction} after ${afterBytes}`;
}

function stalls(direction: Direction, total: Passed, count: number): LineFault[] {
  return Array.from({ length: count }, (_, index) => {
    const afterBytes = Math.round((total[direction] * (index + 0.5)) / count);
    return { kind: 'stall', direction, afterBytes };
  });
}

export async function cutSuite(test: TestFunction, bed: TestBed, options: CutOptions): Promise<void> {
  const pools = { src: await bed.createPool('src'), dst: await bed.createPool('dst') };

  const points = new Points();
  await test('a line that breaks after N bytes: the next run goes on', async () => {
    const lanes = new Map(DIRECTIONS.map((direction) => [direction, new Lane(bed, pools, `cut-${direction}`)]));
    await inLanes([...lanes], 2, async ([direction, lane]) => {
      await lane.prepare();
      const cuts = (total: Passed, count: number): LineFault[] =>
        sweep(total[direction], count, options.edges).map((afterBytes) => ({ kind: 'cut', direction, afterBytes }));
      await lane.firstSessions(points, (total) => [
        ...cuts(total, options.first[direction]),
        ...stalls(direction, total, options.stalls),
      ]);
      await lane.nextSessions(points, (total) => cuts(total, options.next[direction]));
    });
    const saved = [...lanes.values()].reduce((sum, lane) => sum + lane.saved, 0);
    if (points.complete) assert.ok(saved > 0, 'partial receives were found and resumed');
  });
  await points.report(test);
}
