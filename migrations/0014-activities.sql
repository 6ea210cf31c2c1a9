-- What becomes of newsletters, for the contacts' activity logs in the CRM (M25, M26).

-- met for the first time between two full syncs, until both sides agree about it: whoever says Yes then has signed up (M25)
alter table contacts add column is_new boolean not null default false;
create index contacts_new on contacts (connection_id, contact_id) where is_new;

-- One for each contact, campaign and kind; sign-ups and opt-outs as often as they happen.
create table activities (
  id bigint generated always as identity primary key,
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  kind text not null,
  -- empty: a sign-up or an opt-out that no campaign occasioned
  campaign_id text collate "C" not null,
  email_key text collate "C" not null,
  -- whose log it goes into; null: to be looked up when it is written
  contact_id text,
  -- whole minutes, as it is written
  happened_at timestamptz not null,
  -- the link of a click, or who brought a sign-up or an opt-out about
  detail text not null default '',
  -- noted; sent: the call was made, the answer is not stored; written; left-out: becomes none; refused by the CRM
  state text not null default 'noted' check (state in ('noted', 'sent', 'written', 'left-out', 'refused')),
  -- why it was left out or refused
  reason text not null default '',
  due_at timestamptz not null,
  attempts integer not null default 0,
  -- most contacts of the entry it is written with: lowered after a refusal
  group_limit integer not null default 1000,
  -- the CRM was asked and has it not
  is_checked boolean not null default false,
  batch_id bigint,
  ended_at timestamptz
);
create unique index activities_mail on activities (connection_id, campaign_id, kind, email_key)
  where kind not in ('subscribed', 'unsubscribed');
create index activities_work on activities (connection_id, due_at) where state = 'noted';
create index activities_batch on activities (connection_id, batch_id) where batch_id is not null;
create index activities_contact on activities (connection_id, contact_id, campaign_id) where contact_id is not null;

-- Entries whose answer is not stored: written before the call, so that none is repeated unchecked (F5).
create table activity_batches (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  id bigint generated always as identity,
  happened_at timestamptz not null,
  -- what the entries' notes end with
  reference text not null,
  -- when the CRM is asked whether it has them
  check_at timestamptz not null,
  primary key (connection_id, id)
);

-- When a connection writes activities next, what the CRM can call them, and since when that is known.
create table activity_work (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  write_at timestamptz,
  catalog jsonb,
  catalog_at timestamptz,
  attempts integer not null default 0,
  primary key (connection_id)
);
insert into activity_work (tenant_id, connection_id) select tenant_id, connection_id from sync_cursors;

-- See 0002: documents and texts that nobody asks by need no statistics.
alter table activities alter column detail set statistics 0;
