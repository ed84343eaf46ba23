-- Whether a punch was sent as offline, so that occurred_at counted and not the receipt. What was stored before
-- this was not.
alter table punch add column offline boolean not null default false;
