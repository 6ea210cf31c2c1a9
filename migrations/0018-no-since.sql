-- Order of learning of the No that the field says; 0: it says none, or it is one that we wrote. A No that is newer than an opt-in
-- of its address is a conflict (R8).
alter table contacts add column no_since bigint not null default 0;
