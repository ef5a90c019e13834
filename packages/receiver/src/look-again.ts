import type { DatasetDecision, OfferedDataset } from '@zfsync/protocol';
import {
  type DatasetName,
  InvalidNameError,
  type RelativePath,
  ReplicationError,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import { parkedName } from './buffer-dataset.ts';
import { refusedDataset } from './decide.ts';
import type { Holdings } from './holdings.ts';
import { refreshPath } from './inventory.ts';
import { type PlanContext, replanOne, versionNameBytes } from './plan-tree.ts';

export interface LookContext extends PlanContext {
  readonly holdings: Holdings;
  readonly signal: AbortSignal;
  /** Called when a partial receive was discarded. */
  readonly onDiscarded: (dataset: DatasetName) => void;
}

/**
 * Looks at one dataset again and decides on it anew, after its stream could not be received. What goes wrong on the way
 * is the answer: it concerns this dataset alone.
 *
 * @param discard the token of a partial receive that is discarded first, if the dataset still has it
 */
export async function lookAgain(
  context: LookContext,
  dataset: OfferedDataset,
  decisions: Map<RelativePath, DatasetDecision>,
  discard: string | undefined,
): Promise<DatasetDecision> {
  const { path } = dataset;
  try {
    await refresh(context, dataset, discard);
    return await replanOne(context, dataset, decisions);
  } catch (error) {
    if (error instanceof InvalidNameError) return refusedDataset(path, 'NAME_TOO_LONG', 'operator', error.message);
    if (error instanceof ReplicationError) return refusedDataset(path, error.code, error.retry, error.message);
    throw error;
  }
}

async function refresh(
  { zfs, location, inventory, holdings, signal, onDiscarded }: LookContext,
  dataset: OfferedDataset,
  discard: string | undefined,
): Promise<void> {
  const { path } = dataset;
  const whole = `${location.asPath}${path}` as RelativePath;
  // The target root itself is never parked.
  const parkedAs = whole === '' ? undefined : parkedName(inventory.buffer, whole, versionNameBytes(dataset));
  const look = () => refreshPath(zfs, location, inventory, path, parkedAs, signal);
  await look();
  const partial = [inventory.inPlace.get(path), inventory.parked.get(path)].find(
    (state) => discard !== undefined && state?.entry.resumeToken === discard,
  );
  if (partial !== undefined) {
    if (await discardPartial(zfs, partial.entry.name)) onDiscarded(partial.entry.name);
    await look();
  }
  holdings.set(path, inventory.inPlace.get(path), inventory.parked.get(path));
}

/** @returns false when it is gone by now, as a receive of before has just ended: that is as good */
async function discardPartial(zfs: Zfs, dataset: DatasetName): Promise<boolean> {
  try {
    await zfs.abortReceive(dataset);
    return true;
  } catch (error) {
    if (!(error instanceof ZfsError && error.reason === 'partial-receive')) throw error;
    return false;
  }
}
