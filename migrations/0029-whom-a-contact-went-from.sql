-- The address that a contact has last gone away from, and when that was read by our clock: who had left there before, and is read as
-- left only afterwards, left for this contact, too (R1, R7). '' and null: none, or the provider was read since.
alter table contacts add column went_from text not null default '';
alter table contacts add column went_read_at timestamptz;
create index contacts_went_from on contacts (connection_id, went_from) where went_from <> '';
