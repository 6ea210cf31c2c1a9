import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '../core/errors.ts';
import type { AppParts } from './app-parts.ts';
import { pagePolicy } from './security-headers.ts';

const NONCE_BYTES = 18;
/** Stands in the built page where each answer's nonce belongs. */
const NONCE_PLACE = '__CSP_NONCE__';

/** Serves the built page: files as they are, every other address that is not the API's gets `index.html` (it routes itself). */
export function servePage(app: FastifyInstance, parts: Pick<AppParts, 'webRoot' | 'randomBytes'>): void {
  const { webRoot, randomBytes } = parts;

  const sendPage = async (_request: FastifyRequest, reply: FastifyReply) => {
    const template = await readFile(join(webRoot, 'index.html'), 'utf8').catch(() => undefined);
    if (template === undefined) {
      return reply.code(503).type('text/plain; charset=utf-8').send('The page is not built yet: npm run build:web\n');
    }
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .header('content-security-policy', pagePolicy(nonce))
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
  app.get('/', { schema: { hide: true } }, sendPage);
  app.get('/index.html', { schema: { hide: true } }, sendPage);
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const isForMachines = /^\/(api|hooks|assets)(\/|$)/.test(path) || extname(path) !== '';
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isForMachines || !isRead) throw new UserError({ code: 'not_found', status: 404 });
    return sendPage(request, reply);
  });
}
