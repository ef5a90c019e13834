/**
 * Whether the target has room for what is planned, before the first byte is sent. What a stream takes on the target
 * depends on its compression, which the source does not know: the estimate is that of a compressed stream (`-c`), what
 * it takes if the target compresses as well as the source.
 */
import type { Failure } from '@zfsync/protocol';
import { type DatasetName, parentPath, type RelativePath, type Zfs, ZfsError } from '@zfsync/zfs';
import PQueue from 'p-queue';
import type { PlannedDataset } from './plan.ts';
import { formatBytes } from './format.ts';
import { sourceDataset } from './source.ts';
import { sourceOf } from './send-step.ts';
import type { Step } from './steps.ts';

export type Estimates = ReadonlyMap<RelativePath, bigint>;

export interface EstimateContext {
  readonly zfs: Zfs;
  readonly root: DatasetName;
  /** Processes at the same time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/** More than what the whole tree takes is never sent, but for a little overhead. */
const OVERHEAD_BYTES = 64n * 1024n * 1024n;

/** Whether there is room in any case, so that nothing need be estimated. @param used bytes of the whole source */
export function fitsAnyway(used: bigint, planned: readonly PlannedDataset[]): boolean {
  const most = used + used / 4n + OVERHEAD_BYTES;
  return planned.every(({ steps, planned: { available } }) => steps.length === 0 || available > most);
}

/** Bytes that each planned dataset will take. One of which ZFS does not say is left out. */
export async function estimate(context: EstimateContext, planned: readonly PlannedDataset[]): Promise<Estimates> {
  const queue = new PQueue({ concurrency: context.concurrency });
  const estimates = new Map<RelativePath, bigint>();
  await Promise.all(
    planned
      .filter(({ steps }) => steps.length > 0)
      .map((dataset) =>
        queue.add(async () => {
          context.signal.throwIfAborted();
          const bytes = await estimateOne(context, dataset);
          if (bytes !== undefined) estimates.set(dataset.offered.path, bytes);
        }),
      ),
  );
  return estimates;
}

async function estimateOne(
  { zfs, root }: EstimateContext,
  { offered, steps }: PlannedDataset,
): Promise<bigint | undefined> {
  const dataset = sourceDataset(root, offered.path);
  const ofStep = async (step: Step): Promise<bigint> => {
    const { raw } = offered;
    const { to, intermediates, resume } = step;
    const send = { dataset, ...sourceOf(step), to: to.name, intermediates, raw, compressed: !raw };
    const whole = await zfs.estimateSend(send);
    // What is left is known only as it is sent, uncompressed: it may be far more than all of it compressed.
    return resume?.bytesLeft !== undefined && resume.bytesLeft < whole ? resume.bytesLeft : whole;
  };
  try {
    let sum = 0n;
    for (const step of steps) sum += await ofStep(step);
    return sum;
  } catch (error) {
    // A snapshot that is gone, a key that is not loaded: the stream itself will say it, and say it better.
    if (error instanceof ZfsError) return undefined;
    throw error;
  }
}

/**
 * The datasets that have no room, in the order of the plan: each counts against its own place on the target and against
 * every place above it, so that a quota anywhere is seen. What does not fit takes no room from the others. Pure.
 */
export function withoutRoom(
  root: DatasetName,
  planned: readonly PlannedDataset[],
  estimates: Estimates,
): Map<RelativePath, Failure> {
  const available = new Map(planned.map(({ planned: { path, available: bytes } }) => [path, bytes]));
  const taken = new Map<RelativePath, bigint>();
  const failures = new Map<RelativePath, Failure>();
  for (const { offered } of planned) {
    const { path } = offered;
    const bytes = estimates.get(path);
    if (bytes === undefined) continue;
    const places = selfAndAbove(path).filter((at) => at === path || (available.get(at) ?? 0n) > 0n);
    const full = places.find((at) => (taken.get(at) ?? 0n) + bytes > (available.get(at) ?? 0n));
    if (full === undefined) {
      for (const at of places) taken.set(at, (taken.get(at) ?? 0n) + bytes);
      continue;
    }
    failures.set(path, noRoom(sourceDataset(root, path), bytes, available.get(full) ?? 0n, taken.get(full) ?? 0n));
  }
  return failures;
}

function selfAndAbove(path: RelativePath): RelativePath[] {
  const all: RelativePath[] = [];
  for (let at: RelativePath | undefined = path; at !== undefined; at = parentPath(at)) all.push(at);
  return all;
}

function noRoom(dataset: DatasetName, bytes: bigint, available: bigint, taken: bigint): Failure {
  const before = taken > 0n ? `, of which ${formatBytes(taken)} go to what is sent before` : '';
  const message = `${dataset}: needs about ${formatBytes(bytes)}, the target has room for ${formatBytes(available)}${before} (space and quotas); make room there, or send anyway with --no-space-check`;
  return { code: 'NO_SPACE', retry: 'operator', message, detail: '' };
}
