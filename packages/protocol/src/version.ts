import { ProtocolError } from './errors.ts';

/**
 * The versions of the protocol, one sentence each. A new one takes a sentence here and in `docs/PROTOCOL.md`.
 *
 * 1: plan for the whole tree in pages, then framed streams with a SHA-256 trailer.
 */
export const PROTOCOL_VERSION_MIN = 1;
export const PROTOCOL_VERSION_MAX = 1;

/**
 * The highest version that both sides speak.
 *
 * @throws {ProtocolError} VERSION_UNSUPPORTED, naming both ranges.
 */
export function negotiateVersion(peerMin: number, peerMax: number): number {
  const version = Math.min(peerMax, PROTOCOL_VERSION_MAX);
  if (version >= peerMin && version >= PROTOCOL_VERSION_MIN) return version;
  throw new ProtocolError(
    `no common protocol version: the peer speaks ${range(peerMin, peerMax)}, ` +
      `this side ${range(PROTOCOL_VERSION_MIN, PROTOCOL_VERSION_MAX)}; update the older of the two`,
    'VERSION_UNSUPPORTED',
    { context: { peerMin, peerMax } },
  );
}

function range(min: number, max: number): string {
  return min === max ? `version ${String(min)}` : `versions ${String(min)} to ${String(max)}`;
}
