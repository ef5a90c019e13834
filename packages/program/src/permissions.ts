/**
 * What a user other than root needs for its work, as `zfs allow` lines, and which of it is missing. What each side needs
 * is said by `receiver/src/permissions.ts` and `sender/src/permissions.ts`; it was found out on OpenZFS 2.1.11 by
 * leaving out one permission at a time (`test/openzfs/nonroot.test.ts`).
 */
import { statSync } from 'node:fs';
import {
  type DatasetName,
  type Delegation,
  type Grant,
  parentDataset,
  relativePath,
  type Zfs,
  ZfsError,
} from '@zfsync/zfs';
import { EXIT } from './exit-code.ts';
import type { Account } from './permissions-account.ts';

/** What a user must be allowed to do with a dataset and with all that is below it. */
export interface PermissionNeed {
  readonly dataset: DatasetName;
  readonly permissions: readonly string[];
  /** The dataset is not there: how root makes it. A user can make it as well, with {@link MAKING} and its properties. */
  readonly make?: { readonly properties: Readonly<Record<string, string>> };
}

export interface PermissionsOutput {
  /** Print only what is missing. */
  readonly check: boolean;
  /** Commands for a shell, and nothing else. */
  readonly out: (text: string) => void;
  /** What is meant for people. */
  readonly err: (text: string) => void;
}

export interface PermissionsTask extends PermissionsOutput {
  readonly zfs: Zfs;
  /** Of the program, for what it says. */
  readonly program: string;
  readonly account: Account;
  readonly needs: readonly PermissionNeed[];
  /** What the user should know, a sentence each. */
  readonly notes: readonly string[];
}

/** `zfs create` and `zfs receive` of a new dataset want these on the parent. */
const MAKING: readonly string[] = ['create', 'mount'];

/** What is part of another permission: narrower ones, which newer versions have. */
const IMPLIED: Readonly<Partial<Record<string, string>>> = {
  'receive:append': 'receive',
  'send:raw': 'send',
};

/**
 * Prints the commands that give the user what it needs, or with `check` those that are still missing.
 *
 * @returns the exit code: 1 when `check` finds something missing.
 */
export async function printPermissions(task: PermissionsTask): Promise<number> {
  const { program, account, out, err, check, notes } = task;
  if (account.uid === 0) {
    err(`${program}: root needs no permissions\n`);
    return EXIT.ok;
  }
  for (const note of notes) err(`${program}: ${note}\n`);
  const lacks = check ? await missingPermissions(task) : unshared(task.needs);
  for (const { need, permissions } of lacks) {
    if (need.make !== undefined) out(`${createLine(need.dataset, need.make.properties)}\n`);
    if (permissions.length > 0) out(`${allowLine(account.name, permissions, need.dataset)}\n`);
  }
  if (!check) return EXIT.ok;
  if (account.uid === undefined) {
    err(`${program}: ${account.name} is not in /etc/passwd: what its groups may do is not counted\n`);
  }
  const device = deviceProblem(account);
  if (device !== undefined) err(`${program}: ${device}\n`);
  for (const { need, permissions } of lacks) {
    const what = permissions.length > 0 ? ` lacks on ${need.dataset}: ${permissions.join(', ')}` : '';
    const made = need.make === undefined ? '' : `${what === '' ? '' : ', where'} ${need.dataset} is not there`;
    err(`${program}: user ${account.name}${what}${made}\n`);
  }
  if (lacks.length > 0 || device !== undefined) return EXIT.failure;
  err(`${program}: user ${account.name} has all permissions that it needs\n`);
  return EXIT.ok;
}

/** What is missing of a need: these permissions, or also the dataset. */
export interface PermissionLack {
  readonly need: PermissionNeed;
  readonly permissions: readonly string[];
}

/** All of it; what a line for a dataset above gives already is not said again. */
function unshared(needs: readonly PermissionNeed[]): PermissionLack[] {
  return needs.map((need) => {
    const above = needs.filter(
      ({ dataset }) => dataset !== need.dataset && relativePath(dataset, need.dataset) !== undefined,
    );
    const given = new Set(above.flatMap(({ permissions }) => permissions));
    return { need, permissions: need.permissions.filter((name) => !given.has(name)) };
  });
}

/** What the user lacks. @throws {ZfsError} */
export async function missingPermissions({
  zfs,
  account,
  needs,
}: Pick<PermissionsTask, 'zfs' | 'account' | 'needs'>): Promise<PermissionLack[]> {
  const lacks: PermissionLack[] = [];
  for (const { need, permissions } of unshared(needs)) {
    const { dataset, make } = need;
    const parent = parentDataset(dataset);
    const at = make === undefined || parent === undefined ? dataset : parent;
    const delegations = await zfs.delegations(at);
    if (make === undefined) {
      const granted = grantedTo(account, dataset, delegations);
      const lacking = permissions.filter((name) => !isGranted(name, granted));
      if (lacking.length > 0) lacks.push({ need, permissions: lacking });
    } else if (!canMake(account, at, need, make.properties, delegations)) {
      const inherited = grantedTo(account, dataset, delegations);
      lacks.push({ need, permissions: permissions.filter((name) => !isGranted(name, inherited)) });
    }
  }
  return lacks;
}

