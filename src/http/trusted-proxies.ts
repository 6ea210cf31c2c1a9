import { BlockList, isIPv6 } from 'node:net';

/** Addresses of this machine and of private networks (RFC 1918, 3927, 4193, 4291). */
const near = new BlockList();
near.addSubnet('127.0.0.0', 8);
near.addSubnet('10.0.0.0', 8);
near.addSubnet('172.16.0.0', 12);
near.addSubnet('192.168.0.0', 16);
near.addSubnet('169.254.0.0', 16);
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

/**
 * Tells Fastify whose `X-Forwarded-For` to believe: the nearest `count` hops. The nearest of all, which speaks to us, must
 * come from this machine or a private network, so that nobody who finds another way to the server can make up an address.
 *
 * @returns false when there is no proxy
 */
export function trustedProxies(count: number): false | ((address: string, hop: number) => boolean) {
  if (count === 0) return false;
  return (address, hop) => hop < count && (hop > 0 || isNear(address));
}

function isNear(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return near.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
