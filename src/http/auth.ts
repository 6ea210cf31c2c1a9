import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '../core/errors.ts';
import { connections } from '../db/connections.ts';
import type { Queryable } from '../db/database.ts';
import { type Operator, type OperatorRole, operators } from '../db/operators.ts';
import type { Access } from './api/routes.ts';
import type { AppParts } from './app-parts.ts';

/**
 * Who calls: an operator who logged in or came through the CRM, or the command line of the server's owner, which is an
 * administrator.
 */
export type Caller =
  | { kind: 'operator'; operator: Operator; role: OperatorRole }
  | { kind: 'cli'; role: 'administrator' };

export const SESSION_COOKIE = 'nc_session';
/** A session ends this long after it was last used, in ms; one that was opened inside the CRM is opened anew by a click. */
const SESSION_MS = 12 * 3_600_000;
const CRM_SESSION_MS = 3_600_000;
/** … and this long after the login at the latest, in ms. */
const LONGEST_SESSION_MS = 30 * 86_400_000;
const TOKEN_BYTES = 32;

const RANK: Readonly<Record<OperatorRole, number>> = { reader: 1, editor: 2, administrator: 3 };
const READ_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

type AuthParts = Pick<AppParts, 'database' | 'clock' | 'cliToken'>;

/** The caller as the records name him. */
export function callerName(caller: Caller | undefined): string {
  return caller?.kind === 'operator' ? caller.operator.name : 'command line';
}

/** The only tenant whose data the caller may see; undefined: all of them. */
export function tenantOf(caller: Caller | undefined): string | undefined {
  return caller?.kind === 'operator' ? (caller.operator.tenantId ?? undefined) : undefined;
}

/** The caller as the journal knows him: names are looked up when it is shown. Undefined: nobody asked for it. */
export function callerId(caller: Caller | undefined): string | undefined {
  if (!caller) return undefined;
  return caller.kind === 'operator' ? caller.operator.id : 'command-line';
}

/** Tokens are random enough that a plain hash hides them. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Finds out who calls and whether he may. The tenant that the address names must be his, and the connection one of it.
 *
 * @throws UserError 401 `session.required`, 403 `session.forbidden`, 403 `session.foreign_request`, 404 `connection.not_found`
 *   or `tenant.not_found`
 */
export async function admit(parts: AuthParts, request: FastifyRequest, access: Access): Promise<Caller | undefined> {
  const caller = await callerOf(parts, request);
  if (access !== 'public') {
    if (!caller) throw new UserError({ code: 'session.required', status: 401 });
    if (RANK[caller.role] < RANK[access]) throw new UserError({ code: 'session.forbidden', status: 403 });
  }
  guardAgainstForgery(request);
  await guardTenant(parts, request, caller);
  return caller;
}

/** Whose a connection or a tenant is, is decided here for every route, so that no handler can forget to ask. */
async function guardTenant(
  { database }: AuthParts,
  request: FastifyRequest,
  caller: Caller | undefined,
): Promise<void> {
  const own = tenantOf(caller);
  const { connectionId, tenantId } = (request.params ?? {}) as { connectionId?: string; tenantId?: string };
  if (own === undefined) return;
  if (tenantId !== undefined && tenantId !== own)
    throw new UserError({ code: 'tenant.not_found', status: 404, field: 'tenantId' });
  if (connectionId === undefined) return;
  const connection = await connections(database.db).get(connectionId);
  if (connection?.tenantId !== own) throw new UserError({ code: 'connection.not_found', status: 404 });
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
    const given = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (given === undefined) return undefined;
    return isCliToken(parts.cliToken, given) ? { kind: 'cli', role: 'administrator' } : operatorOf(parts, given, true);
  }
  const token = request.cookies[SESSION_COOKIE];
  return token ? operatorOf(parts, token, false) : undefined;
}

/** @param isInCrm whether the token came as a header: inside the CRM's frame there are no cookies, elsewhere nothing else */
async function operatorOf(parts: AuthParts, token: string, isInCrm: boolean): Promise<Caller | undefined> {
  const now = parts.clock.now();
  const book = operators(parts.database.db);
  const operator = await book.bySession(tokenHash(token), now, now - LONGEST_SESSION_MS);
  if (!operator || (operator.crmUserId !== null) !== isInCrm) return undefined;
  await book.extendSession(tokenHash(token), now + (isInCrm ? CRM_SESSION_MS : SESSION_MS));
  return { kind: 'operator', operator, role: operator.role };
}

function isCliToken(expected: string | undefined, given: string): boolean {
  if (!expected) return false;
  return timingSafeEqual(Buffer.from(tokenHash(given)), Buffer.from(tokenHash(expected)));
}

/** Opens a session and hands its token to the browser. A session that the browser had before ends. */
export async function logIn(
  parts: Pick<AppParts, 'database' | 'clock' | 'randomBytes' | 'publicUrl'>,
  request: FastifyRequest,
  reply: FastifyReply,
  operator: Pick<Operator, 'id'>,
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

/** Opens a session for somebody who comes through the CRM. @returns its token, for the page's memory alone */
export async function openCrmSession(
  parts: Pick<AppParts, 'clock' | 'randomBytes'>,
  db: Queryable,
  operatorId: string,
): Promise<string> {
  const token = parts.randomBytes(TOKEN_BYTES).toString('base64url');
  const now = parts.clock.now();
  await operators(db).openSession(tokenHash(token), operatorId, now, now + CRM_SESSION_MS);
  return token;
}

/** Ends the session that the request was made with. */
export async function logOut(
  parts: Pick<AppParts, 'database' | 'publicUrl'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? request.cookies[SESSION_COOKIE];
  if (token) await operators(parts.database.db).closeSession(tokenHash(token));
  if (bearer === undefined) reply.clearCookie(SESSION_COOKIE, cookieOptions(parts.publicUrl));
}

function cookieOptions(publicUrl: string) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.startsWith('https:') } as const;
}
