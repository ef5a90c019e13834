/** Connections at the same time over plaintext, or of all known peers together; more are closed at once. */
export const CONNECTIONS_MAX = 1024;

/** Over plaintext, where nobody is known: from one address, so that no host takes all places. */
export const CONNECTIONS_PER_ADDRESS_MAX = CONNECTIONS_MAX / 2;

/** Connections that one known peer has at the same time; and never more than are left to the others. */
const CONNECTIONS_PER_PEER_MAX = 256;

/** Connections of nobody who is known, and without a session: no one who is known is counted among them. */
export const STRANGERS_MAX = 256;

/**
 * Why a known peer gets no further connection; undefined if it does.
 *
 * @param held of whom the connections of all known peers are
 */
export function whyNoConnection(name: string, held: readonly string[]): string | undefined {
  const own = held.filter((other) => other === name).length;
  const left = CONNECTIONS_MAX - held.length;
  if (own < Math.min(CONNECTIONS_PER_PEER_MAX, left)) return undefined;
  const few = own < CONNECTIONS_PER_PEER_MAX ? `, and there are only ${left} left for all other peers` : '';
  return `${name} has ${own} connections already${few}`;
}
