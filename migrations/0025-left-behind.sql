-- The contact to which a subscribed member belonged until both sides met elsewhere: he has to leave (R7, M18), also where that waits
-- for its burst or for an answer. null: nobody has gone away from him.
alter table members add column left_by text collate "C";
