/** What a command is about, and the settings of datasets with where they come from. */
import { parentOf } from '../names.ts';
import type { BookmarkMeta, KeyMeta, SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import type { ObjectKind } from './table.ts';
import { findProperty } from './table.ts';

/** A dataset, or a snapshot or bookmark of it. */
export interface Target {
  readonly name: string;
  readonly kind: ObjectKind;
  readonly dataset: Dataset;
  readonly snapshot?: SnapshotMeta;
  readonly bookmark?: BookmarkMeta;
}

export interface Value {
  readonly text: string;
  /** `local`, `default`, `received`, `inherited from X`, `-`. */
  readonly source: string;
  /** For sorting by number. */
  readonly number?: number;
}

export function datasetTarget(dataset: Dataset): Target {
  return { name: dataset.name, kind: dataset.meta.type, dataset };
}

export function snapshotTarget(dataset: Dataset, snapshot: SnapshotMeta): Target {
  return { name: `${dataset.name}@${snapshot.name}`, kind: 'snapshot', dataset, snapshot };
}

export function bookmarkTarget(dataset: Dataset, bookmark: BookmarkMeta): Target {
  return { name: `${dataset.name}#${bookmark.name}`, kind: 'bookmark', dataset, bookmark };
}

interface Setting {
  readonly value: string;
  readonly source: 'local' | 'received' | 'inherited' | 'default';
  /** The dataset that has it. */
  readonly from: string;
}

/** The value of a settable or user property on a dataset; undefined when a user property is not set. */
export function lookUp(store: Store, dataset: Dataset, name: string): Setting | undefined {
  const property = findProperty(name);
  const inherits = property === undefined || property.group === 'inherit';
  let at: Dataset | undefined = dataset;
  while (at) {
    const own = at === dataset;
    const local = at.meta.props[name];
    if (typeof local === 'string') return { value: local, source: own ? 'local' : 'inherited', from: at.name };
    const received = local === null ? undefined : at.meta.received?.[name];
    if (received !== undefined) return { value: received, source: own ? 'received' : 'inherited', from: at.name };
    if (!inherits) break;
    const parent = parentOf(at.name);
    at = parent === undefined ? undefined : store.find(parent);
  }
  return property && { value: property.initial, source: 'default', from: '' };
}

/** Of a settable native property: always there. */
export function settingOf(store: Store, dataset: Dataset, name: string): string {
  return lookUp(store, dataset, name)?.value ?? '';
}

/** The mountpoint as `zfs get` shows it, with the names of the levels below where it is set. */
export function mountpointOf(store: Store, dataset: Dataset): Value {
  const setting = lookUp(store, dataset, 'mountpoint');
  if (!setting || setting.source === 'default') {
    return { text: `${store.context.root}/mnt/${dataset.name}`, source: 'default' };
  }
  const source = sourceText(setting);
  if (setting.value === 'none' || setting.value === 'legacy') return { text: setting.value, source };
  const rest = dataset.name.slice(setting.from.length);
  return { text: setting.value === '/' && rest !== '' ? rest : setting.value + rest, source };
}

export function sourceText(setting: Setting): string {
  return setting.source === 'inherited' ? `inherited from ${setting.from}` : setting.source;
}

/** The nearest dataset at or above with a key of its own; undefined when not encrypted. */
export function encryptionRootOf(store: Store, dataset: Dataset): { dataset: Dataset; key: KeyMeta } | undefined {
  if (dataset.meta.cipher === undefined) return undefined;
  let at: Dataset | undefined = dataset;
  while (at) {
    if (at.meta.key) return { dataset: at, key: at.meta.key };
    const parent = parentOf(at.name);
    at = parent === undefined ? undefined : store.find(parent);
  }
  return undefined;
}