/** The user makes the dataset itself, and has what it needs on it then. */
function canMake(
  account: Account,
  parent: DatasetName,
  need: PermissionNeed,
  properties: Readonly<Record<string, string>>,
  delegations: readonly Delegation[],
): boolean {
  const here = grantedTo(account, parent, delegations);
  const below = grantedTo(account, need.dataset, delegations);
  const making = [...MAKING, ...Object.keys(properties).map(permissionOfProperty)];
  return making.every((name) => isGranted(name, here)) && need.permissions.every((name) => isGranted(name, below));
}

function isGranted(permission: string, granted: ReadonlySet<string>): boolean {
  const wider = IMPLIED[permission];
  return granted.has(permission) || (wider !== undefined && granted.has(wider));
}

/** The permission that setting a property takes. */
export function permissionOfProperty(property: string): string {
  if (property.includes(':')) return 'userprop';
  // As `userquota@alice`.
  return property.split('@', 1)[0] ?? property;
}

/**
 * What a user may do with a dataset, by the rules of dsl_deleg.c: its own lines, its groups' and everyone's, of the
 * dataset and of all above it; the nearest definition of a set of permissions counts.
 *
 * @param delegations as {@link Zfs.delegations} gives them, of the dataset or of one above it
 */
export function grantedTo(
  account: Account,
  dataset: DatasetName,
  delegations: readonly Delegation[],
): ReadonlySet<string> {
  const granted = new Set<string>();
  for (const [index, { dataset: at, grants }] of delegations.entries()) {
    const applies = (grant: Grant) => (at === dataset ? grant.local : grant.descendent) && isMeant(account, grant);
    for (const { permissions } of grants.filter(applies)) expand(permissions, delegations.slice(index), granted);
  }
  return granted;
}

function isMeant({ name, uid, groups }: Account, { grantee }: Grant): boolean {
  switch (grantee.kind) {
    case 'everyone':
      return true;
    case 'group':
      return groups.includes(grantee.name);
    case 'user':
      return grantee.name === name || (uid !== undefined && grantee.name === `(unknown: ${uid})`);
  }
}

/** @param from where the sets are defined: the dataset whose line it is, and those above it */
function expand(permissions: readonly string[], from: readonly Delegation[], granted: Set<string>): void {
  for (const permission of permissions) {
    if (granted.has(permission)) continue;
    granted.add(permission);
    if (!permission.startsWith('@')) continue;
    const index = from.findIndex(({ sets }) => sets.has(permission));
    expand(from[index]?.sets.get(permission) ?? [], from.slice(index), granted);
  }
}

/** Where udev has not made it so (90-zfs.rules), `/dev/zfs` is root's alone, and no `zfs allow` helps. */
function deviceProblem({ name, uid, gids }: Account, path = '/dev/zfs'): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || uid === undefined) return undefined;
  const bits = stats.uid === uid ? 0o600 : gids.includes(stats.gid) ? 0o060 : 0o006;
  if ((stats.mode & bits) === bits) return undefined;
  const mode = (stats.mode & 0o777).toString(8);
  return `user ${name} may not open ${path} (mode ${mode}): udev's 90-zfs.rules makes it 666`;
}

function createLine(dataset: DatasetName, properties: Readonly<Record<string, string>>): string {
  const set = Object.entries(properties).map(([name, value]) => `-o ${shellWord(`${name}=${value}`)} `);
  return `zfs create -u ${set.join('')}${shellWord(dataset)}`;
}

/** One command line for a shell. */
export function allowLine(user: string, permissions: readonly string[], dataset: DatasetName): string {
  return `zfs allow -u ${shellWord(user)} ${[...permissions].sort().join(',')} ${shellWord(dataset)}`;
}

/** One word of a shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The nearest of a dataset and those above it that is there; undefined when not even the pool is. */
export async function nearestDataset(zfs: Zfs, dataset: DatasetName): Promise<DatasetName | undefined> {
  for (let at: DatasetName | undefined = dataset; at !== undefined; at = parentDataset(at)) {
    try {
      await zfs.getProperties(at, ['type']);
      return at;
    } catch (error) {
      if (!(error instanceof ZfsError && error.reason === 'dataset-missing')) throw error;
    }
  }
  return undefined;
}

/**
 * Whether ZFS is of this version or a later one, both its programs and the kernel module.
 *
 * @param version as `2.3.2`
 */
export async function isZfsSince(zfs: Zfs, version: string): Promise<boolean> {
  const { userland, kernel = userland } = await zfs.version();
  return [userland, kernel].every((text) => {
    const have = numbersOf(text);
    const wanted = numbersOf(version);
    const index = wanted.findIndex((number, at) => number !== have[at]);
    return have.length > 0 && (index < 0 || (have[index] ?? 0) > (wanted[index] ?? 0));
  });
}

function numbersOf(text: string): number[] {
  return (/(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [])
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
}
