/**
 * What the operator of a target has settled about what may go there: which snapshots are kept, and which of a sender's
 * wishes about what has vanished at the source are carried out. Without his word nothing is destroyed.
 */
import { AGE_MAX_MS, parseDuration } from '@zfsync/program';
import {
  CLASSES,
  DEFAULT_TEMPLATE,
  type GlobMatcher,
  globMatcher,
  KEEP_COUNT_MAX,
  type KeepPolicy,
  parsePeriods,
  type SnapshotClass,
  SnapshotTemplate,
} from '@zfsync/retention';
import { ConfigError } from '@zfsync/zfs';

/** Retention on the target, in the words of its flags: plain data, as a peer's record has it. */
export interface KeepSettings {
  /** Such as `24h,7d,4w`; '' = none. */
  readonly list: string;
  /** So many newest of a class. */
  readonly classes: Readonly<Partial<Record<SnapshotClass, number>>>;
  /** Snapshots that are subject to it beside those that are called after the template. */
  readonly names: readonly string[];
  /** Of the names that the senders give. */
  readonly template: string;
}

/** {@link KeepSettings}, ready to be applied. */
export interface TargetRetention {
  readonly policy: KeepPolicy;
  readonly template: SnapshotTemplate;
  readonly names: GlobMatcher;
}

/** `keep`: nothing is done with datasets that have vanished at the source. */
export type MirrorDatasets = 'keep' | 'aside' | 'destroy';

export const MIRROR_DATASETS: readonly MirrorDatasets[] = ['keep', 'aside', 'destroy'];

/** Which of a sender's wishes are carried out. */
export interface MirrorPolicy {
  /** Destroy snapshots that the source has no more. */
  readonly snapshots: boolean;
  readonly datasets: MirrorDatasets;
  /** Seconds for which a dataset must have been found vanished at the least, whatever the sender says. */
  readonly after: number;
}

export const NO_MIRROR: MirrorPolicy = { snapshots: false, datasets: 'keep', after: 0 };

/** How the flags or fields are called, for messages. */
export interface KeepWords {
  readonly list: string;
  readonly classes: string;
  readonly names: string;
  readonly template: string;
}

/** @throws {ConfigError} naming the flag or field that is wrong. */
export function retentionOf(settings: KeepSettings, words: KeepWords = FIELDS): TargetRetention {
  const { list, classes, names, template } = settings;
  const counts = new Map<SnapshotClass, number>();
  for (const kind of CLASSES) {
    const count = classes[kind];
    if (count === undefined) continue;
    if (!Number.isInteger(count) || count < 0 || count > KEEP_COUNT_MAX) {
      throw new ConfigError(`${words.classes}${kind} takes a number from 0 to ${KEEP_COUNT_MAX}, not ${String(count)}`);
    }
    counts.set(kind, count);
  }
  const unknown = Object.keys(classes).find((kind) => !CLASSES.some((one) => one === kind));
  if (unknown !== undefined) {
    throw new ConfigError(`${words.classes}${unknown}: there is no such class; there are ${CLASSES.join(', ')}`);
  }
  const periods = list === '' ? new Map<SnapshotClass, number>() : parsePeriods(words.list, list);
  if (periods.size === 0 && counts.size === 0) {
    throw new ConfigError(`${words.list} or ${words.classes}… must say how many snapshots are kept`);
  }
  const compiled = new SnapshotTemplate(template);
  if (counts.size > 0 && !compiled.hasClass) {
    throw new ConfigError(`${words.classes}… needs <class> in ${words.template}, which "${template}" has not`);
  }
  return { policy: { periods, classes: counts }, template: compiled, names: globMatcher(words.names, names) };
}

const FIELDS: KeepWords = {
  list: 'keep.list',
  classes: 'keep.classes.',
  names: 'keep.names',
  template: 'keep.template',
};

export const KEEP_DEFAULTS: KeepSettings = { list: '', classes: {}, names: [], template: DEFAULT_TEMPLATE };

const MIRROR_WORDS = ['none', 'snapshots', 'datasets=aside', 'datasets=destroy'] as const;

/**
 * `none`, or with commas between: `snapshots`, one of `datasets=aside` and `datasets=destroy`, and beside that `after=30d`.
 *
 * @throws {ConfigError}
 */
export function parseMirror(flag: string, text: string): MirrorPolicy {
  const words = text.split(',').map((word) => word.trim());
  const [after, ...moreAfter] = words.filter((word) => word.startsWith('after='));
  const wanted = words.filter((word) => !word.startsWith('after='));
  const invalid = () =>
    new ConfigError(
      `${flag} takes none, or snapshots and one of datasets=aside and datasets=destroy, that with after=30d or so, with commas between, not "${text}"`,
    );
  const known = wanted.every((word) => MIRROR_WORDS.some((one) => one === word));
  const kinds = new Set(wanted.map((word) => word.split('=', 1)[0]));
  if (!known || kinds.size !== wanted.length || (kinds.has('none') && kinds.size > 1)) throw invalid();
  const datasets = MIRROR_DATASETS.find((one) => wanted.includes(`datasets=${one}`)) ?? 'keep';
  if (moreAfter.length > 0 || (after !== undefined && datasets === 'keep')) throw invalid();
  const afterMs =
    after === undefined ? 0 : parseDuration(`${flag} after=`, after.slice('after='.length), 0, AGE_MAX_MS);
  return { snapshots: wanted.includes('snapshots'), datasets, after: Math.ceil(afterMs / 1000) };
}
