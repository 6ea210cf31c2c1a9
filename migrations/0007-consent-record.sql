-- Evidence that names people, as somebody typed it. The chain holds a keyed hash of it, so that an erasure can remove it (R14).
alter table consent_records add column clear_evidence jsonb;

create or replace function consent_records_are_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.hash = old.hash and new.number = old.number and new.tenant_id = old.tenant_id
     and new.contact_id is null and new.email is null and new.clear_evidence is null
     and (to_jsonb(new) - 'contact_id' - 'email' - 'clear_evidence')
       = (to_jsonb(old) - 'contact_id' - 'email' - 'clear_evidence') then
    return new;
  end if;
  raise exception 'consent records are append-only';
end
$$;

-- The history of one person, neutral records included.
create index consent_records_history on consent_records (tenant_id, email_hash, number);
create index consent_records_contact_history on consent_records (tenant_id, contact_hash, number)
  where contact_hash is not null;

-- The end of each chain as it stood in the log that day: a chain that was cut or written anew shows by them (R14).
create table consent_heads (
  tenant_id text not null references tenants (id),
  -- UTC
  logged_on date not null,
  record_count bigint not null,
  hash text not null,
  -- number of the first record that did not fit that day; such a head is no proof
  broken_at bigint,
  logged_at timestamptz not null,
  primary key (tenant_id, logged_on)
);
alter table consent_records alter column clear_evidence set statistics 0;

-- An operator entered an opt-in (R1 c) and asked to set the field to Yes: the member's status at that time. Taken back by
-- whatever else the field says next.
alter table contacts add column asks_yes text;
