/** Addresses: as the kernel tells them, as people write them, and which of them may connect. */
import { BlockList, isIP } from 'node:net';
import { ConfigError, quoted } from '@zfsync/zfs';

export interface Cidr {
  /** As {@link BlockList} takes it; an IPv4-mapped IPv6 network is IPv4 here. */
  readonly network: string;
  readonly prefixBits: number;
  readonly family: 'ipv4' | 'ipv6';
}

/**
 * An address or a network: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`.
 *
 * @param what where it was given, such as `--allow-from`
 * @throws {ConfigError} when it is neither, or has bits after its prefix: it is not clear then which of the two was meant.
 */
export function parseCidr(what: string, text: string): Cidr {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const version = isIP(address);
  if (version === 0 || address.includes('%')) {
    throw new ConfigError(
      `${what}: ${quoted(text)} is neither an address nor a network such as 192.0.2.0/24 or 2001:db8::/32`,
    );
  }
  const bitsMax = version === 4 ? 32 : 128;
  const digits = slash < 0 ? String(bitsMax) : text.slice(slash + 1);
  const prefixBits = /^(0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(prefixBits <= bitsMax)) {
    throw new ConfigError(`${what}: the number after the / of ${quoted(text)} must be from 0 to ${bitsMax}`);
  }
  const groups = version === 4 ? ipv4Bytes(address) : ipv6Groups(address);
  const groupBits = bitsMax / groups.length;
  if (groups.some((group, index) => group & hostMask(prefixBits - index * groupBits, groupBits))) {
    throw new ConfigError(
      `${what}: ${quoted(text)} has bits after its first ${prefixBits}: write ${address} for this one host, or the network with zeros there`,
    );
  }
  const mapped = version === 6 && prefixBits >= 96 ? mappedIpv4(groups) : undefined;
  if (mapped !== undefined) return { network: mapped, prefixBits: prefixBits - 96, family: 'ipv4' };
  return { network: address, prefixBits, family: version === 4 ? 'ipv4' : 'ipv6' };
}

function hostMask(networkBits: number, groupBits: number): number {
  const hostBits = groupBits - Math.min(groupBits, Math.max(0, networkBits));
  return 2 ** hostBits - 1;
}

function ipv4Bytes(address: string): number[] {
  return address.split('.').map(Number);
}

/** The eight groups of a valid IPv6 address. */
function ipv6Groups(address: string): number[] {
  const parse = (part: string): number[] =>
    part.split(':').flatMap((group) => {
      if (group === '') return [];
      if (!group.includes('.')) return [Number.parseInt(group, 16)];
      const [a = 0, b = 0, c = 0, d = 0] = ipv4Bytes(group);
      return [a * 256 + b, c * 256 + d];
    });
  const [head = '', tail = ''] = address.split('::');
  const left = parse(head);
  const right = parse(tail);
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function mappedIpv4(groups: readonly number[]): string | undefined {
  const [high = 0, low = 0] = groups.slice(6);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return mapped ? `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}` : undefined;
}

/** `192.0.2.7:8730` or `[2001:db8::7]:8730`. */
export function formatAddress(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The address of a `Transport.peer`, without its port: what {@link formatAddress} put together. */
export function addressOf(peer: string): string {
  return peer.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** An address as the kernel tells it, for messages and comparisons: `::ffff:192.0.2.7` is `192.0.2.7`. */
export function plainAddress(address: string): string {
  const plain = address.replace(/%.*$/, '');
  return (isIP(plain) === 6 ? mappedIpv4(ipv6Groups(plain)) : undefined) ?? plain;
}

/** Who shares its limits: an IPv4 address, or the /64 of an IPv6 one, as every host has all addresses of that. */
export function neighbourhood(address: string): string {
  const plain = plainAddress(address);
  return isIP(plain) === 6 ? ipv6Groups(plain).slice(0, 4).join(':') : plain;
}

/** @throws {ConfigError} see {@link parseCidr}. */
export function allowList(what: string, networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const text of networks) {
    const { network, prefixBits, family } = parseCidr(what, text);
    list.addSubnet(network, prefixBits, family);
  }
  return (address) => {
    const plain = plainAddress(address);
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}
