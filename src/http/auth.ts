import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '../core/errors.ts';
import { type Operator, type OperatorRole, operators } from '../db/operators.ts';
import type { Access } from './api/routes.ts';
import type { AppParts } from './app-parts.ts';

/** Who calls: a logged-in operator, or the command line of the server's owner, which is an administrator. */
export type Caller =
  | { kind: 'operator'; operator: Operator; role: OperatorRole }
  | { kind: 'cli'; role: 'administrator' };

export const SESSION_COOKIE = 'nc_session';
/** A session ends this long after it was last used, in ms. */
const SESSION_MS = 12 * 3_600_000;
const TOKEN_BYTES = 32;

const RANK: Readonly<Record<OperatorRole, number>> = { reader: 1, editor: 2, administrator: 3 };
const READ_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

type AuthParts = Pick<AppParts, 'database' | 'clock' | 'cliToken'>;

/** The caller as the records name him. */
export function callerName(caller: Caller | undefined): string {
  return caller?.kind === 'operator' ? caller.operator.name : 'command line';
}

/** Tokens are random enough that a plain hash hides them. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Finds out who calls and whether he may.
 *
 * @throws UserError 401 `session.required`, 403 `session.forbidden`, 403 `session.foreign_request`
 */
export async function admit(parts: AuthParts, request: FastifyRequest, access: Access): Promise<Caller | undefined> {
  const caller = await callerOf(parts, request);
  if (access !== 'public') {
    if (!caller) throw new UserError({ code: 'session.required', status: 401 });
    if (RANK[caller.role] < RANK[access]) throw new UserError({ code: 'session.forbidden', status: 403 });
  }
  guardAgainstForgery(request);
  return caller;
}

/** A foreign site can make a browser send the cookie, but not this header. */
function guardAgainstForgery(request: FastifyRequest): void {
  if (READ_METHODS.has(request.method) || request.cookies[SESSION_COOKIE] === undefined) return;
  if (request.headers.authorization !== undefined) return;
  if (request.headers['x-requested-with'] === 'newsletter-connector') return;
  throw new UserError({ code: 'session.foreign_request', status: 403 });
}

async function callerOf(parts: AuthParts, request: FastifyRequest): Promise<Caller | undefined> {
  const { authorization } = request.headers;
  // A header that is wrong never falls back to the cookie: the guard against forgery trusts it.
  if (authorization !== undefined) {
    return isCliToken(parts.cliToken, authorization) ? { kind: 'cli', role: 'administrator' } : undefined;
  }
  const token = request.cookies[SESSION_COOKIE];
  if (!token) return undefined;
  const now = parts.clock.now();
  const book = operators(parts.database.db);
  const operator = await book.bySession(tokenHash(token), now);
  if (!operator) return undefined;
  await book.extendSession(tokenHash(token), now + SESSION_MS);
  return { kind: 'operator', operator, role: operator.role };
}

function isCliToken(expected: string | undefined, authorization: string): boolean {
  const given = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (!expected || given === undefined) return false;
  return timingSafeEqual(Buffer.from(tokenHash(given)), Buffer.from(tokenHash(expected)));
}

/** Opens a session and hands its token to the browser. A session that the browser had before ends. */
export async function logIn(
  parts: Pick<AppParts, 'database' | 'clock' | 'randomBytes' | 'publicUrl'>,
  request: FastifyRequest,
  reply: FastifyReply,
  operator: Operator,
): Promise<void> {
  const token = parts.randomBytes(TOKEN_BYTES).toString('base64url');
  const now = parts.clock.now();
  const before = request.cookies[SESSION_COOKIE];
  await parts.database.transact(async (trx) => {
    if (before) await operators(trx).closeSession(tokenHash(before));
    await operators(trx).openSession(tokenHash(token), operator.id, now, now + SESSION_MS);
  });
  reply.setCookie(SESSION_COOKIE, token, cookieOptions(parts.publicUrl));
}

/** Ends the browser's session. */
export async function logOut(
  parts: Pick<AppParts, 'database' | 'publicUrl'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const token = request.cookies[SESSION_COOKIE];
  if (token) await operators(parts.database.db).closeSession(tokenHash(token));
  reply.clearCookie(SESSION_COOKIE, cookieOptions(parts.publicUrl));
}

function cookieOptions(publicUrl: string) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.startsWith('https:') } as const;
}
