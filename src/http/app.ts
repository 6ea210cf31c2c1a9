import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { AppParts } from './app-parts.ts';
import { registerCrmHook } from './crm-hook.ts';
import { errorResponse } from './error-response.ts';
import { registerEvents } from './events.ts';
import { registerHooks } from './hooks.ts';
import { registerOperationRoutes } from './operation-routes.ts';
import { registerApi } from './register-api.ts';
import { registerBackup } from './routes/backup.ts';
import { registerConsentFiles } from './routes/consent-files.ts';
import { registerFiles } from './routes/files.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { servePage } from './serve-page.ts';
import { trustedProxies } from './trusted-proxies.ts';

/** Largest request of the API, in bytes; webhooks may be larger. */
const BODY_LIMIT = 262_144;

/**
 * Builds the web server: API, page, webhooks and what operators ask. It listens when the caller says so; `close` ends open
 * event streams.
 */
export function createApp(parts: AppParts): FastifyInstance {
  const { log } = parts;
  const app: FastifyInstance = fastify({
    loggerInstance: log,
    // Its lines name the URL, in which secrets stand.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    // A 503 on the way down would lose Brevo's event for good; a connection that is cut is tried again.
    return503OnClosing: false,
    trustProxy: trustedProxies(parts.trustProxy ?? 0),
    // An e-mail address may have 254 characters, some of them encoded.
    routerOptions: { maxParamLength: 800 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(async (error, request, reply) => {
    const { status, body, isOurs } = errorResponse(error);
    if (isOurs) log.error({ err: logged(error), route: request.routeOptions.url }, 'Request failed');
    return reply.code(status).send(body);
  });

  setSecurityHeaders(app, parts.publicUrl);
  app.register(cookie);
  app.register(rateLimit, { global: false });
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Newsletter Connector',
        description:
          'Requests that change something and come with the session cookie need the header `x-requested-with: newsletter-connector`.',
        version: parts.version,
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'nc_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  registerOperationRoutes(app, parts);
  registerEvents(app, parts);
  registerHooks(app, parts);
  registerCrmHook(app, parts);
  // Routes have to wait for the plugins above, which look at every route that comes after them.
  app.register(async (scope) => {
    registerApi(scope, parts);
    registerFiles(scope, parts);
    registerConsentFiles(scope, parts);
    registerBackup(scope, parts);
    scope.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
      void reply.type('application/json; charset=utf-8');
      return app.swagger();
    });
  });
  servePage(app, parts);
  return app;
}

/** An error as the log may have it: errors of the database carry values of rows. */
function logged(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  return { type: error.name, message: error.message, stack: error.stack, ...(code === undefined ? {} : { code }) };
}
