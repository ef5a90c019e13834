/**
 * Long lists as pages: an offer, the decisions on it, the report of clean-buffer. Page numbers and totals are the
 * session's to check; here is what concerns the entries.
 */
import type { RelativePath, Version } from '@zfsync/zfs';
import { ProtocolError } from './errors.ts';
import { pageBytesTarget } from './limits.ts';
import type {
  CleanBufferReport,
  DatasetDecision,
  Decisions,
  Failure,
  Offer,
  OfferedDataset,
  Promotion,
  RenameMode,
  TidyEntry,
  TidyReport,
} from './message.ts';
import { propertiesBytes, utf8Bytes } from './text.ts';

const FLAGS = ['raw', 'largeBlocks', 'compressed', 'embedded'] as const;

/** A whole offer. */
export interface Offered {
  /** Parents before children. */
  readonly datasets: readonly OfferedDataset[];
  /** See {@link Offer.leftOut}. */
  readonly leftOut: readonly RelativePath[];
  readonly renames: RenameMode;
}

/** At least one page: the datasets, then what is left out. A dataset with many versions goes on on the next page, `continued`. */
export function* offerPages({ datasets, leftOut, renames }: Offered): Generator<Offer, void, undefined> {
  for (const { page, last, entries } of paginate(partsOfOffer(datasets, leftOut), partBytes)) {
    const offered: OfferedDataset[] = [];
    const paths: RelativePath[] = [];
    for (const part of entries) {
      if (typeof part === 'string') paths.push(part);
      else offered.push(part);
    }
    yield { type: 'offer', page, last, datasets: offered, leftOut: paths, renames };
  }
}

function* partsOfOffer(
  datasets: readonly OfferedDataset[],
  leftOut: readonly RelativePath[],
): Generator<OfferedDataset | RelativePath, void, undefined> {
  yield* splitDatasets(datasets);
  yield* leftOut;
}

/** At least one page. @param targetId see {@link Decisions.targetId}. */
export function* decisionPages(
  targetId: string,
  decisions: Iterable<DatasetDecision>,
): Generator<Decisions, void, undefined> {
  for (const { page, last, entries } of paginate(decisions, decisionBytes)) {
    yield { type: 'decisions', page, last, targetId, decisions: entries };
  }
}

/**
 * A report as the work goes on: what `push`, `flush` and at last `end` give is to be sent, in this
 * order. So the sender sees that there is progress, and knows how far it went should the connection break.
 */
export class ReportPager<T, M> {
  readonly #pager: Pager<T>;
  readonly #message: (page: Page<T>) => M;

  constructor(bytesOf: (entry: T) => number, message: (page: Page<T>) => M) {
    this.#pager = new Pager(bytesOf);
    this.#message = message;
  }

  /** The page of those before it, when this one has no room on it any more. */
  push(entry: T): M | undefined {
    return this.#made(this.#pager.push(entry));
  }

  /** The page of what is there; undefined when nothing is: no page before the last one is empty. */
  flush(): M | undefined {
    return this.#made(this.#pager.flush());
  }

  /** The last page. Nothing may be pushed after it. */
  end(): M {
    return this.#message(this.#pager.end());
  }

  #made(page: Page<T> | undefined): M | undefined {
    return page && this.#message(page);
  }
}

export function promotionPager(): ReportPager<Promotion, CleanBufferReport> {
  return new ReportPager(promotionBytes, ({ page, last, entries: promotions }) => {
    return { type: 'clean-buffer-report', page, last, promotions };
  });
}

export function tidyPager(): ReportPager<TidyEntry, TidyReport> {
  return new ReportPager(tidyBytes, ({ page, last, entries }) => ({ type: 'tidy-report', page, last, entries }));
}

/** Pages back to whole datasets. One assembler for one offer. */
export class OfferAssembler {
  readonly #datasets: OfferedDataset[] = [];
  readonly #leftOut: RelativePath[] = [];
  readonly #paths = new Set<RelativePath>();
  #renames: RenameMode | undefined;
  /** The versions of the last dataset, which may go on. */
  #versions: Version[] = [];

