import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ProviderName } from '../core/mailing-provider.ts';
import type { Secret } from '../core/secret.ts';
import { connections } from '../db/connections.ts';
import { providerEvents } from '../db/provider-events.ts';
import { secrets } from '../db/secrets.ts';
import { laneName } from '../jobs/lane-name.ts';
import type { AppParts } from './app-parts.ts';
import { createWakeSoon } from './wake-soon.ts';
import { isBearerToken, isMailchimpSignature } from './webhook-signature.ts';

const BODY_LIMIT = 1_048_576;

const Params = z.object({ installationId: z.string(), secret: z.string() });

type Receiver = {
  /**
   * our own failure, so that the provider comes again: Mailchimp does after a 5xx for 75 minutes; Brevo drops an event at any
   * 5xx and repeats it after 429 only (fact sheet Brevo 0)
   */
  comeAgain: 429 | 503;
  isGenuine(request: FastifyRequest, body: Buffer, secret: Secret, now: number): boolean;
};

const RECEIVERS: Readonly<Record<ProviderName, Receiver>> = {
  mailchimp: {
    comeAgain: 503,
    isGenuine: (request, body, secret, now) => {
      const signature = request.headers['x-mailchimp-signature'];
      return isMailchimpSignature(Array.isArray(signature) ? signature[0] : signature, body, secret, now);
    },
  },
  brevo: {
    comeAgain: 429,
    isGenuine: (request, _body, secret) => isBearerToken(request.headers.authorization, secret),
  },
};

/**
 * Receives webhooks (F1): found by the secret in the path, verified, stored, then answered; what they say is applied
 * afterwards. Bodies and paths never reach the log.
 */
export function registerHooks(app: FastifyInstance, parts: AppParts): void {
  const wakeSoon = createWakeSoon(parts.queue, (error) => parts.log.warn({ err: error }, 'Lane could not be woken'));
  const wake = (connectionId: string) => wakeSoon(laneName({ connectionId, lane: 'urgent' }));
  registerReceiver(app, parts, 'mailchimp', wake);
  registerReceiver(app, parts, 'brevo', wake);
}

function registerReceiver(
  app: FastifyInstance,
  parts: AppParts,
  provider: ProviderName,
  wake: (connectionId: string) => void,
): void {
  const { database, box, clock, log } = parts;
  const { comeAgain, isGenuine } = RECEIVERS[provider];
  const path = `/hooks/${provider}/:installationId/:secret`;

  const connectionOf = async (request: FastifyRequest) => {
    const { installationId, secret } = Params.parse(request.params);
    if (installationId !== parts.installationId) return undefined;
    const connection = await connections(database.db).byHookSecretHash(box.hash('hook', secret));
    return connection?.provider === provider ? connection : undefined;
  };

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(async (error, _request, reply) => {
      if (error instanceof Error && 'statusCode' in error && error.statusCode === 413) return reply.code(413).send();
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'Webhook could not be stored');
      return reply.code(comeAgain).send();
    });

    // Mailchimp asks the URL before it takes it; nobody else has a reason to.
    scope.get(path, { schema: { hide: true } }, async (request, reply) => {
      const isKnown = provider === 'mailchimp' && (await connectionOf(request)) !== undefined;
      return reply.code(isKnown ? 200 : 404).send();
    });

    scope.post(path, { schema: { hide: true } }, async (request, reply) => {
      const connection = await connectionOf(request);
      if (!connection) return reply.code(404).send();
      const ids = { tenantId: connection.tenantId, connectionId: connection.id };
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signingSecret = await secrets(database.db, ids, box).get('hook-signing-secret');
      if (signingSecret?.reveal() && !isGenuine(request, body, signingSecret, clock.now())) {
        log.warn({ connectionId: connection.id }, 'Webhook with a wrong signature refused');
        return reply.code(401).send();
      }
      if (body.length > 0) {
        const contentType = request.headers['content-type'] ?? '';
        await providerEvents(database.db, ids).save({ contentType, body: body.toString('utf8') }, clock.now());
        wake(connection.id);
      }
      return reply.code(200).send();
    });
  });
}
