/** A process that takes and releases a lock as it is told: `lock-holder DIRECTORY`, then lines of JSON on stdin. */
import { createInterface } from 'node:readline';
import { acquireLock, type Lock } from '@zfsync/program';
import { ReplicationError } from '@zfsync/zfs';

export interface Order {
  /** Absent = release. */
  readonly lock?: string;
}

export type Answer = 'owner' | 'released' | { readonly code: string; readonly message: string };

const [directory = ''] = process.argv.slice(2);
let held: Lock | undefined;

async function obey({ lock: name }: Order): Promise<Answer> {
  if (name === undefined) {
    held?.release();
    held = undefined;
    return 'released';
  }
  try {
    const conflicts = (other: string): boolean => other === name;
    held = await acquireLock({ directory, kind: 'send', name, what: `holds ${name}`, conflicts });
    return 'owner';
  } catch (error) {
    if (!(error instanceof ReplicationError)) throw error;
    return { code: error.code, message: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await obey(JSON.parse(line) as Order))}\n`);
}
