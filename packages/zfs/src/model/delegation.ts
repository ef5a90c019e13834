import type { DatasetName } from './dataset-name.ts';

/** Who may do something: by name, as zfs prints it (`(unknown: 4711)` for a user id without a name). */
export type Grantee = { readonly kind: 'user' | 'group'; readonly name: string } | { readonly kind: 'everyone' };

/** One line of what was delegated. */
export interface Grant {
  readonly grantee: Grantee;
  /** On the dataset itself. */
  readonly local: boolean;
  /** On what is below it. */
  readonly descendent: boolean;
  /** Names of permissions, and of sets (`@name`). */
  readonly permissions: readonly string[];
}

/**
 * What `zfs allow` has put on one dataset. Create-time permissions (`-c`) are left out: they are for the creators of
 * datasets to come, who get them as grants of their own.
 */
export interface Delegation {
  readonly dataset: DatasetName;
  /** What each set of permissions, with its `@`, stands for at this dataset and below. */
  readonly sets: ReadonlyMap<string, readonly string[]>;
  readonly grants: readonly Grant[];
}
