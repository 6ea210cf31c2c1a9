import { z } from 'zod';
import { Instant } from './shared.ts';

export const Role = z.enum(['administrator', 'editor', 'reader']);
export const Password = z.string().min(10).max(200);
export const OperatorName = z.string().trim().min(1).max(100);

export const Operator = z
  .object({
    id: z.string(),
    name: z.string(),
    role: Role,
    createdAt: Instant,
    isLoggedIn: z.boolean(),
    /** the one who asks */
    isSelf: z.boolean(),
  })
  .meta({ id: 'Operator' });

const OperatorParams = z.object({ operatorId: z.string().min(1).max(64) });
const Operators = z.object({ operators: z.array(Operator) });

/** People who may use the page (U7). Every answer is the whole list. */
export const operatorRoutes = {
  'GET /api/operators': { access: 'administrator', response: Operators },
  'POST /api/operators': {
    access: 'administrator',
    body: z.object({ name: OperatorName, role: Role, password: Password }),
    response: Operators,
  },
  /** A new role or password; whoever it is has to log in anew. */
  'PUT /api/operators/:operatorId': {
    access: 'administrator',
    params: OperatorParams,
    body: z.object({ role: Role.optional(), password: Password.optional() }),
    response: Operators,
  },
  'DELETE /api/operators/:operatorId': { access: 'administrator', params: OperatorParams, response: Operators },
  /** One's own password; all other sessions of the account end. */
  'PUT /api/session/password': {
    access: 'reader',
    body: z.object({ current: z.string().min(1).max(200), password: Password }),
    response: z.object({}),
  },
} as const;
