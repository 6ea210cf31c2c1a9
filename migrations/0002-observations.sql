-- Our order of learning within an installation (R1): greater means learned later.
create sequence learning_order;

create table contacts (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  contact_id text not null,
  -- record number padded with zeros: sorts as a number under collation "C"
  sort_key text collate "C" not null,
  email text not null,
  -- comparable address; empty when there is none or it is not one
  email_key text collate "C" not null,
  consent text not null,
  fields jsonb not null,
  tag_keys jsonb not null,
  is_private boolean not null,
  is_archived boolean not null,
  is_readable boolean not null,
  modified_at text not null,
  -- see FieldHistory: order of the last reading as not Yes, and of the last turn from Yes to No
  last_not_yes bigint not null,
  last_set_to_no bigint not null,
  seen_run text not null,
  reason text,
  reason_words text not null default '',
  primary key (connection_id, contact_id)
);
create index contacts_email on contacts (connection_id, email_key, sort_key);
create index contacts_sort on contacts (connection_id, sort_key);
create index contacts_reason on contacts (connection_id, reason, sort_key) where reason is not null;

create table members (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  email_key text collate "C" not null,
  status text not null,
  fields jsonb not null,
  tags jsonb not null,
  has_more_tags boolean not null,
  ids jsonb not null,
  changed_at text not null,
  opt_in_at text not null,
  opt_in_ip text not null,
  -- order in which an opt-in newer than the last look was learned; null: none
  opt_in_order bigint,
  -- contact that holds the address as a further one, with the reason as which the member counts (R9)
  joined jsonb,
  seen_run text not null,
  reason text,
  primary key (connection_id, email_key)
);
create index members_reason on members (connection_id, reason) where reason is not null;

create table contact_links (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  contact_id text not null,
  email_key text collate "C" not null,
  base jsonb not null,
  primary key (connection_id, contact_id)
);
create index contact_links_email on contact_links (connection_id, email_key);

create table refusals (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  email_key text collate "C" not null,
  reason text not null,
  words text not null,
  is_permanent boolean not null,
  learned_order bigint not null,
  primary key (connection_id, email_key)
);

-- Provider tags that the CRM refused to create (R11): they stay as they are.
create table refused_tags (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  name text not null,
  folded text not null,
  primary key (connection_id, folded)
);

-- Nobody asks by what is inside these documents, and statistics about them are most of what `analyze` costs.
alter table contacts alter column fields set statistics 0, alter column tag_keys set statistics 0;
alter table members alter column fields set statistics 0, alter column tags set statistics 0,
  alter column ids set statistics 0, alter column joined set statistics 0;
alter table contact_links alter column base set statistics 0;
