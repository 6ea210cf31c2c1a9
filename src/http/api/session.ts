import { z } from 'zod';
import { OperatorName, Password, Role } from './operators.ts';
import { Empty, Language } from './shared.ts';

export const Session = z
  .object({
    operator: z.object({ name: z.string(), role: Role }),
    /** of the account, whichever browser shows the page; null: the browser's own */
    language: Language.nullable(),
    /** the CRM's customer through whose Marketplace the caller came (M27); absent for everybody else */
    crmCustomer: z.string().optional(),
  })
  .meta({ id: 'Session' });

export const About = z
  .object({
    version: z.string(),
    /** no operator account exists yet: the one-time link of the first start leads to `/setup?token=…` */
    needsOperator: z.boolean(),
    /** practice mode: credentials of the simulators and their consoles; absent in real life */
    practice: z
      .object({
        crm: z.object({ token: z.string(), secret: z.string(), console: z.string() }),
        mailchimp: z.object({ apiKey: z.string(), console: z.string() }),
        brevo: z.object({ apiKey: z.string(), console: z.string() }),
      })
      .optional(),
  })
  .meta({ id: 'About' });

/** Login, first operator and what the program is. */
export const sessionRoutes = {
  'GET /api/about': { access: 'public', response: About },
  'POST /api/operators/first': {
    access: 'public',
    body: z.object({ token: z.string().min(20).max(200), name: OperatorName, password: Password }),
    response: Session,
  },
  'POST /api/session': {
    access: 'public',
    body: z.object({ name: OperatorName, password: z.string().min(1).max(200) }),
    response: Session,
  },
  'GET /api/session': { access: 'reader', response: Session },
  'DELETE /api/session': { access: 'reader', response: Empty },
  /** The language of one's own account (U7). */
  'PUT /api/session/language': { access: 'reader', body: z.object({ language: Language }), response: Empty },
} as const;
