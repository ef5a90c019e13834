import { EXIT, toJson } from '@zfsync/program';
import { ConfigError } from '@zfsync/zfs';
import { type CursorFailure, formatCursors, listCursors, removeCursors } from '../cursor-list.ts';
import { openSender } from '../run-jobs.ts';
import { acquireSendLock, cursorsLockName } from '../send-lock.ts';
import type { CursorTask, SenderConfig } from '../send-options.ts';

/** `--list-cursors` and `--remove-cursors`. @returns the exit code. */
export async function tendCursors(config: SenderConfig, task: CursorTask, signal: AbortSignal): Promise<number> {
  const { source, json, dryRun } = config;
  const { zfs } = openSender(config);
  if (task.kind === 'list') {
    const targets = await listCursors(zfs, source, signal);
    process.stdout.write(json ? toJson({ cursors: targets }) : formatCursors(source, targets));
    return EXIT.ok;
  }
  const what = `zfsync-send --remove-cursors of ${source}`;
  const lock = dryRun ? undefined : await acquireSendLock(config.runDirectory, cursorsLockName(source), what);
  try {
    const all = await listCursors(zfs, source, signal);
    const targets = all.filter(({ targetId }) => targetId === task.targetId);
    if (targets.length === 0) throw new ConfigError(`${source} has no cursors of a target ${task.targetId}`);
    const failures: CursorFailure[] = [];
    for (const target of dryRun ? [] : targets) failures.push(...(await removeCursors(zfs, target, signal)));
    for (const { dataset, what: which, failure } of failures) {
      process.stderr.write(`${dataset}: ${which} not removed: ${failure.message}\n`);
    }
    const done = dryRun ? 'would remove' : failures.length > 0 ? 'removed in part' : 'removed';
    process.stdout.write(
      json ? toJson({ cursors: targets, dryRun, failures }) : `${done} ${formatCursors(source, targets)}`,
    );
    return failures.length > 0 ? EXIT.datasetsFailed : EXIT.ok;
  } finally {
    lock?.release();
  }
}
