-- What became of the mails to one person.
create index activities_address on activities (connection_id, email_key, id desc);
