import { ReplicationError } from '@zfsync/zfs';

/** What is wrong with the files of this host. */
const OWN_FILES = /^(?:STATE_|CONFIG_)/;

const UNREADABLE = 'the receiver cannot look its peers up now; its log says why';

/** By code: what names other peers. */
const OF_OTHERS: Readonly<Partial<Record<string, string>>> = {
  PEER_PATH_TAKEN:
    'the target root for this sender is taken by another peer of the receiver, whose log says which: run ' +
    '"zfsync-recv pair NAME --target SUBTREE" there with another one',
  CERTIFICATE_TAKEN:
    'the certificate of this sender is that of another peer of the receiver already, whose log says which: unpair that ' +
    'one there first, or pair with another --state',
};

/** What somebody who is not known may be told of an error: nothing of other peers, nothing of the receiver's files. */
export function tellable({ code, message }: ReplicationError): string {
  return OF_OTHERS[code] ?? message;
}

export function isOfOwnFiles(error: unknown): error is ReplicationError {
  return error instanceof ReplicationError && OWN_FILES.test(error.code);
}

/** The error that a stranger gets; the log has the other, as its cause. */
export function tellableError(error: unknown): unknown {
  if (isOfOwnFiles(error)) {
    const retry = error.code === 'STATE_BUSY' ? error.retry : 'operator';
    return new ReplicationError(UNREADABLE, { code: 'PEERS_UNREADABLE', retry, cause: error });
  }
  if (!(error instanceof ReplicationError) || OF_OTHERS[error.code] === undefined) return error;
  const { code, retry } = error;
  return new ReplicationError(tellable(error), { code, retry, cause: error });
}
