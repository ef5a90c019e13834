/** What becomes of a target when the key of its source was changed (`zfs change-key`) since its last raw stream. */
import type { Logger } from '@zfsync/program';
import { type DatasetName, ReplicationError, type StreamHead, USER_PROPERTY, type Zfs } from '@zfsync/zfs';

export interface KeyContext {
  readonly zfs: Zfs;
  readonly log: Logger;
  readonly target: DatasetName;
  /** Names the key of the last stream (`zfsync:key`); undefined where that is not known. */
  readonly known: string | undefined;
  readonly signal: AbortSignal;
}

const SHOWN_IN_MESSAGE = 3;

/**
 * A raw incremental brings the source's key as it is wrapped there now, and with its last record the target opens with
 * that alone. Whoever shares a key on the target was wrapped there with the old one: it would show `keystatus=available`
 * and not be readable any more (seen on 2.1.11). That is refused; otherwise the operator is told which key it takes now.
 *
 * @throws {ReplicationError} KEY_CHANGED
 */
export async function judgeKey(context: KeyContext, { keyDigest }: StreamHead): Promise<void> {
  const { log, target, known } = context;
  if (keyDigest === undefined || known === undefined || keyDigest === known) return;
  const sharers = await sharersOf(context);
  if (sharers.length > 0) {
    const more = sharers.length > SHOWN_IN_MESSAGE ? ` and ${sharers.length - SHOWN_IN_MESSAGE} more` : '';
    const whom = `${sharers.slice(0, SHOWN_IN_MESSAGE).join(', ')}${more}`;
    const message = `target ${target}: the key of its source was changed, and it shares its key with ${whom}: what still has the old one could not be opened any more; load the keys and give each a key of its own (zfs change-key -o keyformat=…)`;
    throw new ReplicationError(message, { code: 'KEY_CHANGED', retry: 'operator' });
  }
  log.warn(
    { event: 'key-changed' },
    `${target}: the key of its source was changed: it opens with the new one from now on`,
  );
}

/** For `zfs receive -o`: the key that the target has once the stream has arrived. */
export function keyProperty({ known }: Pick<KeyContext, 'known'>, { keyDigest }: StreamHead): Record<string, string> {
  return keyDigest === undefined || keyDigest === known ? {} : { [USER_PROPERTY.key]: keyDigest };
}

/** The datasets whose keys are wrapped with the same key as that of the target. */
async function sharersOf({ zfs, target, signal }: KeyContext): Promise<DatasetName[]> {
  const sharers: DatasetName[] = [];
  for await (const { name, encryptionRoot } of zfs.listDatasets(target, { signal })) {
    if (name !== target && encryptionRoot === target) sharers.push(name);
    // Its own key is wrapped with that of a dataset above it.
    if (name === target && encryptionRoot !== undefined && encryptionRoot !== target) sharers.push(encryptionRoot);
  }
  return sharers;
}
