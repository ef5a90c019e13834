import { EXIT, type Endpoint, type Printed } from '@zfsync/program';
import { ReceiverStore } from '@zfsync/trust';
import { shown } from './pair.ts';

/** `zfsync-send peers`: the receivers that this sender is paired with. Damaged records are in the notes. */
export function listReceivers(stateDirectory: string): Printed {
  const { records, damaged } = new ReceiverStore(stateDirectory).survey();
  const receivers = [...records.values()];
  const lines = receivers.map(
    (receiver) =>
      `${shown(receiver)}: known there as ${receiver.name}, receives into ${receiver.target}, ` +
      `since ${receiver.added.toISOString()}\n`,
  );
  return {
    text: lines.length === 0 ? 'no receiver is known: zfsync-send pair TOKEN\n' : lines.join(''),
    document: { receivers, damaged: damaged.map(({ message }) => message) },
    notes: damaged.map(({ message }) => `zfsync-send: ${message}\n`).join(''),
    exitCode: damaged.length === 0 ? EXIT.ok : EXIT.failure,
  };
}

/**
 * `zfsync-send unpair`: forgets the receiver. It goes on to know this sender until its own operator unpairs it.
 *
 * @throws {ConfigError} when it is not known.
 */
export function unpairReceiver(stateDirectory: string, { host, port }: Endpoint): Printed {
  const receivers = new ReceiverStore(stateDirectory);
  const { name } = receivers.get(host, port);
  receivers.remove(host, port);
  return {
    text: `${shown({ host, port })} is forgotten. There, "zfsync-recv unpair ${name}" makes it forget this sender too.\n`,
    document: { unpaired: { host, port, name } },
    notes: '',
  };
}
