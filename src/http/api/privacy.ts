import { z } from 'zod';
import { Count, Instant, ProviderKey } from './shared.ts';

const PersonParams = z.object({ connectionId: z.string().min(1).max(64), person: z.string().min(1).max(300) });

/** What became of the person at each connection's provider. `unreached`: it could not be asked, see to it there. */
export const ErasureOutcome = z
  .object({
    connectionId: z.string(),
    provider: ProviderKey,
    accountName: z.string(),
    outcome: z.enum(['unsubscribed', 'deleted', 'absent', 'unreached']),
  })
  .meta({ id: 'ErasureOutcome' });

/** Everything that is held on one person, as it is stored. */
export const PersonData = z
  .object({
    issuedAt: Instant,
    addresses: z.array(z.string()),
    contactNumbers: z.array(z.string()),
    connections: z.array(
      z.object({
        provider: ProviderKey,
        account: z.string(),
        audience: z.string(),
        /** rows by table */
        held: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
      }),
    ),
    consentRecord: z.array(z.looseObject({ number: Count })),
  })
  .meta({ id: 'PersonData' });

export const TenantSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    connections: z.array(z.object({ id: z.string(), provider: ProviderKey, accountName: z.string() })),
  })
  .meta({ id: 'Tenant' });

export const TenantParams = z.object({ tenantId: z.string().min(1).max(64) });

/** Access, erasure and the end of a tenant (R14, U7). File: `/api/tenants/{id}/opt-outs.csv`. */
export const privacyRoutes = {
  /** `person`: an e-mail address, or the record number of a contact; all connections of its tenant. */
  'GET /api/connections/:connectionId/people/:person/data': {
    access: 'editor',
    params: PersonParams,
    response: PersonData,
  },
  /**
   * Erases a person from everything but the hashes that keep him from being subscribed anew. `delete`: the provider's record
   * goes for good; `suppress`: it stays as unsubscribed.
   */
  'POST /api/connections/:connectionId/people/:person/erasure': {
    access: 'administrator',
    params: PersonParams,
    body: z.object({ atProvider: z.enum(['suppress', 'delete']) }),
    response: z.object({ outcomes: z.array(ErasureOutcome) }),
  },
  'GET /api/tenants': { access: 'administrator', response: z.object({ tenants: z.array(TenantSummary) }) },
  /** Deletes everything that is stored for an onOffice customer, the consent record as well. `name` has to be its name. */
  'DELETE /api/tenants/:tenantId': {
    access: 'administrator',
    params: TenantParams,
    body: z.object({ name: z.string().max(200) }),
    response: z.object({ hooksLeft: Count }),
  },
} as const;
