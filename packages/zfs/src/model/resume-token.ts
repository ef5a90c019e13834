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
  /** Bytes that the target has already. */
  readonly bytesReceived: bigint;
  readonly raw: boolean;
  readonly largeBlocks: boolean;
  readonly compressed: boolean;
  readonly embedded: boolean;
}
