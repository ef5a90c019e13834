import type { BeginStream, OfferedDataset } from '@zfsync/protocol';
import {
  type Guid,
  type PackageHead,
  ReplicationError,
  type StreamEvent,
  type StreamHead,
  StreamHeadError,
  StreamHeadReader,
} from '@zfsync/zfs';

/** What the sender has said of a stream before it begins. */
export interface Announced {
  readonly begin: BeginStream;
  readonly offered: Pick<OfferedDataset, 'datasetType' | 'encrypted'>;
  /** The snapshots of the target, as far as the stream goes on from them. */
  readonly existing: ReadonlySet<Guid>;
  /** It was decided to be a clone of the snapshot that the stream starts from. */
  readonly clone: boolean;
}

/**
 * Holds what a stream says of itself against what the sender has announced, before `zfs receive` gets it. That takes
 * from the stream which dataset it goes to, which properties that gets, what it is a clone of and what is destroyed.
 *
 * Of a package every stream is looked at: the name in each of them says where it goes. Where the package is of `a/b`, one
 * for `a/bc` is received into another dataset, beside the target (seen on 2.1.11).
 */
export class StreamGuard {
  readonly #announced: Announced;
  readonly #reader = new StreamHeadReader();
  readonly #seen: Set<Guid>;
  #package: PackageHead | undefined;
  #head: StreamHead | undefined;
  /** Of the last stream. */
  #toGuid: Guid | undefined;

  constructor(announced: Announced) {
    this.#announced = announced;
    this.#seen = new Set(announced.existing);
  }

  /** Of the first stream, once it has been found to be as announced. */
  get head(): StreamHead | undefined {
    return this.#head;
  }

  /** At the end of what was pushed, bytes of which the next ones show whether they are as announced. */
  get undecidedBytes(): number {
    return this.#reader.undecidedBytes;
  }

  /** @throws {ReplicationError} STREAM_NOT_AS_ANNOUNCED: nothing of these bytes may reach `zfs receive` */
  push(chunk: Uint8Array): void {
    for (const event of this.#read(chunk)) {
      const flaw = this.#flawOf(event);
      if (flaw !== undefined) throw this.#refused(flaw);
    }
  }

  #read(chunk: Uint8Array): StreamEvent[] {
    try {
      return this.#reader.push(chunk);
    } catch (error) {
      if (!(error instanceof StreamHeadError)) throw error;
      throw this.#refused(error.message);
    }
  }

  #refused(flaw: string): ReplicationError {
    const path = this.#announced.begin.path || '/';
    const message = `${path}: the stream is not what the sender has announced: ${flaw}; it was refused`;
    return new ReplicationError(message, { code: 'STREAM_NOT_AS_ANNOUNCED', retry: 'never' });
  }

  #flawOf(event: StreamEvent): string | undefined {
    const { begin } = this.#announced;
    switch (event.kind) {
      case 'package':
        this.#package = event.head;
        return packageFlaw(event.head, begin);
      case 'stream': {
        const from = this.#toGuid ?? begin.from;
        const flaw =
          this.#placeFlaw(event.head) ?? headFlaw(event.head, this.#announced) ?? this.#chainFlaw(event.head, from);
        if (flaw !== undefined) return flaw;
        this.#head ??= event.head;
        this.#toGuid = event.head.toGuid;
        this.#seen.add(event.head.toGuid);
        return undefined;
      }
      case 'package-end':
        return this.#toGuid === begin.to ? undefined : 'it ends before the announced snapshot';
    }
  }

  #placeFlaw({ toName }: StreamHead): string | undefined {
    if (this.#package === undefined) {
      return this.#announced.begin.intermediates
        ? 'it is a single stream instead of one with intermediates'
        : undefined;
    }
    const of = datasetIn(this.#package.toName);
    if (toName.startsWith(`${of}@`)) return undefined;
    return `a package of ${shown(of)} brings ${shown(toName)}, which would be another dataset`;
  }

  #chainFlaw({ toGuid, fromGuid }: StreamHead, from: Guid | undefined): string | undefined {
    const { begin } = this.#announced;
    if (fromGuid !== from) {
      return `it starts from ${snapshotOf(fromGuid)} instead of ${snapshotOf(from)}`;
    }
    if (this.#toGuid === begin.to) return 'it goes on after the announced snapshot';
    if (this.#package === undefined && toGuid !== begin.to) {
      return `it brings ${snapshotOf(toGuid)} instead of ${snapshotOf(begin.to)}`;
    }
    // ZFS passes over one that it has by rules of its own for where the next record is.
    if (this.#seen.has(toGuid)) return `it brings ${snapshotOf(toGuid)}, which is there`;
    return undefined;
  }
}

function snapshotOf(guid: Guid | undefined): string {
  return guid === undefined ? 'nothing' : `the snapshot of guid ${guid}`;
}

function datasetIn(name: string): string {
  return name.split('@', 1)[0] ?? '';
}

/** The sender may have put anything into it, terminal sequences included. */
function shown(name: string): string {
  return JSON.stringify(name);
}

/** `zfs send -I` makes a package without a list (0.8 to 2.4); what else is packed is in the list. */
function packageFlaw({ toName, hasHolds, listBytes, list }: PackageHead, begin: BeginStream): string | undefined {
  if (!begin.intermediates) return `it is a package of streams (${contentOf(list, hasHolds)}) instead of a single one`;
  if (hasHolds || listBytes > 0) return `it is a package with ${contentOf(list, hasHolds)}, which zfs send -I has not`;
  if (!toName.includes('@')) return 'it is a package of no snapshot';
  return undefined;
}

function contentOf(list: PackageHead['list'], hasHolds: boolean): string {
  const parts = [
    ...(list?.recursive === true ? ['all below the dataset, as by zfs send -R'] : []),
    ...(list !== undefined && list.datasets > 1 ? [`${list.datasets} datasets`] : []),
    ...(list?.hasProperties === true ? ['properties, as by zfs send -p'] : []),
    ...(hasHolds ? ['holds, as by zfs send -h'] : []),
  ];
  return parts.length === 0 ? 'a list of contents' : parts.join(', ');
}

/** What each stream, alone or in a package, must be. It may have less than was announced, but nothing more. */
function headFlaw(head: StreamHead, { begin, offered, clone }: Announced): string | undefined {
  const { raw } = begin;
  if (head.clone !== clone) {
    return clone
      ? 'it is not of a clone'
      : `it makes a clone of ${snapshotOf(head.fromGuid)}, wherever in the pool that is`;
  }
  if (head.datasetType !== offered.datasetType) {
    return `it is of a ${head.datasetType ?? 'dataset of unknown type'}, the dataset is a ${offered.datasetType}`;
  }
  if (head.redacted) return 'it is redacted: not all of the snapshot is in it';
  if (head.unwanted) return 'it is deduplicated or has holds';
  if (head.resuming !== (begin.resume !== undefined)) {
    return head.resuming ? 'it is the rest of another stream' : 'it is not the rest of the stream to be resumed';
  }
  // -w of what is not encrypted is no raw stream.
  const encrypted = raw && offered.encrypted;
  if (head.raw !== encrypted) return head.raw ? 'it is raw (zfs send -w)' : 'it is not raw: its content is in plain';
  // -w is -L -c -e as well.
  if (head.largeBlocks && !begin.largeBlocks && !raw) return 'it has large blocks (zfs send -L)';
  if (head.compressed && !begin.compressed && !raw) return 'it is compressed (zfs send -c)';
  if (head.embedded && !begin.embedded && !raw) return 'it has embedded blocks (zfs send -e)';
  return undefined;
}
