-- A customer of the CRM that activated us in its Marketplace (M27): one tenant, whatever keys he was given.
create table activations (
  tenant_id text primary key references tenants (id) on delete cascade,
  customer_id text not null unique,
  customer_name text not null,
  -- as in connections.crm_account_hash: which of the tenant's connections use these keys
  token_hash text not null,
  sealed_token text not null,
  sealed_secret text not null,
  -- the newest right to be represented, whose it is, and when it was given by the CRM's clock
  sealed_claim text,
  claim_user_id text,
  claimed_at timestamptz,
  -- by the CRM's clock, too: an older call never replaces what a newer one brought
  activated_at timestamptz not null,
  activated_by text not null
);

-- Signed calls that were used, until they are too old to be taken anyway.
create table used_calls (
  mark text primary key,
  expires_at timestamptz not null
);

-- People of one tenant who come through the CRM; without a tenant: operators of the whole installation.
alter table operators add column tenant_id text references tenants (id) on delete cascade;
alter table operators add column crm_user_id text;
alter table operators add constraint operators_crm_user unique (tenant_id, crm_user_id);
alter table operators add constraint operators_of_tenant check (crm_user_id is null or tenant_id is not null);

-- When the CRM last told of a change by itself (F4).
alter table sync_cursors add column crm_told_at timestamptz;
