-- The company's log is its live feed, and its number is the only one: the numbered copy goes. The read models are
-- made again from the log under the new numbers; the processors begin at its start.
drop table feed_entry, feed_head, feed_epoch, presence, work_session, punch, leave_request;
truncate token_entry, dead_letter_entry;

-- How far the read models of a company are: every event up to this number was applied, or waits as a dead letter.
-- Locked by whoever writes the company.
create table company_position (
    company_id text collate "C" primary key,
    last_seq bigint not null
) with (fillfactor = 50);

-- One row per employee: what was registered, and what presence is computed from.
create table presence (
    company_id text collate "C" not null,
    employee_id text collate "C" not null,
    display_name text,
    department_id text collate "C",
    site_id text collate "C",
    zone_id text not null,
    session_id text collate "C",
    session_open boolean not null,
    since timestamptz,
    lat double precision,
    lng double precision,
    accuracy double precision,
    -- [{"id", "from", "to"}], ascending; presence is computed from it at the instant of the question
    approved_leave jsonb not null,
    -- an event of this employee waits in dead_letter_entry: presence is UNKNOWN
    parked boolean not null,
    -- when that last began or ended; null if it never did
    parked_changed_at timestamptz,
    -- the company's number of the last event applied to this row
    last_seq bigint not null,
    -- when presence changes by itself, as it was known after that event
    next_change_at timestamptz,
    primary key (company_id, employee_id)
) with (fillfactor = 70);

-- The primary keys begin with what a list of one employee is sorted by, so that they serve it too.
create table work_session (
    company_id text collate "C" not null,
    employee_id text collate "C" not null,
    punch_in_time timestamptz not null,
    session_id text collate "C" not null,
    punch_out_time timestamptz,
    business_date date not null,
    corrected boolean not null,
    zone_id text not null,
    -- the company's number of the last event applied to this row
    last_seq bigint not null,
    primary key (company_id, employee_id, punch_in_time, session_id)
) with (fillfactor = 80);
create index work_session_newest on work_session (company_id, punch_in_time desc, session_id desc);

create table punch (
    company_id text collate "C" not null,
    employee_id text collate "C" not null,
    occurred_at timestamptz not null,
    -- the company's number of the punch
    seq bigint not null,
    received_at timestamptz not null,
    recorded_at timestamptz not null,
    lat double precision,
    lng double precision,
    accuracy double precision,
    offline boolean not null,
    type text collate "C" not null,
    session_id text collate "C" not null,
    source text collate "C" not null,
    command_id text collate "C" not null,
    zone_id text not null,
    site_id text collate "C",
    primary key (company_id, employee_id, occurred_at, seq)
);
create index punch_newest on punch (company_id, occurred_at desc, seq desc);

create table leave_request (
    company_id text collate "C" not null,
    leave_id text collate "C" not null,
    employee_id text collate "C" not null,
    leave_type text not null,
    start_date date not null,
    end_date date not null,
    reason text,
    status text collate "C" not null,
    submitted_at timestamptz not null,
    decided_at timestamptz,
    decided_by text,
    comment text,
    -- the company's number of the last event applied to this row
    last_seq bigint not null,
    primary key (company_id, leave_id)
);
create index leave_request_newest on leave_request (company_id, submitted_at desc, leave_id desc);
create index leave_request_employee on leave_request (company_id, employee_id, submitted_at desc, leave_id desc);
create index leave_request_inbox on leave_request (company_id, submitted_at) where status = 'PENDING';

-- The second wall behind the query filters. The roles exist where the migrating user was allowed to make them.
do $$
declare
    t text;
    companies text[] := array['company_position', 'presence', 'work_session', 'punch', 'leave_request'];
begin
    foreach t in array companies loop
        execute format('alter table %I enable row level security', t);
    end loop;
    if exists (select from pg_roles where rolname = 'attendance_stream') then
        foreach t in array companies loop
            execute format('grant select, insert, update, delete, truncate on %I to attendance_stream', t);
            execute format('create policy stream on %I to attendance_stream using (true) with check (true)', t);
        end loop;
    end if;
    if exists (select from pg_roles where rolname = 'attendance_reader') then
        foreach t in array companies loop
            execute format('grant select on %I to attendance_reader', t);
            execute format(
                'create policy own_company on %I for select to attendance_reader '
                'using (company_id = current_setting(''attendance.company'', true))', t);
        end loop;
    end if;
end $$;
