import type { RelativePath } from '@zfsync/zfs';

/** A key and the certificate for it, as PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
  /** SHA-256 of the certificate's DER, 64 lower-case hexadecimal digits. */
  readonly fingerprint: string;
}

/** What `zfsync-recv pair` prints and `zfsync-send pair` takes: good once, and until `expires`. */
export interface PairingToken {
  /** Where the receiver is reached. */
  readonly host: string;
  readonly port: number;
  /** Of the receiver's certificate, see {@link Identity}. */
  readonly fingerprint: string;
  /** 8 bytes as 16 lower-case hexadecimal digits. */
  readonly pairingId: string;
  /** 16 random bytes. Never logged, never written down by the receiver. */
  readonly secret: Uint8Array;
  readonly expires: Date;
}

/**
 * A sender that the receiver knows. `P` is what the receiver's operator has settled for it; this package keeps it without
 * a look.
 */
export interface Peer<P> {
  /** One component of a dataset's name. */
  readonly name: string;
  /** Of its certificate; undefined when it is known by a certificate authority's word alone. */
  readonly fingerprint: string | undefined;
  /** Its target root below the receiver's TARGET. */
  readonly path: RelativePath;
  /** Refused, whatever certificate it has. */
  readonly revoked: boolean;
  /** When it was paired, or first allowed. */
  readonly added: Date;
  readonly policy: P;
}

/** A receiver that the sender knows. */
export interface KnownReceiver {
  /** As the user names it on the command line. */
  readonly host: string;
  readonly port: number;
  readonly fingerprint: string;
  /** The name by which it knows this sender. */
  readonly name: string;
  /** The target root of that name, for people. */
  readonly target: string;
  readonly added: Date;
}
