-- F9: what this installation was when it was last alive. One row.
create table installation (
  is_only boolean primary key default true check (is_only),
  installation_id text not null,
  -- where the database lay: a copy of it lies elsewhere; '' for not known
  place text not null,
  last_alive_at timestamptz not null,
  -- set by a restore and taken away by the next start
  restored_at timestamptz
);

alter table connections
  -- when, why and at which order of learning the data went back in time; what the CRM's field said before says nothing any more
  add column went_back_at timestamptz,
  add column went_back_cause text,
  add column went_back_order bigint not null default 0,
  -- from then on until a full sync has asked and ended
  add column is_catching_up boolean not null default false,
  -- why somebody else may be working on the audience; nothing is written until a person has taken it over
  add column twin jsonb,
  -- marks of ours that our hook may carry, newest first
  add column hook_marks jsonb not null default '[]',
  -- hashes of foreign hooks beside which a person has taken the audience over
  add column accepted_hooks jsonb not null default '[]',
  add column hooks_checked_at timestamptz not null default now();
