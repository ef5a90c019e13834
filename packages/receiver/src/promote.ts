/**
 * `CleanBuffer`: renames what is parked into place, parents first. Nothing is destroyed: where a dataset is in place
 * already, both stay. Each rename is done or not done, so a crash in between is repaired by the next session.
 */
import { type Failure, type Promotion, toFailure } from '@zfsync/protocol';
import { type DatasetName, parentPath, pathDepth, type RelativePath, USER_PROPERTY, type Zfs } from '@zfsync/zfs';
import { isDigestName } from './buffer-dataset.ts';
import type { Holdings } from './holdings.ts';

export interface PromotionContext {
  readonly zfs: Zfs;
  readonly holdings: Holdings;
  targetOf(path: RelativePath): DatasetName;
  /**
   * Makes the ancestors that will not arrive as placeholders.
   *
   * @returns the paths that were made, or undefined when an ancestor is still to come and the child has to wait.
   */
  makeAncestors(path: RelativePath): Promise<readonly RelativePath[] | undefined>;
}

/** The order of work: by depth, then by name, so that a parent comes before its children. */
export function promotionOrder(paths: Iterable<RelativePath>): RelativePath[] {
  return [...paths].sort((a, b) => pathDepth(a) - pathDepth(b) || (a < b ? -1 : 1));
}

/** Each is reported as soon as it is done. */
export async function* promoteParked(context: PromotionContext): AsyncGenerator<Promotion, void, undefined> {
  for (const path of promotionOrder(context.holdings.parked.keys())) yield* await promoteOne(context, path);
}

async function promoteOne(context: PromotionContext, path: RelativePath): Promise<Promotion[]> {
  const { holdings } = context;
  const parked = holdings.parked.get(path);
  if (parked === undefined) return [];
  const parkedAs = parked.name.slice(parked.name.lastIndexOf('/') + 1);
  const inPlace = holdings.inPlace.get(path);
  if (inPlace !== undefined) {
    const message = `${inPlace.name} is in place already; the parked ${parked.name} stays: rename or destroy one of them`;
    return [{ path, parkedAs, outcome: 'conflict', failure: failureOf('TARGET_EXISTS', message) }];
  }
  const promotions: Promotion[] = [];
  try {
    const made = await context.makeAncestors(path);
    if (made === undefined) {
      const parent = context.targetOf(parentPath(path) ?? path);
      const message = `${parked.name} stays parked: its parent ${parent} has not arrived`;
      return [{ path, parkedAs, outcome: 'waiting', failure: failureOf('PARENT_MISSING', message) }];
    }
    for (const placeholder of made) {
      promotions.push({ path: placeholder, parkedAs: '', outcome: 'placeholder', failure: undefined });
    }
    await moveIntoPlace(context, path, parked.name);
    promotions.push({ path, parkedAs, outcome: 'promoted', failure: undefined });
  } catch (error) {
    promotions.push({ path, parkedAs, outcome: 'failed', failure: toFailure(error) });
  }
  return promotions;
}

async function moveIntoPlace(context: PromotionContext, path: RelativePath, parked: DatasetName): Promise<void> {
  const { zfs, holdings } = context;
  const target = context.targetOf(path);
  await zfs.rename(parked, target);
  holdings.promoted(path, target);
  if (isDigestName(parked)) await zfs.inheritProperty(target, USER_PROPERTY.path);
}

/**
 * Puts one dataset in place before more of it is received, a partial receive too.
 *
 * @returns false when its parent has not arrived
 */
export async function promoteFirst(context: PromotionContext, path: RelativePath): Promise<boolean> {
  const parked = context.holdings.inBuffer(path);
  if (parked === undefined) return true;
  if ((await context.makeAncestors(path)) === undefined) return false;
  await moveIntoPlace(context, path, parked.name);
  return true;
}

function failureOf(code: string, message: string): Failure {
  return { code, retry: 'operator', message, detail: '' };
}
