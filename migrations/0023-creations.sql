-- Who else of the tenant has asked the CRM for a contact with the same address: it may still be carried out (F5, R15).
create index plan_rows_creations on plan_rows (tenant_id, email_key) where kind = 'create-contact';
