import fastify from 'fastify';
import { expect, test } from 'vitest';
import { trustedProxies } from './trusted-proxies.ts';

async function seenAddress(proxies: number, peer: string, forwarded: string): Promise<string> {
  const app = fastify({ trustProxy: trustedProxies(proxies) });
  app.get('/', async (request) => request.ip);
  const answer = await app.inject({ url: '/', remoteAddress: peer, headers: { 'x-forwarded-for': forwarded } });
  return answer.body;
}

test.each([
  [0, '127.0.0.1', '198.51.100.7', '127.0.0.1', 'no proxy is believed by default'],
  [1, '127.0.0.1', '198.51.100.7', '198.51.100.7', 'one proxy names the caller'],
  [1, '127.0.0.1', '203.0.113.9, 198.51.100.7', '198.51.100.7', 'what the caller wrote himself is not believed'],
  [2, '10.0.0.5', '203.0.113.9, 198.51.100.7', '203.0.113.9', 'two proxies in a row'],
  [1, '203.0.113.1', '198.51.100.7', '203.0.113.1', 'a caller from outside is no proxy'],
  [1, '::ffff:172.16.0.3', '198.51.100.7', '198.51.100.7', 'IPv4 in IPv6'],
  [1, 'fd00::1', '198.51.100.7', '198.51.100.7', 'a private IPv6 network'],
  [1, '2001:db8::1', '198.51.100.7', '2001:db8::1', 'a public IPv6 address'],
])('%i proxies, peer %s, forwarded for %s: the caller is %s (%s)', async (proxies, peer, forwarded, caller) => {
  expect(await seenAddress(proxies, peer, forwarded)).toBe(caller);
});
