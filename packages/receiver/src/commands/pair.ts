import { DEFAULT_PORT, type Endpoint, type Printed } from '@zfsync/program';
import {
  formatToken,
  type Listening,
  loadIdentity,
  type PairingStore,
  parsePeerName,
  pathOfName,
  readListening,
} from '@zfsync/trust';
import { ConfigError, InvalidNameError, joinDatasetName, type RelativePath } from '@zfsync/zfs';
import { isReservedPath } from '../buffer-dataset.ts';
import { changeState } from '../state-lock.ts';
import { hostName } from './host-name.ts';

export interface PairOptions<P extends object> {
  /** The receiver's. */
  readonly stateDirectory: string;
  readonly pairings: PairingStore<P>;
  readonly name: string;
  /** Undefined = where the peer of that name sends already, else `/NAME`. */
  readonly path: RelativePath | undefined;
  /** Laid over what is settled for the peer of that name already. */
  readonly policy: P;
  /** Where the sender is to connect to; undefined = as the receiver that runs listens. Port 0 = its port. */
  readonly endpoint: Endpoint | undefined;
  /** Milliseconds. */
  readonly validMs: number;
  /** Standard output is a terminal: words around the token do no harm there. */
  readonly terminal: boolean;
  /** Of this host; tests give another one. */
  readonly hostName?: () => Promise<string>;
}

/**
 * `zfsync-recv pair`: begins a pairing and prints its token, alone on its line so that it can be piped; or, on a terminal,
 * as the command for the sender.
 *
 * @throws {ConfigError} for a name, path or host. @throws {ReplicationError} as {@link PairingStore.create}, STATE_BUSY.
 */
export async function createPairing<P extends object>(options: PairOptions<P>): Promise<Printed> {
  const { stateDirectory, validMs, hostName: nameOfHost = hostName } = options;
  const name = parsePeerName(options.name);
  const running = readListening(stateDirectory);
  const listening = chosen(running, options.endpoint);
  const host = options.endpoint?.host ?? (await ownHost(listening, nameOfHost));
  const port = options.endpoint?.port || (listening?.port ?? DEFAULT_PORT);
  const fingerprint = listening?.fingerprint ?? (await loadIdentity(stateDirectory, await nameOfHost())).fingerprint;
  // What takes its time is done by now.
  const begun = await changeState({ stateDirectory, what: `zfsync-recv pair ${name}` }, () =>
    begin({ ...options, name }, listening),
  );
  const { path, target, pairingId, secret, expires } = begun;
  const token = formatToken({ host, port, fingerprint, pairingId, secret, expires });
  const warnings = warningsOf(listening, running, options.endpoint);
  const words = [
    `${name} will send to ${target}.`,
    `On the sender, within ${duration(validMs)}, as the user that is to send, run:`,
    '',
    `    zfsync-send pair ${token}`,
    '',
    `It will connect to ${host} port ${port}; if that is not how it reaches this host, say --host.`,
    '',
  ];
  return {
    text: options.terminal ? words.join('\n') : `${token}\n`,
    document: { pairing: { name, target, path, host, port, fingerprint, expires, token, warnings } },
    notes: warnings.map((warning) => `zfsync-recv: ${warning}\n`).join(''),
  };
}

/**
 * The receiver that the token leads to: the only one that runs, or that which listens where the operator says.
 *
 * @returns undefined when none runs, or none of several listens there: a port of a router may lead to it
 * @throws {ConfigError} when several run, and he says nothing of a port.
 */
function chosen(running: readonly Listening[], endpoint: Endpoint | undefined): Listening | undefined {
  if (running.length <= 1) return running[0];
  const there = running.filter(({ port }) => port === endpoint?.port);
  const [first] = there.length > 1 ? there.filter(({ host }) => host === endpoint?.host) : there;
  if (first !== undefined || (endpoint !== undefined && endpoint.port !== 0 && there.length === 0)) return first;
  throw new ConfigError(
    `${running.length} receivers with this state run: say by --host HOST:PORT which one the sender is to reach: ${toldOf(running)}`,
  );
}

function toldOf(running: readonly Listening[]): string {
  return running.map((one) => `${one.host} port ${one.port} for ${one.target}`).join(', ');
}

function begin<P extends object>(options: PairOptions<P>, listening: Listening | undefined) {
  const { pairings, name, validMs } = options;
  const existing = pairings.peers.named(name);
  const path = options.path ?? existing?.path ?? pathOfName(name);
  if (isReservedPath(path)) throw new ConfigError(`${path} names a buffer dataset: give another --target`);
  const target = targetOf(listening, path);
  const policy = { ...existing?.policy, ...options.policy };
  return { path, target, ...pairings.create({ name, path, policy, ttlMs: validMs }) };
}

function targetOf(listening: Listening | undefined, path: RelativePath): string {
  if (listening === undefined) return `TARGET${path}`;
  try {
    return joinDatasetName(listening.target, path);
  } catch (error) {
    if (error instanceof InvalidNameError) throw new ConfigError(error.message);
    throw error;
  }
}

/** Who listens on the loopback alone is reached by that address alone, from here or through a tunnel. */
async function ownHost(listening: Listening | undefined, name: () => Promise<string>): Promise<string> {
  return listening !== undefined && isLoopback(listening.host) ? listening.host : await name();
}

function isLoopback(host: string): boolean {
  return host === '::1' || /^(::ffff:)?127\./.test(host);
}

function warningsOf(
  listening: Listening | undefined,
  running: readonly Listening[],
  endpoint: Endpoint | undefined,
): string[] {
  if (listening === undefined && running.length > 0) {
    return [`no receiver with this state listens on port ${endpoint?.port ?? ''} itself, but ${toldOf(running)}`];
  }
  if (listening === undefined) {
    return [
      'no receiver with this state runs: start one (zfsync-recv TARGET) before the token is used, and if it is given ' +
        '--cert or another port make a new token then',
    ];
  }
  if (listening.fingerprint === undefined) {
    return [`the receiver that runs (process ${listening.pid}) was given --plaintext: nobody can pair with it`];
  }
  if (isLoopback(listening.host) && endpoint === undefined) {
    return [`the receiver listens on ${listening.host} alone: only a sender on this host reaches it`];
  }
  return [];
}

function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const [amount, unit] = minutes % 60 === 0 && minutes > 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
