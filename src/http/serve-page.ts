import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '../core/errors.ts';
import type { AppParts } from './app-parts.ts';
import { MARKETPLACE_PATHS, PAGE_INSIDE } from './marketplace-paths.ts';
import { pagePolicy } from './security-headers.ts';

const NONCE_BYTES = 18;
/** Stands in the built page where each answer's nonce belongs. */
const NONCE_PLACE = '__CSP_NONCE__';

type PageParts = Pick<AppParts, 'webRoot' | 'randomBytes' | 'systems' | 'crmOrigins'>;

/** Serves the built page: files as they are, every other address that is not the API's gets `index.html` (it routes itself). */
export function servePage(app: FastifyInstance, parts: PageParts): void {
  const { webRoot, randomBytes, systems, crmOrigins = [] } = parts;

  const sendPage = async (_request: FastifyRequest, reply: FastifyReply, framedBy: readonly string[] = []) => {
    const template = await readFile(join(webRoot, 'index.html'), 'utf8').catch(() => undefined);
    if (template === undefined) {
      return reply.code(503).type('text/plain; charset=utf-8').send('The page is not built yet: npm run build:web\n');
    }
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .header('content-security-policy', pagePolicy(nonce, framedBy))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(template.replaceAll(NONCE_PLACE, nonce));
  };

  if (existsSync(webRoot)) {
    app.register(fastifyStatic, {
      root: webRoot,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // The names of built assets change with their content.
        const isAsset = path.startsWith(join(webRoot, 'assets'));
        reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  const hidden = { schema: { hide: true } };
  app.get('/', hidden, (request, reply) => sendPage(request, reply));
  app.get('/index.html', hidden, (request, reply) => sendPage(request, reply));
  const { marketplace } = systems;
  if (marketplace) {
    for (const path of [MARKETPLACE_PATHS.activation, MARKETPLACE_PATHS.service]) {
      app.get(path, hidden, (request, reply) => {
        // The page says what is wrong; the signed call is used up when it asks for its exchange.
        const status = proofStatus(() => marketplace.readCall({ path, query: request.url.slice(path.length + 1) }));
        return sendPage(request, reply.code(status), crmOrigins);
      });
    }
    for (const path of [PAGE_INSIDE, `${PAGE_INSIDE}/*`])
      app.get(path, hidden, (request, reply) => sendPage(request, reply, crmOrigins));
  }
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    // A person's page may end in his address, which looks like a file's name.
    const isFile = extname(path) !== '' && !path.startsWith('/connections/');
    const isForMachines = isFile || /^\/(api|hooks|assets|onoffice)(\/|$)/.test(path);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isForMachines || !isRead) throw new UserError({ code: 'not_found', status: 404 });
    return sendPage(request, reply);
  });
}

function proofStatus(prove: () => unknown): number {
  try {
    prove();
    return 200;
  } catch (error) {
    if (error instanceof UserError) return error.status;
    throw error;
  }
}
