-- approved: a person said that it is to be carried out although nothing plans it any more: whoever said No was taken out of the
-- audience instead of being unsubscribed (R12).
alter table held_changes drop constraint held_changes_state_check;
alter table held_changes add constraint held_changes_state_check check (state in ('asked', 'approved', 'dropped'));
