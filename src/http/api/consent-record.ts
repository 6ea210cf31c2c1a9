import { z } from 'zod';
import { Count, Instant } from './shared.ts';

/** The consent record of one tenant, checked from its first record to its last (R14). */
export const ChainCheck = z
  .object({
    tenantId: z.string(),
    tenantName: z.string(),
    /** records that fit */
    count: Count,
    /** hash of the last one of them */
    head: z.string(),
    /** number of the first record that does not fit, and why; null: all fit */
    brokenAt: Count.nullable(),
    how: z.enum(['altered', 'missing', 'cut', 'replaced']).nullable(),
    /** the newest end that was logged and that the record was compared with */
    lastLogged: z.object({ count: Count, head: z.string(), at: Instant }).nullable(),
  })
  .meta({ id: 'ChainCheck' });

/** Whose record; all tenants by default. */
export const TenantQuery = z.object({ tenantId: z.string().min(1).max(64).optional() });

/** The consent record as a whole. Files: `/api/consent-record/records.json`, `…/records.csv`. */
export const consentRecordRoutes = {
  'GET /api/consent-record/checks': {
    access: 'administrator',
    query: TenantQuery,
    response: z.object({ chains: z.array(ChainCheck) }),
  },
} as const;
