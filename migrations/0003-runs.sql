create table sync_runs (
  id text primary key,
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  state text not null,
  phase text not null,
  is_first boolean not null,
  asks_first boolean not null,
  question text,
  cursor jsonb not null default '{}',
  done integer not null default 0,
  total integer,
  crm_requests integer not null default 0,
  provider_requests integer not null default 0,
  unchanged integer not null default 0,
  brake jsonb not null default '[]',
  read_up_to jsonb,
  waiting_for jsonb,
  error jsonb,
  not_before timestamptz,
  started_at timestamptz not null,
  phase_started_at timestamptz not null,
  approved_at timestamptz,
  finished_at timestamptz
);
create index sync_runs_connection on sync_runs (connection_id, started_at desc);
-- One run at a time for each connection.
create unique index sync_runs_open on sync_runs (connection_id) where finished_at is null;

create table plan_rows (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  run_id text not null references sync_runs (id) on delete cascade,
  id bigint generated always as identity,
  -- position of the operation's kind in the order of execution
  rank smallint not null,
  kind text not null,
  email_key text collate "C" not null,
  contact_id text,
  operation jsonb not null,
  -- planned; sent: the call was made, the answer is not stored; queued: in the provider's own queue; done; refused;
  -- held: changed since it was approved; dropped: no longer needed when its turn came
  state text not null default 'planned',
  sent_at timestamptz,
  words text not null default '',
  -- the provider's process that carries it out, while it is queued
  process_id text,
  primary key (run_id, id)
);
create index plan_rows_work on plan_rows (run_id, state, rank, id);
create index plan_rows_email on plan_rows (run_id, email_key);

-- Count bridges, one for each finished run (section 7).
create table bridges (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  run_id text not null,
  as_of timestamptz not null,
  bridge jsonb not null,
  adds_up boolean not null,
  primary key (connection_id, run_id)
);

-- See 0002: documents need no statistics.
alter table plan_rows alter column operation set statistics 0;
