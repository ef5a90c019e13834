/** Many names of versions in a call, and no more than a process may get. */
import { type DatasetName, formatVersion, type VersionName } from '../model/index.ts';

/** All names are in one argument, and Linux takes 128 KiB (MAX_ARG_STRLEN); the rest of the room is for a wrapper's words. */
const ARGUMENT_BYTES_MAX = 64 * 1024;
/** Of all arguments: far below any system's limit on arguments and environment. */
const ARGUMENTS_BYTES_MAX = 100 * 1024;
/** One batch is one transaction: all of the pool's writes wait for it. */
const BATCH_MAX = 1000;

/** Names to be listed behind one `dataset@`, with commas. */
export function nameBatches(
  dataset: DatasetName,
  names: readonly VersionName[],
): Generator<readonly VersionName[], void, undefined> {
  return batches(names, ARGUMENT_BYTES_MAX - dataset.length, BATCH_MAX);
}

/** `dataset@name` of each, an argument each. */
export function nameChunks(
  dataset: DatasetName,
  names: readonly VersionName[],
): Generator<readonly string[], void, undefined> {
  const full = names.map((name) => formatVersion(dataset, { kind: 'snapshot', name }));
  return batches(full, ARGUMENTS_BYTES_MAX, Number.POSITIVE_INFINITY);
}

/** @param bytesMax with one byte behind each for what separates them. Names are ASCII. */
function* batches<T extends string>(
  names: readonly T[],
  bytesMax: number,
  countMax: number,
): Generator<readonly T[], void, undefined> {
  let batch: T[] = [];
  let bytes = 0;
  for (const name of names) {
    if (batch.length >= countMax || (batch.length > 0 && bytes + name.length + 1 > bytesMax)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(name);
    bytes += name.length + 1;
  }
  if (batch.length > 0) yield batch;
}
