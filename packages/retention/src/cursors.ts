import type { VersionName } from '@zfsync/zfs';

/**
 * The target that a bookmark is a cursor of: `zfsync_<target id>_<guid, hexadecimal>`. Senders make them on what they send
 * (sender/src/cursors.ts); a receiver finds them where its target is replicated further.
 */
export function targetOfCursor(name: VersionName): string | undefined {
  return /^zfsync_([0-9a-f]{16})_[0-9a-f]{16}$/.exec(name)?.[1];
}
