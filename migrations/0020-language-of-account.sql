-- The language that a person chose, or by which the CRM knows him; null: his browser's.
alter table operators alter column language drop not null;
alter table operators add column language_is_chosen boolean not null default false;
update operators set language = null where crm_user_id is null;
