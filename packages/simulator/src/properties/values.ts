/** The values of properties and where they come from. */
import { existsSync } from 'node:fs';
import { isSince22 } from '../commands/columns.ts';
import { originOf } from '../content/clones.ts';
import { currentState } from '../content/live.ts';
import type { Space } from '../content/space.ts';
import { findDatasetByGuid, snapshotWritten, spaceOf, uniqueBytes, writtenSinceSnapshot } from '../content/space.ts';
import { parentOf, poolOf } from '../names.ts';
import type { SnapshotMeta } from '../store/meta.ts';
import type { Dataset, Store } from '../store/store.ts';
import { partialBytes, resumeToken } from '../stream/partial.ts';
import { niceBytes, niceDate, niceNumber } from './format.ts';
import type { Target, Value } from './lookup.ts';
import { encryptionRootOf, lookUp, mountpointOf, sourceText } from './lookup.ts';
import type { Property } from './table.ts';
import { appliesTo, findProperty, isUserProperty } from './table.ts';

const LIMIT_NONE = '18446744073709551615';
const SLOP_SHARE = 0.135;

export class Values {
  readonly #store: Store;
  readonly #literal: boolean;
  /** By dataset: what its own content takes. Numbers only, so that a long listing stays small. */
  readonly #spaces = new Map<string, Space>();
  readonly #used = new Map<string, number>();

  constructor(store: Store, literal: boolean) {
    this.#store = store;
    this.#literal = literal;
  }

