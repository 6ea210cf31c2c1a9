import { sql } from 'kysely';
import type { CrmCustomer } from '../core/marketplace.ts';
import type { Secret } from '../core/secret.ts';
import type { Queryable } from './database.ts';
import type { SecretBox } from './secret-box.ts';

/** A customer of the CRM that activated us. Instants are ms since 1970, by the CRM's clock. */
export type Activation = {
  tenantId: string;
  customer: CrmCustomer;
  token: Secret;
  secret: Secret;
  /** the newest right to be represented, and whose it is; undefined before anybody opened us */
  claim: { claim: Secret; userId: string; givenAt: number } | undefined;
  activatedAt: number;
  /** the user who activated us: an administrator */
  activatedBy: string;
};

type Row = {
  tenantId: string;
  customerId: string;
  customerName: string;
  token: string;
  secret: string;
  claim: string | null;
  claimUserId: string | null;
  claimedAt: string | null;
  activatedAt: string;
  activatedBy: string;
};

type SecretOfActivation = 'token' | 'secret' | 'claim';

/** Activations in the CRM's Marketplace (M27), one a tenant; their keys and claims are sealed. */
export function activations(db: Queryable, box: SecretBox) {
  const place = (tenantId: string, name: SecretOfActivation) => `${tenantId}/activation/${name}`;
  const open = (row: Row): Activation => {
    const { tenantId } = row;
    const claim = row.claim === null ? undefined : box.open(row.claim, place(tenantId, 'claim'));
    return {
      tenantId,
      customer: { id: row.customerId, name: row.customerName },
      token: box.open(row.token, place(tenantId, 'token')),
      secret: box.open(row.secret, place(tenantId, 'secret')),
      claim: claim && { claim, userId: row.claimUserId ?? '', givenAt: Date.parse(row.claimedAt ?? '') },
      activatedAt: Date.parse(row.activatedAt),
      activatedBy: row.activatedBy,
    };
  };
  const find = async (where: ReturnType<typeof sql>): Promise<Activation | undefined> => {
    const { rows } = await sql<Row>`
      select tenant_id as "tenantId", customer_id as "customerId", customer_name as "customerName", sealed_token as token,
        sealed_secret as secret, sealed_claim as claim, claim_user_id as "claimUserId",
        to_char(claimed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "claimedAt",
        to_char(activated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "activatedAt",
        activated_by as "activatedBy"
      from activations where ${where}`.execute(db);
    return rows[0] && open(rows[0]);
  };
  return {
    ofCustomer: (customerId: string) => find(sql`customer_id = ${customerId}`),
    ofTenant: (tenantId: string) => find(sql`tenant_id = ${tenantId}`),

    /** The claim of the activation whose token has this hash; undefined: a key of somebody else, or nobody opened us yet. */
    async claimFor(tenantId: string, tokenHash: string): Promise<Secret | undefined> {
      const { rows } = await sql<{ claim: string | null }>`
        select sealed_claim as claim from activations
        where tenant_id = ${tenantId} and token_hash = ${tokenHash}`.execute(db);
      const claim = rows[0]?.claim;
      return claim == null ? undefined : box.open(claim, place(tenantId, 'claim'));
    },

    /** Stores an activation, or what a newer one of the same customer brings; the claim of the last one stays. */
    async save(activation: Omit<Activation, 'claim'>, tokenHash: string): Promise<void> {
      const { tenantId, customer, token, secret } = activation;
      await sql`
        insert into activations (tenant_id, customer_id, customer_name, token_hash, sealed_token, sealed_secret, activated_at,
          activated_by)
        values (${tenantId}, ${customer.id}, ${customer.name}, ${tokenHash}, ${box.seal(token, place(tenantId, 'token'))},
          ${box.seal(secret, place(tenantId, 'secret'))}, ${new Date(activation.activatedAt).toISOString()},
          ${activation.activatedBy})
        on conflict (tenant_id) do update set customer_name = excluded.customer_name, token_hash = excluded.token_hash,
          sealed_token = excluded.sealed_token, sealed_secret = excluded.sealed_secret,
          activated_at = excluded.activated_at, activated_by = excluded.activated_by`.execute(db);
    },

    /** Keeps a claim unless a newer one is there. @returns whether it was kept */
    async keepClaim(tenantId: string, claim: Secret, userId: string, givenAt: number): Promise<boolean> {
      const at = new Date(givenAt).toISOString();
      const { rows } = await sql`
        update activations set sealed_claim = ${box.seal(claim, place(tenantId, 'claim'))}, claim_user_id = ${userId},
          claimed_at = ${at}
        where tenant_id = ${tenantId} and (claimed_at is null or claimed_at <= ${at})
        returning tenant_id`.execute(db);
      return rows.length > 0;
    },
  };
}
