-- Order of learning before the newest reading that said Yes began: readings of the tenant's other connections up to it came
-- before that Yes (R1 b, R15). 0: no such reading is known.
alter table contacts add column yes_read_from bigint not null default 0;
