import { hostname } from 'node:os';
import type { Endpoint } from '@zfsync/program';
import { connectTls, type SecureTransport } from '@zfsync/protocol';
import { loadIdentity, readAuthorities, readIdentity, ReceiverStore, stateDirectory } from '@zfsync/trust';
import type { SenderConfig, TlsConfig } from './send-options.ts';
import type { DialReceiver } from './commands/pair.ts';
import { type Dial, dialTcp } from './connect.ts';

/**
 * How connections to a receiver are made: over TLS to the one that was paired or that an authority vouches for, or over
 * plaintext to whoever answers.
 *
 * @throws {ConfigError} when the receiver is not known, or the key cannot be had.
 */
export async function dialTo(endpoint: Endpoint, config: SenderConfig): Promise<Dial> {
  const { tls, bindAddress, connectTimeoutMs: timeoutMs } = config;
  if (tls === undefined) return dialTcp(endpoint, bindAddress, timeoutMs);
  const state = stateDirectory('sender', config.stateDirectory);
  const trusting = trustOf(tls, endpoint, state);
  const identity = await identityOf(tls, state);
  return (signal) =>
    connectTls({
      ...endpoint,
      ...(bindAddress !== undefined && { bindAddress }),
      timeoutMs,
      signal,
      identity,
      ...trusting,
    });
}

type Trusting = Pick<Parameters<typeof connectTls>[0], 'trust' | 'ca'>;

function trustOf({ caFile }: TlsConfig, { host, port }: Endpoint, state: string): Trusting {
  const receivers = new ReceiverStore(state);
  // Whoever was paired is known better than by an authority's word.
  if (caFile !== undefined && receivers.find(host, port) === undefined) {
    return { trust: { ca: true }, ca: readAuthorities(caFile) };
  }
  const { fingerprint } = receivers.get(host, port);
  return { trust: { fingerprint } };
}

function identityOf({ certificateFile, keyFile }: TlsConfig, state: string): ReturnType<typeof loadIdentity> {
  return certificateFile === undefined || keyFile === undefined
    ? loadIdentity(state, hostname())
    : Promise.resolve(readIdentity(certificateFile, keyFile));
}

/** For a pairing: the receiver whose certificate has this fingerprint, and no other. */
export function dialPinned({ endpoint, fingerprint, bindAddress, ...options }: DialReceiver): Promise<SecureTransport> {
  const from = bindAddress === undefined ? {} : { bindAddress };
  return connectTls({ ...options, ...endpoint, ...from, trust: { fingerprint } });
}
