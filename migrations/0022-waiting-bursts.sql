-- What an address waits with until its burst can be seen whole, as numbers by kind: the brake counts it with what is planned
-- beside it (R12). null: it does not wait.
alter table due_addresses add column waits jsonb;
