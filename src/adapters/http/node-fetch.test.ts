import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createHttpCall } from './http-call.ts';
import { createKeepAliveFetch } from './node-fetch.ts';

test('one connection serves several calls', async () => {
  let connections = 0;
  const server = createServer((request, response) => {
    response.end(`${request.method} ${request.url} ${request.headers['x-test']}`);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { fetch, close } = createKeepAliveFetch({ connections: 1 });
  const call = createHttpCall({ system: 'onoffice', fetch, clock: { now: () => 0 } });
  const send = () =>
    call({
      method: 'POST',
      url: `http://127.0.0.1:${port}/a?b=1`,
      route: '/a',
      headers: { 'x-test': 'ja' },
      body: '{}',
      timeoutMs: 10_000,
    });
  expect((await send()).text).toBe('POST /a?b=1 ja');
  expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([200, 200]);
  expect(connections).toBe(1);
  await close();
  await new Promise((resolve) => server.close(resolve));
});