  space(dataset: Dataset): Space {
    let space = this.#spaces.get(dataset.name);
    if (!space) {
      space = spaceOf(this.#store, dataset);
      this.#spaces.set(dataset.name, space);
    }
    return space;
  }

  /** Bytes of a dataset with all below it. */
  used(name: string): number {
    const known = this.#used.get(name);
    if (known !== undefined) return known;
    const dataset = this.#store.read(name);
    const used = dataset ? this.#ownUsed(dataset) + this.usedByChildren(name) : 0;
    this.#used.set(name, used);
    return used;
  }

  usedByChildren(name: string): number {
    return this.#store.children(name).reduce((sum, child) => sum + this.used(child), 0);
  }

  usedByReservation(dataset: Dataset): number {
    const reserved = Number(dataset.meta.props['refreservation'] ?? 0);
    return reserved === 0 ? 0 : Math.max(0, reserved - this.space(dataset).written);
  }

  #ownUsed(dataset: Dataset): number {
    const space = this.space(dataset);
    return (
      space.usedByDataset + space.usedBySnapshots + this.usedByReservation(dataset) + partialBytes(this.#store, dataset)
    );
  }

  available(dataset: Dataset): number {
    const pool = poolOf(dataset.name);
    const { size } = this.#store.poolMeta(pool);
    let bytes = size - Math.floor(size * SLOP_SHARE) - this.#store.allocated(pool) + this.usedByReservation(dataset);
    for (let at: string | undefined = dataset.name; at !== undefined; at = parentOf(at)) {
      const quota = Number(this.#store.find(at)?.meta.props['quota'] ?? 0);
      if (quota > 0) bytes = Math.min(bytes, quota - this.used(at));
    }
    const refquota = Number(dataset.meta.props['refquota'] ?? 0);
    if (refquota > 0) bytes = Math.min(bytes, refquota - this.space(dataset).referenced);
    return Math.max(0, bytes);
  }

  /** @returns undefined when the property does not apply or has no value */
  get(target: Target, name: string): Value | undefined {
    if (name === 'name') return { text: target.name, source: '-' };
    if (name.startsWith('written@') || name.startsWith('written#')) return this.#writtenSince(target, name);
    const property = findProperty(name);
    if (!property) return isUserProperty(name) ? this.#userProperty(target, name) : undefined;
    if (!appliesTo(property, target.kind)) return undefined;
    const special = this.#special(target, property);
    if (special !== null) return special;
    return this.#setting(target, property);
  }

  /** The value that came with a stream. */
  received(target: Target, name: string): string {
    const key = findProperty(name)?.name ?? name;
    return (target.snapshot ? target.snapshot.received : target.dataset.meta.received)?.[key] ?? '-';
  }

  #userProperty(target: Target, name: string): Value | undefined {
    if (target.kind === 'bookmark') return undefined;
    const own = target.snapshot?.props?.[name];
    if (own !== undefined) return { text: own, source: 'local' };
    const received = target.snapshot?.received?.[name];
    if (received !== undefined) return { text: received, source: 'received' };
    const setting = lookUp(this.#store, target.dataset, name);
    if (!setting) return undefined;
    const source = target.snapshot ? `inherited from ${setting.from}` : sourceText(setting);
    return { text: setting.value, source };
  }

  #setting(target: Target, property: Property): Value | undefined {
    const setting = lookUp(this.#store, target.dataset, property.name);
    if (!setting) return undefined;
    const inherited = target.snapshot !== undefined && setting.source !== 'default';
    const source = inherited ? `inherited from ${setting.from}` : sourceText(setting);
    return { ...this.#format(property, setting.value), source: property.group === 'once' ? '-' : source };
  }

  #format(property: Property, value: string): { text: string; number?: number } {
    const number = Number(value);
    if (property.values.kind === 'size') {
      if (property.values.none && number === 0) return { text: this.#literal ? '0' : 'none', number };
      return { text: this.#literal || number === 0 ? value : niceNumber(number), number };
    }
    if (property.values.kind === 'count') {
      if (value === LIMIT_NONE) return { text: this.#literal ? value : 'none', number };
      return { text: this.#literal ? value : niceNumber(number), number };
    }
    return { text: value };
  }

  #bytes(value: number): Value {
    return { text: this.#literal ? String(value) : niceBytes(value), source: '-', number: value };
  }

  #number(value: number): Value {
    return { text: this.#literal ? String(value) : niceNumber(value), source: '-', number: value };
  }

  /** null: a plain setting, to be looked up. */
  #special(target: Target, property: Property): Value | undefined | null {
    const { dataset, snapshot, bookmark } = target;
    const version = snapshot ?? bookmark ?? dataset.meta;
    switch (property.name) {
      case 'type':
        return { text: target.kind, source: '-' };
      case 'creation':
        return { ...this.#date(version.time), number: version.time };
      case 'guid':
        return { text: version.guid, source: '-' };
      case 'createtxg':
        return { text: String(version.txg), source: '-', number: version.txg };
      case 'objsetid': {
        const objset = snapshot ? snapshot.objset : dataset.meta.objset;
        return { text: String(objset), source: '-', number: objset };
      }
      case 'compressratio':
      case 'refcompressratio':
        return { text: this.#literal ? '1.00' : '1.00x', source: '-', number: 1 };
      case 'referenced':
        return this.#bytes(this.#referenced(target));
      case 'logicalreferenced':
        return this.#number(this.#referenced(target));
      case 'logicalused':
        return this.#number(this.used(dataset.name));
      case 'written':
        return this.#number(this.#written(target));
      default:
        return snapshot || bookmark
          ? this.#specialOfSnapshot(target, property)
          : this.#specialOfDataset(dataset, property);
    }
  }

  #specialOfSnapshot(target: Target, property: Property): Value | undefined | null {
    const { dataset, snapshot } = target;
    if (!snapshot) return undefined;
    switch (property.name) {
      case 'used':
        return this.#bytes(uniqueBytes(this.#store, dataset, dataset.meta.snaps.indexOf(snapshot)));
      case 'userrefs':
        return { text: String(snapshot.holds?.length ?? 0), source: '-', number: snapshot.holds?.length ?? 0 };
      case 'defer_destroy':
        return { text: snapshot.deferred === true ? 'on' : 'off', source: '-' };
      case 'clones':
        return this.#clones(dataset, snapshot);
      case 'volsize':
        return snapshot.volsize === undefined
          ? undefined
          : { ...this.#format(property, String(snapshot.volsize)), source: 'local' };
      default:
        return this.#encryption(dataset, property);
    }
  }

  #specialOfDataset(dataset: Dataset, property: Property): Value | undefined | null {
    const { meta, name } = dataset;
    switch (property.name) {
      case 'used':
        return this.#bytes(this.used(name));
      case 'available':
        return this.#bytes(this.available(dataset));
      case 'usedbysnapshots':
        return this.#bytes(this.space(dataset).usedBySnapshots);
      case 'usedbydataset':
        return this.#bytes(this.space(dataset).usedByDataset);
      case 'usedbychildren':
        return this.#bytes(this.usedByChildren(name));
      case 'usedbyrefreservation':
        return this.#bytes(this.usedByReservation(dataset));
      case 'mounted':
        return { text: meta.mounted === undefined ? 'no' : 'yes', source: '-' };
      case 'mountpoint':
        return mountpointOf(this.#store, dataset);
      case 'origin':
        return this.#origin(dataset);
      case 'volsize':
        return { ...this.#format(property, String(meta.volsize ?? 0)), source: 'local' };
      case 'volblocksize': {
        const size = String(meta.volblocksize ?? 8192);
        return { ...this.#format(property, size), source: size === '8192' ? 'default' : '-' };
      }
      case 'filesystem_count':
      case 'snapshot_count':
        return { text: this.#literal ? LIMIT_NONE : 'none', source: 'default' };
      case 'receive_resume_token':
        return this.#resumeToken(dataset);
      case 'snapshots_changed':
        return this.#snapshotsChanged(dataset);
      default:
        return this.#encryption(dataset, property);
    }
  }

  #encryption(dataset: Dataset, property: Property): Value | undefined | null {
    const { cipher, key } = dataset.meta;
    switch (property.name) {
      case 'encryption':
        return cipher === undefined ? { text: 'off', source: 'default' } : { text: cipher, source: '-' };
      case 'encryptionroot': {
        const root = encryptionRootOf(this.#store, dataset);
        return root && { text: root.dataset.name, source: '-' };
      }
      case 'keystatus': {
        const root = encryptionRootOf(this.#store, dataset);
        return root && { text: root.key.loaded ? 'available' : 'unavailable', source: '-' };
      }
      case 'keylocation':
        return key ? { text: key.location, source: 'local' } : { text: 'none', source: 'default' };
      case 'keyformat': {
        const root = encryptionRootOf(this.#store, dataset);
        return root ? { text: root.key.format, source: '-' } : { text: 'none', source: 'default' };
      }
      case 'pbkdf2iters': {
        const root = encryptionRootOf(this.#store, dataset);
        return root ? { text: String(root.key.pbkdf2iters), source: '-' } : { text: '0', source: 'default' };
      }
      default:
        return null;
    }
  }

  #date(seconds: number): Value {
    return { text: this.#literal ? String(seconds) : niceDate(seconds), source: '-' };
  }

  #referenced(target: Target): number {
    if (target.snapshot) return target.snapshot.referenced;
    if (target.bookmark) return target.bookmark.referenced;
    return this.#spaces.get(target.name)?.referenced ?? currentState(this.#store, target.dataset).referenced;
  }

  #written(target: Target): number {
    if (!target.snapshot) return this.space(target.dataset).written;
    return snapshotWritten(this.#store, target.dataset, target.dataset.meta.snaps.indexOf(target.snapshot));
  }

  #writtenSince(target: Target, name: string): Value | undefined {
    if (target.kind === 'bookmark') return undefined;
    const version = name.slice('written@'.length).replace(/^.*[@#]/, '');
    const { dataset } = target;
    const from = name.startsWith('written@')
      ? dataset.meta.snaps.find((snapshot) => snapshot.name === version)
      : this.#snapshotOfBookmark(dataset, version);
    return from && this.#number(writtenSinceSnapshot(this.#store, dataset, from));
  }

  #snapshotOfBookmark(dataset: Dataset, name: string): SnapshotMeta | undefined {
    const bookmark = dataset.meta.marks.find((mark) => mark.name === name);
    if (!bookmark) return undefined;
    const after = dataset.meta.snaps.find((snapshot) => snapshot.txg >= bookmark.txg);
    return after ?? dataset.meta.snaps.at(-1);
  }

  #clones(dataset: Dataset, snapshot: SnapshotMeta): Value | undefined {
    const pool = poolOf(dataset.name);
    const clones = (snapshot.clones ?? []).map((guid) => findDatasetByGuid(this.#store, pool, guid)?.name);
    const found = clones.filter((name) => name !== undefined);
    return found.length === 0 ? undefined : { text: found.sort().join(','), source: '-' };
  }

  #origin(dataset: Dataset): Value | undefined {
    const origin = originOf(this.#store, dataset.name, dataset.meta);
    return origin && { text: `${origin.dataset.name}@${origin.snapshot.name}`, source: '-' };
  }

  #resumeToken(dataset: Dataset): Value | undefined {
    const text = existsSync(`${dataset.directory}/recv/state.json`) ? resumeToken(dataset) : undefined;
    return text === undefined ? undefined : { text, source: '-' };
  }

  #snapshotsChanged(dataset: Dataset): Value | undefined {
    const time = Math.max(0, ...dataset.meta.snaps.map((snapshot) => snapshot.time));
    if (!isSince22(this.#store.context.env) || time === 0) return undefined;
    return { ...this.#date(time), number: time };
  }
}
