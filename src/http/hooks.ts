import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { connections } from '../db/connections.ts';
import { providerEvents } from '../db/provider-events.ts';
import { secrets } from '../db/secrets.ts';
import type { AppParts } from './app-parts.ts';
import { isMailchimpSignature } from './webhook-signature.ts';

const BODY_LIMIT = 1_048_576;
const PATH = '/hooks/mailchimp/:installationId/:secret';

const Params = z.object({ installationId: z.string(), secret: z.string() });

/**
 * Receives Mailchimp's webhooks (F1): found by the secret in the path, verified, stored, then answered; what they say is
 * applied afterwards. Bodies and paths never reach the log.
 */
export function registerHooks(app: FastifyInstance, parts: AppParts): void {
  const { database, box, clock, log } = parts;

  const connectionOf = async (request: FastifyRequest) => {
    const { installationId, secret } = Params.parse(request.params);
    if (installationId !== parts.installationId) return undefined;
    return connections(database.db).byHookSecretHash(box.hash('hook', secret));
  };

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(async (error, _request, reply) => {
      if (error instanceof Error && 'statusCode' in error && error.statusCode === 413) return reply.code(413).send();
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'Webhook could not be stored');
      // Mailchimp tries again after a 5xx for 75 minutes.
      return reply.code(503).send();
    });

    // Mailchimp asks the URL before it takes it.
    scope.get(PATH, { schema: { hide: true } }, async (request, reply) => {
      const connection = await connectionOf(request);
      return reply.code(connection?.provider === 'mailchimp' ? 200 : 404).send();
    });

    scope.post(PATH, { schema: { hide: true } }, async (request, reply) => {
      const connection = await connectionOf(request);
      if (connection?.provider !== 'mailchimp') return reply.code(404).send();
      const ids = { tenantId: connection.tenantId, connectionId: connection.id };
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signingSecret = await secrets(database.db, ids, box).get('hook-signing-secret');
      const signature = request.headers['x-mailchimp-signature'];
      if (signingSecret?.reveal()) {
        const given = Array.isArray(signature) ? signature[0] : signature;
        if (!isMailchimpSignature(given, body, signingSecret, clock.now())) {
          log.warn({ connectionId: connection.id }, 'Webhook with a wrong signature refused');
          return reply.code(401).send();
        }
      }
      if (body.length > 0) {
        const contentType = request.headers['content-type'] ?? '';
        await providerEvents(database.db, ids).save({ contentType, body: body.toString('utf8') }, clock.now());
      }
      return reply.code(200).send();
    });
  });
}
