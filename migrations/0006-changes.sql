-- Between full syncs: rounds of changes are runs of their own kind. `changes`: due addresses of the main lane; `urgent`: what
-- lowers consent, on the fast lane.
alter table sync_runs add column kind text not null default 'full' check (kind in ('full', 'changes', 'urgent'));
-- who or what started a full sync: user, nightly
alter table sync_runs add column started_by text not null default 'user';
drop index sync_runs_open;
create unique index sync_runs_open on sync_runs (connection_id, kind) where finished_at is null;
drop index sync_runs_connection;
create index sync_runs_connection on sync_runs (connection_id, kind, started_at desc);

-- when an operation was done, refused or dropped: the brake's window (R12) and the journal (U6)
alter table plan_rows add column ended_at timestamptz;
create index plan_rows_ended on plan_rows (connection_id, ended_at desc) where ended_at is not null;
-- raises on their way (R4)
create index plan_rows_open on plan_rows (connection_id, email_key) where state in ('sent', 'queued');

alter table connections
  -- the fast lane has a worker of its own
  add column urgent_fence bigint not null default 0,
  -- a person paused it (U7); opt-outs go on
  add column paused_at timestamptz;

-- Up to where both sides were read, and when they are read next (F2, F4).
create table sync_cursors (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  -- stamp of the CRM's own clock up to which its changes were read, and our instant of that reading
  crm_as_of text not null default '',
  crm_read_at timestamptz,
  provider_as_of text not null default '',
  provider_read_at timestamptz,
  crm_poll_at timestamptz,
  provider_poll_at timestamptz,
  nightly_at timestamptz,
  hook_check_at timestamptz,
  -- what the last polls found that no event had told
  crm_recovered integer not null default 0,
  provider_recovered integer not null default 0,
  provider_recovered_at timestamptz,
  attempts integer not null default 0,
  primary key (connection_id)
);

-- Addresses whose two sides have to be looked at: the row is the work.
create table due_addresses (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  email_key text collate "C" not null,
  -- consent may have to be lowered: the fast lane looks first
  is_urgent boolean not null,
  due_at timestamptz not null,
  cause text not null,
  noticed_at timestamptz not null,
  -- when it happened, where somebody told us
  happened_at timestamptz,
  -- a person said that it may be carried out whatever the brake says
  is_approved boolean not null default false,
  attempts integer not null default 0,
  -- raised with each mark, so that one that comes while its address is being worked on is not lost
  version bigint not null,
  primary key (connection_id, email_key)
);
create index due_addresses_work on due_addresses (connection_id, is_urgent desc, due_at);

-- Happenings that were applied, for events that come twice or late.
create table event_keys (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  key text not null,
  applied_at timestamptz not null,
  primary key (connection_id, key)
);
alter table provider_events
  add column attempts integer not null default 0,
  add column not_before timestamptz;

-- What waits for a person (R12, M21, R1, F7), and what he said must not be done.
create table held_changes (
  id bigint generated always as identity primary key,
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  email_key text collate "C" not null,
  contact_id text,
  kind text not null,
  operation jsonb not null,
  -- brake; removed-in-bulk (M21); changes-too-often (F7)
  question text not null,
  -- asked; dropped: not wanted, until the operation would be another one
  state text not null check (state in ('asked', 'dropped')),
  held_at timestamptz not null,
  unique (connection_id, email_key, kind)
);

-- How long an opt-out took to the other side (section 8.8).
create table opt_out_delays (
  id bigint generated always as identity primary key,
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  direction text not null check (direction in ('to-crm', 'to-provider')),
  -- event: told by the provider; poll: found
  found_by text not null,
  happened_at timestamptz,
  noticed_at timestamptz not null,
  arrived_at timestamptz not null
);
create index opt_out_delays_recent on opt_out_delays (connection_id, arrived_at desc);
