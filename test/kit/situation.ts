/**
 * Draws situations as text: `a b #b c!` = snapshots @a @b, bookmark #b, snapshot @c, which is held, oldest first; guids
 * by letter.
 */
import { createHash } from 'node:crypto';
import type { OfferedDataset } from '@zfsync/protocol';
import {
  type DatasetEntry,
  type DatasetState,
  parseDatasetName,
  parseRelativePath,
  parseVersionName,
  type Version,
} from '@zfsync/zfs';

/** The guid of the snapshot drawn as `name`; `a~2` is another snapshot of the name `a`. Short names can be read back. */
export function guidOf(name: string): bigint {
  const bytes = Buffer.from(name === '' ? 'root' : name);
  return BigInt(
    `0x${(bytes.length <= 8 ? bytes : createHash('sha256').update(bytes).digest().subarray(0, 8)).toString('hex')}`,
  );
}

export function versions(drawn: string, firstTxg = 100n): Version[] {
  const words = drawn.split(' ').filter((word) => word !== '');
  return words.map((drawnWord, index) => {
    const word = drawnWord.replace('!', '');
    const kind = word.startsWith('#') ? 'bookmark' : 'snapshot';
    const label = word.replace('#', '');
    const createtxg = firstTxg + BigInt(index) * 10n;
    const name = parseVersionName(label.split('~')[0] ?? '');
    return { kind, name, guid: guidOf(label), createtxg, creation: createtxg };
  });
}

export function offered(path: string, drawn: string, change: Partial<OfferedDataset> = {}): OfferedDataset {
  return {
    path: parseRelativePath(path),
    datasetType: 'filesystem',
    guid: guidOf(path),
    encrypted: change.raw ?? false,
    raw: false,
    largeBlocks: false,
    compressed: false,
    embedded: false,
    properties: [],
    versions: versions(drawn),
    origin: undefined,
    continued: false,
    ...change,
  };
}

export function entry(name: string, change: Partial<DatasetEntry> = {}): DatasetEntry {
  return {
    name: parseDatasetName(name),
    type: 'filesystem',
    guid: guidOf(name),
    createtxg: 1n,
    used: 0n,
    available: 0n,
    referenced: 0n,
    written: 0n,
    encryption: 'off',
    encryptionRoot: undefined,
    keyAvailable: false,
    mounted: false,
    mountpoint: undefined,
    origin: undefined,
    resumeToken: undefined,
    zfsyncPath: undefined,
    placeholder: false,
    zfsyncStream: undefined,
    zfsyncKey: undefined,
    zfsyncVanished: undefined,
    isSessionRoot: false,
    zfsyncSend: undefined,
    ...change,
  };
}

export function state(name: string, drawn: string, change: Partial<DatasetEntry> = {}): DatasetState {
  const held = drawn.split(' ').filter((word) => word.endsWith('!'));
  return {
    entry: entry(name, change),
    versions: versions(drawn, 7n),
    held: new Set(held.map((word) => parseVersionName(word.slice(0, -1).split('~')[0] ?? ''))),
  };
}
