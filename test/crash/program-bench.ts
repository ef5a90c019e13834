/** The two programs on one source tree, to be broken and brought to order again. */
import assert from 'node:assert/strict';
import { parseDatasetName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import {
  type Arrival,
  arrivalsOfJson,
  assertResumed,
  bytesByPath,
  savedReceives,
  SourceTree,
  type Undisturbed,
} from '../kit/convergence.ts';
import { type FaultPoint, FAULT_ZFS, ZfsFault } from '../kit/fault-point.ts';
import { newMark, untilGone, within } from '../kit/processes.ts';
import { type Finished, type ReceiverProgram, type Running, SENDER, start, startReceiver } from '../kit/programs.ts';

/** Longer than any run of these tests takes, on a machine that does other things too. */
const RUN_MS = 90_000;
/** What a program leaves behind when it is killed ends with its pipes. */
const GONE_MS = 20_000;

export type Side = 'sender' | 'receiver';
export type Session = 'first' | 'next';

/** A fault for one of the two programs. */
export interface Breaking {
  readonly side: Side;
  readonly point: FaultPoint;
  readonly signal: 'KILL' | 'STOP' | 'TERM';
}

/**
 * Two source trees: the first is sent to one new target after the other, the second grows from day to day and is sent to
 * one target.
 */
export class ProgramBench {
  readonly bed: TestBed;
  readonly #targets: string;
  readonly #first: SourceTree;
  readonly #next: SourceTree;
  #undisturbed: Record<Session, Undisturbed> = { first: new Map(), next: new Map() };
  #count = 0;
  /** Partial receives that were found on the way. */
  saved = 0;

  constructor(bed: TestBed, pools: { readonly src: string; readonly dst: string }, label: string) {
    this.bed = bed;
    this.#targets = `${pools.dst}/${label}`;
    this.#first = new SourceTree(bed, `${pools.src}/${label}-first`);
    this.#next = new SourceTree(bed, `${pools.src}/${label}-next`);
  }

  async prepare(sessions: readonly Session[]): Promise<void> {
    await this.bed.zfs.create(parseDatasetName(this.#targets), { type: 'filesystem' });
    if (sessions.includes('first')) {
      await this.#first.make();
      await this.#measure('first', await this.begin('first'));
    }
    if (sessions.includes('next')) {
      await this.#next.make();
      await this.#measure('next', new Bench(this, this.#next, `${this.#targets}/next`, new Map()));
      await this.#measure('next', await this.begin('next'));
    }
  }

  async #measure(session: Session, bench: Bench): Promise<void> {
    try {
      this.#undisturbed[session] = bytesByPath(await bench.converge('the undisturbed run'));
    } finally {
      await bench.end();
    }
  }

  /** A session that is still to come: of `first` to a target that is not there, of `next` with a day's changes. */
  async begin(session: Session): Promise<Bench> {
    if (session === 'next') await this.#next.grow();
    const target = session === 'next' ? `${this.#targets}/next` : `${this.#targets}/t${++this.#count}`;
    return new Bench(this, session === 'next' ? this.#next : this.#first, target, this.#undisturbed[session]);
  }
}

/** One session and what becomes of it. */
export class Bench {
  readonly target: string;
  readonly source: string;
  readonly bench: ProgramBench;
  readonly #tree: SourceTree;
  readonly #undisturbed: Undisturbed;
  readonly #mark = newMark();
  readonly #started: Running[] = [];
  readonly #faults: ZfsFault[] = [];
  #receiver: ReceiverProgram | undefined;

  constructor(bench: ProgramBench, tree: SourceTree, target: string, undisturbed: Undisturbed) {
    this.bench = bench;
    this.#tree = tree;
    this.source = tree.root;
    this.target = target;
    this.#undisturbed = undisturbed;
  }

  #environment(fault: ZfsFault | undefined): NodeJS.ProcessEnv {
    return { ...this.bench.bed.env, ...this.#mark.env, ...fault?.env };
  }

  #zfs(fault: ZfsFault | undefined): string[] {
    return ['--zfs-command', fault === undefined ? this.bench.bed.command : FAULT_ZFS];
  }

  /** Not armed yet. */
  async fault({ point, signal }: Breaking): Promise<ZfsFault> {
    const fault = await ZfsFault.make(this.bench.bed, point, signal);
    this.#faults.push(fault);
    return fault;
  }

  get receiver(): ReceiverProgram {
    assert.ok(this.#receiver, 'a receiver was started');
    return this.#receiver;
  }

  async startReceiver(args: readonly string[] = [], fault?: ZfsFault): Promise<ReceiverProgram> {
    const all = [...this.#zfs(fault), ...args, this.target];
    const receiver = await within(RUN_MS, 'listening', startReceiver(all, this.#environment(fault)));
    this.#started.push(receiver.running);
    this.#receiver = receiver;
    return receiver;
  }

  startSender(args: readonly string[] = [], fault?: ZfsFault): Running {
    const all = ['--plaintext', '--json', ...this.#zfs(fault), ...args, this.source, `127.0.0.1:${this.receiver.port}`];
    const running = start(SENDER, all, this.#environment(fault));
    this.#started.push(running);
    return running;
  }

  finished(running: Running, what: string): Promise<Finished> {
    return within(RUN_MS, what, running.finished);
  }

  /** Waits until nothing runs any more but these programs. */
  async idle(...except: readonly Running[]): Promise<void> {
    const pids = except.map(({ child }) => child.pid);
    await untilGone(this.#mark.mark, pids, GONE_MS);
  }

  /**
   * One ordinary run of the sender to the receiver that runs (one is started if none does), which MUST converge and use
   * every partial receive that it finds.
   */
  async converge(what = 'the ordinary run', args: readonly string[] = []): Promise<Arrival[]> {
    if (this.#receiver === undefined || hasEnded(this.#receiver.running)) await this.startReceiver();
    const saved = await savedReceives(this.bench.bed, this.target);
    this.bench.saved += saved.size;
    const { code, stdout, stderr } = await this.finished(this.startSender(args), what);
    assert.equal(code, 0, `${what} ended with ${String(code)}: ${stderr}${stdout}`);
    const found = arrivalsOfJson(stdout);
    assertResumed(found, saved, this.#undisturbed);
    await this.#tree.assertConverged(this.target);
    return found;
  }

  /** Ends whatever still runs. */
  async end(): Promise<void> {
    for (const { child } of this.#started) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGCONT');
      child.kill('SIGTERM');
    }
    const all = Promise.all(this.#started.map(({ finished }) => finished));
    try {
      await within(RUN_MS, 'the end of the programs', all);
      await this.idle();
    } finally {
      for (const { child } of this.#started) child.kill('SIGKILL');
      await Promise.all(this.#faults.map((fault) => fault.dispose()));
    }
  }
}

function hasEnded({ child }: Running): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
