/** Connections at the same time over plaintext, or of all known peers together; more are closed at once. */
export const CONNECTIONS_MAX = 1024;

/** Over plaintext, where nobody is known: from one address, so that no host takes all places. */
export const CONNECTIONS_PER_ADDRESS_MAX = CONNECTIONS_MAX / 2;

/** Connections that one known peer has at the same time; and never more than are left to the others. */
const CONNECTIONS_PER_PEER_MAX = 256;

/** Sessions at the same time: each has processes and memory of its own, also while it waits for its sender. */
const SESSIONS_MAX = 256;

/**
 * Sessions with different `--as` paths that one host sends at once; a host that needs more has a tree to be sent whole. And
 * never more than are left to the others.
 */
const SESSIONS_PER_PEER_MAX = 32;

/** Connections of nobody who is known, and without a session: no one who is known is counted among them. */
export const STRANGERS_MAX = 256;

/**
 * Why a known peer gets no further connection; undefined if it does.
 *
 * @param held of whom the connections of all known peers are
 */
export function whyNoConnection(name: string, held: readonly string[]): string | undefined {
  return whyNone(name, held, 'connections', { perPeer: CONNECTIONS_PER_PEER_MAX, all: CONNECTIONS_MAX });
}

/**
 * Why a peer gets no further session; undefined if it does.
 *
 * @param name undefined for all those together of whom nothing is known
 * @param held of whom all sessions are
 */
export function whyNoSession(name: string | undefined, held: readonly (string | undefined)[]): string | undefined {
  return whyNone(name, held, 'sessions', { perPeer: SESSIONS_PER_PEER_MAX, all: SESSIONS_MAX });
}

function whyNone(
  name: string | undefined,
  held: readonly (string | undefined)[],
  what: string,
  max: { readonly perPeer: number; readonly all: number },
): string | undefined {
  const own = held.filter((other) => other === name).length;
  const left = max.all - held.length;
  if (own < Math.min(max.perPeer, left)) return undefined;
  const few = own < max.perPeer ? `, and there are only ${left} left for all other peers` : '';
  const who = name === undefined ? 'peers without a name have' : `${name} has`;
  return `${who} ${own} ${what} already${few}`;
}
