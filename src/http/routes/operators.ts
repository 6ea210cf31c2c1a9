import { randomUUID } from 'node:crypto';
import { UserError } from '../../core/errors.ts';
import { operatorAccounts } from '../../db/operator-accounts.ts';
import { operators } from '../../db/operators.ts';
import type { operatorRoutes } from '../api/operators.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { type Caller, callerId, SESSION_COOKIE, tenantOf, tokenHash } from '../auth.ts';
import { hashPassword, isPassword } from '../password.ts';

/** PostgreSQL's code for a second row where only one may be. */
const UNIQUE_VIOLATION = '23505';

/** People who may use the page (U7). */
export function operatorHandlers(parts: AppParts): Handlers<keyof typeof operatorRoutes> {
  const { database, clock, randomBytes, log } = parts;
  const accounts = operatorAccounts(database.db);

  const listFor = async (caller: Caller | undefined) => ({
    operators: (await accounts.list()).map(({ id, name, role, createdAt, expiresAt }) => ({
      id,
      name,
      role,
      createdAt,
      isLoggedIn: expiresAt !== null && Date.parse(expiresAt) > clock.now(),
      isSelf: id === callerId(caller),
    })),
  });

  const find = async (operatorId: string) => {
    const found = (await accounts.list()).find(({ id }) => id === operatorId);
    if (!found) throw new UserError({ code: 'operator.not_found', status: 404 });
    return found;
  };

  return {
    'GET /api/operators': async ({ caller }) => {
      assertOfInstallation(caller);
      return listFor(caller);
    },

    'POST /api/operators': async ({ caller, body: { name, role, password } }) => {
      assertOfInstallation(caller);
      const passwordHash = await hashPassword(password, randomBytes);
      const operator = { id: randomUUID(), name, passwordHash, role };
      await operators(database.db)
        .add(operator, clock.now())
        .catch((error: unknown) => {
          if (!(error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)) throw error;
          throw new UserError({ code: 'operator.name_taken', status: 409, field: 'name', cause: error });
        });
      log.info({ operatorId: operator.id, role, by: callerId(caller) }, 'Account added');
      return listFor(caller);
    },

    'PUT /api/operators/:operatorId': async ({ caller, params: { operatorId }, body: { role, password } }) => {
      assertOfInstallation(caller);
      await find(operatorId);
      const passwordHash = password === undefined ? undefined : await hashPassword(password, randomBytes);
      await database.transact(async (trx) => {
        const book = operatorAccounts(trx);
        if (role !== undefined && role !== 'administrator' && !(await book.hasOtherAdministrator(operatorId))) {
          throw new UserError({ code: 'operator.last_administrator', status: 409, field: 'role' });
        }
        if (role !== undefined) await book.setRole(operatorId, role);
        if (passwordHash !== undefined) await book.setPassword(operatorId, passwordHash);
        await book.closeSessions(operatorId);
      });
      log.info({ operatorId, role, isPasswordNew: password !== undefined, by: callerId(caller) }, 'Account changed');
      return listFor(caller);
    },

    'DELETE /api/operators/:operatorId': async ({ caller, params: { operatorId } }) => {
      assertOfInstallation(caller);
      await find(operatorId);
      if (operatorId === callerId(caller)) throw new UserError({ code: 'operator.own_account', status: 409 });
      await database.transact(async (trx) => {
        const book = operatorAccounts(trx);
        if (!(await book.hasOtherAdministrator(operatorId))) {
          throw new UserError({ code: 'operator.last_administrator', status: 409 });
        }
        await book.remove(operatorId);
      });
      log.info({ operatorId, by: callerId(caller) }, 'Account removed');
      return listFor(caller);
    },

    'PUT /api/session/password': async ({ caller, request, body: { current, password } }) => {
      if (caller?.kind !== 'operator' || caller.operator.crmUserId !== null)
        throw new UserError({ code: 'session.forbidden', status: 403 });
      const { id, passwordHash } = caller.operator;
      if (!(await isPassword(current, passwordHash))) {
        throw new UserError({ code: 'operator.wrong_password', field: 'current' });
      }
      const renewed = await hashPassword(password, randomBytes);
      await database.transact(async (trx) => {
        await operatorAccounts(trx).setPassword(id, renewed);
        await operatorAccounts(trx).closeSessions(id, tokenHash(request.cookies[SESSION_COOKIE] ?? ''));
      });
      log.info({ operatorId: id }, 'Password changed');
      return {};
    },
  };
}

/** Accounts are the installation's: who comes through one customer's CRM is let in there, and by its users' rights. */
function assertOfInstallation(caller: Caller | undefined): void {
  if (tenantOf(caller) !== undefined) throw new UserError({ code: 'session.forbidden', status: 403 });
}
