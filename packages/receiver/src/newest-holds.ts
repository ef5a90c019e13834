import {
  addHolds,
  type DatasetName,
  type HeldBefore,
  moveHold,
  type RelativePath,
  type VersionName,
  type Zfs,
} from '@zfsync/zfs';

/** Of the receiver's own holds. */
export const OWN_HOLD_TAG = 'zfsync';

/** `--hold`: the newest received snapshot of each dataset is held, so that nobody breaks the chain on the target. */
export class NewestHolds {
  readonly #zfs: Zfs;
  readonly #addOnly: boolean;
  readonly #held = new Map<RelativePath, HeldBefore>();

  /** @param addOnly those of before stay as well: the operator releases them */
  constructor(zfs: Zfs, addOnly: boolean) {
    this.#zfs = zfs;
    this.#addOnly = addOnly;
  }

  /** @param listed what somebody held when the session began */
  async move(
    path: RelativePath,
    dataset: DatasetName,
    newest: VersionName,
    listed: Iterable<VersionName> = [],
  ): Promise<void> {
    if (this.#addOnly) {
      await addHolds(this.#zfs, dataset, OWN_HOLD_TAG, [newest]);
      return;
    }
    const before = this.#held.get(path) ?? { known: false, names: listed };
    await moveHold(this.#zfs, dataset, OWN_HOLD_TAG, [newest], before);
    this.#held.set(path, { known: true, names: [newest] });
  }
}
