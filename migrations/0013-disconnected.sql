-- U7: a connection that was disconnected keeps what was learned, so that connecting the same audience again goes on from it.
-- leaving: the members that we put into the audience are being taken out of it; disconnected: its keys are gone.
alter table connections drop constraint connections_state_check;
alter table connections add constraint connections_state_check
  check (state in ('draft', 'ready', 'active', 'attention', 'leaving', 'disconnected'));
-- One audience is written by one connection.
alter table connections drop constraint connections_provider_account_id_audience_id_key;
create unique index connections_audience on connections (provider, account_id, audience_id) where state <> 'disconnected';

-- leave: takes out of the audience whom we put there
alter table sync_runs drop constraint sync_runs_kind_check;
alter table sync_runs add constraint sync_runs_kind_check check (kind in ('full', 'changes', 'urgent', 'leave'));
