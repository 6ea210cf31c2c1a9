-- What a tag of the CRM and one of the provider are to each other (R11): bound by name at first, by key and id from then on.
create table tag_bindings (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  id bigint generated always as identity,
  -- what base states know the tag by; given once
  slot text collate "C" not null,
  state text not null check (state in ('bound', 'apart', 'marker', 'gone')),
  crm_key text,
  provider_id text,
  -- the names when both sides were last in step
  crm_name text not null,
  provider_name text not null,
  -- what it is called now
  name text not null,
  question text check (question in ('deleted-in-crm', 'deleted-at-provider', 'name-taken')),
  answer text check (answer in ('delete', 'create', 'keep')),
  asked_at timestamptz,
  primary key (connection_id, id),
  unique (connection_id, slot)
);
create unique index tag_bindings_crm_key on tag_bindings (connection_id, crm_key) where crm_key is not null;
create unique index tag_bindings_provider_id on tag_bindings (connection_id, provider_id) where provider_id is not null;

alter table sync_cursors
  -- when both sides' tags are compared next
  add column tags_at timestamptz;
alter table connections
  -- when both sides' tags were last compared; null: to be compared at the next opportunity
  add column tags_aligned_at timestamptz,
  -- the provider's tags as then listed
  add column provider_tags jsonb not null default '[]';

-- A member's tags are known by their ids; of those read before only the names are known.
update members set tags = (select jsonb_agg(jsonb_build_object('id', '', 'name', tag)) from jsonb_array_elements_text(tags) as tag)
where jsonb_array_length(tags) > 0;
