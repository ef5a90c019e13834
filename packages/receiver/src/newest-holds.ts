import {
  type DatasetName,
  type HeldBefore,
  moveHold,
  type RelativePath,
  type VersionName,
  type Zfs,
} from '@zfsync/zfs';

/** Of the receiver's own holds. */
const TAG = 'zfsync';

/** `--hold`: the newest received snapshot of each dataset is held, so that nobody breaks the chain on the target. */
export class NewestHolds {
  readonly #zfs: Zfs;
  readonly #held = new Map<RelativePath, HeldBefore>();

  constructor(zfs: Zfs) {
    this.#zfs = zfs;
  }

  /** @param listed what somebody held when the session began */
  async move(
    path: RelativePath,
    dataset: DatasetName,
    newest: VersionName,
    listed: Iterable<VersionName> = [],
  ): Promise<void> {
    const before = this.#held.get(path) ?? { known: false, names: listed };
    await moveHold(this.#zfs, dataset, TAG, [newest], before);
    this.#held.set(path, { known: true, names: [newest] });
  }
}
