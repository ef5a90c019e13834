/** A process that changes a receiver's state, then prints what came of it: `state-changer DIRECTORY ORDER…`. */
import { allowPeer, changeState, createPairing } from '@zfsync/receiver';
import { ReplicationError } from '@zfsync/zfs';
import { path, storesIn } from './kit.ts';

export type Order =
  | readonly ['allow', key: string, count: string]
  | readonly ['pair', name: string, path: string]
  /** With the lock in its hand. */
  | readonly ['die' | 'stop'];

const [directory = '', order = '', first = '', second = ''] = process.argv.slice(2);
const { pairings } = storesIn(directory);

async function obey(): Promise<string> {
  switch (order) {
    case 'allow':
      for (let count = 0; count < Number(second); count += 1) {
        const policy = { [`${first}${count}`]: true };
        await allowPeer(pairings, { name: 'web', path: undefined, policy, isNew: true });
      }
      return 'done';
    case 'pair':
      await createPairing({
        stateDirectory: directory,
        pairings,
        name: first,
        path: path(second),
        policy: {},
        endpoint: undefined,
        validMs: 60_000,
        terminal: false,
        hostName: () => Promise.resolve('host'),
      });
      return 'done';
    default:
      return changeState({ stateDirectory: directory, what: `test that is to ${order}` }, () => {
        process.kill(process.pid, order === 'die' ? 'SIGKILL' : 'SIGSTOP');
        return 'went on';
      });
  }
}

const said = await obey().catch((error: unknown) => {
  if (error instanceof ReplicationError) return error.code;
  throw error;
});
process.stdout.write(said);
