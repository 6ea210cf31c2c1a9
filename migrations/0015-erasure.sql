-- R14: whose personal data were erased on request. What is learned of them later is kept without clear text, until they come
-- back with an opt-in of their own.
create table erasures (
  tenant_id text not null references tenants (id),
  -- keyed, as in the consent record
  email_hash text not null,
  erased_at timestamptz not null,
  primary key (tenant_id, email_hash)
);

-- Records leave with all data of their tenant, and in no other way.
create or replace function consent_records_are_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.tenant_id = current_setting('newsletter_connector.deleted_tenant', true) then
    return old;
  end if;
  if tg_op = 'UPDATE' and new.hash = old.hash and new.number = old.number and new.tenant_id = old.tenant_id
     and new.contact_id is null and new.email is null and new.clear_evidence is null
     and (to_jsonb(new) - 'contact_id' - 'email' - 'clear_evidence')
       = (to_jsonb(old) - 'contact_id' - 'email' - 'clear_evidence') then
    return new;
  end if;
  raise exception 'consent records are append-only';
end
$$;
