/**
 * Cursors: bookmarks on the source that say what a target has, so that the next incremental has a source to start from
 * when the snapshot is gone. They are made before the stream is begun: were they made when it has arrived, a crash in
 * between could leave a target with a snapshot that the source knows nothing of any more. A bookmark costs nothing and
 * holds nothing back.
 *
 * What brings many snapshots and breaks off leaves the target at any of them. So these are held until they have arrived;
 * `zfs send -I` itself holds them as long as it runs.
 */
import type { Logger } from '@zfsync/program';
import type { OfferedDataset } from '@zfsync/protocol';
import {
  type DatasetName,
  type Guid,
  type HeldBefore,
  isBookmark,
  isSnapshot,
  moveHold,
  parseVersionName,
  ReplicationError,
  type Snapshot,
  type Version,
  type VersionName,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import type { Source } from './source.ts';
import { snapshotsOfStep, type Step } from './steps.ts';

const PREFIX = 'zfsync_';
const GUID_DIGITS = 16;

/** `zfsync_<target id>_<guid, hexadecimal>`: the same name for the same snapshot, so that making it again is harmless. */
export function cursorName(targetId: string, guid: Guid): VersionName {
  return parseVersionName(`${cursorPrefix(targetId)}${guid.toString(16).padStart(GUID_DIGITS, '0')}`);
}

export function cursorPrefix(targetId: string): string {
  return `${PREFIX}${targetId}_`;
}

export { targetOfCursor } from '@zfsync/retention';

/** The tag of the holds for one target. */
export function holdTag(targetId: string): string {
  return `${PREFIX}${targetId}`;
}

export interface CursorOptions {
  readonly zfs: Zfs;
  readonly tree: Source;
  readonly targetId: string;
  /** Keep the newest replicated snapshot held, not only its bookmark. */
  readonly hold: boolean;
  readonly log: Logger;
}

/**
 * Keeps the cursors of one run. Nothing here fails a backup: what could not be done is in the log, and in
 * {@link Cursors.warnings} for the report.
 */
export class Cursors {
  readonly #options: CursorOptions;
  readonly #tag: string;
  readonly #prefix: string;
  /** What this run has made, by dataset. */
  readonly #made = new Map<DatasetName, Set<VersionName>>();
  /** What is held now under our tag, once this run has held something. */
  readonly #held = new Map<DatasetName, HeldBefore>();
  readonly #warnings = new Map<string, string>();

  constructor(options: CursorOptions) {
    this.#options = options;
    this.#tag = holdTag(options.targetId);
    this.#prefix = cursorPrefix(options.targetId);
  }

  get warnings(): readonly string[] {
    return [...this.#warnings.values()];
  }

  /** Before the first stream is begun: whatever they leave the target at, the source will know. */
  async protect(dataset: DatasetName, offered: OfferedDataset, steps: readonly Step[]): Promise<void> {
    const [first] = steps;
    const to = steps.at(-1)?.to;
    if (first === undefined || to === undefined) return;
    const { from } = first;
    if (from !== undefined && isSnapshot(from)) await this.#bookmark(dataset, offered, from);
    // Of a full there is no such thing: what breaks off after the first stream leaves the target there, and what holds the
    // snapshots between may fail. The older cursor is what pruning goes by.
    if (first.to !== to) await this.#bookmark(dataset, offered, first.to);
    await this.#bookmark(dataset, offered, to);
    const names = steps.flatMap((step) => snapshotsOfStep(offered, step)).map(({ name }) => name);
    if (names.length < 2 && !this.#options.hold) return;
    const base = this.#options.hold && from?.kind === 'snapshot' ? [from.name] : [];
    await this.#moveHold(dataset, offered, [...base, ...names]);
  }

  /** The target is at `newest`: this cursor alone is needed. */
  async advance(dataset: DatasetName, offered: OfferedDataset, newest: Guid): Promise<void> {
    const { zfs, hold, targetId } = this.#options;
    const snapshot = offered.versions.find(
      (version): version is Snapshot => isSnapshot(version) && version.guid === newest,
    );
    const current = cursorName(targetId, newest);
    const isKept =
      snapshot === undefined
        ? this.#cursorsOf(dataset, offered).has(current)
        : await this.#bookmark(dataset, offered, snapshot);
    // What the others stand for may be all that the source and the target have in common.
    if (!isKept) return;
    await this.#moveHold(dataset, offered, hold && snapshot !== undefined ? [snapshot.name] : []);
    // Last, so that a run that dies before leaves them for the next one to see.
    for (const name of this.#cursorsOf(dataset, offered)) {
      if (name !== current) await this.#attempt(dataset, 'destroy', () => destroyBookmark(zfs, dataset, name));
    }
  }

  /**
   * {@link advance} of what was up to date already, if a run before has died in the middle of it: it has left an older
   * cursor, or, of a full, holds. Whose the holds are zfs is asked, so they cost a process for each dataset that has
   * some. What came by other means gets its cursor with its first incremental: ten thousand datasets with nothing to do
   * must not cost a process each.
   */
  async settle(dataset: DatasetName, offered: OfferedDataset, newest: Guid): Promise<void> {
    const current = cursorName(this.#options.targetId, newest);
    const cursors = [...this.#cursorsOf(dataset, offered)];
    const isLeftOver = cursors.some((name) => name !== current);
    if (isLeftOver || (cursors.length > 0 && this.#mayHoldTooMuch(offered, newest))) {
      await this.advance(dataset, offered, newest);
    }
  }

  #mayHoldTooMuch({ path, versions }: OfferedDataset, newest: Guid): boolean {
    const held = this.#options.tree.held.get(path) ?? new Set<VersionName>();
    const wanted = (version: Version) => this.#options.hold && version.guid === newest;
    return versions.some((version) => isSnapshot(version) && held.has(version.name) && !wanted(version));
  }

  async #moveHold(dataset: DatasetName, { path }: OfferedDataset, keep: readonly VersionName[]): Promise<void> {
    const ours = this.#held.get(dataset);
    const before = ours ?? { known: false, names: this.#options.tree.held.get(path) ?? [] };
    if (keep.length === 0 && [...before.names].length === 0) return;
    // When one of several could not be held, as it was destroyed meanwhile, the others are: the next time zfs is asked.
    this.#held.set(dataset, { known: false, names: new Set([...before.names, ...keep]) });
    await this.#attempt(dataset, 'hold', async () => {
      await moveHold(this.#options.zfs, dataset, this.#tag, keep, before);
      this.#held.set(dataset, { known: true, names: keep });
    });
  }

  /** @returns whether it is there now */
  async #bookmark(dataset: DatasetName, offered: OfferedDataset, snapshot: Snapshot): Promise<boolean> {
    const name = cursorName(this.#options.targetId, snapshot.guid);
    if (this.#cursorsOf(dataset, offered).has(name)) return true;
    return this.#attempt(dataset, 'bookmark', async () => {
      await makeBookmark(this.#options.zfs, dataset, snapshot.name, name);
      this.#made.set(dataset, new Set([...(this.#made.get(dataset) ?? []), name]));
    });
  }

  #cursorsOf(dataset: DatasetName, { versions }: OfferedDataset): Set<VersionName> {
    const ours = versions
      .filter(isBookmark)
      .map(({ name }) => name)
      .filter((name) => name.startsWith(this.#prefix));
    return new Set([...ours, ...(this.#made.get(dataset) ?? [])]);
  }

  async #attempt(dataset: DatasetName, what: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof ReplicationError)) throw error;
      const text = `${dataset}: the ${what} that keeps the next incremental possible could not be made: ${error.message}`;
      this.#options.log.warn({ event: 'cursor-failed', dataset, what, err: error }, text);
      // One of each kind will do: where there is no permission there is none for ten thousand datasets.
      const kind = `${what} ${error.code}`;
      if (!this.#warnings.has(kind)) this.#warnings.set(kind, text);
      return false;
    }
  }
}

/** Its name says what it is a bookmark of, so one that is there already is as good. */
async function makeBookmark(zfs: Zfs, dataset: DatasetName, of: VersionName, name: VersionName): Promise<void> {
  try {
    await zfs.bookmark(dataset, of, name);
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'dataset-exists')) throw error;
  }
}

async function destroyBookmark(zfs: Zfs, dataset: DatasetName, name: VersionName): Promise<void> {
  try {
    await zfs.destroyVersion(dataset, { kind: 'bookmark', name });
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'snapshot-missing')) throw error;
  }
}
