-- The read side. One processing group, live-board, writes every table below in the transaction of its token.
-- Times are timestamptz in UTC at microseconds. Every row carries the company that alone may read it.

create table token_entry (
    processor_name text not null,
    segment integer not null,
    token bytea,
    token_type text,
    timestamp text,
    owner text,
    primary key (processor_name, segment)
);

create table dead_letter_entry (
    dead_letter_id text primary key,
    processing_group text not null,
    sequence_identifier text not null,
    sequence_index bigint not null,
    message_type text not null,
    event_identifier text not null,
    time_stamp text not null,
    payload_type text not null,
    payload_revision text,
    payload bytea not null,
    meta_data bytea,
    aggregate_type text,
    aggregate_identifier text,
    sequence_number bigint,
    token_type text,
    token bytea,
    enqueued_at text not null,
    last_touched text,
    processing_started text,
    cause_type text,
    cause_message text,
    diagnostics bytea,
    unique (processing_group, sequence_identifier, sequence_index)
);

-- One row per employee: what was registered, what presence is computed from, and the last applied
-- sequence of each of the employee's three streams (-1: none).
create table presence (
    company_id text not null,
    employee_id text not null,
    display_name text,
    department_id text,
    site_id text,
    zone_id text not null,
    workforce_seq bigint not null,
    clock_seq bigint not null,
    leave_seq bigint not null,
    session_id text,
    session_open boolean not null,
    since timestamptz,
    lat double precision,
    lng double precision,
    accuracy double precision,
    -- [{"id", "from", "to"}], ascending; presence is computed from it at the instant of the question
    approved_leave jsonb not null,
    -- an event of this employee waits in dead_letter_entry: presence is UNKNOWN
    parked boolean not null,
    -- the last feed number that this employee may hear
    feed_seq bigint not null,
    primary key (company_id, employee_id)
);

create table work_session (
    company_id text not null,
    session_id text not null,
    employee_id text not null,
    business_date date not null,
    zone_id text not null,
    punch_in_time timestamptz not null,
    punch_out_time timestamptz,
    corrected boolean not null,
    primary key (company_id, session_id)
);
create index work_session_newest on work_session (company_id, punch_in_time desc, session_id desc);
create index work_session_employee on work_session (company_id, employee_id, punch_in_time desc, session_id desc);

create table punch (
    company_id text not null,
    employee_id text not null,
    clock_seq bigint not null,
    type text not null,
    session_id text not null,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    recorded_at timestamptz not null,
    source text not null,
    command_id text not null,
    zone_id text not null,
    site_id text,
    lat double precision,
    lng double precision,
    accuracy double precision,
    primary key (company_id, employee_id, clock_seq)
);
create index punch_newest on punch (company_id, occurred_at desc, employee_id desc, clock_seq desc);
create index punch_employee on punch (company_id, employee_id, occurred_at desc, clock_seq desc);

create table leave_request (
    company_id text not null,
    leave_id text not null,
    employee_id text not null,
    leave_type text not null,
    start_date date not null,
    end_date date not null,
    reason text,
    status text not null,
    submitted_at timestamptz not null,
    decided_at timestamptz,
    decided_by text,
    comment text,
    primary key (company_id, leave_id)
);
create index leave_request_newest on leave_request (company_id, submitted_at desc, leave_id desc);
create index leave_request_employee on leave_request (company_id, employee_id, submitted_at desc, leave_id desc);
create index leave_request_inbox on leave_request (company_id, submitted_at) where status = 'PENDING';

-- rebuilt_to: the last number before a reset of the group; null when none is being made good.
create table feed_head (
    company_id text primary key,
    last_seq bigint not null default 0,
    managers_seq bigint not null default 0,
    rebuilt_to bigint
);

create table feed_entry (
    company_id text not null,
    seq bigint not null,
    managers_prev bigint not null,
    employee_prev bigint not null,
    employee_id text not null,
    recorded_at timestamptz not null,
    payload jsonb not null,
    primary key (company_id, seq)
);

create table feed_epoch (
    only_row boolean primary key default true check (only_row),
    epoch uuid not null
);
insert into feed_epoch (epoch) values (gen_random_uuid());

-- The second wall behind the query filters. The roles exist where the migrating user was allowed to make them.
do $$
declare
    t text;
    companies text[] := array['presence', 'work_session', 'punch', 'leave_request', 'feed_head', 'feed_entry'];
begin
    foreach t in array companies loop
        execute format('alter table %I enable row level security', t);
    end loop;
    if exists (select from pg_roles where rolname = 'attendance_stream') then
        foreach t in array companies || array['token_entry', 'dead_letter_entry', 'feed_epoch'] loop
            execute format('grant select, insert, update, delete on %I to attendance_stream', t);
        end loop;
        foreach t in array companies loop
            execute format('create policy stream on %I to attendance_stream using (true) with check (true)', t);
        end loop;
    end if;
    if exists (select from pg_roles where rolname = 'attendance_reader') then
        grant select on feed_epoch to attendance_reader;
        foreach t in array companies loop
            execute format('grant select on %I to attendance_reader', t);
            execute format(
                'create policy own_company on %I for select to attendance_reader '
                'using (company_id = current_setting(''attendance.company'', true))', t);
        end loop;
    end if;
end $$;
