-- Our order of learning of what a member's status is, or of a change of him since: an opt-in that is newer answers it, also where
-- nobody has met him yet (R1). null: read before this was kept.
alter table members add column status_order bigint;
