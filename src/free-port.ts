import { type AddressInfo, createServer } from 'node:net';

/** Finds a port that is free now; the page's own address has to be known before it is listened on. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
