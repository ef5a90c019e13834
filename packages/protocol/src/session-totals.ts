import type { RelativePath } from '@zfsync/zfs';
import { ProtocolError } from './errors.ts';
import {
  offeredDatasetsMax,
  offeredVersionsMax,
  offerPropertiesBytesMax,
  promotionsMax,
  tidyEntriesMax,
} from './limits.ts';
import type { CleanBufferReport, Decisions, Message, Offer, TidyReport } from './message.ts';
import { propertiesBytes } from './text.ts';

type Paged = Offer | Decisions | CleanBufferReport | TidyReport;

interface Sums {
  readonly datasets: number;
  readonly versions: number;
  readonly propertiesBytes: number;
  readonly decisions: number;
  readonly promotions: number;
  readonly leftOut: number;
  readonly tidied: number;
}

const NOTHING: Sums = {
  datasets: 0,
  versions: 0,
  propertiesBytes: 0,
  decisions: 0,
  promotions: 0,
  leftOut: 0,
  tidied: 0,
};

/** What the pages of one offer, of its decisions or of one report have come to, and what a replan is owed. */
export class Totals {
  #page = 0;
  #sums = NOTHING;
  /** The path of the replan that waits for its decision. */
  #replanned: RelativePath | undefined;

  /** What would be wrong with this message as the next one. */
  flaw(message: Message): ProtocolError | undefined {
    if (!isPaged(message)) return undefined;
    if (message.page !== this.#page) {
      return invalid(`${message.type} has page ${message.page} in the place of ${this.#page}`);
    }
    const after = this.#after(message);
    if (after.datasets > offeredDatasetsMax) return exceeded('offer', 'datasets', offeredDatasetsMax);
    if (after.versions > offeredVersionsMax) return exceeded('offer', 'snapshots and bookmarks', offeredVersionsMax);
    if (after.propertiesBytes > offerPropertiesBytesMax) {
      return exceeded('offer', 'bytes of properties', offerPropertiesBytesMax);
    }
    if (after.leftOut > offeredDatasetsMax) return exceeded('offer', 'paths that are left out', offeredDatasetsMax);
    if (after.tidied > tidyEntriesMax) return exceeded('tidy-report', 'entries', tidyEntriesMax);
    if (after.promotions > promotionsMax) return exceeded('clean-buffer-report', 'entries', promotionsMax);
    if (message.type !== 'decisions') return undefined;
    if (this.#replanned !== undefined) return replanFlaw(message, this.#replanned);
    if (after.decisions > after.datasets || (message.last && after.decisions < after.datasets)) {
      return invalid(`${after.decisions} decisions answer ${after.datasets} offered datasets`);
    }
    return undefined;
  }

  count(message: Message): void {
    if (message.type === 'replan') this.#replanned = message.path;
    if (!isPaged(message)) return;
    const after = this.#after(message);
    this.#page = message.last ? 0 : message.page + 1;
    if (!message.last) this.#sums = after;
    // The number of datasets stays until the decisions are complete: they are held against it.
    else this.#sums = message.type === 'offer' ? { ...NOTHING, datasets: after.datasets } : NOTHING;
    if (message.type === 'decisions') this.#replanned = undefined;
  }

  #after(message: Paged): Sums {
    const { datasets, versions, propertiesBytes: bytes, decisions, promotions, leftOut, tidied } = this.#sums;
    const offered = message.type === 'offer' ? message.datasets : [];
    return {
      datasets: datasets + offered.filter((dataset) => !dataset.continued).length,
      versions: versions + offered.reduce((sum, dataset) => sum + dataset.versions.length, 0),
      propertiesBytes: bytes + offered.reduce((sum, { properties }) => sum + propertiesBytes(properties), 0),
      decisions: decisions + (message.type === 'decisions' ? message.decisions.length : 0),
      promotions: promotions + (message.type === 'clean-buffer-report' ? message.promotions.length : 0),
      leftOut: leftOut + (message.type === 'offer' ? message.leftOut.length : 0),
      tidied: tidied + (message.type === 'tidy-report' ? message.entries.length : 0),
    };
  }
}

const PAGED: ReadonlySet<string> = new Set<Paged['type']>(['offer', 'decisions', 'clean-buffer-report', 'tidy-report']);

function isPaged(message: Message): message is Paged {
  return PAGED.has(message.type);
}

function replanFlaw({ last, decisions }: Decisions, path: RelativePath): ProtocolError | undefined {
  const [first] = decisions;
  if (last && decisions.length === 1 && first?.path === path) return undefined;
  const said = decisions.map((decision) => JSON.stringify(decision.path)).slice(0, 3);
  const what = last ? `${decisions.length} decisions (${said.join(', ')})` : 'a page that is not the last one';
  return invalid(`a replan of ${JSON.stringify(path)} is answered by ${what} in the place of one decision on it`);
}

function invalid(message: string): ProtocolError {
  return new ProtocolError(message, 'MESSAGE_INVALID');
}

function exceeded(type: string, what: string, max: number): ProtocolError {
  return new ProtocolError(`${type} has more than ${max} ${what}`, 'LIMIT_EXCEEDED');
}