  /**
   * The datasets, whole and in the order of the offer, and what is left out, once the last page is there; until then
   * undefined.
   *
   * @throws {ProtocolError} for a path that comes twice, for a continuation of something else, for pages that do not
   * agree on renames, and for a page that brings nothing and is not the last: there could be any number of those.
   */
  push(offer: Offer): Offered | undefined {
    if (!offer.last && offer.datasets.length === 0 && offer.leftOut.length === 0)
      throw invalid('sends an empty page that is not the last of its offer');
    this.#renames ??= offer.renames;
    if (offer.renames !== this.#renames) throw invalid(`wants renames both ${this.#renames} and ${offer.renames}`);
    for (const [index, dataset] of offer.datasets.entries()) {
      if (dataset.continued) this.#continue(dataset, index);
      else this.#add(dataset);
    }
    for (const path of offer.leftOut) {
      this.#know(path);
      this.#leftOut.push(path);
    }
    return offer.last ? { datasets: this.#datasets, leftOut: this.#leftOut, renames: this.#renames } : undefined;
  }

  #know(path: RelativePath): void {
    if (this.#paths.has(path)) throw invalid(`offers ${JSON.stringify(path)} twice`);
    this.#paths.add(path);
  }

  #add(dataset: OfferedDataset): void {
    this.#know(dataset.path);
    this.#versions = [...dataset.versions];
    this.#datasets.push({ ...dataset, versions: this.#versions });
  }

  #continue(part: OfferedDataset, index: number): void {
    const whole = this.#datasets.at(-1);
    const same =
      index === 0 &&
      whole?.path === part.path &&
      whole.guid === part.guid &&
      whole.datasetType === part.datasetType &&
      whole.encrypted === part.encrypted &&
      whole.origin?.path === part.origin?.path &&
      whole.origin?.guid === part.origin?.guid &&
      part.properties.length === 0 &&
      FLAGS.every((flag) => whole[flag] === part[flag]);
    if (!same) throw invalid(`continues ${JSON.stringify(part.path)}, which is not what the page before ended with`);
    for (const version of part.versions) this.#versions.push(version);
  }
}

/** The receiver's whole answer to an offer, or to a replan. */
export interface Answer {
  /** See {@link Decisions.targetId}. */
  readonly targetId: string;
  readonly decisions: readonly DatasetDecision[];
}

/** Pages back to all decisions. One assembler for one answer. */
export class DecisionAssembler {
  #targetId: string | undefined;
  readonly #decisions: DatasetDecision[] = [];
  readonly #paths = new Set<RelativePath>();

