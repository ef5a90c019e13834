import type { PeerCertificate } from '@zfsync/protocol';
import type { RelativePath } from '@zfsync/zfs';
import type { SessionPolicy } from './policy.ts';

/** Who wants what there is only so much of. */
export interface Asker {
  /** See {@link Principal.name}. */
  readonly name: string | undefined;
  readonly session: string;
}

/** Names the peer; where nobody is known, each session is for itself. */
export function ownerOf({ name, session }: Asker): string {
  return name === undefined ? `session ${session}` : `peer ${name}`;
}

/** On whose behalf a connection acts: nothing that it says reaches beyond this. */
export interface Principal {
  /** The name that a paired or certified peer is known by; undefined over plaintext, where nobody is known. */
  readonly name: string | undefined;
  /** Its target root below the receiver's TARGET; `''` = TARGET itself. */
  readonly path: RelativePath;
  readonly policy: SessionPolicy;
  /** By which it is known; undefined over plaintext. */
  readonly certificate: PeerCertificate | undefined;
  /** It was paired with that certificate, as against one that an authority vouches for. */
  readonly pinned: boolean;
}
