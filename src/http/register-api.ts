import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { type RouteSchema, routes } from './api/routes.ts';
import { ErrorAnswer } from './api/shared.ts';
import type { ApiCall, Handlers, RouteKey } from './api-handlers.ts';
import type { AppParts } from './app-parts.ts';
import { admit, type Caller } from './auth.ts';
import { activityHandlers } from './routes/activity.ts';
import { campaignHandlers } from './routes/campaigns.ts';
import { connectionHandlers } from './routes/connections.ts';
import { consentRecordHandlers } from './routes/consent-record.ts';
import { contactHandlers } from './routes/contacts.ts';
import { marketplaceHandlers } from './routes/marketplace.ts';
import { operatorHandlers } from './routes/operators.ts';
import { peopleHandlers } from './routes/people.ts';
import { privacyHandlers } from './routes/privacy.ts';
import { runHandlers } from './routes/runs.ts';
import { sessionHandlers } from './routes/session.ts';
import { tagHandlers } from './routes/tags.ts';

/** Attempts a minute from one address at what lets somebody in. Signed calls cannot be guessed, and an office has one address. */
const ENTRANCES: Readonly<Partial<Record<RouteKey, number>>> = {
  'POST /api/session': 10,
  'POST /api/operators/first': 10,
  'PUT /api/session/password': 10,
  'POST /api/marketplace/activations': 60,
  'POST /api/marketplace/activations/confirm': 10,
  'POST /api/marketplace/sessions': 60,
};

/** Registers every route of the `routes` object with its schema, its access check and its handler. */
export function registerApi(app: FastifyInstance, parts: AppParts): void {
  const handlers: Handlers = {
    ...sessionHandlers(parts),
    ...marketplaceHandlers(parts),
    ...connectionHandlers(parts),
    ...campaignHandlers(parts),
    ...runHandlers(parts),
    ...contactHandlers(parts),
    ...operatorHandlers(parts),
    ...peopleHandlers(parts),
    ...privacyHandlers(parts),
    ...activityHandlers(parts),
    ...consentRecordHandlers(parts),
    ...tagHandlers(parts),
  };
  const callers = new WeakMap<object, Caller>();
  for (const [key, route] of Object.entries<RouteSchema>(routes)) {
    const [method = '', url = ''] = key.split(' ');
    const attempts = ENTRANCES[key as RouteKey];
    // Params, query and body were checked against the schemas that the handler's types come from.
    const handle = handlers[key as RouteKey] as (call: ApiCall<RouteKey>) => Promise<unknown>;
    app.route({
      method,
      url,
      schema: schemaOf(route, url),
      config: attempts === undefined ? {} : { rateLimit: { max: attempts, timeWindow: '1 minute' } },
      onRequest: async (request) => {
        const caller = await admit(parts, request, route.access);
        if (caller) callers.set(request, caller);
      },
      handler: async (request, reply) => {
        const { params, query, body } = request;
        void reply.header('cache-control', 'no-store');
        return handle({ params, query, body, caller: callers.get(request), request, reply } as ApiCall<RouteKey>);
      },
    });
  }
}

function schemaOf({ access, params, query, body, response }: RouteSchema, url: string) {
  const answers: Record<string, z.ZodType> = { 200: response, '4xx': ErrorAnswer, '5xx': ErrorAnswer };
  return {
    tags: [url.split('/')[2] ?? 'api'],
    description: access === 'public' ? 'Needs no login.' : `Needs the role ${access}.`,
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body ? { body } : {}),
    response: answers,
  };
}
