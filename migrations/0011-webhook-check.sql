-- What the last check of the webhook found (F3): notices, gravest first.
alter table health add column findings jsonb not null default '[]';
