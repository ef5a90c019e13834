/**
 * Directories and the master node as OpenZFS has them on disk (`zap_impl.h`, `zfs_znode.h`): what looks into a stream
 * finds there which file lies where. Receiving does not need them: paths are in the bonus buffers.
 */
import type { Entry } from '../content/manifest.ts';

const MICROZAP = 0x8000000000000003n;
/** A directory that has outgrown the microzap; what follows is not modelled. */
const FAT_ZAP = 0x8000000000000001n;
const ENTRY_BYTES = 64;
const NAME_OFFSET = 14;
const NAME_BYTES_MAX = ENTRY_BYTES - NAME_OFFSET - 1;
const BLOCK_BYTES_MAX = 131_072;
const SECTOR_BYTES = 512;
const DIRENT_TYPE = { f: 8n, d: 4n, l: 10n, v: 0n } as const;

export function encodeMicrozap(entries: readonly (readonly [name: string, value: bigint])[]): Buffer {
  const bytes = Math.ceil(((entries.length + 1) * ENTRY_BYTES) / SECTOR_BYTES) * SECTOR_BYTES;
  const fits = bytes <= BLOCK_BYTES_MAX && entries.every(([name]) => Buffer.byteLength(name) <= NAME_BYTES_MAX);
  const block = Buffer.alloc(fits ? bytes : SECTOR_BYTES);
  block.writeBigUInt64LE(fits ? MICROZAP : FAT_ZAP, 0);
  if (!fits) {
    // So that a changed directory differs.
    block.writeBigUInt64LE(BigInt(entries.length), 8);
    return block;
  }
  entries.forEach(([name, value], i) => {
    const at = (i + 1) * ENTRY_BYTES;
    block.writeBigUInt64LE(value, at);
    block.write(name, at + NAME_OFFSET, NAME_BYTES_MAX, 'utf8');
  });
  return block;
}

/** By path of the directory, `''` for the root: its block. */
export function directoryBlocks(entries: readonly Entry[]): Map<string, Buffer> {
  const children = new Map<string, [string, bigint][]>([['', []]]);
  for (const entry of entries) if (entry.k === 'd') children.set(entry.p, []);
  for (const entry of entries) {
    const slash = entry.p.lastIndexOf('/');
    const parent = children.get(slash < 0 ? '' : entry.p.slice(0, slash));
    parent?.push([entry.p.slice(slash + 1), (DIRENT_TYPE[entry.k] << 60n) | BigInt(entry.o)]);
  }
  return new Map([...children].map(([path, list]) => [path, encodeMicrozap(list)]));
}
