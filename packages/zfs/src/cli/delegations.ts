/** `zfs allow DATASET`: what was delegated on a dataset and above it. */
import { type DatasetName, type Delegation, type Grant, parentDataset, quoted } from '../model/index.ts';
import { outputError, runLines } from './output.ts';
import type { Runner } from './run.ts';

type Section = 'sets' | 'create-time' | Pick<Grant, 'local' | 'descendent'>;

/** The titles that zfs_main.c, print_fs_perms, gives to the parts of a block. */
const SECTIONS: Readonly<Partial<Record<string, Section>>> = {
  'Permission sets:': 'sets',
  'Create time permissions:': 'create-time',
  'Local permissions:': { local: true, descendent: false },
  'Descendent permissions:': { local: false, descendent: true },
  'Local+Descendent permissions:': { local: true, descendent: true },
};

interface OpenDelegation {
  readonly dataset: DatasetName;
  readonly sets: Map<string, readonly string[]>;
  readonly grants: Grant[];
}

/** A row that is not what `zfs allow` prints. */
export class DelegationError extends Error {
  static {
    this.prototype.name = 'DelegationError';
  }
}

/**
 * Exported for its tests.
 *
 * @param dataset that was asked about: the blocks are of it and of those above it
 * @throws {DelegationError}
 */
export function parseDelegations(dataset: DatasetName, lines: readonly string[]): Delegation[] {
  const names = selfAndAbove(dataset);
  const delegations: OpenDelegation[] = [];
  let section: Section | undefined;
  for (const line of lines) {
    const current = delegations.at(-1);
    const header = names.find((name) => isHeaderOf(name, line));
    if (header !== undefined) {
      delegations.push({ dataset: header, sets: new Map(), grants: [] });
      section = undefined;
    } else if (SECTIONS[line] !== undefined) {
      section = SECTIONS[line];
    } else if (current === undefined || section === undefined || !line.startsWith('\t')) {
      throw new DelegationError(`the row ${quoted(line)} is none of its kind`);
    } else {
      addRow(current, section, line);
    }
  }
  return delegations;
}

/** A name may have blanks and dashes of its own. */
function isHeaderOf(name: DatasetName, line: string): boolean {
  const start = `---- Permissions on ${name} `;
  return line.startsWith(start) && /^-*$/.test(line.slice(start.length));
}

function addRow(delegation: OpenDelegation, section: Section, line: string): void {
  if (section === 'create-time') return;
  // A name may have blanks (that of a directory service), permissions have none.
  const pattern = section === 'sets' ? /^\t()(@\S+) (\S+)$/ : /^\t(user|group|everyone)(?: (.+))? (\S+)$/;
  const [matched, kind, name = '', list = ''] = pattern.exec(line) ?? [];
  if (matched === undefined) throw new DelegationError(`the row ${quoted(line)} is no permission`);
  const permissions = list.split(',');
  if (section === 'sets') delegation.sets.set(name, permissions);
  else if (kind === 'user' || kind === 'group') {
    delegation.grants.push({ grantee: { kind, name }, ...section, permissions });
  } else delegation.grants.push({ grantee: { kind: 'everyone' }, ...section, permissions });
}

function selfAndAbove(dataset: DatasetName): DatasetName[] {
  const names: DatasetName[] = [];
  for (let at: DatasetName | undefined = dataset; at !== undefined; at = parentDataset(at)) names.push(at);
  return names;
}

/** One process. */
export async function delegations(runner: Runner, dataset: DatasetName): Promise<readonly Delegation[]> {
  const args = ['allow', dataset];
  const lines = await runLines(runner, args, dataset);
  try {
    return parseDelegations(dataset, lines);
  } catch (error) {
    if (!(error instanceof DelegationError)) throw error;
    throw outputError({ argv: ['zfs', ...args] }, error.message);
  }
}
