import { hostname } from 'node:os';
import { DEFAULT_PORT, type Endpoint, type Printed } from '@zfsync/program';
import { checkExpiry, type Identity, type KnownReceiver, loadIdentity, parseToken, ReceiverStore } from '@zfsync/trust';
import { pairOver, type PairingTransport } from '../pairing.ts';

export interface DialReceiver {
  readonly endpoint: Endpoint;
  /** Of the one certificate that the other end may have. */
  readonly fingerprint: string;
  readonly identity: Identity;
  readonly bindAddress: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface PairWithOptions {
  /** The sender's. */
  readonly stateDirectory: string;
  /** `--cert` and `--key`; undefined = that of the state directory, made when it is not there. */
  readonly identity?: Identity | undefined;
  /** Where the receiver is reached; undefined = as the token says. Port 0 = the token's. */
  readonly endpoint: Endpoint | undefined;
  readonly bindAddress: string | undefined;
  /** For the connection, and then for the answer. */
  readonly timeoutMs: number;
  readonly agent: string;
  readonly signal: AbortSignal;
  readonly dial: (options: DialReceiver) => Promise<PairingTransport>;
  readonly now?: Date;
}

/**
 * `zfsync-send pair`: has the receiver that printed the token know this sender, and keeps the receiver.
 *
 * @throws {ConfigError} when the token or the identity is none. @throws {ConnectionError} when the receiver is not there,
 * or is another. @throws {PeerError} why it refuses.
 */
export async function pairWith(text: string, options: PairWithOptions): Promise<Printed> {
  const { stateDirectory, bindAddress, timeoutMs, agent, signal, dial } = options;
  const token = parseToken(text);
  checkExpiry(token, options.now ?? new Date());
  const host = options.endpoint?.host ?? token.host;
  const port = options.endpoint?.port || token.port;
  const { fingerprint } = token;
  const receivers = new ReceiverStore(stateDirectory);
  const identity = options.identity ?? (await loadIdentity(stateDirectory, hostname()));
  const transport = await dial({ endpoint: { host, port }, fingerprint, identity, bindAddress, timeoutMs, signal });
  const { name, target } = await pairOver(transport, { token, identity, agent, timeoutMs, signal });
  const receiver: KnownReceiver = { host, port, fingerprint, name, target, added: new Date() };
  receivers.save(receiver);
  return {
    text:
      `paired with ${host} port ${port}, which knows this sender as ${name} and receives into ${target}\n` +
      `From now on: zfsync-send DATASET ${shown(receiver)}\n`,
    document: { paired: receiver },
    notes: '',
  };
}

/** As the command line takes it. */
export function shown({ host, port }: Endpoint): string {
  if (port === DEFAULT_PORT) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
