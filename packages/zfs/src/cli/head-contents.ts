/**
 * Judges from the records of a send stream of a dataset's head whether anyone has put anything there. Everything that is
 * not known to be in a fresh dataset counts as something.
 */
import type { SendRecord } from './send-records.ts';

/** `dmu_object_type_t` of OpenZFS `include/sys/dmu.h`. */
const DIRECTORY_CONTENTS = 20;
const MASTER_NODE = 21;
const UNLINKED_SET = 22;
const ZVOL = 23;
const ZVOL_PROP = 24;
const SA_MASTER_NODE = 45;
const SA_ATTR_REGISTRATION = 46;
const SA_ATTR_LAYOUTS = 47;

/** What a filesystem or a volume has from its creation on (seen on OpenZFS 2.1.11). */
const FRESH_OBJECT_TYPES: ReadonlySet<number> = new Set([
  DIRECTORY_CONTENTS,
  MASTER_NODE,
  UNLINKED_SET,
  ZVOL,
  ZVOL_PROP,
  SA_MASTER_NODE,
  SA_ATTR_REGISTRATION,
  SA_ATTR_LAYOUTS,
]);

/** `ZBT_MICRO` of `include/sys/zap_impl.h`. */
const MICROZAP = 0x8000000000000003n;
const MICROZAP_ENTRY_BYTES = 64;
const MICROZAP_NAME = 14;
/** `ZFS_DIRENT_TYPE` of `include/sys/zfs_znode.h`: the top four bits; the object is the low 48. */
const DIRENT_TYPE_SHIFT = 60n;
const DIRENT_OBJECT = (1n << 48n) - 1n;
const DIRENT_TYPE_DIRECTORY = 4n;

/** Name to value, or undefined when the block is not a microzap. */
export function readMicrozap(block: Buffer): Map<string, bigint> | undefined {
  if (block.length < MICROZAP_ENTRY_BYTES || block.readBigUInt64LE(0) !== MICROZAP) return undefined;
  const entries = new Map<string, bigint>();
  for (let at = MICROZAP_ENTRY_BYTES; at + MICROZAP_ENTRY_BYTES <= block.length; at += MICROZAP_ENTRY_BYTES) {
    const name = block.subarray(at + MICROZAP_NAME, at + MICROZAP_ENTRY_BYTES);
    const end = name.indexOf(0);
    if (end !== 0)
      entries.set(name.subarray(0, end < 0 ? name.length : end).toString('utf8'), block.readBigUInt64LE(at));
  }
  return entries;
}

export class HeadContents {
  /** Directories that lead to other datasets' mountpoints, such as `a` and `a/b`. */
  readonly #leading: ReadonlySet<string>;
  readonly #directories = new Map<bigint, ReadonlyMap<string, bigint>>();
  #root: bigint | undefined;
  #ended = false;

  constructor(leading: ReadonlySet<string>) {
    this.#leading = leading;
  }

  /** False as soon as there is anything; then no more records need to be looked at. */
  accept(record: SendRecord): boolean {
    switch (record.type) {
      case 'begin':
      case 'free':
        return true;
      case 'object':
        return FRESH_OBJECT_TYPES.has(record.objectType);
      case 'write':
        return this.#acceptWrite(record);
      case 'end':
        this.#ended = true;
        return true;
      case 'other':
        return false;
    }
  }

  #acceptWrite(record: Extract<SendRecord, { type: 'write' }>): boolean {
    if (!FRESH_OBJECT_TYPES.has(record.objectType) || record.objectType === ZVOL) return false;
    if (record.objectType !== DIRECTORY_CONTENTS && record.objectType !== MASTER_NODE) return true;
    // A directory that has outgrown its microzap has had many entries.
    const entries = record.offset === 0n && record.data !== undefined ? readMicrozap(record.data) : undefined;
    if (entries === undefined) return false;
    if (record.objectType === MASTER_NODE) this.#root = entries.get('ROOT');
    else this.#directories.set(record.object, entries);
    return true;
  }

  /** To be asked when the stream has ended and nothing was found on the way. */
  isEmpty(): boolean {
    if (!this.#ended) return false;
    const reached = new Set<bigint>();
    if (this.#root !== undefined && !this.#onlyLeads(this.#root, '', reached)) return false;
    // What is not reached from the root, such as the directory of extended attributes, must have no entries.
    return [...this.#directories].every(([object, entries]) => reached.has(object) || entries.size === 0);
  }

  #onlyLeads(directory: bigint, path: string, reached: Set<bigint>): boolean {
    reached.add(directory);
    for (const [name, value] of this.#directories.get(directory) ?? []) {
      const child = path === '' ? name : `${path}/${name}`;
      const object = value & DIRENT_OBJECT;
      if (value >> DIRENT_TYPE_SHIFT !== DIRENT_TYPE_DIRECTORY) return false;
      if (!this.#leading.has(child) || reached.has(object)) return false;
      if (!this.#onlyLeads(object, child, reached)) return false;
    }
    return true;
  }
}
