import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { Histogram } from 'prom-client';
import type { AppParts } from './app-parts.ts';

const HTTP_DURATION = 'newsletter_connector_http_request_seconds';

/** What those ask who run the server: is it alive, can it work, how does it do. Nothing personal in any of it. */
export function registerOperationRoutes(app: FastifyInstance, parts: AppParts): void {
  const { database, metrics, log } = parts;
  const hidden = { schema: { hide: true } };
  const duration =
    metrics.getSingleMetric(HTTP_DURATION) ??
    new Histogram({
      name: HTTP_DURATION,
      help: 'Duration of HTTP requests by route, in seconds.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
      registers: [metrics],
    });

  app.addHook('onResponse', async (request, reply) => {
    // The route, never the URL: secrets and search texts stand in URLs.
    const route = request.routeOptions.url ?? 'none';
    const status = reply.statusCode;
    if (duration instanceof Histogram) {
      duration.observe({ method: request.method, route, status: String(status) }, reply.elapsedTime / 1000);
    }
    log.debug({ method: request.method, route, status, ms: Math.round(reply.elapsedTime) }, 'Request answered');
  });

  app.get('/healthz', hidden, async () => ({ status: 'ok' }));

  app.get('/readyz', hidden, async (_request, reply) => {
    try {
      await sql`select 1`.execute(database.db);
      return { status: 'ok' };
    } catch {
      return reply.code(503).send({ status: 'no-database' });
    }
  });

  app.get('/metrics', hidden, async (_request, reply) => {
    void reply.type(metrics.contentType);
    return metrics.metrics();
  });
}
