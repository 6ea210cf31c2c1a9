import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';

/**
 * What every simulator is: a vendor's API as a function from request to response, so that it can be called with or
 * without sockets, and a pump for what the vendor does by itself (webhooks with retries, queues).
 */
export type Simulator = {
  /** Answers one request of the vendor's API, of the control API below `/_control` or of the console page `/_console`. */
  fetch(request: Request): Promise<Response>;
  /** Does everything that is due at the simulator's clock (webhook deliveries, queued work); returns how much was done. */
  pump(): Promise<number>;
  /** Instant in ms at which `pump` next has something to do; undefined when nothing waits. */
  nextDueAt(): number | undefined;
};

/** A simulator listening on the loopback. */
export type RunningSimulator = { origin: string; close(): Promise<void> };

/**
 * Serves a simulator over HTTP on 127.0.0.1 and pumps it.
 *
 * @param port 0 for a free one
 * @param pumpEveryMs how often `pump` is called; 0 leaves it to the caller
 */
export async function listen(simulator: Simulator, port = 0, pumpEveryMs = 250): Promise<RunningSimulator> {
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: (request) => simulator.fetch(request), hostname: '127.0.0.1', port }, () =>
      resolve(starting),
    );
    starting.on('error', reject);
  });
  let pumping = false;
  const timer =
    pumpEveryMs > 0
      ? setInterval(() => {
          if (pumping) return;
          pumping = true;
          void simulator.pump().finally(() => {
            pumping = false;
          });
        }, pumpEveryMs)
      : undefined;
  timer?.unref();
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${actualPort}`,
    close: () =>
      new Promise((resolve) => {
        if (timer) clearInterval(timer);
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
