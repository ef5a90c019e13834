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
} from './message.ts';
import { propertiesBytes, utf8Bytes } from './text.ts';

const FLAGS = ['raw', 'largeBlocks', 'compressed', 'embedded'] as const;

/** At least one page. A dataset with many versions goes on on the next page, `continued`. */
export function* offerPages(datasets: Iterable<OfferedDataset>): Generator<Offer, void, undefined> {
  for (const { page, last, entries } of paginate(splitDatasets(datasets), datasetBytes)) {
    yield { type: 'offer', page, last, datasets: entries };
  }
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
 * The report of clean-buffer as the work goes on: what `push`, `flush` and at last `end` give is to be sent, in this
 * order. So the sender sees that there is progress, and knows how far it went should the connection break.
 */
export class PromotionPager {
  readonly #pager = new Pager(promotionBytes);

  /** The page of those before it, when this one has no room on it any more. */
  push(promotion: Promotion): CleanBufferReport | undefined {
    return report(this.#pager.push(promotion));
  }

  /** The page of what is there; undefined when nothing is: no page before the last one is empty. */
  flush(): CleanBufferReport | undefined {
    return report(this.#pager.flush());
  }

  /** The last page. Nothing may be pushed after it. */
  end(): CleanBufferReport {
    return report(this.#pager.end());
  }
}

function report(page: Page<Promotion>): CleanBufferReport;
function report(page: Page<Promotion> | undefined): CleanBufferReport | undefined;
function report(page: Page<Promotion> | undefined): CleanBufferReport | undefined {
  return page && { type: 'clean-buffer-report', page: page.page, last: page.last, promotions: page.entries };
}

/** Pages back to whole datasets. One assembler for one offer. */
export class OfferAssembler {
  readonly #datasets: OfferedDataset[] = [];
  readonly #paths = new Set<RelativePath>();
  /** The versions of the last dataset, which may go on. */
  #versions: Version[] = [];

  /**
   * The datasets, whole and in the order of the offer, once the last page is there; until then undefined.
   *
   * @throws {ProtocolError} for a path that comes twice, for a continuation of something else, and for a page that
   * brings nothing and is not the last: there could be any number of those.
   */
  push(offer: Offer): readonly OfferedDataset[] | undefined {
    if (!offer.last && offer.datasets.length === 0)
      throw invalid('sends an empty page that is not the last of its offer');
    for (const [index, dataset] of offer.datasets.entries()) {
      if (dataset.continued) this.#continue(dataset, index);
      else this.#add(dataset);
    }
    return offer.last ? this.#datasets : undefined;
  }

  #add(dataset: OfferedDataset): void {
    if (this.#paths.has(dataset.path)) throw invalid(`offers ${JSON.stringify(dataset.path)} twice`);
    this.#paths.add(dataset.path);
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
export class PromotionAssembler {
  readonly #promotions: Promotion[] = [];

  /** All promotions, once the last page is there; until then undefined. */
  push(page: CleanBufferReport): readonly Promotion[] | undefined {
    // Not as arguments of one call: a page has room for more than a stack has.
    for (const promotion of page.promotions) this.#promotions.push(promotion);
    return page.last ? this.#promotions : undefined;
  }
}

interface Page<T> {
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

function emptyDatasetBytes({ path, properties }: OfferedDataset): number {
  return path.length + 48 + propertiesBytes(properties) + 10 * properties.length;
}

function datasetBytes(dataset: OfferedDataset): number {
  return dataset.versions.reduce((sum, version) => sum + versionBytes(version), emptyDatasetBytes(dataset));
}

function failureBytes(failure: Failure): number {
  return failure.code.length + utf8Bytes(failure.message) + utf8Bytes(failure.detail) + 24;
}

function decisionBytes({ path, decision }: DatasetDecision): number {
  const bytes = path.length + 96;
  switch (decision.kind) {
    case 'up-to-date':
    case 'incremental':
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

function invalid(message: string): ProtocolError {
  return new ProtocolError(`the peer ${message}`, 'MESSAGE_INVALID');
}