  /**
   * All decisions, once the last page is there; until then undefined.
   *
   * @throws {ProtocolError} for a path that comes twice, and for pages of two targets.
   */
  push(page: Decisions): Answer | undefined {
    this.#targetId ??= page.targetId;
    if (this.#targetId !== page.targetId) {
      throw invalid(`answers for two targets, ${this.#targetId} and ${page.targetId}`);
    }
    for (const decision of page.decisions) {
      if (this.#paths.has(decision.path)) throw invalid(`decides on ${JSON.stringify(decision.path)} twice`);
      this.#paths.add(decision.path);
      this.#decisions.push(decision);
    }
    return page.last ? { targetId: page.targetId, decisions: this.#decisions } : undefined;
  }
}

/** Pages back to the whole report. One assembler for one report. */
export class ReportAssembler<T> {
  readonly #entries: T[] = [];

  /** All entries, once the last page is there; until then undefined. */
  push(last: boolean, entries: readonly T[]): readonly T[] | undefined {
    // Not as arguments of one call: a page has room for more than a stack has.
    for (const entry of entries) this.#entries.push(entry);
    return last ? this.#entries : undefined;
  }
}

export interface Page<T> {
  readonly page: number;
  readonly last: boolean;
  readonly entries: readonly T[];
}

/** A page is closed before the entry that would take it over the target; an entry alone may be over it. */
class Pager<T> {
  readonly #bytesOf: (item: T) => number;
  #page = 0;
  #entries: T[] = [];
  #bytes = 0;

  constructor(bytesOf: (item: T) => number) {
    this.#bytesOf = bytesOf;
  }

  push(item: T): Page<T> | undefined {
    const bytes = this.#bytesOf(item);
    const full = this.#bytes + bytes > pageBytesTarget ? this.flush() : undefined;
    this.#entries.push(item);
    this.#bytes += bytes;
    return full;
  }

  flush(): Page<T> | undefined {
    return this.#entries.length === 0 ? undefined : this.#close(false);
  }

  end(): Page<T> {
    return this.#close(true);
  }

  #close(last: boolean): Page<T> {
    const closed = { page: this.#page, last, entries: this.#entries };
    this.#page += 1;
    this.#entries = [];
    this.#bytes = 0;
    return closed;
  }
}

function* paginate<T>(items: Iterable<T>, bytesOf: (item: T) => number): Generator<Page<T>, void, undefined> {
  const pager = new Pager(bytesOf);
  for (const item of items) {
    const full = pager.push(item);
    if (full !== undefined) yield full;
  }
  yield pager.end();
}

/**
 * Parts that fit on a page each. A part ends only where its next version would pass the target, so the continuation
 * never fits on the same page: it always comes first on the next one, as the protocol wants it.
 */
function* splitDatasets(datasets: Iterable<OfferedDataset>): Generator<OfferedDataset, void, undefined> {
  for (const dataset of datasets) {
    if (datasetBytes(dataset) <= pageBytesTarget) {
      yield dataset;
      continue;
    }
    let versions: Version[] = [];
    let bytes = emptyDatasetBytes(dataset);
    let { continued, properties } = dataset;
    for (const version of dataset.versions) {
      const more = versionBytes(version);
      if (versions.length > 0 && bytes + more > pageBytesTarget) {
        yield { ...dataset, properties, versions, continued };
        continued = true;
        properties = [];
        versions = [];
        bytes = emptyDatasetBytes({ ...dataset, properties });
      }
      versions.push(version);
      bytes += more;
    }
    yield { ...dataset, properties, versions, continued };
  }
}

// Upper bounds of the encoded size: tag and length of each field, and the largest varints.

function versionBytes(version: Version): number {
  return version.name.length + 40;
}

function emptyDatasetBytes({ path, properties, origin }: OfferedDataset): number {
  const originBytes = origin === undefined ? 0 : origin.path.length + 20;
  return path.length + 48 + propertiesBytes(properties) + 10 * properties.length + originBytes;
}

function partBytes(part: OfferedDataset | RelativePath): number {
  return typeof part === 'string' ? part.length + 4 : datasetBytes(part);
}

function datasetBytes(dataset: OfferedDataset): number {
  return dataset.versions.reduce((sum, version) => sum + versionBytes(version), emptyDatasetBytes(dataset));
}

function failureBytes(failure: Failure): number {
  return failure.code.length + utf8Bytes(failure.message) + utf8Bytes(failure.detail) + 24;
}

function decisionBytes({ path, decision, after, renameFrom }: DatasetDecision): number {
  const bytes = path.length + 96 + (after?.length ?? 0) + (renameFrom?.length ?? 0);
  switch (decision.kind) {
    case 'up-to-date':
    case 'incremental':
    case 'clone':
      return bytes;
    case 'full':
      return bytes + (decision.aside?.length ?? 0);
    case 'resume':
      return bytes + decision.token.length;
    case 'conflict':
      return decision.targetVersions.reduce(
        (sum, version) => sum + versionBytes(version),
        bytes + utf8Bytes(decision.message),
      );
    case 'refused':
      return bytes + failureBytes(decision.failure);
  }
}

function promotionBytes({ path, parkedAs, failure }: Promotion): number {
  return path.length + parkedAs.length + 32 + (failure === undefined ? 0 : failureBytes(failure));
}

function tidyBytes({ path, names, aside, failure }: TidyEntry): number {
  const bytes = path.length + 64 + (aside?.length ?? 0) + (failure === undefined ? 0 : failureBytes(failure));
  return names.reduce((sum, name) => sum + name.length + 4, bytes);
}

function invalid(message: string): ProtocolError {
  return new ProtocolError(`the peer ${message}`, 'MESSAGE_INVALID');
}
