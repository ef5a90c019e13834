import type { ZfsError } from '../errors.ts';

/**
 * `receive_resume_token`: made by the target of an interrupted `zfs receive -s`, consumed by `zfs send -t`. Its holder
 * may choose what is sent (openzfs#14153), so what it decodes to must be checked against what the sender offered.
 */
export interface ResumeToken {
  readonly text: string;
  /** `dataset@snapshot` on the source. */
  readonly toName: string;
  readonly toGuid: bigint;
  readonly fromGuid: bigint | undefined;
  /** Bytes of the stream that the target has already. */
  readonly bytesReceived: bigint;
  /** Estimated bytes of the rest; undefined when this host cannot go on with it. */
  readonly bytesLeft: bigint | undefined;
  /** Why this host cannot go on with it: `resume-source-gone` and the like. */
  readonly problem: ZfsError | undefined;
  readonly raw: boolean;
  readonly largeBlocks: boolean;
  readonly compressed: boolean;
  readonly embedded: boolean;
}
