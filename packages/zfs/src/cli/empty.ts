/** Whether a dataset holds nothing that anyone put there. False when in doubt: what is said to be empty is overwritten. */
import { lstat, opendir, readFile, statfs } from 'node:fs/promises';
import { relative } from 'node:path';
import { ZfsError } from '../errors.ts';
import type { DatasetName } from '../model/index.ts';
import { HeadContents } from './head-contents.ts';
import { listMounts, type MountRow } from './list.ts';
import { runCommand } from './output.ts';
import type { Runner } from './run.ts';
import { SendRecordReader, SendStreamError } from './send-records.ts';
import { formatSilence } from './stderr-reasons.ts';

/** How many objects a fresh filesystem has, its root directory included (OpenZFS 2.1.11, `df -i`); never fewer. */
const FRESH_OBJECTS = 6;
/** Never set: to remove it changes nothing, but waits until all that was written before is on disk. */
const SYNC_PROPERTY = 'zfsync:sync';

export async function isEmpty(runner: Runner, dataset: DatasetName): Promise<boolean> {
  const [self, ...descendants] = await listMounts(runner, dataset);
  if (self === undefined) return false;
  const leading = leadingDirectories(self, descendants);
  if (!self.mounted) return isHeadEmpty(runner, dataset, leading);
  const { mountpoint } = self;
  if (mountpoint === undefined) return false;
  return whileAlive(runner, dataset, async (alive) => {
    return (await isMountedAt(dataset, mountpoint)) && isTreeEmpty(runner, dataset, mountpoint, leading, alive);
  });
}

/**
 * Calls of the file system cannot be called off: where one of them sleeps in the kernel (a suspended pool), it is no
 * longer waited for.
 */
async function whileAlive<T>(
  { stallMs }: Runner,
  dataset: DatasetName,
  work: (alive: () => void) => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(stalledWalk(dataset, stallMs));
    }, stallMs);
  });
  try {
    return await Promise.race([work(() => timer?.refresh()), silence]);
  } finally {
    clearTimeout(timer);
  }
}

function stalledWalk(dataset: DatasetName, stalledMs: number): ZfsError {
  const silence = `nothing was heard from the file system for ${formatSilence(stalledMs)}`;
  return new ZfsError(`${dataset}: while looking whether it is empty, ${silence}; the pool may be suspended`, {
    reason: 'stalled',
    argv: [],
    exitCode: null,
    signal: null,
    stderrTail: '',
    context: { phase: 'isEmpty', stalledMs },
  });
}

/**
 * The directories, relative to the dataset's root, that lead to mountpoints of its descendants: those they have now, and
 * those they get by their names.
 */
export function leadingDirectories(self: MountRow, descendants: readonly MountRow[]): ReadonlySet<string> {
  const leading = new Set<string>();
  const lead = (path: string): void => {
    const parts = path.split('/');
    for (let i = 1; i <= parts.length; i++) leading.add(parts.slice(0, i).join('/'));
  };
  for (const descendant of descendants) {
    lead(descendant.name.slice(self.name.length + 1));
    if (!self.mountpoint?.startsWith('/') || !descendant.mountpoint?.startsWith('/')) continue;
    const below = relative(self.mountpoint, descendant.mountpoint);
    if (below !== '' && below !== '..' && !below.startsWith('../')) lead(below);
  }
  return leading;
}

/** The head of what is not mounted can be sent; nothing else looks into it without changing it. */
async function isHeadEmpty(runner: Runner, dataset: DatasetName, leading: ReadonlySet<string>): Promise<boolean> {
  const command = runner.start(['send', dataset], dataset);
  const contents = new HeadContents(leading);
  const reader = new SendRecordReader();
  try {
    for await (const chunk of command.chunks()) {
      for (const record of reader.push(chunk)) if (!contents.accept(record)) return false;
    }
    return contents.isEmpty();
  } catch (error) {
    if (error instanceof SendStreamError) return false;
    const cause =
      error instanceof ZfsError
        ? error
        : await command.done.then(
            () => error,
            (end: unknown) => end,
          );
    // Without its key nothing can be said; busy: it has just been mounted.
    if (cause instanceof ZfsError && (cause.reason === 'key-unavailable' || cause.reason === 'busy')) return false;
    throw cause;
  } finally {
    await command.kill();
  }
}

/**
 * Whether it is this dataset that one sees at the path: another mount may lie on top of it. Where there is no
 * `/proc/self/mounts` (FreeBSD) the path must be a mountpoint at least.
 */
async function isMountedAt(dataset: DatasetName, mountpoint: string): Promise<boolean> {
  if (!mountpoint.startsWith('/')) return false;
  try {
    const mounts = await readFile('/proc/self/mounts', 'utf8');
    const rows = mounts.split('\n').map((line) => line.split(' ', 2).map(unescapeMount));
    return rows.findLast(([, path]) => path === mountpoint)?.[0] === (dataset as string);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const [own, parent] = await Promise.all([lstat(mountpoint), lstat(`${mountpoint}/..`)]);
    return own.dev !== parent.dev;
  }
}

/** proc(5): space, tab, newline and backslash are octal. */
function unescapeMount(field: string): string {
  return field.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

interface Walk {
  readonly device: number;
  readonly leading: ReadonlySet<string>;
  readonly alive: () => void;
  directories: number;
  covered: boolean;
}

async function isTreeEmpty(
  runner: Runner,
  dataset: DatasetName,
  mountpoint: string,
  leading: ReadonlySet<string>,
  alive: () => void,
): Promise<boolean> {
  try {
    const walk: Walk = { device: (await lstat(mountpoint)).dev, leading, alive, directories: 0, covered: false };
    if (!(await onlyLeads(walk, mountpoint, ''))) return false;
    return !walk.covered || (await hidesNothing(runner, dataset, mountpoint, walk.directories));
  } catch (error) {
    // Not allowed to look, or it changes under our eyes.
    if (['EACCES', 'EPERM', 'ENOENT', 'EIO'].includes(String(codeOf(error)))) return false;
    throw error;
  }
}

async function onlyLeads(walk: Walk, mountpoint: string, path: string): Promise<boolean> {
  for await (const entry of await opendir(`${mountpoint}/${path}`)) {
    const child = path === '' ? entry.name : `${path}/${entry.name}`;
    // `snapdir=visible` shows the control directory.
    if (child === '.zfs') continue;
    const stat = await lstat(`${mountpoint}/${child}`);
    walk.alive();
    if (!stat.isDirectory() || !walk.leading.has(child)) return false;
    walk.directories++;
    if (stat.dev !== walk.device) walk.covered = true;
    else if (!(await onlyLeads(walk, mountpoint, child))) return false;
  }
  return true;
}

/**
 * A mount covers a directory of this dataset, in which there may be files that nobody sees. The count of the dataset's
 * objects says whether there is more than the directories that are seen; it is of the last sync, so it is made to sync.
 */
async function hidesNothing(
  runner: Runner,
  dataset: DatasetName,
  mountpoint: string,
  directories: number,
): Promise<boolean> {
  await runCommand(runner, ['inherit', SYNC_PROPERTY, dataset], dataset);
  const { files, ffree } = await statfs(mountpoint);
  return files - ffree <= FRESH_OBJECTS + directories;
}
