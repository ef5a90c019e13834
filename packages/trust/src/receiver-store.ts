import { join } from 'node:path';
import { ConfigError } from '@zfsync/zfs';
import type { KnownReceiver } from './model.ts';
import { parsePeerName } from './peer-name.ts';
import { FINGERPRINT } from './peer-store.ts';
import { type Fields, Records, type Survey } from './records.ts';
import { HOST } from './token.ts';

/** The receivers that a sender is paired with: `receivers/` of its state directory. */
export class ReceiverStore {
  readonly #records: Records<KnownReceiver>;

  constructor(stateDirectory: string) {
    this.#records = new Records(join(stateDirectory, 'receivers'), 'the record of a receiver', receiverOf);
  }

  /** @throws {ReplicationError} STATE_DAMAGED, STATE_UNREADABLE. */
  find(host: string, port: number): KnownReceiver | undefined {
    return this.#records.get(keyOf(host, port));
  }

  /** {@link find} of one that must be known. @throws {ConfigError} saying which are, and how to pair. */
  get(host: string, port: number): KnownReceiver {
    const receiver = this.find(host, port);
    if (receiver !== undefined) return receiver;
    const known = this.list().map((other) => `${other.host} port ${other.port}`);
    throw new ConfigError(
      `there is no pairing with ${host} port ${port}: ` +
        (known.length === 0 ? 'this sender is paired with none. ' : `paired are ${known.join(', ')}. `) +
        'Run "zfsync-recv pair NAME" there, and "zfsync-send pair TOKEN" here',
      { host, port },
    );
  }

  /** @throws {ReplicationError} STATE_DAMAGED when one of them is. */
  list(): KnownReceiver[] {
    const { records, damaged } = this.survey();
    if (damaged[0] !== undefined) throw damaged[0];
    return [...records.values()];
  }

  survey(): Survey<KnownReceiver> {
    return this.#records.survey();
  }

  /**
   * In the place of what was known of this host and port.
   *
   * @throws {ConfigError} when the host is no name or address. @throws {ReplicationError} STATE_UNWRITABLE.
   */
  save(receiver: KnownReceiver): void {
    const { host, port } = receiver;
    if (!HOST.test(host)) throw new ConfigError(`"${host}" is not the name or address of a host`);
    this.#records.set(keyOf(host, port), receiver);
  }

  /** @returns whether it was known. */
  remove(host: string, port: number): boolean {
    return this.#records.remove(keyOf(host, port));
  }
}

/** Names of hosts have no case. */
function keyOf(host: string, port: number): string {
  return `${host.toLowerCase()}_${port}`;
}

function receiverOf(fields: Fields, key: string): KnownReceiver {
  const host = fields.text('host', HOST);
  const port = fields.integer('port', 1, 65_535);
  if (keyOf(host, port) !== key) throw new TypeError(`it is that of ${host} port ${port}`);
  return {
    host,
    port,
    fingerprint: fields.text('fingerprint', FINGERPRINT),
    name: parsePeerName(fields.text('name', /./)),
    target: fields.text('target', /./),
    added: fields.date('added'),
  };
}
