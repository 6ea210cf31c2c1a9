create table tenants (
  id text primary key,
  name text not null,
  created_at timestamptz not null
);

create table connections (
  id text primary key,
  tenant_id text not null references tenants (id),
  provider text not null check (provider in ('mailchimp', 'brevo')),
  -- draft: keys are saved; ready: audience, fields and webhook are made; active: the first full sync was started
  state text not null check (state in ('draft', 'ready', 'active', 'attention')),
  state_before_attention text,
  account_id text not null,
  account_name text not null,
  account_plan text not null,
  is_paid_plan boolean not null,
  -- stable mark of the CRM customer: the API user's token, hashed
  crm_account_hash text not null,
  audience_id text,
  audience_name text not null,
  settings jsonb not null,
  mapping jsonb not null default '{}',
  crm_facts jsonb not null,
  webhook jsonb not null default '{}',
  -- part of the webhook's path; only its hash is looked up
  hook_secret_hash text not null unique,
  -- raised whenever a worker takes the lane; a write of an older worker fails
  fence bigint not null default 0,
  created_at timestamptz not null,
  -- one audience is written by one connection
  unique (provider, account_id, audience_id)
);
create index connections_tenant on connections (tenant_id);

create table secrets (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  name text not null,
  sealed text not null,
  primary key (connection_id, name)
);

create table health (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  system text not null check (system in ('crm', 'provider', 'webhook')),
  state text not null check (state in ('ok', 'waiting', 'failing', 'unknown')),
  notice jsonb,
  checked_at timestamptz not null,
  primary key (connection_id, system)
);

create table journal (
  id bigint generated always as identity primary key,
  tenant_id text not null references tenants (id),
  connection_id text not null,
  at timestamptz not null,
  code text not null,
  params jsonb not null default '{}',
  is_alarm boolean not null default false
);
create index journal_connection on journal (connection_id, id desc);

-- Webhooks: the stored row is the work (F1).
create table provider_events (
  id bigint generated always as identity primary key,
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  received_at timestamptz not null,
  content_type text not null,
  body text not null,
  applied_at timestamptz
);
create index provider_events_waiting on provider_events (connection_id, id) where applied_at is null;
