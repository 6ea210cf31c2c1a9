-- The provider's campaigns whose mails contacts may have got (M26).
create table campaigns (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  campaign_id text collate "C" not null,
  name text not null,
  sent_at timestamptz not null,
  -- whether it went to our audience; null: not told yet
  is_ours boolean,
  -- the provider's own figures at the last look
  figures jsonb not null default '{}',
  -- when its report is looked at next; null: not any more
  next_look_at timestamptz,
  -- where a look is that has begun
  look jsonb,
  -- beginning of the last look that ended: the next one asks for what happened since
  looked_at timestamptz,
  -- a person asked for what happened before its kind was ticked
  wants_history boolean not null default false,
  primary key (connection_id, campaign_id)
);
create index campaigns_recent on campaigns (connection_id, sent_at desc, campaign_id);
create index campaigns_looks on campaigns (connection_id, next_look_at) where next_look_at is not null;
alter table campaigns alter column figures set statistics 0, alter column look set statistics 0;

-- When campaigns are listed, reports looked at, and members asked what became of their mails.
alter table activity_work
  add column list_at timestamptz,
  -- campaigns sent up to here are known
  add column listed_up_to timestamptz not null default now(),
  add column look_at timestamptz,
  -- where a sweep over the members is, which finds what lost events had told
  add column sweep jsonb,
  add column sweep_at timestamptz;
update activity_work set list_at = now();
