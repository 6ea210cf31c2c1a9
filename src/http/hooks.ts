import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ProviderName } from '../core/mailing-provider.ts';
import type { Secret } from '../core/secret.ts';
import { providerEvents } from '../db/provider-events.ts';
import { laneName } from '../jobs/lane-name.ts';
import type { AppParts } from './app-parts.ts';
import { createEventGatherer, type SaveEvent } from './gather-events.ts';
import { createHookTargets, type HookTarget, type HookTargets } from './hook-targets.ts';
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

/** What both receivers share. */
type HookParts = {
  parts: AppParts;
  targets: HookTargets;
  save: SaveEvent;
  wake: (connectionId: string) => void;
};

/**
 * Receives webhooks (F1): found by the secret in the path, verified, stored, then answered; what they say is applied
 * afterwards. Bodies and paths never reach the log.
 */
export function registerHooks(app: FastifyInstance, parts: AppParts): void {
  const wakeSoon = createWakeSoon(parts.queue, (error) => parts.log.warn({ err: error }, 'Lane could not be woken'));
  const shared: HookParts = {
    parts,
    targets: createHookTargets(parts),
    save: createEventGatherer((scope, events) => providerEvents(parts.database.db, scope).save(events)),
    wake: (connectionId) => wakeSoon(laneName({ connectionId, lane: 'urgent' })),
  };
  registerReceiver(app, shared, 'mailchimp');
  registerReceiver(app, shared, 'brevo');
}

function registerReceiver(app: FastifyInstance, shared: HookParts, provider: ProviderName): void {
  const { parts, targets, save, wake } = shared;
  const { clock, log } = parts;
  const { comeAgain, isGenuine } = RECEIVERS[provider];
  const path = `/hooks/${provider}/:installationId/:secret`;

  const hookSecretOf = (request: FastifyRequest): string | undefined => {
    const { installationId, secret } = Params.parse(request.params);
    return installationId === parts.installationId ? secret : undefined;
  };
  const ofThisProvider = (target: HookTarget | undefined) => (target?.provider === provider ? target : undefined);

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(async (error, _request, reply) => {
      const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
      // Too large, or of a type that is none: it would be so again.
      if (status === 413 || status === 415) return reply.code(status).send();
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'Webhook could not be stored');
      return reply.code(comeAgain).send();
    });

    // Mailchimp asks the URL before it takes it; nobody else has a reason to.
    scope.get(path, { schema: { hide: true } }, async (request, reply) => {
      const hookSecret = provider === 'mailchimp' ? hookSecretOf(request) : undefined;
      const isKnown = hookSecret !== undefined && ofThisProvider(await targets.read(hookSecret)) !== undefined;
      return reply.code(isKnown ? 200 : 404).send();
    });

    scope.post(path, { schema: { hide: true } }, async (request, reply) => {
      const hookSecret = hookSecretOf(request);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const proves = ({ signingSecret }: HookTarget) =>
        signingSecret === undefined || isGenuine(request, body, signingSecret, clock.now());
      let target = hookSecret === undefined ? undefined : ofThisProvider(await targets.find(hookSecret));
      // The webhook may just have been made anew: only what is so now is a reason to refuse.
      if (hookSecret !== undefined && target && !proves(target))
        target = ofThisProvider(await targets.read(hookSecret));
      if (!target) return reply.code(404).send();
      const { connectionId } = target.scope;
      if (!proves(target)) {
        log.warn({ connectionId }, 'Webhook with a wrong signature refused');
        return reply.code(401).send();
      }
      if (body.length > 0) {
        const contentType = request.headers['content-type'] ?? '';
        await save(target.scope, { contentType, body: body.toString('utf8'), receivedAt: clock.now() });
        wake(connectionId);
      }
      return reply.code(200).send();
    });
  });
}
