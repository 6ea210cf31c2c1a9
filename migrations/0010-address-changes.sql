alter table members
  -- the provider's id that stays when the address changes (R7); empty: not told yet
  add column stable_id text collate "C" not null default '',
  -- address under which the provider had the member before, while contacts there have not followed yet
  add column moved_from text collate "C";
create index members_stable_id on members (connection_id, stable_id) where stable_id <> '';
create index members_moved_from on members (connection_id, moved_from) where moved_from is not null;

-- Addresses and ids under which a member was known before: late events still name them (R7).
create table member_aliases (
  tenant_id text not null references tenants (id),
  connection_id text not null references connections (id) on delete cascade,
  -- `email`, or the provider's own word for an id
  kind text not null,
  value text collate "C" not null,
  -- address under which the member is, or was last, known
  email_key text collate "C" not null,
  primary key (connection_id, kind, value)
);
create index member_aliases_email on member_aliases (connection_id, email_key);
