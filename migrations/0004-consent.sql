-- R14: append-only, one chain per tenant. The clear text stands beside the keyed hashes and is what an erasure removes.
create table consent_records (
  tenant_id text not null references tenants (id),
  number bigint not null,
  learned_order bigint not null,
  connection_id text,
  contact_hash text,
  email_hash text not null,
  contact_id text,
  email text,
  -- opt-out, opt-in, or neutral (no statement about the person's will)
  effect text not null check (effect in ('opt-out', 'opt-in', 'neutral')),
  consent_from text not null,
  consent_to text not null,
  source text not null,
  -- what the gate said: allowed, refused
  verdict text not null check (verdict in ('allowed', 'refused')),
  happened_at timestamptz,
  learned_at timestamptz not null,
  evidence jsonb not null,
  wrote text not null,
  previous_hash text not null,
  hash text not null,
  primary key (tenant_id, number)
);
create index consent_records_email on consent_records (tenant_id, email_hash, effect, learned_order)
  where effect <> 'neutral';
create index consent_records_contact on consent_records (tenant_id, contact_hash, effect, learned_order)
  where effect <> 'neutral';

create function consent_records_are_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.hash = old.hash and new.number = old.number and new.tenant_id = old.tenant_id
     and new.contact_id is null and new.email is null
     and (to_jsonb(new) - 'contact_id' - 'email') = (to_jsonb(old) - 'contact_id' - 'email') then
    return new;
  end if;
  raise exception 'consent records are append-only';
end
$$;
create trigger consent_records_append_only before update or delete on consent_records
  for each row execute function consent_records_are_append_only();

-- See 0002: documents and hashes that are only carried along need no statistics.
alter table consent_records alter column evidence set statistics 0, alter column previous_hash set statistics 0,
  alter column hash set statistics 0;
