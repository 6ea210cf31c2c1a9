-- The address that a contact had before its own, until both sides have met at the new one: what becomes known of the person at
-- the former one goes with him (R7). '': none.
alter table contacts add column held_before text not null default '';
