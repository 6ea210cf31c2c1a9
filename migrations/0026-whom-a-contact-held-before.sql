-- Who is put into an audience under an address that his contact has no longer by then is found by both (R7).
create index contacts_held_before on contacts (connection_id, held_before) where held_before <> '';
create index plan_rows_raises on plan_rows (connection_id, email_key) where kind in ('add-member', 'raise-member');
