/** A signal to a program at a named point of its work, by a script in the place of its zfs. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestBed } from '@zfsync/zfs/testing';

/** To pass as `--zfs-command`, with the environment of a {@link ZfsFault}. */
export const FAULT_ZFS = fileURLToPath(new URL('../../kit/zfs-fault.sh', import.meta.url));

const FIRES_MS = 30_000;

/** `0` does nothing but tell that the point was reached. */
export type FaultSignal = 'KILL' | 'STOP' | 'TERM' | '0';

export interface FaultPoint {
  /** Of zfs; `estimate` is `send -n`, `discard` is `receive -A`. */
  readonly verb: string;
  readonly when: 'before' | 'after' | 'amid';
  /** A pattern of sh that the command line of zfs fits. Default: any. */
  readonly match?: string;
  /** The how manieth of the commands that fit, from 1. Default 1. */
  readonly count?: number;
  /** Amid: behind so many bytes of the stream. */
  readonly bytes?: number;
}

/** One point, for one program. Nothing happens before {@link arm}; what happens, happens once. */
export class ZfsFault {
  /** For the program's environment, beside the test bed's. */
  readonly env: NodeJS.ProcessEnv;
  readonly #state: string;

  private constructor(state: string, env: NodeJS.ProcessEnv) {
    this.#state = state;
    this.env = env;
  }

  static async make(bed: TestBed, point: FaultPoint, signal: FaultSignal): Promise<ZfsFault> {
    const state = await mkdtemp(join(tmpdir(), 'zfsync-fault-'));
    return new ZfsFault(state, {
      FAULT_ZFS: bed.command,
      FAULT_STATE: state,
      FAULT_VERB: point.verb,
      FAULT_MATCH: point.match ?? '*',
      FAULT_COUNT: String(point.count ?? 1),
      FAULT_WHEN: point.when,
      FAULT_BYTES: String(point.bytes ?? 0),
      FAULT_SIGNAL: signal,
    });
  }

  async arm(): Promise<void> {
    await writeFile(join(this.#state, 'armed'), '');
  }

  /** A send stays where the point is, for good. */
  async hold(): Promise<void> {
    await writeFile(join(this.#state, 'hold'), '');
  }

  get hasFired(): boolean {
    return existsSync(join(this.#state, 'fired'));
  }

  async untilFired(): Promise<void> {
    const deadline = performance.now() + FIRES_MS;
    while (!this.hasFired) {
      if (performance.now() > deadline) throw new Error(`the point was not reached within ${FIRES_MS / 1000} s`);
      await sleep(20);
    }
  }

  async dispose(): Promise<void> {
    await rm(this.#state, { recursive: true, force: true });
  }
}
