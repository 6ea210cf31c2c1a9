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
  const { database, box, clock, language, version, practice, randomBytes } = parts;
  return {
    'GET /api/about': async () => ({
      version,
      needsOperator: !(await operators(database.db).any()),
      ...(practice ? { practice } : {}),
    }),

    'POST /api/operators/first': async ({ body, request, reply }) => {
      const passwordHash = await hashPassword(body.password, randomBytes);
      const operator = { id: randomUUID(), name: body.name, passwordHash, role: 'administrator' as const, language };
      await database.transact(async (trx) => {
        const book = operators(trx);
        const isValid = await book.useSetupLink(tokenHash(body.token));
        if (!isValid || (await book.any())) throw new UserError({ code: 'operator.link_invalid', status: 403 });
        await book.add(operator, clock.now());
      });
      await logIn(parts, request, reply, operator);
      const whole = { ...operator, tenantId: null, crmUserId: null };
      return sessionOf({ kind: 'operator', operator: whole, role: operator.role }, language);
    },

    'POST /api/session': async ({ body, request, reply }) => {
      const operator = await operators(database.db).byName(body.name);
      const isRight = await isPassword(body.password, operator?.passwordHash);
      if (!operator || !isRight) throw new UserError({ code: 'session.wrong_credentials', status: 401 });
      await logIn(parts, request, reply, operator);
      return sessionOf({ kind: 'operator', operator, role: operator.role }, language);
    },

    'GET /api/session': async ({ caller }) => {
      const tenantId = tenantOf(caller);
      const activation = tenantId === undefined ? undefined : await activations(database.db, box).ofTenant(tenantId);
      return { ...sessionOf(caller, language), ...(activation ? { crmCustomer: activation.customer.name } : {}) };
    },

    'DELETE /api/session': async ({ request, reply }) => {
      await logOut(parts, request, reply);
      return {};
    },
  };
}

/** Who is logged in, as the page is told. @throws UserError 401 `session.required` */
export function sessionOf(caller: Caller | undefined, language: z.output<typeof Language>): z.output<typeof Session> {
  if (!caller) throw new UserError({ code: 'session.required', status: 401 });
  const { role } = caller;
  const name = callerName(caller);
  if (caller.kind === 'cli') return { operator: { name, role }, language };
  return { operator: { name, role }, language: Language.catch(language).parse(caller.operator.language) };
}
