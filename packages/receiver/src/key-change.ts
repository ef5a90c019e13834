/** What becomes of a target when its key or that of its source was changed (`zfs change-key`) since the last raw stream. */
import type { Logger } from '@zfsync/program';
import {
  type DatasetEntry,
  type DatasetName,
  ReplicationError,
  type StreamHead,
  USER_PROPERTY,
  type Zfs,
} from '@zfsync/zfs';
import { currentHead } from './current-key.ts';

export interface KeyContext {
  readonly zfs: Zfs;
  readonly log: Logger;
  readonly target: DatasetName;
  /** Names the key of the last stream (`zfsync:key`); undefined where that is not known. */
  readonly known: string | undefined;
  /** By the session's listing it has its key with others. */
  readonly shared: boolean;
  readonly signal: AbortSignal;
}

const SHOWN_IN_MESSAGE = 3;

/**
 * A raw incremental brings the source's key as it is wrapped there now, and with its last record the target opens with
 * that alone. Whoever shares a key on the target is wrapped there with the key that the target has: if that is another,
 * they would show `keystatus=available` and not be readable any more (seen on 2.1.11). That is refused; otherwise the operator
 * is told which key the target takes now.
 *
 * @throws {ReplicationError} KEY_CHANGED
 */
export async function judgeKey(context: KeyContext, head: StreamHead): Promise<void> {
  const { log, target, known, shared } = context;
  const { keyDigest, fromGuid } = head;
  // A full stream makes its dataset.
  if (keyDigest === undefined || fromGuid === undefined) return;
  const changed = known !== undefined && keyDigest !== known;
  if (!changed && !shared) return;
  const { root, sharers } = await sharersOf(context);
  if (sharers.length > 0) {
    const flaw = await otherKey(context, head, root);
    if (flaw !== undefined) throw refusal(target, sharers, flaw);
  } else if (changed) {
    log.warn(
      { event: 'key-changed' },
      `${target}: the key of its source was changed: it opens with the new one from now on`,
    );
  }
}

function refusal(target: DatasetName, sharers: readonly DatasetName[], flaw: string): ReplicationError {
  const more = sharers.length > SHOWN_IN_MESSAGE ? ` and ${sharers.length - SHOWN_IN_MESSAGE} more` : '';
  const whom = `${sharers.slice(0, SHOWN_IN_MESSAGE).join(', ')}${more}`;
  const message = `target ${target}: ${flaw}, and it shares its key with ${whom}: what still has the other one could not be opened any more; load the keys and give each a key of its own (zfs change-key -o keyformat=…)`;
  return new ReplicationError(message, { code: 'KEY_CHANGED', retry: 'operator' });
}

/** For `zfs receive -o`: the key that the target has once the stream has arrived. */
export function keyProperty({ known }: Pick<KeyContext, 'known'>, { keyDigest }: StreamHead): Record<string, string> {
  return keyDigest === undefined || keyDigest === known ? {} : { [USER_PROPERTY.key]: keyDigest };
}

/**
 * Why the stream's key is not wrapped with what the target's is wrapped with now, as far as can be seen. What the target has
 * is in the head of its own stream; where that cannot be read, in what is remembered.
 *
 * @param root the target's encryption root
 */
async function otherKey(
  context: KeyContext,
  head: StreamHead,
  root: DatasetName | undefined,
): Promise<string | undefined> {
  const { zfs, log, target, known, signal } = context;
  const current = await currentHead(zfs, target, signal);
  if (current === undefined) {
    if (known === head.keyDigest) {
      log.debug(
        { event: 'key-unseen' },
        `${target}: what key it has now cannot be read (zfs allow … send): as remembered`,
      );
      return undefined;
    }
    return known === undefined
      ? 'what key it has cannot be seen (that takes zfs allow … send)'
      : 'the key of its source was changed';
  }
  if (current.keyDigest === head.keyDigest) return undefined;
  // ZFS makes a new salt with every change of a passphrase: where it is the same, so is what wraps the key.
  if (current.keySalt !== undefined && current.keySalt === head.keySalt) return undefined;
  const inherits = root !== undefined && root !== target;
  if (inherits && known === head.keyDigest && head.keySalt === undefined && (await hasSourcesKey(context, root))) {
    return undefined;
  }
  return known === undefined || known === head.keyDigest
    ? 'its key was changed here, or that of its source'
    : 'the key of its source was changed';
}

/** Keys that are no passphrases have no salt. The root has the key of its own source if nobody has changed it here. */
async function hasSourcesKey({ zfs, signal }: KeyContext, root: DatasetName): Promise<boolean> {
  let remembered: string | undefined;
  for await (const entry of zfs.listDatasets(root, { depth: 0, signal })) remembered = entry.zfsyncKey;
  if (remembered === undefined) return false;
  return (await currentHead(zfs, root, signal))?.keyDigest === remembered;
}

/** The datasets whose keys are wrapped with the same key as that of the target. */
async function sharersOf({
  zfs,
  target,
  signal,
}: KeyContext): Promise<{ root: DatasetName | undefined; sharers: DatasetName[] }> {
  const sharers: DatasetName[] = [];
  let root: DatasetEntry['encryptionRoot'];
  for await (const { name, encryptionRoot } of zfs.listDatasets(target, { signal })) {
    if (name !== target && encryptionRoot === target) sharers.push(name);
    if (name === target) root = encryptionRoot;
  }
  // Its own key is wrapped with that of a dataset above it.
  return root === undefined || root === target ? { root, sharers } : { root, sharers: [root, ...sharers] };
}
