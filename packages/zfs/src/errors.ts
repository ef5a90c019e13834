/**
 * Every failure that zfsync reports is a {@link ReplicationError}: what happened (`code`), whether and how it may be
 * tried again (`retry`), whose fault it was (`origin`) and where (`context`).
 */
import { loggableCommand, loggableText } from './loggable.ts';

/**
 * `never`: the same again cannot work. `reconnect`: over a new connection. `backoff`: after a while. `replan`: with a
 * new plan, as the world has changed. `operator`: only after a person has acted.
 */
export type Retry = 'never' | 'reconnect' | 'backoff' | 'replan' | 'operator';

export type ErrorContext = Readonly<Record<string, string | number | bigint>>;

export interface ReplicationErrorOptions {
  readonly code: string;
  readonly retry: Retry;
  readonly origin?: 'local' | 'peer';
  readonly context?: ErrorContext;
  readonly cause?: unknown;
}

export class ReplicationError extends Error {
  /** Stable, upper case, for logs and scripts. */
  readonly code: string;
  readonly retry: Retry;
  readonly origin: 'local' | 'peer';
  /** Which dataset, which peer, which frame. */
  readonly context: ErrorContext;

  static {
    this.prototype.name = 'ReplicationError';
  }

  constructor(message: string, options: ReplicationErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.retry = options.retry;
    this.origin = options.origin ?? 'local';
    this.context = options.context ?? {};
  }
}

/** A flag, a file or a name that the user gave is wrong. Exit code 2. */
export class ConfigError extends ReplicationError {
  static {
    this.prototype.name = 'ConfigError';
  }

  constructor(message: string, context?: ErrorContext) {
    super(message, { code: 'CONFIG_INVALID', retry: 'never', ...(context && { context }) });
  }
}

/** What zfs(8) said, as a reason. The table from text to reason is `cli/stderr-reasons.ts`. */
export type ZfsReason =
  | 'command-missing'
  | 'module-missing'
  | 'dataset-missing'
  | 'dataset-exists'
  | 'parent-missing'
  | 'snapshot-missing'
  | 'snapshot-held'
  /** There are clones of it, or a partial receive goes on from it. */
  | 'has-clones'
  /** It is destroyed only without children and snapshots. */
  | 'has-children'
  | 'target-has-snapshots'
  | 'target-modified'
  | 'source-mismatch'
  | 'partial-receive'
  | 'resume-token-corrupt'
  | 'resume-source-gone'
  | 'key-unavailable'
  | 'ivset-mismatch'
  | 'encryption-boundary'
  | 'large-blocks-required'
  | 'stream-unreadable'
  | 'stream-incomplete'
  | 'busy'
  | 'no-space'
  | 'quota'
  | 'permission'
  | 'name-invalid'
  /** Such as `rename -u` of a volume. */
  | 'type-wrong'
  /** A property that zfs does not know, or a value that it does not take. */
  | 'property-invalid'
  | 'killed'
  | 'stalled'
  | 'unknown';

/** Retry policy by reason: the one table of it. */
export const ZFS_REASON_RETRY: Readonly<Record<ZfsReason, Retry>> = {
  'command-missing': 'operator',
  'module-missing': 'operator',
  'dataset-missing': 'replan',
  'dataset-exists': 'replan',
  'parent-missing': 'replan',
  'snapshot-missing': 'replan',
  'snapshot-held': 'operator',
  'has-clones': 'operator',
  'has-children': 'operator',
  'target-has-snapshots': 'operator',
  'target-modified': 'operator',
  'source-mismatch': 'replan',
  'partial-receive': 'replan',
  'resume-token-corrupt': 'replan',
  'resume-source-gone': 'replan',
  'key-unavailable': 'operator',
  'ivset-mismatch': 'operator',
  'encryption-boundary': 'operator',
  'large-blocks-required': 'operator',
  'stream-unreadable': 'replan',
  'stream-incomplete': 'replan',
  busy: 'backoff',
  'no-space': 'operator',
  quota: 'operator',
  permission: 'operator',
  'name-invalid': 'never',
  'type-wrong': 'never',
  'property-invalid': 'operator',
  killed: 'backoff',
  stalled: 'backoff',
  unknown: 'backoff',
};

export interface ZfsErrorOptions {
  readonly reason: ZfsReason;
  readonly argv: readonly string[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last 32 KiB of what zfs wrote on stderr. */
  readonly stderrTail: string;
  /** Beside the command, which is always there. */
  readonly context?: ErrorContext;
  readonly cause?: unknown;
}

/** A zfs(8) process ended with anything but success. */
export class ZfsError extends ReplicationError {
  readonly reason: ZfsReason;
  /** As a log may have it. */
  readonly argv: readonly string[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** As a log may have it. */
  readonly stderrTail: string;

  static {
    this.prototype.name = 'ZfsError';
  }

  constructor(message: string, options: ZfsErrorOptions) {
    super(message, {
      code: `ZFS_${options.reason.toUpperCase().replaceAll('-', '_')}`,
      retry: ZFS_REASON_RETRY[options.reason],
      context: { command: loggableCommand(options.argv).join(' '), ...options.context },
      cause: options.cause,
    });
    this.reason = options.reason;
    this.argv = loggableCommand(options.argv);
    this.exitCode = options.exitCode;
    this.signal = options.signal;
    this.stderrTail = loggableText(options.stderrTail);
  }
}

/** The work was called off by a signal or a shutdown. Exit code 130 on a signal. */
export class AbortedError extends ReplicationError {
  static {
    this.prototype.name = 'AbortedError';
  }

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, { code: 'ABORTED', retry: 'never', cause: options?.cause });
  }
}
