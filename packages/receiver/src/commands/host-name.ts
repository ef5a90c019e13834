import { lookup, lookupService } from 'node:dns/promises';
import { hostname } from 'node:os';

/** A name server that does not answer must not hold up who waits for a token. */
const LOOKUP_MS = 2000;

/** The name of this host with its domain where that can be had, as `hostname -f` has it. */
export async function hostName(): Promise<string> {
  const short = hostname();
  if (short.includes('.')) return short;
  const timeout = new AbortController();
  try {
    return await Promise.race([withDomain(short), afterwards(LOOKUP_MS, timeout.signal, short)]);
  } finally {
    timeout.abort();
  }
}

async function withDomain(short: string): Promise<string> {
  try {
    const { address } = await lookup(short);
    const { hostname: full } = await lookupService(address, 0);
    return full.toLowerCase().startsWith(`${short.toLowerCase()}.`) ? full : short;
  } catch (error) {
    // Neither DNS nor the hosts file knows it: the short name is all there is.
    if (error instanceof Error && 'code' in error) return short;
    throw error;
  }
}

function afterwards(milliseconds: number, signal: AbortSignal, value: string): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(value);
    }, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  });
}
