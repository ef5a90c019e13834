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
import { utf8Bytes } from './text.ts';

/** At least one page. A dataset with many versions goes on on the next page, `continued`. */
export function* offerPages(datasets: Iterable<OfferedDataset>): Generator<Offer, void, undefined> {
  for (const { page, last, entries } of paginate(splitDatasets(datasets), datasetBytes)) {
    yield { type: 'offer', page, last, datasets: entries };
  }
}

/** At least one page. */
export function* decisionPages(decisions: Iterable<DatasetDecision>): Generator<Decisions, void, undefined> {
  for (const { page, last, entries } of paginate(decisions, decisionBytes)) {
    yield { type: 'decisions', page, last, decisions: entries };
  }
}

/** At least one page. */
export function* promotionPages(promotions: Iterable<Promotion>): Generator<CleanBufferReport, void, undefined> {
  for (const { page, last, entries } of paginate(promotions, promotionBytes)) {
    yield { type: 'clean-buffer-report', page, last, promotions: entries };
  }
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
   * @throws {ProtocolError} for a path that comes twice, and for a continuation of something else.
   */
  push(offer: Offer): readonly OfferedDataset[] | undefined {
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
      whole.raw === part.raw;
    if (!same) throw invalid(`continues ${JSON.stringify(part.path)}, which is not what the page before ended with`);
    for (const version of part.versions) this.#versions.push(version);
  }
}

/** Pages back to all decisions. One assembler for one answer. */
export class DecisionAssembler {
  readonly #decisions: DatasetDecision[] = [];
  readonly #paths = new Set<RelativePath>();

  /**
   * All decisions, once the last page is there; until then undefined.
   *
   * @throws {ProtocolError} for a path that comes twice.
   */
  push(page: Decisions): readonly DatasetDecision[] | undefined {
    for (const decision of page.decisions) {
      if (this.#paths.has(decision.path)) throw invalid(`decides on ${JSON.stringify(decision.path)} twice`);
      this.#paths.add(decision.path);
      this.#decisions.push(decision);
    }
    return page.last ? this.#decisions : undefined;
  }
}

/** Pages back to the whole report. One assembler for one report. */
export class PromotionAssembler {
  readonly #promotions: Promotion[] = [];

  /** All promotions, once the last page is there; until then undefined. */
  push(page: CleanBufferReport): readonly Promotion[] | undefined {
    this.#promotions.push(...page.promotions);
    return page.last ? this.#promotions : undefined;
  }
}

interface Page<T> {
  readonly page: number;
  readonly last: boolean;
  readonly entries: readonly T[];
}

/** A page is closed before the entry that would take it over the target; an entry alone may be over it. */
function* paginate<T>(items: Iterable<T>, bytesOf: (item: T) => number): Generator<Page<T>, void, undefined> {
  let page = 0;
  let entries: T[] = [];
  let pageBytes = 0;
  for (const item of items) {
    const bytes = bytesOf(item);
    if (entries.length > 0 && pageBytes + bytes > pageBytesTarget) {
      yield { page, last: false, entries };
      page += 1;
      entries = [];
      pageBytes = 0;
    }
    entries.push(item);
    pageBytes += bytes;
  }
  yield { page, last: true, entries };
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
    let { continued } = dataset;
    for (const version of dataset.versions) {
      const more = versionBytes(version);
      if (versions.length > 0 && bytes + more > pageBytesTarget) {
        yield { ...dataset, versions, continued };
        continued = true;
        versions = [];
        bytes = emptyDatasetBytes(dataset);
      }
      versions.push(version);
      bytes += more;
    }
    yield { ...dataset, versions, continued };
  }
}

// Upper bounds of the encoded size: tag and length of each field, and the largest varints.

function versionBytes(version: Version): number {
  return version.name.length + 40;
}

function emptyDatasetBytes(dataset: OfferedDataset): number {
  return dataset.path.length + 32;
}

function datasetBytes(dataset: OfferedDataset): number {
  return dataset.versions.reduce((sum, version) => sum + versionBytes(version), emptyDatasetBytes(dataset));
}

function failureBytes(failure: Failure): number {
  return failure.code.length + utf8Bytes(failure.message) + utf8Bytes(failure.detail) + 24;
}

function decisionBytes({ path, decision }: DatasetDecision): number {
  const bytes = path.length + 48;
  switch (decision.kind) {
    case 'up-to-date':
    case 'full':
    case 'incremental':
      return bytes;
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
