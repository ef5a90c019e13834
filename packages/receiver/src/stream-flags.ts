/**
 * How streams to a target are made, for the life of the target: its first stream decides, the target remembers it in its
 * user property `zfsync:stream`, and later streams are made the same way, whatever the sender would do by now.
 *
 * What other ways cost, seen on 2.1.11: raw and non-raw do not mix ("IV set guid mismatch", or worse, ZFS takes a
 * non-raw stream and then no raw one ever again). After `-L` had brought large blocks, a stream without is refused; `-L`
 * after streams without is taken and right (before OpenZFS 2.0 it lost data, openzfs#6224). `-c` and `-e` may come and
 * go. An encrypted target takes no `-e`.
 */
import type { OfferedDataset, StreamFlags } from '@zfsync/protocol';
import type { DatasetEntry } from '@zfsync/zfs';

const LETTERS = [
  ['w', 'raw'],
  ['L', 'largeBlocks'],
  ['c', 'compressed'],
  ['e', 'embedded'],
] as const;

/** As in the property: `wL`, or `-` for none. */
export function formatStreamFlags(flags: StreamFlags): string {
  const letters = LETTERS.filter(([, flag]) => flags[flag]).map(([letter]) => letter);
  return letters.join('') || '-';
}

/** @returns undefined for what {@link formatStreamFlags} would not write: then nothing is remembered. */
export function parseStreamFlags(text: string | undefined): StreamFlags | undefined {
  if (text === undefined) return undefined;
  const has = (letter: string) => text.includes(letter);
  const flags = { raw: has('w'), largeBlocks: has('L'), compressed: has('c'), embedded: has('e') };
  return formatStreamFlags(flags) === text ? flags : undefined;
}

export function sameFlags(a: StreamFlags, b: StreamFlags): boolean {
  return LETTERS.every(([, flag]) => a[flag] === b[flag]);
}

/**
 * The flags of a target that has snapshots. One that remembers none was made by another tool, or before there was such a
 * memory: ZFS does not tell what its streams were like. So it is tried without `-L`, which does no harm wherever it is
 * wrong: ZFS refuses it at once, and then it is `-L` for good.
 */
export function flagsOfTarget(
  offered: StreamFlags,
  { zfsyncStream, encryptionRoot }: Pick<DatasetEntry, 'zfsyncStream' | 'encryptionRoot'>,
  needsLargeBlocks: boolean,
): StreamFlags {
  const remembered = parseStreamFlags(zfsyncStream);
  const flags = remembered ?? { ...offered, largeBlocks: false };
  return {
    ...flags,
    largeBlocks: flags.largeBlocks || needsLargeBlocks,
    embedded: flags.embedded && encryptionRoot === undefined,
  };
}

/** Why raw and non-raw streams would come to be mixed on a target, or undefined. */
export function mixedUp(
  offered: Pick<OfferedDataset, 'raw' | 'encrypted'>,
  { name, encryption, encryptionRoot, zfsyncStream }: DatasetEntry,
): string | undefined {
  const remembered = parseStreamFlags(zfsyncStream);
  const never = 'raw and non-raw streams do not mix';
  if (offered.raw && (remembered?.raw === false || encryptionRoot === undefined)) {
    return `the source is encrypted and sent raw, the target was received decrypted or from a source without encryption (its encryption is ${encryption}); ${never}; send it with --decrypt to go on`;
  }
  if (offered.raw) return undefined;
  if (remembered?.raw === true) return `it was received raw, and the sender sends it decrypted (--decrypt); ${never}`;
  // Without a memory: whoever receives a decrypted stream below a key of its own is rare, and can say so.
  if (remembered === undefined && offered.encrypted && encryptionRoot === name) {
    return `it seems to have been received raw (it is its own encryption root), and the sender sends it decrypted (--decrypt); ${never}; if it was not, say so with zfs set zfsync:stream=- ${name}`;
  }
  return undefined;
}
