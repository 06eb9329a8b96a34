/** Tells addresses of the public internet from all others, at the moment a name is resolved for a connection. */
import type { LookupAddress } from 'node:dns';
import { BlockList, isIPv4, isIPv6, type LookupFunction } from 'node:net';

/** A name resolved to an address that is not public; the address itself is nobody's business. */
export class AddressNotPublic extends Error {
  constructor() {
    super('the address is not public');
    this.name = 'AddressNotPublic';
  }
}

/** Special-purpose IPv4 networks (RFC 6890 and its successors): none of them is a tenant's home. */
const specialIPv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24],
  ['203.0.113.0', 24], ['224.0.0.0', 3],
];
/** Within 2000::/3, which is all of IPv6 that is routed: special registrations, documentation, and 6to4. */
const specialIPv6: readonly (readonly [string, number])[] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]];

function blockList(networks: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

const special4 = blockList(specialIPv4, 'ipv4');
const special6 = blockList(specialIPv6, 'ipv6');
const routed6 = blockList([['2000::', 3]], 'ipv6');
/** An IPv4 address written as IPv6: mapped, and translated by a network without IPv4 (RFC 6052). */
const carriesIPv4 = blockList([['::ffff:0:0', 96], ['64:ff9b::', 96]], 'ipv6');

/** The last 32 bits of an IPv6 address, as IPv4. */
function lastBits(address: string): string {
  const written = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (written !== undefined) return written;
  const [high = 0, low = 0] = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2).map((part) => Number.parseInt(part || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether a numeric address is on the public internet; false for anything that is not an address. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return !special4.check(bare, 'ipv4');
  if (!isIPv6(bare)) return false;
  if (carriesIPv4.check(bare, 'ipv6')) return isPublicAddress(lastBits(bare));
  return routed6.check(bare, 'ipv6') && !special6.check(bare, 'ipv6');
}

type Resolve = (
  hostname: string,
  options: { readonly all: true; readonly family?: number; readonly hints?: number },
  done: (error: Error | null, addresses: readonly LookupAddress[] | undefined) => void,
) => void;

const familyNumber = (family: number | string | undefined): number => (family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : Number(family ?? 0));

/**
 * A lookup for sockets that gives an address only when every address of the name is public. The socket connects to what
 * was judged here and asks nobody again, so that a name cannot change its mind in between.
 */
export function publicOnly(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { all: true, family: familyNumber(options.family), hints: options.hints ?? 0 }, (error, addresses = []) => {
      const [first] = addresses;
      if (error !== null) callback(error, []);
      else if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) callback(new AddressNotPublic(), []);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}
