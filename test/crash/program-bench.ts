/** The two programs on one source tree, to be broken and brought to order again. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDatasetName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import {
  type Account,
  accountOfJson,
  assertResumed,
  bytesByPath,
  type SavedReceive,
  savedReceives,
  SourceTree,
  type Undisturbed,
} from '../kit/convergence.ts';
import { type FaultPoint, type FaultSignal, FAULT_ZFS, ZfsFault } from '../kit/fault-point.ts';
import { newMark, untilGone, within } from '../kit/processes.ts';
import { type Finished, type ReceiverProgram, type Running, SENDER, start, startReceiver } from '../kit/programs.ts';

/** Longer than any run of these tests takes, on a machine that does other things too. */
const RUN_MS = 90_000;
/** What a program leaves behind when it is killed ends with its pipes. */
const GONE_MS = 20_000;

/** How long a session that is lost may still be in the way of the next one. */
const BUSY_MS = 15_000;
const EXIT_BUSY = 5;
/** Without what a test runner has in store for every Node: these programs are started by the hundred. */
const PLAIN_NODE = { NODE_OPTIONS: '', NODE_V8_COVERAGE: '' };

export type Side = 'sender' | 'receiver';
export type Session = 'first' | 'next';

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
  #isDirty = false;
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
      await this.with('first', (bench) => this.#measure('first', bench));
    }
    if (sessions.includes('next')) {
      await this.#next.make();
      // The first brings the target, the second a day's changes.
      const { target } = this.#place('next');
      await play(new Bench(this, this.#next, target, new Map()), (bench) => this.#measure('next', bench));
      await this.with('next', (bench) => this.#measure('next', bench));
    }
  }

  async #measure(session: Session, bench: Bench): Promise<void> {
    this.#undisturbed[session] = bytesByPath(await bench.converge('the undisturbed run'));
  }

  #place(session: Session): { readonly tree: SourceTree; readonly target: string } {
    if (session === 'next') return { tree: this.#next, target: `${this.#targets}/next` };
    return { tree: this.#first, target: `${this.#targets}/t${++this.#count}` };
  }

  /** A session that is still to come: of `first` to a target that is not there, of `next` with a day's changes. */
  async with(session: Session, body: (bench: Bench) => Promise<void>): Promise<void> {
    if (session === 'next' && this.#isDirty) await this.#cleanUp();
    if (session === 'next') await this.#next.grow();
    const { tree, target } = this.#place(session);
    this.#isDirty = true;
    await play(new Bench(this, tree, target, this.#undisturbed[session]), body);
    this.#isDirty = false;
  }

  /** What failed before is not to fail what comes after. */
  async #cleanUp(): Promise<void> {
    const { tree, target } = this.#place('next');
    await play(new Bench(this, tree, target, new Map()), async (bench) => {
      await bench.startReceiver();
      await bench.finished(bench.startSender(), 'the run after a failure');
    });
  }
}

async function play(bench: Bench, body: (bench: Bench) => Promise<void>): Promise<void> {
  try {
    await body(bench);
  } finally {
    await bench.end();
  }
}

/** One session and what becomes of it. */
export class Bench {
  readonly target: string;
  readonly source: string;
  readonly #all: ProgramBench;
  readonly #tree: SourceTree;
  readonly #undisturbed: Undisturbed;
  readonly #directories: string[] = [];
  readonly #runDirectory = this.otherRunDirectory();
  /** Each with the mark that its children carry. */
  readonly #started = new Map<Running, string>();
  readonly #faults: ZfsFault[] = [];
  #receiver: ReceiverProgram | undefined;

  constructor(all: ProgramBench, tree: SourceTree, target: string, undisturbed: Undisturbed) {
    this.#all = all;
    this.#tree = tree;
    this.source = tree.root;
    this.target = target;
    this.#undisturbed = undisturbed;
  }

  get bed(): TestBed {
    return this.#all.bed;
  }

  /** For a program that is to know nothing of the locks of the others, as if it ran on another host. */
  otherRunDirectory(): string {
    const directory = mkdtempSync(join(tmpdir(), 'zfsync-run-'));
    this.#directories.push(directory);
    return directory;
  }

  #zfs(fault: ZfsFault | undefined): string[] {
    return ['--zfs-command', fault === undefined ? this.bed.command : FAULT_ZFS];
  }

  /** Not armed yet. */
  async fault(point: FaultPoint, signal: FaultSignal): Promise<ZfsFault> {
    const fault = await ZfsFault.make(this.bed, point, signal);
    this.#faults.push(fault);
    return fault;
  }

  get receiver(): ReceiverProgram {
    assert.ok(this.#receiver, 'a receiver was started');
    return this.#receiver;
  }

  async startReceiver(args: readonly string[] = [], fault?: ZfsFault): Promise<ReceiverProgram> {
    const all = [...this.#zfs(fault), '--run-dir', this.#runDirectory, ...args, this.target];
    const { mark, env } = newMark();
    const listening = startReceiver(all, { ...this.bed.env, ...PLAIN_NODE, ...env, ...fault?.env });
    const receiver = await within(RUN_MS, 'listening', listening);
    this.#started.set(receiver.running, mark);
    this.#receiver = receiver;
    return receiver;
  }

  startSender(args: readonly string[] = [], fault?: ZfsFault): Running {
    const host = `127.0.0.1:${this.receiver.port}`;
    const all = [
      '--plaintext',
      '--json',
      ...this.#zfs(fault),
      '--run-dir',
      this.#runDirectory,
      ...args,
      this.source,
      host,
    ];
    const { mark, env } = newMark();
    const running = start(SENDER, all, { ...this.bed.env, ...PLAIN_NODE, ...env, ...fault?.env });
    this.#started.set(running, mark);
    return running;
  }

  finished(running: Running, what: string): Promise<Finished> {
    return within(RUN_MS, what, running.finished);
  }

  /** Waits until no program has a zfs any more, but for one that is frozen, and those have ended that are to. */
  async idle(alive: readonly Running[] = [], frozen?: Running): Promise<void> {
    for (const [running, mark] of this.#started) {
      if (running !== frozen) await untilGone(mark, alive.includes(running) ? running.child.pid : undefined, GONE_MS);
    }
  }

  /**
   * One ordinary run of the sender to the receiver that runs (one is started if none does), which MUST converge and use
   * every partial receive that it finds.
   */
  async converge(what = 'the ordinary run', args: readonly string[] = []): Promise<Account> {
    if (this.#receiver === undefined || hasEnded(this.#receiver.running)) await this.startReceiver();
    const saved = await savedReceives(this.bed, this.target);
    const { code, stdout, stderr } = await this.#ordinaryRun(args, what);
    assert.equal(code, 0, `${what} ended with ${String(code)}: ${stderr}${stdout}`);
    const account = accountOfJson(stdout);
    this.assertResumed(account, saved);
    await this.assertConverged();
    await this.#tree.assertTidy(account.targetId);
    return account;
  }

  /** Cron would come again. */
  async #ordinaryRun(args: readonly string[], what: string): Promise<Finished> {
    for (const deadline = performance.now() + BUSY_MS; ; ) {
      const finished = await this.finished(this.startSender(args), what);
      if (finished.code !== EXIT_BUSY || performance.now() > deadline) return finished;
    }
  }

  assertResumed(account: Account, saved: ReadonlyMap<string, SavedReceive>): void {
    this.#all.saved += saved.size;
    assertResumed(account, saved, this.#undisturbed);
  }

  assertConverged(target = this.target): Promise<void> {
    return this.#tree.assertConverged(target);
  }

  /** Ends whatever still runs. */
  async end(): Promise<void> {
    for (const { child } of this.#started.keys()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGCONT');
      child.kill('SIGTERM');
    }
    const all = Promise.all([...this.#started.keys()].map(({ finished }) => finished));
    try {
      await within(RUN_MS, 'the end of the programs', all);
      await this.idle();
    } finally {
      for (const { child } of this.#started.keys()) child.kill('SIGKILL');
      await Promise.all(this.#faults.map((fault) => fault.dispose()));
      for (const directory of this.#directories) rmSync(directory, { recursive: true, force: true });
    }
  }
}

function hasEnded({ child }: Running): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
