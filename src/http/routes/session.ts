import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { activations } from '../../db/activations.ts';
import { operators } from '../../db/operators.ts';
import type { Session, sessionRoutes } from '../api/session.ts';
import { Language } from '../api/shared.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { type Caller, callerName, logIn, logOut, tenantOf, tokenHash } from '../auth.ts';
import { hashPassword, isPassword } from '../password.ts';

/** Login, first operator and what the program is. */
export function sessionHandlers(parts: AppParts): Handlers<keyof typeof sessionRoutes> {
  const { database, box, clock, version, practice, randomBytes } = parts;
  return {
    'GET /api/about': async () => ({
      version,
      needsOperator: !(await operators(database.db).any()),
      ...(practice ? { practice } : {}),
    }),

    'POST /api/operators/first': async ({ body, request, reply }) => {
      const passwordHash = await hashPassword(body.password, randomBytes);
      const operator = { id: randomUUID(), name: body.name, passwordHash, role: 'administrator' as const };
      await database.transact(async (trx) => {
        const book = operators(trx);
        const isValid = await book.useSetupLink(tokenHash(body.token));
        if (!isValid || (await book.any())) throw new UserError({ code: 'operator.link_invalid', status: 403 });
        await book.add(operator, clock.now());
      });
      await logIn(parts, request, reply, operator);
      const whole = { ...operator, language: null, tenantId: null, crmUserId: null };
      return sessionOf({ kind: 'operator', operator: whole, role: operator.role });
    },

    'POST /api/session': async ({ body, request, reply }) => {
      const operator = await operators(database.db).byName(body.name);
      const isRight = await isPassword(body.password, operator?.passwordHash);
      if (!operator || !isRight) throw new UserError({ code: 'session.wrong_credentials', status: 401 });
      await logIn(parts, request, reply, operator);
      return sessionOf({ kind: 'operator', operator, role: operator.role });
    },

    'GET /api/session': async ({ caller }) => {
      const tenantId = tenantOf(caller);
      const activation = tenantId === undefined ? undefined : await activations(database.db, box).ofTenant(tenantId);
      return { ...sessionOf(caller), ...(activation ? { crmCustomer: activation.customer.name } : {}) };
    },

    'DELETE /api/session': async ({ request, reply }) => {
      await logOut(parts, request, reply);
      return {};
    },

    'PUT /api/session/language': async ({ caller, body }) => {
      // Whoever comes by the command line has no account.
      if (caller?.kind !== 'operator') throw new UserError({ code: 'session.forbidden', status: 403 });
      await operators(database.db).chooseLanguage(caller.operator.id, body.language);
      return {};
    },
  };
}

/** Who is logged in, as the page is told. @throws UserError 401 `session.required` */
export function sessionOf(caller: Caller | undefined): z.output<typeof Session> {
  if (!caller) throw new UserError({ code: 'session.required', status: 401 });
  const operator = { name: callerName(caller), role: caller.role };
  return { operator, language: caller.kind === 'operator' ? languageOf(caller.operator.language) : null };
}

/** The language of an account; one that the page does not speak is none. */
export function languageOf(stored: string | null): z.output<typeof Language> | null {
  return Language.nullable().catch(null).parse(stored);
}
