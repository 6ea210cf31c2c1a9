import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** What answers that are no page may do in a browser: nothing. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'";

/**
 * Content security policy of the page; styles and scripts made at run time carry the nonce.
 *
 * @param framedBy origins that may show it in a frame; none by default
 */
export function pagePolicy(nonce: string, framedBy: readonly string[] = []): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(' ')}`,
  ].join('; ');
}

/** Policy of a sheet that is only read and printed: its one style sheet, and nothing else. */
export function sheetPolicy(nonce: string): string {
  return `${NOTHING}; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
}

/** Sets the headers that harden every answer. */
export function setSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  app.register(helmet, {
    // Page and data need different ones.
    contentSecurityPolicy: false,
    // `frame-ancestors` says it more exactly.
    frameguard: false,
    crossOriginOpenerPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('content-security-policy', NOTHING);
  });
}
