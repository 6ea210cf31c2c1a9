-- When a No was read where another value had been read before: whoever had signed up by then did so before it, whenever we hear
-- of that (R1).
-- null: never seen to be set, or read before this was kept.
alter table contacts add column no_read_at timestamptz;
